"""Atomic statements: a sentence, or what somebody said in it, cut into clauses that each state one fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.extraction.additions import adds_figure, may_add
from factcheck.extraction.boundaries import (
    AMOUNTS,
    DEMANDS,
    JUDGING,
    LINKS,
    RELATIVE,
    heard,
    opens,
    relative_word,
    said_to_be_evident,
    stands_apart,
    tells_of_something_new,
)
from factcheck.extraction.estimates import estimate
from factcheck.extraction.given_names import PEOPLE
from factcheck.extraction.relatives import (
    antecedent_of,
    closing,
    in_place_of,
    may_mean_another,
    meant_by,
    with_antecedent,
)
from factcheck.extraction.tags import FINITE, NAMES, NOUNS, VERBS
from factcheck.extraction.tree import Tree, is_left_open, trimmed
from factcheck.models.tagger import Word

_INSIDE_A_PHRASE = {"pobj", "compound", "nummod", "nmod", "poss", "det"}
#: What was once so is a fact about somebody; what somebody is only says who is meant.
_FORMER = {"former", "retired", "onetime", "ex", "then"}
#: Names of these kinds are no things, of which a rank or a figure could be told.
_NO_THING = {"PERSON", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL"}
_PLACES = {
    "airport", "area", "base", "beach", "borough", "camp", "canal", "capital", "city", "coast", "country", "county",
    "district", "forest", "hamlet", "harbor", "harbour", "hill", "island", "lake", "mountain", "neighborhood",
    "neighbourhood", "park", "peninsula", "place", "port", "prison", "province", "quarter", "region", "resort", "river",
    "road", "settlement", "site", "square", "state", "station", "stretch", "suburb", "territory", "town", "valley",
    "village",
}  # fmt: skip
_AGED = re.compile(r"^\d+-(?:year|month|week|day)-old$")
#: Participles that cannot be taken for the past tense, as the parser may do: "had lost a sail and torn two nets".
_PARTICIPLES = {
    "begun", "bitten", "broken", "chosen", "done", "drawn", "driven", "eaten", "fallen", "flown", "forgotten", "frozen",
    "given", "gone", "grown", "hidden", "known", "risen", "seen", "shaken", "shown", "spoken", "stolen", "sworn",
    "taken", "thrown", "torn", "undergone", "withdrawn", "worn", "written",
}  # fmt: skip
#: What, with no object, was done to the subject: "was fined £400 and ordered to pay costs".
_DONE_TO = {
    "arrested", "banned", "charged", "cleared", "convicted", "deported", "detained", "dismissed", "evacuated",
    "expelled", "fined", "freed", "jailed", "killed", "ordered", "questioned", "released", "rescued", "sentenced",
    "suspended", "told", "treated",
}  # fmt: skip
#: Tags of words with which no sentence ends: prepositions, conjunctions, determiners, "’s", modal verbs.
_NEVER_LAST = {"IN", "TO", "CC", "DT", "PRP$", "POS", "WDT", "WP", "WRB", "MD"}


@dataclass(frozen=True)
class Clause:
    """A clause of a sentence, by indices of the sentence's words.

    Attributes:
        words: the words that stand for it in the article, without what is a clause of its own.
        reading: the words of the statement in the order they are read, borrowed ones (a subject, an auxiliary)
            included.
        verb: its main verb.
        added: a word and what to put in front of it: "was" for a reduced clause, "in" for "where".
        unsure: tells that it may speak of another noun than the one read with it.
    """

    words: tuple[int, ...]
    reading: tuple[int, ...]
    verb: int
    added: tuple[int, str] | None = None
    unsure: bool = False


def split_clauses(tree: Tree, region: Sequence[int]) -> list[Clause]:
    """Split the words of ``region`` into clauses, in the order of the text.

    Split off are: coordinated clauses and coordinated verb phrases (with the shared subject put in front), clauses
    with "while" or "although", relative clauses after a comma (with what they speak of put in), and reduced
    relative or adverbial clauses that hold a figure. All else stays with the clause that it limits; what tells there of
    something new, of what came before or of why is a clause besides.
    """
    if (estimated := _estimate(tree, region)) is not None:
        return [estimated]
    inside = set(region)
    tops = [word for word in region if tree.words[word].head not in inside or tree.words[word].head == word]
    if not tops:
        return []
    main = max(tops, key=lambda word: _weight(tree, word))
    told = said_to_be_evident(tree, main) or heard(tree, main)
    if told is not None and set(tree.below(told)) <= inside:
        return split_clauses(tree, tree.below(told))
    if tree.words[region[0]].text == "having" and tree.words[main].tag == "VBN":  # "denied having paid"
        subject = tree.subject(tree.words[main].head)
        who = tree.below(subject) if subject is not None else []
        return [Clause(tuple(region), (*who, *region), main)]
    heads = [main, *(word for word in region if word != main and stands_apart(tree, word, inside, main))]
    owned = _owned(tree, sorted(heads), main, region)
    found = [clause for head in sorted(heads) if (clause := _clause(tree, head, heads, main, owned[head], inside))]
    apposed = [clause for word in region if (clause := _apposed(tree, word, heads))]
    new = [word for word in region if word not in heads and tells_of_something_new(tree, word)]
    told_of = [_told_of(tree, word, heads, main, inside) for word in new]
    split = (part for clause in found for part in _without_additions(tree, clause))
    return [*split, *apposed, *(clause for clause in told_of if clause and set(clause.words) <= inside)]


def _told_of(tree: Tree, verb: int, heads: list[int], main: int, inside: set[int]) -> Clause | None:
    """Make the clause of a verb that tells of something new, with the main clause's subject for its pronoun."""
    clause = _clause(tree, verb, [*heads, verb], main, tree.below(verb, heads), inside)
    subject, meant = tree.subject(verb), tree.subject(main)
    if clause is None or tree.words[verb].dependency != "advcl" or subject is None:
        return clause
    if tree.words[subject].tag != "PRP":
        return clause
    if meant is None or not _agrees(tree.words[subject], tree.words[meant]):
        return None
    named = [n for n in tree.below(meant, heads) if n < verb]
    while named and tree.words[named[-1]].tag == ",":
        named.pop()
    reading = [n for number in clause.reading for n in (named if number == subject else [number])]
    return replace(clause, reading=tuple(reading))


