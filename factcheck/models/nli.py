"""Natural language inference: whether a premise supports a hypothesis, contradicts it, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from factcheck.models.onnx import WEIGHTS, OnnxModel, Progress

#: The columns of ``NliModel.probabilities``.
SUPPORTS, CONTRADICTS, NEUTRAL = range(3)


class NliModel:
    """A cross-encoder over (premise, hypothesis), premise first, with calibrated probabilities."""

    def __init__(self, name: str = "base") -> None:
        """Load ``small`` or ``base``, or the model in a folder of that name.

        Raises:
            ModelError: see ``OnnxModel``.
        """
        shipped = WEIGHTS / f"nli-{name}"
        self._model = OnnxModel(shipped if shipped.is_dir() else Path(name))
        self.name = f"nli-{name}@{self._model.sha256[:12]}"

    def probabilities(self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None) -> np.ndarray:
        """Return an array (pairs, 3) of the probabilities of ``SUPPORTS``, ``CONTRADICTS`` and ``NEUTRAL``.

        Logits are divided by the temperature that was fitted on held-out data (Guo et al., 2017).
        """
        logits = np.zeros((len(pairs), 3), np.float32)
        for rows, output in self._model.batches(self._model.encode(pairs), progress):
            logits[rows] = output
        scaled = logits / self._model.card.get("temperature", 1.0)
        exponents = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        result: np.ndarray = exponents / exponents.sum(axis=1, keepdims=True)
        return result
