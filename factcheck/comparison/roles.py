"""Whether two names fill the same role: the same place in sentences that otherwise say the same."""

from __future__ import annotations

import re

import simplemma

from factcheck.comparison.context import Context, sentence_at, stem
from factcheck.comparison.names import Name
from factcheck.comparison.words import FUNCTION_WORDS

#: A name, the text it stands in, and its context there.
Place = tuple[str, Name, Context]

#: Neighbours of a name among others: "Ward, Moss and Lang".
_LIST_GOES_BEFORE = re.compile(r"[A-Z][\w.-]*(?:,|,? and) $")
_LIST_GOES_ON = re.compile(r"(?:,|,? and) [A-Z]")
_BY = re.compile(r"\b(?P<verb>\w+)\s+by\s+(?:[Tt]he\s+)?$")
_COPULA_BEFORE = re.compile(r"\b(?:is|was|are|were|became|remains?)\s+(?:the\s+)?$")
_PREPOSITION = re.compile(
    r"\b(in|at|on|of|to|from|with|against|for|into|near|over|under|as|like|than|through|via|between|after|before|or)"
    r"\s+(?:[Tt]he\s+)?$"
)
_COPULA_AFTER = re.compile(r"\s+(?:is|was|are|were|became|remains?)\s+(?:the|an?)\s")
#: What follows a subject: its verb, past a bracket, an adverb and an auxiliary.
_VERB = re.compile(
    r"(?:\s*\([^)]*\)|,[^,.]*,)?\s*(?:(?P<passive>was|were|is|are|been|being)\s+)?(?:\w+ly\s+|has\s+|had\s+|have\s+)?(?P<word>[a-z]+)"
)
_FOLLOWED = re.compile(r"\s+([a-z]+)")
_ADJECTIVE = re.compile(r"\b(?:is|was|an?)\s+[A-Z]\w*(?:an|ish|ese|ch|i)$")
_PRONOUN = re.compile(r"\b(?:he|she|him|it|they|them)\b", re.IGNORECASE)
_NARROWING = re.compile(r"\b(?:former|deputy|vice|acting|ex|late|next|previous|another|co-\w+|also)\b", re.IGNORECASE)


def fill_same_role(one: Place, other: Place) -> bool:
    """Tell whether ``other`` stands in the evidence where ``one`` stands in the claim, so that one must be wrong."""
    (claim, name, ours), (evidence, its_name, theirs) = one, other
    if not _comparable(name, its_name) or _PRONOUN.search(evidence, *sentence_at(evidence, its_name.span[0])):
        return False
    if _narrowing(claim) != _narrowing(evidence) or any(map(qualifies, (claim, evidence), (name, its_name))):
        return False
    clause = theirs.clause if len(theirs.clause) > 1 else theirs.sentence
    same = len(ours.sentence & clause) > 1 and ours.sentence <= theirs.known and clause <= ours.known
    return same and slot(claim, name) == slot(evidence, its_name) != "list"


def _comparable(one: Name, other: Name) -> bool:
    """Tell whether two names are of one kind, as far as their form shows, and of different bearers for certain."""
    if not (one.certain and other.certain) or one.title != other.title:
        return False
    if one.organisation != other.organisation and not (one.acronym or other.acronym):
        return False
    shared = set(one.parts) & set(other.parts)
    return not shared or (one.parts[-1] == other.parts[-1] and not one.organisation)


def slot(text: str, name: Name) -> str:
    """Return the place of a name in its sentence, in the active voice.

    That is "list", "subject" with the stem of the verb where it can be told, "object", or a preposition.
    """
    before, after = text[: name.span[0]], text[name.span[1] :]
    before = re.sub(rf"{re.escape(name.title)}\s+$", "", before, flags=re.IGNORECASE) if name.title else before
    if _LIST_GOES_BEFORE.search(before) or _LIST_GOES_ON.match(after):
        return "list"
    if agent := _BY.search(before):
        return f"subject of {stem(agent['verb'])}"
    if _COPULA_BEFORE.search(before) or _COPULA_AFTER.match(after):
        return "subject of be"
    if preposition := _PREPOSITION.search(before):
        return preposition[1]
    verb = _VERB.match(after)
    if verb and verb["passive"] and _is_inflected(verb["word"]) and not verb["word"].endswith("ing"):
        return "object"
    if re.search(r"[a-z]\w*\s+(?!the\s)[a-z]", text[slice(sentence_at(text, name.span[0])[0], len(before))]):
        return "object"
    return f"subject of {stem(verb['word'])}" if verb else "subject"


def qualifies(text: str, name: Name) -> bool:
    """Tell whether a name qualifies a noun that follows it, as in "an American actor" or "Ward's ship"."""
    if re.match(r"['’]s?\b", text[name.span[1] :]):
        return True
    if len(name.parts) > 1:
        return False
    if _ADJECTIVE.search(text, 0, name.span[1]):
        return True
    follower = _FOLLOWED.match(text, name.span[1])
    return follower is not None and not _is_inflected(follower[1]) and follower[1] not in FUNCTION_WORDS


def _is_inflected(word: str) -> bool:
    return simplemma.lemmatize(word, lang="en") != word.casefold()


def _narrowing(text: str) -> set[str]:
    return {word.casefold() for word in _NARROWING.findall(text)}
