"""What other tools read: JSON Schema, SARIF, ClaimReview, annotations and lines."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker, validators
from reporting_examples import (
    TEXT,
    VOTE,
    claim,
    ferry_report,
    hostile_report,
    many_findings,
    pier_report,
    report,
    vote_report,
)

from factcheck.records import Article, Finding, Report, Verdict
from factcheck.reporting import Format, render
from factcheck.reporting.schema import SCHEMA, report_schema
from factcheck.reporting.trail import Action, Decision, fingerprint

HOSTILE = json.loads((Path(__file__).parent / "data/reporting/hostile.json").read_text())
SARIF_SCHEMA = Path(
    os.environ.get(
        "SARIF_SCHEMA",
        Path(__file__).parent.parent / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
    )
)
MACHINE_FORMATS = [Format.JSON, Format.SARIF, Format.CLAIMREVIEW, Format.GITHUB, Format.LINE]


def read_back(report: Report) -> Report:
    return Report.model_validate_json(report.model_dump_json())


def signed(report: Report, number: int, **decision) -> dict[str, list[Decision]]:
    """A sign-off of one of the report's findings."""
    finding = report.findings[number]
    taken = Decision(
        who="Ann Editor",
        when=datetime(2026, 1, 3, tzinfo=UTC),
        finding=fingerprint(finding),
        claim=finding.claim.text,
        report="0" * 64,
        **decision,
    )
    return {taken.finding: [taken]}


def override(report: Report, number: int) -> dict[str, list[Decision]]:
    return signed(
        report, number, action=Action.OVERRIDE, verdict=Verdict.SUPPORTED, reason="I rang them.", source="A call"
    )


def test_the_published_schema_is_that_of_the_records():
    assert json.loads(SCHEMA.read_text()) == report_schema(), "run `python -m factcheck.reporting.schema`"


@pytest.mark.parametrize(
    "made",
    [vote_report(), report(()), hostile_report("<b>"), many_findings(10)],
    ids=["vote", "empty", "hostile", "many"],
)
def test_every_json_report_keeps_to_the_published_schema(made: Report):
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    decisions = override(made, 0) if made.findings else {}
    for text in (render(made, Format.JSON), render(made, Format.JSON, decisions=decisions)):
        assert list(validator.iter_errors(json.loads(text))) == []


@pytest.mark.parametrize(
    "break_it",
    [
        lambda data: data.pop("summary"),
        lambda data: data["summary"].pop("refuted"),
        lambda data: data["findings"][0].update(verdict="true"),
        lambda data: data["findings"][0]["evidence"][0].pop("quote"),
        lambda data: data.update(schema_version=2),
    ],
)
def test_the_published_schema_refuses_what_breaks_the_contract(break_it):
    data = json.loads(render(vote_report(), Format.JSON))
    break_it(data)
    assert not Draft202012Validator(json.loads(SCHEMA.read_text())).is_valid(data)


def test_sarif_has_a_result_for_each_finding_that_is_not_good_news():
    [run] = json.loads(render(vote_report(), Format.SARIF))["runs"]
    assert [(result["ruleId"], result["level"]) for result in run["results"]] == [
        ("refuted", "error"),
        ("conflicting", "warning"),
        ("unchecked", "warning"),
        ("not_enough_evidence", "note"),
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "drafts/vote.txt"}
    assert place["region"] == {
        "startLine": 3,
        "startColumn": 27,
        "endLine": 3,
        "endColumn": 105,
        "snippet": {"text": VOTE},
    }
    assert "adopted by ten votes" in run["results"][0]["message"]["text"]
    assert "suppressions" not in run["results"][0]


def test_a_region_of_sarif_holds_the_words_of_the_claim():
    [run] = json.loads(render(vote_report(), Format.SARIF))["runs"]
    lines = TEXT.split("\n")
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        words = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
        assert words == region["snippet"]["text"]


def test_an_overridden_finding_is_suppressed_in_sarif():
    made = vote_report()
    [run] = json.loads(render(made, Format.SARIF, decisions=override(made, 0)))["runs"]
    [suppression] = run["results"][0]["suppressions"]
    assert suppression["status"] == "accepted"
    assert "Ann Editor" in suppression["justification"]
    assert "I rang them. (source: A call)" in suppression["justification"]


