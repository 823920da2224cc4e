"""Bad input of every kind: an article is refused in one line with exit code 2, a document is skipped with a reason."""

import os
import socket
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from time import monotonic, process_time, sleep

import docx
import pytest
from typer.testing import CliRunner

from factcheck import web
from factcheck.cli import app
from factcheck.corpus.documents import read_documents
from factcheck.corpus.files import Skipped, find_files
from factcheck.corpus.passages import split_passages
from factcheck.corpus.readers import UnreadableError
from factcheck.errors import FactcheckError, InputError
from factcheck.extraction.article import read_article
from factcheck.extraction.sentences import split_sentences
from factcheck.limits import Limits
from factcheck.records import Article, Document, Extraction, NotChecked
from factcheck.settings import load_settings
from factcheck.untrusted.guard import as_it_stands
from factcheck.untrusted.hidden import original_span
from factcheck.web import FetchError, fetch, is_public

SMALL = Limits(article=2000, document=200_000)
LAUGHS = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in pairwise("abcdefgh"))


def bomb(path: Path) -> None:
    """Write a DOCX whose text is a hundred thousand times as long as the file says it is."""
    document = docx.Document()
    document.save(str(path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/more.xml", b"<w:p/>" * 2_000_000)


def wide(path: Path) -> None:
    """Write a DOCX with a table of one cell that says it is as wide as a million."""
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0)._tc.grid_span = 1_000_000
    document.save(str(path))


def pipe(path: Path) -> None:
    os.mkfifo(path)


def content(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


BAD = [
    ("a.txt", content(b""), "empty|no text"),
    ("a.txt", content(b"\x00\x01\x02"), "binary"),
    ("a.txt", content(b"caf\xe9"), "UTF-8"),
    ("a.txt", content(b"Ten voted yes. " * 20_000), "MB"),
    ("a.txt", content(b"x" * 5_000_000), "MB"),
    ("a.txt", pipe, "regular file"),
    ("a.txt", lambda path: path.symlink_to("/dev/zero"), "regular file"),
    ("a.html", lambda path: path.symlink_to("/dev/zero"), "regular file"),
    ("a.pdf", pipe, "regular file"),
    ("a.pdf", content(b"%PDF-1.4 broken"), "PDF"),
    ("a.pdf", content(b"x" * 300_000), "MB"),
    ("a.docx", content(b"PK\x03\x04 broken"), "DOCX"),
    ("a.docx", bomb, "unpacked"),
    ("a.html", content(b"<div>" * 3000 + b"x"), "no article"),
    ("a.html", content(b"<p " + b" ".join(b"a%d=1" % n for n in range(3000)) + b">x</p>"), "attributes"),
    ("a.html", content(b"<p " + b" ".join(b'a%d=">"' % n for n in range(3000)) + b">x</p>"), "attributes"),
    ("a.html", content(b"<p " + b" ".join(b"a%d=<" % n for n in range(3000)) + b">x</p>"), "attributes"),
    ("a.html", content(b"\xff\xfe\x00"), "no article"),
]


@pytest.mark.parametrize(("name", "make", "reason"), BAD)
def test_an_article_that_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, name: str, make: Callable[[Path], None], reason: str
) -> None:
    make(tmp_path / name)
    with pytest.raises(InputError, match=reason) as error:
        read_article(str(tmp_path / name), limits=SMALL)
    assert "\n" not in str(error.value)


def test_an_article_whose_name_is_not_utf8_is_told_in_one_line(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text("Ten members voted in favour.")
    with pytest.raises(InputError, match="rename") as error:
        read_article(path)
    assert "\n" not in str(error.value)
    done = CliRunner().invoke(app, ["claims", path])
    assert isinstance(done.exception, InputError)


@pytest.mark.parametrize(("name", "make", "reason"), BAD)
def test_a_document_that_cannot_be_read_is_skipped_with_a_reason(
    tmp_path: Path, name: str, make: Callable[[Path], None], reason: str
) -> None:
    make(tmp_path / name)
    with pytest.raises(UnreadableError, match=reason) as error:
        list(read_documents(tmp_path / name, "a", SMALL))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "front",
    [
        LAUGHS + "title: *h",
        "title: " + "[" * 5000,
        "- " * 5000,
        "title: &t x\npublisher: *t",
        "title: " + "x" * 70_000,
        "title: !!python/name:os.system",
        "title: !!timestamp x",
        "title: !!bool x",
        "title: !!int ''",
    ],
)
def test_front_matter_costs_nothing_and_is_plain_text_where_it_is_none(tmp_path: Path, front: str) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\n{front}\n---\nTen members voted in favour.\n")
    started = monotonic()
    with pytest.raises(UnreadableError, match="not valid YAML"):
        list(read_documents(file, "a"))
    assert read_article(str(file)).text.endswith("Ten members voted in favour.\n")
    assert monotonic() - started < 5


def test_a_title_of_an_article_is_one_line_of_text(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: [a, b]\n---\n# Pier burns\n\nThe pier burned down on Monday.\n")
    assert read_article(str(file)).title == "Pier burns"
    file.write_text("---\ntitle: |\n  Pier\n  burns\n---\nThe pier burned down on Monday.\n")
    assert read_article(str(file)).title == "Pier burns"


def test_links_out_of_the_corpus_are_not_followed_nor_are_those_of_descriptions(tmp_path: Path) -> None:
    corpus, secret = tmp_path / "corpus", tmp_path / "secret.yaml"
    corpus.mkdir()
    secret.write_text("publisher: Secret Service\n")
    (corpus / "a.md").write_text("Ten voted.")
    (corpus / "a.md.yaml").symlink_to(secret)
    (corpus / "b.md").symlink_to(secret)
    (corpus / "c.md").symlink_to("/dev/zero")
    (corpus / "d.md").symlink_to(corpus / "nowhere.md")
    (corpus / "e.md").symlink_to("e.md")
    Path(os.fsdecode(os.fsencode(corpus) + b"/f\xe9.md")).write_text("Ten voted.")
    found = list(find_files(corpus))
    assert all(isinstance(item, Skipped) for item in found)
    assert {item.path for item in found if isinstance(item, Skipped)} == {
        *("a.md", "b.md", "c.md", "d.md", "e.md"),
        "f\udce9.md",
    }


@pytest.mark.parametrize("text", ["x" * 300_000, "x\"'(" * 60_000, "word " * 60_000, "“" * 90_000, 'x. "' * 60_000])
def test_text_without_end_is_cut_into_passages_and_sentences_of_a_bounded_size(text: str) -> None:
    started = monotonic()
    spans = split_passages(text)
    assert not text[: spans[0].start].strip() and not text[spans[-1].end :].strip()
    assert not any(text[one.end : other.start].strip() for one, other in pairwise(spans))
    assert max(span.end - span.start for span in spans) <= 25_000
    assert all(0 <= one.start <= one.end <= len(text) for one in split_sentences(text))
    assert monotonic() - started < 30


def test_the_limits_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().limits == Limits()
    (tmp_path / "factcheck.toml").write_text("max_article_mb = 0.002\nmax_document_mb = 3\nallow_private = true\n")
    assert load_settings().limits == Limits(article=2000, document=3_000_000, private=True)
    (tmp_path / "long.txt").write_text("Ten members voted in favour. " * 100)
    done = CliRunner().invoke(app, ["claims", "long.txt"])
    assert isinstance(done.exception, FactcheckError)
    assert "max_article_mb" in str(done.exception)
    monkeypatch.setenv("FACTCHECK_MAX_ARTICLE_MB", "-1")
    with pytest.raises(FactcheckError, match="max_article_mb"):
        load_settings()


# ---- pages ----


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("ff02::1", False),
        ("fec0::1", False),
        ("::7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                for _ in range(100):
                    self.wfile.write(b".")
                    sleep(0.1)
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            if self.path == "/odd":
                self.send_header("Content-Encoding", "zstd")
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(b"Ten members voted. " * (100_000 if self.path == "/large" else 1))

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("0.0.0.0", 0), _Site) as server:
        server.daemon_threads = True
        server.block_on_close = False
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "2130706433", "127.1"])
def test_a_page_of_this_machine_is_refused_unless_allowed(host: str, port: int) -> None:
    with pytest.raises(FetchError, match=r"private network|no host"):
        fetch(f"http://{host}:{port}/page", Limits())


