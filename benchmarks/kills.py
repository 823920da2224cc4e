"""Whether an ingestion that is killed leaves whole documents only, and can be finished as if nothing had happened.

    python -m benchmarks.kills --kills 30

A corpus is indexed in small batches by a process that gets SIGKILL at a random moment of the time that an undisturbed
run takes; every few kills the corpus changes, so that documents are being replaced and removed as well. After each kill
the store is opened and everything in it looked at: each document is found with all its passages, or not at all. At last
the run is finished, and must have left exactly the passages of a store that was never disturbed. Results go to
``benchmarks/results/kills.json``.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from factcheck.corpus.index import CorpusIndex, open_index

RESULTS = Path(__file__).parent / "results" / "kills.json"
#: Kills between two changes of the corpus.
CHANGED_AFTER = 2
INGEST = """
import sys
from pathlib import Path
from factcheck.corpus import store
from factcheck.corpus.index import open_index
import factcheck.corpus.mirror as mirror
store.BATCH = mirror.BATCH = 8
print("started", flush=True)
with open_index(Path(sys.argv[2])) as index:
    index.sync(Path(sys.argv[1]))
"""


def make_corpus(folder: Path, version: int) -> None:
    """Write a table of some 50 rows, 12 books, and a file of this version only."""
    folder.mkdir(exist_ok=True)
    rows = [
        {"id": n, "text": f"In {n} the {version} ships of line {n % 7} brought {n * 3} tons. They cost {n + version}."}
        for n in range(60)
        if (n + version) % 9
    ]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    for number in range(12):
        text = " ".join(f"Sentence {line} of book {number} tells of {version * line} towns." for line in range(40))
        (folder / f"book-{number}.txt").write_text(text if (number + version) % 4 else "A single line.")
    for old in folder.glob("only-*.md"):
        old.unlink()
    (folder / f"only-{version}.md").write_text("Only once.")


def contents(index: CorpusIndex) -> dict[str, tuple[str, ...]]:
    """Return everything that can be found, by document: its passages in order.

    Raises:
        AssertionError: a document is found in part.
    """
    found = {}
    for source, _, passages in index.listing():
        [hits] = index.search(["ships grain captains sentence book towns once line"], 200, document=source.id)
        if len(hits) != passages:
            raise AssertionError(f"{len(hits)} of the {passages} passages of {source.id} are found")
        found[source.id] = tuple(hit.text for hit in sorted(hits, key=lambda hit: hit.start))
    return found


def ingest(corpus: Path, store: Path) -> subprocess.Popen[str]:
    """Start a process that indexes ``corpus``, and return when it has loaded the libraries."""
    process = subprocess.Popen([sys.executable, "-c", INGEST, corpus, store], stdout=subprocess.PIPE, text=True)
    if not process.stdout or process.stdout.readline() != "started\n":
        raise AssertionError("the process did not start")
    return process


def kill_often(work: Path, kills: int, seed: int) -> list[str]:
    """Kill so many runs, finish the last, and return how each run ended and how many documents were there then.

    A run that ends before it is killed does not count; it shows how long a run takes now.

    Raises:
        AssertionError: a document is found in part, or the finished store is not as an undisturbed one.
        CorpusError: the store does not open.
    """
    corpus, store, untouched = work / "corpus", work / "store", work / "untouched"
    chance, ends, killed = random.Random(seed), [], 0
    make_corpus(corpus, 1)
    started, process = time.monotonic(), ingest(corpus, untouched)
    process.wait()
    usual = time.monotonic() - started
    while killed < kills:
        make_corpus(corpus, 1 + len(ends) // CHANGED_AFTER)
        started, process = time.monotonic(), ingest(corpus, store)
        try:
            process.wait(chance.uniform(0, usual))
            ends.append("finished")
            usual = min(usual, time.monotonic() - started)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            ends.append("killed")
            killed += 1
        with open_index(store) as index:
            ends[-1] += f" at {len(contents(index))} documents"
    with open_index(store) as index, open_index(untouched) as other:
        index.sync(corpus)
        other.sync(corpus)
        if contents(index) != contents(other) or index.state() != other.state():
            raise AssertionError("the finished store is not as an undisturbed one")
    return ends


def main() -> None:
    """Kill, print the table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="factcheck-kills-") as work:
        ends = kill_often(Path(work), args.kills, args.seed)
    killed = sum(end.startswith("killed") for end in ends)
    facts = {"runs": len(ends), "killed": killed, "finished before": len(ends) - killed, "ends": ends}
    RESULTS.write_text(json.dumps(facts, indent=1) + "\n")
    table = Table("runs", "killed before their end")
    table.add_row(str(len(ends)), str(killed))
    Console().print(table)


if __name__ == "__main__":
    main()
