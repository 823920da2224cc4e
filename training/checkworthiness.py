"""Train check-worthiness and opinion: logistic regressions over sentence vectors and surface features.

Sentences of debates and of news are longer than the statements that claims are made of, so the opinion model also learns
from ``written/statements.tsv``: short statements of our own, of facts (0) and of opinions, feelings and figures of speech (1).

The strength of regularisation is chosen by cross-validation on the training part; the dev files are only measured
on, beside two baselines: the majority's answer, and a logistic regression on the length alone.

    python -m training.checkworthiness --data DIR --out ../factcheck/models/weights/checkworthiness
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegressionCV
from sklearn.metrics import average_precision_score, f1_score
from sklearn.preprocessing import StandardScaler

from factcheck.extraction.checkworthiness import TASKS, features
from factcheck.models.encoder import Encoder

STATEMENTS = Path(__file__).parent / "written" / "statements.tsv"
FILES = {"check_worthy": "claimbuster", "subjective": "subjectivity"}


def read(path: Path, task: str) -> tuple[list[str], np.ndarray]:
    """Read the texts of JSON lines and their labels for ``task``."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row["text"] for row in rows], np.array([row[task] for row in rows], int)


def read_statements() -> tuple[list[str], np.ndarray]:
    """Read our own short statements and whether each is subjective."""
    rows = [line.split("\t") for line in STATEMENTS.read_text(encoding="utf-8").splitlines()[1:]]
    return [text for _, text in rows], np.array([label for label, _ in rows], int)


def fit(inputs: np.ndarray, gold: np.ndarray) -> LogisticRegressionCV:
    """Fit a logistic regression whose regularisation is chosen by average precision in five folds."""
    model = LogisticRegressionCV(
        Cs=np.logspace(-5, 0, 11),
        cv=5,
        scoring="average_precision",
        max_iter=2000,
        l1_ratios=(0,),
        use_legacy_attributes=False,
    )
    return model.fit(inputs, gold)


def best_threshold(scores: np.ndarray, gold: np.ndarray) -> float:
    """Return the threshold with the best F1 on the training part."""
    choices = np.quantile(scores, np.linspace(0.05, 0.95, 91))
    return float(max(choices, key=lambda choice: f1_score(gold, scores >= choice)))


def measure(model: LogisticRegressionCV, inputs: np.ndarray, gold: np.ndarray, threshold: float) -> dict[str, float]:
    """Return average precision and F1 at ``threshold``."""
    scores = model.predict_proba(inputs)[:, 1]
    return {"average_precision": average_precision_score(gold, scores), "f1": f1_score(gold, scores >= threshold)}


def main() -> None:
    """Train both models, measure them and write them to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    encoder = Encoder()
    data = {
        task: {part: read(args.data / f"{name}_{part}.jsonl", task) for part in ("train", "dev")}
        for task, name in FILES.items()
    }
    texts, labels = data["subjective"]["train"]
    ours, our_labels = read_statements()
    data["subjective"]["train"] = [*texts, *ours], np.concatenate([labels, our_labels])
    inputs = {
        task: {part: features(texts, encoder) for part, (texts, _) in parts.items()} for task, parts in data.items()
    }
    scaler = StandardScaler().fit(np.vstack([inputs[task]["train"] for task in TASKS]))
    coefficients, intercepts, results = [], [], {}
    for task in TASKS:
        gold = {part: labels for part, (_, labels) in data[task].items()}
        scaled = {part: scaler.transform(values) for part, values in inputs[task].items()}
        length = {part: np.array([[len(text.split())] for text in texts]) for part, (texts, _) in data[task].items()}
        model, by_length = fit(scaled["train"], gold["train"]), fit(length["train"], gold["train"])
        results[task] = {
            "sentences": {part: len(labels) for part, labels in gold.items()},
            "positive": float(gold["dev"].mean()),
            "majority": {
                "average_precision": float(gold["dev"].mean()),
                "f1": f1_score(gold["dev"], np.full(len(gold["dev"]), gold["train"].mean() >= 0.5), zero_division=0),
            },
        }
        for name, fitted, values in (("length", by_length, length), ("model", model, scaled)):
            threshold = best_threshold(fitted.predict_proba(values["train"])[:, 1], gold["train"])
            results[task][name] = {"threshold": threshold, **measure(fitted, values["dev"], gold["dev"], threshold)}
        coefficients.append(model.coef_[0])
        intercepts.append(float(np.ravel(model.intercept_)[0]))
    args.out.mkdir(parents=True, exist_ok=True)
    np.savez(
        args.out / "weights.npz", mean=scaler.mean_.astype(np.float32), scale=scaler.scale_.astype(np.float32),
        coefficients=np.array(coefficients, np.float32), intercepts=np.array(intercepts, np.float32),
    )  # fmt: skip
    sha256 = hashlib.sha256((args.out / "weights.npz").read_bytes()).hexdigest()
    card = {"sha256": sha256, "encoder": encoder.name, "results": results}
    (args.out / "model.json").write_text(json.dumps(card, indent=1) + "\n")
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
