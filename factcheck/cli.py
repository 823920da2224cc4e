"""The command line: options, exit codes and what is printed. How anything is done, it does not know.

Exit codes: 0 passed, 1 the gate failed, 2 usage or input error, 3 finished but some claims are unchecked, 130
interrupted before every article was checked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck.corpus_commands import app as corpus_app
from factcheck.errors import FactcheckError, SettingsError
from factcheck.eval_commands import evaluate
from factcheck.review_commands import diff, review

if TYPE_CHECKING:
    from rich.console import Console

    from factcheck.api import Checker
    from factcheck.records import Finding, Report
    from factcheck.reporting import Format

GATE_FAILED, INPUT_ERROR, SOME_UNCHECKED, INTERRUPTED = 1, 2, 3, 130

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)
cache_app = typer.Typer(no_args_is_help=True, help="Look after what is kept of earlier runs.")

DAY = ["%Y-%m-%d"]
Corpus = Annotated[Path | None, typer.Option(help="folder of reference documents", show_default="./corpus")]
Engine = Annotated[str | None, typer.Option(help="auto, local, or a chat model such as openai:gpt-5-mini")]
BaseUrl = Annotated[str | None, typer.Option(help="OpenAI-compatible endpoint that serves the model")]
Nli = Annotated[str | None, typer.Option(help="local NLI models: base, small or a folder, joined by +")]
Prompts = Annotated[Path | None, typer.Option(help="folder of prompt files that go before the shipped ones")]
Chroma = Annotated[str | None, typer.Option(help="address of a Chroma server that keeps the vectors")]
AsOf = Annotated[datetime | None, typer.Option(formats=DAY, help="ignore evidence published later")]
MinConfidence = Annotated[float | None, typer.Option(help="below this (0 to 1) a verdict is 'not enough evidence'")]


@app.callback()
def factcheck() -> None:
    """Check the claims of a draft article against a reference corpus, with verbatim citations."""


@app.command()
def claims(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE", help="draft to check; - reads standard input")],
    corpus: Corpus = None,
    engine: Engine = None,
    base_url: BaseUrl = None,
    nli: Nli = None,
    prompts: Prompts = None,
    chroma: Chroma = None,
    format: Annotated[  # noqa: A002
        str, typer.Option(help="markdown, html, json, docx, claimreview, sarif, github or line")
    ] = "markdown",
    output: Annotated[
        Path | None, typer.Option(help="where to write; - is standard output", show_default="beside the article")
    ] = None,
    date: Annotated[datetime | None, typer.Option(formats=DAY, help="the article's date, when it does not say")] = None,
    as_of: AsOf = None,
    min_check_worthiness: Annotated[float | None, typer.Option(help="leave out claims below this (0 to 1)")] = None,
    min_confidence: MinConfidence = None,
    summary: Annotated[
        Path | None, typer.Option(help="write one Markdown summary of all articles there, too; - is standard output")
    ] = None,
    fail_on: Annotated[str | None, typer.Option(help="verdicts and flags, by comma, that make the exit code 1")] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="earlier JSON report: --fail-on is for new findings only")
    ] = None,
    require_signoff: Annotated[bool, typer.Option(help="fail while a finding is not signed off")] = False,
    jobs: Annotated[int | None, typer.Option(help="calls to a chat model at once")] = None,
    max_tokens: Annotated[int | None, typer.Option(help="stop calling the chat model after so many tokens")] = None,
    max_cost: Annotated[float | None, typer.Option(help="stop calling the chat model after so many US dollars")] = None,
    cache: Annotated[bool | None, typer.Option("--cache/--no-cache", help="reuse what earlier runs found")] = None,
) -> None:
    """Check the claims of each ARTICLE and write a report beside it."""
    from factcheck.api import Checker, settings_for, share
    from factcheck.console import make_console, progress_on
    from factcheck.extraction.article import read_article
    from factcheck.pipeline import Interrupted
    from factcheck.reporting import decisions_beside, default_path, emit, expect_folder, load_report, render
    from factcheck.reporting.comparing import failing, reasons
    from factcheck.reporting.summary import Checked, render_summary
    from factcheck.reporting.trail import unsigned
    from factcheck.reporting.view import arrange
    from factcheck.reporting.wording import counted

    kind = _format(format)
    if output and len(articles) > 1:
        raise SettingsError("--output takes one article; leave it out to get a report beside each")
    expect_folder(output)
    expect_folder(summary)
    settings = [
        settings_for(
            path,
            corpus=corpus, engine=engine, base_url=base_url, nli=nli, prompts=prompts, chroma=chroma,
            date=date and date.date(), as_of=as_of and as_of.date(), min_check_worthiness=min_check_worthiness,
            min_confidence=min_confidence, fail_on=fail_on, jobs=jobs, max_tokens=max_tokens, max_cost=max_cost,
            cache=cache,
        )
        for path in articles
    ]  # fmt: skip
    gates = [_gate(chosen.fail_on) for chosen in settings]
    accepted = load_report(baseline) if baseline else None
    drafts = [
        read_article(path, date=chosen.date, limits=chosen.limits)
        for path, chosen in zip(articles, settings, strict=True)
    ]
    console = make_console()
    failed = unchecked = interrupted = False
    checked: dict[int, Checked] = {}
    for shared, places in share(settings):
        with Checker(shared, progress_on(console)) as checker:
            announced = False
            for place in places:
                draft, chosen = drafts[place], settings[place]
                report = checker.find_kept(draft, chosen)
                if report:
                    console.print("Nothing has changed since the last check.")
                else:
                    if not announced:
                        _announce(console, checker)
                        announced = True
                    try:
                        report = checker.check(draft, chosen)
                    except Interrupted as stop:
                        report, interrupted = stop.report, True
                decisions = decisions_beside(draft.path)
                written = output or default_path(draft.path, kind)
                emit(render(report, kind, decisions=decisions, templates=chosen.templates), written)
                _summarise(console, report, None if str(written) == "-" else written)
                stopped = failing(report, gates[place], baseline=accepted, decisions=decisions)
                left = unsigned(report, decisions) if require_signoff else []
                checked[place] = Checked(arrange(report, decisions), stopped, len(left))
                failed |= bool(stopped or left)
                unchecked |= report.summary["unchecked"] > 0
                _tell_stopped(console, report, [(each, reasons(each, gates[place], decisions)) for each in stopped])
                if left:
                    console.print(f"Not signed off: {len(left)} of {counted(len(report.findings), 'claim')}.")
                if interrupted and (missing := len(drafts) - len(checked)):
                    verb = "was" if missing == 1 else "were"
                    console.print(f"Interrupted: {counted(missing, 'article')} {verb} not checked. Run again to go on.")
                    raise typer.Exit(INTERRUPTED)
    if summary:
        emit(render_summary([checked[place] for place in sorted(checked)], settings[0].templates), summary)
    if failed:
        raise typer.Exit(GATE_FAILED)
    if unchecked:
        raise typer.Exit(SOME_UNCHECKED)


@app.command()
def claim(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="a statement of fact")],
    corpus: Corpus = None,
    engine: Engine = None,
    base_url: BaseUrl = None,
    nli: Nli = None,
    chroma: Chroma = None,
    as_of: AsOf = None,
    min_confidence: MinConfidence = None,
) -> None:
    """Check one claim, straight to the terminal."""
    from factcheck.api import Checker
    from factcheck.console import make_console, progress_on
    from factcheck.settings import load_settings

    settings = load_settings(
        corpus=corpus, engine=engine, base_url=base_url, nli=nli, chroma=chroma,
        as_of=as_of and as_of.date(), min_confidence=min_confidence,
    )  # fmt: skip
    console = make_console()
    with Checker(settings, progress_on(console)) as checker:
        _announce(console, checker)
        finding = checker.check_claim(text)
    typer.echo("\n".join(_told(finding)))
    if finding.verdict == "unchecked":
        raise typer.Exit(SOME_UNCHECKED)


@app.command()
def doctor(corpus: Corpus = None, engine: Engine = None, base_url: BaseUrl = None) -> None:
    """Say what is configured, and what would leave this machine."""
    from factcheck.api import describe
    from factcheck.settings import load_settings

    settings = load_settings(corpus=corpus, engine=engine, base_url=base_url)
    for name, value in describe(settings).items():
        typer.echo(f"{name:12} {value}")


app.command()(review)
app.command()(diff)
app.command(name="eval")(evaluate)
app.add_typer(corpus_app, name="corpus")
app.add_typer(cache_app, name="cache")


@cache_app.command()
def clear() -> None:
    """Forget the chat model's answers, and the findings and reports of earlier runs."""
    from factcheck.cache import AnswerCache
    from factcheck.settings import load_settings

    typer.echo(f"{AnswerCache(load_settings().store).clear()} answers and findings forgotten")


