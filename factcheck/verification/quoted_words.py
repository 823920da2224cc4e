"""Whose words a quotation is, found by code: a passage that has it word for word in the mouth of somebody by name.

A model that reads one sentence at a time is rarely sure of a speaker; several words in a row between quotation marks
are hardly ever two people's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from factcheck.comparison.names import Name, find_names, relate_names
from factcheck.comparison.roles import qualifies
from factcheck.extraction.quotes import quoted_spans
from factcheck.persons import is_person
from factcheck.records import Claim, Evidence, Passage, Stance
from factcheck.segmentation import all_sentences
from factcheck.verification.citation import names_speaker
from factcheck.verification.saying import SAYING

#: Words in a row that have to be the same, for the speaker and against: others may use a short phrase, too.
SAME, SAME_AGAINST = 4, 6
#: How sure it is that they said it, and that somebody else did: assumed, since few such quotations are labelled.
BORNE_OUT, OTHERWISE = 0.95, 0.85
#: Characters between a name and the word of saying behind it, at most.
NEAR = 40
#: Words of saying that their speaker may stand behind: "said Ruiz", but not "told Ruiz".
_BEHIND = re.compile(r"sa(?:id|ys)|according to|added|quoted|insisted|explained|announced|wrote", re.IGNORECASE)

_WORD = re.compile(r"\w+")
#: What stands between a name and its verb: "Ruiz, the ministry's spokesman, denied".
_APPOSITION = re.compile(r",\s+[a-z][^,;:]*,\s*$")
#: "Ruiz was angry. “…,” she said."
_PRONOUN_BEFORE, _PRONOUN_BEHIND = re.compile(r"\b(?:he|she)\s+$"), re.compile(r"\s+(?:he|she)\b")
_LEFT_OUT = re.compile(r"…|\.\.\.|\[[^\]]*\]")

Span = tuple[int, int]


class _Place(NamedTuple):
    """A passage, the span of its sentences that hold the words, and what of those stands outside quotation marks."""

    passage: Passage
    span: Span
    outside: str


def find_quoted(claim: Claim, passages: Sequence[Passage]) -> Evidence | None:
    """Return the sentence that has the claim's quoted words and tells who said them; None where no passage does.

    It supports that the claim's speaker said them, or contradicts it where a passage gives them to another and none
    to the speaker.
    """
    runs = _quoted_words(claim)
    if claim.attribution is None or not runs:
        return None
    against: Evidence | None = None
    for passage in passages:
        place = _place(runs, passage)
        if place is None:
            continue
        names, sayers = _names(place.outside)
        speaker = claim.speaker
        if _is_among(speaker, sayers) or (len(names) == 1 and _is_among(speaker, names)):
            return _evidence(place, Stance.SUPPORTS, BORNE_OUT)
        around = f"{passage.source.title} {passage.text[slice(*place.span)]}"
        named = names_speaker(around, speaker) or _is_among(speaker, names)
        if sayers and not named and max(map(len, runs)) >= SAME_AGAINST:
            against = against or _evidence(place, Stance.CONTRADICTS, OTHERWISE)
    return against


def says_another(text: str, claim: Claim) -> bool:
    """Tell whether a text gives what it reports to somebody by name who is not the claim's speaker, who has a name.

    Of several sentences that tells which has the words that the claim quotes, or else the last.
    """
    has_name = any(word[:1].isupper() for word in claim.speaker.split()[-1:])
    return has_name and bool(_other_sayers(text, claim))


def says_another_person(text: str, claim: Claim) -> bool:
    """Tell the same of two persons: what one says for a firm or a ministry, the other may have said, too."""
    names = find_names(claim.speaker)
    is_one = len(names) == 1 and len(names[0].parts) > 1 and names[0].span[1] == len(claim.speaker)
    return is_one and is_person(names[0]) and any(map(is_person, _other_sayers(text, claim)))


def _other_sayers(text: str, claim: Claim) -> list[Name]:
    """Return who says what a text reports, unless it is the claim's speaker.

    Where no sentence has quoted words, the last tells: "Ruiz had called it late. Novak told reporters that it was …".
    """
    runs = _quoted_words(claim)
    sentences = list(all_sentences(text))
    if not sentences:  # the rule of a table
        return []
    words = [_words(text[slice(*span)]) for span in sentences]
    quoting = [
        span
        for span, its in zip(sentences, words, strict=True)
        if runs and all(_find(run, its) is not None for run in runs)
    ]
    telling = [*sentences, *quoting][-1]
    outside = _without(text, telling, quoted_spans(text, 0, len(text)))
    names, sayers = _names(outside)
    is_named = names_speaker(text[slice(*telling)], claim.speaker) or _is_among(claim.speaker, names)
    return [] if is_named else [name for name in sayers if not qualifies(outside, name)]


def _quoted_words(claim: Claim) -> list[tuple[str, ...]]:
    """Return the runs of words, of some length, that the claim has between quotation marks."""
    direct = claim.attribution is not None and claim.attribution.kind == "direct"
    text = f"“{claim.quote}”" if direct and not claim.quote.startswith(("“", '"')) else claim.quote
    if direct and '"' in claim.quote:  # a split quote, in the marks of the article
        text = f'"{claim.quote}"'
    elif text.count('"') % 2 or text.count("“") > text.count("”"):  # the claim ends where the quotation does
        text += '"' if '"' in text else "”"
    parts = [part for start, end in quoted_spans(text, 0, len(text)) for part in _LEFT_OUT.split(text[start:end])]
    runs = [tuple(_words(part)) for part in parts]
    return [run for run in runs if len(run) >= SAME]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _place(runs: Sequence[Sequence[str]], passage: Passage) -> _Place | None:
    """Return where a passage has all the runs of words, between quotation marks, or None."""
    words = list(_WORD.finditer(passage.text))
    plain = [word[0].casefold() for word in words]
    found = [_find(run, plain) for run in runs]
    if any(first is None for first in found):
        return None
    firsts = [first for first in found if first is not None]
    start = min(words[first].start() for first in firsts)
    end = max(words[first + len(run) - 1].end() for first, run in zip(firsts, runs, strict=True))
    quotes = quoted_spans(passage.text, 0, len(passage.text))
    if not any(opened <= start and end <= closed for opened, closed in quotes):
        return None
    sentences = [span for span in all_sentences(passage.text) if span[0] < end and start < span[1]]
    held = sentences[0][0], sentences[-1][1]
    outside = _without(passage.text, held, quotes)
    if not find_names(outside):
        before = [span for span in all_sentences(passage.text) if span[1] <= held[0]]
        if before:
            held = before[-1][0], held[1]
            outside = _without(passage.text, held, quotes)
    return _Place(passage, held, outside)


def _find(run: Sequence[str], words: Sequence[str]) -> int | None:
    places = range(len(words) - len(run) + 1)
    return next((n for n in places if words[n] == run[0] and tuple(words[n : n + len(run)]) == tuple(run)), None)


def _without(text: str, span: Span, quotes: Sequence[Span]) -> str:
    start, end = span
    kept = text[start:end]
    for opened, closed in quotes:
        first, last = max(opened, start) - start, min(closed, end) - start
        if first < last:
            kept = f"{kept[:first]}{' ' * (last - first)}{kept[last:]}"
    return kept


def _names(outside: str) -> tuple[list[Name], list[Name]]:
    """Return the names that stand outside the quotation, and those of them that go with a word of saying."""
    names = [name for name in find_names(outside) if name.certain]
    sayers = []
    for cue in SAYING.finditer(outside):
        apposition = _APPOSITION.search(outside, 0, cue.start())
        end = apposition.start() if apposition else cue.start()
        before = [name for name in names if 0 <= end - name.span[1] <= NEAR]
        behind = [name for name in names if _BEHIND.fullmatch(cue[0]) and name.span[0] - cue.end() == 1]
        pronoun = _PRONOUN_BEFORE.search(outside, 0, cue.start()) or _PRONOUN_BEHIND.match(outside, cue.end())
        opens = bool(names) and outside[: names[0].span[0]].casefold().split() == names[0].title.split()
        opening = names[:1] if pronoun and opens else []
        sayers += behind or before[-1:] or opening
    return names, sayers


def _is_among(speaker: str, names: Sequence[Name]) -> bool:
    ours = find_names(speaker)
    return any(relate_names(one, name).agrees for one in ours for name in names)


def _evidence(place: _Place, stance: Stance, confidence: float) -> Evidence:
    passage, (start, end) = place.passage, place.span
    return Evidence(
        document=passage.source,
        stance=stance,
        confidence=confidence,
        quote=passage.text[start:end],
        start=passage.start + start,
        end=passage.start + end,
        page=passage.page_at(passage.start + start),
        bears_on="attribution",
    )
