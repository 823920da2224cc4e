"""Parses set right around verbs: what is one, its tense, its helpers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import simplemma

from factcheck.extraction.tags import FINITE, NOMINAL_SUBJECTS, NOUNS, SUBJECTS, VERBS
from factcheck.models.tagger import Word

#: Verbs whose object is who hears it.
TELLING = re.compile(r"t(?:ell|ells|old)|(?:assur|inform|remind|warn)(?:ed|es|s|ing)?")
#: Verbs with somebody and a participle behind them: "got the work done".
_CAUSING = {
    "get", "gets", "got", "getting", "make", "makes", "made", "have", "has", "had", "leave", "left", "see", "saw",
}  # fmt: skip


def with_cues(words: Sequence[Word]) -> list[Word]:
    """Make a verb of what brings in what is said: "the agency estimates, the river was foul", "the group announced".

    What is said right behind it hangs on it: "Villagers say oil reached wells; the company denies it". What is joined
    to it is not joined to what is said: "Berg said that rents had risen and called for a freeze".
    """
    result = list(words)
    for number in range(1, len(words) - 1):
        word, before = words[number], words[number - 1]
        if word.role == "B-cue" and before.role.endswith("source") and word.head != number:
            noun = word.tag == "NNS" and before.head == number and words[number + 1].text == ","
            participle = word.tag == "VBN" and word.dependency == "acl" and word.head == number - 1
            if noun or participle:
                above = word.head if noun else before.head
                result[number - 1] = replace(before, dependency="nsubj", head=number)
                result[number] = replace(word, tag="VBZ" if noun else "VBD", dependency="parataxis", head=above)
        if word.dependency == "conj" and word.tag in FINITE and not word.role.endswith("content"):
            above = word.head
            for _ in words:
                above = words[above].head if words[above].role.endswith("content") else above
            if words[above].role.endswith("cue") and words[above].tag in VERBS:
                result[number] = replace(result[number], head=above)
        if word.role == "B-content" and before.role.endswith("cue") and before.tag in VERBS:
            end = next((n for n in range(number + 1, len(words)) if words[n].role != "I-content"), len(words))
            tops = [n for n in range(number, end) if not number <= words[n].head < end]
            if len(tops) == 1 and words[tops[0]].dependency == "ccomp":
                result[tops[0]] = replace(words[tops[0]], head=number - 1)
    return result


def with_tense(words: Sequence[Word]) -> list[Word]:
    """Give a tense to a verb that has a subject before it and no helper: "It put an end to that", "said she learned".

    A noun that hangs on the sentence's verb like one on a preposition is its subject.
    """
    result = list(words)
    for number, word in enumerate(words):
        before = {other.dependency: place for place, other in enumerate(words[:number]) if other.head == number}
        if word.tag == "VBN" and word.dependency in {"ccomp", "advcl", "relcl", "acl"} and "nsubj" in before:
            if not before.keys() & {"aux", "auxpass"} and words[word.head].text.lower() not in _CAUSING:
                result[number] = replace(word, tag="VBD")
            continue
        if word.tag not in {"VB", "VBN"} or word.head != number or before.keys() & {"aux", "auxpass", "mark"}:
            continue
        if "nsubj" not in before and "pobj" in before:
            result[before["pobj"]] = replace(words[before["pobj"]], dependency="nsubj")
        elif "nsubj" not in before:
            continue
        result[number] = replace(word, tag="VBD")
    return result


def with_plurals(words: Sequence[Word]) -> list[Word]:
    """Make a verb in the present of what a plural does: "It says 61 people use it", "use" being no noun."""
    result = list(words)
    for number, word in enumerate(words):
        if word.tag not in {"VB", "NN"} or word.dependency not in {"ccomp", "ROOT", "conj"}:
            continue
        before = [place for place, other in enumerate(words[:number]) if other.head == number]
        told = [n for n in range(word.head + 1, number) if words[n].head == word.head and word.dependency == "ccomp"]
        several = [n for n in (*before, *told) if words[n].tag == "NNS" and words[n].dependency in {"nsubj", "dobj"}]
        helped = any(words[n].dependency in {"aux", "auxpass", "det", "amod", "poss", "compound"} for n in before)
        has_object = any(other.head == number and other.dependency == "dobj" for other in words[number + 1 :])
        if len(several) == 1 and not helped and has_object:
            result[number] = replace(word, tag="VBP")
            result[several[0]] = replace(words[several[0]], dependency="nsubj", head=number)
    return result


def with_subjects(words: Sequence[Word]) -> list[Word]:
    """Hang the noun behind "and", "but" or ";" on the verb behind it that has no other: "to £4m and costs fell"."""
    result = list(words)
    governed = {word.head for word in words if word.dependency in NOMINAL_SUBJECTS}
    for number, word in enumerate(words):
        joined = word.dependency == "conj" and words[word.head].tag in VERBS and words[word.head].dependency != "relcl"
        if not joined or number in governed:
            continue
        helped = any(w.head == number and w.dependency in {"aux", "auxpass"} and w.tag in FINITE for w in words)
        if not helped and word.tag not in FINITE - {"MD"}:
            continue
        links = (n for n in range(word.head + 1, number) if words[n].tag == "CC" and words[n].head == word.head)
        beside = [n for n in range(next(links, number) + 1, number) if words[n].tag in NOUNS]
        stop = next((n for n in range(word.head + 1, number) if words[n].text == ";"), number)
        late = [n for n in (*beside, *range(stop + 1, number)) if words[n].head == word.head]
        late = [n for n in late if words[n].dependency in NOMINAL_SUBJECTS]
        last = [n for n in (number - 1,) if words[n].tag in NOUNS and words[n].dependency in {"conj", "nsubj"}]
        for noun in late[:1] or [n for n in last if words[n].head != number and _opens(words, n)]:
            result[noun] = replace(words[noun], dependency="nsubj", head=number)
    return result


def with_measures(words: Sequence[Word]) -> list[Word]:
    """Tell a measure from a second subject: "They finished in ninth place, six rungs above the spot they had held"."""
    result = list(words)
    governed = {word.head for number, word in enumerate(words) if word.dependency == "nsubj" and number < word.head}
    counted = {word.head for word in words if word.dependency == "nummod"}
    for number, word in enumerate(words):
        if word.dependency == "nsubj" and number > word.head and word.head in governed and number in counted:
            result[number] = replace(word, dependency="npadvmod")
    return result


def with_objects_of_relatives(words: Sequence[Word]) -> list[Word]:
    """Give "which owns" the object that was hung on the sentence's verb: "Berg, which owns two brands, will close"."""
    result = list(words)
    subjects = {word.head: number for number, word in reversed(list(enumerate(words))) if word.dependency == "nsubj"}
    for number, word in enumerate(words):
        subject = subjects.get(word.head, number)
        if word.tag not in NOUNS or not subject < number < word.head:
            continue
        verb = next((n for n in range(number - 1, subject, -1) if words[n].text == "," or words[n].tag in FINITE), 0)
        complete = any(w.head == verb and w.dependency in {"dobj", "attr", "prep", "auxpass"} for w in words)
        if words[verb].dependency == "relcl" and words[verb].head == subject and not complete:
            result[number] = replace(word, dependency="dobj", head=verb)
    return result


