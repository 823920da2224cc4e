"""Words of change: which way something went, by how much of what it had been, and figures of now and before.

"£612m (£655m)", "204,100 visits in 2024, against 198,300 in 2023" and "up from 5,400" give where something stands and
where it stood; "half as large again" and "a third of the year before" say how much that differs.
"""

from __future__ import annotations

import re

from factcheck.comparison.context import sentence_at, stem
from factcheck.comparison.relation import Span

#: Words of change → whether they tell of a fall.
DIRECTIONS = {stem("rise"): False, stem("fall"): True, "up": False, "down": True}
#: Who loses a part of something has less of it; who loses a match or a seat need not.
_OF_SHARES = {stem("lose"): True, stem("shed"): True}
_HIGHER = (
    "more",
    "higher",
    "bigger",
    "larger",
    "greater",
    "longer",
    "taller",
    "heavier",
    "wider",
    "deeper",
    "faster",
    "older",
)
_LOWER = ("fewer", "less", "lower", "smaller", "shorter", "lighter", "shallower", "slower", "cheaper")
COMPARATIVES = {**dict.fromkeys(_HIGHER, False), **dict.fromkeys(_LOWER, True)}

_AN_EARLIER = r"(?:previous|prior|preceding|last|past|earlier)"
_AGO = r"\b(?:earlier|ago|before|previously|the\s+(?:previous|prior|preceding|last)\s+\w+|last\s+\w+)\b"
#: A word that tells of the state before a change.
_EARLIER = re.compile(
    rf"\b{_AN_EARLIER}\b|{_AGO}|\b(?:had\s+been|had\s+\w+(?:ed|en|n)|used\s+to|once\s+(?:was|were|had))\b",
    re.IGNORECASE,
)
_YEAR = r"(?:1\d|20)\d\d(?:[/–-]\d{2,4})?"
_PERIOD = rf"(?:the\s+)?{_AN_EARLIER}\s+(?:\w+\s+)?(?:year|quarter|month|week|period)"
_LABEL = rf"(?:{_PERIOD}|{_YEAR}|(?:up|down)\s+from|against)"
_BRACKET = re.compile(rf"(?:\s+[\w-]+){{0,3}}?\s*\((?P<label>(?:in\s+)?{_LABEL}\b:?\s*)?", re.IGNORECASE)
_BRACKET_END = re.compile(rf"(?:\s+(?:in\s+)?(?:{_YEAR}|[^()\d]*{_AGO}))?\s*\)", re.IGNORECASE)
_ONLY_LABELLED = re.compile(r":\s*$")
_SIGN = re.compile(r"[+−–-]\s?$")
_COMPARED = r"(?:as\s+)?against|compared\s+(?:with|to)|versus"
_AFTER = re.compile(
    rf"(?:\s+(?!(?:and|but|or)\b)[\w’'-]+){{0,5}}?,?\s+(?:(?P<sure>(?:up|down)\s+from)|(?P<from>from)|{_COMPARED})"
    r"\s+(?:(?:about|around|some|just)\s+)?",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(r"\bto\s+(?:\w+\s+)?$", re.IGNORECASE)
#: After the earlier figure: nothing more, or when it was so, or the change worked out.
_ENDS = re.compile(
    rf"(?:\s+(?!(?:for|at|among|of|by|from|to|on|with|in)\b)[a-z]+){{0,2}}?(?:\s*[.;,)\n]|\s*$|\s*\((?:up|down|an?\s)|[^.;,()\d]*?(?:{_AGO}|\b(?:in|at)\b[^.;,()\d]*?{_YEAR}))",
    re.IGNORECASE,
)


#: How far back words are looked for; a hostile text costs no more.
_NEAR = 80


def _before(text: str, at: int) -> str:
    return text[max(0, at - _NEAR) : at]


def goes_back(text: str, one: Span, two: Span) -> bool:
    """Tell whether the figure at ``two`` is what the one before it, at ``one``, had been earlier."""
    if _SIGN.search(_before(text, one[0])) or _SIGN.search(_before(text, two[0])):
        return False  # changes themselves
    if bracket := _BRACKET.fullmatch(text, one[1], two[0]):
        labelled = bracket["label"] or _ONLY_LABELLED.search(_before(text, one[0]))
        return bool(labelled and _BRACKET_END.match(text, two[1]))
    compared = _AFTER.fullmatch(text, one[1], two[0])
    if not compared:
        return False
    if compared["from"]:
        return _LEADS_TO.search(_before(text, one[0])) is not None
    return bool(compared["sure"] or _ENDS.match(text, two[1]))


_EARLIER_BEGINS = re.compile(r"\(|\b(?:against|compared|versus|from)\b", re.IGNORECASE)


def earlier_begins(text: str, pair: Span) -> int:
    """Return where, in a pair of figures of now and before, what was before begins."""
    match = _EARLIER_BEGINS.search(text, *pair)
    return match.start() if match else pair[1]


_AS_MUCH_AGAIN = re.compile(r"\s+as\s+\w+\s+again\b", re.IGNORECASE)


def is_on_top(text: str, at: int) -> bool:
    """Tell whether a share that ends at ``at`` comes on top of what there was: "half as large again"."""
    return _AS_MUCH_AGAIN.match(text, at) is not None


_OF = re.compile(r"\s+(?:of\b|as\s+(?:many|much|large|big|high|great|long)\b)", re.IGNORECASE)


def is_of_earlier(text: str, at: int) -> bool:
    """Tell whether a share that ends at ``at`` is one of what there was: "a third of the sales of the year before"."""
    clause = re.split(r"[.;:]\s", text[at : sentence_at(text, at)[1]])[0]
    return bool(_OF.match(clause) and _EARLIER.search(clause))


def falls(word: str, *, of_share: bool = False) -> bool | None:
    """Tell whether a word of change tells of a fall, None for other words; ``of_share``: of what a share changed."""
    found = DIRECTIONS.get(stem(word), COMPARATIVES.get(word.casefold()))
    return _OF_SHARES.get(stem(word)) if found is None and of_share else found


_TO = re.compile(r"(?P<before>(?:[^\W\d_]+[^\w.;]+){1,8})to\s+$", re.IGNORECASE)


def leads(text: str, at: int) -> int:
    """Return which way something went to the figure at ``at``: 1 for "swelled to", -1 for "fell to", else 0."""
    to = _TO.search(text[max(sentence_at(text, at)[0], at - _NEAR) : at])
    words = re.findall(r"[^\W\d_]+", to["before"])[-4:] if to else []
    ways = [-1 if DIRECTIONS[stem(word)] else 1 for word in words if stem(word) in DIRECTIONS]
    return ways[-1] if ways and words[-1].casefold() not in ("up", "down") else 0
