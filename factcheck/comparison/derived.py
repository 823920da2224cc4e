"""Figures that a text does not give but lets one work out: sums, shares of a whole, and changes over years."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from factcheck.comparison.amounts import Amount, find_amounts
from factcheck.comparison.figures import Figure, overlaps, shift, words_of_both
from factcheck.comparison.measures import Measure
from factcheck.comparison.relation import Span
from factcheck.comparison.series import find_changes, find_points
from factcheck.comparison.shares import find_parts
from factcheck.comparison.units import PERCENT


def find_sums(text: str) -> list[Figure]:
    """Return what things of one kind, counted apart, come to: "six Elba and four Varn ferries"."""
    sums = []
    for one, two in pairwise(find_amounts(text)):
        gap = text[one.span[1] : two.span[0]]
        if one.unit or two.unit or not two.noun or not (_SAME_NOUN.fullmatch(gap) or _further(text, one, two, gap)):
            continue
        total = one.numeral.value + two.numeral.value
        measure = Measure(total, total, aspect="part", noun=two.noun, derived=True)
        sums.append(Figure((one.span[0], two.span[1]), (measure,)))
    return sums


#: Amounts of a text that are held against each other; a hostile one has more.
_MOST_AMOUNTS = 100


def find_shares(text: str, dates: Sequence[Span] = ()) -> list[Figure]:
    """Return the shares that parts have in their wholes: "41 were injured, 12 of them seriously"."""
    found = []
    amounts = [amount for amount in find_amounts(text) if not overlaps(amount.span, dates)]
    for part, whole in find_parts(text, amounts[:_MOST_AMOUNTS]):
        share = 100 * part.numeral.value / whole.numeral.value
        measure = Measure(share, share, PERCENT, slack=0.5, derived=True, whole=whole.numeral.value)
        found.append(Figure(part.span, (measure,), ends=words_of_both(text, part, whole)))
    return found


def find_series(text: str, years: Collection[int], dates: Sequence[Span] = ()) -> list[Figure]:
    """Return what changed from year to year, for a claim that names ``years``; see ``series``."""
    amounts = [amount for amount in find_amounts(text) if not overlaps(amount.span, dates)][:_MOST_AMOUNTS]
    found = []
    for later, earlier, meant in find_changes(list(find_points(text, amounts)), years):
        level, _, *changes = shift(later.span, earlier, later).measures
        # By how many of what, a cell without a unit or a noun does not say.
        told = [one for one in changes if one.unit or one.noun]
        if told and later.unit == earlier.unit:
            measures = (level, *told) if meant else tuple(told)
            found.append(Figure(later.span, measures, ends=words_of_both(text, earlier, later), of_years=True))
    return found


#: Between two counts, only a name says of which things the first is: "six Elba and four Varn ferries".
_SAME_NOUN = re.compile(r"(?:\s+[A-Z][\w-]*){1,2}\s+and\s+")
_AND = re.compile(r"\s+(?:[\w-]+\s+){0,2}?[\w-]+\s+and\s+")
_OTHERS = re.compile(r"\s+(?:other|more|further|additional)\b")


def _further(text: str, one: Amount, two: Amount, gap: str) -> bool:
    return bool(one.noun and _AND.fullmatch(gap) and _OTHERS.match(text, two.span[1]))
