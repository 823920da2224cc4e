import json
import os
import stat
from pathlib import Path

import pytest
from reporting_examples import TEXT, vote_report

from factcheck.errors import InputError
from factcheck.extraction.article import read_article
from factcheck.records import Report
from factcheck.reporting import Format, default_path, emit, expect_folder, load_report, render, write
from factcheck.reporting.files import restore_text

FINDING = {
    "id",
    "claim",
    "verdict",
    "attribution_verdict",
    "confidence",
    "rationale",
    "flags",
    "evidence",
    "checked_before",
}
CLAIM = {"id", "text", "quote", "start", "end", "line", "check_worthiness", "attribution", "flags"}
EVIDENCE = {"document", "stance", "confidence", "quote", "under", "start", "end", "page", "bears_on", "differences"}
CONTRACT = {
    "tool": {"version", "engine", "model", "prompts"},
    "article": {"path", "title", "date", "sha256", "characters"},
    "corpus": {"documents", "passages", "as_of", "server"},
    "summary": {"claims", "supported", "refuted", "conflicting", "not_enough_evidence", "unchecked"},
    "usage": {"llm_calls", "input_tokens", "output_tokens", "cost_usd", "seconds"},
}


def test_the_json_report_keeps_its_contract():
    data = json.loads(render(vote_report(), Format.JSON))
    assert set(data) == {"schema_version", "created", "findings", "not_checked", *CONTRACT}
    assert data["schema_version"] == 1
    assert {key: set(data[key]) for key in CONTRACT} == CONTRACT
    for finding in data["findings"]:
        assert set(finding) == FINDING
        assert set(finding["claim"]) == CLAIM
        assert set(finding["claim"]["attribution"] or ("speaker", "kind", "cue")) == {"speaker", "kind", "cue"}
        for item in finding["evidence"]:
            assert set(item) == EVIDENCE
            assert set(item["document"]) == {"id", "title", "publisher", "published", "url", "tier", "origin"}
    assert [set(item) for item in data["not_checked"]] == [{"quote", "start", "end", "reason"}]
    assert data["summary"] == {
        "claims": 5,
        "supported": 1,
        "refuted": 1,
        "conflicting": 1,
        "not_enough_evidence": 1,
        "unchecked": 1,
    }


def test_the_json_report_comes_back_as_the_report_it_was_but_for_the_articles_text(tmp_path: Path):
    report = vote_report()
    write(tmp_path / "r.json", render(report, Format.JSON))
    without_text = report.model_copy(update={"article": report.article.model_copy(update={"text": ""})})
    assert load_report(tmp_path / "r.json") == without_text
    assert Report.model_validate_json(render(report, Format.JSON)) == without_text


@pytest.mark.parametrize(
    ("article", "path"),
    [
        ("drafts/vote.txt", "drafts/vote.factcheck.md"),
        ("notes.v2.md", "notes.v2.factcheck.md"),
        ("-", "factcheck.md"),
        ("https://example.org/2011/03/vote.html?page=1", "vote.factcheck.md"),
        ("https://example.org/", "article.factcheck.md"),
        (".", "factcheck.md"),
    ],
)
def test_a_report_goes_beside_its_article(article: str, path: str):
    assert default_path(article, Format.MARKDOWN) == Path(path)


def test_a_written_report_replaces_the_old_one_and_leaves_nothing_else(tmp_path: Path):
    path = tmp_path / "r.md"
    write(path, "old, and longer than the new one")
    write(path, "новое\n")
    assert path.read_bytes() == "новое\n".encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("path", [None, Path("-")])
def test_a_report_for_standard_output_goes_there_as_it_is(capfdbinary, path: Path | None):
    emit("новое\n", path)
    emit(b"PK\x03", path)
    assert capfdbinary.readouterr().out == "новое\n".encode() + b"PK\x03"


def test_a_written_report_has_the_rights_of_any_new_file(tmp_path: Path):
    (tmp_path / "plain").touch()
    write(tmp_path / "r.md", "text")
    assert stat.S_IMODE((tmp_path / "r.md").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_a_report_that_cannot_be_written_is_an_input_error_and_leaves_nothing(tmp_path: Path):
    with pytest.raises(InputError, match="choose another place"):
        write(tmp_path / "no" / "such" / "r.md", "text")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="choose another place"):
        write(tmp_path / "folder", "text")
    assert [item.name for item in tmp_path.iterdir()] == ["folder"]


def test_where_a_report_cannot_go_can_be_told_beforehand(tmp_path: Path):
    with pytest.raises(InputError, match="there is no folder"):
        expect_folder(tmp_path / "no" / "r.md")
    with pytest.raises(InputError, match="is a folder"):
        expect_folder(tmp_path)
    with pytest.raises(InputError, match="File name too long"):
        expect_folder(tmp_path / ("x" * 250))
    assert not list(tmp_path.iterdir())
    for place in (tmp_path / "r.md", Path("-"), None):
        expect_folder(place)


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"{}", b"[1]", b'{"schema_version": 2}'])
def test_what_is_not_a_report_is_an_input_error_of_one_line(tmp_path: Path, content: bytes):
    (tmp_path / "r.json").write_bytes(content)
    with pytest.raises(InputError, match="--format json") as error:
        load_report(tmp_path / "r.json")
    assert "\n" not in str(error.value)


def test_a_missing_report_is_an_input_error(tmp_path: Path):
    with pytest.raises(InputError, match=r"cannot read .*gone\.json"):
        load_report(tmp_path / "gone.json")


@pytest.mark.parametrize("text", [TEXT, "\ufeff" + TEXT, TEXT.replace("\n", "\r\n"), "\n" * 50 + "😀" * 50])
def test_the_text_of_an_article_that_stands_as_it_was_checked_is_put_back(tmp_path: Path, text: str):
    (tmp_path / "vote.txt").write_bytes(text.encode())
    article = read_article(str(tmp_path / "vote.txt"))
    read = vote_report().model_copy(update={"article": article.model_copy(update={"text": ""})})
    assert restore_text(read, tmp_path).article.text == article.text
    moved = read.model_copy(update={"article": read.article.model_copy(update={"path": "/gone/vote.txt"})})
    assert restore_text(moved, tmp_path).article.text == article.text
    (tmp_path / "vote.txt").write_bytes(text.encode() + b"More.")
    assert restore_text(read, tmp_path).article.text == ""


@pytest.mark.parametrize("path", ["/dev/zero", "pipe", "link", "large.txt", ".", "a\0b"])
@pytest.mark.parametrize("characters", [10, -(10**9), 10**12])
def test_a_report_has_nothing_read_that_is_no_article(tmp_path: Path, path: str, characters: int):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(10**11)  # takes no room on the disk
    made = vote_report()
    article = made.article.model_copy(update={"path": path, "characters": characters, "text": ""})
    read = made.model_copy(update={"article": article})
    assert restore_text(read, tmp_path) == read
