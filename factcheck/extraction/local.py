"""The local extractor: an article's claims by the tagger and a few rules, without a chat model."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from factcheck.extraction import reasons
from factcheck.extraction.article import body_start
from factcheck.extraction.attribution import (
    Part,
    Quotation,
    find_closed,
    find_inner,
    find_quotations,
    find_shown,
    make_part,
)
from factcheck.extraction.checkworthiness import CheckWorthiness
from factcheck.extraction.clauses import HEARERS, Clause, is_clausal, is_sound, span_of, split_clauses
from factcheck.extraction.dates import resolve_dates
from factcheck.extraction.references import References, is_personal
from factcheck.extraction.sentences import BlockKind, Sentence, split_blocks, split_sentences
from factcheck.extraction.speakers import name_speaker
from factcheck.extraction.tree import NOUNS, Tree, has_finite_verb, is_title, trimmed, without_were
from factcheck.extraction.wording import Voice, word_clause
from factcheck.models.encoder import Encoder
from factcheck.models.tagger import Tagger, Word
from factcheck.records import Article, Attribution, Claim, Extraction, Flag, NotChecked

_LINKING = {"cc", "mark", "advmod", "preconj"}
_DENIAL = re.compile(r"(?:ha[sd]\s+)?den(?:y|ies|ied|ying)")


@dataclass(frozen=True)
class Statement:
    """A span of the article that says something, in words that stand alone; with a ``reason`` it is no claim.

    ``text`` is empty where the clause could not be put into a whole sentence; ``firm`` tells that by its
    form it is hardly an opinion.
    """

    start: int
    end: int
    text: str
    attribution: Attribution | None = None
    flags: tuple[Flag, ...] = ()
    reason: str | None = None
    firm: bool = False


class LocalExtractor:
    """Holds the models that read an article."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        """Load the models; an ``encoder`` that is loaded already can be shared.

        Raises:
            ModelError: a model is missing or was altered.
        """
        self._tagger = Tagger()
        self._worth = CheckWorthiness(encoder or Encoder())
        self.name = f"{self._tagger.name} {self._worth.name}"

    def extract(self, article: Article) -> Extraction:
        """Find the claims of ``article``, and list what else it says with the reason why that is not checked."""
        statements = list(_Reading(article, self._tagger).statements())
        scores = self._worth.score([statement.text for statement in statements])
        newlines = [place for place, character in enumerate(article.text) if character == "\n"]
        claims: list[Claim] = []
        skipped: list[NotChecked] = []
        for statement, (check_worthy, subjective) in zip(statements, scores.tolist(), strict=True):
            quote = article.text[statement.start : statement.end]
            reason = statement.reason or reasons.by_score(statement.text, check_worthy, subjective, firm=statement.firm)
            if reason:
                skipped.append(NotChecked(quote=quote, start=statement.start, end=statement.end, reason=reason))
                continue
            claims.append(
                Claim(
                    id=f"c{len(claims) + 1}",
                    text=statement.text,
                    quote=quote,
                    start=statement.start,
                    end=statement.end,
                    line=bisect_left(newlines, statement.start) + 1,
                    check_worthiness=round(check_worthy, 3),
                    attribution=statement.attribution,
                    flags=statement.flags,
                )
            )
        return Extraction(claims=tuple(claims), not_checked=tuple(skipped))


class _Reading:
    """One article on its way from sentences to statements."""

    def __init__(self, article: Article, tagger: Tagger) -> None:
        text, offset = article.text, body_start(article.text)
        self._article = article
        self._sentences = split_sentences(text, offset)
        blocks = [sentence.block for sentence in self._sentences]
        words = tagger.tag(text, [(sentence.start, sentence.end) for sentence in self._sentences])
        headline = [sentence.kind is BlockKind.HEADLINE for sentence in self._sentences]
        self._trees = [
            Tree(without_were(sentence) if title else sentence) for sentence, title in zip(words, headline, strict=True)
        ]
        paragraphs = [(block.start, block.end) for block in split_blocks(text, offset)]
        self._references = References(self._trees, blocks, headline)
        self._told: defaultdict[int, list[Quotation]] = defaultdict(list)
        for quotation in find_quotations(text, words, blocks, paragraphs):
            if not (quotation.direct or quotation.cue or quotation.source):
                continue
            for number in range(quotation.content[0].sentence, quotation.content[-1].sentence + 1):
                self._told[number].append(quotation)
            for part in quotation.content:
                later = part.sentence + 1
                while later < len(self._sentences) and self._sentences[later].start < part.end:
                    if quotation not in self._told[later]:
                        self._told[later].append(quotation)
                    later += 1
        for number, tree in enumerate(self._trees):
            shown = find_shown(tree, number, blocks[number]) or find_closed(tree, number, blocks[number])
            if shown and not self._told[number]:
                self._told[number].append(shown)
        self._named: date | None = None
        #: Sentence → who spoke in it without being named, such as "a union official".
        self._unnamed: dict[int, str] = {}

    def statements(self) -> Iterator[Statement]:
        """Yield the statements in the order of the text; each sentence has at least one."""
        for number, sentence in enumerate(self._sentences):
            found = sorted(self._of_sentence(number, sentence), key=lambda item: (item.start, item.end))
            whole = [item for item in found if item.text]
            cut = [self._cut(item) for item in found if not item.text]
            if len(whole) < len(found) and all(item.reason for item in whole):
                yield self._as_it_stands(sentence, [item for item in found if not item.text])
            else:
                yield from sorted([*whole, *cut], key=lambda item: item.start) or [
                    self._whole(sentence, reasons.SPEECH_ONLY)
                ]

    def _cut(self, statement: Statement) -> Statement:
        """List a clause that makes no whole sentence, beside others of its sentence that do."""
        text = " ".join(self._article.text[statement.start : statement.end].split())
        return replace(statement, text=text, reason=reasons.FRAGMENT)

    def _whole(self, sentence: Sentence, reason: str) -> Statement:
        return Statement(sentence.start, sentence.end, self._words_of(sentence), reason=reason)

    def _words_of(self, sentence: Sentence) -> str:
        return " ".join(self._article.text[sentence.start : sentence.end].split())

    def _as_it_stands(self, sentence: Sentence, cut: Sequence[Statement]) -> Statement:
        """Make a claim of what could not be cut into whole clauses, in the article's own words.

        Where one speaker said all of it, that is what was said, else the sentence.
        """
        attribution = cut[0].attribution if all(item.attribution == cut[0].attribution for item in cut) else None
        start, end = sentence.start, sentence.end
        if attribution:
            start, end = cut[0].start, max(item.end for item in cut)
        text = " ".join(self._article.text[start:end].split())
        if "?" in text:
            return self._whole(sentence, reasons.QUESTION)
        start, end = trimmed(self._article.text, start, end)
        text = resolve_dates(text[:1].upper() + text[1:], self._article.date)
        return Statement(start, end, text, attribution, _flags(sentence, ambiguous=True))

    def _of_sentence(self, number: int, sentence: Sentence) -> Iterator[Statement]:
        tree = self._trees[number]
        if reason := reasons.BY_KIND.get(sentence.kind):
            yield self._whole(sentence, reason)
            return
        if not has_finite_verb(tree, range(len(tree.words))) or is_title(tree):
            yield self._whole(sentence, reasons.CAPTION if sentence.kind is BlockKind.CAPTION else reasons.FRAGMENT)
            return
        told = [(quotation, region) for quotation in self._told[number] if (region := self._region(tree, quotation))]
        inner = [found for quotation, region in told if (found := find_inner(tree, number, region, quotation))]
        told_words = {word for _, region in told for word in region}
        inner_words = {word for _, region in inner for word in region}
        asked = self._article.text[sentence.start : sentence.end].rstrip("\"”’' )").endswith("?")
        views = [q.cue for q in self._told[number] if q.cue and not self._region(tree, q) and self._has_quote(q)]
        told_words |= {word for quotation, region in told for word in _cue_clause(tree, quotation.cue, region)}
        narrative = [word for word in range(len(tree.words)) if word not in told_words]
        for clause in split_clauses(tree, narrative):
            if not _only_cue(tree, clause, [quotation.cue for quotation, _ in told], bool(told)):
                view = reasons.OPINION if _within(tree.words[clause.verb], views) else None
                yield self._statement(number, sentence, clause, None, asked and not told, reason=view)
        for quotation, region in [*told, *inner]:
            outer = next((q for q, around in told if quotation is not q and region[0] in around), None)
            attribution = self._attribution(quotation, self._attribution(outer) if outer else None)
            last = next((n for n in reversed(region) if tree.words[n].text[-1].isalnum()), region[-1])
            question = "?" in self._article.text[tree.words[last].end : tree.words[region[-1]].end + 2]
            rest = region if outer else [word for word in region if word not in inner_words]
            for clause in split_clauses(tree, rest):
                if not _within(tree.words[clause.verb], [q.cue for q, _ in inner]):
                    yield self._statement(number, sentence, clause, quotation, question, attribution)

    def _region(self, tree: Tree, quotation: Quotation) -> list[int]:
        """Return the words of a sentence that a quotation holds, if they say something."""
        runs: list[list[int]] = []
        for part in quotation.content:
            words = [number for number, word in enumerate(tree.words) if _within(word, [part])]
            while words and words[-1] + 1 < len(tree.words) and _belongs(tree, words[-1] + 1, words):
                words.append(words[-1] + 1)
            while words and words[0] and _belongs(tree, words[0] - 1, words, before=True):
                words.insert(0, words[0] - 1)
            runs.append(words)
        told = [words for words in runs if quotation.direct or _hangs_together(tree, words, quotation.cue)]
        inside = {word for words in told for word in words}
        # "The clerk, he said, had noticed …": a part may hang on one that stands before or behind it.
        told += [words for words in runs if words not in told and any(tree.words[w].head in inside for w in words)]
        region = sorted({word for words in told for word in words})
        if not quotation.direct:
            region = _whole_clause(tree, _behind_that(tree, region), quotation)
        region = _with_commas(tree, region)
        if has_finite_verb(tree, region):
            return region
        return region if quotation.direct and region[:1] == [0] else []

    def _has_quote(self, quotation: Quotation) -> bool:
        return any(mark in self._article.text[part.start : part.end] for part in quotation.content for mark in '"“‘')

    def _statement(
        self,
        number: int,
        sentence: Sentence,
        clause: Clause,
        quotation: Quotation | None,
        asked: bool,
        attribution: Attribution | None = None,
        reason: str | None = None,
    ) -> Statement:
        tree = self._trees[number]
        start, end = span_of(clause, tree.words, self._article.text)
        voice = None
        if attribution and quotation:
            voice = Voice(
                attribution.speaker,
                quotation.direct,
                self._references.is_person(attribution.speaker),
                self._hearer(quotation, attribution.speaker),
                _DENIAL.fullmatch(attribution.cue) is not None and not quotation.direct,
            )
        wording = word_clause(tree, number, clause, self._references, voice, self._article.date, self._named)
        self._named = wording.named
        cue = attribution.cue if attribution else None
        reason = reason or reasons.by_form(tree, clause, cue, asked)
        if reason is None and not clause.added and not has_finite_verb(tree, clause.reading):
            reason = reasons.FRAGMENT if quotation is None or quotation.direct else None
        text = wording.text if reason or is_sound(tree, clause) else ""
        firm = reasons.is_firm(tree, clause)
        return Statement(start, end, text, attribution, _flags(sentence, ambiguous=wording.ambiguous), reason, firm)

    def _attribution(self, quotation: Quotation, outer: Attribution | None = None) -> Attribution | None:
        """Name who said it; within what an ``outer`` speaker said, "my father" is that speaker's."""
        source = self._source_of(quotation)
        if source is None or self._only_heard(quotation.cue, source):
            return None
        tree = self._trees[source.sentence]
        speaker = self._unnamed_before(source) or name_speaker(
            tree, source, source.sentence, self._references, outer.speaker if outer else None
        )
        if not speaker:
            return None
        if speaker.startswith("the "):
            speaker = self._described_before(speaker)
        if speaker.startswith(("a ", "an ")):
            self._unnamed[source.sentence] = speaker
        kind: Literal["direct", "indirect"] = (
            "direct" if (outer.kind == "direct" if outer else quotation.direct) else "indirect"
        )
        return Attribution(speaker=speaker, kind=kind, cue=_cue_text(self._article.text, quotation.cue))

    def _hearer(self, quotation: Quotation, speaker: str) -> str | None:
        """Return who was spoken to, in "Judge Pell told him", if that is one person."""
        if (cue := quotation.cue) is None:
            return None
        tree = self._trees[cue.sentence]
        verb = next((n for n, word in enumerate(tree.words) if _within(word, [cue]) and word.tag.startswith("V")), None)
        told = tree.child(verb, {"dobj", "dative"}) if verb is not None else None
        if told is None:
            return None
        if is_personal(tree.words[told]):
            return self._references.person(cue.sentence, told, but=speaker)
        named = [m.name for m in self._references.mentions(cue.sentence) if m.first <= told <= m.last]
        return named[0] if named else None

    def _unnamed_before(self, source: Part) -> str | None:
        """Return whom "he" or "she" means behind a sentence of the paragraph in which only an unnamed person spoke."""
        pronoun = [word for word in self._trees[source.sentence].words if _within(word, [source])]
        before = source.sentence - 1
        if len(pronoun) != 1 or not is_personal(pronoun[0]) or before not in self._unnamed:
            return None
        together = self._sentences[before].block == self._sentences[source.sentence].block
        leading = any(mention.leading for mention in self._references.mentions(before))
        if not together or leading:
            return None
        self._unnamed[source.sentence] = self._unnamed[before]
        return self._unnamed[before]

    def _described_before(self, speaker: str) -> str:
        """Return whom "the diplomat" means, where "a Western diplomat in Oslo" spoke before."""
        noun = speaker.removeprefix("the ")
        earlier = (name for name in reversed(self._unnamed.values()) if noun in name.split()[:4])
        return next(earlier, speaker)

    def _only_heard(self, cue: Part | None, source: Part) -> bool:
        """Tell whether those who heard it were taken for the speaker: "a jury heard"."""
        hears = cue is not None and self._article.text[cue.start : cue.end].lower().split()[-1] in {"heard", "hears"}
        words = self._article.text[source.start : source.end].lower().split()
        return hears and not HEARERS.isdisjoint(words)

    def _source_of(self, quotation: Quotation) -> Part | None:
        """Return the source: by grammar where the tagger saw none, a relative clause alone, or not what "to" names."""
        source, cue = quotation.source, quotation.cue
        if cue is not None and _cue_text(self._article.text, cue).lower().startswith("according"):
            tree = self._trees[cue.sentence]
            to = next((n for n, word in enumerate(tree.words) if _within(word, [cue]) and word.text == "to"), None)
            named = tree.child(to, {"pobj"}) if to is not None else None
            behind = source is not None and source.start > cue.start
            return source if behind or named is None else make_part(tree, "source", tree.below(named), cue.sentence)
        if source is None:
            return self._subject_of(cue)
        if (noun := self._spoken_of(source)) is not None:
            return noun
        if (subject := self._own_subject(cue, source)) is not None:
            return subject
        tree = self._trees[source.sentence]
        inside = [n for n, word in enumerate(tree.words) if _within(word, [source])]
        top = next((n for n in inside if tree.words[n].head not in inside or tree.words[n].head == n), None)
        cut = top is not None and tree.words[top].tag.startswith("V")
        return (self._subject_of(cue) or source) if cut else source

    def _spoken_of(self, source: Part) -> Part | None:
        """Return what "who" or "which" stands for: "the council, which said that …"."""
        tree = self._trees[source.sentence]
        inside = [n for n, word in enumerate(tree.words) if _within(word, [source])]
        verb = tree.words[inside[0]].head if len(inside) == 1 and tree.words[inside[0]].tag in {"WP", "WDT"} else None
        noun = tree.words[verb].head if verb is not None and tree.words[verb].dependency == "relcl" else None
        if noun is None or verb is None or tree.words[noun].tag not in NOUNS:
            return None
        return make_part(tree, "source", [n for n in tree.below(noun, [verb]) if n < inside[0]], source.sentence)

    def _own_subject(self, cue: Part | None, source: Part) -> Part | None:
        """Return the subject of the cue's own verb if the tagger's source, of the same sentence, leaves it out."""
        if cue is None or cue.sentence != source.sentence:
            return None
        tree = self._trees[cue.sentence]
        verb = next((n for n, word in enumerate(tree.words) if _within(word, [cue]) and word.tag.startswith("V")), None)
        subject = tree.child(verb, {"nsubj"}) if verb is not None else None
        if subject is None or tree.words[subject].tag not in {*NOUNS, "PRP"} or _within(tree.words[subject], [source]):
            return None
        below = tree.below(subject)
        inside = any(_within(tree.words[number], [source]) for number in below)
        relative = _within(tree.words[below[0]], [source]) or source.start > tree.words[below[-1]].end
        return make_part(tree, "source", below, cue.sentence) if inside or not relative else None

    def _subject_of(self, cue: Part | None) -> Part | None:
        """Return the subject of the cue's verb, or of the verb it hangs on, where the tagger saw no source."""
        if cue is None:
            return None
        tree = self._trees[cue.sentence]
        verb = next((n for n, word in enumerate(tree.words) if _within(word, [cue]) and word.tag.startswith("V")), None)
        while verb is not None and tree.subject(verb) is None and tree.words[verb].head != verb:
            verb = tree.words[verb].head
        subject = tree.subject(verb) if verb is not None else None
        return make_part(tree, "source", tree.below(subject), cue.sentence) if subject is not None else None


