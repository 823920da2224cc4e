"""The nouns: immutable records that each step hands to the next.

All offsets (``start``, ``end``) count characters, end exclusive, in the text of the article or document
they belong to, so that ``text[start:end]`` is the quoted words.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field


class Record(BaseModel):
    """The base of every record: frozen, so that a step can only make new ones."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Stance(StrEnum):
    """What a passage says about a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"


class Verdict(StrEnum):
    """AVeriTeC's four verdicts (Schlichtkrull et al., 2023), and ``unchecked`` for a claim that an error stopped."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONFLICTING = "conflicting"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    UNCHECKED = "unchecked"


class Tier(StrEnum):
    """How near a document stands to the facts: a record or own statement, reporting, or an overview."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"


class Flag(StrEnum):
    """What an editor should know about a finding beside its verdict."""

    AMBIGUOUS = "ambiguous"
    ATTRIBUTION_UNSUPPORTED = "attribution_unsupported"
    CITATION_DROPPED = "citation_dropped"
    DATES_DIFFER = "dates_differ"
    ENGINES_DISAGREE = "engines_disagree"
    EVIDENCE_MISDATED = "evidence_misdated"
    EVIDENCE_NEWER_THAN_ARTICLE = "evidence_newer_than_article"
    FIGURES_DIFFER = "figures_differ"
    HEADLINE = "headline"
    HIDDEN_CHARACTERS = "hidden_characters"
    INSTRUCTIONS_IN_TEXT = "instructions_in_text"
    LEANS_AGAINST = "leans_against"
    NAMES_DIFFER = "names_differ"
    OPINION = "opinion"
    PREDICTION = "prediction"
    SINGLE_SOURCE = "single_source"
    WISH = "wish"


#: What somebody said that states no fact: evidence can tell whether they said it, but not whether it is so.
NO_FACT = frozenset({Flag.OPINION, Flag.PREDICTION, Flag.WISH})


class Article(Record):
    """The draft under check. ``text`` stays out of serialised reports; ``sha256`` says which text it was."""

    path: str
    title: str | None = None
    date: dt.date | None = None
    sha256: str
    characters: int
    text: str = Field(default="", exclude=True, repr=False)

    @classmethod
    def from_text(cls, text: str, *, path: str = "-", title: str | None = None, date: dt.date | None = None) -> Article:
        """Make an article of ``text``, whose line ends are already line feeds."""
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        return cls(path=path, title=title, date=date, sha256=sha256, characters=len(text), text=text)

    def line_at(self, offset: int) -> int:
        """Return the line, counted from 1, of the character at ``offset``."""
        return self.text.count("\n", 0, offset) + 1


class Attribution(Record):
    """Who is said to have said the claim: the speaker's full name as far as the article gives it."""

    speaker: str
    kind: Literal["direct", "indirect"]
    cue: str = Field(description="the word of saying, e.g. 'said', 'according to'")


class Claim(Record):
    """A self-contained statement, tied to the article's own words for it.

    It states a fact; or, with a flag of ``NO_FACT``, that its speaker said what is none.

    Attributes:
        text: the claim, decontextualised: names for pronouns, dates for weekdays.
        quote: the verbatim words of the article that it stands for.
        line: line of the article, counted from 1.
        check_worthiness: 0 to 1, how much a reader would want it checked.
    """

    id: str
    text: str
    quote: str
    start: int
    end: int
    line: int
    check_worthiness: float = Field(ge=0, le=1)
    attribution: Attribution | None = None
    flags: tuple[Flag, ...] = ()

    @property
    def states_fact(self) -> bool:
        """Whether it can be asked if the claim is so, and not only if it was said."""
        return NO_FACT.isdisjoint(self.flags)

    @property
    def speaker(self) -> str:
        """Who is said to have said it; empty where it is the article's own."""
        return self.attribution.speaker if self.attribution else ""

    @property
    def attribution_text(self) -> str | None:
        """The second question an attributed claim asks: that the speaker said it."""
        return f"{self.speaker} said that {self.text}" if self.attribution else None


class NotChecked(Record):
    """A span of the article that is not a claim, and why."""

    quote: str
    start: int
    end: int
    reason: str


class Extraction(Record):
    """What an engine found in an article, both in the order of the text."""

    claims: tuple[Claim, ...]
    not_checked: tuple[NotChecked, ...] = ()


