"""The five tasks: what is asked of an engine or an index for each labelled item, and what comes out of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import numpy as np
from sklearn.metrics import precision_recall_fscore_support

from factcheck.corpus.index import CorpusIndex, Server, open_index
from factcheck.engines import make_engine
from factcheck.errors import InputError
from factcheck.evaluation import metrics
from factcheck.evaluation.dataset import Dataset, LabelledClaim, MarkedArticle, Text
from factcheck.pipeline import Case, Engine, find_passages
from factcheck.progress import Progress
from factcheck.records import Article, Claim, Finding, Passage, Verdict
from factcheck.settings import Settings

#: Search counts as successful where a relevant document is among so many.
FOUND_WITHIN = 10
#: What stands for a verdict where extraction did not find the claim.
NOT_EXTRACTED = "not_extracted"
_POOL = "pool"


class Task(StrEnum):
    """What is measured; see ``docs/evaluation.md``."""

    VERIFY = "verify"
    RETRIEVE = "retrieve"
    EXTRACT = "extract"
    CHECK_WORTHINESS = "check-worthiness"
    END_TO_END = "end-to-end"


@dataclass(frozen=True)
class Item:
    """One thing that was asked: what people say, what the tool says, and how sure it is (0 to 1)."""

    id: str
    text: str
    gold: str
    predicted: str
    confidence: float
    told: str = ""

    @property
    def right(self) -> bool:
        """Whether both say the same."""
        return self.gold == self.predicted


@dataclass(frozen=True)
class Outcome:
    """The items of a run and the figures over them; ``skipped`` items had nothing to be asked about.

    ``intervals`` holds 95 % bootstrap intervals by the name of the figure.
    """

    items: tuple[Item, ...]
    figures: dict[str, Any]
    intervals: dict[str, tuple[float, float] | None]
    skipped: int = 0


class Workbench:
    """An engine and something to search, each made when a task first asks for it.

    What is searched are the documents that the data set brings along or, with ``own_corpus`` and where it brings
    none, the corpus of the settings. Its store gets an index and the answer cache, and no claim to remember.
    """

    def __init__(self, settings: Settings, dataset: Dataset, *, own_corpus: bool, progress: Progress) -> None:
        self.settings, self.progress = settings, progress
        self._pool: Sequence[Text] = () if own_corpus else dataset.documents
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @cached_property
    def engine(self) -> Engine:
        """The engine that the settings choose."""
        return make_engine(self.settings)

    @property
    def model(self) -> str | None:
        """The engine's models with their digests, if it was asked anything."""
        return self.engine.tool.model if "engine" in self.__dict__ else None

    @cached_property
    def index(self) -> CorpusIndex:
        """The index of what is searched, up to date."""
        if not self._pool:
            index = self._open.enter_context(open_index(self.settings.store, Server.of(self.settings)))
            index.sync(self.settings.corpus, self.progress)
            return index
        folder = Path(self._open.enter_context(TemporaryDirectory(prefix="factcheck-eval-")))
        (folder / "corpus").mkdir()
        rows = [{"id": number, "title": text.title, "text": text.text} for number, text in enumerate(self._pool)]
        lines = "".join(json.dumps(row) + "\n" for row in rows if str(row["text"]).strip())
        (folder / "corpus" / f"{_POOL}.jsonl").write_text(lines, encoding="utf-8")
        index = self._open.enter_context(open_index(folder / "store"))
        index.sync(folder / "corpus", self.progress)
        return index

    def document_id(self, passage: Passage) -> str:
        """Return the id that the data set gives the document of a passage."""
        number = passage.source.id.removeprefix(f"{_POOL}/")
        return self._pool[int(number)].id if self._pool else passage.source.id


def evaluate(task: Task, dataset: Dataset, bench: Workbench, resamples: int) -> Outcome:
    """Do a task on a data set.

    Raises:
        InputError: the data set has no labels for this task.
        FactcheckError: the engine or the corpus cannot be used.
    """
    outcome = TASKS[task](dataset, bench, resamples)
    if not outcome.items:
        raise InputError(f"the {dataset.form} data has nothing to {task} with; docs/evaluation.md says what it takes")
    return outcome


