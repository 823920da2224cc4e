"""Series: what a text gives for several years, in the columns of a table or in a sentence, and how it changed.

"Median wait (minutes); 2021: 34; 2023: 45; 2024: 48" and "34 minutes in 2021 and 48 in 2024" are a rise of 14 minutes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from factcheck.comparison.amounts import Amount
from factcheck.comparison.context import sentence_at
from factcheck.comparison.labels import column_year

_IN_YEAR = re.compile(
    r"(?:\s+[^\W\d_]+){0,3}?,?\s+(?:in|for|at\s+the\s+end\s+of)\s+(?P<year>(?:19|20)\d\d)\b(?![,.]?\d)"
)


class Point(NamedTuple):
    """An amount, the year that it is of, and what tells of which series it is."""

    year: int
    amount: Amount
    series: tuple[str, int]


def find_points(text: str, amounts: Sequence[Amount]) -> Iterator[Point]:
    """Yield the amounts of ``text`` that are given for a year."""
    for amount in amounts:
        at = amount.span[0]
        if head := column_year(text, at):
            yield Point(head[0], amount, (head[1].casefold(), sentence_at(text, at)[0]))
        elif behind := _IN_YEAR.match(text, amount.span[1]):
            yield Point(int(behind["year"]), amount, (amount.unit, sentence_at(text, at)[0]))


def find_changes(points: Sequence[Point], named: Collection[int]) -> Iterator[tuple[Amount, Amount, bool]]:
    """Yield the later and the earlier amount of changes that a claim which names some years may speak of.

    With each goes whether the claim speaks of the later year itself. It names the end of a change, and means the year
    before for its beginning; or the beginning, and means the last year for its end; or both. One that names no year
    means the last change.
    """
    together: defaultdict[tuple[str, int], dict[int, Amount]] = defaultdict(dict)
    for point in points:
        together[point.series][point.year] = point.amount
    for amounts in together.values():
        years = sorted(amounts)
        meant = [year for year in years if year in named] or years[-1:]
        pairs = {(years[place], years[place - 1]) for place, year in enumerate(years) if place and year in meant}
        pairs |= {(years[-1], year) for year in meant}
        if len(meant) > 1:
            pairs = {(meant[-1], meant[0])}
        yield from (
            (amounts[later], amounts[earlier], later in meant)
            for later, earlier in sorted(pairs, reverse=True)
            if earlier < later
        )
