"""How well figures, dates and names are compared, on the hand-written comparisons.

    python -m benchmarks.comparisons [--errors dev]

An expected relation must be found between the marked words; where nothing is related, nothing of the kind may be.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

from factcheck.comparison.compare import Comparison, Relation, compare

DATA = Path(__file__).parents[1] / "tests" / "data" / "verification"
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


def main() -> None:
    """Print accuracy by half and kind, and the rows that were wrong if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", choices=("dev", "held"))
    args = parser.parse_args()
    console = Console(width=140)
    table = Table("half", "all", *KINDS, "false differs")
    for half in ("dev", "held"):
        rows = [(row, found(row)) for row in read(half)]
        wrong = [(row, got) for row, got in rows if got != row["expect"]]
        shares = []
        for kinds in (KINDS, *((kind,) for kind in KINDS)):
            of_kind = [row["expect"] == got for row, got in rows if row["kind"] in kinds]
            shares.append(f"{sum(of_kind)}/{len(of_kind)}")
        table.add_row(half, *shares, str(sum(got == Relation.DIFFERS for _, got in wrong)))
        if args.errors == half:
            for row, got in wrong:
                console.print(
                    f"{row['id']} expects {row['expect']}, found {got}\n  {row['claim']}\n  {row['evidence']}"
                )
    console.print(table)


if __name__ == "__main__":
    main()
