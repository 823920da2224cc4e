"""What relative dates look like, and how each kind is resolved: one rule a kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil import parser
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from factcheck.extraction.date_sense import Sense, around
from factcheck.full_dates import DAY_OF_MONTH, MONTH, WEEKDAY, is_no_day, written
from factcheck.other_times import has_own_year, is_of_no_one_week, range_of_weekdays

_DAYS = {
    "monday": MO, "tuesday": TU, "wednesday": WE, "thursday": TH, "friday": FR, "saturday": SA, "sunday": SU,
}  # fmt: skip
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = rf"(?:\d{{1,3}}|an?|{'|'.join(_NUMBERS)})"
_PART = r"(?:morning|afternoon|evening|night)"


def _weekday(match: re.Match[str], sense: Sense) -> date | str:
    which = (match["which"] or "").strip().lower()
    if not match.start() and len(match[0]) == len(match["day"]) and not _WHEN.match(match.string, match.end()):
        return match[0]
    days = range_of_weekdays(match.string, *match.span("day"))
    if is_of_no_one_week(match.string, match.end("before"), match.end()) or (
        days and not _lies_within_a_week(days, sense)
    ):
        return match[0]
    day = _DAYS[match["day"].lower()]
    before = (match["before"] or "").strip().lower()
    deadline = (before in {"by", "through"} or _is_put_off(match)) and not re.search(r"\bhad\b", match.string)
    ahead = before == "for" and _NO_POSSESSIVE.match(match.string, match.end())  # "picked for Saturday"
    if which == "next" or ((sense.future or deadline or ahead) and not which):
        from_day = sense.today + relativedelta(days=which == "next")
        return from_day + relativedelta(weekday=day(+1))
    return sense.today + relativedelta(days=-(which == "last"), weekday=day(-1))


_NO_POSSESSIVE = re.compile(r"(?![’']s)")
#: What is done until a day that is still to come: "adjourned until Friday".
_PUT_OFF = re.compile(r"\b(?:adjourn|defer|delay|extend|postpon|remand|suspend|g[ai]ve)\w*\b")


def _is_put_off(match: re.Match[str]) -> bool:
    """Tell whether something was put off until a time, which was then to come."""
    until = (match["before"] or "").strip().lower() in {"until", "till"}
    return until and _PUT_OFF.search(around(match)) is not None


def _lies_within_a_week(days: re.Match[str], sense: Sense) -> bool:
    """Tell "from Sunday to Monday" from "Monday through Friday", which may be those of a week or of every week."""
    step = 1 if sense.future else -1
    first, last = (sense.today + relativedelta(weekday=_DAYS[days[end].lower()](step)) for end in ("first", "last"))
    return bool(days["start"]) and days["word"] != "through" and first <= last


def _day_of_week(match: re.Match[str], sense: Sense) -> date:
    """Return the day of a week that is told of as such, beginning with Monday: "Friday of last week"."""
    monday = sense.today + relativedelta(weekday=MO(-1), weeks=_SHIFTS[match["week"].lower()])
    return monday + relativedelta(weekday=_DAYS[match["day"].lower()](+1))


def _near_day(match: re.Match[str], sense: Sense) -> date | str:
    word = match["word"].lower()
    if word == "today" and _THAN.search(match.string, 0, match.start()):
        return match[0]
    return sense.today + relativedelta(days={"yesterday": -1, "last": -1, "tomorrow": 1}.get(word.split()[0], 0))


#: "The sea was colder than today": than nowadays.
_THAN = re.compile(r"\bthan\s+$")


def _units(unit: str, count: int) -> relativedelta:
    return {
        "day": relativedelta(days=count),
        "week": relativedelta(weeks=count),
        "month": relativedelta(months=count),
        "year": relativedelta(years=count),
    }[unit]


def _days_away(match: re.Match[str], sense: Sense) -> date | str:
    number = match["number"].lower()
    count = int(number) if number.isdigit() else _NUMBERS.index(number) + 1 if number in _NUMBERS else 1
    unit, way = match["unit"].lower(), match["way"].lower()
    if way == "ago":
        if _COMPARED.search(match.string, 0, match.start()):  # "up 6 percent from a year ago": from the same quarter
            return match[0]
        if unit == "day":
            return sense.today - relativedelta(days=count)
        if unit == "week":
            return match[0]
        past = sense.today + _units(unit, -count)
        return f"in {past:%B %Y}" if unit == "month" else f"in {past.year}"
    if unit not in ("day", "week") or sense.day is None:
        return match[0]
    sign = 1 if way in ("later", "after") else -1
    return sense.if_over(sense.day + _units(unit, sign * count)) or match[0]


#: What a figure is compared with stands behind it.
_COMPARED = re.compile(r"\b(?:from|than)\s+$")


def _neighbour_day(match: re.Match[str], sense: Sense) -> date | str:
    if sense.day is None:
        return match[0]
    which = (match["which"] or match["way"] or match["that"]).lower()
    days = 0 if which in ("same", "day") else -1 if which in ("previous", "before") else 1
    return sense.if_over(sense.day + relativedelta(days=days)) or match[0]


def _neighbour_weekday(match: re.Match[str], sense: Sense) -> date | str:
    which, day = (match["which"] or match["way"] or "").lower(), _DAYS[match["day"].lower()]
    if sense.day is None:
        return match[0]
    if not which:  # "on the Tuesday": of the days that are told of
        return sense.if_over(sense.day + relativedelta(weekday=day(+1))) or match[0]
    back = which in ("previous", "before")
    return sense.if_over(sense.day + relativedelta(days=-1 if back else 1, weekday=day(-1 if back else +1))) or match[0]


def _possessive_day(match: re.Match[str], sense: Sense) -> str:
    days = {"today": 0, "yesterday": -1, "tomorrow": 1}[match["day"].lower()]
    return f"the {written(sense.today + relativedelta(days=days))}"


def _season(match: re.Match[str], sense: Sense) -> str:
    """Read "last spring" as the latest that is over, "next spring" as the first that is yet to begin."""
    season, which = match["season"].lower(), match["which"].lower()
    first = {"spring": 3, "summer": 6}.get(season, 9)
    # "More came this summer than last summer": be this one over or not, it is not the last.
    this_too = re.search(rf"\bthis\s+{season}\b", match.string, re.IGNORECASE)
    over = sense.today.month > first + 2 and not this_too
    shift = {"last": 0 if over else -1, "next": int(sense.today.month >= first)}.get(which, 0)
    return f"{_inside(match)}{season} {sense.today.year + shift}"


def _feast(match: re.Match[str], sense: Sense) -> date:
    month, day = _FEASTS[re.sub(r"[’']", "", match["feast"]).lower()]
    found = sense.today.replace(month=month, day=day)
    if match["which"] or not sense.future:
        return found if found <= sense.today else found - relativedelta(years=1)
    return found if found >= sense.today else found + relativedelta(years=1)


def _period(match: re.Match[str], sense: Sense) -> str:
    which, unit = match["which"].lower(), match["unit"].lower()
    there = sense.today + _units(unit, {"last": -1, "next": 1}.get(which, 0))
    possessive = match.string[match.end() : match.end() + 2] in ("'s", "’s")
    inside = match["before"] or "" if possessive else _inside(match)
    return f"{inside}{there:%B %Y}" if unit == "month" else f"{inside}{there.year}"


def _inside(match: re.Match[str]) -> str:
    """Return the preposition of a period, which has none as the subject of a sentence: "This year has been dry"."""
    return match["before"] or ("" if not match.start() and _VERB.match(match.string, match.end()) else "in ")


_VERB = re.compile(r"\s+(?:is|was|has|had|will|would|could|may|might)\b")


def _month(match: re.Match[str], sense: Sense) -> str:
    ranges = _MONTHS_ON_END.finditer(match.string)
    if _EVERY_YEAR.search(around(match)) or any(one.start() <= match.start("month") < one.end() for one in ranges):
        return match[0]
    number = _NUMBER_BEHIND.match(match.string, match.end())
    a_day = number and not is_no_day(match.string, match.start("month"), number.start(1))
    if a_day or _has_own_year(match, sense):
        return match[0]
    first = parser.parse(f"1 {match['month']} {sense.today.year}").date()
    future = sense.future or _is_put_off(match)
    if match["year"]:
        first += relativedelta(years=_SHIFTS[match["year"].lower()])
    elif not _UP_TO_NOW.search(around(match)) and (told := sense.near_named(first.month, 1)):
        first = told
    elif future and first < sense.today.replace(day=1):
        first += relativedelta(years=1)
    elif not future and first > sense.today:
        first -= relativedelta(years=1)
    return f"{match['before']}{first:%B %Y}{',' if _A_NUMBER.match(match.string, match.end()) else ''}"


def _has_own_year(match: re.Match[str], sense: Sense) -> bool:
    return not match["year"] and has_own_year(match.string, *match.span(), sense.today.year)


def _month_of_year(match: re.Match[str], sense: Sense) -> str:
    which, first = match["which"].lower(), parser.parse(f"1 {match['month']} {sense.today.year}").date()
    if which == "last" and first.month >= sense.today.month:
        first -= relativedelta(years=1)
    elif which == "next" and first.month <= sense.today.month:
        first += relativedelta(years=1)
    return f"{_inside(match)}{first:%B %Y}"


_A_NUMBER = re.compile(r"\s+\d")
_NUMBER_BEHIND = re.compile(rf"\.?\s+({DAY_OF_MONTH})\b")
#: What lasts until the day of the article, whatever day was named last.
_UP_TO_NOW = re.compile(rf"\b(?:ha(?:s|ve)|[’'](?:s|ve))\b.*\bsince\s+{MONTH}", re.DOTALL)
#: Two months, of which nothing says whether the second is over.
_MONTHS_ON_END = re.compile(rf"\b{MONTH}\s+(?:to|until|till|through)\s+{MONTH}\b")
#: What tells that a month is that of every year.
_EVERY_YEAR = re.compile(r"\b(?:every|each|annual(?:ly)?|usually|always|traditionally|normally)\b", re.IGNORECASE)


def _month_day(match: re.Match[str], sense: Sense) -> date | str:
    no_day = match["month"] and is_no_day(match.string, match.start("month"), match.start("day"))
    if no_day or _has_own_year(match, sense):
        return match[0]
    first = _first_day(match, sense)
    if not match["end"]:
        return first
    return f"{match['before'] or 'on '}{first.day}{match['to']}{match['end']} {first:%B %Y}"


def _first_day(match: re.Match[str], sense: Sense) -> date:
    number = re.sub(r"\D", "", match["day"] or match["first"])
    shift = _SHIFTS[match["year"].lower()] if match["year"] else 0
    found = parser.parse(f"{number} {match['month'] or match['then']} {sense.today.year + shift}").date()
    if match["year"]:
        return found
    years = (found + relativedelta(years=shift) for shift in (0, -1, 1))
    if match["weekday"] and (fitting := [day for day in years if f"{day:%A}" == match["weekday"]]):
        return fitting[0]
    goes_on = match["before"].strip().lower() in _TO and _RANGE_SO_FAR.search(match.string, 0, match.start())
    if goes_on and sense.day and sense.day > found:  # "from 5 December to 2 March"
        return found + relativedelta(years=1)
    if timedelta(0) <= sense.today - found <= _JUST_NOW:
        return found
    if told := sense.near_named(found.month, found.day):
        return told
    future = sense.future or _is_put_off(match)
    if future and found < sense.today:
        return found + relativedelta(years=1)
    return found - relativedelta(years=1) if not future and found - sense.today > _SOON else found


#: What may stand between the first and the last day of a period, and what stands before that.
_TO = ("to", "until", "till", "through")
_RANGE_SO_FAR = re.compile(rf"\bfrom\s+(?:{DAY_OF_MONTH}\s+{MONTH}|{MONTH}\s+{DAY_OF_MONTH})\s+$")
#: So far back, a day without a year is of this year even where the text tells of an earlier one.
_JUST_NOW = timedelta(days=14)
#: So far ahead, a day without a year is of this year even where no word tells of the future.
_SOON = timedelta(days=45)

_BEFORE = r"(?P<before>(?i:\b(?:on|since|until|till|through|by|from|to|of|before|after|between|for|early|late)\s+)?)"
_NO_YEAR = r"(?!,?\s+\d{4}|\d|-[a-z]|\s+of\s+(?:\d{4}|(?:that|the|each|every|his|her|its|their)\b))"
#: "–10" in "May 8–10", and "to 10", unless that counts what follows.
_TO_DAY = (
    r"(?:(?P<to>\s?[–-]\s?|\s+(?:and|to|through)\s+(?=\d+\s*(?:[,.;:)]|$|(?:the|in|at|for)\b)))"
    rf"(?P<end>{DAY_OF_MONTH})\b)?"
)
_SHIFTS = {"last": -1, "this": 0, "next": 1}
_YEAR = r"(?:,?\s+(?:of\s+)?(?P<year>last|this|next)\s+year\b)?"
_FEASTS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new years eve": (12, 31),
    "new years day": (1, 1),
}  # fmt: skip
#: "by April Jones", "the trial of Jan Karski": a first name, not a month, for what it may be after these words.
_NO_PERSON = rf"(?!\b(?i:by|from|to|of|for)\s+{MONTH}\s+[A-ZÀ-Þ])"
#: What is called by a day of the week, whichever week it is in.
_OF_THE_WEEK = r"(?:prayers?|mass|services?|school|roasts?|lunch(?:es)?|markets?|newspapers?|editions?|editors?|league)"
#: What follows a weekday that opens a sentence and says when, "Tuesday the court sat"; not "Tuesday marks the end".
_WHEN = re.compile(
    r",|\s+(?:the|an?|this|that|these|those|it|he|she|they|we|I|there|his|her|its|their|some|no|\d|[A-Z])"
)
#: What every text has that one of the rules below is for: most sentences have none of it.
DATING = re.compile(
    rf"day\b|tonight|tomorrow|\b(?:last|next|this|ago|later|earlier|previous|following|same|before|after|Eve)\b|\b{MONTH}",
    re.IGNORECASE,
)
RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Sense], date | str]], ...] = (
    (
        re.compile(
            rf"\b(?:on\s+)?the\s+(?:(?P<which>previous|following|next)\s+)?(?P<day>{WEEKDAY})\b(?![’']s)"
            r"(?:\s+(?P<way>before|after)(?=[,.;]|$)|(?!\s+(?-i:[A-Z])|\s+(?:before|after|of|in)\b))",
            re.IGNORECASE,
        ),
        _neighbour_weekday,
    ),
    (
        re.compile(r"\b(?P<day>today|yesterday|tomorrow)[’']s(?=\s+[a-z])", re.IGNORECASE),
        _possessive_day,
    ),
    (
        re.compile(
            rf"{_BEFORE}\b(?P<which>last\s+)?"
            r"(?P<feast>Christmas Day|Christmas Eve|Boxing Day|New Year[’']s (?:Eve|Day))\b"
            r"(?!,?\s+\d{4})"
        ),
        _feast,
    ),
    (
        re.compile(
            rf"{_BEFORE}\b(?P<day>{WEEKDAY})\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b", re.IGNORECASE
        ),
        _day_of_week,
    ),
    (
        re.compile(
            rf"{_BEFORE}\b(?P<which>(?:last|next|this)\s+)?(?P<day>{WEEKDAY})(?:\s+(?P<part>{_PART}))?\b"
            rf"(?![’']s|\s+\d|,\s+\d{{4}}|,\s+{DAY_OF_MONTH}\s+(?:of\s+)?(?-i:{MONTH})|,?\s+{MONTH}\s+\d|\s+{_OF_THE_WEEK}\b)",
            re.IGNORECASE,
        ),
        _weekday,
    ),
    (
        re.compile(
            rf"{_BEFORE}\b(?P<word>today|yesterday|tomorrow|this|last|tonight)(?:(?<=this)|(?<=last)|(?<=day)|(?<=morrow)|(?<=tonight))"
            rf"(?:(?:(?<=this)|(?<=last)|(?<=day)|(?<=morrow))\s+(?P<part>{_PART}))?\b(?![’']s)",
            re.IGNORECASE,
        ),
        lambda match, sense: _near_day(match, sense)
        if match["part"] or match["word"].lower() not in ("this", "last")
        else match[0],
    ),
    (
        re.compile(
            rf"\b(?P<number>{_NUMBER})\s+(?P<unit>day|week|month|year)s?\s+(?P<way>ago|later|earlier)\b", re.IGNORECASE
        ),
        _days_away,
    ),
    (
        re.compile(
            rf"{_BEFORE}\bthe\s+(?:(?P<which>previous|next|following|same)\s+(?:day\b|(?P<part>morning|afternoon|evening|night)\b)|"
            r"day\s+(?P<way>before|after)(?=[,.;]|$))|\bthat\s+(?P<that>day)(?=[,.;:”\"’]|$|\s+(?:and|but|when|in|at|to|by)\b)",
            re.IGNORECASE,
        ),
        _neighbour_day,
    ),
    (
        re.compile(
            rf"{_BEFORE}\b(?:(?P<weekday>{WEEKDAY}),?\s+)?(?:(?P<month>{MONTH})\s+(?P<day>{DAY_OF_MONTH}){_TO_DAY}|(?P<first>{DAY_OF_MONTH})\s+(?P<then>{MONTH}))\b{_NO_YEAR}{_YEAR}",
        ),
        _month_day,
    ),
    (
        re.compile(
            rf"{_NO_PERSON}(?P<before>\b(?i:in|since|until|through|by|during|from|to|of|for|early|late|mid)[\s-]+)(?P<month>{MONTH})"
            rf"(?!\w){_NO_YEAR}{_YEAR}"
        ),
        _month,
    ),
    (
        re.compile(
            r"(?P<before>\b(?i:in|since|until|by|during|from|of|to|for|before|after|as|than|and|or)\s+)?(?<!\bthe )\b"
            rf"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s+(?P<month>{MONTH})(?!\w){_NO_YEAR}(?!\.?\s+(?:{DAY_OF_MONTH})\b)"
        ),
        _month_of_year,
    ),
    (
        re.compile(
            r"(?P<before>\b(?:in|since|until|by|during|from|of|for)\s+)?(?<!\bthe )\b"
            r"(?P<which>last|this|next)\s+(?P<unit>year|month)\b",
            re.IGNORECASE,
        ),
        _period,
    ),
    (
        re.compile(
            r"(?P<before>\b(?:in|since|until|by|during|from|of|for)\s+)?(?<!\bthe )\b"
            r"(?P<which>last|this|next)\s+(?P<season>spring|summer|autumn|fall)\b(?![’'])",
            re.IGNORECASE,
        ),
        _season,
    ),
)  # fmt: skip
