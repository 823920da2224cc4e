"""The local models with a memory: what they were asked in an earlier run, they need not read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from factcheck.cache import AnswerCache
from factcheck.local import LocalEngine
from factcheck.pipeline import Case
from factcheck.provenance import digest_of, package_digest
from factcheck.records import Article, Evidence, Extraction, Finding, Tool, Usage

if TYPE_CHECKING:
    from factcheck.verification.llm import SecondOpinion

#: Of a claim, what changes when text is put in elsewhere in the article, and has no part in the finding.
_PLACE = {"id", "start", "end", "line", "check_worthiness"}


class CachedEngine:
    """Gives findings of earlier runs where claim, passages, date, models and this package's code are the same.

    Fulfils ``pipeline.Engine``.
    """

    endpoint: str | None = None
    usage = Usage()

    def __init__(self, engine: LocalEngine, answers: AnswerCache) -> None:
        """Keep the answers of ``engine`` in ``answers``."""
        self._engine, self._answers = engine, answers

    @property
    def tool(self) -> Tool:
        """That of the engine: a kept answer is the one that it gave."""
        return self._engine.tool

    def extract(self, article: Article) -> Extraction:
        """Find the claims of ``article``."""
        key = self._key("extract", article.sha256, str(article.date), article.title)
        with suppress(ValidationError):
            if kept := self._answers.get(key):
                return Extraction.model_validate_json(kept)
        extraction = self._engine.extract(article)
        self._answers.put(key, extraction.model_dump_json())
        return extraction

    def verify(self, cases: Sequence[Case], article: Article) -> Iterator[Finding]:
        """Yield first the findings that are kept, then those that the engine has to make."""
        keys: dict[str, str] = {}
        new: list[Case] = []
        for claim, passages in cases:
            keys[claim.id] = self._key(
                "verify", *_asked((claim, passages)), str(article.date), self._engine.min_confidence
            )
            try:
                kept = self._answers.get(keys[claim.id])
                finding = Finding.model_validate_json(kept) if kept else None
            except ValidationError:  # a damaged answer is asked for again
                finding = None
            if finding:
                yield finding.model_copy(update={"id": claim.id, "claim": claim})
            else:
                new.append((claim, passages))
        for finding in self._engine.verify(new, article):
            self._answers.put(keys[finding.claim.id], finding.model_dump_json())
            yield finding

    def _key(self, *asked: object) -> str:
        return digest_of([package_digest(), self.tool.model, *asked])


def keeping_opinions(opinion: SecondOpinion, answers: AnswerCache, model: str) -> SecondOpinion:
    """Return ``opinion``, which is that of ``model``, so that it is formed once on each claim and its passages."""
    kind = TypeAdapter(list[Evidence])

    def kept(key: str) -> list[Evidence] | None:
        with suppress(ValidationError):
            return kind.validate_json(answer) if (answer := answers.get(key)) else None
        return None

    def keeping(cases: Sequence[Case]) -> list[list[Evidence]]:
        keys = [digest_of([package_digest(), model, "opinion", *_asked(case)]) for case in cases]
        found = [kept(key) for key in keys]
        new = iter(opinion([case for case, evidence in zip(cases, found, strict=True) if evidence is None]))
        opinions = []
        for key, evidence in zip(keys, found, strict=True):
            if evidence is None:
                evidence = next(new)
                answers.put(key, kind.dump_json(evidence).decode())
            opinions.append(evidence)
        return opinions

    return keeping


def _asked(case: Case) -> list[object]:
    """Return what a finding on a case follows from."""
    claim, passages = case
    read = [passage.model_dump(mode="json", exclude={"score"}) for passage in passages]
    return [claim.model_dump(mode="json", exclude=_PLACE), read]
