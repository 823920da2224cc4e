"""Comparing the figures, dates and names of a claim with those of its evidence, one by one.

A difference is only said of two things in the same place of the same statement: the same unit or counted noun, and
sentences that otherwise say the same. What is in doubt is ``unrelated``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, Literal, NamedTuple, TypeVar

from factcheck.comparison import explanations
from factcheck.comparison.changes import COMPARATIVES, earlier_begins
from factcheck.comparison.context import Context, Topic, around, compare_contexts, sentence_at, stems, unknown
from factcheck.comparison.date_patterns import When, day_number
from factcheck.comparison.dates import find_dates, relate_dates
from factcheck.comparison.figures import (
    Figure,
    find_figures,
    find_shares,
    find_sums,
    goes_the_other_way,
    relate_figures,
)
from factcheck.comparison.labels import find_label, is_cell
from factcheck.comparison.measures import Measure, is_meant
from factcheck.comparison.names import Name, find_names, relate_names
from factcheck.comparison.quantifiers import covers, find_quantifiers, is_plain, is_share_of
from factcheck.comparison.relation import PREFERENCE, Relation, Span
from factcheck.comparison.roles import fill_same_role
from factcheck.comparison.spelling import fold
from factcheck.comparison.units import PERCENT
from factcheck.records import Record

__all__ = ["Comparison", "Relation", "compare"]

Item = TypeVar("Item", bound=Figure | When | Name)


class Comparison(Record):
    """How one figure, date or name of a claim stands to the evidence.

    Attributes:
        claim_span: where it stands in the claim.
        evidence_span: where its counterpart stands in the evidence, None where it has none.
        rivalled: it has none, but the evidence gives another figure or date that may well be in its place.
        worked_out: the relation follows by arithmetic from figures of the evidence that surely measure the same.
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
    ours, theirs = _acquaint(_read(claim, claim_date), _read(evidence, evidence_date, title))
    theirs = replace(theirs, figures=(*theirs.figures, *find_sums(theirs.text), *_shares(theirs)))
    figures = _match(ours.figures, theirs.figures, _figure_judge(ours, theirs, claim_date))
    quantified = _match(_quantifiers(ours), theirs.figures, _quantifier_judge(ours, theirs, claim_date))
    agreed = not figures or any(match.relation.agrees for match in figures)
    dates = _match(ours.dates, theirs.dates, _date_judge(ours, theirs, agreed))
    names = _match(ours.names, theirs.names, _name_judge(ours, theirs))
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
class _Text:
    """What is to be compared in one of the two texts, and ``known``: stems of what both of them name."""

    text: str
    dates: tuple[When, ...]
    figures: tuple[Figure, ...]
    names: tuple[Name, ...]
    title: str
    known: frozenset[str] = frozenset()
    contexts: dict[Span, Context] = field(default_factory=dict)

    def around(self, item: Figure | When | Name) -> Context:
        """Return the context of an item: the words of its sentence without the item and without figures and dates."""
        if item.span not in self.contexts:
            self.contexts[item.span] = self._read_context(item)
        return self.contexts[item.span]

    def _read_context(self, item: Figure | When | Name) -> Context:
        masked = [item.span, *(figure.span for figure in self.figures), *(when.span for when in self.dates)]
        context = around(self.text, item.span, masked, self.title)
        clause, known = context.clause, context.known | self.known
        if isinstance(item, When) and item.event:
            clause, known = stems(item.event), known | stems(item.event)
        if isinstance(item, Figure) and (item.is_change or item.heading):
            # "Up by a quarter from a year earlier" leaves what rose to the rest of the sentence.
            clause = clause - _DIRECTIONS or context.sentence - _DIRECTIONS
        if isinstance(item, Figure) and item.ends and item.measures[0].noun:
            # Of "58 lynx, up from 20", all the words are those of the figure.
            clause, known = clause | {fold(item.measures[0].noun)}, known | {fold(item.measures[0].noun)}
        if isinstance(item, Figure) and item.is_of_ballot:
            # "Two voted against" leaves it to the sentences before it what the ballot was on.
            known |= stems(self.text)
        return replace(context, clause=clause, known=known)


#: What a change is called, and since when, is no part of what changes.
_DIRECTIONS = stems(" ".join(["rise", "fall", "lose", "shed", "earlier", "previous", "prior", *COMPARATIVES]))


#: Characters, and items of a kind, that are read of a text; no passage comes near, and a hostile one costs no more.
_LONGEST, _MOST = 5000, 50


def _read(text: str, today: date | None, title: str = "") -> _Text:
    text = text[:_LONGEST]
    dates = find_dates(text, today)[:_MOST]
    figures = find_figures(text, [when.span for when in dates])[:_MOST]
    names = find_names(text, [*(when.span for when in dates), *(figure.span for figure in figures)])
    return _Text(text, tuple(dates), tuple(figures), tuple(names[:_MOST]), title)


def _shares(text: _Text) -> list[Figure]:
    return find_shares(text.text, [when.span for when in text.dates])[:_MOST]


def _quantifiers(text: _Text) -> list[Figure]:
    return list(find_quantifiers(text.text, [figure.span for figure in text.figures]))[:_MOST]


