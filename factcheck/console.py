"""What is shown while a command runs; it goes to standard error, so that standard output stays clean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from factcheck import progress


class _Rate(ProgressColumn):
    """Units a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "")


def make_console() -> Console:
    """Return a console on standard error."""
    return Console(stderr=True, highlight=False)


def progress_on(console: Console) -> progress.Progress:
    """Return progress bars for a terminal, with rate and time left; elsewhere nothing is drawn."""

    @contextmanager
    def step(name: str, units: int) -> Iterator[Callable[[int], object]]:
        columns = (
            TextColumn("{task.description:24}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
            task = bars.add_task(name, total=units)
            yield lambda done: bars.advance(task, done)

    return step
