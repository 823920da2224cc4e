"""Making documents of what the readers found in a file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from factcheck.corpus.files import sidecar
from factcheck.corpus.readers import FrontMatter, Part, UnreadableError, clean, parse_yaml, read_parts, read_text
from factcheck.front_matter import LONGEST
from factcheck.limits import USUAL, Limits
from factcheck.records import Document, Source


def read_documents(path: Path, identity: str, limits: Limits = USUAL) -> Iterator[Document | UnreadableError]:
    """Yield the documents of a file one after the other, and the reason for each row that is none.

    ``identity`` is the id of the document or, of a table, what the ids of its rows begin with.

    Raises:
        UnreadableError: the file, or what is left of it, cannot be read.
    """
    try:
        described = parse_yaml(read_text(sidecar(path), LONGEST)) if sidecar(path).is_file() else FrontMatter()
        for part in read_parts(path, limits):
            yield part if isinstance(part, UnreadableError) else _document(part, described, identity)
    except OSError as error:
        raise UnreadableError(error.strerror or "it cannot be opened") from error


def _document(part: Part, described: FrontMatter, identity: str) -> Document:
    text = clean(part.text)
    if not text.strip():
        raise UnreadableError("there is no text in it")
    front = part.front.model_copy(update=described.model_dump(exclude_unset=True))
    identity = f"{identity}/{_one_line(part.name)}" if part.name else identity
    title = front.title or re.sub(r"[-_]+", " ", identity.rpartition("/")[2])
    source = Source(id=identity, **front.model_dump() | {"title": _one_line(title)})
    digest = hashlib.sha256(f"{source.model_dump_json()}\n{text}".encode())
    return Document(source=source, text=text, sha256=digest.hexdigest())


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
