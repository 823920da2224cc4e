"""Who a quotation's source is: the tagger's, or by grammar where it saw none or a part only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from factcheck.extraction.attribution import Part, Quotation, make_part, within
from factcheck.extraction.given_names import PEOPLE
from factcheck.extraction.pronouns import is_personal
from factcheck.extraction.references import References
from factcheck.extraction.speakers import name_speaker
from factcheck.extraction.tags import NOUNS
from factcheck.extraction.tree import Tree
from factcheck.records import Attribution

#: Verbs whose subject, in the passive, is whoever hears it.
_TOLD = {"told", "informed", "warned", "asked", "assured"}


class Sources:
    """Names the speakers of one article, in the order of its text; holds those that spoke without a name."""

    def __init__(self, text: str, trees: Sequence[Tree], blocks: Sequence[int], references: References) -> None:
        """``blocks`` numbers the paragraph in which each sentence, a tree, stands."""
        self._text, self._trees, self._blocks, self._references = text, trees, blocks, references
        #: Sentence → who spoke in it without being named, such as "a union official".
        self._unnamed: dict[int, str] = {}

    def attribution(self, quotation: Quotation, outer: Attribution | None = None) -> Attribution | None:
        """Name who said it; within what an ``outer`` speaker said, "my father" is that speaker's."""
        source = self._source_of(quotation)
        if source is None or self._only_heard(quotation.cue):
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
        return Attribution(speaker=speaker, kind=kind, cue=_cue_text(self._text, quotation.cue))

    def hearer(self, quotation: Quotation, speaker: str) -> str | None:
        """Return who was spoken to, in "Judge Pell told him", if that is one person."""
        if (cue := quotation.cue) is None:
            return None
        tree = self._trees[cue.sentence]
        verb = _verb_of(tree, cue)
        told = tree.child(verb, {"dobj", "dative"}) if verb is not None else None
        if told is None:
            return None
        if is_personal(tree.words[told]):
            return self._references.people.person(cue.sentence, told, but=speaker)
        named = [m.name for m in self._references.people.mentions(cue.sentence) if m.first <= told <= m.last]
        return named[0] if named else None

    def _unnamed_before(self, source: Part) -> str | None:
        """Return whom "he" or "she" means behind a sentence of the paragraph in which only an unnamed person spoke."""
        pronoun = [word for word in self._trees[source.sentence].words if within(word, [source])]
        before = source.sentence - 1
        if len(pronoun) != 1 or not is_personal(pronoun[0]) or before < 0:
            return None
        together = self._blocks[before] == self._blocks[source.sentence]
        leading = any(mention.leading for mention in self._references.people.mentions(before))
        if not together or leading:
            return None
        if before not in self._unnamed and (subject := self._unnamed_subject(before)) is not None:
            self._unnamed[before] = subject
        if before not in self._unnamed:
            return None
        self._unnamed[source.sentence] = self._unnamed[before]
        return self._unnamed[before]

    def _unnamed_subject(self, sentence: int) -> str | None:
        """Return who without a name does what a sentence tells: "A senior officer dismissed the figures"."""
        tree = self._trees[sentence]
        root = next((number for number, word in enumerate(tree.words) if word.head == number), None)
        subject = tree.subject(root) if root is not None else None
        if subject is None or tree.words[subject].text not in PEOPLE:
            return None
        named = name_speaker(tree, make_part(tree, "source", tree.below(subject), sentence), sentence, self._references)
        return named if named and named.startswith(("a ", "an ")) else None

    def _described_before(self, speaker: str) -> str:
        """Return whom "the diplomat" means, where "a Western diplomat in Oslo" spoke before."""
        noun = speaker.removeprefix("the ")
        earlier = (name for name in reversed(self._unnamed.values()) if noun in name.split()[:4])
        return next(earlier, speaker)

    def _only_heard(self, cue: Part | None) -> bool:
        """Tell whether those who heard it were taken for the speaker: "a jury heard", "the court was told"."""
        tree = self._trees[cue.sentence] if cue is not None else None
        told = (
            [n for n, word in enumerate(tree.words) if word.text.lower() in _TOLD and within(word, [cue])]
            if tree
            else []
        )
        if tree and any(tree.child(verb, {"auxpass"}) is not None for verb in told):
            return True
        return cue is not None and self._text[cue.start : cue.end].lower().split()[-1] in {"heard", "hears"}

    def _source_of(self, quotation: Quotation) -> Part | None:
        """Return the source: by grammar where the tagger saw none, a relative clause alone, or not what "to" names."""
        source, cue = quotation.source, quotation.cue
        if cue is not None and _cue_text(self._text, cue).lower().startswith("according"):
            tree = self._trees[cue.sentence]
            to = next((n for n, word in enumerate(tree.words) if within(word, [cue]) and word.text == "to"), None)
            named = tree.child(to, {"pobj"}) if to is not None else None
            behind = source is not None and source.start > cue.start
            return source if behind or named is None else make_part(tree, "source", tree.below(named), cue.sentence)
        if source is None:
            return self._subject_of(cue)
        source = self._with_its_noun(source)
        if cue is not None and self._is_of_another_verb(source, cue):
            return self._subject_of(cue)
        if (noun := self._spoken_of(source)) is not None:
            return noun
        if (subject := self._own_subject(cue, source)) is not None:
            return subject
        tree = self._trees[source.sentence]
        inside = [n for n, word in enumerate(tree.words) if within(word, [source])]
        if inside and tree.words[inside[0]].tag in {"IN", "TO"}:  # a part of what stands beside the subject
            return self._subject_of(cue) or source
        top = next((n for n in inside if tree.words[n].head not in inside or tree.words[n].head == n), None)
        cut = top is not None and tree.words[top].tag.startswith("V")
        return (self._subject_of(cue) or source) if cut else source

    def _with_its_noun(self, source: Part) -> Part:
        """Return the source up to its noun, where the tagger saw no more than "the"."""
        tree = self._trees[source.sentence]
        inside = [n for n, word in enumerate(tree.words) if within(word, [source])]
        noun = tree.words[inside[-1]].head if inside and all(tree.words[n].tag == "DT" for n in inside) else 0
        whole = tree.words[noun].tag in NOUNS and inside and inside[-1] < noun
        return make_part(tree, "source", range(inside[0], noun + 1), source.sentence) if whole else source

    def _is_of_another_verb(self, source: Part, cue: Part) -> bool:
        """Tell "a judge heard the men who say it broke, ruling that it did not": who say so do not rule."""
        tree = self._trees[cue.sentence]
        verb = _verb_of(tree, cue)
        if source.sentence != cue.sentence or verb is None or tree.words[verb].dependency != "advcl":
            return False
        if tree.words[verb].tag != "VBG" or tree.subject(verb) is not None:
            return False
        inside = [n for n, word in enumerate(tree.words) if within(word, [source])]
        governors = {tree.words[n].head for n in inside if tree.words[n].tag in {"WP", "WDT"}}
        return bool(governors) and tree.words[verb].head not in governors

    def _spoken_of(self, source: Part) -> Part | None:
        """Return what "who" or "which" stands for: "the council, which said that …"."""
        tree = self._trees[source.sentence]
        inside = [n for n, word in enumerate(tree.words) if within(word, [source])]
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
        verb = _verb_of(tree, cue)
        subject = tree.child(verb, {"nsubj"}) if verb is not None else None
        if subject is None or verb is None or within(tree.words[subject], [source]):
            return None
        if tree.words[subject].tag == "WP" and tree.words[tree.words[verb].head].dependency == "pobj":
            return self._spoken_of(make_part(tree, "source", [subject], cue.sentence))  # "a suit by men who say"
        if tree.words[subject].tag not in {*NOUNS, "PRP"}:
            return None
        if subject < verb and tree.words[subject].role.endswith("content") and source.end == tree.words[verb].start - 1:
            return None  # "Rents, the clerk said, rose"
        below = tree.below(subject)
        inside = any(within(tree.words[number], [source]) for number in below)
        relative = within(tree.words[below[0]], [source]) or source.start > tree.words[below[-1]].end
        return make_part(tree, "source", below, cue.sentence) if inside or not relative else None

    def _subject_of(self, cue: Part | None) -> Part | None:
        """Return the subject of the cue's verb, or of the verb it hangs on, where the tagger saw no source."""
        if cue is None:
            return None
        tree = self._trees[cue.sentence]
        verb = _verb_of(tree, cue)
        while verb is not None and tree.subject(verb) is None and tree.words[verb].head != verb:
            verb = tree.words[verb].head
        subject = tree.subject(verb) if verb is not None else None
        if subject is None:
            return None
        days = [
            n for n in tree.children[subject] if tree.words[n].tag == "IN" and _is_day(tree, tree.child(n, {"pobj"}))
        ]
        return make_part(tree, "source", tree.below(subject, days), cue.sentence)


def _is_day(tree: Tree, noun: int | None) -> bool:
    """Tell "a judge on Wednesday" from "a judge on the bench"."""
    return noun is not None and tree.words[noun].entity.endswith("DATE")


def _verb_of(tree: Tree, cue: Part) -> int | None:
    verbs = [n for n, word in enumerate(tree.words) if within(word, [cue]) and word.tag.startswith("V")]
    return next((n for n in verbs if tree.words[n].dependency != "aux"), verbs[0] if verbs else None)


def _cue_text(text: str, cue: Part | None) -> str:
    return text[cue.start : cue.end].strip(" ,.:;") if cue else ""
