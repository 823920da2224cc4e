"""What is compared of a text: its figures, dates and names, each with the words around it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from factcheck.comparison.changes import COMPARATIVES
from factcheck.comparison.context import Context, around, stems
from factcheck.comparison.date_patterns import When, years_of
from factcheck.comparison.dates import find_dates
from factcheck.comparison.derived import find_series, find_shares
from factcheck.comparison.figures import Figure, find_figures
from factcheck.comparison.names import Name, find_names, relate_names
from factcheck.comparison.quantifiers import find_quantifiers
from factcheck.comparison.relation import Span
from factcheck.comparison.spelling import fold


@dataclass(frozen=True)
class Text:
    """What is to be compared in one of the two texts, and ``known``: stems of what both of them name."""

    text: str
    dates: tuple[When, ...]
    figures: tuple[Figure, ...]
    names: tuple[Name, ...]
    title: str
    known: frozenset[str] = frozenset()
    contexts: dict[Span, Context] = field(default_factory=dict)

    @property
    def years(self) -> frozenset[int]:
        """The years that its dates may lie in."""
        return frozenset(year for when in self.dates for year in years_of(when))

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


def read_text(text: str, today: date | None, title: str = "") -> Text:
    """Read a text; "Tuesday" is read against ``today``, and ``title`` says what its sentences are about."""
    text = text[:_LONGEST]
    dates = find_dates(text, today)[:_MOST]
    figures = find_figures(text, [when.span for when in dates])[:_MOST]
    names = find_names(text, [*(when.span for when in dates), *(figure.span for figure in figures)])
    return Text(text, tuple(dates), tuple(figures), tuple(names[:_MOST]), title)


def shares_of(text: Text) -> list[Figure]:
    """Return the shares that parts have in their wholes."""
    return find_shares(text.text, [when.span for when in text.dates])[:_MOST]


def series_of(text: Text, years: Collection[int]) -> list[Figure]:
    """Return the changes from year to year that a claim which names ``years`` may speak of."""
    return find_series(text.text, years, [when.span for when in text.dates])[:_MOST]


def quantifiers_of(text: Text) -> list[Figure]:
    """Return where the text speaks of all or none of some things."""
    return list(find_quantifiers(text.text, [figure.span for figure in text.figures]))[:_MOST]


def acquaint(ours: Text, theirs: Text) -> tuple[Text, Text]:
    """Let each text know the words by which the other names what both name."""
    pairs = [(one, other) for one in ours.names for other in theirs.names if relate_names(one, other).agrees]
    known_to_us = stems(" ".join(other.words for _, other in pairs))
    known_to_them = stems(" ".join(one.words for one, _ in pairs))
    return replace(ours, known=known_to_us), replace(theirs, known=known_to_them)