def _agrees(pronoun: Word, noun: Word) -> bool:
    """Tell whether a pronoun can mean a noun, by number and by person or thing."""
    person = noun.entity.endswith("PERSON") or noun.text.lower() in PEOPLE
    match pronoun.text.lower():
        case "it":
            return noun.tag in {"NN", "NNP"} and not person
        case "they":
            return noun.tag in {"NNS", "NNPS"}
        case "he" | "she":
            return person
    return False


def _estimate(tree: Tree, region: Sequence[int]) -> Clause | None:
    """Make a clause of a reported figure: "the cost of a repair was 26,000 euros"."""
    found = estimate(tree, region)
    if found is None:
        return None
    verb, what, amount = found
    head = next((n for n in what if tree.words[n].head not in what), what[0])
    several = tree.words[head].tag in {"NNS", "NNPS", "JJ", "VBN"}  # "the dead", "the injured"
    return Clause(tuple(region), (*what, *amount), verb, (amount[0], "were" if several else "was"))


def _weight(tree: Tree, top: int) -> tuple[bool, bool, int]:
    """Order the words that may head what is said: verbs, those with a subject, those with more below them."""
    return tree.words[top].tag in VERBS, tree.subject(top) is not None, len(tree.below(top))


def _apposed(tree: Tree, noun: int, heads: list[int]) -> Clause | None:
    """Make a clause of what stands beside a name and is a fact: "Nuttall, a former driver", "Flats, a town of 2,600".

    What somebody is only says who is meant; what somebody was, and a figure or a rank, is told of them.
    """
    word, name = tree.words[noun], tree.words[noun].head
    below = tree.below(noun, heads)
    behind = tree.words[below[0] - 1].text == "," and below[0] - 2 in tree.below(name)
    if word.dependency != "appos" or noun < name or word.tag not in {"NN", "NNS"} or not behind:
        return None
    children = tree.children[noun]
    brought_in = any(tree.words[c].dependency == "poss" or tree.words[c].text.lower() in {"a", "an"} for c in children)
    former = brought_in and any(tree.words[c].text.lower() in _FORMER for c in children)
    if any(tree.words[n].text == "them" for n in below):  # "2,000 people, most of them women"
        return None
    ranked = any(tree.words[n].entity.endswith("ORDINAL") or tree.words[n].tag == "JJS" for n in below if n < noun)
    amount = any(tree.words[n].entity[2:] in AMOUNTS or _AGED.search(tree.words[n].text) for n in below)
    thing = tree.words[name].tag in NOUNS and tree.words[name].entity[2:] not in _NO_THING
    if tree.words[name].entity[2:] in {"GPE", "LOC", "FAC"}:  # "fell in Oslo, their biggest drop": not Oslo
        thing = word.text.lower() in _PLACES
    if not (former and tree.words[name].tag == "NNP") and not (thing and (ranked or (amount and brought_in))):
        return None
    named = [n for n in tree.below(name, [*heads, noun]) if n <= name]
    phrase = [n for n in below if tree.words[n].tag not in {",", "CC"}]
    return Clause((*named, *phrase), (*named, *phrase), noun, (phrase[0], "is" if word.tag == "NN" else "are"))


