"""Text from outside, made fit to be shown: on one line, with nothing in it that cannot be seen."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

from factcheck.untrusted.hidden import hidden_spans

#: Begins a command of the old form in the log of a GitHub Actions job, wherever in a line it stands.
COMMAND = "##["

_WHITE_SPACE = re.compile(r"\s+")
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
#: They join or part letters in Persian, in Indic scripts and in emoji, and can neither hide nor reorder text.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"

_WEB_ADDRESS = re.compile(r"https?://[a-zA-Z0-9.-]+(:\d+)?([/?#][^\s<>\\`]*)?")


def visible(text: str) -> str:
    """Return ``text`` on one line, with control, bidi and other invisible characters spelt out as ``⟨U+202E⟩``."""
    line = _WHITE_SPACE.sub(" ", text.replace(_SOFT_HYPHEN, ""))
    if line.isascii() and line.isprintable():
        return line
    hidden = _hidden(line)
    if line.isprintable() and not hidden:
        return line
    return "".join(
        character
        if place not in hidden and (character.isprintable() or character in _JOINERS)
        else f"⟨U+{ord(character):04X}⟩"
        for place, character in enumerate(line)
    )


def _hidden(text: str) -> set[int]:
    """Return the places of characters that cannot be seen: Python calls fillers and variation selectors printable."""
    return {place for span in hidden_spans(text) for place in range(*span) if not text[place].isspace()}


def plain(text: str) -> str:
    """Return ``visible(text)`` without white space at its ends."""
    return visible(text).strip()


def for_log(text: str) -> str:
    """Return ``plain(text)``, made unable to give commands (``::error::``, ``##[error]``) in the log of a CI job."""
    line = plain(text).replace(COMMAND, "## [")
    return ": " + line[1:] if line.startswith("::") else line


def to_json(data: object, indent: int | None = 2) -> str:
    """Return JSON in which every character that cannot be seen, or could give commands, is escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=indent).replace(COMMAND, r"#\u0023[")
    hidden = _hidden(text)
    if hidden or not text.replace("\n", "").isprintable():
        text = "".join(
            character
            if place not in hidden and (character.isprintable() or character == "\n")
            else json.dumps(character)[1:-1]
            for place, character in enumerate(text)
        )
    return text + "\n"


def shorten(text: str, limit: int) -> str:
    """Return ``visible(text)``, cut between words to about ``limit`` characters."""
    line = visible(text)
    if len(line) <= limit:
        return line
    cut = line[:limit]
    return (cut.rpartition(" ")[0] or cut) + "…"


def shorten_start(text: str, limit: int) -> str:
    """Return ``visible(text)``, cut between words to about its last ``limit`` characters."""
    line = visible(text)
    if len(line) <= limit:
        return line
    cut = line[-limit:]
    return "…" + (cut.partition(" ")[2] or cut)


def is_web_address(url: str) -> bool:
    """Tell whether ``url`` can be a link that leads where it says: a web address with a plain host name and no user."""
    return bool(_WEB_ADDRESS.fullmatch(url)) and visible(url) == url


def spell_date(day: date | None) -> str:
    """Return a date as ``17 March 2011``, or ``undated``."""
    return f"{day.day} {day:%B} {day.year}" if day else "undated"


def spell_moment(moment: datetime) -> str:
    """Return a moment as ``17 March 2011, 18:25 UTC``."""
    universal = moment.astimezone(UTC)
    return f"{spell_date(universal.date())}, {universal:%H:%M} UTC"
