"""Figures that somebody gives: "The ministry put the cost at 26,000 euros"."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.extraction.boundaries import AMOUNTS
from factcheck.extraction.tree import Tree

_ESTIMATING = {"put", "puts", "putting", "estimate", "estimates", "estimated", "estimating"}
_PERCENT = {"per", "percent", "%"}


def estimate(tree: Tree, region: Sequence[int]) -> tuple[int, list[int], list[int]] | None:
    """Return the verb, what was estimated and at how much, in "Tadic put the cost at 26,000 euros", or None.

    The words of ``region`` are those behind the verb; in the passive ("was put at 50 feet by the police") they hold it.
    """
    for place, number in enumerate(region):
        what, amount = [*region[:place]], [*region[place + 1 :]]
        figure = any(tree.words[n].entity[2:] in AMOUNTS or tree.words[n].tag == "CD" for n in amount[:4])
        if tree.words[number].text != "at" or not figure:
            continue
        if any(tree.words[n].text.lower() in _PERCENT for n in amount[:4]):  # "the parties were at 31 per cent"
            amount = [number, *amount]
        for noun in what:
            verb = tree.words[noun].head
            if tree.words[verb].text.lower() not in _ESTIMATING:
                continue
            if tree.words[noun].dependency == "dobj" and verb not in region:
                return verb, [n for n in what if n >= tree.below(noun)[0]], amount
            agent = tree.child(verb, {"agent"})
            if tree.words[noun].dependency == "nsubjpass" and verb in what and agent is not None:
                by = tree.below(agent)
                return verb, [n for n in tree.below(noun) if n in what], [n for n in amount if n not in by]
    return None