def _acquaint(ours: _Text, theirs: _Text) -> tuple[_Text, _Text]:
    """Let each text know the words by which the other names what both name."""
    pairs = [(one, other) for one in ours.names for other in theirs.names if relate_names(one, other).agrees]
    known_to_us = stems(" ".join(other.words for _, other in pairs))
    known_to_them = stems(" ".join(one.words for one, _ in pairs))
    return replace(ours, known=known_to_us), replace(theirs, known=known_to_them)


@dataclass(frozen=True)
class _Match(Generic[Item]):
    """An item of the claim and its best counterpart in the evidence, if any; see ``Comparison``."""

    one: Item
    other: Item | None = None
    relation: Relation = Relation.UNRELATED
    topic: Topic = Topic.OTHER
    of_one_thing: Relation = Relation.UNRELATED
    worked_out: bool = False
    rivalled: bool = False


class _Judgement(NamedTuple):
    """How an item of the claim stands to one of the evidence.

    Attributes:
        relation: how, where both are surely of one thing.
        topic: how sure that is.
        of_one_thing: how they would if they were; what is near a hedged figure counts as the same.
        worked_out: whether the relation follows by arithmetic, and their topic is the same.
    """

    relation: Relation
    topic: Topic
    of_one_thing: Relation
    worked_out: bool = False


_Judge = Callable[[Item, Item], _Judgement]


def _match(ours: Sequence[Item], theirs: Sequence[Item], judge: _Judge[Item]) -> list[_Match[Item]]:
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
                key=lambda match: (PREFERENCE.index(match.relation), -match.topic),
                default=_Match(one, rivalled=_is_rivalled([match.of_one_thing for match in row])),
            )
        )
    return best


def _is_rivalled(relations: Sequence[Relation]) -> bool:
    """Tell whether what has no sure counterpart is at odds with something, and the same as nothing."""
    return Relation.DIFFERS in relations and Relation.EQUAL not in relations


def _figure_judge(ours: _Text, theirs: _Text, today: date | None) -> _Judge[Figure]:
    same_time = _may_be_of_one_time(ours, theirs)
    untitled = replace(theirs, title="", contexts={})

    def judge(one: Figure, other: Figure) -> _Judgement:
        relation, measure, its_measure = relate_figures(one, other)
        topic = compare_contexts(ours.around(one), theirs.around(other))
        of_one_body = its_measure.aspect == "dissent" and _is_of_one_body(ours, theirs, one, other, its_measure)
        topic = Topic.SAME if of_one_body else topic
        opposite = goes_the_other_way(one, other) is not None
        if its_measure.derived or opposite:
            # A title names many things: what a change or a share is of, beside those, the text has to say itself.
            of = _beside_title(ours.around(one), theirs.title)
            topic = min(topic, Topic.SAME if of_one_body else compare_contexts(of, untitled.around(other)))
        now = same_time and not (today and _is_of_another_year(ours, theirs, other, its_measure, today))
        if relation == Relation.DIFFERS:
            # Of a figure that is the same to three places, it is sure enough where it came from.
            least = Topic.LIKELY if opposite and measure.is_precise else Topic.SAME
            sure = topic >= least and now and measure.modifiers == its_measure.modifiers
        elif its_measure.derived and its_measure.whole:
            sure = topic == Topic.SAME
        else:
            telling = measure.noun == its_measure.noun != "" or measure.is_precise
            foreign = is_cell(theirs.text, other.span[0]) and not theirs.around(other).clause & ours.around(one).known
            sure = not foreign and (topic >= Topic.LIKELY or (relation == Relation.EQUAL and telling))
        worked_out = sure and now and topic == Topic.SAME and (its_measure.derived or opposite)
        meant = relation.agrees and is_meant(measure, its_measure)
        of_one_thing = Relation.EQUAL if meant else relation
        return _Judgement(relation if sure else Relation.UNRELATED, topic, of_one_thing, worked_out)

    return judge


def _quantifier_judge(ours: _Text, theirs: _Text, today: date | None) -> _Judge[Figure]:
    """Hold "every household" against a share of the households, but against no other figure, and only what is sure."""
    compared = _figure_judge(ours, theirs, today)

    def judge(one: Figure, other: Figure) -> _Judgement:
        judgement, quantifier = compared(one, other), one.measures[0]
        sure = (
            judgement.topic == Topic.SAME
            and judgement.relation in (Relation.EQUAL, Relation.DIFFERS)
            and is_share_of(other.measures[0], quantifier, theirs.figures)
            and is_plain(ours.text, one.span[0])
            and is_plain(theirs.text, other.span[0])
            and covers(quantifier, ours.around(one), theirs.around(other))
            and not (quantifier.low and _is_narrowed(theirs, other))
        )
        if not sure:
            return _Judgement(Relation.UNRELATED, judgement.topic, Relation.UNRELATED)
        # That 71 percent are not all is arithmetic as well.
        return judgement._replace(worked_out=judgement.worked_out or judgement.relation == Relation.DIFFERS)

    return judge


