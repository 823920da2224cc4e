"""The tagger: who says what, and the grammar of each sentence, in one pass of a small encoder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from tokenizers import Encoding

from factcheck.models.onnx import WEIGHTS, load

#: Word pieces of neighbouring sentences on each side that a window shows beside the sentences it is for.
CONTEXT = 48

Span = tuple[int, int]
_FIGURE = re.compile(r"\d[.,]\d")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence.

    Attributes:
        start, end: where it stands in the text.
        text: its characters.
        role: its part in an attribution, ``B-``/``I-`` with ``source``, ``cue`` or ``content``, or ``O``.
        tag: part of speech (Penn Treebank).
        dependency: its relation to its head (ClearNLP labels).
        head: index of its head in the sentence, its own for the root.
        entity: named entity, BIO-coded (OntoNotes types), or ``O``.
    """

    start: int
    end: int
    text: str
    role: str
    tag: str
    dependency: str
    head: int
    entity: str


@dataclass(frozen=True)
class _Window:
    """A stretch of the text and the numbers of the sentences it is for."""

    start: int
    end: int
    sentences: range


class Tagger:
    """A token classifier over windows of whole sentences."""

    def __init__(self) -> None:
        """Load the shipped model.

        Raises:
            ModelError: see ``OnnxModel``.
        """
        self._model = load(WEIGHTS / "attribution")
        self._labels = {kind: np.array(names) for kind, names in self._model.card["labels"].items()}
        self.name = f"attribution@{self._model.sha256[:12]}"

    def tag(self, text: str, sentences: Sequence[Span]) -> list[list[Word]]:
        """Return the words of each sentence of ``text``; a very long sentence loses those past the window."""
        windows = self._windows(text, sentences)
        marked = _mark_breaks(text, sentences)
        shown = [marked[window.start : window.end] for window in windows]
        encodings = self._model.encode(shown)
        capitals = [_capitals(part, encoding) for part, encoding in zip(shown, encodings, strict=True)]
        result: list[list[Word]] = [[] for _ in sentences]
        outputs = self._model.outputs(encodings, capitals)
        for window, encoding, logits in zip(windows, encodings, outputs, strict=True):
            for number, words in self._read(text, window, encoding, logits, sentences):
                result[number] = words
        return result

    def _windows(self, text: str, sentences: Sequence[Span]) -> list[_Window]:
        """Cut the sentences into windows that leave room for ``CONTEXT`` on both sides."""
        encodings = self._model.encode([text[start:end] for start, end in sentences])
        sizes = [len(encoding.ids) for encoding in encodings]
        room = self._model.card["max_tokens"] - 2
        cores, first, used = [], 0, 0
        for number, size in enumerate(sizes):
            if number > first and used + size > room - 2 * CONTEXT:
                cores.append(range(first, number))
                first, used = number, 0
            used += size
        cores += [range(first, len(sentences))] if sentences else []
        return [self._widen(core, sentences, sizes, room) for core in cores]

    def _widen(self, core: range, sentences: Sequence[Span], sizes: list[int], room: int) -> _Window:
        spare = room - sum(sizes[core.start : core.stop])
        first, last = core.start, core.stop - 1
        before = after = min(CONTEXT, spare // 2)
        while first > 0 and sizes[first - 1] <= before:
            first -= 1
            before -= sizes[first]
        while last + 1 < len(sentences) and sizes[last + 1] <= after:
            last += 1
            after -= sizes[last]
        return _Window(sentences[first][0], sentences[last][1], core)

    def _read(
        self, text: str, window: _Window, encoding: Encoding, logits: np.ndarray, sentences: Sequence[Span]
    ) -> Iterator[tuple[int, list[Word]]]:
        """Yield the number and the words of each sentence that the window is for."""
        offsets = np.array(encoding.offsets) + window.start
        real = np.array(encoding.special_tokens_mask) == 0
        columns = np.cumsum([len(names) for names in self._labels.values()])
        role, tag, dependency, entity = np.split(logits[:, : columns[-1]], columns[:-1], axis=1)
        arcs = logits[:, columns[-1] :]
        inside = tag.argmax(axis=1) == 0
        for number in window.sentences:
            start, end = sentences[number]
            pieces = np.flatnonzero(real & (offsets[:, 0] >= start) & (offsets[:, 1] <= end))
            first = [
                piece
                for place, piece in enumerate(pieces)
                if not place
                or offsets[piece, 0] > offsets[pieces[place - 1], 1]
                or not (inside[piece] or _in_number(text, int(offsets[piece, 0])))
            ]
            if not first:
                continue
            heads = _tree(arcs[np.ix_(first, first)])
            words = []
            for place, (piece, following) in enumerate(pairwise([*first, pieces[-1] + 1])):
                low, high = int(offsets[piece, 0]), int(offsets[following - 1, 1])
                words.append(
                    Word(
                        start=low,
                        end=high,
                        text=text[low:high],
                        role=str(self._labels["role"][role[piece:following].sum(axis=0).argmax()]),
                        tag=str(self._labels["tag"][1 + tag[piece, 1:].argmax()]),
                        dependency=self._relation(dependency[piece], is_root=heads[place] == place),
                        head=heads[place],
                        entity=str(self._labels["entity"][entity[piece].argmax()]),
                    )
                )
            yield number, words

    def _relation(self, scores: np.ndarray, *, is_root: bool) -> str:
        """Return the likeliest relation that agrees with whether the word is the root."""
        if is_root:
            return "ROOT"
        names = self._labels["dependency"]
        return str(names[np.where(names == "ROOT", -np.inf, scores).argmax()])


def _mark_breaks(text: str, sentences: Sequence[Span]) -> str:
    """Write line breaks between sentences as pilcrows, as the model learned them: the tokenizer drops white space."""
    parts, end = [], 0
    for start, stop in sentences:
        parts += [text[end:start].replace("\n", "¶"), text[start:stop].replace("\n", " ")]
        end = stop
    return "".join([*parts, text[end:].replace("\n", "¶")])


def _capitals(text: str, encoding: Encoding) -> list[int]:
    """Return 1 for each piece that begins with a capital letter: the tokenizer drops case, so the model is told."""
    pieces = zip(encoding.offsets, encoding.special_tokens_mask, strict=True)
    return [int(not special and text[start].isupper()) for (start, _), special in pieces]


def _in_number(text: str, place: int) -> bool:
    """Tell whether a character goes on with a figure such as "0.3" or "1,250", or is the mark inside it."""
    return bool(_FIGURE.match(text, max(place - 2, 0), place + 2)) or bool(
        _FIGURE.match(text, max(place - 1, 0), place + 2)
    )


def _tree(arcs: np.ndarray) -> list[int]:
    """Return the head of each word from the scores (words, words) of its possible heads; the root heads itself.

    The best head is taken for each word by itself; a word that does not reach the root hangs from it.
    """
    root = int((arcs.diagonal() - _without_diagonal(arcs).max(axis=1, initial=-np.inf)).argmax())
    heads: list[int] = _without_diagonal(arcs).argmax(axis=1).tolist()
    heads[root] = root
    reaches = {root}
    for word in range(len(heads)):
        path = []
        while word not in reaches and word not in path:
            path.append(word)
            word = heads[word]
        if word not in reaches:
            heads[word] = root
        reaches.update(path)
    return heads


def _without_diagonal(arcs: np.ndarray) -> np.ndarray:
    result = arcs.copy()
    np.fill_diagonal(result, -np.inf)
    return result
