"""What names and pronouns refer to: full names for short ones, and antecedents where they are clear."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.extraction.bodies import Bodies
from factcheck.extraction.given_names import MEN, PEOPLE, WOMEN
from factcheck.extraction.names import BEHIND_A_NAME, GENDERED, bare_name, is_aged, joined, people_in
from factcheck.extraction.tags import NAMES
from factcheck.extraction.things import Things
from factcheck.extraction.tree import Tree
from factcheck.models.tagger import Word

#: Sentences back in which an antecedent may stand.
_REACH = 4
_MASCULINE = {"he": "subject", "him": "object", "his": "possessive", "himself": "object"}
_FEMININE = {"she": "subject", "her": "object", "hers": "possessive", "herself": "object"}
_GENDERS = {**dict.fromkeys(_MASCULINE, "m"), **dict.fromkeys(_FEMININE, "f")}
_SUBJECTS = {"nsubj", "nsubjpass"}
_KIN = {"mother", "father", "parents", "wife", "husband", "widow", "son", "daughter", "brother", "sister"}
#: Pronouns that are tagged as nouns and name nothing.
_INDEFINITE = {f"{which}{what}" for which in ("no", "some", "any", "every") for what in ("body", "one", "thing")} | {
    "none"
}
_ASKED = {"asked", "challenged", "pressed", "questioned", "quizzed"}
_IT, _THEY = {"it", "its", "itself"}, {"they", "them", "their", "themselves"}


@dataclass(frozen=True)
class Mention:
    """A person's name in a sentence, by its words.

    ``leading`` marks a subject or the source of what is said, ``speaks`` who is both, ``told`` a name within what
    is said.
    """

    name: str
    first: int
    last: int
    leading: bool
    speaks: bool
    told: bool


class References:
    """The names of an article and where they stand."""

    def __init__(self, trees: Sequence[Tree], blocks: Sequence[int], titles: Sequence[bool]) -> None:
        """Collect names from the sentences' ``trees``; those marked in ``titles`` are headlines, with any word capital.

        ``blocks`` numbers the paragraph of each sentence.
        """
        self._trees, self._blocks = trees, blocks
        self._full: dict[str, str | None] = {}
        self._first: dict[str, str | None] = {}
        self._gender: dict[str, str] = {}
        self._in_families: set[str] = set()
        runs = [[] if title else list(people_in(tree.words)) for tree, title in zip(trees, titles, strict=True)]
        for tree, people in zip(trees, runs, strict=True):
            for first, last in people:
                self._learn(tree, first, last)
        self._full |= {first: name for first, name in self._first.items() if first not in self._full}
        self._mentions = [list(self._find(tree)) for tree in trees]
        named_at = [(m.name, (n, m.first)) for n, mentions in enumerate(self._mentions) for m in mentions]
        self._named_first = dict(reversed(named_at))
        self._by_role = self._collect_roles()
        for tree, mentions in zip(trees, self._mentions, strict=True):
            mentions += self._find_by_role(tree, {n for m in mentions for n in range(m.first, m.last + 1)})
            mentions.sort(key=lambda mention: mention.first)
        named = [{n for m in mentions for n in range(m.first, m.last + 1)} for mentions in self._mentions]
        self._things = Things(trees, titles, named, self.phrase)
        self._bodies = Bodies(trees, named, blocks)
        self._learn_genders()

    def full_body(self, name: str) -> str:
        """Return the fullest name that the article has for a body, "Helio Grid Partners" for "Helio Grid"."""
        return self._bodies.full_name(name)

    def mentions(self, sentence: int) -> list[Mention]:
        """Return the people named in a sentence."""
        return self._mentions[sentence]

    def comes_first(self, name: str, sentence: int, word: int) -> bool:
        """Tell whether a person is first named behind a word of a sentence: no pronoun before can mean them."""
        first = self._named_first.get(name)
        return first is not None and first[0] == sentence and first[1] > word

    def person(self, sentence: int, word: int, *, but: str | None = None) -> str | None:
        """Return whom the personal pronoun ``word`` means, or None where that is not clear.

        The nearest sentence that names somebody of a fitting gender decides: its subject or the one who speaks
        there before others; two who fit equally leave it open. What was said names nobody for the text around it.
        ``but`` is a speaker who would have said "I".
        """
        pronoun = self._trees[sentence].words[word]
        gender, told = _GENDERS[pronoun.text.lower()], pronoun.role.endswith("content")
        for number in range(sentence, max(-1, sentence - _REACH), -1):
            near = [m for m in self._mentions[number] if (number < sentence or m.last < word) and (told or not m.told)]
            near = [m for m in near if number < sentence or not self._asks(sentence, m)]
            fitting = [m for m in near if m.name != but and self._gender.get(m.name, gender) == gender]
            leading = {m.name for m in fitting if m.leading} or {m.name for m in fitting}
            if not leading and self._has_unnamed(number, word if number == sentence else None, told=told):
                return None
            if not leading and number < sentence and (same := self._pronoun_in(number, pronoun)) is not None:
                name = self.person(number, same)
                leading = {name} - {but} if name else set()
            if len(leading) > 1 and pronoun.role.endswith("source"):  # "she added": whoever spoke before
                leading = {m.name for m in fitting if m.speaks} or leading
            if len(leading) == 1:
                return leading.pop()
            if leading:
                return None
        return None

    def _has_unnamed(self, sentence: int, before: int | None, *, told: bool) -> bool:
        """Tell whether somebody without a name, such as "her client", is the subject of a sentence up to a word."""
        tree = self._trees[sentence]
        return any(
            word.text in PEOPLE
            and word.tag == "NN"
            and word.dependency in _SUBJECTS
            and (told or not word.role.endswith("content"))
            and tree.child(number, {"appos"}) is None
            for number, word in enumerate(tree.words[:before])
        )

    def _asks(self, sentence: int, mention: Mention) -> bool:
        """Tell whether somebody is named only as who asked: "Pressed by Ada King, he said"."""
        words = self._trees[sentence].words
        by = words[mention.last].head
        return words[by].dependency == "agent" and words[words[by].head].text.lower() in _ASKED

    def _pronoun_in(self, sentence: int, like: Word) -> int | None:
        """Return the pronoun of the same gender, a subject if there is one, by which an earlier sentence goes on."""
        words, gender = self._trees[sentence].words, _GENDERS[like.text.lower()]
        same = [n for n, word in enumerate(words) if _GENDERS.get(word.text.lower()) == gender]
        return min(same, key=lambda n: (words[n].dependency not in _SUBJECTS, n), default=None)

    def thing(self, sentence: int, word: int, *, speaks: bool = False) -> str | None:
        """Return what "it" or "they" means: the only subject before it of a fitting number, or of the sentence before.

        Something new that is brought in there may be meant as well, unless the pronoun ``speaks``, and so may an object
        before it in its own sentence: but in "The firms sold nine mills, and their shares fell" it is the firms.
        """
        words = self._trees[sentence].words
        plural = words[word].text.lower() in _THEY
        if not speaks:
            told = words[word].role.endswith("content")
            before = [n for n in range(word) if words[n].role.endswith("content") == told]
            parallel = words[word].tag == "PRP$" and words[words[word].head].dependency in _SUBJECTS
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
            if words[number].dependency not in _SUBJECTS:
                continue
            if lower in _IT | _THEY and (lower in _THEY) == plural:
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
        return fits and not any(m.first <= number <= m.last for m in self._mentions[sentence])

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
        if first in _IT | _THEY and (first in _THEY) == plural:
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
        if spoke and not any(m.first in spoke for m in self._mentions[sentence - 1]):
            run = [n for n in range(spoke[0], len(words)) if n - spoke[0] < len(spoke) and n in spoke]
            plural = words[run[-1]].tag in {"NNS", "NNPS"}
            if len(run) == 1 and is_pronoun(words[run[0]]):
                return None if is_personal(words[run[0]]) else self.body(sentence - 1, run[0])
            they = self._trees[sentence].words[word].text.lower() in _THEY
            if plural == they and len(run) <= 8 and self._blocks[sentence] - self._blocks[sentence - 1] <= 1:
                return self._within(words, run)
        return self.thing(sentence, word, speaks=True)

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

    def names(self, word: Word) -> bool:
        """Tell whether a word is the last one of a name that the article knows."""
        return word.text in self._full

    def is_person(self, name: str) -> bool:
        """Tell whether a speaker is one of the people the article names."""
        return name in self._full or name in self._full.values()

    def fits(self, name: str | None, pronoun: Word) -> bool | None:
        """Tell whether a personal pronoun agrees with ``name``, or None where the name's gender is not known."""
        gender = self._gender.get(name or "")
        return None if gender is None else gender == _GENDERS[pronoun.text.lower()]

    def written(self, words: Sequence[Word], numbers: Sequence[int], replaced: dict[int, str]) -> str:
        """Write out words with those at the places of ``replaced`` put in."""
        return joined([words[number] for number in numbers], replaced)

    def phrase(self, words: Sequence[Word], numbers: Sequence[int]) -> str:
        """Write out words with short names made full."""
        return joined([words[number] for number in numbers], self.replaced(words, numbers))

    def _within(self, words: Sequence[Word], numbers: Sequence[int]) -> str:
        """Write out a phrase that opened a sentence as it reads within one."""
        text = self.phrase(words, numbers)
        return text if words[numbers[0]].tag in NAMES else text[:1].lower() + text[1:]

    def replaced(self, words: Sequence[Word], numbers: Sequence[int]) -> dict[int, str]:
        """Return the full name for each word of ``numbers``, by its place there, that is a surname by itself."""
        result: dict[int, str] = {}
        seen: set[str] = set()
        for place, number in enumerate(numbers):
            word = words[number]
            full = self._full.get(word.text)
            if not full or not word.tag.startswith("NN") or " " not in full:
                continue
            before = words[numbers[place - 1]].text if place else ""
            after = words[numbers[place + 1]] if place + 1 < len(numbers) else None
            joins = before == "&" or (after is not None and after.text == "&")  # "Carrow & Lyle" is a firm
            joins = joins or (after is not None and after.text == "family")
            joins = joins or before.lower() == "the" or self._is_of_family(full, before)  # "the Reynolds hangs there"
            if not joins and before not in full.split() and not (after and after.tag in NAMES) and full not in seen:
                result[place] = full
            seen.add(full)
        return result

    def _learn(self, tree: Tree, first: int, last: int) -> None:
        name = bare_name(tree.words[first:last])
        if " " not in name:
            if is_aged(tree.words, first):
                self._full.setdefault(name, name)
            return
        surname = name.split()[-1]
        known = self._full.get(surname, name)
        self._full[surname] = name if known and known.split()[0] == name.split()[0] else None
        if known and len(known) > len(name) and self._full[surname]:
            self._full[surname] = known
        self._full.setdefault(name, self._full[surname] or name)
        owners = [tree.words[n - 1] for n, word in enumerate(tree.words) if word.text.lower() in _KIN]
        if any(owner.tag in {"PRP$", "POS"} for owner in owners):
            self._in_families.add(name)
        owned = {_GENDERS.get(tree.words[n - 1].text.lower()) for n in _kin(tree) if tree.words[n - 1].tag == "PRP$"}
        if len(owned) == 1 and len(list(people_in(tree.words))) == 1 and (gender := owned.pop()):
            self._gender.setdefault(name, gender)  # "Berg was at his father’s funeral"
        # Some names begin with the surname, and some people go by their first.
        first_name = name.split()[0]
        self._first[first_name] = name if self._first.get(first_name, name) == name else None
        around = [word.text.lower().rstrip(".") for word in tree.words[max(0, first - 3) : last]]
        for word in around:
            if word in GENDERED:
                self._gender[name] = GENDERED[word]
        if first_name.lower() in MEN | WOMEN:
            self._gender.setdefault(name, "m" if first_name.lower() in MEN else "f")

    def _is_of_family(self, name: str, title: str) -> bool:
        """Tell whether "Mrs Berg" may be another than the one called "Kim Berg", of whose mother the text tells."""
        gender = GENDERED.get(title.lower().rstrip("."))
        return gender is not None and self._gender.get(name, "" if name in self._in_families else gender) != gender

    def _find(self, tree: Tree) -> Iterator[Mention]:
        place, words = 0, tree.words
        while place < len(words):
            end = place + 1
            while end < len(words) and words[end].tag in NAMES and words[place].tag in NAMES and _adjacent(words, end):
                end += 1
            surname = words[end - 1 - (end - place > 1 and words[end - 1].text in BEHIND_A_NAME)].text
            name = self._full.get(surname) if words[place].tag.startswith("NN") else None
            if name and end - place == 2 and self._is_of_family(name, words[place].text):
                name = f"{words[place].text} {surname}"
            elif name is None and end - place > 1:  # one of two people of that surname
                name = self._full.get(bare_name(words[place:end]))
            elif name is None and surname in self._full and words[place].dependency in _SUBJECTS:
                name = surname if words[place].role.endswith("source") else None
            possessive = end < len(words) and words[end].tag == "POS"
            if name and "&" not in [word.text for word in (*words[max(0, place - 1) : place], *words[end : end + 1])]:
                group = range(place, end)
                top = next((n for n in group if words[n].head not in group), end - 1)
                subject, source = not possessive and _leads(tree, top), words[end - 1].role.endswith("source")
                leading = subject or (source and not possessive)
                yield Mention(name, place, end - 1, leading, subject and source, words[place].role.endswith("content"))
            place = end

    def _find_by_role(self, tree: Tree, named: set[int]) -> Iterator[Mention]:
        """Yield whom "the prime minister" means, where the article names just one."""
        for number, word in enumerate(tree.words):
            beside = [child for child in tree.children[number] if child not in named]
            if (
                word.tag != "NN"
                or number in named
                or word.dependency == "compound"
                or len(beside) < len(tree.children[number])
            ):
                continue
            title = [n for n in beside if tree.words[n].dependency in {"amod", "compound"}]
            articles = [n for n in beside if tree.words[n].text.lower() == "the"]
            if len(articles) != 1 or len(beside) > len(title) + 1:
                continue
            if name := self.holder(" ".join(tree.words[n].text for n in (*title, number))):
                leading, source = _leads(tree, number), word.role.endswith("source")
                yield Mention(
                    name, number, number, leading or source, leading and source, word.role.endswith("content")
                )

    def _learn_genders(self) -> None:
        """Let "he said" behind a name tell the name's gender, in the order of the text."""
        for sentence, tree in enumerate(self._trees):
            for number, word in enumerate(tree.words):
                gender = _GENDERS.get(word.text.lower())
                if gender and word.dependency in _SUBJECTS and word.role.endswith("source"):
                    name = self.person(sentence, number)
                    if name:
                        self._gender.setdefault(name, gender)

    def _collect_roles(self) -> dict[str, set[str]]:
        """Collect people by what they are called beside their name: "spokesman Jan Berg", "Jan Berg, the spokesman"."""
        roles: defaultdict[str, set[str]] = defaultdict(set)
        for tree, mentions in zip(self._trees, self._mentions, strict=True):
            for mention in mentions:
                group = range(mention.first, mention.last + 1)
                top = next((n for n in group if tree.words[n].head not in group), mention.last)
                beside = [
                    c for n in group for c in tree.children[n] if tree.words[c].dependency in {"compound", "appos"}
                ]
                beside += [tree.words[top].head] if tree.words[top].dependency == "appos" else []
                beside += [mention.first - 1] if mention.first and tree.words[mention.first - 1].text.islower() else []
                called = tree.words[mention.first : max(mention.first, mention.last + 1 - len(mention.name.split()))]
                if called:  # "after the vote President Berg": a common noun before a title is seldom another
                    common = [n for n in beside if n < mention.first and tree.words[n].text.islower()]
                    beside = [n for n in beside if n not in common or tree.words[n].text in PEOPLE]
                for place in range(len(called)):
                    roles[" ".join(word.text.lower() for word in called[place:])].add(mention.name)
                for number in beside:
                    body = tree.words[number].entity.endswith("-ORG")  # "a member of the Council, Jan Berg"
                    if tree.words[number].tag in {"NN", "NNP"} and number not in group and not body:
                        roles[tree.words[number].text.lower()].add(mention.name)
                        first = number
                        while first and tree.words[first - 1].dependency == "compound" and first - 1 not in group:
                            first -= 1
                            title = " ".join(word.text.lower() for word in tree.words[first : number + 1])
                            roles[title].add(mention.name)
        return roles

    def holder(self, role: str) -> str | None:
        """Return the one person whom the article calls, say, a spokesman or prime minister."""
        known = self._by_role.get(role.lower(), set())
        return next(iter(known)) if len(known) == 1 else None


