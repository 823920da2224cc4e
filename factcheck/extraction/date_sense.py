"""In what sense a date stands in a text: the times that the text has named before, and what is still to come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from factcheck.full_dates import DAY_OF_MONTH, MONTH, WEEKDAY

#: What tells that a clause speaks of what is still to come.
FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|(?:would|could|may|might)(?! (?:not )?have\b)|"
    r"(?:is|are|was|were) (?:to|due|expected|scheduled|set|likely)|due|"
    r"expects?|plans|plan to|hopes?|scheduled|upcoming|going to|set [\w ]{0,30}for|[’']ll|"
    r"(?:ends|expires|begins|starts|opens|closes|returns|retires|meets|resumes)|"
    r"takes (?:over|charge|office|effect|place))\b|"
    # What is told of as it stands, on its day: "the next meeting is on 8 January", "the show runs until 2 March".
    rf"\b(?:(?:is|are)(?:\s+(?:on|until|from))?|(?:runs|lasts|stays|[Nn]ext\s\w+:)(?:\s+\w+)?)\s+"
    rf"(?:(?:on|from|until|till|to|through)\s+)?(?:{WEEKDAY},?\s+)?(?:{DAY_OF_MONTH}\s+{MONTH}|{MONTH}\s+{DAY_OF_MONTH})\b"
)

#: A text that has told of a day no longer ago than this goes on from there.
_REMEMBERED = timedelta(days=800)
#: But a day so near to one that was named is of the same year, however long ago.
_SOON_AFTER = timedelta(days=31)
_CUTS = re.compile(
    r"\bthat\b|;|,[\"”’']?\s+(?:and|but)\b|\b(?:and|but)(?=\s+(?:will|would|shall|is|are|was|were|has|have|had|did)\b)"
)


@dataclass(frozen=True)
class Sense:
    """What a date in a text is read against: the article's day, the times that the text named, and the tense.

    ``named`` is near the last of them, ``day`` the last full date; None where there is none.
    """

    today: date
    named: date
    day: date | None
    future: bool

    def if_over(self, day: date) -> date | None:
        """Return a day that a text counts from another, unless it is still to come where the text tells what was."""
        return day if self.future or day <= self.today else None

    def near_named(self, month: int, day: int) -> date | None:
        """Return the nearest such day to the day named, up to today, where that is of an earlier year, else None."""
        if self.future or self.named.year == self.today.year:
            return None
        days = [date(self.named.year + later, month, day) for later in (0, 1)]
        found = min((day for day in days if day <= self.today), key=lambda day: abs(day - self.named), default=None)
        long_ago = self.today - self.named > _REMEMBERED
        return None if found and long_ago and abs(found - self.named) > _SOON_AFTER else found


def around(match: re.Match[str]) -> str:
    """Return the part of a sentence that a date stands in: what was said "on Monday that" may be of the future."""
    text = match.string
    first = max((cut.end() for cut in _CUTS.finditer(text, 0, match.start())), default=0)
    after = _CUTS.search(text, match.end())
    return text[first : after.start() if after else len(text)]
