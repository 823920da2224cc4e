"""Where the paragraphs and sentences of a text are; a span is (start, end) without the white space around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

from factcheck.full_dates import MONTH, WEEKDAY

Span = tuple[int, int]

#: Characters in which sentence borders are looked for at once: at worst, looking takes the square of their number,
#: and a paragraph that no person wrote would take the whole day.
LONGEST = 20_000
_PIECE = re.compile(rf"(?s)\S(?:.{{0,{LONGEST - 2}}}\S(?=\s|\Z)|.{{0,{LONGEST - 1}}})")
#: The month that is its own abbreviation; the segmenter takes its full stop for that of one.
_MAY = re.compile(r"(?<=\bMay\.)\s+(?=[\"“‘']?[A-Z])")
#: Where the segmenter ends a sentence that goes on: what stands before the border, and behind it.
_GOES_ON = [
    (re.compile(before + r"\s*$"), re.compile(r"\s*" + behind))
    for before, behind in (
        (r"\b(?:Ald|Amb|Atty|Cllr|Const|Coun|Dep|Gens|Mmes|Ms|Mx|Pfc|Profs|Spc|Sra)\.", ""),  # titles
        (r"\b(?:Ft|Pt|Ste)\.", r"[A-Z]"),
        (r"\b(?:approx|[Vv]ol)\.", r"\d"),
        (
            r"\b[ap]\.m\.",
            rf"(?:{WEEKDAY}\b|{MONTH}\s+\d|(?:[ECP][DS]?T|GMT|BST|UTC)\b)",
        ),
        (r"\b[A-Z][a-z]{1,5}\.", r"[a-z]+(?![A-Za-z])"),  # "Worcester, Mass. on Monday"
        (r"-[A-Z]\.", r"[A-Z]\."),  # "R-S.C."
    )
]
#: Characters before a border that tell.
_LOOKED_AT = 10
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
            if stop < high and _goes_on(text, begin, stop):
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


def _goes_on(text: str, begin: int, border: int) -> bool:
    """Tell whether a sentence from ``begin`` on does not end at the segmenter's ``border``."""
    return any(
        before.search(text, max(begin, border - _LOOKED_AT), border) and behind.match(text, border)
        for before, behind in _GOES_ON
    )


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the pieces of a span, in most cases one; a longer span is cut at white space where it has some."""
    return (piece.span() for piece in _PIECE.finditer(text, start, end))
