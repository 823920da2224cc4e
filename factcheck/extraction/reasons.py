"""What is not a claim, and why: questions, predictions, wishes, opinions, and what says nothing definite."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.extraction.clauses import Clause, Tree
from factcheck.extraction.sentences import BlockKind

BY_KIND = {
    BlockKind.BOILERPLATE: "boilerplate",
    BlockKind.BYLINE: "byline",
}
CAPTION = "caption"
FRAGMENT = "not a full statement"
SPEECH_ONLY = "says that somebody spoke, but not what"
QUESTION = "question"
PREDICTION = "prediction"
WISH = "wish or demand"
OPINION = "opinion"
VAGUE = "nothing definite to check"

#: A statement below the first, or an opinion above the second with less than the third, is left unchecked.
_VAGUE_BELOW = 0.05
_OPINION_ABOVE = 0.6
_OPINION_BELOW = 0.35

_WISHES = (
    "hope",
    "wish",
    "want",
    "demand",
    "urge",
    "plead",
    "beg",
    "call for",
    "called for",
    "calls for",
    "appeal",
    "like to",
)
_EXPECTATIONS = ("expect", "predict", "forecast", "plan", "intend", "vow", "pledg", "promis", "aim", "anticipat")
_FUTURE = {"will", "shall", "’ll", "'ll", "wo", "’d", "ll"}
_CONDITIONAL = {"would", "could", "might", "may"}
_DUTY = {"should", "must", "ought", "let"}
_AMOUNTS = {"CARDINAL", "MONEY", "PERCENT", "QUANTITY"}


def by_form(tree: Tree, clause: Clause, cue: str | None, asked: bool) -> str | None:
    """Return why a clause is no claim by its verbs and its cue, or None.

    An estimate in figures ("would cost £640,000") can be checked although it speaks of what may be.
    """
    if asked or (cue and cue.lower().startswith(("asked", "asks", "wonder"))):
        return QUESTION
    cue_text = (cue or "").lower()
    if any(wish in cue_text for wish in _WISHES):
        return WISH
    verb = tree.words[clause.verb]
    helpers = {
        tree.words[child].text.lower() for child in tree.children[clause.verb] if tree.words[child].dependency == "aux"
    }
    helpers |= {verb.text.lower()} if verb.tag == "MD" else set()
    if helpers & _DUTY or any(_is(verb.text, wish) for wish in _WISHES):
        return WISH
    if any(_is(verb.text, word) for word in _EXPECTATIONS) or any(word in cue_text for word in _EXPECTATIONS):
        return PREDICTION
    if helpers & _FUTURE or _is_due(tree, clause):
        return PREDICTION
    if helpers & _CONDITIONAL and not _has_amount(tree, clause.words):
        return PREDICTION
    return None


def by_score(check_worthy: float, subjective: float, *, direct: bool) -> str | None:
    """Return why a statement is no claim by its scores, or None; what somebody says is opinion sooner."""
    if check_worthy < _VAGUE_BELOW:
        return OPINION if subjective >= 0.5 else VAGUE
    opinion = subjective > _OPINION_ABOVE and check_worthy < _OPINION_BELOW
    return OPINION if opinion and direct else None


def _is(verb: str, stem: str) -> bool:
    return verb.lower().startswith(stem) and len(verb) <= len(stem) + 3


def _is_due(tree: Tree, clause: Clause) -> bool:
    """Tell "is to open", "is due", "is set to", "are going to" from what is so already."""
    verb = tree.words[clause.verb]
    helpers = {
        tree.words[child].text.lower() for child in tree.children[clause.verb] if tree.words[child].dependency == "aux"
    }
    if verb.text.lower() in {"is", "are"}:
        below = [tree.words[child] for child in tree.children[clause.verb]]
        return any(word.text.lower() in {"due", "set", "likely", "expected"} for word in below) or any(
            word.tag == "VB" and any(tree.words[c].text.lower() == "to" for c in tree.children[n])
            for n, word in ((child, tree.words[child]) for child in tree.children[clause.verb])
            if word.dependency in {"xcomp", "ccomp"} and n == clause.verb + 2
        )
    if "to" in helpers and helpers & {"is", "are"}:
        return True
    return verb.text.lower() in {"going", "expected", "due", "scheduled"} and bool(tree.children[clause.verb])


def _has_amount(tree: Tree, words: Sequence[int]) -> bool:
    return any(tree.words[word].entity[2:] in _AMOUNTS for word in words)
