"""People's names in a sentence, and words written out as the article spaces them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import simplemma

from factcheck.extraction.given_names import MEN, WOMEN
from factcheck.extraction.tags import NAMES
from factcheck.models.tagger import Word

#: What tells whether a man or a woman is named.
GENDERED = {
    "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "father": "m", "chairman": "m", "spokesman": "m",
    "mrs": "f", "ms": "f", "miss": "f", "dame": "f", "lady": "f", "queen": "f", "princess": "f", "mother": "f",
    "chairwoman": "f", "spokeswoman": "f",
}  # fmt: skip
_HONORIFICS = {
    "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "baroness", "prof", "professor", "president",
    "chancellor", "minister", "secretary", "councillor", "cllr", "senator", "sen", "representative", "rep", "governor",
    "gov", "general", "gen", "colonel", "col", "captain", "capt", "major", "maj", "lieutenant", "lt", "sergeant", "sgt",
    "admiral", "adm", "judge", "justice", "king", "queen", "prince", "princess", "pope", "father", "rabbi", "imam",
    "ambassador", "mayor", "chairman", "chairwoman", "chief", "inspector", "prime", "vice", "deputy", "foreign",
    "defense", "defence", "spokesman", "spokeswoman", "spokesperson", "taoiseach", "insp", "det",
    "secretary-general", "coun", "detective", "constable", "pc", "dc", "superintendent", "supt", "sheriff", "commander",
    "bishop", "archbishop", "cardinal", "rev", "revd", "reverend", "sheikh", "sister", "nurse",
}  # fmt: skip
#: Words in small letters within a name: "Vincent van Gogh".
_PARTICLES = {
    "ag", "al", "ben", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn", "la",
    "le", "ould", "ter", "van", "von", "y", "zu",
}  # fmt: skip
#: What may stand behind a name: offices, honours and degrees.
BEHIND_A_NAME = {"QC", "KC", "SC", "MP", "MEP", "MSP", "TD", "MBE", "OBE", "CBE", "PhD", "MD"}
#: What ends the name of a firm, in small letters.
FORMS_OF_FIRM = {
    "ab", "ag", "asa", "bv", "co", "corp", "corporation", "gmbh", "holdings", "inc", "limited", "llc", "llp", "ltd",
    "nv", "oy", "oyj", "plc", "spa",
}  # fmt: skip
_NOT_PEOPLE = {"ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"}


def people_in(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that name a person: tagged so, or called a "spokesman" or the like in front."""
    place = 0
    while place < len(words):
        end = place + 1
        if words[place].entity.endswith("PERSON") and words[place].text[0].isupper():
            while end < len(words) and (more := _goes_on(words, end)):
                end += more
            if end - place == 1 and _has_surname(words, place):
                end += 1
            if words[end - 1].text.lower().rstrip(".") not in FORMS_OF_FIRM:
                yield place - _has_given_name(words, place), end
        elif is_aged(words, place):
            yield place, end
        elif _is_described(words, place):
            while end < len(words) and words[end].tag == "NNP" and words[end].text[0].isupper():
                end += 1
            if end - place > 1:
                yield place, end
        place = end


def _goes_on(words: Sequence[Word], place: int) -> int:
    """Return how many words from ``place`` on belong to a person's name that began before."""
    behind = place
    while behind < len(words) and words[behind].text in _PARTICLES:
        behind += 1
    found = behind < len(words) and words[behind].entity == "I-PERSON" and words[behind].text[0].isupper()
    return behind + 1 - place if found else 0


def is_aged(words: Sequence[Word], place: int) -> bool:
    """Tell whether a single name, taken for another thing's, is that of somebody of an age: "Yonas, a 20-year-old"."""
    behind = "".join(word.text for word in words[place + 1 : place + 8])
    named = words[place].tag == "NNP" and not words[place].entity.endswith("DATE")
    return named and re.match(r",an?\d\d?-year-old", behind) is not None


def _has_surname(words: Sequence[Word], place: int) -> bool:
    """Tell whether a single name goes with the capitalised word behind it, taken for a body by itself."""
    if place + 1 == len(words) or words[place].dependency != "compound" or words[place].head != place + 1:
        return False
    behind = words[place + 1]
    common = behind.text.lower()
    # "Brade Aggregates" deals in them, "Tiger Woods" does not.
    wares = simplemma.lemmatize(common, lang="en") != common and words[place].text.lower() not in MEN | WOMEN
    named = behind.tag == "NNP" and behind.text[0].isupper() and behind.entity[2:] in {"", "ORG", "NORP"}
    return named and not (wares and behind.entity.endswith("ORG"))


