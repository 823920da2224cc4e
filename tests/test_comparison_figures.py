"""What the figures of a text say, and when two of them can both be right."""

from __future__ import annotations

import pytest

from factcheck.comparison.compare import Relation, compare
from factcheck.comparison.derived import find_sums
from factcheck.comparison.figures import find_figures, relate_figures
from factcheck.comparison.measures import Measure


def said(measure: Measure) -> str:
    """Write out a measure: "293 peopl", "50 to 100 percent", "-12 percent change"."""
    number = f"{measure.low:g}" if measure.is_exact else f"{measure.low:g} to {measure.high:g}"
    rate = f"per {measure.rate}" if measure.rate else ""
    aspect = "" if measure.aspect == "level" else measure.aspect
    return " ".join(filter(None, [number, measure.unit, *sorted(measure.modifiers), measure.noun, rate, aspect]))


@pytest.mark.parametrize(
    ("text", "words", "meaning"),
    [
        ("She came in third place.", "third", "3 rank"),
        ("Her horse took second place.", "second", "2 rank"),
        ("The team finished 12th.", "12th", "12 rank"),
        ("The team came first.", "first", "1 rank"),
        ("The team finished last.", "last", "2 to inf rank"),
        ("Rents doubled.", "doubled", "100 percent change"),
        ("Rents tripled.", "tripled", "200 percent change"),
        ("Rents more than doubled.", "more than doubled", "100 to inf percent change"),
        ("Rents nearly doubled.", "nearly doubled", "80 to 100 percent change"),
        ("Profits halved.", "halved", "-50 percent change"),
        ("Profits more than halved.", "more than halved", "-inf to -50 percent change"),
        ("Profits nearly halved.", "nearly halved", "-50 to -45 percent change"),
        ("Most of the rich people left.", "Most", "50 to 100 percent rich peopl"),
        ("A vast majority of voters stayed away.", "A vast majority", "50 to 100 percent voter"),
        ("A minority of voters stayed away.", "A minority", "0 to 50 percent voter"),
        ("Several hundred poor people left.", "Several hundred", "200 to 999 poor peopl"),
        ("Tens \n of  thousands of trees fell.", "Tens \n of  thousands", "10000 to 200000 tree"),
        ("Turnout was 12 percent.", "12 percent", "12 percent"),
        ("Sales were 12 percent lower.", "12 percent", "-12 percent change"),
        ("Sales were 12 percent higher.", "12 percent", "12 percent change"),
        ("Accidents were 12 percent fewer.", "12 percent", "-12 percent change"),
        ("A 12 percent rise was agreed.", "12 percent", "12 percent change"),
        ("A 12 percent drop in sales was feared.", "12 percent", "-12 percent change"),
        ("Sales fell by more than 12 percent.", "more than 12 percent", "-inf to -12 percent change"),
        ("Up 12 percent, sales were a record.", "12 percent", "12 percent change"),
        ("Sales rose in most towns 12 percent.", "12 percent", "12 percent change"),
        ("Sales rose in most big towns 12 percent.", "12 percent", "12 percent"),
        (
            "Fees rose throughout Northamptonshire by some one hundred and twenty-five percent.",
            "some one hundred and twenty-five percent",
            "112.5 to 137.5 percent change",
        ),
        ("Sales rose. Of clients 12 percent left.", "12 percent", "12 percent"),
        ("Sales rose; of clients 12 percent left.", "12 percent", "12 percent"),
        ("Sales fell to 12 percent.", "12 percent", "12 percent"),
        ("Sales fell To 12 percent.", "12 percent", "12 percent"),
        ("Sales fell from 12 percent.", "12 percent", "12 percent part"),
        ("Sales fell From 12 percent.", "12 percent", "12 percent part"),
        ("Visitors came from 12 countries.", "12", "12 countri"),
        ("Sales fell below 12 percent.", "below 12 percent", "0 to 12 percent"),
        ("Sales rose Above 12 percent.", "Above 12 percent", "12 to inf percent"),
        ("Sales fell; the shop, which they left, closed 12 branches.", "12", "12 branch"),
        ("The motion failed by 12 votes.", "12", "12 approv margin"),
        ("By 12 votes the motion failed.", "12", "12 approv margin"),
        ("The motion had a margin of 12 votes.", "12", "12 approv margin"),
        ("The fence was moved by 12 farmers.", "12", "12 farmer"),
        ("The motion had 12 votes.", "12", "12 approv"),
        ("The yacht is 12 feet wide.", "12 feet", "12 foot"),
        ("Guards earn $12 an hour.", "$12", "12 USD per hour"),
        ("Seven fewer than 300 old people died.", "Seven fewer than 300", "293 old peopl"),
        ("Seven less than 300 people died.", "Seven less than 300", "293 peopl"),
        ("Seven MORE than 300 people died.", "Seven MORE than 300", "307 peopl"),
        ("The hall is two more than 30 metres long.", "two more than 30 metres", "32 metre"),
        ("Between 40 and 52 young people died.", "Between 40 and 52", "40 to 52 young peopl"),
        ("40 to 52 people died.", "40 to 52", "40 to 52 peopl"),
        ("Two or three windows broke.", "Two or three", "2 to 3 window"),
        ("Some 40–52 people died.", "40–52", "40 to 52 peopl"),
        ("The bridge cost $10-12 million.", "$10-12 million", "1e+07 to 1.2e+07 USD"),
        ("The bridge cost 10 to 12 million euros.", "10 to 12 million euros", "1e+07 to 1.2e+07 EUR"),
        ("The bridge cost 900,000 to 2 million euros.", "900,000 to 2 million euros", "900000 to 2e+06 EUR"),
        ("The bridge cost 1,000 to 2 million euros.", "1,000 to 2 million euros", "1000 to 2e+06 EUR"),
        ("The bridge cost 1 million to 2 million euros.", "1 million to 2 million euros", "1e+06 to 2e+06 EUR"),
        ("The hall holds 2 dozen to 3 hundred people.", "2 dozen to 3 hundred", "24 to 300 peopl"),
        ("Sales fell by 10 to 12 percent.", "10 to 12 percent", "-12 to -10 percent change"),
        ("The girl is six feet two inches tall.", "six feet two inches", "6.16667 foot"),
        ("The girl is six feet, two inches tall.", "six feet, two inches", "6.16667 foot"),
        ("The trip took 3 hours and 0 minutes.", "3 hours and 0 minutes", "3 hour"),
        ("The race took 3 hours and 45 minutes.", "3 hours and 45 minutes", "3.75 hour"),
        ("Twelve members of the port council voted in favour.", "Twelve", "12 for approv"),
        ("Twelve countries voted to impose sanctions against Iran.", "Twelve", "12 countri"),
        ("Nobody voted against the plan.", "Nobody", "0 against approv"),
        ("No votes were cast against the plan.", "No votes were cast", "0 against approv"),
    ],
)
def test_a_figure_says_how_many_of_what(text: str, words: str, meaning: str) -> None:
    [figure] = find_figures(text)
    assert (text[slice(*figure.span)], said(figure.measures[0])) == (words, meaning)


