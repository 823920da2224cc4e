"""Whether a name is that of a person."""

from __future__ import annotations

from factcheck.comparison.names import Name, is_common
from factcheck.extraction.given_names import MEN, WOMEN


def is_person(name: Name) -> bool:
    """Tell whether a name can only be a person's, as far as its form shows; "Ruvik" may be a place, too."""
    return _is_of_one(name) and (is_known_person(name) or not any(map(is_common, name.parts)))


def is_known_person(name: Name) -> bool:
    """Tell whether a title or a known given name shows that a name is a person's."""
    given = name.parts[0].casefold()
    known = bool(name.title) or (len(name.parts) > 1 and (given in MEN or given in WOMEN))
    return _is_of_one(name) and known


def _is_of_one(name: Name) -> bool:
    return not (name.organisation or name.acronym or name.country)
