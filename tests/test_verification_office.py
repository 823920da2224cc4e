"""A speaker known by whom they speak for is looked up by name, where the corpus tells who that was."""

import pytest

from factcheck.extraction.local import LocalExtractor
from factcheck.local import LocalEngine
from factcheck.models.encoder import Encoder
from factcheck.models.nli import NliModel
from factcheck.records import Article, Attribution, Claim, Passage, Source, Verdict
from factcheck.verification.local import LocalVerifier
from factcheck.verification.office import by_name


def claim(speaker: str) -> Claim:
    text = "The dam was safe."
    said = Attribution(speaker=speaker, kind="indirect", cue="said")
    return Claim(id="c", text=text, quote=text, start=0, end=1, line=1, check_worthiness=1, attribution=said)


def passage(text: str, name: str = "dam") -> Passage:
    return Passage(source=Source(id=name, title="The dam"), text=text, start=0, end=len(text))


@pytest.mark.parametrize(
    ("speaker", "text", "name"),
    [
        (
            "Mara Ruvik’s spokesman",
            "Jan Berg, the press secretary of Prime Minister Mara Ruvik, denied it.",
            "Jan Berg",
        ),
        ("Ruvik's spokeswoman", "Ines Ward was spokeswoman for Mara Ruvik until 2012.", "Ines Ward"),
        ("Mara Ruvik’s lawyer", "The court heard Ruvik's lawyer, Jan Berg, on Monday.", "Jan Berg"),
        ("Mara Ruvik’s lawyer", "Jan Berg, the press secretary of Mara Ruvik, denied it.", "Mara Ruvik’s lawyer"),
        ("Mara Ruvik’s spokesman", "Jan Berg, the press secretary of Paul Moss, denied it.", "Mara Ruvik’s spokesman"),
        ("a spokesman", "Jan Berg, the press secretary of Mara Ruvik, denied it.", "a spokesman"),
        (
            "Mara Ruvik’s spokesman",
            "Jan Berg was spokesman for Mara Ruvik. In May Ines Ward was spokeswoman for Mara Ruvik.",
            "Mara Ruvik’s spokesman",
        ),
    ],
)
def test_whose_spokesman_it_was_is_known_by_the_corpus(speaker: str, text: str, name: str) -> None:
    assert by_name(claim(speaker), [passage(text)]).speaker == name


def test_what_the_spokesman_is_reported_by_name_to_have_said_was_said() -> None:
    encoder = Encoder()
    engine = LocalEngine(LocalExtractor(encoder), LocalVerifier(NliModel(), encoder))
    asked = claim("Mara Ruvik’s spokesman")
    passages = [
        passage("Jan Berg, the press secretary of Prime Minister Mara Ruvik, came to Oslo.", "office"),
        passage("Jan Berg said on Monday that the dam was safe.", "words"),
    ]
    [finding] = engine.verify([(asked, passages)], Article.from_text("The dam was safe."))
    assert finding.attribution_verdict == Verdict.SUPPORTED
    assert finding.claim == asked
    assert "Jan Berg" in finding.rationale
