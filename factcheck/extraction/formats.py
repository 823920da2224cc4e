"""Articles that are not plain text: HTML, DOCX and PDF files, and pages on the web."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from factcheck.addresses import without_credentials
from factcheck.errors import InputError
from factcheck.limits import Limits

SUFFIXES = {".html", ".htm", ".docx", ".pdf"}
_SUFFIX_OF = {"application/pdf": ".pdf", "text/plain": ".txt", "text/markdown": ".md"}


def read_file(path: Path, limits: Limits) -> tuple[str, str | None, date | None]:
    """Return the text, title and date of a file with one of ``SUFFIXES``.

    Raises:
        InputError: there is no article text in it, such as in a scanned PDF, or it cannot be read.
    """
    # The readers bring three parsers along, which plain text does without.
    from factcheck.corpus.readers import UnreadableError, read_parts

    if not path.exists():
        raise InputError(f"there is no file {path}; check the path")
    try:
        part = next(read_parts(path, limits))
    except UnreadableError as error:
        raise InputError(f"cannot read {path.name}: {error}") from error
    except OSError as error:
        raise InputError(f"cannot read {path} ({error.strerror}); check what it is and its permissions") from error
    if isinstance(part, UnreadableError):
        raise InputError(f"cannot read {path.name}: {part}")
    if not part.text.strip():
        raise InputError(f"{path.name} holds no text; give a file that holds an article")
    return part.text, part.front.title, part.front.published


def download(address: str, folder: Path, limits: Limits) -> Path:
    """Download the page at ``address`` into ``folder`` and return the file.

    Raises:
        InputError: the page cannot be had, or is too large.
    """
    from factcheck.web import FetchError, fetch  # a client for the web, which a file does without

    try:
        page = fetch(address, limits)
    except FetchError as error:
        shown = without_credentials(address)
        raise InputError(f"cannot fetch {shown} ({error}); save the page and give the file") from error
    file = folder / f"page{_SUFFIX_OF.get(page.kind, '.html')}"
    file.write_bytes(page.data)
    return file
