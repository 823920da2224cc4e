"""Verification without a chat model: an NLI cross-encoder reads the sentences of the passages nearest to a claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from factcheck.comparison.compare import Comparison, compare
from factcheck.comparison.rankings import ranks
from factcheck.comparison.substitution import corrections
from factcheck.models.encoder import Encoder
from factcheck.models.nli import CONTRADICTS, NEUTRAL, SUPPORTS, NliModel
from factcheck.records import LIKELIER_THAN_NOT, Claim, Difference, Evidence, Passage, Stance
from factcheck.untrusted.crowding import choose
from factcheck.verification.citation import names_speaker
from factcheck.verification.finding import SHOWN
from factcheck.verification.nearness import nearness
from factcheck.verification.quoted_words import find_quoted
from factcheck.verification.windows import Window, texts_compared, windows_around, windows_of

#: A claim and the passages that search returned for it.
Case = tuple[Claim, Sequence[Passage]]

#: Sentences read for each question: the nearest. More of them brought more false stances than true ones.
READ = 6
#: So many of them however far, the others from this nearness on.
ALWAYS, NEAR = 4, 1.17
#: Of those, the nearest are also read together with the sentence before, for facts that are told in two, unless one of
#: the sentences supports by itself, as probably as this.
READ_TOGETHER, SETTLED = 3, 0.7
#: A stance less probable than this is not kept.
LEAST = 0.4

#: Windows of each question that are tried with corrected claims: those that contradict it most.
CORRECTED = 3
#: A correction shows a contradiction where the window contradicts the claim as it stands with at least the first
#: probability, and supports the corrected one with at least the second, which is at least the third more than before.
OPPOSED, BORNE_OUT, LIFT = 0.2, 0.7, 0.3

#: What the reading from claim to evidence weighs in a contradiction; that from evidence to claim has the rest. A
#: logistic regression on 112 contradictions in nine articles gives 0.34.
BACKWARDS = 1 / 3
#: A contradiction that is as probable as the first in the usual direction counts the second at least, too little for a
#: verdict, whatever the other direction: of those in nine articles that were so in one direction only, 9 of 18 were
#: right, and of those from 0.5 to 0.7 7 of 39.
STRONG, DOUBTED = 0.7, 0.6

#: How far arithmetic is trusted to tell the side of a window, where the model does not find it more neutral than this:
#: assumed, for among 4,364 labelled pairs no change or share is worked out.
WORKED_OUT, STRANGE = 0.8, 0.85

STANCES = (Stance.SUPPORTS, Stance.CONTRADICTS)


class Question(NamedTuple):
    """What is asked of the passages of a case: whether the claim is so, or whether its speaker said it."""

    case: int
    hypothesis: str
    bears_on: Literal["content", "attribution"]
    speaker: str = ""


class LocalVerifier:
    """Finds the evidence for claims with the embedded models."""

    def __init__(self, nli: NliModel, encoder: Encoder) -> None:
        self.nli, self.encoder = nli, encoder

    def assess(self, cases: Sequence[Case]) -> list[list[Evidence]]:
        """Return for each case the sentences that take a stance, most probable first."""
        readable = [windows_of(passages, claim.attribution_text or claim.text) for claim, passages in cases]
        questions = list(_questions(cases))
        asked, scores = self._read(questions, self._nearest(questions, readable))
        self._ignore_other_words(cases, asked, scores)
        worked_out = _work_out(asked, scores)
        differences = self._differences(asked, scores) if self.nli.substitution_trust else {}
        for index in differences:
            scores[index] = 0.0
            scores[index, CONTRADICTS] = self.nli.substitution_trust
        first = scores[:, :NEUTRAL].max(axis=1, initial=0)
        self._read_both_ways(asked, scores, besides={*differences, *worked_out})
        found: list[list[Evidence]] = [[] for _ in cases]
        # Of those that are as probable read both ways, the one that was more so at first goes before.
        for index in np.lexsort((-first, -scores[:, :NEUTRAL].max(axis=1, initial=0))).tolist():
            question, window = asked[index]
            stance = int(scores[index].argmax())
            if stance != NEUTRAL and scores[index, stance] >= LEAST:
                item = _evidence(question, window, STANCES[stance], scores[index, stance], differences.get(index))
                _keep(found[question.case], item)
        return found

    def _read(
        self, questions: Sequence[Question], nearest: Sequence[Sequence[tuple[Window, Window]]]
    ) -> tuple[list[tuple[Question, Window]], np.ndarray]:
        """Return what was read for the questions, and the probabilities (windows, 3) of the stances.

        Sentences are read alone first, and with the one before where no sentence settles a question. That somebody said
        something is settled by one that reports it: other words of theirs are nothing against it.
        """
        rows = list(zip(questions, nearest, strict=True))
        first = [(question, window) for question, near in rows for window, _ in near[:1]]
        scores = self._scores(first)
        settled = _settled(first, scores)
        others = [
            (question, window)
            for question, near in rows
            for window, _ in near[1:]
            if question.bears_on == "content" or question not in settled
        ]
        scores = np.concatenate([scores, self._scores(others)])
        settled = _settled([*first, *others], scores)
        together = [
            (question, two)
            for question, near in rows
            for window, two in near[:READ_TOGETHER]
            if two != window and question not in settled
        ]
        return [*first, *others, *together], np.concatenate([scores, self._scores(together)])

    def agreement(self, cited: Sequence[tuple[str, Evidence, Passage]]) -> list[float]:
        """Return how likely it is that each quote takes the stance that is said on a text; the last is its passage.

        A quote is read in its whole sentences, alone and with the sentence before.
        """
        asked = [
            (Question(row, text, item.bears_on), window)
            for row, (text, item, passage) in enumerate(cited)
            for window in windows_around(item, passage, text)
        ]
        likely = [0.0] * len(cited)
        scores = self._scores(asked)
        self._read_both_ways(asked, scores)
        for (question, _), row in zip(asked, scores, strict=True):
            column = STANCES.index(cited[question.case][1].stance)
            likely[question.case] = max(likely[question.case], float(row[column]))
        return likely

    def _scores(self, asked: Sequence[tuple[Question, Window]]) -> np.ndarray:
        """Return the probabilities (windows, 3) of the stances.

        What stands above helps to read the words below it, but cannot be cited: where it takes a stance by itself, a
        window has no more of that stance than its own words have, and is the more neutral. Else a headline could make
        any sentence evidence.
        """
        scores = self.nli.probabilities([(window.premise, question.hypothesis) for question, window in asked])
        likely = np.flatnonzero(scores[:, :NEUTRAL].max(axis=1, initial=0) >= LEAST).tolist()
        headed = [(asked[index][1].above, asked[index][0].hypothesis) for index in likely]
        above = list(dict.fromkeys(headed))
        by_what_is_above = dict(zip(above, self.nli.probabilities(above), strict=True))
        told = [
            i for i, pair in zip(likely, headed, strict=True) if by_what_is_above[pair][scores[i].argmax()] >= LEAST
        ]
        alone = self.nli.probabilities([(asked[index][1].told, asked[index][0].hypothesis) for index in told])
        for index, row in zip(told, alone, strict=True):
            stance = scores[index].argmax()
            beyond = max(0.0, scores[index, stance] - row[stance])
            scores[index, stance] -= beyond
            scores[index, NEUTRAL] += beyond
        return scores

    def _ignore_other_words(
        self, cases: Sequence[Case], asked: Sequence[tuple[Question, Window]], scores: np.ndarray
    ) -> None:
        """Make neutral what contradicts that the speaker said it, but does not tell of anybody who said it.

        Other words of the same speaker, which a model takes for a contradiction, do not show that these were not said;
        the same words in another's mouth do.
        """
        against = [
            index
            for index, (question, _) in enumerate(asked)
            if question.bears_on == "attribution" and scores[index].argmax() == CONTRADICTS
        ]
        said = [f"Somebody said that {cases[asked[index][0].case][0].text}" for index in against]
        read = self.nli.judge([(asked[index][1].premise, text) for index, text in zip(against, said, strict=True)])
        for index, row in zip(against, read, strict=True):
            if row[SUPPORTS] < LIKELIER_THAN_NOT:
                scores[index] = (scores[index, SUPPORTS], 0.0, 1 - scores[index, SUPPORTS])

    def _read_both_ways(
        self, asked: Sequence[tuple[Question, Window]], scores: np.ndarray, besides: Container[int] = ()
    ) -> None:
        """Weigh each contradiction with its reverse: whether the claim, taken for evidence, contradicts the window.

        Contradiction is symmetric. Two facts about one thing, which a model often takes for a contradiction, mostly
        are so in one direction only. What the weighted geometric mean takes away is neutral.
        """
        against = [index for index in np.flatnonzero(scores[:, CONTRADICTS] >= LEAST).tolist() if index not in besides]
        back = self.nli.judge([(asked[index][0].hypothesis, asked[index][1].premise) for index in against])
        for index, reverse in zip(against, back[:, CONTRADICTS], strict=True):
            before = scores[index, CONTRADICTS]
            both = max(before ** (1 - BACKWARDS) * reverse**BACKWARDS, DOUBTED if before >= STRONG else 0.0)
            both = min(before, both)
            scores[index, CONTRADICTS] = both
            scores[index, NEUTRAL] += before - both
        self._read_alone(asked, scores, [index for index in against if scores[index, CONTRADICTS] >= LEAST])

    def _read_alone(self, asked: Sequence[tuple[Question, Window]], scores: np.ndarray, against: Sequence[int]) -> None:
        """Make neutral what contradicts only under what stands above it, while its own words support.

        In 23 articles that was so twice, and was none; "Putin was in Slovenia", under a title on Gates in Russia, would
        contradict that he was out of the country.
        """
        alone = self.nli.judge([(asked[index][1].told, asked[index][0].hypothesis) for index in against])
        for index, row in zip(against, alone, strict=True):
            if row.argmax() == SUPPORTS:
                scores[index] = (scores[index, SUPPORTS], 0.0, 1 - scores[index, SUPPORTS])

    def _differences(self, asked: Sequence[tuple[Question, Window]], scores: np.ndarray) -> dict[int, Difference]:
        """Return, by its place in ``asked``, what a window would have the claim say instead."""
        tried: dict[Question, int] = defaultdict(int)
        corrected: dict[int, dict[str, Difference]] = {}
        for index in np.argsort(-scores[:, CONTRADICTS], kind="stable").tolist():
            question, window = asked[index]
            if scores[index, CONTRADICTS] < OPPOSED or question.bears_on != "content" or tried[question] == CORRECTED:
                continue
            tried[question] += 1
            title = window.passage.source.title
            # What stands in which column of a row, the model cannot tell.
            if not window.is_row and (found := corrections(question.hypothesis, window.quote, title=title)):
                corrected[index] = found
        as_it_is = self.nli.judge([(asked[index][1].premise, asked[index][0].hypothesis) for index in corrected])
        before = {i: row for i, row in zip(corrected, as_it_is, strict=True) if row[CONTRADICTS] >= OPPOSED}
        pairs = [(index, text) for index in before for text in corrected[index]]
        best: dict[int, tuple[float, Difference]] = {}
        read = self.nli.judge([(asked[index][1].premise, text) for index, text in pairs])
        for (index, text), after in zip(pairs, read, strict=True):
            support = float(after[SUPPORTS])
            if is_corrected(before[index], after) and support > best.get(index, (0.0,))[0]:
                best[index] = support, corrected[index][text]
        return {index: difference for index, (_, difference) in best.items()}

    def _nearest(
        self, questions: Sequence[Question], readable: Sequence[Sequence[tuple[Window, Window]]]
    ) -> list[list[tuple[Window, Window]]]:
        """Return for each question the sentences to read, nearest first, each alone and with the one before."""
        texts = texts_compared(pair for windows in readable for pair in windows)
        row = {text: index for index, text in enumerate(texts)}
        vectors = self.encoder.vectors(texts)
        nearest = []
        for question, vector in zip(questions, self.encoder.vectors([q.hypothesis for q in questions]), strict=True):
            windows = readable[question.case]
            # A passage that never names the speaker cannot show that they said it.
            if question.speaker:
                windows = [pair for pair in windows if names_speaker(pair[1].premise, question.speaker)]
            meanings = [window.meaning for window, _ in windows]
            own, of_titles = (
                vectors[[row[text] for text in column]] @ vector
                for column in (meanings, [window.passage.source.title for window, _ in windows])
            )
            near = nearness(own, of_titles, question.hypothesis, meanings)
            ranked = [(float(near[index]), windows[index]) for index in np.argsort(near, kind="stable")[::-1]]
            best = choose(ranked, READ, lambda one: one[1][0].passage.source, lambda one: one[1][0].quote)
            nearest.append([pair for place, (like, pair) in enumerate(best) if place < ALWAYS or like >= NEAR])
        return nearest


def _settled(asked: Sequence[tuple[Question, Window]], scores: np.ndarray) -> set[Question]:
    return {asked[index][0] for index in np.flatnonzero(scores[:, SUPPORTS] >= SETTLED).tolist()}


def _compared(question: Question, window: Window) -> list[Comparison]:
    published = window.passage.source.published
    return compare(question.hypothesis, window.words, evidence_date=published, title=window.above)


def _work_out(asked: Sequence[tuple[Question, Window]], scores: np.ndarray) -> list[int]:
    """Let arithmetic choose the side where a window bears on a claim whose figures follow from the window's, or do not.

    Returns where it did. That £61.3m after £88.7m is a fall of almost a third no model of this size can tell.
    """
    done = []
    for index in np.flatnonzero(scores[:, NEUTRAL] < STRANGE).tolist():
        question, window = asked[index]
        if question.bears_on != "content":
            continue
        told = [comparison.relation for comparison in _compared(question, window) if comparison.worked_out]
        agree = all(relation.agrees for relation in told)
        if told and not (agree and ranks(question.hypothesis)):
            column = SUPPORTS if agree else CONTRADICTS
            scores[index] = 0.0
            scores[index, [column, NEUTRAL]] = WORKED_OUT, 1 - WORKED_OUT
            done.append(index)
    return done


def is_corrected(before: np.ndarray, after: np.ndarray) -> bool:
    """Tell from the probabilities (3,) of a claim as it is and corrected that the correction is what it lacks."""
    lift = after[SUPPORTS] - before[SUPPORTS]
    return bool(before[CONTRADICTS] >= OPPOSED and after[SUPPORTS] >= BORNE_OUT and lift >= LIFT)


def _questions(cases: Sequence[Case]) -> Iterator[Question]:
    for index, (claim, passages) in enumerate(cases):
        if claim.states_fact:
            yield Question(index, claim.text, "content")
        # Where a passage quotes the very words, there is nothing left to ask.
        if claim.attribution and claim.attribution_text and not find_quoted(claim, passages):
            yield Question(index, claim.attribution_text, "attribution", claim.speaker)


def _keep(kept: list[Evidence], new: Evidence) -> None:
    """Add ``new`` unless it overlaps better evidence, or there is enough of its stance.

    The same words cannot speak for and against a claim: read alone and with the sentence before, the likelier counts.
    """
    same = [item for item in kept if item.bears_on == new.bears_on]
    overlaps = any(
        item.document.id == new.document.id and item.start < new.end and new.start < item.end for item in same
    )
    if not overlaps and sum(item.stance == new.stance for item in same) < SHOWN:
        kept.append(new)


def _evidence(
    question: Question, window: Window, stance: Stance, probability: float, difference: Difference | None
) -> Evidence:
    return Evidence(
        document=window.passage.source,
        stance=stance,
        confidence=round(float(probability), 4),
        quote=window.quote,
        start=window.start,
        end=window.end,
        page=window.passage.page_at(window.start),
        bears_on=question.bears_on,
        differences=(difference,) if difference else (),
    )
