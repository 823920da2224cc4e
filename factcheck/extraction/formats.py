"""Articles that are not plain text: HTML, DOCX and PDF files, and pages on the web."""

from __future__ import annotations

import urllib.error
import urllib.request
from datetime import date
from email.message import Message
from pathlib import Path

from factcheck.errors import InputError

SUFFIXES = {".html", ".htm", ".docx", ".pdf"}
SCHEMES = ("http://", "https://")
_SUFFIX_OF = {"application/pdf": ".pdf", "text/plain": ".txt", "text/markdown": ".md"}
_SECONDS = 30
_MAX_BYTES = 32_000_000


def is_page(path: str) -> bool:
    """Tell a web address from a path."""
    return path.lower().startswith(SCHEMES)


def read_file(path: Path) -> tuple[str, str | None, date | None]:
    """Return the text, title and date of a file with one of ``SUFFIXES``.

    Raises:
        InputError: there is no article text in it, such as in a scanned PDF, or it cannot be read.
    """
    # The readers bring three parsers along, which plain text does without.
    from factcheck.corpus.readers import READERS, UnreadableError

    if not path.exists():
        raise InputError(f"there is no file {path}; check the path")
    try:
        part = next(READERS[path.suffix.lower()](path))
    except UnreadableError as error:
        raise InputError(f"cannot read {path.name}: {error}") from error
    except OSError as error:
        raise InputError(f"cannot read {path} ({error.strerror}); check what it is and its permissions") from error
    if isinstance(part, UnreadableError):
        raise InputError(f"cannot read {path.name}: {part}")
    if not part.text.strip():
        raise InputError(f"{path.name} holds no text; give a file that holds an article")
    return part.text, part.front.title, part.front.published


def fetch(address: str, folder: Path) -> Path:
    """Download the page at ``address`` into ``folder`` and return the file.

    Raises:
        InputError: the page cannot be had, or is too large.
    """
    request = urllib.request.Request(address, headers={"User-Agent": "factcheck-assistant"})  # noqa: S310 - http(s) only
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - see above
            data, about = answer.read(_MAX_BYTES + 1), answer.headers
    except (urllib.error.URLError, TimeoutError, ValueError, OSError) as error:
        reason = error if isinstance(error, urllib.error.HTTPError) else getattr(error, "reason", error)
        raise InputError(f"cannot fetch {address} ({reason}); save the page and give the file") from error
    if len(data) > _MAX_BYTES:
        raise InputError(
            f"{address} is larger than {_MAX_BYTES // 1_000_000} MB; save the article's text and give that"
        )
    file = folder / f"page{_suffix(about)}"
    file.write_bytes(data)
    return file


def _suffix(about: Message) -> str:
    return _SUFFIX_OF.get(about.get_content_type(), ".html")
