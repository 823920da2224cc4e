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
