"""The article's blocks and sentences: where they stand and what they are, prose or something around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from factcheck.extraction.quotes import quoted_spans
from factcheck.full_dates import find_full_date
from factcheck.segmentation import ROW, Span, paragraphs, sentences


class BlockKind(StrEnum):
    """What a block of the article is for."""

    PROSE = "prose"
    HEADLINE = "headline"
    CAPTION = "caption"
    BYLINE = "byline"
    BOILERPLATE = "boilerplate"
    ROW = "row of a table"


@dataclass(frozen=True)
class Block:
    """A paragraph, or a line that stands by itself, without the white space and the Markdown marks around it."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True)
class Sentence:
    """A sentence, without the white space around it; ``block`` counts the blocks of the article."""

    start: int
    end: int
    kind: BlockKind
    block: int


_MARKS = re.compile(r"(?P<heading>#{1,6}[ \t]+)|(?:>[ \t]?|[-*+][ \t]+|\d{1,3}[.)][ \t]+)+")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]*_]*$")
_INVITATION = re.compile(
    r"(?:read (?:more|also|next|the full)|see also|more (?:on|from|about)|related|advertisement|sponsored|"
    r"continue reading|click|tap|swipe|share|follow|support|subscribe|sign up|log in|donate|join|download|listen|"
    r"watch|get (?:the|our)|help us|don['’]t miss|have your say|do you have|comment|print|e-?mail|contact|copyright|©|"
    r"all rights reserved|this (?:article|story|report) (?:was|is|has been|originally)|the views expressed)\b",
    re.IGNORECASE,
)
#: What an invitation asks of the reader, or for whom: without it "Support for …" may open a sentence of the article.
_TO_THE_READER = re.compile(
    r"\b(?:you|your|us|our|newsletter|subscri\w+|app|inbox|rights reserved|here|below|newsroom)\b|[!©]$", re.IGNORECASE
)
_CREDIT = re.compile(
    r"(?:(?:by|By|BY)\s+[A-Z]|(?i:(?:additional |further )?(?:reporting|writing|editing|research) by\b|edited by\b|"
    r"written by\b|(?:photo|photograph|image|picture|video|graphic|illustration|source)(?:s|graphy)?\s*"
    r"(?:by\b|:|credit|courtesy)|(?:first |last )?(?:updated|published|posted|modified)\b))"
)
_HELPED = re.compile(
    r"\bcontributed (?:reporting|to (?:this|the) (?:report|article|story|piece))\b|"
    r"^(?:the )?reporting (?:for this \w+ |on this \w+ )?was (?:supported|funded) by\b",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"(?:^(?:photo|picture|image|caption|pictured|file photo)\b|"
    r"\b(?:photo|photograph|picture|image|credit)s?\s*(?:by\b|:|/))|"
    r"\b(?:AFP|Getty|Reuters|AP|EPA|Shutterstock|TASS)\b[^.]*$",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3}"
_AGENCIES = re.compile(rf"\(?{_NAME}(?:\s*[,/;]\s*{_NAME})*\)?$")
_SIGNED = re.compile(r"[.!?][”\"’]?\s+(?:[A-Z][\w.’'-]*\s+){1,3}[A-Z][\w’'-]*(?:\s*/\s*\w[\w ]*)?$")
_DATELINE = re.compile(r"[A-Z][A-Z.'’ -]{2,30}(?:,[^—–\n]{1,40}?)?(?:\s\([A-Z]\w+\))?\s+(?:[—–]|--?)\s+(?=\S)")
#: Characters in a line of a text that was wrapped; a paragraph in one line is usually longer.
_WRAPPED = (40, 110)
_LINE_WORDS = 14
_HEADLINE_WORDS = 24
_CAPTION_WORDS = 60


