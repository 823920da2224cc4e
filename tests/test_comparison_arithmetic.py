"""Change and shares that a claim states and that have to be worked out from the evidence's figures."""

from __future__ import annotations

import datetime as dt

import pytest

from factcheck.comparison.compare import Comparison, Relation, compare
from factcheck.comparison.substitution import corrections


def figures(claim: str, evidence: str) -> list[Comparison]:
    found = compare(claim, evidence, claim_date=dt.date(2024, 11, 20), evidence_date=dt.date(2024, 11, 1))
    return [item for item in found if item.kind == "figure"]


@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        # In brackets, as accounts have it.
        ("Orders for new trams fell by nearly a quarter.", "Orders for new trams: €312m (€410m)", "compatible"),
        ("Orders for new trams grew by nearly a quarter.", "Orders for new trams: €312m (€410m)", "differs"),
        ("Orders for new trams fell by nearly a quarter.", "Repairs of old buses: €312m (€410m)", "unrelated"),
        ("Orders for new trams fell to €312m.", "Orders for new trams: €312m (€410m)", "equal"),
        ("Orders for new trams swelled to €312m.", "Orders for new trams: €312m (€410m)", "differs"),
        ("The fee was almost halved.", "The fee: 12.4p (23.9p)", "compatible"),
        ("The cash pile shrank to $58.4m.", "Cash pile at 31 March: $58.4m (previous year: $49.1m)", "differs"),
        ("The cash pile grew to $58.4m.", "Cash pile at 31 March: $58.4m (previous year: $49.1m)", "equal"),
        ("The mill sold a fifth more flour.", "The mill sold 1,320 tonnes (2022: 1,100) of flour.", "equal"),
        # Not what it had been: another thing, another currency, a loss after a profit, no label.
        ("The loss fell by a third.", "Loss before tax: £24m (profit of £36m)", "unrelated"),
        ("The price fell by a third.", "The price: £24m ($36m)", "unrelated"),
        ("The crew shrank by a third.", "A crew of £24m (£36m) is no crew.", "unrelated"),
        ("Profit fell to £41.7m.", "Revenue: £98.2m (£90.0m)", "unrelated"),
        # Changes in brackets are no levels.
        ("Sales of fuel rose by 3.1%.", "Sales of fuel: +3.1% (+2.2%)", "equal"),
        ("Sales of fuel rose by 3.1%.", "Sales of fuel: -3.1% (+2.2%)", "differs"),
        # Compared in so many words.
        ("The park has almost trebled its bears.", "The park has 58 bears, up from 20 in 2015.", "compatible"),
        ("The park has doubled its bears.", "The park has 88 bears, up from 20 in 2015.", "differs"),
        ("The reservoir is half as deep again.", "The reservoir is 36 metres deep, compared with 24 before.", "equal"),
        ("The reservoir is a third deeper.", "The reservoir has 36 gates, compared with 24 at Ulm.", "unrelated"),
        ("The library lost one reader in nine.", "The library had 41,100 readers, against 46,200 in 2021.", "equal"),
        ("The library lost one reader in five.", "The library had 41,100 readers, against 46,200 in 2021.", "differs"),
        ("The rent rose by a tenth.", "The rent rose to 440 euros from 400 euros a year earlier.", "equal"),
        ("The toll was a quarter higher.", "The toll was 20 euros, against 16 in the previous year.", "equal"),
        ("The toll was nearly a quarter bigger.", "The toll was 20 euros, against 10 in 2021.", "differs"),
        ("The toll rose by a third.", "The toll was 20 euros, against 15 for lorries.", "unrelated"),
        ("The rent of flats rose a tenth.", "The rent of shops rose from 2,000 to 2,600 euros.", "unrelated"),
        # What is left of it.
        (
            "Plum exports were about half of what they had been.",
            "Plum exports: 41 tonnes (2022: 84 tonnes)",
            "compatible",
        ),
        ("Plum exports were a tenth of what they had been.", "Plum exports: 41 tonnes (2022: 84 tonnes)", "differs"),
    ],
)
def test_a_change_is_worked_out_from_now_and_before(claim: str, evidence: str, relation: str) -> None:
    assert [item.relation for item in figures(claim, evidence)] == [relation]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        (
            "The library lent almost 4,500 maps in 2022, roughly an eighth more than in 2021.",
            "The library lent 4,471 maps, against 3,975 in 2021 and 3,802 in 2020, a rise of 12.5% on the year.",
        ),
        (
            "The mill ground 4,471 tonnes in 2022, up by about an eighth from a year earlier.",
            "The mill ground 4,471 tonnes, compared with 3,975 tonnes in 2021, when the north wing was shut.",
        ),
        (
            "The mill used 1.26 terawatt-hours in 2022, about a quarter more than in the previous year.",
            "The mill used 1.26 terawatt-hours, compared with 1.01 TWh in 2021, when the north wing was shut.",
        ),
    ],
)
def test_the_time_before_is_no_rival_of_the_time_that_follows_it(claim: str, evidence: str) -> None:
    found = compare(claim, evidence)
    assert not any(item.rivalled for item in found)
    assert all(item.relation.agrees for item in found if item.kind == "figure")


