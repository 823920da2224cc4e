"""What a sentence of a document stands under, and how it reads without the marks of its layout.

Minutes, bulletins and accounts say in a heading, or in the line above a table, of what a sentence speaks: "Floods.",
"Mean discharge, cubic metres per second:", "| Period | May | August |". A model reads one sentence at a time, and would
see figures of nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from factcheck.comparison.labels import unit_named
from factcheck.comparison.names import find_names
from factcheck.persons import is_person
from factcheck.segmentation import ITEM, ROW, RULE, RUN_IN, Span, paragraphs, sentences

#: Characters of a heading, a line above a list or a header; a longer one heads nothing.
LONGEST = 500
_EMPHASIS = re.compile(r"(?<![\w*])(?:\*{1,3}|_{1,3})(?=[^\s*_])|(?<=[^\s*_])(?:\*{1,3}|_{1,3})(?!\w)")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?=\S)(?:(?!(?P=mark)).)+(?P=mark)", re.DOTALL)
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<words>\S.*)")
#: Who speaks, in a transcript: "Ada Orme:", "Host (Ivo Novak):".
_WHO = r"(?:[A-Z][\w.'’-]*[ \t]+){0,4}[A-Z][\w.'’-]*(?:[ \t]*\([^()\n]*\))?:"
#: Without one of these, nothing stands above anything.
_MARKED = re.compile(rf"^{_WHO}|\*\*|__|^[ \t]*(?:\||#{{1,6}}[ \t]|[-*+•–][ \t]|\d{{1,3}}[.)][ \t])", re.MULTILINE)
_NEXT_LINE = re.compile(r"[ \t]*\n(?P<line>.*)")
#: What heads the second column of a table that says one thing a row: "Beds | 438".
_VALUES = {"entry", "value", "detail", "details", "figure", "number", "data", "description", "answer"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL = re.compile(_WHO)
_SAID = " said:"
_SPEECH = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|us|[Yy]ou|[Yy]our)\b")
_PIPE = re.compile(r"\s*\|\s*")


class Laid(NamedTuple):
    """A sentence by its place in its text, without the mark of a list: its plain ``words``, and what is above it.

    The ``header`` of its table and its ``speaker`` in a transcript, which are in its ``words``, are not in ``under``.
    """

    start: int
    end: int
    words: str
    under: str
    header: str = ""
    speaker: str = ""


class _Above(NamedTuple):
    """Where in a text stands what a sentence stands under, an empty span being nowhere, and who speaks there."""

    section: Span = (0, 0)
    question: Span = (0, 0)
    led: Span = (0, 0)
    heading: Span = (0, 0)
    header: Span = (0, 0)
    speaker: str = ""


def lay_out(text: str, above: str = "") -> Iterator[Laid]:
    """Yield the sentences of a text, which stands in its document under ``above``.

    A heading stands above all that follows, a paragraph in bold type, such as the question of an interview, above the
    paragraphs that follow, one that is run in above its paragraph, and the last sentence of prose above the list or the
    table behind it; a row of a table has its header in its words, and what is said in a transcript who says it.
    Headings and headers are not yielded themselves.
    """
    whole, first = above + text, len(above)
    for start, end, at in _walk(whole, first):
        if start < first:
            continue
        row = ROW.fullmatch(whole, start, end)
        header = _header(whole, at) if row and any(at.header) else []
        words = _as_sentence(header, _cells(row[0])) if row else plain(whole[start:end])
        if at.speaker:
            words = f"{at.speaker}{_SAID} “{words}”"
        under = (at.section, at.question, at.led, *([] if at.speaker else [at.heading]))
        headed = " ".join(_as_heading(whole[slice(*span)]) for span in under if any(span))
        yield Laid(start - first, end - first, words, headed, " | ".join(header), at.speaker)


def find_above(text: str, starts: Sequence[int], heading: str = "") -> list[str]:
    """Return what to lay out parts of a text under, which begin at ``starts``; the ``heading`` is that of it all."""
    head = f"## {heading}\n\n" if 0 < len(heading) <= LONGEST else ""
    if not _MARKED.search(text):
        return [head] * len(starts)
    walked = [*_walk(text), (len(text), len(text), _Above())]
    ends = [end for _, end, _ in walked]
    found = (walked[min(bisect_right(ends, start), len(walked) - 1)][2] for start in starts)
    return [f"{head}{''.join(_put_above(text, at, start))}" for at, start in zip(found, starts, strict=True)]


def in_one_line(above: str) -> str:
    """Return the words of what ``find_above`` found."""
    parts = (part.strip() for part in above.split("\n\n"))
    told = (part.partition("\n")[0].strip("| \t") if ROW.match(part) else " ".join(part.split()) for part in parts)
    return " – ".join(_heading(words) for words in told if words)


def _put_above(text: str, at: _Above, start: int) -> Iterator[str]:
    """Yield what stands above a part of a text from ``start`` on, each so that what comes after it stands under it."""
    held = (at.section, at.question, at.led, at.heading, at.header)
    for span, apart in zip(held, ("\n\n", "\n\n", "\n\n", " ", "\n"), strict=True):
        if span[0] < start and 0 < span[1] - span[0] <= LONGEST:
            is_label = bool(at.speaker) and span == at.heading
            yield (f"**{at.speaker}{_SAID}**" if is_label else text[slice(*span)]) + apart


def _walk(text: str, ours: int = 0) -> Iterator[tuple[int, int, _Above]]:
    """Yield (start, end) of the sentences, without the mark of a list, and what each of them stands under.

    Who speaks was found before in the first ``ours`` characters, by ``find_above``.
    """
    section = question = last = nowhere = (0, 0)
    for paragraph in paragraphs(text):
        if _HEADING.fullmatch(text, *paragraph):
            section, question = paragraph, nowhere
            continue
        if _BOLD.fullmatch(text, *paragraph):
            question = paragraph
            continue
        heading, header, listed, speaker = nowhere, nowhere, False, ""
        for (start, end), behind in pairwise([*sentences(text, *paragraph), nowhere]):
            mark = ITEM.match(text, start, end)
            start = mark.end() if mark else start
            listed = listed or mark is not None
            label = _LABEL.match(text, start, end) if start == paragraph[0] else None
            if label and _is_speech(label[0], text[label.end() : end]):
                heading, speaker = label.span(), label[0].removesuffix(":")
                start = end - len(text[label.end() : end].lstrip())
            run_in, row = RUN_IN.match(text, start), ROW.fullmatch(text, start, end)
            if run_in and run_in.end() == end:
                heading, words = (start, end), plain(text[start:end])
                if start < ours and words.endswith(_SAID):
                    speaker = words.removesuffix(_SAID)
                else:
                    speaker = words.removesuffix(":") if _is_speech(words, text[slice(*behind)]) else ""
            elif row and not any(header) and (rule := _rule_behind(text, end)):
                header = (start, rule)
            else:
                yield start, end, _Above(section, question, last if row or mark else nowhere, heading, header, speaker)
                last = last if row or listed else (start, end)


def _rule_behind(text: str, end: int) -> int | None:
    """Return where the line behind ``end`` ends, if it parts a table's header from its rows."""
    line = _NEXT_LINE.match(text, end)
    return line.end() if line and RULE.fullmatch(line["line"]) else None


