"""Atomic statements: a sentence, or what somebody said in it, cut into clauses that each state one fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factcheck.models.tagger import Word

_VERBS = {"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"}
_FINITE = {"VBD", "VBP", "VBZ", "MD"}
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}
_AUXILIARIES = {"aux", "auxpass"}
_OPENERS = {"cc", "mark", "preconj"}
#: Conjunctions whose clause states a fact of its own; "if", "when" or "because" limit or explain the main one.
_APART = {"while", "whereas", "although", "though"}
_RELATIVE = {"WDT", "WP", "WP$", "WRB"}
_FIGURES = {"CARDINAL", "MONEY", "PERCENT", "QUANTITY", "DATE", "ORDINAL", "TIME"}
_NOUNS = {"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT"}
_OUTER_MARKS = ' \n\t\xa0"“”‘«»,;:—–-'


@dataclass(frozen=True)
class Clause:
    """A clause of a sentence, by indices of the sentence's words.

    Attributes:
        words: the words that stand for it in the article, without what is a clause of its own.
        reading: the words of the statement in the order they are read, borrowed ones (a subject, an auxiliary)
            included.
        verb: its main verb.
        main: whether it is the sentence's, or the quotation's, main clause.
    """

    words: tuple[int, ...]
    reading: tuple[int, ...]
    verb: int
    main: bool


class Tree:
    """The dependency tree of a sentence."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.children: list[list[int]] = [[] for _ in words]
        for number, word in enumerate(words):
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


def split_clauses(tree: Tree, region: Sequence[int]) -> list[Clause]:
    """Split the words of ``region`` into clauses, in the order of the text.

    Split off are: coordinated clauses and coordinated verb phrases (with the shared subject put in front), clauses
    with "while" or "although", relative clauses after a comma (with what they speak of put in), and reduced
    relative or adverbial clauses that hold a figure or a date. All else stays with the clause that it limits.
    """
    inside = set(region)
    tops = [word for word in region if tree.words[word].head not in inside or tree.words[word].head == word]
    if not tops:
        return []
    main = max(tops, key=lambda word: (tree.words[word].tag in _VERBS, len(tree.below(word))))
    heads = [main] + [word for word in region if word != main and _stands_apart(tree, word, inside)]
    clauses = []
    for head in sorted(heads):
        owned = [word for word in tree.below(head, heads) if word in inside]
        if head == main:
            owned = sorted({*owned, *(w for top in tops if top != main for w in tree.below(top, heads) if w in inside)})
        clause = _clause(tree, head, owned, heads, main)
        if clause:
            clauses.append(clause)
    return clauses


def span_of(clause: Clause, words: Sequence[Word], text: str) -> tuple[int, int]:
    """Return where the clause stands in the text, without quotation marks and punctuation at its ends."""
    start, end = words[clause.words[0]].start, words[clause.words[-1]].end
    while start < end and text[start] in _OUTER_MARKS + "’'.":
        start += 1
    while end > start and text[end - 1] in _OUTER_MARKS + ".!?…":
        end -= 1
    return start, end


def has_finite_verb(words: Sequence[Word]) -> bool:
    """Tell whether any of the words is a verb with tense."""
    return any(word.tag in _FINITE for word in words)


def _stands_apart(tree: Tree, number: int, inside: set[int]) -> bool:
    word = tree.words[number]
    if word.head not in inside:
        return False
    head, children = tree.words[word.head], tree.children[number]
    own_subject = tree.child(number, _SUBJECTS) is not None
    verbal = word.tag in _VERBS
    if word.dependency == "conj":
        finite = word.tag in _FINITE or any(tree.words[child].tag in _FINITE for child in children)
        shares = head.tag in _VERBS and _is_clausal(tree, word.head) and (finite or word.tag == head.tag)
        return verbal and (own_subject or shares) and (own_subject or _is_clausal(tree, word.head))
    if word.dependency == "advcl" and own_subject:
        return any(tree.words[child].text.lower() in _APART for child in children)
    if word.dependency == "relcl":
        first = tree.below(number)[0]
        return first > 0 and tree.words[first - 1].text in {",", "—", "–", "("} and _relative(tree, number) is not None
    if word.dependency in {"acl", "advcl"} and word.tag in {"VBG", "VBN"} and not own_subject:
        marked = tree.child(number, {"mark", "prep"}) is not None and tree.words[tree.below(number)[0]].tag == "IN"
        return not marked and _has_figure(tree, tree.below(number))
    return False


