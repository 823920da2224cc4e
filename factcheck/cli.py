"""The command line: options, exit codes and what is printed. How anything is done, it does not know.

Exit codes: 0 passed, 1 the gate failed, 2 usage or input error, 3 finished but some claims are unchecked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from factcheck.errors import FactcheckError, SettingsError

if TYPE_CHECKING:
    from rich.console import Console

    from factcheck.api import Checker
    from factcheck.records import Finding, Report

GATE_FAILED, INPUT_ERROR, SOME_UNCHECKED = 1, 2, 3

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def factcheck() -> None:
    """Checks the claims of a draft article against a reference corpus, with verbatim citations."""


@app.command()
def claims(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="draft to check; - reads standard input")],
    corpus: Annotated[Path | None, typer.Option(help="folder of reference documents [default: ./corpus]")] = None,
    engine: Annotated[str | None, typer.Option(help="auto, local, or a chat model such as openai:gpt-5-mini")] = None,
    base_url: Annotated[str | None, typer.Option(help="OpenAI-compatible endpoint that serves the model")] = None,
    nli: Annotated[str | None, typer.Option(help="local NLI model: small, base, or a folder")] = None,
    prompts: Annotated[Path | None, typer.Option(help="folder of prompt files that override the shipped ones")] = None,
    format: Annotated[str, typer.Option(help="markdown or json")] = "markdown",  # noqa: A002
    output: Annotated[Path | None, typer.Option(help="where to write; - is standard output [default: ARTICLE-STEM.factcheck.md]")] = None,
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the article's date, when it does not say")] = None,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="ignore evidence published later")] = None,
    min_check_worthiness: Annotated[float | None, typer.Option(help="leave claims below this (0 to 1) unchecked")] = None,
    min_confidence: Annotated[float | None, typer.Option(help="verdicts below this (0 to 1) need more evidence")] = None,
    fail_on: Annotated[str, typer.Option(help="verdicts and flags, by comma, that make the exit code 1")] = "",
    jobs: Annotated[int | None, typer.Option(help="calls to a chat model at once")] = None,
    max_tokens: Annotated[int | None, typer.Option(help="stop calling the chat model after so many tokens")] = None,
    max_cost: Annotated[float | None, typer.Option(help="stop calling the chat model after so many US dollars")] = None,
    cache: Annotated[bool | None, typer.Option("--cache/--no-cache", help="reuse the chat model's earlier answers")] = None,
) -> None:
    """Check the claims of each ARTICLE and write a report beside it."""
    from factcheck.api import Checker, folder_of
    from factcheck.extraction.article import read_article
    from factcheck.reporting import Format, default_path, render, write
    from factcheck.settings import load_settings

    kind = _choice(Format, format, "--format")
    failing = _failing(fail_on)
    if output and len(articles) > 1:
        raise SettingsError("--output takes one article; leave it out to get a report beside each")
    settings = load_settings(
        folder_of(articles[0]), corpus=corpus, engine=engine, base_url=base_url, nli=nli, prompts=prompts,
        date=date and date.date(), as_of=as_of and as_of.date(), min_check_worthiness=min_check_worthiness,
        min_confidence=min_confidence, jobs=jobs, max_tokens=max_tokens, max_cost=max_cost, cache=cache,
    )  # fmt: skip
    read = [read_article(path, date=settings.date) for path in articles]
    console = _console()
    with Checker(settings, _progress(console)) as checker:
        _announce(console, checker)
        reports = []
        for article in read:
            report = checker.check(article)
            text = render(report, kind)
            if output == Path("-"):
                sys.stdout.write(text)
                written = None
            else:
                written = output or default_path(article.path, kind)
                write(written, text)
            _summarise(console, report, written)
            reports.append(report)
    found = [finding for report in reports for finding in report.findings]
    if any(failing(finding) for finding in found):
        raise typer.Exit(GATE_FAILED)
    if any(finding.verdict == "unchecked" for finding in found):
        raise typer.Exit(SOME_UNCHECKED)


def _choice(options: Any, value: str, name: str) -> Any:
    try:
        return options(value)
    except ValueError as error:
        raise SettingsError(f"{name} {value!r} is unknown; choose one of {', '.join(options)}") from error


def _failing(fail_on: str) -> Callable[[Finding], bool]:
    """Return the gate: whether a finding has one of the verdicts or flags in ``fail_on``."""
    from factcheck.records import Flag, Verdict

    known = {*Verdict, *Flag}
    asked = {word.strip() for word in fail_on.split(",") if word.strip()}
    if unknown := asked - known:
        raise SettingsError(f"--fail-on {min(unknown)!r} is unknown; choose from {', '.join(sorted(known))}")
    return lambda finding: finding.verdict in asked or not asked.isdisjoint(finding.flags)


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def _progress(console: Console) -> Any:
    """Return progress bars for a terminal; elsewhere nothing is drawn."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    @contextmanager
    def step(name: str, units: int) -> Iterator[Callable[[int], object]]:
        columns = (TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
            task = bars.add_task(name, total=units)
            yield lambda done: bars.advance(task, done)

    return step


def _announce(console: Console, checker: Checker) -> None:
    """Say first who will see the draft."""
    endpoint = checker.engine.endpoint
    if endpoint:
        console.print(f"The draft is sent to {endpoint} ({checker.engine.tool.model}).", markup=False)
    for skipped in checker.changes.skipped:
        console.print(f"Skipped {skipped.path}: {skipped.reason}", markup=False)


def _summarise(console: Console, report: Report, written: Path | None) -> None:
    """Print the counts and what left the machine."""
    from rich.table import Table

    from factcheck.reporting.wording import MARKS, ORDER, VERDICTS

    table = Table(title=f"{report.article.path}: {len(report.findings)} claims", title_justify="left")
    table.add_column("verdict")
    table.add_column("claims", justify="right")
    for verdict in ORDER:
        if report.summary[verdict]:
            table.add_row(f"{MARKS[verdict]} {VERDICTS[verdict]}", str(report.summary[verdict]))
    console.print(table)
    sent = f"{report.usage.llm_calls} calls to the chat model" if report.usage.llm_calls else "nothing"
    console.print(f"Not checked: {len(report.not_checked)} passages. Left this machine: {sent}. Took {report.usage.seconds} s.")
    if written:
        console.print(f"Report: {written}", markup=False, soft_wrap=True)


def main() -> None:
    """Run the command line; an error is one line, never a traceback."""
    try:
        app()
    except FactcheckError as error:
        typer.echo(f"factcheck: {error}", err=True)
        raise SystemExit(INPUT_ERROR) from error
