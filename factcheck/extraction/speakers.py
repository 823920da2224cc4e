"""Who is meant by the words before "said": a full name, a body, or a described person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factcheck.extraction.attribution import Part
from factcheck.extraction.given_names import PEOPLE
from factcheck.extraction.names import joined, within, without_titles
from factcheck.extraction.pronouns import is_personal, is_pronoun
from factcheck.extraction.references import References
from factcheck.extraction.tree import Tree

#: Where a description of the speaker goes on: only what stands before names them.
_REST = re.compile(r"\s*(?:,(?!\d)|;|\(|—|–|\bwho\b|\bwhich\b|\bwhose\b)")

_OF_BODY = re.compile(r"(an? [^,]+ (?:for|of|at|from)) the (\w+)")

_DETERMINERS = {"a", "an", "another", "one", "some", "any", "no", "my", "his", "her", "its", "our", "their"}

_DOCUMENTS = {
    "figures", "data", "statistics", "numbers", "report", "study", "survey", "poll", "analysis", "paper", "review",
    "research", "audit", "affidavit", "testimony", "inquiry", "inspection", "estimate", "estimates",
}  # fmt: skip
#: What is done to a document by who has not made it.
_ONLY_READ = {"seen", "obtained", "read", "reviewed", "viewed", "leaked", "cited", "quoted", "examined"}
_NAMED = re.compile(r"(?:the )?[A-Z][\w.&’'-]*(?: (?:of|for|and|&|[A-Z][\w.&’'-]*))*")


@dataclass(frozen=True)
class Voice:
    """Who speaks in a clause, where somebody does: ``is_person`` tells a person from a body or a document.

    ``first_person`` is whom "I" means, if that is a person: not who told them in “He told me that I was late”.
    ``hearer`` is who was spoken to, if known; ``denies`` tells that the speaker says that the clause is not so.
    """

    speaker: str
    direct: bool
    is_person: bool
    first_person: str | None = None
    hearer: str | None = None
    denies: bool = False


def name_speaker(
    tree: Tree, source: Part, sentence: int, references: References, outer: str | None = None
) -> str | None:
    """Return the speaker's full name without titles, or the article's words for one without a name.

    None where the source is a pronoun whose antecedent is not clear. ``outer`` is who tells of the speaker, and
    says "I" and "my".
    """
    inside = [number for number, word in enumerate(tree.words) if source.start <= word.start < source.end]
    while inside and tree.words[inside[-1]].tag in {".", ",", "POS"}:  # "the trial's finding that"
        inside.pop()
    if not inside:
        return None
    while inside[0] > 0 and _extends(tree, inside[0] - 1, inside):
        inside.insert(0, inside[0] - 1)
    top = next((number for number in inside if tree.words[number].head not in inside), inside[0])
    for mention in references.people.mentions(sentence):
        if mention.first in inside and (_names(tree, mention.first, mention.last, top, inside)):
            return mention.name
    first = tree.words[inside[0]]
    if len(inside) == 1 and first.text == "I":
        return outer
    if len(inside) == 1 and is_pronoun(first):
        number = inside[0]
        if is_personal(first):
            return references.people.person(sentence, number)
        return _resolved(_described(references.body(sentence, number) or ""), sentence, references)
    if (maker := _maker(tree, top)) is not None:
        inside = maker
        named = [mention for mention in references.people.mentions(sentence) if mention.last == inside[-1]]
        if named:
            return named[0].name
    else:
        inside = _without_participle(tree, top, inside)
    inside = _without_kind(tree, inside)
    first = tree.words[inside[0]]
    replaced = references.people.replaced(tree.words, inside)
    for place, number in enumerate(inside):
        word = tree.words[number]
        if word.tag == "PRP$":
            owner = outer if word.text.lower() == "my" else None
            if is_personal(word):
                owner = references.people.person(sentence, number, but=outer) or outer
            elif word.text.lower() in {"its", "their"}:
                owner = references.body(sentence, number)
            replaced |= {place: f"{owner}’s"} if owner else {}
    if first.tag in {"DT", "NN", "NNS", "JJ", "CD", "PRP$"} and 0 not in replaced:
        replaced[0] = within(first.text, first)
    return _resolved(_described(joined([tree.words[number] for number in inside], replaced)), sentence, references)


def _resolved(described: str | None, sentence: int, references: References) -> str | None:
    """Return the name for a description of a speaker, if the article has one, else the description."""
    if not described or not any(character.isalnum() for character in described):
        return None
    words = described.split()
    if words[0].lower() == "the" and len(words) <= 3:
        role = " ".join(words[1:])
        return references.people.holder(role) or references.full_body(references.named(role, sentence) or described)
    if words[0] == "the" and words[1] in PEOPLE and words[2] == "of":  # "the leader of the council"
        return references.people.holder(words[1]) or described
    if described.islower() and words[-1] in PEOPLE and words[0] not in _DETERMINERS:  # in a headline
        return references.people.holder(described) or references.people.holder(words[-1]) or described
    if of_body := _OF_BODY.fullmatch(described):
        return f"{of_body[1]} {references.named(of_body[2], sentence) or f'the {of_body[2]}'}"
    return references.full_body(without_titles(described))


def _maker(tree: Tree, top: int) -> list[int] | None:
    """Return the words for who made a document: "figures published by the institute", "a survey by the bank"."""
    if (made := tree.child(top, {"acl"})) is not None:
        by = tree.child(made, {"agent"}) if tree.words[made].text not in _ONLY_READ else None
    else:
        by = next((c for c in tree.children[top] if tree.words[c].text == "by"), None)
    maker = tree.child(by, {"pobj"}) if by is not None else None
    if maker is None or tree.words[top].text.lower() not in _DOCUMENTS:
        return None
    end = maker
    while end + 1 < len(tree.words) and tree.words[end + 1].entity.startswith("I-"):  # "the Institute for Oceans"
        end += 1
    return [number for number in tree.below(maker) if number <= end]


def _without_participle(tree: Tree, top: int, inside: list[int]) -> list[int]:
    """Drop what a participle tells of the speaker, as a relative clause would: "residents reached by telephone"."""
    cut = next(
        (number for number in inside if number > top and tree.words[number].dependency == "acl"), len(tree.words)
    )
    return [number for number in inside if number < cut]


def _without_kind(tree: Tree, inside: list[int]) -> list[int]:
    """Drop what a body is in front of its name: "the relief agency Open Hands", "the independent Budget Council"."""
    words = tree.words
    name = next((place for place, number in enumerate(inside) if words[number].tag in {"NNP", "NNPS"}), 0)
    named = [number for number in inside[name:] if words[number].tag in {"NNP", "NNPS"}]
    kind = [words[number] for number in inside[:name]]
    if name > 1 and named == inside[name:] and kind[-1].tag == "NN" and {word.tag for word in kind} <= {"JJ", "NN"}:
        return named  # "Danish toy maker Holm Brix said"
    small = all(words[n].text.islower() and words[n].tag in {"DT", "NN", "JJ"} for n in inside[:name])
    if name < 2 or not small or words[inside[0]].text.lower() != "the" or named != inside[name:]:
        return inside
    if any(words[n].dependency == "appos" for n in named):
        return named
    return [inside[0], *named] if all(words[n].tag == "JJ" for n in inside[1:name]) else inside


def _names(tree: Tree, first: int, last: int, top: int, inside: list[int]) -> bool:
    """Tell whether a name within the source is the speaker's, not that of somebody's spokesman."""
    if first <= top <= last:
        return True
    number = next((n for n in range(first, last + 1) if not first <= tree.words[n].head <= last), last)
    possessive = last + 1 < len(tree.words) and tree.words[last + 1].tag == "POS"
    behind_comma = first > 0 and tree.words[first - 1].text == ","
    apposed = tree.words[number].dependency == "appos" or behind_comma or tree.words[number].head not in inside
    return not possessive and (apposed or (tree.words[number].dependency == "conj" and tree.words[number].head == top))


def _extends(tree: Tree, number: int, inside: list[int]) -> bool:
    """Tell whether a word goes with the source that the tagger began behind it, such as a name's first word."""
    word = tree.words[number]
    return word.dependency in {"compound", "det", "amod", "poss", "nmod", "case"} and word.head in inside


def _described(text: str) -> str | None:
    """Return what a described speaker is called: the name in "the company, Pinkney Holdings", else the description."""
    first, *rest = (part.strip(' "“”‘’,:') for part in _REST.split(text))
    if (
        rest
        and first.startswith(("the ", "a ", "an ", "its "))
        and first == first.lower()
        and _NAMED.fullmatch(rest[0])
    ):
        return rest[0]
    return first or None
