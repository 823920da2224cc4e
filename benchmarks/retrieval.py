"""How much of the gold evidence search brings up: by vectors, by words, by both fused, and as the product does.

    python -m benchmarks.retrieval --data DIR_WITH_passages.jsonl.gz_AND_queries_dev.jsonl

The passages are indexed by the product itself, one document each, with their page's title. ``--tune`` prints
other weights of shared words on the claims that they were chosen on; the table is of the remaining claims. Results go
to ``benchmarks/results/retrieval.json``.

No NLI model reranks here: those that ship were trained on these very claims.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from factcheck.console import make_console, progress_on
from factcheck.corpus import search as search_module
from factcheck.corpus.index import open_index
from factcheck.corpus.lexical import Only
from factcheck.corpus.search import NEAR
from factcheck.corpus.store import Store
from factcheck.evaluation.metrics import recall_at, reciprocal_rank

RESULTS = Path(__file__).parent / "results"
CHOSEN_ON = 400

Ranking = list[str]


def index_passages(data: Path, work: Path) -> Store:
    """Index the pool of passages, unless that was done before, and return the store."""
    folder = work / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(data / "passages.jsonl.gz", "rb") as source, (folder / "pool.jsonl").open("wb") as target:
        target.write(source.read())
    with open_index(work / "store") as index:
        index.sync(folder, progress_on(make_console()))
    return Store(work / "store")


def gold_id(passage: str) -> str:
    """Return the id of the only passage of a document of the pool."""
    return f"pool/{passage}#0"


def rank_dense(store: Store, claims: Sequence[str]) -> list[Ranking]:
    """Rank by cosine."""
    vectors = store.encoder.vectors(claims).tolist()
    return [[str(text.id) for text, _ in store.near(vector, NEAR, Only())] for vector in vectors]


def rank_lexical(store: Store, claims: Sequence[str]) -> list[Ranking]:
    """Rank by BM25."""
    return [store.sharing_words(claim, NEAR, Only()) for claim in claims]


def rank_together(store: Store, claims: Sequence[str]) -> list[Ranking]:
    """Rank as the product does."""
    found = search_module.search(store, claims, NEAR, Only())
    return [[f"{passage.source.id}#0" for passage in passages] for passages in found]


def fuse(dense: Sequence[str], lexical: Sequence[str]) -> Ranking:
    """Fuse two rankings, of which the first weighs four times as much, by the best weights that were found.

    Weighted reciprocal rank fusion (Cormack, Clarke & Büttcher, 2009).
    """
    scores: dict[str, float] = {}
    for ranking, weight in ((dense, 0.8), (lexical, 0.2)):
        for place, identity in enumerate(ranking):
            scores[identity] = scores.get(identity, 0.0) + weight / (6 + place)
    return sorted(scores, key=lambda identity: -scores[identity])


def measure(rankings: list[Ranking], gold: Sequence[set[str]]) -> dict[str, float]:
    """Return the mean share of gold passages among the first 5 and 10, and the mean reciprocal rank of the first."""
    pairs = list(zip(rankings, gold, strict=True))
    figures = {f"recall@{k}": float(np.mean([recall_at(k, *pair) for pair in pairs])) for k in (5, 10)}
    return figures | {"mrr": float(np.mean([reciprocal_rank(*pair) for pair in pairs]))}


def main() -> None:
    """Index, rank, print the table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(".factcheck/benchmark-retrieval"))
    parser.add_argument("--tune", action="store_true")
    args = parser.parse_args()

    store = index_passages(args.data, args.work)
    queries = [json.loads(line) for line in (args.data / "queries_dev.jsonl").read_text().splitlines()]
    chosen_on = {query["id"] for query in random.Random(3).sample(queries, CHOSEN_ON)}
    queries = [query for query in queries if (query["id"] in chosen_on) == args.tune]
    claims, gold = [q["claim"] for q in queries], [{gold_id(name) for name in q["gold"]} for q in queries]
    dense, lexical = rank_dense(store, claims), rank_lexical(store, claims)
    rankings = {
        "dense": dense,
        "lexical": lexical,
        "ranks fused": [fuse(*pair) for pair in zip(dense, lexical, strict=True)],
        "product": rank_together(store, claims),
    }
    if args.tune:
        for weight in (0.03, 0.05, 0.1, 0.15):
            search_module.SHARED = weight
            rankings[f"product, shared words {weight}"] = rank_together(store, claims)

    figures = {name: measure(ranking, gold) for name, ranking in rankings.items()}
    table = Table("ranking", "recall@5", "recall@10", "MRR", title=f"{len(claims)} claims")
    for name, row in figures.items():
        table.add_row(name, *(f"{value:.3f}" for value in row.values()))
    Console().print(table)
    if not args.tune:
        facts = {"passages": store.catalogue.totals()[1], "claims": len(claims), "rankings": figures}
        (RESULTS / "retrieval.json").write_text(json.dumps(facts, indent=2) + "\n")


if __name__ == "__main__":
    main()
