"""Figures: what a text counts and measures, and what that lets one work out.

"From 40 to 52 thousand" is a rise of 12,000 and of 30 %; "31 votes to 14" a margin of 17; "seven fewer than 300" 293.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.comparison.amounts import Amount, alternatives, counted, find_amounts, hedge
from factcheck.comparison.changes import COMPARATIVES, DIRECTIONS, falls, goes_back, is_of_earlier, is_on_top, leads
from factcheck.comparison.contests import in_contest
from factcheck.comparison.context import sentence_at, stem
from factcheck.comparison.measures import Aspect, Measure, of_one_kind, relate
from factcheck.comparison.numerals import WORDS, Numeral, read_number, read_rank
from factcheck.comparison.relation import PREFERENCE, Relation, Span
from factcheck.comparison.shares import find_whole
from factcheck.comparison.units import MONEY, PERCENT, POINT, commensurable, convert
from factcheck.comparison.votes import SIDES, find_empty_sides, read_side

VOTE = stem("vote")


@dataclass(frozen=True)
class Figure:
    """A figure where it stands; its first measure is what it says, the others can be worked out from it.

    Attributes:
        heading: which way something went to reach it: 1 for "swelled to", -1 for "fell to", 0 where that is not said.
        ends: the words of the earlier and the later figure where the later stands first, or of a part and of its whole.
        of_years: whether the ends are those of two years that the text names.
    """

    span: Span
    measures: tuple[Measure, ...]
    heading: int = 0
    ends: tuple[str, str] | None = None
    of_years: bool = False

    @property
    def is_of_ballot(self) -> bool:
        """Whether it counts one side of a ballot."""
        return any(measure.noun == VOTE and measure.modifiers & SIDES for measure in self.measures)

    @property
    def is_change(self) -> bool:
        """Whether it says how much something rose or fell."""
        return any(measure.aspect == "change" for measure in self.measures)


def find_figures(text: str, dates: Sequence[Span] = ()) -> list[Figure]:
    """Return the figures of ``text`` in its order; digits within the spans of ``dates`` are none."""
    readers = (_ranks, _factors, _empty_sides, _unanimous, _ratios)
    amounts = [amount for amount in find_amounts(text) if not overlaps(amount.span, dates)]
    figures = [*_vague(text, amounts), *(figure for reader in readers for figure in reader(text))]
    taken = [figure.span for figure in figures]
    amounts = [amount for amount in amounts if not overlaps(amount.span, taken)]
    while amounts:
        joined = _join(text, amounts[0], amounts[1]) if len(amounts) > 1 else None
        figures.append(joined or _single(text, amounts[0]))
        del amounts[: 2 if joined else 1]
    return sorted(figures, key=lambda figure: figure.span)


def relate_figures(claim: Figure, evidence: Figure) -> tuple[Relation, Measure, Measure]:
    """Return how two figures of one event stand to each other, and the two measures that say so."""
    if opposite := goes_the_other_way(claim, evidence):
        return Relation.DIFFERS, *opposite
    if len(claim.measures) == len(evidence.measures):
        # Two scores or two changes agree only where both of their ends do.
        pairs = [(relate(one, other), one, other) for one, other in zip(claim.measures, evidence.measures, strict=True)]
        ends_agree = all(pair[0].agrees for pair in pairs if not pair[1].derived)
        if ends_agree or not of_one_kind(claim.measures[0], evidence.measures[0]):
            return pairs[0]  # what is worked out from rounded ends, or from other things, need not agree as well
        return next((pair for pair in pairs if pair[0] == Relation.DIFFERS), pairs[0])
    pairs = [(relate(one, other), one, other) for one in claim.measures for other in evidence.measures]
    return min(pairs, key=lambda pair: PREFERENCE.index(pair[0]))


def goes_the_other_way(claim: Figure, evidence: Figure) -> tuple[Measure, Measure] | None:
    """Return the level that two figures share and the change that led there, where the claim has it the other way."""
    level, its_level = claim.measures[0], evidence.measures[0]
    if not claim.heading or not relate(level, its_level).agrees or its_level.aspect != "level":
        return None
    # The relative change, where it can be worked out, tells a reader more.
    change = next((measure for measure in reversed(evidence.measures) if measure.aspect == "change"), None)
    if change and change.low * claim.heading < 0:
        return level, change
    return (level, its_level) if evidence.heading == -claim.heading else None


def overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Tell whether a span has characters in common with any of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


# --- figures of words alone ----------------------------------------------------------------------------------------

_MOST = (math.nextafter(50, 100), 100.0)
_SHARES = {
    "most": _MOST, "majority": _MOST, "bulk": _MOST, "greater part": _MOST, "lion's share": _MOST,
    "lion’s share": _MOST, "minority": (0.0, 50.0),
}  # fmt: skip
_NUMBERS = {
    "dozens": (20.0, 200.0), "hundreds": (100.0, 2e3), "thousands": (1e3, 3e4), "millions": (1e6, 1e9),
    "tens of thousands": (1e4, 2e5), "hundreds of thousands": (1e5, 2e6),
    "several dozen": (24.0, 120.0), "a few dozen": (24.0, 120.0), "several hundred": (200.0, 999.0),
    "a few hundred": (200.0, 999.0), "several thousand": (2e3, 9999.0), "a few thousand": (2e3, 9999.0),
}  # fmt: skip
_FACTORS = {"doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "halved": 0.5}

_VAGUE = re.compile(
    rf"\b(?:(?:the |a )?(?:vast |large )?(?P<share>{alternatives(_SHARES)})(?=\s+of\b)"
    rf"|(?P<number>{alternatives(_NUMBERS)}))\b",
    re.IGNORECASE,
)
_FACTOR = re.compile(rf"\b(?:{alternatives(_FACTORS)})\b", re.IGNORECASE)
_RANK = re.compile(
    r"\b(?:finish(?:ed|es)?|came|come|comes|ranks?|ranked|placed)\s+(?:in\s+)?(?P<one>\w+)\b|\b(?P<two>\w+)\s+place\b",
    re.IGNORECASE,
)


def _ranks(text: str) -> Iterator[Figure]:
    for match in _RANK.finditer(text):
        group = "one" if match["one"] else "two"
        if (rank := read_rank(match[group])) is not None:
            low, high = (rank, rank) if rank > 0 else (2.0, math.inf)  # the last of however many
            yield Figure(match.span(group), (Measure(low, high, aspect="rank"),))


def _factors(text: str) -> Iterator[Figure]:
    """Yield the changes that one word gives: "more than doubled" is a rise of more than 100 %."""
    for match in _FACTOR.finditer(text):
        span, factors = hedge(text, match.span())
        times = _FACTORS[match[0].casefold()]
        # "More than halved" is a fall of more than 50 %, not to more than a half.
        low, high = sorted(100 * (times * factor - 1 if times > 1 else (times - 1) * factor) for factor in factors)
        yield Figure(span, (Measure(low, high, PERCENT, "change", slack=5.0),))


def _vague(text: str, amounts: Sequence[Amount]) -> Iterator[Figure]:
    for match in _VAGUE.finditer(text):
        words = " ".join((match["share"] or match["number"]).casefold().split())
        low, high = _SHARES[words] if match["share"] else _NUMBERS[words]
        noun, modifiers = counted(text, match.end())
        unit = PERCENT if match["share"] else ""
        whole = find_whole(text, match.span(), amounts) if unit else 0.0
        yield Figure(match.span(), (Measure(low, high, unit, noun=noun, modifiers=modifiers, whole=whole),))


def _empty_sides(text: str) -> Iterator[Figure]:
    for span, side in find_empty_sides(text):
        yield Figure(span, (Measure(0.0, 0.0, noun=VOTE, modifiers=frozenset({side})),))


_RATIO = re.compile(rf"\b(?P<more>{WORDS})(?P<votes>\s+votes)?[\s-]to[\s-]one\b", re.IGNORECASE)


def _ratios(text: str) -> Iterator[Figure]:
    """Yield ratios given in words: "almost two to one" says of 702 and 358 how they stand to each other.

    "Four votes to one" is the count itself.
    """
    for match in _RATIO.finditer(text):
        numeral = read_number(match["more"])
        if numeral and match["votes"]:
            yield _score(match.span(), numeral.value, 1.0)
        elif numeral:
            span, factors = hedge(text, match.span())
            low, high = (numeral.value * factor for factor in factors)
            yield Figure(span, (Measure(low, high, aspect="ratio", slack=0.05 * numeral.value),))


_UNANIMOUS = re.compile(
    r"\b(?:unanimous(?:ly)?|unanimity|of\s+one\s+mind|with\s+one\s+voice|without\s+(?:dissent|a\s+dissenting\s+vote))\b",
    re.IGNORECASE,
)


def _unanimous(text: str) -> Iterator[Figure]:
    """Yield where nobody is said to have been of the other mind."""
    for match in _UNANIMOUS.finditer(text):
        yield Figure(match.span(), (Measure(0.0, 0.0, aspect="dissent"),))


# --- figures of one number -----------------------------------------------------------------------------------------

#: Between a verb of change and a number, these show that the number is where the change led, or of something else.
_LEVEL_WORDS = frozenset(
    {
        ".",
        ";",
        "to",
        "at",
        "from",
        "below",
        "above",
        "under",
        "over",
        "reach",
        "reached",
        "stood",
        "stands",
        "is",
        "was",
        "are",
        "were",
    }
)
#: "Fell below 5 percent" and "rose above 100" tell a level, too.
_LEVEL_HEDGE = re.compile(r"(?:above|below|under)\b", re.IGNORECASE)
#: "+1.9%" is a change; so is "-1.9%", which is no range.
_SIGN = re.compile(r"(?:^|[\s(])([+−–-])\s?$")
#: "-30 °C" and "minus 30" are levels below zero.
_MINUS = re.compile(r"(?:\bminus\s+|(?:^|[\s(])[−-])$", re.IGNORECASE)
_MARGIN = re.compile(r"\b(?:margin\s+of|by)\s+$", re.IGNORECASE)
_COUNTED_IN_CONTESTS = frozenset(map(stem, ("vote", "point", "goal", "run", "seat")))


def _single(text: str, amount: Amount) -> Figure:
    span, factors = hedge(text, amount.span)
    low, high = (amount.numeral.value * factor for factor in factors)
    slack = amount.slack if factors == (1.0, 1.0) else 0.0
    return _figure(text, span, amount, low, high, slack)


def _figure(text: str, span: Span, amount: Amount, low: float, high: float, slack: float = 0.0) -> Figure:
    aspect, fell = _aspect(text, span, amount)
    if aspect == "level" and amount.unit == PERCENT and is_of_earlier(text, span[1]):
        # What is a third of what it was has lost two thirds.
        return Figure(span, (Measure(low - 100, high - 100, PERCENT, "change", slack=slack),))
    if fell or (aspect == "level" and _MINUS.search(text, max(0, span[0] - 8), span[0])):
        low, high = -high, -low
    measure = Measure(low, high, amount.unit, aspect, amount.noun, amount.modifiers, amount.rate, slack)
    if not amount.unit and (side := read_side(text, span, sentence_at(text, span[0]))):
        measure = Measure(low, high, noun=VOTE, modifiers=frozenset({side}))
    return Figure(span, (measure,), heading=leads(text, span[0]) if aspect == "level" else 0)


def _aspect(text: str, span: Span, amount: Amount) -> tuple[Aspect, bool]:
    """Tell a change or a margin from a level by the words around it, and whether it is a fall."""
    if amount.noun in _COUNTED_IN_CONTESTS and _MARGIN.search(text, 0, span[0]):
        return "margin", False
    if _LEVEL_HEDGE.match(text, span[0]):
        return "level", False
    share = amount.unit == PERCENT
    if share and is_on_top(text, span[1]):
        return "change", False
    before = re.findall(r"[^\W\d_]+|[.;]", text[: span[0]])[-4:]
    for word in reversed(before):
        if word.casefold() == "from" and any(stem(each) in DIRECTIONS for each in before):
            return "part", False  # where a change began
        if word.casefold() in _LEVEL_WORDS:
            break
        if (way := falls(word, of_share=share)) is not None and word.casefold() not in COMPARATIVES:
            return "change", way
    if after := re.match(r"\W*([^\W\d_]+)", text[span[1] :]):
        way = falls(after[1])
        if way is not None:
            return "change", way
    if amount.unit == PERCENT and (sign := _SIGN.search(text[max(0, span[0] - 3) : span[0]])):
        return "change", sign[1] != "+"
    return "level", False


# --- figures of two numbers ----------------------------------------------------------------------------------------

_FROM = re.compile(r"\bfrom\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_TO = re.compile(r"(?:\s+[\w’']+){0,4}?\s+to\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_VERSUS = re.compile(
    r"(?:\s+(?:votes?|points?|goals?|in\s+favou?r|for))*(?:\s*(?:--?|–)\s*|\s+(?:to|against|versus)\s+)", re.IGNORECASE
)
_NEXT = re.compile(r",?\s+(?:and\s+)?")
_THAN = re.compile(r"\s+(fewer|less|more)\s+than\s+", re.IGNORECASE)


def _join(text: str, one: Amount, two: Amount) -> Figure | None:
    """Read two neighbouring numbers as a change, a difference, a score or a range, or return None."""
    gap = text[one.span[1] : two.span[0]]
    span = (one.span[0], two.span[1])
    is_score = bool(_VERSUS.fullmatch(gap)) and not one.unit and in_contest(text, span)
    if not is_score and _is_earlier(text, one, two):
        end = span[1] + ("(" in gap and text.startswith(")", span[1]))
        return replace(shift((span[0], end), replace(two, unit=one.unit), one), ends=words_of_both(text, two, one))
    if not one.unit:
        one = replace(one, unit=two.unit)
    if not two.unit and one.unit in MONEY:
        two = replace(two, unit=one.unit)
    if one.unit != two.unit:
        return _compound(text, span, one, two) if _NEXT.fullmatch(gap) else None
    if (start := _FROM.search(text, 0, one.span[0])) and _TO.fullmatch(gap):
        change = shift((span[0] - len(start[0]), span[1]), _in_scale_of(two, one), two)
        return _hedged(text, change, one, two)
    if than := _THAN.fullmatch(gap):
        difference, base = one.numeral.value, two.numeral.value
        value = base + difference if than[1].casefold() == "more" else base - difference
        return Figure(span, (Measure(value, value, two.unit, noun=two.noun, modifiers=two.modifiers, derived=True),))
    if is_score:
        return _score(span, one.numeral.value, two.numeral.value)
    start = _BETWEEN.search(text, 0, one.span[0])
    if not re.fullmatch(r"\s+and\s+" if start else r"\s*(?:--?|–)\s*|\s+(?:to|or)\s+", gap):
        return None
    low, high = _in_scale_of(two, one).numeral.value, two.numeral.value
    if low >= high:
        return None
    if start:
        return _figure(text, (start.start(), span[1]), two, low, high)
    hedged, factors = hedge(text, span)
    if not _is_open(factors):
        return _figure(text, span, two, low, high)
    return _figure(text, hedged, two, low * factors[0], high * factors[1])


def _is_open(factors: tuple[float, float]) -> bool:
    """Tell whether words set a bound on one side only, as "more than" does."""
    return factors[0] == 0 or math.isinf(factors[1])


def _hedged(text: str, change: Figure, one: Amount, two: Amount) -> Figure:
    """Widen "from 40 to more than 60", of which no change can be worked out."""
    began, came_to = (hedge(text, amount.span)[1] for amount in (one, two))
    if not (_is_open(began) or _is_open(came_to)):
        return change
    level = replace(change.measures[0], low=two.numeral.value * came_to[0], high=two.numeral.value * came_to[1])
    return replace(change, measures=(level,))


def _is_earlier(text: str, now: Amount, then: Amount) -> bool:
    return (
        then.unit in ("", now.unit)
        and (not then.noun or not now.noun or then.noun == now.noun)
        and goes_back(text, now.span, then.span)
    )


def _compound(text: str, span: Span, one: Amount, two: Amount) -> Figure | None:
    """Read "six feet two inches"."""
    if not commensurable(one.unit, two.unit):
        return None
    rest = convert(two.numeral.value, two.unit, one.unit)
    value = one.numeral.value + rest
    return _figure(text, span, one, value, value) if 0 <= rest < 1 and one.numeral.value.is_integer() else None


def _in_scale_of(two: Amount, one: Amount) -> Amount:
    """Give "40" of "40 to 52 thousand" the scale that was meant."""
    if one.numeral.scale > 1 or one.numeral.value >= 1000:
        return one
    scale = two.numeral.scale
    return replace(one, numeral=Numeral(one.numeral.value * scale, one.numeral.half_place * scale, scale))


def _score(span: Span, ours: float, theirs: float) -> Figure:
    """Read "31 votes to 14"."""
    larger, smaller = max(ours, theirs), min(ours, theirs)
    dissent = Measure(smaller, smaller, aspect="dissent", derived=True, whole=ours + theirs)
    margin = Measure(abs(ours - theirs), abs(ours - theirs), aspect="margin", derived=True)
    sides = (Measure(side, side, aspect="part") for side in (ours, theirs))
    worked_out = [dissent]
    if smaller:
        worked_out.append(Measure(larger / smaller, larger / smaller, aspect="ratio", derived=True))
    return Figure(span, (Measure(ours, theirs, aspect="score"), margin, *sides, *worked_out))


def shift(span: Span, one: Amount, two: Amount) -> Figure:
    """Read "from 40 to 52 thousand": where it ends, where it starts, and the change, as such and relative."""
    start, end = one.numeral.value, two.numeral.value
    noun, modifiers = two.noun or one.noun, two.modifiers or one.modifiers
    level = Measure(end, end, two.unit, "level", noun, modifiers, two.rate, two.slack)
    change, unit = end - start, POINT if two.unit == PERCENT else two.unit
    measures = [
        level,
        replace(level, low=start, high=start, aspect="part", slack=one.slack),
        replace(level, low=change, high=change, unit=unit, aspect="change", slack=0.0, derived=True),
    ]
    if start:
        relative = 100 * change / start
        measures.append(Measure(relative, relative, PERCENT, "change", slack=0.5, derived=True))
    return Figure(span, tuple(measures))


def words_of_both(text: str, one: Amount, two: Amount) -> tuple[str, str]:
    """Return the words of two amounts of ``text``."""
    return text[slice(*one.span)], text[slice(*two.span)]
