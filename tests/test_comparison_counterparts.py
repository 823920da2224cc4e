"""Which figure, date or name of the evidence each one of a claim is set against, and when a difference is said."""

from __future__ import annotations

import pytest

from factcheck.comparison.compare import compare


def found(claim: str, evidence: str, **options: str) -> list[tuple[str, str, str, str]]:
    """Return kind, words, relation and words of the evidence of each comparison."""
    comparisons = compare(claim, evidence, **options)
    return [(item.kind, item.claim_words, item.relation.value, item.evidence_words) for item in comparisons]


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        pytest.param(
            "Floods killed 40 people.",
            "Floods hurt 40 people in Ghent. Floods killed 40 people.",
            ("40", "equal", 46),
            id="the one in the more similar sentence",
        ),
        pytest.param(
            "Floods killed 40 people.",
            "Floods killed 12 people, and floods killed about 40 people.",
            ("40", "compatible", 43),
            id="one that agrees rather than one that differs",
        ),
        pytest.param("Floods killed 40 people.", "The floods are over.", ("40", "unrelated", None), id="none"),
    ],
)
def test_a_figure_is_set_against_its_best_counterpart(
    claim: str, evidence: str, expected: tuple[str, str, int | None]
) -> None:
    [item] = compare(claim, evidence)
    start = item.evidence_span[0] if item.evidence_span else None
    assert (item.claim_words, item.relation.value, start) == expected
    assert (item.evidence_words == "") == (start is None)


@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        pytest.param(
            "The museum had 900 visitors in 2015.",
            "The museum had 700 visitors in 2014.",
            "unrelated",
            id="other years",
        ),
        pytest.param(
            "The museum had 900 visitors in 2015.", "The museum had 700 visitors in 2015.", "differs", id="one year"
        ),
        pytest.param(
            "The museum had 900 visitors.", "The museum had 700 visitors in 2014.", "differs", id="a year on one side"
        ),
        pytest.param(
            "The museum had 900 visitors in 2014.", "The museum had 700 visitors.", "differs", id="on the other side"
        ),
        pytest.param(
            "The clinic vaccinated 900 children.",
            "Measles kept 900 children at home.",
            "equal",
            id="one count of a noun",
        ),
        pytest.param(
            "The clinic vaccinated more than 900 children.",
            "Measles kept 950 children at home.",
            "unrelated",
            id="merely possible, of other things",
        ),
        pytest.param(
            "The clinic spent 12,345 euros.",
            "Builders of a pier earned 12,345 euros.",
            "equal",
            id="one precise figure",
        ),
        pytest.param(
            "The clinic spent 12 euros.", "Builders of a pier earned 12 euros.", "unrelated", id="one imprecise figure"
        ),
        pytest.param(
            "The clinic in Ghent spent 12 euros.",
            "The clinic in Ghent earned 12 euros.",
            "equal",
            id="likely one thing",
        ),
        pytest.param(
            "The clinic in Ghent spent about 12 euros.",
            "The clinic in Ghent earned 12.40 euros.",
            "compatible",
            id="likely one thing, and possible",
        ),
        pytest.param(
            "The clinic in Ghent spent 12 euros.", "The clinic in Ghent earned 19 euros.", "unrelated", id="only likely"
        ),
        pytest.param("40 young trees fell.", "52 old trees fell.", "unrelated", id="other modifiers"),
        pytest.param("Sales rose by 12 percent.", "Sales fell by 12 percent.", "differs", id="up and down"),
    ],
)
def test_figures_are_held_against_each_other_only_if_they_are_of_one_thing(
    claim: str, evidence: str, relation: str
) -> None:
    assert [its for kind, _, its, _ in found(claim, evidence) if kind == "figure"] == [relation]


