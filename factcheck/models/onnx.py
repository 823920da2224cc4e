"""Running an ONNX text model: weights checked before they are loaded, texts read beside each other."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import onnxruntime
from tokenizers import Encoding, Tokenizer

from factcheck.errors import ModelError

WEIGHTS = Path(__file__).parent / "weights"
#: In the folder of a model, the digests of its small files, as ``sha256sum`` writes them; ``training.sums`` makes it.
SUMS = "SHA256SUMS"
#: Texts read at once.
PROCESSORS = os.cpu_count() or 1

_Asked = TypeVar("_Asked", bound=Hashable)


class OnnxModel:
    """An ONNX model and its tokenizer, from a folder with ``model.onnx``, ``tokenizer.json`` and ``model.json``.

    ``model.json`` holds ``sha256`` of ``model.onnx`` and ``max_tokens``, if it is ``levelled`` (``training.export``)
    and what else a model wants to know (labels, a temperature). Shipped models have digests of their small files in
    ``SUMS``, too.
    """

    def __init__(self, folder: Path) -> None:
        """Check the files, and load the tokenizer.

        Raises:
            ModelError: a file is missing, cannot be read or lacks what it must hold, or the weights are not those the
                folder promises.
        """
        try:
            altered = _altered(folder)
            self.card: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            weights = (folder / "model.onnx").read_bytes()
            promised = self.card["sha256"]
            self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self.tokenizer.no_padding()
            self.tokenizer.enable_truncation(self.card["max_tokens"], strategy="longest_first")
        except KeyError as error:
            raise ModelError(f"{folder / 'model.json'} does not say {error}; export the model again") from error
        except Exception as error:  # the tokenizers library raises plain Exception
            raise ModelError(f"cannot read the model in {folder} ({error}); reinstall factcheck") from error
        self.sha256 = hashlib.sha256(weights).hexdigest()
        altered = altered or ("" if self.sha256 == promised else "model.onnx")
        if altered:
            raise ModelError(f"{folder / altered} was altered or cut short (sha256 differs); reinstall factcheck")
        self._weights = folder / "model.onnx"

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        """The model, set up when it is first run: a run whose findings are kept from an earlier one needs few."""
        options = onnxruntime.SessionOptions()
        # One text keeps one processor busy better than it keeps several: see ``outputs``.
        options.intra_op_num_threads = 1
        # Spinning threads starve whatever else runs on the machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Without it, 16-bit sums overflow on processors that lack VNNI, and int8 models answer garbage, unless all that
        # enters their products is of about one size. With it, those that have VNNI take twice as long.
        if not (has_vnni() or self.card.get("levelled")):
            options.add_session_config_entry("session.x64quantprecision", "1")
        return onnxruntime.InferenceSession(str(self._weights), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _inputs(self) -> set[str]:
        return {node.name for node in self._session.get_inputs()}

    def encode(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Encoding]:
        """Tokenise texts or pairs of texts."""
        return self.tokenizer.encode_batch(list(texts))

    def outputs(self, encodings: Sequence[Encoding], types: Sequence[Sequence[int]] | None = None) -> list[np.ndarray]:
        """Run the model on each text by itself, and return its first output for each, without the batch's axis.

        ``types`` has the token types of each text, where they are not what the tokenizer says.

        What enters an 8-bit matrix product is rounded over the range of its batch: in company, what else is read would
        move the output, and now and then a verdict. As many texts as there are processors are read at once, each by
        one thread, which is also faster than batches: nothing is padded, and what a layer passes on stays in the cache.
        The longest are first, so that all processors are done at nearly the same time.
        """
        if not encodings:
            return []
        session, names = self._session, self._inputs
        types = types or [encoding.type_ids for encoding in encodings]

        def run(place: int) -> np.ndarray:
            encoding = encodings[place]
            given = {
                "input_ids": encoding.ids,
                "attention_mask": encoding.attention_mask,
                "token_type_ids": types[place],
            }
            output: np.ndarray = session.run(None, {name: np.array([given[name]], np.int64) for name in names})[0][0]
            return output

        longest_first = sorted(range(len(encodings)), key=lambda place: -len(encodings[place].ids))
        with ThreadPoolExecutor(PROCESSORS) as pool:
            read = dict(zip(longest_first, pool.map(run, longest_first), strict=True))
        return [read[place] for place in range(len(encodings))]


def kept_or_made(
    kept: dict[_Asked, np.ndarray],
    asked: Sequence[_Asked],
    make: Callable[[list[_Asked]], Iterable[np.ndarray]],
    most: int,
) -> list[np.ndarray]:
    """Return a row for each of ``asked``, as ``kept`` or as ``make`` gives it; keep the ``most`` last."""
    found = {one: kept.get(one) for one in asked}
    known = {one: row for one, row in found.items() if row is not None}
    new = [one for one in found if one not in known]
    known |= zip(new, make(new), strict=True)
    kept |= {one: known[one] for one in new[-most:]}
    for one in list(kept)[:-most]:
        kept.pop(one, None)
    return [known[one] for one in asked]


@cache
def has_vnni(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Tell whether the processor adds up 8-bit products in 32 bits; False where the system does not say."""
    try:
        return not {"avx512_vnni", "avx_vnni"}.isdisjoint(cpuinfo.read_text(encoding="utf-8").split())
    except OSError:
        return False


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