@pytest.mark.parametrize(
    "made",
    [vote_report(), read_back(vote_report()), report(()), hostile_report(" ".join(HOSTILE))],
    ids=["vote", "read back", "empty", "hostile"],
)
def test_sarif_keeps_to_the_schema_of_the_standard(made: Report):
    if not SARIF_SCHEMA.is_file():
        pytest.skip("the SARIF schema is not installed (npm install --no-save @microsoft/jest-sarif)")
    schema = json.loads(SARIF_SCHEMA.read_text())
    validator = validators.validator_for(schema)(schema, format_checker=FormatChecker())
    decisions = override(made, 0) if made.findings else {}
    assert list(validator.iter_errors(json.loads(render(made, Format.SARIF, decisions=decisions)))) == []


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/srv/drafts/a b.txt", "file:///srv/drafts/a%20b.txt"),
        ("ä.txt", "%C3%A4.txt"),
        ("a b/#1 100%.txt", "a%20b/%231%20100%25.txt"),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("https://example.org/a%20b 100%?c=%#d", "https://example.org/a%20b%20100%25?c=%25#d"),
        ("drafts://vote.txt", "drafts%3A/vote.txt"),
        ("-", "stdin"),
    ],
)
def test_sarif_names_the_article_by_a_uri(path: str, uri: str):
    finding = Finding(id="f", claim=claim("c", VOTE), verdict=Verdict.REFUTED, confidence=0.9, rationale="Why.")
    made = report((finding,), article=Article.from_text(TEXT, path=path))
    [run] = json.loads(render(made, Format.SARIF))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_claim_reviews_rate_each_claim_that_has_a_verdict():
    graph = json.loads(render(vote_report(), Format.CLAIMREVIEW))["@graph"]
    ratings = {review["claimReviewed"]: review["reviewRating"] for review in graph}
    assert {claim: rating.get("ratingValue") for claim, rating in ratings.items()} == {
        "Fourteen members of the Security Council voted for Resolution 1973.": 1,
        "Nobody was hurt in the vote.": 3,
        "The harbour was closed on 3 March.": None,
        "Russia abstained from the vote on Resolution 1973.": 5,
    }
    for review in graph:
        assert review["@type"] == "ClaimReview"
        assert review["author"] == {"@type": "Organization", "name": "factcheck"}
        assert review["datePublished"] == "2026-01-02"
        assert review["reviewRating"]["alternateName"]
        assert review["itemReviewed"]["appearance"]["headline"] == "A vote in New York"
    assert graph[1]["itemReviewed"]["author"] == {"@type": "Person", "name": "Ada Example"}
    assert graph[0]["citation"][0]["url"] == "https://undocs.org/S/RES/1973(2011)"


def test_a_claim_review_names_nobody_as_author_of_what_they_did_not_say():
    reviews = json.loads(render(ferry_report(), Format.CLAIMREVIEW))["@graph"]
    [claimed] = [review["itemReviewed"] for review in reviews if "1,250" in review["claimReviewed"]]
    assert "author" not in claimed


def test_an_opinion_has_no_claim_review_and_no_verdict_in_a_line():
    made = pier_report()
    assert [review["claimReviewed"] for review in json.loads(render(made, Format.CLAIMREVIEW))["@graph"]] == [
        finding.claim.text for finding in made.findings[:2]
    ]
    assert ": opinion: " in render(made, Format.LINE)


def test_a_claim_review_carries_the_verdict_and_name_of_who_overrode_it():
    made = vote_report()
    [review, *_] = json.loads(render(made, Format.CLAIMREVIEW, decisions=override(made, 0)))["@graph"]
    assert review["author"] == {"@type": "Person", "name": "Ann Editor"}
    assert review["reviewRating"]["ratingValue"] == 5
    assert review["reviewRating"]["ratingExplanation"] == "I rang them."
    assert review["datePublished"] == "2026-01-03"
    assert review["citation"][-1] == {"@type": "CreativeWork", "name": "A call"}


def test_annotations_stand_at_the_claims_worst_as_errors():
    commands = render(vote_report(), Format.GITHUB).splitlines()
    assert [command.split("::")[1] for command in commands] == [
        "warning file=drafts/vote.txt,line=1,endLine=1,col=1,endColumn=19,title=Could not be checked",
        "error file=drafts/vote.txt,line=3,endLine=3,col=27,endColumn=105,title=Contradicted by the evidence",
        "warning file=drafts/vote.txt,line=4,endLine=4,col=20,endColumn=40,title=The evidence conflicts",
        "notice file=drafts/vote.txt,line=6,endLine=6,col=1,endColumn=35,title=Not enough evidence",
    ]
    assert "%0AEvidence against it: “It was adopted by ten votes" in commands[1]


