"""A run that is killed loses its current batch at most; finishing it gives what an undisturbed run gives."""

import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from factcheck.corpus.index import CorpusIndex, Server, open_index
from factcheck.errors import CorpusError

#: Enough to notice; thirty were run when this was written.
KILLS = 4
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
print("done", flush=True)
"""


def make_corpus(folder: Path, version: int) -> None:
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
    (folder / f"only-{version}.md").write_text("Only once.")


def contents(index: CorpusIndex) -> dict[str, tuple[str, ...]]:
    """Everything that can be found, by document: its passages in order."""
    found = {}
    for source, _, passages in index.listing():
        [hits] = index.search(["ships grain captains sentence book towns once line"], 200, document=source.id)
        assert len(hits) == passages, "a document is there whole or not at all"
        found[source.id] = tuple(hit.text for hit in sorted(hits, key=lambda hit: hit.start))
    return found


def ingest(corpus: Path, store: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", INGEST, corpus, store], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "started\n"
    return process


def test_kills_at_random_moments_leave_whole_documents_and_a_run_that_can_be_finished(tmp_path: Path) -> None:
    corpus, store, untouched = tmp_path / "corpus", tmp_path / "store", tmp_path / "untouched"
    chance = random.Random(5)
    make_corpus(corpus, 1)
    for attempt in range(KILLS):
        if attempt == KILLS // 2:
            make_corpus(corpus, 2)
            (corpus / "only-1.md").unlink()
        process = ingest(corpus, store)
        time.sleep(chance.uniform(0.3, 2.0))
        process.kill()
        process.wait()
        with open_index(store) as index:
            contents(index)
    with open_index(store) as index, open_index(untouched) as other:
        index.sync(corpus)
        other.sync(corpus)
        assert contents(index) == contents(other)
        assert index.state() == other.state()


def test_others_may_search_while_one_writes(tmp_path: Path) -> None:
    corpus, store = tmp_path / "corpus", tmp_path / "store"
    make_corpus(corpus, 1)
    with open_index(store) as index:
        process = ingest(corpus, store)
        while process.poll() is None:
            contents(index)
        assert process.returncode == 0
        assert len(contents(index)) == index.state().documents == 67


@contextmanager
def serving(folder: Path, port: int) -> Iterator[None]:
    """Run a real Chroma server."""
    command = [Path(sys.executable).with_name("chroma"), "run", "--path", folder, "--host", "127.0.0.1", "--port"]
    process = subprocess.Popen([*map(str, command), str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait()


def test_a_server_may_keep_the_vectors_and_may_go_away(tmp_path: Path) -> None:
    corpus, store, untouched = tmp_path / "corpus", tmp_path / "store", tmp_path / "untouched"
    make_corpus(corpus, 1)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(f"http://127.0.0.1:{port}", token="not asked for")
    with serving(tmp_path / "server", port):
        with open_index(store, server) as index, open_index(untouched) as other:
            index.sync(corpus)
            other.sync(corpus)
            assert contents(index) == contents(other)
            make_corpus(corpus, 2)
            other.sync(corpus)
        index = open_index(store, server)
    with pytest.raises(CorpusError, match="is gone"):
        index.sync(corpus)
    with pytest.raises(CorpusError, match="is gone"):
        index.search(["ships"], 3)
    with pytest.raises(CorpusError, match="no Chroma server answers"):
        open_index(store, server)
    with serving(tmp_path / "server", port), open_index(store, server) as again, open_index(untouched) as other:
        again.sync(corpus)
        assert contents(again) == contents(other)


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://host", "http://"])
def test_an_address_that_is_none_is_named(tmp_path: Path, url: str) -> None:
    with pytest.raises(CorpusError, match="no address of a Chroma server"):
        open_index(tmp_path / "store", Server(url))
