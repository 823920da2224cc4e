"""Bodies by name, and what kind of body each is said to be: "the charity Open Hands", "Dimepe, the drug agency"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from factcheck.extraction.names import FORMS_OF_FIRM, joined
from factcheck.extraction.tags import NAMES, NOUNS, SUBJECTS
from factcheck.extraction.tree import Tree
from factcheck.models.tagger import Word

#: Kinds of firm; newspapers call any of them "the company", "the firm" or "the group" later.
_FIRMS = {
    "airline", "bank", "brewer", "broker", "builder", "business", "carmaker", "carrier", "chain", "company",
    "contractor", "developer", "drugmaker", "exporter", "firm", "giant", "group", "importer", "insurer", "maker",
    "manufacturer", "miner", "operator", "owner", "producer", "publisher", "retailer", "shipper", "start-up", "startup",
    "subsidiary", "supplier", "trader", "utility",
}  # fmt: skip
_CALLED = {"company", "firm", "group"}
#: Words in a name that say that it is a firm's.
_OF_FIRMS = {"&", "airlines", "airways", "company", "group", "industries", "lines", "partners", *FORMS_OF_FIRM}


#: In front of a name, these say whose body it is, not what: "the state Supreme Court".
_OF_WHERE = {"borough", "city", "county", "district", "province", "school", "state", "town", "village"}
_PLACES = {"GPE", "LOC", "NORP", "LANGUAGE"}
_TIMES = {"DATE", "TIME"}


class Bodies:
    """The bodies that an article names."""

    def __init__(self, trees: Sequence[Tree], people: Sequence[set[int]], blocks: Sequence[int]) -> None:
        """Collect the names, but for the words of each sentence that name ``people``, and what the bodies are called.

        ``blocks`` numbers the paragraph of each sentence.
        """
        self._blocks = blocks
        self._names: set[str] = set()
        self._first: dict[str, int] = {}
        self._written = Counter(word.text for tree in trees for word in tree.words)
        self._by_the_way: set[str] = set()
        self._leading: list[set[str]] = []
        kinds: defaultdict[str, set[str]] = defaultdict(set)
        for sentence, (tree, named) in enumerate(zip(trees, people, strict=True)):
            self._leading.append(set())
            for first, last in _runs(tree, named):
                name = joined(tree.words[first : last + 1], {})
                place = all(tree.words[n].entity[2:] in _PLACES for n in range(first, last + 1))
                self._first.setdefault(name, sentence)
                if any(tree.words[n].dependency == "relcl" for n in tree.above(first)):
                    self._by_the_way.add(name)
                if not place:
                    self._names.add(name)
                if not place and any(tree.words[n].dependency in SUBJECTS for n in range(first, last + 1)):
                    self._leading[-1].add(name)
                for kind in {*_kinds(tree, first, last), *_kinds_by_name(name)}:
                    for called in _CALLED | {kind} if kind in _FIRMS else {kind}:
                        kinds[called].add(name)
        self._kinds = dict(kinds)

    def of_kind(self, noun: str, sentence: int) -> set[str]:
        """Return the full names of the bodies that are a company, an agency or whatever ``noun`` is.

        None where the only one is named later than in ``sentence``, or once, far before and only in what is told
        of another ("a fund that owns the chain Valtor"): "the chain" is not that.
        """
        names = self._kinds.get(noun, set())
        full = {self.full_name(name) for name in names}
        if len(full) != 1:
            return full
        first = min(self._first[name] for name in names)
        once = all(name in self._by_the_way and self._written[name.split()[0]] == 1 for name in names)
        return set() if first > sentence or (once and self._blocks[sentence] > self._blocks[first] + 1) else full

    def just_named(self, noun: str, sentence: int) -> set[str]:
        """Return what "the company" in ``sentence`` means: the subject of the sentence before in its paragraph."""
        if noun not in _CALLED or sentence == 0 or self._blocks[sentence] != self._blocks[sentence - 1]:
            return set()
        return {self.full_name(name) for name in self._leading[sentence - 1]}

    def full_name(self, name: str) -> str:
        """Return the one longer name that begins or ends with the words of ``name``, or ``name`` itself."""
        short = name.split()
        longer = {
            full
            for full in self._names
            if len(words := full.split()) > len(short) and short in (words[: len(short)], words[-len(short) :])
        }
        longest = {full for full in longer if not any(other != full and full in other for other in longer)}
        return longest.pop() if len(longest) == 1 and name[:1].isupper() else name


def _runs(tree: Tree, people: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of each run of capitalised nouns that are no person's name and no day's."""
    place, words = 0, tree.words
    while place < len(words):
        end = place
        while end < len(words) and end not in people and _may_name(words, end):
            end += 1
        last = end
        while last > place and not words[last - 1].text[0].isalnum():
            last -= 1
        if last - place > 1 or (last > place and words[place].tag in NAMES and words[place].entity[2:] != "PERSON"):
            yield place, last - 1
        place = max(end, place + 1)


def _may_name(words: Sequence[Word], number: int) -> bool:
    """Tell whether a word may be one of a name; a noun that opens a sentence is, before another with a capital."""
    word = words[number]
    if word.text == "&" or word.entity == "I-ORG":
        return True
    following = words[number + 1] if number + 1 < len(words) else None
    goes_on = following is not None and following.tag in NOUNS and following.text[0].isupper()
    name = word.tag in NAMES or (word.tag in NOUNS and (number > 0 or goes_on))
    return name and word.text[0].isupper() and word.entity[2:] not in _TIMES


def _kinds(tree: Tree, first: int, last: int) -> Iterator[str]:
    """Yield the common nouns that say what the body is whose name these words are."""
    group = range(first, last + 1)
    top = next((number for number in group if tree.words[number].head not in group), last)
    beside = [child for number in group for child in tree.children[number]]
    beside = [n for n in beside if tree.words[n].dependency in {"appos", "compound", "nmod"} and n not in group]
    if tree.words[top].dependency == "appos":
        beside.append(tree.words[top].head)
    for number in beside:
        qualifies = tree.words[number].text in _OF_WHERE and tree.words[number].dependency != "appos"
        if tree.words[number].tag in {"NN", "NNP"} and tree.words[number].text.islower() and not qualifies:
            yield tree.words[number].text


def _kinds_by_name(name: str) -> set[str]:
    return _CALLED if _OF_FIRMS & {word.lower().rstrip(".") for word in name.split()} else set()
