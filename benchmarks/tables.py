"""The tables of ``benchmarks/README.md``, written from ``benchmarks/results/*.json``.

    python -m benchmarks.tables

A table stands between ``<!-- table NAME -->`` and ``<!-- end -->``; what is between them is replaced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Rows = Iterable[Sequence[object]]


def _seeds(results: Any) -> Rows:
    yield "article", "statements", "verdicts right", "who said it right", "errors caught", "called refuted"
    for name, row in results.items():
        if isinstance(row, dict):
            said = f"{row['attributions_right']} of {row['attributed']}"
            caught = f"{row['errors_caught']} of {row['planted_errors']}"
            yield name, row["statements"], row["verdicts_right"], said, caught, row["refuted"]


def _domains(results: Any) -> Rows:
    yield (
        "articles",
        "statements",
        "verdicts right",
        "wrong “supported”",
        "wrong “refuted”",
        "who said it",
        "errors caught",
    )
    for half in ("dev", "held"):
        row = results[half]
        wrong = row["wrongly_supported"], row["wrongly_refuted"]
        said = f"{row['attributions_right']} of {row['attributed']}"
        caught = f"{row['errors_caught']} of {row['planted_errors']}"
        yield half, row["statements"], row["verdicts_right"], *wrong, said, caught


def _extraction(results: Any) -> Rows:
    yield "measure", "dev", "held"
    for name in results["dev"]:
        yield name, _shown(results["dev"][name]), _shown(results["held"][name])


def _comparisons(results: Any) -> Rows:
    yield "half", "pairs", "right", "figures", "dates", "names", "false “differs”"
    for half in ("dev", "held"):
        row = results[half]
        kinds = (f"{row[f'{kind}_right']} of {row[f'{kind}_pairs']}" for kind in ("figure", "date", "name"))
        yield half, row["pairs"], row["right"], *kinds, row["false_differs"]


def _differing(results: Any) -> Rows:
    yield "pairs with", "supported", "neither", "refuted"
    for kind, row in results["differing"].items():
        yield f"another {kind}", row["SUPPORTS"], row["NEI"], row["REFUTES"]


def _nli(results: Any) -> Rows:
    yield "data set", "pairs", "accuracy", "macro-F1", "ECE", "precision from 0.7", "coverage from 0.7"
    for name, row in results["sets"].items():
        keys = ("accuracy", "macro_f1", "ece", "precision@0.7", "coverage@0.7")
        yield name, int(row["pairs"]), *(_shown(row[key]) for key in keys)


def _retrieval(results: Any) -> Rows:
    yield "ranking", "recall@5", "recall@10", "MRR"
    for name, row in results["rankings"].items():
        yield name, *(_shown(value) for value in row.values())


def _search_scale(results: Any) -> Rows:
    width = str(results["hnsw"]["ef_search"])
    yield "passages", "ms (95 %)", "processor ms", "dense recall@10", "opening s", "first search s", "disk MB", "MB"
    for size, row in results["sizes"].items():
        opening = row["opening"]
        clock, processor = (f"{row[f'p50_{unit}']:.0f} ({row[f'p95_{unit}']:.0f})" for unit in ("ms", "processor_ms"))
        seconds = (f"{opening[name]:.2f}" for name in ("open_s", "first_vectors_s"))
        recall, disk = f"{row['recall@10'][width]:.4f}", f"{row['disk_mb']['.']:,.0f}"
        yield f"{int(size):,}", clock, processor, recall, *seconds, disk, f"{opening['memory_mb']:,.0f}"


def _kills(results: Any) -> Rows:
    yield "runs", "killed before their end", "finished before the kill"
    yield results["runs"], results["killed"], results["finished before"]


def _ingestion(results: Any) -> Rows:
    yield "measure", "figure"
    for name, value in (results["speed"] | results["again"]).items():
        yield name.replace("_", " "), f"{value:,.0f}" if value > 10 else f"{value:.3f}"
    for size, megabytes in results["peak_memory_mb"].items():
        yield f"peak MB at {int(size):,} passages", _shown(megabytes)


def _llm_calls(results: Any) -> Rows:
    yield "run", "calls", "seconds"
    for row in results["second opinion: none"]:
        yield row["run"], row["calls"], row["seconds"]


def _peers(results: Any) -> Rows:
    yield "system", "calls", "input tokens", "output tokens", "seconds", "our calls to its", "our time to its"
    for name, row in results["systems"].items():
        counts = (f"{row[key]:,}" for key in ("calls", "input_tokens", "output_tokens"))
        yield name, *counts, row["seconds"], _shown(row["our_calls_to_its"]), _spread(row["our_time_to_its"])


def _speed(results: Any) -> Rows:
    yield "ratio", "median (lowest to highest)", "target"
    whole, pairs = results["end_to_end"], results["pairs"]
    several = whole["several"]
    yield "whole process to the time inside the models, one short article", _spread(whole["wall_to_models"]), "≤ 1.3"
    yield f"the same, {several['articles']} articles in one run", _spread(several["wall_to_models"]), "≤ 1.3"
    yield "one article, after imports and opening the index", _spread(whole["check_to_models"]), ""
    yield "second run to first, nothing changed", _spread(whole["second_to_first"]), ""
    yield "second run to a bare Python that imports Pydantic", _spread(whole["second_to_bare"]), ""
    yield "second run, processor seconds", _spread(whole["second_cpu_s"]), "≤ 1.5"
    yield "`factcheck --help` to a bare Typer program", _spread(results["help_to_bare_typer"]), "≤ 3"
    yield f"pairs a second, nli-{pairs['model']}, to plain onnxruntime", _spread(pairs["to_plain"]), ""
    yield "the same, to batches of pairs of nearly one length", _spread(pairs["to_packed"]), "≥ 0.9"
    if "to_torch" in pairs:
        yield "the same, to PyTorch in 32-bit floats", _spread(pairs["to_torch"]), ""


def _profile(results: Any) -> Rows:
    steps = results["end_to_end"]["steps_s"]
    yield "step", "first run", "second run"
    whole = steps["process"]
    for name, row in steps.items():
        shares = (f"{row[run] / whole[run]:.0%}" for run in ("first", "second"))
        yield name, *shares


def _everything(results: Any) -> Rows:
    yield "benchmark", "seconds", "processor seconds"
    for name, step in [*results["steps"].items(), ("all", results["whole"])]:
        yield f"`{name}`" if name != "all" else name, step["seconds"], step["cpu_seconds"]


TABLES: dict[str, tuple[str, Callable[[Any], Rows]]] = {
    "seeds": ("seeds-local.json", _seeds),
    "domains": ("domains-local.json", _domains),
    "extraction": ("extraction.json", _extraction),
    "comparisons": ("comparisons.json", _comparisons),
    "differing": ("comparisons.json", _differing),
    "nli": ("nli-base.json", _nli),
    "retrieval": ("retrieval.json", _retrieval),
    "search_scale": ("search_scale.json", _search_scale),
    "ingestion": ("ingestion.json", _ingestion),
    "kills": ("kills.json", _kills),
    "llm_calls": ("llm_calls.json", _llm_calls),
    "peers": ("peers.json", _peers),
    "speed": ("speed.json", _speed),
    "profile": ("speed.json", _profile),
    "everything": ("everything.json", _everything),
}


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value > 1.5 else f"{value:.3f}"


def _spread(values: Sequence[float]) -> str:
    low, middle, high = values
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def table(name: str) -> str:
    """Return a table in Markdown; without a results file, a line that says so."""
    file, rows = TABLES[name]
    path = HERE / "results" / file
    if not path.is_file():
        return f"*Not measured: there is no `{file}`.*"
    head, *body = ["| " + " | ".join(map(str, row)) + " |" for row in rows(json.loads(path.read_text("utf-8")))]
    return "\n".join([head, "|" + "---|" * (head.count("|") - 1), *body])


def main() -> None:
    """Write the tables."""
    readme = HERE / "README.md"
    text = readme.read_text(encoding="utf-8")
    found = re.compile(r"(<!-- table (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
    readme.write_text(found.sub(lambda match: f"{match[1]}{table(match[2])}\n{match[3]}", text), encoding="utf-8")


if __name__ == "__main__":
    main()
