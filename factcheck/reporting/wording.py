"""The words and marks of a report: what an editor reads instead of the names in the records."""

from __future__ import annotations

from factcheck.records import Earlier, Evidence, Finding, Flag, Report, Stance, Tier, Usage, Verdict
from factcheck.reporting.text import spell_date, spell_moment
from factcheck.reporting.trail import Action, Decision

#: Worst news first.
ORDER = (Verdict.REFUTED, Verdict.CONFLICTING, Verdict.UNCHECKED, Verdict.NOT_ENOUGH_EVIDENCE, Verdict.SUPPORTED)

#: What an editor has to see to before the draft goes out.
BAD_NEWS = ORDER[:3]

#: Told apart by shape, so that they read without colour.
MARKS = {
    Verdict.REFUTED: "✗",
    Verdict.CONFLICTING: "±",
    Verdict.UNCHECKED: "!",
    Verdict.NOT_ENOUGH_EVIDENCE: "?",
    Verdict.SUPPORTED: "✓",
}

VERDICTS = {
    Verdict.REFUTED: "Contradicted by the evidence",
    Verdict.CONFLICTING: "The evidence conflicts",
    Verdict.UNCHECKED: "Could not be checked",
    Verdict.NOT_ENOUGH_EVIDENCE: "Not enough evidence",
    Verdict.SUPPORTED: "Supported by the evidence",
}

#: The same where there is no room for a phrase.
SHORT_VERDICTS = {
    Verdict.REFUTED: "Contradicted",
    Verdict.CONFLICTING: "Conflicting",
    Verdict.UNCHECKED: "Unchecked",
    Verdict.NOT_ENOUGH_EVIDENCE: "Not enough evidence",
    Verdict.SUPPORTED: "Supported",
}

SAID_OTHERWISE = "The speaker said otherwise"

FLAGS = {
    Flag.AMBIGUOUS: "The claim can be read in more than one way.",
    Flag.ATTRIBUTION_UNSUPPORTED: "The evidence does not show that the speaker said this.",
    Flag.CITATION_DROPPED: "The model cited words that are not in the sources; those citations were dropped.",
    Flag.DATES_DIFFER: "A date in the claim differs from the evidence.",
    Flag.ENGINES_DISAGREE: "The chat model and the local model read the article or the evidence differently.",
    Flag.EVIDENCE_MISDATED: "A source tells of days after its own date; it was changed later, or is dated wrongly.",
    Flag.EVIDENCE_NEWER_THAN_ARTICLE: "Some of the evidence was published after the article's date.",
    Flag.FIGURES_DIFFER: "A figure in the claim differs from the evidence.",
    Flag.HEADLINE: "The claim is made in the headline.",
    Flag.HIDDEN_CHARACTERS: "The article or a source has characters here that cannot be seen; they were not read.",
    Flag.INSTRUCTIONS_IN_TEXT: "The article or a source tries to instruct the checker here; that text is no evidence.",
    Flag.LEANS_AGAINST: "Some evidence speaks against the claim, but not surely enough for a verdict.",
    Flag.NAMES_DIFFER: "A name in the claim differs from the evidence.",
    Flag.SINGLE_SOURCE: "The verdict rests on a single source.",
}

#: What a piece of evidence says, and about what; in the order in which a reader wants to know.
EVIDENCE = {
    (Stance.CONTRADICTS, "content"): "Evidence against it",
    (Stance.CONTRADICTS, "attribution"): "Evidence that it was not said",
    (Stance.SUPPORTS, "attribution"): "Evidence that it was said",
    (Stance.SUPPORTS, "content"): "Evidence for it",
}

#: What evidence is called that leans to no side, by what it bears on.
NEAREST = {
    "content": "Nearest evidence, too weak to tell",
    "attribution": "Nearest evidence on who said it, too weak to tell",
}

TIERS = {
    Tier.PRIMARY: "primary source: a record or own statement",
    Tier.SECONDARY: "secondary source: reporting",
    Tier.TERTIARY: "tertiary source: an overview",
}


def verdict(verdict: Verdict) -> str:
    """Return a verdict as its mark and words."""
    return f"{MARKS[verdict]} {VERDICTS[verdict]}"


def confidence(finding: Finding) -> str:
    """Return how sure the tool is of its verdict; nothing where it has none."""
    open_verdicts = (Verdict.UNCHECKED, Verdict.NOT_ENOUGH_EVIDENCE)
    return "" if finding.verdict in open_verdicts else f"confidence {finding.confidence:.0%}"


