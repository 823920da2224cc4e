"""``factcheck corpus``: looking after the reference corpus. How anything is done, it does not know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from factcheck import records
    from factcheck.corpus.index import CorpusIndex, Skipped
    from factcheck.settings import Settings

SOME_SKIPPED = 3

app = typer.Typer(no_args_is_help=True, help="Look after the reference corpus.")

Folder = Annotated[Path | None, typer.Option("--corpus", help="folder of reference documents", show_default="./corpus")]
Publisher = Annotated[str | None, typer.Option(help="who published it")]
Tier = Annotated[str | None, typer.Option(help="primary, secondary or tertiary")]


@app.command()
def add(
    sources: Annotated[list[str], typer.Argument(metavar="PATH|URL", help="files, folders or pages")],
    corpus: Folder = None,
    title: Annotated[str | None, typer.Option(help="what it is called")] = None,
    publisher: Publisher = None,
    published: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="when it came out")] = None,
    url: Annotated[str | None, typer.Option(help="where it can be read")] = None,
    tier: Tier = None,
) -> None:
    """Copy documents into the corpus and index them; exit code 3 says that some were skipped."""
    from factcheck.corpus.files import Skipped
    from factcheck.corpus.readers import UnreadableError, parse_front
    from factcheck.corpus.shelf import add as shelve
    from factcheck.errors import CorpusError

    settings = _settings(corpus)
    day = published and published.date()
    try:
        about = parse_front({"title": title, "publisher": publisher, "published": day, "url": url, "tier": tier})
    except UnreadableError as error:
        raise CorpusError(f"the options do not fit: {error}") from error
    with _index(settings) as index:
        index.expect_files(settings.corpus)
        try:
            settings.corpus.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CorpusError(f"cannot make the corpus folder {settings.corpus} ({error.strerror})") from error
        refused = [
            item
            for source in sources
            for item in shelve(source, settings.corpus, about, settings.limits)
            if isinstance(item, Skipped)
        ]
        _update(index, settings, refused)


@app.command()
def embed(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help="files of the corpus folder")] = None,
    corpus: Folder = None,
) -> None:
    """Embed ahead what others will index: with FILE on a Chroma server, else the whole corpus in its own folder.

    With FILE, this is one of many machines that share the server; exit code 3 says that some files were skipped.
    Without, the vectors of all passages and sentences go into the hidden file .vectors.npy of the corpus folder, for
    whoever gets a copy of it. What indexes or reads the corpus takes the vectors from there.
    """
    from factcheck.corpus.index import VECTOR_FILE
    from factcheck.reporting.files import write
    from factcheck.verification.windows import texts_compared, windows_of

    settings = _settings(corpus)
    if not files:
        with _index(settings, update=True) as index:
            sentences = texts_compared(windows_of(index.passages(), ""))
            write(settings.corpus / VECTOR_FILE, index.vector_file(sentences))
            typer.echo(f"{index.state().passages} passages and {len(sentences)} sentences in {VECTOR_FILE}")
        return
    with _index(settings) as index:
        embedded, skipped = index.embed(files, settings.corpus, settings.limits)
    typer.echo(f"{embedded} passages embedded")
    _name_skipped(skipped)


@app.command(name="list")
def list_documents(corpus: Folder = None) -> None:
    """List the documents: id, title, publisher, date, tier, passages, and whose text it mostly is."""
    from factcheck.reporting.text import for_log

    with _index(_settings(corpus), update=True) as index:
        for source, _, passages in index.listing():
            copied = f"copy of {source.origin}" if source.origin not in (None, source.id) else ""
            columns = [source.id, source.title, source.publisher, source.published, source.tier.value, passages, copied]
            typer.echo("\t".join("" if column is None else for_log(str(column)) for column in columns).rstrip())


@app.command()
def remove(
    identities: Annotated[list[str], typer.Argument(metavar="ID", help="as `factcheck corpus list` gives them")],
    corpus: Folder = None,
) -> None:
    """Delete documents from the corpus folder and from the index."""
    from factcheck.corpus.shelf import remove as take_away
    from factcheck.errors import CorpusError

    settings = _settings(corpus)
    with _index(settings, update=True) as index:
        listing = index.listing()
        files = {listed.source.id: listed.file for listed in listing}
        if unknown := [identity for identity in identities if identity not in files]:
            raise CorpusError(f"there is no document {unknown[0]}; see `factcheck corpus list`")
        doomed = {files[identity] for identity in identities}
        if kept := [listed for listed in listing if listed.file in doomed and listed.source.id not in identities]:
            other = kept[0]
            raise CorpusError(f"{other.file} holds other documents, such as {other.source.id}; edit the file instead")
        take_away(doomed, settings.corpus)
        _update(index, settings, [], emptied=len(doomed) == len(set(files.values())))


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="words or a question")],
    corpus: Folder = None,
    limit: Annotated[int, typer.Option(min=1, help="how many passages")] = 5,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="only what was published by then")
    ] = None,
    tier: Tier = None,
    publisher: Publisher = None,
    document: Annotated[str | None, typer.Option(help="id of the only document to search")] = None,
) -> None:
    """Show the passages nearest to QUERY."""
    from factcheck.errors import InputError
    from factcheck.layout import in_one_line
    from factcheck.reporting.text import for_log, shorten
    from factcheck.reporting.wording import UNDER

    if not query.strip():
        raise InputError("there is nothing to search for; give a few words")
    day = as_of.date() if as_of else None
    with _index(_settings(corpus), update=True) as index:
        [passages] = index.search([query], limit, day, tier=_tier(tier), publisher=publisher, document=document)
    for passage in passages:
        source = passage.source
        page = f"page {passage.page}" if passage.page else ""
        about = [f"{passage.score:.2f}", source.id, source.title, source.publisher, source.published, source.tier.value]
        under = f"under {shorten(in_one_line(passage.above), UNDER)}" if passage.above else ""
        typer.echo(for_log(" · ".join(str(part) for part in [*about, page, under] if part)))
        typer.echo(f"    {for_log(passage.text)}\n")


@app.command()
def stats(corpus: Folder = None) -> None:
    """Tell how large the corpus is."""
    settings = _settings(corpus)
    with _index(settings, update=True) as index:
        listing, claims = index.listing(), index.remembered()
    days = sorted(listed.source.published for listed in listing if listed.source.published)
    size = sum(file.stat().st_size for file in settings.store.rglob("*") if file.is_file())
    figures = {
        "documents": len(listing),
        "passages": sum(listed.passages for listed in listing),
        "origins": len({listed.source.origin or listed.source.id for listed in listing}),
        "publishers": len({listed.source.publisher for listed in listing if listed.source.publisher}),
        "published": f"{days[0]} to {days[-1]}" if days else "no dates",
        "undated": len(listing) - len(days),
        "claims checked": len(claims),
        "megabytes on disk": round(size / 1e6, 1),
    }
    for name, figure in figures.items():
        typer.echo(f"{name:18} {figure}")


@app.command()
def claims() -> None:
    """List every claim ever checked: when, verdict, article, claim."""
    from factcheck.reporting.text import for_log

    with _index(_settings(None)) as index:
        for claim in sorted(index.remembered(), key=lambda claim: claim.checked):
            verdict = claim.verdict.value if claim.verdict else "unfinished"
            article, text = for_log(claim.article), for_log(claim.text)
            typer.echo(f"{claim.checked:%Y-%m-%d %H:%M}\t{verdict}\t{article}\t{text}")


def _settings(corpus: Path | None) -> Settings:
    from factcheck.settings import load_settings

    return load_settings(corpus=corpus)


def _tier(name: str | None) -> records.Tier | None:
    from factcheck.errors import SettingsError
    from factcheck.records import Tier

    try:
        return Tier(name) if name else None
    except ValueError as error:
        raise SettingsError(f"--tier {name!r} is unknown; choose one of {', '.join(Tier)}") from error


@contextmanager
def _index(settings: Settings, *, update: bool = False) -> Iterator[CorpusIndex]:
    """Open the index, brought up to date with the corpus folder if that is asked for."""
    from factcheck.console import make_console, progress_on
    from factcheck.corpus.index import Server, open_index

    with open_index(settings.store, Server.of(settings)) as index:
        if update:
            index.mirror(settings.corpus, progress_on(make_console()), settings.limits)
        yield index


def _update(index: CorpusIndex, settings: Settings, refused: Sequence[Skipped], *, emptied: bool = False) -> None:
    """Index the corpus folder, which may be ``emptied`` of all documents, and tell what changed.

    Raises:
        typer.Exit: with ``SOME_SKIPPED``, if anything was refused here or before.
    """
    from factcheck.console import make_console, progress_on

    changes = index.mirror(settings.corpus, progress_on(make_console()), settings.limits, emptied=emptied)
    counts = f"{changes.added} added, {changes.changed} changed, {changes.removed} removed"
    typer.echo(f"{counts}, {changes.unchanged} as before")
    _name_skipped([*refused, *changes.skipped])


def _name_skipped(skipped: Sequence[Skipped]) -> None:
    from factcheck.reporting.text import for_log

    for item in skipped:
        typer.echo(for_log(f"skipped {item.path}: {item.reason}"), err=True)
    if skipped:
        raise typer.Exit(SOME_SKIPPED)
