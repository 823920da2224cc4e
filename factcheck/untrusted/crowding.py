"""Choosing what is read, so that many documents that say the same cannot crowd out the one that says otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from factcheck.records import Source, Tier
from factcheck.untrusted.hidden import readable

#: One place in so many is kept for primary sources: anybody can publish the same report often, but not a record.
ONE_IN = 4
#: Of those with the same words so many are read: two papers that print one sentence are two sources, not twenty.
COPIES = 2

_Item = TypeVar("_Item")


def places_for_primary(limit: int) -> int:
    """Return how many of ``limit`` places primary sources have, where lesser ones would fill them all."""
    return limit // ONE_IN


def choose(
    ranked: Sequence[_Item], limit: int, source: Callable[[_Item], Source], text: Callable[[_Item], str]
) -> list[_Item]:
    """Return the first ``limit`` of ``ranked``, in their order; those with the same words count ``COPIES`` times.

    Where no primary source would be among them, the first ones have the last places.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    chosen: list[_Item] = []
    for item in ranked:
        words = tuple(re.findall(r"\w+", readable(text(item)).casefold()))
        seen[words] += 1
        if seen[words] <= COPIES and len(chosen) < limit:
            chosen.append(item)
    if any(source(item).tier == Tier.PRIMARY for item in chosen):
        return chosen
    kept = [item for item in ranked if source(item).tier == Tier.PRIMARY][: places_for_primary(limit)]
    return [*chosen[: limit - len(kept)], *kept]
