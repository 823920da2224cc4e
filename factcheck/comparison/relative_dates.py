"""What "yesterday", "Tuesday" and "last March" mean in a text of a known day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from factcheck.comparison.context import sentence_at
from factcheck.comparison.date_patterns import MONTH, When, day_number, month_number
from factcheck.other_times import is_of_no_one_week

_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_STEPS = {"last": -1, "this": 0, "next": 1}
_DAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b", re.IGNORECASE)
_PERIOD = re.compile(rf"\b(?P<which>last|this|next)\s+(?:(?P<unit>week|month|year)|{MONTH})\b", re.IGNORECASE)

_OF_WEEK = re.compile(r"\s+of\s+(last|this|next)\s+week\b", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:will|shall|(?:is|are)\s+(?:to|due|scheduled|set|expected)\b)", re.IGNORECASE)


def resolve_weekday(when: When, text: str, today: date) -> When:
    """Take "Tuesday" for the last one up to ``today``, "next Tuesday" for the one after; "a wet Tuesday" stays.

    Where a sentence tells of what is to come, "Tuesday" is the first one from ``today`` on.
    """
    which = re.search(r"\b(?:last|next)\s+$", text[: when.span[0]], re.IGNORECASE)
    start = which.start() if which else when.span[0]
    if when.weekday is None or not when.is_weekday or is_of_no_one_week(text, start, when.span[1]):
        return when
    day = today - timedelta(days=(today.weekday() - when.weekday) % 7)
    if not which and day < today and _TO_COME.search(text[slice(*sentence_at(text, start))]):
        day += timedelta(weeks=1)
    if week := _OF_WEEK.match(text, when.span[1]):
        monday = today + timedelta(weeks=_STEPS[week[1].casefold()], days=-today.weekday())
        day = monday + timedelta(days=when.weekday)
    if which and which[0].casefold().startswith("next"):
        day += timedelta(weeks=1)
    number = day_number(day.year, day.month, day.day)
    return When(when.span, number, number, weekday=when.weekday)


def relative_dates(text: str, today: date) -> Iterator[When]:
    """Yield the dates that ``text`` gives by their distance from ``today``."""
    for match in _DAY.finditer(text):
        day = today + timedelta(days=_DAYS[match[0].casefold()])
        number = day_number(day.year, day.month, day.day)
        yield When(match.span(), number, number)
    for match in _PERIOD.finditer(text):
        first, after = _period(match, today, _STEPS[match["which"].casefold()])
        yield When(match.span(), day_number(*first), day_number(*after) - 1)


def _period(match: re.Match[str], today: date, step: int) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return the first day of a period and the first day after it."""
    unit = (match["unit"] or "").casefold()
    if unit == "year":
        return (today.year + step, 1, 1), (today.year + step + 1, 1, 1)
    if unit == "week":
        monday = today + timedelta(weeks=step, days=-today.weekday())
        after = monday + timedelta(weeks=1)
        return (monday.year, monday.month, monday.day), (after.year, after.month, after.day)
    if unit == "month":
        start = today.replace(day=1) + relativedelta(months=step)
        return (start.year, start.month, 1), (start.year, start.month + 1, 1)
    month = month_number(match["month"])
    passed_over = (step < 0 and month >= today.month) or (step > 0 and month <= today.month)
    year = today.year + (step if passed_over else 0)
    return (year, month, 1), (year, month + 1, 1)
