"""The formats a report comes in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from factcheck.records import Report
from factcheck.reporting import markdown
from factcheck.reporting.files import beside


class Format(StrEnum):
    """A way to write a report."""

    MARKDOWN = "markdown"
    JSON = "json"


_SUFFIXES = {
    Format.MARKDOWN: ".factcheck.md",
    Format.JSON: ".factcheck.json",
}


def render(report: Report, format: Format, *, templates: Path | None = None) -> str:  # noqa: A002
    """Return ``report`` in ``format``; template files in ``templates`` go before those that are shipped."""
    match format:
        case Format.MARKDOWN:
            return markdown.render(report, templates)
        case Format.JSON:
            return report.model_dump_json(indent=2) + "\n"


def default_path(article: str, format: Format) -> Path:  # noqa: A002
    """Return where a report goes when nobody says: beside the article."""
    return beside(article, _SUFFIXES[format])