def _has_given_name(words: Sequence[Word], place: int) -> bool:
    """Tell whether a given name that was not taken for one stands before a surname."""
    before = words[place - 1] if place else None
    if before is None or not before.text[0].isupper():
        return False
    inside = words[place].entity.startswith("I-") and before.tag == "NNP" and before.entity == "O"
    title = before.text.lower().rstrip(".") in _HONORIFICS
    return (before.text.lower() in MEN | WOMEN or (inside and not title)) and before.head in (place, words[place].head)


def _is_described(words: Sequence[Word], place: int) -> bool:
    """Tell whether a capitalised word follows a common noun that goes with it, and is nothing else by name."""
    before = words[place - 1] if place else None
    return (
        before is not None
        and before.tag == "NN"
        and before.text.islower()
        and before.dependency in {"compound", "nmod"}
        and words[place].tag == "NNP"
        and words[place].entity[2:] not in _NOT_PEOPLE
    )


def with_whole_names(words: Sequence[Word]) -> list[Word]:
    """Put together what a hyphen divides in a name: "Ruiz-Soler" is one word, "F-16" and "US-led" stay apart."""
    groups: list[list[int]] = []
    for number, word in enumerate(words):
        tight = number > 1 and words[number - 2].end == words[number - 1].start and words[number - 1].end == word.start
        names = tight and word.tag in NAMES and words[number - 2].tag in NAMES
        if names and words[number - 1].tag == "HYPH" and len(groups[-1]) == 1:
            hyphen = groups.pop()
            groups[-1] += [*hyphen, number]
        else:
            groups.append([number])
    place = {number: at for at, group in enumerate(groups) for number in group}
    return [_whole([words[n] for n in group], set(group), place) for group in groups]


def _whole(parts: Sequence[Word], group: set[int], place: dict[int, int]) -> Word:
    top = next((part for part in parts if part.head not in group), parts[-1])
    return replace(
        top,
        start=parts[0].start,
        end=parts[-1].end,
        text="".join(part.text for part in parts),
        role=parts[0].role,
        head=place[top.head],
        entity=parts[0].entity,
    )


def bare_name(words: Sequence[Word]) -> str:
    """Return a name without honorifics in front."""
    names = [word.text for word in words if word.text[0].isalnum() and word.tag != "POS"]
    while len(names) > 1 and names[0].lower().rstrip(".") in _HONORIFICS:
        names = names[1:]
    while len(names) > 1 and names[-1] in BEHIND_A_NAME:
        names.pop()
    return " ".join(names)


def without_titles(name: str) -> str:
    """Return a name without all up to its last title: "NATO Secretary-General Pieter van Aalst"."""
    words = name.split()
    if not words[0][:1].isupper() or words[0] == "The":
        return name
    titles = [place for place, word in enumerate(words[:-1]) if word.lower().rstrip(".") in _HONORIFICS]
    rest = words[titles[-1] + 1 :] if titles else []
    return " ".join(rest) if len(rest) in {2, 3} and rest[0][:1].isupper() and rest[-1][:1].isupper() else name


def within(text: str, first: Word) -> str:
    """Return what opened a sentence with the word ``first`` as it reads inside one: "Swiss" keeps its capital."""
    keeps = first.tag in NAMES or first.entity.endswith("NORP") or first.text[1:].isupper()
    return text if keeps else text[:1].lower() + text[1:]


def joined(words: Sequence[Word], replaced: dict[int, str]) -> str:
    """Join words as the article spaces them, with some replaced; words that were apart get a space."""
    parts: list[str] = []
    for place, word in enumerate(words):
        text = replaced.get(place, word.text)
        if place and text and not _tight(words[place - 1], word):
            parts.append(" ")
        parts.append(text)
    return in_one_line("".join(parts))


def in_one_line(text: str) -> str:
    """Return words with one space between them, and none before a comma or full stop."""
    return re.sub(r"\s+([,.;:])", r"\1", " ".join(text.split()))


def _tight(before: Word, word: Word) -> bool:
    return before.end == word.start or (word.tag in {"POS", ",", ".", ":"} and word.start - before.end != 1)
