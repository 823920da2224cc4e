"""Making a store mirror a folder: what is new or changed goes in, what is gone goes out.

A stream: whatever the size of the corpus, only a few batches of passages are in memory. While one batch is
embedded, the one before is written and the next is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from factcheck.corpus.catalogue import Entry
from factcheck.corpus.documents import read_documents
from factcheck.corpus.files import (
    File,
    Skipped,
    document_id,
    find_files,
    fingerprint,
    is_passed_over,
    look_through,
    state_of,
)
from factcheck.corpus.passages import Span, split_passages
from factcheck.corpus.readers import UnreadableError
from factcheck.corpus.store import BATCH, Split, Store
from factcheck.corpus.vector_file import NAME as VECTOR_FILE
from factcheck.corpus.vector_file import VectorFile
from factcheck.errors import CorpusError
from factcheck.limits import Limits
from factcheck.models.bulk import BulkEncoder
from factcheck.progress import Progress
from factcheck.records import Document, Record
from factcheck.untrusted.hidden import original_span, readable

#: Bytes to be read from which on a process of its own for the encoder is worth its start, of about a second.
_MANY = 1_000_000


class Changes(Record):
    """What a run changed in the store, in documents; ``found`` is ``folder_digest`` of what it found."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()
    found: str = ""


@dataclass
class _Batch:
    """Documents to be written, documents found unchanged, and the files that are read when these are done.

    ``size`` is the share of the files' bytes that it stands for.
    """

    splits: list[Split] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    read: list[tuple[File, bool]] = field(default_factory=list)
    size: int = 0
    passages: int = 0

    @property
    def texts(self) -> list[str]:
        """What is to be embedded."""
        return [text for split in self.splits for text in split.texts]

    @property
    def is_full(self) -> bool:
        """Tell whether it is large enough to be written."""
        return max(self.passages, len(self.kept), len(self.read)) >= BATCH


def mirror(folder: Path, store: Store, progress: Progress, limits: Limits, *, emptied: bool = False) -> Changes:
    """Read, split and embed what in ``folder`` is not as it is in ``store``, and remove what is gone.

    Raises:
        CorpusError: a folder cannot be listed, or nothing is left of all that ``store`` holds, and it was not
            ``emptied`` on purpose.
    """
    return _Run(folder, store, limits).mirror(progress, emptied=emptied)


def expect_files(folder: Path, store: Store) -> None:
    """Make sure that what ``store`` holds has not gone from ``folder``, of which anything that is put there would tell.

    Raises:
        CorpusError: there is no file in it, though ``store`` holds documents of it.
    """
    if not folder.is_dir() or not any(isinstance(found, Path) for found in find_files(folder)):
        _expect_nothing(folder, store)


def _expect_nothing(folder: Path, store: Store) -> None:
    """Refuse to empty the store: a disk that is not mounted, or may not be read, would cost hours of embedding."""
    if store.catalogue.most_passages():
        raise CorpusError(
            f"no file in {folder} can be read any more, though {store.folder} holds documents of it;"
            " check that it is mounted and may be read, or delete the index if the corpus is to be empty"
        )


def embed(files: Iterable[Path], folder: Path, store: Store, limits: Limits) -> tuple[int, list[Skipped]]:
    """Embed files of ``folder`` into the server's vectors, for the run that will index them.

    A list of all files in ``folder`` may hold those that ``find_files`` passes over: so are they here.
    Returns how many passages were embedded that were not before, and what could not be read.

    Raises:
        CorpusError: ``store`` has no server.
    """
    vectors, skipped, done = store.make_vectors(), [], 0
    for path in files:
        texts: list[str] = []
        try:
            name = path.resolve().relative_to(folder.resolve()).as_posix()
        except ValueError:
            skipped.append(Skipped(path=str(path), reason=f"it is not below {folder}"))
            continue
        if is_passed_over(name, folder):
            continue
        try:
            for document in read_documents(path, document_id(folder.resolve(), path.resolve()), limits):
                if isinstance(document, UnreadableError):
                    skipped.append(Skipped(path=name, reason=str(document)))
                    continue
                texts += [readable(text) for text in Split(document, name, _passages(document.text)).texts]
                while len(texts) >= BATCH:
                    done += vectors.put(texts[:BATCH])
                    del texts[:BATCH]
        except UnreadableError as error:
            skipped.append(Skipped(path=name, reason=str(error)))
        done += vectors.put(texts)
    return done, skipped


