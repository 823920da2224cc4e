"""Evidence that dates itself by its weekday, or a sentence before, is read for the day that it means."""

from datetime import date

import pytest

from factcheck.comparison.compare import compare
from factcheck.models.encoder import Encoder
from factcheck.models.nli import NliModel
from factcheck.records import Claim, Evidence, Passage, Source, Stance
from factcheck.verification.citation import stands_in
from factcheck.verification.local import LocalVerifier

#: 12 March 2019 was a Tuesday.
NEWS = "Harbour staff walked out on Tuesday over pay. The walkout left two ferries at the quay."
MINUTES = "Ten members of the port council voted for the new pier. The coffee was cold. It was 12 March 2019."


@pytest.fixture(scope="module")
def verifier() -> LocalVerifier:
    return LocalVerifier(NliModel(), Encoder())


def passage(text: str, published: date | None = None) -> Passage:
    source = Source(id="port", title="From the port", published=published)
    return Passage(source=source, text=text, start=0, end=len(text))


def read(verifier: LocalVerifier, text: str, found: Passage) -> list[Evidence]:
    asked = Claim(id="c", text=text, quote=text, start=0, end=1, line=1, check_worthiness=1)
    return verifier.assess([(asked, [found])])[0]


def stances(verifier: LocalVerifier, text: str, found: Passage) -> set[Stance]:
    return {item.stance for item in read(verifier, text, found) if item.confidence > 0.65}


def test_a_weekday_is_read_against_the_day_of_publication_and_cited_as_it_stands(verifier: LocalVerifier) -> None:
    news = passage(NEWS, date(2019, 3, 13))
    best = read(verifier, "Harbour staff walked out on 12 March 2019.", news)[0]
    assert best.stance == Stance.SUPPORTS
    assert best.confidence > 0.65
    assert stands_in(best, [news])
    assert "on Tuesday" in best.quote
    assert Stance.SUPPORTS not in stances(verifier, "Harbour staff walked out on 14 March 2019.", news)
    assert not stances(verifier, "Harbour staff walked out on 12 March 2019.", passage(NEWS))


@pytest.mark.parametrize(
    ("after", "day", "expected"),
    [
        ("", "12 March 2019", {Stance.SUPPORTS}),
        ("", "11 March 2019", set()),
        (" The spring fair was on 20 March 2019.", "12 March 2019", set()),
    ],
)
def test_a_sentence_is_of_the_one_day_that_its_document_names(
    verifier: LocalVerifier, after: str, day: str, expected: set[Stance]
) -> None:
    found = stances(
        verifier, f"Ten members of the port council voted for the new pier on {day}.", passage(MINUTES + after)
    )
    assert found - {Stance.CONTRADICTS} == expected


def test_a_weekday_of_the_evidence_is_compared_as_the_day_it_is() -> None:
    text = "Harbour staff walked out on {} over pay."
    same, other = (
        compare(text.format(day), text.format("Tuesday"), evidence_date=date(2019, 3, 13))[0]
        for day in ("12 March 2019", "11 March 2019")
    )
    assert same.relation == "equal"
    assert other.relation == "differs"
    assert "the evidence says Tuesday (12 March 2019)" in other.explanation
