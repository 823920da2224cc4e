import csv
import json
import os
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from factcheck.corpus.documents import read_documents
from factcheck.corpus.files import Skipped, find_files, fingerprint
from factcheck.corpus.passages import split_passages
from factcheck.corpus.readers import PAGE_BREAK, UnreadableError
from factcheck.layout import lay_out
from factcheck.limits import USUAL, Limits
from factcheck.records import Document, Tier

FRONT = """---
title: "Votes on resolution 7"
publisher: United Nations
published: 2011-03-17
url: https://example.org/7
tier: primary
topic: ignored
---

"""
PAGE = """<html><head><title>Council votes - Daily Paper</title>
<meta property="og:site_name" content="Daily Paper">
<meta property="article:published_time" content="2011-03-18T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav><article><h1>Council votes</h1>
<p>Ten members of the council voted in favour of the resolution on Thursday, and five abstained.</p>
<h2>Reasons</h2><p>Russia said that the text left open who would enforce it and how force would be limited.</p>
<script>alert("x")</script></article><footer>Copyright Daily Paper</footer></body></html>"""


def read(path: Path, data: bytes | str = b"") -> Document:
    if data:
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    [document] = read_documents(path, path.stem)
    assert isinstance(document, Document)
    return document


def make_pdf(path: Path, pages: list[str]) -> Path:
    """Write a PDF by hand: one line of Helvetica on each page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for text in pages:
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    data += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n"
    path.write_text(f"{data}{data.index('xref')}\n%%EOF\n", encoding="latin-1")
    return path


def test_front_matter_describes_the_source_and_is_not_part_of_the_text(tmp_path: Path) -> None:
    document = read(tmp_path / "res-7.md", FRONT + "Ten members voted in favour.\n")
    assert document.source.title == "Votes on resolution 7"
    assert document.source.publisher == "United Nations"
    assert document.source.published == date(2011, 3, 17)
    assert document.source.url == "https://example.org/7"
    assert document.source.tier is Tier.PRIMARY
    assert document.text.strip() == "Ten members voted in favour."


def test_nothing_but_text_is_required(tmp_path: Path) -> None:
    source = read(tmp_path / "res-1973_votes.txt", "Ten members voted.").source
    assert (source.title, source.published, source.tier) == ("res 1973 votes", None, Tier.SECONDARY)
    assert read(tmp_path / "a.md", "# The vote #\n\nTen.").source.title == "The vote"


def test_byte_order_mark_and_line_ends_are_normalised(tmp_path: Path) -> None:
    assert read(tmp_path / "a.txt", b"\xef\xbb\xbfone\r\ntwo\rthree").text == "one\ntwo\nthree"


def test_a_page_gives_its_article_and_says_who_published_it_when(tmp_path: Path) -> None:
    document = read(tmp_path / "page.html", PAGE)
    assert "Ten members of the council voted in favour" in document.text
    assert "## Reasons" in document.text
    assert not any(word in document.text for word in ("Sport", "alert", "Copyright"))
    assert document.source.title == "Council votes"
    assert document.source.publisher == "Daily Paper"
    assert document.source.published == date(2011, 3, 18)


def test_a_pdf_keeps_its_pages(tmp_path: Path) -> None:
    document = read(make_pdf(tmp_path / "a.pdf", ["Ten members voted in favour.", "Five abstained."]))
    first, second = document.text.split(PAGE_BREAK)
    assert (first.strip(), second.strip()) == ("Ten members voted in favour.", "Five abstained.")


def test_a_word_document_gives_paragraphs_headings_and_tables(tmp_path: Path) -> None:
    file = docx.Document()
    file.core_properties.title = "Minutes"
    file.add_heading("Votes", 1)
    file.add_paragraph("Ten members voted in favour.")
    table = file.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "China", "abstained"
    file.save(str(tmp_path / "a.docx"))
    document = read(tmp_path / "a.docx")
    assert document.source.title == "Minutes"
    assert document.text == "## Votes\n\nTen members voted in favour.\n\n| China | abstained |"


TRACKED = """<w:p %s><w:r><w:t xml:space="preserve">The council voted </w:t></w:r>
<w:del w:id="1" w:author="A"><w:r><w:delText>nine</w:delText></w:r></w:del>
<w:moveFrom w:id="2" w:author="A"><w:r><w:t>eight</w:t></w:r></w:moveFrom>
<w:ins w:id="3" w:author="A"><w:r><w:t>ten</w:t></w:r></w:ins>
<w:r><w:t xml:space="preserve"> to </w:t></w:r><w:smartTag><w:r><w:t>five</w:t></w:r></w:smartTag>
<w:fldSimple w:instr="DATE"><w:r><w:t xml:space="preserve"> in May.</w:t></w:r></w:fldSimple></w:p>"""
CONTROL = "<w:sdt %s><w:sdtPr>%s</w:sdtPr><w:sdtContent><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:sdtContent></w:sdt>"
CONTENTS = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'


def test_a_word_document_is_read_with_its_tracked_changes_and_content_controls(tmp_path: Path) -> None:
    file = docx.Document()
    space = nsdecls("w")
    xml = [TRACKED % space, CONTROL % (space, CONTENTS, "Votes 3"), CONTROL % (space, "", "Russia abstained.")]
    for number, block in enumerate(xml):
        file.element.body.insert(number, parse_xml(block))
    cell = file.add_table(1, 2).cell(0, 1)
    cell._tc.append(parse_xml(TRACKED % space))
    cell.add_table(1, 1).cell(0, 0).text = "China | too"
    file.save(str(tmp_path / "a.docx"))
    vote = "The council voted ten to five in May."
    assert read(tmp_path / "a.docx").text == f"{vote}\n\nRussia abstained.\n\n|  | {vote} China / too |"


@pytest.mark.parametrize(
    ("rows", "headed"),
    [
        (["Quay|Passengers|2023", "North|1,204|311", "Old|98|n/a"], True),
        (["Quay|Passengers", "North|1,204"], False),  # may as well be a form: "Name | Bell"
        (["North|1,204|311", "Old|98|44"], False),
        (["Name|Bell|Ann", "Office|Mayor|Clerk"], False),
    ],
)
def test_a_table_of_a_word_document_has_a_header_only_where_words_stand_above_figures(
    tmp_path: Path, rows: list[str], headed: bool
) -> None:
    file = docx.Document()
    cells = [row.split("|") for row in rows]
    table = file.add_table(len(rows), len(cells[0]))
    for row, words in zip(table.rows, cells, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    file.save(str(tmp_path / "a.docx"))
    told = [laid.words for laid in lay_out(read(tmp_path / "a.docx").text)]
    if headed:
        assert told == ["Quay: North; Passengers: 1,204; 2023: 311.", "Quay: Old; Passengers: 98; 2023: n/a."]
    else:
        assert told == [f"{'; '.join(words)}." for words in cells]


def test_a_table_of_a_page_keeps_its_header(tmp_path: Path) -> None:
    opening = "<p>The authority publishes its figures on this page. They were audited by Bell in December.</p>" * 3
    rows = "<tr><th>Quay</th><th>Ferries</th></tr><tr><td>North</td><td>311</td></tr><tr><td>Old</td><td>44</td></tr>"
    page = f"<html><body><article><h1>Quays</h1>{opening}<h2>Year</h2><table>{rows}</table></article></body></html>"
    (tmp_path / "a.html").write_text(page)
    text = read(tmp_path / "a.html").text
    span = split_passages(text)[-1]
    assert [(one.under, one.words) for one in lay_out(text[span.start : span.end], span.above)] == [
        ("Year.", "Quay: North; Ferries: 311."),
        ("Year.", "Quay: Old; Ferries: 44."),
    ]


ROWS = [
    {"id": 0, "text": "Ten voted.", "title": "Vote", "published": "2011-03-17", "tier": "primary"},
    {"id": "n2", "text": "  "},
    {"text": "Five abstained.", "publisher": "Daily Paper"},
    {"id": "n4", "text": "Nobody left.", "published": "soon"},
]


def test_every_row_of_a_table_is_a_document(tmp_path: Path) -> None:
    lines, table = tmp_path / "news.jsonl", tmp_path / "news.csv"
    lines.write_text("\n".join([*map(json.dumps, ROWS), "{not json", '{"text": "a\\ud800b\\u0000"}', "[" * 100_000]))
    with table.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["id", "text", "title", "published", "tier", "publisher"])
        writer.writeheader()
        writer.writerows(ROWS)
    for path in (lines, table):
        found = list(read_documents(path, "archive/news"))
        documents = [item for item in found if isinstance(item, Document)]
        refused = [str(item) for item in found if isinstance(item, UnreadableError)]
        assert documents[0].source.id == "archive/news/0"
        assert documents[0].source.published == date(2011, 3, 17)
        assert documents[1].text == "Five abstained."
        assert documents[1].source.publisher == "Daily Paper"
        assert "no text" in refused[0] and "published" in refused[1]
        if path is lines:
            assert len(refused) == 4 and documents[2].text == "a?b "


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_a_row_of_null_characters_is_no_document_and_those_below_it_are_read(tmp_path: Path, suffix: str) -> None:
    rows = [{"id": "a", "text": "\0"}, {"id": "\0", "text": "Ten voted."}, {"id": "c", "text": "Five abstained."}]
    file = tmp_path / f"news{suffix}"
    with file.open("w", newline="") as table:
        if suffix == ".csv":
            writer = csv.DictWriter(table, ["id", "text"])
            writer.writeheader()
            writer.writerows(rows)
        else:
            table.writelines(f"{json.dumps(row)}\n" for row in rows)
    refused, *documents = read_documents(file, "news")
    first = 2 if suffix == ".csv" else 1
    assert str(refused) == f"line {first}: there is no text in it"
    assert [one.source.id for one in documents if isinstance(one, Document)] == [f"news/{first + 1}", "news/c"]


def test_a_description_beside_a_file_wins_over_what_the_file_says(tmp_path: Path) -> None:
    before = read(tmp_path / "a.md", FRONT + "Ten voted.")
    old = fingerprint(tmp_path / "a.md")
    (tmp_path / "a.md.yaml").write_text("publisher: The Archive\ntier: tertiary\n")
    after = read(tmp_path / "a.md")
    assert (after.source.publisher, after.source.tier) == ("The Archive", Tier.TERTIARY)
    assert after.source.title == "Votes on resolution 7"
    assert fingerprint(tmp_path / "a.md") != old and after.sha256 != before.sha256
    assert list(find_files(tmp_path)) == [tmp_path / "a.md"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"\x00\x01", "binary"),
        ("a.pdf.yaml", b"title: A", "no reader for .yaml"),
        ("a", b"text", "no reader for a file without suffix"),
        ("a.md", b"caf\xe9", "not UTF-8"),
        ("a.md", b"  \n", "no text"),
        ("a.md", b"---\ntitle: [\n---\ntext", "not valid YAML"),
        ("a.md", b"---\npublished: last spring\n---\ntext", "published"),
        ("a.md", b"---\npublished: 2011-02-31\n---\ntext", "description"),
        ("a.md", b"---\ntier: gospel\n---\ntext", "tier"),
        ("a.md", b"---\n- a list\n---\ntext", "description"),
        ("a.md", b"---\ntitle: !!python/object/apply:os.system [ls]\n---\ntext", "not valid YAML"),
        ("a.html", b"<html><body></body></html>", "no article"),
        ("a.html", b"\x00\xff\x00", "no article"),
        ("a.pdf", b"%PDF-1.4 nothing", "PDF"),
        ("a.docx", b"PK\x03\x04 nothing", "DOCX"),
        ("a.csv", b"text\ncaf\xe9", "CSV"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(tmp_path / name, data)


def test_a_pdf_without_text_or_with_a_password_is_refused(tmp_path: Path) -> None:
    blank = pypdf.PdfWriter()
    blank.add_blank_page(100, 100)
    blank.write(tmp_path / "blank.pdf")
    with pytest.raises(UnreadableError, match="OCR"):
        read(tmp_path / "blank.pdf")
    locked = pypdf.PdfWriter(make_pdf(tmp_path / "plain.pdf", ["Ten voted."]))
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(tmp_path / "locked.pdf")
    with pytest.raises(UnreadableError, match="PDF"):
        read(tmp_path / "locked.pdf")


def test_files_are_found_in_a_fixed_order_and_the_rest_is_reported(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("secret")
    corpus = tmp_path / "corpus"
    (corpus / "b" / ".git").mkdir(parents=True)
    for name in ("b/two.md", "one.txt", "one.md", "photo.png", ".hidden.md", "b/.git/x.md"):
        (corpus / name).write_text("text")
    (corpus / "link.md").symlink_to(outside)
    (corpus / "folder").symlink_to(tmp_path, target_is_directory=True)
    (corpus / "b" / "round").symlink_to(corpus / "b" / "round")
    os.mkfifo(corpus / "pipe.txt")
    found = list(find_files(corpus))
    assert [path.relative_to(corpus).as_posix() for path in found if isinstance(path, Path)] == ["one.md", "b/two.md"]
    reasons = {item.path: item.reason for item in found if isinstance(item, Skipped)}
    assert set(reasons) == {"b/round", "folder", "link.md", "one.txt", "photo.png", "pipe.txt"}
    assert reasons["folder"] == "it is a link to a folder"
    assert "leads out" in reasons["link.md"]
    assert "same name as one.md" in reasons["one.txt"]


def test_rows_whose_id_is_empty_are_named_by_their_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": null, "text": "Ten."}\n{"id": 0, "text": "Five."}\n')
    rows = list(read_documents(tmp_path / "a.jsonl", "a"))
    assert [row.source.id for row in rows if isinstance(row, Document)] == ["a/1", "a/0"]


def told(path: Path, data: bytes | str, limits: Limits = USUAL) -> list[str]:
    """Return the texts and, of what is refused, the reasons."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found: list[str] = []
    try:
        found += (one.text if isinstance(one, Document) else str(one) for one in read_documents(path, "a", limits))
    except UnreadableError as error:
        found.append(str(error))
    return found


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("id;text;tier\n1;Ten, not nine, voted.;primary\n", ["Ten, not nine, voted."]),
        ("\ufeffid\ttext\r\n1\tTen voted.\r\n", ["Ten voted."]),
        ('id, text, published\n1, "Ten, not nine, voted.", \n', ["Ten, not nine, voted."]),
        ("id,text\n1,Ten voted.,,\n", ["Ten voted."]),
        (
            "id,text\n1,Ten, not nine, voted.\n2,Five left.\n",
            ["line 2: it has more cells than the header; put quotation marks around the text", "Five left."],
        ),
        ("id,Text\n1,Ten voted.\n2,Five left.\n", ["it has no column named text"]),
        ("text,text\nTen voted.,Five left.\n", ["it has more than one column named text"]),
        (
            'text\nTen voted.\n"Five\nleft.\nNobody came.\n',
            ["Ten voted.", "it cannot be read as CSV in UTF-8 from line 3 on"],
        ),
        (
            'text\nTen voted.\n"He said "no", and left."\n',
            ["Ten voted.", "it cannot be read as CSV in UTF-8 from line 3 on"],
        ),
        ('text\nHe said "no" to it.\n', ['He said "no" to it.']),
    ],
)
def test_no_text_of_a_table_is_cut_short_or_run_together(tmp_path: Path, table: str, rows: list[str]) -> None:
    assert told(tmp_path / "a.csv", table) == rows


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_a_row_that_is_too_large_is_named_by_its_line(tmp_path: Path, suffix: str) -> None:
    texts = ["Ten voted.", "Five left. " * 30, "Nobody came."]
    table = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    reason = "it is larger than 0.0001 MB; raise max_document_mb if that is meant"
    rows = ["Ten voted.", f"line 2: {reason}", "Nobody came."]
    if suffix == ".csv":
        table = "\n".join(["text", *texts])
        rows = ["Ten voted.", reason.replace("MB;", "MB from line 3 on;")]
    assert told(tmp_path / f"a{suffix}", table, Limits(document=100)) == rows
