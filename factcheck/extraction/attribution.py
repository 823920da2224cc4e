"""Who says what: the tagger's sources, cues and contents, put together into quotations."""

from __future__ import annotations

import re
from calendar import day_name
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from factcheck.extraction.estimates import estimate
from factcheck.extraction.quotes import Span, quoted_spans
from factcheck.extraction.tags import FINITE, NOUNS, SUBJECTS, VERBS
from factcheck.extraction.tree import Tree
from factcheck.extraction.verb_repairs import TELLING
from factcheck.models.tagger import Word

#: A quotation that is a sentence of its own is speech, whatever the tagger says of it.
_FULL_QUOTE_WORDS = 4
#: Words and marks that a cue has between two parts of a quotation.
_CUE_WORDS = 7
#: Characters over which a cue may be interrupted.
_NEAR = 15
_SAYING = re.compile(
    r"(?:s(?:ay|ays|aid)|t(?:ell|ells|old)|(?:add|admit(?:t)?|alleg|announc|argu|assert|assur|claim|complain|conced|"
    r"conclud|confirm|declar|deni|explain|insist|inform|maintain|not|promis|recall|repli|report|stat|stress|suggest|"
    r"testifi|warn)(?:e?d|e?s|ing)|wr(?:ite|ites|ote)|th(?:ink|inks|ought))"
)

_SHOWING = re.compile(r"(?:show|indicate|suggest|reveal)(?:s|ed)?|found")


@dataclass(frozen=True)
class Part:
    """A run of words with one role; ``sentence`` counts the sentence it begins in."""

    role: str
    start: int
    end: int
    sentence: int


@dataclass(frozen=True)
class Quotation:
    """What somebody is reported to have said: ``content`` in one or more parts, with its cue and source if known.

    ``direct`` says that all of the content stands between quotation marks; ``block`` counts the paragraph.
    """

    content: tuple[Part, ...]
    cue: Part | None
    source: Part | None
    direct: bool
    block: int


def within(word: Word, parts: Iterable[Part | None]) -> bool:
    """Tell whether a word begins in one of the parts."""
    return any(part is not None and part.start <= word.start < part.end for part in parts)


def find_quotations(
    text: str, sentences: Sequence[Sequence[Word]], blocks: Sequence[int], paragraphs: Sequence[Span]
) -> list[Quotation]:
    """Link the roles of the words of ``sentences``; ``blocks`` numbers the paragraph each sentence stands in.

    A cue takes the nearest source with no content between, or that of the cue before it ("said … and added"). A
    content takes the nearest cue of its sentence; one without goes on with the paragraph's last quotation, or,
    where it is a direct quote, with the last one of the paragraph before.
    """
    quotations: list[Quotation] = []
    last: Quotation | None = None
    numbered = list(enumerate(sentences))
    for block, group in groupby(numbered, key=lambda item: blocks[item[0]]):
        quotes = quoted_spans(text, *paragraphs[block])
        parts = _parts(text, list(group), quotes)
        found = _link(text, parts, quotes, block, last)
        quotations += found
        last = found[-1] if found else _announced(parts, block, text[slice(*paragraphs[block])])
    return quotations


def find_shown(tree: Tree, sentence: int, block: int) -> Quotation | None:
    """Find what a sentence reports by its grammar alone: "Vacancies fell by 18,000, official figures show"."""
    root = next((number for number, word in enumerate(tree.words) if word.head == number), None)
    if root is None or not any(verbs.fullmatch(tree.words[root].text) for verbs in (_SHOWING, _SAYING)):
        return None
    subject, told = tree.subject(root), tree.child(root, {"ccomp"})
    if subject is None or told is None or tree.subject(told) is None or tree.words[subject].tag not in NOUNS:
        return None
    return Quotation(
        content=(make_part(tree, "content", tree.below(told), sentence),),
        cue=make_part(tree, "cue", [root], sentence),
        source=make_part(tree, "source", tree.below(subject), sentence),
        direct=False,
        block=block,
    )


def find_estimate(tree: Tree, sentence: int, block: int) -> Quotation | None:
    """Find who gives a figure: "Tadic put the cost at 26,000 euros", "was put at 50 feet by the Weather Service"."""
    for verb, word in enumerate(tree.words):
        by = tree.child(verb, {"agent"})
        about = tree.child(verb, {"dobj"} if by is None else {"nsubjpass"})
        subject = tree.subject(verb) if by is None else tree.child(by, {"pobj"})
        if subject is None or about is None or word.tag not in VERBS:
            continue
        first = tree.below(about)[0]
        end = len(tree.words) if by is None or by < about else by
        told = [n for n in range(first, end) if n in tree.below(verb) and tree.words[n].tag != "."]
        if estimate(tree, told) is not None:
            return Quotation(
                content=(make_part(tree, "content", told, sentence),),
                cue=make_part(tree, "cue", [verb], sentence),
                source=make_part(tree, "source", tree.below(subject), sentence),
                direct=False,
                block=block,
            )
    return None


