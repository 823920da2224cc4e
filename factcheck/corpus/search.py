"""Hybrid search: what is near in meaning and what shares words, in one ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from langchain_core.documents import Document as StoredText

from factcheck.corpus.lexical import Only
from factcheck.corpus.store import Store, to_passage
from factcheck.overlap import shared_words
from factcheck.records import Passage

#: Passages that each index contributes; of those that share words, which names bring up that vectors miss, few are
#: evidence.
NEAR, SHARING = 100, 20
#: What shared words weigh beside the cosine. Chosen on 400 development claims over 70,000 sentences of Wikipedia
#: (benchmarks/retrieval.py): 0.05 to 0.1 do equally well; fusing the ranks of both indexes (Cormack, Clarke & Büttcher,
#: 2009), with any weights, brings up less.
SHARED = 0.1


def search(store: Store, queries: Sequence[str], limit: int, only: Only) -> list[list[Passage]]:
    """Return for each query its best ``limit`` passages among those that count, best first."""
    vectors = store.encoder.vectors(queries)
    nearest = [
        {str(text.id): (text, cosine) for text, cosine in store.near(vector, max(NEAR, limit), only)}
        for vector in vectors.tolist()
    ]
    sharing = [store.sharing_words(query, max(SHARING, limit), only) for query in queries]
    missing = {one for near, ids in zip(nearest, sharing, strict=True) for one in ids if one not in near}
    others = {str(text.id): (text, vector) for text, vector in store.texts(sorted(missing))}
    rankings = []
    for query, vector, near, ids in zip(queries, vectors, nearest, sharing, strict=True):
        found = near | {
            one: (others[one][0], float(vector @ others[one][1])) for one in ids if one not in near and one in others
        }
        rankings.append(rank(query, found))
    return _passages(store, rankings, limit)


def rank(query: str, found: Mapping[str, tuple[StoredText, float]]) -> list[tuple[StoredText, float]]:
    """Return texts with their scores, best first: the cosine, and the share of the query's rarer words."""
    texts = [text for text, _ in found.values()]
    cosines = np.array([cosine for _, cosine in found.values()])
    scores = cosines + SHARED * shared_words(query, [text.page_content for text in texts])
    return [(texts[place], float(scores[place])) for place in np.argsort(-scores, kind="stable")]


def _passages(store: Store, rankings: Sequence[Sequence[tuple[StoredText, float]]], limit: int) -> list[list[Passage]]:
    """Make passages of the best that was found, leaving out those of documents that are gone."""
    sources = store.catalogue.find([text.metadata["document"] for ranking in rankings for text, _ in ranking])
    there = ([(text, score) for text, score in ranking if text.metadata["document"] in sources] for ranking in rankings)
    return [
        [
            to_passage(text, sources[text.metadata["document"]]).model_copy(update={"score": round(score, 4)})
            for text, score in ranking[:limit]
        ]
        for ranking in there
    ]
