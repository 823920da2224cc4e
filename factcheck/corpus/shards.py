"""Embedding on many machines: each embeds some of the files, and the vectors meet in a collection of the Chroma server.

Embedding is nearly all of the work of indexing. A machine that embeds a shard reads its files and writes vectors, each
under the hash of its encoder and text, to the collection ``vectors``; shards need know nothing of each other, may
overlap, and may be run again. The run that indexes the corpus then takes from there what it would have embedded, and at
its end drops the collection.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from chromadb import Collection
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.errors import NotFoundError

from factcheck.models.encoder import Encoder

NAME = "vectors"
#: The collection is never searched, so its graph is as small as can be.
_NO_GRAPH: CreateCollectionConfiguration = {
    "hnsw": {"max_neighbors": 2, "ef_construction": 2, "ef_search": 2, "sync_threshold": 10_000}
}


class Vectors:
    """The collection ``vectors`` of a server."""

    def __init__(self, collection: Collection, encoder: Encoder) -> None:
        """Use ``make`` or ``find``."""
        self._collection, self._encoder = collection, encoder

    @classmethod
    def make(cls, client: ClientAPI, encoder: Encoder) -> Vectors:
        """Return the collection, made if it is not there."""
        return cls(client.get_or_create_collection(NAME, configuration=_NO_GRAPH, embedding_function=None), encoder)

    @classmethod
    def find(cls, client: ClientAPI, encoder: Encoder) -> Vectors | None:
        """Return the collection if it is there."""
        try:
            return cls(client.get_collection(NAME, embedding_function=None), encoder)
        except NotFoundError:
            return None

    def put(self, texts: Sequence[str]) -> int:
        """Embed those of ``texts`` that are not there yet, and return how many those were."""
        names = {self._name(text): text for text in texts}
        missing = sorted(names.keys() - self._known(list(names)).keys(), key=lambda name: len(names[name]))
        if missing:
            self._collection.upsert(ids=missing, embeddings=self._encoder.vectors([names[name] for name in missing]))
        return len(missing)

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """Return the vectors of ``texts``, as ``Encoder.vectors`` does, which embeds what is not there."""
        names = [self._name(text) for text in texts]
        known = self._known(list(dict.fromkeys(names)))
        missing = [number for number, name in enumerate(names) if name not in known]
        vectors = self._encoder.vectors([texts[number] for number in missing])
        known |= {names[number]: vector for number, vector in zip(missing, vectors, strict=True)}
        return np.array([known[name] for name in names], np.float32).reshape(len(names), vectors.shape[1])

    def _known(self, names: list[str]) -> dict[str, np.ndarray]:
        if not names:
            return {}
        found = self._collection.get(ids=names, include=["embeddings"])
        return dict(zip(found["ids"], np.array(found["embeddings"], np.float32), strict=True))

    def _name(self, text: str) -> str:
        return hashlib.sha256(f"{self._encoder.name}\n{text}".encode()).hexdigest()
