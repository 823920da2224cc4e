"""Labelled data sets in their published form, and in our own; ``docs/evaluation.md`` describes each.

The format is told by the keys of the first row. Whatever does not fit is refused with its place in the file.
"""

from __future__ import annotations

import random
from pathlib import Path

from factcheck.errors import InputError
from factcheck.evaluation.dataset import Dataset
from factcheck.evaluation.readers import averitec, climate_fever, fever, fool_me_twice, healthver, own, scifact
from factcheck.evaluation.readers.rows import parse, read_rows

#: Seed of the sample that ``limit`` draws.
SEED = 0
#: The first whose keys a row has; a format whose keys are all in another's comes after it.
FORMS = (
    climate_fever.FORM,
    fool_me_twice.FORM,
    averitec.FORM,
    scifact.FORM,
    healthver.FORM,
    fever.FORM,
    own.ARTICLES,
    own.SENTENCES,
    own.CLAIMS,
)


def read_dataset(path: Path, limit: int | None = None) -> Dataset:
    """Read labelled data; with ``limit``, a random sample of so many rows, always the same.

    Raises:
        InputError: the file is missing or empty, its format is not known, a row does not fit, or a file that
            belongs beside it is not there.
    """
    rows = read_rows(path)
    if not rows:
        raise InputError(f"{path} is empty; docs/evaluation.md describes the files it takes")
    form = next((form for form in FORMS if isinstance(rows[0][1], dict) and form.keys <= rows[0][1].keys()), None)
    if form is None:
        raise InputError(f"{rows[0][0]} has the keys of no known data set; docs/evaluation.md lists them")
    if limit is not None and limit < len(rows):
        chosen = sorted(random.Random(SEED).sample(range(len(rows)), limit))  # noqa: S311 — a sample, not a secret
        rows = [rows[index] for index in chosen]
    return form.read([(place, parse(form.row, row, place)) for place, row in rows], path)
