"""What a relative clause speaks of, and how it is read with that in the relative word's place."""

from __future__ import annotations

from calendar import day_name

from factcheck.extraction.boundaries import relative_word
from factcheck.extraction.tags import SUBJECTS, VERBS
from factcheck.extraction.tree import Tree


def is_by_the_way(tree: Tree, verb: int) -> bool:
    """Tell the verb of what a sentence only adds behind a comma: "open since the autumn, when a boy fell from it"."""
    while tree.words[verb].dependency == "conj":
        verb = tree.words[verb].head
    relative = relative_word(tree, verb) if tree.words[verb].dependency == "relcl" else None
    return relative is not None and relative > 0 and tree.words[relative - 1].text == ","


def meant_by(tree: Tree, first: int, head: int) -> list[int]:
    """Return what a relative word stands for, with who said it behind: "an email which he said had been sent"."""
    word, cue = tree.words[first], tree.words[head].head
    told = word.dependency in SUBJECTS or (word.head == head and tree.subject(head) is None)
    if word.tag not in {"WDT", "WP"} or not told or tree.words[cue].dependency != "relcl":
        return []
    meant = [number for number in tree.below(tree.words[cue].head) if number < first]
    return meant[:-1] if meant and tree.words[meant[-1]].text == "," else meant


def antecedent_of(tree: Tree, head: int, heads: list[int]) -> list[int]:
    """Return the words of the noun phrase that a relative clause speaks of."""
    noun = tree.words[head].head
    named = tree.words[noun].head
    described = tree.words[noun].tag != "NNP" or any(
        tree.words[c].text.lower() in {"a", "an"} for c in tree.children[noun]
    )
    if tree.words[noun].dependency == "appos" and tree.words[named].tag == "NNP" and described:
        words = [word for word in tree.below(named, [*heads, noun]) if word <= named]
    elif tree.words[noun].tag == "CD" and tree.words[named].tag == "NNP" and named == noun - 1:  # "Local 88, which"
        words = [word for word in tree.below(named, heads) if word <= noun]
    else:
        words = [word for word in tree.below(noun, heads) if word < head]
        # What the parser hung on the noun from beyond another phrase is none of it.
        gap = next((word for word in range(noun, -1, -1) if word not in words), -1)
        words = [word for word in words if word > gap]
    while words and tree.words[words[-1]].text in {",", ")"}:  # "Ada King (Lab), who sold"
        closed = tree.words[words[-1]].text == ")"
        opened = max((place for place, word in enumerate(words) if tree.words[word].text == "("), default=None)
        words = words[: opened if closed else -1]
    while words and tree.words[words[-1]].dependency in {"punct", "cc"}:
        words = words[:-1]
    return words


def may_mean_another(tree: Tree, head: int) -> bool:
    """Tell whether ", for which" may go with either of two nouns: "a plan for a roof, for which it paid"."""
    noun, relative = tree.words[tree.words[head].head], relative_word(tree, head)
    if relative is None or tree.words[relative].dependency != "pobj" or noun.dependency != "pobj":
        return False
    holder = tree.words[noun.head].head
    new = any(tree.words[c].text in {"a", "an"} for c in tree.children[holder])
    return new and tree.words[holder].tag == noun.tag == "NN" and tree.words[relative - 2].text == ","


def closing(tree: Tree, head: int, antecedent: list[int]) -> list[int]:
    """Return the comma that closes an apposition within what a relative clause speaks of: "Ashby, 52, was born"."""
    before = tree.below(head)[0] - 1
    open_ended = sum(tree.words[word].text == "," for word in antecedent) % 2 == 1
    return [before] if open_ended and before >= 0 and tree.words[before].text == "," else []


def in_place_of(tree: Tree, relative: int | None, antecedent: list[int], owned: list[int]) -> tuple[int, str] | None:
    """Return what "where", "when", "whose" and "nine of whom" leave to be said beside it: "in", "on", "’s", "the"."""
    if relative is None or not antecedent:
        return None
    if relative > 0 and tree.words[relative - 1].text == "of" and tree.words[antecedent[0]].tag == "CD":
        return antecedent[0], "the"
    if tree.words[relative].text.lower() == "where":
        return antecedent[0], "in"
    before = antecedent[0] - 1
    if tree.words[relative].text.lower() == "when" and before >= 0 and tree.words[before].tag == "IN":
        day = tree.words[before].text.lower() == "on" or tree.words[antecedent[0]].text in day_name
        return antecedent[0], "on" if day else "in"
    owns = tree.words[relative].tag == "WP$" and relative + 1 in owned
    return (relative + 1, "’s") if owns else None


def with_antecedent(tree: Tree, head: int, owned: list[int], antecedent: list[int]) -> tuple[int, ...]:
    """Put the antecedent in the place of the relative word, or after the verb where that is not the subject."""
    relative = relative_word(tree, head)
    if relative is None or relative not in owned:
        return (*antecedent, *owned)
    place = owned.index(relative)
    word = tree.words[relative]
    if word.tag == "WP$":  # "Berg, 67, whose mill burned"
        comma = next((place for place, number in enumerate(antecedent) if tree.words[number].text == ","), None)
        antecedent = antecedent if comma is None else antecedent[:comma]
    part = tree.words[word.head].head if word.dependency == "pobj" else head
    if word.dependency in SUBJECTS or word.tag == "WP$" or tree.words[part].dependency in SUBJECTS:
        return (*owned[:place], *antecedent, *closing(tree, head, antecedent), *owned[place + 1 :])
    preposition = [word.head] if word.dependency == "pobj" and word.head in owned else _stranded(tree, head, owned)
    rest = [number for number in owned if number not in {relative, *preposition}]
    if word.tag == "WRB":
        return (*rest, *antecedent)
    if not preposition and tree.words[owned[-1]].tag == "VB" and word.dependency != "nsubj":
        return (*rest, *antecedent)  # "a mission, which Berg was picked to lead"
    counted, object_ = tree.subject(head), tree.child(head, {"attr", "dobj"})
    of_them = bool(preposition) and tree.words[preposition[0]].text == "of" and object_ is None
    if of_them and counted in rest:  # "41 houses, of which 29 were wet"
        after = rest.index(counted) + 1
        return (*rest[:after], *preposition, *antecedent, *rest[after:])
    governor = tree.words[preposition[0]].head if preposition else word.head
    behind = tree.child(governor, {"attr", "dobj"}) if preposition and tree.words[governor].tag in VERBS else None
    last = max((n for n in tree.below(behind) if n in rest), default=head) if behind is not None else governor
    before = next((number for number in (last, head) if number in rest), rest[-1] if rest else None)
    place = 0 if before is None else rest.index(before) + 1
    return (*rest[:place], *preposition, *antecedent, *rest[place:])


def _stranded(tree: Tree, head: int, owned: list[int]) -> list[int]:
    """Return the preposition with nothing behind it that ends a relative clause: "which both are sticking to"."""
    last = owned[-1]
    return [last] if tree.words[last].tag == "IN" and tree.words[last].head == head and not tree.children[last] else []
