"""The article's blocks and sentences: where they stand and what they are, prose or something around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

import sentencex

from factcheck.extraction.dates import find_full_date


class BlockKind(StrEnum):
    """What a paragraph is for."""

    PROSE = "prose"
    HEADLINE = "headline"
    CAPTION = "caption"
    BYLINE = "byline"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True)
class Block:
    """A paragraph or line that stands by itself, without the white space and the Markdown marks around it."""

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


_MARKS = re.compile(r"[ \t\xa0]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d+[.)][ \t]+)*")
_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_INVITATION = re.compile(
    r"^(?:read (?:more|also|next)|see also|more (?:on|from)|related|advertisement|sponsored|continue reading|"
    r"click|tap|share|follow|support|subscribe|sign up|donate|join|download|listen|watch|get (?:the|our)|"
    r"help us|don['’]t miss|have your say|comment|print|email|copyright|©|all rights reserved|"
    r"this (?:article|story|report) (?:was|is|has been|originally)|"
    r"the views expressed|follow us|contact us|newsletter)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^(?:by\s+[A-Z]|(?:additional|further) reporting|reporting by|edited by|editing by|written by|"
    r"(?:photo|photograph|image|picture|video|graphic|illustration|source)s?\s*(?:by|:|credit|courtesy)|"
    r"(?:updated|published|posted|last modified)\b)",
    re.IGNORECASE,
)
_AGENCIES = re.compile(
    r"^\(?(?:[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*){0,3})(?:\s*[,/;]\s*[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*){0,3})*\)?$"
)
_NAME = re.compile(r"(?:[A-Z][\w.’'-]*\s+){1,3}[A-Z][\w.’'-]*$")
_CAPTION_MARK = re.compile(
    r"^(?:photo|picture|image|caption|pictured|figure|fig\.|file photo|in this)\b", re.IGNORECASE
)
#: A caption is a sentence without a finite verb, about one in the picture, at the top or with a photographer's name.
_CAPTION_VERB = re.compile(r"^(?:[A-Z][\w.’'-]*\s+){1,4}(?:\([^)]*\)\s*)?(?:[a-z]+ing)\b")
_HEADLINE_WORDS = 24
_INVITATION_WORDS = 30


def split_blocks(text: str, offset: int = 0) -> list[Block]:
    """Split ``text`` from ``offset`` into blocks at blank lines, and at lines that stand by themselves."""
    spans = [
        span
        for match in re.finditer(r"\S(?:[^\n]|\n(?!\s*\n))*", text[offset:])
        for span in _lines(text, match, offset)
    ]
    blocks: list[Block] = []
    for start, end in spans:
        headline_seen = any(block.kind is BlockKind.HEADLINE for block in blocks)
        prose_seen = any(block.kind is BlockKind.PROSE for block in blocks)
        blocks.append(Block(start, end, _kind(text[start:end], text, start, headline_seen, prose_seen)))
    return blocks


def split_sentences(text: str, offset: int = 0) -> list[Sentence]:
    """Split ``text`` from ``offset`` into sentences; ``text[start:end]`` is the sentence."""
    sentences = []
    for number, block in enumerate(split_blocks(text, offset)):
        body = text[block.start : block.end]
        for boundary in sentencex.get_sentence_boundaries("en", body):
            part = body[boundary["start_index"] : boundary["end_index"]]
            if part.strip():
                start = block.start + boundary["start_index"] + len(part) - len(part.lstrip())
                sentences.append(Sentence(start, start + len(part.strip()), block.kind, number))
    return sentences


def _lines(text: str, match: re.Match[str], offset: int) -> list[tuple[int, int]]:
    """Split a paragraph into its lines, unless they are one text that was wrapped."""
    start, end = match.start() + offset, match.end() + offset
    lines = [(found.start() + start, found.end() + start) for found in re.finditer(r"[^\n]+", text[start:end])]
    wrapped = len(lines) > 1 and all(len(text[s:e]) > 50 and not _END.search(text[s:e].rstrip()) for s, e in lines[:-1])
    spans = [(start, end)] if wrapped else lines
    return [span for s, e in spans if (span := _trim(text, s, e))]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    marks = _MARKS.match(text, start, end)
    start = marks.end() if marks else start
    body = text[start:end]
    start += len(body) - len(body.lstrip())
    body = body.strip()
    return (start, start + len(body)) if re.search(r"\w", body) else None


def _kind(line: str, text: str, start: int, headline_seen: bool, prose_seen: bool) -> BlockKind:
    words = line.split()
    heading = bool(re.search(r"(?:^|\n)[ \t]*#{1,6}[ \t]+$", text[:start]))
    if len(words) <= _INVITATION_WORDS and _INVITATION.match(line):
        return BlockKind.BOILERPLATE
    if len(words) <= 14 and _CREDIT.match(line):
        return BlockKind.BYLINE
    if len(words) <= 12 and find_full_date(line) and not _END.search(line):
        return BlockKind.BYLINE
    if prose_seen and len(words) <= 10 and _AGENCIES.match(line):
        return BlockKind.BYLINE
    if _is_caption(line, prose_seen):
        return BlockKind.CAPTION
    if not _END.search(line) and len(words) <= _HEADLINE_WORDS and (heading or not prose_seen):
        return BlockKind.HEADLINE if heading or not headline_seen else BlockKind.BYLINE
    return BlockKind.PROSE


def _is_caption(line: str, prose_seen: bool) -> bool:
    if _CAPTION_MARK.match(line):
        return True
    head, _, credit = line.rpartition(". ")
    if head and _NAME.fullmatch(credit.strip(" /")) and len(line.split()) <= 60 and not prose_seen:
        return True
    return not prose_seen and bool(_CAPTION_VERB.match(line)) and len(line.split()) <= 40
