"""The command line on real input: exit codes, one-line errors, and a run with every socket blocked."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.records import Report

ROOT = Path(__file__).parent.parent
NO_NETWORK = (
    "import pytest_socket; pytest_socket.disable_socket(allow_unix_socket=True); from factcheck.cli import main; main()"
)
#: Without these no model is run and nothing is searched.
NO_LIBRARIES = f"import sys; sys.modules.update(onnxruntime=None, chromadb=None, tantivy=None); {NO_NETWORK}"
DOCUMENT = """---
title: Record of the harbour vote
publisher: Port council
published: 2014-03-03
tier: primary
---

The port council voted on the new pier on 3 March 2014. Ten members voted in favour and two voted against.

The pier will cost 4 million euros. Nadia Keller chaired the meeting.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "vote.md").write_text(DOCUMENT, encoding="utf-8")
    return folder


def factcheck(*arguments: str, stdin: str = "", code: str = NO_NETWORK) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, where no socket can be opened."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=stdin, capture_output=True, text=True, timeout=300, check=False,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )  # fmt: skip


def test_an_article_becomes_a_report_beside_it(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("Ten members of the port council voted in favour of the new pier.\n")
    done = factcheck("claims", "draft.txt", "--nli", "small")
    assert done.returncode == 0, done.stderr
    report = (tmp_path / "draft.factcheck.md").read_text()
    assert "Ten members of the port council" in report
    assert "Record of the harbour vote" in report
    assert "Left this machine: nothing" in done.stderr
    again = factcheck("claims", "draft.txt", "--nli", "small", "--fail-on", "supported", code=NO_LIBRARIES)
    assert again.returncode == 1, again.stderr
    assert "Nothing has changed" in again.stderr
    assert "Record of the harbour vote" in (tmp_path / "draft.factcheck.md").read_text()
    (corpus / "vote.md").write_text(DOCUMENT.replace("Ten members", "Eleven members"))
    assert "halted" in factcheck("claims", "draft.txt", "--nli", "small", code=NO_LIBRARIES).stderr


def test_standard_input_to_json_on_standard_output(corpus: Path) -> None:
    done = factcheck(
        "claims", "-", "--format", "json", "--output", "-", "--nli", "small", stdin="Nadia Keller chaired it.\n"
    )
    assert done.returncode == 0, done.stderr
    report = Report.model_validate_json(done.stdout)
    assert [finding.claim.quote for finding in report.findings] == ["Nadia Keller chaired it"]
    assert json.loads(done.stdout)["summary"]["claims"] == 1


def test_the_gate_stops_a_draft_that_the_corpus_contradicts(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("Nobody voted against the new pier in the port council.\n")
    done = factcheck("claims", "draft.txt", "--fail-on", "refuted,conflicting,single_source")
    assert done.returncode == 1, done.stderr
    [line] = [line for line in done.stderr.splitlines() if "Nobody voted" in line]
    assert line.split(": ")[:2] == ["  line 1", "refuted, single_source"]
    assert factcheck("claims", "draft.txt", "--fail-on", "unchecked").returncode == 0
    unsigned = factcheck("claims", "draft.txt", "--require-signoff", "--summary", "-")
    assert unsigned.returncode == 1
    assert "Not signed off: 1 of 1 claim." in unsigned.stderr
    assert "| 1 to sign off |" in unsigned.stdout


def test_one_claim_is_told_in_the_words_of_a_report(corpus: Path) -> None:
    done = factcheck("claim", "Nobody voted against the new pier in the port council.")
    assert done.returncode == 0, done.stderr
    verdict, rationale, *rest = done.stdout.splitlines()
    assert verdict.startswith("✗ Contradicted by the evidence (confidence ")
    assert rationale.startswith("“Record of the harbour vote” (Port council, 3 March 2014) says otherwise")
    assert "  ! The verdict rests on a single source." in rest
    against = [line for line in rest if line.startswith("  Evidence against it: “")]
    assert against
    assert all(line.endswith("” (Port council, 3 March 2014)") for line in against)


@pytest.mark.parametrize("option", ["--output", "--summary"])
def test_a_place_that_cannot_be_written_to_is_told_before_the_check(corpus: Path, tmp_path: Path, option: str) -> None:
    (tmp_path / "draft.txt").write_text("Ten members voted in favour.\n")
    for place in ("nowhere/report.md", "corpus"):
        done = factcheck("claims", "draft.txt", option, place, code=NO_LIBRARIES)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
        assert place.split("/")[0] in done.stderr


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A folder with drafts of which two share a name, and a report of an earlier run."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    for name in ("vote.txt", "vote.md", "cost.txt", "old.factcheck.md"):
        (folder / name).write_text("Ten members voted in favour.\n")
    return folder


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["drafts/vote.txt", "drafts/vote.md"], "drafts/vote.factcheck.md would be written twice"),
        (["https://a.example/1/vote.html", "https://b.example/vote?x=1"], "vote.factcheck.md would be written twice"),
        (["drafts/vote.txt", "drafts/../drafts/vote.txt"], "would be written twice"),
        (["drafts/cost.txt", "--output", "r.md", "--summary", "drafts/../r.md"], "r.md would be written twice"),
        (["drafts/vote.md", "--output", "drafts/vote.md"], "drafts/vote.md is read, and would be written over"),
        (["drafts/vote.md", "--output", "link.md"], "link.md is read, and would be written over"),
        (["drafts/vote.md", "drafts/cost.txt", "--summary", "drafts/vote.md"], "would be written over"),
        (["drafts/cost.txt", "--format", "json", "--output", "-", "--summary", "-"], "would both go to"),
        (["drafts/cost.txt", "--format", "line", "--summary", "-"], "would both go to"),
        (["drafts/old.factcheck.md"], "there are only reports to check"),
    ],
)
def test_no_report_takes_the_place_of_another_or_of_a_draft(
    corpus: Path, drafts: Path, tmp_path: Path, arguments: list[str], says: str
) -> None:
    (tmp_path / "link.md").symlink_to(drafts / "vote.md")
    before = {path: path.read_text() for path in drafts.iterdir()}
    done = factcheck("claims", *arguments, code=NO_LIBRARIES)
    assert done.returncode == 2
    assert says in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert {path: path.read_text() for path in drafts.iterdir()} == before


