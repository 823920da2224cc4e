"""A claim's text is a whole, true-to-the-article sentence: garbling it is worse than leaving it as it stands."""

import datetime as dt
import re

import pytest

from factcheck.extraction.local import LocalExtractor
from factcheck.models.encoder import Encoder
from factcheck.records import Article, Claim

DANGLING = re.compile(
    r"\b(?:to|of|for|that|whether|if|over|as|by|with|and|or|but|saying|telling|adding|suggesting|warning|insisting"
    r"|claiming|arguing|including|between)[\s,]*\.?$",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def extractor() -> LocalExtractor:
    return LocalExtractor(Encoder())


def claims_of(text: str, extractor: LocalExtractor) -> list[Claim]:
    article = Article.from_text(text, date=dt.date(2014, 5, 8))
    return list(extractor.extract(article).claims)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor Anna Keller issued a rebuke of Councillor Mark Novak on Tuesday, saying that using"
        " a word like “traitor” is unacceptable.",
        "On Monday, Mark Novak railed against the bridge toll, likening it to “highway robbery.”",
        "Anna Keller appeared to link the toll to the harbour dispute, suggesting that it proved"
        " the town was right to buy the land.",
        "Even as the town vows to give up the lease, there was discord in the region over whether"
        " it should be sold to a fund.",
        "It was unclear on Tuesday whether Mark Novak’s protest was posturing or if it signalled"
        " regret about the vote.",
        "There have been “real floods” that are “destroying homes and killing cattle,” and that"
        " should not be allowed to happen, Novak said.",
        "The town council, which met on Tuesday, told Governor Tomas Lindqvist that the dam is the"
        " best way to avoid floods.",
    ],
)
def test_no_claim_is_cut_off_or_a_fragment(sentence: str, extractor: LocalExtractor) -> None:
    for claim in claims_of(sentence, extractor):
        assert not DANGLING.search(claim.text), claim.text
        opened = re.match(r"(?:that|which|who|whether|if|or|and|to)\b", claim.text, re.IGNORECASE)
        assert not (opened and claim.states_fact), claim.text
        assert len(claim.text.split()) >= 4, claim.text


def test_he_said_is_the_last_speaker_and_not_the_last_name(extractor: LocalExtractor) -> None:
    text = (
        "Governor Tomas Lindqvist said the dam held. “The flood was caused by Mark Novak,” Lindqvist said.\n\n"
        "He said most of the pumps were out of order by 5 May."
    )
    speakers = [claim.attribution.speaker for claim in claims_of(text, extractor) if claim.attribution]
    assert set(speakers) == {"Tomas Lindqvist"}


def test_a_possessive_goes_with_its_own_clause_or_stays(extractor: LocalExtractor) -> None:
    text = (
        "Governor Tomas Lindqvist met Mayor Anna Keller and Councillor Mark Novak.\n\n"
        "“The view voiced by the mayor is nothing other than her personal opinion,” a spokesman for Lindqvist said."
    )
    for claim in claims_of(text, extractor):
        assert "Lindqvist’s personal opinion" not in claim.text
        assert "Novak’s personal opinion" not in claim.text
