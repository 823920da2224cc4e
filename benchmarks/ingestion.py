"""How fast documents go in, against what the encoder alone could do and against Chroma's own way.

    python -m benchmarks.ingestion --data DIR_WITH_passages.jsonl.gz --passages 10000 --memory 10000 50000

- *encoder alone*: all passages in one call; nothing is written.
- *product*: the whole of it, from a JSONL file to vectors, words and catalogue on disk.
- *Chroma's own*: ``collection.add`` with an embedding function that runs the same weights on each batch as it comes.
- *again*: the product on the same unchanged corpus, for 10,000 small files.

Ratios are by the clock and, for a machine that does other work as well, by the seconds of the processor.
Documents are made of real sentences in a new order. Peak memory is that of a process of its own for each size, with its
encoder's.
Results go to ``benchmarks/results/ingestion.json``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import chromadb
import numpy as np
from chromadb.config import Settings
from rich.console import Console
from rich.table import Table

from benchmarks.plain import PlainModel
from factcheck.corpus.documents import read_documents
from factcheck.corpus.index import open_index
from factcheck.corpus.passages import split_passages
from factcheck.corpus.store import Split
from factcheck.models.encoder import Encoder
from factcheck.models.onnx import WEIGHTS
from factcheck.records import Document

RESULTS = Path(__file__).parent / "results"
IN_DOCUMENT = 40
PLAIN_BATCH = 100


class PlainEmbedding(chromadb.EmbeddingFunction[list[str]]):
    """The encoder's weights on each batch as it comes."""

    def __init__(self) -> None:
        self._model = PlainModel(WEIGHTS / "encoder")

    def __call__(self, input: list[str]) -> list[np.ndarray]:  # noqa: A002
        """Return the vectors of a batch."""
        return list(self._model.run(input))


def make_corpus(data: Path, folder: Path, passages: int) -> None:
    """Write documents of shuffled sentences, with about ``passages`` passages in all, as one JSONL file."""
    with gzip.open(data / "passages.jsonl.gz", "rt", encoding="utf-8") as lines:
        sentences = [json.loads(line)["text"] for line in lines]
    rng, made = random.Random(7), 0
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "news.jsonl").open("w", encoding="utf-8") as file:
        number = 0
        while made < passages:
            text = " ".join(rng.sample(sentences, IN_DOCUMENT))
            made += len(split_passages(text))
            file.write(json.dumps({"id": number, "title": f"Story {number}", "text": text}) + "\n")
            number += 1


def read_texts(folder: Path) -> list[str]:
    """Return what is embedded of the corpus."""
    documents = read_documents(folder / "news.jsonl", "news")
    splits = [Split(one, "", split_passages(one.text)) for one in documents if isinstance(one, Document)]
    return [text for split in splits for text in split.texts]


class Took(NamedTuple):
    """Seconds by the clock, and of the processors by all threads and by the encoder's process."""

    clock: float
    processor: float


def worked() -> float:
    """Return the seconds that processors have worked for this process and those that it started and that are done."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def timed(work: Callable[[], object]) -> Took:
    """Return what ``work`` takes."""
    started, used = time.perf_counter(), worked()
    work()
    return Took(time.perf_counter() - started, worked() - used)


def ingest(folder: Path, store: Path) -> None:
    """Index a corpus as the product does."""
    with open_index(store) as index:
        index.sync(folder)


def ingest_plainly(texts: list[str], store: Path) -> None:
    """Index texts with Chroma alone."""
    client = chromadb.PersistentClient(store, Settings(anonymized_telemetry=False))
    collection = client.create_collection("plain", embedding_function=PlainEmbedding())
    for first in range(0, len(texts), PLAIN_BATCH):
        some = texts[first : first + PLAIN_BATCH]
        collection.add(ids=[str(first + row) for row in range(len(some))], documents=some)


def measure_speed(data: Path, work: Path, passages: int) -> dict[str, float]:
    """Return passages a second, and the ratios."""
    make_corpus(data, work / "corpus", passages)
    texts = read_texts(work / "corpus")
    encoder = Encoder()
    encoder.vectors(texts[:100])
    limit = timed(lambda: encoder.vectors(texts))
    product = timed(lambda: ingest(work / "corpus", work / "store"))
    plain = timed(lambda: ingest_plainly(texts, work / "plain"))
    return {
        "passages": len(texts),
        "encoder_alone_per_s": len(texts) / limit.clock,
        "product_per_s": len(texts) / product.clock,
        "chroma_plain_per_s": len(texts) / plain.clock,
        "product_to_encoder": limit.clock / product.clock,
        "product_to_chroma_plain": plain.clock / product.clock,
        "product_to_encoder_by_processor": limit.processor / product.processor,
        "product_to_chroma_plain_by_processor": plain.processor / product.processor,
    }


def measure_again(work: Path, files: int) -> dict[str, float]:
    """Return how long a second run over ``files`` unchanged files takes, as a share of the first."""
    folder = work / "files"
    folder.mkdir(parents=True)
    for number in range(files):
        (folder / f"{number}.txt").write_text(f"In {number} the town counted {number * 7} houses near the river.")
    first, again = (timed(lambda: ingest(folder, work / "store")) for _ in range(2))
    by_processor = again.processor / first.processor
    return {
        "files": files, "first_s": first.clock, "again_s": again.clock, "share": again.clock / first.clock,
        "share_by_processor": by_processor,
    }  # fmt: skip


def peak_memory() -> float:
    """Return the most memory, in MB, that this process has held; ``getrusage`` would count its parent's, too."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1000


def measure_memory(data: Path, work: Path, passages: int) -> float:
    """Return the peak memory, in MB, of a process that indexes ``passages`` passages."""
    make_corpus(data, work / "corpus", passages)
    command = [sys.executable, "-m", "benchmarks.ingestion", "--child", str(work)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Measure, print the table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, default=Path(".factcheck/benchmark-ingestion"))
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=10_000, help="small files that are indexed twice")
    parser.add_argument("--memory", type=int, nargs="*", default=[10_000, 200_000])
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        ingest(args.child / "corpus", args.child / "store")
        print(peak_memory() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000)
        return

    shutil.rmtree(args.work, ignore_errors=True)
    speed = measure_speed(args.data, args.work / "speed", args.passages)
    again = measure_again(args.work / "again", args.files)
    memory = {size: measure_memory(args.data, args.work / f"memory-{size}", size) for size in args.memory}
    table = Table("measure", "value")
    for name, value in [*speed.items(), *again.items(), *((f"peak MB at {size:,}", mb) for size, mb in memory.items())]:
        table.add_row(name, f"{value:,.3f}" if value < 10 else f"{value:,.0f}")
    Console().print(table)
    results = {"speed": speed, "again": again, "peak_memory_mb": memory}
    (RESULTS / "ingestion.json").write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
