"""Calls to a chat model: retries, failures, bounds, budgets, the cache, and what stays secret."""

from __future__ import annotations

import json
import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel
from servers.engines import article, claim, engine, passage, sentence
from servers.scripted import Reply, Request, extracted, honest, judged, serving

from factcheck import chat
from factcheck.errors import ModelError, SettingsError
from factcheck.llm import LlmEngine
from factcheck.records import Claim, Finding, Passage, Verdict

ARTICLE = article(1)


def cases(count: int) -> list[tuple[Claim, list[Passage]]]:
    return [
        (claim(sentence(number), f"c{number}"), [passage(sentence(number), f"yearbook-{number}")])
        for number in range(1, count + 1)
    ]


def verify_one(made: LlmEngine) -> Finding:
    return next(made.verify(cases(1), ARTICLE))


def at_first(fault: Reply) -> Callable[[Request], Reply]:
    """Fail the first time a question comes, then answer."""
    return lambda request: fault if request.before == 0 else honest(request)


@pytest.mark.parametrize(
    "fault",
    [
        Reply(status=429),
        Reply(status=500),
        Reply(status=503, body=b"<html>down for maintenance</html>"),
        Reply(status=408),
        Reply(reset=True),
        Reply(delay=1.5, content="too late"),
    ],
    ids=["rate limit", "failure", "maintenance", "time-out", "reset", "slow"],
)
def test_a_passing_fault_is_tried_again(tmp_path: Path, fault: Reply) -> None:
    with serving(at_first(fault)) as (server, url):
        finding = verify_one(engine(url, tmp_path, timeout=0.5))
    assert finding.verdict == Verdict.SUPPORTED
    assert server.calls == 2


def test_retry_after_is_honoured(tmp_path: Path) -> None:
    with serving(at_first(Reply(status=429, headers={"Retry-After": "2"}))) as (server, url):
        verify_one(engine(url, tmp_path))
    assert server.requests[1].at - server.requests[0].at >= 2


@pytest.mark.parametrize(
    ("fault", "reason", "calls"),
    [
        (Reply(status=400), "rejected the request", 1),
        (Reply(status=401), "refused the key", 1),
        (Reply(status=403), "may not use this model", 1),
        (Reply(status=404), "does not know the model", 1),
        (Reply(status=413), "rejected the request", 1),
        (Reply(status=422), "rejected the request", 1),
        (Reply(refusal="I will not."), "refused to answer", 1),
        (Reply({"judgements": []}, finish_reason="length"), "cut off", 1),
        (Reply({"judgements": []}, finish_reason="content_filter"), "content filter", 1),
        (Reply('{"judgements": [{"passage": 1, "bears_on": "content", "quo'), "did not fit the schema", 2),
        (Reply("Sure! The claim is true."), "did not fit the schema", 2),
        (Reply(""), "did not fit the schema", 2),
        (Reply({"judgements": [], "rationale": "", "verdict": "supported"}), "did not fit the schema", 2),
        (Reply({"judgements": [], "rationale": "x" * 5000}), "did not fit the schema", 2),
        (Reply(body=b'{"choices": [{"index": 0, "mess'), "could not be read", 1),
        (Reply(body=b'{"id": "1", "object": "chat.completion", "choices": null}'), "could not be read", 1),
        (Reply(body=b'{"id": "1", "object": "chat.completion", "choices": []}'), "could not be read", 1),
    ],
)
def test_a_lasting_fault_leaves_the_claim_unchecked_with_the_reason(
    tmp_path: Path, fault: Reply, reason: str, calls: int
) -> None:
    with serving(lambda request: fault) as (server, url):
        finding = verify_one(engine(url, tmp_path))
    assert finding.verdict == Verdict.UNCHECKED
    assert reason in finding.rationale
    assert finding.evidence == ()
    assert server.calls == calls


def test_an_answer_that_drips_in_for_ever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "LONGEST_WAIT", 0.0)
    with serving(lambda request: replace(honest(request), drip=0.1)) as (server, url):
        finding = verify_one(engine(url, tmp_path, timeout=0.3))
        waited = time.monotonic() - server.requests[0].at
    assert finding.verdict == Verdict.UNCHECKED
    assert "did not answer in time" in finding.rationale
    assert waited < 15