def test_drafts_of_one_name_may_be_told_on_standard_output_and_reports_are_passed_over(
    corpus: Path, drafts: Path
) -> None:
    told = ("claims", "drafts/vote.txt", "drafts/old.factcheck.md", "drafts/vote.md", "--nli", "small")
    done = factcheck(*told, "--format", "line")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[0] == "Passed over drafts/old.factcheck.md: a report, by its name"
    assert {line.split(":")[0] for line in done.stdout.splitlines()} == {"drafts/vote.txt", "drafts/vote.md"}


def test_what_a_report_would_fail_on_is_told_before_any_draft_is_checked(
    corpus: Path, drafts: Path, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "factcheck.toml").write_text('templates = "own"\n')
    finding, summary, report = (tmp_path / "own" / f"{name}.md.j2" for name in ("finding", "summary", "report"))
    trail = drafts / "vote.factcheck.review.jsonl"
    faults = [
        (report, "{% if %}", (), "template report.md.j2, line 1"),
        (finding, "{{ section.nothing }}", (), "nothing"),
        (summary, "{{ listed.nothing.more }}", ("--summary", "summary.md"), "template summary.md.j2"),
        (trail, "{}\n", (), "line 1 of the sign-off trail drafts/vote.factcheck.review.jsonl was changed"),
        (drafts / f"{'x' * 240}.txt", "Ten voted.", (f"drafts/{'x' * 240}.txt",), "File name too long"),
    ]
    for file, content, more, says in faults:
        file.write_text(content)
        done = factcheck("claims", "drafts/cost.txt", "drafts/vote.md", *more, code=NO_LIBRARIES)
        assert done.returncode == 2
        assert says in done.stderr
        assert len(done.stderr.splitlines()) == 1
        file.unlink()
    assert sorted(path.name for path in drafts.iterdir()) == ["cost.txt", "old.factcheck.md", "vote.md", "vote.txt"]


