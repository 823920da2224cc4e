"""All benchmarks that need nothing but the repository, and those whose data is in a folder you name.

    python -m benchmarks.everything [--data DIR] [--only NAME ...]

Each runs in a process of its own; one that fails is named at the end, and the others run all the same. Then the
tables in ``benchmarks/README.md`` are written anew from ``benchmarks/results/*.json``. What a benchmark needs in DIR
is listed there. How long each took goes to ``benchmarks/results/everything.json``: the seconds that passed, and those
that processors worked on it, which other work on the machine changes little.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import tables

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "everything.json"
CHALLENGE = sorted(str(file) for file in (ROOT / "tests/data/verification").glob("challenge_*.jsonl"))


def commands(data: Path | None) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and the arguments of each benchmark that can run."""
    yield "extraction", []
    yield "comparisons", []
    yield "seeds", []
    yield "llm_calls", ["--nli", "none"]
    yield "peers", []
    yield "reports", []
    yield "kills", []
    yield "speed", []
    if data is None:
        return
    if any(data.glob("dev_*.jsonl")):
        yield "nli", ["--data", str(data), "--challenge", *CHALLENGE]
    if (data / "dev.jsonl.gz").is_file():
        yield "attribution", ["--data", str(data / "dev.jsonl.gz")]
    if (data / "passages.jsonl.gz").is_file():
        yield "retrieval", ["--data", str(data)]
        yield "ingestion", ["--data", str(data)]
        if (data / "dev_fm2.jsonl").is_file():
            yield "verdicts", ["--claims", str(data / "dev_fm2.jsonl"), "--passages", str(data / "passages.jsonl.gz")]


def _worked() -> float:
    """Return the seconds that processors have worked on the benchmarks that are done."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Run them and write the tables; exit with 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    args = parser.parse_args()
    failed = []
    steps: dict[str, dict[str, int]] = {}
    for name, arguments in commands(args.data):
        if args.only and name not in args.only:
            continue
        started, worked = time.monotonic(), _worked()
        print(f"── {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *arguments], cwd=ROOT, check=False).returncode:
            failed.append(name)
        steps[name] = {"seconds": round(time.monotonic() - started), "cpu_seconds": round(_worked() - worked)}
        print(f"── {name}: {steps[name]}", flush=True)
    if not args.only:
        whole = {key: sum(step[key] for step in steps.values()) for key in ("seconds", "cpu_seconds")}
        results = {"processors": os.cpu_count(), "whole": whole, "steps": steps}
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    tables.main()
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