def _is_narrowed(text: _Text, share: Figure) -> bool:
    """Tell whether a measure behind a share may narrow it: "nine of the eleven fronts retreated by ten metres"."""
    end = sentence_at(text.text, share.span[0])[1]
    behind = (figure.measures[0].unit for figure in text.figures if share.span[1] <= figure.span[0] < end)
    return any(unit not in ("", PERCENT) for unit in behind)


def _beside_title(context: Context, title: str) -> Context:
    """Return what a claim's words say beside those of the title of the evidence, if they say anything."""
    named = stems(title)
    clause = unknown(context.clause, named)
    return replace(context, clause=clause, names=unknown(context.names, named)) if clause else context


def _is_of_one_body(ours: _Text, theirs: _Text, one: Figure, other: Figure, votes: Measure) -> bool:
    """Tell whether as many voted as the claim says sat there: "the seven members" and "by five votes to two"."""
    sat = {figure.measures[0].low for figure in ours.figures if not figure.measures[0].unit}
    shared = ours.around(one).sentence & theirs.around(other).sentence
    return votes.whole in sat and len(shared) > 1


def _is_of_another_year(ours: _Text, theirs: _Text, figure: Figure, measure: Measure, today: date) -> bool:
    """Tell whether a figure of what is measured again and again is dated, and not to the time of an undated claim.

    "In 2019, 22 percent came by mail" says nothing of this year's ballots.
    """
    recurs = measure.unit == PERCENT or find_label(theirs.text, figure.span[0]) is not None
    start, end = sentence_at(theirs.text, figure.span[0])
    end = earlier_begins(theirs.text, figure.span) if figure.ends else end
    dates = [when for when in theirs.dates if start <= when.span[0] < end and math.isfinite(when.last)]
    year_ago = day_number(today.year - 1, today.month, today.day)
    return recurs and not ours.dates and bool(dates) and all(when.last < year_ago for when in dates)


def _date_judge(ours: _Text, theirs: _Text, figures_agree: bool) -> _Judge[When]:
    before = _dates_before(ours, theirs)

    def judge(one: When, other: When) -> _Judgement:
        if before.get(other) == one:
            return _Judgement(Relation.UNRELATED, Topic.OTHER, Relation.UNRELATED)
        relation = relate_dates(one, other)
        topic = compare_contexts(ours.around(one), theirs.around(other))
        if relation == Relation.DIFFERS:
            # Another figure at another date is another point of a series, not an error.
            sure = topic == Topic.SAME and figures_agree
        else:
            sure = topic >= Topic.LIKELY or (relation == Relation.EQUAL and one.is_day)
        return _Judgement(relation if sure else Relation.UNRELATED, topic, relation)

    return judge


def _name_judge(ours: _Text, theirs: _Text) -> _Judge[Name]:
    both_name = {id(other) for other in theirs.names if any(relate_names(one, other).agrees for one in ours.names)}

    def judge(one: Name, other: Name) -> _Judgement:
        if id(other) in both_name:  # who is in the claim as well is not there in another's place
            relation = relate_names(one, other)
            return _Judgement(relation, Topic.SAME, relation)
        places = (ours.text, one, ours.around(one)), (theirs.text, other, theirs.around(other))
        # "Moscow abstained", "Russia abstained": a state and what is none may be the whole and its part or its voice.
        rivals = one.country == other.country and fill_same_role(*places)
        relation = Relation.DIFFERS if rivals else Relation.UNRELATED
        return _Judgement(relation, Topic.SAME, Relation.UNRELATED)

    return judge


def _may_be_of_one_time(ours: _Text, theirs: _Text) -> bool:
    before = _dates_before(ours, theirs)
    dates = [when for when in theirs.dates if when not in before]
    return not ours.dates or not dates or any(relate_dates(one, other).agrees for one in ours.dates for other in dates)


#: A year, as dates are counted.
_ONE_YEAR = 372


def _dates_before(ours: _Text, theirs: _Text) -> dict[When, When]:
    """Return dates of what had been before, and for each a date of the claim that follows on it and is of now.

    "3,184, against 2,716 in 2022 and 2,590 in 2021" does not say that 3,184 are of 2023, but may well mean it. That
    counts where the claim gives what the evidence has of now, or the change, does not take the one for the other, and
    compares with no other time.
    """
    found = {}
    for pair in theirs.figures:
        related = [relate_figures(one, pair) for one in ours.figures] if pair.ends and pair.is_change else []
        aspects = {its_measure.aspect for relation, _, its_measure in related if relation.agrees}
        if not aspects or "part" in aspects:
            continue
        begins, end = earlier_begins(theirs.text, pair.span), sentence_at(theirs.text, pair.span[0])[1]
        dates = [when for when in theirs.dates if begins <= when.span[0] < end]
        now = next((one for one in ours.dates if dates and 0 < one.first - dates[0].first <= _ONE_YEAR), None)
        bases = [one for one in ours.dates if now and one.first < now.first]
        if now and all(relate_dates(one, dates[0]).agrees for one in bases):
            found.update({when: now for when in dates if when.last <= dates[0].last})
    return found


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
