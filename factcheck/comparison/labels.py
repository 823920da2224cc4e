"""Labels in front of figures: "Net debt: £612m", and the headers of table rows, "Debt ($ million): 588".

A row reaches the comparison as one line, "Fiscal year: 2024; Debt ($ million): 588": each cell after its header.
"""

from __future__ import annotations

import re

from factcheck.comparison.relation import Span
from factcheck.comparison.units import PERCENT, SYMBOL, UNIT, read_unit

_LABEL = re.compile(r"(?:^|(?<=[;\n|.]))[\s*•-]*(?P<words>[^;:\n|]*?[^\W\d_][^;:\n|]*):[\s*]*[+−–-]?\s?$")
#: "Won: 12" counts no wins.
_NO_NOUN = re.compile(r"won|lost|drawn|for|against|\w+ed", re.IGNORECASE)
_OF_A_YEAR = re.compile(r";\s*(?P<year>(?:19|20)\d\d)(?:\s\([^();:]{1,30}\))?:\s+$")
_LONGEST_YEAR = 45
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: Where a row begins, with its first cell.
_ROW = re.compile(r"(?:^|\.\s+)(?P<first>[^:;]{1,80}:\s[^;]{1,200});")
_NAMED = re.compile(r":\s(?P<name>[^;:]*[^\W\d_][^;:]*)(?=;)")
_BRACKET = re.compile(r"\((?P<inside>[^()]*)\)\s*$")
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "m": 1e6, "mn": 1e6, "bn": 1e9, "000": 1e3, "000s": 1e3}
_UNIT = re.compile(
    rf"(?:in\s+)?(?P<symbol>{SYMBOL})?\s*['’]?(?P<scale>thousand|million|billion|mn|bn|000s?|(?<=[$€£¥₹₽])m)?s?\s*(?:of\s+)?"
    rf"(?P<unit>{UNIT})?",
    re.IGNORECASE,
)


def find_label(text: str, at: int) -> Span | None:
    """Return the span of the label of a figure at ``at``, without the unit in brackets, or None where it has none."""
    match = _LABEL.search(text[max(0, at - 150) : at])
    if not match:
        return None
    start, end = (max(0, at - 150) + offset for offset in match.span("words"))
    unit = _BRACKET.search(text, start, end)
    return start, unit.start() if unit else end


def labelled(text: str, at: int) -> str:
    """Return the last word of the label of a figure at ``at``, if it may be a noun: "ballots" of "Ballots: 9"."""
    label = find_label(text, at)
    words = re.findall(r"[^\W\d_]+", text[slice(*label)]) if label else []
    return words[-1] if words and not _NO_NOUN.fullmatch(words[-1]) else ""


def read_header(text: str, at: int) -> tuple[str, float] | None:
    """Return the unit and the scale that a header gives to a bare number at ``at``, or None where it gives none."""
    label = find_label(text, at)
    if label:
        return _read_unit(text[label[0] : text.rindex(":", label[0], at)])
    # The cell of a year's column has the unit that its row names: "Median wait (minutes); 2023: 45".
    rows = list(_ROW.finditer(text, 0, at)) if is_headed_by_year(text, at) else []
    return _read_unit(rows[-1]["first"]) if rows and _in_bracket(rows[-1]["first"]) else None


def unit_named(caption: str) -> str:
    """Return the unit that a caption gives to all of a table, as it is written: "Catch by port, tonnes:"."""
    caption = caption.rstrip(" .:")
    if bracket := _in_bracket(caption):
        return bracket if _read_unit(caption) else ""
    words = caption.split(",")[-1].split() if "," in caption else []
    named = (" ".join(words[:end]) for end in range(len(words), 0, -1))  # "tonnes live weight" are tonnes
    return next((unit for unit in named if _read_unit(f", {unit}")), "")


def _in_bracket(words: str) -> str:
    bracket = _BRACKET.search(words)
    return bracket["inside"].strip() if bracket else ""


def _read_unit(words: str) -> tuple[str, float] | None:
    bracket = _in_bracket(words)
    match = _UNIT.fullmatch(bracket or words.rpartition(",")[2].strip())
    if not match:
        return None
    unit = read_unit(match["symbol"] or match["unit"] or "")
    if not bracket and unit != PERCENT and "," not in words:
        return None  # "Miles: 12" may be a name
    scale = _SCALES[match["scale"].casefold()] if match["scale"] else 1.0
    return (unit, scale) if unit or scale > 1 else None


def is_headed_by_year(text: str, at: int) -> bool:
    """Tell whether a year alone heads the column of a figure at ``at``: "Choir: Aldry; 2012: 41; 2013: 52"."""
    return _OF_A_YEAR.search(text, max(0, at - _LONGEST_YEAR), at) is not None


def column_year(text: str, at: int) -> tuple[int, str] | None:
    """Return the year in what heads the column of a figure at ``at``, and the rest: "Visits, 2012: 41", "2013: 52"."""
    if alone := _OF_A_YEAR.search(text, max(0, at - _LONGEST_YEAR), at):
        return int(alone["year"]), ""
    label = find_label(text, at)
    years = list(_YEAR.finditer(text, *label)) if label else []
    if label is None or len(years) != 1:
        return None
    start, end = years[0].span()
    return int(years[0][0]), f"{text[label[0] : start]}{text[end : label[1]]}".strip(" ,")


def row_named(text: str, row: Span) -> Span:
    """Return the span of what a row is of: its first cell that is no figure."""
    named = _NAMED.search(text, *row)
    return named.span("name") if named else row


def is_cell(text: str, at: int) -> bool:
    """Tell whether a figure at ``at`` is the cell of a table row, whose header says what it is of."""
    label = find_label(text, at)
    before = text[: label[0]].rstrip() if label else ""
    return label is not None and (before.endswith(";") or re.match(r"[^;\n]*;\s[^;:\n]+:\s", text[at:]) is not None)
