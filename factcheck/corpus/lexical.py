"""Lexical search over the passages: BM25 (Robertson & Zaragoza, 2009), stored sparse and memory-mapped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import bm25s
import numpy as np

#: Stands for "no date" among the days; no date is on or before any day.
UNDATED = np.iinfo(np.int32).max


class Entry(NamedTuple):
    """A passage to be indexed: its id, what is searched of it, and its document's date."""

    id: str
    text: str
    published: date | None


class LexicalIndex:
    """A finished index; it is written once and never changed."""

    def __init__(self, folder: Path) -> None:
        """Open the index in ``folder`` without reading it into memory.

        Raises:
            OSError, ValueError: its files are missing or damaged.
        """
        self._scores = bm25s.BM25.load(folder, mmap=True, load_corpus=False)
        self._ids = np.load(folder / "ids.npy", mmap_mode="r", allow_pickle=False)
        self._days = np.load(folder / "days.npy", mmap_mode="r", allow_pickle=False)

    @staticmethod
    def write(folder: Path, entries: Iterable[Entry]) -> None:
        """Build the index of ``entries``, of which there is at least one, in ``folder``."""
        ids, texts, days = [], [], []
        for entry in entries:
            ids.append(entry.id.encode())
            texts.append(entry.text)
            days.append(entry.published.toordinal() if entry.published else UNDATED)
        scores = bm25s.BM25()
        scores.index(_tokenize(texts), show_progress=False)
        folder.mkdir(parents=True)
        scores.save(folder, show_progress=False)
        np.save(folder / "ids.npy", np.array(ids), allow_pickle=False)
        np.save(folder / "days.npy", np.array(days, np.int32), allow_pickle=False)

    def search(self, query: str, limit: int, as_of: date | None = None) -> list[str]:
        """Return the ids of the best ``limit`` passages that share a word with ``query``, best first."""
        words = [word for word in _tokenize([query])[0] if word in self._scores.vocab_dict]
        if not words:
            return []
        scores = self._scores.get_scores(words)
        if as_of:
            scores = np.where(self._days <= as_of.toordinal(), scores, 0)
        limit = min(limit, len(scores))
        best = np.argpartition(-scores, limit - 1)[:limit]
        best = best[np.lexsort((best, -scores[best]))]
        return [bytes(self._ids[row]).decode() for row in best if scores[row] > 0]


def _tokenize(texts: Sequence[str]) -> list[list[str]]:
    tokens: list[list[str]] = bm25s.tokenize(list(texts), stopwords="en", return_ids=False, show_progress=False)
    return tokens
