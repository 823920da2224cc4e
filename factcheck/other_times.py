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


def has_own_year(text: str, start: int, end: int, year: int) -> bool:
    """Tell whether a month or day, given by its offsets, is of a year, or of years, that its sentence gives elsewhere.

    "January" in "January, February and March 2024", "May" in "in May in the 1990s", and "4 March" in "In 2019 the
    strike began on 4 March", unless that is the ``year`` of the text anyway.
    """
    opening = _IN_YEAR.match(text, 0, start)
    of_another = opening is not None and int(opening["year"]) != year
    comma = text.find(",", end)
    between_commas = text[text.rfind(",", 0, start) + 1 : comma if comma >= 0 else len(text)]
    return of_another or bool(_YEAR_BEHIND.match(text, end) or _DECADE.search(between_commas))


#: What stands behind a weekday that is of another month or year: "a wet Monday in November 2022".
_OF_ANOTHER_TIME = re.compile(
    rf"\s+(?:week\b|(?:in|of)\s+(?:the\s+)?{_EARLY}(?:{MONTH}\b|\d{{4}})|"
    r"of\s+(?:that|the|each|every)\s+(?:\w+\s+)?(?:week|month|year)\b)"
)
#: What stands before one of many such days, or one that was told of, or one with a name: "the second Monday", "on a wet
#: Monday", "on that Monday", "Easter Monday".
_NOT_THE_LATEST = re.compile(
    r"(?:\b(?:an?|one|the|each|every|any|some|another|first|second|third|fourth|fifth|last|next|following|previous)|"
    r"(?:^|\bon\s+)that|(?:(?:\bon|,)\s+an?|^one)\s+\w+|"
    r"\b(?-i:Black|Good|Easter|Ash|Super|Bloody|Palm|Cyber))\s+$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"(?P<start>\bfrom\s+)?\b(?P<first>{WEEKDAY})\s*(?:\b(?P<word>through|to|until|till)\b|[–-])\s*(?P<last>{WEEKDAY})\b",
    re.IGNORECASE,
)


def is_of_no_one_week(text: str, start: int, end: int) -> bool:
    """Tell whether a weekday, by the words before and behind it, is not simply the latest or the next one."""
    return bool(_OF_ANOTHER_TIME.match(text, end) or _NOT_THE_LATEST.search(text, 0, start))


def range_of_weekdays(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the match of a range that a weekday is an end of, such as "Monday to Friday"."""
    found = _FROM_TO.finditer(text, max(0, start - _LONGEST), end + _LONGEST)
    return next((one for one in found if one.start() <= start < one.end()), None)


#: Characters of "from Wednesday through " on either side of a weekday.
_LONGEST = 24
