"""Faults of disk, store and model: one clear error, never a wrong report, and a store that the next run can use.

``python -m benchmarks.faults`` injects faults at random points of whole runs; here are a few at fixed points.
"""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from factcheck import cli
from factcheck.corpus import mirror
from factcheck.corpus import store as stores
from factcheck.corpus.documents import read_documents
from factcheck.corpus.index import open_index
from factcheck.errors import CorpusError, ModelError
from factcheck.models.nli import NliModel
from factcheck.models.onnx import WEIGHTS


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus and its store."""
    folder = tmp_path_factory.mktemp("indexed")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "vote.md").write_text("Ten members voted in favour of the pier. Two voted against it.")
    (folder / "corpus" / "cost.md").write_text("The pier will cost 4 million euros.")
    with open_index(folder / "store") as index:
        index.sync(folder / "corpus")
    return folder


@pytest.fixture
def place(indexed: Path, tmp_path: Path) -> Path:
    """A copy of it that may be broken."""
    shutil.copytree(indexed, tmp_path, dirs_exist_ok=True)
    return tmp_path


def found(place: Path, store: str = "store") -> list[str]:
    with open_index(place / store) as index:
        index.sync(place / "corpus")
        [hits] = index.search(["who voted for the pier"], 5)
    return sorted(hit.text for hit in hits)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("catalogue.sqlite3", lambda data: b"not a database" * 100),
        ("catalogue.sqlite3", lambda data: data[:1000]),
        ("chroma/chroma.sqlite3", lambda data: data[:5000]),
        ("chroma/chroma.sqlite3", lambda data: b""),
        ("words/meta.json", lambda data: b"{"),
    ],
)
def test_a_damaged_store_says_what_to_do_and_doing_it_helps(place: Path, name: str, damage) -> None:
    before = found(place)
    for file in place.glob("store/**/*-wal"):
        file.unlink()
    file = place / "store" / name
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(CorpusError, match="delete that folder and run again") as error:
        found(place)
    assert "\n" not in str(error.value)
    assert found(place, "another store") == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE notes SET value = '1 another encoder' WHERE name = 'recipe'", None),
        ("DELETE FROM notes", None),
        ("ALTER TABLE documents RENAME COLUMN passages TO pieces", "delete that folder"),
    ],
)
def test_a_store_of_another_version_is_filled_anew_or_named(place: Path, change: str, says: str | None) -> None:
    before = found(place)
    with sqlite3.connect(place / "store" / "catalogue.sqlite3") as database:
        database.execute(change)
    database.close()
    if says:
        with pytest.raises(CorpusError, match=says):
            found(place)
    else:
        assert found(place) == before


def test_a_second_writer_waits_and_then_says_why_it_gave_up(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "PATIENCE", 0.2)
    with FileLock(place / "store" / "write.lock"), pytest.raises(CorpusError, match="another process is writing"):
        found(place)
    assert found(place)


def test_a_document_that_changes_while_it_is_read_is_read_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, file = found(place), place / "corpus" / "vote.md"
    text = file.read_text()

    def changed_meanwhile(path: Path, *arguments: Any) -> Any:
        path.write_text("Nobody voted." if path == file else path.read_text())
        return read_documents(path, *arguments)

    monkeypatch.setattr(mirror, "read_documents", changed_meanwhile)
    assert found(place, "another store") != before
    monkeypatch.undo()
    file.write_text(text)
    assert found(place, "another store") == before


def test_a_store_that_cannot_be_made_is_one_line(place: Path) -> None:
    (place / "file").write_text("in the way")
    with pytest.raises(CorpusError, match="cannot use the index"):
        open_index(place / "file" / "store")


FULL = """
import resource, sys
from pathlib import Path
from factcheck.corpus.index import open_index
from factcheck.errors import CorpusError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
try:
    with open_index(Path("full")) as index:
        index.sync(Path("corpus"))
except CorpusError as error:
    print(error)
"""


@pytest.mark.parametrize("size", [0, 50_000])
def test_a_disk_that_is_full_is_one_line_and_the_next_run_goes_on(place: Path, size: int) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(size)], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == 1, done
    with open_index(place / "full") as index:
        index.sync(place / "corpus")
        assert index.state().documents == 2


@pytest.mark.parametrize("damage", ["gone", "short", "altered"])
@pytest.mark.parametrize("name", ["model.onnx", "model.json", "tokenizer.json"])
def test_a_model_that_is_missing_or_altered_is_not_read(tmp_path: Path, name: str, damage: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(WEIGHTS / "nli-small", folder)
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 3] ^= 1
    if damage == "gone":
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(data if damage == "altered" else data[: len(data) // 2])
    with pytest.raises(ModelError, match="reinstall factcheck") as error:
        NliModel(str(folder))
    assert "\n" not in str(error.value)


def test_what_nobody_foresaw_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for raised, code in ((RuntimeError("two\nlines"), 2), (MemoryError(), 2), (KeyboardInterrupt(), 130)):

        def fail(error: BaseException = raised) -> None:
            raise error

        monkeypatch.setattr(cli, "app", fail)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == code
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_key_is_in_no_message_of_a_failing_run(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "sk-very-secret-0123456789"
    monkeypatch.setenv("OPENAI_API_KEY", key)
    monkeypatch.setenv("FACTCHECK_CHROMA_TOKEN", key)
    (place / "draft.txt").write_text("Ten members voted in favour of the pier.\n")
    arguments = ["--engine", "openai:gpt-5-mini", "--base-url", "http://127.0.0.1:9/v1", "--nli", "small"]
    for command in (["claims", "draft.txt"], ["claims", "draft.txt", "--jobs", "-1"]):
        done = CliRunner().invoke(cli.app, [*command, *arguments])
        assert key not in done.output + str(done.exception)
    assert not [file for file in place.rglob("*") if file.is_file() and key.encode() in file.read_bytes()]
