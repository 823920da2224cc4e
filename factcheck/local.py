"""The embedded engine: models that ship with the package, no key and no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck import __version__
from factcheck.extraction.local import LocalExtractor
from factcheck.pipeline import Case
from factcheck.records import Article, Extraction, Finding, Tool, Usage
from factcheck.verification.finding import conclude
from factcheck.verification.local import LocalVerifier
from factcheck.verification.office import by_name

#: Claims verified at once: enough to keep all processors busy, few enough for progress to be seen.
CLAIMS_AT_ONCE = 16


class LocalEngine:
    """Extracts and verifies on this machine; fulfils ``pipeline.Engine``."""

    endpoint: str | None = None
    usage = Usage()

    def __init__(self, extractor: LocalExtractor, verifier: LocalVerifier, min_confidence: float | None = None) -> None:
        """Put the two steps together; ``min_confidence`` is that of ``verification.finding.conclude``."""
        self.extractor, self.verifier, self.min_confidence = extractor, verifier, min_confidence

    @property
    def tool(self) -> Tool:
        """Name the models with their digests."""
        model = ", ".join((self.extractor.name, self.verifier.encoder.name, self.verifier.nli.name))
        return Tool(version=__version__, engine="local", model=model)

    def extract(self, article: Article) -> Extraction:
        """Find the claims with the local extractor."""
        return self.extractor.extract(article)

    def verify(self, cases: Sequence[Case], article: Article) -> Iterator[Finding]:
        """Yield a finding for each case, in their order, some claims at a time."""
        for first in range(0, len(cases), CLAIMS_AT_ONCE):
            some = cases[first : first + CLAIMS_AT_ONCE]
            asked = [(by_name(claim, passages), passages) for claim, passages in some]
            for (claim, _), (named, passages), evidence in zip(some, asked, self.verifier.assess(asked), strict=True):
                finding = conclude(
                    named, passages, evidence, article_date=article.date, min_confidence=self.min_confidence
                )
                yield finding.model_copy(update={"claim": claim})
