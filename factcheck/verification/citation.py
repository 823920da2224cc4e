"""The citation check: a quote counts only where it stands, word for word, in a passage that was retrieved."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.utils import default_process

from factcheck.records import Evidence, Passage

_QUOTE_MARKS = {"'": "['‘’‛`´]", '"': '["“”„‟«»]', "-": "[-‐‑‒–—―]"}
_SAME_MARK = {mark: form for forms in _QUOTE_MARKS.values() for mark in forms[1:-1] for form in [forms]}


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """Return where ``quote`` stands in ``text``, or None: exactly, or but for white space, quote marks and dashes.

    Never more loosely than that: what is cited is always the text's own words.
    """
    quote = quote.strip()
    if not quote:
        return None
    if quote in text:
        start = text.index(quote)
        return start, start + len(quote)
    pattern = "".join(
        r"\s+" if part.isspace() else _SAME_MARK.get(part, re.escape(part)) for part in re.findall(r"\s+|\S", quote)
    )
    match = re.search(pattern, text)
    return match.span() if match else None


def stands_in(evidence: Evidence, passages: Sequence[Passage]) -> bool:
    """Tell whether the citation is a verbatim span, at its offsets, of a passage of its document."""
    return any(
        passage.source.id == evidence.document.id
        and passage.start <= evidence.start < evidence.end <= passage.end
        and passage.text[evidence.start - passage.start : evidence.end - passage.start] == evidence.quote
        for passage in passages
    )


def names_speaker(text: str, speaker: str) -> bool:
    """Tell whether a speaker's surname is a word of ``text``."""
    surname = default_process(speaker).split()[-1:]
    return bool(surname) and surname[0] in default_process(text).split()