def with_said(words: Sequence[Word]) -> list[Word]:
    """Make a subject of an object in front of a clause that has none: "said calls to its office had doubled".

    Who is told it is none of the subject: "told members emissions would fall".
    """
    result = list(words)
    governed = {word.head for word in words if word.dependency in SUBJECTS}
    for number, word in enumerate(words):
        if word.dependency != "ccomp" or word.head > number or number in governed or not is_finite(words, number):
            continue
        between = range(word.head + 1, number)
        what = [n for n in between if words[n].dependency == "dobj" and words[n].head in {word.head, number}]
        opened = any(words[n].dependency == "mark" or words[n].tag in {"WP", "WDT", "WRB", ","} for n in between)
        if len(what) != 1 or words[what[0]].tag not in NOUNS or opened:
            continue
        hearer, told = word.head + 1, TELLING.fullmatch(words[word.head].text)
        beside = words[hearer].dependency == "compound" and words[hearer].head == what[0]
        if told and not beside:
            continue
        if told and words[hearer].tag == "NNS":
            result[hearer] = replace(words[hearer], dependency="dobj", head=word.head)
        result[what[0]] = replace(words[what[0]], dependency="nsubj", head=number)
    return result


def is_finite(words: Sequence[Word], verb: int) -> bool:
    """Tell whether a word is a verb with a tense, its own or a helping verb's."""
    helpers = (w for w in words[:verb] if w.head == verb and w.dependency in {"aux", "auxpass"})
    return words[verb].tag in VERBS and any(w.tag in FINITE for w in (words[verb], *helpers))


