"""Amounts: a number where it stands in a text, with its unit or the noun it counts, and the words that hedge it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.comparison.changes import COMPARATIVES
from factcheck.comparison.contests import in_contest
from factcheck.comparison.context import stem
from factcheck.comparison.labels import labelled, read_header
from factcheck.comparison.measures import EACH
from factcheck.comparison.numerals import NUMBER, SHARE, Numeral, read_number, read_share
from factcheck.comparison.relation import Span
from factcheck.comparison.units import LOOSE_TON, PERCENT, POINT, SYMBOL, TON_VARIES, UNIT, read_unit
from factcheck.comparison.words import FUNCTION_WORDS


@dataclass(frozen=True)
class Amount:
    """A number with its unit, or with the stems of what it counts (or is a share of) and of the words before that.

    ``rate`` is what follows "per": the stem of "year" in "$40,000 a year"; "each" where each of several has so many.
    """

    span: Span
    numeral: Numeral
    unit: str
    noun: str = ""
    modifiers: frozenset[str] = frozenset()
    rate: str = ""

    @property
    def slack(self) -> float:
        """How much a plain figure may have been rounded; a small count is meant exactly."""
        value, half_place, scale, is_share = self.numeral
        if self.unit in (PERCENT, POINT):
            return half_place if is_share else min(half_place, 0.5)
        if self.unit == LOOSE_TON:
            return TON_VARIES * value
        if value < 100:
            return min(half_place, 0.05 * value) if self.unit else 0.0
        return min(half_place, (0.05 if scale > 1 else 0.025) * value)


_AMOUNT = re.compile(
    rf"(?:(?P<symbol>{SYMBOL})\s?|(?<![\w.,·/:$€£#])(?<![A-Za-z]-))(?P<number>\b(?P<share>{SHARE})|{NUMBER})"
    rf"(?:(?:-odd)?[\s-]*(?P<unit>{UNIT})|(?![\w%]|[.,·:]\d)(?!\s*(?:[ap]\.?m\b|o[’']clock)))",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"\b(?:(?:an?|one)\s+(?P<whole>{UNIT})\s+and\s+a\s+half\b|half\s+an?\s+(?P<half>{UNIT}))", re.IGNORECASE
)


_AGE = re.compile(r"\b(?:aged?|age\s+of)\s+(?:\d{1,3}(?:,\s+|,?\s+and\s+)){0,5}$", re.IGNORECASE)


def find_amounts(text: str) -> list[Amount]:
    """Return the amounts of ``text``, in its order."""
    amounts = [
        Amount(match.span(), Numeral(1.5 if match["whole"] else 0.5, 0.05), read_unit(match["whole"] or match["half"]))
        for match in _HALF.finditer(text)
    ]
    for match in _AMOUNT.finditer(text):
        if any(start <= match.start() < end for start, end in (amount.span for amount in amounts)):
            continue
        numeral = read_share(match["share"]) if match["share"] else read_number(match["number"])
        unit = PERCENT if match["share"] else read_unit(match["symbol"] or match["unit"] or "")
        if not unit and _AGE.search(text, 0, match.start()):
            unit = "year"
        if numeral and not unit and (header := read_header(text, match.start())):
            unit, scale = header
            numeral = Numeral(numeral.value * scale, numeral.half_place * scale, max(scale, numeral.scale))
        noun, modifiers = counted(text, match.end()) if unit in ("", PERCENT) else ("", frozenset())
        if not unit and not noun and (named := labelled(text, match.start()) or _sized(text, match.start())):
            noun = stem(named)
        if numeral and not (_is_ordinal(text, match) if match["share"] else _is_label(text, match, unit, noun)):
            amounts.append(Amount(match.span(), numeral, unit, noun, modifiers, _rate(text, *match.span())))
    return sorted(amounts, key=lambda amount: amount.span)


def _is_ordinal(text: str, match: re.Match[str]) -> bool:
    """Tell "a third term" and "the second half" from shares."""
    words, before = match["share"].casefold(), re.search(r"(\w+)\s$", text[: match.start()])
    follower = re.match(r"\s+([^\W\d_]+)", text[match.end() :])
    if words == "half":
        return text.startswith("-", match.end()) or bool(
            before and before[1].casefold() in ("first", "second", "other", "latter", "former", "a")
        )
    if words.endswith("s") or " in " in words or "/" in words:
        return False
    return text.startswith("-", match.end()) or bool(
        follower and follower[1].casefold() not in FUNCTION_WORDS | COMPARATIVES.keys()
    )


def _is_label(text: str, match: re.Match[str], unit: str, noun: str) -> bool:
    """Tell a number that names or relates something ("Resolution 1973", "one of them", "per 100,000") from a figure."""
    words, before = (
        match["number"].casefold(),
        re.search(r"(?P<opens>^|[.!?]\s+)?(?P<word>[\w.]+)\s$", text[: match.start()]),
    )
    if unit or not before:
        return words == "one" and not unit
    if words == "one" or before["word"].casefold() == "per":
        return True
    named = words.isdigit() and before["word"][:1].isupper() and before["word"].casefold() not in FUNCTION_WORDS
    return named and not (noun and before["opens"] is not None) and not _is_score(text, match)


#: "Beat Chelsea 3-1".
_SCORE = re.compile(r"\s?[-–]\s?\d{1,2}\b(?![-–/.,]?\d)")


def _is_score(text: str, match: re.Match[str]) -> bool:
    few = len(match["number"]) <= 2 and _SCORE.match(text, match.end())
    return bool(few) and in_contest(text, match.span())


# --- what is counted -----------------------------------------------------------------------------------------------

_NOUN_PHRASE = re.compile(
    r"(?P<link>(?:\s+of)?(?:\s+(?:the|its|their|his|her|all|these|those|a|an))*)"
    r"(?P<words>(?:[\s-]+[^\W\d_]+(?:['’]s?\b)?){1,4})"
)
#: "38,600 a year earlier" counts no years.
_EARLIER = re.compile(r"\s+(?:an?|one|the)\s+(?:\w+\s+)?(?:earlier|ago|before|previously)\b", re.IGNORECASE)
_COMPARING = re.compile(r"\s+times\s+(?:as|more|less|the|\w+er)\b")
_PLURALS = frozenset({"troops", "police", "staff", "crew", "personnel", "sheep", "fish", "deer", "cattle", "livestock"})
_PLURAL = re.compile(r".{2,}[^s'’]s|\w*(?:people|men|children|craft|feet|teeth|mice)", re.IGNORECASE)
#: "Most of these went" has no noun; with a plural after it, it would.
_STANDS_ALONE = re.compile(r"\b(?:these|those)$", re.IGNORECASE)
#: What may stand between a number and what it counts, and does not say which.
_FURTHER = {"more", "other", "further", "additional"}


def counted(text: str, at: int) -> tuple[str, frozenset[str]]:
    """Return the stem of the noun that a number at the end of ``text[:at]`` counts, and those of its modifiers."""
    match = None if _EARLIER.match(text, at) else _NOUN_PHRASE.match(text, at)
    words: list[str] = []
    for word in re.findall(r"[^\W\d_]+(?:['’]s?\b)?", match["words"]) if match else []:
        if not words and word.casefold() in _FURTHER:
            continue
        if word.casefold() in FUNCTION_WORDS:
            break
        if "'" not in word and "’" not in word:
            words.append(word)
        if _is_plural(word):
            break
    if not words or _COMPARING.match(text, at):
        return "", frozenset()
    if _is_plural(words[-1]):
        return stem(words[-1]), frozenset(map(stem, words[:-1]))
    # A word that is no plural may as well be a verb, unless it is linked as only a noun can be.
    linked = text.startswith("-", at) or bool(match and match["link"] and not _STANDS_ALONE.search(match["link"]))
    return (stem(words[0]) if linked else ""), frozenset()


#: "$40,000 a year", "2 million passengers a month", "3.2 million barrels of oil a day".
_RATE = re.compile(
    r"(?:\s+(?!and\b|in\b|for\b|to\b)(?-i:[a-z]+)){0,3}?\s*(?:\bper\s+(?P<any>\w+)|\b(?:an?|each|every)\s+"
    r"(?P<time>(?:\w+\s+)?(?:second|minute|hour|day|week|month|year|decade)s?)\b"
    r"(?!\s+(?:earlier|ago|before|previously|later|after|from|away)\b))",
    re.IGNORECASE,
)


_EACH_BEFORE = re.compile(r"\beach(?:\s+\w+){1,2}\s+$", re.IGNORECASE)
_EACH_AFTER = re.compile(r"(?:\s+\w+)?\s+(?:each|apiece)\b", re.IGNORECASE)


def _rate(text: str, start: int, end: int) -> str:
    match = _RATE.match(text, end)
    if not match and (_EACH_BEFORE.search(text, max(0, start - 50), start) or _EACH_AFTER.match(text, end)):
        return EACH
    return " ".join(map(stem, (match["any"] or match["time"]).split())) if match else ""


def _is_plural(word: str) -> bool:
    return word.casefold() in _PLURALS or _PLURAL.fullmatch(word) is not None


# --- hedges --------------------------------------------------------------------------------------------------------

#: Phrases → the interval they make of a number, as factors of it.
_INTERVALS = {
    "more than|over|above|upwards of|north of|greater than|in excess of|exceeded|exceeding|topped|topping|surpassed"
    "|surpassing": (math.nextafter(1, 2), math.inf),
    "at least|no fewer than|no less than|not less than|a minimum of|or more": (1.0, math.inf),
    "fewer than|less than|under|below": (0.0, math.nextafter(1, 0)),
    "up to|within|at most|no more than|not more than|a maximum of|as many as|as much as|or fewer|or less": (0.0, 1.0),
    "well over|well above|well in excess of|far more than|considerably more than": (1.05, math.inf),
    "well under|well below|far fewer than|far less than|considerably less than": (0.0, 0.95),
    "just over|just above|just more than|a little over|a little more than|slightly over|slightly more than|a shade over"
    "|a sliver over|a fraction over|a touch over|a whisker over|marginally over|hardly more than|barely more than"
    "|little more than|scarcely more than": (1.0, 1.1),
    "nearly|almost|close to|just under|just below|a little under|slightly under|slightly less than|a shade under"
    "|a fraction under|a touch under|a whisker under|marginally under|just short of|just shy of|the best part of"
    "|not quite": (0.9, 1.0),
    "about|around|some|roughly|approximately|in the region of|an estimated|circa|more or less|or so|barely|hardly"
    "|scarcely": (0.9, 1.1),
    "odd": (1.0, 1.1),
}
_HEDGES = {phrase: factors for phrases, factors in _INTERVALS.items() for phrase in phrases.split("|")}


def alternatives(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases, however their words are spaced."""
    return "|".join(sorted((phrase.replace(" ", r"\s+") for phrase in phrases), key=len, reverse=True))


