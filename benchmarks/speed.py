"""Where the time of the local engine goes, each figure a ratio of two things that run side by side.

    python -m benchmarks.speed [--runs 3] [--characters N] [--nli base] [--pairs-only]

- *end to end*: the whole process, from the first import to the written report, and what comes after its start, to the
  time spent inside the models in that same process; on an indexed corpus, with nothing kept from earlier runs. The same
  for all three seeds in one run, as before an issue goes out.
- *second run*: the same again, unchanged, to the first run and to a bare Python that imports Pydantic, with the time
  of its steps; and the seconds that a processor worked on it, which other work on the machine changes little.
- *help*: ``factcheck --help`` to the help of a bare Typer program.
- *pairs*: pairs a second of the NLI model to plain onnxruntime with the same weights, in batches of 32 as they come,
  each padded to its longest; to the same in batches of pairs of nearly one length; and, where PyTorch and transformers
  are installed, to a PyTorch model of the same shape in 32-bit floats, batched as they come. Its weights are random:
  they make no difference to its speed.
  ``--pairs-only`` measures these alone.

The article is a seed, or its beginning. Ratios are given as lowest, median and highest of the runs. Seconds depend on
the machine and on what else it does: they are for orientation. Results go to ``benchmarks/results/speed.json``.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "speed.json"
PAIRS, BATCH = 96, 32
#: The backbones of the NLI models whose shape in transformers' terms is known here.
SHAPES = {"small": {"num_hidden_layers": 6, "hidden_size": 384, "num_attention_heads": 12, "intermediate_size": 1536}}
BARE = """
import typer
app = typer.Typer()
@app.command()
def one(name: str, count: int = 1): "Do one thing."
@app.command()
def two(name: str): "Do another."
app()
"""


def run_once(store: str, nli: str, *articles: str) -> None:
    """Check articles as the command line does, and print the seconds of each step as JSON; for a fresh process."""
    steps: dict[str, float] = {}
    began = time.perf_counter()

    @contextmanager
    def step(name: str, units: int = 1) -> Iterator[Callable[[int], None]]:
        started = time.perf_counter()
        yield lambda done: None
        steps[name] = steps.get(name, 0.0) + time.perf_counter() - started

    with step("start"):
        from factcheck.api import Checker
        from factcheck.extraction.article import read_article
        from factcheck.reporting import Format, render
        from factcheck.settings import Settings

    claims, inside = 0, lambda: 0.0
    settings = Settings(corpus=ROOT / "corpus", store=Path(store), engine="local", nli=nli)
    with Checker(settings) as checker:
        for path in articles:
            draft = read_article(path)
            with step("looking for a kept report"):
                report = checker.find_kept(draft)
            if report is None:
                if "models and index loaded" not in steps:
                    with step("models and index loaded"):
                        inside = count_seconds_inside()
                        checker.engine, checker.index  # noqa: B018 - made when first asked for
                    checker.progress = step
                with step("check"):
                    report = checker.check(draft)
            with step("report"):
                Path(path).with_suffix(".md").write_text(render(report, Format.MARKDOWN), encoding="utf-8")
            claims += len(report.findings)
    if "check" in steps:
        named = ("Extracting claims", "Searching the corpus", "Verifying claims")
        steps["claims remembered and recalled"] = steps.pop("check") - sum(steps[name] for name in named)
    steps["process"] = time.perf_counter() - began
    print(json.dumps({"steps": steps, "inside the models": inside(), "claims": claims}))


def count_seconds_inside() -> Callable[[], float]:
    """Count from now on the seconds in which a model reads one text at least, and return what tells them."""
    import onnxruntime

    plain = onnxruntime.InferenceSession.run
    lock, running, since, inside = threading.Lock(), 0, 0.0, 0.0

    def timed(*args: Any, **more: Any) -> Any:
        nonlocal inside, running, since
        with lock:
            since = since if running else time.perf_counter()
            running += 1
        try:
            return plain(*args, **more)
        finally:
            with lock:
                running -= 1
                inside += 0.0 if running else time.perf_counter() - since

    onnxruntime.InferenceSession.run = timed
    return lambda: inside


def fresh(articles: Sequence[Path], store: Path, nli: str) -> dict[str, Any]:
    """Run ``run_once`` in a process of its own, and add the seconds that it took, and that processors worked on it."""
    code = "import sys; from benchmarks.speed import run_once; run_once(*sys.argv[1:])"
    started, worked = time.perf_counter(), _worked()
    done = subprocess.run(
        [sys.executable, "-c", code, str(store), nli, *map(str, articles)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result | {"wall": seconds, "cpu": _worked() - worked}


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def end_to_end(runs: int, characters: int | None, nli: str) -> dict[str, Any]:
    """Check an article twice for each run: with nothing kept, then unchanged."""
    from factcheck.cache import AnswerCache

    rows, together = [], []
    with tempfile.TemporaryDirectory() as folder:
        article, store = Path(folder) / "draft.txt", Path(folder) / "store"
        several = [Path(shutil.copy(path, folder)) for path in sorted((ROOT / "seeds").glob("*.txt"))]
        text = (ROOT / "seeds" / "clean.txt").read_text(encoding="utf-8")[:characters].rpartition(".")[0]
        article.write_text("NATO's Libya mission ended on 31 October 2011.\n", encoding="utf-8")
        fresh([article], store, "small")  # indexes the corpus
        article.write_text(f"{text}.\n", encoding="utf-8")
        for _ in range(runs):
            AnswerCache(store).clear()
            first, second = fresh([article], store, nli), fresh([article], store, nli)
            rows.append((first, second | {"bare": seconds_of("-c", "import pydantic; pydantic.BaseModel")}))
            AnswerCache(store).clear()
            together.append(fresh(several, store, nli))
    steps = {
        name: {
            which: round(statistics.median(row[at]["steps"].get(name, 0.0) for row in rows), 3)
            for at, which in enumerate(("first", "second"))
        }
        for name in rows[0][0]["steps"]
    }
    return {
        "claims": rows[0][0]["claims"],
        "wall_to_models": spread([first["wall"] / first["inside the models"] for first, _ in rows]),
        "check_to_models": spread([_checking(first) / first["inside the models"] for first, _ in rows]),
        "several": {
            "articles": len(several),
            "claims": together[0]["claims"],
            "wall_to_models": spread([run["wall"] / run["inside the models"] for run in together]),
            "seconds": spread([run["wall"] for run in together]),
        },
        "second_to_first": spread([second["wall"] / first["wall"] for first, second in rows]),
        "second_to_bare": spread([second["wall"] / second["bare"] for _, second in rows]),
        "first_s": spread([first["wall"] for first, _ in rows]),
        "second_s": spread([second["wall"] for _, second in rows]),
        "first_cpu_s": spread([first["cpu"] for first, _ in rows]),
        "second_cpu_s": spread([second["cpu"] for _, second in rows]),
        "steps_s": steps | {"inside the models": {
            which: round(statistics.median(row[at]["inside the models"] for row in rows), 3)
            for at, which in enumerate(("first", "second"))
        }},
    }  # fmt: skip


def _checking(run: dict[str, Any]) -> float:
    """Return the seconds of a run after its start: from the first word read to the report written."""
    steps: dict[str, float] = run["steps"]
    return steps["process"] - steps["start"] - steps["models and index loaded"]


def help_to_bare(runs: int) -> list[float]:
    """Return the time of ``factcheck --help`` to that of a bare Typer program."""
    ours, bare = ("-c", "from factcheck.cli import main; main()", "--help"), ("-c", BARE, "--help")
    seconds_of(*ours), seconds_of(*bare)
    return spread([seconds_of(*ours) / seconds_of(*bare) for _ in range(max(10, 3 * runs))])


def seconds_of(*arguments: str) -> float:
    """Return the seconds that Python takes with these arguments."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - started


