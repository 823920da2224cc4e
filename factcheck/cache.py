"""Answers of a chat model, kept between runs. A cache may be lost at any time: nothing here stops a run."""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

FILE_NAME = "answers.sqlite3"
#: Seconds to wait for another process that is writing.
PATIENCE = 10.0
#: Seconds for which an answer is kept: a key of which the day or the installed packages are part is asked for no more.
KEPT = 90 * 86_400.0


class AnswerCache:
    """Answers by key, in one SQLite file; a damaged file is thrown away and begun anew."""

    def __init__(self, folder: Path) -> None:
        """Keep the answers in ``folder``, which is made when the first answer comes."""
        self._file = folder / FILE_NAME
        self._tidied = False

    def get(self, key: str) -> str | None:
        """Return the answer kept under ``key``."""
        rows = self._run("SELECT answer FROM answers WHERE key = ?", key)
        return str(rows[0][0]) if rows else None

    def put(self, key: str, answer: str) -> None:
        """Keep ``answer`` under ``key``; the first time, drop what was kept for longer than ``KEPT``."""
        if not self._tidied:
            self._tidied = True
            self._run("DELETE FROM answers WHERE created < ?", time.time() - KEPT)
        self._run("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", key, answer, time.time(), make=True)

    def clear(self) -> int:
        """Drop all answers and return how many there were."""
        count, _ = self.size()
        self._remove()
        return count

    def size(self) -> tuple[int, int]:
        """Return the number of answers and the bytes they take on disk."""
        rows = self._run("SELECT count(*) FROM answers")
        return (rows[0][0] if rows else 0), sum(file.stat().st_size for file in self._files())

    def _run(self, statement: str, *values: object, make: bool = False) -> list[tuple[Any, ...]]:
        """Return the rows that answer ``statement``; without a file there are none, unless it is to be made."""
        try:
            return self._execute(statement, values) if make or self._file.exists() else []
        except sqlite3.OperationalError as error:  # locked, full, read-only: the file itself is sound
            logger.warning("the answer cache %s is not used: %s", self._file, error)
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)
        except OSError as error:
            logger.warning("the answer cache %s is not used: %s", self._file, error.strerror)
        return []

    def _begin_anew(self, damage: sqlite3.DatabaseError) -> None:
        try:
            self._remove()
            logger.warning("the answer cache %s was damaged (%s) and is begun anew", self._file, damage)
        except OSError as error:
            logger.warning("the answer cache %s is damaged (%s); delete it (%s)", self._file, damage, error.strerror)

    def _execute(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        # A writer takes its lock at once, and there is no write-ahead log: both else fail without waiting where many
        # connections open, write and close at the same time.
        connection = sqlite3.connect(self._file, timeout=PATIENCE, isolation_level="IMMEDIATE")
        with closing(connection) as database, database:
            database.execute("PRAGMA synchronous = OFF")  # a file that a power cut damages is begun anew
            database.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT, created REAL)")
            return database.execute(statement, values).fetchall()

    def _files(self) -> list[Path]:
        return [file for file in self._file.parent.glob(f"{FILE_NAME}*") if file.is_file()]

    def _remove(self) -> None:
        for file in self._files():
            file.unlink(missing_ok=True)
