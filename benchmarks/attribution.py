"""How well attributions are found in annotated news, beside a baseline of rules alone.

    python -m benchmarks.attribution --data dev.jsonl.gz [--grammar grammar.jsonl.gz]

Token-wise F1 is over words and punctuation marks, for source, cue and content, with their mean (macro). A direct
quote is an attribution whose content is quoted throughout. It is found if most of its words are inside a direct
quote of ours; its content is exact if both have the same parts, quotation marks and end marks aside; its speaker
is right if our source overlaps the annotated one, or names the same person elsewhere. Results go to
``benchmarks/results/attribution.json``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from factcheck.extraction.attribution import find_quotations
from factcheck.extraction.quotes import quoted_spans
from factcheck.extraction.sentences import split_blocks, split_sentences
from factcheck.models.tagger import Tagger

RESULTS = Path(__file__).parent / "results" / "attribution.json"
ROLES = ("source", "cue", "content")
Span = tuple[int, int]

_CUES = (
    r"said|says|say|told|tells|added|adds|asked|asks|wrote|writes|tweeted|argued|argues|claimed|claims|insisted|"
    r"announced|warned|explained|noted|notes|stated|declared|suggested|replied|responded|continued|thinks|believes|"
    r"according to"
)
_NAME = r"(?:(?:[A-Z][\w’'.-]*)(?:\s+[A-Z][\w’'.-]*)*|[Hh]e|[Ss]he|[Tt]hey)"
_BEFORE = re.compile(rf"({_NAME})\s+({_CUES})\b")
_AFTER = re.compile(rf"\b({_CUES})\s+({_NAME})")


@dataclass(frozen=True)
class Found:
    """An attribution as character spans."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def by_tagger(tagger: Tagger) -> Callable[[str], list[Found]]:
    """Make the function that finds attributions as the extractor does."""

    def find(text: str) -> list[Found]:
        blocks, sentences = split_blocks(text), split_sentences(text)
        words = tagger.tag(text, [(sentence.start, sentence.end) for sentence in sentences])
        paragraphs = [(block.start, block.end) for block in blocks]
        quotations = find_quotations(text, words, [sentence.block for sentence in sentences], paragraphs)
        return [
            Found(
                source=((q.source.start, q.source.end),) if q.source else (),
                cue=((q.cue.start, q.cue.end),) if q.cue else (),
                content=tuple((part.start, part.end) for part in q.content),
            )
            for q in quotations
        ]

    return find


def by_rules(text: str) -> list[Found]:
    """Find attributions by quotation marks, a list of cues, and the capitalised words or pronoun beside the cue."""
    found = []
    for sentence in split_sentences(text):
        quotes = [span for span in quoted_spans(text, sentence.start, sentence.end) if span[1] - span[0] > 20]
        before = _BEFORE.search(text, sentence.start, sentence.end)
        after = _AFTER.search(text, sentence.start, sentence.end)
        source = before.span(1) if before else after.span(2) if after else None
        cue = before.span(2) if before else after.span(1) if after else None
        if quotes and (cue or quotes[0][0] == sentence.start):
            content = tuple(quotes)
        elif cue and cue[1] + 5 < sentence.end and text[cue[0] : cue[1]] != "according to":
            content = ((cue[1] + 1, sentence.end - 1),)
        elif cue and source and cue[0] > sentence.start + 5:
            content = ((sentence.start, cue[0] - 1),)
        else:
            continue
        if source is None and found:
            source = found[-1].source[0] if found[-1].source else None
        found.append(Found((source,) if source else (), (cue,) if cue else (), content))
    return found


