"""The gate where other people run it: the pre-commit hook and the GitHub action, as their files define them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from check_jsonschema import main as check_schema
from click.testing import CliRunner

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
#: A sentence of seeds/planted-errors.txt that has the wrong figure, and the right one.
PLANTED, RIGHT = "thrown open five of its air bases", "thrown open seven of its air bases"


def excerpt() -> str:
    """The head of the seed, with its date, and the sentence with the planted error."""
    lines = (ROOT / "seeds" / "planted-errors.txt").read_text(encoding="utf-8").splitlines()
    [sentence] = [found[0] for line in lines if (found := re.search(rf"[^. ][^.]*{PLANTED}[^.]*\.", line))]
    return f"{lines[0]}\n\nLONDON, 1 April 2011.\n\n{sentence}\n"


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"} | more


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of drafts with their corpus, in which the error is let through in columns."""
    folder = tmp_path_factory.mktemp("newsroom")
    for name in ("corpus", "news", "columns"):
        (folder / name).mkdir()
    shutil.copy(ROOT / "corpus" / "italy-warning-on-bases.md", folder / "corpus")
    (folder / "news" / "planted draft.txt").write_text(excerpt(), encoding="utf-8")
    (folder / "news" / "clean.txt").write_text(excerpt().replace(PLANTED, RIGHT), encoding="utf-8")
    (folder / "columns" / "planted.txt").write_text(excerpt(), encoding="utf-8")
    (folder / "factcheck.toml").write_text(
        'engine = "local"\nfail_on = "refuted"\n[[overrides]]\npaths = ["columns/"]\nfail_on = ""\n'
    )
    for command in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize(("draft", "code"), [("news/planted draft.txt", 1), ("news/clean.txt", 0)])
def test_the_hook_stops_a_planted_error_and_leaves_nothing_behind(repository: Path, draft: str, code: int):
    [hook] = HOOKS
    assert re.search(hook["files"], draft)
    command = [*shlex.split(hook["entry"]), *hook.get("args", []), draft]
    done = subprocess.run(command, cwd=repository, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert ("refuted: Italy has" in done.stdout) == (code == 1)
    assert ("The gate failed on 1 of" in done.stderr) == (code == 1)
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    left = subprocess.run(status, cwd=repository, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line for line in left if not line.startswith("A ")] == []


def test_the_hook_is_described_as_pre_commit_wants_it():
    [hook] = HOOKS
    assert hook.keys() <= {
        "id",
        "name",
        "description",
        "entry",
        "language",
        "files",
        "exclude",
        "require_serial",
        "args",
    }
    assert (hook["language"], hook["require_serial"]) == ("python", True)
    assert not re.search(hook["files"], "picture.png")
    assert re.search(hook["exclude"], "articles/vote.factcheck.md")


def test_the_action_keeps_to_the_schema_for_actions():
    done = CliRunner().invoke(check_schema, ["--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml")])
    assert done.exit_code == 0, done.output


def test_no_script_of_the_action_has_anything_pasted_into_it():
    for step in STEPS:
        assert "${{" not in step.get("run", "")
        assert ("run" in step) == ("shell" in step)
        assert ("run" in step) != ("uses" in step)


def test_the_expressions_of_the_action_name_what_there_is():
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\binputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    assert set(re.findall(r"\bsteps\.([\w-]+)\.", text)) <= {step.get("id") for step in STEPS}
    [check] = [step for step in STEPS if step.get("id") == "check"]
    outputs = set(re.findall(r"steps\.check\.outputs\.([\w-]+)", text))
    assert outputs == set(re.findall(r'echo "([\w-]+)=', check["run"]))


