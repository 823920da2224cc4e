"""Write ``requirements.lock``: what ``pip install .`` takes now, each file with its digest.

    python tools/lock.py

pip itself resolves and reports what it would install; nothing is installed. The digests are those of the files for this
version of Python and this platform, and of no others. Run the tests before you commit the result.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HEAD = """\
# The runtime dependencies, with the versions and files that the tests ran with (Python 3.11, Linux x86-64).
#     pip install --require-hashes --requirement requirements.lock && pip install --no-deps .
# `make lock` renews it, `make audit` looks for known weaknesses.
"""


def lines(report: dict[str, Any]) -> Iterator[str]:
    """Yield the requirement and the digest of each package that pip reports and that is a file."""
    for package in sorted(report["install"], key=lambda one: str(one["metadata"]["name"]).lower()):
        hashes = package["download_info"].get("archive_info", {}).get("hashes", {})
        if "sha256" in hashes:  # the project itself is a folder
            metadata = package["metadata"]
            yield f"{metadata['name'].lower()}=={metadata['version']} --hash=sha256:{hashes['sha256']}"


def main() -> None:
    """Resolve and write."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        subprocess.run([*command, "--only-binary", ":all:", "--report", report, ROOT], check=True)
        found = "\n".join(lines(json.loads(report.read_text())))
    (ROOT / "requirements.lock").write_text(f"{HEAD}{found}\n")


if __name__ == "__main__":
    main()
