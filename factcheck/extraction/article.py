"""Reading an article: its text with the file's own lines, and its title and date where it gives them."""

from __future__ import annotations

import datetime as dt
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from factcheck.errors import InputError
from factcheck.extraction.dates import find_full_date, parse_date
from factcheck.extraction.formats import SUFFIXES, fetch, is_page, read_file
from factcheck.extraction.sentences import BlockKind, split_blocks
from factcheck.records import Article

#: Paragraphs from the top in which a dateline or a line with the date of publication is looked for.
_HEAD = 8
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---(?:\n|\Z)", re.DOTALL)
_PUBLISHED = re.compile(r"^(?:\W*)(?:published|posted|date|updated|issued)\b", re.IGNORECASE)
_BYLINE_WORDS = 12


def read_article(path: str, *, date: dt.date | None = None) -> Article:
    r"""Read the article at ``path``: a text, Markdown, HTML, DOCX or PDF file, a web address, or ``-`` for stdin.

    Text and Markdown are UTF-8, and keep everything the file holds, front matter included, so that offsets and
    lines are the file's own; only a byte order mark is dropped and line ends become ``\n``. Of the other formats
    the article's text is taken. A ``date`` that is given wins over the date that the article gives.

    Raises:
        InputError: the article is missing, empty, a folder, binary, not UTF-8, cannot be fetched, or has no text.
    """
    title: object = None
    published: dt.date | None = None
    if is_page(path):
        with tempfile.TemporaryDirectory(prefix="factcheck-") as folder:
            file = fetch(path, Path(folder))
            text, title, published = read_file(file) if file.suffix in SUFFIXES else (_read_text(str(file)), None, None)
    elif Path(path).suffix.lower() in SUFFIXES:
        text, title, published = read_file(Path(path))
    else:
        text = _read_text(path)
    front, offset = _front_matter(text)
    title = title or front.get("title") or _headline(text, offset)
    published = published or parse_date(front.get("date") or front.get("published")) or _dateline(text, offset)
    return Article.from_text(text, path=path, title=str(title) if title else None, date=date or published)


def body_start(text: str) -> int:
    """Return where the text begins after its front matter."""
    return match.end() if (match := _FRONT_MATTER.match(text)) else 0


def _read_text(path: str) -> str:
    return _decode(_read_bytes(path), path)


def _read_bytes(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
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
        fields = yaml.safe_load(match[1])
    except yaml.YAMLError:
        return {}, 0
    return (fields, match.end()) if isinstance(fields, dict) else ({}, 0)


def _headline(text: str, offset: int) -> str | None:
    blocks = split_blocks(text, offset)
    found = next((block for block in blocks if block.kind is BlockKind.HEADLINE), None)
    return text[found.start : found.end] if found else None


def _dateline(text: str, offset: int) -> dt.date | None:
    """Return the date of a dateline ("GENEVA, March 4, 2014 — …") or of a short line by itself near the top."""
    for block in split_blocks(text, offset)[:_HEAD]:
        line = text[block.start : block.end]
        opening = re.split(r"\s[-–—]+\s", line, maxsplit=1)[0] if block.kind is BlockKind.PROSE else line
        is_short = len(opening.split()) <= _BYLINE_WORDS
        if (is_short or _PUBLISHED.match(line)) and (found := find_full_date(opening)):
            return found
    return None
