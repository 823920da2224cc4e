"""The local extractor: an article's claims by the tagger and a few rules, without a chat model."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.extraction import reasons
from factcheck.extraction.article import body_start
from factcheck.extraction.attribution import (
    Part,
    Quotation,
    find_estimate,
    find_inner,
    find_quotations,
    find_shown,
    within,
)
from factcheck.extraction.checkworthiness import CheckWorthiness
from factcheck.extraction.clauses import Clause, is_sound, span_of, split_clauses
from factcheck.extraction.cues import cue_clause
from factcheck.extraction.dates import Told, follow_dates, resolve_dates
from factcheck.extraction.markdown import without_marks
from factcheck.extraction.names import in_one_line, with_whole_names
from factcheck.extraction.references import References
from factcheck.extraction.regions import denied, region_of
from factcheck.extraction.relatives import is_by_the_way
from factcheck.extraction.repairs import without_were
from factcheck.extraction.sentences import BlockKind, Sentence, split_blocks, split_sentences
from factcheck.extraction.sources import Sources
from factcheck.extraction.speakers import Voice
from factcheck.extraction.tags import FINITE, VERBS
from factcheck.extraction.tree import Tree, has_finite_verb, is_title, trimmed
from factcheck.extraction.wording import word_clause
from factcheck.models.encoder import Encoder
from factcheck.models.tagger import Tagger
from factcheck.records import Article, Attribution, Claim, Extraction, Flag, NotChecked

_DENIAL = re.compile(
    r"(?:(?:ha[sd]|have|later|also|again|always|since|\w+ly)\s+)*"
    r"(?:den(?:y|ies|ied|ying)|(?:disput|refut)(?:e|es|ed|ing)|rul(?:e|es|ed|ing) out)",
    re.IGNORECASE,
)

_PLEA = re.compile(r"(?:(?:ha[sd]|have)\s+)?ple(?:ad(?:s|ed|ing)?|d)\s+(?:not\s+)?(?:guilty|no\s+contest)\b")

#: What is no claim by itself, but where somebody with a name said it, it can be asked whether they did.
_NO_FACT = {reasons.OPINION: Flag.OPINION, reasons.PREDICTION: Flag.PREDICTION, reasons.WISH: Flag.WISH}

#: Words in a tag, such as ", a spokesman for the ministry said".
_TAG_WORDS = 8

#: Cues of finding out, which somebody does or fails to do whatever comes of it.
_FINDING = re.compile(
    r"\b(?:determin|establish|ascertain|verif|discover|clarif|f[io]u?nd|learn|kn[eo]w|decid)", re.IGNORECASE
)


@dataclass(frozen=True)
class Statement:
    """A span of the article that says something, in words that stand alone; with a ``reason`` it is no claim.

    ``text`` is empty where the clause could not be put into a whole sentence; for ``margin`` see
    ``reasons.opinion_margin``.
    """

    start: int
    end: int
    text: str
    attribution: Attribution | None = None
    flags: tuple[Flag, ...] = ()
    reason: str | None = None
    margin: float = reasons.OPINION_MARGIN


class LocalExtractor:
    """Holds the models that read an article."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        """Load the models; an ``encoder`` that is loaded already can be shared.

        Raises:
            ModelError: a model is missing or was altered.
        """
        self._tagger = Tagger()
        self._worth = CheckWorthiness(encoder or Encoder())
        self.name = f"{self._tagger.name}, {self._worth.name}"

    def extract(self, article: Article) -> Extraction:
        """Find the claims of ``article``, and list what else it says with the reason why that is not checked."""
        statements = list(_Reading(article, self._tagger).statements())
        scores = self._worth.score([statement.text for statement in statements])
        newlines = [place for place, character in enumerate(article.text) if character == "\n"]
        claims: list[Claim] = []
        skipped: list[NotChecked] = []
        for statement, (check_worthy, subjective) in zip(statements, scores.tolist(), strict=True):
            quote = article.text[statement.start : statement.end]
            reason = statement.reason or reasons.by_score(check_worthy, subjective, statement.margin)
            only_said = _NO_FACT.get(reason) if reason and _is_named(statement.attribution) else None
            if reason and not only_said:
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
                    flags=(*statement.flags, *([only_said] if only_said else [])),
                )
            )
        return Extraction(claims=tuple(claims), not_checked=tuple(skipped))


class _Reading:
    """One article on its way from sentences to statements."""

    def __init__(self, article: Article, tagger: Tagger) -> None:
        text, offset = without_marks(article.text), body_start(article.text)
        self._text, self._today = text, article.date
        self._sentences = split_sentences(text, offset)
        blocks = [sentence.block for sentence in self._sentences]
        tagged = tagger.tag(text, [(sentence.start, sentence.end) for sentence in self._sentences])
        rows = [sentence.kind is BlockKind.ROW for sentence in self._sentences]  # no grammar holds in them
        words = [[] if row else with_whole_names(sentence) for sentence, row in zip(tagged, rows, strict=True)]
        headline = [sentence.kind is BlockKind.HEADLINE for sentence in self._sentences]
        self._trees = [
            Tree(without_were(sentence) if title else sentence) for sentence, title in zip(words, headline, strict=True)
        ]
        paragraphs = [(block.start, block.end) for block in split_blocks(text, offset)]
        self._references = References(self._trees, blocks, headline)
        self._sources = Sources(text, self._trees, blocks, self._references)
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
            found = (find(tree, number, blocks[number]) for find in (find_shown, find_estimate))
            if all(quotation.source is None and not quotation.direct for quotation in self._told[number]):
                self._told[number] = [shown] if (shown := next(filter(None, found), None)) else self._told[number]
        self._named: Told | None = None

    def statements(self) -> Iterator[Statement]:
        """Yield the statements in the order of the text; each sentence has at least one."""
        for number, sentence in enumerate(self._sentences):
            told = self._named
            found = sorted(self._of_sentence(number, sentence), key=lambda item: (item.start, item.end))
            if sentence.kind is BlockKind.PROSE:  # "told the House on 28 February that …" names a day in no claim
                self._named = follow_dates(self._words_of(sentence), self._today, told)[1]
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
        text = in_one_line(self._text[statement.start : statement.end])
        return replace(statement, text=text, reason=reasons.FRAGMENT)

    def _whole(self, sentence: Sentence, reason: str) -> Statement:
        return Statement(sentence.start, sentence.end, self._words_of(sentence), reason=reason)

    def _words_of(self, sentence: Sentence) -> str:
        return in_one_line(self._text[sentence.start : sentence.end])

    def _as_it_stands(self, sentence: Sentence, cut: Sequence[Statement]) -> Statement:
        """Make a claim of what could not be cut into whole clauses, in the article's own words.

        Where one speaker is quoted with all of it, that is what was said, else the sentence: a part of reported speech
        that is no clause says nothing by itself.
        """
        attribution = cut[0].attribution if all(item.attribution == cut[0].attribution for item in cut) else None
        start, end = cut[0].start, max(item.end for item in cut)
        behind = self._text[end : sentence.end].strip()
        told_first = attribution and start == sentence.start and _is_tag(behind, attribution.cue)
        if not told_first and not (attribution and attribution.kind == "direct"):
            attribution, start, end = None, sentence.start, sentence.end
        text = in_one_line(self._text[start:end])
        if "?" in text:
            return self._whole(sentence, reasons.QUESTION)
        start, end = trimmed(self._text, start, end)
        text = resolve_dates(text[:1].upper() + text[1:], self._today)
        text += "" if text.endswith((".", "!", ".”", '."', ".’")) else "."
        return Statement(start, end, text, attribution, _flags(sentence, ambiguous=True))

    def _of_sentence(self, number: int, sentence: Sentence) -> Iterator[Statement]:
        tree = self._trees[number]
        if reason := reasons.BY_KIND.get(sentence.kind):
            yield self._whole(sentence, reason)
            return
        picture = sentence.kind is BlockKind.CAPTION and not any(word.tag in FINITE for word in tree.words)
        if picture or not has_finite_verb(tree, range(len(tree.words))) or is_title(tree):
            yield self._whole(sentence, reasons.CAPTION if sentence.kind is BlockKind.CAPTION else reasons.FRAGMENT)
            return
        told = [
            (quotation, region)
            for quotation in self._told[number]
            if (region := region_of(tree, quotation))
            and not self._is_finding(tree, quotation, region)
            and not _is_unsaid(tree, quotation)
            and not self._is_plea(quotation)
        ]
        inner = [
            found
            for quotation, region in told
            if (found := find_inner(tree, number, region, quotation))
            # "They told him that a part was on order": who told him is not known, but who says so is.
            and self._sources.attribution(found[0], self._sources.attribution(quotation))
        ]
        told_words = {word for _, region in told for word in region}
        inner_words = {word for _, region in inner for word in region}
        asked = self._text[sentence.start : sentence.end].rstrip("\"”’' )").endswith("?")
        told_words |= {word for quotation, region in told for word in cue_clause(tree, quotation.cue, region)}
        told_words |= set(_asked(tree))
        narrative = [word for word in range(len(tree.words)) if word not in told_words]
        for clause in split_clauses(tree, narrative):
            if not _only_cue(tree, clause, [quotation.cue for quotation, _ in told], bool(told)):
                yield self._statement(number, sentence, clause, None, asked and not told)
        for quotation, region in [*told, *inner]:
            outer = next((q for q, around in told if quotation is not q and region[0] in around), None)
            told_by = self._sources.attribution(outer) if outer else None
            attribution = self._sources.attribution(quotation, told_by)
            last = next((n for n in reversed(region) if tree.words[n].text[-1].isalnum()), region[-1])
            question = "?" in self._text[tree.words[last].end : tree.words[region[-1]].end + 2]
            rest = region if outer else [word for word in region if word not in inner_words]
            own_words = outer is not None and outer.direct and not quotation.direct
            teller = told_by if own_words else attribution
            for clause in split_clauses(tree, rest):
                if within(tree.words[clause.verb], [q.cue for q, _ in inner]):
                    continue
                if _denies(tree, attribution, quotation) and is_by_the_way(tree, clause.verb):
                    yield self._statement(number, sentence, clause, None, question)  # it is not denied
                else:
                    yield self._statement(number, sentence, clause, quotation, question, attribution, teller)

    def _is_plea(self, quotation: Quotation) -> bool:
        """Tell "pleaded guilty to fraud", which is a fact, from words that were said."""
        return quotation.cue is not None and _PLEA.match(self._text, quotation.cue.start) is not None

    def _is_finding(self, tree: Tree, quotation: Quotation, region: Sequence[int]) -> bool:
        """Tell "the inquiry could not determine whether it was lawful" from words said: nobody said the clause."""
        cue = self._text[quotation.cue.start : quotation.cue.end] if quotation.cue else ""
        return tree.words[region[0]].text.lower() == "whether" and _FINDING.search(cue) is not None

    def _statement(
        self,
        number: int,
        sentence: Sentence,
        clause: Clause,
        quotation: Quotation | None,
        asked: bool,
        attribution: Attribution | None = None,
        teller: Attribution | None = None,
    ) -> Statement:
        tree = self._trees[number]
        start, end = span_of(clause, tree.words, self._text)
        voice = None
        if attribution and quotation:
            is_person = self._references.people.is_person
            voice = Voice(
                attribution.speaker,
                quotation.direct,
                is_person(attribution.speaker),
                teller.speaker if teller and is_person(teller.speaker) else None,
                self._sources.hearer(quotation, attribution.speaker),
                _denies(tree, attribution, quotation),
            )
        wording = word_clause(tree, number, clause, self._references, voice, self._today, self._named)
        self._named = wording.named
        cue = attribution.cue if attribution else None
        reason = reasons.by_form(tree, clause, cue, asked)
        if reason is None and not clause.added and not has_finite_verb(tree, clause.reading):
            reason = reasons.FRAGMENT if quotation is None or quotation.direct else None
        text = wording.text if reason or is_sound(tree, clause) else ""
        margin = reasons.opinion_margin(tree, clause, cue)
        return Statement(start, end, text, attribution, _flags(sentence, ambiguous=wording.ambiguous), reason, margin)


def _asked(tree: Tree) -> list[int]:
    """Return the words that tell what somebody was asked before they spoke: "Asked who had paid, he said …"."""
    opens = tree.words[0].text in {"Asked", "Pressed", "Questioned"} and tree.words[0].dependency == "advcl"
    return tree.below(0) if opens else []


def _is_unsaid(tree: Tree, quotation: Quotation) -> bool:
    """Tell whether the sentence is that something was not said: "They have not reported that it sank"."""
    cues = [n for n, word in enumerate(tree.words) if within(word, [quotation.cue]) and word.tag in VERBS]
    nobody = any(
        (subject := tree.subject(cue)) is not None and tree.words[subject].text.lower() in {"nobody", "none", "neither"}
        for cue in cues
    )
    return not quotation.direct and (nobody or any(tree.child(cue, {"neg"}) is not None for cue in cues))


def _is_tag(words: str, cue: str) -> bool:
    """Tell ", the report said." behind a sentence from words that may belong to it."""
    return words.startswith(",") and cue in words and len(words.split()) <= _TAG_WORDS


def _denies(tree: Tree, attribution: Attribution | None, quotation: Quotation) -> bool:
    """Tell whether somebody is reported to say that something is not so."""
    if attribution is None or quotation.direct:
        return False
    return _DENIAL.fullmatch(attribution.cue) is not None or bool(denied(tree, quotation))


def _is_named(attribution: Attribution | None) -> bool:
    """Tell whether who said it has a name, without which no evidence can show that they did."""
    return attribution is not None and any(word[:1].isupper() for word in attribution.speaker.split())


def _flags(sentence: Sentence, *, ambiguous: bool) -> tuple[Flag, ...]:
    headline = sentence.kind in {BlockKind.HEADLINE, BlockKind.CAPTION}
    return (*([Flag.AMBIGUOUS] if ambiguous else []), *([Flag.HEADLINE] if headline else []))


def _only_cue(tree: Tree, clause: Clause, cues: Sequence[Part | None], told: bool) -> bool:
    """Tell whether a clause of a sentence that quotes says no more than that somebody spoke."""
    verb = tree.words[clause.verb]
    return not clause.added and (within(verb, cues) or (told and not verb.tag.startswith("V")))
