"""Measures: what a figure's words allow, and whether two of them can both be right.

Words give an interval rather than a number: "more than 70" is (70, ∞), "about 400" is 360 to 440; a plain figure is
a point with some slack for rounding.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from factcheck.comparison import units
from factcheck.comparison.relation import Relation
from factcheck.comparison.units import PERCENT, POINT

#: ``part`` is one side of a score or the start of a change: it may agree with a figure but never rules one out.
Aspect = Literal["level", "part", "change", "margin", "rank", "score", "ratio", "dissent"]


#: The rate of what each of several has; without it, a figure is what they have together.
EACH = "each"


@dataclass(frozen=True)
class Measure:
    """One reading of a figure.

    Attributes:
        low: lower end of the interval that the words allow, in ``unit``; a fall is negative.
        high: its upper end; the two ends of a score are its two sides.
        unit: a name of ``units``, or "" for things that are counted.
        noun: stem of what is counted, or of what a share is of; "" where the text does not say.
        modifiers: stems of the words that narrow the noun.
        rate: what it is per, as "year"; "" where the text does not say.
        slack: how far beyond the interval rounding may reach.
        derived: worked out from other figures rather than said.
        whole: what a share is of, or how many voted; 0 where the text does not say.
    """

    low: float
    high: float
    unit: str = ""
    aspect: Aspect = "level"
    noun: str = ""
    modifiers: frozenset[str] = frozenset()
    rate: str = ""
    slack: float = 0.0
    derived: bool = False
    whole: float = 0.0

    @property
    def is_precise(self) -> bool:
        """Whether it is given to three places or more, so that two of a kind are hardly the same by chance."""
        return self.is_exact and len(f"{abs(self.low):f}".replace(".", "").strip("0")) >= 3

    @property
    def is_exact(self) -> bool:
        """Whether the words give one number."""
        return self.low == self.high


def of_one_kind(one: Measure, other: Measure) -> bool:
    """Tell whether no noun, rate or unit of two measures keeps them apart."""
    if one.noun and other.noun and one.noun != other.noun and "margin" not in (one.aspect, other.aspect):
        return False
    if one.whole and other.whole and one.whole != other.whole:
        return False
    rates = {one.rate, other.rate}
    if len(rates) == 2 and ("" not in rates or EACH in rates):
        return False
    return units.commensurable(one.unit, other.unit) or {one.unit, other.unit} == {PERCENT, POINT}


#: How far a figure may be from the one that words name with a hedge, as a part of it, and still be what they mean.
_NEAR = 0.1


def is_meant(one: Measure, other: Measure) -> bool:
    """Tell whether two measures that agree have a noun in common and are near each other, as "over 70" and 72 are."""
    ends = [(mine, its) for mine in (one.low, one.high) for its in (other.low, other.high) if math.isfinite(mine)]
    near = any(mine and math.isclose(mine, its, rel_tol=_NEAR) for mine, its in ends)
    return one.noun == other.noun != "" and one.unit == other.unit and one.aspect == other.aspect and near


def relate(one: Measure, other: Measure) -> Relation:
    """Compare two measures of one event; they are unrelated where they do not measure the same."""
    special = {"rank", "score", "ratio", "dissent"} & {one.aspect, other.aspect}
    if not of_one_kind(one, other) or (special and one.aspect != other.aspect):
        return Relation.UNRELATED
    if {one.unit, other.unit} == {PERCENT, POINT}:
        return _relate_points(one, other)
    if one.aspect != other.aspect:
        return _agree(_relate_values(_magnitude(one), _magnitude(other)))
    relation = _relate_values(one, other)
    if one.unit != other.unit and "degree_Celsius" in (one.unit, other.unit):
        return _agree(relation)  # a warming by 2 °C is not one by 35.6 °F
    named = bool(one.unit or special or one.aspect == "margin" or (one.noun and other.noun))
    return relation if named and one.aspect != "part" else _agree(relation)


def _relate_points(one: Measure, other: Measure) -> Relation:
    """Compare percent with percentage points: writers mix them up, so agreement is not certain, nor difference."""
    agree = _agree(_relate_values(one, replace(other, unit=one.unit))) != Relation.UNRELATED
    return Relation.COMPATIBLE if agree and one.aspect == other.aspect else Relation.UNRELATED


def _relate_values(one: Measure, other: Measure) -> Relation:
    if one.aspect == "score":
        return Relation.EQUAL if {one.low, one.high} == {other.low, other.high} else Relation.DIFFERS
    low, high = (units.convert(end, other.unit, one.unit) for end in (other.low, other.high))
    if _close(one.low, low) and _close(one.high, high):
        return Relation.EQUAL
    other_slack = units.convert(other.low + other.slack, other.unit, one.unit) - low if other.slack else 0.0
    gap = max(low - one.high, one.low - high)
    worked_out = one.unit != other.unit or one.derived or other.derived
    if gap > max(one.slack, abs(other_slack)) + (1e-9 * abs(one.low) if worked_out else 0.0):
        return Relation.DIFFERS
    vague = units.LOOSE_TON in (one.unit, other.unit)
    return Relation.EQUAL if worked_out and not vague and one.is_exact and other.is_exact else Relation.COMPATIBLE


def _agree(relation: Relation) -> Relation:
    return Relation.UNRELATED if relation == Relation.DIFFERS else relation


def _close(one: float, other: float) -> bool:
    return one == other or math.isclose(one, other, rel_tol=1e-9)


def _magnitude(measure: Measure) -> Measure:
    low, high = sorted((abs(measure.low), abs(measure.high)))
    return replace(measure, low=low, high=high, aspect="level")
