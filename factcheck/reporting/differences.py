"""Where a claim and the evidence against it differ in a figure, a date or a name: what a reader should see first."""

from __future__ import annotations

from collections.abc import Iterable

from factcheck.records import Evidence, Finding

#: A text in parts, each with whether it is one that differs.
Parts = tuple[tuple[str, bool], ...]


def in_claim(finding: Finding) -> Parts:
    """Return a finding's claim with what differs from any evidence against it."""
    found = {(words.claim_start, words.claim_words) for item in finding.evidence for words in item.differences}
    return _cut(finding.claim.text, found)


def in_quote(evidence: Evidence) -> Parts:
    """Return the words of the evidence with what differs from the claim."""
    return _cut(evidence.quote, {(words.evidence_start, words.evidence_words) for words in evidence.differences})


def _cut(text: str, found: Iterable[tuple[int, str]]) -> Parts:
    parts = []
    at = 0
    for start, words in sorted(found):
        # A report that was read from a file may say anything; words that do not stand there are left out.
        if words and start >= at and text.startswith(words, start):
            parts += [(text[at:start], False), (words, True)]
            at = start + len(words)
    parts.append((text[at:], False))
    return tuple(part for part in parts if part[0])
