"""Where a claim and the evidence against it differ in a figure, a date or a name: what a reader should see first."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from factcheck.records import Claim, Evidence, Finding, Stance

#: A text in parts, each with whether it is one that differs.
Parts = tuple[tuple[str, bool], ...]
#: Characters of a claim or quote, which are a sentence or a few; what is longer is not looked into.
LONGEST = 1000
_Spans = tuple[tuple[int, int], ...]


def in_claim(finding: Finding, today: date | None) -> Parts:
    """Return a finding's claim with what differs from any evidence against it; ``today`` is the article's date."""
    spans = {span for item in finding.evidence for span in _differing(finding.claim, item, today)[0]}
    return _cut(finding.claim.text, tuple(sorted(spans)))


def in_quote(claim: Claim, evidence: Evidence, today: date | None) -> Parts:
    """Return the words of the evidence with what differs from the claim."""
    return _cut(evidence.quote, _differing(claim, evidence, today)[1])


def _differing(claim: Claim, evidence: Evidence, today: date | None) -> tuple[_Spans, _Spans]:
    if evidence.stance != Stance.CONTRADICTS or evidence.bears_on != "content":
        return (), ()
    if max(len(claim.text), len(evidence.quote)) > LONGEST:
        return (), ()
    return _compare(claim.text, evidence.quote, today, evidence.document.title)


@lru_cache(maxsize=4096)  # each format asks again
def _compare(claim: str, quote: str, today: date | None, title: str) -> tuple[_Spans, _Spans]:
    from factcheck.comparison.compare import Relation, compare  # its units take a second to import

    pairs = [
        (found.claim_span, found.evidence_span)
        for found in compare(claim, quote, claim_date=today, title=title)
        if found.relation == Relation.DIFFERS and found.evidence_span
    ]
    return tuple(one for one, _ in pairs), tuple(sorted({other for _, other in pairs}))


def _cut(text: str, spans: _Spans) -> Parts:
    parts = []
    at = 0
    for start, end in spans:
        if start >= at:
            parts += [(text[at:start], False), (text[start:end], True)]
            at = end
    parts.append((text[at:], False))
    return tuple(part for part in parts if part[0])
