"""How far a step is, told to whoever wants to show it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

#: Opens a step by its name and number of units, and gives a function to call with the units done.
Progress = Callable[[str, int], AbstractContextManager[Callable[[int], object]]]


def unseen(step: str, units: int) -> AbstractContextManager[Callable[[int], object]]:
    """Show nothing."""
    return nullcontext(lambda done: None)
