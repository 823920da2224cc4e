"""From stances to a verdict: one pure function, whichever engine found the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.records import Evidence, Stance, Verdict

#: Below this probability ``supported`` and ``refuted`` are not said; chosen on development data.
MIN_CONFIDENCE = 0.7


def decide(evidence: Sequence[Evidence], min_confidence: float = MIN_CONFIDENCE) -> tuple[Verdict, float]:
    """Return the verdict that the evidence gives, and its probability.

    The best supporting and the best contradicting passage, with probabilities s and c of saying what they seem to
    say, are taken as independent. Then the claim is supported with probability s(1-c), refuted with c(1-s),
    in conflict with sc, and open with (1-s)(1-c). The likeliest of the four is the verdict, except that
    ``supported`` and ``refuted`` below ``min_confidence`` fall to ``not_enough_evidence``.
    """
    supports, contradicts = (
        max((item.confidence for item in evidence if item.stance == stance), default=0.0)
        for stance in (Stance.SUPPORTS, Stance.CONTRADICTS)
    )
    chances = {
        Verdict.SUPPORTED: supports * (1 - contradicts),
        Verdict.REFUTED: contradicts * (1 - supports),
        Verdict.CONFLICTING: supports * contradicts,
        Verdict.NOT_ENOUGH_EVIDENCE: (1 - supports) * (1 - contradicts),
    }
    verdict = max(chances, key=chances.__getitem__)
    if verdict in (Verdict.SUPPORTED, Verdict.REFUTED) and chances[verdict] < min_confidence:
        return Verdict.NOT_ENOUGH_EVIDENCE, 1 - chances[verdict]
    return verdict, chances[verdict]
