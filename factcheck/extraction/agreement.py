"""Words behind a pronoun, made to agree with the name that takes its place."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.extraction.tree import Tree

_AFTER_FIRST_PERSON = {
    "am": "is",
    "’m": "is",
    "'m": "is",
    "have": "has",
    "’ve": "has",
    "'ve": "has",
    "do": "does",
    "don": "doesn",
}
_AFTER_SECOND_PERSON = {"are": "is", "’re": "is", "'re": "is", "were": "was", "have": "has", "’ve": "has", "'ve": "has"}


def spell_out(tree: Tree, reading: Sequence[int], place: int, replaced: dict[int, str]) -> bool:
    """Write out "’ll" and "’d" behind a pronoun that a name takes the place of, and tell whether there was one."""
    behind = tree.words[reading[place + 1]] if place + 1 < len(reading) else None
    if behind is None or behind.text.lower() not in {"’ll", "'ll", "’d", "'d"}:
        return False
    would = "would" if behind.tag == "MD" else "had"
    replaced[place] += " "
    replaced[place + 1] = would if behind.text.lower().endswith("d") else "will"
    return True


def agree(tree: Tree, reading: Sequence[int], place: int, replaced: dict[int, str]) -> None:
    """Let the verb behind "I" or "you" agree with the name that takes its place."""
    pronoun = tree.words[reading[place]].text.lower()
    if pronoun not in {"i", "you"} or spell_out(tree, reading, place, replaced):
        return
    forms = _AFTER_FIRST_PERSON if pronoun == "i" else _AFTER_SECOND_PERSON
    behind = next((at for at in range(place + 1, len(reading)) if tree.words[reading[at]].tag != "RB"), None)
    if behind is None:
        return
    verb = tree.words[reading[behind]]
    if verb.text.lower() in forms:
        replaced[behind] = forms[verb.text.lower()]
        if verb.text[0] in "’'":
            replaced[place] += " "
    elif verb.tag == "VBP":
        replaced[behind] = verb.text + ("es" if verb.text.endswith(("sh", "ch", "ss", "x", "o")) else "s")
