"""Read the hand-written pairs of ``training/written/pairs/``: two passages to a block, each claim judged against both.

What a passage does not settle, none of its sentences does: a third of such pairs keeps only one, as the engine reads
them.

    python -m training.pairs training/written/pairs/*.txt --out training/work/pairs.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from training.contrast import SENTENCE, Pair

LABELS = {"S": "SUPPORTS", "R": "REFUTES", "N": "NEI"}
CLAIM = re.compile(r"(?P<labels>[SRN]{2}) (?P<claim>\S.*)")


class Passage(NamedTuple):
    """A document's title and the words below it."""

    title: str
    text: str


class Block(NamedTuple):
    """Two passages, and claims with one label (``S``, ``R`` or ``N``) for each of them."""

    passages: tuple[Passage, Passage]
    claims: tuple[tuple[str, str], ...]


def read_blocks(path: Path) -> Iterator[Block]:
    """Yield the blocks of a file.

    Raises:
        ValueError: a line has neither the form of a passage nor that of a claim, or a block not two passages.
    """
    for text in path.read_text(encoding="utf-8").strip().split("\n\n"):
        passages, claims = [], []
        for line in text.splitlines():
            if line.startswith("= ") and " | " in line:
                passages.append(Passage(*line[2:].split(" | ", 1)))
            elif found := CLAIM.fullmatch(line):
                claims.append((found["labels"], found["claim"]))
            else:
                raise ValueError(f"{path}: neither a passage nor a claim: {line}")
        if len(passages) != 2:
            raise ValueError(f"{path}: {len(passages)} passages, not two: {text[:80]}")
        yield Block((passages[0], passages[1]), tuple(claims))


def pairs_of(block: Block, source: str, rng: random.Random) -> Iterator[Pair]:
    """Yield a block's pairs: each claim with each passage."""
    for labels, claim in block.claims:
        for label, (title, text) in zip(labels, block.passages, strict=True):
            cut = label == "N" and rng.random() < 1 / 3
            evidence = rng.choice(SENTENCE.split(text)) if cut else text
            yield {"claim": claim, "evidence": f"{title}. {evidence}", "label": LABELS[label], "source": source}


def main() -> None:
    """Write the pairs of all files to ``--out`` and say how many there are of each label."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    counts: Counter[str] = Counter()
    with gzip.open(args.out, "wt", encoding="utf-8") as out:
        for path in sorted(args.files):
            for block in read_blocks(path):
                for pair in pairs_of(block, f"written_{path.stem}", rng):
                    counts[pair["label"]] += 1
                    out.write(json.dumps(pair, ensure_ascii=False) + "\n")
    print(dict(counts))


if __name__ == "__main__":
    main()
