"""Fit what ``model.json`` says of a shipped NLI model's certainty, on the first half of the development claims.

``temperature`` divides its logits (Guo et al., 2017). With ``--substitution``, ``substitution_trust`` is how often a
claim is wrong where exchanging a figure, date or name for one of the evidence makes the model find it supported.

python -m training.calibrate --weights factcheck/models/weights/nli-base --data DIR_WITH_dev_FILES
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

from benchmarks.nli import LABELS, in_second_half, read
from factcheck.comparison.substitution import corrections
from factcheck.models.nli import CONTRADICTS, NliModel
from factcheck.verification.local import OPPOSED, is_corrected
from training.sums import write_sums


def fit_temperature(log_probabilities: np.ndarray, gold: np.ndarray, weights: np.ndarray) -> float:
    """Return the temperature with the least weighted log loss; log probabilities (n, 3) are taken at temperature 1."""

    def loss(temperature: float) -> float:
        scaled = log_softmax(log_probabilities / temperature, axis=1)
        return float(-(weights * scaled[np.arange(len(gold)), gold]).sum() / weights.sum())

    return float(minimize_scalar(loss, bounds=(0.3, 5.0), method="bounded").x)


def substitution_trust(model: NliModel, rows: list[dict[str, str]]) -> tuple[int, int]:
    """Return how many ``rows`` a correction shows to be contradicted, and how many of those are labelled so."""
    before = model.judge([(row["evidence"], row["claim"]) for row in rows])
    shown = right = 0
    for row, probabilities in zip(rows, before, strict=True):
        corrected = corrections(row["claim"], row["evidence"]) if probabilities[CONTRADICTS] >= OPPOSED else {}
        after = model.judge([(row["evidence"], text) for text in corrected])
        if any(is_corrected(probabilities, its) for its in after):
            shown += 1
            right += row["label"] == "REFUTES"
    return shown, right


def main() -> None:
    """Write ``temperature`` into the weights' ``model.json``; each data set weighs the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--substitution", action="store_true")
    args = parser.parse_args()
    card_file = args.weights / "model.json"
    card = json.loads(card_file.read_text()) | {"temperature": 1.0}
    card_file.write_text(json.dumps(card, indent=2) + "\n")
    write_sums(card_file.parent)
    model = NliModel(str(args.weights))
    scores, gold, weights, every = [], [], [], []
    for path in sorted(args.data.glob("dev_*.jsonl")):
        rows = [row for row in read(path) if not in_second_half(row["claim"])]
        scores.append(np.log(model.probabilities([(row["evidence"], row["claim"]) for row in rows]) + 1e-12))
        gold += [LABELS.index(row["label"]) for row in rows]
        weights += [1 / len(rows)] * len(rows)
        every += rows
    card["temperature"] = round(fit_temperature(np.vstack(scores), np.array(gold), np.array(weights)), 3)
    card_file.write_text(json.dumps(card, indent=2) + "\n")
    write_sums(card_file.parent)
    if args.substitution:
        shown, right = substitution_trust(NliModel(str(args.weights)), every)
        print(f"{right} of {shown} corrected claims are refuted")
        card["substitution_trust"] = round(right / shown, 3) if shown else 0.0
        card_file.write_text(json.dumps(card, indent=2) + "\n")
        write_sums(card_file.parent)
    print(f"temperature {card['temperature']}")


if __name__ == "__main__":
    main()