_BEFORE = re.compile(rf"\b({alternatives(_HEDGES)})\s+$", re.IGNORECASE)
_AFTER = re.compile(r"\s+(or\s+(?:more|fewer|less|so))\b|-(odd)\b", re.IGNORECASE)
_ODD = re.compile(r"-odd\b", re.IGNORECASE)


def hedge(text: str, span: Span) -> tuple[Span, tuple[float, float]]:
    """Return ``span`` with the words that hedge the number in it, and the interval they make, as factors of it."""
    start, end = span
    if before := _BEFORE.search(text, max(0, start - 30), start):
        return (before.start(), end), _HEDGES[" ".join(before[1].casefold().split())]
    if after := _AFTER.match(text, end):
        return (start, after.end()), _HEDGES[" ".join((after[1] or after[2]).casefold().split())]
    if _ODD.search(text, start, end):
        return span, _HEDGES["odd"]
    return span, (1.0, 1.0)


_SIZED = re.compile(
    rf"\b(?:an?|the|its|their)\s+(?:[^\W\d_]+[\s-]+)?(?P<noun>(?!total|average|record|age)[^\W\d_]+)\s+of\s+"
    rf"(?:(?:{alternatives(_HEDGES)})\s+)?$",
    re.IGNORECASE,
)


def _sized(text: str, at: int) -> str:
    """Return what a number at ``at`` is the size of: "electorate" for "an electorate of 4,444"."""
    match = _SIZED.search(text, max(0, at - 60), at)
    return match["noun"] if match else ""
