"""What an editor, a tool or a CI job reads, made of one ``Report``."""

from factcheck.reporting.files import emit, expect_apart, expect_folder, is_report, load_report, write
from factcheck.reporting.formats import Format, decisions_beside, default_path, render

__all__ = [
    "Format",
    "decisions_beside",
    "default_path",
    "emit",
    "expect_apart",
    "expect_folder",
    "is_report",
    "load_report",
    "render",
    "write",
]
