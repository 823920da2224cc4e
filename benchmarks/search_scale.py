"""How search grows with the corpus: milliseconds for a claim, recall of the vector index, time to open, size.

    python -m benchmarks.search_scale --data DIR_WITH_passages.jsonl.gz_AND_queries_dev.jsonl --work BIG_DISK

The first 70,000 passages are real sentences with the encoder's own vectors. The others are made from three of them,
*a*, *b* and *c*: the text of *a*, and the vector *a* + 0.3 (*b* - *c*), made length 1. A difference of two real vectors
moves along the directions in which real text differs, so neighbours stay as near and the space as wide as in real text:
``geometry`` in the results has, for as many real and as many made vectors, the cosine of the nearest and the tenth
neighbour and the intrinsic dimension (maximum likelihood over 20 neighbours; Levina & Bickel, 2004).

A search is what the product does for one claim: encode it, search both indexes, fuse, fetch the texts. Recall is the
share of the ten nearest by exact search that the vector index finds, for each width of search (``ef_search``) that the
collection can be set to. Opening is measured in a new process: the store, then its first search, which has Chroma read
its graph. A run that was stopped goes on where it was: the real vectors, an exact copy and the store are in ``--work``.
Results go to ``benchmarks/results/search_scale.json``, size by size.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.ingestion import peak_memory
from factcheck.corpus.lexical import Only
from factcheck.corpus.passages import Span
from factcheck.corpus.search import search
from factcheck.corpus.store import SELDOM, Split, Store, graph
from factcheck.models.encoder import DIMENSIONS, Encoder
from factcheck.records import Document, Source

RESULTS = Path(__file__).parent / "results" / "search_scale.json"
IN_DOCUMENT = 50
IN_BATCH = 40
STEP = 0.3
CLAIMS = 200
#: The last is the product's own.
WIDTHS = (50, 100, 400, 200)
SAMPLE = 20_000


def read_pool(data: Path, work: Path) -> tuple[list[dict[str, str]], np.ndarray]:
    """Return the real passages and their vectors, which are kept in ``work``."""
    with gzip.open(data / "passages.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = rows[: len(rows) // IN_DOCUMENT * IN_DOCUMENT]
    path = work / "vectors.npy"
    if not path.exists():
        np.save(path, Encoder().vectors([f"{row['title']}\n{row['text']}" for row in rows]))
    return rows, np.load(path)[: len(rows)]


def make_vectors(pool: np.ndarray, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return ``count`` made vectors, and the row of the pool that each began with."""
    first, second, third = rng.integers(0, len(pool), (3, count))
    vectors = pool[first] + STEP * (pool[second] - pool[third])
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), first


def describe(vectors: np.ndarray, rng: np.random.Generator) -> dict[str, float]:
    """Return what tells how near the neighbours are and how wide the space is."""
    chosen = rng.choice(len(vectors), 400, replace=False)
    cosines = vectors[chosen] @ vectors.T
    cosines[np.arange(len(chosen)), chosen] = -1
    nearest = -np.sort(-np.partition(cosines, -20, axis=1)[:, -20:], axis=1)
    distances = np.sqrt(np.maximum(2 - 2 * nearest, 1e-9))
    dimension = 1 / np.mean(np.log(distances[:, -1:] / distances[:, :-1]))
    names = ("nearest_cosine", "tenth_cosine", "intrinsic_dimension")
    figures = (np.median(nearest[:, 0]), np.median(nearest[:, 9]), dimension)
    return {name: round(float(figure), 3) for name, figure in zip(names, figures, strict=True)}


def grow(store: Store, size: int, rows: list[dict[str, str]], pool: np.ndarray, exact: np.ndarray) -> None:
    """Add documents until there are ``size`` passages; ``exact`` takes the vectors in the order of the passages."""
    have, started = store.catalogue.totals()[1], time.monotonic()
    begun = have
    while have < size:
        count = min(IN_BATCH * IN_DOCUMENT, size - have, len(rows) - have if have < len(rows) else size)
        if have < len(rows):
            vectors, chosen = pool[have : have + count], np.arange(have, have + count)
        else:
            vectors, chosen = make_vectors(pool, count, np.random.default_rng(have))
        splits = []
        for first in range(0, count, IN_DOCUMENT):
            number = (have + first) // IN_DOCUMENT
            text, spans = "", []
            for row in chosen[first : first + IN_DOCUMENT]:
                spans.append(Span(len(text), len(text) + len(rows[row]["text"]), rows[row]["title"]))
                text += rows[row]["text"] + "\n"
            source = Source(id=f"d{number:07}", title=f"Volume {number}")
            splits.append(Split(Document(source=source, text=text, sha256=str(number)), "pool", spans))
        store.put(splits, vectors, 1)
        exact[have : have + count] = vectors
        have += count
        if have % 20_000 == 0:
            print(f"{have:,} passages, {(have - begun) / (time.monotonic() - started):.0f}/s", flush=True)


