"""What the attacks share: models that are loaded once, and the table of what succeeded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from factcheck.extraction.local import LocalExtractor
from factcheck.local import LocalEngine
from factcheck.models.encoder import DIMENSIONS, Encoder
from factcheck.models.nli import NliModel
from factcheck.verification.local import LocalVerifier

TABLE: pytest.StashKey[dict[tuple[str, str], list[str]]] = pytest.StashKey()


class Remembering(NliModel):
    """The shipped models, which read each pair once: most attacks leave the pairs as they were."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[str, str], np.ndarray] = {}
        self._judged: dict[tuple[str, str], np.ndarray] = {}

    def probabilities(self, pairs: Sequence[tuple[str, str]], *args: Any) -> np.ndarray:
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        self._known |= dict(zip(new, super().probabilities(new, *args), strict=True))
        return np.array([self._known[pair] for pair in pairs]).reshape(len(pairs), 3)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._judged]
        self._judged |= dict(zip(new, super().judge(new), strict=True))
        return np.array([self._judged[pair] for pair in pairs]).reshape(len(pairs), 3)


class RememberingEncoder(Encoder):
    """The shipped encoder, which reads each text once."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, np.ndarray] = {}

    def vectors(self, texts: Sequence[str], *args: Any) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, super().vectors(new, *args), strict=True))
        return np.array([self._known[text] for text in texts], np.float32).reshape(len(texts), DIMENSIONS)


@pytest.fixture(scope="session")
def local() -> LocalEngine:
    encoder = RememberingEncoder()
    return LocalEngine(LocalExtractor(encoder), LocalVerifier(Remembering(), encoder))


@pytest.fixture
def table(request: pytest.FixtureRequest) -> dict[tuple[str, str], list[str]]:
    """Outcomes by family and engine: "held", "flagged" (the verdict changed, with a new flag) or "unflagged"."""
    return request.config.stash.setdefault(TABLE, defaultdict(list))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    outcomes = config.stash.get(TABLE, {})
    if not outcomes:
        return
    terminalreporter.section("attacks that changed a verdict, by family")
    engines = sorted({engine for _, engine in outcomes})
    terminalreporter.write_line(f"{'':26}" + "".join(f"{engine:>32}" for engine in engines))
    for family in [*dict.fromkeys(family for family, _ in outcomes), "all"]:
        cells = []
        for engine in engines:
            found = [
                one for (its, by), some in outcomes.items() if by == engine and family in (its, "all") for one in some
            ]
            changed, silent = len(found) - found.count("held"), found.count("unflagged")
            cells.append(f"{changed} of {len(found)} ({silent} unflagged)" if found else "-")
        terminalreporter.write_line(f"{family:26}" + "".join(f"{cell:>32}" for cell in cells))
