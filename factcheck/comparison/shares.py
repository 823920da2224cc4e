"""Shares that a text does not give but lets one work out: "41 were injured, 12 of them seriously" is 29 %.

A part is named as one of a whole in four ways: "12 of them", "of this sum, £31 million", "six of the nine members" and
a list that adds up, "nine posts: six to the north, two to the south and one to the islands".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.comparison.amounts import Amount
from factcheck.comparison.context import sentence_at, sentences
from factcheck.comparison.relation import Span

_OF_THEM = re.compile(r"(?:\s+(?:[a-z]+\s+){0,2}?)?of\s+(?:them|whom|which|these|those)\b", re.IGNORECASE)
_OF_THIS = re.compile(
    r"(?:^|[.;,]\s+)of\s+(?:this|that|these|those|them|the\s+(?:sum|total|money|amount))\b[^.;,:]{0,40},\s+$",
    re.IGNORECASE,
)
_OF_THE = re.compile(r"\s+(?:[a-z]+\s+)?of\s+(?:the|its|their|his|her|our|all)\s+(?:[a-z]+\s+)?", re.IGNORECASE)
#: A single one is no amount elsewhere; in a list it counts.
_ONE = re.compile(r"\bone\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[^.;:]*?(?:,|\band|;)\s+(?:[a-z]+\s+){0,2}", re.IGNORECASE)


def find_parts(text: str, amounts: Sequence[Amount]) -> Iterator[tuple[Amount, Amount]]:
    """Yield each amount of ``text`` that is said to be part of another one, and that other."""
    for index, whole in enumerate(amounts):
        yield from ((part, whole) for part in _listed(text, whole, amounts[index + 1 :]))
    for index, part in enumerate(amounts):
        before = [other for other in amounts[:index] if _may_hold(other, part)]
        after = amounts[index + 1] if index + 1 < len(amounts) else None
        if after and _OF_THE.fullmatch(text, part.span[1], after.span[0]) and _may_hold(after, part):
            yield part, after
        elif not before or not _near(text, before[-1].span, part.span):
            continue
        elif _OF_THEM.match(text, part.span[1]):
            yield part, before[-1]
        elif _OF_THIS.search(text[sentence_at(text, part.span[0])[0] : part.span[0]]):
            yield part, before[-1]
            yield from ((more, before[-1]) for more in _going_on(text, part, amounts[index + 1 :], before[-1]))


def _may_hold(whole: Amount, part: Amount) -> bool:
    return whole.unit == part.unit and 0 < part.numeral.value <= whole.numeral.value and not whole.numeral.is_share


def _near(text: str, whole: Span, part: Span) -> bool:
    """Tell whether a whole stands in the sentence of its part or in the one before."""
    order = sentences(text)
    return order.index(sentence_at(text, part[0])) - order.index(sentence_at(text, whole[0])) <= 1


def _listed(text: str, whole: Amount, others: Sequence[Amount]) -> Sequence[Amount]:
    """Return the parts of a whole that are listed after a colon, if they add up to it."""
    sentence = sentence_at(text, whole.span[0])
    colon = text.find(":", whole.span[1], sentence[1])
    parts = [other for other in others if colon < other.span[0] < sentence[1] and other.unit == whole.unit]
    between = any(other.span[0] < colon for other in others)
    ones = len(_ONE.findall(text, max(colon, 0), sentence[1]))
    adds_up = 0 < sum(part.numeral.value for part in parts) + ones == whole.numeral.value
    return parts if colon > 0 and not between and len(parts) > 1 and adds_up else ()


def _going_on(text: str, part: Amount, others: Sequence[Amount], whole: Amount) -> Iterator[Amount]:
    end = sentence_at(text, part.span[0])[1]
    for other in others:
        goes_on = _GOES_ON.fullmatch(text, part.span[1], other.span[0])
        if other.span[0] >= end or not _may_hold(whole, other) or not goes_on:
            return
        yield other
        part = other


_OF_ANTECEDENT = re.compile(r"\s+of\s+(?:them|whom|which|these|those|this|that)\b(?!\s+[a-z]+s\b)", re.IGNORECASE)


def find_whole(text: str, share: Span, amounts: Sequence[Amount]) -> float:
    """Return what a share "of them" at ``share`` is of, where the text says so before it, else 0."""
    before = [other for other in amounts if other.span[1] <= share[0] and not other.numeral.is_share and not other.unit]
    if not before or not _OF_ANTECEDENT.match(text, share[1]) or not _near(text, before[-1].span, share):
        return 0.0
    return before[-1].numeral.value
