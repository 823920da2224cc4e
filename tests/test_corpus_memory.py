from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from factcheck.corpus.catalogue import FILE_NAME, Catalogue
from factcheck.corpus.index import CorpusIndex, open_index
from factcheck.corpus.memory import LOOKED_AT, SURE
from factcheck.corpus.store import Store
from factcheck.models.nli import SUPPORTS, NliModel
from factcheck.records import Article, Claim, CorpusState, Finding, Report, Tool, Usage, Verdict

OLD = Article.from_text("Five members of the council abstained.", path="old.txt", date=date(2011, 3, 18))
NEW = Article.from_text("A new draft.", path="new.txt")


def claim(number: int, text: str) -> Claim:
    return Claim(id=f"c{number}", text=text, quote=text, start=0, end=len(text), line=1, check_worthiness=1)


def report(article: Article, verdicts: dict[str, Verdict], created: datetime) -> Report:
    findings = tuple(
        Finding(id=f"f{number}", claim=claim(number, text), verdict=verdict, confidence=0.9, rationale="")
        for number, (text, verdict) in enumerate(verdicts.items())
    )
    return Report(
        tool=Tool(version="0", engine="local", model="none"), created=created, article=article, findings=findings,
        corpus=CorpusState(documents=7, passages=20), usage=Usage(),
    )  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> CorpusIndex:
    return open_index(tmp_path / "store")


@pytest.fixture(scope="module")
def model() -> NliModel:
    return NliModel("small")


def test_a_claim_that_was_checked_before_is_recognised_by_its_meaning(index: CorpusIndex, model: NliModel) -> None:
    spring, summer = datetime(2011, 3, 19, tzinfo=UTC), datetime(2011, 7, 1, tzinfo=UTC)
    same = "Five members of the council abstained."
    index.record(report(OLD, {same: Verdict.NOT_ENOUGH_EVIDENCE, "Snow fell in Oslo.": Verdict.UNCHECKED}, spring))
    later = OLD.model_copy(update={"sha256": "0" * 64, "path": "later.txt"})
    index.record(report(later, {same: Verdict.SUPPORTED}, summer))
    asked = [
        claim(1, "The council had five members who abstained."),
        claim(2, "Five members of the council did not abstain."),
        claim(3, "Snow fell in Oslo."),
        claim(4, "Lentils are boiled for twenty minutes."),
    ]
    found = index.recall(asked, NEW, lambda: model)
    assert list(found) == ["c1"], "a negation, an unchecked claim and another topic were not checked before"
    assert (found["c1"].verdict, found["c1"].article, found["c1"].documents) == (Verdict.SUPPORTED, "later.txt", 7)


def test_a_claim_in_the_same_words_is_recognised_however_sure_the_model(index: CorpusIndex, model: NliModel) -> None:
    assert model.probabilities([(OLD.text, OLD.text)])[0, SUPPORTS] < SURE
    index.record(report(OLD, {OLD.text: Verdict.SUPPORTED}, datetime.now(UTC)))
    assert list(index.recall([claim(1, OLD.text)], NEW, lambda: model)) == ["c1"]


def test_claims_that_another_encoder_embedded_are_recognised_after_the_next_indexing(
    tmp_path: Path, model: NliModel
) -> None:
    same, corpus = "The council had five members who abstained.", tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "weather.txt").write_text("Snow fell in Oslo in May.")
    with open_index(tmp_path / "store") as index:
        index.sync(corpus)
        verdicts = {OLD.text: Verdict.SUPPORTED, "Snow fell.": Verdict.REFUTED}
        index.record(report(OLD, verdicts, datetime.now(UTC)))
    store = Store(tmp_path / "store")
    with store.using_chroma(to_write=True):
        store.catalogue.set_note("claims", "encoder@before")
        held = store.claims.get()["ids"]
        others = store.encoder.vectors([f"Lentils are boiled for {n} minutes." for n in range(len(held))])
        store.claims._collection.update(ids=held, embeddings=others)
    store.close()
    with open_index(tmp_path / "store") as index:
        assert index.recall([claim(1, same)], NEW, lambda: model) == {}
        index.sync(corpus)
        assert list(index.recall([claim(1, same)], NEW, lambda: model)) == ["c1"]


def test_the_same_draft_does_not_remind_of_itself(index: CorpusIndex) -> None:
    def load() -> NliModel:
        raise AssertionError("there is nothing to compare")

    index.record(report(OLD, {"Five members abstained.": Verdict.SUPPORTED}, datetime.now(UTC)))
    corrected = Article.from_text(OLD.text + " One did not vote.", path=OLD.path)
    for draft in (OLD, corrected):
        assert index.recall([claim(1, "Five members abstained.")], draft, load) == {}
    assert index.recall([], NEW, load) == {}


def test_of_a_draft_that_is_saved_often_the_last_is_remembered_and_others_are_still_found(
    index: CorpusIndex, model: NliModel, tmp_path: Path
) -> None:
    same = "Five members of the council abstained."
    index.record(report(OLD, {same: Verdict.SUPPORTED}, datetime(2011, 3, 19, tzinfo=UTC)))
    drafts = [Article.from_text(f"{same} Draft {number}.", path=NEW.path) for number in range(LOOKED_AT + 1)]
    for draft in drafts:
        index.remember([claim(1, same)], draft)
        found = index.recall([claim(1, same)], draft, lambda: model)
        assert found["c1"].article == OLD.path
        index.record(report(draft, {same: Verdict.REFUTED}, datetime.now(UTC)))
    assert sorted(entry.article for entry in index.remembered()) == [NEW.path, OLD.path]
    with closing(Catalogue(tmp_path / "store" / FILE_NAME)) as catalogue:
        assert [sha256 for sha256, _, _ in catalogue.checked_beside("", "-")] == sorted([drafts[-1].sha256, OLD.sha256])


def test_a_draft_without_claims_is_forgotten_and_what_comes_by_pipe_is_no_draft(index: CorpusIndex) -> None:
    for text in ("Snow fell.", "Rain fell."):
        index.record(report(Article.from_text(text), {text: Verdict.SUPPORTED}, datetime.now(UTC)))
    index.record(report(OLD, {OLD.text: Verdict.SUPPORTED}, datetime.now(UTC)))
    index.record(report(Article.from_text("Nothing.", path=OLD.path), {}, datetime.now(UTC)))
    assert sorted(entry.text for entry in index.remembered()) == ["Rain fell.", "Snow fell."]


def test_a_verdict_is_kept_with_the_claim_that_was_remembered(index: CorpusIndex) -> None:
    index.remember([claim(0, "Snow fell.")], OLD)
    assert [entry.verdict for entry in index.remembered()] == [None]
    index.record(report(OLD, {"Snow fell.": Verdict.REFUTED}, datetime.now(UTC)))
    [entry] = index.remembered()
    assert (entry.text, entry.verdict, entry.confidence) == ("Snow fell.", Verdict.REFUTED, 0.9)
