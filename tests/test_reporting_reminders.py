"""What stands beside a citation and below a finding: the page, and that another article said the same."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from reporting_examples import ABSTAINED, RESOLUTION, claim, evidence, report

from factcheck.api import Checker
from factcheck.corpus import files
from factcheck.records import Article, Claim, Earlier, Finding, Report, Stance, Verdict
from factcheck.reporting import Format, render
from factcheck.settings import load_settings

EARLIER = Earlier(
    text="The Russian Federation abstained.",
    article="archive/vote.md",
    checked=datetime(2025, 12, 24, tzinfo=UTC),
    verdict=Verdict.REFUTED,
    confidence=0.9,
)
FINDING = Finding(
    id="f1",
    claim=claim("c1", ABSTAINED),
    verdict=Verdict.CONFLICTING,
    confidence=0.9,
    rationale="Why.",
    evidence=(
        evidence(RESOLUTION, Stance.SUPPORTS, "Abstaining: the Russian Federation.", page=12),
        evidence(RESOLUTION, Stance.CONTRADICTS, "The Russian Federation voted for it.", page=3),
    ),
    checked_before=EARLIER,
)


def shown(made: Report, kind: Format) -> str:
    written = render(made, kind)
    if isinstance(written, bytes):
        return "".join(comment.text for comment in docx.Document(io.BytesIO(written)).comments)
    return written


@pytest.mark.parametrize("kind", [kind for kind in Format if kind != Format.LINE])
def test_every_format_that_cites_names_the_page(kind: Format):
    written = shown(report((FINDING,)), kind)
    if kind == Format.JSON:
        assert [item["page"] for item in json.loads(written)["findings"][0]["evidence"]] == [12, 3]
    elif kind == Format.CLAIMREVIEW:
        [work] = json.loads(written)["@graph"][0]["citation"]
        assert (work["@type"], work["pagination"]) == ("Article", "3, 12")
    else:
        assert "page 12" in written
        assert "page 3" in written
    pageless = FINDING.model_copy(update={"evidence": FINDING.evidence[:0]})
    assert "page 12" not in shown(report((pageless,)), kind)


@pytest.mark.parametrize("kind", [Format.MARKDOWN, Format.HTML, Format.DOCX, Format.SARIF, Format.GITHUB])
def test_a_claim_that_was_checked_before_says_so_below_its_own_verdict(kind: Format):
    written = shown(report((FINDING,)), kind)
    before = written.index("Checked before: ✗ Contradicted by the evidence (24 December 2025, archive/vote")
    assert written.index("± The evidence conflicts" if kind in (Format.MARKDOWN, Format.HTML) else "Why.") < before
    assert "The Russian Federation abstained." in written[before:]


def test_the_json_report_carries_the_earlier_check():
    made = report((FINDING,))
    assert Report.model_validate_json(render(made, Format.JSON)).findings[0].checked_before == EARLIER


@pytest.fixture
def checker(tmp_path: Path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "vote.txt").write_text("Ten members of the port council voted for the new pier in March.\n")
    with Checker(load_settings(tmp_path / "draft.txt", nli="small", engine="local")) as checker:
        yield checker


def test_an_old_verdict_is_shown_and_changes_nothing(checker: Checker):
    draft = Article.from_text("Ten members of the port council voted for the new pier in March.", path="new.txt")
    [alone] = checker.check(draft).findings
    assert alone.checked_before is None
    assert alone.verdict == Verdict.SUPPORTED
    assert checker.find_kept(draft).findings == (alone,)
    old = report(
        (alone.model_copy(update={"verdict": Verdict.REFUTED, "confidence": 1.0}),),
        article=Article.from_text("The new pier was voted for by ten members.", path="old.txt"),
    )
    checker.index.record(old)
    assert checker.find_kept(draft) is None
    [again] = checker.check(draft).findings
    assert checker.find_kept(draft).findings == (again,)
    assert checker.find_kept(Article.from_text(draft.text, path="draft.txt")) is None
    assert again.model_copy(update={"checked_before": None}) == alone
    assert (again.checked_before.article, again.checked_before.verdict) == ("old.txt", Verdict.REFUTED)
    assert checker.check_claim(draft.text).checked_before.article in ("new.txt", "old.txt")


def test_claims_of_other_topics_are_not_read_in_pairs(checker: Checker, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checker, "_load_reader", lambda: pytest.fail("a model was loaded"))
    old = Claim(id="c", text="Lentils are boiled for an hour.", quote="", start=0, end=0, line=1, check_worthiness=1)
    checker.index.record(
        report((FINDING.model_copy(update={"claim": old}),), article=Article.from_text("x", path="cooking.txt"))
    )
    assert checker.check(Article.from_text("Ten members voted for the pier.", path="new.txt")).findings


def test_a_report_is_kept_for_the_documents_that_it_follows_from_only(checker: Checker, tmp_path: Path):
    draft = Article.from_text("Ten members of the port council voted for the new pier in March.", path="new.txt")
    document = tmp_path / "corpus" / "vote.txt"
    assert checker.find_kept(draft) is None
    made = checker.check(draft)
    assert checker.find_kept(draft).findings == made.findings

    before, after = (Article.from_text(f"{number} members voted for it.", path="other.txt") for number in (10, 11))
    assert checker.find_kept(before) is None
    document.write_text("Nobody voted for the new pier in March.\n")
    assert checker.find_kept(after) is None
    for other in (before, after):
        checker.check(other)  # on the index as it was made for the first draft
        assert checker.find_kept(other) is None


def test_the_corpus_is_read_before_the_check_for_the_index_and_after_it(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
):
    draft = Article.from_text("Ten members voted for it.", path="new.txt")
    read: list[Path] = []
    look = files.fingerprint
    monkeypatch.setattr(files, "fingerprint", lambda path: read.append(path) or look(path))
    checker.find_kept(draft)
    checker.check(draft)
    assert len(read) == 3
