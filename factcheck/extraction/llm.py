"""Claims by a chat model: numbered sentences in; claims out that are tied to the article's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model
from rapidfuzz import fuzz

from factcheck.chat import CallError, ChatModel, EndpointError, Question
from factcheck.errors import ModelError
from factcheck.extraction.article import body_start
from factcheck.extraction.dates import resolve_dates
from factcheck.extraction.sentences import BlockKind, Sentence, split_sentences
from factcheck.full_dates import written
from factcheck.prompts import Prompt
from factcheck.records import (
    Article,
    Attribution,
    Claim,
    Evidence,
    Extraction,
    Flag,
    NotChecked,
    Passage,
    Source,
    Stance,
)
from factcheck.untrusted.instructions import Span, find_instructions, without_instructions

#: Tells without a chat model how likely it is that each quote takes the stance that is said on a text, given its text.
Agreement = Callable[[Sequence[tuple[str, Evidence, Passage]]], list[float]]

#: Sentences of one window; a usual article is one.
WINDOW = 50
#: Sentences before a window that go along so that its pronouns can be understood.
CONTEXT = 10
#: Characters of a sentence that a model is asked to read.
LONGEST = 2000
#: Similarity (0 to 100) from which a quote is taken for a slip of the pen and set right.
NEAR = 90
#: A claim that its own words bear out with less probability is another claim. Of 131 claims that the local extractor
#: put into words of their own in marked articles, none was so unlikely.
UNLIKELY = 0.1

_BESIDE = {BlockKind.BYLINE: "byline or credit", BlockKind.BOILERPLATE: "boilerplate"}
_DATED = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)(?:\s+\d{1,2}\b)?(?:,?\s+\d{4})?"
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Claim(_Strict):
    sentence: int
    quote: str = Field(max_length=500)
    text: str = Field(max_length=500)
    said: Literal["direct", "indirect", "no"]
    speaker: str = Field(max_length=120)
    cue: str = Field(max_length=40)
    check_worthiness: int = Field(ge=0, le=10)


class _Skipped(_Strict):
    sentence: int
    reason: Literal["opinion", "prediction", "question", "wish", "boilerplate", "no fact"]


class _Answer(_Strict):
    claims: list[Any]
    skipped: list[Any]


@dataclass(frozen=True)
class _Window:
    """Sentences to go through, numbered from 1, and those before them."""

    context: Sequence[Sentence]
    sentences: Sequence[Sentence]


def extract(
    article: Article,
    model: ChatModel,
    prompt: Prompt,
    find_claims: Callable[[Article], Extraction],
    agreement: Agreement,
) -> Extraction:
    """Find the claims of ``article`` with one call for each window of sentences.

    Nothing is lost: a sentence without a claim is listed with the reason. Where a window got no usable answer, its
    sentences become claims as they stand, flagged as ambiguous; so do sentences that address a machine, which the
    model is not shown. An article may talk a chat model out of a claim, or into another one, in words that nothing
    recognises: a claim that its own words bear out with too little ``agreement`` is put back into them, and one
    that only ``find_claims`` sees goes in, too. Both are flagged ``engines_disagree``. What somebody said that states
    no fact is left to ``find_claims``.

    Raises:
        ModelError: the endpoint answered no call at all.
    """
    sentences = split_sentences(article.text, body_start(article.text))
    instructions = find_instructions(article.text)
    told = [sentence for sentence in sentences if _beside(sentence) is None]
    read = [sentence for sentence in told if not _instructs(sentence, instructions)]
    found: list[Claim | NotChecked] = [
        _not_checked(article, sentence, reason) for sentence in sentences if (reason := _beside(sentence))
    ]
    found += [_as_it_stands(article, sentence) for sentence in told if _instructs(sentence, instructions)]
    windows = [_Window(read[max(0, at - CONTEXT) : at], read[at : at + WINDOW]) for at in range(0, len(read), WINDOW)]
    answers = dict(model.ask([_question(window, article, model, prompt) for window in windows]))
    if answers and all(isinstance(answer, EndpointError) for answer in answers.values()):
        raise ModelError(f"{model.endpoint}: {answers[0]}")
    for index, answer in answers.items():
        if isinstance(answer, CallError):
            found += [_as_it_stands(article, sentence) for sentence in windows[index].sentences]
        else:
            found += _read(answer, windows[index], article)
    named = _in_their_words(_distinct(item for item in found if isinstance(item, Claim)), article, agreement)
    left_out = [claim for claim in find_claims(article).claims if not any(_overlap(claim, other) for other in named)]
    added = [_disputed(claim) if claim.states_fact else claim for claim in left_out]
    claims = sorted((*named, *added), key=lambda claim: claim.start)
    others = (item for item in found if isinstance(item, NotChecked))
    skipped = sorted(
        (item for item in others if not any(_overlap(item, claim) for claim in added)), key=lambda item: item.start
    )
    numbered = (claim.model_copy(update={"id": f"c{number}"}) for number, claim in enumerate(claims, start=1))
    return Extraction(claims=tuple(numbered), not_checked=tuple(skipped))


def _disputed(claim: Claim) -> Claim:
    return claim.model_copy(update={"flags": (*claim.flags, Flag.ENGINES_DISAGREE)})


def _in_their_words(claims: Iterable[Claim], article: Article, agreement: Agreement) -> list[Claim]:
    """Put claims back into the article's words that these do not bear out."""
    found = list(claims)
    reworded = [number for number, claim in enumerate(found) if claim.text != claim.quote]
    source = Source(id=article.path, title=article.title or "")
    passage = Passage(source=source, text=article.text, start=0, end=len(article.text))
    cited = [(found[number].text, _borne_out(found[number], source), passage) for number in reworded]
    for number, probability in zip(reworded, agreement(cited), strict=True):
        if probability < UNLIKELY:
            claim = found[number]
            text, flags = (
                resolve_dates(claim.quote, article.date),
                (*claim.flags, Flag.AMBIGUOUS, Flag.ENGINES_DISAGREE),
            )
            found[number] = claim.model_copy(update={"text": text, "flags": tuple(dict.fromkeys(flags))})
    return found


