"""The choice of engine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from factcheck.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from factcheck.models.encoder import Ahead
    from factcheck.pipeline import Engine
    from factcheck.settings import Settings
    from factcheck.verification.llm import SecondOpinion

LOCAL = "local"
#: Taken where a key was configured but no model.
DEFAULT_MODEL = "openai:gpt-5-mini"


def choose_engine(settings: Settings) -> str:
    """Return ``local`` or the name of a chat model; ``auto`` is local unless the user configured a key.

    Raises:
        SettingsError: an endpoint without the name of a model.
    """
    if settings.engine != "auto":
        return settings.engine
    if settings.base_url:
        raise SettingsError("base_url needs a model; set engine to one it serves, such as openai:qwen3, or to local")
    return DEFAULT_MODEL if settings.api_key or os.environ.get("OPENAI_API_KEY") else LOCAL


def make_engine(settings: Settings) -> Engine:
    """Load the engine that ``settings`` choose.

    Raises:
        FactcheckError: a setting, prompt or model that cannot be used.
    """
    # The models' and the chat model's libraries take seconds to import; a run in which nothing has changed needs none.
    from factcheck.cache import AnswerCache
    from factcheck.cached import CachedEngine, keeping_opinions
    from factcheck.extraction.local import LocalExtractor
    from factcheck.local import LocalEngine
    from factcheck.models.encoder import Encoder
    from factcheck.models.nli import NliModel
    from factcheck.verification.local import LocalVerifier

    name = choose_engine(settings)
    encoder = Encoder(_embedded_ahead(settings.corpus, Encoder().name))
    verifier = LocalVerifier(NliModel(settings.nli), encoder)
    if name == LOCAL:
        local = LocalEngine(LocalExtractor(encoder), verifier, settings.min_confidence)
        return CachedEngine(local, AnswerCache(settings.store)) if settings.cache else local
    from factcheck.llm import Beside, LlmEngine

    models = f"{verifier.encoder.name}, {verifier.nli.name}"
    opinion: SecondOpinion = verifier.assess
    if settings.cache:
        opinion = keeping_opinions(opinion, AnswerCache(settings.store), models)
    beside = Beside(LocalExtractor(encoder).extract, opinion, verifier.agreement, verifier.nli.name)
    return LlmEngine(name, settings, beside)


def _embedded_ahead(corpus: Path, encoder: str) -> Ahead | None:
    """Return the vectors that came with the corpus; what is no such file is reported when the corpus is indexed."""
    from factcheck.corpus.readers import UnreadableError
    from factcheck.corpus.vector_file import VectorFile

    try:
        return VectorFile.find(corpus, encoder)
    except UnreadableError:
        return None
