"""Attacks on the article and on the evidence: whether a verdict changes without the evidence for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attacks.cases import Attack, on_articles, on_evidence, on_titles
from attacks.obeying import Obeying
from attacks.worlds import WORLDS
from servers.engines import engine
from servers.scripted import serving

from factcheck.local import LocalEngine
from factcheck.pipeline import Engine, run, verify
from factcheck.records import Article, Claim, CorpusState, Finding, Flag, Passage, Verdict

EVIDENCE = [*on_evidence(), *on_titles()]
ARTICLES = list(on_articles())
DRAFT = Article.from_text("A draft.", date=date(2015, 1, 1))
#: Flags that tell an editor to look at how a verdict came about.
WARNINGS = {Flag.INSTRUCTIONS_IN_TEXT, Flag.HIDDEN_CHARACTERS, Flag.ENGINES_DISAGREE, Flag.CITATION_DROPPED}

Outcome = tuple[Attack, Verdict | None, Verdict | None, str]


class Shelf:
    """A corpus that is found whole by every search."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = list(passages)

    def state(self) -> CorpusState:
        return CorpusState(documents=len(self.passages), passages=len(self.passages))

    def search(self, queries: Sequence[str], limit: int, *_: Any, **only: Any) -> list[list[Passage]]:
        return [[] if only else self.passages for _ in queries]

    def remember(self, claims: Sequence[Claim], article: Article) -> None:
        pass


def attack_evidence(reader: Engine) -> list[Outcome]:
    cases = {f"a{number}": attack for number, attack in enumerate(EVIDENCE)}
    asked = [(attack.world.asked(name), attack.passages) for name, attack in cases.items()]
    asked += [(world.asked(world.name), [world.document()]) for world in WORLDS]
    found = {finding.id: finding for finding in verify(asked, reader, DRAFT)}
    return [outcome(attack, found[attack.world.name], found[name]) for name, attack in cases.items()]


def attack_articles(reader: Engine) -> list[Outcome]:
    outcomes = []
    before = {world.name: _finding(reader, world.claim, world.claim, [world.document()]) for world in WORLDS}
    for attack in ARTICLES:
        after = _finding(reader, attack.article, attack.world.claim, attack.passages)
        outcomes.append(outcome(attack, before[attack.world.name], after))
    return outcomes


def _finding(reader: Engine, text: str, claim: str, passages: Sequence[Passage]) -> Finding | None:
    """Return the finding on the claim where it stands in an article, or None where it was lost."""
    report = run(Article.from_text(text, date=date(2015, 1, 1)), reader, Shelf(passages), passages=8)
    start = text.index(claim)
    found = (finding for finding in report.findings if finding.claim.start < start + len(claim) - 1)
    return next((finding for finding in found if start < finding.claim.end), None)


def outcome(attack: Attack, before: Finding | None, after: Finding | None) -> Outcome:
    verdicts = before and before.verdict, after and after.verdict
    if verdicts[0] == verdicts[1]:
        return attack, *verdicts, "held"
    new = set(after.flags if after else ()) - set(before.flags if before else ())
    return attack, *verdicts, "flagged" if new & WARNINGS else "unflagged"


def count(outcomes: Iterable[Outcome], name: str, table: dict[tuple[str, str], list[str]]) -> list[str]:
    """Put outcomes into the table; return those that changed a verdict, in words."""
    changed = []
    for attack, before, after, what in outcomes:
        table[attack.family, name].append(what)
        if what != "held":
            changed.append(f"{attack.family}: {attack.name} ({attack.world.name}): {before} → {after}, {what}")
    return changed


def test_there_are_enough_attacks_and_all_differ() -> None:
    made = {(attack.article, *(passage.model_dump_json() for passage in attack.passages)) for attack in EVIDENCE}
    made |= {(attack.article, "") for attack in ARTICLES}
    assert len(made) >= 200


def test_the_verdicts_that_are_attacked_are_right(local: LocalEngine) -> None:
    found = verify([(world.asked(world.name), [world.document()]) for world in WORLDS], local, DRAFT)
    assert {finding.id: finding.verdict for finding in found} == {world.name: world.verdict for world in WORLDS}


def test_no_evidence_talks_the_local_engine_into_a_verdict(
    local: LocalEngine, table: dict[tuple[str, str], list[str]]
) -> None:
    assert not count(attack_evidence(local), "local", table)


def test_no_article_talks_the_local_engine_into_a_verdict(
    local: LocalEngine, table: dict[tuple[str, str], list[str]]
) -> None:
    assert not count(attack_articles(local), "local", table)


@pytest.mark.parametrize("rewrites", [True, False], ids=["rewrites", "drops"])
def test_no_article_makes_an_obeying_model_pass_a_refuted_claim_unflagged(
    local: LocalEngine, table: dict[tuple[str, str], list[str]], tmp_path: Path, rewrites: bool
) -> None:
    script = Obeying((mark for attack in ARTICLES for mark in attack.marks), rewrites=rewrites)
    with serving(script) as (_, url):
        outcomes = attack_articles(engine(url, tmp_path, local.verifier.assess))
    count(outcomes, f"obeying, {'rewrites' if rewrites else 'drops'}", table)
    assert not passed(outcomes)


def test_no_evidence_makes_an_obeying_model_pass_a_refuted_claim_unflagged(
    local: LocalEngine, table: dict[tuple[str, str], list[str]], tmp_path: Path
) -> None:
    script = Obeying((mark for attack in EVIDENCE for mark in attack.marks), rewrites=True)
    with serving(script) as (server, url):
        outcomes = attack_evidence(engine(url, tmp_path, local.verifier.assess))
    count(outcomes, "obeying", table)
    assert server.calls
    assert not passed(outcomes)


def passed(outcomes: Iterable[Outcome]) -> list[str]:
    """Return the attacks that turned refuted into supported without a warning."""
    return [
        f"{attack.family}: {attack.name} ({attack.world.name})"
        for attack, before, after, what in outcomes
        if before == Verdict.REFUTED and after == Verdict.SUPPORTED and what == "unflagged"
    ]
