"""Asking a chat model: schema-bound answers, many at a time, with retries, a budget, a cache and a tally."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import secrets
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from langchain_core import exceptions
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable
from langsmith import tracing_context
from pydantic import BaseModel, ValidationError

from factcheck.addresses import without_credentials
from factcheck.cache import AnswerCache
from factcheck.errors import ModelError
from factcheck.prompts import Prompt
from factcheck.records import Usage
from factcheck.settings import Settings

#: Times the provider's client repeats a call that met a 429, a 5xx, a time-out or a broken connection.
RETRIES = 4
#: Seconds that the client may wait before each of them, as a 429 may ask.
LONGEST_WAIT = 60.0

Answer = TypeVar("Answer", bound=BaseModel)

_STOPPED = {
    "length": "the answer was cut off at the model's length limit",
    "max_tokens": "the answer was cut off at the model's length limit",
    "content_filter": "the endpoint's content filter withheld the answer",
    "refusal": "the model refused to answer",
}
_REJECTED = "the endpoint rejected the request; check that it takes JSON schemas"
_LATE = "the endpoint did not answer in time; try later or raise the timeout"
_FAILED: dict[type[Exception], str] = {
    exceptions.ModelAuthenticationError: "the endpoint refused the key; check it",
    exceptions.ModelPermissionDeniedError: "the key may not use this model; check both",
    exceptions.ModelNotFoundError: "the endpoint does not know the model or the address; check --engine and base_url",
    exceptions.ModelRateLimitError: "the endpoint's rate limit or quota is used up; try later or lower --jobs",
    exceptions.ModelTimeoutError: _LATE,
    TimeoutError: _LATE,
    exceptions.ModelConnectionError: "the endpoint cannot be reached; check base_url and the network",
    exceptions.ModelAPIError: "the endpoint failed; try later",
    exceptions.ModelInvalidRequestError: _REJECTED,
}


class CallError(Exception):
    """A question that got no usable answer; the message is the reason that a report gives."""


class EndpointError(CallError):
    """A question that the endpoint did not answer at all."""


@dataclass(frozen=True)
class Question(Generic[Answer]):
    """A prompt, what fills it (the nonce comes from the model), and the schema of the answer."""

    prompt: Prompt
    variables: Mapping[str, str]
    schema: type[Answer]


class ChatModel:
    """A chat model of any LangChain provider, by its name, such as ``openai:gpt-5-mini``.

    Attributes:
        name: the provider and the model.
        endpoint: the address that sees what is asked.
        nonce: random characters that mark where data begins and ends, so that no data can pretend to.
    """

    def __init__(self, name: str, settings: Settings, repair: Prompt) -> None:
        """Set the model up, without calling it.

        Raises:
            ModelError: the provider is unknown, its package is missing, or it lacks a key.
        """
        self.name = name
        self.nonce = secrets.token_hex(6)
        self._settings = settings
        self._model = _connect(name, settings)
        self.endpoint = _endpoint(self._model, settings) or f"the default endpoint of {name.split(':')[0]}"
        self._repair = ChatPromptTemplate(repair.messages)
        self._cache = AnswerCache(settings.store) if settings.cache else None
        self._slots = asyncio.Semaphore(settings.jobs)
        self._price = settings.prices.get(name) or settings.prices.get(name.partition(":")[2])
        self._calls = self._under_way = self._input_tokens = self._output_tokens = 0

    @property
    def usage(self) -> Usage:
        """Calls made, tokens as the endpoint counted them, and their price if it is known."""
        cost = None
        if self._price:
            cost = round((self._input_tokens * self._price[0] + self._output_tokens * self._price[1]) / 1e6, 6)
        return Usage(
            llm_calls=self._calls, input_tokens=self._input_tokens, output_tokens=self._output_tokens, cost_usd=cost
        )

    def ask(self, questions: Sequence[Question[Answer]]) -> Iterator[tuple[int, Answer | CallError]]:
        """Ask all at once, as far as the settings allow; yield the index and answer of each as it is done.

        Equal questions are asked once. Closing the iterator, or Ctrl-C, drops the calls under way.
        """
        indexes = defaultdict(list)
        for index, question in enumerate(questions):
            indexes[self._key(question)].append(index)
        calls = {
            asyncio.run_coroutine_threadsafe(self._answer(key, questions[same[0]]), _loop()): same
            for key, same in indexes.items()
        }
        return _collect(calls)

    def _key(self, question: Question[Answer]) -> str:
        asked = [
            self.name,
            self.endpoint,
            question.prompt.sha256,
            {name: value.replace(self.nonce, "nonce") for name, value in question.variables.items()},
            _json_schema(question.schema),
        ]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()

    async def _answer(self, key: str, question: Question[Answer]) -> Answer | CallError:
        # The disk is waited for in a thread: other calls go on meanwhile.
        if self._cache and (kept := await asyncio.to_thread(self._cache.get, key)):
            with suppress(ValidationError):  # a damaged answer is asked for again
                return question.schema.model_validate_json(kept)
        try:
            async with self._slots:
                answer = await self._call(question)
        except CallError as error:
            return error
        if self._cache:
            await asyncio.to_thread(self._cache.put, key, answer.model_dump_json())
        return answer

    async def _call(self, question: Question[Answer]) -> Answer:
        prompt = ChatPromptTemplate([*question.prompt.messages, ("placeholder", "{repair}")])
        chain = prompt | self._model.with_structured_output(
            _json_schema(question.schema), method="json_schema", strict=True, include_raw=True
        )
        repair: list[BaseMessage] = []
        for _ in range(2):
            message = await self._invoke(chain, {**question.variables, "nonce": self.nonce, "repair": repair})
            try:
                return _parse(message, question.schema)
            except ValidationError as error:
                repair = [message, *self._repair.format_messages(problem=_problem(error))]
        raise CallError("the model's answer did not fit the schema, nor did its second try")

    async def _invoke(self, chain: Runnable[dict[str, Any], Any], variables: dict[str, Any]) -> AIMessage:
        self._check_budget()
        self._calls += 1
        self._under_way += 1
        try:
            # The draft goes to the endpoint that the user was told of, and to no tracing service.
            with tracing_context(enabled=False):
                # The client's own time-out is for silence: an answer may drip in for ever.
                async with asyncio.timeout((RETRIES + 1) * self._settings.timeout + RETRIES * LONGEST_WAIT):
                    message: AIMessage = (await chain.ainvoke(variables))["raw"]
        except Exception as error:  # each provider's package raises types of its own
            if usage := getattr(getattr(error, "completion", None), "usage", None):  # paid for, although cut off
                self._count(usage.prompt_tokens, usage.completion_tokens)
            raise _explained(error) from None  # a provider's message may repeat the key
        finally:
            self._under_way -= 1
        if usage := message.usage_metadata:
            self._count(usage["input_tokens"], usage["output_tokens"])
        return message

    def _count(self, input_tokens: object, output_tokens: object) -> None:
        self._input_tokens += _tokens(input_tokens)
        self._output_tokens += _tokens(output_tokens)

    def _check_budget(self) -> None:
        """Refuse a call where the calls so far, and those under way if they are like them, use the budget up."""
        most, usage = self._settings, self.usage
        likely = self._calls / max(1, self._calls - self._under_way)
        if most.max_tokens and likely * (usage.input_tokens + usage.output_tokens) >= most.max_tokens:
            raise CallError(f"not asked, since the budget of {most.max_tokens:,} tokens is used up; raise --max-tokens")
        if most.max_cost and likely * (usage.cost_usd or 0) >= most.max_cost:
            raise CallError(f"not asked, since the budget of ${most.max_cost:g} is used up; raise --max-cost")


@cache
def _json_schema(kind: type[BaseModel]) -> dict[str, Any]:
    return kind.model_json_schema()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop of all calls, in a thread of its own: clients keep connections, which belong to one loop."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat", daemon=True).start()
    return loop


def _collect(calls: Mapping[Future[Answer | CallError], list[int]]) -> Iterator[tuple[int, Answer | CallError]]:
    try:
        for call in as_completed(calls):
            for index in calls[call]:
                yield index, call.result()
    finally:
        for call in calls:
            call.cancel()


def _tokens(told: object) -> int:
    """Return a count of tokens; what an endpoint tells in place of one is none, and must not give budget back."""
    return max(0, told) if isinstance(told, int) else 0


def _connect(name: str, settings: Settings) -> BaseChatModel:
    from langchain.chat_models import init_chat_model  # slow to import, and not needed by the local engine

    options: dict[str, Any] = {"timeout": settings.timeout, "max_retries": RETRIES}
    if settings.base_url:
        options["base_url"] = settings.base_url
    if settings.api_key:
        options["api_key"] = settings.api_key.get_secret_value()
    elif name.startswith("openai:") and not os.environ.get("OPENAI_API_KEY") and _is_elsewhere(settings):
        options["api_key"] = "none"  # the client insists on one, a local server does not
    try:
        model: BaseChatModel = init_chat_model(name, **options)
        # Reasoning models take no temperature; the others are to repeat themselves.
        if (model.profile or {}).get("temperature", True):
            model = init_chat_model(name, temperature=0, **options)
    except ImportError as error:
        raise ModelError(f"{name} needs a package that is not installed: {str(error).splitlines()[0]}") from error
    except Exception as error:  # whatever the provider's package raises
        raise ModelError(
            f"the chat model {name!r} cannot be set up ({type(error).__name__}); name it provider:model, such as "
            "openai:gpt-5-mini, and set the provider's key (OPENAI_API_KEY) or base_url"
        ) from None
    return model


def _is_elsewhere(settings: Settings) -> bool:
    return bool(settings.base_url or os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_BASE"))


def _endpoint(model: BaseChatModel, settings: Settings) -> str | None:
    """Return the address the model's client calls, or is to call, without what may be secret; None if neither tells."""
    client = getattr(model, "root_async_client", None)
    address = settings.base_url if client is None else str(client.base_url)
    return urlsplit(without_credentials(address))._replace(query="").geturl().rstrip("/") if address else None


