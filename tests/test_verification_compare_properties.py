"""What must hold of every comparison, whatever the figures, dates and names."""

import datetime as dt
from itertools import permutations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factcheck.comparison import units
from factcheck.comparison.compare import Relation, compare

UNITS = {
    "metres": 1.0, "kilometres": 1e3, "feet": 0.3048, "miles": 1609.344, "kilograms": 1.0, "tonnes": 1e3,
    "hours": 60.0, "minutes": 1.0, "hectares": 1.0, "square kilometres": 100.0,
}  # fmt: skip
PAIRS = [("metres", "feet"), ("kilometres", "miles"), ("hectares", "square kilometres")]
CONVERTIBLE = [pair for pair in permutations(sorted(UNITS), 2) if units.commensurable(*map(units.read_unit, pair))]
COUNTS = st.integers(2, 999_999)
DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2098, 12, 31))
WORDS = """
    the a of in to from by and or between rose fell doubled more than about at least half third percent points million
    1.2 40 52 31-14 - – ( ) , . ; ’s $ € % votes 1939 45 March 22 31st second Tuesday BC early the 1980s century km feet
    °C hours two dozen hundred none fewer less last year Robert Gates WHO J. is was killed 1/3 0/3
"""
TEXTS = st.lists(st.sampled_from(sorted(set(WORDS.split()))), max_size=25).map(" ".join)

# How long a comparison takes says more about the machine than about the code.
examples = settings(deadline=None, max_examples=60)


def relation(claim: str, evidence: str, kind: str = "figure") -> Relation:
    found = [item.relation for item in compare(claim, evidence) if item.kind == kind]
    assert len(found) == 1
    return found[0]


def covers(words: str) -> str:
    return f"The reserve covers {words}."


def died(words: str) -> str:
    return f"In the flood {words} people died."


@examples
@given(COUNTS, COUNTS)
def test_comparing_figures_is_symmetric(one: int, other: int):
    assert relation(died(f"{one:,}"), died(f"{other:,}")) == relation(died(f"{other:,}"), died(f"{one:,}"))


@examples
@given(DAYS, DAYS)
def test_comparing_dates_is_symmetric(one: dt.date, other: dt.date):
    first, second = (f"The bridge was opened on {day.day} {day:%B} {day.year:04}." for day in (one, other))
    assert relation(first, second, "date") == relation(second, first, "date")
    assert (relation(first, second, "date") == Relation.EQUAL) == (one == other)


@examples
@given(st.sampled_from(CONVERTIBLE), st.floats(0.01, 1e6))
def test_converting_units_there_and_back_changes_nothing(pair: tuple[str, str], value: float):
    one, other = map(units.read_unit, pair)
    back = units.convert(units.convert(value, one, other), other, one)
    assert abs(back - value) <= 1e-9 * value


@examples
@given(
    st.integers(1, 9999),
    st.sampled_from(PAIRS),
)
def test_a_measure_converted_to_another_unit_is_equal(value: int, pair: tuple[str, str]):
    one, other = pair
    converted = value * UNITS[one] / UNITS[other]
    assert relation(covers(f"{value:,} {one}"), covers(f"{converted:,.2f} {other}")) == Relation.EQUAL


@examples
@given(COUNTS, st.integers(0, 999_999))
def test_bounds_rule_out_what_lies_beyond_them(bound: int, value: int):
    # A round figure of the evidence may have been rounded.
    assume(value < 100 or abs(value - bound) > 0.03 * value)
    plain = died(f"{value:,}")
    assert (relation(died(f"more than {bound:,}"), plain) == Relation.DIFFERS) == (value <= bound)
    assert (relation(died(f"at least {bound:,}"), plain) == Relation.DIFFERS) == (value < bound)
    assert (relation(died(f"fewer than {bound:,}"), plain) == Relation.DIFFERS) == (value >= bound)
    assert (relation(died(f"up to {bound:,}"), plain) == Relation.DIFFERS) == (value > bound)


@examples
@given(st.integers(100, 99_999), st.floats(0.5, 1.5))
def test_rounding_words_reach_a_tenth(number: int, factor: float):
    value = round(number * factor)
    # Within rounding of the evidence's own figure either answer will do.
    assume(abs(value - 0.9 * number) > 0.03 * number and abs(value - 1.1 * number) > 0.03 * number)
    about = relation(died(f"about {number:,}"), died(f"{value:,}"))
    assert (about == Relation.COMPATIBLE) == (0.9 * number <= value <= 1.1 * number)
    if abs(value - number) > 0.03 * number:
        nearly = relation(died(f"nearly {number:,}"), died(f"{value:,}"))
        assert (nearly == Relation.COMPATIBLE) == (0.9 * number <= value <= number)


@examples
@given(st.integers(1, 400), st.integers(1, 400))
def test_a_change_given_by_its_ends_is_the_percentage_it_amounts_to(start: int, end: int):
    assume(abs(end - start) > 0.02 * start)
    percent = 100 * (end - start) / start
    verb = "rose" if percent > 0 else "fell"
    ends = f"Exports {verb} from {start} to {end} million euros."
    assert relation(f"Exports {verb} {abs(percent):.1f} percent.", ends) == Relation.EQUAL
    assert relation(f"Exports {verb} {abs(percent) + 5:.1f} percent.", ends) == Relation.DIFFERS


@examples
@given(DAYS)
def test_a_day_fits_its_month_year_decade_and_century(day: dt.date):
    exact = f"The treaty was signed on {day.day} {day:%B} {day.year:04}."
    decade = day.year // 10 * 10
    for period in (f"{day:%B} {day.year:04}", f"{day.year:04}", f"the {decade}s"):
        assert relation(f"The treaty was signed in {period}.", exact, "date") == Relation.COMPATIBLE
    assert relation(f"The treaty was signed in {day.year + 1:04}.", exact, "date") == Relation.DIFFERS


@examples
@given(TEXTS, TEXTS)
def test_any_words_can_be_compared(claim: str, evidence: str):
    for item in compare(claim, evidence):
        assert claim[slice(*item.claim_span)] == item.claim_words != ""
        assert (item.evidence_span is None) == (item.relation == Relation.UNRELATED)


@examples
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_compared(claim: str, evidence: str):
    compare(claim, evidence, claim_date=dt.date(2011, 3, 24))


@examples
@given(st.integers(100, 999_999), st.integers(100, 999_999))
def test_a_level_was_reached_from_above_or_from_below(now: int, before: int):
    assume(now != before)
    evidence = f"Stock of timber: £{now:,} (£{before:,})"
    rose, fell = (relation(f"The stock of timber {verb} to £{now:,}.", evidence) for verb in ("rose", "fell"))
    assert {rose, fell} == {Relation.EQUAL, Relation.DIFFERS}
    assert (rose == Relation.EQUAL) == (now > before)


@examples
@given(st.integers(1, 400), st.integers(1, 400))
def test_a_share_is_that_of_the_part_in_the_whole(part: int, whole: int):
    assume(1 < part <= whole)
    evidence = f"In the storm {whole} houses were hit, {part} of them badly."
    found = [item.relation for item in compare("In the storm most of them were hit badly.", evidence)]
    assert (Relation.DIFFERS in found) <= (2 * part <= whole)