def read(path: Path) -> list[dict[str, Any]]:
    """Read gzipped JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def roles_of(spans: list[Span], tokens: list[Span]) -> set[int]:
    """Return which tokens begin inside one of ``spans``."""
    return {n for n, (start, _) in enumerate(tokens) if any(low <= start < high for low, high in spans)}


def trimmed(text: str, spans: tuple[Span, ...]) -> list[str]:
    """Return the words of the spans without marks at their ends."""
    return [part for low, high in sorted(spans) if (part := text[low:high].strip(" \n\xa0\"“”‘’'.,!?;:—–-"))]


def is_direct(text: str, spans: tuple[Span, ...]) -> bool:
    """Tell whether every span begins and ends with quotation marks."""
    return bool(spans) and all(
        text[low] in '"“‘' and re.search('["”’][.,]?$', text[low:high]) for low, high in spans if high > low
    )


def measure(articles: list[dict[str, Any]], find: Callable[[str], list[Found]]) -> dict[str, float]:
    """Score a finder on annotated articles."""
    right, ours_all, gold_all = dict.fromkeys(ROLES, 0), dict.fromkeys(ROLES, 0), dict.fromkeys(ROLES, 0)
    direct = found_direct = exact = named = speaker_right = 0
    for article in articles:
        text = article["text"]
        tokens = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
        gold = [
            Found(*(tuple((low, high) for low, high in item[role]) for role in ROLES))
            for item in article["attributions"]
        ]
        ours = find(text)
        for role in ROLES:
            mine = roles_of([span for item in ours for span in getattr(item, role)], tokens)
            theirs = roles_of([span for item in gold for span in getattr(item, role)], tokens)
            right[role] += len(mine & theirs)
            ours_all[role] += len(mine)
            gold_all[role] += len(theirs)
        mine = [(item, roles_of(list(item.content), tokens)) for item in ours if is_direct(text, item.content)]
        for item in gold:
            if not is_direct(text, item.content):
                continue
            direct += 1
            wanted = roles_of(list(item.content), tokens)
            best, overlap = max(
                ((candidate, len(covered & wanted)) for candidate, covered in mine),
                key=lambda pair: pair[1], default=(None, 0),
            )  # fmt: skip
            if best is None or 2 * overlap < len(wanted):
                continue
            found_direct += 1
            exact += trimmed(text, best.content) == trimmed(text, item.content)
            if item.source:
                named += 1
                speaker_right += _same_speaker(text, best.source, item.source)
    result: dict[str, float] = {"articles": len(articles)}
    for role in ROLES:
        precision, recall = right[role] / max(ours_all[role], 1), right[role] / gold_all[role]
        result[f"{role}_precision"], result[f"{role}_recall"] = precision, recall
        result[f"{role}_f1"] = 2 * precision * recall / max(precision + recall, 1e-9)
    result["macro_f1"] = sum(result[f"{role}_f1"] for role in ROLES) / len(ROLES)
    return result | {
        "direct_quotes": direct,
        "direct_quotes_found": found_direct / direct,
        "direct_content_exact": exact / max(found_direct, 1),
        "direct_speaker_right": speaker_right / max(named, 1),
    }


def _same_speaker(text: str, ours: tuple[Span, ...], gold: tuple[Span, ...]) -> bool:
    if any(low < end and start < high for low, high in ours for start, end in gold):
        return True
    names = [
        {word for low, high in spans for word in re.findall(r"[A-Z]\w+", text[low:high])} for spans in (ours, gold)
    ]
    return bool(names[0] & names[1])


def measure_grammar(
    articles: list[dict[str, Any]], grammar: dict[str, list[list[Any]]], tagger: Tagger
) -> dict[str, float]:
    """Return the shares of words whose beginning, tag, relation, head, and all named entities, agree."""
    words_all = found = tags = dependencies = heads = entities = 0
    for article in articles:
        spans = [(sentence.start, sentence.end) for sentence in split_sentences(article["text"])]
        ours = {
            word.start: (word, sentence[word.head].start)
            for sentence in tagger.tag(article["text"], spans)
            for word in sentence
        }
        theirs = grammar[article["id"]]
        for start, _, tag, dependency, head, entity in theirs:
            words_all += 1
            if start in ours:
                word, head_start = ours[start]
                found += 1
                tags += word.tag == tag
                dependencies += word.dependency == dependency
                heads += head_start == theirs[head][0]
                entities += word.entity[2:] == entity[2:]
    return {
        "words": found / words_all, "tag": tags / found, "dependency": dependencies / found,
        "head": heads / found, "entity": entities / found,
    }  # fmt: skip


def main() -> None:
    """Measure both finders, print the table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--grammar", type=Path)
    args = parser.parse_args()
    articles, tagger = read(args.data), Tagger()
    results: dict[str, Any] = {"rules": measure(articles, by_rules), "tagger": measure(articles, by_tagger(tagger))}
    table = Table("measure", *results)
    for name in results["rules"]:
        table.add_row(name, *(f"{figures[name]:.3f}" for figures in results.values()))
    Console().print(table)
    if args.grammar:
        grammar = {article["id"]: article["words"] for article in read(args.grammar)}
        results["grammar"] = measure_grammar(articles, grammar, tagger)
        Console().print(results["grammar"])
    RESULTS.write_text(json.dumps(results | {"model": tagger.name}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
