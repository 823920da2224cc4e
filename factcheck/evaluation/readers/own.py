"""Our own formats: claims, articles and sentences, one JSON object a line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pydantic import Field

from factcheck.errors import InputError
from factcheck.evaluation.dataset import Dataset, GoldSpan, LabelledClaim, LabelledSentence, MarkedArticle, Text
from factcheck.evaluation.readers.rows import Form, Row, Rows, verdict_of
from factcheck.extraction.article import read_article
from factcheck.records import Article


class _OwnPassage(Row):
    text: str = Field(min_length=1)
    title: str = ""
    id: str | None = None


class _OwnClaim(Row):
    claim: str = Field(min_length=1)
    verdict: str | None = None
    id: str | None = None
    date: dt.date | None = None
    passages: tuple[_OwnPassage, ...] = ()
    relevant: tuple[str, ...] = ()


class _OwnSpan(Row):
    start: int | None = None
    end: int | None = None
    quote: str = ""
    verdict: str | None = None


class _OwnArticle(Row):
    claims: list[_OwnSpan]
    text: str | None = None
    article: str | None = None
    id: str | None = None
    date: dt.date | None = None


class _OwnSentence(Row):
    text: str = Field(min_length=1)
    check_worthy: bool
    id: str | None = None


def _own_claims(rows: Rows, path: Path) -> Dataset:
    claims = []
    documents: dict[str, Text] = {}
    for number, (place, row) in enumerate(rows, 1):
        name = row.id or str(number)
        texts = [Text(item.id or f"{name}/{at}", item.text, item.title) for at, item in enumerate(row.passages, 1)]
        documents |= {text.id: text for text in texts}
        verdict = verdict_of(row.verdict, place) if row.verdict else None
        relevant = frozenset(row.relevant)
        claims.append(LabelledClaim(name, row.claim, verdict, tuple(t.passage() for t in texts), relevant, row.date))
    return Dataset("claims", claims, documents=list(documents.values()))


def _own_articles(rows: Rows, path: Path) -> Dataset:
    return Dataset("articles", articles=[_own_article(row, place, path) for place, row in rows])


def _own_article(row: _OwnArticle, place: str, path: Path) -> MarkedArticle:
    if row.article:
        file = path.parent / row.article
        if not file.resolve().is_relative_to(path.parent.resolve()):
            raise InputError(f"{place}: the article is outside the folder of the data; put it there")
        article = read_article(str(file), date=row.date)
    elif row.text:
        article = Article.from_text(row.text, path=place, date=row.date)
    else:
        raise InputError(f"{place}: it needs text, or the path of an article")
    spans = []
    for item in row.claims:
        start = article.text.find(item.quote) if item.quote else item.start
        end = start + len(item.quote) if item.quote and start is not None else item.end
        if start is None or end is None or not 0 <= start < end <= len(article.text):
            raise InputError(f"{place}: a claim has no place in the article; give its quote, or start and end")
        spans.append(GoldSpan(start, end, verdict_of(item.verdict, place) if item.verdict else None))
    return MarkedArticle(row.id or row.article or place, article, tuple(spans))


def _own_sentences(rows: Rows, path: Path) -> Dataset:
    sentences = [
        LabelledSentence(row.id or str(number), row.text, row.check_worthy) for number, (_, row) in enumerate(rows, 1)
    ]
    return Dataset("sentences", sentences=sentences)


ARTICLES = Form(frozenset({"claims"}), _OwnArticle, _own_articles)
SENTENCES = Form(frozenset({"text", "check_worthy"}), _OwnSentence, _own_sentences)
CLAIMS = Form(frozenset({"claim"}), _OwnClaim, _own_claims)