class Source(Record):
    """What is known about a document beside its text.

    ``id`` is the path below the corpus root without its suffix, stable across runs. ``origin`` is the id of the
    document that this one is mostly a copy of (its own id if of none): wire copy in five papers is one origin.
    """

    id: str
    title: str
    publisher: str | None = None
    published: dt.date | None = None
    url: str | None = None
    tier: Tier = Tier.SECONDARY
    origin: str | None = None


class Document(Record):
    """A document of the reference corpus; ``sha256`` is of its source and text."""

    source: Source
    text: str
    sha256: str


class Passage(Record):
    """A span of a document that search returned; ``score`` orders passages of one search, higher is nearer.

    ``above`` is what it stands under in the document, as Markdown: a heading, a line above a list, a table's header.
    ``page`` is counted from 1, where the document has pages.
    """

    source: Source
    text: str
    above: str = ""
    start: int
    end: int
    page: int | None = None
    score: float = 0.0

    def page_at(self, offset: int) -> int | None:
        """Return the page of the character at ``offset`` of the document; a form feed begins a page."""
        return None if self.page is None else self.page + self.text.count("\f", 0, offset - self.start)


class Difference(Record):
    """The words of a claim that its evidence has otherwise: "five" where that says "seven".

    ``claim_start`` and ``evidence_start`` are where they stand in the claim's text and in the quote, in characters.
    """

    kind: Literal["figure", "date", "name"]
    claim_words: str
    claim_start: int
    evidence_words: str
    evidence_start: int


#: Evidence that is less probable leans to no side.
LIKELIER_THAN_NOT = 0.5


class Evidence(Record):
    """A passage with a stance, and its citation: ``quote`` stands verbatim at ``start`` of the document.

    ``bears_on`` tells whether it speaks to what was claimed or to whether the speaker said so. ``differences`` is
    what of the claim it has otherwise, where that was found out. ``under`` is what the quote stands under there: a
    heading, the line above a list, a table's header.
    """

    document: Source
    stance: Stance
    confidence: float = Field(ge=0, le=1)
    quote: str
    under: str = ""
    start: int
    end: int
    page: int | None = None
    bears_on: Literal["content", "attribution"] = "content"
    differences: tuple[Difference, ...] = ()

    @property
    def likely(self) -> bool:
        """Whether it is likelier than not that the quote says what its stance says."""
        return self.confidence >= LIKELIER_THAN_NOT


class Earlier(Record):
    """What was found when another article said the same as a claim, in its own words; no part of the new verdict."""

    text: str
    article: str
    checked: dt.datetime
    verdict: Verdict
    confidence: float | None = None


class Finding(Record):
    """A claim with its verdict and the evidence for it; ``confidence`` is a calibrated probability."""

    id: str
    claim: Claim
    verdict: Verdict
    attribution_verdict: Verdict | None = None
    confidence: float = Field(ge=0, le=1)
    rationale: str
    flags: tuple[Flag, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    checked_before: Earlier | None = None


class Tool(Record):
    """What made the report: ``model`` names the models with a digest, ``prompts`` maps name to sha256."""

    version: str
    engine: str
    model: str
    prompts: dict[str, str] = {}


class CorpusState(Record):
    """The corpus a report was made against; ``as_of`` hides what was published later.

    ``server`` is the address of the Chroma server off this machine that keeps it, and is sent the claims.
    """

    documents: int
    passages: int
    as_of: dt.date | None = None
    server: str | None = None


class Usage(Record):
    """What the run took. Tokens are those the endpoint reported; ``cost_usd`` is None where no price is known."""

    llm_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    seconds: float = 0.0

    def since(self, earlier: Usage) -> Usage:
        """Return what was taken after ``earlier``; ``seconds`` is left to the pipeline."""
        return Usage(
            llm_calls=self.llm_calls - earlier.llm_calls,
            input_tokens=self.input_tokens - earlier.input_tokens,
            output_tokens=self.output_tokens - earlier.output_tokens,
            cost_usd=None if self.cost_usd is None else self.cost_usd - (earlier.cost_usd or 0.0),
        )


class Report(Record):
    """All that a run found. Serialised, it is the JSON contract that other tools read."""

    schema_version: Literal[1] = 1
    tool: Tool
    created: dt.datetime
    article: Article
    corpus: CorpusState
    usage: Usage
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def summary(self) -> dict[str, int]:
        """Number of claims in all and by verdict."""
        counts = Counter(finding.verdict for finding in self.findings)
        return {"claims": len(self.findings)} | {verdict.value: counts[verdict] for verdict in Verdict}
