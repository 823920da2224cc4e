"""The annotated copy: the draft as a DOCX, with a comment at the words of each claim and the text untouched."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from factcheck.addresses import is_page
from factcheck.errors import InputError
from factcheck.records import Article
from factcheck.reporting import wording
from factcheck.reporting.lines import explain
from factcheck.reporting.text import plain, visible
from factcheck.reporting.view import Section, View

AUTHOR, INITIALS = "factcheck", "FC"
#: What a run can hold that counts as one character of its text.
_SINGLE = {qn(name) for name in ("w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:ptab")}


@dataclass(frozen=True)
class Letter:
    """A character of the document that counts when a claim is looked for, and where it stands."""

    character: str
    run: CT_R
    offset: int


def annotate(view: View) -> bytes:
    """Return the article as a DOCX file with a comment for each finding.

    A draft that is a DOCX keeps all that is in it; of any other text, a document with a paragraph for each line is
    made. Claims are found by their letters, so that it does not matter how white space and the borders of cells were
    read. What is not found has its comment at the top, with the words that it is about.

    Raises:
        InputError: the draft is a damaged DOCX, or the report was read back, without the article's text.
    """
    document = _open(view.report.article)
    letters = _letters(document)
    placed, lost = _find(view.sections, view.report.article, letters)
    _split(letters, [border for _, start, end in placed for border in (start, end)])
    letters = _letters(document)
    for section in lost if letters else ():
        words = plain(section.finding.claim.quote)
        _add_comment(document, letters[:1], f"These words were not found in this copy: “{words}”\n{_comment(section)}")
    for section, start, end in sorted(placed, key=lambda item: item[1:]):
        _add_comment(document, letters[start:end], _comment(section))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _open(article: Article) -> Document:
    if _is_docx(article):
        try:
            return docx.Document(article.path)
        except Exception as error:  # a malformed archive makes zipfile, lxml and docx raise almost anything
            raise InputError(f"cannot read {article.path} as DOCX ({error}); save it anew") from error
    if not article.text:
        raise InputError("a JSON report does not hold the article; run `factcheck claims --format docx` on the draft")
    document = docx.Document()
    for line in article.text.removesuffix("\n").split("\n"):
        _write(document.add_paragraph().add_run(), "\t".join(visible(part) for part in line.split("\t")))
    document.core_properties.author = AUTHOR
    document.core_properties.title = plain(article.title or article.path)[:255]
    document.core_properties.comments = ""
    return document


def _is_docx(article: Article) -> bool:
    return not is_page(article.path) and Path(article.path).suffix.lower() == ".docx"


def _add_comment(document: Document, letters: Sequence[Letter], text: str) -> None:
    runs = [Run(letter.run, cast(Paragraph, document)) for letter in (letters[0], letters[-1])]
    comment = document.add_comment(runs, author=AUTHOR, initials=INITIALS)
    _write(comment.paragraphs[0].add_run(), text)


def _write(run: Run, text: str) -> None:
    """Write text with tabs and line breaks at once; the library's own way goes letter by letter."""
    for part in re.split(r"([\t\n])", text):
        if part == "\t":
            run.add_tab()
        elif part == "\n":
            run.add_break()
        elif part:
            run._r.add_t(part)


def _runs(document: Document) -> Iterable[CT_R]:
    """Yield the runs of the document's own flow, those in tables, links and tracked insertions included."""
    for paragraph in document.element.body.xpath(".//w:p[not(ancestor::w:txbxContent)]"):
        yield from cast(CT_P, paragraph).xpath(".//w:r[not(ancestor::w:txbxContent)]")


def _letters(document: Document) -> list[Letter]:
    return [
        Letter(character, run, offset)
        for run in _runs(document)
        for offset, character in enumerate(run.text)
        if _counts(character)
    ]


def _counts(character: str) -> bool:
    """Tell whether a character counts: between the cells of a table, a draft has a bar where a DOCX has none."""
    return character != "|" and not character.isspace()


def _find(
    sections: Iterable[Section], article: Article, letters: list[Letter]
) -> tuple[list[tuple[Section, int, int]], list[Section]]:
    """Return the sections with the span of their claim in ``letters``: of equal places, the one nearest in order.

    Second come the sections whose claim is not there.
    """
    text = "".join(letter.character for letter in letters)
    found, lost = [], []
    at, before_it = 0, 0
    for section in sorted(sections, key=lambda section: section.finding.claim.start):
        claim = section.finding.claim
        words = _that_count(claim.quote, article)
        before_it += len(_that_count(article.text[at : claim.start], article))
        at = max(at, claim.start)
        before, after = text.rfind(words, 0, before_it + len(words)), text.find(words, before_it)
        places = [place for place in (before, after) if place >= 0]
        if words and places:
            start = min(places, key=lambda place: abs(place - before_it))
            found.append((section, start, start + len(words)))
        else:
            lost.append(section)
    return found, lost


def _that_count(text: str, article: Article) -> str:
    """Return the characters of the article that count, as the document has them: a DOCX keeps what cannot be seen."""
    return "".join(filter(_counts, text if _is_docx(article) else visible(text)))


def _split(letters: list[Letter], borders: Iterable[int]) -> None:
    """Cut runs in two so that each border, an index into the document's letters, is between two runs."""
    for border in sorted(set(borders), reverse=True):
        if border < len(letters):
            _cut(letters[border].run, letters[border].offset)
        if border > 0:
            _cut(letters[border - 1].run, letters[border - 1].offset + 1)


def _cut(run: CT_R, offset: int) -> None:
    if not 0 < offset < len(run.text):
        return
    tail = deepcopy(run)
    run.addnext(tail)
    at = 0
    for head_part, tail_part in zip(list(run), list(tail), strict=True):
        if head_part.tag == qn("w:rPr"):
            continue
        length = len(head_part.text or "") if head_part.tag == qn("w:t") else int(head_part.tag in _SINGLE)
        if at >= offset:
            run.remove(head_part)
        elif at + length <= offset:
            tail.remove(tail_part)
        else:
            words = head_part.text
            for part, share in ((head_part, words[: offset - at]), (tail_part, words[offset - at :])):
                part.text = share
                part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        at += length


def _comment(section: Section) -> str:
    finding = section.finding
    told = (wording.worst_first(finding), finding.claim.text, *explain(section))
    return "\n".join(plain(line) for line in told)
