"""Dates that are written out in full: "22 March 2011", "March 22, 2011", "2011-03-22"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from dateutil import parser

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DAY_OF_MONTH = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![,.]?\d)"
_FULL_DATE = re.compile(
    rf"\b(?:\d{{4}}-\d{{2}}-\d{{2}}|{MONTH}\s+{DAY_OF_MONTH},?\s+\d{{4}}|{DAY_OF_MONTH}\s+(?:of\s+)?{MONTH},?\s+\d{{4}})\b"
)


def parse_date(value: object) -> date | None:
    """Return the date that a field of front matter or metadata holds, or None."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else find_full_date(str(value)) if value else None


def find_full_date(text: str) -> date | None:
    """Return the first date in ``text`` that has day, month and year, or None."""
    return next(full_dates(text), None)


def full_dates(text: str) -> Iterator[date]:
    """Yield the dates in ``text`` that have day, month and year."""
    for match in _FULL_DATE.finditer(text):
        try:
            yield parser.parse(match[0].replace(" of ", " ")).date()
        except (ValueError, OverflowError):  # such as 31 February
            continue


_COUNTING = re.compile(r"\d+(?:-|\s+(?!(?:and|or|to|until|till|through|at|in|on|when)\b))[a-z]")
_DURING = re.compile(r"\b(?:in|during|throughout)\s+(?:(?:early|mid|late)[\s-]+)?$", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"(?<!\d )\b{MONTH}(?:\s?[–-]\s?|\s+(?:and|or|to)\s+)$")


def is_no_day(text: str, month: int, number: int) -> bool:
    """Tell whether the ``number`` behind a ``month``, both given by offset, is none of its days.

    In "in May 14 cows died" it counts what follows, and in "April–June 14" it would be a day in one month of two.
    """
    in_month = _COUNTING.match(text, number) and _DURING.search(text, 0, month)
    return bool(in_month or _MONTH_BEFORE.search(text, 0, month))


_MONTH_OF_YEAR = re.compile(rf"\b({MONTH})\s+(\d{{4}})\b")


def month_named(text: str) -> date | None:
    """Return the first day of the first month that ``text`` gives with its year."""
    match = _MONTH_OF_YEAR.search(text)
    try:
        return parser.parse(f"1 {match[1]} {match[2]}").date() if match else None
    except (ValueError, OverflowError):
        return None


def written(day: date) -> str:
    """Write a date out, as in "22 March 2011"."""
    return f"{day.day} {day:%B %Y}"
