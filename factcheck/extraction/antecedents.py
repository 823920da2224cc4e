"""Whom or what a pronoun of a clause means, and whether the clause can do without being told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.extraction.clauses import Clause
from factcheck.extraction.given_names import PEOPLE
from factcheck.extraction.pronouns import is_personal, is_pronoun, means_alike
from factcheck.extraction.references import MEDIA, References
from factcheck.extraction.speakers import Voice
from factcheck.extraction.tags import NOMINAL_SUBJECTS, NOUNS
from factcheck.extraction.tree import Tree
from factcheck.models.tagger import Word

_COPULAS = {
    "is", "’s", "'s", "was", "be", "been", "seems", "seemed", "appears", "appeared", "sounds", "sounded", "looks",
    "looked",
}  # fmt: skip
_EMERGING = {
    "appeared", "appears", "emerged", "emerges", "happened", "seemed", "seems", "transpired", "turned", "turns",
}  # fmt: skip
#: What "its" is of in a set phrase, "at its height", whatever was the subject before.
_HEIGHTS = {"height", "peak", "zenith"}
_BEHIND_A_NOUN = re.compile(r" (?:at|close|familiar|for|from|in|on|to|with) ")
_CLAUSES = {"ccomp", "xcomp", "advcl", "csubj", "acl"}


def needs_antecedent(tree: Tree, sentence: int, clause: Clause, place: int, references: References) -> bool:
    """Tell whether the word at a ``place`` of a clause is a pronoun that the clause's own words do not explain."""
    number = clause.reading[place]
    if not is_pronoun(tree.words[number]) or _expletive(tree, number) or _stresses(tree.words, number):
        return False
    apart = _doer(tree, sentence, clause, number, references) is not None
    return apart or not (_settled(tree, clause.reading, place, references) or _is_of_antecedent(tree, clause, number))


def antecedent(
    tree: Tree, sentence: int, clause: Clause, number: int, references: References, voice: Voice | None
) -> str | None:
    """Return whom or what the pronoun ``number`` of a sentence means, or None where that is not clear."""
    word = tree.words[number]
    speaker = voice.speaker if voice else None
    doer = _doer(tree, sentence, clause, number, references)
    if doer is not None:
        return references.people.person(sentence, number, but=doer)
    if is_personal(word):
        other = references.people.person(sentence, number, but=speaker)
        if voice and not voice.direct and voice.is_person and not tree.is_quoted(number):
            if references.people.comes_first(voice.speaker, sentence, number):  # "He was asleep, said Jan Berg, a vet"
                return other
            agrees = references.people.fits(speaker, word)
            if agrees is None and references.people.fits(other, word):
                return None
            return speaker if agrees or agrees is None else other
        # "The referee said he …": a speaker without a name may be meant as well as whoever was named last.
        unsure = voice is not None and not voice.direct and _may_be_one(voice.speaker)
        return None if unsure else other
    if voice and not voice.direct and not voice.is_person and not _beside_another(tree, clause, number):
        body = _spoken_for(voice.speaker)
        if _fits(word.text, body) and body.split()[-1].lower() not in MEDIA:
            return body
    if word.tag == "PRP$" and tree.words[word.head].text in _HEIGHTS:
        return None
    return references.thing(sentence, number)


def _doer(tree: Tree, sentence: int, clause: Clause, number: int, references: References) -> str | None:
    """Return who does something to "him", by name, and so is somebody else: "Berg called on him to resign"."""
    word = tree.words[number]
    if word.tag != "PRP" or not is_personal(word) or word.dependency in NOMINAL_SUBJECTS:
        return None
    verb = tree.words[word.head].head if word.dependency == "pobj" else word.head
    while tree.words[verb].dependency == "xcomp" and tree.child(tree.words[verb].head, {"dobj"}) is None:
        verb = tree.words[verb].head  # "tried to call on him"
    subject = tree.subject(verb)
    own = set() if subject is None else set(tree.below(subject))
    if verb == clause.verb:  # its subject may be borrowed from a verb that it is joined to
        before = clause.reading[: clause.reading.index(verb)] if verb in clause.reading else ()
        own |= set(before) - set(tree.below(verb))
    names = {m.name for m in references.people.mentions(sentence) if m.leading and m.first in own}
    return names.pop() if len(names) == 1 and not word.text.lower().endswith("self") else None


def _beside_another(tree: Tree, clause: Clause, number: int) -> bool:
    """Tell whether a clause calls its subject by another pronoun: "them" is not who "it" is in "it will house them"."""
    subject = tree.subject(clause.verb)
    if subject is None or subject not in clause.reading:
        return False
    one, other = tree.words[subject], tree.words[number]
    return is_pronoun(one) and not is_personal(one) and not is_personal(other) and not means_alike(one, other)