@pytest.mark.parametrize(
    ("text", "words", "meanings"),
    [
        (
            "Its fleet grew from 40 to 50 thousand big trucks a year.",
            "from 40 to 50 thousand",
            "50000 big truck per year; 40000 big truck per year part; 10000 big truck per year change; "
            "25 percent change",
        ),
        ("Its fleet grew from 40 trucks to 50.", "from 40 trucks to 50", None),
        (
            "Debt grew from 1 to 3 euros a day.",
            "from 1 to 3 euros",
            "3 EUR per day; 1 EUR per day part; 2 EUR per day change; 200 percent change",
        ),
        ("Debt fell from $4 to 3.", "from $4 to 3", "3 USD; 4 USD part; -1 USD change; -25 percent change"),
        (
            "Turnout fell from 50 to 40 percent.",
            "from 50 to 40 percent",
            "40 percent; 50 percent part; -10 percentage point change; -20 percent change",
        ),
        ("Debt grew from 0 to 3 euros.", "from 0 to 3 euros", "3 EUR; 0 EUR part; 3 EUR change"),
        (
            "Debt grew from about 4 euros in the spring to nearly 5 euros.",
            "from about 4 euros in the spring to nearly 5 euros",
            "5 EUR; 4 EUR part; 1 EUR change; 25 percent change",
        ),
        ("From 4 to 5 euros is a rise.", "From 4 to 5 euros", "5 EUR; 4 EUR part; 1 EUR change; 25 percent change"),
        (
            "The motion won, 31 votes to 14.",
            "31 votes to 14",
            "31 to 14 score; 17 margin; 31 part; 14 part; 14 dissent; 2.21429 ratio",
        ),
        (
            "By 14-31 the motion failed.",
            "14-31",
            "14 to 31 score; 17 margin; 14 part; 31 part; 14 dissent; 2.21429 ratio",
        ),
    ],
)
def test_two_ends_and_two_sides_say_what_lies_between_them(text: str, words: str, meanings: str | None) -> None:
    [figure] = find_figures(text)
    meanings = meanings or "50 truck; 40 truck part; 10 truck change; 25 percent change"
    assert (text[slice(*figure.span)], "; ".join(map(said, figure.measures))) == (words, meanings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On 12 May 31 people and 5 dogs died.", ["31", "5"]),
        (
            "5 percent of 31 people died, most of the dogs lived, and sales doubled.",
            ["5 percent", "31", "most", "doubled"],
        ),
        ("It took place at the finish line.", []),
        ("Six feet, 20 people and 3 km.", ["Six feet", "20", "3 km"]),
        ("The lots are 30 feet and 40 inches wide.", ["30 feet", "40 inches"]),
        ("The lots are 3 feet and 12 inches wide.", ["3 feet", "12 inches"]),
        ("The lots are 3.5 feet and 2 inches wide.", ["3.5 feet", "2 inches"]),
        ("The lots are 3 feet by 2 inches.", ["3 feet", "2 inches"]),
        ("The hall has 3 floors and 20 kg of gold.", ["3", "20 kg"]),
        ("The hall has 30 rooms, 2 doors and 12 lamps.", ["30", "2", "12"]),
        ("The hall has between 30 or 40 rooms.", ["30", "40"]),
        ("The hall has 30 and 40 rooms.", ["30", "40"]),
        ("The hall is 52 to 40 feet wide.", ["52", "40 feet"]),
        ("The hall is 40 to 40 feet wide.", ["40", "40 feet"]),
        ("The hall has 31 doors to 14 rooms.", ["31", "14"]),
        ("The motion failed: of 31 there, 14 voted.", ["31", "14"]),
        ("The hall sold 4, 3 to 5 flats.", ["4", "3 to 5"]),
        ("In the match 30 feet to 20 feet were gained.", ["30 feet", "20 feet"]),
        ("In a game, 12 to 15 players of 20 to 30 teams ran 4 km.", ["12 to 15", "20 to 30", "4 km"]),
        (
            "They approved a plan for the old town by the river that was made so many years ago now: 31-14 homes.",
            ["31", "14"],
        ),
        ("Debt fell from $4 to 3 euros.", ["$4", "3 euros"]),
        ("The road grew from 3 km to 5 houses.", ["3 km", "5"]),
        ("The box is 3 feet and 2 kg.", ["3 feet", "2 kg"]),
        ("Lost by 31-14, it is no law.", ["31-14"]),
        (
            "The motion won in the old hall of the great council of the town by the river with 31 votes to 14.",
            ["31 votes to 14"],
        ),
        ("The plan has 31-40 homes for an estate beyond the ring road and the river, as approved.", ["31-40"]),
    ],
)
def test_neighbouring_numbers_are_one_figure_only_where_the_words_join_them(text: str, words: list[str]) -> None:
    dates = [(3, 9)] if text.startswith("On 12 May") else []
    assert [text[slice(*figure.span)] for figure in find_figures(text, dates)] == words


