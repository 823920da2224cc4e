"""What "it", "they" and "the council" refer to: antecedents where they are clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from factcheck.extraction.bodies import Bodies
from factcheck.extraction.given_names import PEOPLE
from factcheck.extraction.names import joined, within
from factcheck.extraction.people import People
from factcheck.extraction.pronouns import IT, THEY, is_personal, is_pronoun
from factcheck.extraction.tags import NOMINAL_SUBJECTS, NOUNS, VERBS
from factcheck.extraction.things import Things
from factcheck.extraction.tree import Tree
from factcheck.models.tagger import Word

#: Pronouns that are tagged as nouns and name nothing.
_INDEFINITE = {f"{which}{what}" for which in ("no", "some", "any", "every") for what in ("body", "one", "thing")}
_INDEFINITE |= {"none", "one", "ones"}

#: What tells of others and hardly ever of itself.
MEDIA = {
    "broadcaster", "data", "estimates", "figures", "media", "newspaper", "numbers", "radio", "statistics",
    "television", "tv",
}  # fmt: skip


class References:
    """The people, bodies and things of an article, and which of them words elsewhere in it mean."""

    def __init__(self, trees: Sequence[Tree], blocks: Sequence[int], titles: Sequence[bool]) -> None:
        """Collect names from the sentences' ``trees``; those marked in ``titles`` are headlines, with any word capital.

        ``blocks`` numbers the paragraph of each sentence.
        """
        self._trees, self._blocks = trees, blocks
        self.people = People(trees, blocks, titles)
        named = [self.people.named_in(sentence) for sentence in range(len(trees))]
        self._things = Things(trees, titles, named, self.people.phrase)
        self._bodies = Bodies(trees, named, blocks)

    def thing(self, sentence: int, word: int, *, speaks: bool = False) -> str | None:
        """Return what "it" or "they" means: the only subject before it of a fitting number, or of the sentence before.

        Something new that is brought in there may be meant as well, unless the pronoun ``speaks``, and so may an object
        before it in its own sentence: but in "The firms sold nine mills, and their shares fell" it is the firms.
        """
        words = self._trees[sentence].words
        plural = words[word].text.lower() in THEY
        if not speaks:
            told = words[word].role.endswith("content")
            before = [n for n in range(word) if words[n].role.endswith("content") == told]
            parallel = words[word].tag == "PRP$" and words[words[word].head].dependency in NOMINAL_SUBJECTS
            above = set(self._trees[sentence].above(word))
            # "The bank owned a tower, which it sold": the tower did not.
            spoken_of = {
                noun for n in above if words[n].dependency == "relcl" for noun in self._trees[sentence].above(n)
            }
            others = [n for n in before if words[n].dependency == "dobj" and n not in spoken_of]
            objects = [n for n in others if self._fits(sentence, n, plural=plural)]
            reported = told and not self._trees[sentence].is_quoted(word)
            tellers = [n for n in range(word) if reported and words[n].role.endswith("source")]
            tellers = [n for n in tellers if words[n].text.lower() not in MEDIA]
            # "The firm lost: its fine was £9m"
            parted = {n for n in before if words[n].head in above and _ends_at_colon(words, n, word)}
            nearest = [n for n in (*before, *tellers) if words[n].head in above | parted]
            found = self._subjects(sentence, nearest, plural=plural)
            if not found and not objects and reported:  # "Forty left, though the firm says it will house them"
                around = [n for n in range(word) if words[n].role == "O" and words[n].head in above]
                found = self._subjects(sentence, around, plural=plural)
            if found or objects:
                return found.pop() if len(found) == 1 and (parallel or not objects) else None
        if sentence == 0 or self._blocks[sentence] != self._blocks[sentence - 1]:
            return None
        tree = self._trees[sentence - 1]
        if plural and any(w.dependency == "dobj" and w.tag in {"NNS", "NNPS"} for w in tree.words):
            return None  # "Police held three people. They were released": either may be meant
        if not plural and not speaks and any(self._brings_in(tree, n) for n in range(len(tree.words))):
            return None  # "The firm opened a mill. It cost £4m": so may these
        found = self._subjects(sentence - 1, range(len(tree.words)), plural=plural, speaks=speaks)
        only = found.pop() if len(found) == 1 else None
        of_somebody = words[word].tag == "PRP$" and words[words[word].head].text in PEOPLE
        if only and only.islower() and of_somebody and any(w.entity == "B-ORG" for w in tree.words):
            return None  # "The mill belongs to Brade & Co. Its chairman left": a mill has none
        return only

    def _subjects(
        self, sentence: int, numbers: Iterable[int], *, plural: bool, speaks: bool = False
    ) -> set[str | None]:
        """Return the subjects among some words of a sentence that "it" or "they" may mean; None is one not clear."""
        words = self._trees[sentence].words
        found: set[str | None] = set()
        for number in numbers:
            lower = words[number].text.lower()
            if words[number].dependency not in NOMINAL_SUBJECTS:
                continue
            if not plural and words[number].tag == "NN" and _are_joined(self._trees[sentence], number):
                found.add(None)
            if lower in IT | THEY and (lower in THEY) == plural:
                found.add(self.thing(sentence, number, speaks=speaks))
            elif self._fits(sentence, number, plural=plural):
                found.add(self._phrase_of(sentence, number, plural=plural))
        return found

    def _fits(self, sentence: int, number: int, *, plural: bool) -> bool:
        """Tell whether a noun is of the number of "it" or "they", and nobody with a name."""
        tree = self._trees[sentence]
        noun = tree.words[number]
        several = _are_several(tree, number)
        body = any(tree.words[n].entity.endswith("ORG") for n in (number, *tree.children[number]) if n <= number)
        firm = noun.tag == "NNPS" and body and not _are_joined(tree, number)
        one = firm or (noun.tag in {"NN", "NNP"} and not several)  # "Bluestem Freight Lines" is one
        of_number = noun.tag in NOUNS and several if plural else one
        nothing = noun.entity[2:] in {"PERSON", "DATE", "TIME"} or noun.text.lower() in _INDEFINITE
        person = not plural and noun.text.lower() in PEOPLE
        return of_number and not nothing and not person and number not in self.people.named_in(sentence)

    def _brings_in(self, tree: Tree, number: int) -> bool:
        """Tell whether a word is an object, a thing not spoken of before: "opened a mill"."""
        word = tree.words[number]
        new = any(tree.words[child].text.lower() in {"a", "an"} for child in tree.children[number])
        return new and word.dependency == "dobj" and word.tag == "NN" and word.text.lower() not in PEOPLE

    def _phrase_of(self, sentence: int, subject: int, *, plural: bool) -> str | None:
        """Write out a subject for a pronoun that means it, or None where the phrase is long or not clear itself."""
        tree = self._trees[sentence]
        last = _last_joined(tree, subject)
        words = [n for n in tree.below(subject) if n <= last and tree.words[n].dependency != "mark"]
        if title := _title_with(tree, subject):
            return joined([tree.words[n] for n in title], {})
        if words == [subject]:  # "Shares in Valtor"
            words += _behind(tree, subject)
        first = tree.words[words[0]].text.lower()
        if first in IT | THEY and (first in THEY) == plural:
            return self.thing(sentence, words[0])
        pronouns = any(tree.words[n].tag in {"PRP", "PRP$", "WDT", "WP", "WP$"} for n in words)
        if pronouns or first == "no" or len(words) > 8:
            return None
        phrase = self._within(tree.words, words)
        if tree.words[words[0]].tag == "CD":
            return f"the {phrase}"
        return re.sub(r"^(?:an?|both|all(?: the)?) ", "the ", phrase)  # the second time it is not new

    def body(self, sentence: int, word: int) -> str | None:
        """Return what "it" or "they" means as a speaker: who spoke in the sentence before, else its subject."""
        words = self._trees[sentence - 1].words if sentence else []
        spoke = [number for number, before in enumerate(words) if before.role.endswith("source")]
        if spoke and not any(m.first in spoke for m in self.people.mentions(sentence - 1)):
            run = [n for n in range(spoke[0], len(words)) if n - spoke[0] < len(spoke) and n in spoke]
            top = next((n for n in run if words[n].head not in run), run[-1])
            plural = words[top].tag in {"NNS", "NNPS"}
            if len(run) == 1 and is_pronoun(words[run[0]]):
                return None if is_personal(words[run[0]]) else self.body(sentence - 1, run[0])
            they = self._trees[sentence].words[word].text.lower() in THEY
            if plural == they and len(run) <= 8 and self._blocks[sentence] - self._blocks[sentence - 1] <= 1:
                return self._within(words, run)
        return self.thing(sentence, word, speaks=True)

    def full_body(self, name: str) -> str:
        """Return the fullest name that the article has for a body, "Helio Grid Partners" for "Helio Grid"."""
        return self._bodies.full_name(name)

    def named(self, noun: str, sentence: int) -> str | None:
        """Return the full name of "the council" in a ``sentence``, where the article names just one."""
        known = self._known(noun.lower(), sentence)
        return next(iter(known)) if len(known) == 1 else None

    def definite(self, noun: str, sentence: int) -> str | None:
        """Return the full name of "the council", or how "a bus depot" was brought in, if only one was.

        In a ``sentence`` behind the one that spoke of "a bus depot", and of no other depot, "the depot" is that one.
        """
        if self._known(noun.lower(), sentence):
            return self.named(noun, sentence)
        return self._things.introduced(noun.lower(), sentence)

    def _known(self, noun: str, sentence: int) -> set[str]:
        named = self._things.named(noun) or self._bodies.of_kind(noun, sentence)
        return named or self._bodies.just_named(noun, sentence)

    def _within(self, words: Sequence[Word], numbers: Sequence[int]) -> str:
        """Write out a phrase that opened a sentence as it reads within one."""
        return within(self.people.phrase(words, numbers), words[numbers[0]])


def _are_several(tree: Tree, noun: int) -> bool:
    """Tell whether a noun is several, by itself, by what is joined to it or by its verb: "Harlow have won"."""
    word = tree.words[noun]
    if word.tag in {"NNS", "NNPS"} or _are_joined(tree, noun):
        return True
    helpers = (child for child in tree.children[word.head] if tree.words[child].dependency in {"aux", "auxpass"})
    verbs = [tree.words[n] for n in (word.head, *helpers)] if word.dependency in NOMINAL_SUBJECTS else []
    return any(verb.tag == "VBP" or verb.text.lower() == "were" for verb in verbs)


def _are_joined(tree: Tree, noun: int) -> bool:
    """Tell whether others are joined to a noun: "the firms and the unions", not the firm "Rise & Shine"."""
    last = _last_joined(tree, noun)
    return last > noun and all(tree.words[n].text != "&" for n in range(noun, last))


def _last_joined(tree: Tree, noun: int) -> int:
    """Return the last noun that is joined to another, or the noun itself."""
    while (more := tree.child(noun, {"conj"})) is not None and tree.words[more].tag in NOUNS:
        noun = more
    return noun


def _behind(tree: Tree, noun: int) -> list[int]:
    """Return the short phrase with a preposition right behind a noun, if there is one."""
    phrase = tree.below(noun + 1) if noun + 1 in tree.children[noun] and tree.words[noun + 1].tag == "IN" else []
    return phrase if 1 < len(phrase) <= 4 and phrase == list(range(noun + 1, noun + 1 + len(phrase))) else []


def _title_with(tree: Tree, noun: int) -> list[int]:
    """Return the words of a title between quotation marks that a noun stands in, as “The Miller at Dawn”, or none."""
    marks = [n for n, word in enumerate(tree.words) if word.tag in {"``", "''"}]
    after = [n for n in marks if n > noun]
    if not tree.is_quoted(noun) or not after:
        return []
    title = list(range(max(n for n in marks if n < noun), after[0] + 1))
    return [] if any(tree.words[n].tag in {*VERBS, ","} for n in title) else title


def _ends_at_colon(words: Sequence[Word], verb: int, behind: int) -> bool:
    """Tell whether a colon or semicolon parts the clause of a verb from a word ``behind`` it."""
    return words[verb].dependency == "ccomp" and any(word.text in {":", ";"} for word in words[verb:behind])
