"""The whole job on articles with known verdicts: what an editor would have been told, and what was missed.

    python -m benchmarks.seeds --engine local [--dev | --domains]

For each ``seeds/NAME.txt`` with ``tests/data/seeds/NAME.json``, with ``--dev`` for the articles to tune on in
``tests/data/seeds/dev/``, or with ``--domains`` for those of other domains in ``tests/data/domains/``, each with a
corpus of its own; of their held half only the counts are printed. A gold statement is matched to the findings whose
quote overlaps it. Where the tool takes what the article reports of a speaker for one claim ("Grant called the vote a
milestone"), its verdict is on Grant having said so, and there is none on the vote. A planted error counts as caught
where a finding on it is refuted, conflicting, or flagged with a difference or with evidence that leans against it.
Results go to ``benchmarks/results/seeds-ENGINE.json``, ``seeds-dev-ENGINE.json`` or ``domains-ENGINE.json``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from factcheck.api import Checker
from factcheck.extraction.article import read_article
from factcheck.models.nli import DEFAULT
from factcheck.records import Finding, Flag, Verdict
from factcheck.settings import load_settings
from factcheck.verification.citation import names_speaker

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "data" / "seeds"
DOMAINS = ROOT / "tests" / "data" / "domains"
RESULTS = Path(__file__).parent / "results"
WARNINGS = {Flag.FIGURES_DIFFER, Flag.DATES_DIFFER, Flag.NAMES_DIFFER, Flag.LEANS_AGAINST}


def best_match(gold: dict[str, Any], text: str, findings: list[Finding]) -> Finding | None:
    """Return the finding whose quote overlaps the gold statement most, by intersection over union."""
    start = text.index(gold["quote"])
    end = start + len(gold["quote"])

    def overlap(finding: Finding) -> float:
        shared = min(end, finding.claim.end) - max(start, finding.claim.start)
        return shared / (max(end, finding.claim.end) - min(start, finding.claim.start))

    best = max(findings, key=overlap, default=None)
    return best if best and overlap(best) > 0 else None


def answers(gold: dict[str, Any], finding: Finding | None) -> tuple[str, str | None]:
    """Return the verdict on the content of a gold statement, and the one on its speaker having said it."""
    if finding is None:
        return "not extracted", None
    if gold["speaker"] and not finding.claim.attribution and names_speaker(finding.claim.text, gold["speaker"]):
        return Verdict.NOT_ENOUGH_EVIDENCE, finding.verdict
    return finding.verdict, finding.attribution_verdict


def caught(finding: Finding | None) -> bool:
    """Tell whether an editor is warned."""
    return finding is not None and (
        finding.verdict in (Verdict.REFUTED, Verdict.CONFLICTING) or not WARNINGS.isdisjoint(finding.flags)
    )


def measure(name: str, path: Path, gold_path: Path, checker: Checker, console: Console) -> dict[str, Any]:
    """Check the article at ``path`` and compare each statement of ``gold_path`` with its finding."""
    article = read_article(str(path))
    gold = json.loads(gold_path.read_text(encoding="utf-8"))["claims"]
    report = checker.check(article)
    table = Table("gold", "verdict", "gold said", "said", "flags", "statement", title=name)
    right = said_right = said = errors = errors_caught = 0
    wrong: Counter[str] = Counter()
    for item in gold:
        finding = best_match(item, article.text, list(report.findings))
        verdict, said_verdict = answers(item, finding)
        right += verdict == item["verdict"]
        wrong[str(verdict)] += verdict != item["verdict"]
        if item["attribution_verdict"]:
            said += 1
            said_right += said_verdict == item["attribution_verdict"]
        if item["error"] and item["verdict"] == "refuted":
            errors += 1
            errors_caught += caught(finding)
        table.add_row(
            item["verdict"], str(verdict), item["attribution_verdict"] or "", str(said_verdict or ""),
            ", ".join(finding.flags) if finding else "", item["quote"][:70],
        )  # fmt: skip
    console.print(table)
    return {
        "statements": len(gold), "verdicts_right": right, "wrongly_supported": wrong["supported"],
        "wrongly_refuted": wrong["refuted"], "attributed": said, "attributions_right": said_right,
        "planted_errors": errors, "errors_caught": errors_caught, "claims": len(report.findings),
        "refuted": report.summary["refuted"], "seconds": report.usage.seconds,
    }  # fmt: skip


class _Set(NamedTuple):
    """An article with its gold and its corpus, and the group in which its counts are added up."""

    group: str
    name: str
    article: Path
    gold: Path
    corpus: Path


def sets(args: argparse.Namespace) -> Iterator[_Set]:
    """Yield what is to be measured."""
    if args.domains:
        for path in sorted(DOMAINS.glob("*/*/gold.json")):
            folder = path.parent
            yield _Set(folder.parent.name, folder.name, folder / "article.txt", path, folder / "corpus")
        return
    gold, articles = (GOLD / "dev",) * 2 if args.dev else (GOLD, ROOT / "seeds")
    for path in sorted(gold.glob("*.json")):
        yield _Set("all", path.stem, articles / f"{path.stem}.txt", path, ROOT / "corpus")


def main() -> None:
    """Print a table for each article and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--nli", default=DEFAULT)
    parser.add_argument("--dev", action="store_true")
    parser.add_argument("--domains", action="store_true")
    args = parser.parse_args()
    results: dict[str, Any] = {}
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as scratch:
        for one in sets(args):
            store = Path(scratch) / one.name if args.domains else ROOT / ".factcheck"
            settings = load_settings(ROOT, corpus=one.corpus, store=store, engine=args.engine, nli=args.nli)
            console = Console(width=200, quiet=one.group == "held")
            with Checker(settings) as checker:
                counts = measure(one.name, one.article, one.gold, checker, console)
                model = checker.engine.tool.model
            totals[one.group].update(counts)
            if one.group != "held":
                results[one.name] = counts
    results |= {group: dict(counts) for group, counts in totals.items()} | {"model": model}
    Console(width=200).print_json(json.dumps(results))
    RESULTS.mkdir(exist_ok=True)
    kind = "domains" if args.domains else "seeds-dev" if args.dev else "seeds"
    (RESULTS / f"{kind}-{args.engine.replace(':', '-')}.json").write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
