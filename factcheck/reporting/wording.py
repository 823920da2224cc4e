"""The words and marks of a report: what an editor reads instead of the names in the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from factcheck.records import NO_FACT, Earlier, Evidence, Finding, Flag, Report, Stance, Tier, Verdict
from factcheck.reporting.text import plain, shorten, spell_date, spell_moment
from factcheck.reporting.trail import Action, Decision

#: Characters that are shown of what a quote stands under.
UNDER = 160

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

#: What somebody said that states no fact, and how it is marked instead of with a verdict.
NO_FACTS = {Flag.OPINION: "Opinion", Flag.PREDICTION: "Prediction", Flag.WISH: "Wish or demand"}
NO_FACT_MARK = "–"

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
    Flag.OPINION: "This is an opinion: only whether the speaker said it was looked into.",
    Flag.PREDICTION: "This is about what is to come: only whether the speaker said it was looked into.",
    Flag.SINGLE_SOURCE: "The verdict rests on a single source.",
    Flag.WISH: "This is a wish or a demand: only whether the speaker said it was looked into.",
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
    return answer(finding) + (f" ({sure})" if sure else "")


def worst_first(finding: Finding) -> str:
    """Return the conclusion behind the worst news, where that is not about what was claimed."""
    otherwise = f"{mark(finding)} {SAID_OTHERWISE}. " if misattributed(finding) else ""
    return otherwise + conclusion(finding)


def answer(finding: Finding) -> str:
    """Return the verdict on what was claimed, or what it is instead of a fact, with its mark."""
    return verdict(finding.verdict) if finding.claim.states_fact else short_answer(finding)


def short_answer(finding: Finding) -> str:
    """Return the same where there is no room for a phrase."""
    if finding.claim.states_fact:
        return f"{MARKS[finding.verdict]} {SHORT_VERDICTS[finding.verdict]}"
    return f"{NO_FACT_MARK} {_no_fact(finding)}"


def mark(finding: Finding) -> str:
    """Return the mark of a finding's worst news; what its speaker said, and is no fact, is no news."""
    only_said = not finding.claim.states_fact and gravest(finding) == Verdict.SUPPORTED
    return NO_FACT_MARK if only_said else MARKS[gravest(finding)]


def evidence_heading(evidence: Evidence, finding: Finding) -> str:
    """Return what a piece of evidence is evidence for; where there is no verdict, what is unlikely leans to no side."""
    verdict = finding.verdict if evidence.bears_on == "content" else finding.attribution_verdict
    if verdict == Verdict.NOT_ENOUGH_EVIDENCE and not evidence.likely:
        return NEAREST[evidence.bears_on]
    return EVIDENCE[evidence.stance, evidence.bears_on]


def byline(evidence: Evidence) -> str:
    """Return who published a piece of evidence, when, and on which page and under what it stands."""
    source = evidence.document
    page = f", page {evidence.page}" if evidence.page else ""
    under = f", under “{shorten(plain(evidence.under), UNDER)}”" if evidence.under else ""
    return f"{source.publisher or source.title}, {spell_date(source.published)}{page}{under}"


def cited(heading: str, evidence: Evidence) -> str:
    """Return a piece of evidence in a line: what it is evidence for, its words, and where they stand."""
    address = f", {evidence.document.url}" if evidence.document.url else ""
    return f"{heading}: “{evidence.quote}” ({byline(evidence)}{address})"


def checked_before(earlier: Earlier) -> str:
    """Return what was found when another article said the same."""
    return f"{verdict(earlier.verdict)} ({spell_date(earlier.checked.date())}, {earlier.article}: “{earlier.text}”)"


def decision(decision: Decision) -> str:
    """Return what a person decided, without the reason."""
    put_in_place = VERDICTS[decision.verdict].lower() if decision.verdict else ""
    what = {
        Action.ACCEPT: "accepted the finding",
        Action.OVERRIDE: f"overrode the verdict with “{put_in_place}”",
        Action.FIXED: "marked it as fixed in the draft",
        Action.NOTE: "noted",
    }
    return f"{decision.who}, {spell_moment(decision.when)}, {what[decision.action]}"


def decision_in_full(taken: Decision) -> str:
    """Return what a person decided, why, and where that can be looked up."""
    reason = f": {taken.reason}" if taken.reason else ""
    return decision(taken) + reason + (f" (source: {taken.source})" if taken.source else "")


def gravest(finding: Finding) -> Verdict:
    """Return the worst news of a finding: that the speaker said otherwise is as bad as that it is not so.

    Of what states no fact, the news is whether it was said.
    """
    if finding.attribution_verdict and not finding.claim.states_fact:
        return finding.attribution_verdict
    return Verdict.REFUTED if finding.attribution_verdict == Verdict.REFUTED else finding.verdict


def news(finding: Finding) -> str:
    """Return the worst news of a finding in words."""
    if misattributed(finding):
        return SAID_OTHERWISE
    return VERDICTS[finding.verdict] if finding.claim.states_fact else _no_fact(finding)


