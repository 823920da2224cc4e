"""Verification by a chat model: what each passage says about a claim, with a quote that code looks up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from typing import Any, Literal

import sentencex
from pydantic import BaseModel, ConfigDict, Field, create_model

from factcheck.chat import CallError, ChatModel, Question
from factcheck.full_dates import written
from factcheck.layout import in_one_line
from factcheck.prompts import Prompt
from factcheck.records import Claim, Evidence, Finding, Flag, Passage, Stance, Verdict
from factcheck.verification.citation import locate
from factcheck.verification.finding import conclude, unchecked
from factcheck.verification.verdict import decide

#: A claim and the passages that search returned for it.
Case = tuple[Claim, Sequence[Passage]]
#: Finds the evidence in each case by other means than a chat model.
SecondOpinion = Callable[[Sequence[Case]], list[list[Evidence]]]
#: Tells by such means how likely it is that each quote takes the stance that is said on a text, given its passage.
Agreement = Callable[[Sequence[tuple[str, Evidence, Passage]]], list[float]]

#: The probability that a chat model's stance is right: assumed, and far from certain with small models.
TRUST = 0.95
#: Claims on which the second opinion is formed together: a passage that several of them share is then read once.
TOGETHER = 8
#: Even odds.
EVEN = 0.5
#: A stance that the second opinion finds less likely in the quoted sentences is not in them. Of gold evidence on the
#: development sets it finds one stance in forty (FEVER) or in twenty-four (FoolMeTwice) so unlikely, and of passages
#: that say nothing on a claim two in three.
UNLIKELY = 0.1
#: A quote of fewer words says nothing that could be checked.
SHORTEST_QUOTE = 3

_OPPOSITE = {
    Verdict.SUPPORTED: (Verdict.REFUTED, Stance.CONTRADICTS),
    Verdict.REFUTED: (Verdict.SUPPORTED, Stance.SUPPORTS),
}

# How passages are cited by number: "[1]", "[1, 2]", "[1-3]", "(passages 1 and 2)", "passages 1 to 3". Without brackets
# a list ends after "and", and only of "passages" a comma joins on, since what is counted may follow: "in passage 1,
# 12 members voted".
_RANGE = r"\d+(?:(?:\s*[-‐‑–—]\s*|\s+(?:to|through)\s+)\d+)?"
_NEXT = r"(?:\s*[,;]\s*(?:(?:and|or)\s+)?|\s*&\s*|\s+(?:and|or)\s+)(?:passages?\s+)?"
_LIST = rf"{_RANGE}(?:{_NEXT}{_RANGE})*"
_LAST = r"\s*,?\s*(?:and|or|&)\s*"
_NO_FIGURE = r"(?![\w%]|[.,]\d)"
_CITED = re.compile(
    rf"""\s*(?:
    \[(?:passages?\s+)?{_LIST}\](?:\s*[-‐‑–—]\s*\[\d+\])? | \(passages?\s+{_LIST}\)
    | \bpassages\s+{_RANGE}(?:\s*[,;]\s*{_RANGE})*(?:{_LAST}{_RANGE})?{_NO_FIGURE}
    | \bpassage\s+\d+(?:[-‐‑–—]\d+)?(?:(?:\s*,\s*\d+)*{_LAST}\d+)?{_NO_FIGURE}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERS = re.compile(r"(\d+)\]?(?:\s*(?:[-‐‑–—]|to|through)\s*\[?(\d+))?", re.IGNORECASE)
_PASSAGE = re.compile(r"\bpassages?\b", re.IGNORECASE)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Judgement(_Strict):
    passage: int
    bears_on: Literal["content", "attribution"]
    quote: str = Field(max_length=400)
    stance: Literal["supports", "contradicts", "neutral"]


class _Answer(_Strict):
    judgements: list[Any]
    rationale: str = Field(max_length=500)


def verify(
    cases: Sequence[Case],
    model: ChatModel,
    prompt: Prompt,
    second_opinion: SecondOpinion,
    agreement: Agreement,
    *,
    article_date: date | None,
    min_confidence: float | None = None,
) -> Iterator[Finding]:
    """Yield one finding for each case as it is done, with one call for each claim that has passages.

    A claim is not shown to the chat model where it or a passage addresses a machine: the second opinion, which no text
    can instruct, decides on it alone. A call that fails makes its claim ``unchecked``; so does Ctrl-C to all claims
    that are left, and is raised again after the last of them, so that nothing else is begun.
    """
    left = {claim.id: claim for claim, _ in cases}
    asked: list[Case] = []
    alone: list[Case] = []
    for claim, passages in cases:
        to_ask = passages and Flag.INSTRUCTIONS_IN_TEXT not in claim.flags
        (asked if to_ask else alone).append((claim, passages))
    # The second opinion is formed while the endpoint thinks.
    reader = ThreadPoolExecutor(1, thread_name_prefix="second-opinion")
    groups = [asked[first : first + TOGETHER] for first in range(0, len(asked), TOGETHER)]
    opinions = [reader.submit(second_opinion, group) for group in groups]
    try:
        for (claim, passages), evidence in zip(alone, second_opinion(alone), strict=True):
            del left[claim.id]
            yield conclude(claim, passages, evidence, article_date=article_date, min_confidence=min_confidence)
        for index, answer in model.ask([_question(case, model, prompt, article_date) for case in asked]):
            claim, passages = asked[index]
            if isinstance(answer, CallError):
                finding = unchecked(claim, str(answer))
            else:
                cited, dropped = _cite(answer, passages)
                opinion = opinions[index // TOGETHER].result()[index % TOGETHER]
                likely = agreement([(_asked(claim, e), e, passages[n - 1]) for n, e in cited])
                evidence, disagree = _weigh(cited, likely, passages, opinion)
                # A rationale for another verdict than the one that is reached would mislead.
                told = _verdict([item for _, item in cited]) == _verdict(evidence)
                flagged = {Flag.CITATION_DROPPED: bool(dropped), Flag.ENGINES_DISAGREE: disagree}
                finding = conclude(
                    claim,
                    passages,
                    evidence,
                    article_date=article_date,
                    rationale=_rationale(answer.rationale, passages, dropped) if told else "",
                    flags=[flag for flag, holds in flagged.items() if holds],
                    min_confidence=min_confidence,
                )
            del left[claim.id]
            yield finding
    except KeyboardInterrupt:
        for claim in left.values():
            yield unchecked(claim, "interrupted before it was checked; run again to go on")
        raise
    finally:
        reader.shutdown(wait=False, cancel_futures=True)


def _question(case: Case, model: ChatModel, prompt: Prompt, article_date: date | None) -> Question[_Answer]:
    claim, passages = case
    variables = {
        "date": written(article_date) if article_date else "on an unknown day",
        "claim": claim.text,
        "speaker": claim.speaker or "none",
        "passages": "\n\n".join(
            _fenced(number, passage, model.nonce) for number, passage in enumerate(passages, start=1)
        ),
    }
    return Question(prompt, variables, _schema(len(passages), claim.attribution is not None))


def _fenced(number: int, passage: Passage, nonce: str) -> str:
    source = passage.source
    under = f"under: {in_one_line(passage.above)}" if passage.above else ""
    about = ", ".join(str(part) for part in (source.title, source.publisher, source.published, under) if part)
    return f"Passage {number}:\n<passage-{nonce}>\n({about})\n{passage.text}\n</passage-{nonce}>"


@cache
def _schema(passages: int, attributed: bool) -> type[_Answer]:
    """Return the schema of an answer about so many passages; every string and list has a bound."""
    number: Any = Literal[tuple(range(1, passages + 1))]
    asked: Any = Literal["content", "attribution"] if attributed else Literal["content"]
    judgement = create_model("Judgement", __base__=_Judgement, passage=(number, ...), bears_on=(asked, ...))
    longest = passages * (2 if attributed else 1)
    return create_model(
        "Judgements",
        __base__=_Answer,
        judgements=(list[judgement], Field(max_length=longest)),
    )


def _cite(answer: _Answer, passages: Sequence[Passage]) -> tuple[list[tuple[int, Evidence]], set[int]]:
    """Return the evidence whose quotes stand in the passages they are said to be from, with the passages' numbers.

    Second come the numbers of passages with a quote that is nowhere in them.
    """
    found, dropped = [], set()
    for item in answer.judgements:
        if item.stance == Stance.NEUTRAL:
            continue
        passage = passages[item.passage - 1]
        span = locate(item.quote, passage.text) if len(item.quote.split()) >= SHORTEST_QUOTE else None
        if span is None:
            dropped.add(item.passage)
            continue
        evidence = Evidence(
            document=passage.source,
            stance=Stance(item.stance),
            confidence=TRUST,
            quote=passage.text[slice(*span)],
            start=passage.start + span[0],
            end=passage.start + span[1],
            page=passage.page_at(passage.start + span[0]),
            bears_on=item.bears_on,
        )
        found.append((item.passage, evidence))
    return found, dropped


def _asked(claim: Claim, evidence: Evidence) -> str:
    return claim.attribution_text or "" if evidence.bears_on == "attribution" else claim.text


def _weigh(
    cited: Sequence[tuple[int, Evidence]],
    likely: Sequence[float],
    passages: Sequence[Passage],
    opinion: Sequence[Evidence],
) -> tuple[list[Evidence], bool]:
    """Weigh evidence with the second opinion about the same passages; tell, too, whether the two disagree.

    A quote is no evidence that the second opinion finds ``UNLIKELY`` to take its stance, or reads the other way, more
    likely than not. Else both probabilities of a stance are averaged, a linear opinion pool (Stone, 1961). A second
    opinion that takes no stance counts as even odds. The two disagree where one reads support in a passage and the
    other contradiction, where no verdict is left without the quotes that only the chat model finds telling, or where
    their verdicts on the claim are opposite: then what the second opinion rests on is weighed, too, with even odds at
    least, so that a chat model cannot be talked out of seeing it.
    """
    weighed, disagree = [], False
    for (number, evidence), probability in zip(cited, likely, strict=True):
        views = [view for view in opinion if view.bears_on == evidence.bears_on and _is_of(view, passages[number - 1])]
        view = max(views, key=lambda view: view.confidence, default=None)
        agreed = EVEN
        if view:
            agreed = view.confidence if view.stance == evidence.stance else 1 - view.confidence
            disagree = disagree or view.stance != evidence.stance
        opposed = (view for view in views if view.stance != evidence.stance and _overlap(view, evidence))
        if probability < UNLIKELY or any(view.confidence > EVEN for view in opposed):
            continue
        weighed.append(_pooled(evidence, agreed))
    told = _verdict([evidence for _, evidence in cited])
    disagree = disagree or told != _verdict(weighed)
    opposite = _OPPOSITE.get(told)
    if opposite and _verdict(opinion) == opposite[0]:
        disagree = True
        against = [view for view in opinion if view.bears_on == "content" and view.stance == opposite[1]]
        pooled = (_pooled(view, 1 - TRUST) for view in against)
        weighed += [item.model_copy(update={"confidence": max(EVEN, item.confidence)}) for item in pooled]
    return weighed, disagree


def _pooled(evidence: Evidence, other: float) -> Evidence:
    return evidence.model_copy(update={"confidence": round((evidence.confidence + other) / 2, 4)})


def _is_of(evidence: Evidence, passage: Passage) -> bool:
    return evidence.document.id == passage.source.id and passage.start <= evidence.start < passage.end


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.document.id == other.document.id and one.start < other.end and other.start < one.end


def _verdict(evidence: Sequence[Evidence]) -> Verdict:
    return decide([item for item in evidence if item.bears_on == "content"])[0]


def _rationale(text: str, passages: Sequence[Passage], dropped: set[int]) -> str:
    """Name the passages that a rationale cites by number; cut what rests on a dropped or unknown one.

    Once a quote was dropped, sentences that cite nothing, or speak of passages in other words, are cut, too: they may
    rest on it.
    """
    kept = []
    for sentence in sentencex.segment("en", " ".join(text.split())):
        numbers = {number for cited in _CITED.findall(sentence) for number in _numbers(cited, len(passages))}
        known = numbers <= set(range(1, len(passages) + 1)) - dropped
        if known and (not dropped or (numbers and not _PASSAGE.search(_CITED.sub("", sentence)))):
            kept.append(_CITED.sub(lambda cited: _titles(cited[0], passages), sentence).strip())
    return " ".join(kept)


def _numbers(citation: str, count: int) -> list[int]:
    """Return the numbers of passages in a citation, ranges in full as far as there are so many passages."""
    found: list[int] = []
    for ends in _NUMBERS.findall(citation):
        first, last = sorted((int(ends[0]), int(ends[1] or ends[0])))
        found += [first, *range(first + 1, min(last, count + 1)), last]
    return found


def _titles(citation: str, passages: Sequence[Passage]) -> str:
    numbers = _numbers(citation, len(passages))
    titles = dict.fromkeys(passages[number - 1].source.title for number in numbers)
    return f" ({'; '.join(titles)})"
