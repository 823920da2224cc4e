"""The formats a report comes in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from factcheck.records import Report
from factcheck.reporting import html, markdown
from factcheck.reporting.files import beside
from factcheck.reporting.trail import Decisions
from factcheck.reporting.view import arrange


class Format(StrEnum):
    """A way to write a report."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


_SUFFIXES = {
    Format.MARKDOWN: ".factcheck.md",
    Format.HTML: ".factcheck.html",
    Format.JSON: ".factcheck.json",
}


def render(
    report: Report,
    format: Format,  # noqa: A002
    *,
    decisions: Decisions = MappingProxyType({}),
    templates: Path | None = None,
) -> str:
    """Return ``report`` in ``format``, with what people decided about its findings.

    Template files in ``templates`` go before those that are shipped.
    """
    match format:
        case Format.MARKDOWN:
            return markdown.render(arrange(report, decisions), templates)
        case Format.HTML:
            return html.render(arrange(report, decisions), templates)
        case Format.JSON:
            return report.model_dump_json(indent=2) + "\n"


def default_path(article: str, format: Format) -> Path:  # noqa: A002
    """Return where a report goes when nobody says: beside the article."""
    return beside(article, _SUFFIXES[format])
