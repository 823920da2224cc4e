"""Reports to render: made of records, as a run would make them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from factcheck.records import (
    Article,
    Attribution,
    Claim,
    CorpusState,
    Difference,
    Earlier,
    Evidence,
    Finding,
    Flag,
    NotChecked,
    Report,
    Source,
    Stance,
    Tier,
    Tool,
    Usage,
    Verdict,
)

TEXT = """\
A vote in New York

NEW YORK, March 18, 2011. Fourteen members of the Security Council voted for the resolution on Thursday.
Russia abstained. “Nobody has been hurt,” the envoy Ada Example said.

The harbour was closed on 3 March. Will it open again?
"""
VOTE = "Fourteen members of the Security Council voted for the resolution on Thursday."
HURT = "Nobody has been hurt"
HARBOUR = "The harbour was closed on 3 March."
ABSTAINED = "Russia abstained."
QUESTION = "Will it open again?"

RESOLUTION = Source(
    id="un-res-1973",
    title="Resolution 1973 (2011)",
    publisher="United Nations",
    published=date(2011, 3, 17),
    url="https://undocs.org/S/RES/1973(2011)",
    tier=Tier.PRIMARY,
)
WIRE = Source(id="wire/harbour", title="Harbour reopens", publisher="Example Wire", tier=Tier.SECONDARY)
SURVEY = Source(id="survey", title="A survey of the year", tier=Tier.TERTIARY)


def claim(name: str, quote: str, text: str | None = None, article: str = TEXT, **rest) -> Claim:
    start = article.index(quote)
    line = article.count("\n", 0, start) + 1
    defaults = {"check_worthiness": 0.5}
    return Claim(
        id=name, text=text or quote, quote=quote, start=start, end=start + len(quote), line=line, **(defaults | rest)
    )


def evidence(document: Source, stance: Stance, quote: str, **rest) -> Evidence:
    return Evidence(
        document=document, stance=stance, quote=quote, start=0, end=len(quote), **({"confidence": 0.9} | rest)
    )


def differing(claim_words: str, claim_start: int, evidence_words: str, evidence_start: int) -> Difference:
    return Difference(
        kind="figure",
        claim_words=claim_words,
        claim_start=claim_start,
        evidence_words=evidence_words,
        evidence_start=evidence_start,
    )


def report(findings: tuple[Finding, ...], not_checked: tuple[NotChecked, ...] = (), **rest) -> Report:
    defaults = {
        "tool": Tool(version="0.1.0", engine="local", model="nli-base@0123456789ab"),
        "created": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        "article": Article.from_text(TEXT, path="drafts/vote.txt", title="A vote in New York", date=date(2011, 3, 18)),
        "corpus": CorpusState(documents=31, passages=1204, as_of=date(2011, 3, 31)),
        "usage": Usage(seconds=4.25),
    }
    return Report(findings=findings, not_checked=not_checked, **(defaults | rest))


def vote_report() -> Report:
    """One finding of each kind: supported, refuted, in conflict and attributed, without evidence, and unchecked."""
    return report(
        findings=(
            Finding(
                id="f1",
                claim=claim("c1", VOTE, "Fourteen members of the Security Council voted for Resolution 1973."),
                verdict=Verdict.REFUTED,
                confidence=0.94,
                rationale="The record of the vote gives ten votes in favour.",
                flags=(Flag.FIGURES_DIFFER, Flag.SINGLE_SOURCE),
                evidence=(
                    evidence(RESOLUTION, Stance.NEUTRAL, "The Council decided to remain seized of the matter."),
                    evidence(
                        RESOLUTION,
                        Stance.CONTRADICTS,
                        "It was adopted by ten votes, with five abstentions.",
                        differences=(differing("Fourteen", 0, "ten", 18),),
                    ),
                    evidence(SURVEY, Stance.NEUTRAL, "The year was eventful."),
                ),
            ),
            Finding(
                id="f2",
                claim=claim("c2", ABSTAINED, "Russia abstained from the vote on Resolution 1973."),
                verdict=Verdict.SUPPORTED,
                confidence=0.97,
                rationale="The record of the vote says so.",
                evidence=(evidence(RESOLUTION, Stance.SUPPORTS, "Abstaining: the Russian Federation."),),
            ),
            Finding(
                id="f3",
                claim=claim(
                    "c3",
                    HURT,
                    "Nobody was hurt in the vote.",
                    attribution=Attribution(speaker="Ada Example", kind="direct", cue="said"),
                ),
                verdict=Verdict.CONFLICTING,
                attribution_verdict=Verdict.SUPPORTED,
                confidence=0.61,
                rationale="One source agrees and one does not.",
                evidence=(
                    evidence(WIRE, Stance.SUPPORTS, "No one came to harm."),
                    evidence(SURVEY, Stance.CONTRADICTS, "Two people were hurt."),
                    evidence(WIRE, Stance.SUPPORTS, "Ms Example: “Nobody has been hurt.”", bears_on="attribution"),
                ),
            ),
            Finding(
                id="f4",
                claim=claim("c4", HARBOUR, flags=(Flag.AMBIGUOUS,)),
                verdict=Verdict.NOT_ENOUGH_EVIDENCE,
                confidence=0.7,
                rationale="Nothing in the corpus speaks of the harbour in March.",
            ),
            Finding(
                id="f5",
                claim=claim("c5", "A vote in New York", "There was a vote in New York.", flags=(Flag.HEADLINE,)),
                verdict=Verdict.UNCHECKED,
                confidence=0.0,
                rationale="The chat model did not answer within 60 seconds.",
            ),
        ),
        not_checked=(
            NotChecked(
                quote=QUESTION,
                start=TEXT.index(QUESTION),
                end=TEXT.index(QUESTION) + len(QUESTION),
                reason="a question",
            ),
        ),
    )


def hostile_report(text: str) -> Report:
    """A report in which everything that comes from outside is ``text``."""
    article = f"Before it {text} after it."
    source = Source(
        id=text, title=text, publisher=text, published=date(2011, 3, 17), url=f"text:{text}", origin=f"origin {text}"
    )
    earlier = Earlier(text=text, article=text, checked=datetime(2025, 1, 2, tzinfo=UTC), verdict=Verdict.SUPPORTED)
    attribution = Attribution(speaker=text, kind="direct", cue=text)
    findings = tuple(
        Finding(
            id=f"f{n}",
            claim=claim(f"c{n}", text, article=article, attribution=attribution),
            verdict=verdict,
            attribution_verdict=verdict,
            confidence=0.5,
            rationale=text,
            evidence=tuple(evidence(source, stance, text, page=3) for stance in Stance),
            checked_before=earlier,
        )
        for n, verdict in enumerate(Verdict)
    )
    return Report(
        tool=Tool(version=text, engine=text, model=text, prompts={text: text}),
        created=datetime(2026, 1, 2, tzinfo=UTC),
        article=Article.from_text(article, path=text, title=text),
        corpus=vote_report().corpus,
        usage=Usage(llm_calls=1),
        findings=findings,
        not_checked=(NotChecked(quote=text, start=0, end=len(text), reason=text),),
    )


def many_findings(count: int) -> Report:
    """A report of that many claims, a fifth of them with each verdict."""
    sentences = [f"Sentence {n} of the draft says that {n} ships sailed." for n in range(count)]
    text = "\n\n".join(sentences) + "\n"
    verdicts = tuple(Verdict)
    findings = tuple(
        Finding(
            id=f"f{n}",
            claim=claim(f"c{n}", sentence, article=text),
            verdict=verdicts[n % len(verdicts)],
            confidence=0.8,
            rationale="Why.",
            evidence=(
                evidence(RESOLUTION, Stance.SUPPORTS, f"{n} ships."),
                evidence(WIRE, Stance.CONTRADICTS, "None."),
            ),
        )
        for n, sentence in enumerate(sentences)
    )
    return report(findings, article=Article.from_text(text, path="ships.txt", title="Ships"))


FERRY_TEXT = """\
---
title: Die Fähre fährt wieder
---

