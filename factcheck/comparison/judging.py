"""Whether a figure, date or name of the claim and one of the evidence are of one thing, and how they stand then."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple, TypeVar

from factcheck.comparison.changes import earlier_begins
from factcheck.comparison.context import Context, Topic, compare_contexts, sentence_at, stems, unknown
from factcheck.comparison.date_patterns import When, day_number, years_of
from factcheck.comparison.dates import find_dates, relate_dates
from factcheck.comparison.figures import Figure, goes_the_other_way, relate_figures
from factcheck.comparison.labels import find_label, is_cell
from factcheck.comparison.measures import Measure, is_meant
from factcheck.comparison.names import Name, relate_names
from factcheck.comparison.quantifiers import covers, is_plain, is_share_of
from factcheck.comparison.relation import Relation
from factcheck.comparison.roles import fill_same_role
from factcheck.comparison.spelling import fold
from factcheck.comparison.texts import Text
from factcheck.comparison.ties import find_ties
from factcheck.comparison.units import PERCENT

Item = TypeVar("Item", bound=Figure | When | Name)


class Judgement(NamedTuple):
    """How an item of the claim stands to one of the evidence.

    Attributes:
        relation: how, where both are surely of one thing.
        topic: how sure that is.
        of_one_thing: how they would if they were; what is near a hedged figure counts as the same.
        worked_out: whether the relation follows by arithmetic, or from a cell of a table, and their topic is the same.
        opposite: whether they are the same, but it came to that the other way.
    """

    relation: Relation
    topic: Topic
    of_one_thing: Relation
    worked_out: bool = False
    opposite: bool = False


Judge = Callable[[Item, Item], Judgement]


def figure_judge(ours: Text, theirs: Text, today: date | None) -> Judge[Figure]:
    """Return the judge of figures; of an undated claim, ones of a year other than that of ``today`` are left open."""
    same_time = _may_be_of_one_time(ours, theirs)
    untitled = replace(theirs, title="", contexts={})
    ties = find_ties(ours, theirs)

    def judge(one: Figure, other: Figure) -> Judgement:
        if ties.excludes(other):
            return Judgement(Relation.UNRELATED, Topic.OTHER, Relation.UNRELATED)
        relation, measure, its_measure = relate_figures(one, ties.counts_alike(other, one))
        topic = compare_contexts(ours.around(one), theirs.around(other))
        of_one_body = its_measure.aspect == "dissent" and _is_of_one_body(ours, theirs, one, other, its_measure)
        topic = Topic.SAME if of_one_body else topic
        topic = Topic.SAME if ties.is_owned(other) and topic >= Topic.LIKELY else topic
        opposite = goes_the_other_way(one, other) is not None
        if its_measure.derived or opposite:
            # A title names many things: what a change or a share is of, beside those, the text has to say itself.
            of = _beside_title(ours.around(one), theirs.title)
            topic = min(topic, Topic.SAME if of_one_body else compare_contexts(of, untitled.around(other)))
        now = same_time and not (today and _is_of_another_year(ours, theirs, other, its_measure, today))
        if relation == Relation.DIFFERS:
            # Of a figure that is the same to three places, it is sure enough where it came from.
            named_row = ties.is_of_cell(other) and _names_row(ours, theirs, one, other, its_measure)
            least = Topic.LIKELY if (opposite and measure.is_precise) or named_row else Topic.SAME
            sure = (
                topic >= least and now and ties.may_differ(other) and _is_as_narrow(theirs, other, measure, its_measure)
            )
        elif its_measure.derived and its_measure.whole:
            sure = topic == Topic.SAME
        else:
            telling = measure.noun == its_measure.noun != "" or measure.is_precise
            foreign = is_cell(theirs.text, other.span[0]) and not theirs.around(other).clause & ours.around(one).known
            sure = not foreign and (topic >= Topic.LIKELY or (relation == Relation.EQUAL and telling))
        cell = ties.is_of_cell(other) or is_cell(theirs.text, other.span[0])
        worked_out = sure and now and topic == Topic.SAME and (its_measure.derived or opposite or cell)
        meant = relation.agrees and is_meant(measure, its_measure)
        of_one_thing = Relation.EQUAL if meant else relation
        return Judgement(relation if sure else Relation.UNRELATED, topic, of_one_thing, worked_out, opposite and sure)

    return judge


def _names_row(ours: Text, theirs: Text, one: Figure, other: Figure, measure: Measure) -> bool:
    """Tell whether the claim names all that a cell's row is of, and the cell has a unit."""
    return bool(measure.unit) and theirs.around(other).clause <= ours.around(one).known


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