def test_a_claim_over_several_lines_is_annotated_without_columns():
    quote = "on Thursday.\nRussia abstained."
    finding = Finding(id="f", claim=claim("c", quote), verdict=Verdict.REFUTED, confidence=0.9, rationale="Why.")
    assert ",line=3,endLine=4,title=" in render(report((finding,)), Format.GITHUB)


def test_an_overridden_finding_is_no_more_than_a_notice():
    made = vote_report()
    commands = render(made, Format.GITHUB, decisions=override(made, 0)).splitlines()
    assert [command.split(" ")[0] for command in commands] == ["::warning", "::notice", "::warning", "::notice"]


def test_lines_are_those_that_grep_and_editors_know():
    made = vote_report()
    assert render(made, Format.LINE).splitlines() == [
        "drafts/vote.txt:1:1: unchecked: There was a vote in New York.",
        "drafts/vote.txt:3:27: refuted: Fourteen members of the Security Council voted for Resolution 1973.",
        "drafts/vote.txt:4:1: supported: Russia abstained from the vote on Resolution 1973.",
        "drafts/vote.txt:4:20: conflicting: Nobody was hurt in the vote.",
        "drafts/vote.txt:6:1: not_enough_evidence: The harbour was closed on 3 March.",
    ]
    assert "[Ann Editor, 3 January 2026, 00:00 UTC, accepted the finding]" in render(
        made, Format.LINE, decisions=signed(made, 1, action=Action.ACCEPT)
    )


def test_a_line_tells_that_the_speaker_said_otherwise_whatever_the_verdict():
    opinion = pier_report().findings[-1].model_copy(update={"attribution_verdict": Verdict.REFUTED})
    made = pier_report().model_copy(update={"findings": (opinion,)})
    assert ": supported, said otherwise: " in render(ferry_report(), Format.LINE).splitlines()[0]
    assert ": opinion, said otherwise: " in render(made, Format.LINE)


def test_the_question_who_said_it_is_not_answered_by_a_question_mark():
    said = vote_report().findings[2].model_copy(update={"attribution_verdict": Verdict.NOT_ENOUGH_EVIDENCE})
    written = render(report((said,)), Format.GITHUB)
    assert "Was it said by Ada Example? Not enough evidence%0A" in written


def test_without_the_article_there_are_lines_but_no_columns():
    made = read_back(vote_report())
    assert render(made, Format.LINE).startswith("drafts/vote.txt:1: unchecked: ")
    assert "::error file=drafts/vote.txt,line=3,title=" in render(made, Format.GITHUB)


@pytest.mark.parametrize("kind", MACHINE_FORMATS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_gives_no_command_and_hides_nothing(text: str, kind: Format):
    written = render(hostile_report(text), kind)
    assert all(character.isprintable() or character == "\n" for character in written)
    assert "##[" not in written
    commands = [line for line in written.splitlines() if line.lstrip().startswith("::")]
    if kind == Format.GITHUB:
        assert len(commands) == len(written.splitlines()) == len(Verdict) - 1
        assert all(re.match(r"::(error|warning|notice) file=[^,:]*,line=\d+,[^:]*::", line) for line in commands)
    else:
        assert commands == []
    if kind == Format.LINE:
        assert len(written.splitlines()) == len(Verdict)


@pytest.mark.parametrize("text", [text for text in HOSTILE if "]" in text])
def test_brackets_in_a_message_of_sarif_are_never_a_link(text: str):
    log = json.loads(render(hostile_report(text), Format.SARIF))
    for result in log["runs"][0]["results"]:
        assert not re.search(r"(?<!\\)(\\\\)*[\[\]]", result["message"]["text"])


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_the_json_report_gives_hostile_text_back_unchanged(text: str):
    made = hostile_report(text)
    assert Report.model_validate_json(render(made, Format.JSON)) == read_back(made)


@pytest.mark.parametrize("kind", Format)
def test_every_format_takes_an_empty_report_and_five_hundred_findings(kind: Format):
    assert len(render(report(()), kind)) < len(render(many_findings(500), kind))


def test_the_room_is_opened_without_a_browser_or_a_word_processor():
    """What few commands need is imported by those that do."""
    code = "import sys, factcheck.reporting; print(*({'docx', 'selenium', 'http.server'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
