"""Corrected claims: one figure, date or name of the evidence in the place of the claim's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.comparison.substitution import LONGEST, MOST, corrections
from factcheck.models.encoder import Encoder
from factcheck.models.nli import NliModel
from factcheck.records import Claim, Flag, Passage, Source, Stance, Verdict
from factcheck.verification.finding import conclude
from factcheck.verification.local import LocalVerifier


@pytest.mark.parametrize(
    ("claim", "evidence", "corrected"),
    [
        ("The port of Elba has five cranes.", "Elba had seven cranes.", ["The port of Elba has seven cranes."]),
        ("The Hera sank on 3 May 1911.", "On 5 May 1911 the Hera sank.", ["The Hera sank on 5 May 1911."]),
        ("Ana Ruiz opened Elba Pier.", "Elba Pier was opened by Karl Lind.", ["Karl Lind opened Elba Pier."]),
        (
            "The cranes of Elba number five.",
            "Elba had two docks and seven cranes.",
            ["The cranes of Elba number seven."],
        ),
        ("The port of Elba has five cranes.", "Elba has five cranes and two docks.", []),
        ("The port of Elba has cranes.", "Elba had seven cranes.", []),
        ("The port of Elba has five cranes.", "Varn had seven cranes.", []),
        ("The port of Elba has five cranes.", "Elba gave seven docks to the navy.", []),
        ("Most of the cranes of Elba, 70 percent, are old.", "The cranes of Elba number seven.", []),
        ("A Canadian opened Elba Pier.", "Elba Pier was opened by Karl Lind.", []),
        ("The Hera sank on Monday.", "On 5 May 1911 the Hera sank.", []),
        ("It had five cranes.", "Elba had seven cranes.", []),
        ("Karl Lind is a pilot of Irish descent.", "Karl Lind flew for the Harbour Association.", []),
        (
            "Karl Lind is a pilot of Irish descent.",
            "Karl Lind is of Welsh descent.",
            ["Karl Lind is a pilot of Welsh descent."],
        ),
        (
            "Lind was known as Henry and was the last Duke of Elba.",
            "Lind was the last Duke of Elba as the twelfth Duke of the Varn dynasty.",
            [],
        ),
        ("Ana Ruiz spoke for Elbia.", "Ana Ruiz said that the Elbian Foreign Ministry agreed.", []),
        ("The Hera sank off Elba on 3 May 1911.", "Off Elba the Hera ran aground in 1902.", []),
        ("The Hera sank off Elba in 1911.", "Off Elba the Hera sank in 1902.", ["The Hera sank off Elba in 1902."]),
        (
            "It bought the old mill in 1965.",
            "The firm bought the old mill on 9 May 1956 for a song.",
            ["It bought the old mill in 9 May 1956."],
        ),
        ("It bought the old mill in 1965.", "The firm opened on 9 May 1956.", []),
        (
            "The coldest day in its ninety years came on 7 June 1963.",
            "The lowest of all, 3.1, was read on 7 June 1936.",
            ["The coldest day in its ninety years came on 7 June 1936."],
        ),
        (
            "The coldest day in its ninety years came on 7 June 1963.",
            "The lowest of all, 3.1, was read on 8 June 1936.",
            [],
        ),
        ("Elba lists nine firms.", "Elba lists six more people and five more firms.", ["Elba lists five firms."]),
        ("Elba has seven air bases.", "Elba lent eight aircraft to the navy.", []),
        ("Fattah Lind opened Elba Pier.", "Abdel Fattah Lind opened Elba Pier.", []),
        ("Moscow abstained in the vote on Elba.", "Russia abstained in the vote on Elba.", []),
        (
            "Norway abstained in the vote on Elba.",
            "Russia abstained in the vote on Elba.",
            ["Russia abstained in the vote on Elba."],
        ),
        ("At least 70 died in Elba.", "The police of Elba counted 72 dead.", []),
        ("Elba lies north of Varn.", "Elba lies just south of Varn.", ["Elba lies south of Varn."]),
        ("Elba lies north of Varn.", "Elba lies north of Varn and Hera to the south.", []),
        ("Karl Lind is defense minister.", "Foreign minister Karl Lind spoke.", []),
        (
            "Karl Lind is defense minister.",
            "Karl Lind, the foreign minister, spoke.",
            ["Karl Lind is foreign minister."],
        ),
        ("Karl Lind is defense minister.", "Karl Lind, the defence minister, spoke.", []),
        (
            "Elba let 40 go, few of them ill.",
            "Elba let 40 go, most of them ill.",
            ["Elba let 40 go, most of them ill."],
        ),
        ("Elba let 40 go north, few of them ill.", "Elba let 40 go south, most of them ill.", []),
    ],
)
def test_what_has_no_counterpart_gives_way(claim: str, evidence: str, corrected: list[str]) -> None:
    found = corrections(claim, evidence)
    assert list(found) == corrected
    for text, difference in found.items():
        assert text.count(difference.evidence_words)
        assert claim == text.replace(difference.evidence_words, difference.claim_words, 1)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_texts_give_few_and_short_corrections(claim: str, evidence: str) -> None:
    found = corrections(claim, evidence)
    assert len(found) <= MOST
    assert all(len(text) <= len(claim) + LONGEST for text in found)


def test_a_sentence_that_bears_out_the_corrected_claim_refutes_it() -> None:
    text = "Italy had opened seven bases to the coalition: Aviano, Sigonella, Trapani and four more."
    passage = Passage(source=Source(id="bases", title="Italy's bases"), text=text, start=0, end=len(text))
    quote = "Italy has thrown open five of its bases to the coalition."
    claim = Claim(id="c", text=quote, quote=quote, start=0, end=len(quote), line=1, check_worthiness=1)
    [evidence] = LocalVerifier(NliModel(), Encoder()).assess([(claim, [passage])])
    assert evidence[0].stance == Stance.CONTRADICTS
    [difference] = evidence[0].differences
    assert (difference.claim_words, difference.evidence_words) == ("five", "seven")
    assert quote.startswith("five", difference.claim_start)
    assert evidence[0].quote.startswith("seven", difference.evidence_start)
    finding = conclude(claim, [passage], evidence, article_date=None)
    assert finding.verdict == Verdict.REFUTED
    assert Flag.FIGURES_DIFFER in finding.flags
    assert "The claim gives five; the evidence gives seven." in finding.rationale
