"""What a clause adds behind a comma: a rank, a comparison, a part of a figure, each a fact of its own."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.extraction.boundaries import AMOUNTS
from factcheck.extraction.tree import Tree

#: What opens a phrase that compares, that tells of a part, or that goes on from the figure before it.
_COMPARING = {"half", "twice", "double", "triple"}
_FRACTIONS = {"half", "third", "quarter", "fifth", "sixth", "eighth", "tenth", "fraction"}
_OF_THEM = {"none", "all", "most", "many", "some", "half", "both", "neither"}
_FROM_A_FIGURE = {"up", "down", "compared", "by", "to"}
#: What may stand before it.
_ROUGHLY = {"about", "around", "roughly", "nearly", "almost", "some"}


def may_add(tree: Tree, reading: Sequence[int], place: int) -> bool:
    """Tell whether an addition may begin at a place of what is read: behind a comma, or with "after leaving"."""
    word = tree.words[reading[place]]
    gerund = word.text.lower() == "after" and tree.child(reading[place], {"pcomp"}) is not None
    return word.text == "," or gerund


def adds_figure(tree: Tree, phrase: Sequence[int]) -> bool:
    """Tell whether a phrase ranks, compares or goes on from a figure; a list that goes on does not."""
    words = [tree.words[number] for number in phrase]
    if any(word.dependency == "conj" and word.head not in phrase for word in words):
        return False
    while len(words) > 1 and words[0].text.lower() in _ROUGHLY:
        words = words[1:]
    first, ranked = words[0], any(word.tag in {"JJS", "RBS"} or word.entity.endswith("ORDINAL") for word in words)
    amount = any(word.entity[2:] in AMOUNTS or word.tag == "CD" for word in words)
    if first.tag == "PRP$" or first.dependency == "poss":
        return ranked
    if first.text.lower() in {"a", "an"} and len(words) > 2 and (words[1].text in _FRACTIONS and words[2].text == "of"):
        return True
    if first.text.lower() in {"a", "an", "the"}:
        return first.text.lower() != "the" and any(word.text.lower() == "record" for word in words)
    if first.text.lower() in _FROM_A_FIGURE:
        does = len(words) > 1 and words[1].tag == "VB"  # "agreed, …, to sell nine mills"
        return amount and not does and all(word.entity[2:] != "DATE" for word in words[:2])
    if len(words) > 2 and (first.tag == "CD" or first.text.lower() in _OF_THEM) and words[1].text == "of":
        return words[2].text in {"them", "these", "those"}
    if first.tag == "CD" and len(words) > 2 and words[1].text in {"times", "in"}:
        return True
    if first.text.lower() == "among" and words[1:] and words[1].text == "them":
        return amount
    if first.tag == "JJR" or first.text.lower() in {"more", "less"}:
        return any(word.text == "than" for word in words[1:3])
    after = first.text.lower() == "after" and len(words) > 1 and words[1].tag == "VBG"
    return first.text.lower() in _COMPARING or (after and amount)