def _without_additions(tree: Tree, clause: Clause) -> list[Clause]:
    """Split off what adds a figure to a clause: ", its third increase this year"; it is read with the clause."""
    reading = clause.reading
    verb = reading.index(clause.verb) if clause.verb in reading else len(reading)
    places = [place for place in range(verb + 1, len(reading)) if may_add(tree, reading, place)]
    for place in places:
        behind = tree.words[reading[place]].text == ","
        commas = [at for at in range(place + 1, len(reading)) if tree.words[reading[at]].text == ","]
        end = commas[0] if commas else len(reading)
        added = reading[place + behind : end]
        if commas and end + 1 < len(reading) and tree.words[reading[end + 1]].tag == "TO":
            continue  # "agreed, by nine votes to two, to sell it" is one statement
        if added and adds_figure(tree, added) and set(added) < set(clause.words):
            left = (*reading[:place], *reading[end:])
            kept = tuple(word for word in clause.words if word in left or word not in reading)
            rest = _without_additions(tree, replace(clause, words=kept, reading=left)) if kept else []
            return [*rest, replace(clause, words=added)]
    return [clause]


def _owned(tree: Tree, heads: list[int], main: int, region: Sequence[int]) -> dict[int, list[int]]:
    """Give each word to the nearest of ``heads`` above it, and loose ones to ``main``.

    What stands behind a coordinated verb belongs to it, even where the parser hung it on the verb before.
    """
    owner = {}
    for word in region:
        above = word
        while above not in heads and tree.words[above].head != above:
            above = tree.words[above].head
        owner[word] = above if above in heads else main
    for head in heads:
        before = tree.words[head].head
        if tree.words[head].dependency == "conj" and before in owner and head != main:
            following = min((other for other in heads if other > head), default=len(tree.words))
            owner |= {word: head for word in region if head < word < following and owner[word] == owner[before]}
    for head in heads:
        owner |= {word: -1 for word in _renaming(tree, head, heads) if word in owner}
    return {head: [word for word in region if owner[word] == head] for head in heads}


