"""What an index keeps on disk: vectors and texts in Chroma, a catalogue of documents, and a lexical index."""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import cast

import chromadb
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError
from filelock import FileLock, Timeout
from langchain_chroma import Chroma
from langchain_core.documents import Document as StoredText

from factcheck.corpus.catalogue import Catalogue
from factcheck.corpus.lexical import Entry, LexicalIndex
from factcheck.corpus.passages import Span
from factcheck.errors import CorpusError
from factcheck.models.encoder import Encoder
from factcheck.records import Document, Passage, Source

_REMEDY = "delete that folder and run again"
#: To be raised when passages are made differently: stores made before are then filled anew.
SPLITTING = 1
#: Passages embedded and written in one call.
BATCH = 512
#: Seconds to wait for another process that is writing.
PATIENCE = 10.0
HNSW: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 200}
}


class Store:
    """The folder of an index.

    In Chroma's collection ``passages``, an entry's text is one line of context (the document's title and the
    heading above the passage), which is embedded with it, and below that the passage itself.
    """

    def __init__(self, folder: Path) -> None:
        """Open the store in ``folder``, or make an empty one.

        Raises:
            CorpusError: the folder cannot be written, or what it holds is damaged.
        """
        self.folder = folder
        self.encoder = Encoder()
        self._lock = FileLock(folder / "write.lock", timeout=PATIENCE)
        self._lexical: LexicalIndex | None = None
        self._lexical_name: str | None = None
        with self.guarded():
            folder.mkdir(parents=True, exist_ok=True)
            self.catalogue = Catalogue(folder / "catalogue.sqlite3")
            client = chromadb.PersistentClient(folder / "chroma", Settings(anonymized_telemetry=False))
            self._client = cast(Client, client)  # its declared type lacks close()
            self.passages = self._collection("passages")
            self.claims = self._collection("claims")

    def close(self) -> None:
        """Let go of the files."""
        self.catalogue.close()
        self._client.close()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn the errors of the files within into a ``CorpusError``."""
        try:
            yield
        except (ChromaError, sqlite3.Error) as error:
            raise CorpusError(
                f"the index in {self.folder} is damaged ({str(error).partition(chr(10))[0]}); {_REMEDY}"
            ) from error
        except OSError as error:
            raise CorpusError(f"cannot use the index in {self.folder} ({error.strerror}); check the folder") from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one who writes, with errors ``guarded``.

        Raises:
            CorpusError: another process is still writing after ``PATIENCE`` seconds.
        """
        try:
            self._lock.acquire()
        except Timeout as error:
            raise CorpusError(f"another process is writing to {self.folder}; try again when it is done") from error
        try:
            with self.guarded():
                yield
        finally:
            self._lock.release()

    def prepare(self) -> None:
        """Check that Chroma and catalogue agree, and open all documents if passages are made differently now.

        Raises:
            CorpusError: Chroma holds fewer or more passages than the catalogue says.
        """
        stored = self._client.get_collection("passages").count()
        least, most = self.catalogue.totals()[1], sum(entry.passages for entry in self.catalogue.entries().values())
        if not least <= stored <= most:
            raise CorpusError(f"the index in {self.folder} is damaged ({stored} passages, not {least}); {_REMEDY}")
        recipe = f"{SPLITTING} {self.encoder.name}"
        if self.catalogue.note("recipe") != recipe:
            self.catalogue.reopen_all()
            self.catalogue.set_note("recipe", recipe)

    def put(self, documents: Sequence[tuple[Document, Sequence[Span]]]) -> None:
        """Write documents with their passages in place of what the store held of them."""
        self._drop_lexical()
        self.catalogue.open([(document.source, len(spans)) for document, spans in documents])
        self._delete_passages([document.source.id for document, _ in documents])
        texts = [_stored(document, number, span) for document, spans in documents for number, span in enumerate(spans)]
        for start in range(0, len(texts), BATCH):
            self.passages.add_documents(texts[start : start + BATCH])
        self.catalogue.complete([(document.source.id, document.sha256, len(spans)) for document, spans in documents])

    def remove(self, identities: Sequence[str]) -> None:
        """Remove documents with their passages."""
        self._drop_lexical()
        self.catalogue.reopen(identities)
        self._delete_passages(identities)
        self.catalogue.remove(identities)

    def texts(self, ids: Sequence[str]) -> Iterator[StoredText]:
        """Yield the entries of the collection ``passages`` that have these ids."""
        for start in range(0, len(ids), BATCH):
            yield from self.passages.get_by_ids(ids[start : start + BATCH])

    def passage(self, text: StoredText, source: Source) -> Passage:
        """Return an entry of the collection ``passages`` as a passage."""
        body = text.page_content.partition("\n")[2]
        start = text.metadata["start"]
        return Passage(source=source, text=body, start=start, end=start + len(body))

    def lexical(self) -> LexicalIndex | None:
        """Return the lexical index; None while there is none, as after a run that was killed.

        Raises:
            CorpusError: it is damaged.
        """
        name = self.catalogue.note("lexical")
        if name and name != self._lexical_name:
            try:
                self._lexical = LexicalIndex(self.folder / name)
            except (OSError, ValueError) as error:
                raise CorpusError(f"the index in {self.folder} is damaged ({name}); {_REMEDY}") from error
            self._lexical_name = name
        return self._lexical if name else None

    def build_lexical(self) -> None:
        """Build the lexical index if passages have changed since it was built."""
        if self.catalogue.note("lexical") or not self.catalogue.totals()[1]:
            return
        name = f"lexical-{uuid.uuid4().hex[:8]}"
        LexicalIndex.write(self.folder / name, self._entries())
        self.catalogue.set_note("lexical", name)
        for old in self.folder.glob("lexical-*"):
            if old.name != name:
                shutil.rmtree(old)

    def _collection(self, name: str) -> Chroma:
        return Chroma(name, self.encoder, client=self._client, collection_configuration=HNSW)

    def _drop_lexical(self) -> None:
        self.catalogue.set_note("lexical", None)

    def _delete_passages(self, identities: Sequence[str]) -> None:
        entries = self.catalogue.entries()
        ids = [_passage_id(identity, number) for identity in identities for number in range(entries[identity].passages)]
        for start in range(0, len(ids), BATCH):
            self.passages.delete(ids[start : start + BATCH])

    def _entries(self) -> Iterator[Entry]:
        """Yield what the lexical index is made of, a batch of passages at a time."""
        waiting: dict[str, date | None] = {}
        for source, passages in self.catalogue.sources():
            waiting |= {_passage_id(source.id, number): source.published for number in range(passages)}
            if len(waiting) >= BATCH:
                yield from self._read(waiting)
                waiting = {}
        yield from self._read(waiting)

    def _read(self, published: dict[str, date | None]) -> Iterator[Entry]:
        for text in self.texts(list(published)):
            yield Entry(str(text.id), text.page_content, published[str(text.id)])


def _passage_id(document: str, number: int) -> str:
    return f"{document}#{number}"


def _stored(document: Document, number: int, span: Span) -> StoredText:
    source = document.source
    context = f"{source.title} – {span.heading}" if span.heading else source.title
    metadata: dict[str, str | int] = {"document": source.id, "start": span.start}
    if source.published:
        metadata["published"] = source.published.toordinal()
    text = f"{context}\n{document.text[span.start : span.end]}"
    return StoredText(page_content=text, metadata=metadata, id=_passage_id(source.id, number))
