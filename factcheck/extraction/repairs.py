"""Parses set right where the parser often errs and grammar decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from factcheck.extraction.given_names import PEOPLE
from factcheck.extraction.tags import FINITE, NOUNS, SUBJECTS, VERBS
from factcheck.extraction.verb_repairs import (
    is_finite,
    with_cues,
    with_had,
    with_helpers,
    with_measures,
    with_negations,
    with_objects_of_relatives,
    with_participles,
    with_plurals,
    with_said,
    with_subjects,
    with_tense,
)
from factcheck.models.tagger import Word

_RELATIVE_TAGS = {"WP", "WDT", "WRB", "WP$"}
#: What "who" cannot stand for.
_NOT_A_PERSON = {"GPE", "LOC", "FAC", "DATE", "TIME", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"}
#: What a phrase with a preposition does not reach over.
_ENDS = {",", ".", ":", *VERBS}
#: A party and a state, as behind a politician's name.
_PARTY = re.compile(r"[DIR]-[A-Z]")


def repaired(words: Sequence[Word]) -> list[Word]:
    """Set right what the parser often gets wrong and grammar decides.

    In "300 people, nine of whom were taken away", "nine" belongs to the verb, not to the people; in "a welder from
    Lugo who has three children", "who" is not the town; in "… to 812,000, official figures show", "show" is no relative
    clause; in "Berg, who won in 1999, lives in Oslo", "lives" is the sentence's verb, not another clause about Berg;
    and in "It put an end to that", "put" has a tense.
    """
    as_parsed = words
    for repair in _REPAIRS:
        words = repair(words)
    if not _is_tree(words):
        return list(as_parsed)
    result = list(words)
    for number, word in enumerate(words[:-1]):
        if word.text == "-" and word.dependency in SUBJECTS and words[number + 1].head == word.head:  # "vice-chairman"
            result[number] = replace(word, dependency="punct", head=number + 1)
            result[number + 1] = replace(words[number + 1], dependency=word.dependency)
    words = list(result)
    subjects = {word.head: number for number, word in reversed(list(enumerate(words))) if word.dependency == "nsubj"}
    for number, word in enumerate(words):
        if (whole := _of_which(words, number)) is not None:
            result[number] = replace(result[number], head=whole)
        if (last := _last_of_two(words, number)) is not None:
            result[number] = replace(word, head=last)
        if word.dependency != "relcl":
            continue
        relative = _relative_word(words, number)
        if relative is not None and (noun := _meant(words, number, relative)) is not None:
            word = replace(word, head=noun)
            result[number] = word
            if words[relative].dependency == "pobj" and words[relative].head == relative - 1:
                result[relative - 1] = replace(words[relative - 1], head=number)
        if word.head > number:
            continue
        if relative is not None:
            for place, repaired_word in _reattached(words, number, relative):
                result[place] = repaired_word
        elif number in subjects and words[subjects[number]].tag in NOUNS and _behind_comma(words, number):
            result[number] = replace(word, dependency="parataxis")
    return result if _is_tree(result) else words


def without_were(words: Sequence[Word]) -> list[Word]:
    """Take the participle of a headline for its verb: "Two guards killed in border clash"."""
    root = next((number for number, word in enumerate(words) if word.head == number), None)
    if root is None or words[root].tag not in NOUNS or any(word.tag in FINITE for word in words):
        return list(words)
    verb = next((n for n, w in enumerate(words) if n > root and w.head == root and w.tag == "VBN"), None)
    if verb is None:
        return list(words)
    result = [replace(w, head=verb) if w.head == root and n > verb else w for n, w in enumerate(words)]
    result[root] = replace(words[root], head=verb, dependency="nsubj")
    result[verb] = replace(words[verb], head=verb, dependency="ROOT")
    return result


def _nested(words: Sequence[Word]) -> list[Word]:
    """Hang what is said on the nearest verb of two: "suggesting that it proved the town was right"."""
    result = list(words)
    first: dict[int, int] = {}
    for number, word in enumerate(words):
        if word.dependency != "ccomp" or word.head > number:
            continue
        before = first.setdefault(word.head, number)
        parted = any(other.text in {",", ";", "that"} or other.tag == "CC" for other in words[before:number])
        if before != number and not parted:
            result[number] = replace(word, head=before)
    return result


def _in_two(words: Sequence[Word]) -> list[Word]:
    """Make a statement before ";" or ", and" one of its own: "London told them to leave; Hague explained why"."""
    result = list(words)
    root = next((number for number, word in enumerate(words) if word.head == number), 0)
    stop = next((number for number in range(root, 0, -1) if words[number].text == ";"), 0)
    stop = stop or _joined_at(words, root)
    verb = next((n for n, word in enumerate(words[:stop]) if word.head == root and word.dependency == "ccomp"), None)
    if verb is None or words[verb].tag not in FINITE:
        return result
    result[verb] = replace(words[verb], head=verb, dependency="ROOT")
    result[root] = replace(words[root], head=verb, dependency="conj")
    return result


def _joined_at(words: Sequence[Word], verb: int) -> int:
    """Return the comma of ", and" or ", but" right in front of the subject of ``verb``, or 0."""
    subject = next((n for n, w in enumerate(words[:verb]) if w.head == verb and w.dependency in SUBJECTS), None)
    if subject is None:
        return 0
    first = subject
    while first and words[first - 1].tag != "CC" and _is_under(words, first - 1, subject):
        first -= 1
    joined = first > 1 and words[first - 1].text.lower() in {"and", "but"} and words[first - 2].text == ","
    return first - 2 if joined else 0


def _parted(words: Sequence[Word]) -> list[Word]:
    """Hang what stands before a colon or semicolon on its own verb: "Rents, it seems, rose; it had paid them"."""
    result = list(words)
    for stop, mark in enumerate(words):
        if mark.text not in {":", ";"}:
            continue
        subjects = {w.head: n for n, w in enumerate(words) if w.dependency in SUBJECTS and n > stop}
        behind = next((n for n in subjects if n > stop and is_finite(words, n)), None)
        before = [n for n in range(stop) if is_finite(words, n) and (words[n].head in {n, behind})]
        if behind is None or len(before) != 1:
            continue
        verb = before[0]
        loose = [n for n in range(stop) if words[n].head == behind and n != verb]
        if not loose and words[verb].head != behind:
            continue
        own = [n for n in range(verb) if words[n].head == verb or n in loose]
        subject = next((n for n in own if words[n].dependency in SUBJECTS), None)
        if subject is None:  # a noun that hangs on a verb like one on a preposition
            subject = next((n for n in own if words[n].tag in NOUNS and words[n].dependency == "pobj"), None)
        if subject is None:
            continue
        for number in loose:
            result[number] = replace(words[number], head=verb)
        if words[subject].dependency == "pobj":
            result[subject] = replace(result[subject], dependency="nsubj")
        result[stop] = replace(mark, head=behind)
        if words[verb].head == behind:
            result[verb] = replace(words[verb], dependency="ccomp")
    return result


def _with_times(words: Sequence[Word]) -> list[Word]:
    """Hang "by May" on the verb that follows: "they took the tower, and by May all was over"."""
    result = list(words)
    for number, word in enumerate(words):
        if word.tag == "IN" and word.dependency in {"conj", "prep"} and words[number - 1].dependency == "cc":
            others = (n for n, other in enumerate(words) if n > number and other.head == word.head)
            verb = next((n for n in others if words[n].dependency == "conj" and words[n].tag in FINITE), None)
            if verb is not None and words[word.head].tag in VERBS:
                result[number] = replace(word, dependency="prep", head=verb)
    return result


def _with_objects(words: Sequence[Word]) -> list[Word]:
    """Hang a noun on the preposition in front of it that has none: "who are 14th in League Two, had been"."""
    result = list(words)
    governed = {word.head for word in words}
    for number, word in enumerate(words[:-1]):
        if word.dependency != "prep" or number in governed:
            continue
        noun, end = number + 1, next((n for n in range(number, len(words)) if words[n].tag in _ENDS), number)
        while number < words[noun].head < end and words[noun].head != noun:
            noun = words[noun].head
        astray = words[noun].dependency == "pobj" and words[words[noun].head].tag in VERBS
        loose = words[noun].dependency in {"appos", "compound", "nmod"} or astray
        loose = loose and words[noun].tag in {*NOUNS, "CD"}
        if loose and noun < end:
            result[noun] = replace(words[noun], dependency="pobj", head=number)
    return result


def _rooted(words: Sequence[Word]) -> list[Word]:
    """Make the verb behind a comma the root where a noun was taken for it."""
    result = list(words)
    root = next((number for number, word in enumerate(words) if word.head == number), None)
    if root is None or words[root].tag not in NOUNS:
        return result
    subjects = {word.head for word in words if word.dependency in SUBJECTS}
    loose = [
        number
        for number in range(root + 2, len(words))
        if words[number].dependency in {"relcl", "acl", "amod"} and number not in subjects
        if words[number - 1].text == "," and words[root + 1].text in {",", "("}
    ]
    verb = next((number for number in loose if words[number].tag in FINITE), None)
    if verb is None and any(word.tag in FINITE for word in words):  # "Berg, whose lead had shrunk, won"
        verb = next((number for number in reversed(loose) if words[number].tag == "VBN"), None)
    if verb is not None:
        tag = words[verb].tag if words[verb].tag in FINITE else "VBD"
        result[verb] = replace(words[verb], head=verb, dependency="ROOT", tag=tag)
        result[root] = replace(words[root], head=verb, dependency="nsubj")
    return result


def _relative_word(words: Sequence[Word], verb: int) -> int | None:
    """Return "who", "which" or the like by which the relative clause of ``verb`` hangs on what stands before it."""
    first = words[verb].head + 1 if words[verb].head < verb else 0
    found = [n for n in range(first, verb) if words[n].tag in _RELATIVE_TAGS]
    return (found[0] if first else found[-1]) if found else None


def _meant(words: Sequence[Word], verb: int, relative: int) -> int | None:
    """Return the noun that a relative clause speaks of, where it cannot be the one that it was hung on.

    A relative clause follows its noun: no "and" and no verb that is not the noun's own stands between. "Which" is
    nobody, and the verb agrees with the noun: "shares of the firm, which have fallen".
    """
    head = words[verb].head
    named = next(
        (n for n in range(head + 1, relative) if words[n].head == head and words[n].dependency == "attr"), None
    )
    if named is not None and words[head].tag in VERBS:
        return named  # "It is the only position, which all adhere to"
    hung_on_verb = words[head].tag in VERBS and words[relative].head == relative - 1  # "…, of which she is a member"
    other = any(words[n].head == verb and words[n].dependency in SUBJECTS for n in range(relative, verb))
    if hung_on_verb and not other and words[relative - 1].text == "of" and words[relative - 2].dependency in SUBJECTS:
        return next((n for n in range(relative - 3, -1, -1) if words[n].tag in {"NNS", "NNPS"}), None)  # "nine of whom"
    if not hung_on_verb and not _is_under(words, relative, verb):
        return None
    near = relative - 1
    while near >= 0 and (words[near].tag in {"IN", ",", ":"}):
        near -= 1
    if near < 0 or words[near].tag not in {*NOUNS, "CD"}:
        return None
    if _PARTY.match(words[near].text) and words[near].dependency == "appos":
        return words[near].head  # "Ada King, R-Texas, who lives in Dallas"
    between = range(head + 1, near)
    if (
        hung_on_verb
        or head > verb
        or any((words[n].tag == "CC" or words[n].tag in FINITE) and not _is_under(words, n, head) for n in between)
    ):
        return near
    if words[near].dependency == "appos" and words[near].tag == "NNP" and words[near].head == head:
        return near
    holder = words[words[head].head].head
    if words[head].dependency != "pobj" or words[holder].tag not in NOUNS or holder > head:
        return None
    if words[holder].dependency == "npadvmod":
        return None  # "four points behind Harlow, who have won"
    which, noun = words[relative].text == "which", words[head].text.lower()
    people = words[head].entity.endswith("PERSON") or noun == "staff" or {noun, noun.removesuffix("s")} & PEOPLE
    nobody = which and bool(people)
    plural = any(
        w.tag == "VBP" and (n == verb or w.head == verb) for n, w in enumerate(words[: verb + 1]) if n > relative
    )
    disagrees = words[relative].dependency in SUBJECTS and plural and words[head].tag in {"NN", "NNP"}
    # "It is the only position of the Federation, which all adhere to", "a shop in Ulm, which it sold"
    link = words[words[head].head].text
    of_name = words[head].tag == "NNP" and link in {"of", "in", "at", "near"} and words[holder].tag == "NN"
    what = of_name and which and words[relative].dependency not in SUBJECTS
    # "a shell of Spanish make, which"
    stuff = words[head].tag == "NN" and link == "of" and which
    stuff = stuff and not any(w.head == head and w.dependency in {"det", "poss", "nummod"} for w in words[:head])
    return holder if nobody or what or stuff or (disagrees and words[holder].tag in {"NNS", "NNPS"}) else None


def _is_thing(words: Sequence[Word], name: int) -> bool:
    """Tell whether a name is that of what stands in front of it: "the ferry Anna Maria"."""
    kinds = [w for w in words[:name] if w.head == name and w.dependency in {"compound", "nmod"}]
    named = words[name].tag == "NNP"
    return named and any(w.tag == "NN" and w.text.islower() and w.text not in PEOPLE for w in kinds)


def _last_of_two(words: Sequence[Word], noun: int) -> int | None:
    """Return the second of two people, of whom an apposition tells: "Jan Berg and Ada King, a vet"."""
    word = words[noun]
    article = next((n for n, w in enumerate(words[:noun]) if w.head == noun and w.text in {"a", "an"}), None)
    if word.dependency != "appos" or article is None or article < 2 or words[article - 1].text != ",":
        return None
    before = words[article - 2]
    joined = before.dependency == "conj" and before.head == word.head and before.tag == "NNP"
    return article - 2 if joined and words[word.head].tag == "NNP" else None


def _of_which(words: Sequence[Word], verb: int) -> int | None:
    """Return what a participle behind a comma tells of: "a poll of 804 voters, released on Friday"."""
    word, noun = words[verb], words[words[verb].head]
    holder = words[noun.head].head
    behind = word.tag == "VBN" and word.dependency == "acl" and verb > word.head and words[verb - 1].text == ","
    of = noun.dependency == "pobj" and words[noun.head].text == "of" and noun.tag in {"NN", "NNS"}
    return holder if behind and of and words[holder].tag in NOUNS and holder < word.head else None


def _is_under(words: Sequence[Word], number: int, top: int) -> bool:
    """Tell whether a word hangs, directly or by others, on ``top``."""
    for _ in words:
        if number == top or words[number].head == number:
            break
        number = words[number].head
    return number == top


def _reattached(words: Sequence[Word], verb: int, relative: int) -> Iterator[tuple[int, Word]]:
    """Yield the words around a relative pronoun that hang elsewhere, with their places."""
    word = words[verb]
    preposition = words[relative].head
    part = words[preposition].head if words[preposition].text == "of" else word.head
    if word.head < part < relative and words[part].head == word.head:
        yield part, replace(words[part], head=verb, dependency="nsubj")
    for number in range(verb + 1, len(words)):  # "Berg, who took over last May, left"
        if words[number].text == ",":
            break
        if words[number].head == word.head and words[number].dependency in {"npadvmod", "prep"}:
            yield number, replace(words[number], head=verb)
    noun = words[word.head]
    holder = words[noun.head].head
    nobody = noun.tag == "NN" and noun.entity == "O" and noun.text.lower() not in PEOPLE
    place = (noun.entity[2:] in _NOT_A_PERSON or nobody) and noun.dependency == "pobj"
    person = words[holder].tag in NOUNS and words[holder].entity[2:] not in _NOT_A_PERSON
    on_a_day = words[relative].text == "where" and noun.entity[2:] in {"DATE", "TIME"}
    if on_a_day and (where := _place_before(words, word.head)) is not None:
        yield verb, replace(word, head=where)
    if words[relative].text != "who":
        return
    thing = noun.entity.endswith("ORG") or _is_thing(words, word.head)
    if (place or thing) and (somebody := _person_above(words, word.head)) is not None:
        yield verb, replace(word, head=somebody)
    elif place and person:
        yield verb, replace(word, head=holder)


def _place_before(words: Sequence[Word], day: int) -> int | None:
    """Return the noun that "where" means behind a day: "appeared at the court on Friday, where he was jailed"."""
    before = words[day].head - 1
    fits = before >= 0 and words[before].tag in NOUNS and words[before].dependency in {"pobj", "dobj"}
    return before if fits and words[before].entity[2:] not in {"DATE", "TIME"} else None


def _person_above(words: Sequence[Word], noun: int) -> int | None:
    """Return the person in whose description a noun stands: "a person familiar with the review, who …"."""
    while words[noun].dependency in {"pobj", "prep", "amod", "appos", "compound"}:
        noun = words[noun].head
        if words[noun].tag in VERBS:
            return None
        text = words[noun].text.lower()
        if _is_thing(words, noun):
            continue
        if words[noun].entity.endswith("PERSON") or text in {"people", "person", "persons", *PEOPLE}:
            return noun
        if words[noun].tag == "NNS" and text.removesuffix("s") in PEOPLE:
            return noun
    return None


def _behind_comma(words: Sequence[Word], verb: int) -> bool:
    """Tell whether a verb's clause, a few words at the end of the sentence, stands behind a comma."""
    comma = next((n for n in range(verb - 1, max(-1, verb - 6), -1) if words[n].text == ","), None)
    return comma is not None and all(words[n].tag in {".", "RB", "NNP", "IN"} for n in range(verb + 1, len(words)))


def _is_tree(words: Sequence[Word]) -> bool:
    """Tell whether every word hangs, by others, on a root: none on what hangs on it."""
    rooted = {number for number, word in enumerate(words) if word.head == number}
    for number in range(len(words)):
        path: dict[int, None] = {}
        while number not in rooted:
            if number in path:
                return False
            path[number] = None
            number = words[number].head
        rooted |= path.keys()
    return True


_REPAIRS = (
    _with_objects, with_cues, with_helpers, with_had, with_negations, with_participles, with_tense, with_plurals,
    with_measures, with_objects_of_relatives, with_said, _nested, _in_two, with_subjects, _parted, _with_times, _rooted,
)  # fmt: skip
