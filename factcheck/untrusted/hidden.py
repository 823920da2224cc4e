"""Characters that a person cannot see but a model reads: left out for reading, while every offset stays what it was.

Hidden are the characters that Unicode calls default-ignorable or format characters, and controls: zero-width and
bidi characters, tag characters, variation selectors, fillers. Letters and digits that only dress up as others
(full width, mathematical alphabets) are read as the plain ones, as NFKC does. The rest of NFKC is left alone: it
turns "10²" into "102".
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

#: Default-ignorable and format characters, and controls that are no white space (Unicode 15, DerivedCoreProperties).
HIDDEN = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_HIDDEN = re.compile(f"[{HIDDEN}]")
#: In ordinary use: soft hyphens; after a symbol or a letter of another script, one joiner, selector or direction mark;
#: and what makes emoji of several characters: a rainbow flag, a keycap, a copyright sign in colour.
_USUAL = re.compile(
    rf"\xad|(?<=[^\x00-\u024f{HIDDEN}])[\u200c-\u200f\u061c\ufe0e\ufe0f](?![{HIDDEN}])"
    rf"|(?<=[^\x00-\u024f{HIDDEN}])\ufe0f\u200d(?=[^\x00-\u024f{HIDDEN}])"
    rf"|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=[©®])\ufe0f(?![{HIDDEN}])"
)
_WORD = re.compile(r"\S+")
_DRESSED = {
    code: plain
    for code in (*range(0xFF01, 0xFF5F), *range(0x1D400, 0x1D800))
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1
}


def readable(text: str) -> str:
    """Return ``text`` as a model may read it, of the same length: a word's hidden characters become blanks after it."""
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(_DRESSED)
    return _WORD.sub(_shown, text) if _HIDDEN.search(text) else text


def has_hidden(text: str) -> bool:
    """Tell whether ``text`` has hidden characters that are out of the ordinary."""
    return bool(hidden_spans(text))


def hidden_spans(text: str) -> list[tuple[int, int]]:
    """Return where hidden characters stand that are out of the ordinary, with the blanks between them."""
    if text.isascii() and text.isprintable():
        return []
    usual = {place for match in _USUAL.finditer(text) for place in range(*match.span())}
    spans: list[tuple[int, int]] = []
    for match in _HIDDEN.finditer(text):
        place = match.start()
        if place in usual:
            continue
        if spans and not text[spans[-1][1] : place].strip():
            spans[-1] = spans[-1][0], place + 1
        else:
            spans.append((place, place + 1))
    return spans


def original_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where words stand in ``text`` that stand at ``start`` to ``end`` of ``readable(text)``.

    A word with hidden characters is taken whole.
    """
    first, last = _hiding_around(text, start), _hiding_around(text, max(start, end - 1))
    return first[0] if first else start, last[1] if last else end


def _hiding_around(text: str, place: int) -> tuple[int, int] | None:
    """Return the word around ``place`` if it has hidden characters."""
    words = _hiding(text)
    before = bisect_right(words, place, key=lambda word: word[0])
    return words[before - 1] if before and place <= words[before - 1][1] else None


@lru_cache(maxsize=8)
def _hiding(text: str) -> list[tuple[int, int]]:
    """Return the words that have hidden characters."""
    if not _HIDDEN.search(text):
        return []
    return [word.span() for word in _WORD.finditer(text) if _HIDDEN.search(word[0])]


def _shown(word: re.Match[str]) -> str:
    return _HIDDEN.sub("", word[0]).ljust(len(word[0]))
