"""Where the article quotes: spans between quotation marks, straight or curly, single or double."""

from __future__ import annotations

import re

Span = tuple[int, int]

#: A mark that can open a quotation, with what closes it. A curly apostrophe inside a word closes nothing.
_CLOSING = {
    '"': re.compile(r'"'),
    "“": re.compile(r"”"),
    "„": re.compile(r"[“”]"),
    "«": re.compile(r"»"),
    "‘": re.compile(r"’(?!\w)"),
    "'": re.compile(r"(?<=[.,!?])'(?!\w)"),
}
_OPENING = re.compile(r"[“„«]|(?<![\w.,!?])[\"‘](?=[\w$£€¥(\[‘“'’.…—-])|(?<!\S)'(?=\w)")


def quoted_spans(text: str, start: int, end: int) -> list[Span]:
    """Return the quotations in a paragraph of ``text``, quotation marks included, in order and not nested.

    A quotation that the paragraph leaves open runs to the paragraph's end, as where the next one goes on.
    """
    spans: list[Span] = []
    place = start
    while opening := _OPENING.search(text, place, end):
        closing = _closing(text, opening, end)
        if closing is None and opening[0] in "'‘\"" and opening.start() > start:
            place = opening.end()
            continue
        place = closing if closing is not None else end
        spans.append((opening.start(), place))
    return spans


def _closing(text: str, opening: re.Match[str], end: int) -> int | None:
    """Return where the quotation ends; ’ may be a possessive's, so the last one before a new opening counts."""
    found = None
    for closing in _CLOSING[opening[0]].finditer(text, opening.end(), end):
        found = closing.end()
        if opening[0] != "‘" or not re.match(r"\s+\w[^‘]*’(?!\w)", text[found:end]) or text[found - 2] in ".,!?":
            break
    return found
