"""The command line with a chat model: who sees the draft, what it cost, and exit code 3 when claims stay unchecked."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers.engines import sentence
from servers.scripted import Reply, Request, ScriptedServer, honest, serving
from typer.testing import CliRunner

from factcheck.cache import AnswerCache
from factcheck.cli import app
from factcheck.prompts import load_prompts
from factcheck.records import Report, Verdict

LIDO = "The lido on the sea front opened in 1936."
MAYOR = "Anna Holt was elected mayor of Harnsea by the council."
BRIDGE = "Two men painted the old railway bridge."
COMMAND = (sys.executable, "-c", "from factcheck.cli import main; main()")


def factcheck(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=300, env=dict(os.environ), check=False
    )


def test_a_draft_is_checked_by_the_model_behind_the_url(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "town.md").write_text(f"{LIDO} {MAYOR}\n\nThe harbour froze in the winter of 1963.\n")
    (tmp_path / "draft.txt").write_text(f"{LIDO}\n{MAYOR}\n{BRIDGE}")

    def script(request: Request) -> Reply:
        if not request.is_extraction and request.claim == BRIDGE:
            return Reply(refusal="I would rather not.")
        return honest(request)

    with serving(script) as (server, url):
        done = factcheck(
            "claims", "draft.txt", "--engine", "openai:scripted", "--base-url", url, "--nli", "small",
            "--format", "json", "--output", "report.json",
        )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith(f"Stays on this machine: the draft, read by {url} (openai:scripted).")
    assert "Left this machine: nothing." in done.stderr
    report = Report.model_validate_json((tmp_path / "report.json").read_text())
    verdicts = {finding.claim.text: finding.verdict.value for finding in report.findings}
    assert verdicts == {LIDO: "supported", MAYOR: "supported", BRIDGE: "unchecked"}
    assert "refused" in report.findings[2].rationale
    assert report.tool.engine == "openai:scripted"
    assert report.tool.prompts == {name: prompt.sha256 for name, prompt in load_prompts().items()}
    assert report.usage.llm_calls == server.calls == 4
    assert report.usage.input_tokens == 400
    assert report.article.sha256 == hashlib.sha256((tmp_path / "draft.txt").read_bytes()).hexdigest()


@pytest.fixture
def interrupted_at_the_sixth_call() -> Iterator[tuple[list[subprocess.Popen[str]], str, ScriptedServer]]:
    """An endpoint that sends Ctrl-C to the command in the list when it is asked for the sixth time."""
    running: list[subprocess.Popen[str]] = []

    def script(request: Request) -> Reply:
        if running[0].poll() is None and len(server.requests) == 6:
            running[0].send_signal(signal.SIGINT)
            return Reply(delay=3)
        return honest(request)

    with serving(script) as (server, url):
        yield running, url, server


def test_ctrl_c_writes_the_report_of_what_is_done_and_the_next_run_goes_on(
    tmp_path: Path, interrupted_at_the_sixth_call: tuple[list[subprocess.Popen[str]], str, ScriptedServer]
) -> None:
    running, url, server = interrupted_at_the_sixth_call
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "mills.md").write_text("\n\n".join(sentence(number) for number in range(1, 13)))
    (tmp_path / "draft.txt").write_text("\n".join(sentence(number) for number in range(1, 13)))
    arguments = (
        "claims", "draft.txt", "--engine", "openai:scripted", "--base-url", url, "--nli", "small", "--jobs", "1",
        "--format", "json", "--output", "report.json",
    )  # fmt: skip
    running.append(subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, text=True))
    _, errors = running[0].communicate(timeout=300)
    assert running[0].returncode == 3, errors
    first = Report.model_validate_json((tmp_path / "report.json").read_text())
    again = factcheck(*arguments)
    left = [finding for finding in first.findings if finding.verdict == Verdict.UNCHECKED]
    assert (len(first.findings), server.calls) == (12, 6 + 8)
    assert len(left) >= 8
    assert all("interrupted" in finding.rationale for finding in left)
    assert again.returncode == 0, again.stderr
    assert Report.model_validate_json((tmp_path / "report.json").read_text()).summary["unchecked"] == 0


def test_ctrl_c_sends_no_further_draft(
    tmp_path: Path, interrupted_at_the_sixth_call: tuple[list[subprocess.Popen[str]], str, ScriptedServer]
) -> None:
    running, url, server = interrupted_at_the_sixth_call
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "mills.md").write_text("\n\n".join(sentence(number) for number in range(1, 13)))
    (tmp_path / "a.txt").write_text("\n".join(sentence(number) for number in range(1, 13)))
    (tmp_path / "b.txt").write_text("The mills of Lom were shut in 2011.")
    arguments = (
        "claims", "a.txt", "b.txt", "--engine", "openai:scripted", "--base-url", url, "--nli", "small", "--jobs", "1",
        "--format", "json", "--summary", "summary.md",
    )  # fmt: skip
    running.append(subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, text=True))
    _, errors = running[0].communicate(timeout=300)
    assert running[0].returncode == 130, errors
    assert errors.splitlines()[-1] == "Interrupted: 1 article was not checked. Run again to go on."
    report = Report.model_validate_json((tmp_path / "a.factcheck.json").read_text())
    assert (len(report.findings), report.summary["unchecked"] >= 8) == (12, True)
    assert not (tmp_path / "b.factcheck.json").exists()
    assert not (tmp_path / "summary.md").exists()
    assert not any("shut" in message["content"] for request in server.requests for message in request.messages)


def test_ctrl_c_leaves_no_figures_of_what_was_not_measured(
    tmp_path: Path, interrupted_at_the_sixth_call: tuple[list[subprocess.Popen[str]], str, ScriptedServer]
) -> None:
    running, url, server = interrupted_at_the_sixth_call
    rows = [
        {"id": str(number), "claim": sentence(number), "verdict": "supported", "date": f"2011-01-{1 + number % 2:02}"}
        | {"passages": [{"id": "mills", "title": "Mills", "text": sentence(number)}]}
        for number in range(1, 21)
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    arguments = (
        "eval", "rows.jsonl", "--engine", "openai:scripted", "--base-url", url, "--nli", "small", "--resamples", "20",
    )  # fmt: skip
    environment = dict(os.environ) | {"FACTCHECK_JOBS": "1"}
    running.append(
        subprocess.Popen(
            [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        )
    )
    _, errors = running[0].communicate(timeout=300)
    assert running[0].returncode == 130, errors
    assert server.calls <= 7  # one more may be on its way when the signal arrives
    assert [path.name for path in tmp_path.glob("rows*")] == ["rows.jsonl"]


def test_doctor_tells_where_the_draft_would_go_and_what_is_kept_which_clear_forgets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_NLI", "small")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://10.0.0.7:9/v1")
    answers = AnswerCache(tmp_path / ".factcheck")
    answers.put("key", "an answer " * 1000)
    told = CliRunner().invoke(app, ["doctor", "--engine", "openai:scripted"])
    assert told.exit_code == 0, told.output
    assert "the draft, to http://10.0.0.7:9/v1 (openai:scripted)" in told.stdout
    here = CliRunner().invoke(app, ["doctor", "--engine", "openai:scripted", "--base-url", "http://127.0.0.1:9/v1"])
    assert here.stdout.splitlines()[0].split(maxsplit=1) == ["engine", "openai:scripted at http://127.0.0.1:9/v1"]
    assert here.stdout.splitlines()[2].split() == ["leaves", "here", "nothing"]
    assert f"1 answers and findings kept, {answers.size()[1] / 1e3:,.0f} kB" in told.stdout
    assert CliRunner().invoke(app, ["cache", "clear"]).stdout == "1 answers and findings forgotten\n"
    assert answers.size() == (0, 0)


def test_a_prompt_that_does_not_fit_stops_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "mills.md").write_text(sentence(1))
    (tmp_path / "draft.txt").write_text(sentence(1))
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "verify.md").write_text("---\nname: verify\nversion: 1\nvariables: []\n---\n# User\nTrue?\n")
    with serving(honest) as (server, url):
        done = factcheck(
            "claims", "draft.txt", "--engine", "openai:scripted", "--base-url", url, "--prompts", "own"
        )  # fmt: skip
    assert done.returncode == 2
    assert "verify.md" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert server.calls == 0
