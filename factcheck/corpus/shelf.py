"""Putting documents on the shelf, the corpus folder, and taking them off it."""

from __future__ import annotations

import filecmp
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from factcheck.addresses import is_page, without_credentials
from factcheck.corpus.documents import read_documents
from factcheck.corpus.files import Skipped, find_files, sidecar
from factcheck.corpus.readers import FrontMatter, UnreadableError
from factcheck.errors import CorpusError
from factcheck.front_matter import read_fields
from factcheck.limits import USUAL, Limits
from factcheck.web import FetchError, fetch

_SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}
_LONGEST_NAME = 120


def add(source: str, folder: Path, description: FrontMatter, limits: Limits = USUAL) -> Iterator[Path | Skipped]:
    """Copy a file, the files of a folder, or a page into the corpus ``folder``; yield where each is now.

    ``description`` wins over what a file says about itself; it is kept in a YAML file beside it. What cannot be
    read or fetched is not copied, and nothing that is there is replaced.
    """
    with tempfile.TemporaryDirectory() as work:
        if is_page(source):
            shown = without_credentials(source)
            try:
                page = _fetch(source, Path(work), limits)
            except UnreadableError as error:
                yield Skipped(path=shown, reason=str(error))
            else:
                about = description.model_copy(update={"url": description.url or shown})
                yield _shelve(page, folder / page.name, about, limits)
        elif (path := Path(source)).is_dir():
            name, own = path.resolve().name, folder.resolve()  # ".." has another name
            try:
                # What is copied must not be found and copied again, where the corpus is below the folder.
                there = list(find_files(path))
            except CorpusError as error:
                there = [Skipped(path=source, reason=str(error))]
            for found in there:
                if isinstance(found, Skipped):
                    yield found
                elif own == path.resolve() or not found.resolve().is_relative_to(own):
                    yield _shelve(found, folder / name / found.relative_to(path), description, limits)
        elif path.exists():
            yield _shelve(path, folder / path.name, description, limits)
        else:
            yield Skipped(path=source, reason="there is no such file or folder")


def remove(files: Iterable[str], folder: Path) -> None:
    """Delete files by their paths below ``folder``, with their descriptions."""
    for file in files:
        (folder / file).unlink(missing_ok=True)
        sidecar(folder / file).unlink(missing_ok=True)


def _fetch(address: str, work: Path, limits: Limits) -> Path:
    try:
        page = fetch(address, limits)
    except FetchError as error:
        raise UnreadableError(f"it cannot be fetched ({error}); save the page and add the file") from error
    if page.kind not in _SUFFIXES:
        raise UnreadableError(f"no reader for {page.kind}")
    parts = urlsplit(address)
    place = parts.path.removesuffix(".html").removesuffix(_SUFFIXES[page.kind])
    name = re.sub(r"[^\w-]+", "-", f"{parts.hostname}{place}").strip("-").lower()
    path = work / f"{name[:_LONGEST_NAME]}{_SUFFIXES[page.kind]}"
    path.write_bytes(page.data)
    return path


def _shelve(path: Path, target: Path, description: FrontMatter, limits: Limits) -> Path | Skipped:
    fields = description.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    beside = sidecar(path)
    try:
        first = next(iter(read_documents(path, path.stem, limits)), None)
        if first is None or isinstance(first, UnreadableError):
            raise UnreadableError(str(first) if first else "there is no document in it")
        if target.exists() and not filecmp.cmp(path, target, shallow=False):
            raise UnreadableError(f"{target} is there and differs; remove it first, or rename the file")
        target.parent.mkdir(parents=True, exist_ok=True)
        if beside.is_file():
            fields = (read_fields(beside.read_text(encoding="utf-8")) or {}) | fields
        if fields:
            _write(sidecar(target), yaml.safe_dump(fields, allow_unicode=True).encode())
        if not target.exists():
            _write(target, path)
    except (UnreadableError, OSError) as error:
        return Skipped(path=str(path), reason=str(error))
    return target


def _write(target: Path, content: bytes | Path) -> None:
    """Write a file so that it is there whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    if isinstance(content, bytes):
        part.write_bytes(content)
    else:
        shutil.copyfile(content, part)
    part.replace(target)