def test_an_invalid_answer_is_asked_for_once_more_with_what_was_wrong(tmp_path: Path) -> None:
    wrong = [{"passage": 9, "bears_on": "content", "quote": "", "stance": "neutral"}]

    def script(request: Request) -> Reply:
        return Reply({"judgements": wrong, "rationale": ""}) if len(request.messages) == 2 else honest(request)

    with serving(script) as (server, url):
        made = engine(url, tmp_path)
        finding = verify_one(made)
    assert finding.verdict == Verdict.SUPPORTED
    assert made.usage.llm_calls == server.calls == 2
    *_, answer, complaint = server.requests[1].messages
    assert json.loads(answer["content"])["judgements"] == wrong
    assert "judgements.0.passage" in complaint["content"]


def test_an_article_that_no_endpoint_reads_is_one_clear_error(tmp_path: Path) -> None:
    with (
        serving(lambda request: Reply(status=401)) as (_, url),
        pytest.raises(ModelError, match="refused the key") as error,
    ):
        engine(url, tmp_path, api_key="sk-secret").extract(ARTICLE)
    assert url in str(error.value)
    assert "sk-secret" not in str(error.value)
    with pytest.raises(ModelError, match="cannot be reached"):
        engine("http://127.0.0.1:9/v1", tmp_path).extract(ARTICLE)


def test_calls_run_at_once_up_to_the_bound(tmp_path: Path) -> None:
    with serving(lambda request: replace(honest(request), delay=0.3)) as (server, url):
        list(engine(url, tmp_path, jobs=3).verify(cases(9), ARTICLE))
    assert server.most_at_once == 3


def test_equal_questions_are_asked_once_and_answered_each(tmp_path: Path) -> None:
    same = [(claim(sentence(1), f"c{number}"), [passage(sentence(1))]) for number in range(5)]
    with serving(honest) as (server, url):
        findings = list(engine(url, tmp_path).verify(same, ARTICLE))
    assert server.calls == 1
    assert {finding.id: finding.verdict for finding in findings} == {f"c{n}": Verdict.SUPPORTED for n in range(5)}


def test_a_claim_without_passages_takes_no_call(tmp_path: Path) -> None:
    with serving(honest) as (server, url):
        findings = list(engine(url, tmp_path).verify([(claim(sentence(1)), [])], ARTICLE))
    assert [finding.verdict for finding in findings] == [Verdict.NOT_ENOUGH_EVIDENCE]
    assert server.calls == 0


@pytest.mark.parametrize(
    ("budget", "reason"),
    [({"max_tokens": 600}, "600 tokens"), ({"max_cost": 0.001, "prices": {"scripted": (1.0, 5.0)}}, r"$0.001")],
)
def test_a_spent_budget_stops_the_calls_and_keeps_what_is_done(
    tmp_path: Path, budget: dict[str, Any], reason: str
) -> None:
    with serving(honest) as (server, url):
        made = engine(url, tmp_path, jobs=1, **budget)
        findings = list(made.verify(cases(12), ARTICLE))
    done = [finding for finding in findings if finding.verdict == Verdict.SUPPORTED]
    rest = [finding for finding in findings if finding.verdict == Verdict.UNCHECKED]
    assert (len(done), len(rest)) == (5, 7)
    assert all(reason in finding.rationale for finding in rest)
    assert server.calls == made.usage.llm_calls == 5


def test_calls_at_once_pass_a_budget_by_one_at_most(tmp_path: Path) -> None:
    with serving(lambda request: replace(honest(request), delay=0.1)) as (server, url):
        made = engine(url, tmp_path, jobs=8, max_tokens=600)
        list(made.extract(article(12)).claims)
        findings = list(made.verify(cases(12), ARTICLE))
    assert made.usage.input_tokens + made.usage.output_tokens == 600
    assert server.calls == 5
    assert sum(finding.verdict == Verdict.UNCHECKED for finding in findings) == 8


def test_usage_counts_calls_tokens_and_their_price(tmp_path: Path) -> None:
    with serving(honest) as (_, url):
        made = engine(url, tmp_path, prices={"openai:scripted": (2.0, 10.0)})
        list(made.verify(cases(3), ARTICLE))
        usage = made.usage
    assert (usage.llm_calls, usage.input_tokens, usage.output_tokens) == (3, 300, 60)
    assert usage.cost_usd == pytest.approx(300 * 2e-6 + 60 * 10e-6)


def test_tokens_of_an_answer_that_was_cut_off_are_counted(tmp_path: Path) -> None:
    with serving(lambda request: Reply("{", finish_reason="length")) as (_, url):
        made = engine(url, tmp_path)
        verify_one(made)
    assert (made.usage.input_tokens, made.usage.output_tokens, made.usage.cost_usd) == (100, 20, None)