@pytest.mark.parametrize(
    "claim",
    [
        "The mill ground 3,975 tonnes in 2022.",  # what had been before
        "The mill ground 4,471 tonnes in 2019.",
        "The mill ground more than 4,400 tonnes in 2022, up from 3,102 in 2018.",
    ],
)
def test_another_time_than_that_of_the_evidence_is_held_against_a_claim(claim: str) -> None:
    found = compare(claim, "The mill ground 4,471 tonnes, compared with 3,975 tonnes in 2021.")
    assert any(item.kind == "date" and (item.rivalled or item.relation == Relation.DIFFERS) for item in found)


def test_what_a_change_began_with_at_another_time_is_not_held_against_it() -> None:
    evidence = "The mill ground 4,471 tonnes, compared with 3,975 tonnes in 2021."
    items = figures("The mill ground more than 4,400 tonnes in 2022, a half more than in 2015.", evidence)
    assert Relation.DIFFERS not in [item.relation for item in items]


def test_a_figure_near_a_hedged_one_leaves_no_rival() -> None:
    evidence = "In all, 8,420 people were resettled from the delta. The first study had foreseen 6,700 people."
    items = figures("More than 8,400 people lost their homes, about a quarter more than engineers thought.", evidence)
    assert [item.rivalled for item in items] == [False, False]
    items = figures("More than 9,400 people lost their homes, about a quarter more than engineers thought.", evidence)
    assert [item.rivalled for item in items] == [True, False]


_WIRED = "Of 40 barns 71 percent were wired. In the delta 62 percent of the farms have a well."


@pytest.mark.parametrize(
    ("claim", "evidence", "relations"),
    [
        ("Every farm in the delta has a well.", _WIRED, ["differs"]),
        ("None of the farms in the delta has a well.", _WIRED, ["differs"]),
        ("All of the barges sank.", "Nine of the eleven barges sank.", ["differs"]),
        ("Each of the barges sank.", "Nine of the eleven barges sank.", ["differs"]),
        ("All the barges sank.", "Eleven of the eleven barges sank.", ["equal"]),
        ("None of the barges sank.", "Nine of the eleven barges sank by more than ten metres.", ["differs"]),
        # Not all, or not yet, or not these, or not that.
        ("Not every farm in the delta has a well.", _WIRED, []),
        ("Nearly every farm in the delta has a well.", _WIRED, []),
        ("Every farm in the delta will have a well.", _WIRED, []),
        ("All but the last of the barges sank.", "Nine of the eleven barges sank.", []),
        ("Every house in the delta has a well.", _WIRED, []),
        ("Every farm in the upper delta has a well.", _WIRED, []),
        ("In the upper delta, every farm has a well.", _WIRED, []),
        ("Every farm has a well.", "62 percent of the farms have a deep well.", []),
        ("None of the farms has a well.", "62 percent of the farms have no well.", []),
        ("All of the barges sank.", "Nine of the eleven barges sank by more than ten metres.", []),
        ("All of the old barges sank.", "Nine of the eleven barges sank.", []),
        ("All of the twelve barges sank.", "Nine of the eleven barges sank.", ["differs"]),  # twelve and eleven
        ("The barges sank after all the storms.", "Nine of the eleven barges sank.", []),
        ("Every one of them in the delta has a well.", _WIRED, []),
    ],
)
def test_all_and_none_are_held_against_shares(claim: str, evidence: str, relations: list[str]) -> None:
    assert [item.relation for item in figures(claim, evidence)] == relations


