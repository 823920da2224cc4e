"""The shipped models, which read what they have read before only once: most attacks leave most of it as it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from servers.engines import engine

from factcheck.extraction.local import LocalExtractor
from factcheck.llm import LlmEngine
from factcheck.local import LocalEngine
from factcheck.models.encoder import DIMENSIONS, Encoder
from factcheck.models.nli import NliModel
from factcheck.verification.local import LocalVerifier


class Remembering(NliModel):
    """Reads each pair once."""

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
    """Reads each text once."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, np.ndarray] = {}

    def vectors(self, texts: Sequence[str], *args: Any) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, super().vectors(new, *args), strict=True))
        return np.array([self._known[text] for text in texts], np.float32).reshape(len(texts), DIMENSIONS)


def local_engine() -> LocalEngine:
    """Load the local engine."""
    encoder = RememberingEncoder()
    return LocalEngine(LocalExtractor(encoder), LocalVerifier(Remembering(), encoder))


def chat_engine(url: str, store: Path, local: LocalEngine, **settings: Any) -> LlmEngine:
    """Make an engine whose chat model is behind ``url``, and which has the embedded models beside it."""
    reader = local.verifier
    return engine(url, store, reader.assess, reader.agreement, local.extractor.extract, **settings)