def verify(dataset: Dataset, bench: Workbench, resamples: int) -> Outcome:
    """Judge claims by the evidence that the data set gives; claims without any are skipped."""
    chosen = [claim for claim in dataset.claims if claim.verdict and claim.passages]
    cases = [(_claim(str(number), claim.text), claim.passages) for number, claim in enumerate(chosen)]
    findings = _findings(cases, [claim.date for claim in chosen], bench)
    return _judged(chosen, findings, resamples, skipped=len(dataset.claims) - len(chosen))


def end_to_end(dataset: Dataset, bench: Workbench, resamples: int) -> Outcome:
    """Judge claims by what search brings up; of articles, find the claims first."""
    if dataset.articles:
        return _whole_articles(dataset.articles, bench, resamples)
    chosen = [claim for claim in dataset.claims if claim.verdict]
    claims = [_claim(str(number), claim.text) for number, claim in enumerate(chosen)]
    cases = find_passages(claims, bench.index, bench.settings.passages, bench.settings.as_of) if claims else []
    findings = _findings(cases, [claim.date for claim in chosen], bench)
    return _judged(chosen, findings, resamples, skipped=len(dataset.claims) - len(chosen))


def retrieve(dataset: Dataset, bench: Workbench, resamples: int) -> Outcome:
    """Search for each claim that has relevant documents, and count where in the ranking those are."""
    chosen = [claim for claim in dataset.claims if claim.relevant]
    if not chosen:
        return Outcome((), {}, {})
    limit = 4 * max(metrics.PLACES)  # several passages of one document count once
    rankings = [
        list(dict.fromkeys(bench.document_id(passage) for passage in passages))
        for passages in bench.index.search([claim.text for claim in chosen], limit, bench.settings.as_of)
    ]
    ranked = [(ranking, claim.relevant) for ranking, claim in zip(rankings, chosen, strict=True)]
    values = {
        f"recall@{k}": np.array([metrics.recall_at(k, ranking, relevant) for ranking, relevant in ranked])
        for k in metrics.PLACES
    }
    values["mrr"] = np.array([metrics.reciprocal_rank(ranking, relevant) for ranking, relevant in ranked])
    items = tuple(
        Item(
            id=claim.id,
            text=claim.text,
            gold="found",
            predicted="missed" if claim.relevant.isdisjoint(ranking[:FOUND_WITHIN]) else "found",
            confidence=0.0,
            told=f"wanted {', '.join(sorted(claim.relevant))}; first came {', '.join(ranking[:3])}",
        )
        for claim, (ranking, _) in zip(chosen, ranked, strict=True)
    )
    return Outcome(
        items,
        {"count": len(chosen)} | {name: float(value.mean()) for name, value in values.items()},
        {name: metrics.interval(np.mean, value, resamples=resamples) for name, value in values.items()},
        skipped=len(dataset.claims) - len(chosen),
    )


def extract(dataset: Dataset, bench: Workbench, resamples: int) -> Outcome:
    """Find the claims of articles, and hold their spans against those that were marked."""
    return _spans(dataset.articles, [_extracted(marked, bench) for marked in dataset.articles], resamples)


def check_worthiness(dataset: Dataset, bench: Workbench, resamples: int) -> Outcome:
    """Extract from each sentence alone: its score is that of its most check-worthy claim, 0 without a claim."""
    items = []
    with bench.progress("Scoring sentences", len(dataset.sentences)) as advance:
        for sentence in dataset.sentences:
            found = bench.engine.extract(Article.from_text(sentence.text))
            score = max((claim.check_worthiness for claim in found.claims), default=0.0)
            reason = "; ".join(item.reason for item in found.not_checked)
            names = ("not worth checking", "check-worthy")
            gold, predicted = names[sentence.check_worthy], names[bool(found.claims)]
            items.append(Item(sentence.id, sentence.text, gold, predicted, score, reason))
            advance(1)
    if not items:
        return Outcome((), {}, {})
    labels, predictions = [item.gold for item in items], [item.predicted for item in items]
    figures = metrics.classification(labels, predictions)
    worthy = np.array([sentence.check_worthy for sentence in dataset.sentences])
    figures |= metrics.scores(worthy, np.array([item.confidence for item in items]))
    return Outcome(tuple(items), figures, _label_intervals(labels, predictions, resamples))