def _parse(message: AIMessage, schema: type[Answer]) -> Answer:
    """Read an answer, strictly: LangChain's own parser completes JSON that was cut off.

    Raises:
        ValidationError: it does not fit the schema.
        CallError: the model refused or was stopped.
    """
    if message.additional_kwargs.get("refusal"):
        raise CallError(_STOPPED["refusal"])
    metadata = message.response_metadata
    ended = str(metadata.get("finish_reason") or metadata.get("stop_reason") or metadata.get("done_reason")).lower()
    if ended in _STOPPED:
        raise CallError(_STOPPED[ended])
    if message.tool_calls:
        return schema.model_validate(message.tool_calls[0]["args"])
    return schema.model_validate_json(message.text)


def _problem(error: ValidationError) -> str:
    """Say what is wrong with an answer, in our words and the names of our schema only."""
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(map(str, first["loc"])) or "the JSON"
    return f"{where}: {first['type'].replace('_', ' ')}"


def _explained(error: Exception) -> CallError:
    """Turn what a provider raised into a reason for the report; its own message stays out, being untrusted."""
    from openai import ContentFilterFinishReasonError, LengthFinishReasonError  # slow to import

    if isinstance(error, LengthFinishReasonError):
        return CallError(_STOPPED["length"])
    if isinstance(error, ContentFilterFinishReasonError):
        return CallError(_STOPPED["content_filter"])
    if isinstance(error, exceptions.ContextOverflowError):
        return CallError("the text is longer than the model can read; lower --passages or take another model")
    status = getattr(error, "status_code", None)
    otherwise = _REJECTED if status else f"the endpoint's answer could not be read ({type(error).__name__})"
    reason = next((reason for kind, reason in _FAILED.items() if isinstance(error, kind)), otherwise)
    return EndpointError(f"{reason} (HTTP {status})" if status else reason)
