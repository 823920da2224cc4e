"""What a verdict is worth at each least probability, where the evidence has to be found among other sentences.

    python -m benchmarks.verdicts --claims dev_fm2.jsonl --passages passages.jsonl.gz

Claims of FoolMeTwice that no model was trained on are read with the nearest of 20,000 sentences, among them the
evidence of each. The claims are split by hash, and the least probability is chosen on the first half. Results go to
``benchmarks/results/verdicts.json``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.nli import in_second_half
from factcheck.models.encoder import Encoder
from factcheck.models.nli import DEFAULT, NliModel
from factcheck.records import Claim, Evidence, Passage, Source, Verdict
from factcheck.verification.finding import conclude
from factcheck.verification.local import LocalVerifier

RESULTS = Path(__file__).parent / "results"
THRESHOLDS = (0.5, 0.55, 0.6, 0.61, 0.65, 0.7, 0.75, 0.8)
#: Sentences handed over for each claim, as many as search brings up.
NEAREST = 8
#: Sentences that no claim's evidence is among, or by chance.
POOL = 20_000
GIVEN = {Verdict.SUPPORTED: "SUPPORTS", Verdict.REFUTED: "REFUTES"}


def read_pool(path: Path, evidence: Sequence[str]) -> list[Passage]:
    """Return the sentences of ``evidence`` and others picked at random, each as a passage of a document of its own."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        others = [json.loads(line)["text"] for line in lines]
    texts = list(dict.fromkeys([*evidence, *random.Random(7).sample(others, POOL)]))
    return [
        Passage(source=Source(id=f"s{number}", title=""), text=text, start=0, end=len(text))
        for number, text in enumerate(texts)
    ]


def measure(
    claims: list[Claim],
    labels: list[str],
    passages: list[list[Passage]],
    evidence: list[list[Evidence]],
    threshold: float,
) -> dict[str, float]:
    """Return how many claims got a verdict, and how many of those verdicts were right."""
    given = right = wrongly_refuted = 0
    for claim, label, found, stances in zip(claims, labels, passages, evidence, strict=True):
        verdict = conclude(claim, found, stances, article_date=None, min_confidence=threshold).verdict
        if verdict in GIVEN:
            given += 1
            right += GIVEN[verdict] == label
            wrongly_refuted += verdict == Verdict.REFUTED and label == "SUPPORTS"
    return {
        "threshold": threshold, "claims": len(claims), "coverage": round(given / len(claims), 4),
        "precision": round(right / given, 4) if given else 0.0, "true claims refuted": wrongly_refuted,
    }  # fmt: skip


def main() -> None:
    """Print the table of both halves and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--nli", default=DEFAULT)
    parser.add_argument("--most", type=int, default=10_000, help="claims that are read")
    args = parser.parse_args()
    encoder = Encoder()
    verifier = LocalVerifier(NliModel(args.nli), encoder)
    queries = [json.loads(line) for line in args.claims.read_text(encoding="utf-8").splitlines()][: args.most]
    pool = read_pool(args.passages, [row["evidence"] for row in queries])
    claims = [
        Claim(id=f"c{number}", text=row["claim"], quote=row["claim"], start=0, end=1, line=1, check_worthiness=1)
        for number, row in enumerate(queries)
    ]
    vectors = encoder.vectors([passage.text for passage in pool])
    near = np.argsort(-(encoder.vectors([claim.text for claim in claims]) @ vectors.T), axis=1)[:, :NEAREST]
    passages = [[pool[index] for index in row] for row in near.tolist()]
    evidence = verifier.assess(list(zip(claims, passages, strict=True)))
    results: dict[str, object] = {"model": verifier.nli.name}
    table = Table("half", "least probability", "coverage", "precision", "true claims refuted")
    for half in ("first", "second"):
        kept = [number for number, claim in enumerate(claims) if in_second_half(claim.text) == (half == "second")]
        chosen = [
            [column[number] for number in kept]
            for column in (claims, [q["label"] for q in queries], passages, evidence)
        ]
        rows = [measure(*chosen, threshold) for threshold in THRESHOLDS]
        results[half] = rows
        for row in rows:
            table.add_row(
                half, *(str(row[name]) for name in ("threshold", "coverage", "precision", "true claims refuted"))
            )
    Console(width=120).print(table)
    (RESULTS / "verdicts.json").write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