TASKS: dict[Task, Callable[[Dataset, Workbench, int], Outcome]] = {
    Task.VERIFY: verify,
    Task.RETRIEVE: retrieve,
    Task.EXTRACT: extract,
    Task.CHECK_WORTHINESS: check_worthiness,
    Task.END_TO_END: end_to_end,
}


def compare(first: Outcome, second: Outcome, resamples: int) -> dict[str, Any]:
    """Return McNemar's exact test between two runs over the same items, and their difference in accuracy."""
    ours, theirs = ([item for item in outcome.items if item.gold] for outcome in (first, second))
    if [item.id for item in ours] != [item.id for item in theirs]:
        raise InputError("the two runs were not asked the same items, so they cannot be compared")
    right, theirs_right = (np.array([item.right for item in items]) for items in (ours, theirs))
    difference = right.astype(float) - theirs_right
    return metrics.mcnemar(right, theirs_right) | {
        "difference": float(difference.mean()),
        "interval": metrics.interval(np.mean, difference, resamples=resamples),
    }


def _claim(name: str, text: str) -> Claim:
    return Claim(id=name, text=text, quote=text, start=0, end=len(text), line=1, check_worthiness=1.0)


def _findings(cases: Sequence[Case], days: Sequence[date | None], bench: Workbench) -> list[Finding]:
    """Verify claims in the order given; those of one day go together, since an engine takes one date at a time."""
    together: dict[date | None, list[Case]] = defaultdict(list)
    for case, day in zip(cases, days, strict=True):
        together[day].append(case)
    findings = {}
    with bench.progress("Verifying claims", len(cases)) as advance:
        for day, some in together.items():
            for finding in bench.engine.verify(some, Article.from_text("", path="evaluation", date=day)):
                findings[finding.claim.id] = finding
                advance(1)
    return [findings[claim.id] for claim, _ in cases]


def _judged(chosen: Sequence[LabelledClaim], findings: Sequence[Finding], resamples: int, skipped: int) -> Outcome:
    items = tuple(
        Item(claim.id, claim.text, str(claim.verdict), str(f.verdict), f.confidence, f.rationale)
        for claim, f in zip(chosen, findings, strict=True)
    )
    return Outcome(items, *_verdict_figures(items, resamples), skipped)


def _verdict_figures(
    items: Sequence[Item], resamples: int
) -> tuple[dict[str, Any], dict[str, tuple[float, float] | None]]:
    """Return the figures for verdicts; calibration is over the verdicts that a report shows with a confidence."""
    if not items:
        return {}, {}
    gold, predicted = [item.gold for item in items], [item.predicted for item in items]
    silent = {Verdict.NOT_ENOUGH_EVIDENCE, Verdict.UNCHECKED, NOT_EXTRACTED}
    answered = np.array([item.predicted not in silent for item in items])
    right = np.array([item.right for item in items])
    confidence = np.array([item.confidence for item in items])
    figures = metrics.classification(gold, predicted) | {
        "unchecked": predicted.count(Verdict.UNCHECKED),
        "abstention": metrics.abstention(right, confidence, answered),
        "calibration": metrics.calibration(confidence[answered], right[answered]) if answered.any() else None,
    }
    intervals = _label_intervals(gold, predicted, resamples)
    caught = right[np.array([name == Verdict.REFUTED for name in gold])]
    intervals["recall_on_false_claims"] = metrics.interval(np.mean, caught, resamples=resamples)
    return figures, intervals


def _label_intervals(
    gold: Sequence[str], predicted: Sequence[str], resamples: int
) -> dict[str, tuple[float, float] | None]:
    right = np.array(gold) == np.array(predicted)
    return {
        "accuracy": metrics.interval(np.mean, right, resamples=resamples),
        "macro_f1": metrics.interval(metrics.macro_f1, gold, predicted, resamples=resamples),
    }


