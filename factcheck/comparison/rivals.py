"""Words of a closed kind of which one rules out the others: "north" and "south", "few of them" and "most of them"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from factcheck.comparison.relation import Span
from factcheck.comparison.words import RIVALS

_AMERICAN = {"defense": "defence", "labor": "labour"}
_BEHIND = {"offices": r"(?=\s+(?:minist|secretar))", "shares": r"(?=\s+of\b)"}
_PATTERNS = {kind: re.compile(rf"\b(?:{'|'.join(words)}){_BEHIND.get(kind, '')}\b") for kind, words in RIVALS.items()}


@dataclass(frozen=True)
class Rival:
    """Such a word where it stands; words of one ``family`` rule each other out."""

    span: Span
    word: str
    family: str

    @property
    def kind(self) -> Literal["figure", "name"]:
        """What it is told apart as: a share is a figure, an office or a direction as good as a name."""
        return "figure" if self.family == "shares" else "name"


def find_rivals(text: str) -> Iterator[Rival]:
    """Yield the words of ``text`` that others of their kind rule out; capital letters make a name of them."""
    for family, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            yield Rival(match.span(), _AMERICAN.get(match[0], match[0]), family)