def test_a_page_of_this_machine_is_read_where_the_settings_allow_it(port: int) -> None:
    assert read_article(f"http://me:pw@127.0.0.1:{port}/page", limits=Limits(private=True)).path.endswith(
        f"//127.0.0.1:{port}/page"
    )


def test_a_redirect_cannot_lead_where_the_address_itself_could_not(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # 127.0.0.1 plays the public internet here, 127.0.0.2 the private network.
    monkeypatch.setattr(web, "is_public", lambda address: address == "127.0.0.1")
    assert fetch(f"http://127.0.0.1:{port}/page", Limits()).kind == "text/plain"
    assert fetch(f"http://127.0.0.1:{port}/to//page", Limits()).data.startswith(b"Ten")
    with pytest.raises(FetchError, match=r"127\.0\.0\.2 is in a private network"):
        fetch(f"http://127.0.0.1:{port}/to/http://127.0.0.2:{port}/page", Limits())
    with pytest.raises(FetchError, match="redirects"):
        fetch(f"http://127.0.0.1:{port}" + "/to/" * 9 + "page", Limits())
    with pytest.raises(FetchError):
        fetch(f"http://127.0.0.1:{port}/to/file:///etc/passwd", Limits())


def test_a_name_is_resolved_once_and_all_that_it_resolves_to_must_be_public(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def resolve(host: str, *args: object, **rest: object) -> list[tuple[object, ...]]:
        calls.append(host)
        both = ("93.184.216.34", "127.0.0.1") if host == "both.test" else ("127.0.0.1",)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in both]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    for host in ("rebind.test", "both.test"):
        with pytest.raises(FetchError, match="private network"):
            fetch(f"http://{host}:{port}/page", Limits())
    assert fetch(f"http://rebind.test:{port}/page", Limits(private=True)).data
    assert set(calls) <= {"rebind.test", "both.test", "127.0.0.1"}


def test_a_redirect_without_a_host_keeps_the_name(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def resolve(host: str, *args: object, **rest: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert fetch(f"http://paper.test:{port}/to//page", Limits(private=True)).data.startswith(b"Ten")
    assert "paper.test" in asked[len(asked) // 2 :]


def test_hosts_that_no_proxy_serves_are_connected_to_as_they_were_checked(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "localhost,paper.test")
    addresses = iter(["93.184.216.34", "127.0.0.1"])

    def resolve(host: str, *args: object, **rest: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(addresses), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(FetchError, match="private network"):
        fetch(f"http://paper.test:{port}/page", Limits())


def test_a_proxy_makes_the_connections(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"127.0.0.1:{port}")
    assert fetch("http://127.0.0.1:9/page", Limits(private=True)).data.startswith(b"Ten")


def test_a_page_that_is_too_large_too_slow_or_oddly_packed_is_given_up(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = Limits(document=50_000, private=True)
    with pytest.raises(FetchError, match=r"larger than 0\.05 MB"):
        fetch(f"http://127.0.0.1:{port}/large", allowed)
    with pytest.raises(FetchError, match="not asked for"):
        fetch(f"http://127.0.0.1:{port}/odd", allowed)
    monkeypatch.setattr(web, "SECONDS", 0.5)
    started = monotonic()
    with pytest.raises(FetchError, match="longer than"):
        fetch(f"http://127.0.0.1:{port}/drip", allowed)
    assert monotonic() - started < 5
    with pytest.raises(InputError, match="cannot fetch http://127") as error:
        read_article(f"http://me:secret@127.0.0.1:{port}/drip", limits=allowed)
    assert "secret" not in str(error.value)


def test_documents_within_their_limits_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ten members voted. " * 500)
    [document] = read_documents(tmp_path / "a.txt", "a", SMALL)
    assert isinstance(document, Document)


def test_a_table_that_says_it_is_as_wide_as_a_million_is_not_believed(tmp_path: Path) -> None:
    wide(tmp_path / "a.docx")
    with pytest.raises(UnreadableError, match="columns"):
        list(read_documents(tmp_path / "a.docx", "a"))


def test_a_row_that_goes_on_for_many_lines_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\n" + '"a\n",' * 100_000 + "\n")
    with pytest.raises(UnreadableError, match="larger than"):
        list(read_documents(tmp_path / "a.csv", "a", SMALL))
    (tmp_path / "b.csv").write_text("text\n" + '"Ten\nvoted."\n' * 50_000)
    assert len(list(read_documents(tmp_path / "b.csv", "b", SMALL))) == 50_000


def test_hidden_characters_without_end_take_no_time_to_be_put_back() -> None:
    text = "a\u200bb \n" * 30_000
    article = Article.from_text(text)
    items = tuple(NotChecked(quote="", start=at, end=at + 20, reason="") for at in range(60_000, len(text) - 20, 50))
    started = process_time()
    as_it_stands(Extraction(claims=(), not_checked=items), article)
    [original_span("x" * 1_000_000, at, at + 20) for at in range(0, 1_000_000, 1000)]
    assert process_time() - started < 10
