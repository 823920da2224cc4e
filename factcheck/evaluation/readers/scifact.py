"""SciFact (Wadden et al., 2020): claims about science, with abstracts as evidence.

The fields are those that https://github.com/allenai/scifact/blob/master/doc/data.md describes.
"""

from __future__ import annotations

from pathlib import Path

from factcheck.evaluation.dataset import Dataset, LabelledClaim, Text
from factcheck.evaluation.readers.rows import Form, Row, Rows, parse, read_beside, verdict_of
from factcheck.records import Verdict


class _SciFactEvidence(Row):
    label: str
    sentences: tuple[int, ...] = ()


class _SciFact(Row):
    id: str
    claim: str
    evidence: dict[str, list[_SciFactEvidence]]
    cited_doc_ids: list[str]


class _SciFactAbstract(Row):
    doc_id: str
    title: str
    abstract: list[str]


def _scifact(rows: Rows, path: Path) -> Dataset:
    """Set claims against the abstracts of ``corpus.jsonl``; no evidence means not enough."""
    abstracts = [parse(_SciFactAbstract, row, place) for place, row in read_beside(path.parent / "corpus.jsonl")]
    documents = {item.doc_id: Text(item.doc_id, " ".join(item.abstract), item.title) for item in abstracts}
    claims = []
    for place, row in rows:
        found = {verdict_of(item.label, place) for items in row.evidence.values() for item in items}
        verdict = Verdict.CONFLICTING if len(found) > 1 else next(iter(found), Verdict.NOT_ENOUGH_EVIDENCE)
        read = [name for name in dict.fromkeys([*row.evidence, *row.cited_doc_ids]) if name in documents]
        passages = tuple(documents[name].passage() for name in read)
        claims.append(LabelledClaim(row.id, row.claim, verdict, passages, frozenset(row.evidence)))
    return Dataset("SciFact", claims, documents=list(documents.values()))


FORM = Form(frozenset({"id", "claim", "evidence", "cited_doc_ids"}), _SciFact, _scifact)
