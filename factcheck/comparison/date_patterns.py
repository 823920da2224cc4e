"""Dates as they are written: the patterns and what each stands for.

A date is a stretch of days from ``first`` to ``last``, counted as ``372 * year + 31 * (month - 1) + (day - 1)``: in
order, without a calendar, and before the year 1 as well. "March 2011" is the whole month, "before 1900" has no start.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from factcheck.comparison.relation import Span
from factcheck.comparison.units import UNIT
from factcheck.full_dates import is_no_day

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "fall": (9, 12), "winter": (12, 15)}
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first",
)  # fmt: skip


@dataclass(frozen=True)
class When:
    """A date where it stands.

    Attributes:
        first: the first day it may be, -∞ for "before …".
        last: the last day it may be, ∞ for "after …".
        of_year: first and last day, less those of the year, where the text gives no year.
        weekday: 0 for Monday, where the text names it.
        ends: first and last date of a period given by both, or by one ("until …", "since …").
        event: "born" or "died", where only the place in brackets after a name says so.
    """

    span: Span
    first: float = -math.inf
    last: float = math.inf
    of_year: tuple[int, int] | None = None
    weekday: int | None = None
    ends: tuple[When, When] | None = None
    event: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it is one day of one year."""
        return self.first == self.last

    @property
    def is_within_a_year(self) -> bool:
        """Whether it is less than a year."""
        return self.last - self.first < DAYS_OF_A_YEAR - 1

    @property
    def is_weekday(self) -> bool:
        """Whether it is a weekday and nothing else."""
        return self.weekday is not None and self.of_year is None and not math.isfinite(self.first)


MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = rf"(?P<day>\d{{1,2}}|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})(?:st|nd|rd|th)?"
#: A day that can be no month: "17/03/2011" and "3/17/2011" can only be read one way.
_LATE_DAY = r"1[3-9]|2\d|3[01]"
_YEAR = r"(?P<year>1\d{3}|20\d{2})(?![\d,.]*\d|\s*%)"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+(?:the\s+)?)?"
_PART = r"(?:(?P<part>early|mid|late|the\s+(?:beginning|start|middle|end)\s+of)[\s-]+(?:in\s+)?(?:the\s+)?)?"
_WHICH = r"(?P<which>first|second|third|fourth|last)"
_CENTURY = rf"(?P<number>\d{{1,2}}(?=st|nd|rd|th)|{'|'.join(_ORDINALS)})"
_OLD_YEAR = r"(?:\d{1,3},\d{3}|\d{1,5})"
_COUNTED = re.compile(
    rf"\s+(?:[a-z]+s|people|men|women|children|feet|troops|percent|per\s+cent|square|cubic)\b|\s?{UNIT}"
    r"|-(?:seat|strong|member|page|mile|metre|meter|bed|room|foot|ton|tonne|acre|hectare)\b"
)
#: Words before a number that make one of it, though they may stand before a year as well: "a total of 1400 migrants".
_COUNTING = re.compile(
    r"\b(?:total|crowd|group|sum|population|force|fleet|distance|length|height|weight|average|maximum|minimum|least|than"
    r"|up|some|about|around|nearly|almost|over)(?:\s+(?:of|to))?\s+$",
    re.IGNORECASE,
)
_NAME = re.compile(r"\w,?\s+[A-Z]\w+\s$")
_DATING = re.compile(
    r"\b(?:in|of|since|by|from|until|till|during|before|after|the|for|around|to|and|between|his|her|its|their|early|mid"
    r"|late)[\s-]+$",
    re.IGNORECASE,
)


#: As ``day_number`` counts them.
DAYS_OF_A_YEAR = 372


def day_number(year: int, month: int, day: int) -> int:
    """Return the number of a day; month 13 is January of the next year."""
    return DAYS_OF_A_YEAR * year + 31 * (month - 1) + day - 1


