"""Files in, documents out. Whatever cannot be read is skipped with a reason, never guessed at."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from factcheck.records import Document, Record, Source, Tier

#: A larger text is no document; reading it whole would let one file fill the memory.
MAX_BYTES = 64_000_000
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^#[ \t]+(\S.*)$", re.MULTILINE)


class Skipped(Record):
    """A file of the corpus folder that did not go in, by its path below that folder, and why."""

    path: str
    reason: str


class UnreadableError(Exception):
    """A file that cannot become a document; the message is the reason that a user sees."""


class FrontMatter(BaseModel):
    """What a document may say about itself; other keys are left alone."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    tier: Tier = Tier.SECONDARY


def read_text(data: bytes) -> str:
    """Decode UTF-8 with or without a byte order mark, with line feeds for line ends.

    Raises:
        UnreadableError: binary data or another encoding.
    """
    if b"\0" in data:
        raise UnreadableError("it is a binary file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"it is not UTF-8 (byte {error.start})") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_plain(data: bytes) -> tuple[FrontMatter, str]:
    """Read a plain text."""
    return FrontMatter(), read_text(data)


def read_markdown(data: bytes) -> tuple[FrontMatter, str]:
    """Read Markdown, whose front matter is not part of the text; a first-level heading is its title.

    Raises:
        UnreadableError: see ``read_text``; front matter that is not YAML or holds a value it cannot take.
    """
    text = read_text(data)
    fields: Any = {}
    if match := _FRONT_MATTER.match(text):
        text = text[match.end() :]
        try:
            fields = yaml.safe_load(match[1]) or {}
        except (yaml.YAMLError, ValueError) as error:
            raise UnreadableError("its front matter is not valid YAML") from error
    try:
        front = FrontMatter.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "it"
        raise UnreadableError(f"its front matter is wrong: {name}: {first['msg']}") from error
    if not front.title and (heading := _TITLE.search(text)):
        front = front.model_copy(update={"title": heading[1].rstrip("# \t")})
    return front, text


#: suffix → reader
READERS: dict[str, Callable[[bytes], tuple[FrontMatter, str]]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
}


def find_files(folder: Path) -> Iterator[Path | Skipped]:
    """Yield the files below ``folder`` in a fixed order; hidden ones are passed over.

    Links to folders, and links that lead out of ``folder``, are not followed. Of two files that differ in
    their suffix alone, the second is skipped: both would be the same document.
    """
    root = folder.resolve()
    taken: dict[str, str] = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(parent, name)
            relative = path.relative_to(folder).as_posix()
            identity = document_id(folder, path)
            if path.suffix.lower() not in READERS:
                yield Skipped(path=relative, reason=f"no reader for {path.suffix or 'a file without suffix'}")
            elif not path.resolve().is_relative_to(root):
                yield Skipped(path=relative, reason="it is a link that leads out of the corpus")
            elif not path.is_file():
                yield Skipped(path=relative, reason="it is not a regular file")
            elif identity in taken:
                yield Skipped(path=relative, reason=f"it has the same name as {taken[identity]}")
            else:
                taken[identity] = relative
                yield path


def document_id(folder: Path, path: Path) -> str:
    """Return the path below ``folder`` without its suffix."""
    return path.relative_to(folder).with_suffix("").as_posix()


def read_bytes(path: Path) -> bytes:
    """Read a whole file.

    Raises:
        UnreadableError: it is larger than ``MAX_BYTES`` or cannot be opened.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(error.strerror or "it cannot be opened") from error


def read_document(identity: str, suffix: str, data: bytes) -> Document:
    """Make a document of the bytes of a file with that suffix.

    Raises:
        UnreadableError: the bytes are not what the suffix promises, or there is no text in them.
    """
    front, text = READERS[suffix.lower()](data)
    if not text.strip():
        raise UnreadableError("there is no text in it")
    title = " ".join((front.title or re.sub(r"[-_]+", " ", identity.rpartition("/")[2])).split())
    source = Source(id=identity, **front.model_dump() | {"title": title})
    return Document(source=source, text=text, sha256=hashlib.sha256(data).hexdigest())
