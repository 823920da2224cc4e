"""The dependency tree of a sentence, and what can be asked of its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from factcheck.extraction.repairs import repaired
from factcheck.extraction.tags import FINITE, SUBJECTS, VERBS
from factcheck.models.tagger import Word

#: Relations of a noun that, in front of the verb it hangs on, can only be a subject taken for something else.
_NOT_OF_A_VERB = {"conj", "appos"}
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

    def above(self, word: int) -> Iterator[int]:
        """Yield the words that ``word`` hangs on, directly or by others, the nearest first."""
        while self.words[word].head != word:
            word = self.words[word].head
            yield word

    def is_quoted(self, word: int) -> bool:
        """Tell whether a word stands inside quotation marks that open in the sentence."""
        marks = [other.tag for other in self.words[:word] if other.tag in {"``", "''"}]
        return marks[-1:] == ["``"]

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


def is_title(tree: Tree) -> bool:
    """Tell whether all that has a verb in a line is what "how" or "what" opens: "How the campaign ended"."""
    verbs = [number for number, word in enumerate(tree.words) if word.tag in FINITE]
    tops = {tree.words[n].head if tree.words[n].dependency in {"aux", "auxpass"} else n for n in verbs}
    opened = [any(tree.words[n].tag in {"WP", "WRB"} and n < top for n in tree.below(top)) for top in tops]
    return bool(opened) and all(opened) and not any(word.tag == "." for word in tree.words)


def has_finite_verb(tree: Tree, numbers: Iterable[int]) -> bool:
    """Tell whether any of the words is a verb with tense, or a participle with a subject, as "held" may be taken."""
    return any(
        tree.words[n].tag in FINITE or (tree.words[n].tag == "VBN" and tree.child(n, {"nsubj"}) is not None)
        for n in numbers
    )


def is_left_open(text: str) -> bool:
    """Tell whether a bracket that opens in a text closes behind it."""
    return text.count("(") > text.count(")")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without quotation marks and punctuation at its ends, unless nothing else is in it."""
    if not any(character.isalnum() for character in text[start:end]):
        return start, end
    while start < end and text[start] in _OUTER_MARKS + "’'.":
        start += 1
    while end > start and text[end - 1] in _OUTER_MARKS + ".!?…":
        end -= 1
    return start, end
