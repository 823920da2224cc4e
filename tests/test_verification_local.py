"""The local verifier reads real passages with real models."""

from pathlib import Path

import numpy as np
import pytest

from factcheck.errors import ModelError
from factcheck.models.encoder import Encoder
from factcheck.models.nli import CONTRADICTS, NEUTRAL, SUPPORTS, NliModel
from factcheck.models.onnx import WEIGHTS, OnnxModel
from factcheck.records import Attribution, Claim, Evidence, Flag, Passage, Source, Stance
from factcheck.verification.citation import stands_in
from factcheck.verification.local import LEAST, LocalVerifier

TEXT = (
    "The port council voted on the new pier on 3 March 2014. Ten members voted in favour and two voted against. "
    "The pier will be 400 metres long. Nadia Keller said that the old pier was a danger to children."
)
PASSAGES = [
    Passage(source=Source(id="vote", title="Harbour vote"), text=TEXT, start=200, end=200 + len(TEXT)),
    Passage(source=Source(id="tea", title="Tea"), text="Tea is made from leaves.", start=0, end=24),
]


@pytest.fixture(scope="module")
def verifier() -> LocalVerifier:
    return LocalVerifier(NliModel(), Encoder())


def claim(text: str, speaker: str | None = None) -> Claim:
    said = Attribution(speaker=speaker, kind="indirect", cue="said") if speaker else None
    return Claim(id="c", text=text, quote=text, start=0, end=1, line=1, check_worthiness=1, attribution=said)


def test_a_citation_names_the_page_that_it_begins_on(verifier: LocalVerifier) -> None:
    text = "See overleaf.\n\fTen members voted in favour of the new pier.\n\fTea is made from leaves."
    passage = Passage(source=Source(id="vote", title="Record"), text=text, start=70, end=70 + len(text), page=3)
    assert [passage.page_at(70 + text.index(word)) for word in ("See", "Ten", "Tea")] == [3, 4, 5]
    assert passage.model_copy(update={"page": None}).page_at(80) is None
    asked = claim("Ten members of the council voted in favour of the pier.")
    found = verifier.assess([(asked, [PASSAGES[0].model_copy(update={"page": 4})])])[0]
    assert [item.page for item in found] == [4] * len(found) != []


def test_the_sentence_that_takes_a_stance_is_cited_word_for_word(verifier: LocalVerifier) -> None:
    cases = [
        (claim("Ten members of the council voted in favour of the pier."), PASSAGES),
        (claim("Nobody voted against the new pier."), PASSAGES),
    ]
    supported, refuted = verifier.assess(cases)
    assert supported[0].stance == Stance.SUPPORTS
    assert refuted[0].stance == Stance.CONTRADICTS
    for evidence in [*supported, *refuted]:
        assert stands_in(evidence, PASSAGES)
        assert "Ten members voted in favour and two voted against." in [*supported, *refuted][0].quote


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The profit of the ferry company slumped by almost a quarter.", Stance.SUPPORTS),
        ("The profit of the ferry company more than doubled.", Stance.CONTRADICTS),
        ("Debt of the ferry company swelled to £310m.", Stance.CONTRADICTS),
    ],
)
def test_arithmetic_tells_the_side_where_a_model_cannot(verifier: LocalVerifier, text: str, stance: Stance) -> None:
    accounts = "Last year's figures are in brackets.\n\n- Profit: £41.2m (£54.0m)\n- Debt: £310m (£362m)"
    source = Source(id="accounts", title="Ferry company: results for the year")
    passage = Passage(source=source, text=accounts, start=0, end=len(accounts))
    best = verifier.assess([(claim(text), [passage])])[0][0]
    assert (best.stance, best.confidence > 0.65) == (stance, True)
    assert stands_in(best, [passage])


def test_a_row_is_evidence_by_its_header(verifier: LocalVerifier) -> None:
    table = "Members of the choirs:\n\n| Choir | 2012 | 2013 |\n|---|---|---|\n| Aldry | 41 | 52 |\n| Best | 18 | 17 |"
    passage = Passage(source=Source(id="choirs", title="Choirs"), text=table, start=0, end=len(table))
    best = verifier.assess([(claim("The choir of Aldry had 52 members in 2013."), [passage])])[0][0]
    assert (best.stance, "| Aldry | 41 | 52 |" in best.quote) == (Stance.SUPPORTS, True)


def test_no_passages_and_no_claims_give_no_evidence(verifier: LocalVerifier) -> None:
    assert verifier.assess([]) == []
    assert verifier.assess([(claim("The pier is new."), [])]) == [[]]


def test_whether_it_was_said_is_asked_only_of_what_names_the_speaker(verifier: LocalVerifier) -> None:
    said = "the old pier was a danger to children."
    keller, novak = verifier.assess([(claim(said, "Nadia Keller"), PASSAGES), (claim(said, "Ivo Novak"), PASSAGES)])
    about_keller = [evidence for evidence in keller if evidence.bears_on == "attribution"]
    assert about_keller[0].stance == Stance.SUPPORTS
    assert "Nadia Keller" in about_keller[0].quote
    assert not [evidence for evidence in novak if evidence.bears_on == "attribution"]


