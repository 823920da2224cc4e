"""Whether a figure of the claim and one of the evidence measure one thing, and how they stand then."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from factcheck.comparison.amounts import Amount, find_amounts
from factcheck.comparison.arithmetic import may_follow
from factcheck.comparison.changes import earlier_begins
from factcheck.comparison.context import Context, Topic, compare_contexts, sentence_at, stems, unknown
from factcheck.comparison.date_patterns import day_number
from factcheck.comparison.figures import Figure, goes_the_other_way, overlaps, relate_figures
from factcheck.comparison.judging import Judge, Judgement
from factcheck.comparison.labels import find_label, is_cell
from factcheck.comparison.measures import Measure, is_meant
from factcheck.comparison.quantifiers import covers, is_plain, is_share_of
from factcheck.comparison.relation import Relation
from factcheck.comparison.same_time import may_be_of_one_time
from factcheck.comparison.spelling import fold
from factcheck.comparison.texts import Text
from factcheck.comparison.ties import find_ties
from factcheck.comparison.units import PERCENT

#: Amounts of the evidence that a figure may follow from; a hostile text has more.
_MOST_AMOUNTS = 30


class _Pair(NamedTuple):
    """A figure of the claim and one of the evidence, and how they stand by what each of them measures.

    ``opposite`` tells that both are changes, in opposite directions.
    """

    one: Figure
    other: Figure
    relation: Relation
    measure: Measure
    its_measure: Measure
    opposite: bool


class FigureJudge:
    """Judges figures of a claim, ``ours``, and of its evidence, ``theirs``.

    Of a claim without a date, what is of a year other than that of ``today`` is left open.
    """

    def __init__(self, ours: Text, theirs: Text, today: date | None) -> None:
        self.ours, self.theirs, self.today = ours, theirs, today
        self.untitled = replace(theirs, title="", contexts={})
        self.ties = find_ties(ours, theirs)
        self.of_one_time = may_be_of_one_time(ours, theirs)

    def __call__(self, one: Figure, other: Figure) -> Judgement:
        """Judge a figure of the claim and one of the evidence."""
        if self.ties.excludes(other):
            return Judgement(Relation.UNRELATED, Topic.OTHER, Relation.UNRELATED)
        related = relate_figures(one, self.ties.counts_alike(other, one))
        pair = _Pair(one, other, *related, opposite=goes_the_other_way(one, other) is not None)
        topic, now = self._topic(pair), self._is_of_now(pair)
        sure = now and self._may_differ(pair, topic) if pair.relation == Relation.DIFFERS else self._agrees(pair, topic)
        calculated = pair.its_measure.derived or pair.opposite or self._is_cell(other)
        meant = pair.relation.agrees and is_meant(pair.measure, pair.its_measure)
        return Judgement(
            pair.relation if sure else Relation.UNRELATED,
            topic,
            of_one_thing=Relation.EQUAL if meant else pair.relation,
            worked_out=sure and now and topic == Topic.SAME and calculated,
            opposite=pair.opposite and sure,
        )

    @cached_property
    def _amounts(self) -> list[Amount]:
        dates = [when.span for when in self.theirs.dates]
        return [amount for amount in find_amounts(self.theirs.text) if not overlaps(amount.span, dates)][:_MOST_AMOUNTS]

    def _topic(self, pair: _Pair) -> Topic:
        """Return how sure it is that both figures measure one thing."""
        one, other, its_measure = pair.one, pair.other, pair.its_measure
        if its_measure.aspect == "dissent" and _is_of_one_body(self.ours, self.theirs, one, other, its_measure):
            return Topic.SAME
        ours = self.ours.around(one)
        topic = compare_contexts(ours, self.theirs.around(other))
        if self.ties.is_owned(other) and topic >= Topic.LIKELY:
            topic = Topic.SAME
        if its_measure.derived or pair.opposite:
            # A title names many things: what a change or a share is of, beside those, the text has to say itself.
            beside = _beside_title(ours, self.theirs.title)
            topic = min(topic, compare_contexts(beside, self.untitled.around(other)))
        return topic

    def _is_of_now(self, pair: _Pair) -> bool:
        if not self.of_one_time:
            return False
        return not (
            self.today and _is_of_another_year(self.ours, self.theirs, pair.other, pair.its_measure, self.today)
        )

    def _may_differ(self, pair: _Pair, topic: Topic) -> bool:
        """Tell whether two figures that differ are at odds, if they are of one time."""
        # Of a figure that is the same to three places, it is sure enough where it came from.
        surely_from = pair.opposite and pair.measure.is_precise
        in_named_row = self.ties.is_of_cell(pair.other) and self._names_row(pair)
        least = Topic.LIKELY if surely_from or in_named_row else Topic.SAME
        narrow = _is_as_narrow(self.theirs, pair.other, pair.measure, pair.its_measure)
        at_odds = topic >= least and self.ties.may_differ(pair.other) and narrow
        return at_odds and (self._is_tied(pair) or not may_follow(pair.measure, self._amounts))

    def _is_tied(self, pair: _Pair) -> bool:
        """Tell whether more than the words around them says that two figures are of one thing."""
        named = self._is_cell(pair.other) or self.ties.is_owned(pair.other)
        return pair.measure.aspect != "level" or pair.opposite or named

    def _is_cell(self, other: Figure) -> bool:
        return self.ties.is_of_cell(other) or is_cell(self.theirs.text, other.span[0])

    def _agrees(self, pair: _Pair, topic: Topic) -> bool:
        """Tell whether two figures that agree do not do so by chance."""
        one, other, measure, its_measure = pair.one, pair.other, pair.measure, pair.its_measure
        if its_measure.derived and its_measure.whole:
            return topic == Topic.SAME
        around = self.theirs.around(other)
        if is_cell(self.theirs.text, other.span[0]) and not around.clause & self.ours.around(one).known:
            return False
        telling = measure.noun == its_measure.noun != "" or measure.is_precise
        return topic >= Topic.LIKELY or (pair.relation == Relation.EQUAL and telling)

    def _names_row(self, pair: _Pair) -> bool:
        """Tell whether the claim names all that a cell's row is of, and the cell has a unit."""
        row = self.theirs.around(pair.other).clause
        return bool(pair.its_measure.unit) and row <= self.ours.around(pair.one).known