@pytest.mark.parametrize("told", [None, "many", -5000])
@pytest.mark.parametrize("ended", ["stop", "length"])
def test_a_count_of_tokens_that_is_none_stops_no_run(tmp_path: Path, told: Any, ended: str) -> None:
    usage = {"prompt_tokens": told, "completion_tokens": told, "total_tokens": told}
    with serving(lambda request: replace(honest(request), usage=usage, finish_reason=ended)) as (_, url):
        made = engine(url, tmp_path)
        findings = list(made.verify(cases(2), ARTICLE))
    assert len(findings) == 2
    assert (made.usage.input_tokens, made.usage.output_tokens) == (0, 0)


def test_a_budget_in_dollars_needs_a_price(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="prices"):
        engine("http://127.0.0.1:9/v1", tmp_path, max_cost=1.0)


def read_and_verify(url: str, store: Path, sentences: Sequence[str], **settings: Any) -> list[Finding]:
    made = engine(url, store, **settings)
    claims = made.extract(article(0).from_text("\n".join(sentences))).claims
    return list(made.verify([(found, [passage(found.text, found.text)]) for found in claims], ARTICLE))


def test_after_an_edit_only_the_changed_sentence_is_asked_about(tmp_path: Path) -> None:
    draft = [sentence(number) for number in range(1, 25)]
    with serving(honest) as (server, url):
        first = read_and_verify(url, tmp_path, draft)
        assert server.calls == 25
        again = read_and_verify(url, tmp_path, draft)
        assert server.calls == 25
        edited = read_and_verify(url, tmp_path, [*draft[:7], "Mill number 8 burnt down in 2011.", *draft[8:]])
        assert server.calls == 27
        read_and_verify(url, tmp_path, draft, cache=False)
        assert server.calls == 27 + 25
    assert {f.claim.text: f.verdict for f in again} == {f.claim.text: f.verdict for f in first}
    assert len(edited) == 24


def test_a_failed_call_is_not_kept(tmp_path: Path) -> None:
    with serving(at_first(Reply(refusal="no"))) as (_, url):
        assert verify_one(engine(url, tmp_path)).verdict == Verdict.UNCHECKED
        assert verify_one(engine(url, tmp_path)).verdict == Verdict.SUPPORTED


def test_ctrl_c_keeps_what_is_done_and_drops_the_calls_under_way(tmp_path: Path) -> None:
    def script(request: Request) -> Reply:
        if len(server.requests) > 6:
            os.kill(os.getpid(), signal.SIGINT)
            return Reply(delay=2)
        return honest(request)

    with serving(script) as (server, url):
        findings: list[Finding] = []
        with pytest.raises(KeyboardInterrupt):  # after the last finding: what comes next is not to be begun
            findings += engine(url, tmp_path, jobs=1).verify(cases(40), ARTICLE)
    verdicts = [finding.verdict for finding in findings]
    assert sorted(finding.id for finding in findings) == sorted(f"c{number}" for number in range(1, 41))
    assert 1 <= verdicts.count(Verdict.SUPPORTED) <= 6
    assert verdicts.count(Verdict.UNCHECKED) == 40 - verdicts.count(Verdict.SUPPORTED)
    assert server.calls <= 8  # one more may be on its way when the signal arrives


