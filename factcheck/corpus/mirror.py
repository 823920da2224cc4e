"""Making a store mirror a folder of documents: what is new or changed goes in, what is gone goes out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from factcheck.corpus.passages import Span, split_passages
from factcheck.corpus.readers import Skipped, UnreadableError, document_id, find_files, read_bytes, read_document
from factcheck.corpus.store import BATCH, Store
from factcheck.records import Document, Record

#: Opens a step by its name and number of units, and gives a function to call with the units done.
Progress = Callable[[str, int], AbstractContextManager[Callable[[int], object]]]


class Changes(Record):
    """What a run changed in the store, in documents."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()


def mirror(folder: Path, store: Store, progress: Progress) -> Changes:
    """Read, split and embed the documents whose bytes are not those in ``store``, and remove those that are gone."""
    known = store.catalogue.entries()
    skipped: list[Skipped] = []
    wanted: dict[str, Path] = {}
    unchanged: set[str] = set()
    for file in find_files(folder):
        if isinstance(file, Skipped):
            skipped.append(file)
            continue
        identity = document_id(folder, file)
        try:
            sha256 = hashlib.sha256(read_bytes(file)).hexdigest()
        except UnreadableError as error:
            skipped.append(_skipped(folder, file, error))
            continue
        if identity in known and known[identity].sha256 == sha256:
            unchanged.add(identity)
        else:
            wanted[identity] = file

    written: set[str] = set()
    if wanted:
        with progress("Indexing the corpus", len(wanted)) as advance:
            for batch in _batches(_read(folder, wanted, skipped)):
                store.put(batch)
                written |= {document.source.id for document, _ in batch}
                advance(len(batch))
    gone = sorted(known.keys() - unchanged - written)
    if gone:
        store.remove(gone)
    store.build_lexical()
    return Changes(
        added=len(written - known.keys()),
        changed=len(written & known.keys()),
        removed=len(gone),
        unchanged=len(unchanged),
        skipped=tuple(sorted(skipped, key=lambda item: item.path)),
    )


def _read(folder: Path, files: dict[str, Path], skipped: list[Skipped]) -> Iterator[tuple[Document, list[Span]]]:
    """Yield the documents with their passages; those that cannot be read are added to ``skipped``."""
    for identity, file in files.items():
        try:
            document = read_document(identity, file.suffix, read_bytes(file))
            yield document, split_passages(document.text)
        except UnreadableError as error:
            skipped.append(_skipped(folder, file, error))


def _batches(
    documents: Iterable[tuple[Document, list[Span]]],
) -> Iterator[Sequence[tuple[Document, list[Span]]]]:
    """Group whole documents until a group has ``BATCH`` passages."""
    batch: list[tuple[Document, list[Span]]] = []
    for document, spans in documents:
        batch.append((document, spans))
        if sum(len(spans) for _, spans in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _skipped(folder: Path, file: Path, error: UnreadableError) -> Skipped:
    return Skipped(path=file.relative_to(folder).as_posix(), reason=str(error))
