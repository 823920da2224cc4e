"""On which day the sentences of a passage tell something, where its reader knows that from beside them.

A claim says "on 22 March 2011"; the newspaper of that day says "on Tuesday", or has named the day a sentence before.
A model reads one sentence at a time and would see no date at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from factcheck.comparison.dates import find_dates
from factcheck.extraction.dates import follow_dates
from factcheck.full_dates import full_dates, written
from factcheck.layout import Laid, lay_out
from factcheck.records import Passage


def dated_sentences(passage: Passage) -> Sequence[Laid]:
    """Return the sentences of a passage with the dates in their words written out.

    "Tuesday" is read against the day on which its document was published.
    """
    return _dated(passage.text, passage.above, passage.source.published)


def days_told(passages: Iterable[Passage]) -> dict[str, str]:
    """Return, by the document's id, the day that passages tell of; documents that name no day or several have none."""
    days: dict[str, set[date]] = defaultdict(set)
    for passage in passages:
        days[passage.source.id].update(day for one in dated_sentences(passage) for day in full_dates(one.words))
    return {name: written(named.pop()) for name, named in days.items() if len(named) == 1}


def names_a_day(text: str) -> bool:
    """Tell whether a text dates anything to the day: where it does not, no day need be known of its evidence."""
    return any(when.is_day for when in find_dates(text))


def told_on(day: str, words: str) -> str:
    """Put the ``day`` of their document in front of words that name no date, if there is one."""
    return words if not day or find_dates(words) else f"{day}: {words}"


@lru_cache(maxsize=2048)
def _dated(text: str, above: str, published: date | None) -> Sequence[Laid]:
    told, found = None, []
    for laid in lay_out(text, above):
        words, told = follow_dates(laid.words, published, told)
        found.append(laid._replace(words=words))
    return found
