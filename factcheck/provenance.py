"""What every finding follows from beside what was asked: this package, the packages it uses, and the models."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
#: Bytes; a larger file counts by its size and times of change, as in Git's index.
_LARGE = 100_000


@cache
def package_digest() -> str:
    """Return a digest of this package with its word lists and shipped models, and of what Python finds installed."""
    installed = {name for place in sys.path for name in _names(place) if name.endswith((".dist-info", ".egg-info"))}
    files = sorted(file for file in _PACKAGE.rglob("*") if "__pycache__" not in file.parts)
    return digest_of([sys.version, sorted(installed), files_digest(files)])


def files_digest(paths: Iterable[Path]) -> str:
    """Return a digest of files, by what is in them where they are small.

    Raises:
        OSError: one cannot be read.
    """
    return digest_of([[str(path), _state(path)] for path in paths if path.is_file()])


def digest_of(value: object) -> str:
    """Return the SHA-256 of a value that JSON can hold."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _state(path: Path) -> str | list[int]:
    about = path.stat()
    if about.st_size > _LARGE:
        return [about.st_size, about.st_mtime_ns, about.st_ctime_ns]
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _names(folder: str) -> Iterator[str]:
    try:
        yield from os.listdir(folder or ".")  # noqa: PTH208 - an archive or a missing folder may be on the path
    except OSError:
        return
