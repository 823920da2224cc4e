"""Cutting what no person wrote: a paragraph so long that looking for its sentences would take the whole day."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Characters in which sentence borders are looked for at once: at worst, looking takes the square of their number.
LONGEST = 20_000
_PIECE = re.compile(rf"(?s)\S(?:.{{0,{LONGEST - 2}}}\S(?=\s|\Z)|.{{0,{LONGEST - 1}}})")


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the pieces of a span without the white space around them; in most cases there is one.

    A longer span is cut at white space or, where it has none, after ``LONGEST`` characters.
    """
    return (piece.span() for piece in _PIECE.finditer(text, start, end))