def _settled(tree: Tree, reading: Sequence[int], place: int, references: References) -> bool:
    """Tell whether the clause's own words before a pronoun can say what it means."""
    word = tree.words[reading[place]]
    if _looks_ahead(tree, reading, reading[place]):
        return True
    for number in reading[:place]:
        other = tree.words[number]
        known = references.people.may_mean(word, other) if is_personal(word) else None
        may_be = (_may_be_a_person(other) if known is None else known) or other.text.lower() in PEOPLE
        if is_personal(word) and may_be:
            return True
        if not is_personal(word) and other.dependency in NOMINAL_SUBJECTS and other.tag.startswith("NN"):
            return True
        if other.dependency not in NOMINAL_SUBJECTS or not is_pronoun(other) or _expletive(tree, number):
            continue
        if means_alike(word, other):
            return True  # whoever the first is read as
        if word.dependency not in NOMINAL_SUBJECTS:
            return False
    return False


def _is_of_antecedent(tree: Tree, clause: Clause, number: int) -> bool:
    """Tell whether "its" in a relative clause is of what the clause speaks of: "the show, which lost its host"."""
    subject = tree.subject(clause.verb) if tree.words[clause.verb].dependency == "relcl" else None
    if subject is None or tree.words[subject].tag not in {"WDT", "WP"} or number < subject:
        return False
    several = tree.words[tree.words[clause.verb].head].tag in {"NNS", "NNPS"}
    return tree.words[number].text.lower() == ("their" if several else "its")


def _looks_ahead(tree: Tree, reading: Sequence[int], number: int) -> bool:
    """Tell whether a pronoun in a clause put first means the subject behind it: "When it met, the council split"."""
    top = number
    while tree.words[top].dependency != "advcl" and tree.words[top].head != top:
        top = tree.words[top].head
    subject = tree.subject(tree.words[top].head)
    if tree.words[top].dependency != "advcl" or subject is None or subject not in reading:
        return False
    noun, pronoun = tree.words[subject], tree.words[number]
    if top > subject or noun.tag not in NOUNS:
        return False
    if is_personal(pronoun):
        return noun.text.lower() in PEOPLE or _may_be_a_person(noun)
    return (noun.tag in {"NNS", "NNPS"}) == pronoun.text.lower().startswith("th")


def _stresses(words: Sequence[Word], number: int) -> bool:
    """Tell whether "itself" or "himself" only stresses: "a crane, which itself weighs a lot", "he had himself been"."""
    before = words[number - 1] if number else None
    if before is None or not words[number].text.lower().endswith("self"):
        return False
    return before.tag in {*NOUNS, "WDT", "WP", "PRP"} or before.text.lower() in {"had", "has", "have", "was", "were"}


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
    # "It was the third time that it flooded"
    timed = any(tree.words[top].text.lower() == "time" for top in below[1:])
    if tree.words[word.head].text.lower() in _EMERGING and "ccomp" in clauses:
        return True
    copula = tree.words[word.head].text.lower() in _COPULAS
    return word.dependency == "expl" or (copula and (bool(clauses & _CLAUSES) or timed))


def matters(tree: Tree, number: int) -> bool:
    """Tell whether a claim is unclear without the pronoun's antecedent."""
    word = tree.words[number]
    above = tree.words[word.head]
    part = tree.words[above.head] if word.dependency == "pobj" else above  # "a fifth of it"
    return any(one.dependency in NOMINAL_SUBJECTS for one in (word, above, part))


def _may_be_a_person(word: Word) -> bool:
    """Tell whether a subject is a name that stands for nothing but, perhaps, a person: "Tomas lost his life"."""
    return word.tag == "NNP" and word.dependency in NOMINAL_SUBJECTS and word.entity[2:] in {"", "PERSON"}


def _may_be_one(speaker: str) -> bool:
    """Tell whether a speaker who is not known for a person may be one: "a spokesman", or a name by itself."""
    words = re.split(r" (?:of|for|at|from|in) ", speaker)[0].split()
    named = len(words) > 1 and all(word[0].isupper() for word in words)
    return named or words[-1].lower() in PEOPLE


def _spoken_for(speaker: str) -> str:
    """Return the body that "it" means beside a speaker: the university of "a spokesman for the university"."""
    person, _, body = speaker.partition(" for ")
    return body if body and person.split()[-1].lower() in PEOPLE else speaker


def _fits(pronoun: str, speaker: str) -> bool:
    """Tell whether "it" or "they" agrees in number with a body's name."""
    they = pronoun.lower().startswith("th")
    last = _head_of(speaker)
    if not they and last in PEOPLE:
        return False
    if not last.islower():  # "Bluestem Freight Lines" is one firm, but may be "they"
        last = speaker.split()[-1]
        if last.endswith("s") and not last.islower():
            return True
    return they == (last.endswith("s") or speaker.lower() in {"police", "the police"})


def _head_of(speaker: str) -> str:
    """Return the noun that says who speaks: "members" for "two of its members", "university" for one of a town."""
    whole, _, part = _BEHIND_A_NOUN.split(speaker)[0].partition(" of ")
    first, last = whole.split()[0], whole.split()[-1]
    number = whole.islower() and first not in {"a", "an", "the"} and not last.endswith("s") and last not in PEOPLE
    return part.split()[-1] if part and number else last
