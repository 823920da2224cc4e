"""How near sentences are to a claim before any of them is read: in meaning, and by the words they share with it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from factcheck.overlap import shared_words

#: What the title above a sentence, and the words it shares with the claim, weigh beside what it means itself. Of 289
#: statements in nine articles, the six sentences so chosen gave 219 the right verdict; titles that weigh 0.2 or 0.45
#: gave as many, words that weigh 0.05 or 0.12 gave 217 and 218.
TITLE, SHARED = 0.3, 0.08


def nearness(own: np.ndarray, of_titles: np.ndarray, claim: str, sentences: Sequence[str]) -> np.ndarray:
    """Return how near each sentence is (sentences,), from its cosine with the claim and that of its title."""
    result: np.ndarray = own + TITLE * of_titles + SHARED * shared_words(claim, sentences)
    return result