def _flags(sentence: Sentence, *, ambiguous: bool) -> tuple[Flag, ...]:
    headline = sentence.kind in {BlockKind.HEADLINE, BlockKind.CAPTION}
    return (*([Flag.AMBIGUOUS] if ambiguous else []), *([Flag.HEADLINE] if headline else []))


def _only_cue(tree: Tree, clause: Clause, cues: Sequence[Part | None], told: bool) -> bool:
    """Tell whether a clause of a sentence that quotes says no more than that somebody spoke."""
    verb = tree.words[clause.verb]
    return not clause.added and (_within(verb, cues) or (told and not verb.tag.startswith("V")))


def _belongs(tree: Tree, number: int, words: list[int], *, before: bool = False) -> bool:
    """Tell whether a word that the tagger left out hangs, by others left out, on what is said."""
    if tree.words[number].role != "O" or tree.words[number].dependency in {"punct", *(_LINKING if before else ())}:
        return False
    while number not in words and tree.words[number].head != number and tree.words[number].role == "O":
        number = tree.words[number].head
    return number in words


def _behind_that(tree: Tree, region: list[int]) -> list[int]:
    """Leave out what was taken for said in front of "that": "suggested to him that he had made it up"."""
    for place, number in enumerate(region):
        verb = tree.words[number].head
        if tree.words[number].text == "that" and tree.words[number].dependency == "mark" and verb in region:
            before = {word for word in region[:place] if tree.words[word].tag != "RB"}
            said = tree.words[verb].head not in region and before.isdisjoint(tree.below(verb))
            return region[place:] if said else region
    return region


