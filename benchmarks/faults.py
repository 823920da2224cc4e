"""Whether anything that goes wrong in a run turns into a wrong report, a traceback or a damaged store.

    python -m benchmarks.faults [--runs 200] [--seed 1] [--only KIND]

Each run is a real ``factcheck claims`` on a draft of one sentence and a corpus of three documents, in a process and
a folder of its own, with a fault of one kind injected at a random point (``FAULTS`` lists the kinds). Then it is
checked that

1. it ended by itself, if it was not killed: with the report that an undisturbed run writes, with one that says which
   claims are unchecked and why, or with one line that says what is wrong;
2. a report that is there is whole;
3. the same command run again, without the fault, writes exactly the report of an undisturbed run, apart from times.
   A store that was damaged on purpose is deleted first where it says that it has to be.

Signals hit a new process at any moment from its start to its end. The other faults are met by a process that was
forked after the libraries were loaded, which saves half the time. A full disk is a small file system in memory where
one can be mounted (as root), else a limit on the size of files. The clock jumps for native libraries, too: the calls
that read it are replaced by some that a C compiler (``cc``) makes. Results go to ``benchmarks/results/faults.json``.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "faults.json"
WEIGHTS = ROOT / "factcheck" / "models" / "weights"
DOCUMENTS = ("un-res-1973", "un-res-1973-votes", "gates-visit-st-petersburg")
#: One claim: an int8 model reads it a little differently beside others, so that a report made in two halves, as after a
#: fault, may differ from one made in one go.
DRAFT = "The resolution was adopted with ten votes in favour and five abstentions on 17 March 2011.\n"
REPORT = "draft.factcheck.json"
#: Seconds after which a run hangs.
PATIENCE = 180
COMMAND = [sys.executable, "-c", "from factcheck.cli import main; main()"]
#: Reads the clock, JUMP seconds off after it was read AFTER times. The monotonic clock never jumps.
CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static int (*real)(clockid_t, struct timespec *);
static long jump, calls, after;
__attribute__((constructor)) static void set(void) {
    real = dlsym(RTLD_NEXT, "clock_gettime");
    jump = atol(getenv("JUMP")), after = atol(getenv("AFTER"));
}
int clock_gettime(clockid_t id, struct timespec *now) {
    int failed = real(id, now);
    if (id == CLOCK_REALTIME && ++calls > after) now->tv_sec += jump;
    return failed;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec read;
    int failed = clock_gettime(CLOCK_REALTIME, &read);
    now->tv_sec = read.tv_sec, now->tv_usec = read.tv_nsec / 1000;
    return failed;
}
time_t time(time_t *now) {
    struct timespec read;
    clock_gettime(CLOCK_REALTIME, &read);
    return now ? *now = read.tv_sec : read.tv_sec;
}
"""
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Run:
    """How a run ended: its exit code (negative: the signal that killed it) and what it printed as errors."""

    code: int
    errors: str
    seconds: float

    @property
    def error_lines(self) -> list[str]:
        """The lines that name an error; warnings and the summary of a finished run are none."""
        return [line for line in self.errors.splitlines() if line.startswith("factcheck: ")]


@dataclass
class Place:
    """The folder of a run, the chance that picks the fault, and how long an undisturbed run takes."""

    folder: Path
    chance: random.Random
    seconds: float
    nli: str = "small"
    undo: list[Callable[[], object]] = field(default_factory=list)

    @property
    def store(self) -> Path:
        """The folder of the index."""
        return self.folder / ".factcheck"

    def output(self, name: str) -> Path:
        """Return the file beside the folder that takes ``stdout`` or ``stderr``: no fault hits it there."""
        return self.folder.with_name(f"{self.folder.name}.{name}")

    @property
    def arguments(self) -> list[str]:
        """The command without the program."""
        return ["claims", "draft.txt", "--engine", "local", "--nli", self.nli, "--format", "json"]

    def some_file(self, folder: Path) -> Path:
        """Pick a file below ``folder``."""
        return self.chance.choice(sorted(path for path in folder.rglob("*") if path.is_file()))


