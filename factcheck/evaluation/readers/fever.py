"""FEVER (Thorne et al., 2018): claims about Wikipedia, with sentences of a dump of it as evidence.

The fields are those that https://fever.ai/dataset/fever.html lists.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from factcheck.errors import InputError
from factcheck.evaluation.dataset import Dataset, LabelledClaim, Text
from factcheck.evaluation.readers.rows import Form, Row, Rows, parse, read_rows, verdict_of

#: What FEVER's dump of Wikipedia writes for brackets and colons.
_WIKI_ESCAPES = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-COLON-": ":"}


class _Fever(Row):
    id: str
    claim: str
    label: str
    evidence: list[list[tuple[int | None, int | None, str | None, int | None]]]


class _WikiPage(Row):
    id: str
    lines: str


def _fever(rows: Rows, path: Path) -> Dataset:
    """Find the words of the sentences, which are named by page and number, in ``wiki-pages/``."""
    named = {_same(page) for _, row in rows for group in row.evidence for _, _, page, _ in group if page}
    pages = _wiki_pages(path.parent / "wiki-pages", named) if named else {}
    claims = []
    for place, row in rows:
        lines = [(_same(page), line) for group in row.evidence for _, _, page, line in group if page]
        cited = dict.fromkeys((page, line) for page, line in lines if page in pages)
        passages = tuple(
            pages[page].passage(*span) for page, line in cited if (span := _wiki_line(pages[page].text, line))
        )
        relevant = frozenset(page for page, _ in cited)
        claims.append(LabelledClaim(row.id, row.claim, verdict_of(row.label, place), passages, relevant))
    return Dataset("FEVER", claims, documents=list(pages.values()))


def _wiki_pages(folder: Path, named: set[str]) -> dict[str, Text]:
    """Return the named pages, one sentence a line so that a line's number is the sentence's."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError(f"{folder} has no *.jsonl file; FEVER keeps the words of its evidence there: put it beside")
    found = {}
    for file in files:
        for place, row in read_rows(file):
            if isinstance(row, dict) and _same(str(row.get("id"))) in named:
                page = parse(_WikiPage, row, place)
                name = _same(page.id)
                sentences = dict(_wiki_sentences(page.lines))
                lines = "\n".join(sentences.get(number, "") for number in range(max(sentences, default=-1) + 1))
                found[name] = Text(name, _unescaped(lines), _unescaped(name.replace("_", " ")))
    return found


def _same(page: str) -> str:
    """Return a page's name with composed accents: the dump and the claims do not always write them alike."""
    return unicodedata.normalize("NFC", page)


def _unescaped(text: str) -> str:
    for escape, character in _WIKI_ESCAPES.items():
        text = text.replace(escape, character)
    return text


def _wiki_sentences(lines: str) -> Iterator[tuple[int, str]]:
    """Read "number, tab, sentence, tab, links"; sentences may hold line feeds, whose second line has no number."""
    for line in lines.split("\n"):
        number, _, rest = line.partition("\t")
        if number.isdecimal() and int(number) < 10_000:
            yield int(number), rest.split("\t")[0]


def _wiki_line(text: str, line: int | None) -> tuple[int, int] | None:
    lines = text.split("\n")
    if line is None or not 0 <= line < len(lines) or not lines[line].strip():
        return None
    start = sum(len(before) + 1 for before in lines[:line])
    return start, start + len(lines[line])


FORM = Form(frozenset({"id", "claim", "evidence", "label"}), _Fever, _fever)
