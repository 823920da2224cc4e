"""Reports on disk: where they go, written whole or not at all, and read back."""

from __future__ import annotations

import os
import sys
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from pydantic import ValidationError

from factcheck.addresses import is_page
from factcheck.errors import InputError, SettingsError
from factcheck.limits import USUAL
from factcheck.records import Article, Report

STANDARD_OUTPUT = Path("-")
#: Bytes of a character in UTF-8; a line end takes two.
LONGEST_CHARACTER = 4


def beside(article: str, suffix: str) -> Path:
    """Return where the report of an article goes by default: beside it; of stdin or a URL, in the current folder."""
    if article == "-":
        return Path(suffix.lstrip("."))
    if "://" in article:
        return Path((PurePosixPath(urlsplit(article).path).stem or "article") + suffix)
    path = Path(article)
    return path.with_suffix(suffix) if path.name else path / suffix.lstrip(".")


def is_report(article: str) -> bool:
    """Tell by its name whether what is given as an article is a report: a pattern for drafts finds those, too."""
    return not is_page(article) and ".factcheck." in Path(article).name


def write(path: Path, content: str | bytes) -> None:
    """Write a report so that at any time the whole old or the whole new one stands at ``path``.

    Raises:
        InputError: the folder is missing or cannot be written to.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(f"cannot write {path} ({error.strerror}); choose another place") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise InputError(f"cannot write {path} ({error.strerror}); choose another place") from error


def expect_folder(path: Path | None) -> None:
    """Make sure, before there is anything to write, that a file can stand at ``path``.

    Raises:
        InputError: its folder is missing or cannot be written to, or it is a folder itself.
    """
    if path is None or path == STANDARD_OUTPUT:
        return
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file")
    if not path.parent.is_dir():
        raise InputError(f"there is no folder {path.parent} for {path.name}; make it, or choose another place")
    try:  # as ``write`` will: rights do not tell of a disk that is mounted to be read only, nor of a name too long
        tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.").close()
    except OSError as error:
        raise InputError(f"cannot write {path} ({error.strerror}); choose another place") from error


def expect_apart(written: Iterable[Path | None], read: Iterable[str | Path]) -> None:
    """Make sure, before there is anything to write, that nothing is written over what is read, or over each other.

    Raises:
        SettingsError: two of the files that are to be ``written`` are one, or one of them is to be ``read``.
    """
    taken = {os.path.realpath(path) for path in read if not is_page(str(path))}
    seen: set[str] = set()
    for path in written:
        if path is None or path == STANDARD_OUTPUT:
            continue
        place = os.path.realpath(path)
        if place in taken:
            raise SettingsError(f"{path} is read, and would be written over; choose another place to write to")
        if place in seen:
            raise SettingsError(
                f"{path} would be written twice; choose another place, or check articles that share a name one at a "
                "time, each with its own --output"
            )
        seen.add(place)


def emit(content: str | bytes, path: Path | None) -> None:
    """Write a report to ``path``, or to standard output where that is None or ``-``.

    Raises:
        InputError: see ``write``.
    """
    if path and path != STANDARD_OUTPUT:
        write(path, content)
    elif isinstance(content, str):
        sys.stdout.write(content)
    else:
        sys.stdout.buffer.write(content)


def load_report(path: Path) -> Report:
    """Read a JSON report back. The article's text is not in it.

    Raises:
        InputError: the file is missing or is not a report of this schema version.
    """
    try:
        return Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot read {path} ({error.strerror}); give the path of a JSON report") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InputError(
            f"{path} is not a JSON report ({where}: {first['msg']}); make one with `factcheck claims --format json`"
        ) from error


def restore_text(report: Report, folder: Path) -> Report:
    """Put the article's text back into a report that was read, where the article stands as it was checked.

    It is looked for at its path, and by its name in ``folder``. The path is the report's word, which may be somebody
    else's: no more is read there than the article can hold, and nothing of a device or a pipe, which may never end.
    """
    path = Path(report.article.path)
    most = min(LONGEST_CHARACTER * max(0, report.article.characters) + len(BOM_UTF8), USUAL.document)
    for place in (path, folder / path.name):
        try:
            text = _read_text(place, most)
        except (OSError, ValueError):
            continue
        article = Article.from_text(text, path=report.article.path)
        if article.sha256 == report.article.sha256:
            return report.model_copy(update={"article": report.article.model_copy(update={"text": text})})
    return report


def _read_text(path: Path, most: int) -> str:
    """Return the text of a regular file of at most so many bytes, with line feeds for line ends.

    Raises:
        OSError, ValueError: there is no such file, or it is not UTF-8.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError("the file is too long to be the article")
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