def _above(words: Sequence[Word], number: int) -> Iterator[int]:
    """Yield the words that a word hangs on, directly or by others."""
    for _ in words:
        if words[number].head == number:
            return
        number = words[number].head
        yield number


def _kin(tree: Tree) -> Iterator[int]:
    """Yield the relatives that a sentence speaks of without naming them: "his father’s", not "his wife, Ada"."""
    words = tree.words
    for number, word in enumerate(words[:-1]):
        named = words[number + 1].text == "," or words[number + 1].tag in NAMES or words[max(0, number - 2)].text == ","
        if word.text.lower() in _KIN and not named:
            yield number


def is_pronoun(word: Word) -> bool:
    """Tell whether a word is a pronoun of the third person."""
    return word.text.lower() in _GENDERS.keys() | _IT | _THEY


def is_personal(word: Word) -> bool:
    """Tell whether a pronoun means a man or a woman."""
    return word.text.lower() in _GENDERS


def _adjacent(words: Sequence[Word], number: int) -> bool:
    return words[number].start - words[number - 1].end <= 1


def _leads(tree: Tree, number: int) -> bool:
    """Tell whether a word is the subject of its clause, in apposition to it, or joined to it."""
    word = tree.words[number]
    while word.dependency in {"appos", "conj", "compound"} and word.head != number:
        number, word = word.head, tree.words[word.head]
    return word.dependency in _SUBJECTS
