"""ClaimReview JSON-LD (schema.org), as search engines and fact-check registers read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from factcheck.records import Article, Evidence, Verdict
from factcheck.reporting import wording
from factcheck.reporting.text import is_web_address, plain, to_json
from factcheck.reporting.trail import Decision, last_word, verdict_after
from factcheck.reporting.view import Section, View

#: From 1, false, to 5, true. That evidence is lacking says nothing about truth, and has no number.
_RATINGS = {Verdict.REFUTED: 1, Verdict.CONFLICTING: 3, Verdict.SUPPORTED: 5}


def render(view: View) -> str:
    """Return a graph with one ClaimReview for each finding that has a verdict on a fact.

    A person who signed a finding off is its author, and an override its rating. Of a claim, nobody is the author of
    whom the evidence says otherwise. ``url``, where the review is published, is for the publisher to add: the tool
    cannot know it.
    """
    reviews = (_review(view, section) for section in view.sections)
    return to_json({"@context": "https://schema.org", "@graph": [review for review in reviews if review]})


def _review(view: View, section: Section) -> dict[str, Any] | None:
    finding, decision = section.finding, last_word(section.decisions)
    verdict = verdict_after(finding, decision)
    if verdict == Verdict.UNCHECKED or not finding.claim.states_fact:
        return None
    explanation = decision.reason if decision and decision.verdict else finding.rationale
    rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": wording.VERDICTS[verdict],
        "ratingExplanation": plain(explanation),
    }
    if verdict in _RATINGS:
        rating |= {"ratingValue": _RATINGS[verdict], "worstRating": 1, "bestRating": 5}
    claim: dict[str, Any] = {"@type": "Claim", "appearance": _appearance(view.report.article)}
    if finding.claim.attribution and finding.attribution_verdict != Verdict.REFUTED:
        claim["author"] = {"@type": "Person", "name": plain(finding.claim.speaker)}
    cited: dict[int, list[Evidence]] = {}
    for _, citations in section.evidence:
        for citation in citations:
            cited.setdefault(citation.number, []).append(citation.evidence)
    return {
        "@type": "ClaimReview",
        "claimReviewed": plain(finding.claim.text),
        "datePublished": (decision.when if decision else view.report.created).date().isoformat(),
        "author": {"@type": "Person", "name": plain(decision.who)}
        if decision
        else {"@type": "Organization", "name": "factcheck"},
        "itemReviewed": claim,
        "reviewRating": rating,
        "citation": [*map(_work, cited.values()), *_looked_up(decision)],
    }


def _appearance(article: Article) -> dict[str, Any]:
    work: dict[str, Any] = {"@type": "NewsArticle", "headline": plain(article.title or article.path)}
    if article.date:
        work["datePublished"] = article.date.isoformat()
    return work | ({"url": article.path} if is_web_address(article.path) else {})


def _looked_up(decision: Decision | None) -> list[dict[str, Any]]:
    """Return the source that a person gave for a decision."""
    if not decision or not decision.source:
        return []
    address = {"url": decision.source} if is_web_address(decision.source) else {}
    return [{"@type": "CreativeWork", "name": plain(decision.source)} | address]


def _work(evidence: Sequence[Evidence]) -> dict[str, Any]:
    source, pages = evidence[0].document, sorted({item.page for item in evidence if item.page})
    work: dict[str, Any] = {"@type": "CreativeWork", "name": plain(source.title)}
    if pages:  # of all works only articles and chapters have a pagination
        work |= {"@type": "Article", "pagination": ", ".join(str(page) for page in pages)}
    if source.publisher:
        work["publisher"] = {"@type": "Organization", "name": plain(source.publisher)}
    if source.published:
        work["datePublished"] = source.published.isoformat()
    return work | ({"url": source.url} if source.url and is_web_address(source.url) else {})
