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
#: The mark of a list's item; numbers count, too.
ITEM = re.compile(r"[ \t]*(?:[-*+•–]|\d{1,3}[.)])[ \t]+(?=\S)")
#: A row of a table.
ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
#: What parts a table's header from its rows; it says nothing.
RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*")
#: Bold words in front of a paragraph that are its heading: "**Floods.** The highest …".
RUN_IN = re.compile(r"(?P<mark>\*\*|__)(?=\S)[^*_\n]{1,80}(?:[.:](?P=mark)|(?P=mark)[.:])(?=\s)")
_CLOSING = re.compile(r"(?:\*{1,3}|_{1,3})(?=\s|\Z)")
#: Characters before a border that tell.
_LOOKED_AT = 10
_PARAGRAPH = re.compile(r"\S.*(?:\n(?!\s*\n).*)*")


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield what blank lines set apart."""
    for match in _PARAGRAPH.finditer(text, start, len(text) if end is None else end):
        yield match.start(), match.start() + len(match.group().rstrip())


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the sentences of a paragraph; in one of more than ``LONGEST`` characters some may be cut.

    A row of a table, an item of a list with its mark, and bold words that head a paragraph are sentences, too.
    """
    for mark, unit_start, unit_end in _units(text, start, len(text) if end is None else end):
        begin = mark
        for low, high in _pieces(text, unit_start, unit_end):
            begin = begin if low == unit_start else low
            for border in sentencex.get_sentence_boundaries("en", text[low:high]):
                stop = low + border["end_index"]
                if stop < high and _goes_on(text, begin, stop):
                    continue
                closing = _CLOSING.match(text, stop, high)
                if closing and text.count(closing[0], begin, stop) % 2:
                    stop = closing.end()
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


def _units(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield what no sentence runs over: table rows, list items, a heading that is run in, and prose.

    Each as (start with the mark of an item, start, end).
    """
    mark, begin, listed, led = start, start, False, True
    for line in re.finditer(r".*\n?", text[start:end]):
        low, high = start + line.start(), start + line.end()
        words = line[0].rstrip("\n")
        item = ITEM.match(words) if listed or led else None
        if ROW.fullmatch(words) or item:
            yield from _headed(text, mark, begin, low)
            mark, begin = (low, low + item.end()) if item else (high, high)
            if not item and not RULE.fullmatch(words):
                yield low, low, high
        listed, led = bool(item) or (listed and bool(words.strip())), words.rstrip().endswith(":")
    yield from _headed(text, mark, begin, end)


def _headed(text: str, mark: int, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    heading = RUN_IN.match(text, start, end)
    if heading:
        yield mark, *heading.span()
        mark = start = heading.end()
    yield mark, start, end


def _goes_on(text: str, begin: int, border: int) -> bool:
    """Tell whether a sentence from ``begin`` on does not end at the segmenter's ``border``."""
    return any(
        before.search(text, max(begin, border - _LOOKED_AT), border) and behind.match(text, border)
        for before, behind in _GOES_ON
    )


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the pieces of a span, in most cases one; a longer span is cut at white space where it has some."""
    return (piece.span() for piece in _PIECE.finditer(text, start, end))
