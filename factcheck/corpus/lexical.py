"""Lexical search over the passages: BM25 (Robertson & Zaragoza, 2009) in a Tantivy index, memory-mapped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import tantivy
from tantivy import FieldType, Filter, Occur, Query

_HEAP_BYTES = 64_000_000
_LONGEST_WORD = 60


class Entry(NamedTuple):
    """A passage to be indexed: its id, its document's id and date, and what is searched of it."""

    id: str
    document: str
    published: date | None
    text: str


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
        schema.add_text_field("document", tokenizer_name="raw", index_option="basic")
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
            fields: dict[str, str | int] = {"id": entry.id, "document": entry.document, "text": entry.text}
            if entry.published:
                fields["published"] = entry.published.toordinal()
            self._writer.add_document(tantivy.Document.from_dict(fields, self._schema))
        self._writer.commit()

    def end_writing(self) -> None:
        """Let another process write."""
        if self._writer:
            self._writer.wait_merging_threads()
            self._writer = None

    def search(self, query: str, limit: int, as_of: date | None = None) -> list[str]:
        """Return the ids of the best ``limit`` passages that share a word with ``query``, best first."""
        words = dict.fromkeys(self._words.analyze(query))
        if not words:
            return []
        clauses = [(Occur.Should, Query.term_query(self._schema, "text", word, "freq")) for word in words]
        wanted = Query.boolean_query(clauses)
        if as_of:
            until = Query.range_query(self._schema, "published", FieldType.Integer, upper_bound=as_of.toordinal())
            wanted = Query.boolean_query([(Occur.Must, wanted), (Occur.Must, Query.const_score_query(until, 0.0))])
        self._index.reload()
        searcher = self._index.searcher()
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(wanted, limit, count=False).hits]
