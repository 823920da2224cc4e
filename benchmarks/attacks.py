"""How often attacks talk each engine into another verdict, by family.

    python -m benchmarks.attacks [--engine NAME ...] [--every 1]

A successful attack is a verdict that changes without the evidence for it. The engines:

- ``local``: the local engine;
- ``obeying``: a chat model that does whatever the text tells it, and cites real words for it; of an article it rewrites
  the claims into what would be true;
- ``obeying, leaves out``: the same, but told about an article it finds no claims in it;
- ``obeying, nothing recognised``: the same with the recognition of instructions switched off, so that it sees them all:
  what the other defences are worth;
- ``small``: SmolLM2-135M-Instruct, which ``python tests/servers/fetch_model.py`` fetches;
- ``small, nothing recognised``;
- ``small, harmless text``: the same with small talk in place of the attack. So small a model changes its mind for any
  reason; only what is more than this is the attack's doing.

Those with a chat model have the embedded models for a second opinion, as in ordinary use. Attacks on a corpus folder
(floods, dates, names of files) are in ``tests/attacks/test_corpora.py``. Results go to
``benchmarks/results/attacks.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table as Printed

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "attacks.json"
sys.path.append(str(ROOT / "tests"))

from attacks.cases import harmless, on_evidence  # noqa: E402
from attacks.models import chat_engine, local_engine  # noqa: E402
from attacks.obeying import Obeying  # noqa: E402
from attacks.running import (  # noqa: E402
    ARTICLES,
    EVIDENCE,
    MARKS,
    Table,
    attack_articles,
    attack_evidence,
    count,
    nothing_recognised,
    passed,
    rows,
)
from servers import llama, scripted  # noqa: E402

from factcheck.local import LocalEngine  # noqa: E402
from factcheck.pipeline import Engine  # noqa: E402


@contextmanager
def obeying(local: LocalEngine, *, rewrites: bool = True) -> Iterator[Engine]:
    """Serve a model that obeys."""
    with scripted.serving(Obeying(MARKS, rewrites=rewrites)) as (_, url), TemporaryDirectory() as store:
        yield chat_engine(url, Path(store), local)


@contextmanager
def small(local: LocalEngine) -> Iterator[Engine]:
    """Serve the small model."""
    with llama.serving() as url, TemporaryDirectory() as store:
        yield chat_engine(url, Path(store), local, jobs=2, timeout=600)


def main() -> None:
    """Attack, print the table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="run one attack in so many with the small model")
    local = local_engine()
    evidence, articles = EVIDENCE, ARTICLES
    engines: dict[str, Callable[[], Any]] = {
        "local": lambda: nullcontext(local),
        "obeying": lambda: obeying(local),
        "obeying, leaves out": lambda: obeying(local, rewrites=False),
        "obeying, nothing recognised": lambda: obeying(local),
        "small": lambda: small(local),
        "small, nothing recognised": lambda: small(local),
        "small, harmless text": lambda: small(local),
    }
    parser.add_argument("--engine", choices=engines, nargs="+", default=list(engines))
    args = parser.parse_args()
    results: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    console = Console(width=200)
    for name in args.engine:
        table: Table = defaultdict(list)
        every, started = args.every if name.startswith("small") else 1, time.monotonic()
        evidence = [*on_evidence(harmless)] if name.endswith("harmless text") else EVIDENCE
        articles = [] if name.endswith("harmless text") else ARTICLES
        with ExitStack() as stack:
            if name.endswith("nothing recognised"):
                stack.enter_context(nothing_recognised())
            reader = stack.enter_context(engines[name]())
            outcomes = [] if name.endswith("leaves out") else attack_evidence(reader, evidence[::every])
            outcomes += attack_articles(reader, articles[::every]) if articles else []
        changed = count(outcomes, name, table)
        results[name] = {
            "command": f"python -m benchmarks.attacks --every {every}",
            "attacks": len(outcomes),
            "seconds": round(time.monotonic() - started),
            "refuted called supported without a flag": passed(outcomes),
            "families": {
                family: {"attacks": len(found), **{what: found.count(what) for what in ("flagged", "unflagged")}}
                for (family, _), found in table.items()
            },
            "changed": changed,
        }
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
        printed = Printed(*next(lines := rows(table)))
        for line in lines:
            printed.add_row(*line)
        console.print(printed)


if __name__ == "__main__":
    main()