def short_news(finding: Finding) -> str:
    """Return the same where there is no room for a phrase."""
    if misattributed(finding):
        return SAID_OTHERWISE
    return SHORT_VERDICTS[finding.verdict] if finding.claim.states_fact else _no_fact(finding)


def misattributed(finding: Finding) -> bool:
    """Tell whether the worst news is not about what was claimed, but that the speaker said otherwise."""
    return finding.verdict != Verdict.REFUTED and finding.attribution_verdict == Verdict.REFUTED


def who(finding: Finding) -> str:
    """Return who said it, and whether the evidence has it so; nothing where nobody is said to have."""
    if not finding.claim.attribution:
        return ""
    speaker = finding.claim.speaker
    return f"{MARKS[finding.attribution_verdict]} {speaker}" if finding.attribution_verdict else speaker


def label(finding: Finding) -> str:
    """Return the name of the verdict, or of what the claim is instead of a fact, for other tools."""
    return finding.verdict if finding.claim.states_fact else _instead(finding)


def _no_fact(finding: Finding) -> str:
    return NO_FACTS[_instead(finding)]


def _instead(finding: Finding) -> Flag:
    return min(NO_FACT.intersection(finding.claim.flags))


def counts(report: Report) -> Counter[Verdict]:
    """Count by verdict the findings on what states a fact."""
    return Counter(finding.verdict for finding in report.findings if finding.claim.states_fact)


def counted(count: int, noun: str) -> str:
    """Return a count with its noun, whose plural has an s: ``1 claim``, ``12 claims``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def headline(report: Report) -> tuple[str, str]:
    """Return the counts of a report as one sentence, in two parts: the news and the rest."""
    by_verdict = counts(report)
    total, refuted = by_verdict.total(), by_verdict[Verdict.REFUTED]
    if not report.findings:
        return "No claim to check was found", "."
    if not total:
        news = "No statement of fact was found"
    elif total == 1:
        news = f"The only claim is {'' if refuted else 'not '}contradicted by the evidence"
    else:
        among = f"{refuted} of {total} claims" if refuted else f"None of the {total} claims"
        news = f"{among} {'are' if refuted > 1 else 'is'} contradicted by the evidence"
    attributed = [finding for finding in report.findings if finding.attribution_verdict]
    if misquoted := sum(finding.attribution_verdict == Verdict.REFUTED for finding in attributed):
        who = "" if total == 1 == len(report.findings) else f"{misquoted} "
        news += f", {'and' if refuted else 'but'} {who}{'is' if misquoted == 1 else 'are'}"
        news += " attributed to someone who said otherwise"
    conflicting, unchecked = by_verdict[Verdict.CONFLICTING], by_verdict[Verdict.UNCHECKED]
    lacking, supported = by_verdict[Verdict.NOT_ENOUGH_EVIDENCE], by_verdict[Verdict.SUPPORTED]
    rest = [
        (conflicting, f"; {conflicting} {'has' if conflicting == 1 else 'have'} evidence on both sides"),
        (unchecked, f"; {unchecked} could not be checked"),
        (lacking, f"; for {lacking} there is not enough evidence"),
        (supported, f"; {supported} {'is' if supported == 1 else 'are'} supported"),
    ]
    return news, "".join(phrase for count, phrase in rest if count) + "." + _sayings(report, attributed)


def _sayings(report: Report, attributed: Sequence[Finding]) -> str:
    """Tell how much of what somebody said is no fact, and how much of all of it the evidence has so."""
    told = ""
    if only_said := len(report.findings) - counts(report).total():
        are = "is an opinion, a wish or a prediction" if only_said == 1 else "are opinions, wishes or predictions"
        told += f" {counted(only_said, 'quoted statement')} {are}."
    borne_out = sum(finding.attribution_verdict == Verdict.SUPPORTED for finding in attributed)
    if len(attributed) == 1:
        told += f" The only attribution is {'' if borne_out else 'not '}borne out."
    elif attributed:
        told += f" Of {len(attributed)} attributions {borne_out} {'is' if borne_out == 1 else 'are'} borne out."
    return told


def sent(report: Report) -> str:
    """Return the sentences that tell what left the machine."""
    usage, server = report.usage, report.corpus.server
    remembered = f"The claims were sent to the Chroma server at {server}, to be remembered. " if server else ""
    nothing = f"{remembered}Nothing{' else' if server else ''} left this machine"
    if report.tool.engine == "local":
        return f"{nothing}."
    if not usage.llm_calls:
        return f"{nothing} in this run: answers of earlier runs were reused."
    cost = f", {usage.cost_usd:.4f} US dollars" if usage.cost_usd is not None else ""
    calls = counted(usage.llm_calls, "call")
    return (
        f"{remembered}The article and the passages found for its claims were sent to the chat model, in {calls}"
        f" ({usage.input_tokens:,} tokens sent, {usage.output_tokens:,} received{cost})."
    )
