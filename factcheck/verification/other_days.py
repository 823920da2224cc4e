"""Sentences that give another day for what may be the event of a claim, found by code.

A model that reads "the House voted on the 21st" beside "the House approved it on the 18th" may take them for two
votes. Where a passage names the same bearer of a name, tells mostly the same in few words of its own, and no passage
gives the claim's day for it, an editor should look.
"""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.comparison.context import Context, around, content_words, unknown
from factcheck.comparison.date_patterns import When
from factcheck.comparison.dates import find_dates, relate_dates
from factcheck.comparison.names import Name, find_names, relate_names
from factcheck.comparison.relation import Span
from factcheck.records import Claim, Difference, Evidence, Passage, Stance
from factcheck.segmentation import all_sentences

#: The share of the words around the claim's day that a sentence must have, and the words it may have of its own. In
#: twelve articles, of the claims without support for which such a sentence is found 4 of 5 gave a wrong day.
SHARED, OWN = 0.5, 2
#: How much such a sentence counts against a claim: too little for a verdict, unless ``comparison`` is sure that both
#: are of one event.
COUNTED = 0.6


def find_other_day(claim: Claim, passages: Sequence[Passage]) -> Evidence | None:
    """Return the sentence that tells most of what the claim does, of another day; None where one tells of its day.

    Claims with no day, or several, have none.
    """
    days = [when for when in find_dates(claim.text) if when.is_day]
    if len(days) != 1:
        return None
    [day] = days
    names = [name for name in find_names(claim.text, [day.span]) if name.certain]
    ours = around(claim.text, day.span, [day.span])
    best: tuple[float, Evidence] | None = None
    for passage, (start, end) in ((one, span) for one in passages for span in all_sentences(one.text)):
        text = passage.text[start:end]
        dates = find_dates(text, passage.source.published)
        if not any(when.is_day for when in dates) or not _share_a_name(names, text, dates):
            continue
        told = [when for when in dates if not _dates_another_word(claim.text, day.span, text, when.span)]
        alike, other = _nearest(ours, told, text, passage.source.title)
        if alike < SHARED:
            continue
        if any(relate_dates(day, when).agrees for when in dates):
            return None
        if other and (best is None or alike > best[0]):
            best = alike, _evidence(claim, day, passage, (start, end), other)
    return best[1] if best else None


def _share_a_name(names: Sequence[Name], text: str, dates: Sequence[When]) -> bool:
    theirs = find_names(text, [when.span for when in dates])
    return any(relate_names(one, its).agrees for one in names for its in theirs)


def _dates_another_word(claim: str, day: Span, text: str, its_day: Span) -> bool:
    """Tell whether what ``its_day`` dates is in the claim, but behind a word that ``day`` dates and the text lacks.

    A sentence on "the derailment on 14 November" has no other day for "on 2 May a judge fined them over the
    derailment".
    """
    before = [word for word, name, at in content_words(text, (0, its_day[0]), ()) if not name]
    words = {word for word, _, _ in content_words(text, (0, len(text)), ())}
    behind = [word for word, name, _ in content_words(claim, (day[1], len(claim)), ()) if not name]
    dated = next((word for word in reversed(before) if word in behind), None)
    earlier = [word for word, name, _ in content_words(claim, (0, day[0]), ()) if not name]
    if dated is None or dated in earlier:
        return False
    return bool(unknown(frozenset(behind[: behind.index(dated)]), frozenset(words)))


def _nearest(ours: Context, dates: Sequence[When], text: str, title: str) -> tuple[float, When | None]:
    """Return the share of the claim's words around its day that the text has, and the day that stands among them."""
    spans, absolute = [when.span for when in dates], find_dates(text)
    found: tuple[float, When | None] = (0.0, None)
    for when in dates:
        theirs = around(text, when.span, spans, title)
        share = 1 - len(unknown(ours.clause, theirs.known)) / max(1, len(ours.clause))
        # "Tuesday" is no correction that an editor can read.
        near = when.is_day and when in absolute and len(unknown(theirs.clause, ours.known)) <= OWN
        if share > found[0] or (share == found[0] and found[1] is None):
            found = share, when if near else None
    return found


def _evidence(claim: Claim, day: When, passage: Passage, span: tuple[int, int], other: When) -> Evidence:
    start, end = span
    text = passage.text[start:end]
    difference = Difference(
        kind="date",
        claim_words=claim.text[slice(*day.span)],
        claim_start=day.span[0],
        evidence_words=text[slice(*other.span)],
        evidence_start=other.span[0],
    )
    return Evidence(
        document=passage.source,
        stance=Stance.CONTRADICTS,
        confidence=COUNTED,
        quote=text,
        start=passage.start + start,
        end=passage.start + end,
        page=passage.page_at(passage.start + start),
        bears_on="content",
        differences=(difference,),
    )
