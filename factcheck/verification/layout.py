"""What a sentence of a passage stands under, and how it reads without the marks of its layout.

Minutes, bulletins and accounts say in a heading, or in the line above a table, of what a sentence speaks: "Floods.",
"Mean discharge, cubic metres per second:", "| Period | May | August |". A model reads one sentence at a time, and would
see figures of nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from factcheck.records import Passage
from factcheck.segmentation import ITEM, ROW, RULE, RUN_IN, paragraphs, sentences

_EMPHASIS = re.compile(r"(?<![\w*])(?:\*{1,3}|_{1,3})(?=[^\s*_])|(?<=[^\s*_])(?:\*{1,3}|_{1,3})(?!\w)")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?=\S)(?:(?!(?P=mark)).)+(?P=mark)", re.DOTALL)
_PIPE = re.compile(r"\s*\|\s*")


class Laid(NamedTuple):
    """A sentence by its place in its passage, without the mark of a list: its plain ``words``, and what is above it."""

    start: int
    end: int
    words: str
    under: str


def lay_out(text: str) -> Iterator[Laid]:
    """Yield the sentences of a passage.

    A heading that is run in stands above its paragraph, a paragraph in bold type, such as the question of an interview,
    above those that follow, the last sentence of prose above the list or the table behind it; a row of a table has its
    header in its words. Headings and headers are not yielded themselves.
    """
    led = section = ""
    for paragraph in paragraphs(text):
        if _BOLD.fullmatch(text, *paragraph):
            section = plain(text[slice(*paragraph)])
            continue
        heading, header, listed = "", list[str](), False
        for start, end in sentences(text, *paragraph):
            mark = ITEM.match(text, start, end)
            start = mark.end() if mark else start
            listed = listed or mark is not None
            run_in, row = RUN_IN.match(text, start), ROW.fullmatch(text, start, end)
            if run_in and run_in.end() == end:
                heading = plain(run_in[0])
            elif row and not header and RULE.fullmatch(text[end:].lstrip("\n").partition("\n")[0]):
                header = _cells(row[0])
            else:
                words = _as_sentence(header, _cells(row[0])) if row else plain(text[start:end])
                yield Laid(start, end, words, " ".join(filter(None, (section, led if row or mark else "", heading))))
                led = led if row or listed else words


def told_by_row(passage: Passage, start: int) -> str | None:
    """Return the words of the row of a table that starts at ``start`` of the passage's document, if one does."""
    rows = (one for one in lay_out(passage.text) if ROW.fullmatch(passage.text, one.start, one.end))
    return next((row.words for row in rows if passage.start + row.start == start), None)


def plain(words: str) -> str:
    """Return words without the marks of bold and slanted type."""
    return _EMPHASIS.sub("", words)


def _cells(row: str) -> list[str]:
    return [plain(cell) for cell in _PIPE.split(row.strip().strip("|").strip())]


def _as_sentence(header: list[str], cells: list[str]) -> str:
    named = len(header) == len(cells)
    told = [f"{name}: {cell}" if name else cell for name, cell in zip(header, cells, strict=True)] if named else cells
    return f"{'; '.join(told)}."