def pairs_to_plain(runs: int, nli: str) -> dict[str, Any]:
    """Return pairs a second of one NLI model to those of plain onnxruntime, and how far the answers differ."""
    import numpy as np

    from benchmarks.plain import PlainModel
    from factcheck.models.nli import NliModel
    from factcheck.models.onnx import WEIGHTS

    rows = (ROOT / "tests/data/verification/challenge_dev.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [(row["evidence"], row["claim"]) for row in map(json.loads, rows[:PAIRS])]
    batches = [pairs[at : at + BATCH] for at in range(0, len(pairs), BATCH)]
    model, plain = NliModel(nli), PlainModel(WEIGHTS / f"nli-{nli}")

    def naive() -> Any:
        return np.concatenate([plain.run(batch) for batch in batches])

    answers, logits = model.probabilities(pairs), naive()
    torch = in_torch(nli, [plain.encode(batch) for batch in batches])
    by_length = sorted(pairs, key=lambda pair: len(plain.encode([pair])[0].ids))
    packed = [by_length[at : at + BATCH] for at in range(0, len(pairs), BATCH)]
    others = {"to_plain": naive, "to_packed": lambda: [plain.run(batch) for batch in packed]} | (
        {"to_torch": torch} if torch else {}
    )
    ratios: dict[str, list[float]] = {name: [] for name in others}
    for _ in range(runs):
        ours = _seconds(lambda: NliModel(nli).probabilities(pairs))  # a new one has kept no answers
        for name, other in others.items():
            ratios[name].append(_seconds(other) / ours)
    same = float((answers.argmax(axis=1) == logits.argmax(axis=1)).mean())
    spreads = {name: spread(values) for name, values in ratios.items()}
    return {"model": nli, "pairs": len(pairs), **spreads, "same_answer": round(same, 3)}


def in_torch(nli: str, batches: list[Any]) -> Callable[[], object] | None:
    """Return what reads batches of encodings in PyTorch, or None where it is not installed or the shape not known."""
    if nli not in SHAPES:
        return None
    try:
        import torch
        from transformers import BertConfig, BertForSequenceClassification
    except ImportError:
        return None
    model = BertForSequenceClassification(BertConfig(num_labels=3, **SHAPES[nli])).eval()

    def read() -> None:
        with torch.inference_mode():
            for batch in batches:
                length = max(len(one.ids) for one in batch)
                rows = {
                    "input_ids": [one.ids + [0] * (length - len(one.ids)) for one in batch],
                    "attention_mask": [one.attention_mask + [0] * (length - len(one.ids)) for one in batch],
                    "token_type_ids": [one.type_ids + [0] * (length - len(one.ids)) for one in batch],
                }
                model(**{name: torch.tensor(values) for name, values in rows.items()})

    read()
    return read


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def spread(values: list[float]) -> list[float]:
    """Return lowest, median and highest."""
    return [round(value, 3) for value in (min(values), statistics.median(values), max(values))]


def main() -> None:
    """Measure, print the tables and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--characters", type=int, help="so much of the article [default: all]")
    parser.add_argument("--nli", default="base")
    parser.add_argument("--pairs-only", action="store_true")
    args = parser.parse_args()
    if args.pairs_only:
        results = json.loads(RESULTS.read_text("utf-8")) | {
            "pairs": pairs_to_plain(args.runs, args.nli.rpartition("+")[2])
        }
        print(json.dumps(results["pairs"]))
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
        return
    whole = end_to_end(args.runs, args.characters, args.nli)
    results = {
        "runs": args.runs,
        "end_to_end": whole,
        "help_to_bare_typer": help_to_bare(args.runs),
        "pairs": pairs_to_plain(args.runs, args.nli.rpartition("+")[2]),
    }
    console = Console(width=120)
    table = Table("ratio", "lowest", "median", "highest", title=f"{args.runs} runs, {whole['claims']} claims")
    for name, values in {
        "whole process to inside the models": whole["wall_to_models"],
        "the same, after its start": whole["check_to_models"],
        f"the same of {whole['several']['articles']} articles in one run": whole["several"]["wall_to_models"],
        "second run to first": whole["second_to_first"],
        "second run to a bare Python with Pydantic": whole["second_to_bare"],
        "second run, processor seconds": whole["second_cpu_s"],
        "factcheck --help to bare Typer": results["help_to_bare_typer"],
        f"pairs a second, nli-{results['pairs']['model']} to plain onnxruntime": results["pairs"]["to_plain"],
        "the same, to batches of pairs of nearly one length": results["pairs"]["to_packed"],
    }.items():
        table.add_row(name, *(f"{value:.2f}" for value in values))
    console.print(table)
    table = Table("step", "first run, s", "second run, s")
    for name, seconds in whole["steps_s"].items():
        table.add_row(name, f"{seconds['first']:.2f}", f"{seconds['second']:.2f}")
    console.print(table)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