def _is_as_narrow(theirs: Text, other: Figure, measure: Measure, its_measure: Measure) -> bool:
    """Tell whether both nouns are narrowed alike: "spoiled ballots" are those of "Spoiled ballots: 129", too."""
    label = find_label(theirs.text, other.span[0])
    if label and not its_measure.modifiers:
        return stems(theirs.text[slice(*label)]).issuperset(map(fold, measure.modifiers))
    return measure.modifiers == its_measure.modifiers


def quantifier_judge(ours: Text, theirs: Text, compared: Judge[Figure]) -> Judge[Figure]:
    """Hold "every household" against a share of the households, but against no other figure, and only what is sure.

    ``compared`` is the judge of the texts' other figures.
    """

    def judge(one: Figure, other: Figure) -> Judgement:
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
            return Judgement(Relation.UNRELATED, judgement.topic, Relation.UNRELATED)
        # That 71 percent are not all is arithmetic as well.
        return judgement._replace(worked_out=judgement.worked_out or judgement.relation == Relation.DIFFERS)

    return judge


def _is_narrowed(text: Text, share: Figure) -> bool:
    """Tell whether a measure behind a share may narrow it: "nine of the eleven fronts retreated by ten metres"."""
    end = sentence_at(text.text, share.span[0])[1]
    behind = (figure.measures[0].unit for figure in text.figures if share.span[1] <= figure.span[0] < end)
    return any(unit not in ("", PERCENT) for unit in behind)


def _beside_title(context: Context, title: str) -> Context:
    """Return what a claim's words say beside those of the title of the evidence, if they say anything."""
    named = stems(title)
    clause = unknown(context.clause, named)
    return replace(context, clause=clause, names=unknown(context.names, named)) if clause else context


def _is_of_one_body(ours: Text, theirs: Text, one: Figure, other: Figure, votes: Measure) -> bool:
    """Tell whether as many voted as the claim says sat there: "the seven members" and "by five votes to two"."""
    sat = {figure.measures[0].low for figure in ours.figures if not figure.measures[0].unit}
    shared = ours.around(one).sentence & theirs.around(other).sentence
    return votes.whole in sat and len(shared) > 1


def _is_of_another_year(ours: Text, theirs: Text, figure: Figure, measure: Measure, today: date) -> bool:
    """Tell whether a figure of what is measured again and again is dated, and not to the time of an undated claim.

    "In 2019, 22 percent came by mail" says nothing of this year's ballots.
    """
    recurs = measure.unit == PERCENT or find_label(theirs.text, figure.span[0]) is not None
    start, end = sentence_at(theirs.text, figure.span[0])
    end = earlier_begins(theirs.text, figure.span) if figure.ends else end
    dates = [when for when in theirs.dates if start <= when.span[0] < end and math.isfinite(when.last)]
    year_ago = day_number(today.year - 1, today.month, today.day)
    return recurs and not ours.dates and bool(dates) and all(when.last < year_ago for when in dates)
