"""What an index keeps on disk: vectors and texts in Chroma, words in Tantivy, and the catalogue of both."""

from __future__ import annotations

import re
import shutil
import sqlite3
import uuid
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.errors import ChromaError
from filelock import FileLock, Timeout
from langchain_chroma import Chroma
from langchain_core.documents import Document as StoredText

from factcheck.addresses import is_here
from factcheck.corpus.catalogue import FILE_NAME, Catalogue, Coming
from factcheck.corpus.lexical import Entry, LexicalIndex, Only, described
from factcheck.corpus.origins import HASHING, SAME, Sketches, resemblance, sketch
from factcheck.corpus.passages import Span
from factcheck.corpus.server import Server, connect
from factcheck.corpus.shards import NAME as VECTORS
from factcheck.corpus.shards import Vectors
from factcheck.errors import CorpusError
from factcheck.layout import in_one_line
from factcheck.models.encoder import DIMENSIONS, Encoder
from factcheck.records import Document, Passage, Source

#: To be raised when passages are made differently: stores made before are then filled anew.
SPLITTING = 7
#: Passages written in one call, and ids asked for in one: a kill loses no more, and each call has its own costs.
BATCH = 2048
#: Seconds to wait for another process that is writing.
PATIENCE = 10.0
#: Seconds to wait for one that is at Chroma's files, and may be loading a large graph.
_LOADING = 120.0
#: Passages after which Chroma writes its graph out; each time, it writes the ids of all passages.
SELDOM = 10_000
#: Claims after which it does: they come a few at a time, and a process that adds some adds all that were left out.
_OFTEN = 100
#: The least that Chroma takes for ``sync_threshold``.
_AT_ONCE = 3
#: Passages that may be left out of the graph's files: each process that opens the store adds them to it again.
_LEFT_OUT = 100
#: Bytes; with less, a failure to write needs no other explanation.
_LEAST_ROOM = 100_000
_REMEDY = "delete that folder and run again"


def graph(threshold: int) -> CreateCollectionConfiguration:
    """Return what Chroma is told of the graph that finds near vectors, written out after ``threshold`` changes."""
    return {
        "hnsw": {
            "space": "cosine",
            "max_neighbors": 16,
            "ef_construction": 100,
            "ef_search": 200,
            "sync_threshold": threshold,
        }
    }


@dataclass(frozen=True)
class Split:
    """A document of a file, with the spans of its passages."""

    document: Document
    file: str
    spans: Sequence[Span]

    @property
    def texts(self) -> list[str]:
        """What is embedded for each passage: a line with title and headings, and below it the passage."""
        title, text = self.document.source.title, self.document.text
        headed = ((f"{title} – {in_one_line(span.above)}" if span.above else title, span) for span in self.spans)
        return [f"{head}\n{text[span.start : span.end]}" for head, span in headed]

    @property
    def places(self) -> list[dict[str, str | int]]:
        """Where each passage stands: its start, what is above it and, in a document with pages, its page."""
        breaks = [match.start() for match in re.finditer("\f", self.document.text)]
        return [
            {"start": span.start}
            | ({"above": span.above} if span.above else {})
            | ({"page": bisect_left(breaks, span.start) + 1} if breaks else {})
            for span in self.spans
        ]