def _borne_out(claim: Claim, source: Source) -> Evidence:
    return Evidence(
        document=source, stance=Stance.SUPPORTS, confidence=1, quote=claim.quote, start=claim.start, end=claim.end
    )


def _overlap(one: Claim | NotChecked, other: Claim | NotChecked) -> bool:
    return one.start < other.end and other.start < one.end


def _beside(sentence: Sentence) -> str | None:
    if sentence.end - sentence.start > LONGEST:
        return f"longer than {LONGEST:,} characters without a full stop"
    return _BESIDE.get(sentence.kind)


def _instructs(sentence: Sentence, instructions: Sequence[Span]) -> bool:
    return any(start < sentence.end and sentence.start < end for start, end in instructions)


def _question(window: _Window, article: Article, model: ChatModel, prompt: Prompt) -> Question[_Answer]:
    texts = [_on_one_line(article, sentence) for sentence in window.sentences]
    variables = {
        "title": without_instructions(article.title or "").strip() or "none",
        "date": written(article.date) if article.date else "unknown",
        "context": "\n".join(_on_one_line(article, sentence) for sentence in window.context),
        "sentences": "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1)),
    }
    return Question(prompt, variables, _schema(len(window.sentences)))


@cache
def _schema(sentences: int) -> type[_Answer]:
    """Return the schema of an answer about so many sentences; every string and list has a bound."""
    number: Any = Literal[tuple(range(1, sentences + 1))]
    claim = create_model("Claim", __base__=_Claim, sentence=(number, ...))
    skipped = create_model("Skipped", __base__=_Skipped, sentence=(number, ...))
    return create_model(
        "Claims",
        __base__=_Answer,
        claims=(list[claim], Field(max_length=4 * sentences)),
        skipped=(list[skipped], Field(max_length=sentences)),
    )


def _read(answer: _Answer, window: _Window, article: Article) -> list[Claim | NotChecked]:
    """Turn an answer into claims and skipped sentences, trusting none of its strings."""
    found: list[Claim | NotChecked] = []
    for item in answer.claims:
        found.append(_claim(item, window.sentences[item.sentence - 1], window, article))
    claimed = {item.sentence for item in answer.claims}
    reasons = {item.sentence: item.reason for item in answer.skipped}
    for number, sentence in enumerate(window.sentences, start=1):
        if number not in claimed:
            reason = reasons.get(number, "the model named no claim in it")
            found.append(_not_checked(article, sentence, reason))
    return found


