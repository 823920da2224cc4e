"""Claims with one figure, date or name put right by the evidence: what a claim would have to say to be borne out.

Where a sentence supports a claim only once "five" is read as "seven", it contradicts the claim, and that is why. A
sentence about something else supports it neither way. The edits are minimal counterfactuals (Kaushik et al., 2020),
made by code here and judged by an NLI model elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import product
from typing import TypeVar

from factcheck.comparison.date_patterns import When
from factcheck.comparison.dates import find_dates, relate_dates
from factcheck.comparison.figures import Figure, find_figures, relate_figures
from factcheck.comparison.names import Name, find_names, relate_names
from factcheck.comparison.relation import Relation, Span
from factcheck.records import Difference

#: Corrections of one claim by one sentence, and the longest words that are put in.
MOST, LONGEST = 6, 60

Item = TypeVar("Item", Figure, When, Name)


def corrections(claim: str, evidence: str, claim_date: date | None = None) -> dict[str, Difference]:
    """Return corrected claims, each with what was exchanged, ``MOST`` of them at most.

    One figure, date or name of the claim that has no counterpart in the evidence gives way to one of the evidence that
    has none in the claim. ``claim_date`` resolves "Tuesday" or "last March" in the claim.
    """
    our_dates, their_dates = find_dates(claim, claim_date), find_dates(evidence)
    our_figures, their_figures = find_figures(claim, _spans(our_dates)), find_figures(evidence, _spans(their_dates))
    our_names = find_names(claim, _spans([*our_dates, *our_figures]))
    their_names = find_names(evidence, _spans([*their_dates, *their_figures]))
    exchanged = {
        "figure": _unmatched(our_figures, their_figures, lambda one, other: relate_figures(one, other)[0]),
        "date": _unmatched(our_dates, their_dates, relate_dates),
        "name": _unmatched(our_names, their_names, relate_names),
    }
    found: dict[str, Difference] = {}
    for kind, pairs in exchanged.items():
        for (start, end), (its_start, its_end) in pairs:
            words = evidence[its_start:its_end]
            corrected = claim[:start] + words + claim[end:]
            if len(words) <= LONGEST and len(found) < MOST:
                found.setdefault(corrected, Difference(kind=kind, claim_words=claim[start:end], evidence_words=words))
    return found


def _spans(items: Sequence[Figure | When | Name]) -> list[Span]:
    return [item.span for item in items]


def _unmatched(
    ours: Sequence[Item], theirs: Sequence[Item], relate: Callable[[Item, Item], Relation]
) -> list[tuple[Span, Span]]:
    """Pair the spans of our items and of theirs that agree with nothing on the other side."""
    agree = [[relate(one, other) in (Relation.EQUAL, Relation.COMPATIBLE) for other in theirs] for one in ours]
    lone = [one.span for one, row in zip(ours, agree, strict=True) if not any(row)]
    its_lone = [other.span for column, other in enumerate(theirs) if not any(row[column] for row in agree)]
    return list(product(lone, its_lone))
