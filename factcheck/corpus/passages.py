"""Splitting a document into passages of a few sentences, small enough that one vector can stand for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.layout import find_above
from factcheck.segmentation import paragraphs, sentences

#: A passage is closed before it would exceed ``MAX_WORDS``, and at the end of a paragraph from ``ENOUGH_WORDS`` on.
MAX_WORDS = 90
#: Characters that count as a word: a few words may be as long as a book.
_LONG_WORD = 50
ENOUGH_WORDS = 45
_HEADING = re.compile(
    r"^ {0,3}(?P<level>#{1,6})[ \t]+(?P<hashed>.*)$|^(?P<underlined>\S.*)\n *(?P<line>[=-])(?P=line){2,}[ \t]*$",
    re.MULTILINE,
)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Span:
    """Where a passage stands in its document's text, and the headings and the like above it; see ``layout.lay_out``."""

    start: int
    end: int
    above: str = ""


@dataclass(frozen=True)
class _Sentence:
    start: int
    end: int
    words: int
    opens_paragraph: bool


def split_passages(text: str) -> list[Span]:
    """Split along sentence borders; neighbours share a sentence, and no passage runs over a heading."""
    return [span for section in _sections(text) for span in _split_section(text, *section)]


def _split_section(text: str, heading: str, start: int, end: int) -> Iterator[Span]:
    packed = list(_pack(list(_sentences(text, start, end))))
    above = find_above(text[start:end], [first - start for first, _ in packed], heading)
    for (first, last), under in zip(packed, above, strict=True):
        yield Span(first, last, under)


def _sections(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (heading, start, end) of the text under each heading, the heading itself left out.

    A first-level heading that comes first is the document's title, which stands above all of it.
    """
    heading, start = "", 0
    for number, match in enumerate(_HEADING.finditer(text)):
        yield heading, start, match.start()
        words, start = " ".join((match["hashed"] or match["underlined"] or "").strip("# \t").split()), match.end()
        heading = "" if number == 0 and (match["level"] or match["line"]) in "#=" else words
    yield heading, start, len(text)


def _sentences(text: str, start: int, end: int) -> Iterator[_Sentence]:
    """Yield the sentences of a section without the white space around them, cut at ``MAX_WORDS`` words."""
    for paragraph in paragraphs(text, start, end):
        opens = True
        for sentence in sentences(text, *paragraph):
            words = list(_WORD.finditer(text, *sentence))
            for first in range(0, len(words), MAX_WORDS):
                some = words[first : first + MAX_WORDS]
                start, end = some[0].start(), some[-1].end()
                told = sum(any(map(str.isalnum, word[0])) for word in some)  # the bars of a table are no words
                yield _Sentence(start, end, max(told, (end - start) // _LONG_WORD), opens)
                opens = False


def _pack(sentences: list[_Sentence]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of runs of sentences, each run beginning with the last sentence of the one before."""
    first = 0
    while first < len(sentences):
        last, words = first, sentences[first].words
        while last + 1 < len(sentences):
            following = sentences[last + 1]
            if words + following.words > MAX_WORDS or (words >= ENOUGH_WORDS and following.opens_paragraph):
                break
            last, words = last + 1, words + following.words
        yield sentences[first].start, sentences[last].end
        if last + 1 == len(sentences):
            break
        shares = last > first and sentences[last].words + sentences[last + 1].words <= MAX_WORDS
        first = last if shares else last + 1
