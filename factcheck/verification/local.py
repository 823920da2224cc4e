"""Verification without a chat model: an NLI cross-encoder reads each passage as the premise of each claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import sentencex
from rapidfuzz.utils import default_process

from factcheck.models.nli import CONTRADICTS, NEUTRAL, SUPPORTS, NliModel
from factcheck.records import Claim, Evidence, Passage, Stance

#: A claim and the passages that search returned for it.
Case = tuple[Claim, Sequence[Passage]]
#: Start and end in a passage's text.
Span = tuple[int, int]

STANCES = {SUPPORTS: Stance.SUPPORTS, CONTRADICTS: Stance.CONTRADICTS, NEUTRAL: Stance.NEUTRAL}
#: A stance less probable than this is not shown as evidence.
LEAST = 0.4
#: Citations looked for of each stance, to the claim and to its attribution.
SHOWN = 3
#: A shorter citation may be this much less probable than the whole passage.
SHORTER = 0.1


@dataclass(frozen=True)
class Question:
    """One thing to ask of one passage: does it bear out ``hypothesis``, the claim or that the speaker made it?"""

    case: int
    passage: Passage
    hypothesis: str
    bears_on: Literal["content", "attribution"]


class LocalVerifier:
    """Finds the evidence for claims in passages with the embedded NLI model."""

    def __init__(self, nli: NliModel) -> None:
        self.nli = nli

    def assess(self, cases: Sequence[Case]) -> list[list[Evidence]]:
        """Return for each case the passages that take a stance, most probable first.

        A passage is read as a whole, under its title. Where it takes a stance, its sentences and pairs of
        sentences are read alone, and the shortest that carries the stance is cited; its probability and the
        passage's are averaged, so that a citation which reads the other way on its own weighs little.
        """
        questions = list(_questions(cases))
        whole = self.nli.probabilities([(premise(q.passage, q.passage.text), q.hypothesis) for q in questions])
        stances = whole[:, :NEUTRAL].argmax(axis=1)
        chances = whole[:, :NEUTRAL].max(axis=1)
        taken = _best(questions, stances, np.where(chances >= whole[:, NEUTRAL], chances, 0.0))
        windows = [(i, span) for i in taken for kind in _windows(questions[i].passage.text) for span in kind]
        read = self.nli.probabilities(
            [(premise(p, p.text[start:end]), q.hypothesis) for i, (start, end) in windows for q in [questions[i]] for p in [q.passage]]
        )
        scores: dict[int, dict[Span, float]] = {i: {} for i in taken}
        for (i, span), row in zip(windows, read, strict=True):
            scores[i][span] = float(row[stances[i]])
        found: list[list[Evidence]] = [[] for _ in cases]
        for i in taken:
            found[questions[i].case].append(_cite(questions[i], stances[i], float(chances[i]), scores[i]))
        return [sorted(items, key=lambda item: -item.confidence) for items in found]


def premise(passage: Passage, text: str) -> str:
    """Return what the model reads: text of the passage under its document's title."""
    return f"{passage.source.title}. {text}"


def _questions(cases: Sequence[Case]) -> Iterator[Question]:
    for index, (claim, passages) in enumerate(cases):
        for passage in passages:
            yield Question(index, passage, claim.text, "content")
            # A passage that never names the speaker cannot show that they said it.
            if claim.attribution and claim.attribution_text and _names(claim.attribution.speaker, passage):
                yield Question(index, passage, claim.attribution_text, "attribution")


def _names(speaker: str, passage: Passage) -> bool:
    surname = default_process(speaker).split()[-1:]
    return bool(surname) and surname[0] in default_process(premise(passage, passage.text)).split()


def _best(questions: Sequence[Question], stances: np.ndarray, chances: np.ndarray) -> list[int]:
    """Return the questions whose stance is worth citing: of each case and stance the ``SHOWN`` most probable."""
    best: dict[tuple[int, str, int], list[int]] = defaultdict(list)
    for i in np.argsort(-chances, kind="stable"):
        group = best[questions[i].case, questions[i].bears_on, int(stances[i])]
        if chances[i] >= LEAST and len(group) < SHOWN:
            group.append(int(i))
    return sorted(i for group in best.values() for i in group)


def _windows(text: str) -> list[list[Span]]:
    """Return the spans that may be cited, shortest kind first: sentences, two neighbours, the whole."""
    sentences = []
    for border in sentencex.get_sentence_boundaries("en", text):
        raw = text[border["start_index"] : border["end_index"]]
        start = border["start_index"] + len(raw) - len(raw.lstrip())
        if raw.strip():
            sentences.append((start, start + len(raw.strip())))
    neighbours = [(one[0], two[1]) for one, two in pairwise(sentences)]
    return [sentences, neighbours, [(0, len(text))]]


def _cite(question: Question, stance: int, whole: float, scores: dict[Span, float]) -> Evidence:
    """Cite the best window of the shortest kind that carries the stance about as well as the whole passage does."""
    passage = question.passage
    for kind in _windows(passage.text):
        start, end = max(kind, key=scores.__getitem__)
        if scores[start, end] >= whole - SHORTER:
            break
    return Evidence(
        document=passage.source,
        stance=STANCES[stance],
        confidence=round((whole + scores[start, end]) / 2, 4),
        quote=passage.text[start:end],
        start=passage.start + start,
        end=passage.start + end,
        bears_on=question.bears_on,
    )
