import io
import json
import re
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import docx
import pytest
import typer
from reporting_browser import DESKTOP, PHONE, show, start_browser, violations
from reporting_examples import TEXT, hostile_report, vote_report
from typer.testing import CliRunner

from factcheck.errors import InputError, SettingsError
from factcheck.records import Report, Verdict
from factcheck.reporting import Format, decisions_beside, load_report, render, write
from factcheck.reporting.signing import Desk
from factcheck.reporting.signing_web import ReviewServer
from factcheck.reporting.trail import START, Action, fingerprint, head, read, standing, trail_path, unsigned
from factcheck.review_commands import diff, review

HOSTILE = json.loads((Path(__file__).parent / "data/reporting/hostile.json").read_text())

app = typer.Typer()
app.command()(review)
app.command()(diff)


def run(*arguments: object, answers: str = ""):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=answers)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A JSON report beside its draft."""
    (tmp_path / "vote.txt").write_text(TEXT)
    write(tmp_path / "vote.factcheck.json", render(vote_report(), Format.JSON))
    return tmp_path / "vote.factcheck.json"


def desk(path: Path) -> Desk:
    return Desk.open(path, "Ann Editor")


def trail(path: Path) -> Path:
    return trail_path(path)


def test_the_trail_stands_beside_the_report_and_names_who_when_what_and_which_report(path: Path):
    open_desk = desk(path)
    open_desk.decide(
        open_desk.report.findings[0],
        Action.OVERRIDE,
        verdict=Verdict.SUPPORTED,
        reason="The record was corrected.",
        source="UN press office",
    )
    assert trail(path) == path.parent / "vote.factcheck.review.jsonl"
    [line] = [json.loads(line) for line in trail(path).read_text().splitlines()]
    assert {key: line[key] for key in ("who", "action", "verdict", "reason", "source", "previous")} == {
        "who": "Ann Editor",
        "action": "override",
        "verdict": "supported",
        "reason": "The record was corrected.",
        "source": "UN press office",
        "previous": START,
    }
    assert line["report"] == open_desk.sha256
    assert line["when"].endswith("Z")


@pytest.mark.parametrize(
    ("action", "details"),
    [
        (Action.OVERRIDE, {"reason": "Why.", "source": "Where."}),
        (Action.OVERRIDE, {"verdict": Verdict.SUPPORTED, "source": "Where."}),
        (Action.OVERRIDE, {"verdict": Verdict.SUPPORTED, "reason": "Why.", "source": " "}),
        (Action.NOTE, {"reason": " "}),
    ],
)
def test_half_a_decision_is_none(path: Path, action: Action, details: dict):
    with pytest.raises(ValueError, match="needs"):
        desk(path).decide(desk(path).report.findings[0], action, **details)
    assert not trail(path).exists()


def decide_twice(path: Path) -> None:
    first, second, *_ = desk(path).report.findings
    desk(path).decide(first, Action.ACCEPT)
    desk(path).decide(second, Action.NOTE, reason="Ask the desk.")
    desk(path).decide(second, Action.FIXED)


def test_a_note_decides_nothing_and_the_last_decision_stands(path: Path):
    decide_twice(path)
    report, decisions = load_report(path), read(trail(path))
    assert [finding.id for finding in unsigned(report, decisions)] == ["f3", "f4", "f5"]
    desk(path).decide(report.findings[0], Action.FIXED)
    assert standing(report.findings[0], read(trail(path))).action == Action.FIXED


@pytest.mark.parametrize(
    "edit",
    [
        lambda lines: [lines[0].replace("Ann", "Bob"), *lines[1:]],
        lambda lines: lines[1:],
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [*lines, lines[2]],
        lambda lines: [*lines, "{}"],
        lambda lines: [*lines, "not JSON"],
        lambda lines: [*lines, "[]"],
    ],
    ids=["changed", "first gone", "middle gone", "moved", "repeated", "empty object", "no JSON", "no object"],
)
def test_an_edit_to_the_trail_is_detected(path: Path, edit):
    decide_twice(path)
    lines = trail(path).read_text().splitlines()
    trail(path).write_text("".join(f"{line}\n" for line in edit(lines)))
    with pytest.raises(InputError, match=r"line \d+ of the sign-off trail"):
        read(trail(path))
    with pytest.raises(InputError, match=r"line \d+ of the sign-off trail"):
        desk(path).decide(desk(path).report.findings[2], Action.ACCEPT)
    done = run("review", path, "--verify")
    assert isinstance(done.exception, InputError)


def test_a_line_that_was_cut_short_is_detected(path: Path):
    decide_twice(path)
    trail(path).write_text(trail(path).read_text()[:-1])
    with pytest.raises(InputError, match=r"line 3 .* was cut short"):
        read(trail(path))


def test_verify_tells_the_last_line_by_which_a_shortened_trail_can_be_told(path: Path):
    decide_twice(path)
    done = run("review", path, "--verify")
    assert done.exit_code == 0
    assert "was not edited" in done.output
    assert head(trail(path)) in done.output
    assert "not signed off: 3" in done.output


def test_verify_does_not_vouch_for_a_trail_that_is_not_there(path: Path):
    done = run("review", path, "--verify")
    assert done.exit_code == 0
    assert "was not edited" not in done.output
    assert "There is no trail" in done.output
    assert "not signed off: 5" in done.output


def test_a_decision_survives_a_new_run_as_long_as_claim_verdict_and_evidence_are_the_same(path: Path):
    finding = vote_report().findings[0]
    moved = finding.model_copy(
        update={"id": "x", "confidence": 0.5, "claim": finding.claim.model_copy(update={"start": 0, "line": 1})}
    )
    assert fingerprint(moved) == fingerprint(finding)
    for change in (
        {"verdict": Verdict.SUPPORTED},
        {"attribution_verdict": Verdict.REFUTED},
        {"evidence": finding.evidence[:1]},
        {"claim": finding.claim.model_copy(update={"text": "Other words."})},
    ):
        assert fingerprint(finding.model_copy(update=change)) != fingerprint(finding)


@pytest.mark.parametrize("kind", Format)
def test_every_format_shows_what_was_decided(path: Path, kind: Format):
    desk(path).decide(
        vote_report().findings[0], Action.OVERRIDE, verdict=Verdict.SUPPORTED, reason="Corrected.", source="UN"
    )
    written = render(vote_report(), kind, decisions=read(trail(path)))
    if kind == Format.DOCX:
        written = "".join(comment.text for comment in docx.Document(io.BytesIO(written)).comments)
    assert "Ann Editor" in written


def test_the_terminal_leads_through_the_findings_worst_first(path: Path):
    answers = ["a", "", "o", "s", "I rang them.", "Call of 3 March", "n", "Ask again.", "s", "x", "f", "", "q"]
    done = run("review", path, "--who", "Ann Editor", answers="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    shown = re.findall(r"^\d of 5\n(.*)\n  (.*)$", done.output, re.MULTILINE)
    assert shown[0] == (
        "✗ Contradicted by the evidence (confidence 94%)",
        "Fourteen members of the Security Council voted for Resolution 1973.",
    )
    assert "line 3: NEW YORK, March 18, 2011. [Fourteen members" in done.output
    assert "Evidence against it: “It was adopted by ten votes" in done.output
    decisions = read(trail(path))
    taken = {finding.id: standing(finding, decisions) for finding in load_report(path).findings}
    assert {name: decision and decision.action for name, decision in taken.items()} == {
        "f1": "accept",
        "f3": "override",
        "f5": None,
        "f4": "fixed",
        "f2": None,
    }
    assert taken["f3"].verdict == Verdict.SUPPORTED
    again = run("review", path, "--who", "Ann Editor", answers="q\n")
    assert "1 of 2" in again.output


def test_where_the_input_ends_the_decisions_so_far_are_kept(path: Path):
    done = run("review", path, "--who", "Ann Editor", answers="a\n\n")
    assert done.exit_code == 0, done.output
    assert f"The decisions are in {trail(path)}." in done.output
    assert len(read(trail(path))) == 1


@pytest.mark.parametrize("name", ["", "  "])
def test_nobody_signs_off_without_a_name(path: Path, name: str):
    done = run("review", path, "--who", name)
    assert isinstance(done.exception, SettingsError)
    assert "--who" in str(done.exception)


def test_a_report_that_is_missing_is_told_before_a_name_is_asked_for(path: Path):
    done = run("review", path.with_name("other.json"))
    assert isinstance(done.exception, InputError)
    assert "Your name" not in done.output


def test_the_terminal_asks_again_where_an_override_is_incomplete(path: Path):
    answers = ["Ann Editor", "o", "s", "", "", "q"]
    done = run("review", path, answers="\n".join(answers) + "\n")
    assert "Not saved: an override needs a verdict, a reason and a source" in done.output
    assert not trail(path).exists()


def test_hostile_text_stays_text_in_the_terminal(tmp_path: Path):
    path = tmp_path / "h.factcheck.json"
    write(path, render(hostile_report(" ".join(HOSTILE)), Format.JSON))
    done = run("review", path, "--who", "Ann", answers="s\n" * 5)
    assert done.exit_code == 0
    assert all(character.isprintable() or character == "\n" for character in done.output)


def test_the_decisions_about_an_article_are_found_beside_it(path: Path):
    assert decisions_beside(str(path.parent / "vote.txt")) == {}
    decide_twice(path)
    assert decisions_beside(str(path.parent / "vote.txt")) == read(trail(path))


def test_a_changed_draft_is_not_shown_as_what_was_checked(path: Path):
    (path.parent / "vote.txt").write_text(TEXT.replace("Fourteen", "Ten"))
    assert desk(path).report.article.text == ""
    (path.parent / "vote.txt").write_text(TEXT)
    assert desk(path).report.article.text == TEXT


def test_diff_reads_two_reports(path: Path):
    done = run("diff", path, path)
    assert done.output == "0 new, 0 changed, 0 resolved, 0 gone, 5 as before\n"


@pytest.fixture
def server(path: Path) -> Iterator[ReviewServer]:
    with ReviewServer(desk(path)) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ask(server: ReviewServer, method: str, target: str, form: dict[str, str] | None = None, **headers: str):
    connection = HTTPConnection(*server.server_address)
    body = urlencode(form) if form is not None else None
    connection.request(method, target, body, {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    return response.status, response.headers, response.read().decode()


def form_of(server: ReviewServer, **fields: str) -> dict[str, str]:
    first = fingerprint(server.desk.report.findings[0])
    return {"token": server.token, "finding": first, "action": "accept"} | fields


def test_the_page_is_for_who_has_the_token(server: ReviewServer):
    status, headers, page = ask(server, "GET", f"/?token={server.token}")
    assert status == 200
    assert page.count('<form class="decide"') == 5
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    for target in ("/", "/?token=", "/?token=guess", f"/other?token={server.token}", "x://["):
        assert ask(server, "GET", target)[0] == 403


def test_the_server_is_on_the_loopback_under_no_other_name(server: ReviewServer):
    assert server.server_address[0] == "127.0.0.1"
    target = f"/?token={server.token}"
    assert ask(server, "GET", target, Host=f"evil.example:{server.server_address[1]}")[0] == 403


def test_a_decision_of_the_page_is_in_the_trail(server: ReviewServer):
    form = form_of(server, action="override", verdict="supported", reason="Corrected.", source="UN")
    status, headers, _ = ask(server, "POST", "/", form, Origin=f"http://{server.host}")
    assert status == 303
    assert headers["Location"] == f"/?token={server.token}#claim-1"
    decision = standing(server.desk.report.findings[0], read(trail(server.desk.path)))
    assert (decision.who, decision.verdict, decision.source) == ("Ann Editor", Verdict.SUPPORTED, "UN")
    assert "1 of 5 signed off" in ask(server, "GET", f"/?token={server.token}")[2]


@pytest.mark.parametrize(
    ("form", "headers", "status"),
    [
        ({}, {}, 403),
        ({}, {"Origin": "null"}, 403),
        ({}, {"Origin": "https://evil.example"}, 403),
        ({"token": "guess"}, {"Origin": "own"}, 403),
        ({"finding": "0"}, {"Origin": "own"}, 404),
        ({"action": ""}, {"Origin": "own"}, 422),
        ({"action": "override"}, {"Origin": "own"}, 422),
        ({"action": "override", "verdict": "true", "reason": "x", "source": "y"}, {"Origin": "own"}, 422),
        ({"reason": "x" * 70_000}, {"Origin": "own"}, 400),
    ],
)
def test_what_is_not_a_whole_decision_of_the_own_page_is_refused(server: ReviewServer, form, headers, status: int):
    headers = {name: f"http://{server.host}" if value == "own" else value for name, value in headers.items()}
    assert ask(server, "POST", "/", form_of(server, **form), **headers)[0] == status
    assert not trail(server.desk.path).exists()


def test_a_trail_that_was_edited_is_told_to_who_decides(server: ReviewServer):
    trail(server.desk.path).write_text("{}\n")
    status, _, words = ask(server, "POST", "/", form_of(server), Origin=f"http://{server.host}")
    assert (status, "sign-off trail" in words) == (409, True)


@pytest.fixture(scope="module")
def browser() -> Iterator:
    driver = start_browser()
    yield driver
    driver.quit()


def test_an_editor_signs_off_in_the_browser(browser, server: ReviewServer):
    show(browser, server.address)
    finding = browser.find_element("id", "claim-2")
    finding.find_element("css selector", "[value=override]").click()
    finding.find_element("css selector", "select").send_keys("Supported")
    finding.find_element("name", "reason").send_keys("I rang them, just now.")
    finding.find_element("name", "source").send_keys("A call")
    finding.find_element("css selector", "button").click()
    browser.implicitly_wait(10)  # the page is loaded anew
    decided = browser.find_element("css selector", "#claim-2 .decisions").text
    browser.implicitly_wait(0)
    assert decided.startswith("Ann Editor")
    assert "overrode the verdict with “supported by the evidence”: I rang them, just now. (source: A call)" in decided
    assert browser.find_element("css selector", "#claim-2").is_displayed()
    assert browser.get_log("browser") == []


def test_what_is_left_to_sign_off_can_be_shown_by_itself(browser, server: ReviewServer):
    decide_twice(server.desk.path)
    show(browser, server.address)
    browser.find_element("id", "show-open").click()
    script = "return [...document.querySelectorAll('.finding')].filter(f => f.offsetParent).map(f => f.dataset.number)"
    assert browser.execute_script(script) == ["2", "3", "4"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_sign_off_page_is_accessible(browser, server: ReviewServer, size: tuple[int, int]):
    show(browser, server.address, size)
    assert violations(browser) == []


def test_a_report_carries_its_trail_through_json(path: Path):
    decide_twice(path)
    written = render(vote_report(), Format.JSON, decisions=read(trail(path)))
    assert [len(finding.get("decisions", [])) for finding in json.loads(written)["findings"]] == [1, 2, 0, 0, 0]
    assert Report.model_validate_json(written).findings == vote_report().findings
