"""Hybrid search: what is near in meaning and what shares words, fused into one ranking."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.documents import Document as StoredText

from factcheck.corpus.lexical import Only
from factcheck.corpus.store import Store, to_passage
from factcheck.records import Passage

#: Passages that each ranking contributes.
POOL = 100
#: Chosen on 400 development claims over 70,000 sentences of Wikipedia (benchmarks/retrieval.py): equal weights do worse
#: than the dense ranking alone; a fifth for the lexical one gains little there (benchmarks/results/retrieval.json),
#: but finds names that vectors miss.
LEXICAL_WEIGHT = 0.2
RANK_OFFSET = 5


def search(store: Store, queries: Sequence[str], limit: int, only: Only) -> list[list[Passage]]:
    """Return for each query its best ``limit`` passages among those that count, best first."""
    rankings: list[list[tuple[str, float]]] = []
    texts: dict[str, StoredText] = {}
    for query, vector in zip(queries, store.encoder.vectors(queries).tolist(), strict=True):
        near = {str(text.id): text for text in store.near(vector, max(POOL, limit), only)}
        texts |= near
        sharing = store.sharing_words(query, max(POOL, limit), only)
        rankings.append(fuse(list(near), sharing))
    missing = {identity for ranking in rankings for identity, _ in ranking} - texts.keys()
    texts |= {str(text.id): text for text in store.texts(sorted(missing))}
    sources = store.catalogue.find([text.metadata["document"] for text in texts.values()])
    found = {
        identity: to_passage(text, sources[text.metadata["document"]])
        for identity, text in texts.items()
        if text.metadata["document"] in sources
    }
    return [
        [
            found[identity].model_copy(update={"score": round(score, 4)})
            for identity, score in ranking
            if identity in found
        ][:limit]
        for ranking in rankings
    ]


def fuse(dense: Sequence[str], lexical: Sequence[str]) -> list[tuple[str, float]]:
    """Return (id, score) of everything in either ranking, best first; what is first in both scores 1.

    Weighted reciprocal rank fusion (Cormack, Clarke & Büttcher, 2009).
    """
    scores: dict[str, float] = {}
    for ranking, weight in ((dense, 1 - LEXICAL_WEIGHT), (lexical, LEXICAL_WEIGHT)):
        for rank, identity in enumerate(ranking):
            gain = weight * (RANK_OFFSET + 1) / (RANK_OFFSET + 1 + rank)
            scores[identity] = scores.get(identity, 0.0) + gain
    return sorted(scores.items(), key=lambda item: -item[1])
