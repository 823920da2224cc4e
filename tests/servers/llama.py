"""Runs llama.cpp's OpenAI-compatible server with SmolLM2-135M-Instruct until standard input is closed.

Prints the base URL. A process of its own: the server logs to standard error and cannot be stopped otherwise.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers.fetch_model import FOLDER, GGUF


@contextmanager
def serving() -> Iterator[str]:
    """Serve the model on a free port of this machine; yield the base URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "servers.llama"],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        url = process.stdout.readline().strip()
        if not url:
            raise RuntimeError("the llama.cpp server did not start")
        yield url
    finally:
        process.stdin.close()
        process.wait(timeout=30)


def main() -> None:
    """Serve until standard input ends."""
    sys.path.insert(0, str(FOLDER))
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(GGUF)
    params.n_ctx = 8192
    params.n_parallel = 2
    params.cpuparams.n_threads = 1  # more would spin and wait for each other on a busy machine
    params.port = 0
    params.n_predict = 600
    params.sampling.seed = 1
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}/v1\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
