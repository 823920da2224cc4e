"""Labelled data sets in their published form, and in our own; ``docs/evaluation.md`` describes each.

The format is told by the keys of the first row. Whatever does not fit is refused with its place in the file.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from factcheck.errors import InputError
from factcheck.evaluation.dataset import Dataset, GoldSpan, LabelledClaim, LabelledSentence, MarkedArticle, Text
from factcheck.extraction.article import read_article
from factcheck.records import Article, Verdict

#: What data sets call AVeriTeC's four verdicts, in lower case and with spaces for underscores.
VERDICTS = {
    "supports": Verdict.SUPPORTED, "support": Verdict.SUPPORTED, "supported": Verdict.SUPPORTED,
    "refutes": Verdict.REFUTED, "contradict": Verdict.REFUTED, "refuted": Verdict.REFUTED,
    "not enough info": Verdict.NOT_ENOUGH_EVIDENCE, "not enough evidence": Verdict.NOT_ENOUGH_EVIDENCE,
    "neutral": Verdict.NOT_ENOUGH_EVIDENCE,
    "disputed": Verdict.CONFLICTING, "conflicting": Verdict.CONFLICTING,
    "conflicting evidence/cherrypicking": Verdict.CONFLICTING,
}  # fmt: skip
#: What FEVER's dump of Wikipedia writes for brackets and colons.
_WIKI_ESCAPES = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-COLON-": ":"}
#: Seed of the sample that ``limit`` draws.
SEED = 0

Rows = Sequence[tuple[str, Any]]


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class _OwnPassage(_Row):
    text: str = Field(min_length=1)
    title: str = ""
    id: str | None = None


class _OwnClaim(_Row):
    claim: str = Field(min_length=1)
    verdict: str | None = None
    id: str | None = None
    date: dt.date | None = None
    passages: list[_OwnPassage] = []
    relevant: list[str] = []


class _OwnSpan(_Row):
    start: int | None = None
    end: int | None = None
    quote: str = ""
    verdict: str | None = None


class _OwnArticle(_Row):
    claims: list[_OwnSpan]
    text: str | None = None
    article: str | None = None
    id: str | None = None
    date: dt.date | None = None


class _OwnSentence(_Row):
    text: str = Field(min_length=1)
    check_worthy: bool
    id: str | None = None


class _Fever(_Row):
    id: str
    claim: str
    label: str
    evidence: list[list[tuple[int | None, int | None, str | None, int | None]]]


class _WikiPage(_Row):
    id: str
    lines: str


class _SciFactEvidence(_Row):
    label: str
    sentences: list[int] = []


class _SciFact(_Row):
    id: str
    claim: str
    evidence: dict[str, list[_SciFactEvidence]]
    cited_doc_ids: list[str]


class _SciFactAbstract(_Row):
    doc_id: str
    title: str
    abstract: list[str]


class _AveritecAnswer(_Row):
    answer: str
    answer_type: str = ""
    source_url: str | None = None
    boolean_explanation: str | None = None


class _AveritecQuestion(_Row):
    question: str
    answers: list[_AveritecAnswer]


class _Averitec(_Row):
    claim: str
    label: str
    questions: list[_AveritecQuestion]
    claim_date: str | None = None


class _HealthVer(_Row):
    id: str
    claim: str
    evidence: str
    label: str


class _FoolMeTwiceEvidence(_Row):
    text: str
    section_header: str = ""


class _FoolMeTwice(_Row):
    id: str
    text: str
    label: str
    wikipedia_page: str
    gold_evidence: list[_FoolMeTwiceEvidence]
    retrieved_evidence: list[_FoolMeTwiceEvidence] = []


class _ClimateFeverEvidence(_Row):
    evidence_id: str
    evidence_label: str
    article: str
    evidence: str


class _ClimateFever(_Row):
    claim_id: str
    claim: str
    claim_label: str
    evidences: list[_ClimateFeverEvidence]


def read_dataset(path: Path, limit: int | None = None) -> Dataset:
    """Read labelled data; with ``limit``, a random sample of so many rows, always the same.

    Raises:
        InputError: the file is missing or empty, its format is not known, a row does not fit, or a file that
            belongs beside it is not there.
    """
    rows = _rows(path)
    if not rows:
        raise InputError(f"{path} is empty; docs/evaluation.md describes the files it takes")
    form = next((form for form in FORMS if isinstance(rows[0][1], dict) and form.keys <= rows[0][1].keys()), None)
    if form is None:
        raise InputError(f"{rows[0][0]} has the keys of no known data set; docs/evaluation.md lists them")
    if limit is not None and limit < len(rows):
        chosen = sorted(random.Random(SEED).sample(range(len(rows)), limit))  # noqa: S311 — a sample, not a secret
        rows = [rows[index] for index in chosen]
    return form.read([(place, _parse(form.row, row, place)) for place, row in rows], path)


def _rows(path: Path) -> list[tuple[str, Any]]:
    """Return the rows of a CSV, JSON or JSONL file, each with its place for messages."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if path.suffix.lower() == ".csv":
                return [(f"{path}, row {number}", row) for number, row in enumerate(csv.DictReader(file), 1)]
            text = file.read()
    except OSError as error:
        raise InputError(f"cannot read {path} ({error.strerror}); give a file of labelled data") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} is not text in UTF-8, or not CSV ({error})") from error
    if text.lstrip().startswith("["):
        return [(f"{path}, item {number}", row) for number, row in enumerate(_json(text, str(path)), 1)]
    lines = enumerate(text.split("\n"), 1)
    return [(place, _json(line, place)) for number, line in lines if line.strip() and (place := f"{path}:{number}")]


