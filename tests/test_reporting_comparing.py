import json
from pathlib import Path

import pytest
from reporting_examples import (
    ABSTAINED,
    HARBOUR,
    RESOLUTION,
    VOTE,
    claim,
    evidence,
    hostile_report,
    pier_report,
    report,
    vote_report,
)

from factcheck.records import Finding, Flag, Stance, Verdict
from factcheck.reporting.comparing import compare, failing, reasons, render
from factcheck.reporting.trail import Action, Decision, fingerprint

HOSTILE = json.loads((Path(__file__).parent / "data/reporting/hostile.json").read_text())


def found(quote: str, verdict: Verdict, text: str | None = None, **rest) -> Finding:
    return Finding(
        id=f"f{quote}", claim=claim(f"c{quote}", quote, text), verdict=verdict, confidence=0.9, rationale="Why.", **rest
    )


def texts(findings) -> list[str]:
    return [finding.claim.text for finding in findings]


def test_a_report_against_itself_differs_in_nothing():
    difference = compare(vote_report(), vote_report())
    assert texts(difference.unchanged) == texts(vote_report().findings)
    assert not (difference.added or difference.changed or difference.resolved or difference.removed)
    assert render(difference) == "0 new, 0 changed, 0 resolved, 0 gone, 5 as before\n"


def test_claims_are_new_changed_resolved_or_gone():
    old = report(
        (
            found(VOTE, Verdict.REFUTED, "Fourteen members voted for the resolution."),
            found(ABSTAINED, Verdict.SUPPORTED),
            found(HARBOUR, Verdict.NOT_ENOUGH_EVIDENCE),
            found("New York", Verdict.REFUTED, "The seat of the United Nations is in Geneva."),
        )
    )
    new = report(
        (
            found(VOTE, Verdict.SUPPORTED, "Ten members voted for the resolution."),
            found(HARBOUR, Verdict.REFUTED),
            found("Will it open again?", Verdict.SUPPORTED, "Ships sail."),
        )
    )
    difference = compare(old, new)
    assert texts(difference.added) == ["Ships sail."]
    assert [texts(pair) for pair in difference.changed] == [[HARBOUR, HARBOUR]]
    assert [(before.claim.text, after and after.claim.text) for before, after in difference.resolved] == [
        ("Fourteen members voted for the resolution.", "Ten members voted for the resolution."),
        ("The seat of the United Nations is in Geneva.", None),
    ]
    assert texts(difference.removed) == [ABSTAINED]
    assert render(difference) == (
        "1 new, 1 changed, 2 resolved, 1 gone, 0 as before\n\n"
        "New\n  ✓  line 6: Ships sail.\n\n"
        "Changed\n  ? → ✗  line 6: The harbour was closed on 3 March.\n\n"
        "Resolved\n"
        "  ✗ → ✓  line 3: Fourteen members voted for the resolution.\n"
        "      now: Ten members voted for the resolution.\n"
        "  ✗ → gone  line 1: The seat of the United Nations is in Geneva.\n\n"
        "Gone\n  ✓ → gone  line 4: Russia abstained.\n"
    )


def test_other_evidence_for_the_same_verdict_is_a_change():
    old = report((found(VOTE, Verdict.SUPPORTED),))
    new = report((found(VOTE, Verdict.SUPPORTED, evidence=(evidence(RESOLUTION, Stance.SUPPORTS, "Ten."),)),))
    assert [texts(pair) for pair in compare(old, new).changed] == [[VOTE, VOTE]]
    assert render(compare(old, new)).endswith(f"Changed\n  ✓ → ✓  line 3: {VOTE}\n      with other evidence\n")


def test_claims_with_the_same_words_are_matched_one_to_one():
    twice = report((found(VOTE, Verdict.REFUTED), found(VOTE, Verdict.REFUTED)))
    once = report((found(VOTE, Verdict.REFUTED),))
    assert len(compare(once, twice).added) == 1
    assert len(compare(twice, once).resolved) == 1


def test_an_empty_report_can_be_compared():
    assert len(compare(report(()), vote_report()).added) == 5
    assert compare(report(()), report(())).unchanged == ()


@pytest.mark.parametrize(
    ("fail_on", "stopped"),
    [
        (set(), []),
        ({"refuted"}, ["f1"]),
        ({"refuted", "conflicting"}, ["f1", "f3"]),
        ({"single_source"}, ["f1"]),
        ({"headline", "ambiguous"}, ["f4", "f5"]),
    ],
)
def test_the_gate_stops_verdicts_and_flags_that_it_is_told_to(fail_on: set[str], stopped: list[str]):
    assert [finding.id for finding in failing(vote_report(), fail_on)] == stopped


def test_the_gate_stops_what_its_speaker_did_not_say():
    said_otherwise = found(VOTE, Verdict.NOT_ENOUGH_EVIDENCE, attribution_verdict=Verdict.REFUTED)
    assert texts(failing(report((said_otherwise,)), {"refuted"})) == [VOTE]
    assert failing(report((said_otherwise,)), {"conflicting"}) == []


