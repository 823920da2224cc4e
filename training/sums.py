"""Write the digests of a model's small files beside them; without arguments, those of all shipped models.

python -m training.sums [FOLDER ...]
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from factcheck.models.onnx import SUMS, WEIGHTS


def write_sums(folder: Path) -> None:
    """Write ``SUMS`` of the model in ``folder``."""
    names = ("model.json", "tokenizer.json")
    lines = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    for folder in map(Path, sys.argv[1:] or sorted(path.parent for path in WEIGHTS.glob("*/tokenizer.json"))):
        write_sums(folder)
