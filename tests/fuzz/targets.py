"""What is fuzzed: each target takes bytes that anybody may have written, and fails by raising.

Allowed is what a user would be told in one line; anything else, and any span that is none, is a defect. The same
targets are run on drawn bytes by ``tests/test_fuzz_targets.py`` and guided by coverage by ``tests/fuzz/run.py``.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from langchain_core.messages import AIMessage
from pydantic import ValidationError

from factcheck.chat import CallError, _parse
from factcheck.corpus.documents import read_documents
from factcheck.corpus.passages import MAX_WORDS, split_passages
from factcheck.corpus.readers import UnreadableError
from factcheck.errors import InputError
from factcheck.extraction.article import read_article
from factcheck.extraction.sentences import split_sentences
from factcheck.records import (
    Article,
    Claim,
    CorpusState,
    Document,
    Evidence,
    Finding,
    NotChecked,
    Passage,
    Report,
    Source,
    Stance,
    Tool,
    Usage,
    Verdict,
)
from factcheck.reporting import Format, render
from factcheck.verification.citation import locate, stands_in
from factcheck.verification.llm import _cite, _schema

FOLDER = Path(tempfile.mkdtemp(prefix="factcheck-fuzz-"))
PASSAGES = [
    Passage(source=Source(id="a", title="Votes"), text="Ten members voted in favour. Five abstained.", start=7, end=51),
    Passage(source=Source(id="b", title="Paper"), text="“Nine” voted – said the mayor.", start=0, end=30),
]


def _docx(data: bytes) -> bytes:
    """Return a DOCX file with ``data`` for its text, unless that is such a file: no guess gets past the checksums."""
    if data.startswith(b"PK"):
        return data
    whole = io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as made, zipfile.ZipFile(packed := io.BytesIO(), "w") as file:
        for name in made.namelist():
            file.writestr(name, data if name == "word/document.xml" else made.read(name))
    return packed.getvalue()


def _read(suffix: str) -> Callable[[bytes], None]:
    """Return a target that reads the bytes as a document of the corpus and as an article."""

    def target(data: bytes) -> None:
        file = FOLDER / f"file{suffix}"
        file.write_bytes(_docx(data) if suffix == ".docx" else data)
        try:
            documents = [item for item in read_documents(file, "file") if isinstance(item, Document)]
        except UnreadableError as error:
            assert "\n" not in str(error)
            documents = []
        for document in documents:
            for span in split_passages(document.text):
                assert 0 <= span.start < span.end <= len(document.text)
                assert len(document.text[span.start : span.end].split()) <= MAX_WORDS + 1
        if suffix in (".jsonl", ".csv"):
            return
        try:
            article = read_article(str(file))
        except InputError as error:
            assert "\n" not in str(error)
            return
        assert article.title is None or "\n" not in article.title or suffix == ".html"
        for sentence in split_sentences(article.text):
            assert 0 <= sentence.start <= sentence.end <= len(article.text)

    return target


def quote(data: bytes) -> None:
    """Look one string up in another, both cut out of the bytes."""
    text = data.decode(errors="replace")
    wanted, _, text = text.partition("\0")
    span = locate(wanted, text)
    if f" {wanted.strip()} " in f" {text} " and wanted.strip():
        assert span is not None
    if span:
        assert 0 <= span[0] < span[1] <= len(text)
        found = text[slice(*span)]
        assert len(found.split()) == len(wanted.split())
        assert [c for c in found if c.isalnum()] == [c for c in wanted if c.isalnum()]


def answer(data: bytes) -> None:
    """Read a model's answer, and cite what it quotes."""
    try:
        parsed = _parse(AIMessage(data.decode(errors="replace")), _schema(len(PASSAGES), True))
    except (ValidationError, CallError):
        return
    cited, _ = _cite(parsed, PASSAGES)
    assert all(stands_in(evidence, PASSAGES) for _, evidence in cited)