def split_blocks(text: str, offset: int = 0) -> list[Block]:
    """Split ``text`` from ``offset`` into blocks, at blank lines and around lines that stand by themselves."""
    blocks: list[Block] = []
    in_prose = False
    for paragraph in paragraphs(text, offset):
        for start, end in _lines(text, *paragraph):
            marks = _MARKS.match(text, start, end)
            start = marks.end() if marks else start
            line = text[start:end].strip()
            start += len(text[start:end]) - len(text[start:end].lstrip())
            if not re.search(r"\w", line):
                continue
            kind = _kind(line, heading=bool(marks and marks["heading"]), in_prose=in_prose)
            in_prose = in_prose or kind is BlockKind.PROSE
            blocks.append(Block(start, start + len(line), kind))
    return blocks


def split_sentences(text: str, offset: int = 0) -> list[Sentence]:
    """Split ``text`` from ``offset`` into sentences; ``text[start:end]`` is the sentence."""
    return [
        Sentence(start, end, block.kind, number)
        for number, block in enumerate(split_blocks(text, offset))
        for start, end in _sentences(text, block)
    ]


def _sentences(text: str, block: Block) -> Iterator[Span]:
    """Yield the sentences of a block without its dateline; one that quotes several is cut inside the quotation, too."""
    quotes = quoted_spans(text, block.start, block.end)
    dateline = _DATELINE.match(text, block.start, block.end) if block.kind is BlockKind.PROSE else None
    for start, end in sentences(text, dateline.end() if dateline else block.start, block.end):
        cuts = [start]
        before = bisect_left(quotes, (start, 0))
        for low, high in quotes[max(0, before - 1) : bisect_left(quotes, (end, 0))]:
            if start < high <= end:
                first = max(start, low + 1)  # the segmenter may have cut only the beginning of a quotation
                cuts += [inner for inner, _ in sentences(text, first, high - 1) if inner > first]
        for first, last in pairwise([*cuts, end]):
            yield _trimmed(text, first, last)


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), max(start, end - len(part) + len(part.rstrip()))


def _lines(text: str, start: int, end: int) -> list[Span]:
    """Split a paragraph into its lines, unless they are one text that was wrapped to a width."""
    lines = [(start + match.start(), start + match.end()) for match in re.finditer(r"[^\n]*\S[^\n]*", text[start:end])]
    widths = [high - low for low, high in lines]
    wrapped = max(widths) <= _WRAPPED[1] and all(width >= _WRAPPED[0] for width in widths[:-1])
    runs_on = any(not _SENTENCE_END.search(text[low:high].rstrip()) for low, high in lines[:-1])
    return [(start, end)] if wrapped and runs_on else lines


def _kind(line: str, *, heading: bool, in_prose: bool) -> BlockKind:
    words = len(line.split())
    ended = bool(_SENTENCE_END.search(line))
    if ROW.fullmatch(line):
        return BlockKind.ROW
    if _INVITATION.match(line) and words <= 2 * _LINE_WORDS and (not ended or _TO_THE_READER.search(line)):
        return BlockKind.BOILERPLATE
    if words <= 2 * _LINE_WORDS and _HELPED.search(line):
        return BlockKind.BYLINE
    if words <= _LINE_WORDS and (
        (_CREDIT.match(line) and not (ended and line[:3].lower() == "by ")) or (find_full_date(line) and not ended)
    ):
        return BlockKind.BYLINE
    if words <= _CAPTION_WORDS and (_PICTURE.search(line) if not ended else not in_prose and _PICTURE.match(line)):
        return BlockKind.BYLINE if in_prose and _AGENCIES.match(line) else BlockKind.CAPTION
    if not in_prose and words <= _CAPTION_WORDS and _SIGNED.search(line):
        return BlockKind.CAPTION
    if in_prose and words <= _LINE_WORDS and _AGENCIES.match(line):
        return BlockKind.BYLINE
    if heading or (not ended and not in_prose and words <= _HEADLINE_WORDS):
        return BlockKind.HEADLINE
    return BlockKind.PROSE