def run_step(name: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does, with its declared variables."""
    step = next(step for step in STEPS if step.get("name") == name)
    assert variables.keys() == step["env"].keys()
    temporary = folder / "runner"
    temporary.mkdir(exist_ok=True)
    (temporary / "factcheck").mkdir(exist_ok=True)
    if not (temporary / "factcheck" / "bin").exists():
        (temporary / "factcheck" / "bin").symlink_to(BIN)
    (temporary / "step.sh").write_text(step["run"])
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(temporary / "step.sh")],
        cwd=folder, capture_output=True, text=True, check=False,
        env=environment(
            RUNNER_TEMP=str(temporary), GITHUB_OUTPUT=str(temporary / "output"), GITHUB_REPOSITORY="octo/news",
            GITHUB_STEP_SUMMARY=str(temporary / "page"), **variables,
        ),
    )  # fmt: skip


def test_the_action_annotates_and_sums_up_each_draft_by_its_own_settings(repository: Path, tmp_path: Path):
    shutil.copytree(repository, tmp_path / "news room")
    folder = tmp_path / "news room"
    (folder / "news" / "clean.txt").unlink()
    done = run_step(
        "Check facts",
        folder,
        ARTICLES="news/*.txt columns/**/*.txt",
        CORPUS="",
        FAIL_ON="",
        ARGUMENTS="--jobs 2 --no-cache",
    )
    assert done.returncode == 0, done.stderr
    assert [line.split(",")[0] for line in done.stdout.splitlines() if line.startswith("::error")] == [
        "::error file=news/planted draft.txt",
        "::error file=columns/planted.txt",
    ]
    outputs = dict(line.split("=", 1) for line in (folder / "runner" / "output").read_text().splitlines())
    assert outputs["exit-code"] == "1"
    page = (folder / "runner" / "page").read_text()
    assert page == Path(outputs["summary"]).read_text()
    rows = [line for line in page.splitlines() if line.startswith(("| news", "| columns"))]
    assert [row.rpartition("| ")[2] for row in rows] == ["stopped by 1 |", "passed |"]
    assert page.count("Italy has thrown open") >= 2
    assert run_step("Gate", folder, STATUS=outputs["exit-code"]).returncode == 1


def test_the_action_has_nothing_to_say_where_no_draft_matches(tmp_path: Path):
    done = run_step("Check facts", tmp_path, ARTICLES="news/*.txt", CORPUS="", FAIL_ON="", ARGUMENTS="")
    assert done.returncode == 0
    assert "exit-code=0" in (tmp_path / "runner" / "output").read_text()
    assert (tmp_path / "runner" / "page").read_text() == "There is no draft to check.\n"


@pytest.mark.parametrize(
    ("known", "answer", "asked"),
    [
        ("", 0, "POST repos/octo/news/issues/7/comments"),
        ("31\n32", 0, "PATCH repos/octo/news/issues/comments/31"),
        ("", 1, None),
    ],
)
def test_the_action_keeps_one_comment_on_a_pull_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: str, answer: int, asked: str | None
):
    stub = tmp_path / "stub"
    stub.mkdir()
    (stub / "gh").write_text(
        '#!/usr/bin/env bash\n[ "$ANSWER" = 0 ] || exit 1\nfor last; do :; done\n'
        'case "$*" in *--jq*) printf "%s" "$KNOWN"; exit ;; esac\n'
        'echo "$4 $5" > "$LOG"\ncp "${last#body=@}" "$LOG.body"\n'
    )
    (stub / "gh").chmod(0o755)
    summary = tmp_path / "summary.md"
    summary.write_text("| A line of the summary |\n" * 5000)
    for name, value in {"KNOWN": known, "ANSWER": str(answer), "LOG": str(tmp_path / "log")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PATH", f"{stub}{os.pathsep}{os.environ['PATH']}")
    done = run_step("Comment", tmp_path, GH_TOKEN="secret", NUMBER="7", SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    assert "secret" not in done.stdout + done.stderr
    if asked is None:
        assert done.stdout.startswith("::warning title=Check facts::")
        return
    assert (tmp_path / "log").read_text().strip() == asked
    body = (tmp_path / "log.body").read_text()
    assert body.startswith("<!-- factcheck -->\n| A line")
    assert body.endswith("summary |\n")
    assert 50_000 < len(body) < 65_536
