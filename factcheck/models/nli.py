"""Natural language inference: whether a premise supports a hypothesis, contradicts it, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from factcheck.models.onnx import WEIGHTS, OnnxModel, Progress

#: The columns of ``NliModel.probabilities``.
SUPPORTS, CONTRADICTS, NEUTRAL = range(3)
#: Two models of different backbone, read together: they seldom make the same mistake.
DEFAULT = "base+small"


class NliModel:
    """One or more cross-encoders over (premise, hypothesis), premise first, with calibrated probabilities."""

    def __init__(self, name: str = DEFAULT) -> None:
        """Load ``small``, ``base`` or the model in a folder of that name; names joined by ``+`` are read together.

        Raises:
            ModelError: see ``OnnxModel``.
        """
        self._models = [OnnxModel(_folder(part)) for part in name.split("+")]
        parts = zip(name.split("+"), self._models, strict=True)
        self.name = " ".join(f"nli-{Path(part).name}@{model.sha256[:12]}" for part, model in parts)

    def probabilities(self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None) -> np.ndarray:
        """Return an array (pairs, 3) of the probabilities of ``SUPPORTS``, ``CONTRADICTS`` and ``NEUTRAL``.

        Each model's logits are divided by the temperature that was fitted for it on held-out data (Guo et al., 2017);
        several models give their normalised geometric mean (a product of experts; Hinton, 2002). ``progress`` is told
        of pairs done by the first model, which is the slowest.
        """
        logs = np.zeros((len(pairs), 3), np.float64)
        for number, model in enumerate(self._models):
            logits = np.zeros((len(pairs), 3), np.float64)
            for rows, output in model.batches(model.encode(pairs), progress if number == 0 else None):
                logits[rows] = output
            logs += _log_softmax(logits / model.card.get("temperature", 1.0)) / len(self._models)
        result: np.ndarray = np.exp(_log_softmax(logs))
        return result


def _folder(name: str) -> Path:
    shipped = WEIGHTS / f"nli-{name}"
    return shipped if shipped.is_dir() else Path(name)


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted: np.ndarray = logits - logits.max(axis=1, keepdims=True)
    result: np.ndarray = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result
