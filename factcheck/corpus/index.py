"""The indexed reference corpus, as the pipeline sees it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from langchain_core.documents import Document as StoredText

from factcheck.corpus.files import Skipped
from factcheck.corpus.mirror import Changes, Progress, mirror
from factcheck.corpus.search import search
from factcheck.corpus.store import Store
from factcheck.errors import CorpusError
from factcheck.records import Article, Claim, CorpusState, Passage

__all__ = ["Changes", "CorpusIndex", "Progress", "Skipped", "open_index"]


def open_index(store: Path) -> CorpusIndex:
    """Open the index in the folder ``store``, or make an empty one.

    Raises:
        CorpusError: the folder cannot be written, or what it holds is damaged.
    """
    return CorpusIndex(Store(store))


class CorpusIndex:
    """A folder of documents mirrored into a store, and the claims that were checked against it."""

    def __init__(self, store: Store) -> None:
        """Use ``open_index``, which takes a folder."""
        self._store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store; the index cannot be used after that."""
        self._store.close()

    def sync(self, folder: Path, progress: Progress = lambda step, units: nullcontext(lambda done: None)) -> Changes:
        """Make the store mirror ``folder``: only documents whose bytes have changed are read and embedded again.

        Raises:
            CorpusError: there is no such folder, nothing in it can be read, another process is writing, or the
                store is damaged.
        """
        if not folder.is_dir():
            raise CorpusError(f"there is no corpus folder {folder}; make it, or name another with --corpus")
        with self._store.writing():
            self._store.prepare()
            changes = mirror(folder, self._store, progress)
        if not self.state().documents:
            raise CorpusError(
                f"the corpus {folder} has no document that can be read; see the formats in `factcheck corpus --help`"
            )
        return changes

    def state(self) -> CorpusState:
        """Return how large the corpus is."""
        documents, passages = self._store.catalogue.totals()
        return CorpusState(documents=documents, passages=passages)

    def search(self, queries: Sequence[str], limit: int, as_of: date | None = None) -> list[list[Passage]]:
        """Return for each query its best ``limit`` passages, best first.

        With ``as_of``, only documents known to be published by that day count, so none without a date.

        Raises:
            CorpusError: the store is damaged.
        """
        with self._store.guarded():
            return search(self._store, queries, limit, as_of)

    def remember(self, claims: Sequence[Claim], article: Article) -> None:
        """Embed the claims into the collection of every claim ever checked; one of the same article is kept once.

        Raises:
            CorpusError: another process is writing, or the store is damaged.
        """
        texts = {text.id: text for claim in claims for text in [_stored(claim, article)]}
        if texts:
            with self._store.writing():
                self._store.claims.add_documents(list(texts.values()))


def _stored(claim: Claim, article: Article) -> StoredText:
    metadata = {
        "article": article.path,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "sha256": article.sha256,
        "quote": claim.quote,
        "speaker": claim.attribution.speaker if claim.attribution else None,
        "checked": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return StoredText(
        page_content=claim.text,
        metadata={name: value for name, value in metadata.items() if value is not None},
        id=hashlib.sha256(f"{article.sha256}\n{claim.text}".encode()).hexdigest()[:32],
    )
