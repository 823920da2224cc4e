"""Turn labelled pairs round, and ask whether the claim, taken for evidence, contradicts the evidence.

The engine reads a contradiction in both directions (``verification.local``), and contradiction is symmetric. What
evidence is silent on, and what only supports a shorter claim, is neutral in the other direction; evidence that says no
more than the claim is left out, for it may follow from it.

    python -m training.backwards train.jsonl.gz work/pairs.jsonl.gz --most 12000 --out work/backwards.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from pathlib import Path

from training.nli import read_pairs

#: Beginnings of the names of sources whose evidence is sentences of documents.
SOURCES = ("written", "fever", "fm2", "healthver", "checkcovid")
#: The most words of evidence that are read as a claim, and how many times the claim's words support must have.
LONGEST, LONGER = 60, 1.5


def turned(pair: dict[str, str]) -> dict[str, str] | None:
    """Return the pair turned round, or None where its label is not known then."""
    claim, evidence = pair["claim"].split(), pair["evidence"].split()
    same = pair["label"] == "SUPPORTS" and len(evidence) < LONGER * len(claim)
    if same or len(evidence) > LONGEST or not pair["source"].startswith(SOURCES):
        return None
    label = "REFUTES" if pair["label"] == "REFUTES" else "NEI"
    return {"claim": pair["evidence"], "evidence": pair["claim"], "label": label, "source": f"back_{pair['source']}"}


def main() -> None:
    """Write as many contradictions as pairs that are none."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=59)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    rows = [row for pair in read_pairs(args.files) if (row := turned(pair))]
    against = [row for row in rows if row["label"] == "REFUTES"]
    neither = [row for row in rows if row["label"] == "NEI"]
    half = min(args.most // 2, len(against), len(neither))
    kept = [*rng.sample(against, half), *rng.sample(neither, half)]
    with gzip.open(args.out, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rng.sample(kept, len(kept)))
    print(Counter(row["source"] for row in kept))


if __name__ == "__main__":
    main()
