"""The library's door, and the command line's: settings in, a report out."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from factcheck.corpus.index import CorpusIndex, open_index
from factcheck.engines import make_engine
from factcheck.extraction.article import read_article
from factcheck.pipeline import Engine, Progress, run
from factcheck.records import Article, Report
from factcheck.settings import Settings, load_settings


def check(article: str | Path, **settings: Any) -> Report:
    """Check an article, and return the report that ``factcheck claims`` would write.

    Args:
        article: path of the draft, or ``-`` for standard input.
        settings: any field of ``factcheck.settings.Settings``, such as ``corpus="archive"`` or ``engine="local"``;
            the others come from the environment and the nearest ``factcheck.toml``.

    Raises:
        FactcheckError: bad input, corpus or settings; the message says what to do.
    """
    chosen = load_settings(folder_of(str(article)), **settings)
    with Checker(chosen) as checker:
        return checker.check(read_article(str(article), date=chosen.date))


def folder_of(article: str) -> Path:
    """Return the folder where the search for ``factcheck.toml`` starts."""
    return Path.cwd() if article == "-" else Path(article).parent


class Checker:
    """An engine and an indexed corpus, made once and used for any number of articles."""

    def __init__(self, settings: Settings, progress: Progress = lambda step, units: nullcontext(lambda done: None)):
        """Load the engine, open the index and bring it up to date with the corpus folder."""
        self.settings, self.progress = settings, progress
        self.engine: Engine = make_engine(settings)
        self.index: CorpusIndex = open_index(settings.store)
        try:
            self.changes = self.index.sync(settings.corpus, progress)
        except BaseException:
            self.index.close()
            raise

    def check(self, article: Article) -> Report:
        """Run the pipeline on one article."""
        return run(
            article,
            self.engine,
            self.index,
            passages=self.settings.passages,
            min_check_worthiness=self.settings.min_check_worthiness,
            as_of=self.settings.as_of,
            progress=self.progress,
        )

    def __enter__(self) -> Checker:
        return self

    def __exit__(self, *_: object) -> None:
        self.index.close()
