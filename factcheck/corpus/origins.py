"""Recognising wire copy: documents that are mostly the same text have one origin, whoever printed them."""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Mapping, Sequence

#: Words in a shingle, hashes in a sketch, and the resemblance from which two texts count as the same.
SHINGLE = 5
SKETCH = 64
SAME = 0.5
#: Texts with fewer shingles are too short to tell.
FEWEST = 8


def sketch(text: str) -> list[int]:
    """Return the smallest hashes of the text's shingles in ascending order (Broder, 1997); none of a short text."""
    words = re.findall(r"\w+", text.lower())
    shingles = {" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}
    if len(shingles) < FEWEST:
        return []
    return heapq.nsmallest(SKETCH, {_hash(shingle) for shingle in shingles})


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate the share of shingles that two texts have in common, from their sketches."""
    smallest = heapq.nsmallest(SKETCH, {*one, *other})
    both = {*one} & {*other}
    return sum(value in both for value in smallest) / len(smallest) if smallest else 0.0


def find_same(text: Sequence[int], others: Mapping[str, Sequence[int]]) -> str | None:
    """Return which of the sketches is most like ``text``, if it is the same text by ``SAME``."""
    likeness = {name: resemblance(text, other) for name, other in others.items()}
    best = max(sorted(likeness), key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= SAME else None


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(errors="replace"), digest_size=8).digest()) >> 1
