"""Make articles without attributions out of the evidence of the NLI data, for the tagger to learn grammar from.

The annotated news is of one field and one year; the evidence is of many. Passages are put together to articles of some
300 words, each a paragraph.

    python -m training.prose --data train.jsonl.gz --out training/work/prose.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from pathlib import Path

#: Sets whose evidence is running prose; the others have captions, or sentences made by a pattern.
SOURCES = frozenset({
    "checkcovid", "climatefever", "covidfact", "factcheckgpt", "fever_dev", "fever_train13k", "fm2_dev", "healthver_dev",
    "lingnli", "politihop", "wice_dev",
})  # fmt: skip
#: Words: what is shorter is seldom a sentence.
LEAST = 12
IN_ARTICLE = 300


def main() -> None:
    """Write the articles to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--words", type=int, default=600_000, help="words in all articles together")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    with gzip.open(args.data, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    passages = sorted({" ".join(row["evidence"].split()) for row in rows if row["source"] in SOURCES})
    random.Random(0).shuffle(passages)
    left, number, article, size = args.words, 0, [], 0
    with gzip.open(args.out, "wt", encoding="utf-8") as out:
        for passage in passages:
            if (words := len(passage.split())) < LEAST:
                continue
            article.append(passage)
            size += words
            if size >= IN_ARTICLE:
                number += 1
                out.write(
                    json.dumps({"id": f"prose-{number}", "text": "\n\n".join(article)}, ensure_ascii=False) + "\n"
                )
                left -= size
                article, size = [], 0
                if left <= 0:
                    break


if __name__ == "__main__":
    main()