def start(place: Place, *, fresh: bool = False, before: Callable[[], object] = lambda: None) -> int:
    """Start the command in the folder of ``place`` and return its process id; ``before`` is called in the process."""
    if pid := os.fork():
        return pid
    try:
        for number, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(os.open(place.output(name), os.O_CREAT | os.O_TRUNC | os.O_WRONLY), number)
        os.chdir(place.folder)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        before()
        if fresh:
            os.execv(COMMAND[0], [*COMMAND, *place.arguments])
        from factcheck.cli import main

        sys.argv[1:] = place.arguments
        main()
        os._exit(0)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:  # what a new process would print, too
        sys.excepthook(*sys.exc_info())
        code = 70
    with suppress(Exception):
        sys.stderr.flush()
    os._exit(code)


def finish(place: Place, pid: int, started: float) -> Run:
    """Wait for a process to end."""
    while time.monotonic() - started < PATIENCE:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            break
        time.sleep(0.02)
    else:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        code = -999
    return Run(code, place.output("stderr").read_text(errors="replace"), time.monotonic() - started)


def run(place: Place, **options: Any) -> Run:
    """Run the command to its end."""
    started = time.monotonic()
    return finish(place, start(place, **options), started)


def report(folder: Path) -> dict[str, Any] | None:
    """Return the report of a run without its times, or None if there is none.

    Raises:
        ValueError: it is not whole.
    """
    file = folder / REPORT
    if not file.exists():
        return None
    content: dict[str, Any] = json.loads(file.read_text())
    del content["created"], content["usage"]["seconds"]
    return content


# ---- the faults: each disturbs one run, and returns how it ended ----


def killed(place: Place, number: int = signal.SIGKILL) -> Run:
    """Kill -9 at a random moment."""
    started = time.monotonic()
    pid = start(place, fresh=True)
    time.sleep(place.chance.uniform(0, place.seconds))
    with suppress(ProcessLookupError):
        os.kill(pid, number)
    return finish(place, pid, started)


def interrupted(place: Place) -> Run:
    """Ctrl-C at a random moment."""
    return killed(place, signal.SIGINT)


def disk_full(place: Place) -> Run:
    """Fill the disk after a random number of bytes."""
    if os.geteuid():
        size = place.chance.randrange(1 << 20)
        return run(place, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY)))
    used = sum(file.stat().st_size for file in place.folder.rglob("*") if file.is_file())
    size = used + place.chance.randrange(1 << 12, 1 << 20)
    with tempfile.TemporaryDirectory() as aside:
        held = Path(aside) / "held"
        shutil.copytree(place.folder, held)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", place.folder], check=True)
        with suppress(shutil.Error):  # full before it began
            shutil.copytree(held, place.folder, dirs_exist_ok=True)
        ended = run(place)
        shutil.rmtree(held)
        shutil.copytree(place.folder, held)
        subprocess.run(["umount", place.folder], check=True)
        shutil.rmtree(place.folder)
        shutil.copytree(held, place.folder)
    for name in DOCUMENTS:
        shutil.copy(ROOT / "corpus" / f"{name}.md", place.folder / "corpus")
    (place.folder / "draft.txt").write_text(DRAFT)
    return ended


def files_used_up(place: Place) -> Run:
    """Allow no more than so many open files."""
    most = place.chance.randrange(8, 64)
    return run(place, before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most)))


def read_only(place: Place) -> Run:
    """Make a folder, or a file of the store, unwritable."""
    shut = place.chance.choice([place.folder, *(path for path in place.store.rglob("*"))])
    mode = shut.stat().st_mode
    shut.chmod(0o555 if shut.is_dir() else 0o444)
    ended = run(place, before=lose_privileges)
    if shut.exists():
        shut.chmod(mode)
    return ended


def lose_privileges() -> None:
    """Give up root's right to write where nobody may (capset(2), version 3, no capability left)."""
    header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    if ctypes.CDLL(None).capset(header, none):
        raise OSError("capset failed")


