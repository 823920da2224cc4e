"""What ``factcheck claims`` does with each draft: read it, check it, write the report, and hold that to the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from factcheck.addresses import is_here
from factcheck.api import Checker, leaving
from factcheck.errors import SettingsError
from factcheck.extraction.article import read_article
from factcheck.records import Article, Finding, Report, Verdict
from factcheck.reporting import (
    Format,
    decisions_beside,
    default_path,
    emit,
    expect_apart,
    expect_folder,
    is_report,
    render,
)
from factcheck.reporting.comparing import failing, reasons
from factcheck.reporting.files import STANDARD_OUTPUT
from factcheck.reporting.rehearsal import rehearse
from factcheck.reporting.summary import Checked
from factcheck.reporting.text import for_log
from factcheck.reporting.trail import Decisions, unsigned
from factcheck.reporting.view import arrange
from factcheck.reporting.wording import MARKS, NO_FACT_MARK, ORDER, SAID_OTHERWISE, VERDICTS, counted, counts
from factcheck.settings import Settings


@dataclass(frozen=True)
class Gate:
    """What stops a draft: findings of these kinds that an accepted report has not, and those not signed off."""

    kinds: set[str]
    accepted: Report | None
    require_signoff: bool


@dataclass(frozen=True)
class Errand:
    """A draft to check, what holds for it, what people decided about it so far, and where its report goes."""

    draft: Article
    settings: Settings
    gate: Gate
    decisions: Decisions
    place: Path | None


def drafts_among(articles: Sequence[str], console: Console) -> list[str]:
    """Return ``articles`` without the reports of earlier runs, which a pattern such as ``drafts/*.md`` finds, too."""
    drafts = []
    for article in articles:
        if is_report(article):
            console.print(for_log(f"Passed over {article}: a report, by its name"), markup=False, soft_wrap=True)
        else:
            drafts.append(article)
    if not drafts:
        raise SettingsError("there are only reports to check (*.factcheck.*); name a draft")
    return drafts


def places_for(articles: Sequence[str], kind: Format, output: Path | None, summary: Path | None) -> list[Path | None]:
    """Return where the report on each article goes, once it is sure that it takes the place of nothing else."""
    if output and len(articles) > 1:
        raise SettingsError("--output takes one article; leave it out to get a report beside each")
    places = [output or default_path(article, kind) for article in articles]
    if summary == STANDARD_OUTPUT and {None, STANDARD_OUTPUT}.intersection(places):
        raise SettingsError("report and summary would both go to standard output; name a file for one of them")
    expect_apart([*places, summary], articles)
    expect_folder(output)
    expect_folder(summary)
    return places


def prepare(
    articles: Sequence[str], settings: Sequence[Settings], gates: Sequence[Gate], places: Sequence[Path | None]
) -> list[Errand]:
    """Read the drafts and the decisions about them, and make sure that there can be a report on each."""
    errands = []
    for path, chosen, gate, place in zip(articles, settings, gates, places, strict=True):
        draft = read_article(path, date=chosen.date, limits=chosen.limits)
        expect_folder(place)
        errands.append(Errand(draft, chosen, gate, decisions_beside(draft.path), place))
    return errands


def rehearse_templates(errands: Sequence[Errand], kind: Format, summary: Path | None) -> None:
    """Try the templates that the reports and the summary, which takes those of the first draft, will be made with."""
    for templates in {errand.settings.templates for errand in errands}:
        rehearse(kind, templates, summary=bool(summary) and templates == errands[0].settings.templates)


def reports_on(checker: Checker, errands: Sequence[Errand], console: Console) -> Iterator[tuple[Report, bool]]:
    """Yield the report on each draft, and whether Ctrl-C cut it short; say first what leaves, if anything is to."""
    announced = False
    for errand in errands:
        interrupted = False
        if report := checker.find_kept(errand.draft, errand.settings):
            console.print("Nothing has changed since the last check.")
        else:
            from factcheck.pipeline import Interrupted  # not for what is kept, which takes next to no time

            if not announced:
                announce(console, checker)
                announced = True
            try:
                report = checker.check(errand.draft, errand.settings)
            except Interrupted as stop:
                report, interrupted = stop.report, True
        yield report, interrupted


def deliver(report: Report, errand: Errand, kind: Format, console: Console, checker: Checker) -> Checked:
    """Write a report, say what is in it, and hold it to the gate."""
    gate, decisions = errand.gate, errand.decisions
    emit(render(report, kind, decisions=decisions, templates=errand.settings.templates), errand.place)
    _summarise(console, report, None if errand.place == STANDARD_OUTPUT else errand.place, checker)
    stopped = failing(report, gate.kinds, baseline=gate.accepted, decisions=decisions)
    _tell_stopped(console, report, [(each, reasons(each, gate.kinds, decisions)) for each in stopped])
    left = unsigned(report, decisions) if gate.require_signoff else []
    if left:
        console.print(f"Not signed off: {len(left)} of {counted(len(report.findings), 'claim')}.")
    return Checked(arrange(report, decisions), stopped, len(left))


def announce(console: Console, checker: Checker, draft: str = "the draft", claims: str = "the claims") -> None:
    """Say first who will see the draft, and which documents could not be read."""
    engine, changes = checker.engine, checker.changes  # before a word: what is wrong with either is told alone
    told = [f"Leaves this machine: {sent}." for sent in leaving(checker.settings, engine, draft, claims)]
    if engine.endpoint and is_here(engine.endpoint):
        told.insert(0, f"Stays on this machine: {draft}, read by {engine.endpoint} ({engine.tool.engine}).")
    for line in told:
        console.print(line, markup=False, soft_wrap=True)
    for skipped in changes.skipped:
        console.print(for_log(f"Skipped {skipped.path}: {skipped.reason}"), markup=False, soft_wrap=True)


def _summarise(console: Console, report: Report, written: Path | None, checker: Checker) -> None:
    """Print the counts, what left the machine, and where the report is."""
    by_verdict = counts(report)
    total = counted(len(report.findings), "claim")
    console.print(for_log(f"{report.article.path}: {total}"), markup=False, soft_wrap=True)
    table = Table("verdict", "claims")
    for verdict in ORDER:
        if by_verdict[verdict]:
            table.add_row(f"{MARKS[verdict]} {VERDICTS[verdict]}", str(by_verdict[verdict]))
    if only_said := len(report.findings) - by_verdict.total():
        table.add_row(f"{NO_FACT_MARK} Opinions, wishes, predictions", str(only_said))
    if report.findings:
        console.print(table)
    if misquoted := sum(finding.attribution_verdict == Verdict.REFUTED for finding in report.findings):
        console.print(f"{SAID_OTHERWISE}: {counted(misquoted, 'claim')}.")
    sent = []
    if (calls := report.usage.llm_calls) and not is_here(checker.engine.endpoint or ""):
        sent.append(f"the draft, in {counted(calls, 'call')} to the chat model")
    if report.corpus.server:
        sent.append(f"the claims, to the Chroma server at {report.corpus.server}")
    left_out = counted(len(report.not_checked), "statement")
    console.print(
        f"Not checked: {left_out}. Left this machine: {'; '.join(sent) or 'nothing'}.", markup=False, soft_wrap=True
    )
    if written:
        console.print(for_log(f"Report: {written}"), markup=False, soft_wrap=True)


def _tell_stopped(console: Console, report: Report, stopped: Sequence[tuple[Finding, set[str]]]) -> None:
    """Print what the gate failed on, a line for each claim with the verdict and flags that it stopped."""
    if not stopped:
        return
    console.print(f"The gate failed on {len(stopped)} of {counted(len(report.findings), 'claim')}:")
    for finding, why in stopped:
        line = f"line {finding.claim.line}: {', '.join(sorted(why))}: {finding.claim.text}"
        console.print(f"  {for_log(line)}", markup=False, soft_wrap=True)
