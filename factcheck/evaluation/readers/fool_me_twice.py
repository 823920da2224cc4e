"""FoolMeTwice (Eisenschlos et al., 2021): claims that players wrote to fool others, from Wikipedia."""

from __future__ import annotations

from pathlib import Path

from factcheck.evaluation.dataset import Dataset, LabelledClaim, Text
from factcheck.evaluation.readers.rows import Form, Row, Rows, verdict_of


class _FoolMeTwiceEvidence(Row):
    text: str
    section_header: str = ""


class _FoolMeTwice(Row):
    id: str
    text: str
    label: str
    wikipedia_page: str
    gold_evidence: list[_FoolMeTwiceEvidence]
    retrieved_evidence: tuple[_FoolMeTwiceEvidence, ...] = ()


def _fool_me_twice(rows: Rows, path: Path) -> Dataset:
    """Take the gold sentences as evidence; the others of the same page are searched, too."""
    documents: dict[tuple[str, str], Text] = {}
    claims = []
    for place, row in rows:
        for item in [*row.gold_evidence, *row.retrieved_evidence]:
            key = row.wikipedia_page, item.text
            documents.setdefault(key, Text(f"{row.wikipedia_page}/{len(documents)}", item.text, row.wikipedia_page))
        gold = [documents[row.wikipedia_page, item.text] for item in row.gold_evidence]
        passages = tuple(text.passage() for text in gold)
        relevant = frozenset(text.id for text in gold)
        claims.append(LabelledClaim(row.id, row.text, verdict_of(row.label, place), passages, relevant))
    return Dataset("FoolMeTwice", claims, documents=list(documents.values()))


FORM = Form(frozenset({"id", "text", "label", "gold_evidence", "wikipedia_page"}), _FoolMeTwice, _fool_me_twice)