class Store:
    """The folder of an index. In Chroma's collection ``passages``, an entry's text is one of ``Split.texts``."""

    def __init__(self, folder: Path, server: Server | None = None) -> None:
        """Open the store in ``folder``, or make an empty one; with ``server``, the vectors are kept there.

        Raises:
            CorpusError: the folder cannot be written, what it holds is damaged, or the server does not answer.
        """
        self.folder, self._server = folder, server
        #: The address of the server, where it is off this machine.
        self.elsewhere = server.url if server and not is_here(server.url) else None
        self.encoder = Encoder()
        self._unsettled = 0
        self._lock = FileLock(folder / "write.lock", timeout=PATIENCE)
        self._files = FileLock(folder / "chroma.lock", timeout=_LOADING, poll_interval=0.01)
        with self.guarded():
            folder.mkdir(parents=True, exist_ok=True)
            if not (ignore := folder / ".gitignore").exists():
                ignore.write_text("*\n")  # what can be made anew has no place in a repository
            self.catalogue = Catalogue(folder / FILE_NAME)
            with self._files:
                self._version = self.catalogue.note("version")
                self._connect()
            try:
                self._words = LexicalIndex(folder / "words")
            except ValueError as error:
                self.close()
                raise CorpusError(f"the index in {folder} is damaged (words); {_REMEDY}") from error

    def close(self) -> None:
        """Let go of the files."""
        self.catalogue.close()
        self._client.close()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn the errors of the files within into a ``CorpusError``."""
        try:
            yield
        except Timeout as error:
            raise CorpusError(f"another process is writing to {self.folder}; try again when it is done") from error
        except httpx.HTTPError as error:
            place = self._server.url if self._server else "Chroma"
            raise CorpusError(f"the server at {place} is gone ({error}); start it and run again") from error
        except (ChromaError, sqlite3.Error) as error:
            reason = str(error).partition("\n")[0]
            if shutil.disk_usage(self.folder).free < _LEAST_ROOM:
                raise CorpusError(f"the disk is full at {self.folder}; make room and run again") from error
            if self._server and isinstance(error, ChromaError):
                raise CorpusError(f"the server at {self._server.url} refuses ({reason}); check it") from error
            raise CorpusError(f"the index in {self.folder} is damaged ({reason}); {_REMEDY}") from error
        except OSError as error:
            raise CorpusError(f"cannot use the index in {self.folder} ({error.strerror}); check the folder") from error
        except BaseException as error:
            if type(error).__module__ != "pyo3_runtime":  # a panic of Chroma's or Tantivy's, which is no Exception
                raise
            reason = str(error).partition("\n")[0]
            raise CorpusError(f"the index in {self.folder} cannot be used ({reason}); run again") from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one who writes, with errors ``guarded``.

        Raises:
            CorpusError: another process is still writing after ``PATIENCE`` seconds.
        """
        with self.guarded(), self._lock:
            try:
                yield
            finally:
                self._words.end_writing()

    @contextmanager
    def using_chroma(self, *, to_write: bool = False) -> Iterator[None]:
        """Be the only process at Chroma's files, and see what others have written since the last time.

        Chroma's embedded mode keeps vectors in memory, writes them out as it sees fit, even while it answers a
        query, and takes no notice of other processes. A server needs none of this.
        """
        if self._server:
            yield
            return
        with self._files:
            if (version := self.catalogue.note("version")) != self._version:
                self._client.close()
                self._connect()
                self._version = version
            if to_write:
                self._version = uuid.uuid4().hex
                self.catalogue.set_note("version", self._version)
            yield

    def prepare(self) -> None:
        """Check that Chroma and catalogue agree, and open all documents if passages are made differently now.

        The claims that are remembered are embedded anew where another encoder had embedded them.

        Raises:
            CorpusError: Chroma holds fewer or more passages than the catalogue says.
        """
        with self.using_chroma():
            stored, (_, least) = self._vectors.count(), self.catalogue.totals()
        if not least <= stored <= self.catalogue.most_passages():
            raise CorpusError(f"the index in {self.folder} is damaged ({stored} passages, not {least}); {_REMEDY}")
        recipe = f"{SPLITTING} {HASHING} {self.encoder.name}"
        if self.catalogue.note("recipe") != recipe:
            self.catalogue.reopen_all()
            self.catalogue.set_note("recipe", recipe)
        if self.catalogue.note("claims") != self.encoder.name:
            self._embed_claims()
            self.catalogue.set_note("claims", self.encoder.name)

    def _embed_claims(self) -> None:
        with self.using_chroma(to_write=True):
            claims = self._client.get_collection("claims", embedding_function=None)
            for offset in range(0, claims.count(), BATCH):
                page = claims.get(limit=BATCH, offset=offset, include=["documents"])
                claims.update(ids=page["ids"], embeddings=self.encoder.vectors(page["documents"] or []))

    def put(self, splits: Sequence[Split], vectors: np.ndarray, run: int) -> None:
        """Write documents in place of what the store held of them; ``vectors`` has a row for each passage."""
        held = self.catalogue.entries([split.document.source.id for split in splits])
        coming = self._trace(splits, held)
        self.catalogue.open(coming, run)
        self._delete({identity: entry.passages for identity, entry in held.items()})
        entries = [
            (Entry(_passage_id(one.source.id, number), one.source, text), place)
            for one, split in zip(coming, splits, strict=True)
            for number, (place, text) in enumerate(zip(split.places, split.texts, strict=True))
        ]
        for first in range(0, len(entries), BATCH):
            some = entries[first : first + BATCH]
            with self.using_chroma(to_write=True):
                self._vectors.upsert(
                    ids=[entry.id for entry, _ in some],
                    embeddings=vectors[first : first + BATCH],
                    documents=[entry.text for entry, _ in some],
                    metadatas=[described(entry.source) | place for entry, place in some],
                )
        self._unsettled += len(entries)
        self._replace_words(held, [entry for entry, _ in entries])
        self.catalogue.complete(coming)

    def settle(self) -> None:
        """Have Chroma write its graph out, so that no later process has to add the last passages to it again.

        Chroma does so when it loads a collection of which more is left out than ``sync_threshold``.
        """
        if self._server or self._unsettled < _LEFT_OUT:
            return
        with self.using_chroma(to_write=True):
            self._load_with(_AT_ONCE)
            self._vectors.query(np.ones((1, DIMENSIONS), np.float32), n_results=1, include=[])
            self._load_with(SELDOM)
        self._unsettled = 0

    def every(self) -> Iterator[tuple[StoredText, np.ndarray]]:
        """Yield the entries of the collection ``passages``, with their vectors."""
        documents = ((source.id, count) for source, _, count in self.catalogue.listing())
        return self.texts([_passage_id(identity, number) for identity, count in documents for number in range(count)])

    def make_vectors(self) -> Vectors:
        """Return the server's collection of vectors that were embedded ahead, made if it is not there.

        Raises:
            CorpusError: the vectors are in a folder, where only one process can write.
        """
        if not self._server:
            raise CorpusError("machines that embed meet in a Chroma server; name it in FACTCHECK_CHROMA")
        return Vectors.make(self._client, self.encoder)

    def find_vectors(self) -> Vectors | None:
        """Return what was embedded ahead, if anything was."""
        return Vectors.find(self._client, self.encoder) if self._server else None

    def drop_vectors(self) -> None:
        """Drop what was embedded ahead: it is in the passages now."""
        self._client.delete_collection(VECTORS)

    def remove(self, identities: Sequence[str]) -> None:
        """Remove documents with their passages."""
        self.catalogue.pass_on(identities, identities)
        self.catalogue.reopen(identities)
        held = self.catalogue.entries(identities)
        self._delete({identity: entry.passages for identity, entry in held.items()})
        self._replace_words(identities, [])
        self.catalogue.remove(identities)

    def near(self, vector: list[float], limit: int, only: Only) -> list[tuple[StoredText, float]]:
        """Return the nearest entries of the collection ``passages`` among those that count, with their cosine."""
        with self.using_chroma():
            found = self.passages.similarity_search_by_vector_with_relevance_scores(vector, limit, _where(only))
        return [(text, 1 - distance) for text, distance in found]

    def sharing_words(self, query: str, limit: int, only: Only) -> list[str]:
        """Return the ids of the best passages that share words with ``query``.

        Raises:
            CorpusError: the index of words is damaged.
        """
        try:
            return self._words.search(query, limit, only)
        except ValueError as error:
            raise CorpusError(f"the index in {self.folder} is damaged (words); {_REMEDY}") from error

    def texts(self, ids: Sequence[str]) -> Iterator[tuple[StoredText, np.ndarray]]:
        """Yield the entries of the collection ``passages`` that have these ids, with their vectors."""
        for first in range(0, len(ids), BATCH):
            with self.using_chroma():
                found = self.passages.get(
                    ids=list(ids[first : first + BATCH]), include=["documents", "metadatas", "embeddings"]
                )
            rows = zip(found["ids"], found["documents"], found["metadatas"], found["embeddings"], strict=True)
            for identity, text, metadata, vector in rows:
                yield StoredText(id=identity, page_content=text, metadata=metadata), np.asarray(vector)

    def _replace_words(self, documents: Iterable[str], entries: Sequence[Entry]) -> None:
        try:
            self._words.replace(documents, entries)
        except ValueError as error:  # what Tantivy makes of every failure to write
            reason = str(error).partition("\n")[0]
            raise CorpusError(f"the index in {self.folder} cannot be written ({reason}); check the disk") from error

    def _connect(self) -> None:
        try:
            self._client = connect(self.folder / "chroma", self._server)
        except (AttributeError, ValueError) as error:  # what Chroma makes of a file that is cut short
            raise CorpusError(f"the index in {self.folder} is damaged (vectors); {_REMEDY}") from error
        self.passages, self.claims = self._collection("passages", SELDOM), self._collection("claims", _OFTEN)
        self._vectors = self._client.get_collection("passages", embedding_function=None)

    def _load_with(self, threshold: int) -> None:
        """Set ``sync_threshold``; a collection that is loaded keeps the one it was loaded with."""
        self._vectors.modify(configuration={"hnsw": {"sync_threshold": threshold}})
        self._client.close()
        self._connect()

    def _collection(self, name: str, threshold: int) -> Chroma:
        return Chroma(name, self.encoder, client=self._client, collection_configuration=graph(threshold))

    def _trace(self, splits: Sequence[Split], held: Container[str]) -> list[Coming]:
        """Find the origin of each document: its own, or that of a document with mostly the same text.

        What is ``held`` of one, and is mostly another text now, was the origin of its copies, and is no longer.
        """
        sketches = {split.document.source.id: sketch(split.document.text) for split in splits}
        like = self.catalogue.like([value for one in sketches.values() for value in one])
        changed = [
            name for name, one in sketches.items() if name in held and resemblance(one, like.get(name, ())) < SAME
        ]
        self.catalogue.pass_on(changed, list(sketches))
        known = Sketches({name: one for name, one in like.items() if name not in sketches})
        coming: dict[str, Coming] = {}
        for split in splits:
            source = split.document.source
            same = known.find_same(source.id, sketches[source.id])
            near = (coming[same].source if same in coming else self.catalogue.find([same]).get(same)) if same else None
            source = source.model_copy(update={"origin": near.origin if near else source.id})
            coming[source.id] = Coming(source, split.file, split.document.sha256, len(split.spans), sketches[source.id])
            known.add(source.id, sketches[source.id])
        return list(coming.values())

    def _delete(self, documents: dict[str, int]) -> None:
        ids = [_passage_id(identity, number) for identity, count in documents.items() for number in range(count)]
        for first in range(0, len(ids), BATCH):
            with self.using_chroma(to_write=True):
                self._vectors.delete(ids[first : first + BATCH])


def to_passage(text: StoredText, source: Source) -> Passage:
    """Return an entry of the collection ``passages`` as a passage."""
    body = text.page_content.partition("\n")[2]
    start = text.metadata["start"]
    above, page = text.metadata.get("above", ""), text.metadata.get("page")
    return Passage(source=source, text=body, above=above, start=start, end=start + len(body), page=page)


def _where(only: Only) -> dict[str, Any] | None:
    """Say in Chroma's terms which passages count."""
    conditions: list[dict[str, Any]] = [{name: {"$eq": value}} for name, value in only.exact.items()]
    if only.as_of:
        conditions.append({"published": {"$lte": only.as_of.toordinal()}})
    return {"$and": conditions} if len(conditions) > 1 else next(iter(conditions), None)


def _passage_id(document: str, number: int) -> str:
    return f"{document}#{number}"
