"""What evidence weighs once its figures, dates and names are held against the claim's, and whose word it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from factcheck.comparison.compare import Comparison, Relation, compare
from factcheck.comparison.dates import find_dates
from factcheck.comparison.figures import Figure, find_figures
from factcheck.comparison.rankings import has_rank, ranks
from factcheck.layout import Laid, lay_out
from factcheck.records import Claim, Difference, Evidence, Passage, Stance
from factcheck.verification.saying import SAYING

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


class Weighed(NamedTuple):
    """Evidence as it reads once compared, what differs by kind in whole sentences, and how the figures relate.

    ``answers`` tells that it stands under a question, as in an interview: it is somebody's word. ``speaker`` is
    whose word it is in a transcript.
    """

    item: Evidence
    differences: dict[str, str]
    figures: set[Relation]
    answers: bool
    speaker: str = ""


def weigh(claim: Claim, item: Evidence, passages: Sequence[Passage], day: dt.date | None) -> Weighed:
    """Hold the claim's figures, dates and names against what the evidence tells, a row of a table with its header.

    Evidence that seems to support a claim whose figure, date or name differs contradicts it.
    """
    laid = laid_of(item, passages)
    told = " ".join(one.words for one in laid) if any(one.header or one.speaker for one in laid) else item.quote
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
    item = item.model_copy(update={"differences": tuple(differing)})
    return Weighed(item, found, figures, answers, _last_speaker(laid))


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


def of_same_event(compared: Sequence[Weighed]) -> list[Evidence]:
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


def is_hearsay(claim: Claim, one: Weighed) -> bool:
    """Tell whether the evidence only reports somebody's word for what the claim's speaker said.

    That it was said, by this speaker or another, does not make it so.
    """
    told = one.answers or bool(one.speaker) or bool(SAYING.search(one.item.quote))
    return claim.attribution is not None and one.item.stance == Stance.SUPPORTS and told


@lru_cache(maxsize=512)
def _laid_out(text: str, above: str) -> Sequence[Laid]:
    return tuple(lay_out(text, above))  # several quotes, of several claims, are of one passage


def laid_of(item: Evidence, passages: Sequence[Passage]) -> list[Laid]:
    """Return the sentences that a quote is of, as they are laid out."""
    held = [one for one in passages if one.source.id == item.document.id and one.start <= item.start < one.end]
    return [
        laid
        for passage in held[:1]
        for laid in _laid_out(passage.text, passage.above)
        if laid.start < item.end - passage.start and item.start - passage.start < laid.end
    ]


def speaker_of(item: Evidence, passages: Sequence[Passage]) -> str:
    """Return who says a quote in a transcript, "" elsewhere."""
    return _last_speaker(laid_of(item, passages))


def _last_speaker(laid: Sequence[Laid]) -> str:
    return next((one.speaker for one in reversed(laid) if one.speaker), "")
