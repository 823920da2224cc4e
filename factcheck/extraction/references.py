"""What "it", "they" and "the council" refer to: antecedents where they are clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from factcheck.extraction.bodies import Bodies
from factcheck.extraction.given_names import PEOPLE
from factcheck.extraction.people import People
from factcheck.extraction.pronouns import IT, THEY, is_personal, is_pronoun
from factcheck.extraction.tags import NAMES, NOMINAL_SUBJECTS
from factcheck.extraction.things import Things
from factcheck.extraction.tree import Tree
from factcheck.models.tagger import Word

#: Pronouns that are tagged as nouns and name nothing.
_INDEFINITE = {f"{which}{what}" for which in ("no", "some", "any", "every") for what in ("body", "one", "thing")} | {
    "none"
}


class References:
    """The people, bodies and things of an article, and which of them words elsewhere in it mean."""

    def __init__(self, trees: Sequence[Tree], blocks: Sequence[int], titles: Sequence[bool]) -> None:
        """Collect names from the sentences' ``trees``; those marked in ``titles`` are headlines, with any word capital.

        ``blocks`` numbers the paragraph of each sentence.
        """
        self._trees, self._blocks = trees, blocks
        self.people = People(trees, titles)
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
            above = set(_above(words, word))
            # "The bank owned a tower, which it sold": the tower did not.
            spoken_of = {words[n].head for n in above if words[n].dependency == "relcl"}
            others = [n for n in before if words[n].dependency == "dobj" and n not in spoken_of]
            objects = [n for n in others if self._fits(sentence, n, plural=plural)]
            found = self._subjects(sentence, [n for n in before if words[n].head in above], plural=plural)
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
        return found.pop() if len(found) == 1 else None

    def _subjects(
        self, sentence: int, numbers: Iterable[int], *, plural: bool, speaks: bool = False
    ) -> set[str | None]:
        """Return the subjects among some words of a sentence that "it" or "they" may mean; None is one not clear."""
        words, found = self._trees[sentence].words, set()
        for number in numbers:
            lower = words[number].text.lower()
            if words[number].dependency not in NOMINAL_SUBJECTS:
                continue
            if lower in IT | THEY and (lower in THEY) == plural:
                found.add(self.thing(sentence, number, speaks=speaks))
            elif self._fits(sentence, number, plural=plural):
                found.add(self._phrase_of(sentence, number, plural=plural))
        return found

    def _fits(self, sentence: int, number: int, *, plural: bool) -> bool:
        """Tell whether a noun is of the number of "it" or "they", and nobody with a name."""
        noun = self._trees[sentence].words[number]
        number_fits = noun.tag in ({"NNS", "NNPS"} if plural else {"NN", "NNP"})
        nothing = noun.entity.endswith("PERSON") or noun.text.lower() in _INDEFINITE
        fits = number_fits and not nothing and (plural or noun.text.lower() not in PEOPLE)
        return fits and number not in self.people.named_in(sentence)

    def _brings_in(self, tree: Tree, number: int) -> bool:
        """Tell whether a word is an object, a thing not spoken of before: "opened a mill"."""
        word = tree.words[number]
        new = any(tree.words[child].text.lower() in {"a", "an"} for child in tree.children[number])
        return new and word.dependency == "dobj" and word.tag == "NN" and word.text.lower() not in PEOPLE

    def _phrase_of(self, sentence: int, subject: int, *, plural: bool) -> str | None:
        """Write out a subject for a pronoun that means it, or None where the phrase is long or not clear itself."""
        tree = self._trees[sentence]
        words = [n for n in tree.below(subject) if n <= subject and tree.words[n].dependency != "mark"]
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
            plural = words[run[-1]].tag in {"NNS", "NNPS"}
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
        named = self._things.named(noun) or self._bodies.of_kind(noun)
        return named or self._bodies.just_named(noun, sentence)

    def _within(self, words: Sequence[Word], numbers: Sequence[int]) -> str:
        """Write out a phrase that opened a sentence as it reads within one."""
        text = self.people.phrase(words, numbers)
        return text if words[numbers[0]].tag in NAMES else text[:1].lower() + text[1:]


def _above(words: Sequence[Word], number: int) -> Iterator[int]:
    """Yield the words that a word hangs on, directly or by others."""
    for _ in words:
        if words[number].head == number:
            return
        number = words[number].head
        yield number
