"""A run that is killed loses its current batch at most; finishing it gives what an undisturbed run gives."""

import errno
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.kills import contents, ingest, kill_often, make_corpus
from factcheck.corpus.index import Server, open_index
from factcheck.corpus.readers import FrontMatter
from factcheck.corpus.shelf import add as shelve
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
            others = [
                corpus / name for name in ("book-1.txt.yaml", ".vectors.npy", ".git/x.txt", "alone.yaml", "a.png")
            ]
            (corpus / ".git").mkdir()
            for other_file in others:
                other_file.write_text("publisher: The Archive")
            halves = [files[::2], [*files[1::2], corpus / "missing.txt", tmp_path, *others]]
            embedded = [index.embed(half, corpus) for half in halves]
            assert sum(passages for passages, _ in embedded) == other.state().passages
            assert [(item.path, item.reason) for _, skipped in embedded for item in skipped] == [
                ("missing.txt", "No such file or directory"),
                (str(tmp_path), f"it is not below {corpus}"),
                ("alone.yaml", "no reader for .yaml"),
                ("a.png", "no reader for .png"),
            ]
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


def write_two(corpus: Path) -> Path:
    """Write a corpus of two documents, one in a folder below it."""
    (corpus / "sub").mkdir(parents=True)
    (corpus / "mill.txt").write_text("The mill burnt down in 1911.")
    (corpus / "sub" / "lake.txt").write_text("The lake is deep.")
    return corpus


def forbid(patch: pytest.MonkeyPatch, owner: Any, name: str, place: Path) -> None:
    """Refuse a call of ``owner`` at ``place``, as the system does for want of permissions, which do not bind root."""
    allowed = getattr(owner, name)

    def refuse(path: Any, *arguments: Any, **named: Any) -> Any:
        if str(path) == str(place):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return allowed(path, *arguments, **named)

    patch.setattr(owner, name, refuse)


@pytest.mark.parametrize("below", ["", "sub"])
def test_a_folder_that_cannot_be_listed_empties_no_index(
    tmp_path: Path, below: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write_two(tmp_path / "corpus")
    with open_index(tmp_path / "store") as index:
        index.sync(corpus)
        with monkeypatch.context() as patch:
            forbid(patch, os, "scandir", corpus / below)
            with pytest.raises(CorpusError, match=rf"cannot list the folder {corpus / below} \(Permission denied\)"):
                index.sync(corpus)
            [skipped] = shelve(str(corpus), tmp_path / "another", FrontMatter())
            assert f"cannot list the folder {corpus / below}" in str(skipped)
        assert index.state().documents == 2
        assert index.sync(corpus).unchanged == 2


def test_a_file_that_may_not_be_looked_at_is_skipped_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = write_two(tmp_path / "corpus")
    forbid(monkeypatch, Path, "is_file", corpus / "sub" / "lake.txt")
    with open_index(tmp_path / "store") as index:
        changes = index.sync(corpus)
    assert [(item.path, item.reason) for item in changes.skipped] == [("sub/lake.txt", "Permission denied")]
    assert changes.added == 1


@pytest.mark.parametrize("left", ["nothing", "a photo", "what may not be read"])
def test_a_corpus_of_which_nothing_is_left_empties_no_index(
    tmp_path: Path, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write_two(tmp_path / "corpus")
    with open_index(tmp_path / "store") as index:
        index.sync(corpus)
        away = corpus.rename(tmp_path / "away")
        corpus.mkdir()
        if left != "nothing":
            (corpus / ("photo.png" if left == "a photo" else "mill.txt")).write_text("x")
            forbid(monkeypatch, Path, "is_file", corpus / "mill.txt")
        for mirrored in (index.sync, index.mirror):
            with pytest.raises(CorpusError, match="check that it is mounted") as error:
                mirrored(corpus)
            assert "\n" not in str(error.value)
        assert index.state().documents == 2
        assert index.sync(away).unchanged == 2
