"""Names: finding them, and telling whether two are one person, place or organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import simplemma

from factcheck.comparison.context import sentences
from factcheck.comparison.relation import Relation, Span
from factcheck.comparison.spelling import alike, fold
from factcheck.comparison.words import COUNTRIES, FUNCTION_WORDS, NOT_NAMES, ORGANISATIONS, PLACES, SHORT_FORMS, TITLES


@dataclass(frozen=True)
class Name:
    """A name where it stands, without title.

    Attributes:
        parts: its words, small ones ("of", "bin") left out.
        title: the words of title or office in front of it, lower case.
        organisation: whether its form says so ("… of …", "… Party").
        certain: False for a lone common word that is capitalised because it opens its sentence ("Exports", "Gates").
    """

    span: Span
    parts: tuple[str, ...]
    title: str = ""
    organisation: bool = False
    certain: bool = True

    @property
    def words(self) -> str:
        """Title and name."""
        return " ".join((self.title, *self.parts))

    @property
    def key(self) -> str:
        """The name as lists have it."""
        return " ".join(self.parts).casefold().replace("’", "'")

    @property
    def country(self) -> bool:
        """Whether it is that of a state."""
        return self.key in COUNTRIES

    @property
    def acronym(self) -> bool:
        """Whether it is one word of capitals."""
        return len(self.parts) == 1 and len(self.parts[0]) > 1 and self.parts[0].isupper()


_PARTICLES = "bin|ibn|al|el|as|de|da|di|do|dos|du|del|della|van|von|der|den|ter|la|le|ben|bint|y"
_SMALL = frozenset([*_PARTICLES.split("|"), "of", "the", "for", "and", "on"])
_CAPITALISED = (
    r"(?:[A-Z]\.)+[A-Z]?(?![a-z])|(?:[aA]l-|[eE]l-|[dDlO]['’])?[^\W\d_a-zß-ÿ][^\W\d_]*(?:[-'’](?!s\b)[^\W\d_]+)*"
)
_RUN = re.compile(
    rf"(?<![\w])(?:{_CAPITALISED})(?:(?:\s+(?:{_PARTICLES})){{0,2}}\s+(?:{_CAPITALISED})|\s+(?:of|for|on)\s+(?:the\s+)?(?:{_CAPITALISED}))*"
)
_MORE_OF_OFFICE = re.compile(rf"(?:,\s+|\s+and\s+)({_CAPITALISED}(?:\s+{_CAPITALISED})*)")
_DROPPED = frozenset(("jr", "sr", "ii", "iii", "iv", "al", "el"))


def find_names(text: str, taken: Sequence[Span] = ()) -> list[Name]:
    """Return the names of ``text`` in its order, without what is ``taken`` by dates or figures."""
    for start, end in taken:  # "invited to London for Tuesday"
        text = f"{text[:start]}{'_' * (end - start)}{text[end:]}"
    return [name for sentence in sentences(text) for name in _names_of(text, sentence)]


def relate_names(one: Name, other: Name) -> Relation:
    """Tell whether two names may be of one bearer: equal, compatible ("J. Ward", "James Ward") or unrelated."""
    if _of_two_reigns(one, other):
        return Relation.UNRELATED
    if [fold(part) for part in one.parts] == [fold(part) for part in other.parts]:
        return Relation.EQUAL
    if (place := PLACES.get(one.key)) and place == PLACES.get(other.key):
        return Relation.EQUAL
    if (one.country and other.country) or _is_part_of_land(one, other):
        return Relation.UNRELATED
    for short, long in ((one, other), (other, one)):
        if short.acronym and len(long.parts) > 1 and short.parts[0] in _initials(long.parts):
            return Relation.EQUAL
    if one.organisation or other.organisation:
        few, many = sorted((one.parts, other.parts), key=len)
        inside = len(few) > 1 and all(any(alike(part, each) for each in many) for part in few)
        same = inside and len(few) == len(many)
        return Relation.EQUAL if same else Relation.COMPATIBLE if inside else Relation.UNRELATED
    few, many = sorted((_bare(one.parts), _bare(other.parts)), key=len)
    runs = (many[at : at + len(few)] for at in range(len(many) - len(few) + 1))
    if 1 < len(few) < len(many) and any(all(map(alike, few, run)) for run in runs):
        return Relation.COMPATIBLE  # "Fattah Lind" and "Abdel Fattah Lind"
    return _relate_persons(_bare(one.parts), _bare(other.parts))


#: "South Sudan" is not Sudan, nor "New Mexico" Mexico.
_PARTS_OF_LANDS = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "new",
        "northern",
        "southern",
        "eastern",
        "western",
        "equatorial",
        "upper",
        "lower",
    ]
)
_NUMBERS_OF_REIGNS = re.compile(r"[IVX]+|[JS]r\.?")


def _is_part_of_land(one: Name, other: Name) -> bool:
    few, many = sorted((one.parts, other.parts), key=len)
    return len(many) == len(few) + 1 and many[1:] == few and many[0].casefold() in _PARTS_OF_LANDS


def _of_two_reigns(one: Name, other: Name) -> bool:
    """Tell "Charles II" from "Charles III", and Sr. from Jr."""
    mine, theirs = ({part for part in name.parts[1:] if _NUMBERS_OF_REIGNS.fullmatch(part)} for name in (one, other))
    return bool(mine and theirs and mine != theirs)


def _relate_persons(one: tuple[str, ...], other: tuple[str, ...]) -> Relation:
    if not alike(one[-1], other[-1]):
        given_only = min(len(one), len(other)) == 1 and alike(one[0], other[0])
        return Relation.COMPATIBLE if given_only else Relation.UNRELATED
    given, other_given = one[:-1], other[:-1]
    if not given or not other_given:
        return Relation.EQUAL
    middle, other_middle = "".join(part[0] for part in given[1:]), "".join(part[0] for part in other_given[1:])
    if middle and other_middle and middle != other_middle:
        return Relation.UNRELATED
    first, other_first = given[0].strip("."), other_given[0].strip(".")
    if len(first) == 1 or len(other_first) == 1:
        same = fold(first)[:1] == fold(other_first)[:1]
        return Relation.UNRELATED if not same else Relation.EQUAL if first == other_first else Relation.COMPATIBLE
    return Relation.EQUAL if _same_given(first, other_first) else Relation.UNRELATED


#: What makes a man's name a woman's: "Paul" is not Paula.
_FEMININE = frozenset({"a", "e", "ie", "ina", "ine", "ette", "elle"})


def _same_given(one: str, other: str) -> bool:
    """Compare given names: spelling variants, one that begins the other ("Chris"), and known short forms."""
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    if alike(short, long) or (len(short) > 2 and long.startswith(short) and long[len(short) :] not in _FEMININE):
        return True
    return bool(SHORT_FORMS.get(short, {short}) & SHORT_FORMS.get(long, {long}))


def _bare(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Split hyphens and drop "Jr." and the article of Arabic names."""
    words = (re.sub(r"^[AE]l(?=[A-Z])", "", word) for part in parts for word in part.split("-"))
    return tuple(word for word in words if word.casefold().strip(".") not in _DROPPED) or parts


