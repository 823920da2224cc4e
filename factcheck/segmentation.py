"""Where the paragraphs and sentences of a text are; a span is (start, end) without the white space around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

Span = tuple[int, int]

#: Characters in which sentence borders are looked for at once: at worst, looking takes the square of their number,
#: and a paragraph that no person wrote would take the whole day.
LONGEST = 20_000
_PIECE = re.compile(rf"(?s)\S(?:.{{0,{LONGEST - 2}}}\S(?=\s|\Z)|.{{0,{LONGEST - 1}}})")
#: The month that is its own abbreviation; the segmenter takes its full stop for that of one.
_MAY = re.compile(r"(?<=\bMay\.)\s+(?=[\"“‘']?[A-Z])")
#: Titles that the segmenter does not know: no sentence ends with them.
_TITLE = re.compile(r"\b(?:Ms|Mx|Mmes|Cllr|Atty)\.\s*$")
_PARAGRAPH = re.compile(r"\S.*(?:\n(?!\s*\n).*)*")


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield what blank lines set apart."""
    for match in _PARAGRAPH.finditer(text, start, len(text) if end is None else end):
        yield match.start(), match.start() + len(match.group().rstrip())


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the sentences of a paragraph; in one of more than ``LONGEST`` characters some may be cut."""
    for low, high in _pieces(text, start, len(text) if end is None else end):
        begin = low
        for border in sentencex.get_sentence_boundaries("en", text[low:high]):
            stop = low + border["end_index"]
            if _TITLE.search(text, max(begin, stop - 10), stop) and stop < high:
                continue
            for cut in (*_MAY.finditer(text, begin, stop), None):
                raw = text[begin : cut.start() if cut else stop]
                first = begin + len(raw) - len(raw.lstrip())
                if raw.strip():
                    yield first, first + len(raw.strip())
                begin = cut.end() if cut else stop


def all_sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of all paragraphs."""
    for paragraph in paragraphs(text):
        yield from sentences(text, *paragraph)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the pieces of a span, in most cases one; a longer span is cut at white space where it has some."""
    return (piece.span() for piece in _PIECE.finditer(text, start, end))