def measure_recall(store: Store, queries: np.ndarray, exact: np.ndarray) -> dict[int, float]:
    """Return the recall of the ten nearest for each width; the product's own is set again after that."""
    best = np.argpartition(-(queries @ exact.T), 10, axis=1)[:, :10]
    wanted = [{f"d{row // IN_DOCUMENT:07}#{row % IN_DOCUMENT}" for row in rows} for rows in best.tolist()]
    recall = {}
    for width in WIDTHS:
        store.passages._collection.modify(configuration={"hnsw": {"ef_search": width}})
        store._client.close()  # a collection that is loaded keeps the width that it was loaded with
        store._connect()
        near = [[text for text, _ in store.near(query, 10, Only())] for query in queries.tolist()]
        found = [len(names & {str(text.id) for text in texts}) / 10 for names, texts in zip(wanted, near, strict=True)]
        recall[width] = round(float(np.mean(found)), 4)
    return recall


def measure_search(store: Store, claims: list[str]) -> dict[str, float]:
    """Search for each claim by itself; processor time beside the clock's, for a machine with other work."""
    for claim in claims[:10]:
        search(store, [claim], 8, Only())
    clock, processor = [], []
    for claim in claims:
        started, used = time.perf_counter(), time.process_time()
        search(store, [claim], 8, Only())
        clock.append(1000 * (time.perf_counter() - started))
        processor.append(1000 * (time.process_time() - used))
    return {
        "p50_ms": float(np.percentile(clock, 50)),
        "p95_ms": float(np.percentile(clock, 95)),
        "p50_processor_ms": float(np.percentile(processor, 50)),
        "p95_processor_ms": float(np.percentile(processor, 95)),
    }


def open_and_search(folder: Path) -> dict[str, float]:
    """Open the store and search it twice, as a new process does."""
    started = time.perf_counter()
    store = Store(folder)
    times = [time.perf_counter() - started]
    vector = store.encoder.embed_query("Ten members voted in favour of the resolution.")
    started = time.perf_counter()
    store.sharing_words("Ten members voted in favour of the resolution.", 10, Only())
    times.append(time.perf_counter() - started)
    started = time.perf_counter()
    store.near(vector, 10, Only())
    times.append(time.perf_counter() - started)
    names = ("open_s", "first_words_s", "first_vectors_s", "memory_mb")
    return dict(zip(names, (*times, peak_memory()), strict=True))


def measure(store: Store, claims: list[str], exact: np.ndarray) -> dict[str, object]:
    """Return all figures at one size."""
    command = [sys.executable, "-m", "benchmarks.search_scale", "--child", str(store.folder)]
    opened = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    speed = measure_search(store, claims)
    recall = measure_recall(store, store.encoder.vectors(claims), exact)
    disk = {
        name: sum(file.stat().st_size for file in (store.folder / name).rglob("*") if file.is_file()) / 1e6
        for name in ("chroma", "words", ".")
    }
    return speed | {"recall@10": recall, "opening": opened, "disk_mb": disk, "load_average": os.getloadavg()[0]}


def main() -> None:
    """Grow a store to each size, measure it, print the table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, default=Path(".factcheck/benchmark-search"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        print(json.dumps(open_and_search(args.child)))
        return

    args.work.mkdir(parents=True, exist_ok=True)
    rows, pool = read_pool(args.data, args.work)
    lines = (args.data / "queries_dev.jsonl").read_text().splitlines()
    claims = [json.loads(line)["claim"] for line in lines[:CLAIMS]]
    rng = np.random.default_rng(0)
    made, _ = make_vectors(pool, SAMPLE, rng)
    real = pool[rng.choice(len(pool), SAMPLE, replace=False)]
    geometry = {"vectors": SAMPLE, "real": describe(real, rng), "made": describe(made, rng)}
    path = args.work / "exact.npy"
    shape = (max(args.sizes), DIMENSIONS)
    exact = np.lib.format.open_memmap(path, "r+" if path.exists() else "w+", np.float32, shape)

    store, sizes = Store(args.work / "store"), {}
    table = Table("passages", "p50 ms", "p95 ms", "recall@10", "disk MB", "opening s", "memory MB")
    for size in sorted(args.sizes):
        if store.catalogue.totals()[1] > size:
            continue  # measured before this run was taken up again
        with store.writing():
            grow(store, size, rows, pool, exact)
            store.settle()
        row = measure(store, claims, exact[:size])
        sizes[size] = row
        table.add_row(f"{size:,}", *(str(row[name]) for name in ("p50_ms", "p95_ms", "recall@10")))
        known = json.loads(RESULTS.read_text())["sizes"] if RESULTS.exists() else {}
        facts = {"hnsw": graph(SELDOM)["hnsw"], "geometry": geometry, "sizes": known | {str(size): row}}
        RESULTS.write_text(json.dumps(facts, indent=2) + "\n")
    Console().print(table)


if __name__ == "__main__":
    main()
