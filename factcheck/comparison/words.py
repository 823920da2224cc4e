"""Lists of English words, read from ``words.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_LISTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))

FUNCTION_WORDS = frozenset(_LISTS["function"].split())
LIGHT_STEMS = frozenset(_LISTS["light"].split())
#: Stem → the first of the stems that tell of the same.
CANONICAL: dict[str, str] = {stem: group.split()[0] for group in _LISTS["same"] for stem in group.split()}
LEMMAS: dict[str, str] = _LISTS["lemmas"]
#: Kind → words of which one rules out the others in its place.
RIVALS: dict[str, tuple[str, ...]] = {kind: tuple(words.split()) for kind, words in _LISTS["rivals"].items()}
TITLES = frozenset(_LISTS["titles"].split())
ORGANISATIONS = frozenset(_LISTS["organisations"].split())
NOT_NAMES = frozenset(_LISTS["not_names"].split())
#: Short form of a given name → its full forms.
SHORT_FORMS: dict[str, set[str]] = {}
for _full, _shorts in _LISTS["short_forms"].items():
    for _short in _shorts.split():
        SHORT_FORMS.setdefault(_short, set()).add(_full)


def _by_name(groups: list[str]) -> dict[str, str]:
    """Map each name of a group, lower case and without small words, to the first."""
    named = ((name, group.split(", ")[0]) for group in groups for name in group.split(", "))
    return {" ".join(word for word in name.split() if word != "of"): first for name, first in named}


_STATES = _by_name(_LISTS["states"])
#: Name of a place that has several, or what belongs to it → the first of its names.
PLACES = _STATES | _by_name(_LISTS["cities"]) | _LISTS["of_states"]
COUNTRIES = frozenset(" ".join(_LISTS["countries"].split()).split(", ")) | _STATES.keys()
