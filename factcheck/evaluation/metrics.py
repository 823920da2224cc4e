"""Figures for labels, probabilities, rankings and spans, from scikit-learn and SciPy where those have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.stats import binomtest, bootstrap
from sklearn.metrics import (
    accuracy_score,
    average_precision_score,
    brier_score_loss,
    confusion_matrix,
    f1_score,
    precision_recall_fscore_support,
    recall_score,
    roc_auc_score,
)

#: Confidences at which coverage is held against accuracy.
THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
#: Places of a ranking that recall is counted at.
PLACES = (1, 5, 10)
#: Words of two spans overlap enough to be the same claim from this F1 on.
LEAST_OVERLAP = 0.5
SEED = 0


def macro_f1(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """Return the mean F1 of the classes that occur in ``gold``; another answer is simply wrong."""
    return float(f1_score(gold, predicted, labels=sorted(set(gold)), average="macro", zero_division=0))


def classification(gold: Sequence[str], predicted: Sequence[str], false: str = "refuted") -> dict[str, Any]:
    """Return the figures for labels; ``false`` is the label whose recall is that on false claims.

    Balanced accuracy is the mean recall of the classes in ``gold`` (Brodersen et al., 2010). In ``confusion``, rows
    are gold labels and columns predictions, both in the order of its ``labels``.
    """
    classes, every = sorted(set(gold)), sorted({*gold, *predicted})
    rows = zip(
        classes,
        *precision_recall_fscore_support(gold, predicted, labels=classes, zero_division=0),
        strict=True,
    )
    per_class = {
        name: {"precision": float(precision), "recall": float(recall), "f1": float(f1), "count": int(count)}
        for name, precision, recall, f1, count in rows
    }
    return {
        "count": len(gold),
        "accuracy": float(accuracy_score(gold, predicted)),
        "macro_f1": macro_f1(gold, predicted),
        "balanced_accuracy": float(recall_score(gold, predicted, labels=classes, average="macro", zero_division=0)),
        "recall_on_false_claims": per_class[false]["recall"] if false in per_class else None,
        "per_class": per_class,
        "confusion": {"labels": every, "rows": confusion_matrix(gold, predicted, labels=every).tolist()},
    }


def abstention(right: np.ndarray, confidence: np.ndarray, answered: np.ndarray) -> list[dict[str, float | None]]:
    """Return coverage against accuracy: a few points of the risk-coverage curve (El-Yaniv & Wiener, 2010).

    Coverage is the share of items that got an answer of at least that confidence, accuracy how many of those are right.
    """
    curve: list[dict[str, float | None]] = []
    for least in THRESHOLDS:
        given = answered & (confidence >= least)
        accuracy = float(right[given].mean()) if given.any() else None
        curve.append({"confidence": least, "coverage": float(given.mean()), "accuracy": accuracy})
    return curve


def reliability(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> list[dict[str, float]]:
    """Return the bins of a reliability plot: of equally wide ones, those that hold any item."""
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        {
            "from": b / bins,
            "to": (b + 1) / bins,
            "count": int((index == b).sum()),
            "confidence": float(confidence[index == b].mean()),
            "accuracy": float(right[index == b].mean()),
        }
        for b in sorted(set(index.tolist()))
    ]


def expected_calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """ECE over equally wide bins (Naeini et al., 2015): mean gap of confidence and accuracy, weighted by bin size."""
    rows = reliability(confidence, right, bins)
    return float(sum(abs(row["confidence"] - row["accuracy"]) * row["count"] for row in rows) / len(confidence))


def calibration(confidence: np.ndarray, right: np.ndarray) -> dict[str, Any]:
    """Return ECE, the Brier score of "this verdict is right" (Brier, 1950) and the bins of the reliability plot."""
    return {
        "ece": expected_calibration_error(confidence, right),
        "brier": float(brier_score_loss(right.astype(int), confidence, labels=[0, 1])),
        "bins": reliability(confidence, right),
    }


def scores(gold: np.ndarray, score: np.ndarray) -> dict[str, float | None]:
    """Return average precision and the area under the ROC curve of scores for a yes-or-no label.

    Both are None where all labels are the same.
    """
    both = 0 < gold.sum() < len(gold)
    return {
        "average_precision": float(average_precision_score(gold, score)) if both else None,
        "roc_auc": float(roc_auc_score(gold, score)) if both else None,
    }


def reciprocal_rank(ranking: Sequence[str], relevant: set[str] | frozenset[str]) -> float:
    """Return one over the place of the first relevant item, 0 without one."""
    return next((1 / place for place, name in enumerate(ranking, 1) if name in relevant), 0.0)


def recall_at(k: int, ranking: Sequence[str], relevant: set[str] | frozenset[str]) -> float:
    """Return the share of the relevant items among the first ``k``."""
    return len(relevant.intersection(ranking[:k])) / len(relevant)


def words_of(text: str, start: int, end: int) -> set[int]:
    """Return where the words of a span of ``text`` begin."""
    return {match.start() for match in re.finditer(r"\w+", text) if start <= match.start() < end}


def word_overlap(found: set[int], gold: set[int], every: set[int]) -> tuple[list[bool], list[bool]]:
    """Return for ``every`` word of a text whether it is in the gold spans, and whether in those found."""
    ordered = sorted(every)
    return [word in gold for word in ordered], [word in found for word in ordered]


def pair_spans(found: Sequence[set[int]], gold: Sequence[set[int]]) -> list[tuple[int, int]]:
    """Pair spans, given as sets of words, one to one, those that overlap most first; ``LEAST_OVERLAP`` is needed.

    Returns indices into ``found`` and ``gold``.
    """
    scored = sorted(
        (
            (2 * len(one & other) / (len(one) + len(other)), -i, -j)
            for i, one in enumerate(found)
            for j, other in enumerate(gold)
            if one & other
        ),
        reverse=True,
    )
    taken: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for score, i, j in scored:
        if score >= LEAST_OVERLAP and -i not in taken[0] and -j not in taken[1]:
            taken[0].add(-i)
            taken[1].add(-j)
            pairs.append((-i, -j))
    return sorted(pairs)


def interval(
    statistic: Callable[..., Any], *samples: Sequence[Any] | np.ndarray, resamples: int
) -> tuple[float, float] | None:
    """Return the 95 % percentile bootstrap interval (Efron, 1979) of a statistic over paired samples.

    None for fewer than two items. ``statistic`` takes one array for each sample.
    """
    if len(samples[0]) < 2:
        return None
    vectorised = statistic is np.mean
    # Labels are resampled by index: SciPy takes numbers only.
    arrays = [np.asarray(sample) for sample in samples]
    if vectorised:
        drawn, of = (arrays[0].astype(float),), statistic
    else:
        drawn, of = (np.arange(len(arrays[0])),), lambda rows: statistic(*(array[rows] for array in arrays))
    found = bootstrap(
        drawn,
        of,
        n_resamples=resamples,
        vectorized=vectorised,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(found.low), float(found.high)


def mcnemar(first: np.ndarray, second: np.ndarray) -> dict[str, float | int]:
    """Return McNemar's test (1947) in its exact form: a binomial test of the items that only one gets right.

    ``first`` and ``second`` are arrays of truth values over the same items; ``p`` is two-sided.
    """
    only_first, only_second = int((first & ~second).sum()), int((second & ~first).sum())
    differ = only_first + only_second
    p = float(binomtest(only_first, differ, 0.5).pvalue) if differ else 1.0
    return {"only_first_right": only_first, "only_second_right": only_second, "p": p}