def _whole_clause(tree: Tree, region: list[int], quotation: Quotation) -> list[int]:
    """Make a clause of a phrase that was taken for what is said, or nothing.

    In "The fire began near Oslo, according to police" all that "near Oslo" hangs on is said; in "She is accused of a
    fraud that cost £900", where that is the cue itself, nothing is.
    """
    tops = [number for number in region if tree.words[number].head not in region or tree.words[number].head == number]
    if quotation.cue is None or any(is_clausal(tree, top) and tree.words[top].dependency != "acl" for top in tops):
        return region
    cues = {number for number, word in enumerate(tree.words) if _within(word, [quotation.cue])}
    if not any(tree.words[cue].text.lower() == "according" for cue in cues):
        return []
    for above in tops:
        while above not in cues and tree.words[above].head != above and not is_clausal(tree, above):
            above = tree.words[above].head
        below = tree.below(above)
        if above not in cues and is_clausal(tree, above) and not cues.isdisjoint(below):
            apart = {word for cue in cues if tree.words[cue].head not in cues for word in tree.below(cue)}
            return [number for number in below if number not in apart]
    return []


def _with_commas(tree: Tree, region: list[int]) -> list[int]:
    """Keep the comma in front of an apposition that the cue parted from its clause."""
    gaps = [late for early, late in pairwise(region) if late > early + 1]
    apposed = [n for n in gaps if any(tree.words[top].dependency == "appos" for top in _over(tree, n, region))]
    return sorted({*region, *(n - 1 for n in apposed if tree.words[n - 1].text == ",")})


