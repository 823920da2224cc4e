"""How many of a claim's words a text shares with it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

_WORD = re.compile(r"[^\W_]+")
#: Letters by which two words are one: "halted", "halting".
_STEM = 6


def shared_words(claim: str, texts: Sequence[str]) -> np.ndarray:
    """Return for each text the share (0 to 1) of the claim's words that it has.

    A word weighs the more the fewer of the texts have it (inverse document frequency; Spärck Jones, 1972).
    """
    words = [_words(text) for text in texts]
    having = Counter(word for one in words for word in one)
    weights = {word: math.log((len(words) + 1) / (having[word] + 0.5)) for word in _words(claim)}
    total = sum(weights.values()) or 1.0
    return np.array([sum(weights[word] for word in weights.keys() & one) / total for one in words])


def _words(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower())}
