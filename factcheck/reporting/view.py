"""A report in the order in which a person reads it: worst news first, sources numbered once."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.records import Article, Claim, Evidence, Finding, Flag, Report, Source, Stance, Verdict
from factcheck.reporting.text import shorten, shorten_start
from factcheck.reporting.trail import Decision, Decisions, fingerprint, last_word
from factcheck.reporting.wording import EVIDENCE, NEAREST, ORDER, evidence_heading, gravest

#: Characters of the paragraph that are shown before and after the words of a claim.
CONTEXT = 240


@dataclass(frozen=True)
class Citation:
    """A piece of evidence and the number of its source in the report."""

    number: int
    evidence: Evidence


@dataclass(frozen=True)
class Context:
    """The article's words for a claim, and what stands before and after them in the same paragraph."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True)
class Place:
    """Where a claim stands: lines and columns counted from 1, the end exclusive.

    Only the line is known of an article that was read back, without its text.
    """

    line: int
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True)
class Section:
    """A finding, numbered from 1 in reading order.

    Attributes:
        flags: those of the finding and those of its claim.
        evidence: a heading and its citations for each thing the evidence says, contradiction first.
        neutral: the numbers of the sources that were read and say nothing for or against the claim.
        decisions: what people decided about it, oldest first.
    """

    number: int
    finding: Finding
    context: Context
    place: Place
    flags: tuple[Flag, ...]
    evidence: tuple[tuple[str, tuple[Citation, ...]], ...]
    neutral: tuple[int, ...]
    decisions: tuple[Decision, ...]

    @property
    def signed_off(self) -> bool:
        """Whether a person has decided about it."""
        return last_word(self.decisions) is not None


@dataclass(frozen=True)
class View:
    """A report's findings in reading order; ``sources[n - 1]`` is the source cited as ``[n]``."""

    report: Report
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]

    @property
    def signed_off(self) -> int:
        """How many of the findings a person has decided about."""
        return sum(section.signed_off for section in self.sections)

    @property
    def said_otherwise(self) -> int:
        """How many of the findings tell that the speaker did not say it."""
        return sum(section.finding.attribution_verdict == Verdict.REFUTED for section in self.sections)


def arrange(report: Report, decisions: Decisions) -> View:
    """Put a report into reading order."""
    numbers: dict[str, int] = {}
    sources: list[Source] = []

    def cite(evidence: Evidence) -> Citation:
        if evidence.document.id not in numbers:
            sources.append(evidence.document)
            numbers[evidence.document.id] = len(sources)
        return Citation(numbers[evidence.document.id], evidence)

    def section(number: int, finding: Finding) -> Section:
        strongest_first = sorted(finding.evidence, key=lambda item: -item.confidence)
        speaking = [item for item in strongest_first if item.stance != Stance.NEUTRAL]
        groups = [
            (heading, tuple(cite(item) for item in speaking if evidence_heading(item, finding) == heading))
            for heading in (*EVIDENCE.values(), *NEAREST.values())
        ]
        cited = {citation.number for _, citations in groups for citation in citations}
        read = {cite(item).number for item in strongest_first if item.stance == Stance.NEUTRAL}
        return Section(
            number=number,
            finding=finding,
            context=_context(report.article, finding.claim),
            place=_place(report.article, finding.claim),
            flags=tuple(dict.fromkeys((*finding.flags, *finding.claim.flags))),
            evidence=tuple((heading, citations) for heading, citations in groups if citations),
            neutral=tuple(sorted(read - cited)),
            decisions=tuple(decisions.get(fingerprint(finding), ())) if decisions else (),
        )

    ordered = sorted(report.findings, key=_reading_order)
    sections = tuple(section(number, finding) for number, finding in enumerate(ordered, 1))
    return View(report, sections, tuple(sources))


def _reading_order(finding: Finding) -> tuple[int, float, int]:
    return ORDER.index(gravest(finding)), -finding.claim.check_worthiness, finding.claim.start


def stands_in(article: Article, claim: Claim) -> bool:
    """Tell whether the claim's words are at their place; a report that was read back has no article text."""
    return article.text[claim.start : claim.end] == claim.quote


def _place(article: Article, claim: Claim) -> Place:
    if not stands_in(article, claim):
        return Place(claim.line)

    def column(offset: int) -> int:
        return offset - article.text.rfind("\n", 0, offset)

    return Place(claim.line, column(claim.start), article.line_at(claim.end), column(claim.end))


def _context(article: Article, claim: Claim) -> Context:
    if not stands_in(article, claim):
        return Context("", claim.quote, "")
    before = article.text[: claim.start].rpartition("\n\n")[2]
    after = article.text[claim.end :].partition("\n\n")[0]
    return Context(shorten_start(before, CONTEXT), claim.quote, shorten(after, CONTEXT))