def find_inner(
    tree: Tree, sentence: int, region: Sequence[int], outer: Quotation
) -> tuple[Quotation, list[int]] | None:
    """Find what somebody else is said to have said: "… the officer had told him that the figure was nearer £400".

    The tagger knows one level only; the second is read from the grammar of the words of ``region``, as a verb of
    saying with a subject and a clause that depends on it.

    Returns:
        The inner quotation and its words, or None.
    """
    for verb in region:
        subject = tree.subject(verb)
        if not _SAYING.fullmatch(tree.words[verb].text) or subject not in region or subject is None:
            continue
        if tree.words[subject].text.lower() in {"nobody", "none", "we"} or tree.child(verb, {"neg"}) is not None:
            continue
        which = tree.words[verb].dependency == "relcl" and tree.words[tree.below(verb)[0] - 1].text != ","
        if which:  # "a warning to those who think that they can cheat"
            continue
        words = _told_by(tree, verb, region)
        if words:
            source = tree.below(subject)
            return (
                replace(
                    outer,
                    content=(make_part(tree, "content", words, sentence),),
                    cue=make_part(tree, "cue", [verb], sentence),
                    source=make_part(tree, "source", source, sentence),
                    direct=False,
                ),
                words,
            )
    return None


def _told_by(tree: Tree, verb: int, region: Sequence[int]) -> list[int]:
    """Return the words of ``region`` that a verb of saying brings in: its clause, or what stands behind "that"."""
    told = next((c for c in tree.children[verb] if c > verb and tree.words[c].dependency == "ccomp"), None)
    if told is None and TELLING.fullmatch(tree.words[verb].text):
        # "had told ambassadors on Wednesday that …": the parser hung the clause on another word.
        behind = [word for word in region if word > verb]
        that = next((n for n in behind if tree.words[n].text == "that" and tree.words[n].dependency == "mark"), None)
        told = tree.words[that].head if that is not None else None
        if that is None or any(tree.words[n].tag in {*FINITE, "CC"} for n in behind if n < that):
            return []
    if told not in region or told is None:
        return []
    first = next(word for word in tree.below(told) if word > verb)
    words = [word for word in region if word >= first]
    return words if any(tree.words[word].dependency in SUBJECTS for word in words) else []


def make_part(tree: Tree, role: str, words: Sequence[int], sentence: int) -> Part:
    """Make a part of the first to the last of ``words``."""
    return Part(role, tree.words[words[0]].start, tree.words[words[-1]].end, sentence)


def _parts(text: str, sentences: list[tuple[int, Sequence[Word]]], quotes: list[Span]) -> list[Part]:
    """Join the words of a paragraph into parts, with content grown or cut to whole quotations."""
    words = [(number, word) for number, sentence in sentences for word in sentence]
    roles = [word.role for _, word in words]
    for start, end in quotes:
        inside = [place for place, (_, word) in enumerate(words) if start <= word.start < end]
        if not inside:
            continue
        told = sum(roles[place].endswith("content") for place in inside)
        alone = any(abs(sentence[0].start - start) <= 1 for _, sentence in sentences if sentence)
        says = text[end - 2] in ".,!?…" or any(words[place][1].tag in VERBS for place in inside)  # a title does not
        if 2 * told >= len(inside) or (alone and says and len(inside) >= _FULL_QUOTE_WORDS):
            before = inside[0] > 0 and roles[inside[0] - 1].endswith("content")
            for place in inside:
                roles[place] = "I-content"
            if not before or alone:
                roles[inside[0]] = "B-content"
    for (_, end), (start, _) in pairwise(quotes):
        between = [place for place, (_, word) in enumerate(words) if end <= word.start < start]
        verb = next((place for place in between if _SAYING.fullmatch(words[place][1].text)), None)
        if verb is None or len(between) > _CUE_WORDS or not all(roles[n].endswith("content") for n in between):
            continue
        for place in between:  # "“We lost,” he said, “in May.”", taken for one piece
            noun = words[place][1].tag in {*NOUNS, "PRP"}
            roles[place] = "B-cue" if place == verb else "B-source" if noun else "O"
    parts: list[Part] = []
    previous = "O"
    for (number, word), label in zip(words, roles, strict=True):
        role = label[2:]
        if label == "I-cue" and previous != role and parts and _goes_on(parts[-1], word, number):
            parts[-1] = replace(parts[-1], end=word.end)
        elif label != "O" and (label.startswith("B") or previous != role):
            parts.append(Part(role, word.start, word.end, number))
        elif label != "O":
            parts[-1] = replace(parts[-1], end=word.end)
        previous = role
    return [part for part in parts if part.role != "content" or not _says_nothing(text[part.start : part.end])]


def _says_nothing(words: str) -> bool:
    """Tell a mark by itself, and the day on which it was said ("…, she told us that Sunday"), from what was said."""
    return len(words) <= 1 or (len(words.split()) <= 2 and words.split()[-1] in day_name)


