"""The main job on the seeds against the shipped corpus, through the library's door."""

import json
from pathlib import Path

import pytest

from benchmarks.seeds import best_match, caught
from factcheck import check
from factcheck.corpus.readers import read_parts
from factcheck.limits import Limits
from factcheck.records import Passage, Report, Source, Verdict
from factcheck.untrusted.dating import later_days

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


def report_on(seed: str, store: Path) -> Report:
    return check(ROOT / "seeds" / f"{seed}.txt", corpus=ROOT / "corpus", store=store, engine="local")


@pytest.mark.parametrize("seed", ["clean", "planted-errors", "quotes-only"])
def test_every_span_and_every_citation_is_verbatim(seed: str, store: Path) -> None:
    report = report_on(seed, store)
    text = (ROOT / "seeds" / f"{seed}.txt").read_text(encoding="utf-8")
    assert len(report.findings) >= 10
    for finding in report.findings:
        claim = finding.claim
        assert text[claim.start : claim.end] == claim.quote
        assert text.count("\n", 0, claim.start) + 1 == claim.line
        for evidence in finding.evidence:
            document = (ROOT / "corpus" / f"{evidence.document.id}.md").read_text(encoding="utf-8")
            assert evidence.quote in document
    assert report.summary["unchecked"] == 0
    assert report.usage.llm_calls == 0


def test_a_clean_article_is_not_accused(store: Path) -> None:
    assert [f.claim.text for f in report_on("clean", store).findings if f.verdict == Verdict.REFUTED] == []


def test_every_planted_error_is_refuted_or_flagged(store: Path) -> None:
    report = report_on("planted-errors", store)
    gold = json.loads((ROOT / "tests/data/seeds/planted-errors.json").read_text(encoding="utf-8"))["claims"]
    planted = [item for item in gold if item["error"] and item["verdict"] == "refuted"]
    assert len(planted) == 8
    text = (ROOT / "seeds" / "planted-errors.txt").read_text(encoding="utf-8")
    missed = [item["quote"] for item in planted if not caught(best_match(item, text, list(report.findings)))]
    assert missed == []
    refuted = " ".join(f.claim.quote for f in report.findings if f.verdict == Verdict.REFUTED)
    assert "Tomahawk" in refuted  # a wrong figure
    assert "United Arab Emirates" in refuted  # a wrong name


def test_who_said_it_is_answered_apart_from_whether_it_is_so(store: Path) -> None:
    attributed = [f for f in report_on("quotes-only", store).findings if f.claim.attribution]
    assert len(attributed) >= 5
    assert all(f.attribution_verdict is not None for f in attributed)
    assert any(f.attribution_verdict == Verdict.SUPPORTED and f.verdict != Verdict.SUPPORTED for f in attributed)


def test_no_shipped_document_tells_of_days_after_its_own_date() -> None:
    documents = []
    for path in sorted((ROOT / "corpus").glob("*.md")):
        (part,) = read_parts(path, Limits())
        source = Source(id=path.stem, title=part.front.title or "", published=part.front.published)
        documents.append(Passage(source=source, text=part.text, start=0, end=len(part.text)))
    assert len(documents) > 100
    assert later_days(documents) == {}


def test_a_row_far_down_a_table_is_read_with_its_header_and_shown_with_it(tmp_path: Path) -> None:
    wards = [f"| Ward {name} | {3000 + 7 * n} | {20 + n} |" for n, name in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    table = "\n".join(["| Ward | Electorate | Spoiled ballots |", "|---|---|---|", *wards])
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "results.md").write_text(f"# Results of the election of 4 May\n\n## Wards\n\n{table}\n")
    article = tmp_path / "draft.txt"
    article.write_text("Ward Y had 44 spoiled ballots.\n\nWard X had 91 spoiled ballots.\n")
    right, wrong = sorted(
        check(article, corpus=tmp_path / "corpus", store=tmp_path / "store", engine="local").findings,
        key=lambda finding: finding.claim.start,
    )
    assert (right.verdict, right.evidence[0].quote) == (Verdict.SUPPORTED, "| Ward Y | 3168 | 44 |")
    assert (wrong.verdict, wrong.evidence[0].quote) == (Verdict.REFUTED, "| Ward X | 3161 | 43 |")
    assert {finding.evidence[0].under for finding in (right, wrong)} == {"Wards. – Ward | Electorate | Spoiled ballots"}