def test_all_against_a_part_of_a_whole_is_worked_out() -> None:
    [item] = figures("All of the barges sank.", "Nine of the eleven barges sank.")
    assert item.explanation == "the claim gives All; the evidence gives Nine of eleven, 81.8 %"
    assert item.worked_out
    [item] = figures("Every farm in the delta has a well.", _WIRED)
    assert item.worked_out


def test_a_level_reached_the_other_way_is_explained() -> None:
    [item] = figures("Orders for trams swelled to €312m.", "Orders for trams: €312m (€410m)")
    assert item.explanation == "the claim gives €312m, a rise; the evidence gives €410m → €312m, a fall of 23.9 %"
    assert item.worked_out


def test_what_a_change_is_of_is_not_taken_from_a_title() -> None:
    claim, title = "The school budget of Oster is almost a fifth bigger.", "The school budget of Oster"
    [item] = compare(claim, "Pensions are its largest item. They rose from $71m to $108m.", title=title)[:1]
    assert item.relation == Relation.UNRELATED


def test_what_a_claim_says_itself_is_not_worked_out() -> None:
    [item] = figures("Orders for trams came to €312m.", "Orders for trams: €312m (€410m)")
    assert (item.relation, item.worked_out) == (Relation.EQUAL, False)


@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        ("Most of them were unhurt.", "Thirty-six sailors were rescued, nine of them unhurt.", "differs"),
        ("Most of them were unhurt.", "Thirty-six sailors were rescued, 31 of them unhurt.", "compatible"),
        (
            "The bulk of the grants went to Oskey.",
            "It awards eight grants: five to Marl, two to Oskey and one to Tarn.",
            "differs",
        ),
        (
            "The bulk of the grants went to Marl.",
            "It awards eight grants: five to Marl, two to Oskey and one to Tarn.",
            "compatible",
        ),
        (
            "The bulk of the grants went to Marl.",
            "It awards nine grants: two to Marl, two to Oskey and one to Tarn.",
            "unrelated",
        ),
        (
            "Four fifths of that came from the lottery.",
            "The hall cost £9m. Of this sum, £2m came from the lottery.",
            "differs",
        ),
        (
            "Four fifths of that came from the town.",
            "The hall cost £9m. Of this sum, £1.8m came from the lottery and £7.2m from the town.",
            "equal",
        ),
        ("Two thirds of the judges voted for it.", "Six of the nine judges voted for it.", "equal"),
        (
            "Half of passengers bought tickets online.",
            "In 2015, 31 percent of passengers bought tickets online.",
            "unrelated",
        ),
        (
            "Half of passengers bought tickets online.",
            "In March 2024, 31 percent of passengers bought tickets online.",
            "differs",
        ),
        ("Barely half of pupils passed.", "Of all pupils 51 per cent passed.", "compatible"),
        ("Well over half of pupils passed.", "Of all pupils 51 per cent passed.", "differs"),
        ("The orchard is sixty-odd years old.", "The orchard is 64 years old.", "compatible"),
        ("The orchard is sixty-odd years old.", "The orchard is 57 years old.", "differs"),
        ("The orchard has 20 in 2015.", "The orchard has one percent.", "unrelated"),
    ],
)
def test_a_share_is_worked_out_from_a_part_and_its_whole(claim: str, evidence: str, relation: str) -> None:
    assert [item.relation for item in figures(claim, evidence)] == [relation]


