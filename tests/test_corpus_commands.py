import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from factcheck.corpus.readers import FrontMatter
from factcheck.corpus.shelf import add as shelve
from factcheck.corpus_commands import app
from factcheck.errors import CorpusError, FactcheckError, InputError, SettingsError
from factcheck.front_matter import read_fields

PAGE = """<html><head><title>Bridge opened</title><meta property="og:site_name" content="Daily Paper"></head><body>
<article><p>The mayor opened the new bridge over the river on Monday morning after four years of work on it.</p>
<p>It carries two lanes of traffic and a path for cyclists, and cost the town nine million crowns.</p></article>
</body></html>"""


class Quiet(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer an address with a query by a page of its own."""
        page = PAGE.replace("The mayor", f"Mayor {self.path}").encode()
        if "?" not in self.path:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with documents to add, outside of the corpus."""
    for name, text in {
        "votes.md": "---\npublished: 2011-03-17\n---\nTen members voted in favour. Five members abstained.",
        "rain.txt": "It rained in Oslo for three days.",
        "photo.png": "x",
        "archive/rows.jsonl": '{"id": "a", "text": "Lentils are boiled."}\n{"id": "b", "text": "Salt is added."}\n',
    }.items():
        (tmp_path / "desk" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "desk" / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "desk"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("FACTCHECK_ALLOW_PRIVATE", "yes")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "bridge.html").write_text(PAGE)
    (tmp_path / "site" / "data.bin").write_text("x")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "site"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    if isinstance(result.exception, FactcheckError):
        raise result.exception
    return result


def ids() -> list[str]:
    return [line.split("\t")[0] for line in run("list").stdout.splitlines()]


def test_what_is_added_is_listed_searched_counted_and_removed() -> None:
    added = run("add", "desk/votes.md", "desk/archive", "--publisher", "The Archive")
    assert (added.exit_code, added.stdout) == (0, "3 added, 0 changed, 0 removed, 0 as before\n")
    assert ids() == ["archive/rows/a", "archive/rows/b", "votes"]

    found = run("search", "How many members abstained?", "--limit", "1").stdout
    assert "votes" in found and "The Archive" in found and "2011-03-17" in found and "abstained" in found

    figures = dict(line.rsplit(maxsplit=1) for line in run("stats").stdout.splitlines())
    assert (figures["documents"], figures["undated"]) == ("3", "2")

    assert run("remove", "votes").stdout.startswith("0 added, 0 changed, 1 removed")
    assert ids() == ["archive/rows/a", "archive/rows/b"]
    assert sorted(path.name for path in Path("corpus").rglob("*") if path.is_file()) == [
        "rows.jsonl", "rows.jsonl.yaml",
    ]  # fmt: skip


def test_the_last_document_may_be_removed_too() -> None:
    run("add", "desk/votes.md", "desk/rain.txt")
    assert run("remove", "votes").stdout.startswith("0 added, 0 changed, 1 removed")
    assert run("remove", "rain").stdout.startswith("0 added, 0 changed, 1 removed")
    assert ids() == []


@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
def test_nothing_is_added_where_the_corpus_is_not_mounted(left: str) -> None:
    run("add", "desk/votes.md")
    away = Path("corpus").rename("away")
    if left != "nothing":
        Path("corpus").mkdir()
    with pytest.raises(CorpusError, match="check that it is mounted"):
        run("add", "desk/rain.txt")
    assert not Path("corpus", "rain.txt").exists() and Path("corpus").exists() == (left != "nothing")
    if left != "nothing":
        Path("corpus").rmdir()
    away.rename("corpus")
    assert run("add", "desk/rain.txt").stdout == "1 added, 0 changed, 0 removed, 1 as before\n"


def test_a_corpus_that_cannot_be_made_is_named() -> None:
    Path("corpus").write_text("no folder")
    with pytest.raises(CorpusError, match=r"cannot make the corpus folder corpus \(File exists\)"):
        run("add", "desk/rain.txt")


def test_what_cannot_be_read_is_skipped_and_the_rest_goes_in() -> None:
    result = run("add", "desk/photo.png", "desk/nothing.md", "desk/rain.txt")
    assert result.exit_code == 3
    assert "1 added" in result.stdout
    assert "photo.png: no reader for .png" in result.stderr
    assert "desk/nothing.md: there is no such file" in result.stderr
    assert ids() == ["rain"]


def test_a_document_that_is_there_is_not_replaced(desk: Path) -> None:
    run("add", "desk/rain.txt")
    assert run("add", "desk/rain.txt").exit_code == 0
    (desk / "rain.txt").write_text("The sun shone.")
    result = run("add", "desk/rain.txt")
    assert result.exit_code == 3 and "is there and differs" in result.stderr
    assert "rained" in Path("corpus/rain.txt").read_text()


def test_a_document_of_the_same_name_is_not_replaced_by_one_of_another_kind(desk: Path) -> None:
    run("add", "desk/rain.txt")
    (desk / "rain.md").write_text("The sun shone.")
    result = run("add", "desk/rain.md")
    assert result.exit_code == 3 and "corpus/rain.txt has the same name" in result.stderr
    assert "rained" in run("search", "weather").stdout
    assert [path.name for path in Path("corpus").iterdir()] == ["rain.txt"]


@pytest.mark.parametrize("name", ["desk/.rain.txt", ".desk", "desk/r\udce9n.txt"])
def test_what_would_not_be_found_in_the_corpus_is_not_copied_there(desk: Path, name: str) -> None:
    (Path(".desk") if name == ".desk" else desk).mkdir(exist_ok=True)
    Path(".desk/a.txt" if name == ".desk" else name).write_text("The sun shone.")
    result = run("add", name, "desk/rain.txt")
    assert (result.exit_code, result.stdout) == (3, "1 added, 0 changed, 0 removed, 0 as before\n")
    assert "rename it" in result.stderr
    assert [path.name for path in Path("corpus").rglob("*")] == ["rain.txt"]


def test_a_page_is_fetched_with_its_address_and_publisher(site: str) -> None:
    assert run("add", f"{site}/bridge.html", "--tier", "tertiary").exit_code == 0
    [line] = run("list").stdout.splitlines()
    assert "Bridge opened" in line and "Daily Paper" in line and "tertiary" in line
    assert f"{site}/bridge.html" in next(Path("corpus").glob("*.yaml")).read_text()
    result = run("add", f"{site}/missing.html", f"{site}/data.bin")
    assert result.exit_code == 3
    assert "404" in result.stderr and "no reader for application/octet-stream" in result.stderr


def test_pages_that_differ_in_their_query_or_far_along_are_two_documents(site: str) -> None:
    far = f"{site}/bridge?{'x' * 130}"
    addresses = [f"{site}/doc.html?id=1", f"{site}/doc.html?id=2", f"{far}1", f"{far}2"]
    long = f"{site}/{'far-' * 40}"
    (Path("site") / ("far-" * 40)).mkdir()
    for number in (1, 2):
        (Path("site") / ("far-" * 40) / f"{number}.html").write_text(PAGE.replace("nine million", f"{number} million"))
        addresses.append(f"{long}/{number}.html")
    assert run("add", *addresses).stdout.startswith("6 added")
    assert run("add", *addresses).stdout.startswith("0 added, 0 changed, 0 removed, 6 as before")


def test_what_was_said_of_a_document_before_holds_until_it_is_said_anew(desk: Path) -> None:
    run("add", "desk/rain.txt", "--tier", "primary", "--published", "2011-03-17")
    (desk / "rain.txt.yaml").write_text("title: Rain\nshelf: B 12\n")
    run("add", "desk/rain.txt", "--publisher", "Reuters")
    assert read_fields(Path("corpus/rain.txt.yaml").read_text()) == {
        "tier": "primary", "published": "2011-03-17", "title": "Rain", "shelf": "B 12", "publisher": "Reuters",
    }  # fmt: skip
    [line] = run("list").stdout.splitlines()
    assert line.split("\t")[:5] == ["rain", "Rain", "Reuters", "2011-03-17", "primary"]
    run("add", "desk/rain.txt", "--tier", "tertiary")
    assert run("list").stdout.split("\t")[4] == "tertiary"


def test_a_description_in_the_corpus_is_not_written_anew_without_need_nor_over_one_that_is_broken() -> None:
    run("add", "desk/rain.txt")
    beside = Path("corpus/rain.txt.yaml")
    beside.write_text("tier: primary  # says the archivist\n")
    assert run("add", "desk/rain.txt", "--tier", "primary").exit_code == 0
    assert "archivist" in beside.read_text()
    beside.write_text("tier: [\n")
    result = run("add", "desk/rain.txt", "--publisher", "Reuters")
    assert result.exit_code == 3 and "its description is not valid YAML (see corpus/rain.txt.yaml)" in result.stderr
    assert beside.read_text() == "tier: [\n"


def test_search_is_narrowed_by_date_tier_publisher_and_document() -> None:
    run("add", "desk/votes.md", "--tier", "primary", "--publisher", "United Nations")
    run("add", "desk/rain.txt", "--published", "2012-05-01")
    every = ["search", "members rain Oslo"]
    assert {"votes", "rain"} <= set(run(*every).stdout.replace("·", " ").split())
    for narrowed in (
        ["--as-of", "2011-12-31"], ["--tier", "primary"], ["--publisher", "United Nations"], ["--document", "votes"],
        ["--tier", "primary", "--as-of", "2011-12-31"],
    ):  # fmt: skip
        found = run(*every, *narrowed).stdout
        assert "votes" in found and "Oslo" not in found
    assert run(*every, "--as-of", "2010-01-01").stdout == ""


def test_what_is_searched_for_need_not_be_utf_8() -> None:
    run("add", "desk/rain.txt", "--publisher", "Café")
    assert "rained" in run("search", "rain in Caf\udce9").stdout
    for option in ("--publisher", "--document"):
        assert run("search", "rain", option, "Caf\udce9").stdout == ""


def test_mistakes_are_named() -> None:
    with pytest.raises(CorpusError, match="no corpus folder"):
        run("list")
    run("add", "desk/archive")
    with pytest.raises(CorpusError, match="there is no document x"):
        run("remove", "x")
    with pytest.raises(CorpusError, match="holds other documents"):
        run("remove", "archive/rows/a")
    with pytest.raises(SettingsError, match="--tier 'gospel' is unknown"):
        run("search", "x", "--tier", "gospel")
    with pytest.raises(InputError, match="nothing to search for"):
        run("search", " ")
    with pytest.raises(CorpusError, match="tier"):
        run("add", "desk/rain.txt", "--tier", "gospel")


def test_a_folder_around_the_corpus_is_added_without_the_corpus(tmp_path: Path) -> None:
    corpus = tmp_path / "paper" / "corpus"
    corpus.mkdir(parents=True)
    (corpus / "b.md").write_text("Five members abstained.")
    (tmp_path / "paper" / "a.md").write_text("Ten members voted in favour.")
    assert [*shelve(str(tmp_path / "paper"), corpus, FrontMatter())] == [corpus / "paper" / "a.md"]
    assert [*shelve(str(corpus / ".."), corpus, FrontMatter())] == [corpus / "paper" / "a.md"]


def test_documents_give_the_terminal_no_commands() -> None:
    Path("corpus").mkdir()
    row = r'{"id": "a\u001b[2J", "text": "Ten \u001b[2Jvoted.", "publisher": "\u009b1m"}'
    Path("corpus/a.jsonl").write_text(row + "\n")
    Path("corpus/b\x1b[2J.png").write_text("x")
    told = [run("list"), run("search", "voted"), run("add", "desk/votes.md")]
    assert not any("\x1b" in each.output or "\x9b" in each.output for each in told)
    assert "⟨U+001B⟩" in told[0].output and "⟨U+001B⟩" in told[1].output and "⟨U+001B⟩" in told[2].output