# Die Fähre fährt wieder

The ferry to Åland carried 1,250 passengers in June 2024, said Captain Örjan Ek on Tuesday. It sails
twice a day and twice a night.

Tickets cost €12 (<children> travel *free*).
"""


def ferry_report() -> Report:
    """A chat model's report on a Markdown draft: pages, an earlier check, a claim over two lines and one within it."""
    register = Source(
        id="register",
        title="Register of ferries & ports",
        published=date(2024, 7, 1),
        tier=Tier.PRIMARY,
        origin="register",
    )
    copy = Source(id="copy", title="Ferry news", publisher="The Coast", published=date(2024, 7, 2), origin="register")
    sails = "It sails\ntwice a day and twice a night."
    earlier = Earlier(
        text="The Åland ferry sails four times in 24 hours.",
        article="archive/2023/timetable.md",
        checked=datetime(2023, 5, 6, tzinfo=UTC),
        verdict=Verdict.SUPPORTED,
        confidence=0.9,
    )
    captain = Attribution(speaker="Captain Örjan Ek", kind="indirect", cue="said")
    return report(
        findings=(
            Finding(
                id="f1",
                claim=claim(
                    "c1",
                    "The ferry to Åland carried 1,250 passengers in June 2024",
                    article=FERRY_TEXT,
                    attribution=captain,
                    check_worthiness=0.9,
                ),
                verdict=Verdict.SUPPORTED,
                attribution_verdict=Verdict.REFUTED,
                confidence=0.88,
                rationale="The register has the same figure; the captain spoke of May.",
                flags=(Flag.ATTRIBUTION_UNSUPPORTED, Flag.EVIDENCE_NEWER_THAN_ARTICLE),
                evidence=(
                    evidence(
                        register,
                        Stance.SUPPORTS,
                        "Åland, June 2024: 1,250 passengers.",
                        page=41,
                        under="<b>Ferries",
                    ),
                    evidence(copy, Stance.SUPPORTS, "1,250 people took the ferry in June."),
                    evidence(copy, Stance.CONTRADICTS, "Ek: “May was our best month.”", bears_on="attribution", page=2),
                ),
            ),
            Finding(
                id="f2",
                claim=claim("c2", sails, "The ferry to Åland sails four times in 24 hours.", article=FERRY_TEXT),
                verdict=Verdict.REFUTED,
                confidence=0.7,
                rationale="The register has three departures.",
                evidence=(evidence(register, Stance.CONTRADICTS, "The ferry sails three times in 24 hours.", page=7),),
                checked_before=earlier,
            ),
            Finding(
                id="f3",
                claim=claim("c3", "twice a day", "The ferry to Åland sails twice a day.", article=FERRY_TEXT),
                verdict=Verdict.UNCHECKED,
                confidence=0.0,
                rationale="Not checked: the budget of 20,000 tokens is used up.",
            ),
        ),
        not_checked=(
            NotChecked(
                quote="(<children> travel *free*)",
                start=FERRY_TEXT.index("(<children>"),
                end=FERRY_TEXT.index("free*)") + len("free*)"),
                reason="check-worthiness 0.21 is below 0.40",
            ),
        ),
        tool=Tool(version="0.1.0", engine="openai:gpt-5-mini", model="openai:gpt-5-mini", prompts={"verify": "ab12"}),
        article=Article.from_text(
            FERRY_TEXT, path="drafts/fähre 2.md", title="Die Fähre fährt wieder", date=date(2024, 6, 30)
        ),
        usage=Usage(llm_calls=3, input_tokens=19_800, output_tokens=410, cost_usd=0.0058, seconds=7.5),
    )


