"""One summary of a run, for a pull request or the page of a CI job."""

import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from reporting_examples import hostile_report, many_findings, report, vote_report

from factcheck.records import Report
from factcheck.reporting.comparing import failing
from factcheck.reporting.summary import MOST, Checked, render_summary
from factcheck.reporting.trail import Decisions
from factcheck.reporting.view import arrange

HOSTILE = json.loads((Path(__file__).parent / "data/reporting/hostile.json").read_text())


def summary(*reports: Report, fail_on: str = "refuted", decisions: Decisions | None = None) -> str:
    taken = decisions or {}
    return render_summary(
        [Checked(arrange(made, taken), failing(made, fail_on.split(","), decisions=taken)) for made in reports]
    )


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ") and line[2].isdigit()]


def test_what_stopped_the_gate_is_listed_even_where_it_is_no_bad_news():
    assert len(rows(summary(vote_report()))) == 3
    assert len(rows(summary(vote_report(), fail_on="not_enough_evidence"))) == 4
    assert "| stopped by 1 |" in summary(vote_report())
    assert "| passed |" in summary(vote_report(), fail_on="single_source_x")


def test_it_stays_short_and_says_what_it_leaves_out():
    text = summary(many_findings(200), many_findings(50), report(()))
    assert len(rows(text)) == MOST
    assert "60 more are in its report." in text
    assert "30 more are in its report." in text
    assert len(text) < 65_536


def shape(text: str) -> list[str]:
    tokens = [part for token in MarkdownIt("gfm-like").parse(text) for part in [token, *(token.children or ())]]
    return [token.type for token in tokens if token.type not in ("text", "text_special")]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_never_becomes_markup(text: str):
    written = summary(hostile_report(text))
    assert shape(written) == shape(summary(hostile_report("harmless")))
    assert all(character.isprintable() or character == "\n" for character in written)
