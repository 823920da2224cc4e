"""The memory of checked claims: Chroma's collection ``claims``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
from langchain_chroma import Chroma
from langchain_core.documents import Document as StoredText

from factcheck.models.nli import SUPPORTS, NliModel
from factcheck.records import Article, Claim, Record, Report, Verdict

#: Nearest claims that are looked at, the article's own among them, earlier ones that are compared with a new one, and
#: how far off they may be (1 - cosine): nine in ten of 3,384 pairs of claim and sentence whose cosine is about 0.65 by
#: all-MiniLM-L6-v2 are as near. To have Chroma leave out the article's own takes six times as long.
LOOKED_AT, NEAREST = 30, 5
FARTHEST = 0.12
#: How sure the model has to be, both ways: an editor who is told "checked before" will look no further.
SURE = 0.75
_PAGE = 500


class Remembered(Record):
    """A claim that was checked before; ``verdict`` is None if that run did not finish."""

    text: str
    article: str
    checked: datetime
    verdict: Verdict | None = None
    confidence: float | None = None
    documents: int | None = None


#: A new claim and an earlier one.
Pair = tuple[Claim, Remembered]


def remember(memory: Chroma, claims: Sequence[Claim], article: Article) -> None:
    """Embed claims that are about to be checked; those of one article with the same text are one."""
    about = {"checked": datetime.now(UTC).isoformat(timespec="seconds")}
    texts = {_id(claim, article): _stored(claim, article, about) for claim in claims}
    if texts:
        memory.add_documents(list(texts.values()))


def record(memory: Chroma, report: Report) -> None:
    """Add to the claims of a report what became of them, and how large the corpus was; forget those of earlier drafts.

    Else an article that was saved often would fill what ``find_near`` looks at, and no other would be found.
    """
    texts = {}
    for finding in report.findings:
        about = {
            "checked": report.created.isoformat(timespec="seconds"),
            "verdict": finding.verdict.value,
            "confidence": finding.confidence,
            "documents": report.corpus.documents,
        }
        texts[_id(finding.claim, report.article)] = _stored(finding.claim, report.article, about)
    if texts:
        memory.add_documents(list(texts.values()))
    if (path := report.article.path) != "-":
        memory.delete(where={"$and": [{"article": path}, {"sha256": {"$ne": report.article.sha256}}]})


def find_near(memory: Chroma, claims: Sequence[Claim], article: Article) -> list[Pair]:
    """Pair claims with earlier ones that are near, come from another article and have a verdict.

    An article at the same path is an earlier draft of this one; it would remind of itself at every claim. Nothing is
    known of what states no fact but who said it.
    """
    pairs: list[Pair] = []
    for claim in claims:
        if not claim.states_fact:
            continue
        vector = memory.embeddings.embed_query(claim.text) if memory.embeddings else []
        hits = memory.similarity_search_by_vector_with_relevance_scores(vector, LOOKED_AT)
        near = [_remembered(hit) for hit, distance in hits if distance <= FARTHEST and _is_of_another(hit, article)]
        done = [earlier for earlier in near if earlier.verdict not in (None, Verdict.UNCHECKED)]
        pairs += [(claim, earlier) for earlier in done[:NEAREST]]
    return pairs


def find_same(pairs: Sequence[Pair], model: NliModel) -> dict[str, Remembered]:
    """Return, by the id of the claim, the latest earlier claim that says the same.

    To say the same is to have the same words, or to follow from one another by ``model``: near vectors alone do not
    tell a claim from its negation.
    """
    there = model.probabilities([(earlier.text, claim.text) for claim, earlier in pairs])
    back = model.probabilities([(claim.text, earlier.text) for claim, earlier in pairs])
    found: dict[str, Remembered] = {}
    for (claim, earlier), sure in zip(pairs, np.minimum(there, back)[:, SUPPORTS], strict=True):
        same = sure >= SURE or claim.text == earlier.text
        if same and (claim.id not in found or earlier.checked > found[claim.id].checked):
            found[claim.id] = earlier
    return found


def listing(memory: Chroma) -> Iterator[Remembered]:
    """Yield every claim, in the order in which they came."""
    offset = 0
    while page := memory.get(limit=_PAGE, offset=offset, include=["documents", "metadatas"]):
        if not page["ids"]:
            return
        for text, metadata in zip(page["documents"], page["metadatas"], strict=True):
            yield _remembered(StoredText(page_content=text, metadata=metadata))
        offset += len(page["ids"])


def _is_of_another(claim: StoredText, article: Article) -> bool:
    same_draft = article.path != "-" and claim.metadata["article"] == article.path
    return not same_draft and claim.metadata["sha256"] != article.sha256


def _id(claim: Claim, article: Article) -> str:
    return hashlib.sha256(f"{article.sha256}\n{claim.text}".encode()).hexdigest()[:32]


def _stored(claim: Claim, article: Article, about: Mapping[str, str | float]) -> StoredText:
    metadata: dict[str, str | float | None] = {
        "article": article.path,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "sha256": article.sha256,
        "quote": claim.quote,
        "speaker": claim.speaker or None,
        **about,
    }
    present = {name: value for name, value in metadata.items() if value is not None}
    return StoredText(page_content=claim.text, metadata=present, id=_id(claim, article))


def _remembered(text: StoredText) -> Remembered:
    return Remembered(text=text.page_content, **text.metadata)
