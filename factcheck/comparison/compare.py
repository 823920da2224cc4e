"""Comparing the figures, dates and names of a claim with those of its evidence, one by one.

A difference is only said of two things in the same place of the same statement: the same unit or counted noun, and
sentences that otherwise say the same. What is in doubt is ``unrelated``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, Literal

from factcheck.comparison import explanations
from factcheck.comparison.context import Topic
from factcheck.comparison.derived import find_sums
from factcheck.comparison.figure_judging import FigureJudge, quantifier_judge
from factcheck.comparison.judging import Item, Judge, date_judge, name_judge
from factcheck.comparison.relation import PREFERENCE, Relation, Span
from factcheck.comparison.same_time import is_of_other_years
from factcheck.comparison.texts import acquaint, quantifiers_of, read_text, series_of, shares_of
from factcheck.records import Record

__all__ = ["Comparison", "Relation", "compare"]


class Comparison(Record):
    """How one figure, date or name of a claim stands to the evidence.

    Attributes:
        claim_span: where it stands in the claim.
        evidence_span: where its counterpart stands in the evidence, None where it has none.
        rivalled: it has none, but the evidence gives another figure or date that may well be in its place.
        worked_out: the relation follows by arithmetic from figures of the evidence, or from the cell of a table, that
            surely measure the same.
        explanation: one plain sentence for an editor, without a full stop.
    """

    kind: Literal["figure", "date", "name"]
    relation: Relation
    claim_span: Span
    evidence_span: Span | None
    rivalled: bool
    worked_out: bool
    claim_words: str
    evidence_words: str
    explanation: str


def compare(
    claim: str,
    evidence: str,
    *,
    claim_date: date | None = None,
    evidence_date: date | None = None,
    title: str = "",
) -> list[Comparison]:
    """Compare every figure, date and name of ``claim`` with those of ``evidence``, in the order of the claim.

    Each is compared with its best counterpart: one that is equal or compatible where there is one, else one that
    differs. ``claim_date`` resolves "Tuesday" or "last March" in the claim, ``evidence_date`` in the evidence;
    ``title``, that of the evidence's document, tells what its sentences are about.
    """
    ours, theirs = acquaint(read_text(claim, claim_date), read_text(evidence, evidence_date, title))
    theirs = replace(
        theirs, figures=(*theirs.figures, *find_sums(theirs.text), *shares_of(theirs), *series_of(theirs, ours.years))
    )
    judge = FigureJudge(ours, theirs, claim_date)
    figures = _match(ours.figures, theirs.figures, judge)
    quantified = _match(quantifiers_of(ours), theirs.figures, quantifier_judge(ours, theirs, judge))
    agreed = not figures or any(match.relation.agrees for match in figures)
    dates = _match(ours.dates, theirs.dates, date_judge(ours, theirs, agreed))
    if is_of_other_years(ours, theirs):
        dates = [replace(match, rivalled=True) for match in dates]
    names = _match(ours.names, theirs.names, name_judge(ours, theirs))
    found = [
        *(_comparison("figure", match, claim, evidence, explanations.of_figures) for match in figures),
        *(
            _comparison("figure", match, claim, evidence, explanations.of_figures)
            for match in quantified
            if match.other
        ),
        *(_comparison("date", match, claim, evidence, explanations.of_dates) for match in dates),
        *(
            _comparison("name", match, claim, evidence, explanations.of_names)
            for match in names
            if match.one.certain or (match.other and match.other.certain)
        ),
    ]
    return sorted(found, key=lambda comparison: comparison.claim_span)


@dataclass(frozen=True)
class _Match(Generic[Item]):
    """An item of the claim and its best counterpart in the evidence, if any; see ``Comparison``."""

    one: Item
    other: Item | None = None
    relation: Relation = Relation.UNRELATED
    topic: Topic = Topic.OTHER
    of_one_thing: Relation = Relation.UNRELATED
    worked_out: bool = False
    opposite: bool = False
    rivalled: bool = False


def _match(ours: Sequence[Item], theirs: Sequence[Item], judge: Judge[Item]) -> list[_Match[Item]]:
    """Find each item's best counterpart; one that is equal to another item is not held against this one."""
    table = [[_Match(one, other, *judge(one, other)) for other in theirs] for one in ours]
    spoken_for = {column for row in table for column, match in enumerate(row) if match.relation == Relation.EQUAL}
    best = []
    for one, row in zip(ours, table, strict=True):
        candidates = [
            match
            for column, match in enumerate(row)
            if match.relation.agrees or (match.relation == Relation.DIFFERS and column not in spoken_for)
        ]
        best.append(
            min(
                candidates,
                key=lambda match: (not match.opposite, PREFERENCE.index(match.relation), -match.topic),
                default=_Match(one, rivalled=_is_rivalled([match.of_one_thing for match in row])),
            )
        )
    return best


def _is_rivalled(relations: Sequence[Relation]) -> bool:
    """Tell whether what has no sure counterpart is at odds with something, and the same as nothing."""
    return Relation.DIFFERS in relations and Relation.EQUAL not in relations


def _comparison(
    kind: Literal["figure", "date", "name"],
    match: _Match[Item],
    claim: str,
    evidence: str,
    explain: Callable[[str, str, Relation, Item, Item], str],
) -> Comparison:
    words = claim[slice(*match.one.span)]
    its_words = evidence[slice(*match.other.span)] if match.other else ""
    if match.other:
        explanation = explain(words, its_words, match.relation, match.one, match.other)
    else:
        explanation = f"the evidence has no {kind} to set against “{words}”"
    return Comparison(
        kind=kind,
        relation=match.relation,
        claim_span=match.one.span,
        evidence_span=match.other.span if match.other else None,
        rivalled=match.rivalled,
        worked_out=match.worked_out,
        claim_words=words,
        evidence_words=its_words,
        explanation=explanation,
    )
