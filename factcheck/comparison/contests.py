"""Ballots and matches, in which two numbers side by side are a score."""

from __future__ import annotations

import re

from factcheck.comparison.context import stem
from factcheck.comparison.relation import Span

_CONTESTS = frozenset(
    map(stem, "vote beat win lose approve reject fail motion score draw match final game".split())  # noqa: SIM905
)


def in_contest(text: str, span: Span) -> bool:
    """Tell whether words near ``span`` speak of a ballot or a match."""
    near = re.findall(r"[^\W\d_]+", text[max(0, span[0] - 80) : span[1] + 40])
    return any(stem(word) in _CONTESTS for word in near)
