"""The citation check: a quote counts only where it stands, word for word, in a passage that was retrieved."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.utils import default_process

from factcheck.records import Evidence, Passage

_QUOTE_MARKS = {"'": "['‘’‛`´]", '"': '["“”„‟«»]', "-": "[-‐‑‒–—―]"}
_SAME_MARK = {mark: form for forms in _QUOTE_MARKS.values() for mark in forms[1:-1] for form in [forms]}
#: Words of names that do not tell bodies apart.
_FORMS = {"the", "of", "and", "for", "plc", "ltd", "limited", "inc", "llc", "corporation", "company", "group"}


#: Where a word begins and ends that a quote begins and ends with: "able to vote" is not in "unable to vote", nor is "he
#: did" in "he didn't" or "it cost 3" in "it cost 3.5 million".
_BEGINS = r"(?<!\w)(?<!\w['’‐‑-])"
_ENDS = r"(?!\w|['’‐‑-]\w)"
_FIGURE_BEGINS, _FIGURE_ENDS = r"(?<!\d[.,–])", r"(?![.,–]\d)"


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """Return where ``quote`` stands in ``text``, or None: exactly, or but for white space, quote marks and dashes.

    Never more loosely than that, and in whole words: what is cited is always the text's own words.
    """
    quote = quote.strip()
    if not quote:
        return None
    loosely = "".join(
        r"\s+" if part.isspace() else _SAME_MARK.get(part, re.escape(part)) for part in re.findall(r"\s+|\S", quote)
    )
    begins = (_BEGINS if _is_of_a_word(quote[0]) else "") + (_FIGURE_BEGINS if quote[0].isdecimal() else "")
    ends = (_ENDS if _is_of_a_word(quote[-1]) else "") + (_FIGURE_ENDS if quote[-1].isdecimal() else "")
    for pattern in (re.escape(quote), loosely):
        if match := re.search(begins + pattern + ends, text):
            return match.span()
    return None


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or character == "_"


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


def is_publisher(publisher: str, speaker: str) -> bool:
    """Tell whether a document is the speaker's own: "Merrowdale" publishes what "Merrowdale Stores plc" does.

    The speaker's name has to hold only words of the publisher's, and half of them at least.
    """
    ours, theirs = (set(default_process(name).split()) - _FORMS for name in (speaker, publisher))
    has_name = any(word[:1].isupper() for word in speaker.split())
    return has_name and bool(ours) and ours <= theirs and 2 * len(ours) >= len(theirs)
