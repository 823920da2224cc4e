"""The article with its claims marked: paragraphs cut into segments where claims begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck.records import Article
from factcheck.reporting.view import Section, stands_in


@dataclass(frozen=True)
class Segment:
    """Words of the article that the same claims stand for.

    Attributes:
        claims: the claims that the words are part of, worst first.
        ends: those of them that end with these words.
    """

    text: str
    claims: tuple[Section, ...]
    ends: tuple[Section, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the article; ``line`` is where it begins, counted from 1."""

    line: int
    segments: tuple[Segment, ...]


def mark(article: Article, sections: Sequence[Section]) -> tuple[Paragraph, ...]:
    """Mark the claims of ``sections`` in the article; the article of a report that was read back has no text."""
    placed = [section for section in sections if stands_in(article, section.finding.claim)]
    borders = sorted({border for s in placed for border in (s.finding.claim.start, s.finding.claim.end)})
    return tuple(
        Paragraph(article.line_at(start), tuple(_segments(article.text, start, end, borders, placed)))
        for start, end in _paragraphs(article.text)
    )


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Blank lines part paragraphs; in a text that has none, every line is one."""
    parted_by = r"\n[^\S\n]*\n\s*" if re.search(r"\S[^\S\n]*\n[^\S\n]*\n\s*\S", text) else r"\n\s*"
    start = len(text) - len(text.lstrip())
    for border in re.finditer(parted_by, text[: len(text.rstrip())]):
        if border.start() > start:
            yield start, border.start()
            start = border.end()
    if start < len(text.rstrip()):
        yield start, len(text.rstrip())


def _segments(
    text: str, start: int, end: int, borders: Sequence[int], sections: Sequence[Section]
) -> Iterator[Segment]:
    within = [(s.finding.claim, s) for s in sections if s.finding.claim.start < end and s.finding.claim.end > start]
    cuts = [start, *(border for border in borders if start < border < end), end]
    for left, right in pairwise(cuts):
        yield Segment(
            text=text[left:right],
            claims=tuple(section for claim, section in within if claim.start < right and claim.end > left),
            ends=tuple(section for claim, section in within if left < claim.end <= right),
        )
