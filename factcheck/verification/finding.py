"""The one place where evidence becomes a finding, whichever engine brought it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from factcheck.records import LIKELIER_THAN_NOT, Claim, Evidence, Finding, Flag, Passage, Stance, Verdict
from factcheck.untrusted.dating import later_days
from factcheck.verification.attribution import is_others_word, who_said_it
from factcheck.verification.citation import stands_in
from factcheck.verification.other_days import find_other_day
from factcheck.verification.rationale import explain, explain_dates
from factcheck.verification.verdict import MIN_CONFIDENCE, decide
from factcheck.verification.weighing import is_hearsay, laid_of, of_same_event, weigh

#: Citations of one stance that a reader is shown.
SHOWN = 3
DIFFERENCES = {"figure": Flag.FIGURES_DIFFER, "date": Flag.DATES_DIFFER, "name": Flag.NAMES_DIFFER}


def conclude(
    claim: Claim,
    passages: Sequence[Passage],
    evidence: Sequence[Evidence],
    *,
    article_date: dt.date | None,
    rationale: str = "",
    flags: Sequence[Flag] = (),
    min_confidence: float | None = None,
) -> Finding:
    """Check every citation against ``passages``, drop what is not verbatim, and compute the verdict from the rest.

    Without a ``rationale`` one is written from templates. ``min_confidence`` defaults to ``MIN_CONFIDENCE``.
    """
    least = MIN_CONFIDENCE if min_confidence is None else min_confidence
    kept = sorted((item for item in evidence if stands_in(item, passages)), key=lambda item: -item.confidence)
    dropped = len(kept) < len(evidence)
    if not claim.states_fact:
        kept = [item for item in kept if item.bears_on == "attribution"]
    elif not any(item.likely and item.stance == Stance.SUPPORTS and item.bears_on == "content" for item in kept):
        kept += [other] if (other := find_other_day(claim, passages)) else []
    compared = [weigh(claim, item, passages, article_date) for item in kept if item.bears_on == "content"]
    weighed = of_same_event([one for one in compared if not is_hearsay(claim, one)])
    content = sorted(weighed, key=lambda item: -item.confidence)
    attribution = who_said_it(claim, [item for item in kept if item.bears_on == "attribution"], compared, passages)
    verdict, confidence = decide(content, least)
    attribution_verdict = decide(attribution, least)[0] if claim.attribution else None
    enough = min(least, LIKELIER_THAN_NOT)
    chosen = [*_shown(content, enough), *_shown(attribution, enough)]
    # What differs only in evidence that is not shown, nobody could look up.
    told = [one for one in compared if one.item in chosen]
    differences = {kind: words for one in reversed(told) for kind, words in one.differences.items()}
    raised = {*claim.flags, *flags, *(DIFFERENCES[kind] for kind in differences)}
    if dropped:
        raised.add(Flag.CITATION_DROPPED)
    if verdict == Verdict.NOT_ENOUGH_EVIDENCE and _leans_against(content):
        raised.add(Flag.LEANS_AGAINST)
    if attribution_verdict not in (None, Verdict.SUPPORTED):
        raised.add(Flag.ATTRIBUTION_UNSUPPORTED)
    shown = [_in_place(item, passages) for item in chosen]
    raised |= _provenance(verdict, shown, article_date)
    cited = {item.document.id for item in shown}
    dates = explain_dates(later_days([passage for passage in passages if passage.source.id in cited]), shown)
    if dates:
        raised.add(Flag.EVIDENCE_MISDATED)
    if not rationale:
        against = [one for one in shown if one.bears_on == "attribution" and one.stance == Stance.CONTRADICTS]
        of_another = bool(against) and is_others_word(claim, against[0], passages)
        words = list(differences.values())
        rationale = explain(claim, verdict, attribution_verdict, shown, words, of_another=of_another)
    return Finding(
        id=claim.id,
        claim=claim,
        verdict=verdict,
        attribution_verdict=attribution_verdict,
        confidence=round(confidence, 4),
        rationale=" ".join(part for part in (rationale, dates) if part),
        flags=tuple(sorted(raised)),
        evidence=tuple(shown),
    )


def unchecked(claim: Claim, reason: str) -> Finding:
    """Return the finding of a claim that ``reason`` kept from being checked; it is no verdict on the claim."""
    return Finding(
        id=claim.id,
        claim=claim,
        verdict=Verdict.UNCHECKED,
        attribution_verdict=Verdict.UNCHECKED if claim.attribution else None,
        confidence=0.0,
        rationale=f"Not checked: {reason}",
        flags=claim.flags,
    )


def _in_place(item: Evidence, passages: Sequence[Passage]) -> Evidence:
    """Add to evidence what its quote stands under."""
    laid = next(iter(laid_of(item, passages)), None)
    under = " – ".join(filter(None, (laid.under, laid.speaker, laid.header))) if laid else ""
    return item.model_copy(update={"under": under}) if under else item


def _leans_against(content: Sequence[Evidence]) -> bool:
    """Tell whether what was found rather contradicts than not, though too weakly for a verdict."""
    return decide(content, LIKELIER_THAN_NOT)[0] in (Verdict.REFUTED, Verdict.CONFLICTING)


def _shown(evidence: Sequence[Evidence], enough: float) -> list[Evidence]:
    """Return a few of each stance that are at least ``enough`` probable, or else the nearest there is.

    What is less probable only distracts a reader from evidence that is better. Overlapping citations count once.
    """
    unique = {(item.document.id, item.start, item.end): item for item in reversed(evidence)}
    ordered = sorted(unique.values(), key=lambda item: -item.confidence)
    probable = [item for item in ordered if item.confidence >= enough]
    best = [
        item
        for stance in (Stance.CONTRADICTS, Stance.SUPPORTS)
        for item in [item for item in probable if item.stance == stance][:SHOWN]
    ]
    return sorted(best, key=lambda item: -item.confidence) or ordered[:1]


def _provenance(verdict: Verdict, shown: Sequence[Evidence], article_date: dt.date | None) -> set[Flag]:
    raised = set()
    deciding = {Verdict.SUPPORTED: Stance.SUPPORTS, Verdict.REFUTED: Stance.CONTRADICTS}.get(verdict)
    behind = {
        item.document.origin or item.document.id
        for item in shown
        if item.bears_on == "content" and item.stance == deciding
    }
    if len(behind) == 1:
        raised.add(Flag.SINGLE_SOURCE)
    if article_date and any(item.document.published and item.document.published > article_date for item in shown):
        raised.add(Flag.EVIDENCE_NEWER_THAN_ARTICLE)
    return raised
