"""How much a sentence wants checking, and whether it is an opinion: two small linear models."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from factcheck.errors import ModelError
from factcheck.models.encoder import Encoder
from factcheck.models.onnx import WEIGHTS

FOLDER = WEIGHTS / "checkworthiness"
TASKS = ("check_worthy", "subjective")

_COUNTED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b\d[\d,.]*",
        r"[$£€¥%]|\bper\s?cent\b",
        r"\b(?:million|billion|trillion|thousand|hundred|dozen|half|third|quarter|majority|most|all|none|every)\b",
        r"\b(?:more|less|fewer|higher|lower|larger|biggest|largest|first|last|record|highest|lowest|since)\b",
        r"\b(?:I|I['’]m|me|my|we|our|us)\b",
        r"\b(?:you|your)\b",
        r"\b(?:will|shall|going to|would|should|must|ought|could|may|might|let['’]s)\b",
        r"\b(?:not|no|never|n['’]t)\b",
        r"\b(?:think|believe|feel|hope|want|wish|know|guess|mean|like|love)\b",
        r"\b(?:good|bad|great|terrible|wonderful|horrible|sad|right|wrong|best|worst|really|very|simply|just)\b",
        r"\b\w+ed\b",
        r"\b(?:was|were|has|have|had|is|are)\b",
        r"[\"“”]",
        r"[?]",
        r"[!]",
    )
)
_NAME = re.compile(r"(?<=[a-z,;’'\"] )[A-Z][a-z]+")


def surface(text: str) -> list[float]:
    """Return the surface features of a sentence: its length, counts of telling words and marks, and of names."""
    words = len(text.split())
    counts = [np.log1p(len(pattern.findall(text))) for pattern in _COUNTED]
    return [float(np.log1p(words)), float(np.log1p(len(_NAME.findall(text)))), *map(float, counts)]


def features(texts: Sequence[str], encoder: Encoder) -> np.ndarray:
    """Return a float32 array (texts, features): the encoder's vectors, then the surface features."""
    vectors = encoder.vectors(texts)
    return np.hstack([vectors, np.array([surface(text) for text in texts], np.float32).reshape(len(texts), -1)])


class CheckWorthiness:
    """Two logistic regressions over one set of features."""

    def __init__(self, encoder: Encoder, folder: Path = FOLDER) -> None:
        """Load the weights.

        Raises:
            ModelError: a file is missing, altered, or cannot be read.
        """
        self._encoder = encoder
        try:
            card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            self.sha256 = hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest()
            with np.load(folder / "weights.npz", allow_pickle=False) as weights:
                self._mean, self._scale = weights["mean"], weights["scale"]
                self._coefficients, self._intercepts = weights["coefficients"], weights["intercepts"]
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"cannot read the model in {folder} ({error}); reinstall factcheck") from error
        if self.sha256 != card["sha256"]:
            raise ModelError(f"{folder / 'weights.npz'} was altered or cut short (sha256 differs); reinstall factcheck")
        self.name = f"checkworthiness@{self.sha256[:12]}"

    def score(self, texts: Sequence[str]) -> np.ndarray:
        """Return an array (texts, 2) of the probabilities that a text is worth checking, and that it is an opinion."""
        if not texts:
            return np.zeros((0, len(TASKS)))
        scaled = (features(texts, self._encoder) - self._mean) / self._scale
        result: np.ndarray = 1 / (1 + np.exp(-(scaled @ self._coefficients.T + self._intercepts)))
        return result
