"""The sentence encoder: texts in, vectors of length 1 out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings

from factcheck.models.onnx import WEIGHTS, load

#: Length of a vector.
DIMENSIONS = 384


class Encoder(Embeddings):
    """gte-small (Li et al., 2023) behind LangChain's interface."""

    def __init__(self) -> None:
        """Load the shipped model.

        Raises:
            ModelError: see ``OnnxModel``.
        """
        self._model = load(WEIGHTS / "encoder")
        self.name = f"encoder@{self._model.sha256[:12]}"

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Return a float32 array (texts, ``DIMENSIONS``) of vectors whose dot product is the cosine."""
        vectors = self._model.outputs(self._model.encode(texts))
        return np.array(vectors, np.float32).reshape(len(texts), DIMENSIONS)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of ``texts``."""
        vectors: list[list[float]] = self.vectors(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one text; the model makes no difference between queries and passages."""
        return self.embed_documents([text])[0]
