"""Natural language inference: whether a premise supports a hypothesis, contradicts it, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from factcheck.comparison.spelling import respelled
from factcheck.errors import ModelError
from factcheck.models.onnx import WEIGHTS, OnnxModel, kept_or_made, load

#: The columns of ``NliModel.probabilities``.
SUPPORTS, CONTRADICTS, NEUTRAL = range(3)
DEFAULT = "base"
#: A pair whose stances the last model both finds less likely than this is not shown to the others: on the
#: development sets that loses less than a point of accuracy.
LIKELY = 0.2
#: Answers that are kept, of the pairs that came last: what stands above a sentence is read with each claim near it, and
#: what contradicts a claim once more beside its corrections.
KEPT = 4096


class NliModel:
    """One or more cross-encoders over (premise, hypothesis), premise first, with calibrated probabilities.

    A hypothesis is read with its names spelled as in its premise.
    """

    def __init__(self, name: str = DEFAULT) -> None:
        """Load ``small``, ``base`` or the model in a folder of that name; names joined by ``+`` are read together.

        Raises:
            ModelError: there is no such model; or see ``OnnxModel``.
        """
        self._models = [load(_folder(part)) for part in name.split("+")]
        self._kept: dict[str, dict[tuple[str, str], np.ndarray]] = {}
        parts = zip(name.split("+"), self._models, strict=True)
        self.name = ", ".join(f"nli-{Path(part).name}@{model.sha256[:12]}" for part, model in parts)

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Return an array (pairs, 3) of the probabilities of ``SUPPORTS``, ``CONTRADICTS`` and ``NEUTRAL``.

        Each model's logits are divided by the temperature that was fitted for it on held-out data (Guo et al., 2017).
        Several models are a cascade: the last named, which should be the fastest, reads every pair, and where it finds
        a stance likely the others read it too; the result is then their normalised geometric mean (a product of
        experts; Hinton, 2002).
        """
        *others, filter_ = self._models
        result = self._read(filter_, pairs)
        if others:
            likely = np.flatnonzero(result[:, :NEUTRAL].max(axis=1, initial=0) >= LIKELY)
            chosen = [pairs[index] for index in likely.tolist()]
            logs = np.log(result[likely])
            for model in others:
                logs += np.log(self._read(model, chosen))
            result[likely] = _softmax(logs / len(self._models))
        return result

    @property
    def substitution_trust(self) -> float:
        """How often a claim is wrong where a correction would make its evidence support it; 0 where not measured."""
        return float(self._models[0].card.get("substitution_trust", 0.0))

    def judge(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Return what ``probabilities`` does, by the first named model alone, which should be the best."""
        return self._read(self._models[0], pairs)

    def _read(self, model: OnnxModel, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        rows = kept_or_made(self._kept.setdefault(model.sha256, {}), pairs, lambda new: _scores(model, new), KEPT)
        return np.array(rows, np.float64).reshape(len(pairs), 3)


def _folder(name: str) -> Path:
    shipped = WEIGHTS / f"nli-{name}"
    if not name or not (shipped.is_dir() or Path(name).is_dir()):
        known = ", ".join(sorted(folder.name.removeprefix("nli-") for folder in WEIGHTS.glob("nli-*")))
        raise ModelError(
            f"there is no NLI model {name!r}: name one of {known} (reinstall factcheck if one is missing) "
            "or the folder of an ONNX model"
        )
    return shipped if shipped.is_dir() else Path(name)


def _scores(model: OnnxModel, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    alike = [(premise, respelled(hypothesis, premise)) for premise, hypothesis in pairs]
    logits = np.array(model.outputs(model.encode(alike)), np.float64).reshape(len(pairs), 3)
    return _softmax(logits / model.card.get("temperature", 1.0))


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    result: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
    return result
