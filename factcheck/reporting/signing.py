"""Sign-off in the terminal: one finding after the other, each with a decision or skipped."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer
from pydantic import ValidationError

from factcheck.records import Finding, Report, Verdict
from factcheck.reporting import wording
from factcheck.reporting.files import load_report, restore_text
from factcheck.reporting.lines import explain
from factcheck.reporting.text import for_log
from factcheck.reporting.trail import Action, Decision, append, fingerprint, read, trail_path
from factcheck.reporting.view import Section, View, arrange

_ACTIONS = {"a": Action.ACCEPT, "o": Action.OVERRIDE, "f": Action.FIXED, "n": Action.NOTE}
_VERDICTS = {
    "c": Verdict.REFUTED,
    "m": Verdict.CONFLICTING,
    "n": Verdict.NOT_ENOUGH_EVIDENCE,
    "s": Verdict.SUPPORTED,
}
_QUESTION = "[a]ccept  [o]verride  [f]ixed in the draft  [n]ote  [s]kip  [q]uit"
_WHICH_VERDICT = "Verdict: [c]ontradicted  [m]ixed evidence  [n]ot enough evidence  [s]upported"


@dataclass(frozen=True)
class Desk:
    """A JSON report on the desk of a named person, with its sign-off trail."""

    path: Path
    who: str
    report: Report
    sha256: str

    @classmethod
    def open(cls, path: Path, who: str) -> Desk:
        """Open the report at ``path``, with the article's text where it still stands as it was checked.

        Raises:
            InputError: the report is missing or is none.
        """
        report = restore_text(load_report(path), path.parent)
        return cls(path, who, report, hashlib.sha256(path.read_bytes()).hexdigest())

    def view(self) -> View:
        """Return the report in reading order, with the decisions so far."""
        return arrange(self.report, read(trail_path(self.path)))

    def decide(
        self, finding: Finding, action: Action, *, verdict: Verdict | None = None, reason: str = "", source: str = ""
    ) -> None:
        """Add a decision to the trail.

        Raises:
            ValueError: an override without verdict, reason and source, or a note without words.
            InputError: the trail was edited, or cannot be written.
        """
        decision = Decision(
            who=self.who,
            when=dt.datetime.now(dt.UTC).replace(microsecond=0),
            action=action,
            finding=fingerprint(finding),
            claim=finding.claim.text,
            report=self.sha256,
            verdict=verdict if action == Action.OVERRIDE else None,
            reason=reason.strip(),
            source=source.strip(),
        )
        append(trail_path(self.path), decision)


def step_through(desk: Desk) -> None:
    """Show the findings that nobody has signed off, worst first, and ask for a decision about each."""
    sections = [section for section in desk.view().sections if not section.signed_off]
    for position, section in enumerate(sections, 1):
        typer.echo(f"\n{position} of {len(sections)}")
        for line in _show(section):
            typer.echo(line)
        if not _ask(desk, section.finding):
            return
    view = desk.view()
    typer.echo(f"\n{view.signed_off} of {len(view.sections)} findings are signed off.")


def _show(section: Section) -> Iterator[str]:
    claim, context = section.finding.claim, section.context
    yield wording.worst_first(section.finding)
    yield f"  {for_log(claim.text)}"
    yield f"  line {claim.line}: {for_log(f'{context.before}[{context.quote}]{context.after}')}"
    for line in explain(section):
        yield f"  - {for_log(line)}"


def _ask(desk: Desk, finding: Finding) -> bool:
    """Ask until the finding is decided or skipped; return False where the person wants to stop."""
    while True:
        choice = _letter(_QUESTION)
        if choice in ("q", "s"):
            return choice == "s"
        if not (action := _ACTIONS.get(choice)):
            continue
        overrides = action == Action.OVERRIDE
        verdict = _VERDICTS.get(_letter(_WHICH_VERDICT)) if overrides else None
        reason = _words("Reason" if overrides else "Note" if action == Action.NOTE else "Remark (may be empty)")
        source = _words("Source") if overrides else ""
        try:
            desk.decide(finding, action, verdict=verdict, reason=reason, source=source)
        except ValidationError as error:
            typer.echo("Not saved: " + error.errors()[0]["msg"].removeprefix("Value error, "))
            continue
        if action != Action.NOTE:
            return True


def _letter(question: str) -> str:
    answer: str = typer.prompt(question, prompt_suffix=": ")
    return answer.strip().lower()[:1]


def _words(label: str) -> str:
    answer: str = typer.prompt(label, default="", show_default=False)
    return answer
