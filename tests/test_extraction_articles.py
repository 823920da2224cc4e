import io
import os
import sys
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import docx
import pytest

from factcheck.errors import InputError
from factcheck.extraction.article import read_article
from factcheck.extraction.markdown import without_marks
from factcheck.extraction.sentences import BlockKind, split_blocks, split_sentences
from factcheck.limits import Limits

PAGE = """<html><head><title>Bridge opens - The Post</title>
<meta property="article:published_time" content="2015-06-02T10:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Bridge opens</h1><p>The new bridge over the Tarn opened on Monday after three years of work, the
council said in a statement to the press.</p><p>It cost 41 million euros, two million more than was planned when
the contract was signed in 2012.</p></article><footer>Copyright The Post</footer></body></html>"""

#: Pages may come from this machine.
HERE = Limits(private=True)


def article_of(tmp_path: Path, data: str | bytes, name: str = "article.txt"):
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_article(str(file))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Pier burns\n\nGENEVA, March 4, 2014 — A fire destroyed the pier.", date(2014, 3, 4)),
        ("Pier burns\n\nBy A. Writer\nThursday 14 November 2019\n\nA fire destroyed the pier.", date(2019, 11, 14)),
        ("Pier burns\n\nPublished: 2011-03-22\n\nA fire destroyed the pier.", date(2011, 3, 22)),
        ("---\ntitle: Pier burns\ndate: 2011-03-22\n---\nA fire destroyed the pier.", date(2011, 3, 22)),
        ("Pier burns\n\nA fire destroyed the pier, which opened on 4 May 1931 and was well loved.", None),
        ("Pier burns\n\nPARIS, February 30, 2014 — A fire destroyed the pier.", None),
    ],
)
def test_the_date_is_read_where_the_text_gives_it(text: str, day: date | None, tmp_path: Path) -> None:
    article = article_of(tmp_path, text)
    assert (article.title, article.date) == ("Pier burns", day)


def test_a_date_that_is_given_wins(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Pier burns\n\nGENEVA, March 4, 2014 — A fire destroyed the pier.")
    assert read_article(str(file), date=date(2014, 3, 5)).date == date(2014, 3, 5)


def test_byte_order_mark_and_line_ends_do_not_shift_lines(tmp_path: Path) -> None:
    article = article_of(tmp_path, "\ufeffTitle here\r\n\r\nA fire destroyed the pier.\r\n".encode())
    assert article.text == "Title here\n\nA fire destroyed the pier.\n"
    assert article.line_at(article.text.index("fire")) == 3


def test_markdown_keeps_the_file_s_own_offsets(tmp_path: Path) -> None:
    text = "---\ntitle: Pier\n---\n# Pier burns down\n\n> A fire destroyed the pier.\n\n- Nobody was hurt.\n"
    article = article_of(tmp_path, text, "a.md")
    assert article.text == text
    sentences = split_sentences(text, text.index("# "))
    assert [text[s.start : s.end] for s in sentences] == [
        "Pier burns down", "A fire destroyed the pier.", "Nobody was hurt.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("It cost **9m euros**, *she* said.", "It cost   9m euros  ,  she  said."),
        ("Rents [rose](https://a.org/b_(c)_d) in May.", "Rents  rose                         in May."),
        ("*Read [more](b.md)*", " Read  more        "),
        ("It has 5 * 3 rows*, snake_case_names and [Ada] (King).",) * 2,
    ],
)
def test_marks_of_markdown_leave_blanks(text: str, plain: str) -> None:
    assert without_marks(text) == plain


def test_a_title_has_no_marks_of_markdown(tmp_path: Path) -> None:
    article = article_of(tmp_path, "# Pier **burns**\n\n*Published: 2011-03-22*\n\nNobody was hurt.\n", "a.md")
    assert (article.title, article.date) == ("Pier burns", date(2011, 3, 22))


def test_a_title_is_one_line(tmp_path: Path) -> None:
    headline = "The pier that has stood in the old harbour since 1931 was burnt\ndown"
    assert article_of(tmp_path, f"{headline}\n\nNobody was hurt.\n", "a.md").title == headline.replace("\n", " ")