def _json(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place} is not JSON") from error


def _parse(kind: type[_Row], row: object, place: str) -> Any:
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"]) or "row"
        raise InputError(f"{place}: {name}: {first['msg']}") from error


def _verdict(label: str, place: str) -> Verdict:
    verdict = VERDICTS.get(label.lower().replace("_", " "))
    if verdict is None:
        raise InputError(f"{place}: the label {label[:40]!r} is not known; docs/evaluation.md lists them")
    return verdict


def _beside(path: Path) -> list[tuple[str, Any]]:
    if not path.exists():
        raise InputError(f"{path} is missing; this data set names its evidence there, so put the file beside it")
    return _rows(path)


def _own_claims(rows: Rows, path: Path) -> Dataset:
    claims = []
    documents: dict[str, Text] = {}
    for number, (place, row) in enumerate(rows, 1):
        name = row.id or str(number)
        texts = [Text(item.id or f"{name}/{at}", item.text, item.title) for at, item in enumerate(row.passages, 1)]
        documents |= {text.id: text for text in texts}
        verdict = _verdict(row.verdict, place) if row.verdict else None
        relevant = frozenset(row.relevant)
        claims.append(LabelledClaim(name, row.claim, verdict, tuple(t.passage() for t in texts), relevant, row.date))
    return Dataset("claims", claims, documents=list(documents.values()))


def _own_articles(rows: Rows, path: Path) -> Dataset:
    return Dataset("articles", articles=[_own_article(row, place, path) for place, row in rows])


def _own_article(row: _OwnArticle, place: str, path: Path) -> MarkedArticle:
    if row.article:
        file = path.parent / row.article
        if not file.resolve().is_relative_to(path.parent.resolve()):
            raise InputError(f"{place}: the article is outside the folder of the data; put it there")
        article = read_article(str(file), date=row.date)
    elif row.text:
        article = Article.from_text(row.text, path=place, date=row.date)
    else:
        raise InputError(f"{place}: it needs text, or the path of an article")
    spans = []
    for item in row.claims:
        start = article.text.find(item.quote) if item.quote else item.start
        end = start + len(item.quote) if item.quote and start is not None else item.end
        if start is None or end is None or not 0 <= start < end <= len(article.text):
            raise InputError(f"{place}: a claim has no place in the article; give its quote, or start and end")
        spans.append(GoldSpan(start, end, _verdict(item.verdict, place) if item.verdict else None))
    return MarkedArticle(row.id or row.article or place, article, tuple(spans))


