"""What is read of a passage at a time: one sentence, or two, with what they stand under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from factcheck.layout import Laid
from factcheck.records import Evidence, Passage
from factcheck.segmentation import ROW
from factcheck.verification.dating import dated_sentences, days_told, names_a_day, told_on


class Window(NamedTuple):
    """A sentence of a passage, or two, by their place in the document's text.

    ``words`` are theirs with the dates written out, ``under`` is the heading or the line above a list or a table that
    they stand under, and ``day`` that of which their document tells, where it matters.
    """

    passage: Passage
    start: int
    end: int
    words: str
    under: str
    day: str

    @property
    def quote(self) -> str:
        """The window's own words."""
        return self.passage.text[self.start - self.passage.start : self.end - self.passage.start]

    @property
    def is_row(self) -> bool:
        """Whether it is of a table."""
        return ROW.match(self.quote) is not None

    @property
    def meaning(self) -> str:
        """What is compared with a claim before anything is read."""
        return f"{self.under} {self.words}" if self.under else self.words

    @property
    def told(self) -> str:
        """What is told, and on which day."""
        return told_on(self.day, self.words)

    @property
    def above(self) -> str:
        """What stands above it, the document's title first."""
        title = self.passage.source.title
        return " ".join(part for part in (f"{title}." if title else "", self.under) if part)

    @property
    def premise(self) -> str:
        """What the models read: what is told under what stands above it."""
        return f"{self.above} {self.told}" if self.above else self.told


def windows_of(passages: Sequence[Passage], hypothesis: str) -> list[tuple[Window, Window]]:
    """Return each sentence of the passages once, alone and together with the one before it."""
    found: dict[tuple[str, int, int], tuple[Window, Window]] = {}
    days = days_told(passages) if names_a_day(hypothesis) else {}
    for passage in passages:
        sentences, day = dated_sentences(passage), days.get(passage.source.id, "")
        alone = [_window(passage, [sentence], day) for sentence in sentences]
        if alone:
            found.setdefault((passage.source.id, alone[0].start, alone[0].end), (alone[0], alone[0]))
        for window, two in zip(alone[1:], pairwise(sentences), strict=True):
            both = _window(passage, two, day) if two[0].under == two[1].under else window
            found[passage.source.id, window.start, window.end] = (window, both)
    return list(found.values())


def texts_compared(windows: Iterable[tuple[Window, Window]]) -> list[str]:
    """Return, each once, the texts whose likeness to a claim says how near the windows are to it."""
    return list(dict.fromkeys(text for window, _ in windows for text in (window.meaning, window.passage.source.title)))


def _window(passage: Passage, sentences: Sequence[Laid], day: str) -> Window:
    """Join neighbouring sentences, under what stands above the last."""
    words = " ".join(sentence.words for sentence in sentences)
    start, end = passage.start + sentences[0].start, passage.start + sentences[-1].end
    return Window(passage, start, end, words, sentences[-1].under, day)


def windows_around(item: Evidence, passage: Passage, hypothesis: str) -> list[Window]:
    """Return the sentences that a quote stands in, alone and with the one before; none where it is only a heading."""
    sentences, days = dated_sentences(passage), days_told([passage]) if names_a_day(hypothesis) else {}
    day = days.get(passage.source.id, "")
    low, high = item.start - passage.start, item.end - passage.start
    held = [place for place, sentence in enumerate(sentences) if sentence.start < high and low < sentence.end]
    if not held:
        return []
    first, end = held[0], held[-1] + 1
    return [_window(passage, sentences[place:end], day) for place in dict.fromkeys((first, max(0, first - 1)))]