def _format(name: str) -> Format:
    from factcheck.reporting import Format

    try:
        return Format(name)
    except ValueError as error:
        raise SettingsError(f"--format {name!r} is unknown; choose one of {', '.join(Format)}") from error


def _gate(fail_on: str) -> set[str]:
    """Return the verdicts and flags that are named by comma in ``fail_on``."""
    from factcheck.records import Flag, Verdict

    known = {*Verdict, *Flag}
    asked = {word.strip() for word in fail_on.split(",") if word.strip()}
    if unknown := asked - known:
        raise SettingsError(f"--fail-on {min(unknown)!r} is unknown; choose from {', '.join(sorted(known))}")
    return asked


def _announce(console: Console, checker: Checker) -> None:
    """Say first who will see the draft, and which documents could not be read."""
    from factcheck.api import leaving
    from factcheck.reporting.text import for_log

    engine, changes = checker.engine, checker.changes  # before a word: what is wrong with either is told alone
    for sent in leaving(checker.settings, engine):
        console.print(f"Leaves this machine: {sent}.", markup=False, soft_wrap=True)
    for skipped in changes.skipped:
        console.print(for_log(f"Skipped {skipped.path}: {skipped.reason}"), markup=False, soft_wrap=True)


def _summarise(console: Console, report: Report, written: Path | None) -> None:
    """Print the counts, what left the machine, and where the report is."""
    from rich.table import Table

    from factcheck.records import Verdict
    from factcheck.reporting.text import for_log
    from factcheck.reporting.wording import MARKS, NO_FACT_MARK, ORDER, SAID_OTHERWISE, VERDICTS, counted, counts

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
    sent = [f"the draft, in {counted(calls, 'call')} to the chat model"] if (calls := report.usage.llm_calls) else []
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
    from factcheck.reporting.text import for_log
    from factcheck.reporting.wording import counted

    if not stopped:
        return
    console.print(f"The gate failed on {len(stopped)} of {counted(len(report.findings), 'claim')}:")
    for finding, reasons in stopped:
        line = f"line {finding.claim.line}: {', '.join(sorted(reasons))}: {finding.claim.text}"
        console.print(f"  {for_log(line)}", markup=False, soft_wrap=True)


