"""A run that is killed loses its current batch at most; finishing it gives what an undisturbed run gives."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from benchmarks.kills import contents, ingest, kill_often, make_corpus
from factcheck.corpus.index import Server, open_index
from factcheck.errors import CorpusError
from factcheck.models.encoder import DIMENSIONS, Encoder


def test_kills_at_random_moments_leave_whole_documents_and_a_run_that_can_be_finished(tmp_path: Path) -> None:
    assert len(kill_often(tmp_path, kills=3, seed=5)) >= 3  # thirty by python -m benchmarks.kills


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


def test_a_server_may_keep_the_vectors_and_may_go_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, store, untouched = tmp_path / "corpus", tmp_path / "store", tmp_path / "untouched"
    make_corpus(corpus, 1)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(f"http://127.0.0.1:{port}", token="not asked for")
    with serving(tmp_path / "server", port):
        with open_index(store, server) as index, open_index(untouched) as other:
            with pytest.raises(CorpusError, match="meet in a Chroma server"):
                other.embed([corpus / "book-1.txt"], corpus)
            other.sync(corpus)
            files = sorted(corpus.iterdir())
            halves = [files[::2], [*files[1::2], corpus / "missing.txt", tmp_path]]
            embedded = [index.embed(half, corpus) for half in halves]
            assert sum(passages for passages, _ in embedded) == other.state().passages
            assert [item.path for _, skipped in embedded for item in skipped] == ["missing.txt", str(tmp_path)]
            assert index.embed(files, corpus) == (0, [])
            with monkeypatch.context() as patch:
                patch.setattr(Encoder, "vectors", lambda *_: np.zeros((0, DIMENSIONS), np.float32))
                index.sync(corpus)  # with nothing left to embed
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
