"""Each format of three reports, as it was when somebody last looked at it.

After an intended change, ``python tests/test_reporting_snapshots.py`` writes ``tests/data/reporting/snapshots/`` anew;
look at the difference before you commit it.
"""

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from reporting_examples import ferry_report, pier_report, vote_report

from factcheck.records import Report, Verdict
from factcheck.reporting import Format, render
from factcheck.reporting.comparing import failing
from factcheck.reporting.summary import Checked, render_summary
from factcheck.reporting.trail import Action, Decision, Decisions, fingerprint
from factcheck.reporting.view import arrange

SNAPSHOTS = Path(__file__).parent / "data" / "reporting" / "snapshots"
REPORTS = {"vote": vote_report, "ferry": ferry_report, "pier": pier_report}
SUFFIXES = {
    Format.MARKDOWN: "md", Format.HTML: "html", Format.JSON: "json", Format.CLAIMREVIEW: "jsonld",
    Format.SARIF: "sarif", Format.GITHUB: "github", Format.LINE: "line", Format.DOCX: "docx.txt",
}  # fmt: skip


def decisions(report: Report) -> Decisions:
    """The second finding is signed off: overridden, after a note."""
    finding = report.findings[1]
    about = {"who": "Ann Editor", "finding": fingerprint(finding), "claim": finding.claim.text, "report": "0" * 64}
    note = Decision(when=datetime(2026, 1, 3, tzinfo=UTC), action=Action.NOTE, reason="Ask the port.", **about)
    override = Decision(
        when=datetime(2026, 1, 4, tzinfo=UTC), action=Action.OVERRIDE, verdict=Verdict.SUPPORTED,
        reason="They confirmed it.", source="Call to the port", **about,
    )  # fmt: skip
    return {note.finding: [note, override]}


def written(name: str, kind: Format) -> str:
    """What is compared: HTML without style and script, which are files of their own, and the text of a DOCX."""
    report = REPORTS[name]()
    content = render(report, kind, decisions=decisions(report))
    if isinstance(content, bytes):
        return text_of(content)
    if kind == Format.HTML:
        content = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", content, flags=re.DOTALL)
        content = re.sub(r"sha256-[\w+/=]+", "sha256-", content)
    return content


def text_of(data: bytes) -> str:
    """The paragraphs of a DOCX with brackets around the words that are commented, and below them the comments."""
    document = docx.Document(io.BytesIO(data))
    lines = []
    for paragraph in document.paragraphs:
        line = ""
        for element in paragraph._p.iter():
            if element.tag == qn("w:commentRangeStart"):
                line += f"[{element.get(qn('w:id'))}: "
            elif element.tag == qn("w:commentRangeEnd"):
                line += "]"
            elif element.tag == qn("w:t"):
                line += element.text
        lines.append(line)
    comments = [f"{comment.comment_id} {comment.author}: {comment.text}" for comment in document.comments]
    return "\n".join([*lines, "", *comments]) + "\n"


def summary() -> str:
    reports = [make() for make in REPORTS.values()]
    return render_summary(
        [
            Checked(arrange(made, decisions(made)), failing(made, ["refuted"], decisions=decisions(made)))
            for made in reports
        ]
    )


@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_written_as_it_was(name: str, kind: Format):
    assert written(name, kind) == (SNAPSHOTS / f"{name}.{SUFFIXES[kind]}").read_text(encoding="utf-8")


def test_the_summary_of_the_three_is_written_as_it_was():
    assert summary() == (SNAPSHOTS / "summary.md").read_text(encoding="utf-8")


def test_there_is_no_snapshot_that_nothing_is_compared_with():
    names = {f"{name}.{suffix}" for name in REPORTS for suffix in SUFFIXES.values()} | {"summary.md"}
    assert {path.name for path in SNAPSHOTS.iterdir()} == names


if __name__ == "__main__":
    SNAPSHOTS.mkdir(exist_ok=True)
    for name in REPORTS:
        for kind, suffix in SUFFIXES.items():
            (SNAPSHOTS / f"{name}.{suffix}").write_text(written(name, kind), encoding="utf-8")
    (SNAPSHOTS / "summary.md").write_text(summary(), encoding="utf-8")
