"""Whether two spans speak of the same thing: the content words around each of them, by stem, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

import simplemma
import snowballstemmer

from factcheck.comparison.labels import find_label, is_headed_by_year, row_named
from factcheck.comparison.relation import Span
from factcheck.comparison.spelling import fold
from factcheck.comparison.words import CANONICAL, FUNCTION_WORDS, LEMMAS, LIGHT_STEMS

_STEMMER = snowballstemmer.stemmer("english")

_WORD = re.compile(r"[^\W\d_]+(?:\.(?=[A-Z]\b))?")
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\bSept)[.!?][\"”’']?\s+(?=[\"“‘'(]?[A-Z\d])|\n")
_CLAUSE_END = re.compile(
    r"[,;:()\[\]—]|--|\s[–-]\s|\b(?:and|but|or|while|whereas|which|who|whose|when|where|after|before|because|although|though)\b"
)
#: Words that stand for a name given elsewhere.
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|his|her|hers|its|their|him|them|(?:the|this)\s+(?:film|movie|song|single|album|show|series|book|"
    r"novel|game|play|band|group|company|firm|team|club|party|agency|city|town|country|state|island|building|ship|event))\b",
    re.IGNORECASE,
)


class Topic(IntEnum):
    """How sure it is that two spans speak of the same thing."""

    OTHER = 0
    LIKELY = 1
    SAME = 2


@dataclass(frozen=True)
class Context:
    """The stems of the content words around a span.

    Attributes:
        clause: those of its clause.
        sentence: those of its sentence.
        names: those of the sentence that are written as names.
        known: those of the sentence and of whatever else the reader knows it is about.
    """

    clause: frozenset[str]
    sentence: frozenset[str]
    names: frozenset[str]
    known: frozenset[str]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what the forms of a word have in common, one for words of the same event ("killed", "died")."""
    word = word.casefold()
    lemma = LEMMAS.get(word) or simplemma.lemmatize(word, lang="en")
    stemmed: str = _STEMMER.stemWord(lemma.casefold())
    return CANONICAL.get(stemmed, stemmed)


def stems(text: str) -> frozenset[str]:
    """Return the stems of the content words of ``text``."""
    return frozenset(stemmed for stemmed, _, _ in content_words(text, (0, len(text)), ()))


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of ``text``."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return tuple(pairwise(cuts))


def sentence_at(text: str, offset: int) -> Span:
    """Return the span of the sentence that ``offset`` lies in."""
    return next((span for span in sentences(text) if span[0] <= offset < span[1]), (0, len(text)))


def around(text: str, span: Span, masked: Sequence[Span], about: str = "") -> Context:
    """Read the context of ``span``; words of the ``masked`` spans are no part of it.

    What the text is ``about``, such as its title, is known in each sentence; where a sentence has a pronoun, so is
    what else the text names.
    """
    sentence = sentence_at(text, span[0])
    words = list(content_words(text, sentence, masked))
    clause = _clause(text, span, sentence, masked, [at for _, _, at in words])
    known = {stemmed for stemmed, _, _ in [*words, *content_words(about, (0, len(about)), ())]}
    if _PRONOUN.search(text, *sentence):
        known.update(stemmed for stemmed, _, _ in content_words(text, (0, len(text)), masked))
    return Context(
        clause=frozenset(stemmed for stemmed, _, at in words if clause[0] <= at < clause[1]),
        sentence=frozenset(stemmed for stemmed, _, _ in words),
        names=frozenset(stemmed for stemmed, name, _ in words if name),
        known=frozenset(known),
    )


def compare_contexts(claim: Context, evidence: Context) -> Topic:
    """Tell how sure it is that two contexts are of one thing.

    Words that only one side has may be mere detail; where both sides have words of their own, they speak of
    different aspects ("killed" and "wounded", "to France" and "to Japan").
    """
    claim_only, evidence_only = unknown(claim.clause, evidence.known), unknown(evidence.clause, claim.known)
    shared = claim.clause - claim_only
    strange, its_strange = unknown(claim.names, evidence.known), unknown(evidence.names, claim.known)
    if not shared or (strange and its_strange):
        return Topic.OTHER
    covered = len(shared) / len(claim.clause)
    named = not strange and not evidence.clause & its_strange
    # A clause of the evidence with no word of the claim in it has a subject or a verb of its own.
    told = not evidence.clause or evidence_only < evidence.clause
    if covered >= 0.6 and named and told and not (claim_only and evidence_only):
        return Topic.SAME
    return Topic.LIKELY if covered >= 0.5 or not evidence_only else Topic.OTHER


def unknown(words: frozenset[str], known: frozenset[str]) -> frozenset[str]:
    """Return the words that are not known, nor begin or continue a known one ("council", "councillor")."""
    return frozenset(
        word
        for word in words - known
        if not any(
            min(len(word), len(other)) >= 5 and (word.startswith(other) or other.startswith(word)) for other in known
        )
    )


def content_words(text: str, within: Span, masked: Iterable[Span]) -> Iterable[tuple[str, bool, int]]:
    """Yield (stem, whether it is written as a name, offset) of the content words, spelling variants folded."""
    spans = list(masked)
    for match in _WORD.finditer(text, *within):
        word, at = match[0], match.start()
        if word.casefold() in FUNCTION_WORDS or any(start <= at < end for start, end in spans):
            continue
        stemmed = stem(word)
        if stemmed not in LIGHT_STEMS:
            yield fold(stemmed), word[0].isupper() and not _opens_sentence(text, within, match), at


def _opens_sentence(text: str, sentence: Span, word: re.Match[str]) -> bool:
    """Tell whether ``word`` may be capitalised for its place alone: first, and with no capital after it."""
    first = not re.search(r"\w", text[sentence[0] : word.start()])
    return first and not re.match(r"\s+[A-Z]", text[word.end() : word.end() + 5])


def _clause(text: str, span: Span, sentence: Span, masked: Sequence[Span], words: Sequence[int]) -> Span:
    """Return the clause around ``span``, widened until it holds one of the ``words``, given by their offsets.

    What is labelled has its label for a clause, the whole of it: "Loss before tax: £24.8m"; the cell of a year's column
    has what its row is of.
    """
    if is_headed_by_year(text, span[0]):
        return row_named(text, sentence)
    label = find_label(text, span[0])
    if (
        label
        and any(label[0] <= at < label[1] for at in words)
        and not any(label[0] <= at < label[1] for at, _ in masked)
    ):
        return label
    breaks = [
        match.span()
        for match in _CLAUSE_END.finditer(text, *sentence)
        if not any(start <= match.start() < end for start, end in masked)
    ]
    starts = [sentence[0], *(end for _, end in breaks if end <= span[0])]
    ends = [*(start for start, _ in breaks if start >= span[1]), sentence[1]]
    while not any(starts[-1] <= at < ends[0] for at in words):
        if len(starts) > 1:
            starts.pop()
        elif len(ends) > 1:
            ends.pop(0)
        else:
            break
    return starts[-1], ends[0]
