"""Recognising wire copy: documents that are mostly the same text have one origin, whoever printed them."""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

#: Words in a shingle, hashes in a sketch, and the resemblance from which two texts count as the same.
SHINGLE = 5
SKETCH = 64
SAME = 0.5
#: Texts with fewer shingles are too short to tell.
FEWEST = 8
#: Sketches of another way of hashing are no use beside those of this one.
HASHING = "polynomial"

_WORD = re.compile(r"\w+")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIXING = tuple(
    (np.uint64(shift), np.uint64(factor)) for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
)


def sketch(text: str) -> list[int]:
    """Return the smallest hashes of the text's shingles in ascending order (Broder, 1997); none of a short text.

    A shingle's hash is a polynomial of its words' (Karp and Rabin, 1987), with its bits mixed (Steele et al., 2014).
    """
    words = np.fromiter((_hash(word[0]) for word in _WORD.finditer(text.lower())), np.uint64)
    if len(words) < SHINGLE:
        return []
    shingles = np.zeros(len(words) - SHINGLE + 1, np.uint64)
    for place in range(SHINGLE):
        shingles = shingles * _BASE + words[place : place + len(shingles)]
    shingles = np.unique(shingles)
    if len(shingles) < FEWEST:
        return []
    for shift, factor in _MIXING:
        shingles = (shingles ^ (shingles >> shift)) * factor
    found: list[int] = np.sort(shingles >> np.uint64(1))[:SKETCH].tolist()
    return found


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate the share of shingles that two texts have in common, from their sketches."""
    smallest = heapq.nsmallest(SKETCH, {*one, *other})
    both = {*one} & {*other}
    return sum(value in both for value in smallest) / len(smallest) if smallest else 0.0


class Sketches:
    """Sketches of documents, to be searched for the same text."""

    def __init__(self, sketches: Mapping[str, Sequence[int]]) -> None:
        """Take sketches by the names of their documents."""
        self._sketches: dict[str, Sequence[int]] = {}
        self._having: dict[int, set[str]] = {}
        for name, one in sketches.items():
            self.add(name, one)

    def add(self, name: str, one: Sequence[int]) -> None:
        """Add a sketch, in place of an older one of the same document."""
        for value in self._sketches.get(name, ()):
            self._having[value].discard(name)
        self._sketches[name] = one
        for value in one:
            self._having.setdefault(value, set()).add(name)

    def find_same(self, name: str, one: Sequence[int]) -> str | None:
        """Return the other document whose sketch is most like ``one``, if it is the same text by ``SAME``."""
        others = sorted({other for value in one for other in self._having.get(value, ())} - {name})
        best = max(others, key=lambda other: resemblance(one, self._sketches[other]), default=None)
        return best if best and resemblance(one, self._sketches[best]) >= SAME else None


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(errors="replace"), digest_size=8).digest())
