"""Whether a name is that of a person."""

from __future__ import annotations

from factcheck.comparison.names import Name, is_common
from factcheck.extraction.given_names import MEN, WOMEN


def is_person(name: Name) -> bool:
    """Tell whether a name can only be a person's, as far as its form shows: "Ruvik" may be a place, too.

    It has a title, a given name that is known, or no word of the language.
    """
    if name.organisation or name.acronym or name.country:
        return False
    given = name.parts[0].casefold()
    return bool(name.title) or given in MEN or given in WOMEN or not any(map(is_common, name.parts))
