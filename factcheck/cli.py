"""The command line: options, exit codes and what is printed. How anything is done, it does not know.

Exit codes: 0 passed, 1 the gate failed, 2 usage or input error, 3 finished but some claims are unchecked, 130
interrupted before every article was checked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck.corpus_commands import app as corpus_app
from factcheck.errors import FactcheckError, SettingsError
from factcheck.eval_commands import evaluate
from factcheck.review_commands import diff, review

if TYPE_CHECKING:
    from factcheck.records import Finding
    from factcheck.reporting import Format
    from factcheck.reporting.summary import Checked

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
    from factcheck.errands import Gate, deliver, drafts_among, places_for, prepare, rehearse_templates, reports_on
    from factcheck.reporting import emit, load_report
    from factcheck.reporting.summary import render_summary
    from factcheck.reporting.wording import counted

    # All that can be wrong with what was asked for is told before anything is checked, let alone sent.
    kind, console = _format(format), make_console()
    articles = drafts_among(articles, console)
    places = places_for(articles, kind, output, summary)
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
    accepted = load_report(baseline) if baseline else None
    gates = [Gate(_named(chosen.fail_on), accepted, require_signoff) for chosen in settings]
    errands = prepare(articles, settings, gates, places)
    rehearse_templates(errands, kind, summary)

    checked: dict[int, Checked] = {}
    failed = unchecked = False
    for shared, members in share(settings):
        with Checker(shared, progress_on(console)) as checker:
            made = reports_on(checker, [errands[member] for member in members], console)
            for member, (report, interrupted) in zip(members, made, strict=True):
                checked[member] = one = deliver(report, errands[member], kind, console, checker)
                failed |= bool(one.stopped or one.unsigned)
                unchecked |= report.summary["unchecked"] > 0
                if interrupted and (left := len(errands) - len(checked)):
                    verb = "was" if left == 1 else "were"
                    console.print(f"Interrupted: {counted(left, 'article')} {verb} not checked. Run again to go on.")
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
    from factcheck.errands import announce
    from factcheck.settings import load_settings

    settings = load_settings(
        corpus=corpus, engine=engine, base_url=base_url, nli=nli, chroma=chroma,
        as_of=as_of and as_of.date(), min_confidence=min_confidence,
    )  # fmt: skip
    console = make_console()
    with Checker(settings, progress_on(console)) as checker:
        # Nothing of it is remembered: a server that keeps the passages gets what it needs to search them.
        announce(console, checker, "the claim", "the vector of the claim")
        finding = checker.check_claim(text)
    typer.echo("\n".join(_told(finding)))
    if finding.verdict == "unchecked":
        raise typer.Exit(SOME_UNCHECKED)


@app.command()
def doctor(corpus: Corpus = None, engine: Engine = None, base_url: BaseUrl = None) -> None:
    """Say what is configured, and what would leave this machine."""
    from factcheck.api import describe
    from factcheck.reporting.text import for_log
    from factcheck.settings import load_settings

    settings = load_settings(corpus=corpus, engine=engine, base_url=base_url)
    for name, value in describe(settings).items():
        typer.echo(f"{name:12} {for_log(value)}")


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


def _named(fail_on: str) -> set[str]:
    """Return the verdicts and flags that are named by comma in ``fail_on``."""
    from factcheck.records import Flag, Verdict

    known = {*Verdict, *Flag}
    asked = {word.strip() for word in fail_on.split(",") if word.strip()}
    if unknown := asked - known:
        raise SettingsError(f"--fail-on {min(unknown)!r} is unknown; choose from {', '.join(sorted(known))}")
    return asked


def _told(finding: Finding) -> Iterable[str]:
    """Return the lines that tell one finding."""
    from factcheck.records import Stance
    from factcheck.reporting.text import for_log
    from factcheck.reporting.wording import FLAGS, checked_before, cited, conclusion, evidence_heading

    yield conclusion(finding)
    yield for_log(finding.rationale)
    for flag in finding.flags:
        yield f"  ! {FLAGS[flag]}"
    for item in finding.evidence:
        if item.stance == Stance.NEUTRAL:
            continue
        yield "  " + for_log(cited(evidence_heading(item, finding), item))
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