def test_parts_of_nothing_have_no_share() -> None:
    assert [
        item.relation for item in figures("Most of the grants went to Marl.", "No grants: 0 to Marl, 0 to Oskey.")
    ] == ["unrelated"]


def test_a_share_of_as_many_others_is_another_share() -> None:
    items = figures("Eighty were rescued, most of them unhurt.", "Thirty-six were rescued, nine of them unhurt.")
    assert [item.relation for item in items] == ["unrelated", "unrelated"]


@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        (
            "The panel's choice of the bid was unanimous.",
            "The panel's choice of the bid fell by four votes to one.",
            "differs",
        ),
        ("The panel rejected the bid unanimously.", "The panel rejected the bid by five votes to none.", "equal"),
        (
            "Members rejected the offer by roughly three to one.",
            "Members rejected the offer, 1,204 votes to 415.",
            "compatible",
        ),
        (
            "Members rejected the offer by more than three to one.",
            "Members rejected the offer, 1,204 votes to 815.",
            "differs",
        ),
    ],
)
def test_a_ballot_says_how_many_were_of_another_mind(claim: str, evidence: str, relation: str) -> None:
    assert [item.relation for item in figures(claim, evidence)] == [relation]


def test_as_many_votes_as_members_are_of_one_ballot() -> None:
    evidence = "By four votes to three the court holds that the dam should stand without a permit for the owners."
    items = figures("The seven judges of the court were of one mind that the dam in question may stand.", evidence)
    assert [item.relation for item in items] == ["unrelated", "differs"]
    items = figures("The nine judges of the court were of one mind that the dam in question may stand.", evidence)
    assert [item.relation for item in items] == ["unrelated", "unrelated"]


