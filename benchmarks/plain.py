"""What one writes first: onnxruntime as it comes, each batch padded to its longest text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Encoding

from factcheck.models.onnx import OnnxModel, has_vnni


class PlainModel:
    """The weights in a folder, run by plain onnxruntime with as many threads as it likes."""

    def __init__(self, folder: Path) -> None:
        """Load the model."""
        self._model = OnnxModel(folder)
        options = onnxruntime.SessionOptions()
        if not has_vnni() and not self._model.card.get("levelled"):
            options.add_session_config_entry("session.x64quantprecision", "1")  # without it the answers may be wrong
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options)
        self._inputs = {node.name for node in self._session.get_inputs()}

    def encode(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Encoding]:
        """Tokenise texts or pairs."""
        return self._model.encode(texts)

    def run(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> np.ndarray:
        """Return the first output for one batch of texts or pairs."""
        encodings = self.encode(texts)
        shape = (len(encodings), max(len(one.ids) for one in encodings))
        feed = {name: np.zeros(shape, np.int64) for name in ("input_ids", "attention_mask", "token_type_ids")}
        for row, one in enumerate(encodings):
            feed["input_ids"][row, : len(one.ids)] = one.ids
            feed["attention_mask"][row, : len(one.ids)] = one.attention_mask
            feed["token_type_ids"][row, : len(one.ids)] = one.type_ids
        output: np.ndarray = self._session.run(None, {name: feed[name] for name in self._inputs})[0]
        return output
