"""Putting documents on the shelf, the corpus folder, and taking them off it."""

from __future__ import annotations

import filecmp
import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import yaml

from factcheck.addresses import is_page, without_credentials
from factcheck.corpus.documents import read_documents
from factcheck.corpus.files import Skipped, find_files, is_passed_over, sidecar
from factcheck.corpus.readers import READERS, FrontMatter, UnreadableError, is_utf8, parse_yaml, read_text
from factcheck.errors import CorpusError
from factcheck.front_matter import LONGEST, read_fields
from factcheck.limits import USUAL, Limits
from factcheck.web import FetchError, fetch

_SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}
#: Bytes of a page's name without its hash; with what is added to it, no system takes more than 255.
_LONGEST_NAME = 120


def add(source: str, folder: Path, description: FrontMatter, limits: Limits = USUAL) -> Iterator[Path | Skipped]:
    """Copy a file, the files of a folder, or a page into the corpus ``folder``; yield where each is now.

    ``description`` wins over what a file says about itself, and over what was said before of one that is there; it is
    kept in a YAML file beside it. What cannot be read or fetched is not copied, and no document is replaced.
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
                yield _shelve(page, page.name, folder, about, limits)
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
                    yield _shelve(found, f"{name}/{found.relative_to(path)}", folder, description, limits)
        elif path.exists():
            yield _shelve(path, path.name, folder, description, limits)
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
    path = work / f"{_page_name(address, _SUFFIXES[page.kind])}{_SUFFIXES[page.kind]}"
    path.write_bytes(page.data)
    return path


def _page_name(address: str, suffix: str) -> str:
    """Return what a page is called, with a hash of its address where the name alone may be that of another page."""
    parts = urlsplit(address)
    place = parts.path.removesuffix(".html").removesuffix(suffix)
    name = re.sub(r"[^\w-]+", "-", f"{parts.hostname}{place}").strip("-").lower()
    short = name.encode()[:_LONGEST_NAME].decode(errors="ignore")
    if short == name and not parts.query:
        return name
    whole = urldefrag(without_credentials(address)).url
    return f"{short}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def _shelve(path: Path, name: str, folder: Path, description: FrontMatter, limits: Limits) -> Path | Skipped:
    target = folder / name
    options = description.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    try:
        _expect_found(name, folder)
        first = next(iter(read_documents(path, path.stem, limits)), None)
        if first is None or isinstance(first, UnreadableError):
            raise UnreadableError(str(first) if first else "there is no document in it")
        if target.exists() and not filecmp.cmp(path, target, shallow=False):
            raise UnreadableError(f"{target} is there and differs; remove it first, or rename the file")
        target.parent.mkdir(parents=True, exist_ok=True)
        before = _described(sidecar(target))
        fields = before | _described(sidecar(path)) | options
        if fields != before:
            _write(sidecar(target), yaml.safe_dump(fields, allow_unicode=True).encode())
        if not target.exists():
            _write(target, path)
    except (UnreadableError, OSError) as error:
        return Skipped(path=str(path), reason=str(error))
    return target


def _expect_found(name: str, folder: Path) -> None:
    """Refuse a name under which a file of the corpus would not be found, or would be in place of another."""
    target = folder / name
    if not is_utf8(str(target)):
        raise UnreadableError("its name is not UTF-8; rename it")
    if is_passed_over(name, folder):
        raise UnreadableError(f"as {name} it would be passed over; rename it")
    others = (target.with_suffix(suffix) for suffix in READERS if suffix != target.suffix.lower())
    if twin := next((other for other in others if other.exists()), None):
        raise UnreadableError(f"{twin} has the same name; remove it first, or rename the file")


def _described(beside: Path) -> dict[str, object]:
    """Return all that a sidecar says, also what is no business of ours; nothing where there is none.

    Raises:
        UnreadableError: it is no description.
    """
    if not beside.is_file():
        return {}
    text = read_text(beside, LONGEST)
    try:
        parse_yaml(text)
    except UnreadableError as error:
        raise UnreadableError(f"{error} (see {beside})") from error
    return read_fields(text) or {}


def _write(target: Path, content: bytes | Path) -> None:
    """Write a file so that it is there whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    if isinstance(content, bytes):
        part.write_bytes(content)
    else:
        shutil.copyfile(content, part)
    part.replace(target)
