import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from reporting_examples import TEXT, claim, ferry_report, hostile_report, report, vote_report

from factcheck.errors import InputError
from factcheck.extraction.article import read_article
from factcheck.records import Article, Finding, Report, Verdict
from factcheck.reporting import Format, render
from factcheck.reporting.text import visible

HOSTILE = json.loads((Path(__file__).parent / "data/reporting/hostile.json").read_text())


def annotated(made: Report):
    return docx.Document(io.BytesIO(render(made, Format.DOCX)))


def text_of(document) -> str:
    return "".join(f"{paragraph.text}\n" for paragraph in document.paragraphs)


def commented(document) -> dict[str, str]:
    """The words that each comment is anchored at, by the comment's text."""
    words: dict[int, str] = {comment.comment_id: "" for comment in document.comments}
    open_now: set[int] = set()
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_now.add(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:commentRangeEnd"):
            open_now.discard(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:t"):
            for number in open_now:
                words[number] += element.text
    return {document.comments.get(number).text: anchor for number, anchor in words.items()}


def finding(quote: str, article: str = TEXT) -> Finding:
    return Finding(
        id=quote, claim=claim(quote, quote, article=article), verdict=Verdict.REFUTED, confidence=0.9, rationale="Why."
    )


def test_each_claim_has_a_comment_at_its_words():
    anchors = commented(annotated(vote_report()))
    assert sorted(anchors.values()) == sorted(found.claim.quote for found in vote_report().findings)
    [vote] = [text for text, words in anchors.items() if words.startswith("Fourteen")]
    assert vote.splitlines() == [
        "✗ Contradicted by the evidence (confidence 94%)",
        "Fourteen members of the Security Council voted for Resolution 1973.",
        "The record of the vote gives ten votes in favour.",
        "A figure in the claim differs from the evidence.",
        "The verdict rests on a single source.",
        "Evidence against it: “It was adopted by ten votes, with five abstentions.” "
        "(United Nations, 17 March 2011, https://undocs.org/S/RES/1973(2011))",
    ]


def test_a_comment_begins_with_the_worst_news():
    [said_otherwise] = [text for text in commented(annotated(ferry_report())) if "1,250 passengers" in text][:1]
    assert said_otherwise.startswith("✗ The speaker said otherwise. ✓ Supported by the evidence")


def test_the_text_is_that_of_the_draft():
    assert text_of(annotated(vote_report())) == TEXT


def test_overlapping_and_equal_claims_each_keep_their_words():
    quotes = ["members of the Security Council voted", "the Security Council", "Security", "the Security Council"]
    made = report(tuple(finding(quote) for quote in quotes))
    document = annotated(made)
    assert text_of(document) == TEXT
    assert len(list(document.comments)) == 4
    assert set(commented(document).values()) == set(quotes)


def test_of_words_that_stand_twice_the_right_ones_are_commented():
    article = "No. Yes.\n\nPerhaps. Yes.\n"
    start = article.rindex("Yes")
    second = finding("Yes", article)
    second = second.model_copy(update={"claim": second.claim.model_copy(update={"start": start, "end": start + 3})})
    document = annotated(report((second,), article=Article.from_text(article, path="a.txt")))
    paragraphs = [paragraph for paragraph in document.paragraphs if paragraph._p.xpath("./w:commentRangeStart")]
    assert [paragraph.text for paragraph in paragraphs] == ["Perhaps. Yes."]


def draft(path: Path) -> str:
    """Write a DOCX with formatting, a table and tabs; return its text as a reader may give it."""
    document = docx.Document()
    document.add_heading("A vote in New York", 1)
    paragraph = document.add_paragraph("Fourteen ")
    paragraph.add_run("members of the ").bold = True
    paragraph.add_run("Security\tCouncil").italic = True
    paragraph.add_run(" voted for it.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Russia abstained."
    table.cell(0, 1).text = "China."
    document.save(str(path))
    return "A vote in New York\n\nFourteen members of the Security Council voted for it.\n\nRussia abstained. China."


def formatted(document) -> list[tuple[str, bool | None, bool | None]]:
    """The letters of the document with their formatting."""
    cells = [paragraph for table in document.tables for cell in table._cells for paragraph in cell.paragraphs]
    return [
        (letter, run.bold, run.italic) for p in (*document.paragraphs, *cells) for run in p.runs for letter in run.text
    ]


def test_a_docx_draft_keeps_its_text_and_formatting(tmp_path: Path):
    path = tmp_path / "draft.docx"
    text = draft(path)
    quotes = ["members of the Security Council voted", "abstained", "A vote"]
    made = report(tuple(finding(quote, text) for quote in quotes), article=Article.from_text(text, path=str(path)))
    document = annotated(made)
    assert formatted(document) == formatted(docx.Document(str(path)))
    assert set(commented(document).values()) == {"members of the SecurityCouncil voted", "abstained", "A vote"}


@pytest.mark.parametrize("words", ["114 people\u200b were killed", "the har\u00adbour was closed"])
def test_what_cannot_be_seen_in_a_docx_hides_no_comment(tmp_path: Path, words: str):
    path = tmp_path / "draft.docx"
    document = docx.Document()
    document.add_paragraph(f"They said that {words}.")
    document.save(str(path))
    text = f"They said that {words}."
    made = report((finding(words, text),), article=Article.from_text(text, path=str(path)))
    assert list(commented(annotated(made)).values()) == [words]


def test_a_claim_in_a_row_of_a_table_is_commented_there(tmp_path: Path):
    path = tmp_path / "draft.docx"
    draft(path)
    made = read_article(str(path))
    assert "| Russia abstained. | China. |" in made.text
    claimed = finding("Russia abstained. | China", made.text)
    assert list(commented(annotated(report((claimed,), article=made))).values()) == ["Russia abstained.China"]


def test_a_claim_that_is_not_found_in_the_copy_has_its_comment_at_the_top(tmp_path: Path):
    path = tmp_path / "draft.docx"
    text = draft(path) + "\n\nFound nowhere."
    made = report((finding("Found nowhere", text),), article=Article.from_text(text, path=str(path)))
    [(comment, words)] = commented(annotated(made)).items()
    assert comment.startswith("These words were not found in this copy: “Found nowhere”\n✗ Contradicted")
    assert words == "A vote in New York"


def test_a_damaged_docx_is_an_input_error(tmp_path: Path):
    path = tmp_path / "draft.docx"
    path.write_bytes(b"PK\x03\x04 not a document")
    made = report((finding("Russia"),), article=Article.from_text(TEXT, path=str(path)))
    with pytest.raises(InputError, match=r"draft\.docx"):
        render(made, Format.DOCX)


def test_a_page_that_is_a_docx_is_annotated_as_the_text_that_was_read():
    address = "https://example.org/drafts/vote.docx"
    document = annotated(report((finding("Russia"),), article=Article.from_text(TEXT, path=address)))
    assert text_of(document) == TEXT
    assert list(commented(document).values()) == ["Russia"]


def test_a_report_read_back_cannot_be_annotated():
    with pytest.raises(InputError, match="--format docx"):
        render(Report.model_validate_json(vote_report().model_dump_json()), Format.DOCX)


@pytest.mark.parametrize("text", [" ".join(HOSTILE), *HOSTILE], ids=["all", *range(len(HOSTILE))])
def test_hostile_text_stays_text(text: str):
    made = hostile_report(text)
    data = render(made, Format.DOCX)
    document = docx.Document(io.BytesIO(data))
    assert "".join(text_of(document).split()) == "".join(visible(made.article.text).split())
    assert len(list(document.comments)) == len(made.findings)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {"word/document.xml", "word/comments.xml"}
        for name in names:
            assert "hyperlink" not in archive.read(name).decode()
        assert not [name for name in archive.namelist() if "vba" in name.lower()]


def test_libreoffice_shows_the_comments_at_their_words(tmp_path: Path):
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed (apt-get install libreoffice-writer)")
    (tmp_path / "vote.docx").write_bytes(render(vote_report(), Format.DOCX))
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "fodt"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "vote.docx"], check=True, capture_output=True)
    page = (tmp_path / "vote.fodt").read_text()
    assert page.count("<office:annotation ") == 5
    words = page.split("The record of the vote gives ten votes in favour.")[1].split("</office:annotation>")[1]
    assert words.split("<office:annotation-end")[0] == (
        "Fourteen members of the Security Council voted for the resolution on Thursday."
    )
