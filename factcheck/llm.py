"""The engine of a chat model, with the embedded NLI model for a second opinion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from factcheck import __version__
from factcheck.chat import ChatModel
from factcheck.errors import SettingsError
from factcheck.extraction.llm import extract
from factcheck.pipeline import Case
from factcheck.prompts import load_prompts
from factcheck.records import Article, Extraction, Finding, Tool, Usage
from factcheck.settings import Settings
from factcheck.verification.llm import Agreement, SecondOpinion, verify


class Beside(NamedTuple):
    """What reads beside the chat model, and so takes no orders from a text.

    Attributes:
        find_claims: finds the claims of an article, such as ``LocalExtractor.extract``.
        second_opinion: finds evidence, such as ``LocalVerifier.assess``.
        agreement: tells how likely a quote takes a stance, such as ``LocalVerifier.agreement``.
        model: name of the model behind them, for the report.
    """

    find_claims: Callable[[Article], Extraction]
    second_opinion: SecondOpinion
    agreement: Agreement
    model: str


class LlmEngine:
    """Extracts and verifies with a chat model; fulfils ``pipeline.Engine``."""

    def __init__(self, name: str, settings: Settings, beside: Beside) -> None:
        """Set the engine up without calling the model.

        Args:
            name: provider and model, such as ``openai:gpt-5-mini``.
            settings: endpoint, key, prompts, bounds and budgets.
            beside: what reads beside the chat model.

        Raises:
            ModelError: the chat model cannot be set up.
            PromptError: a prompt is missing or does not fit.
            SettingsError: a budget in dollars for a model without a known price.
        """
        self._settings, self._beside = settings, beside
        self._prompts = load_prompts(settings.prompts)
        self._model = ChatModel(name, settings, self._prompts["repair"])
        if settings.max_cost and self._model.usage.cost_usd is None:
            raise SettingsError(f"max_cost needs the price of {name}; give it under [prices] in factcheck.toml")

    @property
    def endpoint(self) -> str | None:
        """The address that sees the draft."""
        return self._model.endpoint

    @property
    def tool(self) -> Tool:
        """Name both models and the prompts' digests."""
        return Tool(
            version=__version__,
            engine=self._model.name,
            model=f"{self._model.name}, {self._beside.model}",
            prompts={prompt.name: prompt.sha256 for prompt in self._prompts.values()},
        )

    @property
    def usage(self) -> Usage:
        """Calls, tokens and cost so far."""
        return self._model.usage

    def extract(self, article: Article) -> Extraction:
        """Find the claims; see ``extraction.llm.extract``."""
        beside = self._beside
        return extract(article, self._model, self._prompts["extract"], beside.find_claims, beside.agreement)

    def verify(self, cases: Sequence[Case], article: Article) -> Iterator[Finding]:
        """Yield a finding for each case as it is done; see ``verification.llm.verify``."""
        return verify(
            cases,
            self._model,
            self._prompts["verify"],
            self._beside.second_opinion,
            self._beside.agreement,
            article_date=article.date,
            min_confidence=self._settings.min_confidence,
        )