def test_the_gate_asks_of_an_opinion_only_whether_it_was_said():
    opinion = pier_report().findings[-1]
    open_verdict = opinion.model_copy(update={"attribution_verdict": Verdict.NOT_ENOUGH_EVIDENCE})
    assert failing(report((opinion,)), {"not_enough_evidence"}) == []
    assert failing(report((open_verdict,)), {"not_enough_evidence"}) == [open_verdict]
    unchecked = opinion.model_copy(update={"verdict": Verdict.UNCHECKED, "attribution_verdict": None})
    assert failing(report((unchecked,)), {"unchecked"}) == [unchecked]


def test_against_a_baseline_the_gate_stops_what_is_new_only():
    old = report((found(VOTE, Verdict.REFUTED), found(HARBOUR, Verdict.SUPPORTED)))
    new = report((found(VOTE, Verdict.REFUTED), found(VOTE, Verdict.REFUTED), found(HARBOUR, Verdict.REFUTED)))
    assert texts(failing(new, {"refuted"}, baseline=old)) == [VOTE, HARBOUR]
    assert failing(old, {"refuted"}, baseline=old) == []


def test_a_finding_of_the_baseline_is_stopped_where_it_has_become_worse():
    old = report((found(VOTE, Verdict.NOT_ENOUGH_EVIDENCE, flags=(Flag.FIGURES_DIFFER,)),))
    new = report((found(VOTE, Verdict.NOT_ENOUGH_EVIDENCE, flags=(Flag.FIGURES_DIFFER, Flag.INSTRUCTIONS_IN_TEXT)),))
    fail_on = {"figures_differ", "instructions_in_text"}
    assert texts(failing(new, fail_on, baseline=old)) == [VOTE]
    assert failing(old, fail_on, baseline=new) == []
    assert reasons(new.findings[0], fail_on) == fail_on
    assert reasons(new.findings[0], {"refuted", "figures_differ"}) == {"figures_differ"}


def test_a_quote_of_the_baseline_that_now_is_wrong_itself_is_stopped():
    said_otherwise = report((found(VOTE, Verdict.SUPPORTED, attribution_verdict=Verdict.REFUTED),))
    not_so = report((found(VOTE, Verdict.REFUTED, attribution_verdict=Verdict.SUPPORTED),))
    both = report((found(VOTE, Verdict.REFUTED, attribution_verdict=Verdict.REFUTED),))
    for old, new in ((said_otherwise, not_so), (not_so, said_otherwise), (said_otherwise, both)):
        assert texts(failing(new, {"refuted"}, baseline=old)) == [VOTE]
    assert failing(not_so, {"refuted"}, baseline=both) == []
    assert reasons(both.findings[0], {"refuted"}) == {"refuted"}


def test_a_quote_that_is_now_its_speakers_is_resolved():
    old = report((found(VOTE, Verdict.SUPPORTED, attribution_verdict=Verdict.REFUTED),))
    new = report((found(VOTE, Verdict.SUPPORTED, attribution_verdict=Verdict.SUPPORTED),))
    assert len(compare(old, new).resolved) == 1
    assert len(compare(new, old).changed) == 1
    assert "Resolved\n  ✗ → ✓  line 3" in render(compare(old, new))


def test_a_saying_that_is_now_read_as_an_opinion_is_counted_once():
    old = report((found(VOTE, Verdict.NOT_ENOUGH_EVIDENCE, attribution_verdict=Verdict.SUPPORTED),))
    [fact] = old.findings
    opinion = fact.model_copy(update={"claim": fact.claim.model_copy(update={"flags": (Flag.OPINION,)})})
    assert render(compare(old, report((opinion,)))).startswith("0 new, 0 changed, 1 resolved, 0 gone, 0 as before\n")
    assert render(compare(report((opinion,)), old)).startswith("0 new, 1 changed, 0 resolved, 0 gone, 0 as before\n")


def decide(finding: Finding, action: Action, **rest) -> dict[str, list[Decision]]:
    taken = Decision(
        who="Ann",
        when="2026-01-03T00:00:00Z",
        action=action,
        finding=fingerprint(finding),
        claim=finding.claim.text,
        report="0",
        **rest,
    )
    return {taken.finding: [taken]}


def test_an_override_decides_at_the_gate_and_an_acceptance_does_not():
    finding = found(VOTE, Verdict.REFUTED, flags=(Flag.FIGURES_DIFFER,))
    made = report((finding,))
    fail_on = {"refuted", "figures_differ"}
    override = {"reason": "The record was corrected.", "source": "UN press office"}
    supported = decide(finding, Action.OVERRIDE, verdict=Verdict.SUPPORTED, **override)
    assert failing(made, fail_on, decisions=supported) == []
    assert failing(made, fail_on, decisions=decide(finding, Action.ACCEPT)) == [finding]
    assert failing(made, fail_on, decisions=decide(finding, Action.FIXED)) == [finding]
    refuted = decide(found(HARBOUR, Verdict.SUPPORTED), Action.OVERRIDE, verdict=Verdict.REFUTED, **override)
    assert texts(failing(report((found(HARBOUR, Verdict.SUPPORTED),)), fail_on, decisions=refuted)) == [HARBOUR]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_gives_no_command_and_hides_nothing(text: str):
    written = render(compare(report(()), hostile_report(text)))
    assert all(character.isprintable() or character == "\n" for character in written)
    assert "##[" not in written
    assert not any(line.lstrip().startswith("::") for line in written.splitlines())
    assert len(written.splitlines()) == len(Verdict) + 3
