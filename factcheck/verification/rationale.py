"""A verdict's reason in one or two plain sentences, without a chat model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from factcheck.full_dates import written
from factcheck.records import Claim, Evidence, Source, Stance, Tier, Verdict

_WEIGHT = {Tier.PRIMARY: "a primary source", Tier.SECONDARY: "a secondary source", Tier.TERTIARY: "an overview"}
_RANKS = {tier: rank for rank, tier in enumerate(_WEIGHT)}


def explain(
    claim: Claim,
    verdict: Verdict,
    attribution_verdict: Verdict | None,
    evidence: Sequence[Evidence],
    differences: Sequence[str] = (),
    *,
    of_another: bool = False,
) -> str:
    """Say what the evidence says, where it differs (``differences``, whole sentences) and from which source.

    ``evidence`` is what bears on the content and on the attribution, most probable first; ``of_another`` tells
    whether the latter gives the words to somebody else.
    """
    content = [item for item in evidence if item.bears_on == "content"]
    parts = [_reason(verdict, content), *differences] if claim.states_fact else []
    if claim.attribution:
        said = [item for item in evidence if item.bears_on == "attribution"]
        parts.append(_said(claim, attribution_verdict, said, of_another))
    return " ".join(part for part in parts if part)


def explain_dates(later: Mapping[str, date], evidence: Sequence[Evidence]) -> str:
    """Say which documents behind the evidence tell of a day after their own date; ``later`` is by document id."""
    documents = {item.document.id: item.document for item in evidence if item.document.id in later}
    return " ".join(
        f"{name_source(document)} tells of {written(later[identity])}, after its own date."
        for identity, document in documents.items()
    )


def name_source(source: Source) -> str:
    """Name a document as a sentence would: title in quotation marks, then publisher and date where known."""
    day = written(source.published) if source.published else None
    known = ", ".join(part for part in (source.publisher, day) if part)
    return f"“{source.title}”" + (f" ({known})" if known else "")


def _reason(verdict: Verdict, content: Sequence[Evidence]) -> str:
    supports = _first(content, Stance.SUPPORTS)
    contradicts = _first(content, Stance.CONTRADICTS)
    if verdict == Verdict.SUPPORTED and supports:
        reason = f"{name_source(supports.document)} bears this out{_others(content, supports)}."
        return reason + _weaker("against", contradicts)
    if verdict == Verdict.REFUTED and contradicts:
        reason = f"{name_source(contradicts.document)} says otherwise{_others(content, contradicts)}."
        return reason + _weaker("for", supports)
    if verdict == Verdict.CONFLICTING and supports and contradicts:
        return _conflict(contradicts.document, supports.document)
    if supports and contradicts and supports.likely and contradicts.likely:
        return (
            f"{name_source(contradicts.document)} speaks against this and {name_source(supports.document)} for it, "
            "but not surely enough for a verdict."
        )
    if content and not content[0].likely:
        return f"The nearest evidence, {name_source(content[0].document)}, does not settle this."
    if content:
        leaning = "support" if content[0].stance == Stance.SUPPORTS else "contradict"
        nearest = name_source(content[0].document)
        return f"The nearest evidence, {nearest}, seems to {leaning} this, but not surely enough for a verdict."
    return "No passage of the corpus that was found says whether this is so."


def _conflict(against: Source, in_favour: Source) -> str:
    """Say which source is on which side, and which weighs more; either may be misread.

    It is the one of the higher tier, or else the later one of the same publisher, which may supersede the other. No
    verdict follows from either: a tier, a publisher and a date are what a document says of itself.
    """
    if against.id == in_favour.id:
        return f"{name_source(against)} has passages that contradict this and others that support it."
    first, second = (f"{name_source(source)}, {_WEIGHT[source.tier]}" for source in (against, in_favour))
    reason = f"The sources disagree: {first}, contradicts this; {second}, supports it."
    if against.tier != in_favour.tier:
        return f"{reason} {'The first' if _RANKS[against.tier] < _RANKS[in_favour.tier] else 'The second'} weighs more."
    day, other_day = against.published, in_favour.published
    same = bool(against.publisher) and against.publisher == in_favour.publisher
    if not (day and other_day and same) or day == other_day:
        return reason
    later = "first" if day > other_day else "second"
    return f"{reason} The {later} is the later word of the same publisher, and may supersede the other."


def _weaker(side: str, other: Evidence | None) -> str:
    """Name the best evidence on the side that the verdict did not take, where a reader is shown any."""
    return f" Weaker evidence {side} it is in {name_source(other.document)}." if other else ""


def _others(content: Sequence[Evidence], first: Evidence) -> str:
    others = {item.document.id for item in content if item.stance == first.stance} - {first.document.id}
    if not others:
        return ""
    return "; so does one more source" if len(others) == 1 else f"; so do {len(others)} more sources"


def _said(claim: Claim, verdict: Verdict | None, evidence: Sequence[Evidence], of_another: bool) -> str:
    supports, contradicts = _first(evidence, Stance.SUPPORTS), _first(evidence, Stance.CONTRADICTS)
    if verdict == Verdict.SUPPORTED and supports:
        return f"{name_source(supports.document)} reports that {claim.speaker} said so."
    if verdict == Verdict.REFUTED and contradicts:
        source = name_source(contradicts.document)
        if of_another:
            return f"{source} reports that somebody else said so, and nothing that was found that {claim.speaker} did."
        return f"{source} speaks against {claim.speaker} having said so."
    if verdict == Verdict.CONFLICTING:
        return f"The evidence conflicts on whether {claim.speaker} said so."
    if evidence:
        nearest = name_source(evidence[0].document)
        return f"Whether {claim.speaker} said so stays open; the nearest evidence is {nearest}."
    return f"No passage was found on whether {claim.speaker} said so."


def _first(evidence: Sequence[Evidence], stance: Stance) -> Evidence | None:
    return next((item for item in evidence if item.stance == stance), None)