def _own_sentences(rows: Rows, path: Path) -> Dataset:
    sentences = [
        LabelledSentence(row.id or str(number), row.text, row.check_worthy) for number, (_, row) in enumerate(rows, 1)
    ]
    return Dataset("sentences", sentences=sentences)


def _fever(rows: Rows, path: Path) -> Dataset:
    """FEVER (Thorne et al., 2018): sentences are named by page and number; their words are in ``wiki-pages/``."""
    named = {page for _, row in rows for group in row.evidence for _, _, page, _ in group if page}
    pages = _wiki_pages(path.parent / "wiki-pages", named) if named else {}
    claims = []
    for place, row in rows:
        cited = dict.fromkeys((page, line) for group in row.evidence for _, _, page, line in group if page in pages)
        passages = tuple(
            pages[page].passage(*span) for page, line in cited if (span := _wiki_line(pages[page].text, line))
        )
        relevant = frozenset(page for page, _ in cited)
        claims.append(LabelledClaim(row.id, row.claim, _verdict(row.label, place), passages, relevant))
    return Dataset("FEVER", claims, documents=list(pages.values()))


def _wiki_pages(folder: Path, named: set[str]) -> dict[str, Text]:
    """Return the named pages, one sentence a line so that a line's number is the sentence's."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError(f"{folder} has no *.jsonl file; FEVER keeps the words of its evidence there: put it beside")
    found = {}
    for file in files:
        for place, row in _rows(file):
            if isinstance(row, dict) and row.get("id") in named:
                page = _parse(_WikiPage, row, place)
                sentences = dict(_wiki_sentences(page.lines))
                lines = "\n".join(sentences.get(number, "") for number in range(max(sentences, default=-1) + 1))
                found[page.id] = Text(page.id, _unescaped(lines), _unescaped(page.id.replace("_", " ")))
    return found


def _unescaped(text: str) -> str:
    for escape, character in _WIKI_ESCAPES.items():
        text = text.replace(escape, character)
    return text


def _wiki_sentences(lines: str) -> Iterator[tuple[int, str]]:
    """Read "number, tab, sentence, tab, links"; sentences may hold line feeds, whose second line has no number."""
    for line in lines.split("\n"):
        number, _, rest = line.partition("\t")
        if number.isdecimal() and int(number) < 10_000:
            yield int(number), rest.split("\t")[0]


def _wiki_line(text: str, line: int | None) -> tuple[int, int] | None:
    lines = text.split("\n")
    if line is None or not 0 <= line < len(lines) or not lines[line].strip():
        return None
    start = sum(len(before) + 1 for before in lines[:line])
    return start, start + len(lines[line])


def _scifact(rows: Rows, path: Path) -> Dataset:
    """SciFact (Wadden et al., 2020): claims against the abstracts of ``corpus.jsonl``; no evidence means not enough."""
    abstracts = [_parse(_SciFactAbstract, row, place) for place, row in _beside(path.parent / "corpus.jsonl")]
    documents = {item.doc_id: Text(item.doc_id, " ".join(item.abstract), item.title) for item in abstracts}
    claims = []
    for place, row in rows:
        found = {_verdict(item.label, place) for items in row.evidence.values() for item in items}
        verdict = Verdict.CONFLICTING if len(found) > 1 else next(iter(found), Verdict.NOT_ENOUGH_EVIDENCE)
        read = [name for name in dict.fromkeys([*row.evidence, *row.cited_doc_ids]) if name in documents]
        passages = tuple(documents[name].passage() for name in read)
        claims.append(LabelledClaim(row.id, row.claim, verdict, passages, frozenset(row.evidence)))
    return Dataset("SciFact", claims, documents=list(documents.values()))


def _averitec(rows: Rows, path: Path) -> Dataset:
    """AVeriTeC (Schlichtkrull et al., 2023): the evidence is questions with the answers that annotators found."""
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
        claims.append(LabelledClaim(str(number), row.claim, _verdict(row.label, place), passages, relevant, date))
    return Dataset("AVeriTeC", claims, documents=documents)


def _healthver(rows: Rows, path: Path) -> Dataset:
    """HealthVer (Sarrouti et al., 2021): CSV of claims, each with a passage from the literature on COVID-19."""
    documents: dict[str, Text] = {}
    telling: dict[str, set[str]] = {}
    pairs = []
    for place, row in rows:
        verdict, text = _verdict(row.label, place), documents.setdefault(row.evidence, Text(row.id, row.evidence))
        pairs.append((row, verdict, text))
        if verdict != Verdict.NOT_ENOUGH_EVIDENCE:
            telling.setdefault(row.claim, set()).add(text.id)
    claims = [
        LabelledClaim(row.id, row.claim, verdict, (text.passage(),), frozenset(telling.get(row.claim, ())))
        for row, verdict, text in pairs
    ]
    return Dataset("HealthVer", claims, documents=list(documents.values()))


def _fool_me_twice(rows: Rows, path: Path) -> Dataset:
    """FoolMeTwice (Eisenschlos et al., 2021): claims with gold sentences, and others of the same Wikipedia page."""
    documents: dict[tuple[str, str], Text] = {}
    claims = []
    for place, row in rows:
        for item in [*row.gold_evidence, *row.retrieved_evidence]:
            key = row.wikipedia_page, item.text
            documents.setdefault(key, Text(f"{row.wikipedia_page}/{len(documents)}", item.text, row.wikipedia_page))
        gold = [documents[row.wikipedia_page, item.text] for item in row.gold_evidence]
        passages = tuple(text.passage() for text in gold)
        relevant = frozenset(text.id for text in gold)
        claims.append(LabelledClaim(row.id, row.text, _verdict(row.label, place), passages, relevant))
    return Dataset("FoolMeTwice", claims, documents=list(documents.values()))


def _climate_fever(rows: Rows, path: Path) -> Dataset:
    """Climate-FEVER (Diggelmann et al., 2020): five sentences of Wikipedia for each claim, each with its label."""
    documents: dict[str, Text] = {}
    claims = []
    for place, row in rows:
        verdict = _verdict(row.claim_label, place)
        for item in row.evidences:
            documents.setdefault(item.evidence_id, Text(item.evidence_id, item.evidence, item.article))
        passages = tuple(documents[item.evidence_id].passage() for item in row.evidences)
        tells = [item for item in row.evidences if _verdict(item.evidence_label, place) != Verdict.NOT_ENOUGH_EVIDENCE]
        relevant = frozenset(item.evidence_id for item in tells)
        claims.append(LabelledClaim(row.claim_id, row.claim, verdict, passages, relevant))
    return Dataset("Climate-FEVER", claims, documents=list(documents.values()))


class _Form(NamedTuple):
    """A format: the keys by which it is known, the model of a row, and what makes a data set of the rows."""

    keys: frozenset[str]
    row: type[_Row]
    read: Callable[[Rows, Path], Dataset]


#: The first whose keys a row has; a format whose keys are all in another's comes after it.
FORMS = (
    _Form(frozenset({"claim_id", "claim", "claim_label", "evidences"}), _ClimateFever, _climate_fever),
    _Form(frozenset({"id", "text", "label", "gold_evidence", "wikipedia_page"}), _FoolMeTwice, _fool_me_twice),
    _Form(frozenset({"claim", "label", "questions"}), _Averitec, _averitec),
    _Form(frozenset({"id", "claim", "evidence", "cited_doc_ids"}), _SciFact, _scifact),
    _Form(frozenset({"id", "claim", "evidence", "label", "topic_ip"}), _HealthVer, _healthver),
    _Form(frozenset({"id", "claim", "evidence", "label"}), _Fever, _fever),
    _Form(frozenset({"claims"}), _OwnArticle, _own_articles),
    _Form(frozenset({"text", "check_worthy"}), _OwnSentence, _own_sentences),
    _Form(frozenset({"claim"}), _OwnClaim, _own_claims),
)