@pytest.mark.parametrize("place", [".", "/", "nowhere/draft.txt", "drafts"])
def test_a_place_without_a_draft_is_named(corpus: Path, drafts: Path, place: str) -> None:
    done = factcheck("claims", place, code=NO_LIBRARIES)
    assert done.returncode == 2
    assert done.stderr.startswith(f"factcheck: {'there is no file ' if 'nowhere' in place else ''}{place}")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.txt", None, "missing.txt"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("binary.txt", b"\x00\x01\x02PNG\x00", "binary"),
        ("latin.txt", "Zürich wählt".encode("latin-1"), "UTF-8"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    corpus: Path, tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = factcheck("claims", name)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not list(tmp_path.glob("*.factcheck.*"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--corpus", "nowhere"], "nowhere"),
        (["--format", "papyrus"], "papyrus"),
        (["--fail-on", "refuted,nonsense"], "nonsense"),
        (["--nli", "no-such-model"], "no-such-model"),
        (["--min-check-worthiness", "7"], "min_check_worthiness"),
        (["--engine", "nobody:model"], "nobody"),
    ],
)
def test_bad_options_are_one_line_and_exit_code_2(tmp_path: Path, arguments: list[str], says: str) -> None:
    (tmp_path / "draft.txt").write_text("Ten members voted in favour.\n")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "vote.md").write_text(DOCUMENT)
    done = factcheck("claims", "draft.txt", *arguments)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_corpus_says_so(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("Ten members voted in favour.\n")
    (tmp_path / "corpus").mkdir()
    done = factcheck("claims", "draft.txt")
    assert done.returncode == 2
    assert "corpus" in done.stderr


def test_settings_come_from_the_nearest_file_and_flags_win(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("Ten members voted in favour.\n")
    (tmp_path / "factcheck.toml").write_text('nli = "no-such-model"\n')
    assert factcheck("claims", "draft.txt").returncode == 2
    assert factcheck("claims", "draft.txt", "--nli", "small").returncode == 0
    (tmp_path / "factcheck.toml").write_text('colour = "red"\n')
    done = factcheck("claims", "draft.txt")
    assert done.returncode == 2
    assert "colour" in done.stderr
    (tmp_path / "factcheck.toml").write_text("nli =\n")
    assert "TOML" in factcheck("claims", "draft.txt").stderr


def test_a_look_at_what_is_configured_leaves_nothing_behind(tmp_path: Path) -> None:
    done = factcheck("doctor")
    assert done.returncode == 0, done.stderr
    assert "nothing indexed yet" in done.stdout
    assert not (tmp_path / ".factcheck").exists()


def test_what_is_configured_gives_the_terminal_no_commands() -> None:
    done = factcheck("doctor", "--corpus", "a\x1b[2J\n::error::b")
    assert "corpus       a⟨U+001B⟩[2J ::error::b (not there); nothing indexed yet" in done.stdout.splitlines()


def test_a_claim_that_is_not_utf_8_is_told_in_a_line(corpus: Path) -> None:
    done = factcheck("claim", "The caf\udce9 was shut.")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "factcheck: the claim is not text in UTF-8; check the encoding of the terminal\n"


def test_a_model_that_is_not_there_is_told_with_those_that_are(corpus: Path) -> None:
    done = factcheck("claim", "The pier costs 4 million euros.", "--nli", "huge")
    assert done.returncode == 2
    assert done.stderr.startswith("factcheck: there is no NLI model 'huge': name one of base, small")
    assert done.stderr.count("\n") == 1
