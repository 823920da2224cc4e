"""Vectors that travel with a corpus folder: whoever gets a copy of it need not embed its texts again."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Self

import numpy as np

from factcheck.corpus.readers import UnreadableError
from factcheck.models.encoder import DIMENSIONS

#: In the corpus folder; hidden, so that it is no document.
NAME = ".vectors.npy"
#: The first bytes of a hash of encoder and text, in whose order the rows are, and the vector. Bytes in place of halves
#: would take half the room, and change the order of sentences that are about as near to a claim.
_ROW = np.dtype([("key", "<u8"), ("vector", "<f2", (DIMENSIONS,))])
#: How far from 1 the length of a vector may be.
_OFF = 0.01


class VectorFile:
    """The file of a corpus folder, mapped into memory. What it does not have, or has of no use, is embedded."""

    def __init__(self, rows: np.ndarray, encoder: str) -> None:
        """Use ``find``."""
        self._rows, self._keys, self._encoder = rows, np.array(rows["key"]), encoder

    @classmethod
    def find(cls, folder: Path, encoder: str) -> Self | None:
        """Return the file of ``folder``, if there is one; vectors of another than the named ``encoder`` do not count.

        Raises:
            UnreadableError: it is no such file.
        """
        path = folder / NAME
        try:
            if not path.is_file():
                return None
            if path.is_symlink():
                raise ValueError("it is a link")
            rows = np.lib.format.open_memmap(path, mode="r")
            if rows.dtype != _ROW or rows.ndim != 1:
                raise ValueError("its rows are of another form")
        except Exception as error:  # a malformed header makes NumPy raise almost anything
            reason = str(error).partition("\n")[0] or type(error).__name__
            raise UnreadableError(f"there are no vectors in it ({reason}); delete it") from error
        return cls(rows, encoder)

    def of(self, texts: Sequence[str], embed: Callable[[Sequence[str]], np.ndarray]) -> np.ndarray:
        """Return a float32 array (texts, ``DIMENSIONS``), with what ``embed`` makes of the texts that are not here."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        keys = _keys(texts, self._encoder)
        places = np.searchsorted(self._keys, keys)
        here = np.flatnonzero(places < len(self._keys))
        here = here[self._keys[places[here]] == keys[here]]
        vectors[here] = self._rows["vector"][places[here]]
        lengths = np.linalg.norm(vectors, axis=1)
        useful = np.abs(lengths - 1) <= _OFF  # False where there is no number
        vectors[useful] /= lengths[useful, None]
        missing = np.flatnonzero(~useful)
        vectors[missing] = embed([texts[place] for place in missing.tolist()])
        return vectors


def pack(embedded: Iterable[tuple[str, np.ndarray]], encoder: str) -> bytes:
    """Return what the file holds for these texts and their vectors: 0.8 kB for each."""
    some = list(embedded)
    keys, first = np.unique(_keys([text for text, _ in some], encoder), return_index=True)
    rows = np.zeros(len(keys), _ROW)
    rows["key"] = keys
    rows["vector"] = np.array([some[place][1] for place in first], np.float16).reshape(len(keys), DIMENSIONS)
    file = io.BytesIO()
    np.save(file, rows, allow_pickle=False)
    return file.getvalue()


def _keys(texts: Sequence[str], encoder: str) -> np.ndarray:
    digests = (hashlib.sha256(f"{encoder}\n{text}".encode()).digest()[:8] for text in texts)
    return np.frombuffer(b"".join(digests), "<u8")