class _Run:
    """One run over a folder, with its number and what it has come across."""

    def __init__(self, folder: Path, store: Store, limits: Limits) -> None:
        self.folder, self.store, self.catalogue, self.limits = folder, store, store.catalogue, limits
        self.number = self.catalogue.begin_run()
        self.skipped: list[Skipped] = []
        self.added = self.changed = self.removed = 0
        self.found = hashlib.sha256()
        #: Documents that are read but not yet in the catalogue.
        self.coming: set[str] = set()
        self.embedded = store.find_vectors()

    def mirror(self, progress: Progress, *, emptied: bool) -> Changes:
        files, unchanged = self.find_changed()
        if not (files or unchanged or emptied):
            _expect_nothing(self.folder, self.store)
        if files:
            self.put(files, progress)
        for name in self.catalogue.unseen_files(self.number):
            self.remove_unseen(name)
            self.catalogue.forget_file(name)
        self.store.settle()
        if self.embedded:
            self.store.drop_vectors()
        documents, _ = self.catalogue.totals()
        return Changes(
            added=self.added,
            changed=self.changed,
            removed=self.removed,
            unchanged=documents - self.added - self.changed,
            skipped=tuple(sorted(self.skipped, key=lambda item: item.path)),
            found=self.found.hexdigest(),
        )

    def put(self, files: Sequence[File], progress: Progress) -> None:
        """Read, embed and write the documents of ``files``."""
        done, total = 0, sum(file.size for file in files)
        with ExitStack() as open_:
            encode: Callable[[Sequence[str]], np.ndarray] = self.store.encoder.vectors
            if self.embedded:
                encode = self.embedded.of
            elif total >= _MANY:
                encode = open_.enter_context(BulkEncoder()).vectors
            if beside := self.find_vector_file():
                encode = partial(beside.of, embed=encode)
            advance = open_.enter_context(progress("Indexing the corpus, kB", total // 1000))
            for batch, vectors in _ahead(
                self.batches(files), lambda some: encode([readable(text) for text in some.texts])
            ):
                self.write(batch, vectors)
                advance((done + batch.size) // 1000 - done // 1000)
                done += batch.size

    def find_vector_file(self) -> VectorFile | None:
        """Return the vectors that came with the folder, if any did."""
        try:
            return VectorFile.find(self.folder, self.store.encoder.name)
        except UnreadableError as error:
            self.skip(VECTOR_FILE, str(error))
            return None

    def find_changed(self) -> tuple[list[File], int]:
        """Return the files that are not as they are in the store, and how many others there are, noted as seen."""
        changed, unchanged = [], []
        for found in look_through(self.folder):
            self.found.update(state_of(found))
            if isinstance(found, Skipped):
                self.skipped.append(found)
            elif self.catalogue.file_fingerprint(found.name) == found.fingerprint:
                unchanged.append(found.name)
            else:
                changed.append(found)
        self.catalogue.keep_files(unchanged, self.number)
        return changed, len(unchanged)

    def batches(self, files: Iterable[File]) -> Iterator[_Batch]:
        """Read the files and yield their documents in batches; the last batch of a file says that it is done."""
        batch = _Batch()
        for file in files:
            self.catalogue.open_file(file.name, self.number)
            complete, left = True, file.size
            try:
                for document in read_documents(file.path, document_id(self.folder, file.path), self.limits):
                    if isinstance(document, UnreadableError):
                        self.skip(file.name, str(document))
                    else:
                        self.sort(document, file.name, batch)
                        share = min(left, len(document.text))
                        left, batch.size = left - share, batch.size + share
                    if batch.is_full:
                        yield batch
                        batch = _Batch()
            except UnreadableError as error:
                self.skip(file.name, str(error))
                complete = False
            # What was changed meanwhile may have been read before, after or in the midst of it.
            batch.read.append((file, complete and _is_as(file)))
            batch.size += left
        yield batch

    def sort(self, document: Document, file: str, batch: _Batch) -> None:
        """Put a document into the batch where it belongs, unless another has its id."""
        identity = document.source.id
        held = self.catalogue.entry(identity)
        if identity in self.coming or (held and self.is_taken(held, file)):
            self.skip(file, f"there are two documents {identity}")
        elif held and held.sha256 == document.sha256:
            self.coming.add(identity)
            batch.kept.append((identity, file))
        elif spans := _passages(document.text):
            self.coming.add(identity)
            batch.splits.append(Split(document, file, spans))
            batch.passages += len(spans)
        else:
            self.skip(file, "there are no sentences in it")

    def is_taken(self, held: Entry, file: str) -> bool:
        """Tell whether a document of the store came up in this run already, or belongs to another file of it."""
        return held.run == self.number or (held.file != file and self.catalogue.file_run(held.file) == self.number)

    def write(self, batch: _Batch, vectors: np.ndarray) -> None:
        known = self.catalogue.entries([split.document.source.id for split in batch.splits])
        if batch.splits:
            self.store.put(batch.splits, vectors, self.number)
        self.catalogue.keep(batch.kept, self.number)
        self.coming.difference_update(split.document.source.id for split in batch.splits)
        self.coming.difference_update(identity for identity, _ in batch.kept)
        self.changed += len(known)
        self.added += len(batch.splits) - len(known)
        for file, complete in batch.read:
            self.remove_unseen(file.name)
            if complete:
                self.catalogue.finish_file(file.name, file.fingerprint, self.number)

    def remove_unseen(self, file: str) -> None:
        """Remove the documents of a file that are in the file no longer."""
        while gone := self.catalogue.unseen(file, self.number, BATCH):
            self.store.remove(gone)
            self.removed += len(gone)

    def skip(self, name: str, reason: str) -> None:
        self.skipped.append(Skipped(path=name, reason=reason))


def _is_as(file: File) -> bool:
    """Tell whether a file still is as it was found."""
    try:
        return fingerprint(file.path) == file.fingerprint
    except OSError:
        return False


def _passages(text: str) -> list[Span]:
    """Split ``text`` as a model reads it; the spans are of the text as it stands."""
    spans = split_passages(readable(text))
    return [Span(*original_span(text, span.start, span.end), span.above) for span in spans]


def _ahead(batches: Iterable[_Batch], work: Callable[[_Batch], np.ndarray]) -> Iterator[tuple[_Batch, np.ndarray]]:
    """Yield each batch with the result of ``work``, which is under way for the next batch meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        waiting: tuple[_Batch, Future[np.ndarray]] | None = None
        for batch in batches:
            following = batch, pool.submit(work, batch)
            if waiting:
                yield waiting[0], waiting[1].result()
            waiting = following
        if waiting:
            yield waiting[0], waiting[1].result()
