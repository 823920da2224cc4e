"""Climate-FEVER (Diggelmann et al., 2020): claims about the climate, five sentences of Wikipedia each."""

from __future__ import annotations

from pathlib import Path

from factcheck.evaluation.dataset import Dataset, LabelledClaim, Text
from factcheck.evaluation.readers.rows import Form, Row, Rows, verdict_of
from factcheck.records import Verdict


class _ClimateFeverEvidence(Row):
    evidence_id: str
    evidence_label: str
    article: str
    evidence: str


class _ClimateFever(Row):
    claim_id: str
    claim: str
    claim_label: str
    evidences: list[_ClimateFeverEvidence]


def _climate_fever(rows: Rows, path: Path) -> Dataset:
    """Take the five sentences of a claim as evidence; those that take a stance are relevant."""
    documents: dict[str, Text] = {}
    claims = []
    for place, row in rows:
        verdict = verdict_of(row.claim_label, place)
        for item in row.evidences:
            documents.setdefault(item.evidence_id, Text(item.evidence_id, item.evidence, item.article))
        passages = tuple(documents[item.evidence_id].passage() for item in row.evidences)
        labels = {item.evidence_id: verdict_of(item.evidence_label, place) for item in row.evidences}
        relevant = frozenset(name for name, label in labels.items() if label != Verdict.NOT_ENOUGH_EVIDENCE)
        claims.append(LabelledClaim(row.claim_id, row.claim, verdict, passages, relevant))
    return Dataset("Climate-FEVER", claims, documents=list(documents.values()))


FORM = Form(frozenset({"claim_id", "claim", "claim_label", "evidences"}), _ClimateFever, _climate_fever)
