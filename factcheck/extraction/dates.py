"""Dates: reading those that are written out, and resolving "Tuesday" or "last month" against the article's date."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from dateutil import parser
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

_MONTHS = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_FULL_DATE = re.compile(
    rf"\b(?:\d{{4}}-\d{{2}}-\d{{2}}|{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS},?\s+\d{{4}})\b",
    re.IGNORECASE,
)


def parse_date(value: Any) -> date | None:
    """Return the date that a front matter field holds, or None."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else find_full_date(str(value)) if value else None


def find_full_date(text: str) -> date | None:
    """Return the first date in ``text`` that has day, month and year, or None."""
    for match in _FULL_DATE.finditer(text):
        try:
            return parser.parse(match[0].replace(" of ", " ")).date()
        except (ValueError, OverflowError):  # such as 31 February
            continue
    return None


_WEEKDAYS = {
    "monday": MO, "tuesday": TU, "wednesday": WE, "thursday": TH, "friday": FR, "saturday": SA, "sunday": SU,
}  # fmt: skip
_WEEKDAY = re.compile(
    r"\b(?P<on>on\s+)?(?P<which>(?:last|next|this)\s+)?(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
    r"(?!\s+\d|,\s+[A-Z\d])"
)
_DAY = re.compile(r"\b(today|yesterday|tomorrow)\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|could|may|might|is to|are to|due|expects?|expected|plans?|planned|scheduled)\b"
)


def resolve_dates(text: str, today: date | None) -> str:
    """Replace weekdays and relative days by the date they mean in an article of the day ``today``."""
    if today is None:
        return text
    future = bool(_FUTURE.search(text))

    def weekday(match: re.Match[str]) -> str:
        day = _WEEKDAYS[match["day"].lower()]
        which = (match["which"] or "").strip()
        forward = which == "next" or (future and which != "last")
        resolved = today + relativedelta(weekday=day(+1 if forward else -1))
        if which == "next" and resolved == today:
            resolved += relativedelta(weeks=1)
        if which == "last" and resolved == today:
            resolved -= relativedelta(weeks=1)
        return f"on {written(resolved)}"

    def relative(match: re.Match[str]) -> str:
        days = {"today": 0, "yesterday": -1, "tomorrow": 1}[match[1].lower()]
        return f"on {written(today + relativedelta(days=days))}"

    return _DAY.sub(relative, _WEEKDAY.sub(weekday, text))


def written(day: date) -> str:
    """Write a date out, as in "22 March 2011"."""
    return f"{day.day} {day:%B %Y}"
