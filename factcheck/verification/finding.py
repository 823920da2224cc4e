"""The one place where evidence becomes a finding, whichever engine brought it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from factcheck.comparison.compare import Comparison, Relation, compare
from factcheck.comparison.dates import find_dates
from factcheck.comparison.figures import Figure, find_figures
from factcheck.comparison.rankings import has_rank, ranks
from factcheck.layout import Laid, lay_out
from factcheck.records import LIKELIER_THAN_NOT, Claim, Difference, Evidence, Finding, Flag, Passage, Stance, Verdict
from factcheck.untrusted.dating import later_days
from factcheck.verification.citation import is_publisher, names_speaker, stands_in
from factcheck.verification.other_days import find_other_day
from factcheck.verification.quoted_words import find_quoted, says_another
from factcheck.verification.rationale import explain, explain_dates
from factcheck.verification.saying import SAYING
from factcheck.verification.verdict import MIN_CONFIDENCE, decide

#: Citations of one stance that a reader is shown.
SHOWN = 3
#: The most that a contradiction counts which gives none of the claim's figures, or all of them, and nothing that code
#: or a correction can set against the claim. On labelled pairs six of 34 that give none were wrong; among retrieved
#: passages, which are often about another event of the same kind, more are.
UNEXPLAINED = 0.6
#: The most that support counts whose quote gives another figure or date than the claim's, though perhaps of something
#: else; or which is a row of a table that cannot show that it is the highest. On the development pairs 18 of 30 of the
#: former were right, of the others 1,062 of 1,286; none has a table.
UNSETTLED = 0.6
#: Figures of a row from which one may be taken for that of another column.
COLUMNS = 3
#: How far a comparison by code is trusted over a stance that does not see the difference; from the development data.
COMPARISON_TRUST = 0.9

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
    content_read = [(item, _laid(item, passages)) for item in kept if item.bears_on == "content"]
    compared = [_compared(claim, item, laid, article_date) for item, laid in content_read]
    weighed = _of_same_event([one for one in compared if not _is_hearsay(claim, one)])
    content = sorted(weighed, key=lambda item: -item.confidence)
    speaker = claim.attribution.speaker if claim.attribution else ""
    told = [item for item in kept if item.bears_on == "attribution"]
    told += _own_words(speaker, compared, passages) if speaker else []
    attribution = [item for item in told if item.stance != Stance.SUPPORTS or not says_another(item.quote, speaker)]
    if quoted := find_quoted(claim, passages):
        # Who has the very words knows better than a model that reads other words of the same speaker.
        attribution = [quoted, *(item for item in attribution if item.stance == quoted.stance)]
    verdict, confidence = decide(content, least)
    attribution_verdict = decide(attribution, least)[0] if claim.attribution else None
    differences = {kind: words for one in reversed(compared) for kind, words in one.differences.items()}
    raised = {*claim.flags, *flags, *(DIFFERENCES[kind] for kind in differences)}
    if dropped:
        raised.add(Flag.CITATION_DROPPED)
    if verdict == Verdict.NOT_ENOUGH_EVIDENCE and _leans_against(content):
        raised.add(Flag.LEANS_AGAINST)
    if attribution_verdict not in (None, Verdict.SUPPORTED):
        raised.add(Flag.ATTRIBUTION_UNSUPPORTED)
    enough = min(least, LIKELIER_THAN_NOT)
    shown = [_in_place(item, passages) for item in (*_shown(content, enough), *_shown(attribution, enough))]
    raised |= _provenance(verdict, shown, article_date)
    cited = {item.document.id for item in shown}
    dates = explain_dates(later_days([passage for passage in passages if passage.source.id in cited]), shown)
    if dates:
        raised.add(Flag.EVIDENCE_MISDATED)
    rationale = rationale or explain(claim, verdict, attribution_verdict, shown, list(differences.values()))
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


def _own_words(speaker: str, compared: Sequence[_Compared], passages: Sequence[Passage]) -> list[Evidence]:
    """Return as evidence that the speaker said it what a document of theirs, or an interview with them, says is so."""
    own = [
        one.item
        for one in compared
        if is_publisher(one.item.document.publisher or "", speaker)
        or (one.answers and _is_interviewed(speaker, one.item, passages))
    ]
    return [item.model_copy(update={"bears_on": "attribution"}) for item in own if item.stance == Stance.SUPPORTS]


def _is_interviewed(speaker: str, item: Evidence, passages: Sequence[Passage]) -> bool:
    """Tell whether an interview names the speaker in its title or before what they answer."""
    before = (one.text for one in passages if one.source.id == item.document.id and one.start < item.start)
    return any(names_speaker(text, speaker) for text in (item.document.title, *before))


class _Compared(NamedTuple):
    """Evidence as it reads once compared, what differs by kind in whole sentences, and how the figures relate.

    ``answers`` tells that it stands under a question, as in an interview: it is somebody's word.
    """

    item: Evidence
    differences: dict[str, str]
    figures: set[Relation]
    answers: bool


def _laid(item: Evidence, passages: Sequence[Passage]) -> list[Laid]:
    """Return the sentences that a quote is of, as they are laid out."""
    held = [one for one in passages if one.source.id == item.document.id and one.start <= item.start < one.end]
    return [
        laid
        for passage in held[:1]
        for laid in lay_out(passage.text, passage.above)
        if laid.start < item.end - passage.start and item.start - passage.start < laid.end
    ]


def _in_place(item: Evidence, passages: Sequence[Passage]) -> Evidence:
    """Add to evidence what its quote stands under."""
    under = next((" – ".join(filter(None, (laid.under, laid.header))) for laid in _laid(item, passages)), "")
    return item.model_copy(update={"under": under}) if under else item


def _compared(claim: Claim, item: Evidence, laid: Sequence[Laid], day: dt.date | None) -> _Compared:
    """Hold the claim's figures, dates and names against what the evidence tells, a row of a table with its header.

    Evidence that seems to support a claim whose figure, date or name differs contradicts it.
    """
    told = " ".join(one.words for one in laid) if any(one.header for one in laid) else item.quote
    title = ". ".join(filter(None, (item.document.title, *dict.fromkeys(one.under for one in laid))))
    comparisons = compare(claim.text, told, claim_date=day, evidence_date=item.document.published, title=title)
    figures = {comparison.relation for comparison in comparisons if comparison.kind == "figure"}
    found: dict[str, str] = {
        comparison.kind: f"{comparison.explanation[:1].upper()}{comparison.explanation[1:]}."
        for comparison in reversed(comparisons)
        if comparison.relation == Relation.DIFFERS
    }
    corrected = [difference for difference in item.differences if difference.kind not in found]
    differing = [*_differing(comparisons, item.quote), *corrected]
    if corrected:
        for words in corrected:
            found[words.kind] = f"The claim gives {words.claim_words}; the evidence gives {words.evidence_words}."
    elif found:
        doubt = 1 - item.confidence if item.stance == Stance.CONTRADICTS else 1.0
        confidence = round(1 - doubt * (1 - COMPARISON_TRUST * item.confidence), 4)
        item = item.model_copy(update={"stance": Stance.CONTRADICTS, "confidence": confidence})
    elif item.stance == Stance.SUPPORTS and (
        any(comparison.rivalled for comparison in comparisons) or _is_beside_cells(claim, laid, figures)
    ):
        item = item.model_copy(update={"confidence": min(item.confidence, UNSETTLED)})
    elif item.stance == Stance.CONTRADICTS and figures in ({Relation.UNRELATED}, {Relation.EQUAL}):
        item = item.model_copy(update={"confidence": min(item.confidence, UNEXPLAINED)})
    answers = any(one.under.endswith("?") for one in laid)
    return _Compared(item.model_copy(update={"differences": tuple(differing)}), found, figures, answers)


def _is_beside_cells(claim: Claim, laid: Sequence[Laid], figures: set[Relation]) -> bool:
    """Tell whether rows of a table do not show what a claim says, though they seem to.

    They do not say which row is the highest, and a figure of the claim may be that of another column.
    """
    rows = [one for one in laid if one.header]
    if ranks(claim.text) and rows and not any(has_rank(one.header) for one in rows):
        return True
    ours = {one.low for figure in _figures(claim.text) for one in figure.measures if one.is_exact}
    cells = [figure.measures[0].low for one in rows for figure in _figures(one.words)]
    return figures == {Relation.UNRELATED} and len(cells) >= COLUMNS and not ours.isdisjoint(cells)


def _figures(text: str) -> list[Figure]:
    return find_figures(text, [when.span for when in find_dates(text)])


def _differing(comparisons: Sequence[Comparison], quote: str) -> list[Difference]:
    """Return what differs and can be shown in the quote."""
    shown = [(comparison, _place(comparison, quote)) for comparison in comparisons]
    return [
        Difference(
            kind=comparison.kind,
            claim_words=comparison.claim_words,
            claim_start=comparison.claim_span[0],
            evidence_words=comparison.evidence_words,
            evidence_start=place,
        )
        for comparison, place in shown
        if comparison.relation == Relation.DIFFERS and place is not None
    ]


def _place(comparison: Comparison, quote: str) -> int | None:
    """Return where the evidence's words stand in the quote; a row of a table was compared with its header."""
    span, words = comparison.evidence_span, comparison.evidence_words
    if span and quote[slice(*span)] == words:
        return span[0]
    return quote.index(words) if span and words in quote else None