def pier_report() -> Report:
    """A clean article: two facts that are so, and an opinion that was said."""
    text = "The pier opened in 1931.\n\nIt is 400 metres long. “A sight to behold,” Mayor Ida Roe calls it.\n"
    guide = Source(id="guide", title="A guide to piers", published=date(1990, 1, 1), tier=Tier.TERTIARY)
    facts = tuple(
        Finding(
            id=f"f{number}",
            claim=claim(f"c{number}", quote, said, article=text),
            verdict=Verdict.SUPPORTED,
            confidence=0.99,
            rationale="“A guide to piers” bears this out.",
            flags=(Flag.SINGLE_SOURCE,),
            evidence=(evidence(guide, Stance.SUPPORTS, quoted),),
        )
        for number, (quote, said, quoted) in enumerate(
            (
                ("The pier opened in 1931.", None, "Opened 1931."),
                ("It is 400 metres long", "The pier is 400 metres long.", "Length: 400 m."),
            )
        )
    )
    mayor = Attribution(speaker="Ida Roe", kind="direct", cue="calls")
    opinion = Finding(
        id="f2",
        claim=claim(
            "c2", "A sight to behold", "The pier is a sight to behold.", article=text, attribution=mayor,
            flags=(Flag.OPINION,),
        ),
        verdict=Verdict.NOT_ENOUGH_EVIDENCE,
        attribution_verdict=Verdict.SUPPORTED,
        confidence=1.0,
        rationale="“A guide to piers” reports that Ida Roe said so.",
        evidence=(evidence(guide, Stance.SUPPORTS, "Mayor Roe: “a sight to behold”.", bears_on="attribution"),),
    )  # fmt: skip
    return report(findings=(*facts, opinion), article=Article.from_text(text, path="pier.txt"))
