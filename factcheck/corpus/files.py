"""The files of a corpus folder: which of them are documents, what each is called, and whether it has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from factcheck.corpus.readers import UnreadableError, find_reader, is_utf8
from factcheck.errors import CorpusError
from factcheck.front_matter import LONGEST
from factcheck.records import Record

#: ``report.pdf`` may have a ``report.pdf.yaml`` beside it, with the fields of front matter.
SIDECAR = ".yaml"


class Skipped(Record):
    """What did not go in, by its path below the corpus folder (and its line, in a table), and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class File:
    """A file by its ``name`` below the corpus folder, as it was when it was looked at."""

    path: Path
    name: str
    fingerprint: str
    size: int


def look_through(folder: Path) -> Iterator[File | Skipped]:
    """Do what ``find_files`` does, and look at each file.

    Raises:
        CorpusError: see ``find_files``.
    """
    for path in find_files(folder):
        if isinstance(path, Skipped):
            yield path
            continue
        name = path.relative_to(folder).as_posix()
        try:
            yield File(path, name, fingerprint(path), path.stat().st_size)
        except OSError as error:
            yield Skipped(path=name, reason=error.strerror or "it cannot be opened")


def state_of(found: File | Skipped) -> bytes:
    """Return what goes into the digest of a folder."""
    told = (found.path, found.reason) if isinstance(found, Skipped) else (found.name, found.fingerprint)
    return "\0".join((*told, "")).encode(errors="surrogateescape")


def folder_digest(folder: Path) -> str:
    """Return the SHA-256 of all that a run would find in ``folder``.

    Raises:
        CorpusError: see ``find_files``.
    """
    digest = hashlib.sha256()
    for found in look_through(folder):
        digest.update(state_of(found))
    return digest.hexdigest()


def find_files(folder: Path) -> Iterator[Path | Skipped]:
    """Yield the files below ``folder`` in a fixed order; hidden ones are passed over.

    Links to folders, and links that lead out of ``folder``, are skipped. Of two files that differ in
    their suffix alone, the second is skipped: both would be the same document.

    Raises:
        CorpusError: a folder cannot be listed; what is in it would else count as deleted.
    """
    root = folder.resolve()
    for parent, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(parent, name) for name in folders):
            if path.is_symlink():
                yield Skipped(path=path.relative_to(folder).as_posix(), reason="it is a link to a folder")
        taken: dict[str, str] = {}
        there = set(names)
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(parent, name)
            if path.suffix == SIDECAR and path.stem in there:
                continue
            described = name + SIDECAR in there
            if (reason := _objection(path, root, described=described)) or (reason := _twin(path, taken)):
                yield Skipped(path=path.relative_to(folder).as_posix(), reason=reason)
            else:
                taken[path.stem] = name
                yield path


def document_id(folder: Path, path: Path) -> str:
    """Return the path below ``folder`` without its suffix."""
    return path.relative_to(folder).with_suffix("").as_posix()


def sidecar(path: Path) -> Path:
    """Return where the file with the description of ``path`` is, if there is one."""
    return Path(f"{path}{SIDECAR}")


def is_passed_over(name: str, folder: Path) -> bool:
    """Tell whether the file ``name`` below ``folder`` is hidden or a sidecar: ``find_files`` says nothing of it."""
    path = Path(name)
    hidden = any(part.startswith(".") for part in path.parts)
    return hidden or (path.suffix == SIDECAR and os.path.lexists(folder / path.with_suffix("")))


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file and its sidecar, read a piece at a time.

    Raises:
        OSError: the file cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    if os.path.isfile(beside := f"{path}{SIDECAR}"):  # noqa: PTH113 - a path for each of a million files takes seconds
        with Path(beside).open("rb") as file:
            digest.update(b"\0" + file.read(LONGEST + 1))
    return digest.hexdigest()


def _refuse(error: OSError) -> None:
    raise CorpusError(f"cannot list the folder {error.filename} ({error.strerror}); check it and run again") from error


def _objection(path: Path, root: Path, *, described: bool) -> str | None:
    """Return why a file, ``described`` by another beside it or not, is no document."""
    try:
        find_reader(path)
    except UnreadableError as error:
        return str(error)
    if not str(path).isprintable() and not is_utf8(str(path)):
        return "its name is not UTF-8"
    try:
        for file in (path, sidecar(path)) if described else (path,):
            if file.is_symlink() and not _leads_below(file, root):  # to resolve each file takes most of the time
                return "it is a link that leads out of the corpus" if file == path else "its description is such a link"
        return None if path.is_file() else "it is not a regular file"
    except OSError as error:
        return error.strerror or "it cannot be opened"


def _leads_below(link: Path, root: Path) -> bool:
    try:
        return link.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # links that lead to each other lead nowhere
        return False


def _twin(path: Path, taken: dict[str, str]) -> str | None:
    return f"it has the same name as {taken[path.stem]}" if path.stem in taken else None