def _extracted(marked: MarkedArticle, bench: Workbench) -> list[Claim]:
    with bench.progress(f"Extracting {marked.id}", 1) as advance:
        claims = list(bench.engine.extract(marked.article).claims)
        advance(1)
    return claims


def _pairs(marked: MarkedArticle, claims: Sequence[Claim]) -> list[tuple[int, int]]:
    text = marked.article.text
    return metrics.pair_spans(
        [metrics.words_of(text, claim.start, claim.end) for claim in claims],
        [metrics.words_of(text, span.start, span.end) for span in marked.spans],
    )


def _spans(articles: Sequence[MarkedArticle], found: Sequence[Sequence[Claim]], resamples: int) -> Outcome:
    """Compare spans claim by claim and word by word; items are the marked claims, then those nobody marked.

    What somebody said that states no fact is no claim here.
    """
    if not articles:
        return Outcome((), {}, {})
    items: list[Item] = []
    extra: list[Item] = []
    precise: list[bool] = []
    words: tuple[list[bool], list[bool]] = [], []
    for marked, extracted in zip(articles, found, strict=True):
        text, claims = marked.article.text, [claim for claim in extracted if claim.states_fact]
        pairs = _pairs(marked, claims)
        matched, hit = {i for i, _ in pairs}, {j for _, j in pairs}
        for j, span in enumerate(marked.spans):
            predicted = "found" if j in hit else "missed"
            items.append(Item(f"{marked.id}:{span.start}", text[span.start : span.end], "found", predicted, 0.0))
        for i, claim in enumerate(claims):
            precise.append(i in matched)
            if i not in matched:
                extra.append(Item(f"{marked.id}:{claim.start}", claim.quote, "", "extra", claim.check_worthiness))
        gold = set().union(*(metrics.words_of(text, span.start, span.end) for span in marked.spans))
        ours = set().union(*(metrics.words_of(text, claim.start, claim.end) for claim in claims))
        for side, values in zip(
            words, metrics.word_overlap(ours, gold, metrics.words_of(text, 0, len(text))), strict=True
        ):
            side.extend(values)
    recalled = [item.right for item in items]
    word_precision, word_recall, word_f1, _ = precision_recall_fscore_support(*words, average="binary", zero_division=0)
    figures = {
        "count": len(recalled),
        "claims": len(precise),
        "recall": float(np.mean(recalled)) if recalled else None,
        "precision": float(np.mean(precise)) if precise else None,
        "word_precision": float(word_precision),
        "word_recall": float(word_recall),
        "word_f1": float(word_f1),
    }
    intervals = {
        "recall": metrics.interval(np.mean, recalled, resamples=resamples),
        "precision": metrics.interval(np.mean, precise, resamples=resamples),
    }
    return Outcome((*items, *extra), figures, intervals)


def _whole_articles(articles: Sequence[MarkedArticle], bench: Workbench, resamples: int) -> Outcome:
    found = [_extracted(marked, bench) for marked in articles]
    items: list[Item] = []
    for marked, claims in zip(articles, found, strict=True):
        cases = find_passages(claims, bench.index, bench.settings.passages, bench.settings.as_of)
        findings = _findings(cases, [marked.article.date] * len(cases), bench)
        ours = {j: findings[i] for i, j in _pairs(marked, claims)}
        for j, span in enumerate(marked.spans):
            if span.verdict:
                name, text = f"{marked.id}:{span.start}", marked.article.text[span.start : span.end]
                finding = ours.get(j)
                said = (
                    (str(finding.verdict), finding.confidence, finding.rationale) if finding else (NOT_EXTRACTED, 0.0)
                )
                items.append(Item(name, text, str(span.verdict), *said))
    figures, intervals = _verdict_figures(items, resamples)
    spans = _spans(articles, found, resamples)
    return Outcome(
        tuple(items),
        figures | {"extraction": spans.figures} if items else {},
        intervals | {f"extraction {name}": value for name, value in spans.intervals.items()},
        skipped=sum(span.verdict is None for marked in articles for span in marked.spans),
    )
