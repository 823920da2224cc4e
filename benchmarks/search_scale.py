"""How search grows with the corpus: milliseconds for a claim, recall of the vector index, size on disk.

    python -m benchmarks.search_scale --data DIR_WITH_passages.jsonl.gz_AND_queries_dev.jsonl --sizes 10000 100000

The passages are made from real ones: each is a real sentence under a real title, its vector the sentence's own with
a little noise, so that all are different and no encoder is needed but for the queries. A search is what the product
does for one claim: encode, search both indexes, fuse, fetch the texts. Results go to
``benchmarks/results/search_scale.json``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from factcheck.corpus.lexical import Only
from factcheck.corpus.passages import Span
from factcheck.corpus.search import search
from factcheck.corpus.store import Split, Store
from factcheck.models.encoder import DIMENSIONS, Encoder
from factcheck.records import Document, Source

RESULTS = Path(__file__).parent / "results"
IN_DOCUMENT = 50
IN_BATCH = 40
NOISE = 0.02
SENTENCES = 20_000
CLAIMS = 300


def read_sentences(data: Path) -> list[dict[str, str]]:
    """Return ``SENTENCES`` passages spread over the pool."""
    with gzip.open(data / "passages.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return rows[:: len(rows) // SENTENCES][:SENTENCES]


def grow(store: Store, size: int, rows: list[dict[str, str]], own: np.ndarray, exact: np.ndarray) -> None:
    """Add documents until there are ``size`` passages; ``exact`` takes the vectors in the order of the passages."""
    have = store.catalogue.totals()[1]
    rng = np.random.default_rng(have)
    while have < size:
        splits, chosen = [], rng.integers(0, len(rows), IN_BATCH * IN_DOCUMENT)
        vectors = own[chosen] + rng.normal(0, NOISE, (len(chosen), DIMENSIONS)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        for first in range(0, len(chosen), IN_DOCUMENT):
            group = [rows[row] for row in chosen[first : first + IN_DOCUMENT]]
            number = (have + first) // IN_DOCUMENT
            text, spans = "", []
            for row in group:
                spans.append(Span(len(text), len(text) + len(row["text"]), row["title"]))
                text += row["text"] + "\n"
            source = Source(id=f"d{number:07}", title=f"Volume {number}")
            splits.append(Split(Document(source=source, text=text, sha256=str(number)), "synthetic", spans))
        store.put(splits, vectors, 1)
        exact[have : have + len(chosen)] = vectors
        have += len(chosen)


def measure(store: Store, size: int, claims: list[str], exact: np.ndarray) -> dict[str, float]:
    """Search for each claim by itself."""
    for claim in claims[:10]:
        search(store, [claim], 8, Only())
    times = []
    for claim in claims:
        started = time.perf_counter()
        search(store, [claim], 8, Only())
        times.append(1000 * (time.perf_counter() - started))
    found, queries = [], store.encoder.vectors(claims)
    best = np.argpartition(-(queries @ exact[:size].T), 10, axis=1)[:, :10]
    for query, rows in zip(queries.tolist(), best, strict=True):
        wanted = {f"d{row // IN_DOCUMENT:07}#{row % IN_DOCUMENT}" for row in rows}
        found.append(len(wanted & {str(text.id) for text in store.near(query, 10, Only())}) / 10)
    disk = sum(file.stat().st_size for file in store.folder.rglob("*") if file.is_file())
    return {
        "p50_ms": float(np.percentile(times, 50)),
        "p95_ms": float(np.percentile(times, 95)),
        "dense_recall@10": float(np.mean(found)),
        "disk_mb": disk / 1e6,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


def main() -> None:
    """Grow a store to each size, measure it, print the table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(".factcheck/benchmark-search"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    args = parser.parse_args()

    args.work.mkdir(parents=True, exist_ok=True)
    rows = read_sentences(args.data)
    cached = args.work / "sentences.npy"
    if not cached.exists():
        np.save(cached, Encoder().vectors([f"{row['title']}\n{row['text']}" for row in rows]))
    lines = (args.data / "queries_dev.jsonl").read_text().splitlines()
    claims = [json.loads(line)["claim"] for line in lines[:CLAIMS]]
    path = args.work / "exact.npy"
    shape = (max(args.sizes), DIMENSIONS)
    exact = np.lib.format.open_memmap(path, "r+" if path.exists() else "w+", np.float32, shape)

    store, figures = Store(args.work / "store"), {}
    table = Table("passages", "p50 ms", "p95 ms", "dense recall@10", "disk MB", "peak memory MB")
    with store.writing():
        for size in sorted(args.sizes):
            grow(store, size, rows, np.load(cached), exact)
            figures[size] = measure(store, size, claims, exact)
            table.add_row(f"{size:,}", *(f"{value:,.3g}" for value in figures[size].values()))
    Console().print(table)
    (RESULTS / "search_scale.json").write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