def _initials(parts: Sequence[str]) -> tuple[str, ...]:
    letters = "".join(word[0].upper() for part in parts for word in part.split("-"))
    return letters, letters.removeprefix("U")


def _names_of(text: str, sentence: Span) -> Iterator[Name]:
    end = sentence[0]
    while match := _RUN.search(text, end, sentence[1]):
        start, end = match.span()
        if re.search(r"\bof\b", match[0]) and _is_organisation(match[0].split()):
            more = _MORE_OF_OFFICE.match(text, end)
            end = more.end() if more else end
        words = list(re.finditer(r"[^\s,]+", text[start:end]))
        opens = not re.search(r"\w", text[sentence[0] : start])
        if opens and len(words) > 1 and words[1][0] == "of" and is_common(words[0][0]):
            words = words[2:]
        while (
            words and words[0][0].casefold() in FUNCTION_WORDS and not (len(words[0][0]) > 1 and words[0][0].isupper())
        ):
            words, opens = words[1:], opens and len(words) < 2
        title = _title_length(words)
        parts = tuple(_plain(word[0]) for word in words[title:] if word[0].casefold() not in _SMALL)
        if not parts or all(part.casefold() in NOT_NAMES or len(part) < 2 for part in parts):
            continue
        bare = len(parts) == 1 and opens and not title and not parts[0].isupper()
        yield Name(
            span=(start + words[title].start(), start + words[-1].end()),
            parts=parts,
            title=" ".join(word[0].casefold() for word in words[:title]),
            organisation=_is_organisation([word[0] for word in words[title:]]),
            certain=not (bare and is_common(parts[0])),
        )


def _title_length(words: Sequence[re.Match[str]]) -> int:
    """Return how many of the words in front are title or office; a name is always left."""
    titles = [index for index, word in enumerate(words) if word[0].casefold().strip(".") in TITLES]
    if not titles or titles[-1] + 1 >= len(words) or any(word[0] == "of" for word in words):
        return 0
    return titles[-1] + 1


def _is_organisation(words: Sequence[str]) -> bool:
    return any(word in ("of", "for") or word.casefold() in ORGANISATIONS for word in words)


def _plain(word: str) -> str:
    """Drop the possessive and the stops of "F.B.I."."""
    word = re.sub(r"['’]s$", "", word)
    return (
        word.replace(".", "") if re.fullmatch(r"(?:[A-Z]\.){2,}", word) and len(word) > 4 else word.rstrip(".") or word
    )


def is_common(word: str) -> bool:
    """Tell whether a dictionary has the word, or what it is a form of, in lower case."""
    return simplemma.lemmatize(word, lang="en")[0].islower()
