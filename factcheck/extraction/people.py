"""The people of an article: their full names, what they are called, and whom "he" and "she" mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.extraction.given_names import MEN, PEOPLE, WOMEN
from factcheck.extraction.names import BEHIND_A_NAME, GENDERED, bare_name, is_aged, joined, people_in
from factcheck.extraction.pronouns import gender_of, is_personal
from factcheck.extraction.tags import NAMES, NOMINAL_SUBJECTS
from factcheck.extraction.tree import Tree
from factcheck.models.tagger import Word

#: Sentences back in which an antecedent may stand.
_REACH = 4
_KIN = {"mother", "father", "parents", "wife", "husband", "widow", "son", "daughter", "brother", "sister"}
#: What stands before a name that somebody no longer has.
_BORN = {"born", "née", "nee", "né"}
#: What a name behind them names, which is nobody: "the firm Harlow Western", "the ferry Anna Maria".
_THINGS = {
    "agency", "airline", "band", "bank", "boat", "brand", "brewery", "business", "chain", "charity", "club", "company",
    "ferry", "firm", "horse", "hospital", "magazine", "newspaper", "party", "retailer", "school", "ship", "start-up",
    "startup", "subsidiary", "tanker", "trawler", "union", "vessel", "website", "yacht",
}  # fmt: skip
#: What a name behind "of" is a place's: "the hill of Harlow Western".
_PLACES = {"city", "hamlet", "hill", "island", "mountain", "peninsula", "province", "suburb", "town", "village"}
#: What a man or a woman without a name is called.
_BY_NOUN = {
    **GENDERED,
    **dict.fromkeys(("man", "boy", "husband", "widower", "brother", "son", "uncle", "policeman"), "m"),
    **dict.fromkeys(("woman", "girl", "wife", "widow", "sister", "daughter", "aunt", "policewoman"), "f"),
}
_DESCRIBING = {"NN", "JJ", "CD", "HYPH", "VBN"}
#: The gender of what has a name and is neither man nor woman.
_NOBODY = ""
#: Words of a description that is still put in the place of "she".
_SHORT = 5
_ASKED = {"asked", "challenged", "pressed", "questioned", "quizzed"}


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


class People:
    """The people of an article and where it names them."""

    def __init__(self, trees: Sequence[Tree], blocks: Sequence[int], titles: Sequence[bool]) -> None:
        """Collect names from the sentences' ``trees``; ``titles`` marks headlines, in which any word may be capital.

        ``blocks`` numbers the paragraph of each sentence.
        """
        self._trees, self._blocks = trees, blocks
        self._full: dict[str, str | None] = {}
        self._first: dict[str, str | None] = {}
        self._gender: dict[str, str] = {}
        self._bearers: defaultdict[str, set[str]] = defaultdict(set)
        self._in_families: set[str] = set()
        runs = [[] if title else list(people_in(tree.words)) for tree, title in zip(trees, titles, strict=True)]
        for tree, people in zip(trees, runs, strict=True):
            for first, last in people:
                if not first or tree.words[first - 1].text.lower() not in _BORN:
                    self._learn(tree, first, last)
        self._full |= {first: name for first, name in self._first.items() if first not in self._full}
        for tree, people in zip(trees, runs, strict=True):
            for first, last in people:
                if last - first == 1 and (relative := _relative_named(tree.words, first)):
                    name = self._full.setdefault(tree.words[first].text, tree.words[first].text)
                    self._gender.setdefault(name or "", _BY_NOUN[relative])
        self._mentions = [list(self._find(tree)) for tree in trees]
        named_at = [(m.name, (n, m.first)) for n, mentions in enumerate(self._mentions) for m in mentions]
        self._named_first = dict(reversed(named_at))
        self._by_role = self._collect_roles()
        for sentence, (tree, mentions) in enumerate(zip(trees, self._mentions, strict=True)):
            mentions += self._find_by_role(tree, self.named_in(sentence))
            mentions.sort(key=lambda mention: mention.first)
        self._learn_genders()

    def mentions(self, sentence: int) -> list[Mention]:
        """Return the people named in a sentence."""
        return self._mentions[sentence]

    def named_in(self, sentence: int) -> set[int]:
        """Return the places of the words of a sentence that name somebody."""
        return {n for m in self._mentions[sentence] for n in range(m.first, m.last + 1)}

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
        gender, told = gender_of(pronoun), pronoun.role.endswith("content")
        for number in range(sentence, max(-1, sentence - _REACH), -1):
            near = [m for m in self._mentions[number] if (number < sentence or m.last < word) and (told or not m.told)]
            near = [m for m in near if number < sentence or not self._asks(sentence, m)]
            fitting = [m for m in near if m.name != but and self._gender.get(m.name, gender) == gender]
            leading = {m.name for m in fitting if m.leading}
            same = self._pronoun_in(number, pronoun) if number < sentence else None
            if not leading and same is not None and self._trees[number].words[same].dependency in NOMINAL_SUBJECTS:
                name = self.person(number, same)  # "She met Ada King. She left"
                return name if name != but else None
            leading = leading or {m.name for m in fitting}
            unnamed = [] if leading else self._unnamed(number, word if number == sentence else None, told=told)
            if unnamed:
                first = not any(_is_somebody(before) for before in self._trees[sentence].words[:word])
                follows = number == sentence - 1 and self._blocks[number] == self._blocks[sentence]
                return self._brought_in(number, unnamed[0], gender, but) if first and follows else None
            if not leading and same is not None:
                name = self.person(number, same)
                leading = {name} - {but} if name else set()
            if len(leading) > 1 and pronoun.role.endswith("source"):  # "she added": whoever spoke before
                leading = {m.name for m in fitting if m.speaks} or leading
            if len(leading) == 1:
                return leading.pop()
            if leading:
                return None
        return None

    def _unnamed(self, sentence: int, before: int | None, *, told: bool) -> list[int]:
        """Return the people without a name who are subjects of a sentence up to a word, such as "her client".

        One may stand beside the subject: "One of the injured, a woman of 34, …".
        """
        tree = self._trees[sentence]
        return [
            number
            for number, word in enumerate(tree.words[:before])
            if word.text in PEOPLE
            and word.tag == "NN"
            and (word.dependency in NOMINAL_SUBJECTS or _is_beside_a_subject(tree, number))
            and (told or not word.role.endswith("content"))
            and not _is_named_beside(tree, number)
        ]

    def _brought_in(self, sentence: int, noun: int, gender: str | None, but: str | None) -> str | None:
        """Return how a text goes on to call "a woman", who is all that a sentence is about, unless she is ``but``."""
        tree = self._trees[sentence]
        words = [tree.words[n] for n in tree.below(noun) if n <= noun]
        alone = not self._mentions[sentence] and sum(_is_somebody(word) for word in tree.words) == 1
        if not alone or words[0].text.lower() not in {"a", "an"} or len(words) > _SHORT:
            return None
        fits = _BY_NOUN.get(words[-1].text, gender) == gender and all(word.tag in _DESCRIBING for word in words[1:])
        speaks = but is not None and but.split(" ", 1)[-1] == joined(words[1:], {})
        return joined(words, {0: "the"}) if fits and not speaks else None

    def _asks(self, sentence: int, mention: Mention) -> bool:
        """Tell whether somebody is named only as who asked: "Pressed by Ada King, he said"."""
        words = self._trees[sentence].words
        by = words[mention.last].head
        return words[by].dependency == "agent" and words[words[by].head].text.lower() in _ASKED

    def _pronoun_in(self, sentence: int, like: Word) -> int | None:
        """Return the pronoun of the same gender, a subject if there is one, by which an earlier sentence goes on."""
        words, gender = self._trees[sentence].words, gender_of(like)
        same = [n for n, word in enumerate(words) if gender_of(word) == gender]
        return min(same, key=lambda n: (words[n].dependency not in NOMINAL_SUBJECTS, n), default=None)

    def holder(self, role: str) -> str | None:
        """Return the one person whom the article calls, say, a spokesman or prime minister."""
        known = self._by_role.get(role.lower(), set())
        return next(iter(known)) if len(known) == 1 else None

    def may_mean(self, pronoun: Word, word: Word) -> bool | None:
        """Tell whether a personal pronoun may mean whom a word names, or None where it names nobody known."""
        return self.fits(self._full[word.text], pronoun) is not False if word.text in self._full else None

    def is_person(self, name: str) -> bool:
        """Tell whether a speaker is one of the people the article names."""
        known = name in self._full or name in self._full.values()
        return known and self._gender.get(name) != _NOBODY

    def fits(self, name: str | None, pronoun: Word) -> bool | None:
        """Tell whether a personal pronoun agrees with ``name``, or None where the name's gender is not known."""
        gender = self._gender.get(name or "")
        return None if gender is None else gender == gender_of(pronoun)

    def phrase(self, words: Sequence[Word], numbers: Sequence[int]) -> str:
        """Write out words with short names made full."""
        return joined([words[number] for number in numbers], self.replaced(words, numbers))

    def replaced(self, words: Sequence[Word], numbers: Sequence[int]) -> dict[int, str]:
        """Return the full name for each word of ``numbers``, by its place there, that is a surname by itself."""
        result: dict[int, str] = {}
        seen: set[str] = set()
        for place, number in enumerate(numbers):
            word = words[number]
            full = self._full.get(word.text) or (self._titled(words[numbers[place - 1]], word.text) if place else None)
            if not full or not word.tag.startswith("NN") or " " not in full:
                continue
            before = words[numbers[place - 1]].text if place else ""
            after = words[numbers[place + 1]] if place + 1 < len(numbers) else None
            behind = after.text if after else ""
            joins = "&" in {before, behind} or behind == "family" or word.entity == "I-ORG"  # "Carrow & Lyle" is a firm
            # "the Reynolds hangs there", "its Reynolds"
            joins = joins or before.lower() in {"the", "its", "their"} or self._is_of_family(full, before)
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
        self._full[surname] = max(known, name, key=len) if known and _may_be_one_name(known, name) else None
        self._bearers[surname].add(name)
        self._full.setdefault(name, self._full[surname] or name)
        owners = [tree.words[n - 1] for n, word in enumerate(tree.words) if word.text.lower() in _KIN]
        if any(owner.tag in {"PRP$", "POS"} for owner in owners):
            self._in_families.add(name)
        owned = {gender_of(tree.words[n - 1]) for n in _kin(tree) if tree.words[n - 1].tag == "PRP$"}
        if len(owned) == 1 and len(list(people_in(tree.words))) == 1 and (gender := owned.pop()):
            self._gender.setdefault(name, gender)  # "Berg was at his father’s funeral"
        # Some names begin with the surname, and some people go by their first.
        first_name = name.split()[0]
        self._first[first_name] = name if self._first.get(first_name, name) == name else None
        titles = tree.words[max(0, first - 3) : max(first, last - len(name.split()))]
        around = [word.text.lower().rstrip(".") for word in titles]
        for word in around:
            if word in GENDERED:
                self._gender[name] = GENDERED[word]
        if _is_a_thing_s(tree.words, first):
            self._gender[name] = _NOBODY
        if first_name.lower() in MEN | WOMEN:
            self._gender.setdefault(name, "m" if first_name.lower() in MEN else "f")

    def _is_of_family(self, name: str, title: str) -> bool:
        """Tell whether "Mrs Berg" may be another than the one called "Kim Berg", of whose mother the text tells."""
        gender = GENDERED.get(title.lower().rstrip("."))
        return gender is not None and self._gender.get(name, "" if name in self._in_families else gender) != gender

    def _titled(self, title: Word, surname: str) -> str | None:
        """Return who "Mrs Berg" is, where several of that surname are named and the title leaves one."""
        gender = GENDERED.get(title.text.lower().rstrip("."))
        fitting = {name for name in self._bearers[surname] if self._gender.get(name, gender) == gender}
        return fitting.pop() if gender and len(fitting) == 1 else None

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
                name = self._full.get(bare_name(words[place:end])) or self._titled(words[place], surname)
            elif name is None and surname in self._full and words[place].dependency in NOMINAL_SUBJECTS:
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
                gender = gender_of(word)
                if gender and word.dependency in NOMINAL_SUBJECTS and word.role.endswith("source"):
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


