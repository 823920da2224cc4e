"""Clauses that only bring in what somebody says, and tell nothing without it: "who say that", "in what police call"."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.extraction.attribution import Part, within
from factcheck.extraction.tree import Tree

#: Tags of what may stand beside a cue in a clause that tells nothing else: relative and personal pronouns, helpers.
_ONLY_CUE = {"WP", "WDT", "MD", "RB", "VBP", "VBZ", "VBD", "VBN", ","}


def cue_clause(tree: Tree, cue: Part | None, region: Sequence[int]) -> list[int]:
    """Return the words of the clause that brings in the words of ``region``, if it tells nothing else, or none."""
    above = {tree.words[word].head for word in region}
    first = tree.words[region[0]]
    if first.tag in {"WDT", "WP"} and first.dependency != "mark":  # "an email which he said had been sent"
        which = [n for top in above if tree.words[top].dependency == "relcl" for n in tree.below(top)]
        if which:
            return which
    for number, word in enumerate(tree.words):
        if number in region or not (number in above or within(word, [cue])):
            continue
        if clause := _in_a_subclause(tree, number, region) or _behind_a_noun(tree, number, cue, region):
            return clause
    return []


def mark_of(tree: Tree, verb: int) -> str | None:
    """Return the word that ties a verb's clause to another: "because", "although"."""
    mark = tree.child(verb, {"mark"})
    return None if mark is None else tree.words[mark].text.lower()


def _in_a_subclause(tree: Tree, verb: int, region: Sequence[int]) -> list[int]:
    """Return ", saying through an interpreter that …" and "although the charity puts the figure at …"."""
    word, below = tree.words[verb], tree.below(verb)
    if word.dependency != "advcl":
        return []
    if word.tag == "VBG" and verb > word.head:
        return below
    rest = [tree.words[n] for n in below if n not in region]
    only = all(other.dependency in {"mark", "punct"} or other.role != "O" for other in rest)
    return below if only and word.role.endswith("cue") and mark_of(tree, verb) else []


def _behind_a_noun(tree: Tree, verb: int, cue: Part | None, region: Sequence[int]) -> list[int]:
    """Return "who say that …", "that its editor says …" and "in what police believe …", without what is said."""
    word, noun = tree.words[verb], tree.words[verb].head
    if word.dependency == "relcl" and noun < verb < region[0]:
        clause = [n for n in tree.below(verb) if n not in region]
        if all(n == verb or tree.words[n].tag in _ONLY_CUE for n in clause):
            return clause
    if word.dependency not in {"relcl", "pcomp"} or not within(word, [cue]) or noun > verb or verb + 1 not in region:
        return []
    start = tree.below(noun)[0]
    renames = tree.words[start].text in {"a", "an"} and tree.words[start - 1].text == ","  # ", a word that he used"
    whole = word.dependency == "pcomp" or renames or tree.words[noun].role.endswith("cue")
    return [n for n in tree.below(noun if whole else verb) if n <= verb]
