"""What the local engine found once is kept, for as long as nothing that it depends on has changed."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from servers.engines import claim, passage

from factcheck import cached
from factcheck.cache import AnswerCache
from factcheck.cached import CachedEngine, keeping_opinions
from factcheck.extraction.local import LocalExtractor
from factcheck.local import LocalEngine
from factcheck.models.encoder import Encoder
from factcheck.models.nli import NliModel
from factcheck.pipeline import Case
from factcheck.records import Article, Evidence, Extraction, Finding, Stance, Verdict
from factcheck.verification.local import LocalVerifier

CLAIM = claim("The mill in Lom burnt down in 1911.")
PASSAGE = passage("In the summer of 1911 the mill in Lom burnt down.")
ARTICLE = Article.from_text("The mill in Lom burnt down in 1911. It was rebuilt.")


class Counting(LocalEngine):
    """The local engine, which counts what it is asked."""

    asked = 0

    def extract(self, article: Article) -> Extraction:
        self.asked += 1
        return super().extract(article)

    def verify(self, cases: Sequence[Case], article: Article) -> Iterator[Finding]:
        self.asked += len(cases)
        return super().verify(cases, article)


@pytest.fixture(scope="module")
def parts() -> tuple[LocalExtractor, LocalVerifier]:
    encoder = Encoder()
    return LocalExtractor(encoder), LocalVerifier(NliModel("small"), encoder)


@pytest.fixture
def engine(parts: tuple[LocalExtractor, LocalVerifier]) -> Counting:
    return Counting(*parts)


def test_the_second_time_nothing_is_read_again(engine: Counting, tmp_path: Path) -> None:
    first = CachedEngine(engine, AnswerCache(tmp_path))
    extraction, findings = first.extract(ARTICLE), list(first.verify([(CLAIM, [PASSAGE])], ARTICLE))
    assert findings[0].verdict == Verdict.SUPPORTED
    assert engine.asked == 2
    again = CachedEngine(engine, AnswerCache(tmp_path))
    assert again.extract(ARTICLE) == extraction
    assert list(again.verify([(CLAIM, [PASSAGE])], ARTICLE)) == findings
    assert engine.asked == 2


def test_a_claim_that_moved_keeps_its_finding_at_its_new_place(engine: Counting, tmp_path: Path) -> None:
    kept = CachedEngine(engine, AnswerCache(tmp_path))
    list(kept.verify([(CLAIM, [PASSAGE])], ARTICLE))
    moved = CLAIM.model_copy(update={"id": "c7", "start": 90, "end": 90 + len(CLAIM.text), "line": 4})
    (finding,) = kept.verify([(moved, [PASSAGE])], ARTICLE)
    assert (finding.id, finding.claim) == ("c7", moved)
    assert engine.asked == 1


@pytest.mark.parametrize("changed", ["claim", "passage", "date", "confidence", "code"])
def test_what_a_finding_depends_on_makes_a_new_one(
    changed: str, engine: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(CachedEngine(engine, AnswerCache(tmp_path)).verify([(CLAIM, [PASSAGE])], ARTICLE))
    case, article = (CLAIM, [PASSAGE]), ARTICLE
    if changed == "claim":
        case = (claim("The mill in Lom burnt down in 1912."), [PASSAGE])
    elif changed == "passage":
        case = (CLAIM, [passage("In the summer of 1911 the mill in Lom was sold.")])
    elif changed == "date":
        article = Article.from_text(ARTICLE.text, date=date(2014, 3, 4))
    elif changed == "confidence":
        engine.min_confidence = 0.99
    else:
        monkeypatch.setattr(cached, "package_digest", lambda: "another")
    list(CachedEngine(engine, AnswerCache(tmp_path)).verify([case], article))
    assert engine.asked == 2


def test_a_damaged_answer_is_made_again(engine: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [(CLAIM, [PASSAGE])]
    (sound,) = CachedEngine(engine, AnswerCache(tmp_path)).verify(cases, ARTICLE)
    monkeypatch.setattr(AnswerCache, "get", lambda *_: '{"verdict": "supp')
    assert list(CachedEngine(engine, AnswerCache(tmp_path)).verify(cases, ARTICLE)) == [sound]
    assert CachedEngine(engine, AnswerCache(tmp_path)).extract(ARTICLE).claims


def test_a_second_opinion_is_formed_once_on_each_claim_and_its_passages(tmp_path: Path) -> None:
    asked: list[Case] = []

    def opinion(cases: Sequence[Case]) -> list[list[Evidence]]:
        asked.extend(cases)
        return [
            [
                Evidence(
                    document=read[0].source, stance=Stance.SUPPORTS, confidence=0.9, quote=about.text, start=0, end=1
                )
            ]
            for about, read in cases
        ]

    other, silent = claim("The mill in Lom was sold.", "c2"), passage("The mill was sold.", "ledger")
    first, second = (CLAIM, [PASSAGE]), (other, [silent])
    keeping = keeping_opinions(opinion, AnswerCache(tmp_path), "small")
    assert keeping([second]) == keeping([second]) == opinion([second])
    asked.clear()
    both = keeping_opinions(opinion, AnswerCache(tmp_path), "small")([first, second, (other, [PASSAGE])])
    assert [evidence[0].quote for evidence in both] == [CLAIM.text, other.text, other.text]
    assert [evidence[0].document.id for evidence in both] == ["yearbook", "ledger", "yearbook"]
    assert asked == [first, (other, [PASSAGE])]
    keeping_opinions(opinion, AnswerCache(tmp_path), "base")([first])
    assert asked[2:] == [first]
