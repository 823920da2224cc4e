"""The answer cache: it saves calls, and whatever happens to it, a run goes on."""

from __future__ import annotations

import errno
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from factcheck.cache import FILE_NAME, KEPT, AnswerCache


def test_answers_are_found_by_a_later_run(tmp_path: Path) -> None:
    AnswerCache(tmp_path).put("key", '{"a": "ä"}')
    assert AnswerCache(tmp_path).get("key") == '{"a": "ä"}'
    assert AnswerCache(tmp_path).get("other") is None


def test_looking_leaves_no_trace(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert AnswerCache(store).get("key") is None
    assert AnswerCache(store).size() == (0, 0)
    assert AnswerCache(store).clear() == 0
    assert not store.exists()


def test_clear_drops_all_and_says_how_many(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    for number in range(3):
        cache.put(str(number), "answer")
    count, size = cache.size()
    assert (count, size > 0) == (3, True)
    assert cache.clear() == 3
    assert cache.get("1") is None
    assert cache.size() == (0, 0)


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.put("key", "answer")
    (tmp_path / FILE_NAME).write_bytes(b"not a database, and longer than a header of one hundred bytes" * 20)
    assert cache.get("key") is None
    cache.put("key", "again")
    assert cache.get("key") == "again"


def test_a_file_cut_short_never_gives_a_wrong_answer(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    answers = {str(number): f"answer {number} " * 50 for number in range(200)}
    for key, answer in answers.items():
        cache.put(key, answer)
    whole = (tmp_path / FILE_NAME).read_bytes()
    for size in range(0, len(whole), len(whole) // 7):
        (tmp_path / FILE_NAME).write_bytes(whole[:size])
        assert all(cache.get(key) in (None, answer) for key, answer in answers.items())
        cache.put("new", "answer")


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of a folder")
    cache = AnswerCache(tmp_path / "file")
    cache.put("key", "answer")
    assert cache.get("key") is None


@pytest.mark.parametrize("refused", ["unlink", "exists"])
def test_a_folder_in_which_nothing_may_be_changed_or_looked_at_stops_nothing(
    tmp_path: Path, refused: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    cache = AnswerCache(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(b"not a database, and longer than a header of one hundred bytes" * 20)
    monkeypatch.setattr(Path, refused, refuse)
    assert cache.get("key") is None
    assert "Permission denied" in caplog.text
    assert cache.size()[0] == 0
    cache.put("key", "answer")


def test_what_was_kept_for_long_goes_when_something_new_is_kept(tmp_path: Path) -> None:
    before = AnswerCache(tmp_path)
    for key in ("old", "young"):
        before.put(key, "answer")
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database, database:
        for key, age in (("old", KEPT + 60), ("young", KEPT - 60)):
            database.execute("UPDATE answers SET created = ? WHERE key = ?", [time.time() - age, key])
    later = AnswerCache(tmp_path)
    assert later.get("old") == "answer"
    later.put("new", "answer")
    assert [later.get(key) for key in ("old", "young", "new")] == [None, "answer", "answer"]


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: AnswerCache(tmp_path).put(str(number), "answer"), range(100)))
    assert AnswerCache(tmp_path).size()[0] == 100
