"""What stands between text from outside and the models, whichever engine runs.

An engine reads an article and passages whose hidden characters are blanks, of the same length; what it returns is put
back into the words as they stand. What addresses a machine is blanked in passages, since it is no evidence; in the
article it stays, flagged, for a claim may be made beside it, and ``instructs`` keeps it from a chat model.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate, chain
from typing import TypeVar

from factcheck.records import Article, Claim, Evidence, Extraction, Finding, Flag, NotChecked, Passage, Source
from factcheck.untrusted.hidden import has_hidden, hidden_spans, original_span, readable
from factcheck.untrusted.instructions import Span, find_instructions, instructs, without_instructions

#: Stands for a title that addresses a machine.
UNTITLED = "Untitled"

_Spanned = TypeVar("_Spanned", Claim, NotChecked)


def article_to_read(article: Article) -> Article:
    """Return ``article`` without hidden characters, every offset as it was."""
    title = _title(article.title) if article.title else None
    return article.model_copy(update={"text": readable(article.text), "title": title})


def as_it_stands(extraction: Extraction, article: Article) -> Extraction:
    """Put what was found in ``article_to_read(article)`` into the words of ``article``, and flag what they hide.

    Hidden characters outside of everything found are listed among what was not checked.
    """
    instructions = find_instructions(readable(article.text))
    instructed = _touching(instructions)
    claims = tuple(_claim_as_it_stands(claim, article, instructed) for claim in extraction.claims)
    others = tuple(_words(item, article.text) for item in extraction.not_checked)
    found: tuple[Claim | NotChecked, ...] = (*claims, *others)
    seen = _touching([(item.start, item.end) for item in found])
    unseen = [span for span in hidden_spans(article.text) if not seen(span)]
    reason = "characters that cannot be seen; they were left out for reading"
    nowhere = (NotChecked(quote=article.text[start:end], start=start, end=end, reason=reason) for start, end in unseen)
    return Extraction(claims=claims, not_checked=tuple(sorted((*others, *nowhere), key=lambda item: item.start)))


def case_to_read(claim: Claim, passages: Sequence[Passage]) -> tuple[Claim, list[Passage]]:
    """Return the case as models may read it, the claim flagged where it or a passage addresses a machine."""
    read = [_passage_to_read(passage) for passage in passages]
    # An instruction may also be split, so that it only shows where one passage follows on another.
    told = chain([claim.text, " ".join(passage.text for passage in read)], *(_parts(passage) for passage in passages))
    flags = {*claim.flags, *([Flag.INSTRUCTIONS_IN_TEXT] if any(map(instructs, told)) else [])}
    return claim.model_copy(update={"text": readable(claim.text), "flags": tuple(sorted(flags))}), read


def finding_as_it_stands(finding: Finding, claim: Claim, passages: Sequence[Passage]) -> Finding:
    """Put the citations of a finding on ``case_to_read(claim, passages)`` into the passages' own words."""
    evidence = tuple(_cited(item, passages) for item in finding.evidence)
    hidden = any(has_hidden(part) for item in evidence for part in (item.quote, *_named(item.document)))
    flags = {*finding.flags, *claim.flags, *([Flag.HIDDEN_CHARACTERS] if hidden else [])}
    return finding.model_copy(update={"claim": claim, "evidence": evidence, "flags": tuple(sorted(flags))})


def _claim_as_it_stands(claim: Claim, article: Article, instructed: Callable[[Span], bool]) -> Claim:
    claim = _words(claim, article.text)
    flags = set(claim.flags)
    if has_hidden(claim.quote):
        flags.add(Flag.HIDDEN_CHARACTERS)
    if instructs(claim.text) or instructed((claim.start, claim.end)):
        flags.add(Flag.INSTRUCTIONS_IN_TEXT)
    return claim.model_copy(update={"flags": tuple(sorted(flags))})


def _words(item: _Spanned, text: str) -> _Spanned:
    start, end = original_span(text, item.start, item.end)
    return item.model_copy(update={"start": start, "end": end, "quote": text[start:end]})


def _passage_to_read(passage: Passage) -> Passage:
    publisher = without_instructions(readable(passage.source.publisher or "")).strip() or None
    source = passage.source.model_copy(update={"title": _title(passage.source.title), "publisher": publisher})
    text, above = (without_instructions(readable(words)) for words in (passage.text, passage.above))
    return passage.model_copy(update={"source": source, "text": text, "above": above})


def _title(title: str) -> str:
    return without_instructions(readable(title)).strip() or UNTITLED


def _parts(passage: Passage) -> list[str]:
    return [readable(part) for part in (passage.text, passage.above, *_named(passage.source))]


def _named(source: Source) -> list[str]:
    return [part for part in (source.title, source.publisher) if part]


def _cited(evidence: Evidence, passages: Sequence[Passage]) -> Evidence:
    """Return evidence with its document and its words as they stand in the passage that it is from."""
    for passage in passages:
        start, end = evidence.start - passage.start, evidence.end - passage.start
        if passage.source.id == evidence.document.id and 0 <= start < end <= len(passage.text):
            start, end = original_span(passage.text, start, end)
            return evidence.model_copy(
                update={
                    "document": passage.source,
                    "quote": passage.text[start:end],
                    "start": passage.start + start,
                    "end": passage.start + end,
                }
            )
    return evidence


def _touching(spans: Sequence[Span]) -> Callable[[Span], bool]:
    """Return what tells whether a span has characters in common with one of ``spans``, however many these are."""
    ordered = sorted(spans)
    ends = list(accumulate((end for _, end in ordered), max))

    def touches(span: Span) -> bool:
        before = bisect_left(ordered, (span[1],))  # those that begin before it ends
        return before > 0 and ends[before - 1] > span[0]

    return touches