def years_of(when: When) -> range:
    """Return the years that a date may lie in; none of one that is open at an end."""
    if not (math.isfinite(when.first) and math.isfinite(when.last)):
        return range(0)
    return range(int(when.first) // DAYS_OF_A_YEAR, int(when.last) // DAYS_OF_A_YEAR + 1)


def calendar_day(number: int) -> date:
    """Return the day that ``day_number`` gives this number."""
    return date(number // 372, number % 372 // 31 + 1, number % 31 + 1)


def month_number(name: str) -> int:
    """Return 1 for January, by its first three letters."""
    return _MONTHS.index(name.casefold()[:3]) + 1


def _ordinal(word: str) -> int:
    return int(word) if word.isdigit() else _ORDINALS.index(word.casefold()) + 1


def _full_date(match: re.Match[str]) -> When | None:
    groups = match.groupdict()
    month = int(groups["month"]) if groups["month"].isdigit() else month_number(groups["month"])
    places = match.start("month"), match.start("day")
    if not groups["year"] and places[0] < places[1] and is_no_day(match.string, *places):
        return None
    day = _ordinal(groups["day"])
    weekday = _WEEKDAYS.index(groups["weekday"].casefold()) if groups.get("weekday") else None
    try:
        actual = date(int(groups["year"] or 2000), month, day)
    except ValueError:  # such as 31 February
        return None
    if not groups["year"]:
        number = day_number(0, month, day)
        return When(match.span(), of_year=(number, number), weekday=weekday)
    number = day_number(actual.year, month, day)
    return When(match.span(), number, number, weekday=weekday)


def _months(match: re.Match[str]) -> When:
    """Read a month, quarter, half or season of a year."""
    groups, year = match.groupdict(), int(match["year"])
    if groups.get("month"):
        first, after = month_number(match["month"]), month_number(match["month"]) + 1
    elif groups.get("season"):
        first, after = _SEASONS[match["season"].casefold()]
    else:
        size = 3 if groups.get("q") or groups["kind"].casefold() == "quarter" else 6
        name = groups.get("q") or groups["which"]
        which = 12 // size if name.casefold() == "last" else _ordinal(name)
        first, after = size * (which - 1) + 1, size * which + 1
    return _part(match, day_number(year, first, 1), day_number(year, after, 1) - 1)


def _bare_month(match: re.Match[str]) -> When:
    month = month_number(match["month"])
    return When(match.span("month"), of_year=(day_number(0, month, 1), day_number(0, month + 1, 1) - 1))


def _year(match: re.Match[str]) -> When | None:
    if _counts_or_names(match):
        return None
    year = int(match["year"])
    return _part(match, day_number(year, 1, 1), day_number(year + 1, 1, 1) - 1)


def _years(match: re.Match[str]) -> When | None:
    first, last = match["year"], match["last"]
    years = int(first), int(first[: len(first) - len(last)] + last)
    if _counts_or_names(match) or years[0] >= years[1]:
        return None
    return When(match.span(), day_number(years[0], 1, 1), day_number(years[1] + 1, 1, 1) - 1)


#: What has a number of its own: "resolution 1973".
_NUMBERED = re.compile(
    r"\b(?:resolutions?|directive|regulation|article|section|clause|chapter|paragraph|page|case|flight|route|highway"
    r"|room|number)\s+$",
    re.IGNORECASE,
)


def _counts_or_names(match: re.Match[str]) -> bool:
    """Tell "1500 miles" and "Expo 2015" from years; "in 2010 sales rose" and "the 2008 elections" have one."""
    if _NUMBERED.search(match.string, 0, match.start()):
        return True
    dating = _DATING.search(match.string, 0, match.start()) and not _COUNTING.search(match.string, 0, match.start())
    return not dating and bool(
        _COUNTED.match(match.string, match.end()) or _NAME.search(match.string, 0, match.start())
    )


def _decade(match: re.Match[str]) -> When:
    """Read "the 1980s"; "the 1800s" are the century."""
    start = int(match["decade"])
    length = 100 if start % 100 == 0 and start < 2000 else 10
    return _part(match, day_number(start, 1, 1), day_number(start + length, 1, 1) - 1)


def _short_decade(match: re.Match[str]) -> When:
    start = 1900 + (int(match["short"]) if match["short"] else _DECADES[match["word"].casefold()])
    return _part(match, day_number(start, 1, 1), day_number(start + 10, 1, 1) - 1)


def _century(match: re.Match[str]) -> When:
    start = 100 * (_ordinal(match["number"]) - 1)
    return _part(match, day_number(start, 1, 1), day_number(start + 100, 1, 1) - 1)


def _before_christ(match: re.Match[str]) -> When:
    first, last = (1 - int((match[group] or match["year"]).replace(",", "")) for group in ("from", "year"))
    return When(match.span(), day_number(first, 1, 1), day_number(last + 1, 1, 1) - 1)


def _bare_weekday(match: re.Match[str]) -> When:
    return When(match.span(), weekday=_WEEKDAYS.index(match["weekday"].casefold()))


def _part(match: re.Match[str], first: int, last: int) -> When:
    """Cut "early", "mid" or "late" out of a period: the part that most writers would grant, with overlap."""
    length, part = last - first + 1, (match["part"] or "").casefold()
    if part.startswith(("early", "the beg", "the start")):
        last = first + length * 5 // 12
    elif part.startswith(("mid", "the mid")):
        first, last = first + length // 4, last - length // 4
    elif part:
        first = last - length * 5 // 12
    return When(match.span(), first, last)


_Reader = Callable[[re.Match[str]], When | None]
READERS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in [
        (r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b", _full_date),
        (rf"(?<![\d/.])(?P<day>{_LATE_DAY})[/.](?P<month>0?[1-9]|1[0-2])[/.]{_YEAR}", _full_date),
        (rf"(?<![\d/.])(?P<month>0?[1-9]|1[0-2])[/.](?P<day>{_LATE_DAY})[/.]{_YEAR}", _full_date),
        (rf"\b{_WEEKDAY}{MONTH}\s+{_DAY}\b,?(?:\s+{_YEAR}|(?!\s*\d))", _full_date),
        (rf"\b{_WEEKDAY}(?:the\s+)?{_DAY}\s+(?:of\s+)?(?-i:{MONTH})\b,?(?:\s+{_YEAR})?", _full_date),
        (
            rf"(?<![\d,])(?:(?P<from>{_OLD_YEAR})\s*[-–]\s*)?(?P<year>{_OLD_YEAR})\s*(?:BCE|BC|B\.C\.)(?!\w)",
            _before_christ,
        ),
        (rf"\b{_PART}{MONTH},?\s+(?:of\s+)?{_YEAR}", _months),
        (rf"\b{_PART}(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?{_YEAR}", _months),
        (rf"\b{_PART}(?:the\s+)?{_WHICH}\s+(?P<kind>quarter|half)\s+(?:of\s+)?{_YEAR}", _months),
        (rf"\b(?P<part>)Q(?P<q>[1-4])\s+(?:of\s+)?{_YEAR}", _months),
        (rf"\b{_PART}(?:the\s+)?(?P<decade>\d{{3}}0)[’']?s\b", _decade),
        (rf"\b{_PART}(?<!\w)the\s+(?:(?P<word>{'|'.join(_DECADES)})|[’']?(?P<short>[2-9]0)[’']?s)\b", _short_decade),
        (rf"\b{_PART}(?:the\s+)?{_CENTURY}(?:st|nd|rd|th)?[\s-]century\b", _century),
        (r"(?<![\d$€£,.-])\b(?P<year>1\d{3}|20\d{2})(?:[-–/]|\s*--\s*)(?P<last>\d{4}|\d{2})\b(?![-–\d])", _years),
        (rf"(?<![\d$€£,.:/-])(?<!No\. )(?<!No )\b{_PART}{_YEAR}\b", _year),
        (
            rf"\b(?:in|since|until|last|next|this|early|mid|late)[\s-]+(?-i:{MONTH})\b(?!\s*\d(?!\d?[\s-][a-z]))",
            _bare_month,
        ),
        # Before another capital it is a first name: "written by April Jones".
        (rf"\b(?:by|of|and)[\s-]+(?-i:{MONTH})\b(?!\s*\d|\s+(?-i:[A-ZÀ-Þ]))", _bare_month),
        (rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})\b", _bare_weekday),
    ]
]
