"""Average the weights of runs that began from one model ("model soup"; Wortsman et al., 2022).

python -m training.average training/work/base-4 training/work/base-6 --out training/work/base
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file


def main() -> None:
    """Write a model whose weights are the mean of those of the given ones, with the first one's other files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    weights = [load_file(folder / "model.safetensors") for folder in args.models]
    mean = {name: torch.stack([each[name].float() for each in weights]).mean(dim=0) for name in weights[0]}
    shutil.copytree(args.models[0], args.out, ignore=shutil.ignore_patterns("master.pt"), dirs_exist_ok=True)
    save_file(mean, args.out / "model.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main()
