"""Read the hand-written articles of ``training/written/articles/``, in the form of the annotated ones.

python -m training.articles training/written/articles --out training/work/articles.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from pathlib import Path
from typing import Any

ROLES = {"s": "source", "c": "cue", "t": "content"}
MARK = re.compile(r"\[(?P<role>[sct]) (?P<words>[^][]+)\]")
#: A line of names behind an article: "@PERSON Esther Mbali | Mbali".
NAMES = re.compile(r"^@(?P<label>PERSON|ORG|GPE) (?P<names>.+)\n?", re.MULTILINE)


def read_article(marked: str) -> dict[str, Any]:
    """Return an article's ``text``, and one attribution for each mark: (start, end) in the text under its role.

    ``names`` has the label of each name listed behind the article; it is not there where none are listed.

    Raises:
        ValueError: a bracket is left that is no mark, or a name that is listed does not occur.
    """
    names = {name.strip(): line["label"] for line in NAMES.finditer(marked) for name in line["names"].split("|")}
    marked = NAMES.sub("", marked).strip()
    text, attributions, last = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        spans: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES.values()}
        spans[ROLES[mark["role"]]] = [(len(text), len(text) + len(mark["words"]))]
        attributions.append(spans)
        text += mark["words"]
        last = mark.end()
    text += marked[last:]
    if left := re.search(r".{0,40}[][].{0,40}", text):
        raise ValueError(f"not a mark: {left[0]}")
    if missing := [name for name in names if name not in text]:
        raise ValueError(f"not in the article: {missing[0]}")
    return {"text": text, "attributions": attributions} | ({"names": names} if names else {})


def main() -> None:
    """Write the articles of all files in a folder to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    with gzip.open(args.out, "wt", encoding="utf-8") as out:
        for path in sorted(args.folder.glob("*.txt")):
            for number, marked in enumerate(path.read_text(encoding="utf-8").split("\n====\n"), 1):
                try:
                    article = read_article(marked.strip())
                except ValueError as error:
                    raise SystemExit(f"{path}, article {number}: {error}") from error
                out.write(json.dumps({"id": f"{path.stem}-{number}"} | article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
