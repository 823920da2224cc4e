"""Reports of earlier runs, for runs in which nothing has changed that a report follows from.

That is: the article, the settings, the documents of the corpus, what was found of other articles' claims, the engine
with its prompts and models, this package and those it uses, and the day. All of it is read from the disk, without a
model, Chroma or a search, which is why a second look at the same draft takes next to no time. Reports with unchecked
claims are not kept.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from factcheck.cache import AnswerCache
from factcheck.corpus.catalogue import FILE_NAME as CATALOGUE
from factcheck.corpus.catalogue import Catalogue
from factcheck.corpus.files import folder_digest
from factcheck.engines import LOCAL, choose_engine
from factcheck.errors import CorpusError
from factcheck.prompts import load_prompts
from factcheck.provenance import digest_of, files_digest, package_digest
from factcheck.records import Article, Report, Usage

if TYPE_CHECKING:
    from factcheck.settings import Settings

#: Settings that no report follows from.
_OF_NO_ACCOUNT = {"fail_on", "jobs", "templates", "timeout"}
#: How the variables end by which providers' packages are told an address.
_ADDRESSES = ("_BASE", "_ENDPOINT", "_HOST", "_URL")


def report_key(article: Article, settings: Settings, found: str | None = None) -> str | None:
    """Return a digest of all that the report on ``article`` follows from; None where its report is not to be kept.

    ``found`` is ``folder_digest`` of the corpus as the index has it, in place of the corpus as it is. On a Chroma
    server, others may remember claims unseen.

    Raises:
        SettingsError, PromptError: see ``choose_engine`` and ``load_prompts``.
    """
    if not settings.cache or settings.chroma or not settings.corpus.is_dir():
        return None
    engine = choose_engine(settings)
    prompts = {} if engine == LOCAL else load_prompts(settings.prompts)
    models = [file for part in settings.nli.split("+") if Path(part).is_dir() for file in sorted(Path(part).iterdir())]
    try:
        return digest_of(
            [
                "report",
                article.model_dump(mode="json"),
                settings.model_dump(mode="json", exclude=_OF_NO_ACCOUNT),
                found or folder_digest(settings.corpus),
                _others(settings.store, article),
                engine,
                sorted(item for item in os.environ.items() if item[0].endswith(_ADDRESSES)),
                {name: prompt.sha256 for name, prompt in prompts.items()},
                files_digest(models),
                package_digest(),
                date.today().isoformat(),
            ]
        )
    except (CorpusError, OSError, sqlite3.Error):  # the run itself will say what is wrong
        return None


def find_report(answers: AnswerCache, key: str, article: Article) -> Report | None:
    """Return the report that is kept under ``key``, as of now: nothing was sent or paid for it."""
    started = time.monotonic()
    try:
        kept = answers.get(key)
        report = Report.model_validate_json(kept) if kept else None
    except ValidationError:  # a damaged one is made again
        return None
    if report is None:
        return None
    usage = Usage(cost_usd=None if report.usage.cost_usd is None else 0.0, seconds=round(time.monotonic() - started, 2))
    return report.model_copy(update={"article": article, "created": datetime.now(UTC), "usage": usage})


def keep_report(answers: AnswerCache, key: str, report: Report) -> None:
    """Keep a report, unless another run may check what this one could not."""
    if not report.summary["unchecked"]:
        answers.put(key, report.model_dump_json())


def _others(store: Path, article: Article) -> list[list[str]]:
    """Return which other articles were checked, with digests of what was found: of that, the report may remind.

    When they were checked is left out: two articles checked in turn would else make each other new for ever.
    """
    if not (store / CATALOGUE).is_file():
        return []
    with closing(Catalogue(store / CATALOGUE)) as catalogue:
        return [list(other) for other in catalogue.checked_beside(article.sha256, article.path)]