@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        (
            "The quarry had an output of 640,000 tonnes in 2022.",
            "Year: 2022; Quarry output (thousand tonnes): 640; Staff: 31",
            "equal",
        ),
        (
            "The quarry had an output of 812,000 tonnes in 2022.",
            "Year: 2022; Quarry output (thousand tonnes): 640; Staff: 31",
            "differs",
        ),
        (
            "The quarry had an output of 812,000 tonnes.",
            "Year: 2019; Quarry output (thousand tonnes): 640; Staff: 31",
            "unrelated",
        ),
        ("The debt came to $640 million.", "Staff: 31; Budget ($ million): 640; Debt ($ million): 588", "differs"),
        ("The debt came to $588 million.", "Staff: 31; Budget ($ million): 640; Debt ($ million): 588", "equal"),
        ("Ilse Marr won 43.2 percent of the vote.", "Candidate: Ilse Marr; Votes: 12,404; Percent: 43.2", "equal"),
        ("Ilse Marr won 48.2 percent of the vote.", "Candidate: Ilse Marr; Votes: 12,404; Percent: 43.2", "differs"),
        ("The choir of Aldry had 52 members in 2013.", "Choir: Aldry; 2012: 41; 2013: 52.", "equal"),
        ("The choir of Aldry had 62 members in 2013.", "Choir: Aldry; 2012: 41; 2013: 52.", "differs"),
        ("The choir of Aldry had 41 members in 2013.", "Choir: Aldry; 2012: 41; 2013: 52.", "differs"),
        ("The choir of Best had 41 members in 2013.", "Choir: Aldry; 2012: 41; 2013: 52.", "unrelated"),
        ("In May 2013 the choir of Aldry had 62 members.", "Choir: Aldry; 2012: 41; 2013: 52.", "unrelated"),
        ("The choir of Aldry had 52,000 members in 2013.", "Choir: Aldry; 2012: 41; 2013: 52.", "unrelated"),
        ("The choir of Aldry had 41 members in 2014.", "Choir: Aldry; 2012: 41; 2013: 52.", "unrelated"),
        (
            "Hove had 310 tonnes in 2023.",
            "Port: Hove; 2022 (tonnes): 310; 2023 (tonnes): 290",
            "differs",
        ),
        ("Hove had 290 tonnes in 2023.", "Port: Hove; 2022 (tonnes): 310; 2023 (tonnes): 290", "equal"),
        ("Ward 3 had 91 spoiled ballots.", "Ward: Ward 5; Electorate: 3,119; Spoiled ballots: 37", "unrelated"),
        ("Ward 3 had 91 spoiled ballots.", "Ward: Ward 3; Electorate: 3,119; Spoiled ballots: 37", "differs"),
        ("Ward X had 37 spoiled ballots.", "Ward: Ward R; Electorate: 3,119; Spoiled ballots: 37", "unrelated"),
        ("Ilse Marr had 12,404 votes.", "Candidate: Ilse Marr; Votes: 12,404; Percent: 43.2", "equal"),
        ("Ilse Marr had 14,404 votes.", "Candidate: Ilse Marr; Votes: 12,404; Percent: 43.2", "differs"),
        ("Some 169 ballots were spoiled in Hove.", "Ward: Hove; Electorate: 4,444; Spoiled ballots: 129", "differs"),
        ("Hove had 169 spoiled ballots.", "Ward: Hove; Electorate: 4,444; Spoiled ballots: 129", "differs"),
        ("Hove had 169 postal ballots.", "Ward: Hove; Electorate: 4,444; Spoiled ballots: 129", "unrelated"),
        ("Hove has an electorate of 5,444.", "Ward: Hove; Electorate: 4,444; Spoiled ballots: 129", "differs"),
        ("The town has a population of 5,444.", "The town has a population of 4,444.", "differs"),
        ("Ilse Marr won 48.2 percent of the vote.", "Candidate: Otto Benn; Votes: 12,404; Percent: 43.2", "unrelated"),
    ],
)
def test_a_cell_has_the_unit_of_its_header(claim: str, evidence: str, relation: str) -> None:
    assert [item.relation for item in figures(claim, evidence)][-1:] == [relation]


def test_a_place_named_only_in_the_title_is_not_another_named_there() -> None:
    evidence = "At Lower Lock the June mean was 61 cubic metres."
    claim = "In June the Orne at Upper Lock averaged 39 cubic metres."
    assert corrections(claim, evidence, title="The Orne at Upper Lock and Lower Lock") == {}


WAITS = "Indicator: Median wait (minutes); 2020: 38; 2021: 34; 2022: 41; 2023: 45; 2024: 48."
LANDED = "The ports landed 161,315 tonnes in 2023 and 151,420 tonnes in 2024."
STAFF = "Region: Hove; Vacancy rate, 2024 (%): 14.0; Vacancy rate, 2023 (%): 12.1."