@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        pytest.param(
            "The port handled 31 ships in 2019.", "The port handled 31 ships in 2018.", "differs", id="one figure"
        ),
        pytest.param(
            "The port handled 31 ships in 2019.", "The port handled 44 ships in 2018.", "unrelated", id="another figure"
        ),
        pytest.param("The port opened in 2019.", "The port opened in 2018.", "differs", id="no figure"),
        pytest.param(
            "The port opened on 3 May 2019.", "A storm broke on 3 May 2019.", "equal", id="one day, of other things"
        ),
        pytest.param(
            "The port opened on 3 May 2019.", "A storm broke in May 2019.", "unrelated", id="its month, of other things"
        ),
        pytest.param("The port opened in May 2019.", "A storm broke in May 2019.", "unrelated", id="one month"),
        pytest.param(
            "The port of Ghent opened in May 2019.",
            "The port of Ghent closed in May 2019.",
            "equal",
            id="likely one thing",
        ),
        pytest.param(
            "The port of Ghent opened in May 2019.",
            "The port of Ghent closed in May 2018.",
            "unrelated",
            id="only likely",
        ),
    ],
)
def test_dates_are_held_against_each_other_only_if_all_else_agrees(claim: str, evidence: str, relation: str) -> None:
    assert [its for kind, _, its, _ in found(claim, evidence) if kind == "date"] == [relation]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Chancellor Robert Gates cut 40 jobs.", "Gates cut 30 jobs."),
        ("Gates cut 40 jobs.", "Chancellor Robert Gates cut 30 jobs."),
        ("The ECB with Ana Prado trained 40 doctors.", "The European Central Bank with Ana Prado trained 30 doctors."),
        ("The European Central Bank with Ana Prado trained 40 doctors.", "The ECB with Ana Prado trained 30 doctors."),
    ],
)
def test_a_fuller_name_of_the_same_makes_no_other_subject(claim: str, evidence: str) -> None:
    assert [relation for kind, _, relation, _ in found(claim, evidence) if kind == "figure"] == ["differs"]


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        (
            "Peter Hall directed the film.",
            "The film was directed by Ruth Lang.",
            [("Peter Hall", "differs", "Ruth Lang")],
        ),
        ("Peter Hall directed the film.", "The film is long.", [("Peter Hall", "unrelated", "")]),
        (
            "Peter Hall directed the film with R. Lang.",
            "Ruth Lang directed the film.",
            [("Peter Hall", "unrelated", ""), ("R. Lang", "compatible", "Ruth Lang")],
        ),
        ("Exports are high.", "Imports are low.", []),
        ("Gates spoke.", "Robert Gates spoke.", [("Gates", "equal", "Robert Gates")]),
        ("Robert Gates spoke.", "Gates spoke.", [("Robert Gates", "equal", "Gates")]),
    ],
)
def test_a_name_stands_against_the_same_or_one_in_its_place(
    claim: str, evidence: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [
        (words, relation, its) for kind, words, relation, its in found(claim, evidence) if kind == "name"
    ] == expected


def test_what_the_document_is_about_is_known_only_from_its_title() -> None:
    claim, evidence = "The Hera carried 40 guns.", "The ship carried 30 guns."
    assert found(claim, evidence, title="Hera")[-1][2] == "differs"
    assert found(claim, evidence)[-1][2] == "unrelated"


@pytest.mark.parametrize(
    ("claim", "evidence", "rivalled"),
    [
        ("The barges carried 850 sailors.", "About 550 sailors came home on boats lent by others.", True),
        ("The barges carried 850 sailors.", "The barges carried 850 sailors.", False),
        ("The barges carried 850 sailors.", "The barges carried 40 tonnes of coal.", False),
        ("The barges left on 4 May 1998.", "Other boats had been painted on 9 May 1998.", True),
    ],
)
def test_another_figure_that_may_be_in_the_same_place_is_noticed(claim: str, evidence: str, rivalled: bool) -> None:
    assert [item.rivalled for item in compare(claim, evidence) if item.kind != "name"] == [rivalled]
