"""Fuzz a target, guided by coverage (libFuzzer through Atheris).

    python tests/fuzz/run.py TARGET [libFuzzer options, such as -max_total_time=600]

Inputs that reach new code are kept in ``.fuzz/TARGET/``; one that fails is written to the current folder and can be
given instead of the options to run it again. ``make fuzz`` runs every target for ten minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent))

with atheris.instrument_imports(include=["factcheck", "yaml", "docx", "pypdf"]):
    from targets import SEEDS, TARGETS


def main() -> None:
    """Run the target that the first argument names."""
    name, *options = sys.argv[1:] or [""]
    if name not in TARGETS:
        raise SystemExit(f"name one of {', '.join(TARGETS)}")
    corpus = Path(".fuzz", name)
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed)
    files = [option for option in options if not option.startswith("-")]
    folders = [] if files else [str(corpus)]
    # A memory and a time limit for each input: to hang, or to fill the memory, is to fail.
    atheris.Setup([sys.argv[0], "-timeout=20", "-rss_limit_mb=2048", *options, *folders], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