def _renaming(tree: Tree, head: int, heads: list[int]) -> list[int]:
    """Return ", a sum" of "£2m a year, a sum that rises": the noun of a relative clause that says nothing by itself."""
    noun = tree.words[head].head
    some = any(tree.words[c].text.lower() in {"a", "an"} for c in tree.children[noun])
    beside = tree.words[noun].dependency == "appos" and tree.words[tree.words[noun].head].tag not in NAMES
    if tree.words[head].dependency != "relcl" or not beside or not some:
        return []
    first = tree.below(noun, heads)[0] - 1
    return [first, *(n for n in tree.below(noun, heads) if n < head)] if tree.words[first].tag in {",", ":"} else []


def span_of(clause: Clause, words: Sequence[Word], text: str) -> tuple[int, int]:
    """Return where the clause stands in the text, without quotation marks and punctuation at its ends."""
    start, end = trimmed(text, words[clause.words[0]].start, words[clause.words[-1]].end)
    return start, end + (text[end : end + 1] == ")" and is_left_open(text[start:end]))


def is_sound(tree: Tree, clause: Clause) -> bool:
    """Tell whether a clause reads as a whole sentence: not opened by a word that ties it to another, nor cut off."""
    words = tree.words
    first = words[clause.reading[0]]
    end = next((n for n in reversed(clause.reading) if _has_letters(words[n]) or words[n].tag == "POS"), 0)
    last = words[end]
    # "What he had said was wrong": a clause with "what" is the subject of another.
    free = first.text.lower() == "what" and sum(words[n].tag in FINITE for n in clause.reading) > 1
    tied = (
        (first.tag in {"WDT", "WP", "CC"} and not free and first.text.lower() != "neither")
        or first.text.lower() in {"whether", "how", "why"}
        or (first.tag == "IN" and any(words[n].tag in {"WDT", "WP"} for n in clause.reading[1:2]))  # "for which"
        or (first.head == clause.verb and (first.dependency == "mark" or first.tag == "WRB"))
    )
    # "17 voted against", "more than what they had asked for"
    stranded = last.tag == "IN" and all(child < end for child in tree.children[end])
    stands = last.tag == "DT" and last.dependency != "det"  # "afraid to say no"
    cut_off = (last.tag in _NEVER_LAST and not stranded and not stands) or (
        last.tag == "VBG" and last.role.endswith("cue")
    )
    before = clause.reading[: clause.reading.index(clause.verb)] if clause.verb in clause.reading else clause.reading
    nouns = [words[n] for n in before if words[n].tag in {*NOUNS, "PRP", "CD", "EX", "DT"}]
    has_subject = any(first.tag != "IN" or word.dependency not in _INSIDE_A_PHRASE for word in nouns)
    behind = tree.child(clause.verb, {"nsubj", "nsubjpass"}) in clause.reading  # "Above him stood General Ham"
    return (has_subject or behind) and not tied and not cut_off


def _has_letters(word: Word) -> bool:
    return any(character.isalnum() for character in word.text)


