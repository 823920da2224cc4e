"""Votes: which side of a ballot a number counts ("two voted against"), and sides that nobody took."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factcheck.comparison.relation import Span

#: The sides of a ballot, by the words for them.
_SIDES = {
    "for": r"(?:in\s+favou?r|for(?=\W*$|\s+(?:it|the|a|this|that|and|to)\b)|yes|ayes?)",
    "against": r"(?:against|no(?=\W|$)|nays?)",
    "abstained": r"(?:abstain(?:ed|ing|s)?|abstentions?)",
}
SIDES = frozenset(_SIDES)
_SIDE = "|".join(rf"(?P<{name}>{words})" for name, words in _SIDES.items())
_VOTED = r"(?:(?:have|has|had|were|was)\s+)?(?:vot(?:ed|es?|ing)(?:\s+(?:cast|were|was))?\s+|(?=abstain))"
#: A number counts a side that follows it, or the side that those whom it counts took.
_AFTER_NUMBER = re.compile(rf"\s+(?:(?:[\w’'-]+\s+){{0,6}}?{_VOTED})?(?:{_SIDE})\b", re.IGNORECASE)
_NOBODY = re.compile(
    rf"\b(?P<nobody>nobody|no[\s-]one|none(?:\s+of\s+(?:the\s+)?\w+)?|no\s+votes?\s+(?:were\s+)?cast|no(?:\s+[\w’'-]+){{1,2}}?)"
    rf"\s+(?:{_VOTED})?(?:{_SIDE})\b",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"\bof\s+(?:the\s+|its\s+)?$", re.IGNORECASE)
_BALLOT = re.compile(r"\b(?:vot(?:ed?|es|ing|ers?)|ballot|abstain\w*|abstentions?|in\s+favou?r)\b", re.IGNORECASE)


def read_side(text: str, number: Span, sentence: Span) -> str:
    """Return the side that a ``number`` in a ``sentence`` counts: "for", "against", "abstained", or "" for none."""
    if _OF_THESE.search(text, sentence[0], number[0]):
        return ""  # "six of the nine members voted for it"
    match = _AFTER_NUMBER.match(text, number[1], sentence[1])
    return match.lastgroup or "" if match and _BALLOT.search(text, *sentence) else ""


def find_empty_sides(text: str) -> Iterator[tuple[Span, str]]:
    """Yield where ``text``, which is about a ballot, says that nobody took a side, and the side."""
    for match in _NOBODY.finditer(text) if _BALLOT.search(text) else ():
        yield match.span("nobody"), match.lastgroup or ""
