"""How a date or name of the claim and one of the evidence stand, if they are of one thing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from factcheck.comparison.context import Topic, compare_contexts
from factcheck.comparison.date_patterns import When
from factcheck.comparison.dates import relate_dates
from factcheck.comparison.figures import Figure
from factcheck.comparison.names import Name, relate_names
from factcheck.comparison.relation import Relation
from factcheck.comparison.roles import fill_same_role
from factcheck.comparison.same_time import dates_before
from factcheck.comparison.texts import Text

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


_DENIES = re.compile(
    r"\b(?:not|never|neither|nor|(?:no|none|nobody|without)(?!\s+(?:more|fewer|less)\s+than))\b|n[’']t\b", re.IGNORECASE
)


def date_judge(ours: Text, theirs: Text, figures_agree: bool) -> Judge[When]:
    """Return the judge of dates; ``figures_agree`` tells that the texts agree on a figure, or have none."""
    before = dates_before(ours, theirs)
    #: What was not so at one time is not at odds with what was at another.
    denied = bool(_DENIES.search(ours.text)) and not _DENIES.search(theirs.text)

    def judge(one: When, other: When) -> Judgement:
        if before.get(other) == one:
            return Judgement(Relation.UNRELATED, Topic.OTHER, Relation.UNRELATED)
        relation = relate_dates(one, other)
        topic = compare_contexts(ours.around(one), theirs.around(other))
        if relation == Relation.DIFFERS:
            # Another figure at another date is another point of a series, not an error.
            sure = topic == Topic.SAME and figures_agree and not denied
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
