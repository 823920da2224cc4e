"""A user's own templates, tried on a made-up report: a mistake in one is told before anything is checked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from factcheck.records import (
    Article,
    Attribution,
    Claim,
    CorpusState,
    Difference,
    Earlier,
    Evidence,
    Finding,
    Flag,
    NotChecked,
    Report,
    Source,
    Stance,
    Tool,
    Usage,
    Verdict,
)
from factcheck.reporting.formats import Format, render
from factcheck.reporting.summary import Checked, render_summary
from factcheck.reporting.trail import Action, Decision, fingerprint
from factcheck.reporting.view import arrange

_TEXT = "Ten members voted for the pier, the mayor said. It is not open yet."
_DAY = datetime(2014, 3, 4, tzinfo=UTC)


def rehearse(format: Format, templates: Path | None, *, summary: bool = False) -> None:  # noqa: A002
    """Fill in the templates of a report, and with ``summary`` those of a summary, where a user has their own.

    Raises:
        SettingsError: a template has an error, or asks for what there is not.
    """
    if templates is None:
        return
    report, decision = _specimen()
    decisions = {decision.finding: [decision]}
    if format in (Format.MARKDOWN, Format.HTML):
        render(report, format, decisions=decisions, templates=templates)
    if summary:
        render_summary([Checked(arrange(report, decisions), report.findings[:1], unsigned=1)], templates)


def _specimen() -> tuple[Report, Decision]:
    """Return a report with something of everything that a template may show, and a decision on a finding in it."""
    claim = Claim(
        id="c1", text="Ten members voted for the pier.", quote=_TEXT[:30], start=0, end=30, line=1,
        check_worthiness=0.5, attribution=Attribution(speaker="the mayor", kind="indirect", cue="said"),
        flags=(Flag.HEADLINE,),
    )  # fmt: skip
    source = Source(id="record", title="Record", publisher="Council", published=_DAY.date(), url="https://example.org/")
    difference = Difference(kind="figure", claim_words="Ten", claim_start=0, evidence_words="Two", evidence_start=0)
    against = Evidence(
        document=source, stance=Stance.CONTRADICTS, confidence=0.9, quote="Two voted for it.", under="Votes", start=0,
        end=17, page=1, differences=(difference,),
    )  # fmt: skip
    neutral = Evidence(
        document=Source(id="guide", title="Guide"),
        stance=Stance.NEUTRAL,
        confidence=0.9,
        quote="A pier.",
        start=0,
        end=7,
    )
    refuted = Finding(
        id="f1", claim=claim, verdict=Verdict.REFUTED, attribution_verdict=Verdict.SUPPORTED, confidence=0.9,
        rationale="The record has two.", flags=(Flag.SINGLE_SOURCE,), evidence=(against, neutral),
        checked_before=Earlier(
            text=claim.text, article="an earlier draft", checked=_DAY, verdict=Verdict.REFUTED, confidence=0.9
        ),
    )  # fmt: skip
    bare = claim.model_copy(update={"id": "c2", "attribution": None, "flags": ()})
    unchecked = Finding(id="f2", claim=bare, verdict=Verdict.UNCHECKED, confidence=0.0, rationale="It was cut off.")
    report = Report(
        tool=Tool(version="1", engine="local", model="none", prompts={"verify": "0"}),
        created=_DAY,
        article=Article.from_text(_TEXT, path="draft.txt", title="The pier", date=_DAY.date()),
        corpus=CorpusState(documents=1, passages=1, as_of=_DAY.date()),
        usage=Usage(llm_calls=1, input_tokens=1, output_tokens=1, cost_usd=0.1, seconds=1.0),
        findings=(refuted, unchecked),
        not_checked=(NotChecked(quote=_TEXT[48:], start=48, end=len(_TEXT), reason="no fact"),),
    )
    decision = Decision(
        who="Ann", when=_DAY, action=Action.ACCEPT, finding=fingerprint(refuted), claim=claim.text, report="0",
        reason="It is so.", source="Record",
    )  # fmt: skip
    return report, decision
