"""AVeriTeC (Schlichtkrull et al., 2023): claims that fact-checkers checked, with questions and answers."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

from factcheck.evaluation.dataset import Dataset, LabelledClaim, Text
from factcheck.evaluation.readers.rows import Form, Row, Rows, verdict_of


class _AveritecAnswer(Row):
    answer: str
    answer_type: str = ""
    source_url: str | None = None
    boolean_explanation: str | None = None


class _AveritecQuestion(Row):
    question: str
    answers: list[_AveritecAnswer]


class _Averitec(Row):
    claim: str
    label: str
    questions: list[_AveritecQuestion]
    claim_date: str | None = None


def _averitec(rows: Rows, path: Path) -> Dataset:
    """Take the questions with the answers that annotators found as evidence."""
    claims = []
    documents: list[Text] = []
    for number, (place, row) in enumerate(rows):
        texts: list[Text] = []
        for question in row.questions:
            for answer in question.answers:
                if answer.answer_type.lower() != "unanswerable":
                    words = ". ".join(part for part in (answer.answer, answer.boolean_explanation) if part)
                    texts.append(Text(f"{number}/{len(texts)}", words, question.question))
        documents += texts
        date = None
        with suppress(ValueError, TypeError):
            date = dt.datetime.strptime(row.claim_date, "%d-%m-%Y").date()
        passages = tuple(text.passage() for text in texts)
        relevant = frozenset(text.id for text in texts)
        claims.append(LabelledClaim(str(number), row.claim, verdict_of(row.label, place), passages, relevant, date))
    return Dataset("AVeriTeC", claims, documents=documents)


FORM = Form(frozenset({"claim", "label", "questions"}), _Averitec, _averitec)
