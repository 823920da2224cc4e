"""Enumerations: whose each figure of a sentence is, as in "12 in Hove, 9 in Ulm and 7 in Oslo"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from factcheck.comparison.context import sentences
from factcheck.comparison.figures import Figure
from factcheck.comparison.names import Name
from factcheck.comparison.relation import Span

#: What stands between two things that are enumerated.
_BORDER = re.compile(r"[,;]|\b(?:and|while|but)\b", re.IGNORECASE)


def find_owners(text: str, figures: Sequence[Figure], names: Sequence[Name]) -> dict[Span, Name]:
    """Return, by the spans of the figures of an enumeration, whose they are: figures and names take turns in it."""
    owners: dict[Span, Name] = {}
    for start, end in sentences(text):
        every: list[Figure | Name] = [*figures, *names]
        items = sorted((one for one in every if start <= one.span[0] < end), key=lambda one: one.span)
        turns = all(isinstance(one, Name) != isinstance(other, Name) for one, other in pairwise(items))
        if len(items) < 4 or len(items) % 2 or not turns:
            continue
        pairs = list(zip(items[::2], items[1::2], strict=True))
        apart = all(_BORDER.search(text, before[1].span[1], after[0].span[0]) for before, after in pairwise(pairs))
        for one, other in pairs if apart else ():
            figure, name = (other, one) if isinstance(one, Name) else (one, other)
            if isinstance(figure, Figure) and isinstance(name, Name):
                owners[figure.span] = name
    return owners
