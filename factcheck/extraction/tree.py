"""The dependency tree of a sentence, and what can be asked of its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from factcheck.models.tagger import Word

VERBS = {"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"}
FINITE = {"VBD", "VBP", "VBZ", "MD"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}
NOUNS = {"NN", "NNS", "NNP", "NNPS"}
#: Relations of a noun that, in front of the verb it hangs on, can only be a subject taken for something else.
_NOT_OF_A_VERB = {"conj", "appos"}
#: What "who" cannot stand for.
_NOT_A_PERSON = {"GPE", "LOC", "FAC", "DATE", "TIME", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"}
_OUTER_MARKS = ' \n\t\xa0"“”‘«»,;:—–-'


class Tree:
    """The dependency tree of a sentence."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = repaired(words)
        self.children: list[list[int]] = [[] for _ in words]
        for number, word in enumerate(self.words):
            if word.head != number:
                self.children[word.head].append(number)

    def below(self, top: int, without: Iterable[int] = ()) -> list[int]:
        """Return ``top`` and all words under it in order, leaving out what hangs under ``without``."""
        cut, found, open_words = set(without) - {top}, [], [top]
        while open_words:
            word = open_words.pop()
            found.append(word)
            open_words += [child for child in self.children[word] if child not in cut]
        return sorted(found)

    def child(self, word: int, dependencies: set[str]) -> int | None:
        """Return the first child of ``word`` with one of the ``dependencies``."""
        return next((child for child in self.children[word] if self.words[child].dependency in dependencies), None)

    def subject(self, verb: int) -> int | None:
        """Return the subject of ``verb``: labelled so, or a noun before it that can be nothing else."""
        found = self.child(verb, SUBJECTS)
        if found is None and self.words[verb].tag in VERBS:
            found = next(
                (c for c in self.children[verb] if c < verb and self.words[c].dependency in _NOT_OF_A_VERB), None
            )
        return found


def repaired(words: Sequence[Word]) -> list[Word]:
    """Set right what the parser often gets wrong and grammar decides.

    In "300 people, nine of whom were taken away", "nine" belongs to the verb, not to the people; in "a welder from
    Lugo who has three children", "who" is not the town; in "The club, formed in May, has won", the club did not form
    anything; in "… to 812,000, official figures show", "show" is no relative clause; and in "Berg, who won in 1999,
    lives in Oslo", "lives" is the sentence's verb, not another clause about Berg.
    """
    words = _rooted(words)
    result = list(words)
    subjects = {word.head: number for number, word in reversed(list(enumerate(words))) if word.dependency == "nsubj"}
    for number, word in enumerate(words):
        if word.tag == "VBD" and word.dependency in {"advcl", "acl"} and number not in subjects:
            subject = subjects.get(word.head, number)
            if number > 1 and words[number - 1].text == "," and subject < number < word.head:
                result[number] = replace(word, tag="VBN", dependency="acl", head=subject)
        if word.dependency != "relcl" or word.head > number:
            continue
        relative = next((n for n in range(word.head + 1, number) if words[n].tag in {"WP", "WDT", "WRB", "WP$"}), None)
        if relative is not None:
            for place, repaired_word in _reattached(words, number, relative):
                result[place] = repaired_word
        elif number in subjects and words[subjects[number]].tag in NOUNS and _behind_comma(words, number):
            result[number] = replace(word, dependency="parataxis")
    return result


def _rooted(words: Sequence[Word]) -> list[Word]:
    """Make the verb behind a comma the root where a noun was taken for it."""
    result = list(words)
    root = next((number for number, word in enumerate(words) if word.head == number), None)
    if root is None or words[root].tag not in NOUNS:
        return result
    subjects = {word.head for word in words if word.dependency in SUBJECTS}
    for number in range(root + 2, len(words)):
        word = words[number]
        loose = word.tag in FINITE and word.dependency in {"relcl", "acl"} and number not in subjects
        if loose and words[number - 1].text == "," and words[root + 1].text == ",":
            result[number] = replace(word, head=number, dependency="ROOT")
            result[root] = replace(words[root], head=number, dependency="nsubj")
            break
    return result


def _reattached(words: Sequence[Word], verb: int, relative: int) -> Iterator[tuple[int, Word]]:
    """Yield the words around a relative pronoun that hang elsewhere, with their places."""
    word = words[verb]
    preposition = words[relative].head
    part = words[preposition].head if words[preposition].text == "of" else word.head
    if word.head < part < relative and words[part].head == word.head:
        yield part, replace(words[part], head=verb, dependency="nsubj")
    noun = words[word.head]
    holder = words[noun.head].head
    place = noun.entity[2:] in _NOT_A_PERSON and noun.dependency == "pobj"
    person = words[holder].tag in NOUNS and words[holder].entity[2:] not in _NOT_A_PERSON
    if words[relative].text == "who" and place and person:
        yield verb, replace(word, head=holder)


def _behind_comma(words: Sequence[Word], verb: int) -> bool:
    """Tell whether a verb's clause, a few words at the end of the sentence, stands behind a comma."""
    comma = next((n for n in range(verb - 1, max(-1, verb - 6), -1) if words[n].text == ","), None)
    return comma is not None and all(words[n].tag in {".", "RB", "NNP", "IN"} for n in range(verb + 1, len(words)))


def has_finite_verb(tree: Tree, numbers: Iterable[int]) -> bool:
    """Tell whether any of the words is a verb with tense, or a participle with a subject, as "held" may be taken."""
    return any(
        tree.words[n].tag in FINITE or (tree.words[n].tag == "VBN" and tree.child(n, {"nsubj"}) is not None)
        for n in numbers
    )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without quotation marks and punctuation at its ends, unless nothing else is in it."""
    if not any(character.isalnum() for character in text[start:end]):
        return start, end
    while start < end and text[start] in _OUTER_MARKS + "’'.":
        start += 1
    while end > start and text[end - 1] in _OUTER_MARKS + ".!?…":
        end -= 1
    return start, end
