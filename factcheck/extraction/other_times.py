"""Months, days and weekdays of a text whose year or week it gives itself, or that are of no one year or week at all."""

from __future__ import annotations

import re

from factcheck.full_dates import DAY_OF_MONTH, MONTH, WEEKDAY

_EARLY = r"(?:(?:early|mid|late)[\s-]+)?"
#: What stands between two dates of which the second has the year of both.
_AND_TO = (
    r"\s*(?:(?:,|\b(?:and|or|to|until|till|through)\b|[–—-])\s*){1,2}(?:\b(?:in|on|from|of)\s+)?"
    rf"(?:{WEEKDAY},?\s+)?"
)
_YEAR_BEHIND = re.compile(
    rf"(?:{_AND_TO}{_EARLY}(?:{DAY_OF_MONTH}\s+{MONTH}|{MONTH}\s+{DAY_OF_MONTH}|{MONTH}|{DAY_OF_MONTH}))+"
    r",?\s+(?:of\s+)?\d{4}\b"
)
#: What tells at the beginning of a sentence which year it is about.
_IN_YEAR = re.compile(
    rf"\W*(?:In|During|Throughout|On)\s+(?:the\s+)?{_EARLY}(?:{DAY_OF_MONTH}\s+)?(?:{MONTH}\s+)?"
    rf"(?:{DAY_OF_MONTH},\s+)?(?P<year>\d{{4}})\b"
)
#: "the 1990s", "the nineties": a month in them is one of many.
_DECADE = re.compile(
    r"\bthe\s+(?:\w+\s+)?(?:\d{3}0s|[’']?\d0s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)\b", re.IGNORECASE
)


def has_own_year(match: re.Match[str], year: int) -> bool:
    """Tell whether a month or day is of a year, or of years, that its sentence gives elsewhere, and that is not ``year``.

    "January" in "January, February and March 2024", "4 March" in "In 2019 the strike began on 4 March", "May" in "in
    May in the 1990s".
    """
    text = match.string
    opening = _IN_YEAR.match(text, 0, match.start())
    of_another = opening is not None and int(opening["year"]) != year
    end = text.find(",", match.end())
    between_commas = text[text.rfind(",", 0, match.start()) + 1 : end if end >= 0 else len(text)]
    return of_another or bool(_YEAR_BEHIND.match(text, match.end()) or _DECADE.search(between_commas))


#: What stands behind a weekday that is of another month or year: "a wet Monday in November 2022".
_OF_ANOTHER_TIME = re.compile(
    rf"\s+(?:week\b|(?:in|of)\s+(?:the\s+)?{_EARLY}(?:{MONTH}\b|\d{{4}})|of\s+(?:that|the|each|every)\b)"
)
#: What stands before one of many such days, or one that was told of: "the second Monday", "on a wet Monday", "on that".
_NOT_THE_LATEST = re.compile(
    r"(?:\b(?:first|second|third|fourth|fifth|last|next|following|previous|any|some|another)|"
    r"(?:^|\bon\s+)that|(?:(?:\bon|,)\s+an?|^one)\s+\w+)\s+$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"(?P<start>\bfrom\s+)?\b(?P<first>{WEEKDAY})\s*(?:\b(?P<word>through|to|until|till)\b|[–-])\s*(?P<last>{WEEKDAY})\b",
    re.IGNORECASE,
)


def is_of_no_one_week(match: re.Match[str]) -> bool:
    """Tell whether a weekday, by the words before and behind it, is not simply the latest or the next one."""
    return bool(
        _OF_ANOTHER_TIME.match(match.string, match.end()) or _NOT_THE_LATEST.search(match.string, 0, match.start())
    )


def range_of_weekdays(match: re.Match[str]) -> re.Match[str] | None:
    """Return the match of a range that a weekday is an end of, such as "Monday to Friday"."""
    near = max(0, match.start() - _LONGEST), match.end() + _LONGEST
    found = _FROM_TO.finditer(match.string, *near)
    return next((one for one in found if one.start() <= match.start("day") < one.end()), None)


#: Characters of "from Wednesday through " on either side of a weekday.
_LONGEST = 24
