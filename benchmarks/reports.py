"""How long a report of 500 findings takes to write, in each format.

    python -m benchmarks.reports

Beside the seconds stands their ratio to ``json.dumps`` of the same report, taken in turn with it, which says more on
a busy machine. All are of the processor, the best of ``--runs`` and the range; each run has claims that no run before
had, so that nothing is found in a cache. Half of the findings have evidence that differs in a figure. Results go to
``benchmarks/results/reports.json``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from factcheck.records import (
    Article,
    Claim,
    CorpusState,
    Difference,
    Evidence,
    Finding,
    Report,
    Source,
    Stance,
    Tool,
    Usage,
    Verdict,
)
from factcheck.reporting import Format, render

RESULTS = Path(__file__).parent / "results" / "reports.json"
#: As many seconds as all formats may take for 500 findings.
ALLOWED = 2.0
TOWNS = ("Harnsea", "Ghent", "Villach", "Odense", "Toledo", "Bergen", "Lugano", "Poznan")


def make_report(count: int, run: int) -> Report:
    """Return a report of ``count`` findings, each of a sentence with a date, a figure and a name."""
    sentences = [
        f"On {n % 28 + 1} March {1900 + n % 110} the port of {TOWNS[n % 8]} counted {1000 + 7 * n + run} ships, said"
        f" its master Ada Number{n}."
        for n in range(count)
    ]
    text = "\n\n".join(" ".join(sentences[n : n + 5]) for n in range(0, count, 5)) + "\n"
    sources = [
        Source(id=f"record-{n}", title=f"Record {n} of the ports", publisher="Port office", published=date(2010, 1, 1))
        for n in range(40)
    ]
    findings = []
    at = 0
    for n, sentence in enumerate(sentences):
        start = text.index(sentence, at)
        at = start + len(sentence)
        claim = Claim(
            id=f"c{n}", text=sentence, quote=sentence, start=start, end=at, line=1, check_worthiness=n % 10 / 10
        )
        other = sentence.replace(str(1000 + 7 * n + run), str(900 + 7 * n + run))
        stances = (
            (Stance.CONTRADICTS, other),
            (Stance.SUPPORTS, sentence),
            (Stance.SUPPORTS, f"{sentence} So it was."),
        )
        figure = sentence.index("ships") - 1
        difference = Difference(
            kind="figure",
            claim_words=str(1000 + 7 * n + run),
            claim_start=figure - len(str(1000 + 7 * n + run)),
            evidence_words=str(900 + 7 * n + run),
            evidence_start=figure - len(str(1000 + 7 * n + run)),
        )
        evidence = tuple(
            Evidence(
                document=sources[(n + k) % 40],
                stance=stance,
                confidence=0.9,
                quote=quote,
                start=0,
                end=len(quote),
                differences=(difference,) if stance == Stance.CONTRADICTS else (),
            )
            for k, (stance, quote) in enumerate(stances[n % 2 :])
        )
        findings.append(
            Finding(
                id=f"f{n}", claim=claim, verdict=tuple(Verdict)[n % 5], confidence=0.8, rationale="The record says so.",
                evidence=evidence,
            )
        )  # fmt: skip
    return Report(
        tool=Tool(version="0", engine="local", model="none"),
        created=datetime(2026, 1, 2, tzinfo=UTC),
        article=Article.from_text(text, path="ports.txt", title="Ports"),
        corpus=CorpusState(documents=40, passages=400),
        usage=Usage(),
        findings=tuple(findings),
    )


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that ``work`` takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Print the table and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--findings", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    for kind in Format:  # what is imported and compiled once
        render(make_report(2, -1), kind)
    taken: dict[str, list[float]] = {kind: [] for kind in Format}
    plain = []
    for run in range(args.runs):
        report = make_report(args.findings, run)
        data = report.model_dump(mode="json")
        plain.append(seconds(lambda data=data: json.dumps(data, indent=2)))
        for kind in Format:
            taken[kind].append(seconds(lambda report=report, kind=kind: render(report, kind)))
    taken["all"] = [sum(times) for times in zip(*taken.values(), strict=True)]
    rows = {
        kind: {
            "seconds": round(min(times), 3),
            "range": [round(min(times), 3), round(max(times), 3)],
            "ratio_to_json_dumps": round(min(t / p for t, p in zip(times, plain, strict=True)), 1),
            "findings_per_second": round(args.findings / min(times)),
        }
        for kind, times in taken.items()
    }
    results = {
        "findings": args.findings, "runs": args.runs, "json_dumps_seconds": round(min(plain), 4),
        "allowed_seconds": ALLOWED, "formats": rows,
    }  # fmt: skip
    table = Table("format", "seconds", "range", "× json.dumps", "findings/s")
    for kind, row in rows.items():
        low, high = row["range"]
        table.add_row(
            kind, f"{row['seconds']:.3f}", f"{low:.3f}–{high:.3f}", str(row["ratio_to_json_dumps"]),
            str(row["findings_per_second"]),
        )  # fmt: skip
    Console().print(table)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
