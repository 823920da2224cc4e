"""What an article calls things: "the Harnsea Borough Council" by name, "a bus depot" where it brings one in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from factcheck.extraction.names import joined
from factcheck.extraction.tags import NAMES
from factcheck.extraction.tree import Tree
from factcheck.models.tagger import Word

#: Writes words of a sentence out, with short names made full.
Phrase = Callable[[Sequence[Word], Sequence[int]], str]

#: What newspapers call a body whose name they gave before.
_BYNAMES = {"alliance": {"NATO": "NATO", "Nato": "NATO"}, "bloc": {"EU": "the EU"}}
#: Adjectives that tell nothing about which one is meant later.
_EMPTY = {
    "new", "other", "same", "such", "further", "possible", "good", "bad", "big", "small", "large", "great", "huge",
    "full", "single", "rare", "recent", "long", "short", "first", "second", "third", "last", "next", "similar",
    "whole", "separate",
}  # fmt: skip
_TIMES = {"DATE", "TIME"}
#: What stands for a part of a country or of the earth: not for "Radio North", nor for the one sea that is named.
_EVERYWHERE = {"north", "south", "east", "west", "sea", "ocean"}


class Things:
    """The things of an article, by the noun that they are called later: "the council", "the depot"."""

    def __init__(
        self, trees: Sequence[Tree], titles: Sequence[bool], people: Sequence[set[int]], phrase: Phrase
    ) -> None:
        """Collect them from the sentences' ``trees``; ``people`` has the words of each that name somebody."""
        self._named = _named_things(trees, titles, people, phrase)
        self._introduced = _introduced(trees, titles)
        self._written = {word.text for tree in trees for word in tree.words}

    def named(self, noun: str) -> set[str]:
        """Return the full names of what "the ``noun``" may be."""
        if noun in _EVERYWHERE:
            return set()
        return self._named.get(noun, set()) or {
            full for name, full in _BYNAMES.get(noun, {}).items() if name in self._written
        }

    def introduced(self, noun: str, sentence: int) -> str | None:
        """Return "the bus depot" for "depot", where one was brought in before ``sentence`` and no other depot is."""
        introduced = self._introduced.get(noun, {})
        if len(introduced) != 1:
            return None
        phrase, first = next(iter(introduced.items()))
        return phrase if first < sentence else None


def _named_things(
    trees: Sequence[Tree], titles: Sequence[bool], people: Sequence[set[int]], phrase: Phrase
) -> dict[str, set[str]]:
    """Collect named noun phrases by their head: "the Harnsea Borough Council" and "the Council of Europe"."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for tree, title, named in zip(trees, titles, people, strict=True):
        if title and sum(word.text[0].isupper() for word in tree.words) > len(tree.words) / 2:
            continue
        for number, word in enumerate(tree.words):
            if word.tag in {"NN", "NNP"} and number not in named and (name := _named_phrase(tree, number, phrase)):
                found[word.text.lower()].add(name)
    return {
        head: {name for name in names if not any(_is_short_for(name, other) for other in names)}
        for head, names in ((head, _with_article(names)) for head, names in found.items())
    }


def _introduced(trees: Sequence[Tree], titles: Sequence[bool]) -> dict[str, dict[str, int]]:
    """Collect what is brought in as "a bus depot" by its head, with the first sentence that does."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for sentence, (tree, title) in enumerate(zip(trees, titles, strict=True)):
        for number, word in enumerate(tree.words):
            articles = [c for c in tree.children[number] if tree.words[c].text.lower() in {"a", "an"}]
            if title or word.tag != "NN" or not articles:
                continue
            before = [n for n in tree.below(number) if articles[0] < n < number]
            told = [n for n in before if tree.words[n].text.lower() not in _EMPTY]
            if told and all(tree.words[n].tag in {"NN", "NNP", "JJ"} for n in told) and len(told) < 4:
                phrase = "the " + joined([tree.words[n] for n in (*told, number)], {})
                found[word.text.lower()].setdefault(phrase, sentence)
            else:
                found[word.text.lower()].setdefault("", sentence)
    return {
        head: {p: first for p, first in phrases.items() if p or len(phrases) > 1} for head, phrases in found.items()
    }


def _named_phrase(tree: Tree, number: int, phrase: Phrase) -> str | None:
    """Return a noun phrase that has a name in front of its head or behind "of", or None."""
    words = tree.words
    before = [n for n in tree.children[number] if n < number and words[n].dependency in {"compound", "nmod", "poss"}]
    first = min((n for top in before for n in tree.below(top)), default=number)
    group = list(range(first, number + 1))
    of = tree.child(number, {"prep"})
    place = tree.child(of, {"pobj"}) if of is not None and words[of].text == "of" else None
    if of == number + 1 and place is not None and words[number].text[0].isupper():
        group += [of, *(n for n in tree.below(place) if n <= place)] if words[place].tag == "NNP" else []
    named = all(words[n].text[0].isupper() or words[n].tag == "POS" or n in (number, of) for n in group)
    of_name = [word for word in words[max(0, group[0] - 1) : group[0]] if word.text == "of"]
    inside = any(word.entity.startswith("I-") for word in of_name)
    opens = group[0] == 0 and words[0].tag not in {*NAMES, "DT"}  # "Paint firm fined": any first word is capital
    if (
        len(group) == 1
        or not named
        or opens
        or inside  # "the Journal of Alpine Ice" names no ice
        or any(words[n].tag == "PRP$" or words[n].entity[2:] in _TIMES for n in group)
    ):
        return None
    article = tree.child(number, {"det"})
    if article is not None and words[article].text.lower() in {"a", "an"} and words[number].text.islower():
        return None  # "a Cumbrian viaduct" brings in what is named later
    described = words[number].text[0].islower() and all(words[n].tag != "POS" for n in group)
    the = "the " if described or (article is not None and words[article].text.lower() == "the") else ""
    return the + phrase(words, [n for n in group if words[n].tag != "DT"])


def _is_short_for(name: str, other: str) -> bool:
    """Tell whether all words of a name are in another: "the Tarn council", "Tarn District Council"."""
    short, full = _without_article(name).lower().split(), _without_article(other).lower().split()
    return len(short) < len(full) and set(short) <= set(full)


def _with_article(names: set[str]) -> set[str]:
    """Drop names that are there with "the", too."""
    return {name for name in names if f"the {name}" not in names}


def _without_article(name: str) -> str:
    return name.removeprefix("the ")