def damaged(place: Place) -> Run:
    """Cut a file of the store short, remove it, or put other bytes in it."""
    if not place.store.exists():
        run(place)
        (place.folder / REPORT).unlink()
    file = place.some_file(place.store)
    data = bytearray(file.read_bytes())
    how = place.chance.choice(["cut", "gone", "other bytes", "page"])
    if how == "gone":
        file.unlink()
    elif how == "cut" or not data:
        file.write_bytes(data[: place.chance.randrange(len(data) + 1)])
    else:
        spots, width = (1 + len(data) // 2000, 1) if how == "other bytes" else (1, 4096)
        for _ in range(spots):
            at = place.chance.randrange(len(data))
            data[at : at + width] = place.chance.randbytes(len(data[at : at + width]))
        file.write_bytes(data)
    return run(place)


def other_version(place: Place) -> Run:
    """Make the store that of another version, whose passages or tables are others."""
    if not place.store.exists():
        run(place)
        (place.folder / REPORT).unlink()
    changes = [
        "UPDATE notes SET value = '0 another encoder' WHERE name = 'recipe'",
        "DELETE FROM notes WHERE name = 'recipe'",
        "ALTER TABLE documents RENAME COLUMN passages TO pieces",
        "DROP TABLE notes",
        "DROP TABLE files",
        "DROP TABLE sketches",
    ]
    with closing(sqlite3.connect(place.store / "catalogue.sqlite3")) as database, database:
        database.execute(place.chance.choice(changes))
    return run(place)


def two_writers(place: Place) -> Run:
    """Let another run work on the same store."""
    other = replace(place, folder=place.folder / "elsewhere")
    other.folder.mkdir()
    (other.folder / "draft.txt").write_text(DRAFT)
    for name in ("corpus", ".factcheck"):
        place.store.mkdir(exist_ok=True)
        (other.folder / name).symlink_to(place.folder / name)
    started = time.monotonic()
    pid = start(other)
    time.sleep(place.chance.uniform(0, 1.0))
    ended, others = run(place), finish(other, pid, started)
    if others.code == 0:
        if report(other.folder) is None:
            return replace(ended, code=71, errors="the other run wrote no report")
    elif not others.error_lines:
        return replace(ended, code=72, errors=others.errors)
    return ended


def altered_model(place: Place) -> Run:
    """Remove, cut short or alter a file of the model."""
    model = place.folder / "model"
    shutil.copytree(WEIGHTS / "nli-small", model, ignore=shutil.ignore_patterns("README.md"))
    file = place.some_file(model)
    how = place.chance.choice(["gone", "cut", "other byte"])
    data = bytearray(file.read_bytes())
    if how == "gone":
        file.unlink()
    elif how == "cut":
        file.write_bytes(data[: place.chance.randrange(len(data))])
    else:
        data[place.chance.randrange(len(data))] ^= 1 << place.chance.randrange(8)
        file.write_bytes(data)
    ended = run(replace(place, nli=str(model)))
    shutil.rmtree(model)
    if ended.code == 0 and file.name == "model.onnx":
        return replace(ended, code=73, errors="altered weights were read")
    (place.folder / REPORT).unlink(missing_ok=True)  # made with a model of another name
    return ended if ended.code else replace(ended, code=2, errors="factcheck: harmless")


def corpus_changes(place: Place) -> Run:
    """Remove or empty a document, or put something else in its place, while the run reads the corpus."""
    file = place.some_file(place.folder / "corpus")
    kept = file.read_bytes()
    started = time.monotonic()
    pid = start(place)
    time.sleep(place.chance.uniform(0, place.seconds / 2))
    how = place.chance.choice(["gone", "empty", "binary", "folder"])
    file.unlink()
    if how == "folder":
        file.mkdir()
    elif how != "gone":
        file.write_bytes(b"" if how == "empty" else place.chance.randbytes(5000))
    ended = finish(place, pid, started)
    shutil.rmtree(file) if file.is_dir() else file.unlink(missing_ok=True)
    file.write_bytes(kept)
    if ended.code == 0:  # it may have been made from the other documents, and says how many there were
        (place.folder / REPORT).unlink()
        return replace(ended, code=2, errors="factcheck: a report on what was there")
    return ended


def clock_jumps(place: Place) -> Run:
    """Set the clock decades back or ahead at a random moment, and date all files as if that had happened before."""
    for file in place.folder.rglob("*"):
        when = time.time() + place.chance.uniform(-50, 70) * YEAR
        os.utime(file, (when, when))
    library = place.output("clock.so")
    compile_it = ["cc", "-shared", "-fPIC", "-w", "-x", "c", "-o", library, "-", "-ldl"]
    subprocess.run(compile_it, input=CLOCK.encode(), check=True)
    jump, after = place.chance.uniform(-50, 70) * YEAR, place.chance.randrange(500)
    clock = {"LD_PRELOAD": str(library), "JUMP": f"{jump:.0f}", "AFTER": str(after)}
    return run(place, fresh=True, before=lambda: os.environ.update(clock))


FAULTS: dict[str, Callable[[Place], Run]] = {
    "kill -9": killed,
    "Ctrl-C": interrupted,
    "disk full": disk_full,
    "no more open files": files_used_up,
    "read only": read_only,
    "damaged store": damaged,
    "store of another version": other_version,
    "two writers": two_writers,
    "altered model": altered_model,
    "corpus changes": corpus_changes,
    "clock jumps": clock_jumps,
}


def judge(fault: str, place: Place, expected: dict[str, Any]) -> tuple[str, str]:
    """Disturb one run, check what is left, and return how it ended and what is wrong (or "")."""
    ended = FAULTS[fault](place)
    try:
        left = report(place.folder)
    except ValueError:
        return "?", "the report is not whole"
    problem = ""
    if ended.code == -999:
        how, problem = "hang", f"no end after {PATIENCE} s"
    elif ended.code in (-signal.SIGKILL, -signal.SIGINT, 130):
        how = "killed" if ended.code == -signal.SIGKILL else "interrupted"
        if "Traceback" in ended.errors:
            problem = "a traceback"
    elif ended.code == 0:
        how = "report"
        if left != expected:
            problem = "another report, without a word"
    elif ended.code == 3:
        how = "report with unchecked claims"
        if not left or not left["summary"]["unchecked"]:
            problem = "exit code 3, but no claim is unchecked"
    else:
        how = "error line"
        if ended.code != 2 or len(ended.error_lines) != 1 or "Traceback" in ended.errors:
            problem = f"exit code {ended.code}: {ended.errors.strip()[-1500:]}"
    if problem:
        return how, problem
    (place.folder / REPORT).unlink(missing_ok=True)
    again = run(place)
    if again.code == 2 and any("delete that folder" in line for line in again.error_lines):
        how += ", store to be deleted"
        if fault not in ("damaged store", "store of another version"):
            return how, f"the store was damaged: {again.errors.strip()[-300:]}"
        shutil.rmtree(place.store)
        again = run(place)
    if again.code or report(place.folder) != expected:
        return how, f"run again it ended with {again.code} and another report: {again.errors.strip()[-300:]}"
    return how, ""


def make_place(folder: Path, chance: random.Random, seconds: float) -> Place:
    """Lay out a draft and a corpus in ``folder``."""
    (folder / "corpus").mkdir(parents=True)
    for name in DOCUMENTS:
        shutil.copy(ROOT / "corpus" / f"{name}.md", folder / "corpus")
    (folder / "draft.txt").write_text(DRAFT)
    return Place(folder, chance, seconds)


def main() -> None:
    """Run, print the table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=FAULTS)
    args = parser.parse_args()
    console = Console(width=160)
    import factcheck.cli
    import factcheck.engines
    import factcheck.reporting  # noqa: F401

    with tempfile.TemporaryDirectory(prefix="factcheck-faults-") as work:
        calm = make_place(Path(work) / "calm", random.Random(args.seed), 0)
        first = run(calm, fresh=True)
        expected = report(calm.folder)
        if first.code or not expected:
            raise SystemExit(f"the undisturbed run failed: {first.errors}")
        kinds = [args.only] if args.only else list(FAULTS)
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        problems: list[dict[str, Any]] = []
        for number in range(args.runs):
            fault = kinds[number % len(kinds)]
            chance = random.Random(f"{args.seed} {number}")
            place = make_place(Path(work) / str(number), chance, first.seconds)
            if chance.random() < 0.5:  # a store that is there already
                shutil.copytree(calm.store, place.store)
            how, problem = judge(fault, place, expected)
            counts[fault][how] += 1
            if problem:
                problems.append({"run": number, "fault": fault, "problem": problem})
                console.print(f"{number} {fault}: {problem}", markup=False)
            shutil.rmtree(place.folder, ignore_errors=True)
            if not args.only:  # as it goes: what was found before an end that comes early counts, too
                result = {
                    "command": f"python -m benchmarks.faults --runs {args.runs} --seed {args.seed}",
                    "runs": number + 1,
                    "wrong": len(problems),
                    "ended in": {fault: dict(ends) for fault, ends in counts.items()},
                    "problems": problems,
                }
                RESULTS.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    table = Table("fault", "runs", "ended in", "wrong")
    for fault, ends in counts.items():
        wrong = sum(problem["fault"] == fault for problem in problems)
        told = ", ".join(f"{how} {count}" for how, count in ends.most_common())
        table.add_row(fault, str(ends.total()), told, str(wrong))
    console.print(table)


if __name__ == "__main__":
    main()
