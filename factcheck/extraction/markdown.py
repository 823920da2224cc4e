"""Marks of Markdown inside a line, which stand around words and are none of them."""

from __future__ import annotations

import re

_LINK = re.compile(r"!?\[(?P<words>[^\[\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)")
#: What is set off by the same mark on both sides, at most a few lines of it; "5 * 3" and "snake_case" are not.
_EMPHASIS = re.compile(
    r"(?<![\w*])(?P<mark>\*{1,3}|_{1,3}|~~|`)(?=[^\s*_])(?P<words>(?:(?!(?P=mark))[^\n]|\n(?!\s*\n)){1,400}?)"
    r"(?P=mark)(?![\w*])"
)


def without_marks(text: str) -> str:
    """Return ``text`` with blanks for the marks of links and emphasis, the address of a link included.

    It is as long as ``text``, so that what stands at an offset of it stands there in ``text`` as well.
    """
    return _EMPHASIS.sub(_blanked, _LINK.sub(_blanked, text))


def _blanked(marked: re.Match[str]) -> str:
    before = marked.start("words") - marked.start()
    return f"{' ' * before}{marked['words']}{' ' * (marked.end() - marked.end('words'))}"
