"""A real, very small chat model behind llama.cpp's server: it keeps to the schema and invents quotes freely."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import llama
from servers.engines import claim, engine, passage
from servers.fetch_model import GGUF

from factcheck.extraction.sentences import split_sentences
from factcheck.records import Article, Flag, Verdict

pytestmark = pytest.mark.skipif(
    not GGUF.exists(), reason="the small chat model is not there; run python tests/servers/fetch_model.py"
)
TEXT = (Path(__file__).parent / "data/extraction/dev/river-mussels.txt").read_text()
SENTENCES = [line for line in TEXT.split("\n") if len(line.split()) > 8][:12]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with llama.serving() as url:
        yield url


def test_claims_are_the_articles_words_and_no_sentence_is_lost(url: str, tmp_path: Path) -> None:
    text = "\n\n".join(SENTENCES[:3])
    made = engine(url, tmp_path, timeout=300)
    found = made.extract(Article.from_text(text))
    assert all(text[item.start : item.end] == item.quote for item in (*found.claims, *found.not_checked))
    for sentence in split_sentences(text):
        told = (*found.claims, *found.not_checked)
        assert any(item.start < sentence.end and sentence.start < item.end for item in told), sentence
    assert made.usage.input_tokens > 0 < made.usage.output_tokens


def test_no_invented_quote_reaches_a_finding(url: str, tmp_path: Path) -> None:
    passages = [passage(text, f"document-{number}", 100 * number) for number, text in enumerate(SENTENCES)]
    cases = [
        (claim(text, f"c{number}"), [passages[number], passages[number - 1]])
        for number, text in enumerate(SENTENCES[:6])
    ]
    findings = list(engine(url, tmp_path, jobs=2, timeout=300).verify(cases, Article.from_text(TEXT)))
    assert sorted(finding.id for finding in findings) == sorted(asked.id for asked, _ in cases)
    texts = {read.source.id: read for read in passages}
    for finding in findings:
        for evidence in finding.evidence:
            read = texts[evidence.document.id]
            assert read.text[evidence.start - read.start : evidence.end - read.start] == evidence.quote
    answered = [finding for finding in findings if finding.verdict != Verdict.UNCHECKED]
    assert any(finding.evidence or Flag.CITATION_DROPPED in finding.flags for finding in answered)