def _over(tree: Tree, number: int, region: Sequence[int]) -> Iterator[int]:
    """Yield a word of the region and those above it there."""
    while number in region:
        yield number
        if tree.words[number].head == number:
            break
        number = tree.words[number].head


def _within(word: Word, parts: Iterable[Part | None]) -> bool:
    return any(part is not None and part.start <= word.start < part.end for part in parts)


def _cue_clause(tree: Tree, cue: Part | None, region: list[int]) -> list[int]:
    """Return the words of a participle that only brings in what is said: ", saying through an interpreter"."""
    above = {tree.words[word].head for word in region}
    for number, word in enumerate(tree.words):
        participle = word.tag == "VBG" and word.dependency == "advcl" and number > word.head and number not in region
        if participle and (number in above or _within(word, [cue])):
            return tree.below(number)
    return []


def _hangs_together(tree: Tree, region: list[int], cue: Part | None) -> bool:
    """Tell whether the grammar, too, ties what is said to its cue, if the cue stands in the same sentence."""
    cues = {number for number, word in enumerate(tree.words) if _within(word, [cue])}
    by_the_way = {"prep", "parataxis", "agent", "conj"}
    if not cues or any(tree.words[n].head in region and tree.words[n].dependency in by_the_way for n in cues):
        return True
    for top in (number for number in region if tree.words[number].head not in region):
        above = tree.words[top].head
        if tree.words[top].dependency == "ccomp" and cues & set(tree.below(above, region)):
            return True
        while above not in cues and tree.words[above].head != above and not tree.words[above].tag.startswith("V"):
            above = tree.words[above].head
        if above in cues:
            return True
    return False


def _cue_text(text: str, cue: Part | None) -> str:
    return text[cue.start : cue.end].strip(" ,.:;") if cue else ""