def plain(words: str) -> str:
    """Return words without the marks of bold and slanted type."""
    return _EMPHASIS.sub("", words)


def _is_speech(label: str, behind: str) -> bool:
    """Tell whether a label before a sentence tells who says it: a person, and a sentence to others.

    "Skelmouth:" above a count, or "Ada Orme:" above her dates, does not.
    """
    if not _LABEL.fullmatch(label) or not _SPEECH.search(behind):
        return False
    in_capitals = label.isupper() and " " in label  # "SEC. GATES:"
    return in_capitals or any(map(is_person, find_names(label.replace(".", ""))))


def _heading(words: str) -> str:
    match = _HEADING.fullmatch(words)
    return plain(match["words"] if match else words)


def _as_heading(words: str) -> str:
    """Return the words of a heading, or of the line above a list, ended as a sentence is."""
    words = _heading(words)
    return words if words.endswith((".", ":", "?", "!", "…", "”", '"')) else f"{words}."


def _cells(row: str) -> list[str]:
    return [plain(cell) for cell in _PIPE.split(row.strip().strip("|").strip())]


def _header(text: str, at: _Above) -> list[str]:
    """Return what heads the columns of a table; a year's column has the unit that the line above the table names."""
    cells = _cells(text[slice(*at.header)].partition("\n")[0])
    unit = unit_named(plain(text[slice(*at.led)])) or unit_named(_heading(text[slice(*at.section)]))
    return [f"{cell} ({unit})" if unit and _YEAR.fullmatch(cell) else cell for cell in cells]


def _as_sentence(header: list[str], cells: list[str]) -> str:
    if len(cells) == len(header) == 2 and header[1].casefold() in _VALUES:
        return f"{cells[0]}: {cells[1]}."
    named = len(header) == len(cells)
    told = [f"{name}: {cell}" if name else cell for name, cell in zip(header, cells, strict=True)] if named else cells
    return f"{'; '.join(told)}."
