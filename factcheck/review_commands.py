"""``factcheck review`` and ``factcheck diff``: working on reports that are already there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def diff(
    old: Annotated[Path, typer.Argument(help="JSON report of the earlier draft")],
    new: Annotated[Path, typer.Argument(help="JSON report of the later draft")],
) -> None:
    """Show which claims were added, changed, resolved or removed between two drafts."""
    from factcheck.reporting.comparing import compare, render
    from factcheck.reporting.files import emit, load_report

    emit(render(compare(load_report(old), load_report(new))), None)


def review(
    report: Annotated[Path, typer.Argument(help="JSON report to sign off")],
    who: Annotated[str, typer.Option(envvar="FACTCHECK_REVIEWER", help="your name, as the trail will show it")] = "",
    web: Annotated[bool, typer.Option("--web", help="in the browser instead of the terminal")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="check that nobody edited the trail, and stop")] = False,
) -> None:
    """Sign off a report, finding by finding; decisions go to a trail beside it (.review.jsonl)."""
    from factcheck.errors import SettingsError
    from factcheck.reporting.files import load_report
    from factcheck.reporting.signing import Desk, step_through
    from factcheck.reporting.trail import head, read, trail_path, unsigned

    trail, made = trail_path(report), load_report(report)
    if verify:
        left = len(unsigned(made, read(trail)))
        edited = f"{trail} was not edited; the sha256 of its last line is {head(trail)}."
        state = edited if trail.exists() else f"There is no trail {trail} yet."
        typer.echo(f"{state} Findings not signed off: {left}.")
        return
    try:
        desk = Desk.open(report, who.strip() or typer.prompt("Your name"))
    except typer.Abort as error:
        raise SettingsError("a decision needs a name; give yours with --who") from error
    if not web:
        try:
            step_through(desk)
        except typer.Abort:  # Ctrl-C, or the end of the input
            typer.echo(f"\nThe decisions are in {trail}.")
        return
    from factcheck.reporting.signing_web import ReviewServer

    with ReviewServer(desk) as server:
        typer.echo(f"Open {server.address}\nPress Ctrl-C when you are done.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo(f"The decisions are in {trail}.")
