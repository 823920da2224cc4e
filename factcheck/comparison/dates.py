"""Dates: finding them at the precision they are given in, and telling whether two can both be right."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from factcheck.comparison.date_patterns import MONTH, READERS, When, calendar_day, day_number, month_number
from factcheck.comparison.relation import Relation, Span
from factcheck.comparison.relative_dates import relative_dates, resolve_weekday

#: How far "around 1850", "around May 1990" and "around 4 May 1990" reach, in days: five years, a month, a week.
_MARGINS = {"year": 372 * 5, "month": 31, "day": 7}


def find_dates(text: str, today: date | None = None) -> list[When]:
    """Return the dates of ``text`` in its order; "Tuesday" or "last month" are resolved where ``today`` is known."""
    found = list(relative_dates(text, today)) if today else []
    for pattern, read in READERS:
        for match in pattern.finditer(text):
            when = None if any(_overlap(match.span(), other.span) for other in found) else read(match)
            if when:
                found.append(resolve_weekday(when, text, today) if today else when)
    return [_qualify(text, when) for when in _join(text, sorted(found, key=lambda when: when.span))]


def relate_dates(one: When, other: When) -> Relation:
    """Compare two dates of one event."""
    if one.ends and other.ends:
        relations = [relate_dates(mine, theirs) for mine, theirs in zip(one.ends, other.ends, strict=True)]
        return max(relations, key=_STRICTNESS.index)
    if one.of_year or other.of_year:
        return _relate_without_year(one, other)
    if one.is_weekday or other.is_weekday:
        return _relate_weekdays(one, other)
    if (one.first, one.last) == (other.first, other.last):
        return Relation.EQUAL
    return Relation.COMPATIBLE if one.first <= other.last and other.first <= one.last else Relation.DIFFERS


def _relate_weekdays(one: When, other: When) -> Relation:
    """Compare dates of which one at least is a weekday alone; that is too uncertain to rule out a mere date."""
    mine, theirs = _weekday(one), _weekday(other)
    if mine == theirs:
        return Relation.EQUAL if one.is_weekday and other.is_weekday else Relation.COMPATIBLE
    if None in (mine, theirs):
        return Relation.COMPATIBLE
    return Relation.UNRELATED if None in (one.weekday, other.weekday) else Relation.DIFFERS


def _weekday(when: When) -> int | None:
    """Return the weekday that is named, or else that of the day."""
    if when.weekday is not None or not when.is_day:
        return when.weekday
    return calendar_day(int(when.first)).weekday()


_STRICTNESS = (Relation.EQUAL, Relation.COMPATIBLE, Relation.UNRELATED, Relation.DIFFERS)


def _relate_without_year(one: When, other: When) -> Relation:
    """Compare dates of which one at least has no year."""
    mine, theirs = _within_year(one), _within_year(other)
    if not mine or not theirs:
        return Relation.UNRELATED
    if mine == theirs and one.of_year == other.of_year:
        return Relation.EQUAL
    return Relation.COMPATIBLE if mine[0] <= theirs[1] and theirs[0] <= mine[1] else Relation.DIFFERS


def _within_year(when: When) -> tuple[int, int] | None:
    """Return first and last day less those of the year, None where there is more than one year to it."""
    if when.of_year:
        return when.of_year
    if when.is_weekday:
        return day_number(0, 1, 1), day_number(1, 1, 1) - 1
    if not math.isfinite(when.last - when.first) or when.first // 372 != when.last // 372:
        return None
    return int(when.first % 372), int(when.last % 372)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


_IN_BRACKETS = re.compile(r"\w[\"”’']?\s*\([^()]*$")
_RANGE = re.compile(r"\s*(?:--?|–|to|until|till|through)\s*$", re.IGNORECASE)
_RANGE_START = re.compile(r"\b(?:from|between)\s+$", re.IGNORECASE)
_MONTH_TO = re.compile(
    rf"\b(?:from\s+)?(?:(?P<day>\d{{1,2}})\s+)?{MONTH}(?:\s+(?P<last>\d{{1,2}}))?\s*(?:-|–|to|until|through)\s*$",
    re.IGNORECASE,
)
_DAY_TO = re.compile(r"(?<![\d.,])(?:\bfrom\s+)?\b(?P<day>\d{1,2})\s*(?:-|–|to|until|through)\s*$", re.IGNORECASE)


def _join(text: str, dates: list[When]) -> Iterator[When]:
    """Make one date of "from 1939 to 1945", "between 1939 and 1945" and "July to December 2016"."""
    while dates:
        one = dates.pop(0)
        gap = text[one.span[1] : dates[0].span[0]] if dates else ""
        start = _RANGE_START.search(text, 0, one.span[0])
        if not dates or not _spans(one, dates[0], gap, start):
            # In "from May 1 to June 15, 2011" the first is told with the second.
            if not dates or _with_first(text, dates[0]).span[0] > one.span[0]:
                yield _with_first(text, one)
        elif _is_life(one, dates[0], text):
            yield from (replace(one, event="born"), replace(dates.pop(0), event="died"))
        else:
            two = dates.pop(0)
            span = (start.start() if start else one.span[0], two.span[1])
            yield When(span, one.first, two.last, ends=(one, two))


def _spans(one: When, two: When, gap: str, start: re.Match[str] | None) -> bool:
    """Tell whether two neighbouring dates, with ``gap`` between them, are the ends of a period."""
    ordered = math.isfinite(one.first) and math.isfinite(two.last) and one.first <= two.last
    between = start is not None and start[0].casefold().startswith("between") and gap.strip() == "and"
    return ordered and (between or bool(_RANGE.fullmatch(gap)))


def _is_life(one: When, two: When, text: str) -> bool:
    """Tell the days of birth and death, as in "Ada King (10 December 1815 – 27 November 1852)"."""
    far_apart = one.is_day and two.is_day and two.first - one.first > day_number(5, 1, 1)
    return far_apart and _IN_BRACKETS.search(text, 0, one.span[0]) is not None


def _with_first(text: str, when: When) -> When:
    """Let "July to December 2016" start in July, "from 5 July to 3 August 2016" and "5–9 July 2016" on the 5th."""
    match = _MONTH_TO.search(text, 0, when.span[0])
    if not match and when.is_day and text[when.span[0]].isdigit():
        match = _DAY_TO.search(text, 0, when.span[0])
    if not match or not math.isfinite(when.first):
        return when
    year, given = int(when.first) // 372, match.groupdict()
    month = month_number(given["month"]) if "month" in given else int(when.first) % 372 // 31 + 1
    day = int(match["day"] or given.get("last") or 0)
    if day > 31 or (day and day_number(year, month, day) >= when.last):
        return when
    first = day_number(year, month, day or 1)
    start = When(match.span(), first, first if day else day_number(year, month, 31))
    return When((match.start(), when.span[1]), first, when.last, ends=(start, when))


#: "It dates from 1944" says when it was made; "from 1944" alone, when something began.
_NOT_ORIGIN = r"(?<!\bdate )(?<!\bdates )(?<!\bdated )(?<!\bdating )(?<!\bback )"
_QUALIFIER = re.compile(
    r"\b((?P<before>before|prior\s+to|until|by|no\s+later\s+than)|(?P<after>after|since|"
    rf"{_NOT_ORIGIN}from|following)|"
    r"around|about|circa|c\.|ca\.|approximately|roughly|some\s+time\s+in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


_AFTERWARDS = re.compile(r"\s+(?:or\s+(later|earlier)|onwards?)\b", re.IGNORECASE)


def _qualify(text: str, when: When) -> When:
    """Widen a date by the words at it: "before 1900", "after 1945", "around 1850", "1992 or later"."""
    if (tail := _AFTERWARDS.match(text, when.span[1])) and math.isfinite(when.first):
        span = (when.span[0], tail.end())
        return When(span, last=when.last) if tail[1] == "earlier" else When(span, first=when.first)
    match = _QUALIFIER.search(text, 0, when.span[0])
    if not match or not math.isfinite(when.first):
        return when
    span, word = (match.start(), when.span[1]), match[1].casefold()
    open_end = When(span)
    if match["before"]:
        ends = (open_end, when) if word == "until" else None
        return When(span, last=when.first - 1 if word.startswith(("before", "prior")) else when.last, ends=ends)
    if match["after"]:
        ends = (when, open_end) if word == "since" else None
        return When(span, first=when.last + 1 if word in ("after", "following") else when.first, ends=ends)
    length = when.last - when.first
    margin = _MARGINS["year" if length >= 371 else "month" if length else "day"]
    return When(span, when.first - margin, when.last + margin)
