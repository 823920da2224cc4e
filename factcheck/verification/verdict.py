"""From stances to a verdict: one pure function, whichever engine found the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.records import LIKELIER_THAN_NOT, Evidence, Stance, Verdict

#: Below this probability ``supported`` and ``refuted`` are not said. In nine articles 149 of 156 such verdicts are
#: right (``python -m benchmarks.seeds --dev``). Of those on claims that were written to fool, half of them false, 85 in
#: a hundred are, and hardly more from 0.8 on (``python -m benchmarks.verdicts``).
MIN_CONFIDENCE = 0.65


def decide(evidence: Sequence[Evidence], min_confidence: float = MIN_CONFIDENCE) -> tuple[Verdict, float]:
    """Return the verdict that the evidence gives, and its probability.

    Let s and c be the probabilities that the best supporting and the best contradicting passage say what they seem
    to say. Where both reach ``min_confidence`` the sources conflict. Else, sources that agree being the rule, the
    claim is supported, refuted or open in the odds s(1-c) : c(1-s) : (1-s)(1-c). A side that does not reach
    ``min_confidence`` so is not taken: where it does by itself the sources conflict, too, lest what half convinces make
    a refutation of none, and else there is not enough evidence. What is less likely than not to say what it seems to is
    no evidence where more is asked for, and a side without evidence is none.
    """
    enough = min(min_confidence, LIKELIER_THAN_NOT)
    supports, contradicts = (
        max((item.confidence for item in evidence if item.stance == stance and item.confidence >= enough), default=0.0)
        for stance in (Stance.SUPPORTS, Stance.CONTRADICTS)
    )
    if min(supports, contradicts) >= min_confidence and supports and contradicts:
        return Verdict.CONFLICTING, min(supports, contradicts)
    odds = {
        Verdict.SUPPORTED: supports * (1 - contradicts),
        Verdict.REFUTED: contradicts * (1 - supports),
        Verdict.NOT_ENOUGH_EVIDENCE: (1 - supports) * (1 - contradicts),
    }
    verdict = max((Verdict.SUPPORTED, Verdict.REFUTED), key=odds.__getitem__)
    confidence = odds[verdict] / sum(odds.values())
    if confidence < min_confidence <= max(supports, contradicts) and min(supports, contradicts):
        return Verdict.CONFLICTING, min(supports, contradicts)
    if confidence < min_confidence or not confidence:
        return Verdict.NOT_ENOUGH_EVIDENCE, 1 - confidence
    return verdict, confidence