@pytest.mark.parametrize(
    ("claim", "evidence", "relation", "told"),
    [
        ("The median wait is 14 minutes longer than it was in 2021.", WAITS, "equal", ""),
        ("The median wait was 48 minutes in 2024.", f"What: Beds (thousands); 2023: 2; 2024: 3. {WAITS}", "equal", ""),
        (
            "The median wait is 24 minutes longer than it was in 2021.",
            WAITS,
            "differs",
            "34 → 48, a rise of 14 minutes",
        ),
        ("The median wait rose by three minutes in 2024.", WAITS, "equal", ""),
        ("The median wait fell by three minutes in 2024.", WAITS, "differs", "45 → 48, a rise of 3 minutes"),
        ("The median wait rose by four minutes in 2023.", WAITS, "equal", ""),
        ("The median wait rose by five minutes.", WAITS, "differs", "45 → 48, a rise of 3 minutes"),  # the last change
        ("The median wait was 45 minutes in 2024.", WAITS, "differs", "48"),
        ("The median wait fell to 48 minutes in 2024.", WAITS, "differs", "45 → 48, a rise of 6.67 %"),
        ("The median wait rose to 48 minutes in 2024.", WAITS, "equal", ""),
        ("The median wait was 48 minutes in 2021.", WAITS, "differs", "34"),
        ("The median wait was 45 minutes.", WAITS, "differs", "48"),  # what is not dated is of the last year
        ("The ports landed 6 per cent less than in 2023.", LANDED, "equal", ""),
        ("The ports landed 9 per cent less than in 2023.", LANDED, "differs", "a fall of 6.13 %"),
        ("The vacancy rate in Hove rose by 1.9 percentage points in 2024.", STAFF, "equal", ""),
        (
            "Visits to Hove were 9,310 in 2024.",
            "Clinic: Hove; Visits, 2023: 9,310; Visits, 2024: 8,120.",
            "unrelated",
            "",
        ),
        ("Visits to Hove were 9,310 in 2023.", "Clinic: Hove; Visits, 2023: 9,310; Visits, 2024: 8,120.", "equal", ""),
        ("Lodden moved two places up the table.", "Port: Lodden; 2023: 905; 2024: 1,345.", "unrelated", ""),
    ],
)
def test_what_is_given_for_several_years_tells_how_it_changed(
    claim: str, evidence: str, relation: str, told: str
) -> None:
    figure = next(one for one in compare(claim, evidence) if one.kind == "figure")
    assert figure.relation == relation
    assert told in figure.explanation


DEAD = "Twelve people died in Hove, nine in Oslo and seven in Ulm."
GRANTS = "The largest, $3.2 million, goes to Fort Dawes, followed by $2.7 million to Redwater and $2.4 million to Ulm."


@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        ("Nine people died in Oslo.", DEAD, "equal"),
        ("Nine people died in Ulm.", DEAD, "differs"),
        ("Nine people died.", DEAD, "equal"),
        ("Nine people died in Rome.", DEAD, "unrelated"),
        ("The biggest grant, $3.2 million, goes to Redwater.", GRANTS, "differs"),
        ("The biggest grant, $3.2 million, goes to Fort Dawes.", GRANTS, "equal"),
        ("Grants of $5.9 million go to Redwater and Fort Dawes.", GRANTS, "unrelated"),
        ("Ada King had 12 votes.", "Ada King got 12 votes and Jan Berg nine.", "equal"),
        ("Jan Berg had 12 votes.", "Ada King got 12 votes and Jan Berg nine.", "differs"),
        ("Hove has 30 schools.", "The watchdog Ofsted said 12 of Hove's 30 schools failed.", "equal"),
    ],
)
def test_a_figure_of_an_enumeration_is_of_the_one_it_is_given_for(claim: str, evidence: str, relation: str) -> None:
    assert next(one for one in compare(claim, evidence) if one.kind == "figure").relation == relation


@pytest.mark.parametrize(
    ("claim", "title", "rivalled"),
    [
        (
            "At the election of May 2019, turnout in Hove was 34 per cent.",
            "Results of the election of 4 May 2023",
            True,
        ),
        (
            "At the election of May 2023, turnout in Hove was 34 per cent.",
            "Results of the election of 4 May 2023",
            False,
        ),
        ("At the election of May 2019, turnout in Hove was 34 per cent.", "Results of elections", False),
    ],
)
def test_what_names_no_date_is_of_the_years_that_it_stands_under(claim: str, title: str, rivalled: bool) -> None:
    found = compare(claim, "Ward: Hove; Electorate: 4,444; Turnout (per cent): 34.", title=title)
    assert any(item.rivalled for item in found if item.kind == "date") == rivalled
    assert next(item for item in found if item.kind == "figure").worked_out != rivalled
