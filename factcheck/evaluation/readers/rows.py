"""Rows of labelled data, each with its place for messages, and what the readers of all formats share."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from factcheck.errors import InputError
from factcheck.evaluation.dataset import Dataset
from factcheck.records import Verdict

#: What data sets call AVeriTeC's four verdicts, in lower case and with spaces for underscores.
VERDICTS = {
    "supports": Verdict.SUPPORTED, "support": Verdict.SUPPORTED, "supported": Verdict.SUPPORTED,
    "refutes": Verdict.REFUTED, "contradict": Verdict.REFUTED, "refuted": Verdict.REFUTED,
    "not enough info": Verdict.NOT_ENOUGH_EVIDENCE, "not enough evidence": Verdict.NOT_ENOUGH_EVIDENCE,
    "neutral": Verdict.NOT_ENOUGH_EVIDENCE,
    "disputed": Verdict.CONFLICTING, "conflicting": Verdict.CONFLICTING,
    "conflicting evidence/cherrypicking": Verdict.CONFLICTING,
}  # fmt: skip

Rows = Sequence[tuple[str, Any]]


class Row(BaseModel):
    """The base of the rows of all formats; what a reader does not ask for is passed over."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class Form(NamedTuple):
    """A format: the keys by which it is known, the model of a row, and what makes a data set of the rows."""

    keys: frozenset[str]
    row: type[Row]
    read: Callable[[Rows, Path], Dataset]


def read_rows(path: Path) -> list[tuple[str, Any]]:
    """Return the rows of a CSV, JSON or JSONL file, each with its place for messages."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if path.suffix.lower() == ".csv":
                return [(f"{path}, row {number}", row) for number, row in enumerate(csv.DictReader(file), 1)]
            text = file.read()
    except OSError as error:
        raise InputError(f"cannot read {path} ({error.strerror}); give a file of labelled data") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} is not text in UTF-8, or not CSV ({error})") from error
    if text.lstrip().startswith("["):
        return [(f"{path}, item {number}", row) for number, row in enumerate(_json(text, str(path)), 1)]
    lines = enumerate(text.split("\n"), 1)
    return [(place, _json(line, place)) for number, line in lines if line.strip() and (place := f"{path}:{number}")]


def _json(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place} is not JSON") from error


def parse(kind: type[Row], row: object, place: str) -> Any:
    """Check a row.

    Raises:
        InputError: it does not fit; the message tells the place and the field.
    """
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"]) or "row"
        raise InputError(f"{place}: {name}: {first['msg']}") from error


def verdict_of(label: str, place: str) -> Verdict:
    """Return the verdict that a data set's label stands for.

    Raises:
        InputError: the label is not known.
    """
    verdict = VERDICTS.get(label.lower().replace("_", " "))
    if verdict is None:
        raise InputError(f"{place}: the label {label[:40]!r} is not known; docs/evaluation.md lists them")
    return verdict


def read_beside(path: Path) -> list[tuple[str, Any]]:
    """Read the rows of a file that belongs beside the data.

    Raises:
        InputError: it is missing, or cannot be read.
    """
    if not path.exists():
        raise InputError(f"{path} is missing; this data set names its evidence there, so put the file beside it")
    return read_rows(path)