def renderers(data: bytes) -> None:
    """Render a report that is full of the bytes, in every format."""
    text = data.decode(errors="replace").replace("\r", "") or "x"
    half = max(1, len(text) // 2)
    source = Source(id=text[:40], title=text[:90], publisher=text[-40:], url=text[:60])
    claim = Claim(id="c1", text=text, quote=text[:half], start=0, end=half, line=1, check_worthiness=0.5)
    evidence = Evidence(
        document=source,
        stance=Stance.CONTRADICTS,
        confidence=0.9,
        quote=text[half:] or text,
        start=3,
        end=3 + len(text),
    )
    article = Article.from_text(text, path=text[:30].replace("\0", "") or "-", title=text[-20:])
    report = Report(
        tool=Tool(version="1", engine="local", model="none"),
        created="2020-01-01T00:00:00Z",
        article=article,
        corpus=CorpusState(documents=1, passages=1),
        usage=Usage(),
        findings=(
            Finding(
                id="c1", claim=claim, verdict=Verdict.REFUTED, confidence=0.9, rationale=text, evidence=(evidence,)
            ),
        ),
        not_checked=(NotChecked(quote=text[half:], start=half, end=len(text), reason=text[:20]),),
    )
    for kind in Format:
        if kind != Format.DOCX:
            told = render(report, kind)
            if kind in (Format.JSON, Format.CLAIMREVIEW, Format.SARIF):
                json.loads(told)
            if kind == Format.HTML and isinstance(told, str):
                assert told.lower().count("<script") == _SCRIPTS


def _scripts() -> int:
    article = Article.from_text("x")
    blank = Report(
        tool=Tool(version="1", engine="local", model="none"), created="2020-01-01T00:00:00Z", article=article,
        corpus=CorpusState(documents=1, passages=1), usage=Usage(), findings=(),
    )  # fmt: skip
    return str(render(blank, Format.HTML)).lower().count("<script")


_SCRIPTS = _scripts()

TARGETS: dict[str, Callable[[bytes], None]] = {
    "markdown": _read(".md"),
    "html": _read(".html"),
    "pdf": _read(".pdf"),
    "docx": _read(".docx"),
    "jsonl": _read(".jsonl"),
    "csv": _read(".csv"),
    "quote": quote,
    "answer": answer,
    "renderers": renderers,
}


def _pdf(*objects: bytes) -> bytes:
    """Return a PDF file of these objects, the first of which is the root."""
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj %b endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer <</Root 1 0 R /Size %d>>\nstartxref\n%d\n%%%%EOF" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


#: What each target begins with.
SEEDS: dict[str, list[bytes]] = {
    "markdown": [b"---\ntitle: Vote\npublished: 2011-03-17\ntier: primary\n---\n# Vote\n\nTen voted. Five did not.\n"],
    "html": [
        b"<html><head><title>T</title><meta property='og:site_name' content='P'></head><body><article><h1>T</h1>"
        b"<p>Ten members of the council voted in favour of the resolution on Thursday, and five abstained.</p>"
        b"</article></body></html>"
    ],
    "pdf": [
        _pdf(
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>",
            b"<</Length 54>> stream\nBT /F 12 Tf 20 200 Td (Ten voted. Five did not.) Tj ET\nendstream",
            b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        )
    ],
    "docx": [
        b"PK\x03\x04",
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr>'
        b'<w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Vote</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ten'
        b" voted.</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>",
    ],
    "jsonl": [b'{"id": 1, "text": "Ten voted.", "published": "2011-03-17"}\n'],
    "csv": [b"id,text,title\n1,Ten voted.,Vote\n"],
    "quote": ["Ten - voted\0He said: Ten – voted.".encode()],
    "answer": [
        b'{"judgements": [{"passage": 1, "bears_on": "content", "quote": "Ten members voted", "stance": "supports"}],'
        b' "rationale": "[1] says so."}'
    ],
    "renderers": [b"<script>alert(1)</script> ](javascript:x) | `a` [b](c)\n# d\n::error::e"],
}
