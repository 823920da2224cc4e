"""SARIF 2.1.0 (OASIS, 2020), which code scanners and editors read: a result for each finding that is not good news."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from factcheck.addresses import is_page
from factcheck.records import Verdict
from factcheck.reporting import wording
from factcheck.reporting.lines import explain
from factcheck.reporting.text import plain, to_json
from factcheck.reporting.trail import fingerprint, last_word
from factcheck.reporting.view import Section, View

_LEVELS = {
    Verdict.REFUTED: "error",
    Verdict.CONFLICTING: "warning",
    Verdict.UNCHECKED: "warning",
    Verdict.NOT_ENOUGH_EVIDENCE: "note",
}
_RULES = list(_LEVELS)
#: In an address, a percent sign begins an encoded byte.
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def render(view: View) -> str:
    """Return a log with one run. A finding whose verdict a person overrode is a suppressed result."""
    driver = {
        "name": "factcheck",
        "version": view.report.tool.version,
        "rules": [
            {
                "id": verdict.value,
                "shortDescription": {"text": wording.VERDICTS[verdict]},
                "defaultConfiguration": {"level": _LEVELS[verdict]},
            }
            for verdict in _RULES
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(view, section) for section in view.sections if wording.gravest(section.finding) in _LEVELS],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return to_json(log)


def _result(view: View, section: Section) -> dict[str, Any]:
    finding, place, decision = section.finding, section.place, last_word(section.decisions)
    gravest = wording.gravest(finding)
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "snippet": {"text": finding.claim.quote},
    }
    location = {
        "artifactLocation": {"uri": _uri(view.report.article.path)},
        "region": {key: value for key, value in region.items() if value is not None},
    }
    result: dict[str, Any] = {
        "ruleId": gravest.value,
        "ruleIndex": _RULES.index(gravest),
        "level": _LEVELS[gravest],
        "message": {"text": "\n".join(_literal(line) for line in (finding.claim.text, *explain(section)))},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"finding/v1": fingerprint(finding)},
        "properties": {"confidence": finding.confidence, "flags": [flag.value for flag in section.flags]},
    }
    if decision and decision.verdict:
        justification = plain(wording.decision_in_full(decision))
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": justification}]
    return result


def _literal(text: str) -> str:
    """Return text for a message, where ``[words](address)`` would be a link (section 3.11.6 of the standard)."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", plain(text))


def _uri(path: str) -> str:
    if is_page(path):
        return quote(_STRAY_PERCENT.sub("%25", path), safe=":/?#@!$&'()*+,;=%~")
    return "stdin" if path == "-" else Path(path).as_uri() if Path(path).is_absolute() else quote(Path(path).as_posix())
