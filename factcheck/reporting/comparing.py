"""Two reports side by side: what a draft's next version brought, and what the gate stops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process

from factcheck.records import Finding, Report, Verdict
from factcheck.reporting import wording
from factcheck.reporting.text import for_log, plain
from factcheck.reporting.trail import Decisions, standing

#: Two claims are versions of one where so much of their wording (0 to 100) is the same.
SAME_CLAIM = 70
_OPEN = {Verdict.REFUTED, Verdict.CONFLICTING, Verdict.UNCHECKED, Verdict.NOT_ENOUGH_EVIDENCE}


@dataclass(frozen=True)
class Difference:
    """What became of the claims of one report in another.

    Attributes:
        added: findings that only the new report has.
        changed: pairs of old and new whose claim, verdict or evidence is not the same.
        resolved: pairs whose verdict was not good news and now is; no new one where the claim is gone.
        removed: other findings that only the old report has.
        unchanged: the rest, as the new report has them.
    """

    added: tuple[Finding, ...]
    changed: tuple[tuple[Finding, Finding], ...]
    resolved: tuple[tuple[Finding, Finding | None], ...]
    removed: tuple[Finding, ...]
    unchanged: tuple[Finding, ...]


def compare(old: Report, new: Report) -> Difference:
    """Match the claims of two reports, the same words first and then the nearest, and sort them by what changed."""
    pairs = _match(old.findings, new.findings)
    matched_old = {id(before) for before, _ in pairs}
    matched_new = {id(after) for _, after in pairs}
    gone = [finding for finding in old.findings if id(finding) not in matched_old]
    return Difference(
        added=tuple(finding for finding in new.findings if id(finding) not in matched_new),
        changed=tuple(pair for pair in pairs if _differ(*pair) and not _resolves(*pair)),
        resolved=(
            *(pair for pair in pairs if _resolves(*pair)),
            *((finding, None) for finding in gone if wording.gravest(finding) in _OPEN),
        ),
        removed=tuple(finding for finding in gone if wording.gravest(finding) not in _OPEN),
        unchanged=tuple(after for before, after in pairs if not _differ(before, after)),
    )


def failing(
    report: Report,
    fail_on: Collection[str],
    *,
    baseline: Report | None = None,
    decisions: Decisions = MappingProxyType({}),
) -> list[Finding]:
    """Return the findings that the gate stops: those with a verdict or flag in ``fail_on``.

    A person's override puts its verdict in place of the tool's, and settles the flags. What would have been stopped in
    ``baseline`` with the same words and for the same reasons is let through, as often as it stood there.
    """
    known: defaultdict[str, list[set[tuple[str, str]]]] = defaultdict(list)
    for finding in baseline.findings if baseline else ():
        known[_words(finding)].append(_grounds(finding, fail_on))
    stopped = []
    for finding in report.findings:
        why = _grounds(finding, fail_on, decisions)
        if not why:
            continue
        accepted = next((before for before in known[_words(finding)] if why <= before), None)
        if accepted:
            known[_words(finding)].remove(accepted)
        else:
            stopped.append(finding)
    return stopped


def reasons(finding: Finding, fail_on: Collection[str], decisions: Decisions = MappingProxyType({})) -> set[str]:
    """Return which of the verdicts and flags in ``fail_on`` a finding has; it is refuted, too, if said otherwise."""
    return {label for label, _ in _grounds(finding, fail_on, decisions)}


def _grounds(
    finding: Finding, fail_on: Collection[str], decisions: Decisions = MappingProxyType({})
) -> set[tuple[str, str]]:
    """Return the same with what each is about: a quote that its speaker never said may be wrong besides."""
    decision = standing(finding, decisions)
    if decision and decision.verdict:
        grounds: set[tuple[str, str]] = {(decision.verdict, "content")}
    else:
        grounds = {(flag, "flag") for flag in (*finding.flags, *finding.claim.flags)}
        if finding.claim.states_fact:
            grounds.add((finding.verdict, "content"))
        if not finding.claim.states_fact or finding.attribution_verdict == Verdict.REFUTED:
            grounds.add((wording.gravest(finding), "attribution"))
    return {(str(label), about) for label, about in grounds if label in fail_on}


def render(difference: Difference) -> str:
    """Return the difference as text for a terminal."""
    counts = {
        "new": len(difference.added),
        "changed": len(difference.changed),
        "resolved": len(difference.resolved),
        "gone": len(difference.removed),
        "as before": len(difference.unchanged),
    }
    blocks = [[", ".join(f"{count} {what}" for what, count in counts.items())]]
    blocks.append(["New", *(_entry(None, finding) for finding in difference.added)])
    blocks.append(["Changed", *(_entry(*pair) for pair in difference.changed)])
    blocks.append(["Resolved", *(_entry(*pair) for pair in difference.resolved)])
    blocks.append(["Gone", *(_entry(finding, None) for finding in difference.removed)])
    shown = [blocks[0], *(block for block in blocks[1:] if len(block) > 1)]
    return "\n\n".join("\n".join(block) for block in shown) + "\n"


def _match(old: Sequence[Finding], new: Sequence[Finding]) -> list[tuple[Finding, Finding]]:
    """Return pairs in the order of ``new``; each finding is in one pair at most."""
    if not old or not new:
        return []
    texts = [[_words(finding) for finding in findings] for findings in (old, new)]
    likeness = process.cdist(*texts, scorer=fuzz.ratio, score_cutoff=SAME_CLAIM)
    nearest = sorted((-likeness[i, j], abs(i - j), i, j) for i, j in zip(*likeness.nonzero(), strict=True))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in nearest:
        if j not in partner and i not in taken:
            partner[j] = i
            taken.add(i)
    return [(old[partner[j]], new[j]) for j in sorted(partner)]


def _differ(before: Finding, after: Finding) -> bool:
    return _told(before) != _told(after)


def _resolves(before: Finding, after: Finding) -> bool:
    return wording.gravest(before) in _OPEN and wording.gravest(after) not in _OPEN


def _told(finding: Finding) -> tuple[object, ...]:
    return _words(finding), wording.label(finding), finding.attribution_verdict, _cited(finding)


def _cited(finding: Finding) -> set[tuple[str, str]]:
    return {(item.document.id, item.quote) for item in finding.evidence}


def _words(finding: Finding) -> str:
    return plain(finding.claim.text).casefold()


def _entry(before: Finding | None, after: Finding | None) -> str:
    marks = " → ".join(wording.mark(finding) if finding else "gone" for finding in (before, after))
    shown = [finding for finding in (before, after) if finding]
    if before is None:
        marks = wording.mark(shown[0])
    texts = list(dict.fromkeys(for_log(finding.claim.text) for finding in shown))
    told = f"  {marks}  line {shown[-1].claim.line}: " + "\n      now: ".join(texts)
    if before and after and _looks_alike(before, after) and _cited(before) != _cited(after):
        told += "\n      with other evidence"
    return told


def _looks_alike(before: Finding, after: Finding) -> bool:
    return _words(before) == _words(after) and wording.mark(before) == wording.mark(after)
