"""Whether a text ranks something among others, which no single row of a table can show."""

from __future__ import annotations

import re

_SUPERLATIVES = (
    "high|low|bigg|larg|small|long|short|fast|slow|old|young|new|rich|poor|steep|sharp|busi|wett|dri|hott|warm|cold|cool"
    "|deep|great|heavi|light|strong|weak|tall|narrow|wid|clos|few|dear|cheap"
)
_RANKING = re.compile(
    rf"\b(?:{_SUPERLATIVES})est\b|\b(?:the|its|their|[’']s)\s+(?:most|least|best|worst|only|first|last)\b(?!\s+of\b)"
    r"|\bthan\s+(?:any|every|all|in\s+any)\b|\b(?:no|nowhere|nobody|none)\b.*\bthan\b",
    re.IGNORECASE | re.DOTALL,
)
_RANK = re.compile(r"\b(?:rank|place|position)\b", re.IGNORECASE)


def ranks(text: str) -> bool:
    """Tell whether a claim says that something is first or last among others: "the lowest of all"."""
    return _RANKING.search(text) is not None


def has_rank(row: str) -> bool:
    """Tell whether a row of a table gives a rank."""
    return _RANK.search(row) is not None
