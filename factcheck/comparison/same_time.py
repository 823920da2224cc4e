"""Whether a claim and its evidence tell of one time, and which dates of the evidence are of what had been before."""

from __future__ import annotations

from factcheck.comparison.changes import earlier_begins
from factcheck.comparison.context import sentence_at
from factcheck.comparison.date_patterns import When, years_of
from factcheck.comparison.dates import find_dates, relate_dates
from factcheck.comparison.figures import relate_figures
from factcheck.comparison.texts import Text


def is_of_other_years(ours: Text, theirs: Text) -> bool:
    """Tell whether a text that names no date stands under other years than those that the claim names."""
    above = {year for when in find_dates(theirs.title) for year in years_of(when)} if not theirs.dates else set()
    return bool(above) and bool(ours.years) and ours.years.isdisjoint(above)


def may_be_of_one_time(ours: Text, theirs: Text) -> bool:
    """Tell whether nothing says that a claim and its evidence are of two times."""
    if is_of_other_years(ours, theirs):
        return False
    before = dates_before(ours, theirs)
    dates = [when for when in theirs.dates if when not in before]
    return not ours.dates or not dates or any(relate_dates(one, other).agrees for one in ours.dates for other in dates)


#: A year, as dates are counted.
_ONE_YEAR = 372


def dates_before(ours: Text, theirs: Text) -> dict[When, When]:
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