def _is_clausal(tree: Tree, number: int) -> bool:
    """Tell whether a verb heads a clause with tense, not an infinitive or participle that depends on another."""
    word = tree.words[number]
    if word.tag in _FINITE or any(tree.words[child].tag in _FINITE for child in tree.children[number]):
        return True
    return word.dependency == "conj" and word.head != number and _is_clausal(tree, word.head)


def _has_figure(tree: Tree, words: Sequence[int]) -> bool:
    return any(tree.words[word].tag == "CD" or tree.words[word].entity[2:] in _FIGURES for word in words)


def _relative(tree: Tree, head: int) -> int | None:
    return next((word for word in tree.below(head) if word <= head and tree.words[word].tag in _RELATIVE), None)


def _clause(tree: Tree, head: int, owned: list[int], heads: list[int], main: int) -> Clause | None:
    words, word = tree.words, tree.words[head]
    while owned and _opens(tree, owned[0], head):
        owned = owned[1:]
    while owned and words[owned[-1]].dependency in {"cc", "punct"}:
        owned = owned[:-1]
    if not owned:
        return None
    reading = list(owned)
    span = owned
    if head != main and tree.child(head, _SUBJECTS) is None:
        reading = [*_borrowed(tree, head, heads), *owned]
    if head != main and word.dependency == "relcl":
        antecedent = _antecedent(tree, head, heads)
        span = sorted({*antecedent, *owned})
        reading = _with_antecedent(tree, head, owned, antecedent)
    return Clause(tuple(span), tuple(reading), head, head == main)


def _opens(tree: Tree, number: int, head: int) -> bool:
    """Tell whether a word at the beginning of a clause only ties it to another."""
    word = tree.words[number]
    return word.dependency in {"cc", "punct", "preconj"} or (
        word.dependency == "mark" and (word.text.lower() in _APART or word.text.lower() == "that")
    )


def _borrowed(tree: Tree, head: int, heads: list[int]) -> list[int]:
    """Return the subject, and the auxiliaries, that a clause without its own takes from the one it hangs on."""
    word = tree.words[head]
    if word.dependency == "acl":
        return _antecedent(tree, head, heads)
    owner = word.head
    while tree.child(owner, _SUBJECTS) is None and tree.words[owner].head != owner and owner in heads:
        owner = tree.words[owner].head
    subject = tree.child(owner, _SUBJECTS)
    if subject is None:
        return []
    borrowed = tree.below(subject, heads)
    if word.tag == tree.words[owner].tag and word.tag in {"VB", "VBN", "VBG"} and word.dependency == "conj":
        own = [child for child in tree.children[head] if tree.words[child].dependency in _AUXILIARIES]
        if not own:
            borrowed += [c for c in tree.children[owner] if tree.words[c].dependency in _AUXILIARIES and c < owner]
    return borrowed


def _antecedent(tree: Tree, head: int, heads: list[int]) -> list[int]:
    """Return the words of the noun phrase that a relative clause speaks of."""
    noun = tree.words[head].head
    words = [word for word in tree.below(noun, heads) if word < head]
    while words and tree.words[words[-1]].dependency in {"punct", "cc"}:
        words = words[:-1]
    return words


def _with_antecedent(tree: Tree, head: int, owned: list[int], antecedent: list[int]) -> list[int]:
    """Put the antecedent in the place of the relative word, or after the verb where that is not the subject."""
    relative = _relative(tree, head)
    if relative is None or relative not in owned:
        return [*antecedent, *owned]
    place = owned.index(relative)
    word = tree.words[relative]
    if word.dependency in _SUBJECTS or word.tag == "WP$":
        return [*owned[:place], *antecedent, *owned[place + 1 :]]
    preposition = [word.head] if word.dependency == "pobj" and word.head in owned else []
    rest = [number for number in owned if number not in {relative, *preposition}]
    verb = rest.index(head) + 1
    return [*rest[:verb], *preposition, *antecedent, *rest[verb:]]
