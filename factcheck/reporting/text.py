"""Text from outside, made fit to be shown: on one line, with nothing in it that cannot be seen."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
#: They join or part letters in Persian, in Indic scripts and in emoji, and can neither hide nor reorder text.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


def plain(text: str) -> str:
    """Return ``text`` on one line, with control, bidi and other invisible characters spelt out as ``⟨U+202E⟩``."""
    line = " ".join(text.replace(_SOFT_HYPHEN, "").split())
    if line.isprintable():
        return line
    return "".join(
        character if character.isprintable() or character in _JOINERS else f"⟨U+{ord(character):04X}⟩"
        for character in line
    )


def shorten(text: str, limit: int) -> str:
    """Return ``plain(text)``, cut between words to ``limit`` characters."""
    line = plain(text)
    return line if len(line) <= limit else f"{_cut_end(line, limit - 1)}…"


def shorten_start(text: str, limit: int) -> str:
    """Return ``plain(text)``, cut between words to its last ``limit`` characters."""
    line = plain(text)
    return line if len(line) <= limit else f"…{_cut_start(line, limit - 1)}"


def spell_date(day: date | None) -> str:
    """Return a date as ``17 March 2011``, or ``undated``."""
    return f"{day.day} {day:%B} {day.year}" if day else "undated"


def spell_moment(moment: datetime) -> str:
    """Return a moment as ``17 March 2011, 18:25 UTC``."""
    universal = moment.astimezone(UTC)
    return f"{spell_date(universal.date())}, {universal:%H:%M} UTC"


def _cut_end(line: str, limit: int) -> str:
    return re.sub(r"\s+\S*$", "", line[: limit + 1]) if " " in line[:limit] else line[:limit]


def _cut_start(line: str, limit: int) -> str:
    tail = line[-limit:]
    return re.sub(r"^\S*\s+", "", line[-limit - 1 :]) if " " in tail else tail
