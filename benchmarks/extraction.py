"""How well the local engine finds the claims of articles that were marked by hand.

    python -m benchmarks.extraction [--half dev|held] [--errors]

A claim is found if the words of its span and those of a gold claim overlap with an F1 of 0.5 or more, one to one,
best pairs first; what somebody said that states no fact is no claim in the gold, and is left out. Of the claims found:
the speaker is right if the names are the same, articles and titles aside (and none where there is none); a date is
right if the claim's text has the day that the gold resolves it to; a claim is atomic if it holds no second gold claim
whose span lies outside its own gold claim's; it stands alone if it has every name that one of the gold wordings has.
``--errors`` lists what went wrong, for the dev half only. Results go to
``benchmarks/results/extraction.json``.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from factcheck.evaluation.metrics import pair_spans, words_of
from factcheck.extraction.article import read_article
from factcheck.extraction.local import LocalExtractor
from factcheck.records import Article, Claim

GOLD = Path(__file__).parents[1] / "tests" / "data" / "extraction"
RESULTS = Path(__file__).parent / "results" / "extraction.json"
_MONTHS = {f"{date(2000, month, 1):%B}" for month in range(1, 13)}


def pairs(article: Article, claims: list[Claim], gold: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Pair claims with gold claims by overlap, best first."""
    mine = [words_of(article.text, claim.start, claim.end) for claim in claims]
    theirs = [words_of(article.text, item["start"], item["end"]) for item in gold]
    return pair_spans(mine, theirs)


def same_speaker(ours: str | None, gold: str | None) -> bool:
    """Compare two speakers without articles, apostrophe forms and case."""

    def plain(name: str | None) -> str:
        return re.sub(r"^(?:the|an?)\s+", "", (name or "").replace("’", "'").lower()).strip()

    return plain(ours) == plain(gold)


def names_in(text: str) -> set[str]:
    """Return the capitalised words of a wording past its first, without months."""
    words = re.findall(r"(?<!^)\b[A-Z][a-z]+", text)
    return set(words) - _MONTHS


def has_date(text: str, day: str) -> bool:
    """Tell whether a text names the ISO ``day``, in any of the usual orders."""
    when = date.fromisoformat(day)
    month = f"{when:%B}"
    return any(form in text for form in (f"{when.day} {month} {when.year}", f"{month} {when.day}, {when.year}", day))


def measure(path: Path, extractor: LocalExtractor, log: Console | None) -> Counter[str]:
    """Count what is right in one article."""
    marked = json.loads(path.read_text(encoding="utf-8"))
    article = read_article(str(path.with_suffix(".txt")), date=date.fromisoformat(marked["date"]))
    claims = [claim for claim in extractor.extract(article).claims if claim.states_fact]
    gold = marked["claims"]
    found = pairs(article, claims, gold)
    count = Counter(claims=len(claims), gold=len(gold), found=len(found))
    count["dated"] = int(marked["date_given_in_text"])
    read = read_article(str(path.with_suffix(".txt"))).date
    count["date_read"] = int(marked["date_given_in_text"] and read == date.fromisoformat(marked["date"]))
    for i, j in found:
        claim, item = claims[i], gold[j]
        speaker = claim.attribution.speaker if claim.attribution else None
        right = same_speaker(speaker, item["speaker"])
        count["speaker"] += right
        if item["speaker"]:
            count["spoken"] += 1
            count["spoken_right"] += right
            count["kind"] += bool(claim.attribution) and claim.attribution.kind == item["kind"]
        for said, day in item["dates"].items():
            count["dates"] += 1
            right_date = has_date(claim.text, day)
            count["dates_right"] += right_date
            if log and not right_date:
                log.print(f"DATE {said} {day}: {claim.text}")
        own = words_of(article.text, item["start"], item["end"])
        mine = words_of(article.text, claim.start, claim.end)
        others = [words_of(article.text, other["start"], other["end"]) for k, other in enumerate(gold) if k != j]
        count["atomic"] += not any(len(other & mine - own) > 0.6 * len(other) for other in others)
        alone = any(names_in(wording) <= set(re.findall(r"\w+", claim.text)) for wording in item["texts"])
        count["alone"] += alone
        if log and not right:
            log.print(f"SPEAKER gold {item['speaker']!r} ours {speaker!r}: {claim.quote}")
        if log and not alone:
            log.print(f"ALONE {claim.text} ← {item['texts'][0]}")
    if log:
        for j in sorted(set(range(len(gold))) - {j for _, j in found}):
            log.print(f"MISSED {gold[j]['quote']}")
        for i in sorted(set(range(len(claims))) - {i for i, _ in found}):
            log.print(f"EXTRA {claims[i].quote} [{claims[i].check_worthiness}]")
    return count


def figures(count: Counter[str]) -> dict[str, float]:
    """Turn counts into the table's shares."""
    return {
        "gold claims": count["gold"],
        "recall": count["found"] / count["gold"],
        "precision": count["found"] / max(count["claims"], 1),
        "speaker right": count["speaker"] / max(count["found"], 1),
        "speaker right where one speaks": count["spoken_right"] / max(count["spoken"], 1),
        "direct or indirect right": count["kind"] / max(count["spoken"], 1),
        "dates resolved": count["dates_right"] / max(count["dates"], 1),
        "atomic": count["atomic"] / max(count["found"], 1),
        "stand alone": count["alone"] / max(count["found"], 1),
        "article's date read": count["date_read"] / max(count["dated"], 1),
    }


def main() -> None:
    """Measure the halves, print the table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "held"), action="append")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    extractor, console = LocalExtractor(), Console(soft_wrap=True, highlight=False, markup=False)
    results: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for half in args.half or ("dev", "held"):
        log = console if args.errors and half == "dev" else None
        total: Counter[str] = Counter()
        for path in sorted((GOLD / half).glob("*.json")):
            total += measure(path, extractor, log)
        results[half] = figures(total)
    results["models"] = extractor.name
    halves = [half for half in ("dev", "held") if half in results]
    table = Table("measure", *halves)
    for name in results[halves[0]]:
        table.add_row(name, *(f"{results[half][name]:.3f}" for half in halves))
    console.print(table)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
