"""What the tests of the LLM engine share: engines on a server's URL, articles and passages made of plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from factcheck.llm import Beside, LlmEngine
from factcheck.records import Article, Claim, Evidence, Extraction, Passage, Source
from factcheck.settings import Settings
from factcheck.verification.llm import EVEN, Agreement, SecondOpinion


def no_opinion(cases: Sequence[Any]) -> list[list[Evidence]]:
    """Take no stance on anything, as the NLI model does on most pairs."""
    return [[] for _ in cases]


def as_likely_as_not(cited: Sequence[Any]) -> list[float]:
    """Find a quote as likely to take its stance as not."""
    return [EVEN] * len(cited)


def no_claims(article: Article) -> Extraction:
    """Find no claims."""
    return Extraction(claims=())


def engine(
    url: str | None,
    store: Path,
    second_opinion: SecondOpinion = no_opinion,
    agreement: Agreement = as_likely_as_not,
    find_claims: Callable[[Article], Extraction] = no_claims,
    **settings: Any,
) -> LlmEngine:
    """Make an engine whose model is behind ``url``."""
    beside = Beside(find_claims, second_opinion, agreement, "none")
    return LlmEngine("openai:scripted", Settings(store=store, base_url=url, **settings), beside)


def article(count: int) -> Article:
    """Make an article of ``count`` sentences, each of which is a claim."""
    return Article.from_text("\n".join(sentence(number) for number in range(1, count + 1)))


def sentence(number: int) -> str:
    return f"Mill number {number} made {number} tonnes of flour in 2010."


def claim(text: str, name: str = "c1", **more: Any) -> Claim:
    return Claim(id=name, text=text, quote=text, start=0, end=len(text), line=1, check_worthiness=0.5, **more)


def passage(text: str, document: str = "yearbook", start: int = 0) -> Passage:
    source = Source(id=document, title=document.title())
    return Passage(source=source, text=text, start=start, end=start + len(text))
