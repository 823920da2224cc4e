"""The library's door, and the command line's: settings in, a report out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.addresses import is_here, is_page
from factcheck.cache import AnswerCache
from factcheck.engines import make_engine
from factcheck.errors import InputError
from factcheck.extraction.article import read_article
from factcheck.kept import find_report, keep_report, report_key
from factcheck.progress import Progress, unseen
from factcheck.records import Article, Claim, Earlier, Extraction, Finding, Report
from factcheck.settings import Settings, load_settings
from factcheck.untrusted.hidden import readable

if TYPE_CHECKING:
    from factcheck.corpus.index import Changes, CorpusIndex
    from factcheck.models.nli import NliModel
    from factcheck.pipeline import Engine

#: Settings in which articles may differ that share a ``Checker``: engine and index are made without them.
_PER_ARTICLE = {"as_of", "date", "fail_on", "min_check_worthiness", "passages", "templates"}


def check(article: str | Path, **settings: Any) -> Report:
    """Check an article, and return the report that ``factcheck claims`` would write.

    Args:
        article: path of the draft, or ``-`` for standard input.
        settings: any field of ``factcheck.settings.Settings``, such as ``corpus="archive"`` or ``engine="local"``;
            the others come from the environment and the nearest ``factcheck.toml``.

    Raises:
        FactcheckError: bad input, corpus or settings; the message says what to do.
        KeyboardInterrupt: Ctrl-C; of a chat model, ``pipeline.Interrupted`` with the report on what was done.
    """
    chosen = settings_for(str(article), **settings)
    draft = read_article(str(article), date=chosen.date, limits=chosen.limits)
    with Checker(chosen) as checker:
        return checker.find_kept(draft) or checker.check(draft)


def settings_for(article: str, **flags: Any) -> Settings:
    """Return the settings that hold for an article; of standard input or a page, those of the current folder.

    Raises:
        SettingsError: see ``load_settings``.
    """
    return load_settings(None if article == "-" or is_page(article) else article, **flags)


def share(settings: Sequence[Settings]) -> list[tuple[Settings, list[int]]]:
    """Group articles, by their place in ``settings``, whose settings let them share a ``Checker``.

    The groups, each with the settings of its first article, are to be worked off one after the other: two may use
    the same store.
    """
    groups: list[tuple[Settings, list[int]]] = []
    for place, one in enumerate(settings):
        made = one.model_dump(exclude=_PER_ARTICLE)
        alike = next((places for first, places in groups if first.model_dump(exclude=_PER_ARTICLE) == made), None)
        if alike is None:
            groups.append((one, [place]))
        else:
            alike.append(place)
    return groups


class Checker:
    """An engine and an indexed corpus, made when they are first needed and used for any number of articles."""

    def __init__(self, settings: Settings, progress: Progress = unseen) -> None:
        """Load nothing yet."""
        self.settings, self.progress = settings, progress
        self._answers = AnswerCache(settings.store)
        self._closing = ExitStack()

    @cached_property
    def engine(self) -> Engine:
        """The engine that the settings choose."""
        return make_engine(self.settings)

    @cached_property
    def index(self) -> CorpusIndex:
        """The index, up to date with the corpus folder."""
        return self._opened[0]

    @cached_property
    def changes(self) -> Changes:
        """What had changed in the corpus folder."""
        return self._opened[1]

    @cached_property
    def _opened(self) -> tuple[CorpusIndex, Changes]:
        from factcheck.corpus.index import Server, open_index  # a second or more, for Chroma's libraries

        index = self._closing.enter_context(open_index(self.settings.store, Server.of(self.settings)))
        return index, index.sync(self.settings.corpus, self.progress, self.settings.limits)

    def find_kept(self, article: Article, settings: Settings | None = None) -> Report | None:
        """Return the report of an earlier run if nothing has changed since that it follows from; loads nothing."""
        key = report_key(article, settings or self.settings)
        return find_report(self._answers, key, article) if key else None

    def check(self, article: Article, settings: Settings | None = None) -> Report:
        """Run the pipeline on one article, remember its verdicts, and keep the report.

        ``settings`` are those of this article, which ``share`` put together with the checker's.

        Raises:
            FactcheckError: the corpus, or a model, cannot be used.
            Interrupted: Ctrl-C, with an engine that says so of each claim that it did not check.
        """
        from factcheck.pipeline import Interrupted, run

        chosen = settings or self.settings
        key = report_key(article, chosen, self.changes.found)
        try:
            report = run(
                article,
                self.engine,
                self.index,
                passages=chosen.passages,
                min_check_worthiness=chosen.min_check_worthiness,
                as_of=chosen.as_of,
                progress=self.progress,
            )
        except Interrupted as interrupted:
            raise Interrupted(self._recorded(interrupted.report)) from None
        report = self._recorded(report)
        if key and key == report_key(article, chosen):  # else a document, say, changed since it was read
            keep_report(self._answers, key, report)
        return report

    def check_claim(self, text: str) -> Finding:
        """Check one claim, taken as it stands.

        Raises:
            InputError: there is no text, or it is not UTF-8.
        """
        from factcheck.corpus.readers import is_utf8
        from factcheck.pipeline import find_passages, verify
        from factcheck.untrusted.guard import as_it_stands

        if not text.strip():
            raise InputError("there is no claim; give it as one argument, in quotation marks")
        if not is_utf8(text):
            raise InputError("the claim is not text in UTF-8; check the encoding of the terminal")
        article = Article.from_text(text, path="claim", date=self.settings.date)
        claim = Claim(id="c1", text=readable(text), quote=text, start=0, end=len(text), line=1, check_worthiness=1.0)
        (claim,) = as_it_stands(Extraction(claims=(claim,)), article).claims
        cases = find_passages([claim], self.index, self.settings.passages, self.settings.as_of)
        (finding,) = self._reminded(tuple(verify(cases, self.engine, article)), article)
        return finding

    def _recorded(self, report: Report) -> Report:
        """Add what was found before, and keep what became of the claims."""
        report = report.model_copy(update={"findings": self._reminded(report.findings, report.article)})
        self.index.record(report)
        return report

    def _reminded(self, findings: tuple[Finding, ...], article: Article) -> tuple[Finding, ...]:
        """Add to each finding what was found when another article said the same; its verdict stays as it is."""
        found = self.index.recall([finding.claim for finding in findings], article, self._load_reader)
        earlier = {name: Earlier(**before.model_dump()) for name, before in found.items()}
        return tuple(each.model_copy(update={"checked_before": earlier.get(each.claim.id)}) for each in findings)

    def _load_reader(self) -> NliModel:
        """Load the last named model, which should be the fastest: it reads a few pairs of claims."""
        from factcheck.models.nli import NliModel

        return NliModel(self.settings.nli.rpartition("+")[2])

    def __enter__(self) -> Checker:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()


def leaving(settings: Settings, engine: Engine, draft: str = "the draft", claims: str = "the claims") -> list[str]:
    """Say in plain words what of ``draft`` is sent where off this machine, and what of it a Chroma server gets."""
    is_away = engine.endpoint and not is_here(engine.endpoint)
    sent = [f"{draft}, to {engine.endpoint} ({engine.tool.engine})"] if is_away else []
    if settings.chroma and not is_here(settings.chroma):
        sent.append(f"{claims}, to the Chroma server at {settings.chroma}")
    return sent


def describe(settings: Settings) -> dict[str, str]:
    """Say in plain words what is configured, and what would leave this machine."""
    from factcheck.corpus.index import Server, open_index
    from factcheck.reporting.wording import counted

    engine, indexed = make_engine(settings), "nothing indexed yet"
    if settings.chroma or settings.store.is_dir():
        with open_index(settings.store, Server.of(settings)) as index:
            state = index.state()
        indexed = f"{counted(state.documents, 'document')}, {counted(state.passages, 'passage')} indexed"
    answers, size = AnswerCache(settings.store).size()
    found = "found" if settings.corpus.is_dir() else "not there"
    return {
        "engine": " at ".join(filter(None, (engine.tool.engine, engine.endpoint))),
        "models": engine.tool.model,
        "leaves here": "; ".join(leaving(settings, engine)) or "nothing",
        "corpus": f"{settings.corpus} ({found}); {indexed}",
        "store": f"{settings.chroma or settings.store}; {answers} answers and findings kept, {size / 1e3:,.0f} kB",
    }
