"""The encoder in a process of its own: the same vectors, and nothing lost or left behind when one of the two ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from factcheck.corpus import mirror
from factcheck.corpus.index import open_index
from factcheck.errors import ModelError
from factcheck.models.bulk import BulkEncoder
from factcheck.models.encoder import Encoder

TEXTS = ["Nine mills closed.", 'Two lines,\nand “marks” in "them".', "Übermut", ""]


def test_the_vectors_are_the_encoder_s() -> None:
    with BulkEncoder() as bulk:
        assert np.array_equal(bulk.vectors(TEXTS), Encoder().vectors(TEXTS))
        assert bulk.vectors([]).shape == (0, 384)


def write_corpus(folder: Path, documents: int) -> None:
    """Write a file of short documents, one passage each."""
    folder.mkdir()
    rows = [
        {"id": n, "title": f"Report {n}", "text": f"In {1000 + n} the mill sold {n} sacks."} for n in range(documents)
    ]
    (folder / "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


class Dying(BulkEncoder):
    """An encoder whose process is killed when it is asked for the second time."""

    asked = 0

    def vectors(self, texts: list[str]) -> np.ndarray:
        Dying.asked += 1
        if Dying.asked == 2:
            self._process.send_signal(signal.SIGKILL)
        return super().vectors(texts)


def test_when_it_is_killed_the_next_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpus(tmp_path / "corpus", 1200)
    monkeypatch.setattr(mirror, "_MANY", 0)
    monkeypatch.setattr(mirror, "BATCH", 500)
    monkeypatch.setattr(mirror, "BulkEncoder", Dying)
    with open_index(tmp_path / "store") as index, pytest.raises(ModelError, match="run again"):
        index.sync(tmp_path / "corpus")
    with open_index(tmp_path / "store") as index:
        held = index.state().documents
        assert 0 < held < 1200
        changes = index.sync(tmp_path / "corpus")
        assert (changes.added, changes.unchanged) == (1200 - held, held)
        [[first, *_]] = index.search(["In 2100 the mill sold 1100 sacks."], 3)
        assert first.text == "In 2100 the mill sold 1100 sacks."


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return not Path(f"/proc/{process}/stat").exists() or ") Z " not in Path(f"/proc/{process}/stat").read_text()


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    script = (
        "from factcheck.models.bulk import BulkEncoder; import time; bulk = BulkEncoder(); bulk.vectors(['a']); "
        "print(bulk._process.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_there(child)
        parent.kill()
    waited = time.monotonic() + 20
    while is_there(child) and time.monotonic() < waited:
        time.sleep(0.1)
    assert not is_there(child)


def test_a_module_in_the_folder_one_works_in_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "numpy", "tokenizers"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)
    with BulkEncoder() as bulk:
        bulk.vectors(["a"])
    assert not (tmp_path / "ran").exists()
