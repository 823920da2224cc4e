"""The one way through: article → claims → passages → findings → report."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Protocol

from factcheck.progress import Progress, unseen
from factcheck.records import (
    Article,
    Claim,
    CorpusState,
    Extraction,
    Finding,
    NotChecked,
    Passage,
    Report,
    Tier,
    Tool,
    Usage,
)
from factcheck.untrusted.crowding import choose, places_for_primary
from factcheck.untrusted.guard import article_to_read, as_it_stands, case_to_read, finding_as_it_stands

#: A claim and the passages that search returned for it.
Case = tuple[Claim, Sequence[Passage]]

#: A claim of so few words seldom says of what it speaks ("Turkey attended as well"): it gets so many passages more from
#: a search with the claim before it.
SHORT, IN_CONTEXT = 8, 4
#: Where copies of one text fill the places, so many times as many passages are looked at.
FARTHER = 16


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, after which there still is a report, which says of the claims that are left that they are unchecked."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


class Engine(Protocol):
    """A pair of steps, *extract* and *verify*. The pipeline never asks which engine it has."""

    @property
    def endpoint(self) -> str | None:
        """The address that the draft is sent to; None if it stays on this machine."""

    @property
    def tool(self) -> Tool:
        """What the report says about how it was made."""

    @property
    def usage(self) -> Usage:
        """Calls and tokens so far; ``seconds`` is left to the pipeline."""

    def extract(self, article: Article) -> Extraction:
        """Find the claims of an article."""

    def verify(self, cases: Sequence[Case], article: Article) -> Iterator[Finding]:
        """Yield one finding for each case, in any order, as each is done.

        A claim that could not be checked comes back ``unchecked`` with the reason as its rationale. After Ctrl-C, an
        engine may yield all that are left so before it raises the interrupt.
        """


class Index(Protocol):
    """What the pipeline needs of the indexed reference corpus."""

    def state(self) -> CorpusState:
        """Return how large the corpus is."""

    def search(
        self, queries: Sequence[str], limit: int, as_of: date | None = None, *, tier: Tier | None = None
    ) -> list[list[Passage]]:
        """Return for each query its best ``limit`` passages, best first; with ``tier``, those of such documents."""

    def remember(self, claims: Sequence[Claim], article: Article) -> None:
        """Embed the claims into the collection of every claim ever checked."""


def run(
    article: Article,
    engine: Engine,
    index: Index,
    *,
    passages: int,
    min_check_worthiness: float = 0.0,
    as_of: date | None = None,
    progress: Progress = unseen,
) -> Report:
    """Check ``article`` with ``engine`` against ``index``, weighing ``passages`` passages for each claim.

    Raises:
        Interrupted: Ctrl-C, with an engine that says so of each claim that it did not check.
    """
    started, used, interrupted = time.monotonic(), engine.usage, False
    with progress("Extracting claims", 1) as advance:
        extraction = as_it_stands(engine.extract(article_to_read(article)), article)
        advance(1)
    claims = [claim for claim in extraction.claims if claim.check_worthiness >= min_check_worthiness]
    below = [claim for claim in extraction.claims if claim.check_worthiness < min_check_worthiness]
    with progress("Searching the corpus", len(claims)) as advance:
        index.remember(claims, article)
        cases = find_passages(claims, index, passages, as_of)
        advance(len(claims))
    with progress("Verifying claims", len(claims)) as advance:
        findings = {}
        try:
            for finding in verify(cases, engine, article):
                findings[finding.claim.id] = finding
                advance(1)
        except KeyboardInterrupt:
            if len(findings) < len(claims):
                raise
            interrupted = True
    not_checked = [*extraction.not_checked, *(_too_small(claim, min_check_worthiness) for claim in below)]
    report = Report(
        tool=engine.tool,
        created=datetime.now(UTC),
        article=article,
        corpus=index.state().model_copy(update={"as_of": as_of}),
        usage=engine.usage.since(used).model_copy(update={"seconds": round(time.monotonic() - started, 2)}),
        findings=tuple(findings[claim.id] for claim in claims),
        not_checked=tuple(sorted(not_checked, key=lambda item: item.start)),
    )
    if interrupted:
        raise Interrupted(report)
    return report


def find_passages(claims: Sequence[Claim], index: Index, limit: int, as_of: date | None) -> list[Case]:
    """Search for each claim, for what was said where it is attributed, and in context; a passage counts once."""
    queries = [(claim, query, limit) for claim in claims for query in (claim.text, claim.attribution_text) if query]
    queries += [
        (claim, f"{before.text} {claim.text}", IN_CONTEXT)
        for before, claim in pairwise(claims)
        if len(claim.text.split()) <= SHORT
    ]
    found: dict[str, dict[tuple[str, int], Passage]] = {claim.id: {} for claim in claims}
    ranked = _search([query for _, query, _ in queries], index, limit, as_of)
    for (claim, _, most), hits in zip(queries, ranked, strict=True):
        for passage in hits[:most]:
            found[claim.id].setdefault((passage.source.id, passage.start), passage)
    return [(claim, list(found[claim.id].values())) for claim in claims]


def _search(queries: Sequence[str], index: Index, limit: int, as_of: date | None) -> list[list[Passage]]:
    """Return for each query its best passages, looking farther where copies of one text fill the top."""
    ranked = index.search(queries, limit, as_of)
    crowded = [place for place, hits in enumerate(ranked) if len(_choose(hits, limit)) < len(hits)]
    for place, hits in zip(crowded, index.search([queries[p] for p in crowded], FARTHER * limit, as_of), strict=True):
        ranked[place] = hits
    lesser = [place for place, hits in enumerate(ranked) if all(hit.source.tier != Tier.PRIMARY for hit in hits)]
    primary = index.search([queries[p] for p in lesser], places_for_primary(limit), as_of, tier=Tier.PRIMARY)
    for place, hits in zip(lesser, primary, strict=True):
        ranked[place] = [*ranked[place], *hits]
    return [_choose(hits, limit) for hits in ranked]


def _choose(hits: Sequence[Passage], limit: int) -> list[Passage]:
    return choose(hits, limit, lambda hit: hit.source, lambda hit: hit.text)


def verify(cases: Sequence[Case], engine: Engine, article: Article) -> Iterator[Finding]:
    """Yield the engine's finding on each case; what no person sees, and what addresses a machine, it does not read."""
    asked = {claim.id: (claim, passages) for claim, passages in cases}
    for finding in engine.verify([case_to_read(*case) for case in cases], article):
        yield finding_as_it_stands(finding, *asked[finding.claim.id])


def _too_small(claim: Claim, least: float) -> NotChecked:
    reason = f"check-worthiness {claim.check_worthiness:.2f} is below {least:.2f}"
    return NotChecked(quote=claim.quote, start=claim.start, end=claim.end, reason=reason)