def conclusion(finding: Finding) -> str:
    """Return the verdict on what was claimed, with how sure the tool is of it."""
    sure = confidence(finding)
    return verdict(finding.verdict) + (f" ({sure})" if sure else "")


def evidence_heading(evidence: Evidence, finding: Finding) -> str:
    """Return what a piece of evidence is evidence for; where there is no verdict, what is unlikely leans to no side."""
    verdict = finding.verdict if evidence.bears_on == "content" else finding.attribution_verdict
    if verdict == Verdict.NOT_ENOUGH_EVIDENCE and not evidence.likely:
        return NEAREST[evidence.bears_on]
    return EVIDENCE[evidence.stance, evidence.bears_on]


def byline(evidence: Evidence) -> str:
    """Return who published a piece of evidence, when, and on which page it stands."""
    source = evidence.document
    page = f", page {evidence.page}" if evidence.page else ""
    return f"{source.publisher or source.title}, {spell_date(source.published)}{page}"


def checked_before(earlier: Earlier) -> str:
    """Return what was found when another article said the same."""
    return f"{verdict(earlier.verdict)} ({spell_date(earlier.checked.date())}, {earlier.article}: “{earlier.text}”)"


def decision(decision: Decision) -> str:
    """Return what a person decided, without the reason."""
    what = {
        Action.ACCEPT: "accepted the finding",
        Action.OVERRIDE: f"overrode the verdict: {VERDICTS[decision.verdict].lower() if decision.verdict else ''}",
        Action.FIXED: "marked it as fixed in the draft",
        Action.NOTE: "noted",
    }
    return f"{decision.who}, {spell_moment(decision.when)}, {what[decision.action]}"


def gravest(finding: Finding) -> Verdict:
    """Return the worst news of a finding: that the speaker said otherwise is as bad as that it is not so."""
    return Verdict.REFUTED if finding.attribution_verdict == Verdict.REFUTED else finding.verdict


def news(finding: Finding) -> str:
    """Return the worst news of a finding in words."""
    return VERDICTS[finding.verdict] if gravest(finding) == finding.verdict else SAID_OTHERWISE


def short_news(finding: Finding) -> str:
    """Return the same where there is no room for a phrase."""
    return SHORT_VERDICTS[finding.verdict] if gravest(finding) == finding.verdict else SAID_OTHERWISE


def counted(count: int, noun: str) -> str:
    """Return a count with its noun, whose plural has an s: ``1 claim``, ``12 claims``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def headline(report: Report) -> tuple[str, str]:
    """Return the counts of a report as one sentence, in two parts: the news and the rest."""
    summary = report.summary
    total, refuted = summary["claims"], summary[Verdict.REFUTED]
    if not total:
        return "No claim to check was found", "."
    if total == 1:
        news = f"The only claim is {'' if refuted else 'not '}contradicted by the evidence"
    else:
        among = f"{refuted} of {total} claims" if refuted else f"None of the {total} claims"
        news = f"{among} {'are' if refuted > 1 else 'is'} contradicted by the evidence"
    if misquoted := sum(finding.attribution_verdict == Verdict.REFUTED for finding in report.findings):
        who = "" if total == 1 else f"{misquoted} "
        news += f", {'and' if refuted else 'but'} {who}{'is' if misquoted == 1 else 'are'}"
        news += " attributed to someone who said otherwise"
    conflicting, unchecked = summary[Verdict.CONFLICTING], summary[Verdict.UNCHECKED]
    lacking, supported = summary[Verdict.NOT_ENOUGH_EVIDENCE], summary[Verdict.SUPPORTED]
    rest = [
        (conflicting, f"; {conflicting} {'has' if conflicting == 1 else 'have'} evidence on both sides"),
        (unchecked, f"; {unchecked} could not be checked"),
        (lacking, f"; for {lacking} there is not enough evidence"),
        (supported, f"; {supported} {'is' if supported == 1 else 'are'} supported"),
    ]
    return news, "".join(phrase for count, phrase in rest if count) + "."


def sent(usage: Usage, engine: str) -> str:
    """Return the sentence that tells what left the machine."""
    if engine == "local":
        return "Nothing left this machine."
    if not usage.llm_calls:
        return "Nothing left this machine in this run: answers of earlier runs were reused."
    cost = f", {usage.cost_usd:.4f} US dollars" if usage.cost_usd is not None else ""
    calls = counted(usage.llm_calls, "call")
    return (
        f"The article and the passages found for its claims were sent to the chat model, in {calls}"
        f" ({usage.input_tokens:,} tokens sent, {usage.output_tokens:,} received{cost})."
    )
