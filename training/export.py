"""Export a fine-tuned cross-encoder to 8-bit ONNX, with its tokenizer and ``model.json``.

Weights are int8 per channel, and what enters a matrix product is rounded over its range, which is fast but coarse
where a few channels are far larger than the others. With ``--level`` two things are done about that, as is seen on
pairs from a file. A text's channels are brought nearer to each other before they are rounded, and the weights take up
the difference (SmoothQuant; Xiao et al., 2023). And of what enters the second products of MPNet's feed-forward layers,
which cannot be levelled so, the channels that get largest are multiplied apart and not rounded (LLM.int8(); Dettmers et
al., 2022). ``benchmarks/README.md`` has what that does to the probabilities and to the time.

python -m training.export --model work/base --level work/pairs.jsonl.gz --out factcheck/models/weights/nli-base
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModelForSequenceClassification

from training.nli import load_tokenizer, read_pairs, tokenise
from training.onnx_weights import UNROUNDED
from training.sums import write_sums

#: The products whose largest channels are multiplied apart, by the end of their names, and how many channels those are.
FEED_FORWARD, APART = "output.dense", 32
#: How much of the difference between channels the weights take up, and how many pairs show it.
LEVELLED, SEEN = 0.8, 64


class Logits(torch.nn.Module):
    """A classifier that takes tensors by position and gives its logits alone, as the exporter wants it."""

    def __init__(self, model: torch.nn.Module, names: list[str]) -> None:
        """Wrap ``model``, whose inputs are called ``names``."""
        super().__init__()
        self.model, self.names = model, names

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        """Return the logits, of shape (batch, labels)."""
        return self.model(**dict(zip(self.names, inputs, strict=True))).logits


class Parted(torch.nn.Module):
    """A linear layer in two: the product with the last ``APART`` channels that enter it, and that with the others."""

    def __init__(self, layer: torch.nn.Linear) -> None:
        """Take over the weights of ``layer``."""
        super().__init__()
        most, rest = layer.weight.data.split([layer.in_features - APART, APART], dim=1)
        self.most = torch.nn.Linear(layer.in_features - APART, layer.out_features)
        self.rest = torch.nn.Linear(APART, layer.out_features, bias=False)
        self.most.weight.data, self.rest.weight.data = most.contiguous(), rest.contiguous()
        self.most.bias.data = layer.bias.data

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """Return what the layer does."""
        result: torch.Tensor = self.most(given[..., :-APART]) + self.rest(given[..., -APART:])
        return result


def level(model: torch.nn.Module, folder: Path, pairs: Path) -> None:
    """Make the channels that enter the products of ``model``, from ``folder``, alike, as seen on some of the ``pairs``.

    Products of one input, such as an attention's query, key and value, share their factors.
    """
    layers = {
        name: layer for name, layer in model.named_modules() if isinstance(layer, torch.nn.Linear) and ".layer." in name
    }
    entering = largest_entering(model, layers, folder, pairs)
    second = {name for name in layers if name.endswith(f".{FEED_FORWARD}") and ".attention." not in name}
    together: dict[bytes, list[str]] = defaultdict(list)
    for name in layers.keys() - second:
        together[entering[name].numpy().tobytes()].append(name)
    for names in together.values():
        weights = torch.stack([layers[name].weight.data.abs().amax(dim=0) for name in names]).amax(dim=0)
        factors = entering[names[0]].clamp(min=1e-5) ** LEVELLED / weights.clamp(min=1e-5) ** (1 - LEVELLED)
        for name in names:
            layers[name].weight.data *= factors
            layers[name].register_buffer("inverse", 1 / factors)
            layers[name].register_forward_pre_hook(lambda layer, given: (given[0] * layer.inverse,))
    for name in second:
        above = name.removesuffix(FEED_FORWARD)
        part(model.get_submodule(f"{above}output"), layers[f"{above}intermediate.dense"], entering[name])


def largest_entering(
    model: torch.nn.Module, layers: dict[str, torch.nn.Linear], folder: Path, pairs: Path
) -> dict[str, torch.Tensor]:
    """Return how large each channel (channels,) gets that enters each of the layers, on ``SEEN`` of the pairs."""
    entering: dict[str, torch.Tensor] = {}

    def watch(name: str) -> torch.utils.hooks.RemovableHandle:
        def see(_: torch.nn.Module, given: tuple[torch.Tensor, ...]) -> None:
            largest = given[0].abs().amax(dim=(0, 1))
            entering[name] = torch.maximum(entering.get(name, largest), largest)

        return layers[name].register_forward_pre_hook(see)

    watching = [watch(name) for name in layers]
    some = random.Random(0).sample(read_pairs([pairs]), SEEN)
    with torch.no_grad():
        for example in tokenise(some, load_tokenizer(folder)):
            ids = torch.from_numpy(example.ids)[None]
            model(input_ids=ids, attention_mask=torch.ones_like(ids))
    for handle in watching:
        handle.remove()
    return entering


def part(output: torch.nn.Module, first: torch.nn.Linear, entering: torch.Tensor) -> None:
    """Part the layer ``output.dense``, with what comes out of ``first`` in the order of how large it gets."""
    order = torch.argsort(entering)
    first.weight.data, first.bias.data = first.weight.data[order], first.bias.data[order]
    output.dense.weight.data = output.dense.weight.data[:, order]
    output.dense = Parted(output.dense)


def export(model: torch.nn.Module, names: list[str], out: Path, output_axes: dict[int, str] | None = None) -> str:
    """Write ``model`` as 8-bit ONNX with inputs ``names`` of shape (batch, length); return the file's sha256.

    ``output_axes`` names the axes of the output that vary, if it is not the first alone.
    """
    example = tuple(torch.ones((2, 16), dtype=torch.int64) for _ in names)
    axes = {name: {0: "batch", 1: "length"} for name in names} | {"output": output_axes or {0: "batch"}}
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        plain = Path(folder) / "float32.onnx"
        torch.onnx.export(
            model, example, str(plain), input_names=names, output_names=["output"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        products = [node.name for node in onnx.load(plain).graph.node if node.op_type == "MatMul"]
        quantize_dynamic(
            plain, out, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=[name for name in products if name.endswith(UNROUNDED)],
        )  # fmt: skip
    return hashlib.sha256(out.read_bytes()).hexdigest()


def main() -> None:
    """Export the model in ``--model`` to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--level", type=Path, metavar="PAIRS", help="pairs that show how large channels get")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    model = AutoModelForSequenceClassification.from_pretrained(args.model, attn_implementation="eager").eval()
    names = ["input_ids", "attention_mask"] + (["token_type_ids"] if model.config.model_type == "bert" else [])
    args.out.mkdir(parents=True, exist_ok=True)
    if args.level:
        level(model, args.model, args.level)
    sha256 = export(Logits(model, names), names, args.out / "model.onnx")
    shutil.copy(args.model / "tokenizer.json", args.out / "tokenizer.json")
    card = {"sha256": sha256, "max_tokens": 192, "temperature": 1.0, "levelled": args.level is not None}
    (args.out / "model.json").write_text(json.dumps(card, indent=2) + "\n")
    write_sums(args.out)


if __name__ == "__main__":
    main()
