"""Running an ONNX text model: weights checked before they are loaded, texts batched by length."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from factcheck.errors import ModelError

WEIGHTS = Path(__file__).parent / "weights"
#: In the folder of a model, the digests of its small files, as ``sha256sum`` writes them; ``training.sums`` makes it.
SUMS = "SHA256SUMS"
#: Padded tokens in one call: more gains nothing on a CPU and costs memory.
BATCH_TOKENS = 2048

#: Called with the number of texts that are done since the last call.
Progress = Callable[[int], None]


class OnnxModel:
    """An ONNX model and its tokenizer, from a folder with ``model.onnx``, ``tokenizer.json`` and ``model.json``.

    ``model.json`` holds ``sha256`` of ``model.onnx`` and ``max_tokens``, and what else a model wants to know
    (labels, a temperature). Shipped models have digests of their small files in ``SUMS``, too.
    """

    def __init__(self, folder: Path) -> None:
        """Check the files, and load the tokenizer.

        Raises:
            ModelError: a file is missing, cannot be read, or the weights are not those the folder promises.
        """
        try:
            altered = _altered(folder)
            self.card: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            weights = (folder / "model.onnx").read_bytes()
            self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # the tokenizers library raises plain Exception
            raise ModelError(f"cannot read the model in {folder} ({error}); reinstall factcheck") from error
        self.sha256 = hashlib.sha256(weights).hexdigest()
        altered = altered or ("" if self.sha256 == self.card["sha256"] else "model.onnx")
        if altered:
            raise ModelError(f"{folder / altered} was altered or cut short (sha256 differs); reinstall factcheck")
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(self.card["max_tokens"], strategy="longest_first")
        self._weights = folder / "model.onnx"

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        """The model, set up when it is first run: a run whose findings are kept from an earlier one needs few."""
        options = onnxruntime.SessionOptions()
        # Spinning threads starve whatever else runs on the machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Without it, 16-bit sums overflow on processors that lack VNNI, and int8 models answer garbage.
        options.add_session_config_entry("session.x64quantprecision", "1")
        return onnxruntime.InferenceSession(str(self._weights), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _inputs(self) -> set[str]:
        return {node.name for node in self._session.get_inputs()}

    def encode(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Encoding]:
        """Tokenise texts or pairs of texts."""
        return self.tokenizer.encode_batch(list(texts))

    def batches(
        self, encodings: Sequence[Encoding], progress: Progress | None = None, tokens: int = BATCH_TOKENS
    ) -> Iterator[tuple[list[int], np.ndarray]]:
        """Run the model and yield, for each batch, which encodings it held and its first output.

        The output has shape (batch, …); its padded length is that of the longest text of the batch. A batch has
        ``tokens`` padded tokens at most, or one text. What enters an 8-bit matrix product is rounded over the range of
        its batch, so that the output depends a little on which texts are read together.
        """
        for rows in _by_length([len(encoding.ids) for encoding in encodings], tokens):
            yield rows, self._session.run(None, self._feed([encodings[row] for row in rows]))[0]
            if progress:
                progress(len(rows))

    def _feed(self, batch: list[Encoding]) -> dict[str, np.ndarray]:
        length = max(len(encoding.ids) for encoding in batch)
        feed = {name: np.zeros((len(batch), length), np.int64) for name in self._inputs}
        feed["input_ids"] += self.card.get("pad_id", 0)
        for row, encoding in enumerate(batch):
            size = len(encoding.ids)
            feed["input_ids"][row, :size] = encoding.ids
            feed["attention_mask"][row, :size] = 1
            if "token_type_ids" in feed:
                feed["token_type_ids"][row, :size] = encoding.type_ids
        return feed


def load(folder: Path) -> OnnxModel:
    """Return the model in ``folder``; one that ships with the package is loaded once for all who use it.

    Raises:
        ModelError: see ``OnnxModel``.
    """
    return _load_shipped(folder) if folder.parent == WEIGHTS else OnnxModel(folder)


@cache
def _load_shipped(folder: Path) -> OnnxModel:
    return OnnxModel(folder)


def _altered(folder: Path) -> str:
    """Return a file that is not as ``SUMS`` says, or "".

    Raises:
        OSError: a file is missing.
        ValueError: ``SUMS`` is no such list.
    """
    if not (sums := folder / SUMS).exists():  # a model of the user's own
        return ""
    lines = (line.split() for line in sums.read_text(encoding="utf-8").splitlines())
    return next(
        (name for known, name in lines if known != hashlib.sha256((folder / name).read_bytes()).hexdigest()), ""
    )


def _by_length(lengths: list[int], tokens: int) -> Iterator[list[int]]:
    """Yield batches of indices into ``lengths``, of similar length and ``tokens`` padded tokens at most, or of one."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and lengths[index] * (len(batch) + 1) > tokens:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
