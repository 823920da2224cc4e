"""The formats a report comes in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from factcheck.records import Report
from factcheck.reporting import claimreview, html, lines, markdown, sarif
from factcheck.reporting.files import beside
from factcheck.reporting.text import to_json
from factcheck.reporting.trail import Decisions, fingerprint, read, trail_path
from factcheck.reporting.view import arrange


class Format(StrEnum):
    """A way to write a report."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CLAIMREVIEW = "claimreview"
    SARIF = "sarif"
    GITHUB = "github"
    LINE = "line"
    DOCX = "docx"


_SUFFIXES = {
    Format.MARKDOWN: ".factcheck.md",
    Format.HTML: ".factcheck.html",
    Format.JSON: ".factcheck.json",
    Format.CLAIMREVIEW: ".factcheck.jsonld",
    Format.SARIF: ".factcheck.sarif",
    Format.DOCX: ".factcheck.docx",
}


def render(
    report: Report,
    format: Format,  # noqa: A002
    *,
    decisions: Decisions = MappingProxyType({}),
    templates: Path | None = None,
) -> str | bytes:
    """Return ``report`` in ``format``, with what people decided about its findings; DOCX comes as bytes.

    Template files in ``templates`` go before those that are shipped.
    """
    if format == Format.JSON:
        return _render_json(report, decisions)
    view = arrange(report, decisions)
    match format:
        case Format.MARKDOWN:
            return markdown.render(view, templates)
        case Format.HTML:
            return html.render(view, templates)
        case Format.CLAIMREVIEW:
            return claimreview.render(view)
        case Format.SARIF:
            return sarif.render(view)
        case Format.GITHUB:
            return lines.render_annotations(view)
        case Format.LINE:
            return lines.render(view)
        case Format.DOCX:
            from factcheck.reporting.annotated import annotate  # python-docx takes a while to import

            return annotate(view)


def default_path(article: str, format: Format) -> Path | None:  # noqa: A002
    """Return where a report goes when nobody says: beside the article, or None for standard output."""
    return beside(article, _SUFFIXES[format]) if format in _SUFFIXES else None


def decisions_beside(article: str) -> Decisions:
    """Return what people decided about an article's findings, from the trail of its JSON report at the default path.

    Raises:
        InputError: the trail was edited or cannot be read.
    """
    return read(trail_path(beside(article, _SUFFIXES[Format.JSON])))


def _render_json(report: Report, decisions: Decisions) -> str:
    data = report.model_dump(mode="json")
    for finding, entry in zip(report.findings, data["findings"], strict=True):
        if taken := decisions.get(fingerprint(finding)):
            entry["decisions"] = [decision.model_dump(mode="json") for decision in taken]
    return to_json(data)
