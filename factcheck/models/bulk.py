"""The sentence encoder in a process of its own, for indexing many passages.

While Chroma writes a batch it keeps Python's lock, and an encoder in the same process stands still.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import IO, Self, cast

import numpy as np

from factcheck.errors import ModelError
from factcheck.models.encoder import DIMENSIONS, Encoder


class BulkEncoder:
    """Gives the vectors that ``Encoder`` gives, from another process; for one thread at a time."""

    def __init__(self) -> None:
        """Start the process, which ends with this one, however this one ends."""
        # Without -P a module in the folder that the user works in could take the place of a library's.
        command = [sys.executable, "-P", "-m", __name__]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, start_new_session=True)  # noqa: S603 - ours
        self._asks, self._answers = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Return a float32 array (texts, ``DIMENSIONS``).

        Raises:
            ModelError: the process was ended from outside.
        """
        size = len(texts) * DIMENSIONS * 4
        try:
            self._asks.write(json.dumps(list(texts)).encode() + b"\n")
            self._asks.flush()
            answer = self._answers.read(size)
        except OSError:
            answer = b""
        if len(answer) < size:
            raise ModelError("the process that embeds passages has ended; make room in memory and run again")
        return np.frombuffer(answer, np.float32).reshape(len(texts), DIMENSIONS)


def main() -> None:
    """Answer each line of standard input, a list of texts, with the bytes of their vectors."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that a library prints may get into the answers
    encoder = Encoder()
    for line in sys.stdin.buffer:
        out.write(encoder.vectors(json.loads(line)).tobytes())
        out.flush()


if __name__ == "__main__":
    main()
