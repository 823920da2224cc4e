"""factcheck: checks the claims of a draft article against a reference corpus, with verbatim citations.

from factcheck import check

report = check("article.txt", corpus="corpus")
for finding in report.findings:
    print(finding.verdict, finding.claim.text)
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.api import check

__all__ = ["check"]
__version__ = version("factcheck-assistant")


def __getattr__(name: str) -> Any:
    """Load ``check`` when it is first asked for, so that the command line starts without the models' libraries."""
    if name == "check":
        return import_module("factcheck.api").check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
