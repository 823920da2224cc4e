"""What checking one article takes in LLM calls, tokens and time: our chain beside the call patterns of the peers.

    python -m benchmarks.peers [--claims 24] [--passages 5] [--latency 1.0] [--runs 3]

Every pattern runs against the same scripted server, which answers each call after a fixed time, with at most
``Settings.jobs`` calls at once for all. What is compared is who calls how often, how much of the article and the
evidence is sent along, and what has to wait for what; not what the answers are worth, and not retrieval, which costs
no time here. Peers are at their best: each claim is found check-worthy, nothing is asked again, no answer fails to
parse. Tokens are counted by tiktoken's ``o200k_base`` where its table can be loaded, else as four characters each;
which one, the results say. The peers' instructions are counted as the length of their published ones, in
characters, and sent as filler: no word of theirs is in here. Results go to ``benchmarks/results/peers.json``.

The patterns, as read in the repositories:

- **Loki** (Libr-AI/OpenFactVerification, ``factcheck/__init__.py``, ``core/*.py``): one call decomposes the article;
  then at once one call restores where each claim stands, one judges check-worthiness, and one for each claim writes
  queries; then one call for each claim *and passage* verifies.
- **SAFE** (google-deepmind/long-form-factuality, ``eval/safe/*.py``): one call for each sentence finds its facts; then,
  for each fact, one call revises it, one judges its relevance, five in a row write a search query each (given what the
  earlier ones found), and one rates it. As published, facts are rated one after the other; here they run at once, up
  to the common bound, which favours SAFE.
- **FActScore** (shmsw25/FActScore, ``factscore/atomic_facts.py``, ``factscorer.py``): one call for each sentence finds
  its facts; then one call for each fact, with five passages, says true or false. As published, one after the other;
  here at once, too.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from factcheck.records import Article, Passage, Verdict
from factcheck.settings import Settings

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests"))

from servers import scripted  # noqa: E402
from servers.engines import engine, passage, sentence  # noqa: E402

RESULTS = Path(__file__).parent / "results" / "peers.json"
JOBS = Settings.model_fields["jobs"].default
#: Characters of the instructions that a call of each kind carries, about, from the files named above; those that find
#: facts carry eight worked examples from a file that is not in the repository, taken as 500 characters each.
LOKI = {"decompose": 800, "restore": 900, "check-worthy": 1600, "query": 1200, "verify": 1900}
SAFE = {"facts": 4000, "revise": 4000, "relevance": 2500, "query": 700, "rate": 900}
FACTSCORE = {"facts": 4000, "rate": 100}
#: What an answer is taken to be long, in characters: the peers ask for reasoning before each judgement.
REASONED, SHORT = 400, 80

Work = tuple[list[str], list[list[Passage]]]


def make_work(claims: int, passages: int) -> Work:
    """Return the sentences of an article, each of which is one claim, and for each the passages found for it."""
    sentences = [sentence(number) for number in range(1, claims + 1)]
    others = [passage(f"{_paragraph(number)}", f"other-{number}") for number in range(1, passages)]
    found = [[passage(f"{text} {_paragraph(0)}", f"about-{number}"), *others] for number, text in enumerate(sentences)]
    return sentences, found


def _paragraph(number: int) -> str:
    """Return text of the length of a usual passage, so that what is sent along has a usual weight."""
    return " ".join(f"The council of ward {number} met in spring of year {year} by the river." for year in range(8))


def filler(characters: int) -> str:
    """Return so much plain English; what it says is of no account."""
    return (_paragraph(0) * (characters // 300 + 1))[:characters]


class Peer:
    """A call pattern: steps one after the other, each of calls that may run at once."""

    def __init__(self, url: str, work: Work) -> None:
        self.sentences, self.found = work
        self.article = "\n".join(self.sentences)
        self._client = httpx.Client(base_url=f"{url}/", limits=httpx.Limits(max_connections=JOBS), timeout=60)
        self._pool = ThreadPoolExecutor(JOBS)

    def ask(self, instructions: int, *data: str, answer: int = REASONED) -> None:
        """Ask the server once; the answer is so many characters of nothing."""
        body = {
            "model": "scripted",
            "messages": [{"role": "user", "content": "\n".join([filler(instructions), *data])}],
            "response_format": {"json_schema": {"schema": {"properties": {}, "length": answer}}},
        }
        self._client.post("chat/completions", json=body).raise_for_status()

    def at_once(self, jobs: Iterable[Callable[[], None]]) -> None:
        """Run jobs side by side as far as the common bound allows, and wait for all."""
        for done in [self._pool.submit(job) for job in jobs]:
            done.result()


class Loki(Peer):
    """1 + (1, 1, one a claim) + one a claim and passage."""

    def run(self) -> None:
        """Make the calls."""
        claims = "\n".join(self.sentences)
        self.ask(LOKI["decompose"], self.article, answer=len(claims))
        self.at_once(
            [
                lambda: self.ask(LOKI["restore"], self.article, claims, answer=2 * len(claims)),
                lambda: self.ask(LOKI["check-worthy"], claims, answer=REASONED * len(self.sentences) // 4),
                *(lambda c=claim: self.ask(LOKI["query"], c, answer=2 * SHORT) for claim in self.sentences),
            ]
        )
        self.at_once(
            (lambda c=claim, p=found: self.ask(LOKI["verify"], c, p.text))
            for claim, passages in zip(self.sentences, self.found, strict=True)
            for found in passages
        )


class Safe(Peer):
    """One a sentence, then eight in a row for each fact."""

    def run(self) -> None:
        """Make the calls."""
        self.at_once((lambda s=text: self.ask(SAFE["facts"], s, answer=len(s))) for text in self.sentences)
        self.at_once(
            (lambda c=claim, p=passages: self._rate(c, p))
            for claim, passages in zip(self.sentences, self.found, strict=True)
        )

    def _rate(self, fact: str, passages: list[Passage]) -> None:
        self.ask(SAFE["revise"], fact, self.article)
        self.ask(SAFE["relevance"], fact, self.article)
        for step in range(5):
            self.ask(SAFE["query"], fact, *(p.text for p in passages[:step]), answer=SHORT)
        self.ask(SAFE["rate"], fact, *(p.text for p in passages))


class FactScore(Peer):
    """One a sentence, then one a fact with its passages."""

    def run(self) -> None:
        """Make the calls."""
        self.at_once((lambda s=text: self.ask(FACTSCORE["facts"], s, answer=len(s))) for text in self.sentences)
        self.at_once(
            (lambda c=claim, p=passages: self.ask(FACTSCORE["rate"], c, *(item.text for item in p), answer=4))
            for claim, passages in zip(self.sentences, self.found, strict=True)
        )


def ours(url: str, work: Work) -> None:
    """Run our chain; the NLI model's second opinion, which costs no call, is left out.

    Raises:
        SystemExit: a claim was not supported, so that the run means nothing.
    """
    sentences, found = work
    article = Article.from_text("\n".join(sentences))
    with tempfile.TemporaryDirectory() as store:
        made = engine(url, Path(store))
        claims = made.extract(article).claims
        findings = list(made.verify(list(zip(claims, found, strict=True)), article))
    if [finding.verdict for finding in findings] != [Verdict.SUPPORTED] * len(sentences):
        raise SystemExit("the run did not support each claim: its time means nothing")


SYSTEMS: dict[str, Callable[[str, Work], None]] = {
    "factcheck": ours,
    "Loki": lambda url, work: Loki(url, work).run(),
    "SAFE": lambda url, work: Safe(url, work).run(),
    "FActScore": lambda url, work: FactScore(url, work).run(),
}


def counter() -> tuple[str, Callable[[str], int]]:
    """Return what tokens are counted by, and the function that does it."""
    try:
        import tiktoken

        encoding = tiktoken.get_encoding("o200k_base")
    except Exception:  # not installed, or its table cannot be loaded
        return "four characters a token", lambda text: len(text) // 4
    return "tiktoken o200k_base", lambda text: len(encoding.encode(text))


def measure(system: Callable[[str, Work], None], work: Work, latency: float, tokens: Callable[[str], int]) -> Any:
    """Run a system once on a server of its own, and count."""
    answered: list[str] = []

    def script(request: scripted.Request) -> scripted.Reply:
        length = request.schema.get("length")
        reply = scripted.Reply(filler(length)) if length else scripted.honest(request)
        answered.append(reply.content if isinstance(reply.content, str) else json.dumps(reply.content))
        return replace(reply, delay=latency)

    with scripted.serving(script) as (server, url):
        started = time.monotonic()
        system(url, work)
        seconds = time.monotonic() - started
    asked = sum(tokens(message["content"]) for request in server.requests for message in request.messages)
    return {
        "calls": server.calls,
        "input_tokens": asked,
        "output_tokens": sum(map(tokens, answered)),
        "most_at_once": server.most_at_once,
        "seconds": seconds,
    }


def main() -> None:
    """Measure, print the table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=24)
    parser.add_argument("--passages", type=int, default=5)
    parser.add_argument("--latency", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    work = make_work(args.claims, args.passages)
    counted_by, tokens = counter()
    # One round after the other, so that a busy moment of the machine falls on all alike; the first warms up imports.
    measure(ours, make_work(1, 1), 0.0, tokens)
    rounds = [
        {name: measure(system, work, args.latency, tokens) for name, system in SYSTEMS.items()}
        for _ in range(args.runs)
    ]
    rows = {}
    for name in SYSTEMS:
        seconds = [row[name]["seconds"] for row in rounds]
        ratios = [row["factcheck"]["seconds"] / row[name]["seconds"] for row in rounds]
        rows[name] = rounds[0][name] | {
            "seconds": round(statistics.median(seconds), 2),
            "our_calls_to_its": round(rounds[0]["factcheck"]["calls"] / rounds[0][name]["calls"], 3),
            "our_tokens_to_its": round(
                sum(rounds[0]["factcheck"][part] for part in ("input_tokens", "output_tokens"))
                / sum(rounds[0][name][part] for part in ("input_tokens", "output_tokens")),
                3,
            ),
            "our_time_to_its": [round(value, 3) for value in (min(ratios), statistics.median(ratios), max(ratios))],
        }
    title = f"{args.claims} claims, {args.passages} passages, {args.latency:g} s a call, {JOBS} at once"
    table = Table("system", "calls", "input tokens", "output tokens", "seconds", "our time to its", title=title)
    for name, row in rows.items():
        low, middle, high = row["our_time_to_its"]
        counts = (f"{row[key]:,}" for key in ("calls", "input_tokens", "output_tokens"))
        table.add_row(name, *counts, f"{row['seconds']:.1f}", f"{middle:.2f} ({low:.2f} to {high:.2f})")
    Console(width=120).print(table)
    setting = {"claims": args.claims, "passages": args.passages, "latency_s": args.latency, "at_once": JOBS}
    results = {"setting": setting | {"runs": args.runs, "tokens": counted_by}, "systems": rows}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
