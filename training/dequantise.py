"""Turn a shipped int8 model back into float32 weights, so that it can be trained or quantised anew.

The float checkpoints of a finished run are too large to be kept; what the rounding took away, further
training gives back.

    python -m training.dequantise --weights DIR --backbone mpnet --layers 10 --out training/work/base-0
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.backbones import fetch_backbone
from training.nli import load_model, load_tokenizer
from training.onnx_weights import float_weights


def main() -> None:
    """Write the float32 model and its tokenizer to ``--out``, as ``training.nli`` does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--backbone", choices=("minilm", "mpnet"), required=True)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    folder = fetch_backbone(args.backbone, args.out.parent)
    model = load_model(folder, args.layers)
    state = {name: torch.from_numpy(array.copy()) for name, array in float_weights(args.weights / "model.onnx").items()}
    del state[next(name for name in state if name.endswith("word_embeddings.weight"))]  # frozen: the backbone's own
    missing = set(model.load_state_dict(state, strict=False).missing_keys)
    if missing - {name for name in missing if name.endswith("word_embeddings.weight")}:
        raise SystemExit(f"the file lacks {sorted(missing)}")
    model.save_pretrained(args.out)
    load_tokenizer(folder).save(str(args.out / "tokenizer.json"))


if __name__ == "__main__":
    main()
