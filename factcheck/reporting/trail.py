"""The sign-off trail: who decided what about which finding, in a file that only grows and shows any edit.

Each line is a JSON object whose ``sha256`` covers the line, and with it the ``previous`` line's ``sha256``: a line
that is changed, moved or taken out breaks the chain. That the end was cut off, or the whole written anew, can be
told only by whoever noted the last ``sha256``, which ``factcheck review --verify`` prints.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from filelock import FileLock
from pydantic import ValidationError, model_validator

from factcheck.errors import InputError
from factcheck.records import Finding, Record, Report, Verdict
from factcheck.reporting.text import to_json

START = "0" * 64


class Action(StrEnum):
    """What a person can decide about a finding."""

    ACCEPT = "accept"
    OVERRIDE = "override"
    FIXED = "fixed"
    NOTE = "note"


class Decision(Record):
    """What a person decided about a finding; a note decides nothing.

    Attributes:
        finding: ``fingerprint`` of the finding.
        report: sha256 of the report file that was in front of the person.
        verdict: the verdict that an override puts in place of the tool's.
        reason: why; an override has one.
        source: where the reason can be looked up; an override has one.
    """

    who: str
    when: dt.datetime
    action: Action
    finding: str
    claim: str
    report: str
    verdict: Verdict | None = None
    reason: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Decision:
        if not self.who.strip():
            raise ValueError("a decision needs the name of who takes it")
        if self.action == Action.OVERRIDE and not (self.verdict and self.reason.strip() and self.source.strip()):
            raise ValueError("an override needs a verdict, a reason and a source")
        if self.action == Action.NOTE and not self.reason.strip():
            raise ValueError("a note needs words")
        return self


#: The decisions about each finding, by fingerprint, oldest first.
Decisions = Mapping[str, Sequence[Decision]]


def fingerprint(finding: Finding) -> str:
    """Return what a decision holds on to: it stands as long as claim, verdicts and evidence are the same."""
    evidence = sorted((item.document.id, item.stance, item.bears_on, item.quote) for item in finding.evidence)
    parts = (finding.claim.text, finding.claim.quote, finding.verdict, finding.attribution_verdict, evidence)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def standing(finding: Finding, decisions: Decisions) -> Decision | None:
    """Return the decision that a finding is signed off with, if it is."""
    return last_word(decisions.get(fingerprint(finding), ()))


def last_word(taken: Sequence[Decision]) -> Decision | None:
    """Return the last of the decisions about one finding that is more than a note."""
    return next((decision for decision in reversed(taken) if decision.action != Action.NOTE), None)


def verdict_after(finding: Finding, decision: Decision | None) -> Verdict:
    """Return the verdict that holds after a decision: that of an override, and else the tool's."""
    return decision.verdict if decision and decision.verdict else finding.verdict


def unsigned(report: Report, decisions: Decisions) -> list[Finding]:
    """Return the findings that nobody has signed off."""
    return [finding for finding in report.findings if not standing(finding, decisions)]


def trail_path(report: Path) -> Path:
    """Return where the trail of a JSON report stands: ``vote.factcheck.json`` → ``vote.factcheck.review.jsonl``."""
    return report.with_suffix(".review.jsonl")


def append(path: Path, decision: Decision) -> None:
    """Add a decision to a trail.

    Raises:
        InputError: the trail was edited, or cannot be read or written.
    """
    try:
        with FileLock(path.with_name(f".{path.name}.lock")):
            body = {**decision.model_dump(mode="json"), "previous": head(path)}
            with path.open("a", encoding="utf-8") as file:
                file.write(to_json({**body, "sha256": _digest(body)}, indent=None))
    except OSError as error:
        raise InputError(f"cannot write {path} ({error.strerror}); check the folder's permissions") from error


def head(path: Path) -> str:
    """Return the ``sha256`` of a trail's last line, after checking every line; ``START`` for an empty trail."""
    lines = _lines(path)
    return str(lines[-1]["sha256"]) if lines else START


def read(path: Path) -> Decisions:
    """Return the decisions of a trail; none where there is no trail yet.

    Raises:
        InputError: the trail was edited or cannot be read.
    """
    decisions: defaultdict[str, list[Decision]] = defaultdict(list)
    for number, line in enumerate(_lines(path), 1):
        try:
            decision = Decision.model_validate(line)
        except ValidationError as error:
            raise _broken(path, number, "is not a decision") from error
        decisions[decision.finding].append(decision)
    return dict(decisions)


def _lines(path: Path) -> list[dict[str, object]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the sign-off trail {path} ({error}); restore it from a copy") from error
    lines: list[dict[str, object]] = []
    previous = START
    if text and not text.endswith("\n"):
        raise _broken(path, text.count("\n") + 1, "was cut short")
    for number, line in enumerate(text.split("\n")[:-1], 1):
        try:
            entry = json.loads(line)
            body = {key: value for key, value in entry.items() if key != "sha256"}
        except (ValueError, AttributeError) as error:
            raise _broken(path, number, "is not a JSON object") from error
        if entry.get("sha256") != _digest(body):
            raise _broken(path, number, "was changed after it was written")
        if body.get("previous") != previous:
            raise _broken(path, number, "does not follow on the line before it")
        previous = entry["sha256"]
        lines.append(entry)
    return lines


def _broken(path: Path, number: int, what: str) -> InputError:
    return InputError(f"line {number} of the sign-off trail {path} {what}; restore the trail from a copy")


def _digest(body: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