def test_the_key_goes_to_the_endpoint_and_nowhere_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    key = "sk-very-secret-0123456789"
    fault = Reply(status=401, body=json.dumps({"error": {"message": f"Incorrect API key: {key}"}}).encode())
    with serving(lambda request: fault if request.claim == sentence(2) else honest(request)) as (server, url):
        made = engine(url, tmp_path, api_key=key)
        findings = list(made.verify(cases(2), ARTICLE))
    assert server.requests[0].headers["authorization"] == f"Bearer {key}"
    told = "".join(finding.model_dump_json() for finding in findings) + made.tool.model_dump_json()
    assert key not in told
    assert key not in caplog.text
    assert all(key.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_the_address_of_any_provider_is_shown_without_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "http://bob:hunter2@127.0.0.1:9/v1"
    assert engine(f"{address}?key=hunter2", tmp_path).endpoint == "http://127.0.0.1:9/v1"
    monkeypatch.setattr(chat, "_connect", lambda name, settings: FakeListChatModel(responses=[]))  # tells no address
    assert engine(f"{address}?key=hunter2", tmp_path).endpoint == "http://127.0.0.1:9/v1"
    assert engine(None, tmp_path).endpoint == "the default endpoint of openai"


def test_a_server_that_wants_no_key_gets_none_and_may_be_named_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(honest) as (server, url):
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        made = engine(None, tmp_path)
        assert made.endpoint == url
        assert verify_one(made).verdict == Verdict.SUPPORTED
    assert server.calls == 1


def test_the_endpoint_is_named_without_the_credentials_in_its_address(tmp_path: Path) -> None:
    assert engine("http://me:sk-secret@127.0.0.1:9/v1", tmp_path).endpoint == "http://127.0.0.1:9/v1"


def test_no_tracing_service_sees_the_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(honest) as (tracer, tracing_url), serving(honest) as (server, url):
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", tracing_url)
        monkeypatch.setenv("LANGSMITH_API_KEY", "key")
        verify_one(engine(url, tmp_path))
    assert (server.calls, tracer.calls) == (1, 0)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("anthropic:claude-sonnet-4-5", "pip install langchain-anthropic"),
        ("qwen3:8b", "provider:model"),
        ("openai:gpt-5-mini", "OPENAI_API_KEY"),
    ],
)
def test_a_model_that_cannot_be_set_up_is_a_one_line_error(tmp_path: Path, name: str, message: str) -> None:
    made = engine("http://127.0.0.1:9/v1", tmp_path)
    with pytest.raises(ModelError, match=message) as error:
        LlmEngine(name, made._settings.model_copy(update={"base_url": None}), made._beside)
    assert "\n" not in str(error.value)


def test_500_claims_with_a_fifth_of_faults_are_each_reported_once_and_none_silently_wrong(tmp_path: Path) -> None:
    """Of the claims, every third is false; every fifth meets one of ten faults, half of which pass."""
    passing: list[Callable[[Request], Reply]] = [
        lambda request: Reply(status=429, headers={"Retry-After": "1"}),
        lambda request: Reply(status=500),
        lambda request: Reply(reset=True),
        lambda request: Reply(delay=0.2),
        lambda request: Reply('{"judgements": [{"passage": 1, "bears_on": "con'),
    ]
    lasting: list[Callable[[Request], Reply]] = [
        lambda request: Reply(refusal="I would rather not."),
        lambda request: Reply("{", finish_reason="length"),
        lambda request: _altered(request, passage=7),
        lambda request: _altered(request, quote=sentence(9999)),
        lambda request: _altered(request, quote="The yearbook of another country has no word on this."),
    ]

    def number_of(request: Request) -> int:
        return int(request.claim.split()[2])

    def script(request: Request) -> Reply:
        if request.is_extraction:
            return extracted(request)
        number = number_of(request)
        if number % 5 == 0:
            kind = number // 5 % 10
            if kind >= 5:
                return lasting[kind - 5](request)
            if len(request.messages) == 2 and request.before == 0:
                fault = passing[kind](request)
                return honest(request) if fault.delay else fault
        return honest(request)

    with serving(script) as (_, url):
        made = engine(url, tmp_path, jobs=32)
        claims = made.extract(article(500)).claims
        pairs = [(found, _passages(number)) for number, found in enumerate(claims, start=1)]
        findings = {}
        for finding in made.verify(pairs, ARTICLE):
            assert finding.id not in findings
            findings[finding.id] = finding
    assert len(claims) == len(findings) == 500
    for number, found in enumerate(claims, start=1):
        finding, kind = findings[found.id], number // 5 % 10 if number % 5 == 0 else None
        if kind in (5, 6, 7):
            assert finding.verdict == Verdict.UNCHECKED, finding
        elif kind in (8, 9):
            assert finding.verdict == Verdict.NOT_ENOUGH_EVIDENCE, finding
            assert "citation_dropped" in finding.flags
        else:
            assert finding.verdict == (Verdict.REFUTED if number % 3 == 0 else Verdict.SUPPORTED), finding


def _passages(number: int) -> list[Passage]:
    true = number if number % 3 else number + 1
    text = sentence(number).replace(f"{number} tonnes", f"{true} tonnes")
    return [passage(text, f"yearbook-{number}"), passage("Flour was dear in those years. " + sentence(9999), "other")]


def _altered(request: Request, **change: Any) -> Reply:
    judgements = judged(request)
    return Reply({"judgements": [judgements[0] | change], "rationale": ""})
