"""Times of day: "07:26", "7.26 a.m.", "half past seven", "ten minutes to eight", "six o'clock", "noon"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.comparison.numerals import read_number
from factcheck.comparison.relation import Span

_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_MINUTES = r"five|ten|twenty|twenty-five|\d{1,2}"
_HALF_OF_DAY = (
    r"(?:\s*(?P<half>[ap])\.?m\b\.?|\s+(?:in\s+the|this|that|yesterday)\s+(?P<part>morning|afternoon|evening))"
)
_CLOCK = re.compile(
    rf"(?:\b(?P<past>half|(?:a\s+)?quarter|(?:{_MINUTES})(?:\s+minutes)?)\s+past\s+(?P<after>{_HOURS}|\d{{1,2}})\b"
    rf"|\b(?P<to>(?:a\s+)?quarter|(?:{_MINUTES})\s+minutes)\s+to\s+(?P<before>{_HOURS}|\d{{1,2}})\b"
    r"|(?<![\d.:,])(?P<hours>[01]?\d|2[0-3])(?::(?P<minutes>[0-5]\d)(?![\d:])|\.(?P<decimals>[0-5]\d)(?=\s*[ap]\.?m\b))"
    rf"|(?<![\d.:,])\b(?P<full>{_HOURS}|\d{{1,2}})(?:\s+o[’']clock|(?=\s*[ap]\.?m\b))"
    rf"|\b(?P<name>noon|midday|midnight)\b){_HALF_OF_DAY}?",
    re.IGNORECASE,
)
_NAMED = {"noon": 720, "midday": 720, "midnight": 0}
#: "The 06:52 from Port Lowen" is the name of a train.
_IS_NAME = re.compile(r"\b(?:the|a|an|its|his|her|their)\s+$", re.IGNORECASE)
#: Minutes before and after a time that words of nearness allow.
_NEAR = {"before": (15, 0), "after": (0, 15), "": (15, 15)}
_HEDGE = re.compile(
    r"\b(?:(?:shortly|just|soon|moments|minutes|a\s+little)\s+(?P<side>before|after)|about|around|nearly|almost|towards?)\s+$",
    re.IGNORECASE,
)
#: Nobody says "half past seven" of that minute alone.
_ROUNDING = 5.0
_BOUND = re.compile(r"\b(?:before|after|by|until|till|from|since)\s+$", re.IGNORECASE)


def find_times(text: str) -> Iterator[tuple[Span, list[tuple[float, float]], float]]:
    """Yield where a time of day stands, the minutes of the day it may be, as intervals, and their slack.

    There are two intervals, twelve hours apart, where neither the text nor the form tells the half of the day.
    """
    for match in _CLOCK.finditer(text):
        minutes = _minutes(match)
        if minutes is None or (_BOUND.search(text, 0, match.start()) and not _HEDGE.search(text, 0, match.start())):
            continue
        if match["minutes"] and _IS_NAME.search(text, 0, match.start()):
            continue
        hedge = _HEDGE.search(text, 0, match.start())
        before, after = _NEAR[(hedge["side"] or "").casefold()] if hedge else (0, 0)
        span = (hedge.start() if hedge else match.start(), match.end())
        intervals = [(float(each - before), float(each + after)) for each in _halves(match, minutes)]
        yield span, intervals, 0.0 if match["hours"] else _ROUNDING


def _minutes(match: re.Match[str]) -> int | None:
    """Return the minutes since midnight or noon, or since midnight where the hour is of twenty-four."""
    if match["name"]:
        return _NAMED[match["name"].casefold()]
    if match["hours"]:
        return 60 * int(match["hours"]) + int(match["minutes"] or match["decimals"])
    hour = read_number(match["after"] or match["before"] or match["full"])
    if not hour or not 1 <= hour.value <= 12:
        return None
    part = (match["past"] or match["to"] or "").casefold()
    words = part.removesuffix("minutes").strip()
    fixed = 30 if words == "half" else 15 if words.endswith("quarter") else None
    number = read_number(words) if fixed is None and words else None
    offset = fixed if fixed is not None else int(number.value) if number else 0
    return int(60 * hour.value) + (-offset if match["to"] else offset)


def _halves(match: re.Match[str], minutes: int) -> list[int]:
    half = match["half"] or match["part"]
    if half:
        return [minutes % 720 + (0 if half.casefold() in ("a", "morning") else 720)]
    if match["name"] or minutes >= 13 * 60 or (match["hours"] or "").startswith("0"):
        return [minutes]
    return [minutes % 720, minutes % 720 + 720]
