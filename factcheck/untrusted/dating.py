"""Documents that tell of days after the date they give as their own.

``--as-of`` trusts that date. A page that was changed later, or that somebody dated back, gives itself away where it
tells of a later day as past.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from factcheck.comparison.date_patterns import calendar_day
from factcheck.comparison.dates import find_dates
from factcheck.records import Passage
from factcheck.segmentation import all_sentences

#: Days by which a date may be off without a reason to doubt it: it is tomorrow elsewhere already.
GRACE = timedelta(days=1)
#: Words of sentences that look ahead, such as announcements and plans.
_AHEAD = re.compile(
    r"\b(?:will|would|shall|should|may|might|could|can|must|is|are|be|been|being|to|next|if|unless|upcoming|forthcoming"
    r"|plan\w*|schedul\w*|expect\w*|due|set|hop(?:e[ds]?|ing)|intend\w*|aim\w*|propos\w*|announc\w*|deadline\w*|expir\w*"
    r"|target\w*|valid|future|tomorrow|’ll|'ll)\b",
    re.IGNORECASE,
)


def later_days(passages: Sequence[Passage]) -> dict[str, date]:
    """Return, by document id, the latest day that its passages tell of as past and that its own date rules out."""
    found: dict[str, date] = {}
    for passage in passages:
        own = passage.source.published
        for day in _past_days(passage.text) if own else ():
            if own and day - own > GRACE:
                found[passage.source.id] = max(day, found.get(passage.source.id, day))
    return found


def _past_days(text: str) -> list[date]:
    """Return the full dates of sentences that do not look ahead."""
    told = [text[slice(*span)] for span in all_sentences(text)]
    past = [sentence for sentence in told if not _AHEAD.search(sentence)]
    return [calendar_day(int(when.first)) for sentence in past for when in find_dates(sentence) if when.is_day]