def _is_somebody(word: Word) -> bool:
    return word.text.lower() in PEOPLE or is_personal(word) or word.entity.endswith("PERSON")


def _may_be_one_name(one: str, other: str) -> bool:
    """Tell whether two names with the same surname may be one person's: "M. Berg" and "Mark Berg"."""
    first, second = one.split()[0].rstrip("."), other.split()[0].rstrip(".")
    return first == second or (1 in {len(first), len(second)} and first[0] == second[0])


def _is_beside_a_subject(tree: Tree, noun: int) -> bool:
    """Tell whether a noun stands in apposition to a subject that is no name."""
    above = tree.words[tree.words[noun].head]
    return tree.words[noun].dependency == "appos" and above.dependency in NOMINAL_SUBJECTS and above.tag not in NAMES


def _is_named_beside(tree: Tree, noun: int) -> bool:
    """Tell whether a name stands in apposition to a noun: "his wife, Ada", not "the author, a lawyer"."""
    return any(tree.words[c].dependency == "appos" and tree.words[c].tag in NAMES for c in tree.children[noun])


def _is_a_thing_s(words: Sequence[Word], name: int) -> bool:
    """Tell whether what stands before a name says that a firm, a ship or a place has it."""
    before = [word.text for word in words[max(0, name - 2) : name]]
    return before[-1:] != [] and (before[-1] in _THINGS or (before[-1] == "of" and before[0] in _PLACES))