def _clause(tree: Tree, head: int, heads: list[int], main: int, owned: list[int], inside: set[int]) -> Clause | None:
    """Make the clause of ``head`` from the words it owns."""
    joined = False
    while owned and opens(tree, owned[0], head, joined):
        joined = joined or tree.words[owned[0]].tag == "CC" or tree.words[owned[0]].text.lower() in LINKS
        owned = owned[1:]
    while owned and tree.words[owned[-1]].dependency in {"cc", "punct"}:
        owned = owned[:-1]
    if not owned:
        return None
    word = tree.words[head]
    if head == main and (meant := meant_by(tree, owned[0], head)):
        return Clause((*meant, *owned), (*meant, *owned[1:]), head)
    if head == main or (tree.words[head].head not in inside and word.tag != "VBG"):
        return Clause(tuple(owned), tuple(owned), head)
    renaming, base = _renaming(tree, head, heads), next((above for above in tree.above(head) if above in heads), head)
    if renaming and base < renaming[0] and not tree.words[base].role.endswith("cue"):
        before = _borrowed(tree, base, heads) if tree.subject(base) is None else []
        around = [n for n in tree.below(base, heads) if n in inside and n < renaming[0] and n not in before]
        return Clause((*renaming[1:], *owned), (*before, *around, *renaming, *owned), head)
    if word.dependency == "relcl":
        antecedent = antecedent_of(tree, head, heads)
        relative = relative_word(tree, head)
        reading = with_antecedent(tree, head, owned, antecedent)
        span = tuple(sorted({*antecedent, *owned}))
        if not reading:
            return None
        added = in_place_of(tree, relative, antecedent, owned)
        return Clause(span, reading, head, added, unsure=may_mean_another(tree, head))
    if word.tag == "VBN" and word.dependency in {"acl", "advcl"} and tree.words[word.head].tag in NOUNS:
        antecedent = antecedent_of(tree, head, heads)
        copula = "were" if tree.words[word.head].tag in {"NNS", "NNPS"} else "was"
        place = owned[0] if all(tree.words[n].tag == "RB" for n in owned if n < head) else head  # "was first told"
        return Clause(tuple(sorted({*antecedent, *owned})), (*antecedent, *owned), head, (place, copula))
    if word.dependency in {"acl", "advcl"} and word.tag in {"VBG", "VBN"} and tree.subject(head) is None:
        told = tree.words[main].role.endswith("cue")  # "said that …, and accused the army of firing, killing nine"
        base = max((h for h in heads if told and main < h < head and tree.words[h].head == main), default=main)
        before = _borrowed(tree, base, heads) if base != main else []
        around = [number for number in tree.below(base, heads) if number in inside and number < owned[0]]
        around = [*(number for number in before if number not in around), *around]
        return Clause(tuple(owned), (*around, *owned), head)
    own_subject = tree.subject(head) is not None or tree.words[owned[0]].tag in {*NOUNS, "CD", "PRP"}
    if not own_subject:
        borrowed = _borrowed(tree, head, heads)
        words = owned
        if borrowed and borrowed[0] < head and (DEMANDS.match(word.text) or JUDGING.fullmatch(word.text)):
            words = [n for n in range(borrowed[0], owned[-1] + 1) if n in inside]  # from who spoke to what it was about
        return Clause(tuple(words), (*borrowed, *owned), head)
    return Clause(tuple(owned), tuple(owned), head)


def _borrowed(tree: Tree, head: int, heads: list[int]) -> list[int]:
    """Return the subject, and the auxiliaries, that a verb without its own takes from the one it is joined to."""
    word = tree.words[head]
    owner = word.head
    while tree.subject(owner) is None and tree.words[owner].head != owner and owner in heads:
        owner = tree.words[owner].head
    subject = tree.subject(owner)
    if subject is None or tree.words[subject].tag == "EX":  # "there" does nothing besides being there
        return []
    borrowed = tree.below(subject, heads)
    relative = [number for number in borrowed if tree.words[number].tag in RELATIVE]
    if relative and tree.words[owner].dependency == "relcl":
        borrowed = antecedent_of(tree, owner, heads)
        borrowed += closing(tree, owner, borrowed)
    if [tree.words[number].text for number in borrowed[-2:]] == [",", ","]:  # around what is a clause of its own
        borrowed = borrowed[:-2]
    if borrowed and tree.words[borrowed[-1]].text == "," and sum(tree.words[n].text == "," for n in borrowed) % 2:
        borrowed = borrowed[:-1]
    helpers = {"aux", "auxpass"}
    alike = word.tag == tree.words[owner].tag and word.tag in {"VB", "VBN", "VBG"}
    done_to = word.text in _DONE_TO and tree.child(head, {"dobj"}) is None
    torn = (word.text in _PARTICIPLES or done_to) and tree.words[owner].tag == "VBN"
    if (alike or torn) and tree.child(head, helpers) is None:
        borrowed += [c for c in tree.children[owner] if tree.words[c].dependency in helpers and c < owner]
    return borrowed
