"""Lexical search over the passages: BM25 (Robertson & Zaragoza, 2009) in a Tantivy index, memory-mapped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import tantivy
from tantivy import FieldType, Filter, Occur, Query

from factcheck.records import Source
from factcheck.untrusted.hidden import readable

_HEAP_BYTES = 64_000_000
_LONGEST_WORD = 60


class Entry(NamedTuple):
    """A passage to be indexed: its id, its document, and what is searched of it."""

    id: str
    source: Source
    text: str


class Only(NamedTuple):
    """Which passages count: those of documents that are known to be published by ``as_of``, and so on."""

    as_of: date | None = None
    tier: str | None = None
    publisher: str | None = None
    document: str | None = None

    @property
    def exact(self) -> dict[str, str]:
        """The values that a passage's fields must have."""
        fields = {"tier": self.tier, "publisher": self.publisher, "document": self.document}
        return {name: value for name, value in fields.items() if value is not None}


class LexicalIndex:
    """An index on disk. Readers see the last commit; one process at a time may write."""

    def __init__(self, folder: Path) -> None:
        """Open the index in ``folder``, or make an empty one.

        Raises:
            OSError, ValueError: the folder cannot be written, or its files are damaged.
        """
        folder.mkdir(exist_ok=True)
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in ("document", "publisher", "tier"):
            schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("text", tokenizer_name="words", index_option="freq")
        schema.add_integer_field("published", fast=True)
        self._schema = schema.build()
        self._words = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(Filter.remove_long(_LONGEST_WORD))
            .filter(Filter.lowercase())
            .filter(Filter.ascii_fold())
            .filter(Filter.stopword("english"))
            .filter(Filter.stemmer("english"))
            .build()
        )
        self._index = tantivy.Index(self._schema, str(folder))
        self._index.register_tokenizer("words", self._words)
        self._writer: tantivy.IndexWriter | None = None

    def replace(self, documents: Iterable[str], entries: Iterable[Entry]) -> None:
        """Remove the passages of ``documents`` and add ``entries``, all at once."""
        self._writer = self._writer or self._index.writer(_HEAP_BYTES, 1)
        for document in documents:
            self._writer.delete_documents_by_term("document", document)
        for entry in entries:
            fields = {"id": entry.id, "text": readable(entry.text)} | described(entry.source)
            self._writer.add_document(tantivy.Document.from_dict(fields, self._schema))
        self._writer.commit()

    def end_writing(self) -> None:
        """Let another process write."""
        if self._writer:
            self._writer.wait_merging_threads()
            self._writer = None

    def search(self, query: str, limit: int, only: Only) -> list[str]:
        """Return the ids of the best ``limit`` passages that share a word with ``query``, best first."""
        words = dict.fromkeys(self._words.analyze(query))
        if not words:
            return []
        wanted = Query.boolean_query([(Occur.Should, self._term("text", word, "freq")) for word in words])
        conditions = [self._term(name, value, "basic") for name, value in only.exact.items()]
        if only.as_of:
            day = only.as_of.toordinal()
            conditions.append(Query.range_query(self._schema, "published", FieldType.Integer, upper_bound=day))
        if conditions:
            unscored = [(Occur.Must, Query.const_score_query(condition, 0.0)) for condition in conditions]
            wanted = Query.boolean_query([(Occur.Must, wanted), *unscored])
        self._index.reload()
        searcher = self._index.searcher()
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(wanted, limit, count=False).hits]

    def _term(self, field: str, value: str, option: str) -> Query:
        return Query.term_query(self._schema, field, value, option)


def described(source: Source) -> dict[str, str | int]:
    """Return what passages are filtered by, as both indexes keep it; a date is its day's ordinal number."""
    fields: dict[str, str | int | None] = {
        "document": source.id,
        "publisher": source.publisher,
        "tier": source.tier.value,
        "published": source.published.toordinal() if source.published else None,
    }
    return {name: value for name, value in fields.items() if value is not None}