def date_judge(ours: Text, theirs: Text, figures_agree: bool) -> Judge[When]:
    """Return the judge of dates; ``figures_agree`` tells that the texts agree on a figure, or have none."""
    before = _dates_before(ours, theirs)

    def judge(one: When, other: When) -> Judgement:
        if before.get(other) == one:
            return Judgement(Relation.UNRELATED, Topic.OTHER, Relation.UNRELATED)
        relation = relate_dates(one, other)
        topic = compare_contexts(ours.around(one), theirs.around(other))
        if relation == Relation.DIFFERS:
            # Another figure at another date is another point of a series, not an error.
            sure = topic == Topic.SAME and figures_agree
        else:
            sure = topic >= Topic.LIKELY or (relation == Relation.EQUAL and one.is_day)
        of_one_thing = Relation.EQUAL if relation.agrees else relation  # "the start of October" and the 1st of it
        return Judgement(relation if sure else Relation.UNRELATED, topic, of_one_thing)

    return judge


def name_judge(ours: Text, theirs: Text) -> Judge[Name]:
    """Return the judge of names; those in the same role for the same body rule each other out."""
    both_name = {id(other) for other in theirs.names if any(relate_names(one, other).agrees for one in ours.names)}

    def judge(one: Name, other: Name) -> Judgement:
        if id(other) in both_name:  # who is in the claim as well is not there in another's place
            relation = relate_names(one, other)
            return Judgement(relation, Topic.SAME, relation)
        places = (ours.text, one, ours.around(one)), (theirs.text, other, theirs.around(other))
        # "Moscow abstained", "Russia abstained": a state and what is none may be the whole and its part or its voice.
        rivals = one.country == other.country and fill_same_role(*places)
        relation = Relation.DIFFERS if rivals else Relation.UNRELATED
        return Judgement(relation, Topic.SAME, Relation.UNRELATED)

    return judge


def is_of_other_years(ours: Text, theirs: Text) -> bool:
    """Tell whether a text that names no date stands under other years than those that the claim names."""
    above = {year for when in find_dates(theirs.title) for year in years_of(when)} if not theirs.dates else set()
    return bool(above) and bool(ours.years) and ours.years.isdisjoint(above)


def _may_be_of_one_time(ours: Text, theirs: Text) -> bool:
    if is_of_other_years(ours, theirs):
        return False
    before = _dates_before(ours, theirs)
    dates = [when for when in theirs.dates if when not in before]
    return not ours.dates or not dates or any(relate_dates(one, other).agrees for one in ours.dates for other in dates)


#: A year, as dates are counted.
_ONE_YEAR = 372


def _dates_before(ours: Text, theirs: Text) -> dict[When, When]:
    """Return dates of what had been before, and for each a date of the claim that follows on it and is of now.

    "3,184, against 2,716 in 2022 and 2,590 in 2021" does not say that 3,184 are of 2023, but may well mean it. That
    counts where the claim gives what the evidence has of now, or the change, does not take the one for the other, and
    compares with no other time.
    """
    found = {}
    for pair in theirs.figures:
        goes_back = pair.ends and pair.is_change and not pair.of_years
        related = [relate_figures(one, pair) for one in ours.figures] if goes_back else []
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
