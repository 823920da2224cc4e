"""Whose, and of which year, the figures of a table's row or of an enumeration are, for a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from factcheck.comparison.context import sentence_at
from factcheck.comparison.enumerations import find_owners
from factcheck.comparison.figures import Figure
from factcheck.comparison.labels import column_year, is_cell, is_headed_by_year
from factcheck.comparison.names import Name, relate_names
from factcheck.comparison.relation import Span
from factcheck.comparison.texts import Text

#: "Ward 3", "Group B".
_NUMBERED = re.compile(r"\b([^\W\d_]{3,})\s+(\d{1,4}|[A-Z])\b(?![.,]\d|\s*%)")
#: A figure that is so many times another is hardly in the same unit.
_LARGER = 100


@dataclass(frozen=True)
class Ties:
    """What ties the figures of the evidence to a claim, beside the words around them.

    Attributes:
        numbered: spans of figures in rows of another number or letter than the claim's: "Ward 5" is not "Ward 3".
        columns: the years that head the columns of figures of a row, by their spans.
        owners: whose the figures of an enumeration are, by their spans.
        years: those that the claim names; what it does not date is of the last year there is.
        named: the spans of those owners whom the claim names.
        counted: stems of what the enumeration counts.
        one_figure: whether the claim has one figure, of one year.
        whole_year: whether it dates nothing within a year.
    """

    numbered: frozenset[Span]
    columns: dict[Span, int]
    owners: dict[Span, Name]
    years: frozenset[int]
    named: frozenset[Span]
    counted: frozenset[str]
    one_figure: bool
    whole_year: bool

    def excludes(self, figure: Figure) -> bool:
        """Tell whether a figure is of a year, or of somebody, of whom the claim does not speak.

        "33 tonnes, half of what it was in 2020" also speaks of the last year.
        """
        if figure.span in self.numbered:
            return True
        year, owner = self._year(figure), self.owners.get(figure.span)
        last = max(self.columns.values(), default=None) if not self.one_figure else None
        elsewhen = year is not None and year not in self.years and year != last
        return elsewhen or (owner is not None and bool(self.named) and owner.span not in self.named)

    def is_of_cell(self, figure: Figure) -> bool:
        """Tell whether a figure is that of the one year of which the claim gives its only figure."""
        return self.one_figure and self.whole_year and self._year(figure) in self.years

    def is_owned(self, figure: Figure) -> bool:
        """Tell whether a figure is that of the only one of an enumeration whom the claim names."""
        owner = self.owners.get(figure.span)
        return owner is not None and {owner.span} == self.named

    def may_differ(self, figure: Figure) -> bool:
        """Tell whether a figure that is another than the claim's is at odds with it.

        One of the last year is not, where the claim names another, nor what one of several has whom the claim names.
        """
        year = self._year(figure)
        shared = figure.span in self.owners and len(self.named) > 1
        return not shared and (year is None or year in self.years)

    def counts_alike(self, figure: Figure, one: Figure) -> Figure:
        """Return a figure of the evidence as counting what the claim's does, where its own words need not say that.

        Of a row, only the title says it; of an enumeration, the first. One of quite another size is left alone, for
        the title may say "in thousands".
        """
        noun = one.measures[0].noun
        sizes = [abs(measure.low) for measure in (one.measures[0], *figure.measures)]
        told_elsewhere = self.is_of_cell(figure) or (self.is_owned(figure) and noun in self.counted)
        if not told_elsewhere or max(sizes) > _LARGER * min(sizes):
            return figure
        measures = (its if its.unit or its.noun else replace(its, noun=noun) for its in figure.measures)
        return replace(figure, measures=tuple(measures))

    def _year(self, figure: Figure) -> int | None:
        return None if figure.of_years else self.columns.get(figure.span)


def _is_of_another_number(claim: str, evidence: str, figure: Figure) -> bool:
    """Tell whether a cell's row is of one of several that are numbered, of which the claim names another."""
    if not is_cell(evidence, figure.span[0]) and not is_headed_by_year(evidence, figure.span[0]):
        return False
    row, named = (
        {(word.casefold(), number) for word, number in _NUMBERED.findall(text)}
        for text in (evidence[slice(*sentence_at(evidence, figure.span[0]))], claim)
    )
    kinds = {word for word, _ in row} & {word for word, _ in named}
    return bool(kinds) and row.isdisjoint(named)


def find_ties(ours: Text, theirs: Text) -> Ties:
    """Read rows and enumerations of the evidence, ``theirs``, for the claim, ``ours``."""
    headed = ((figure.span, column_year(theirs.text, figure.span[0])) for figure in theirs.figures)
    columns = {span: head[0] for span, head in headed if head}
    owners = find_owners(theirs.text, theirs.figures, theirs.names)
    years = ours.years or frozenset({max(columns.values(), default=0)})
    return Ties(
        frozenset(figure.span for figure in theirs.figures if _is_of_another_number(ours.text, theirs.text, figure)),
        columns,
        owners,
        years,
        frozenset(name.span for name in owners.values() if any(relate_names(one, name).agrees for one in ours.names)),
        frozenset(figure.measures[0].noun for figure in theirs.figures if figure.span in owners),
        len(years) == len(ours.figures) == 1,
        not any(when.is_within_a_year for when in ours.dates),
    )
