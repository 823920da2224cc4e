"""What labelled data says, whatever file it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from factcheck.records import Article, Passage, Source, Verdict


@dataclass(frozen=True)
class Text:
    """A document that a data set brings along: what may be searched, and what evidence is quoted from."""

    id: str
    text: str
    title: str = ""

    def passage(self, start: int = 0, end: int | None = None) -> Passage:
        """Return a span of the document, or all of it, as search would return it."""
        end = len(self.text) if end is None else end
        source = Source(id=self.id, title=self.title or self.id)
        return Passage(source=source, text=self.text[start:end], start=start, end=end)


@dataclass(frozen=True)
class LabelledClaim:
    """A claim and what people found.

    Attributes:
        passages: the evidence that the annotators read; empty where the data set has none for this claim.
        relevant: ids of the documents that search ought to bring up.
        date: the day on which it was claimed.
    """

    id: str
    text: str
    verdict: Verdict | None = None
    passages: tuple[Passage, ...] = ()
    relevant: frozenset[str] = frozenset()
    date: dt.date | None = None


@dataclass(frozen=True)
class GoldSpan:
    """A claim that an annotator marked in an article: ``start`` and ``end`` in characters of its text."""

    start: int
    end: int
    verdict: Verdict | None = None


@dataclass(frozen=True)
class MarkedArticle:
    """An article in which every claim is marked."""

    id: str
    article: Article
    spans: tuple[GoldSpan, ...]


@dataclass(frozen=True)
class LabelledSentence:
    """A sentence, and whether it is worth checking."""

    id: str
    text: str
    check_worthy: bool


@dataclass(frozen=True)
class Dataset:
    """All that a file holds; ``form`` names its format. ``documents`` are those it brings along."""

    form: str
    claims: Sequence[LabelledClaim] = ()
    articles: Sequence[MarkedArticle] = ()
    sentences: Sequence[LabelledSentence] = ()
    documents: Sequence[Text] = field(default=(), repr=False)
