"""A report is given again only where nothing has changed that it follows from."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from servers.engines import claim

from factcheck import kept
from factcheck.cache import AnswerCache
from factcheck.corpus.catalogue import FILE_NAME, Catalogue
from factcheck.kept import find_report, keep_report, report_key
from factcheck.records import Article, CorpusState, Finding, Report, Tool, Usage, Verdict
from factcheck.settings import Settings

DRAFT = Article.from_text("The mill in Lom burnt down in 1911.", path="draft.txt")
NOON = datetime(2014, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "yearbook.md").write_text("In 1911 the mill burnt down.")
    return Settings(engine="local", nli="small")


def check_other(article: Article, found: str = "refuted") -> None:
    Path(".factcheck").mkdir(exist_ok=True)
    catalogue = Catalogue(Path(".factcheck", FILE_NAME))
    catalogue.note_checked(article.sha256, article.path, found)
    catalogue.close()


def report(verdict: Verdict) -> Report:
    finding = Finding(id="c1", claim=claim(DRAFT.text), verdict=verdict, confidence=0.9, rationale="It says so.")
    return Report(
        tool=Tool(version="1", engine="local", model="none"),
        created=NOON,
        article=DRAFT,
        corpus=CorpusState(documents=1, passages=1),
        usage=Usage(llm_calls=3, input_tokens=400, cost_usd=0.5, seconds=7.5),
        findings=(finding,),
    )


CHANGES: dict[str, Callable[[pytest.MonkeyPatch], object]] = {
    "a document": lambda _: Path("corpus/yearbook.md").write_text("In 1912 the mill burnt down."),
    "a description": lambda _: Path("corpus/yearbook.md.yaml").write_text("published: 1912-01-01"),
    "a new document": lambda _: Path("corpus/letter.txt").write_text("The mill stands."),
    "a document renamed": lambda _: Path("corpus/yearbook.md").rename("corpus/almanac.md"),
    "a document gone": lambda _: Path("corpus/yearbook.md").unlink(),
    "another article checked": lambda _: check_other(Article.from_text("The mill stands.", path="other.txt")),
    "the endpoint": lambda patch: patch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1"),
    "the package": lambda patch: patch.setattr(kept, "package_digest", lambda: "another"),
    "the day": lambda patch: patch.setattr(kept, "date", type("Later", (date,), {"today": lambda: date(2060, 1, 1)})),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_report_follows_from_asks_for_a_new_one(
    change: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = report_key(DRAFT, settings)
    assert before == report_key(DRAFT, settings)
    CHANGES[change](monkeypatch)
    assert report_key(DRAFT, settings) != before


@pytest.mark.parametrize(
    "other",
    [
        {"as_of": date(2012, 1, 1)},
        {"passages": 3},
        {"nli": "base"},
        {"min_confidence": 0.9},
        {"engine": "openai:gpt-5-mini"},
        {"base_url": "http://127.0.0.1:9/v1"},
    ],
)
def test_other_settings_ask_for_a_new_report(other: dict[str, object], settings: Settings) -> None:
    assert report_key(DRAFT, settings.model_copy(update=other)) != report_key(DRAFT, settings)


def test_an_edited_prompt_and_a_retrained_model_ask_for_a_new_report(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    shipped = Path(__file__).parents[1] / "prompts" / "verify.md"
    (tmp_path / "own" / "verify.md").write_text(shipped.read_text())
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.json").write_text("{}")
    chosen = settings.model_copy(update={"engine": "openai:x", "prompts": tmp_path / "own", "nli": "model"})
    before = report_key(DRAFT, chosen)
    (tmp_path / "own" / "verify.md").write_text(shipped.read_text() + "\nBe brief.\n")
    edited = report_key(DRAFT, chosen)
    (tmp_path / "model" / "model.json").write_text('{"temperature": 2}')
    assert len({before, edited, report_key(DRAFT, chosen)}) == 3


def test_what_has_no_part_in_a_report_does_not(settings: Settings) -> None:
    before = report_key(DRAFT, settings)
    check_other(DRAFT)
    check_other(Article.from_text("An earlier draft.", path=DRAFT.path))
    assert report_key(DRAFT, settings.model_copy(update={"fail_on": "refuted", "jobs": 2})) == before


def test_another_verdict_on_another_article_asks_for_a_new_report(settings: Settings) -> None:
    other = Article.from_text("The mill stands.", path="other.txt")
    check_other(other)
    before = report_key(DRAFT, settings)
    check_other(other)
    assert report_key(DRAFT, settings) == before
    check_other(other, "supported")
    assert report_key(DRAFT, settings) != before


def test_nothing_is_kept_without_cache_or_where_others_write_unseen(settings: Settings) -> None:
    assert report_key(DRAFT, settings.model_copy(update={"cache": False})) is None
    assert report_key(DRAFT, settings.model_copy(update={"chroma": "http://localhost:8000"})) is None
    assert report_key(DRAFT, settings.model_copy(update={"corpus": Path("nowhere")})) is None


def test_nothing_is_kept_where_the_corpus_cannot_be_listed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: object) -> Iterator[os.DirEntry[str]]:
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))

    assert report_key(DRAFT, settings)
    monkeypatch.setattr(os, "scandir", refuse)
    assert report_key(DRAFT, settings) is None


def test_a_kept_report_is_whole_and_has_cost_nothing(tmp_path: Path) -> None:
    answers = AnswerCache(tmp_path)
    assert find_report(answers, "key", DRAFT) is None
    keep_report(answers, "key", report(Verdict.SUPPORTED))
    again = find_report(answers, "key", DRAFT)
    assert again is not None
    assert again.article.text == DRAFT.text
    assert again.findings == report(Verdict.SUPPORTED).findings
    assert (again.usage.llm_calls, again.usage.cost_usd) == (0, 0.0)
    assert again.created > NOON


def test_what_could_not_be_checked_is_tried_again(tmp_path: Path) -> None:
    answers = AnswerCache(tmp_path)
    keep_report(answers, "key", report(Verdict.UNCHECKED))
    answers.put("damaged", '{"schema_version": 1, "tool')
    assert find_report(answers, "key", DRAFT) is None
    assert find_report(answers, "damaged", DRAFT) is None
