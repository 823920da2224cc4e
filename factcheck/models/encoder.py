"""The sentence encoder: texts in, vectors of length 1 out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from factcheck.models.onnx import WEIGHTS, kept_or_made, load

#: Length of a vector.
DIMENSIONS = 384
#: Vectors that are kept, of the texts that came last: a claim is scored, remembered, searched with and verified.
KEPT = 4096


class Ahead(Protocol):
    """Vectors that were made earlier."""

    def of(self, texts: Sequence[str], embed: Callable[[Sequence[str]], np.ndarray]) -> np.ndarray:
        """Return the vectors (texts, ``DIMENSIONS``), with what ``embed`` makes of the texts that it does not have."""


class Encoder(Embeddings):
    """gte-small (Li et al., 2023) behind LangChain's interface."""

    def __init__(self, ahead: Ahead | None = None) -> None:
        """Load the shipped model; what ``ahead`` has is not embedded again.

        Raises:
            ModelError: see ``OnnxModel``.
        """
        self._model = load(WEIGHTS / "encoder")
        self.name = f"encoder@{self._model.sha256[:12]}"
        self._kept = _kept(self.name)
        self._ahead = ahead

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Return a float32 array (texts, ``DIMENSIONS``) of vectors whose dot product is the cosine."""
        rows = kept_or_made(
            self._kept, texts, lambda new: self._ahead.of(new, self._embed) if self._ahead else self._embed(new), KEPT
        )
        return np.array(rows, np.float32).reshape(len(texts), DIMENSIONS)

    def _embed(self, texts: Sequence[str]) -> np.ndarray:
        made = self._model.outputs(self._model.encode(texts))
        return np.array(made, np.float32).reshape(len(texts), DIMENSIONS)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of ``texts``."""
        vectors: list[list[float]] = self.vectors(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one text; the model makes no difference between queries and passages."""
        return self.embed_documents([text])[0]


@cache
def _kept(name: str) -> dict[str, np.ndarray]:
    """Return what all encoders of one name keep together, by text."""
    return {}
