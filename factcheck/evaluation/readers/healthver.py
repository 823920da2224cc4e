"""HealthVer (Sarrouti et al., 2021): claims about COVID-19, each with a passage from the literature."""

from __future__ import annotations

from pathlib import Path

from factcheck.evaluation.dataset import Dataset, LabelledClaim, Text
from factcheck.evaluation.readers.rows import Form, Row, Rows, verdict_of
from factcheck.records import Verdict


class _HealthVer(Row):
    id: str
    claim: str
    evidence: str
    label: str


def _healthver(rows: Rows, path: Path) -> Dataset:
    """Take each row as a claim with its passage; a passage that several rows have is one document."""
    documents: dict[str, Text] = {}
    telling: dict[str, set[str]] = {}
    pairs = []
    for place, row in rows:
        verdict, text = verdict_of(row.label, place), documents.setdefault(row.evidence, Text(row.id, row.evidence))
        pairs.append((row, verdict, text))
        if verdict != Verdict.NOT_ENOUGH_EVIDENCE:
            telling.setdefault(row.claim, set()).add(text.id)
    claims = [
        LabelledClaim(row.id, row.claim, verdict, (text.passage(),), frozenset(telling.get(row.claim, ())))
        for row, verdict, text in pairs
    ]
    return Dataset("HealthVer", claims, documents=list(documents.values()))


FORM = Form(frozenset({"id", "claim", "evidence", "label", "topic_ip"}), _HealthVer, _healthver)
