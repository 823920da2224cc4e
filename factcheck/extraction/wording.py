"""A clause in words that stand alone: names for pronouns and short names, dates for weekdays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from factcheck.extraction.clauses import Clause
from factcheck.extraction.dates import follow_dates
from factcheck.extraction.names import joined
from factcheck.extraction.references import References, is_personal, is_pronoun
from factcheck.extraction.tree import Tree

_FIRST_PERSON = {"i": "{}", "me": "{}", "my": "{}’s", "mine": "{}’s", "myself": "{}"}
_AFTER_FIRST_PERSON = {"am": "is", "’m": "is", "'m": "is", "have": "has", "’ve": "has", "'ve": "has", "do": "does"}
_DEMONSTRATIVES = {"this", "that", "these", "those"}
_SUBJECTS = {"nsubj", "nsubjpass"}
_COPULAS = {
    "is",
    "’s",
    "'s",
    "was",
    "be",
    "been",
    "seems",
    "seemed",
    "appears",
    "appeared",
    "sounds",
    "sounded",
    "looks",
    "looked",
}
_CLAUSES = {"ccomp", "xcomp", "advcl", "csubj", "acl"}


@dataclass(frozen=True)
class Voice:
    """Who speaks in a clause, where somebody does: ``is_person`` tells a person from a body or a document."""

    speaker: str
    direct: bool
    is_person: bool


@dataclass(frozen=True)
class Wording:
    """The words of a claim; ``named`` is the day it names last, ``ambiguous`` that a reference was left open."""

    text: str
    ambiguous: bool
    named: date | None


def word_clause(
    tree: Tree,
    sentence: int,
    clause: Clause,
    references: References,
    voice: Voice | None,
    today: date | None,
    named: date | None,
) -> Wording:
    """Write out a clause of a sentence so that it stands alone."""
    words = tree.words
    replaced = references.replaced(words, clause.reading)
    ambiguous = False
    for place, number in enumerate(clause.reading):
        word = words[number]
        lower = word.text.lower()
        if voice and voice.direct and voice.is_person and lower in _FIRST_PERSON and word.tag in {"PRP", "PRP$"}:
            replaced[place] = _FIRST_PERSON[lower].format(voice.speaker)
            _agree(tree, clause.reading, place, replaced)
        elif (
            is_pronoun(word) and not _expletive(tree, number) and not _settled(tree, clause.reading, place, references)
        ):
            found = _antecedent(tree, sentence, number, references, voice)
            if found:
                replaced[place] = f"{found}’s" if word.tag == "PRP$" else found
            ambiguous = ambiguous or (not found and _matters(tree, number))
        elif lower in _DEMONSTRATIVES and word.tag == "DT" and word.dependency in _SUBJECTS:
            ambiguous = True
        elif word.tag in {"NN", "NNP"} and place and _bare_definite(tree, clause, place):
            name = references.definite(word)
            if name:
                replaced[place - 1], replaced[place] = "", name
    if clause.added:
        place = clause.reading.index(clause.added[0])
        replaced[place] = f"{clause.added[1]} {replaced.get(place, words[clause.added[0]].text)}"
    text = _tidy(joined([words[number] for number in clause.reading], replaced))
    text, last = follow_dates(text, today, named)
    return Wording(text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else "."), ambiguous, last)


def _antecedent(tree: Tree, sentence: int, number: int, references: References, voice: Voice | None) -> str | None:
    word = tree.words[number]
    speaker = voice.speaker if voice else None
    if is_personal(word):
        other = references.person(sentence, number, but=speaker)
        if voice and not voice.direct and voice.is_person:
            agrees = references.fits(speaker, word)
            return speaker if agrees or (agrees is None and not references.fits(other, word)) else other
        # "The referee said he …": a speaker without a name may be meant as well as whoever was named last.
        unsure = voice is not None and not voice.direct and not references.fits(other, word)
        return None if unsure else other
    if voice and not voice.direct and not voice.is_person and _fits(word.text, voice.speaker):
        return speaker
    return references.thing(sentence, number)


def _fits(pronoun: str, speaker: str) -> bool:
    """Tell whether "it" or "they" agrees in number with a body's name."""
    plural = speaker.split()[-1].lower().endswith("s") or speaker.lower() in {"police", "the police"}
    return plural == (pronoun.lower() in {"they", "them", "their", "themselves"})


def _settled(tree: Tree, reading: Sequence[int], place: int, references: References) -> bool:
    """Tell whether the clause's own words before a pronoun can say what it means."""
    word = tree.words[reading[place]]
    for number in reading[:place]:
        other = tree.words[number]
        if is_personal(word) and references.names(other):
            return True
        if not is_personal(word) and other.dependency in _SUBJECTS and other.tag.startswith("NN"):
            return True
        if word.dependency not in _SUBJECTS and other.dependency in _SUBJECTS and is_pronoun(other):
            return other.text.lower()[0] == word.text.lower()[0]
    return False


def _expletive(tree: Tree, number: int) -> bool:
    """Tell whether "it" stands for a clause that follows, or for nothing: "it was unclear whether …"."""
    word = tree.words[number]
    if word.text.lower() != "it":
        return False
    below = [
        word.head,
        *(child for child in tree.children[word.head] if tree.words[child].dependency in {"acomp", "attr"}),
    ]
    clauses = {tree.words[child].dependency for top in below for child in tree.children[top] if child > word.head}
    return word.dependency == "expl" or (tree.words[word.head].text.lower() in _COPULAS and bool(clauses & _CLAUSES))


def _matters(tree: Tree, number: int) -> bool:
    """Tell whether a claim is unclear without the pronoun's antecedent."""
    word = tree.words[number]
    return word.dependency in _SUBJECTS or tree.words[word.head].dependency in _SUBJECTS


def _bare_definite(tree: Tree, clause: Clause, place: int) -> bool:
    """Tell whether a noun of the clause has nothing but "the" with it."""
    number, before = clause.reading[place], tree.words[clause.reading[place - 1]]
    beside = [child for child in tree.children[number] if child in clause.reading and child != clause.verb]
    only = all(tree.words[child].dependency in {"det", "punct", "case"} for child in beside)
    return only and before.text.lower() == "the"


def _agree(tree: Tree, reading: Sequence[int], place: int, replaced: dict[int, str]) -> None:
    """Let the verb behind "I" agree with the name that takes its place."""
    if tree.words[reading[place]].text != "I" or place + 1 >= len(reading):
        return
    verb = tree.words[reading[place + 1]]
    if verb.text.lower() in _AFTER_FIRST_PERSON:
        replaced[place + 1] = _AFTER_FIRST_PERSON[verb.text.lower()]
        if verb.text[0] in "’'":
            replaced[place] += " "
    elif verb.tag == "VBP":
        replaced[place + 1] = verb.text + "s"


def _tidy(text: str) -> str:
    """Drop marks that lost what they stood around: quotation marks without a partner, commas side by side."""
    for opening, closing in ("“”", "‘’", "«»"):
        if closing == "’":
            text = re.sub(r"‘(?=[^’]*$)", "", text)
        elif text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    text = re.sub(r"[\"”]\s+[\"“]", " ", text)
    text = re.sub(r"\s+(?=[’']s\b)", "", text)
    text = re.sub(r"\s*,(?:\s*,)+", ",", text)
    return re.sub(r"\s{2,}", " ", text).strip(' \n,;:—–-“”"‘').rstrip(' .,;:!?’”"')
