"""A clause in words that stand alone: names for pronouns and short names, dates for weekdays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from simplemma import is_known

from factcheck.extraction.agreement import agree, spell_out
from factcheck.extraction.antecedents import antecedent, matters, needs_antecedent
from factcheck.extraction.boundaries import LINKS
from factcheck.extraction.clauses import Clause
from factcheck.extraction.dates import Told, follow_dates
from factcheck.extraction.names import joined, within
from factcheck.extraction.references import References
from factcheck.extraction.speakers import Voice
from factcheck.extraction.tags import FINITE, NOMINAL_SUBJECTS, NOUNS
from factcheck.extraction.tree import Tree, is_left_open
from factcheck.models.tagger import Word

_FIRST_PERSON = {"i": "{}", "me": "{}", "my": "{}’s", "mine": "{}’s", "myself": "{}"}
_SECOND_PERSON = {"you": "{}", "your": "{}’s", "yours": "{}’s", "yourself": "{}"}
_WE = {"we", "us", "our", "ours", "ourselves"}
_BE_OR_HELPER = {"is", "are", "was", "were", "has", "have", "had", "will", "would", "could", "can", "may", "might"}
_DEMONSTRATIVES = {"this", "that", "these", "those"}
_DIVIDED = re.compile(r"\b([^\W\d_]+)- ([^\W\d_]+)\b")


@dataclass(frozen=True)
class Wording:
    """The words of a claim; ``named`` is the time it speaks of last, ``ambiguous`` that a reference was left open."""

    text: str
    ambiguous: bool
    named: Told | None


def word_clause(
    tree: Tree,
    sentence: int,
    clause: Clause,
    references: References,
    voice: Voice | None,
    today: date | None,
    named: Told | None,
) -> Wording:
    """Write out a clause of a sentence so that it stands alone."""
    words = tree.words
    replaced = references.people.replaced(words, clause.reading)
    ambiguous = clause.unsure
    for place, number in enumerate(clause.reading):
        word = words[number]
        lower = word.text.lower()
        quoted = voice is not None and (voice.direct or tree.is_quoted(number))
        if voice and quoted and voice.first_person and lower in _FIRST_PERSON and word.tag in {"PRP", "PRP$"}:
            replaced[place] = _FIRST_PERSON[lower].format(voice.first_person)
            agree(tree, clause.reading, place, replaced)
        elif voice and voice.direct and voice.hearer and lower in _SECOND_PERSON:
            replaced[place] = _SECOND_PERSON[lower].format(voice.hearer)
            agree(tree, clause.reading, place, replaced)
        elif lower in {"i", "me", "my"} and word.tag in {"PRP", "PRP$"}:
            ambiguous = True
        elif lower in _WE or (lower in _SECOND_PERSON and voice is not None):
            if voice and voice.direct and not voice.is_person and lower == "we" and _is_body(voice.speaker):
                replaced[place] = voice.speaker
            ambiguous = ambiguous or (place not in replaced and matters(tree, number))
        elif needs_antecedent(tree, sentence, clause, place, references):
            found = antecedent(tree, sentence, clause, number, references, voice)
            if found:
                replaced[place] = _possessive(found, lower) if word.tag == "PRP$" else found
                spell_out(tree, clause.reading, place, replaced)
            ambiguous = ambiguous or (not found and matters(tree, number))
        elif lower in _DEMONSTRATIVES and word.tag == "DT" and word.dependency in NOMINAL_SUBJECTS:
            ambiguous = True
        elif word.tag in {"NN", "NNP"} and place and word.entity[:2] != "I-" and (role := _role(tree, clause, place)):
            name = references.people.holder(role) if " " in role or word.tag == "NN" else None
            alone = " " not in role and _bare_definite(tree, clause, place)
            if name := name or (references.definite(word.text, sentence) if alone else None):
                replaced |= dict.fromkeys(range(place - len(role.split()), place), "") | {place: name}
    if 0 in clause.reading[1:] and words[0].tag != "PRP":  # it no longer opens the sentence
        replaced.setdefault(clause.reading.index(0), within(words[0].text, words[0]))
    if clause.added:
        place = clause.reading.index(clause.added[0])
        replaced[place] = f"{clause.added[1]} {replaced.get(place, words[clause.added[0]].text)}"
    if voice and voice.denies:
        _negate(tree, clause, replaced)
    _drop_insertions([words[number] for number in clause.reading], replaced)
    _drop_links([words[number] for number in clause.reading], replaced)
    _balance_commas(tree, clause, replaced)
    text = _rejoined(_tidy(joined([words[number] for number in clause.reading], replaced)))
    text, last = follow_dates(text, today, named)
    return Wording(text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else "."), ambiguous, last)


def _possessive(name: str, pronoun: str) -> str:
    return f"{name}’" if pronoun == "their" and name.endswith("s") else f"{name}’s"


def _role(tree: Tree, clause: Clause, place: int) -> str | None:
    """Return the words behind "the" in a phrase of one or two nouns that stands for somebody or something by itself."""
    words, number = tree.words, clause.reading[place]
    first = place
    while first > max(0, place - 1) and words[clause.reading[first - 1]].dependency in {"compound", "amod"}:
        first -= 1
    if not first or words[clause.reading[first - 1]].text.lower() != "the":
        return None
    beside = {c for c in tree.children[number] if c in clause.reading and c != clause.verb}
    named = any(words[c].dependency in {"appos", "prep", "relcl", "acl"} for c in beside)
    apart = words[number].dependency in {"appos", "attr", "oprd", "compound", "nmod", "amod"}
    follows = place + 1 < len(clause.reading) and words[clause.reading[place + 1]].tag in {"NN", "NNS", "NNP", "NNPS"}
    if named or apart or follows or words[words[number].head].text.lower() == "as":
        return None
    return " ".join(words[n].text.lower() for n in clause.reading[first : place + 1])


def _is_body(speaker: str) -> bool:
    """Tell whether a speaker is a body by name, such as a company, not people without names."""
    return speaker.removeprefix("the ")[:1].isupper()


#: What a denial makes of the word that opens a clause.
_NONE_OF = {"any": "no", "anything": "nothing", "anyone": "no one", "anybody": "nobody"}


def _negate(tree: Tree, clause: Clause, replaced: dict[int, str]) -> None:
    """Let a clause say the opposite: with "not" behind its helping verb, else as a whole."""
    if none := _NONE_OF.get(tree.words[clause.reading[0]].text.lower()):  # "denied that any aircraft had been there"
        replaced[0] = none
        return
    helpers = [c for c in tree.children[clause.verb] if tree.words[c].dependency in {"aux", "auxpass"}]
    for place, number in enumerate(clause.reading):
        text = replaced.get(place, tree.words[number].text)
        if number in helpers and text.lower() == "having":  # "denied having paid"
            replaced[place] = "had not"
            return
        if number in (*helpers, clause.verb) and text.lower() in _BE_OR_HELPER:
            replaced[place] = f"{text} not"
            return
    first = clause.reading[0]
    text = replaced.get(0, tree.words[first].text)
    replaced[0] = f"it is not true that {text if 0 in replaced else within(text, tree.words[first])}"


def _bare_definite(tree: Tree, clause: Clause, place: int) -> bool:
    """Tell whether a noun of the clause has nothing but "the" with it."""
    number, before = clause.reading[place], tree.words[clause.reading[place - 1]]
    beside = [child for child in tree.children[number] if child in clause.reading and child != clause.verb]
    only = all(tree.words[child].dependency in {"det", "punct", "case"} for child in beside)
    return only and before.text.lower() == "the"


def _drop_insertions(words: Sequence[Word], replaced: dict[int, str]) -> None:
    """Drop what an editor put into a quote in brackets: behind a noun all of it, else the brackets.

    "The head of state [Medvedev] said" is said as well without the name; "he [Medvedev]" is better said with it.
    """
    opened = [place for place, word in enumerate(words) if word.text == "["]
    for first in opened:
        last = next((place for place in range(first, len(words)) if words[place].text == "]"), None)
        if last is None:
            continue
        behind_noun = first > 0 and words[first - 1].tag in NOUNS
        replaced |= dict.fromkeys(range(first, last + 1) if behind_noun else (first, last), "")
        if first and words[first - 1].tag == "PRP":
            replaced[first - 1] = ""


def _drop_links(words: Sequence[Word], replaced: dict[int, str]) -> None:
    """Drop what only links the sentence to the one before it: ", however,"."""
    for place in range(1, len(words) - 1):
        if words[place].text.lower() in LINKS and words[place - 1].text == words[place + 1].text == ",":
            replaced |= dict.fromkeys(range(place - 1, place + 2), "")


def _balance_commas(tree: Tree, clause: Clause, replaced: dict[int, str]) -> None:
    """Drop the comma that a clause cut out in front of a verb left behind: "The outbreak, has sickened …"."""
    reading = clause.reading
    for verb in [clause.verb, *(n for n in reading if tree.words[n].tag in FINITE and n != clause.verb)]:
        before = {"aux", "auxpass", "neg", *({"advmod"} if verb == clause.verb else ())}
        helpers = [c for c in tree.children[verb] if tree.words[c].dependency in before]
        subject = tree.subject(verb)
        if subject not in reading and (subject is not None or tree.words[verb].tag == "VBG" or verb != clause.verb):
            continue
        phrase = [] if subject is None else [number for number in tree.below(subject) if number in reading]
        begin = min((reading.index(number) for number in phrase), default=0)
        end = next((at for at, n in enumerate(reading) if at > begin and n in (*helpers, verb)), len(reading))
        commas = [at for at in range(begin, end) if tree.words[reading[at]].text == ","]
        runs = [at for at in commas if at + 1 not in commas]
        if len(runs) == 1 and runs[0] == end - 1:
            replaced |= dict.fromkeys(commas, "")


def _rejoined(text: str) -> str:
    """Put words together that a line of the printed page divided: "Secu- rity", not "two- and three-year"."""

    def whole(divided: re.Match[str]) -> str:
        word, parts = divided[1] + divided[2], divided.groups()
        known = is_known(word, lang="en") and not all(is_known(part, lang="en") for part in parts)
        return word if known else divided[0]

    return _DIVIDED.sub(whole, text)


def _tidy(text: str) -> str:
    """Drop marks that lost what they stood around: quotation marks without a partner, commas side by side."""
    text = _paired(text)
    text = re.sub(r"[\"”]\s+[\"“]", " ", text)
    text = re.sub(r"\s+(?=[’']s\b)", "", text)
    text = re.sub(r"\s*,(?:\s*,)+", ",", text)
    text = _paired(re.sub(r"\s{2,}", " ", text).strip(' \n,;:—–-“”"‘').rstrip(' .,;:!?’”"'))
    return f"{text})" if is_left_open(text) else text


def _paired(text: str) -> str:
    """Drop quotation marks without a partner; a ’ before a letter is an apostrophe."""
    for opening, closing in ("“”", "«»"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    text = re.sub(r"‘(?!.*’(?!\w))", "", text, flags=re.DOTALL)
    text = text if "‘" in text else re.sub(r"(?<=[,;:])’(?=\s)", "", text)
    return text.replace('"', "") if text.count('"') % 2 else text
