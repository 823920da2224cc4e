"""Pronouns of the third person, by what they can mean."""

from __future__ import annotations

from factcheck.models.tagger import Word

_GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
IT, THEY = {"it", "its", "itself"}, {"they", "them", "their", "themselves"}


def gender_of(pronoun: Word) -> str | None:
    """Return "m" or "f" for a pronoun that means a man or a woman, None for any other word."""
    return _GENDERS.get(pronoun.text.lower())


def is_personal(word: Word) -> bool:
    """Tell whether a pronoun means a man or a woman."""
    return gender_of(word) is not None


def is_pronoun(word: Word) -> bool:
    """Tell whether a word is a pronoun of the third person."""
    return is_personal(word) or word.text.lower() in IT | THEY


def means_alike(one: Word, other: Word) -> bool:
    """Tell whether two pronouns can mean the same: "she" and "her", "it" and "its"."""
    both = {one.text.lower(), other.text.lower()}
    return both <= IT or both <= THEY or (is_personal(one) and gender_of(one) == gender_of(other))