def _relative_named(words: Sequence[Word], name: int) -> str | None:
    """Return what a relative is in front of a given name by itself: "Ada King’s husband, Jan"."""
    before = name - 1 - (name > 1 and words[name - 1].text == ",")
    owned = {"PRP$", "POS"} & {word.tag for word in words[max(0, before - 2) : max(0, before)]}
    return words[before].text if owned and words[before].text in _KIN & _BY_NOUN.keys() else None


def _kin(tree: Tree) -> Iterator[int]:
    """Yield the relatives that a sentence speaks of without naming them: "his father’s", not "his wife, Ada"."""
    words = tree.words
    for number, word in enumerate(words[:-1]):
        named = words[number + 1].text == "," or words[number + 1].tag in NAMES or words[max(0, number - 2)].text == ","
        if word.text.lower() in _KIN and not named:
            yield number


def _adjacent(words: Sequence[Word], number: int) -> bool:
    return words[number].start - words[number - 1].end <= 1


def _leads(tree: Tree, number: int) -> bool:
    """Tell whether a word is the subject of its clause, in apposition to it, or joined to it."""
    word = tree.words[number]
    while word.dependency in {"appos", "conj", "compound"} and word.head != number:
        number, word = word.head, tree.words[word.head]
    return word.dependency in NOMINAL_SUBJECTS
