"""How well figures, dates and names are compared, on the hand-written comparisons.

    python -m benchmarks.comparisons [--errors dev] [--pairs FILE...]

An expected relation must be found between the marked words; where nothing is related, nothing of the kind may be. With
labelled pairs, such as ``dev_*.jsonl`` and what ``training.pairs`` writes, what differs is counted by their labels.
Results go to ``benchmarks/results/comparisons.json``; without pairs, the counts of the last run with some stay there.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from factcheck.comparison.compare import Comparison, Relation, compare

DATA = Path(__file__).parents[1] / "tests" / "data" / "verification"
RESULTS = Path(__file__).parent / "results"
KINDS = ("figure", "date", "name")


def read(half: str) -> list[dict[str, str]]:
    """Read the comparisons of a half, ``dev`` or ``held``."""
    lines = (DATA / f"comparisons_{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def found(row: dict[str, str]) -> str:
    """Return the relation found between the words that ``row`` marks, or of its kind at all where it marks none."""
    comparisons = [item for item in compare(row["claim"], row["evidence"]) if item.kind == row["kind"]]
    if row["expect"] == Relation.UNRELATED:
        related = [item.relation for item in comparisons if item.relation != Relation.UNRELATED]
        return (related or [Relation.UNRELATED])[0]
    return next((item.relation for item in comparisons if _at_marked_words(item, row)), Relation.UNRELATED)


def _at_marked_words(item: Comparison, row: dict[str, str]) -> bool:
    return _touches(item.claim_span, row["claim"], row["claim_span"]) and (
        item.evidence_span is not None and _touches(item.evidence_span, row["evidence"], row["evidence_span"])
    )


def _touches(span: tuple[int, int], text: str, words: str) -> bool:
    start = text.index(words)
    return span[0] < start + len(words) and start < span[1]


def measure(half: str) -> dict[str, int]:
    """Count what is right in a half, in all and by kind, and where it is wrong to say that something differs."""
    rows = [(row, found(row)) for row in read(half)]
    counts = {"pairs": len(rows), "right": sum(row["expect"] == got for row, got in rows)}
    for kind in KINDS:
        of_kind = [row["expect"] == got for row, got in rows if row["kind"] == kind]
        counts |= {f"{kind}_pairs": len(of_kind), f"{kind}_right": sum(of_kind)}
    false = sum(got == Relation.DIFFERS != row["expect"] for row, got in rows)
    return counts | {"false_differs": false}


def count_differing(paths: Sequence[Path]) -> dict[str, dict[str, int]]:
    """Count, by kind and label, the labelled pairs of which something differs.

    What differs where the evidence supports the claim is mostly an error, and would make a contradiction of it.
    """
    counts = {kind: {"SUPPORTS": 0, "NEI": 0, "REFUTES": 0} for kind in KINDS}
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for pair in map(json.loads, lines):
                compared = compare(pair["claim"], pair["evidence"])
                for kind in {item.kind for item in compared if item.relation == Relation.DIFFERS}:
                    counts[kind][pair["label"]] += 1
    return counts


def main() -> None:
    """Print accuracy by half and kind, and the rows that were wrong if asked; write the results file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", choices=("dev", "held"))
    parser.add_argument("--pairs", type=Path, nargs="*", default=[], help="JSON lines: claim, evidence, label")
    args = parser.parse_args()
    console = Console(width=140)
    results: dict[str, Any] = {half: measure(half) for half in ("dev", "held")}
    table = Table("half", "all", *KINDS, "false differs")
    for half, row in results.items():
        shares = [f"{row[f'{kind}_right']}/{row[f'{kind}_pairs']}" for kind in KINDS]
        table.add_row(half, f"{row['right']}/{row['pairs']}", *shares, str(row["false_differs"]))
    console.print(table)
    for row, got in [(row, found(row)) for row in read(args.errors)] if args.errors else []:
        if got != row["expect"]:
            console.print(f"{row['id']} expects {row['expect']}, found {got}\n  {row['claim']}\n  {row['evidence']}")
    file = RESULTS / "comparisons.json"
    before = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    results["differing"] = count_differing(args.pairs) if args.pairs else before.get("differing")
    console.print(results["differing"])
    RESULTS.mkdir(exist_ok=True)
    file.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
