"""Export a fine-tuned cross-encoder to 8-bit ONNX, with its tokenizer and ``model.json``.

Weights are rounded per channel, and what enters a matrix product to 8 bits over the range of the batch. Products named
by ``--float-inputs`` are computed in float32 (their 8-bit weights are blocks of 128): what enters the second matrix of
MPNet's feed-forward blocks has outliers, and rounding them made a pair's answer depend on the pairs beside it in the
batch (mean change of the probabilities .07, now .04, on 48 pairs), at no gain in speed on a processor without VNNI.

python -m training.export --model work/base --float-inputs output/dense --out factcheck/models/weights/nli-base
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from transformers import AutoModelForSequenceClassification

from training.sums import write_sums


class Logits(torch.nn.Module):
    """A classifier that takes tensors by position and gives its logits alone, as the exporter wants it."""

    def __init__(self, model: torch.nn.Module, names: list[str]) -> None:
        """Wrap ``model``, whose inputs are called ``names``."""
        super().__init__()
        self.model, self.names = model, names

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        """Return the logits, of shape (batch, labels)."""
        return self.model(**dict(zip(self.names, inputs, strict=True))).logits


def export(
    model: torch.nn.Module,
    names: list[str],
    out: Path,
    output_axes: dict[int, str] | None = None,
    float_inputs: str | None = None,
) -> str:
    """Write ``model`` as 8-bit ONNX with inputs ``names`` of shape (batch, length); return the file's sha256.

    ``output_axes`` names the axes of the output that vary, if it is not the first alone. Matrix products with
    ``float_inputs`` in their name have 8-bit weights only.
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
        kept = [name for name in products if float_inputs and float_inputs in name]
        quantize_dynamic(
            plain, out, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=kept,
        )  # fmt: skip
        if kept:
            others = [name for name in products if name not in kept]
            blocks = MatMulNBitsQuantizer(
                onnx.load(out), bits=8, block_size=128, is_symmetric=True, accuracy_level=1, nodes_to_exclude=others
            )
            blocks.process()
            blocks.model.save_model_to_file(str(out))
    return hashlib.sha256(out.read_bytes()).hexdigest()


def main() -> None:
    """Export the model in ``--model`` to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--float-inputs", help="part of the names of the matrix products")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    model = AutoModelForSequenceClassification.from_pretrained(args.model, attn_implementation="eager").eval()
    names = ["input_ids", "attention_mask"] + (["token_type_ids"] if model.config.model_type == "bert" else [])
    args.out.mkdir(parents=True, exist_ok=True)
    sha256 = export(Logits(model, names), names, args.out / "model.onnx", float_inputs=args.float_inputs)
    shutil.copy(args.model / "tokenizer.json", args.out / "tokenizer.json")
    card = {"sha256": sha256, "max_tokens": 192, "pad_id": model.config.pad_token_id, "temperature": 1.0}
    (args.out / "model.json").write_text(json.dumps(card, indent=2) + "\n")
    write_sums(args.out)


if __name__ == "__main__":
    main()
