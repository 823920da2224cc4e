"""The indexed reference corpus, as the pipeline sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from factcheck.corpus import memory
from factcheck.corpus.files import Skipped
from factcheck.corpus.lexical import Only
from factcheck.corpus.memory import Remembered
from factcheck.corpus.mirror import Changes, embed, expect_files, mirror
from factcheck.corpus.readers import clean
from factcheck.corpus.search import search
from factcheck.corpus.server import Server
from factcheck.corpus.store import Store, to_passage
from factcheck.corpus.vector_file import NAME as VECTOR_FILE
from factcheck.corpus.vector_file import pack
from factcheck.errors import CorpusError
from factcheck.limits import USUAL, Limits
from factcheck.models.nli import NliModel
from factcheck.progress import Progress, unseen
from factcheck.provenance import digest_of
from factcheck.records import Article, Claim, CorpusState, Passage, Report, Source, Tier
from factcheck.untrusted.hidden import readable

__all__ = [
    "VECTOR_FILE",
    "Changes",
    "CorpusIndex",
    "Listed",
    "Progress",
    "Remembered",
    "Server",
    "Skipped",
    "open_index",
]


def open_index(store: Path, server: Server | None = None) -> CorpusIndex:
    """Open the index in the folder ``store``, or make an empty one; with ``server``, its vectors are kept there.

    Raises:
        CorpusError: the folder cannot be written, what it holds is damaged, or the server does not answer.
    """
    return CorpusIndex(Store(store, server))


class Listed(NamedTuple):
    """A document of the corpus, the file below the corpus folder that it is in, and its number of passages."""

    source: Source
    file: str
    passages: int


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

    def sync(self, folder: Path, progress: Progress = unseen, limits: Limits = USUAL) -> Changes:
        """Make the store mirror ``folder``: only documents whose bytes have changed are read and embedded again.

        Raises:
            CorpusError: there is no such folder, it or nothing in it can be read, another process is writing, or
                the store is damaged.
        """
        changes = self.mirror(folder, progress, limits)
        if not self.state().documents:
            raise CorpusError(f"no document in {folder} can be read; put some there with `factcheck corpus add`")
        return changes

    def mirror(
        self, folder: Path, progress: Progress = unseen, limits: Limits = USUAL, *, emptied: bool = False
    ) -> Changes:
        """Do what ``sync`` does, but take a folder without documents as well, where there were none or it was emptied.

        Raises:
            CorpusError: as ``sync``.
        """
        if not folder.is_dir():
            raise CorpusError(f"there is no corpus folder {folder}; make it, or name another with --corpus")
        with self._store.writing():
            self._store.prepare()
            return mirror(folder, self._store, progress, limits, emptied=emptied)

    def expect_files(self, folder: Path) -> None:
        """Make sure, before documents are put into ``folder``, that those the store holds of it have not gone.

        Raises:
            CorpusError: they have, or the folder cannot be listed.
        """
        with self._store.guarded():
            expect_files(folder, self._store)

    def embed(self, files: Sequence[Path], folder: Path, limits: Limits = USUAL) -> tuple[int, list[Skipped]]:
        """Embed files of ``folder`` ahead, on one of many machines, for the ``sync`` of one of them.

        Returns how many passages were embedded that were not before, and what could not be read.

        Raises:
            CorpusError: the index keeps its vectors in a folder, not on a server.
        """
        with self._store.guarded():
            return embed(files, folder, self._store, limits)

    def passages(self) -> list[Passage]:
        """Return every passage of the corpus.

        Raises:
            CorpusError: the store is damaged.
        """
        with self._store.guarded():
            sources = {source.id: source for source, _, _ in self._store.catalogue.listing()}
            return [to_passage(text, sources[text.metadata["document"]]) for text, _ in self._store.every()]

    def vector_file(self, besides: Sequence[str]) -> bytes:
        """Return what ``VECTOR_FILE`` is to hold, to travel with the corpus: vectors of passages and other texts.

        Raises:
            CorpusError: the store is damaged.
        """
        encoder = self._store.encoder
        with self._store.guarded():
            passages = [(readable(text.page_content), vector) for text, vector in self._store.every()]
        return pack([*passages, *zip(besides, encoder.vectors(besides), strict=True)], encoder.name)

    def state(self) -> CorpusState:
        """Return how large the corpus is."""
        documents, passages = self._store.catalogue.totals()
        return CorpusState(documents=documents, passages=passages, server=self._store.elsewhere)

    def search(
        self,
        queries: Sequence[str],
        limit: int,
        as_of: date | None = None,
        *,
        tier: Tier | None = None,
        publisher: str | None = None,
        document: str | None = None,
    ) -> list[list[Passage]]:
        """Return for each query its best ``limit`` passages, best first, of the documents that are asked for.

        With ``as_of``, only documents known to be published by that day count, so none without a date. What is asked
        for is read as documents are: bytes of a command line that are not UTF-8 are in none.

        Raises:
            CorpusError: the store is damaged.
        """
        publisher, document = publisher and clean(publisher), document and clean(document)
        with self._store.guarded():
            only = Only(as_of, tier and tier.value, publisher, document)
            return search(self._store, [clean(query) for query in queries], limit, only)

    def listing(self) -> list[Listed]:
        """Return the documents by id."""
        with self._store.guarded():
            return [Listed(*entry) for entry in self._store.catalogue.listing()]

    def remember(self, claims: Sequence[Claim], article: Article) -> None:
        """Embed the claims into the collection of every claim ever checked; one of the same article is kept once.

        Raises:
            CorpusError: another process is writing, or the store is damaged.
        """
        with self._store.writing(), self._store.using_chroma(to_write=True):
            memory.remember(self._store.claims, claims, article)

    def record(self, report: Report) -> None:
        """Keep what became of the claims of a report.

        Raises:
            CorpusError: another process is writing, or the store is damaged.
        """
        with self._store.writing(), self._store.using_chroma(to_write=True):
            memory.record(self._store.claims, report)
            found = [[finding.claim.text, finding.verdict, finding.confidence] for finding in report.findings]
            self._store.catalogue.note_checked(report.article.sha256, report.article.path, digest_of(found))

    def recall(self, claims: Sequence[Claim], article: Article, load: Callable[[], NliModel]) -> dict[str, Remembered]:
        """Return, by the id of the claim, what was found when another article said the same.

        ``load`` is called for the model that compares meanings where there is anything to compare.

        Raises:
            CorpusError: the store is damaged.
        """
        with self._store.guarded(), self._store.using_chroma():
            near = memory.find_near(self._store.claims, claims, article)
        return memory.find_same(near, load()) if near else {}

    def remembered(self) -> list[Remembered]:
        """Return every claim ever checked.

        Raises:
            CorpusError: the store is damaged.
        """
        with self._store.guarded(), self._store.using_chroma():
            return list(memory.listing(self._store.claims))
