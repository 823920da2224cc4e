"""Relative dates: resolving "Tuesday", "last month" or "two days later" against the article's date and its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from factcheck.extraction.date_rules import DATING, RULES
from factcheck.extraction.date_sense import FUTURE, Sense, around
from factcheck.full_dates import MONTH, WEEKDAY, full_dates, month_named, written


class Told(NamedTuple):
    """Which time a text spoke of last: ``near`` is a day in that month, ``day`` the last day that it named in full."""

    near: date
    day: date | None


def resolve_dates(text: str, today: date | None) -> str:
    """Write out the dates that ``text`` gives relative to ``today``; see ``follow_dates``."""
    return follow_dates(text, today)[0]


def follow_dates(text: str, today: date | None, told: Told | None = None) -> tuple[str, Told | None]:
    """Write out the dates that ``text`` gives relative to ``today``, the day of the article.

    A weekday is the latest one on or before that day, or the next one in a clause about the future; a month or a
    day of the month without a year is read likewise. "The next day" counts from the day that the text before
    ``told`` of; where that lies in an earlier year, months and days are those nearest to it.

    Returns:
        The text, and what it told of last.
    """
    if today is None:
        return text, None
    last = told
    for pattern, resolve in RULES if DATING.search(text) else ():

        def replace(match: re.Match[str], resolve: Callable[[re.Match[str], Sense], date | str] = resolve) -> str:
            nonlocal last
            try:
                future = bool(FUTURE.search(around(match)))
                resolved = resolve(match, Sense(today, last.near if last else today, last and last.day, future))
            except (ValueError, OverflowError):  # such as 31 February, or the year before the first
                return match[0]
            if isinstance(resolved, str):
                words = resolved
            else:
                last = Told(resolved, resolved)
                words = f"{_preposition(match)}{written(resolved)}"
            opens = match[0][0].isupper() and _OPENS.search(match.string, 0, match.start())
            return f"{words[0].upper()}{words[1:]}" if opens else words

        text = pattern.sub(replace, text)
    text = _TWICE.sub(r"\1", text)
    if days := list(full_dates(text)):
        return text, Told(days[-1], days[-1])
    month = month_named(text)
    return text, Told(month, last and last.day) if month else last


def _preposition(match: re.Match[str]) -> str:
    """Return the words before the date: "late Tuesday" → "late on …", "Monday night" → "on the night of …".

    The second of two, as in "between 20 and 23 March", goes on from the first; "the Nov. 6 election" has none.
    """
    groups = match.groupdict()
    bare = any(before.search(match.string, 0, match.start()) for before in (_SECOND, _WITH_A_NOUN)) or (
        _IN.search(match.string, 0, match.start()) and _NOUN.match(match.string, match.end())
    )
    if not groups.get("before") and not groups.get("part") and bare:
        return ""
    before = (groups.get("before") or "on ").strip()
    if before.lower() in ("early", "late"):
        before += " on"
    return f"{before} the {groups['part']} of " if groups.get("part") else f"{before} "


#: The beginning of a sentence.
_OPENS = re.compile(r"(?:^|(?<![ap]\.m)[.!?][\"”’)]*\s+)[\"“‘(]*$")
#: "Yesterday, Tuesday 20 February" names one day twice.
_TWICE = re.compile(rf"\b(on \d{{1,2}} {MONTH} \d{{4}}), \1\b", re.IGNORECASE)
#: What stands between two dates, before the second.
_SECOND = re.compile(rf"(?:\d|{WEEKDAY}|{MONTH})(?:,?\s+(?:and|or)\s+|\s?[–/-]\s?)$", re.IGNORECASE)

#: What stands before a date that only tells which of several is meant, "the Nov. 6 election", or that stands alone.
_WITH_A_NOUN = re.compile(r"\b(?:the|its|their|his|her|our)\s+$|[:(]\s*$", re.IGNORECASE)
#: "in Friday trading": what stands before a date and behind it where a noun follows.
_IN = re.compile(r"\b(?:in|at|with)\s+$")
_NOUN = re.compile(r"\s+(?!(?:a[nst]?|by|for|in|on|to|when|where|while)\b)[a-z]")