def _told(finding: Finding) -> Iterable[str]:
    """Return the lines that tell one finding."""
    from factcheck.records import Stance
    from factcheck.reporting.text import for_log
    from factcheck.reporting.wording import FLAGS, checked_before, conclusion, evidence_heading

    yield conclusion(finding)
    yield for_log(finding.rationale)
    for flag in finding.flags:
        yield f"  ! {FLAGS[flag]}"
    for item in finding.evidence:
        if item.stance == Stance.NEUTRAL:
            continue
        source = f"{item.document.title}, {item.document.published or 'no date'}"
        page = f", page {item.page}" if item.page else ""
        yield "  " + for_log(f"{evidence_heading(item, finding)}: “{item.quote}” — {source}{page}")
    if finding.checked_before:
        yield "  " + for_log(f"Checked before: {checked_before(finding.checked_before)}")


def _complain(message: str) -> None:
    from factcheck.reporting.text import for_log

    typer.echo(f"factcheck: {for_log(message)}", err=True)


def main() -> None:
    """Run the command line; an error is one line, never a traceback."""
    try:
        app()
    except FactcheckError as error:
        _complain(str(error))
        raise SystemExit(INPUT_ERROR) from error
    except (Exception, KeyboardInterrupt) as error:  # what nobody foresaw is told in a line, too
        if sys.flags.dev_mode:
            raise
        stopped = isinstance(error, KeyboardInterrupt)
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        told = "interrupted" if stopped else f"cannot go on ({reason}); PYTHONDEVMODE=1 shows where it happened"
        _complain(told)
        raise SystemExit(INTERRUPTED if stopped else INPUT_ERROR) from error
