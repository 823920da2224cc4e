"""One line for each finding: for grep and editors, and as annotations of a GitHub Actions job."""

from __future__ import annotations

from collections.abc import Iterator

from factcheck.records import Verdict
from factcheck.reporting import wording
from factcheck.reporting.text import for_log
from factcheck.reporting.trail import last_word
from factcheck.reporting.view import Section, View

_LEVELS = {
    Verdict.REFUTED: "error",
    Verdict.CONFLICTING: "warning",
    Verdict.UNCHECKED: "warning",
    Verdict.NOT_ENOUGH_EVIDENCE: "notice",
}


def render(view: View) -> str:
    """Return ``path:line:column: verdict: claim`` for each finding, in the order of the article."""
    return "".join(f"{_line(view, section)}\n" for section in _in_order(view))


def render_annotations(view: View) -> str:
    """Return a workflow command of GitHub Actions for each finding that is not good news."""
    return "".join(
        f"{_annotation(view, section)}\n" for section in _in_order(view) if wording.gravest(section.finding) in _LEVELS
    )


def explain(section: Section) -> Iterator[str]:
    """Yield what there is to say of a finding below its claim, a line for each thing."""
    finding = section.finding
    attribution = finding.claim.attribution
    if attribution and finding.attribution_verdict:
        yield f"Was it said by {attribution.speaker}? {wording.VERDICTS[finding.attribution_verdict]}"
    yield finding.rationale
    yield from (wording.FLAGS[flag] for flag in section.flags)
    for heading, citations in section.evidence:
        yield from (wording.cited(heading, citation.evidence) for citation in citations)
    if finding.checked_before:
        yield f"Checked before: {wording.checked_before(finding.checked_before)}"
    yield from (wording.decision_in_full(decision) for decision in section.decisions)


def _in_order(view: View) -> list[Section]:
    return sorted(view.sections, key=lambda section: section.finding.claim.start)


def _line(view: View, section: Section) -> str:
    finding, decision = section.finding, last_word(section.decisions)
    where = ":".join(str(part) for part in (section.place.line, section.place.column) if part)
    label = wording.label(finding) + (", said otherwise" if finding.attribution_verdict == Verdict.REFUTED else "")
    signed = f" [{wording.decision(decision)}]" if decision else ""
    return for_log(f"{view.report.article.path}:{where}: {label}: {finding.claim.text}{signed}")


def _annotation(view: View, section: Section) -> str:
    finding, place = section.finding, section.place
    properties = {
        "file": view.report.article.path,
        "line": place.line,
        "endLine": place.end_line,
        # Columns are for annotations of one line only.
        "col": place.column if place.end_line == place.line else None,
        "endColumn": place.end_column if place.end_line == place.line else None,
        "title": wording.news(finding),
    }
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value)
    decision = last_word(section.decisions)
    level = "notice" if decision and decision.verdict else _LEVELS[wording.gravest(finding)]
    message = "%0A".join(_message(line) for line in (finding.claim.text, *explain(section)))
    return f"::{level} {given}::{message}"


def _message(text: str) -> str:
    return for_log(text).replace("%", "%25")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