def _opens(words: Sequence[Word], noun: int) -> bool:
    """Tell whether a noun phrase stands right behind "and"."""
    first = noun
    while first and words[first - 1].head == noun and words[first - 1].tag != "CC":
        first -= 1
    return first > 0 and words[first - 1].tag == "CC"


def with_helpers(words: Sequence[Word]) -> list[Word]:
    """Hang a helping verb on the participle behind it, where it is the other way round: "whose lead had shrunk"."""
    result = list(words)
    for number, word in enumerate(words[1:], start=1):
        helper = words[number - 1]
        if helper.dependency != "aux" or word.head != number - 1 or word.tag not in {"VB", "VBG", "VBN"}:
            continue
        for place, other in enumerate(result):
            if other.head == number - 1 and place != number - 1:
                result[place] = replace(other, head=number)
        top = number if helper.head == number - 1 else helper.head
        result[number] = replace(word, head=top, dependency="ROOT" if top == number else word.dependency)
        result[number - 1] = replace(helper, head=number)
    return result


def with_had(words: Sequence[Word]) -> list[Word]:
    """Tell "I’d already sold it", where "’d" is "had", from "I’d sell it", where it is "would"."""
    result = list(words)
    for number, word in enumerate(words):
        behind = next((n for n in range(number + 1, len(words)) if words[n].tag != "RB"), None)
        if word.text.lower() not in {"’d", "'d"} or behind is None or words[behind].tag not in VERBS:
            continue
        verb = words[behind].text.lower()
        if words[behind].tag in {"VBD", "VBN"} or simplemma.lemmatize(verb, lang="en") != verb:
            result[number] = replace(word, tag="VBD", head=behind if words[word.head].tag == "PRP" else word.head)
            result[behind] = replace(words[behind], tag="VBN")
    return result


def with_negations(words: Sequence[Word]) -> list[Word]:
    """Hang "n’t" on the helping verb before it, which may end a clause: "because gentlemen don’t"."""
    result = list(words)
    for number, word in enumerate(words[1:], start=1):
        if word.text.lower() in {"n’t", "n't", "’t", "'t"} and word.dependency == "punct":
            result[number] = replace(word, tag="RB", dependency="neg", head=number - 1)
    return result


def with_participles(words: Sequence[Word]) -> list[Word]:
    """Make a verb of the participle in front of a cue where there is none: "“Two families left in May,” said Berg"."""
    result = list(words)
    for number, word in enumerate(words):
        cue = words[word.head]
        told = word.role.endswith("content") and cue.role.endswith("cue")
        if word.dependency != "nsubj" or not told or number > word.head:
            continue
        verb = next((n for n, w in enumerate(words) if w.head == number and w.dependency == "acl"), None)
        other = any(w.head == word.head and w.role.endswith("source") and w.dependency == "nsubj" for w in words)
        if other and verb is not None and verb > number and words[verb].tag == "VBN":
            result[verb] = replace(words[verb], tag="VBD", dependency="ccomp", head=word.head)
            result[number] = replace(word, head=verb)
    return result
