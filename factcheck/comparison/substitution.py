"""Claims with one figure, date or name put right by the evidence: what a claim would have to say to be borne out.

Where a sentence supports a claim only once "five" is read as "seven", it contradicts the claim, and that is why. A
sentence about something else supports it neither way. The edits are minimal counterfactuals (Kaushik et al., 2020),
made by code here and judged by an NLI model elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeVar

from factcheck.comparison.context import stem, stems
from factcheck.comparison.date_patterns import DAYS_OF_A_YEAR, When
from factcheck.comparison.dates import find_dates, relate_dates
from factcheck.comparison.figures import Figure, find_figures, relate_figures
from factcheck.comparison.measures import of_one_kind
from factcheck.comparison.names import Name, find_names, relate_names
from factcheck.comparison.relation import Relation, Span
from factcheck.comparison.rivals import Rival, find_rivals
from factcheck.records import Difference

#: Corrections of one claim by one sentence, and the longest words that are put in.
MOST, LONGEST = 6, 60

#: The share of the claim's words that tie a date, and the least number of them.
TOLD, LEAST_TOLD = 0.6, 2
_ARTICLE = re.compile(r"\ban?\s+$", re.IGNORECASE)
_CAPITAL = re.compile(r"\b[A-Z]\w{3,}")
#: Words for what belongs to a people: "Irish", "Chinese", "American".
_OF_A_PEOPLE = re.compile(
    r"[A-Z]\w+(?:ish|ese|ian|ean|ican|rman|oman|ban)|French|Dutch|Greek|Swiss|Welsh|Czech|Thai|Slovak|Afghan|Arab|Iraqi|Israeli"
)

Item = TypeVar("Item", Figure, When, Name)
Kind = Literal["figure", "date", "name"]


def corrections(claim: str, evidence: str, *, title: str = "") -> dict[str, Difference]:
    """Return corrected claims, each with what was exchanged, ``MOST`` of them at most.

    One figure, date or name of the claim that has no counterpart in the evidence gives way to one of the evidence that
    has none in the claim; so does a word that one of the evidence rules out ("north", "few of them"). Nothing else may
    be without a counterpart, be it in the evidence or in its document's ``title``, and a name or date must have one:
    what differs in two things, or is tied to nothing, is another event. A date is also tied by most other words of the
    claim, and "2 July 1965" to "2 July 1956" by the day, whatever else has no counterpart.
    """
    # A weekday alone may be that of many dates.
    our_dates = [when for when in find_dates(claim) if not when.is_weekday]
    their_dates = find_dates(evidence)
    our_figures, their_figures = find_figures(claim, _spans(our_dates)), find_figures(evidence, _spans(their_dates))
    our_names = find_names(claim, _spans([*our_dates, *our_figures]))
    their_names = find_names(evidence, _spans([*their_dates, *their_figures]))
    unmatched: dict[Kind, tuple[list[Span], list[Span]]] = {
        "figure": _unmatched(our_figures, their_figures, lambda one, other: relate_figures(one, other)[0]),
        "date": _unmatched(our_dates, their_dates, relate_dates),
        "name": _unmatched([name for name in our_names if name.certain], their_names, relate_names),
    }
    if twins := _of_other_years(our_dates, their_dates, unmatched["date"]):
        return _exchanged(claim, evidence, "date", *twins)
    in_title = {name.span for name in our_names if any(relate_names(name, its).agrees for its in find_names(title))}
    elsewhere = {_place(evidence, span) for span in unmatched["name"][1]} - {None}
    if any(_place(claim, span) in elsewhere for span in in_title & set(unmatched["name"][0])):
        return {}  # "at Lower Weir" in the evidence on "Upper Weir and Lower Weir" is not "at Upper Weir"
    ours = [(kind, span) for kind, (spans, _) in unmatched.items() for span in spans if span not in in_title]
    rivals = _exclusive(find_rivals(claim), list(find_rivals(evidence)))
    tied = {*_spans([*our_names, *our_dates])} - {span for _, span in ours}
    told = any(kind == "date" and _tells_most(claim, evidence, span) for kind, span in ours)
    if not (tied or told) or len(ours) + len(rivals) != 1:
        return {}
    if rivals:
        [(rival, others)] = rivals
        return _exchanged(claim, evidence, rival.kind, rival.span, others)
    [(kind, (start, end))] = ours
    # "A Canadian" is nobody in particular.
    others = [] if kind == "name" and _ARTICLE.search(claim, 0, start) else unmatched[kind][1]
    if kind == "figure":
        others = _of_one_kind(next(one for one in our_figures if one.span == (start, end)), their_figures, others)
    elif kind == "name":
        others = _besides_its_bodies(claim[start:end], their_names, others)
        country = next(name.country for name in our_names if name.span == (start, end))
        # "Moscow" is no mistake for "Russia".
        others = [name.span for name in their_names if name.span in others and name.country == country]
        of_a_people = _OF_A_PEOPLE.fullmatch(claim[start:end]) is not None  # no "English" is a mistake for "the US"
        rest = {*_CAPITAL.findall(claim[:start]), *_CAPITAL.findall(claim[end:])}
        others = [(a, b) for a, b in others if rest.isdisjoint(_CAPITAL.findall(evidence[a:b]))]
        others = [(a, b) for a, b in others if (_OF_A_PEOPLE.fullmatch(evidence[a:b]) is not None) == of_a_people]
    elif kind == "date":
        others = _as_precise(next(one for one in our_dates if one.span == (start, end)), their_dates, others)
    return _exchanged(claim, evidence, kind, (start, end), _of_named_things(others, their_figures, claim))


_WHERE = re.compile(r"\b(at|in|on|near|for|from|of)\s+(?:the\s+)?$", re.IGNORECASE)


def _place(text: str, name: Span) -> str | None:
    """Return the preposition that a name stands after, or None."""
    match = _WHERE.search(text, 0, name[0])
    return match[1].casefold() if match else None


def _exchanged(claim: str, evidence: str, kind: Kind, span: Span, others: Sequence[Span]) -> dict[str, Difference]:
    """Return the claim with the words of ``span`` exchanged for those of each of the evidence's ``others``."""
    start, end = span
    found: dict[str, Difference] = {}
    for its_start, its_end in others:
        words = evidence[its_start:its_end]
        corrected = claim[:start] + words + claim[end:]
        if len(words) <= LONGEST and len(found) < MOST:
            difference = Difference(
                kind=kind,
                claim_words=claim[start:end],
                claim_start=start,
                evidence_words=words,
                evidence_start=its_start,
            )
            found.setdefault(corrected, difference)
    return found


