"""What holds for every test: an empty folder, nothing configured, no network but loopback, and Ctrl-C interrupts."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts


def pytest_configure() -> None:
    """Let Ctrl-C interrupt, also where the tests run in the background of a shell, which ignores it there."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_runtest_setup() -> None:
    """Refuse every connection that would leave the machine."""
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def nothing_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, without the keys and settings of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in list(os.environ):
        if name.startswith(("FACTCHECK_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_")):
            monkeypatch.delenv(name)
