"""How well an NLI model reads evidence: accuracy, calibration, and what it says when the evidence is gone.

    python -m benchmarks.nli --data DIR_WITH_dev_FILES --nli base

Each ``dev_*.jsonl`` (claim, evidence, label) is scored as it is and with the evidence taken away. Claims are
split into two halves by their hash; the temperature was fitted on the first (``training.calibrate``), and
calibration is reported on the second. Results go to ``benchmarks/results/nli-NAME.json``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.metrics import accuracy_score, f1_score

from factcheck.evaluation.metrics import expected_calibration_error
from factcheck.models.nli import DEFAULT, NliModel

LABELS = ("SUPPORTS", "REFUTES", "NEI")
RESULTS = Path(__file__).parent / "results"


def read(path: Path) -> list[dict[str, str]]:
    """Read JSON lines; a title, where there is one, is put in front of the evidence as the engine does."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        if row.get("title"):
            row["evidence"] = f"{row['title']}. {row['evidence']}"
    return rows


def in_second_half(claim: str) -> bool:
    """Tell which half of the claims a claim belongs to; every pair of a claim is in the same half."""
    return hashlib.sha256(claim.encode()).digest()[0] % 2 == 1


def measure(rows: list[dict[str, str]], model: NliModel) -> dict[str, float | int]:
    """Score one data set."""
    gold = np.array([LABELS.index(row["label"]) for row in rows])
    scores = model.probabilities([(row["evidence"], row["claim"]) for row in rows])
    present = sorted(set(gold))
    # A set without NEI asks a two-way question.
    predicted = np.array(present)[scores[:, present].argmax(axis=1)]
    result: dict[str, float | int] = {
        "pairs": len(rows),
        "majority": Counter(gold.tolist()).most_common(1)[0][1] / len(rows),
        "accuracy": accuracy_score(gold, predicted),
        "macro_f1": f1_score(gold, predicted, average="macro"),
    }
    top, stance = scores.max(axis=1), scores.argmax(axis=1)
    second = np.array([in_second_half(row["claim"]) for row in rows])
    result["ece"] = expected_calibration_error(top[second], (stance == gold)[second])
    decided = gold != LABELS.index("NEI")
    bare = model.probabilities([("", row["claim"]) for row, keep in zip(rows, decided, strict=True) if keep])
    result["without_evidence"] = accuracy_score(gold[decided], bare[:, :2].argmax(axis=1))
    result["majority_of_s_r"] = max(np.bincount(gold[decided])) / decided.sum()
    result["without_evidence_confident"] = float((bare[:, :2].max(axis=1) > 0.5).mean())
    for threshold in (0.5, 0.7, 0.8, 0.9):
        given = (stance < 2) & (top >= threshold)
        result[f"precision@{threshold}"] = float((stance == gold)[given].mean()) if given.any() else float("nan")
        result[f"coverage@{threshold}"] = float(given.sum() / decided.sum())
    return {name: round(float(value), 4) for name, value in result.items()}


def by_family(rows: list[dict[str, str]], model: NliModel) -> dict[str, float]:
    """Accuracy on each family of the challenge set, and over all of it."""
    scores = model.probabilities([(row["evidence"], row["claim"]) for row in rows])
    right = [LABELS[i] == row["label"] for i, row in zip(scores.argmax(axis=1), rows, strict=True)]
    families = sorted({row["family"] for row in rows})
    table = {
        f: float(np.mean([ok for ok, row in zip(right, rows, strict=True) if row["family"] == f])) for f in families
    }
    return {name: round(value, 4) for name, value in ({"all": float(np.mean(right))} | table).items()}


def main() -> None:
    """Print the table and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--challenge", type=Path, nargs="*", default=[])
    parser.add_argument("--nli", default=DEFAULT)
    args = parser.parse_args()
    model = NliModel(args.nli)
    sets = {
        path.stem.removeprefix("dev_"): measure(read(path), model) for path in sorted(args.data.glob("dev_*.jsonl"))
    }
    challenge = {path.stem: by_family(read(path), model) for path in args.challenge}
    console = Console(width=160)
    table = Table("set", *next(iter(sets.values())), title=model.name)
    for name, row in sets.items():
        table.add_row(name, *(f"{value:.3f}" if value != row["pairs"] else str(int(value)) for value in row.values()))
    console.print(table)
    for name, row in challenge.items():
        console.print(name, row)
    RESULTS.mkdir(exist_ok=True)
    results = {"model": model.name, "sets": sets, "challenge": challenge}
    (RESULTS / f"nli-{Path(args.nli).name}.json").write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
