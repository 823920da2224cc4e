"""Annotate articles with grammar by spaCy's small English model, for the tagger to learn beside attribution.

Each article becomes a JSON line (id, words), where a word is [start, end, tag, dependency, head, entity] with
offsets in the article's text, Penn Treebank tags, the index of the head word and a BIO-coded named entity. Names that
an article lists (``training.articles``) are labelled as it says.

    python -m training.grammar --articles train.jsonl.gz --model en_core_web_sm --out work/grammar.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc

Word = tuple[int, int, str, str, int, str]


def words_of(doc: Doc, offset: int, first: int) -> Iterator[Word]:
    """Yield the words of a paragraph that begins at ``offset`` of its article and at word ``first``."""
    for token in doc:
        entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
        start = offset + token.idx
        yield start, start + len(token), token.tag_, token.dep_, first + token.head.i, entity


def annotate(text: str, model: spacy.Language) -> list[Word]:
    """Annotate ``text`` paragraph by paragraph."""
    words: list[Word] = []
    paragraphs = list(re.finditer(r"\S[^\n]*", text))
    for paragraph, doc in zip(paragraphs, model.pipe(match.group() for match in paragraphs), strict=True):
        words += words_of(doc, paragraph.start(), len(words))
    return words


def name_words(words: list[Word], text: str, names: dict[str, str]) -> list[Word]:
    """Label each listed name wherever it stands as a whole, in place of the entities that the model saw there."""
    if not names:
        return words
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    result = list(words)
    for match in re.finditer(rf"(?<!\w)(?:{listed})(?!\w)", text):
        inside = [place for place, word in enumerate(words) if word[0] < match.end() and word[1] > match.start()]
        first, last = inside[0], inside[-1]
        while words[first][5].startswith("I-") and first > 0:  # an entity that began earlier
            first -= 1
        while last + 1 < len(words) and words[last + 1][5].startswith("I-"):
            last += 1
        with_article = (
            first == inside[0] - 1 and words[first][5].startswith("B-") and text[words[first][0] :][:4] == "the "
        )
        named = [first, *inside] if with_article else inside
        for place in range(first, last + 1):
            entity = "O"
            if place in named:
                entity = ("B-" if place == named[0] else "I-") + names[match.group()]
            result[place] = (*words[place][:5], entity)
    return result


def main() -> None:
    """Annotate the ``--articles`` and write them to ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    model = spacy.load(args.model, exclude=["lemmatizer", "attribute_ruler"])
    with gzip.open(args.out, "wt", encoding="utf-8") as out:
        for path in args.articles:
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    article = json.loads(line)
                    words = name_words(annotate(article["text"], model), article["text"], article.get("names", {}))
                    out.write(json.dumps({"id": article["id"], "words": words}) + "\n")


if __name__ == "__main__":
    main()