def _claim(item: _Claim, sentence: Sentence, window: _Window, article: Article) -> Claim | NotChecked:
    span = _locate(item.quote, article.text, sentence.start, sentence.end)
    if span is None:
        return _not_checked(article, sentence, "the model's quote for a claim is not in this sentence")
    start, end = span
    text, flags = " ".join(item.text.split()), _flags(sentence)
    known = without_instructions(article.text[(*window.context, *window.sentences)[0].start : window.sentences[-1].end])
    if not text or _invented(text, f"{known} {article.title or ''}", article.date):
        text, flags = resolve_dates(article.text[start:end], article.date), (*flags, Flag.AMBIGUOUS)
    return Claim(
        id="",
        text=text,
        quote=article.text[start:end],
        start=start,
        end=end,
        line=article.line_at(start),
        check_worthiness=item.check_worthiness / 10,
        attribution=_attribution(item, article.text),
        flags=flags,
    )


def _locate(quote: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where ``quote`` stands in ``text[start:end]``, in whole words, and set right where it is slightly off."""
    quote = quote.strip()
    if not quote or len(quote) > end - start:
        return None
    if (first := text.find(quote, start, end)) >= 0:
        last = first + len(quote)
    elif near := fuzz.partial_ratio_alignment(quote, text[start:end], score_cutoff=NEAR):
        first, last = start + near.dest_start, start + near.dest_end
    else:
        return None
    while first > start and text[first - 1].isalnum() and text[first].isalnum():
        first -= 1
    while last < end and text[last - 1].isalnum() and text[last].isalnum():
        last += 1
    span = text[first:last]
    return first + len(span) - len(span.lstrip()), last - len(span) + len(span.rstrip())


def _attribution(item: _Claim, text: str) -> Attribution | None:
    """Return who said it, if the article has that name; a cue that it has not is left empty."""
    speaker, cue = " ".join(item.speaker.split()), item.cue.strip()
    if item.said == "no" or not speaker or not _stands_in(text, speaker):
        return None
    return Attribution(speaker=speaker, kind=item.said, cue=cue if _stands_in(text, cue) else "")


def _stands_in(text: str, words: str) -> bool:
    """Tell whether ``words`` stand in ``text`` as whole words, however these are spaced and capitalised."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    return re.search(rf"(?<!\w){spaced}(?!\w)", text, re.IGNORECASE) is not None


def _invented(text: str, known: str, today: date | None) -> bool:
    """Tell whether a claim's text has figures or names that its part of the article has not.

    Dates may have been worked out from "Tuesday" or "last month". Names are compared by their first four
    letters, so that "Libya" may stand for "Libyan".
    """
    years = {str(today.year + shift) for shift in (-1, 0, 1)} if today else set()
    words = re.findall(r"\w+", _DATED.sub(" ", text))
    telling = {
        word
        for position, word in enumerate(words)
        if any(letter.isdigit() for letter in word) or (position and word[0].isupper())
    }
    have = re.findall(r"\w+", known)
    figures, stems = {word for word in have if not word.isalpha()}, {word[:4].casefold() for word in have}
    return any(word[:4].casefold() not in stems if word.isalpha() else word not in figures | years for word in telling)


def _as_it_stands(article: Article, sentence: Sentence) -> Claim:
    quote = article.text[sentence.start : sentence.end]
    return Claim(
        id="",
        text=resolve_dates(" ".join(quote.split()), article.date),
        quote=quote,
        start=sentence.start,
        end=sentence.end,
        line=article.line_at(sentence.start),
        check_worthiness=0.5,
        flags=(*_flags(sentence), Flag.AMBIGUOUS),
    )


def _distinct(claims: Iterator[Claim]) -> Iterator[Claim]:
    """Leave out a claim that says, of the same words, what another already says."""
    seen = set()
    for claim in claims:
        key = claim.start, claim.end, claim.text.casefold()
        if key not in seen:
            seen.add(key)
            yield claim


def _flags(sentence: Sentence) -> tuple[Flag, ...]:
    return (Flag.HEADLINE,) if sentence.kind is BlockKind.HEADLINE else ()


def _not_checked(article: Article, sentence: Sentence, reason: str) -> NotChecked:
    quote = article.text[sentence.start : sentence.end]
    return NotChecked(quote=quote, start=sentence.start, end=sentence.end, reason=reason)


def _on_one_line(article: Article, sentence: Sentence) -> str:
    return " ".join(article.text[sentence.start : sentence.end].split())
