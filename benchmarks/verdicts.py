"""What a verdict is worth at each least probability, where the evidence has to be found among other sentences.

    python -m benchmarks.verdicts --data DIR_WITH_passages.jsonl.gz_AND_queries_dev.jsonl

Claims of FoolMeTwice are read with the nearest of all sentences of its Wikipedia pages, most of which are on other
facts about the same things. ``MIN_CONFIDENCE`` was chosen from this table; the claims are split by hash, and only the
first half was used for that. Results go to ``benchmarks/results/verdicts.json``.
"""

from __future__ import annotations

import argparse
import gzip
import json
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
GIVEN = {Verdict.SUPPORTED: "SUPPORTS", Verdict.REFUTED: "REFUTES"}


def read_pages(path: Path) -> list[Passage]:
    """Return the sentences that have a title, each as a passage of a document of its own."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["title"]]
    return [
        Passage(source=Source(id=row["id"], title=row["title"]), text=row["text"], start=0, end=len(row["text"]))
        for row in rows
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
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--nli", default=DEFAULT)
    parser.add_argument("--claims", type=int, default=300)
    args = parser.parse_args()
    encoder = Encoder()
    verifier = LocalVerifier(NliModel(args.nli), encoder)
    pages = read_pages(args.data / "passages.jsonl.gz")
    lines = (args.data / "queries_dev.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [row for row in map(json.loads, lines) if row["label"] != "NEI"][: args.claims]
    claims = [
        Claim(id=row["id"], text=row["claim"], quote=row["claim"], start=0, end=1, line=1, check_worthiness=1)
        for row in queries
    ]
    pool = encoder.vectors([f"{passage.source.title}. {passage.text}" for passage in pages])
    near = np.argsort(-(encoder.vectors([claim.text for claim in claims]) @ pool.T), axis=1)[:, :NEAREST]
    passages = [[pages[index] for index in row] for row in near.tolist()]
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