def test_a_pair_is_read_alike_alone_and_in_a_batch() -> None:
    model = NliModel("small")
    pairs = [
        ("Ten members voted in favour.", "Ten voted yes."),
        (TEXT, "The pier is 400 metres long."),
        ("", "It rains."),
    ]
    together = model.probabilities(pairs)
    assert together.shape == (3, 3)
    assert together.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert together[0].argmax() == SUPPORTS
    assert together[2].argmax() == NEUTRAL
    for pair, row in zip(pairs, together, strict=True):
        assert NliModel("small").probabilities([pair])[0] == pytest.approx(row, abs=0.08)


def test_no_pair_is_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    model, read = NliModel("small"), []
    outputs = OnnxModel.outputs
    monkeypatch.setattr(OnnxModel, "outputs", lambda self, some: read.append(len(some)) or outputs(self, some))
    pairs = [(TEXT, "The pier is new."), (TEXT, "The pier is old."), (TEXT, "The pier is new.")]
    first = model.probabilities(pairs)
    assert (model.judge([*pairs[1:], ("It rains.", "It is wet.")])[:2] == first[1:]).all()
    assert (first[0] == first[2]).all()
    assert read == [2, 1]


def test_that_something_was_said_is_settled_by_the_nearest_sentence_that_reports_it(
    verifier: LocalVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Nadia Keller said that the old pier was a danger to children. Nadia Keller said that the tram was late."
    passage = Passage(source=Source(id="pier", title="Pier"), text=text, start=0, end=len(text))
    read: list[str] = []
    scores = LocalVerifier._scores
    monkeypatch.setattr(
        LocalVerifier, "_scores", lambda self, asked: read.extend(w.quote for _, w in asked) or scores(self, asked)
    )
    said = claim("the old pier was a danger to children.", "Nadia Keller").model_copy(update={"flags": (Flag.OPINION,)})
    [[evidence, *_]] = verifier.assess([(said, [passage])])
    assert (evidence.stance, evidence.bears_on) == (Stance.SUPPORTS, "attribution")
    assert len(read) == len(set(read)) == 1


def test_what_contradicts_only_under_its_title_contradicts_nothing(verifier: LocalVerifier) -> None:
    text = "Gates did not meet Prime Minister Vladimir Putin during the visit; Putin was in Slovenia on 22 March 2011."
    source = Source(id="gorki", title="Medvedev receives Gates at Gorki, 22 March 2011")
    passage = Passage(source=source, text=text, start=0, end=len(text))
    asked = claim("Vladimir Putin was out of the country on a trip to Slovenia.")
    [found] = verifier.assess([(asked, [passage])])
    assert [evidence for evidence in found if evidence.stance == Stance.CONTRADICTS] == []


def test_the_model_tells_a_contradiction() -> None:
    assert NliModel().probabilities([("The rate fell to 5 percent.", "The rate rose.")])[0].argmax() == CONTRADICTS


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    shipped = WEIGHTS / "nli-small"
    for name in ("model.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((shipped / name).read_bytes())
    (tmp_path / "model.onnx").write_bytes((shipped / "model.onnx").read_bytes()[:-1] + b"\x00")
    with pytest.raises(ModelError, match="sha256"):
        NliModel(str(tmp_path))
    with pytest.raises(ModelError, match="reinstall"):
        NliModel(str(tmp_path / "nowhere"))


def test_how_likely_a_quote_takes_a_stance_depends_on_its_words_not_on_its_title(verifier: LocalVerifier) -> None:
    def likely(text: str, quote: str, title: str = "Harbour vote") -> float:
        passage = PASSAGES[0].model_copy(update={"source": Source(id="vote", title=title)})
        start = 200 + TEXT.index(quote)
        cited = Evidence(
            document=passage.source, stance=Stance.SUPPORTS, confidence=1, quote=quote, start=start,
            end=start + len(quote),
        )  # fmt: skip
        [probability] = verifier.agreement([(text, cited, passage)])
        return probability

    assert likely("Ten members voted in favour of the pier.", "Ten members voted in favour") > 0.5
    assert likely("The old pier belongs to the mayor.", "The pier will be 400 metres long.") < 0.1
    title = "The old pier belongs to the mayor"
    assert likely("The old pier belongs to the mayor.", "The pier will be 400 metres long.", title) < LEAST


def test_a_name_in_another_spelling_is_no_other_person(verifier: LocalVerifier) -> None:
    evidence = "Weber said that the six boats off Elba had been sunk by Tchaikovsky."
    spellings = ("Chaikovsky", "Tchaikovsky", "Petrovsky")
    pairs = [(evidence, f"Weber said that Ilya {name} sank the six boats.") for name in spellings]
    variant, same, other = verifier.nli.probabilities(pairs)
    assert np.allclose(variant, same)
    assert same.argmax() == SUPPORTS
    assert other.argmax() == CONTRADICTS
