"""What checking an article with a chat model takes in calls and time, and what a model that invents gets through.

    python -m benchmarks.llm_calls [--nli none|small|base] [--invented CLAIMS]

The calls go to a scripted server that answers each after one second, for an article of 24 claims with 5 passages
each, at most 8 calls at once: a first run, the same again, and again with one sentence changed. With ``--nli``, the
second opinion is that of the local model. ``--invented`` asks SmolLM2-135M about so many claims (see
``tests/servers/fetch_model.py``) and counts the quotes it gives that are not in its passages, and those of them
that reach a finding. Results go to ``benchmarks/results/llm_calls.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from factcheck.cache import AnswerCache
from factcheck.cached import keeping_opinions
from factcheck.llm import LlmEngine
from factcheck.models.encoder import Encoder
from factcheck.models.nli import NliModel
from factcheck.records import Article, Flag, Verdict
from factcheck.verification.citation import stands_in
from factcheck.verification.llm import SecondOpinion
from factcheck.verification.local import LocalVerifier

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

from servers import llama, scripted  # noqa: E402
from servers.engines import claim, engine, no_opinion, passage, sentence  # noqa: E402

RESULTS = Path(__file__).parent / "results" / "llm_calls.json"
CLAIMS, PASSAGES, LATENCY = 24, 5, 1.0


def check(made: LlmEngine, sentences: Sequence[str]) -> float:
    """Extract and verify an article of these sentences, and return the seconds it took."""
    article = Article.from_text("\n".join(sentences))
    started = time.monotonic()
    claims = made.extract(article).claims
    others = [
        passage(f"The council of ward {number} met in spring. It rained all day.", f"other-{number}")
        for number in range(1, PASSAGES)
    ]
    findings = list(
        made.verify(
            [(found, [passage(f"{found.text} It stood by the river.", found.text), *others]) for found in claims],
            article,
        )
    )
    seconds = time.monotonic() - started
    if [finding.verdict for finding in findings] != [Verdict.SUPPORTED] * CLAIMS:
        raise SystemExit("the run did not support each claim: its time means nothing")
    return seconds


def runs(second_opinion: SecondOpinion, model: str) -> list[dict[str, Any]]:
    """Run the three cases, with second opinions of ``model``, and return calls, tokens and seconds of each."""
    first = [sentence(number) for number in range(1, CLAIMS + 1)]
    changed = [*first[:7], "Mill number 8 burnt down in 2011.", *first[8:]]
    rows = []
    script = lambda request: replace(scripted.honest(request), delay=LATENCY)  # noqa: E731
    with scripted.serving(script) as (_, url), tempfile.TemporaryDirectory() as store:
        for name, draft in (("first run", first), ("the same again", first), ("one sentence changed", changed)):
            made = engine(url, Path(store), keeping_opinions(second_opinion, AnswerCache(Path(store)), model))
            seconds = check(made, draft)
            rows.append({"run": name, "calls": made.usage.llm_calls, "seconds": round(seconds, 2)})
    return rows


def invented(count: int) -> dict[str, int]:
    """Ask the small model about ``count`` claims and count what it invents, and what of that gets through."""
    text = " ".join(file.read_text() for file in sorted((ROOT / "tests/data/extraction/dev").glob("*.txt")))
    lines = [line for line in text.split("\n") if len(line.split()) > 8]
    passages = [passage(line, f"document-{number}") for number, line in enumerate(lines)]
    cases = [
        (claim(lines[number % len(lines)], f"c{number}"), [passages[(number + k) % len(lines)] for k in (0, 1)])
        for number in range(count)
    ]
    with llama.serving() as url, tempfile.TemporaryDirectory() as store:
        made = engine(url, Path(store), jobs=2, timeout=600)
        findings = list(made.verify(cases, Article.from_text(text)))
    shown = [evidence for finding in findings for evidence in finding.evidence]
    return {
        "claims": count,
        "findings": len({finding.id for finding in findings}),
        "unchecked": sum(finding.verdict == Verdict.UNCHECKED for finding in findings),
        "with an invented quote": sum(Flag.CITATION_DROPPED in finding.flags for finding in findings),
        "quotes shown": len(shown),
        "invented quotes shown": sum(not stands_in(evidence, passages) for evidence in shown),
    }


def main() -> None:
    """Measure, print the tables and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nli", choices=("none", "small", "base"), default="small")
    parser.add_argument("--invented", type=int, default=0, metavar="CLAIMS")
    args = parser.parse_args()
    second_opinion = no_opinion if args.nli == "none" else LocalVerifier(NliModel(args.nli), Encoder()).assess
    results: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    console = Console(width=120)
    results[f"second opinion: {args.nli}"] = rows = runs(second_opinion, args.nli)
    table = Table("run", "calls", "seconds", title=f"{CLAIMS} claims, {PASSAGES} passages, {LATENCY:g} s a call")
    for row in rows:
        table.add_row(*map(str, row.values()))
    console.print(table)
    if args.invented:
        results["invented quotes"] = counts = invented(args.invented)
        table = Table("", "SmolLM2-135M")
        for name, value in counts.items():
            table.add_row(name, str(value))
        console.print(table)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
