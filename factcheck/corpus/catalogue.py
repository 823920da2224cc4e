"""The catalogue: which documents the store holds, with the journal that makes a killed run safe to repeat.

A document is *open* from before its first passage is touched until after its last is written. Open
documents are not found by search, and the next run does them again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck.records import Source

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, sha256 TEXT, passages INTEGER NOT NULL, source TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Entry:
    """A document in the store; ``sha256`` is None while it is open, and then ``passages`` is the most it can have."""

    sha256: str | None
    passages: int


class Catalogue:
    """An SQLite file beside the vectors. Each method is a transaction of its own."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path``, or make it.

        Raises:
            sqlite3.Error: the file cannot be opened or is no catalogue.
        """
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def entries(self) -> dict[str, Entry]:
        """Return every document's entry by its id."""
        rows = self._database.execute("SELECT id, sha256, passages FROM documents")
        return {identity: Entry(sha256, passages) for identity, sha256, passages in rows}

    def open(self, documents: Sequence[tuple[Source, int]]) -> None:
        """Mark documents (each with its number of passages to come) as open."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(
                "INSERT INTO documents VALUES (?, NULL, ?, ?) ON CONFLICT (id) DO UPDATE"
                " SET sha256 = NULL, passages = max(passages, excluded.passages), source = excluded.source",
                [(source.id, passages, source.model_dump_json()) for source, passages in documents],
            )

    def reopen(self, identities: Sequence[str]) -> None:
        """Mark documents as open that are in the catalogue already."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(
                "UPDATE documents SET sha256 = NULL WHERE id = ?", [(identity,) for identity in identities]
            )

    def reopen_all(self) -> None:
        """Mark every document as open."""
        self._database.execute("UPDATE documents SET sha256 = NULL")

    def complete(self, documents: Sequence[tuple[str, str, int]]) -> None:
        """Close documents, each given by (id, sha256, number of passages)."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(
                "UPDATE documents SET sha256 = ?, passages = ? WHERE id = ?",
                [(sha256, passages, identity) for identity, sha256, passages in documents],
            )

    def remove(self, identities: Sequence[str]) -> None:
        """Forget documents whose passages are gone."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany("DELETE FROM documents WHERE id = ?", [(identity,) for identity in identities])

    def totals(self) -> tuple[int, int]:
        """Return the numbers of complete documents and of their passages."""
        query = "SELECT count(*), coalesce(sum(passages), 0) FROM documents WHERE sha256 IS NOT NULL"
        documents, passages = self._database.execute(query).fetchone()
        return documents, passages

    def sources(self) -> Iterator[tuple[Source, int]]:
        """Yield the complete documents in the order of their ids, each with its number of passages."""
        query = "SELECT source, passages FROM documents WHERE sha256 IS NOT NULL ORDER BY id"
        for source, passages in self._database.execute(query):
            yield Source.model_validate_json(source), passages

    def find(self, identities: Sequence[str]) -> dict[str, Source]:
        """Return those of the documents that are complete."""
        query = "SELECT id, source FROM documents WHERE sha256 IS NOT NULL AND id IN (SELECT value FROM json_each(?))"
        rows = self._database.execute(query, [json.dumps(sorted(set(identities)))])
        return {identity: Source.model_validate_json(source) for identity, source in rows}

    def note(self, name: str) -> str | None:
        """Return a note, or None."""
        row = self._database.execute("SELECT value FROM notes WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    def set_note(self, name: str, value: str | None) -> None:
        """Keep a note, or drop it."""
        self._database.execute("DELETE FROM notes WHERE name = ?", [name])
        if value is not None:
            self._database.execute("INSERT INTO notes VALUES (?, ?)", [name, value])