def test_digits_at_the_very_edge_of_a_date_are_no_part_of_it() -> None:
    text = "5 12 6"
    assert [figure.span for figure in find_figures(text, [(1, 2), (4, 5)])] == [(0, 1), (2, 4), (5, 6)]
    assert [figure.span for figure in find_figures(text, [(2, 4)])] == [(0, 1), (5, 6)]


@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        ("The team finished last.", "The team finished 20th.", "compatible"),
        ("The team finished last.", "The team finished second.", "compatible"),
        ("The team finished last.", "The team finished first.", "differs"),
        ("The team finished second.", "The team finished third.", "differs"),
        ("The team finished second.", "The team has 2 owners.", "unrelated"),
        ("Profits more than halved.", "Profits fell 60 percent.", "compatible"),
        ("Profits more than halved.", "Profits fell 40 percent.", "differs"),
        ("Rents doubled.", "Rents rose 104.9 percent.", "compatible"),
        ("Rents doubled.", "Rents rose 105.9 percent.", "differs"),
        ("Rents doubled.", "Rents stood at 150 percent.", "unrelated"),
        ("Dozens of old trees fell.", "40 young trees fell.", "compatible"),
        ("Dozens of old trees fell.", "4 young trees fell.", "unrelated"),
        ("Dozens of old trees fell.", "4 old trees fell.", "differs"),
        ("Dozens of trees fell.", "4 houses fell.", "unrelated"),
        ("Most of the trees fell.", "40 percent of the trees fell.", "differs"),
        ("Most of the trees fell.", "40 trees fell.", "unrelated"),
        ("Unemployment fell from 10 percent.", "Unemployment fell to 7 percent.", "unrelated"),
        ("Unemployment fell from 10 percent.", "Unemployment fell to 10 percent.", "equal"),
        ("Unemployment fell below 5 percent.", "Unemployment fell by 6 percent.", "unrelated"),
        ("Unemployment fell below 5 percent.", "Unemployment fell to 6 percent.", "differs"),
        ("Sales rose above 100 million dollars.", "Sales rose by 20 million dollars.", "unrelated"),
        ("Sales rose by more than 12 percent.", "Sales rose 11.4 percent.", "differs"),
        ("Sales rose about 12 percent.", "Sales rose 13.3 percent.", "differs"),
        ("The hall has exactly 12.4 metres.", "The hall has 12.6 metres.", "differs"),
        ("The hall is between 10 and 12 metres long.", "The hall is 11.4 metres long.", "compatible"),
        ("The hall is between 10 and 12 metres long.", "The hall is 12.9 metres long.", "differs"),
        ("The hall is 12 to 14 metres long.", "The hall is 14.5 metres long.", "differs"),
        (
            "Exports rose from 1.2 to 1.4 million tonnes.",
            "Exports rose from 1.23 to 1.41 million tonnes.",
            "compatible",
        ),
        ("Exports rose from 1.2 to 1.45 million tonnes.", "Exports rose from 1.245 to 1.45 million tonnes.", "equal"),
        ("Exports rose from 1.2 to 1.4 million tonnes.", "Exports rose from 1.2 to 1.6 million tonnes.", "differs"),
        ("Exports rose from 1.2 to 1.4 million tonnes.", "Exports rose from 1.1 to 1.4 million tonnes.", "differs"),
        ("Exports rose from 40 to 52 tonnes.", "Exports rose from 400 to 700 euros.", "unrelated"),
        ("Exports rose from 40 to 52 tonnes.", "Exports rose to 1.41 million tonnes.", "differs"),
        ("Exports rose to 1.43 million tonnes.", "Exports rose from 1.2 to 1.4 million tonnes.", "compatible"),
        ("Pay rose from 20 to 30 euros an hour.", "Pay rose from 20 to 40 euros a day.", "unrelated"),
        ("Pay rose from 0 to 30 euros an hour.", "Pay rose by 40 euros a day.", "unrelated"),
        ("Unemployment rose by 2 percentage points.", "Unemployment rose from 5 to 7 percent.", "equal"),
        ("Rents rose 25.4 percent.", "Rents rose from 400 to 500 euros.", "equal"),
        ("Rents rose 26.4 percent.", "Rents rose from 400 to 500 euros.", "differs"),
        ("The motion failed, 18 to 22.", "The motion failed by 22 votes to 18.", "equal"),
        ("The motion failed, 18 to 22.", "The motion failed by 22 votes to 17.", "differs"),
        ("The motion failed, 18 to 22.", "The motion failed by 4 votes.", "equal"),
        ("The motion failed, 18 to 22.", "The motion failed by 5 votes.", "differs"),
        ("The motion failed, 18 to 22.", "The motion failed with 18 votes.", "equal"),
        ("The motion failed, 18 to 22.", "The motion failed with 17 votes.", "unrelated"),
        ("The match ended 2-1.", "The match ended 3-2.", "differs"),
        ("The home side won 3-1.", "The home side won 4-1.", "differs"),
        ("The girl is six feet two inches tall.", "The girl is 1.88 metres tall.", "equal"),
        ("The girl is six feet two inches tall.", "The girl is 1.93 metres tall.", "differs"),
        ("Seven fewer than 300 people died.", "293 people died.", "equal"),
        ("Seven fewer than 300 people died.", "305 people died.", "differs"),
        ("Debt grew by 2 euros.", "Debt grew from 1 to 4 euros.", "differs"),
        ("Exports rose by 210,000 tonnes.", "Exports rose from 1.2 to 1.4 million tonnes.", "differs"),
        ("Its staff grew from 40 workers to 52.", "Its staff grew to 60 workers.", "differs"),
        ("Five members voted against the plan.", "The plan had ten votes in favour and two against.", "differs"),
        ("Two members voted against the plan.", "Ten voted for the plan and two against.", "equal"),
        ("Nobody voted against the plan.", "Ten members voted for the plan and two against.", "differs"),
        ("Nobody voted against the plan.", "The plan passed with ten votes in favour and none against.", "equal"),
        ("Five members abstained on the plan.", "The plan was put to the vote. Nobody abstained.", "differs"),
        ("Five members voted for the plan.", "Two members voted against the plan.", "unrelated"),
    ],
)
def test_two_figures_differ_only_where_both_cannot_be_right(claim: str, evidence: str, relation: str) -> None:
    found = [item.relation.value for item in compare(claim, evidence) if item.kind == "figure"]
    assert found == [relation]


