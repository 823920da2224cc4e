"""The catalogue: which files and documents the store holds, and the journal that makes a killed run safe to repeat.

A document is *open* from before its first passage is touched until after its last is written, and so is a
file until all of its documents are done. Open documents are not found by search, and the next run does them
again. Every run has a number; what a finished run has not come across is gone from the folder.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from factcheck.records import Source

_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, sha256 TEXT, run INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT, passages INTEGER NOT NULL, source TEXT NOT NULL,
    run INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_of_a_file ON documents (file);
CREATE INDEX IF NOT EXISTS documents_of_an_origin ON documents (json_extract(source, '$.origin'));
CREATE TABLE IF NOT EXISTS sketches (hash INTEGER, document TEXT, PRIMARY KEY (hash, document)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sketch_of_a_document ON sketches (document);
CREATE TABLE IF NOT EXISTS checked (sha256 TEXT PRIMARY KEY, path TEXT NOT NULL, found TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
FILE_NAME = "catalogue.sqlite3"
#: Documents that are kept for one hash of a sketch: what more of them share is boilerplate.
_COMMON = 50


@dataclass(frozen=True)
class Entry:
    """A document in the store; ``sha256`` is None while it is open, and then ``passages`` is the most it can have."""

    file: str
    sha256: str | None
    passages: int
    run: int


@dataclass(frozen=True)
class Coming:
    """A document that is about to be written, with its sketch (see ``origins``)."""

    source: Source
    file: str
    sha256: str
    passages: int
    sketch: Sequence[int]


class Catalogue:
    """An SQLite file beside the vectors. Each method that writes is a transaction of its own."""

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

    def begin_run(self) -> int:
        """Return the number of a new run."""
        query = "SELECT max(run) FROM (SELECT run FROM files UNION ALL SELECT run FROM documents)"
        latest = self._database.execute(query).fetchone()[0] or 0  # more than the note says, if that was lost
        run = max(int(self.note("run") or 0), latest) + 1
        self.set_note("run", str(run))
        return run

    def file_fingerprint(self, path: str) -> str | None:
        """Return the fingerprint of a file whose documents are all in the store, or None."""
        row = self._database.execute("SELECT sha256 FROM files WHERE path = ?", [path]).fetchone()
        return row[0] if row else None

    def keep_files(self, paths: Iterable[str], run: int) -> None:
        """Note that this run has come across files that are in the store as they are."""
        with self._transaction() as write:
            write.executemany("UPDATE files SET run = ? WHERE path = ?", [(run, path) for path in paths])

    def finish_file(self, path: str, fingerprint: str, run: int) -> None:
        """Note that all documents of a file are in the store."""
        self._database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", [path, fingerprint, run])

    def open_file(self, path: str, run: int) -> None:
        """Note that the documents of a file are being read."""
        self._database.execute("INSERT OR REPLACE INTO files VALUES (?, NULL, ?)", [path, run])

    def file_run(self, path: str) -> int | None:
        """Return the last run that has come across a file, or None."""
        row = self._database.execute("SELECT run FROM files WHERE path = ?", [path]).fetchone()
        return row[0] if row else None

    def unseen_files(self, run: int) -> list[str]:
        """Return the files that this run has not come across."""
        rows = self._database.execute("SELECT path FROM files WHERE run < ? ORDER BY path", [run])
        return [path for (path,) in rows]

    def forget_file(self, path: str) -> None:
        """Forget a file that has no documents left."""
        self._database.execute("DELETE FROM files WHERE path = ?", [path])

    def entry(self, identity: str) -> Entry | None:
        """Return a document that is in the store, open or not, or None."""
        return self.entries([identity]).get(identity)

    def entries(self, identities: Sequence[str]) -> dict[str, Entry]:
        """Return those of the documents that are in the store, open or not."""
        rows = self._database.execute(
            "SELECT id, file, sha256, passages, run FROM documents WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(identities)],
        )
        return {identity: Entry(*entry) for identity, *entry in rows}

    def keep(self, documents: Iterable[tuple[str, str]], run: int) -> None:
        """Note that this run has come across documents, each in a file, that are in the store as they are."""
        with self._transaction() as write:
            rows = [(file, run, identity) for identity, file in documents]
            write.executemany("UPDATE documents SET file = ?, run = ? WHERE id = ?", rows)

    def open(self, documents: Sequence[Coming], run: int) -> None:
        """Mark documents as open that are about to be written."""
        with self._transaction() as write:
            write.executemany(
                "INSERT INTO documents VALUES (?, ?, NULL, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " file = excluded.file, sha256 = NULL, passages = max(passages, excluded.passages),"
                " source = excluded.source, run = excluded.run",
                [(d.source.id, d.file, d.passages, d.source.model_dump_json(), run) for d in documents],
            )

    def complete(self, documents: Sequence[Coming]) -> None:
        """Close documents whose passages are all written."""
        with self._transaction() as write:
            write.executemany("DELETE FROM sketches WHERE document = ?", [(d.source.id,) for d in documents])
            write.executemany(
                "INSERT INTO sketches SELECT ?1, ?2 WHERE (SELECT count(*) FROM sketches WHERE hash = ?1) < ?3",
                [(value, d.source.id, _COMMON) for d in documents for value in d.sketch],
            )
            write.executemany(
                "UPDATE documents SET sha256 = ?, passages = ? WHERE id = ?",
                [(d.sha256, d.passages, d.source.id) for d in documents],
            )

    def reopen(self, identities: Iterable[str]) -> None:
        """Mark documents as open that are about to be removed."""
        with self._transaction() as write:
            write.executemany("UPDATE documents SET sha256 = NULL WHERE id = ?", [(one,) for one in identities])

    def reopen_all(self) -> None:
        """Mark everything as open: passages are made differently now."""
        with self._transaction() as write:
            write.execute("UPDATE documents SET sha256 = NULL")
            write.execute("UPDATE files SET sha256 = NULL")

    def remove(self, identities: Iterable[str]) -> None:
        """Forget documents whose passages are gone."""
        with self._transaction() as write:
            rows = [(identity,) for identity in identities]
            write.executemany("DELETE FROM sketches WHERE document = ?", rows)
            write.executemany("DELETE FROM documents WHERE id = ?", rows)

    def unseen(self, file: str, run: int, limit: int) -> list[str]:
        """Return at most ``limit`` documents of a file that this run has not come across."""
        query = "SELECT id FROM documents WHERE file = ? AND run < ? LIMIT ?"
        return [identity for (identity,) in self._database.execute(query, [file, run, limit])]

    def like(self, sketch: Sequence[int]) -> dict[str, list[int]]:
        """Return the sketches of the documents that share a hash with ``sketch``, by their ids."""
        sketches: dict[str, list[int]] = {}
        query = (
            "SELECT document, hash FROM sketches WHERE document IN"
            " (SELECT document FROM sketches WHERE hash IN (SELECT value FROM json_each(?)))"
        )
        for document, value in self._database.execute(query, [json.dumps(sketch)]):
            sketches.setdefault(document, []).append(value)
        return sketches

    def pass_on(self, identities: Sequence[str], besides: Sequence[str]) -> None:
        """Give the documents whose origin is one of ``identities`` another, the first of them.

        Those ``besides`` are left alone: they are about to be written, or removed.
        """
        copies = (
            "FROM documents WHERE json_extract(source, '$.origin') = ?1 AND id != ?1"
            " AND id NOT IN (SELECT value FROM json_each(?2))"
        )
        query = (
            f"UPDATE documents SET source = json_set(source, '$.origin', (SELECT min(id) {copies}))"  # noqa: S608 - ours
            f" WHERE id IN (SELECT id {copies})"
        )
        rest = json.dumps(besides)
        with self._transaction() as write:
            write.executemany(query, [(identity, rest) for identity in identities])

    def totals(self) -> tuple[int, int]:
        """Return the numbers of complete documents and of their passages."""
        query = "SELECT count(*), coalesce(sum(passages), 0) FROM documents WHERE sha256 IS NOT NULL"
        documents, passages = self._database.execute(query).fetchone()
        return documents, passages

    def most_passages(self) -> int:
        """Return the greatest number of passages there can be, those of open documents included."""
        most: int = self._database.execute("SELECT coalesce(sum(passages), 0) FROM documents").fetchone()[0]
        return most

    def listing(self) -> Iterator[tuple[Source, str, int]]:
        """Yield the complete documents by id: what is known of each, its file, its number of passages."""
        query = "SELECT source, file, passages FROM documents WHERE sha256 IS NOT NULL ORDER BY id"
        for source, file, passages in self._database.execute(query):
            yield Source.model_validate_json(source), file, passages

    def find(self, identities: Iterable[str]) -> dict[str, Source]:
        """Return those of the documents that are complete."""
        query = "SELECT id, source FROM documents WHERE sha256 IS NOT NULL AND id IN (SELECT value FROM json_each(?))"
        rows = self._database.execute(query, [json.dumps(sorted(set(identities)))])
        return {identity: Source.model_validate_json(source) for identity, source in rows}

    def note_checked(self, sha256: str, path: str, found: str) -> None:
        """Note that an article was checked, with a digest of what is remembered of it, in place of earlier drafts."""
        with self._transaction() as write:
            write.execute("DELETE FROM checked WHERE path = ? AND path != '-'", [path])
            write.execute("INSERT OR REPLACE INTO checked VALUES (?, ?, ?)", [sha256, path, found])

    def checked_beside(self, sha256: str, path: str) -> list[tuple[str, str, str]]:
        """Return the other articles that were checked, with path and digest; drafts at ``path`` are none."""
        query = "SELECT * FROM checked WHERE sha256 != ?1 AND (path != ?2 OR ?2 = '-') ORDER BY sha256"
        return self._database.execute(query, [sha256, path]).fetchall()

    def note(self, name: str) -> str | None:
        """Return a note, or None."""
        row = self._database.execute("SELECT value FROM notes WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    def set_note(self, name: str, value: str) -> None:
        """Keep a note."""
        self._database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", [name, value])

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._database.execute("BEGIN IMMEDIATE")
        with self._database:
            yield self._database