def _of_same_event(compared: Sequence[_Compared]) -> list[Evidence]:
    """Leave out what gives none of the claim's figures, where other evidence of the other stance settles them.

    "336 sorties by the 22nd" is borne out by a source that counts 336, and not touched by one that counts 130 since
    the day before: that is another event of the same kind, which an NLI model takes for a contradiction. "A unit with
    22 beds" is refuted by "a unit with eight beds", and not borne out by "22 rooms".
    """
    likely = [one for one in compared if one.item.likely]
    borne_out = any(one.item.stance == Stance.SUPPORTS and one.figures == {Relation.EQUAL} for one in likely)
    ruled_out = any(one.item.stance == Stance.CONTRADICTS and "figure" in one.differences for one in likely)
    settled = {Stance.CONTRADICTS: borne_out, Stance.SUPPORTS: ruled_out}
    return [
        one.item
        for one in compared
        if one.differences or not settled.get(one.item.stance) or one.figures != {Relation.UNRELATED}
    ]


def _leans_against(content: Sequence[Evidence]) -> bool:
    """Tell whether what was found rather contradicts than not, though too weakly for a verdict."""
    return decide(content, LIKELIER_THAN_NOT)[0] in (Verdict.REFUTED, Verdict.CONFLICTING)


def _is_hearsay(claim: Claim, one: _Compared) -> bool:
    """Tell whether the evidence only reports somebody's word for what the claim's speaker said.

    That it was said, by this speaker or another, does not make it so.
    """
    told = one.answers or bool(SAYING.search(one.item.quote))
    return claim.attribution is not None and one.item.stance == Stance.SUPPORTS and told


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