@pytest.mark.parametrize(
    ("claim", "evidence", "words"),
    [
        ("Seven fewer than 300 people died.", "290 people died.", "gives Seven fewer than 300, 293; the evidence"),
        ("The hall is two more than 30 metres long.", "The hall is 40 metres long.", "30 metres, 32 metres; the"),
        ("Debt grew by 2 euros.", "Debt grew from 1 to 4 euros.", "from 1 to 4 euros, a rise of 3 euros"),
        ("Debt fell by 2 percentage points.", "Debt fell from 9 to 4 percent.", "a fall of 5 percentage points"),
        ("Exports rose 20 percent.", "Exports rose from 50 to 70 euros.", "a rise of 40 %"),
        ("The motion failed by 6 votes.", "The motion failed, 22 votes to 18.", "22 votes to 18, a margin of 4"),
    ],
)
def test_what_was_worked_out_is_told(claim: str, evidence: str, words: str) -> None:
    [explanation] = [item.explanation for item in compare(claim, evidence) if item.kind == "figure"]
    assert words in explanation


def test_the_measures_that_say_so_come_with_the_relation() -> None:
    [score], [other] = find_figures("The motion failed, 18 to 22."), find_figures("The motion failed, 19 to 22.")
    relation, mine, its = relate_figures(score, other)
    assert (relation, said(mine), said(its)) == (Relation.DIFFERS, "18 to 22 score", "19 to 22 score")
    relation, mine, its = relate_figures(score, score)
    assert (relation, said(mine), said(its)) == (Relation.EQUAL, "18 to 22 score", "18 to 22 score")
    [reverse] = find_figures("The motion failed, 22 to 18.")
    relation, mine, its = relate_figures(score, reverse)
    assert (relation, said(mine), said(its)) == (Relation.EQUAL, "18 to 22 score", "22 to 18 score")
    [votes] = find_figures("The motion failed by 4 votes.")
    relation, mine, its = relate_figures(score, votes)
    assert (relation, said(mine), said(its)) == (Relation.EQUAL, "4 margin", "4 approv margin")


