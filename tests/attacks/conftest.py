"""What the attacks share: models that are loaded once, and the table of what succeeded."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from attacks.models import local_engine
from attacks.running import Table, rows

from factcheck.local import LocalEngine

TABLE: pytest.StashKey[Table] = pytest.StashKey()


@pytest.fixture(scope="session")
def local() -> LocalEngine:
    return local_engine()


@pytest.fixture
def table(request: pytest.FixtureRequest) -> Table:
    """Outcomes by family and engine."""
    return request.config.stash.setdefault(TABLE, defaultdict(list))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if outcomes := config.stash.get(TABLE, {}):
        terminalreporter.section("attacks that changed a verdict, by family")
        for family, *cells in rows(outcomes):
            terminalreporter.write_line(f"{family:26}" + "".join(f"{cell:>32}" for cell in cells))