def test_standard_input_is_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Déjà vu\n\nThe pier burned.".encode())))
    assert read_article("-").title == "Déjà vu"


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"PK\x03\x04\x00\x00", "binary"),
        ("Grüße aus Köln".encode("latin-1"), "save it as UTF-8"),
    ],
)
def test_what_cannot_be_read_is_one_line_with_advice(data: bytes, advice: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=advice) as caught:
        article_of(tmp_path, data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["missing.txt", "missing.pdf", "folder", "folder.html"])
def test_a_missing_file_or_a_folder_is_said_to_be_one(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(InputError, match=r"there is no file|folder|check what it is"):
        read_article(str(tmp_path / name))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_said_to_be_one(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("text")
    file.chmod(0)
    with pytest.raises(InputError, match="permissions"):
        read_article(str(file))


def test_html_gives_text_title_and_date(tmp_path: Path) -> None:
    article = article_of(tmp_path, PAGE, "page.html")
    assert (article.title, article.date) == ("Bridge opens", date(2015, 6, 2))
    assert "It cost 41 million euros" in article.text
    assert "Copyright" not in article.text
    assert "<p>" not in article.text


def test_word_documents_are_articles(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Bridge opens", 1)
    document.add_paragraph("LYON, June 2, 2015 — The bridge opened on Monday.")
    document.save(str(tmp_path / "a.docx"))
    article = read_article(str(tmp_path / "a.docx"))
    assert (article.title, article.date) == ("Bridge opens", date(2015, 6, 2))


@pytest.mark.parametrize(("name", "advice"), [("a.pdf", "cannot be read as PDF"), ("a.docx", "cannot be read as DOCX")])
def test_a_broken_document_is_refused(name: str, advice: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=advice):
        article_of(tmp_path, b"not what it says", name)


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path == "/bridge"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode() if found else b"gone")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site():
    server = HTTPServer(("127.0.0.1", 0), _Page)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_web_address_is_fetched(site: str) -> None:
    article = read_article(f"{site}/bridge", limits=HERE)
    assert (article.path, article.title, article.date) == (f"{site}/bridge", "Bridge opens", date(2015, 6, 2))


def test_a_page_that_is_gone_is_said_to_be_gone(site: str) -> None:
    with pytest.raises(InputError, match="404"):
        read_article(f"{site}/missing", limits=HERE)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Subscribe to our newsletter", BlockKind.BOILERPLATE),
        ("Support The Daily Post!", BlockKind.BOILERPLATE),
        ("Read more", BlockKind.BOILERPLATE),
        ("Support for the plan fell to 41 per cent in June.", BlockKind.PROSE),
        ("Related costs rose by a fifth in 2014.", BlockKind.PROSE),
        ("By Ana Costa", BlockKind.BYLINE),
        ("Additional reporting by Ana Costa", BlockKind.BYLINE),
        ("(AP, Reuters)", BlockKind.BYLINE),
        ("Picture: Ana Costa", BlockKind.BYLINE),
        ("By June, the plan had cost 41 million euros.", BlockKind.PROSE),
        ("| Oslo | 41 | 12% |", BlockKind.ROW),
    ],
)
def test_what_stands_around_the_article_is_told_from_it(line: str, kind: BlockKind) -> None:
    text = f"Bridge opens\n\nThe bridge over the Tarn opened on Monday.\n\n{line}"
    assert split_blocks(text)[-1].kind is kind


def test_a_picture_described_above_the_text_is_a_caption() -> None:
    text = "Bridge opens\n\nThe mayor cutting the ribbon on Monday. Ana Costa\n\nThe bridge opened on Monday."
    assert [block.kind for block in split_blocks(text)] == [BlockKind.HEADLINE, BlockKind.CAPTION, BlockKind.PROSE]


def test_wrapped_lines_are_one_paragraph_and_short_ones_are_not() -> None:
    text = (
        "By Ana Costa\nMonday 1 June 2015\n\nThe bridge over the Tarn opened on Monday after three\n"
        "years of work. It cost 41 million euros, the council said."
    )
    assert len(split_blocks(text)) == 3
    assert text[slice(split_sentences(text)[2].start, split_sentences(text)[2].end)].endswith("years of work.")


def test_a_quotation_of_several_sentences_is_cut_into_them() -> None:
    text = "“The bridge is safe. It was tested twice,” she said."
    assert [text[s.start : s.end] for s in split_sentences(text)] == [
        "“The bridge is safe.",
        "It was tested twice,” she said.",
    ]
