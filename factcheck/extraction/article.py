"""Reading an article: its text with the file's own lines, and its title and date where it gives them."""

from __future__ import annotations

import datetime as dt
import re
import stat
import sys
import tempfile
from pathlib import Path
from typing import Any

from factcheck.addresses import is_page, without_credentials
from factcheck.corpus.readers import is_utf8
from factcheck.errors import InputError
from factcheck.extraction.formats import SUFFIXES, download, read_file
from factcheck.extraction.markdown import without_marks
from factcheck.extraction.sentences import BlockKind, split_blocks
from factcheck.front_matter import read_fields
from factcheck.full_dates import find_full_date, parse_date
from factcheck.limits import USUAL, Limits, megabytes
from factcheck.records import Article

#: Paragraphs from the top in which a dateline or a line with the date of publication is looked for.
_HEAD = 8
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---(?:\n|\Z)", re.DOTALL)
_PUBLISHED = re.compile(r"^(?:\W*)(?:published|posted|date|updated|issued)\b", re.IGNORECASE)
_BYLINE_WORDS = 12


def read_article(path: str, *, date: dt.date | None = None, limits: Limits = USUAL) -> Article:
    r"""Read the article at ``path``: a text, Markdown, HTML, DOCX or PDF file, a web address, or ``-`` for stdin.

    Text and Markdown are UTF-8, and keep everything the file holds, front matter included, so that offsets and
    lines are the file's own; only a byte order mark is dropped and line ends become ``\n``. Of the other formats
    the article's text is taken. A ``date`` that is given wins over the date that the article gives.

    Raises:
        InputError: the article is missing, empty, too long, no regular file, binary, not UTF-8, cannot be fetched,
            has no text, or has a path that no report can hold.
    """
    if not is_utf8(path):
        raise InputError(f"the path {path} is not UTF-8, as it is to be in the report; rename the file")
    title: object = None
    published: dt.date | None = None
    if is_page(path):
        with tempfile.TemporaryDirectory(prefix="factcheck-") as folder:
            file = download(path, Path(folder), limits)
            if file.suffix in SUFFIXES:
                text, title, published = read_file(file, limits)
            else:
                text = _read_text(str(file), limits)
        path = without_credentials(path)
    elif Path(path).suffix.lower() in SUFFIXES:
        text, title, published = read_file(Path(path), limits)
    else:
        text = _read_text(path, limits)
    if len(text.encode(errors="replace")) > limits.article:
        raise _too_long(path, limits)
    front, offset = _front_matter(text)
    title = _one_line(title) or _one_line(front.get("title")) or _headline(text, offset)
    published = published or parse_date(front.get("date") or front.get("published")) or _dateline(text, offset)
    return Article.from_text(text, path=path, title=title or None, date=date or published)


def _one_line(value: object) -> str:
    """Return a title in one line; a list or a table in front matter is none."""
    return " ".join(str(value).split()) if isinstance(value, str | int | float | dt.date) else ""


def _too_long(path: str, limits: Limits) -> InputError:
    name = "standard input" if path == "-" else path
    most = megabytes(limits.article)
    return InputError(f"{name} holds more than {most} of text; check it in parts, or raise max_article_mb")


def body_start(text: str) -> int:
    """Return where the text begins after its front matter."""
    return match.end() if (match := _FRONT_MATTER.match(text)) else 0


def _read_text(path: str, limits: Limits) -> str:
    data = _read_bytes(path, limits.article + 1)
    if len(data) > limits.article:
        raise _too_long(path, limits)
    return _decode(data, path)


def _read_bytes(path: str, most: int) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read(most)
    try:
        mode = Path(path).stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # a pipe or a device may never end, or never begin
            raise InputError(f"{path} is not a regular file; give the article's file, or - for standard input")
        with Path(path).open("rb") as file:
            return file.read(most)
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}; check the path") from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder; give the article's file") from error
    except OSError as error:
        raise InputError(f"cannot read {path} ({error.strerror}); check its permissions") from error


def _decode(data: bytes, path: str) -> str:
    name = "standard input" if path == "-" else path
    if b"\0" in data:
        raise InputError(f"{name} is a binary file; give the article as plain text or Markdown")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(f"{name} is empty; give a file that holds an article")
    return text


def _front_matter(text: str) -> tuple[dict[str, Any], int]:
    """Return the fields of YAML front matter and where the text goes on; anything else there is plain text."""
    if not (match := _FRONT_MATTER.match(text)):
        return {}, 0
    try:
        fields = read_fields(match[1])
    except ValueError:
        return {}, 0
    return (fields, match.end()) if isinstance(fields, dict) else ({}, 0)


def _headline(text: str, offset: int) -> str | None:
    text = without_marks(text)
    blocks = split_blocks(text, offset)
    found = next((block for block in blocks if block.kind is BlockKind.HEADLINE), None)
    return _one_line(text[found.start : found.end]) if found else None


def _dateline(text: str, offset: int) -> dt.date | None:
    """Return the date of a dateline ("GENEVA, March 4, 2014 — …") or of a short line by itself near the top."""
    text = without_marks(text)
    for block in split_blocks(text, offset)[:_HEAD]:
        line = text[block.start : block.end]
        opening = re.split(r"\s[-–—]+\s", line, maxsplit=1)[0] if block.kind is BlockKind.PROSE else line
        is_short = len(opening.split()) <= _BYLINE_WORDS
        if (is_short or _PUBLISHED.match(line)) and (found := find_full_date(opening)):
            return found
    return None