@pytest.mark.parametrize(
    ("text", "change"), [("Prices rose 5 percent.", True), ("Prices doubled.", True), ("Turnout was 5 percent.", False)]
)
def test_a_figure_knows_whether_it_is_a_change(text: str, change: bool) -> None:
    assert [figure.is_change for figure in find_figures(text)] == [change]


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("Elba lent six Hera and six Varn ferries.", {"six Hera and six": "12 ferri part"}),
        ("Elba lent two ferries and two other ships.", {"two ferries and two": "4 ship part"}),
        ("Of 3 docks, Elba lent six Hera and four Varn ferries.", {"six Hera and four": "10 ferri part"}),
        ("Elba lent six Hera and six of them.", {}),
        ("Elba lent £6 Hera and six Varn ferries.", {}),
        ("Elba lent six Hera and 6 tons of ferries.", {}),
        ("Two swam and two other ships sank.", {}),
        ("Elba lent two ferries and two ships.", {}),
        ("Elba lent two ferries, two other ships.", {}),
    ],
)
def test_only_what_is_of_one_kind_is_added_up(text: str, sums: dict[str, str]):
    found = find_sums(text)
    assert {text[slice(*figure.span)]: said(figure.measures[0]) for figure in found} == sums
    assert all(measure.derived for figure in found for measure in figure.measures)