def _goes_on(part: Part, word: Word, sentence: int) -> bool:
    """Tell whether a cue goes on a few words later: "saying through an interpreter"."""
    return part.role == "cue" and part.sentence == sentence and word.start - part.end <= _NEAR


def _link(text: str, parts: list[Part], quotes: list[Span], block: int, last: Quotation | None) -> list[Quotation]:
    sources = _sources_of_cues(parts)
    cues = [part for part in parts if part.role == "cue"]
    found: list[Quotation] = []
    for content in (part for part in parts if part.role == "content"):
        ended = text[content.start : content.end].rstrip("\"”’' ").endswith(".")
        cue = _cue_of(content, cues, parts, ended=ended)
        direct = _is_quoted(content, quotes)
        source = sources.get(cue) if cue else _signature(content, parts)
        earlier = found[-1] if found else None
        if earlier and ((cue and cue == earlier.cue) or (direct and not cue and not source and earlier.direct)):
            found[-1] = replace(earlier, content=(*earlier.content, content), direct=earlier.direct and direct)
            continue
        goes_on = (
            last is not None and not found and direct and last.block == block - 1 and (last.direct or not last.content)
        )
        if source is None and last is not None and goes_on:
            source, cue = last.source, cue or last.cue
        elif source is None and earlier is not None and (cue is None or direct):
            source, cue = earlier.source, cue or earlier.cue
        found.append(Quotation((content,), cue, source, direct, block))
    return _adopt_following(found)


def _announced(parts: list[Part], block: int, paragraph: str) -> Quotation | None:
    """Return the cue and source, still without content, of a paragraph such as "He said:"."""
    cues = [part for part in parts if part.role == "cue"]
    if not cues or not paragraph.endswith(":"):
        return None
    return Quotation((), cues[-1], _sources_of_cues(parts).get(cues[-1]), direct=False, block=block)


def _signature(content: Part, parts: list[Part]) -> Part | None:
    """Return a source without a cue that stands right behind the content, as below a letter."""
    place = parts.index(content) + 1
    follows = place < len(parts) and parts[place].role == "source" and _gap(content, parts[place]) <= 4
    speaks = any(part.role == "cue" and part.sentence == parts[place].sentence for part in parts[place + 1 : place + 2])
    return parts[place] if follows and not speaks else None


def _sources_of_cues(parts: list[Part]) -> dict[Part, Part]:
    """Give each cue the nearest source of its sentence with nothing but sources between, else the last cue's."""
    result: dict[Part, Part] = {}
    last: Part | None = None
    for place, part in enumerate(parts):
        if part.role != "cue":
            continue
        before = parts[place - 1] if place and parts[place - 1].role == "source" else None
        after = parts[place + 1] if place + 1 < len(parts) and parts[place + 1].role == "source" else None
        near = [source for source in (before, after) if source and source.sentence == part.sentence]
        free = [source for source in near if source not in result.values()] or near
        anywhere = [source for source in parts if source.role == "source" and source.sentence == part.sentence]
        if free:
            last = min(free, key=lambda source: _gap(source, part))
        elif anywhere:
            last = min(anywhere, key=lambda source: _gap(source, part))
        elif last is None or last.sentence != part.sentence:
            continue
        result[part] = last
    return result


def _cue_of(content: Part, cues: list[Part], parts: list[Part], *, ended: bool) -> Part | None:
    """Return the cue of the same sentence with the fewest parts between; of two, the one that stands before.

    Behind a content ``ended`` by a full stop a new sentence begins: "“I wrote twice.” The firm declined to comment."
    """
    place = parts.index(content)
    near = [cue for cue in cues if cue.sentence == content.sentence or content.start <= cue.start <= content.end + 2]
    near += [cue for cue in cues if not ended and cue not in near and _follows_at_once(content, cue, parts)]
    return min(near, key=lambda cue: (abs(parts.index(cue) - place), cue.start > content.start), default=None)


def _follows_at_once(content: Part, cue: Part, parts: list[Part]) -> bool:
    """Tell whether "she said" follows a content directly, taken for a sentence of its own behind "?" or "!"."""
    between = parts[parts.index(content) + 1 : parts.index(cue)]
    told = sum(part.end - part.start for part in between)
    return 0 <= cue.start - content.end - told <= 3 and all(part.role == "source" for part in between)


def _adopt_following(found: list[Quotation]) -> list[Quotation]:
    """Give a direct quote that opens its paragraph without a source the source that follows there."""
    result = list(found)
    for place in reversed(range(len(result) - 1)):
        if result[place].source is None and result[place].direct and result[place + 1].source:
            result[place] = replace(result[place], source=result[place + 1].source, cue=result[place + 1].cue)
    return result


def _is_quoted(part: Part, quotes: list[Span]) -> bool:
    return any(start <= part.start <= start + 1 and end - 2 <= part.end <= end + 1 for start, end in quotes)


def _gap(one: Part, other: Part) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
