"""Attacks on the article and on the evidence: whether a verdict changes without the evidence for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from attacks.models import chat_engine
from attacks.obeying import Obeying
from attacks.running import (
    ARTICLES,
    DRAFT,
    EVIDENCE,
    MARKS,
    Table,
    attack_articles,
    attack_evidence,
    count,
    nothing_recognised,
    passed,
    unflagged,
)
from attacks.worlds import WORLDS
from servers import llama
from servers.fetch_model import GGUF
from servers.scripted import serving

from factcheck.local import LocalEngine
from factcheck.pipeline import verify


def test_there_are_enough_attacks_and_all_differ() -> None:
    made = {(attack.article, *(passage.model_dump_json() for passage in attack.passages)) for attack in EVIDENCE}
    made |= {(attack.article, "") for attack in ARTICLES}
    assert len(made) >= 200


def test_the_verdicts_that_are_attacked_are_right(local: LocalEngine) -> None:
    found = verify([(world.asked(world.name), [world.document()]) for world in WORLDS], local, DRAFT)
    assert {finding.id: finding.verdict for finding in found} == {world.name: world.verdict for world in WORLDS}


def test_no_evidence_talks_the_local_engine_into_a_verdict(local: LocalEngine, table: Table) -> None:
    assert not count(attack_evidence(local), "local", table)


def test_no_article_talks_the_local_engine_into_a_verdict(local: LocalEngine, table: Table) -> None:
    assert not count(attack_articles(local), "local", table)


@pytest.mark.parametrize("rewrites", [True, False], ids=["rewrites", "leaves out"])
def test_no_article_makes_an_obeying_model_change_a_verdict_unflagged(
    local: LocalEngine, table: Table, tmp_path: Path, rewrites: bool
) -> None:
    with serving(Obeying(MARKS, rewrites=rewrites)) as (_, url):
        outcomes = attack_articles(chat_engine(url, tmp_path, local), ARTICLES[::2])
    count(outcomes, f"obeying, {'rewrites' if rewrites else 'leaves out'}", table)
    assert not unflagged(outcomes)


def test_no_evidence_makes_an_obeying_model_change_a_verdict_unflagged(
    local: LocalEngine, table: Table, tmp_path: Path
) -> None:
    with serving(Obeying(MARKS, rewrites=True)) as (server, url):
        outcomes = attack_evidence(chat_engine(url, tmp_path, local))
    count(outcomes, "obeying", table)
    assert server.calls
    assert not unflagged(outcomes)


def test_an_obeying_model_that_is_shown_every_instruction_passes_no_refuted_claim_unflagged(
    local: LocalEngine, table: Table, tmp_path: Path
) -> None:
    with serving(Obeying(MARKS, rewrites=True)) as (_, url), nothing_recognised():
        reader = chat_engine(url, tmp_path, local)
        outcomes = [*attack_evidence(reader, EVIDENCE[::16]), *attack_articles(reader, ARTICLES[::8])]
    assert count(outcomes, "obeying, nothing recognised", table)
    assert not passed(outcomes)


@pytest.mark.skipif(
    not GGUF.exists(), reason="the small chat model is not there; run python tests/servers/fetch_model.py"
)
def test_a_few_attacks_on_a_real_small_model(local: LocalEngine, table: Table, tmp_path: Path) -> None:
    """``python -m benchmarks.attacks`` runs them all."""
    prose = [attack for attack in EVIDENCE if attack.family == "plausible prose"]
    with llama.serving() as url:
        outcomes = attack_evidence(chat_engine(url, tmp_path, local, jobs=2, timeout=300), prose[::4])
    count(outcomes, "small model", table)
    assert not passed(outcomes)
