"""What a comparison comes to, in plain words for an editor."""

from __future__ import annotations

import re

from factcheck.comparison import units
from factcheck.comparison.date_patterns import When, calendar_day
from factcheck.comparison.figures import Figure, goes_the_other_way, relate_figures
from factcheck.comparison.measures import Measure
from factcheck.comparison.names import Name
from factcheck.comparison.relation import Relation
from factcheck.comparison.units import PERCENT, POINT
from factcheck.full_dates import written

_ENDINGS = {Relation.EQUAL: ", which is the same", Relation.COMPATIBLE: ", which fits", Relation.DIFFERS: ""}


def of_figures(claim: str, evidence: str, relation: Relation, one: Figure, other: Figure) -> str:
    """Say how a figure of the claim stands to one of the evidence, with what was worked out or converted."""
    if relation == Relation.EQUAL and claim.casefold() == evidence.casefold():
        return f"both give {claim}"
    _, mine, its = relate_figures(one, other)
    opposite = mine.aspect == its.aspect == "change" and mine.low * its.low < 0
    notes = [_worked_out(measure) or (_direction(measure) if opposite else "") for measure in (mine, its)]
    notes[1] = notes[1] or _converted(its, mine.unit)
    if relation == Relation.DIFFERS and goes_the_other_way(one, other):
        notes = [f", a {'rise' if one.heading > 0 else 'fall'}", notes[1] or ", to which it came the other way"]
    if its.unit and evidence.replace(",", "").replace(".", "").isdigit():
        evidence = f"{evidence} ({_amount(its.low, its.unit)})"  # the unit is in the header
    if other.ends and its.derived:
        evidence = f" {'→' if its.aspect == 'change' else 'of'} ".join(other.ends)
    return f"the claim gives {claim}{notes[0]}; the evidence gives {evidence}{notes[1]}{_ENDINGS[relation]}"


def of_dates(claim: str, evidence: str, relation: Relation, one: When, other: When) -> str:
    """Say how a date of the claim stands to one of the evidence."""
    if relation == Relation.EQUAL and claim.casefold() == evidence.casefold():
        return f"both give {claim}"
    ours, theirs = _day_meant(claim, one), _day_meant(evidence, other)
    return f"the claim says {claim}{ours}; the evidence says {evidence}{theirs}{_ENDINGS[relation]}"


def _day_meant(words: str, when: When) -> str:
    """Say which day "Tuesday" is."""
    if not when.is_day or re.search(r"\d", words):
        return ""
    return f" ({written(calendar_day(int(when.first)))})"


def of_names(claim: str, evidence: str, relation: Relation, one: Name, other: Name) -> str:
    """Say how a name of the claim stands to one of the evidence."""
    if relation == Relation.EQUAL and claim == evidence:
        return f"both name {claim}"
    ending = {Relation.EQUAL: ", the same name", Relation.COMPATIBLE: ", which may be the same"}.get(relation, "")
    return f"the claim names {claim}; the evidence names {evidence}{ending or ' in this place'}"


def _worked_out(measure: Measure) -> str:
    if not measure.derived or not measure.is_exact:
        return ""
    if measure.aspect == "margin":
        return f", a margin of {_number(measure.low)}"
    if measure.aspect == "ratio":
        return f", {_number(measure.low)} to one"
    if measure.aspect == "dissent":
        return f", with {_number(measure.low)} of another mind"
    if measure.aspect != "change":
        return f", {_amount(abs(measure.low), measure.unit)}"
    return f"{_direction(measure)} of {_amount(abs(measure.low), measure.unit)}"


def _direction(measure: Measure) -> str:
    return ", a rise" if measure.low >= 0 else ", a fall"


def _converted(measure: Measure, unit: str) -> str:
    if unit == measure.unit or not measure.is_exact or not units.commensurable(unit, measure.unit):
        return ""
    return f" ({_amount(units.convert(measure.low, measure.unit, unit), unit)})"


def _amount(value: float, unit: str) -> str:
    if unit in (PERCENT, POINT):
        return f"{_number(value)} {'%' if unit == PERCENT else 'percentage points'}"
    return f"{_number(value)} {units.plural(unit)}".strip()


def _number(value: float) -> str:
    """Write a number to three significant digits, or whole where it is larger."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
