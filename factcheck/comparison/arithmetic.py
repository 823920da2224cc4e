"""Whether a figure is given elsewhere, or may be worked out from others, so that none of them is at odds with it.

"38,000 passengers, 4,000 fewer than in 2010" bears out 42,000 for 2010, and "188 of 210 bombers reached the town" that
22 did not. What an operation comes to may do so by chance: that is reason enough to say nothing, and none to agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from factcheck.comparison.amounts import Amount
from factcheck.comparison.measures import Measure
from factcheck.comparison.units import PERCENT, commensurable, convert

#: Below this, only differences count of whole numbers: on labelled pairs, what else two figures come to was that of a
#: claim by chance in 28 of 34 cases, and from here on in 7 of 25.
_SMALL = 10
#: Words that allow more than this, as "fewer than 300" do, are met by many a result.
_WIDEST = 1.25
#: How far words may have rounded a result, as a part of it.
_ROUNDED = 0.005


def may_follow(measure: Measure, amounts: Sequence[Amount]) -> bool:
    """Tell whether one of the ``amounts``, or one operation on two of them, gives what ``measure`` allows."""
    if not 0 < measure.low <= measure.high <= _WIDEST * measure.low:
        return False
    room = _ROUNDED * measure.high
    small = measure.low < _SMALL and measure.low.is_integer()
    results = (
        result
        for one, other in permutations(amounts, 2)
        for result in (_differences(one, other, measure.unit) if small else _results(one, other, measure.unit))
    )
    return any(measure.low - room <= result <= measure.high + room for result in results)


def _results(one: Amount, other: Amount, unit: str) -> Iterator[float]:
    """Yield what two amounts come to in ``unit``: the first, their difference and sum, a share, parts of equal size."""
    yield from _differences(one, other, unit)
    if _ratio(one) is not None or not _counts_in(one, unit):
        return
    value, ratio = _in_unit(one, unit), _ratio(other)
    if one.unit == unit:
        yield value
    if ratio is not None:
        yield from (value * ratio, value * (1 - ratio), value / (1 + ratio))  # a part, the rest, before a rise
        yield from (value / part for part in (ratio, 1 - ratio) if part > 0)  # the whole, before a fall
    elif _counts_in(other, unit):
        yield value + _in_unit(other, unit)
    if ratio is None and not other.unit and other.numeral.value > 1:
        yield value / other.numeral.value


def _differences(one: Amount, other: Amount, unit: str) -> Iterator[float]:
    if all(_ratio(amount) is None and _counts_in(amount, unit) for amount in (one, other)):
        yield _in_unit(one, unit) - _in_unit(other, unit)


def _ratio(amount: Amount) -> float | None:
    """Return a share, all of which are read as percent, as a part of one; None of what is none."""
    return amount.numeral.value / 100 if amount.unit == PERCENT else None


def _counts_in(amount: Amount, unit: str) -> bool:
    """Tell whether an amount is in a unit, or in none that it names: "212 metres, 30 more than the record"."""
    return not amount.unit or amount.unit == unit or (bool(unit) and commensurable(amount.unit, unit))


def _in_unit(amount: Amount, unit: str) -> float:
    value = amount.numeral.value
    return convert(value, amount.unit, unit) if amount.unit and amount.unit != unit else value
