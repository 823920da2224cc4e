"""Speakers known by whom they speak for, "Putin's spokesman", by the name that passages give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.comparison.names import find_names
from factcheck.persons import is_person
from factcheck.records import Claim, Passage

#: Offices that somebody holds for somebody, one at a time; those of one line are one office.
_OFFICES = ("spokes(?:man|woman|person)|press secretary", "lawyer|attorney|solicitor|barrister")


def by_name(claim: Claim, passages: Sequence[Passage]) -> Claim:
    """Return a claim with its speaker's name, where it has only their office and the passages tell who held that.

    Where they name two, it stays as it is.
    """
    for office in _OFFICES:
        held = re.fullmatch(rf"(?:.*\s)?(?P<surname>\w[\w-]*)['’]s? (?:{office})", claim.speaker, re.IGNORECASE)
        if claim.attribution is None or held is None:
            continue
        names = {name.split()[-1]: name for passage in passages for name in _holders(passage, office, held["surname"])}
        if len(names) == 1:
            named = claim.attribution.model_copy(update={"speaker": next(iter(names.values()))})
            return claim.model_copy(update={"attribution": named})
    return claim


def _holders(passage: Passage, office: str, surname: str) -> Iterator[str]:
    """Yield who a passage says holds an office for somebody: "Peskov, the press secretary of Vladimir Putin"."""
    text = passage.text
    behind = re.compile(
        rf"(?:,| (?:is|was|had been|has been)) (?:an? |the )?(?:{office}) (?:of|for|to) [^.;,]*\b{re.escape(surname)}\b"
    )
    before = re.compile(rf"\b{re.escape(surname)}['’]s? (?:{office}),? $")
    for name in find_names(text):
        start, end = name.span
        if len(name.parts) > 1 and is_person(name) and (behind.match(text, end) or before.search(text, 0, start)):
            yield " ".join(name.parts)