def _exclusive(ours: Iterable[Rival], theirs: Sequence[Rival]) -> list[tuple[Rival, list[Span]]]:
    """Return the words of the claim that the evidence does not have, but others that rule them out."""
    named, ours = {(its.family, its.word) for its in theirs}, list(ours)
    given = {(one.family, one.word) for one in ours}
    lone = [one for one in ours if (one.family, one.word) not in named]
    others = [
        [its.span for its in theirs if its.family == one.family and (its.family, its.word) not in given] for one in lone
    ]
    return [(one, spans) for one, spans in zip(lone, others, strict=True) if spans]


def _of_other_years(
    ours: Sequence[When], theirs: Sequence[When], unmatched: tuple[list[Span], list[Span]]
) -> tuple[Span, list[Span]] | None:
    """Return the one day of the claim that the evidence has of another year, and where."""
    found = [
        (one.span, others)
        for one in ours
        if one.is_day
        and one.span in unmatched[0]
        and (others := [its.span for its in theirs if its.span in unmatched[1] and _of_one_day(one, its)])
    ]
    return found[0] if len(found) == 1 else None


def _of_one_day(one: When, other: When) -> bool:
    return other.is_day and (one.first - other.first) % DAYS_OF_A_YEAR == 0


def _tells_most(claim: str, evidence: str, date: Span) -> bool:
    words = stems(f"{claim[: date[0]]} {claim[date[1] :]}")
    shared = words & stems(evidence)
    return len(shared) >= max(LEAST_TOLD, TOLD * len(words))


def _of_one_kind(figure: Figure, theirs: Sequence[Figure], spans: Sequence[Span]) -> list[Span]:
    """Keep the figures that measure or count what ``figure`` does: no bases for aircraft, no share for a count."""
    return [
        other.span
        for other in theirs
        if other.span in spans and any(of_one_kind(one, its) for one in figure.measures for its in other.measures)
    ]


def _besides_its_bodies(name: str, theirs: Sequence[Name], spans: Sequence[Span]) -> list[Span]:
    """Leave out bodies that are called after ``name``: the Russian Foreign Ministry is no other than Russia."""
    after = {other.span for other in theirs if other.organisation and any(part[:4] == name[:4] for part in other.parts)}
    return [span for span in spans if span not in after]


def _as_precise(when: When, theirs: Sequence[When], spans: Sequence[Span]) -> list[Span]:
    """Keep the dates that name a day where ``when`` does: a year by itself hardly corrects one."""
    return [other.span for other in theirs if other.span in spans and (other.is_day or not when.is_day)]


def _of_named_things(spans: Sequence[Span], figures: Sequence[Figure], claim: str) -> Sequence[Span]:
    """Keep the figures that count what the claim speaks of, where there are such: missiles, not sorties."""
    told = {stem(word) for word in re.findall(r"\w+", claim)}
    named = {figure.span for figure in figures if any(measure.noun in told for measure in figure.measures)}
    return [span for span in spans if span in named] or spans


def _spans(items: Sequence[Figure | When | Name]) -> list[Span]:
    return [item.span for item in items]


def _unmatched(
    ours: Sequence[Item], theirs: Sequence[Item], relate: Callable[[Item, Item], Relation]
) -> tuple[list[Span], list[Span]]:
    """Return the spans of our items and of theirs that agree with nothing on the other side."""
    agree = [[relate(one, other).agrees for other in theirs] for one in ours]
    lone = [one.span for one, row in zip(ours, agree, strict=True) if not any(row)]
    return lone, [other.span for column, other in enumerate(theirs) if not any(row[column] for row in agree)]
