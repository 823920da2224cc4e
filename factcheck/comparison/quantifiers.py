"""Words for all or none of some things, "every household" and "none of the mills", and shares that rule them out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.comparison.amounts import counted
from factcheck.comparison.context import Context, sentence_at, stem, unknown
from factcheck.comparison.figures import Figure
from factcheck.comparison.measures import Measure
from factcheck.comparison.numerals import NUMBER, read_number
from factcheck.comparison.relation import Span
from factcheck.comparison.units import PERCENT

_QUANTIFIER = re.compile(
    rf"\b(?:(?P<every>every)\s+(?P<one>[a-z]+)|(?P<none>none)\s+of\s+the|(?P<all>each(?=\s+of)|all)(?:\s+of)?\s+the)\b"
    rf"(?:\s+(?P<number>{NUMBER})(?=\s))?",
    re.IGNORECASE,
)
#: Before a quantifier, these say that it is not quite so.
_HEDGE = re.compile(r"\b(?:nearly|almost|virtually|practically|hardly|scarcely|than|about)\s+$", re.IGNORECASE)
#: What is denied, excepted, wished or foreseen is not held against what is so.
_OTHERWISE = re.compile(
    r"\b(?:no|not|never|nor|neither|without|except\w*|apart|save|bar|but\s+(?:one|two|three|the|an?|\d+)|will|would|shall|"
    r"should|must|may|might|can|could|if|unless|until)\b|n[’']t\b",
    re.IGNORECASE,
)


def find_quantifiers(text: str, taken: Sequence[Span] = ()) -> Iterator[Figure]:
    """Yield as shares of 100 and 0 percent where ``text`` speaks of all or none, outside of the spans ``taken``."""
    for match in _QUANTIFIER.finditer(text):
        word = next(name for name in ("every", "none", "all") if match[name])
        noun, modifiers = (stem(match["one"]), frozenset()) if match["one"] else counted(text, match.end())
        number = read_number(match["number"]) if match["number"] else None
        overlaps = any(start < match.end(word) and match.start() < end for start, end in taken)
        if not noun or overlaps or _HEDGE.search(text, max(0, match.start() - 30), match.start()):
            continue
        share = 0.0 if word == "none" else 100.0
        whole = number.value if number else 0.0
        yield Figure(match.span(word), (Measure(share, share, PERCENT, noun=noun, modifiers=modifiers, whole=whole),))


def is_share_of(share: Measure, quantifier: Measure, others: Sequence[Figure]) -> bool:
    """Tell whether a share is one of the things that a quantifier is of; its whole is among the ``others``."""
    if share.unit != PERCENT or share.aspect != "level":
        return False
    named = [share] if share.noun else [other.measures[0] for other in others if other.measures[0].low == share.whole]
    return any((one.noun, one.modifiers) == (quantifier.noun, quantifier.modifiers) for one in named)


def is_plain(text: str, at: int) -> bool:
    """Tell whether the sentence at ``at`` says that something is so."""
    return not _OTHERWISE.search(text, *sentence_at(text, at))


#: Words of the claim that the evidence has, from which on it may have a few of its own: "paid" for "compensated".
_MANY = 4


def covers(quantifier: Measure, claim: Context, evidence: Context) -> bool:
    """Tell whether a share of the evidence is of those that do what the claim says of all or none.

    Not all who were paid need have been paid in full; who was paid in full was paid. All in a valley are not all.
    """
    extra = unknown(evidence.clause, claim.known)
    narrow = quantifier.low > 0 and extra and (len(claim.clause) < _MANY or 2 * len(extra) > len(claim.clause))
    return not narrow and not unknown(claim.sentence, evidence.known)
