"""What is not a claim, and why: questions, predictions, wishes, opinions, and what says nothing definite."""

from __future__ import annotations

import math
import re
from calendar import day_name
from collections.abc import Sequence
from itertools import pairwise

from factcheck.extraction.boundaries import DEMANDS, JUDGING
from factcheck.extraction.clauses import Clause
from factcheck.extraction.sentences import BlockKind
from factcheck.extraction.tags import FINITE
from factcheck.extraction.tree import Tree

BY_KIND = {
    BlockKind.BOILERPLATE: "boilerplate",
    BlockKind.BYLINE: "byline",
    BlockKind.ROW: "row of a table",
}
CAPTION = "caption"
FRAGMENT = "not a full statement"
SPEECH_ONLY = "says that somebody spoke, but not what"
QUESTION = "question"
PREDICTION = "prediction"
WISH = "wish or demand"
OPINION = "opinion"
VAGUE = "nothing definite to check"

#: By how much "is an opinion" must outweigh "is worth checking" for a statement to be left unchecked. On the dev
#: articles nine claims in ten are kept so, and nine in ten of what is kept are claims; a fact that is left out costs
#: more than an opinion that is looked up.
OPINION_MARGIN = 0.4
#: The same for a statement with an amount or in the passive: "Nobody was hurt" sounds sad, but is an event.
_FIRM_MARGIN = 0.5

_HOPES = re.compile(r"\b(?:hop(?:e|es|ed|ing)|wish(?:es|ed|ing)?|want(?:s|ed|ing)?|like to)\b", re.IGNORECASE)
_EXPECTATIONS = re.compile(
    r"\b(?:expect|predict|forecast|anticipat|pledg|promis|intend|vow|aim|plann?)(?:e|es|s|ed|ing)?\b", re.IGNORECASE
)
#: Set phrases for somebody who said nothing.
_SILENCE = re.compile(
    r"\b(?:(?:declin|refus)\w+ to (?:comment|answer|elaborate|say|be (?:drawn|named|identified))|"
    r"(?:would|did) not be drawn|"
    r"not immediately (?:respond|reply|return|available|be reached)|could not be reached|"
    r"did not (?:return|respond to|reply to|answer) (?:\w+ ){0,2}(?:calls?|e-?mails?|messages?|requests?|questions?)|"
    r"(?:can ?not|not (?:to )?)be (?:named|identified)|(?:want|wish)\w* to be (?:named|identified)|"
    r"(?:condition of|request\w*|(?:ask|insist)\w* (?:for|on)) anonymity|"
    r"g(?:ave|iving|ive) only (?:his|her|their) (?:first|given) name)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"the (?:case|hearing|inquest|inquiry|trial|tribunal) (?:continues|goes on)", re.IGNORECASE)
_BELIEVES = re.compile(r"(?:think|believe|feel|guesse?|suppose|reckon|doubt|suspect)(?:e?d|s)?|thought|felt")
_SEEMS = re.compile(r"(?:seem|sound|look|appear|feel)(?:s|ed)?|felt")
#: Acts of speech that answer what was said before.
_ANSWERING = re.compile(r"(?:reject|disput|confirm|dismiss|contest|contradict|den)(?:e?d|e?s|ied|ies)")
_POINTING = {"that", "this", "it", "those", "these", "them"}
_FIRST = {"I", "We", "we"}
_FUTURE = {"will", "shall", "’ll", "'ll", "wo", "’d", "'d", "ll"}
_CONDITIONAL = {"would", "could", "might", "may"}
_NEGATIVE = {"no", "none", "neither", "nobody", "nothing"}
_DUTY = {"should", "must", "ought", "let"}
_PENDING = {"due", "set", "likely", "expected", "scheduled"}
_BARE = {"is", "are", "was", "were", "did", "do", "does", "has", "have", "had"}
_AMOUNTS = {"CARDINAL", "MONEY", "PERCENT", "QUANTITY"}


def by_form(tree: Tree, clause: Clause, cue: str | None, asked: bool) -> str | None:
    """Return why a clause is no claim by its verbs and its cue, or None.

    An estimate in figures ("would cost £640,000") can be checked although it speaks of what may be.
    """
    if asked or (cue and cue.lower().startswith(("asked", "asks", "wonder"))):
        return QUESTION
    verb = tree.words[clause.verb]
    subject = tree.subject(clause.verb)
    if subject is not None and _is_belief(tree, clause.verb, subject, reported=cue is not None):
        return OPINION if _says_what(tree, clause) else VAGUE
    helpers = _helpers(tree, clause.verb) | ({verb.text.lower()} if verb.tag == "MD" else set())
    behind = clause.verb + 1
    calls = f"{verb.text} {tree.words[behind].text}" if behind in tree.children[clause.verb] else verb.text
    own = cue is not None or (subject is not None and tree.words[subject].text in _FIRST)
    if _HOPES.search(cue or "") or DEMANDS.search(cue or "") or helpers & _DUTY:
        return WISH
    if _HOPES.fullmatch(verb.text) and _is_own_wish(tree, clause.verb, reported=cue is not None):
        return WISH
    if own and (DEMANDS.fullmatch(verb.text) or DEMANDS.match(calls)):
        return WISH
    if verb.tag == "VB" and subject is None and helpers == {"do"}:
        return WISH  # "Do not stop taking it"
    if _EXPECTATIONS.search(cue or "") or (
        _EXPECTATIONS.fullmatch(verb.text) and verb.tag != "VBN" and _own(tree, clause, cue)
    ):
        return PREDICTION
    told = [c for c in tree.children[clause.verb] if tree.words[c].dependency == "ccomp" and c in clause.words]
    if (helpers | {helper for c in told for helper in _helpers(tree, c)}) & _FUTURE or _is_due(tree, clause):
        return PREDICTION
    failed = "could" in helpers and _is_negative(tree, clause.verb)
    if helpers & _CONDITIONAL and not failed and not _has_amount(tree, clause.words):
        return PREDICTION
    links = {tree.words[c].text for c in tree.children[clause.verb] if c > clause.verb and c in clause.reading}
    if verb.text == "quoted" and links and links <= {"by", "in", ","}:
        return SPEECH_ONLY
    if _GOES_ON.fullmatch(" ".join(tree.words[word].text for word in clause.reading)):
        return VAGUE
    if _SILENCE.search(" ".join(tree.words[word].text for word in clause.words)):
        return VAGUE
    if _is_quoted_judgement(tree, clause) or _is_likened(tree, clause):
        return OPINION
    if _ANSWERING.fullmatch(verb.text) and _points_back(tree, clause.verb):
        return VAGUE
    if verb.text.lower() in _BARE and not _complement(tree, clause):
        return VAGUE
    return None


def by_score(check_worthy: float, subjective: float, margin: float) -> str | None:
    """Return why a statement is no claim by its scores, or None; ``margin`` is that of ``opinion_margin``."""
    if margin == math.inf:  # an act of speech
        return None
    return OPINION if subjective - check_worthy > margin else None


def opinion_margin(tree: Tree, clause: Clause, cue: str | None) -> float:
    """Return by how much more a clause must sound like an opinion than worth checking to be left unchecked.

    One that holds an amount, or tells in the passive what was done, is seldom an opinion; that somebody called
    something "a farce" never is, where the article itself tells it.
    """
    about = tree.child(clause.verb, {"dobj", "prep", "oprd", "ccomp", "xcomp"})
    if cue is None and about in clause.words and JUDGING.fullmatch(tree.words[clause.verb].text.lower()):
        return math.inf
    firm = _has_amount(tree, clause.words) or tree.child(clause.verb, {"auxpass"}) is not None
    return _FIRM_MARGIN if firm else OPINION_MARGIN


def _helpers(tree: Tree, verb: int) -> set[str]:
    helpers = (tree.words[child] for child in tree.children[verb] if tree.words[child].dependency == "aux")
    return {"had" if word.tag == "VBD" and word.text.lower() in {"’d", "'d"} else word.text.lower() for word in helpers}


def _is_belief(tree: Tree, verb: int, subject: int, *, reported: bool) -> bool:
    """Tell a speaker's own belief: "I think", "he still believes" where it is ``reported``, "it sounds to me"."""
    words = tree.words
    if _BELIEVES.fullmatch(words[verb].text):
        own = words[subject].text in _FIRST or (reported and words[subject].tag == "PRP")
        return own and tree.child(verb, {"dobj"}) is None
    me = any(words[n].text.lower() in {"me", "us"} for c in tree.children[verb] for n in (c, *tree.children[c]))
    return me and _SEEMS.fullmatch(words[verb].text) is not None


def _says_what(tree: Tree, clause: Clause) -> bool:
    """Tell "I think that he is right" from "I still think so"."""
    behind = [tree.words[word].tag for word in clause.reading if word > clause.verb]
    return any(tag[:1].isalpha() and tag != "RB" for tag in behind)


def _is_quoted_judgement(tree: Tree, clause: Clause) -> bool:
    """Tell whether what something is called, in the speaker's own words, is all that is said: "the plan was “mad”"."""
    predicate = tree.child(clause.verb, {"acomp"})
    if predicate is None or predicate < clause.verb or _has_amount(tree, clause.words):
        return False
    phrase = tree.below(predicate)
    return tree.words[phrase[0]].tag == "``" or tree.words[phrase[0] - 1].tag == "``"


def _is_likened(tree: Tree, clause: Clause) -> bool:
    """Tell what something is only said to be like: "it is almost as though nobody cared"."""
    words = [tree.words[word].text.lower() for word in clause.reading if word > clause.verb]
    likened = any(pair in {("as", "though"), ("as", "if")} for pair in pairwise(words))
    return likened and tree.words[clause.verb].text.lower() in {*_BARE, "’s", "'s"}


def _points_back(tree: Tree, verb: int) -> bool:
    """Tell whether what a verb speaks of is only pointed at: "disputed that account", "That was denied"."""
    about = tree.child(verb, {"dobj", "nsubjpass"})
    if about is None or tree.child(verb, {"ccomp"}) is not None:
        return False
    return any(tree.words[n].text.lower() in _POINTING for n in (about, *tree.children[about])) and not any(
        tree.words[c].dependency in {"prep", "relcl", "acl"} for c in tree.children[about]
    )


def _is_negative(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is negated, by "not" or by its subject: "Neither account could be verified"."""
    subject = tree.subject(verb)
    words = [] if subject is None else [subject, *tree.children[subject]]
    return tree.child(verb, {"neg"}) is not None or any(tree.words[n].text.lower() in _NEGATIVE for n in words)


def _own(tree: Tree, clause: Clause, cue: str | None) -> bool:
    """Tell a speaker's own expectation from a report of what somebody else expects, which can be checked."""
    subject = tree.subject(clause.verb)
    return cue is None or subject is None or tree.words[subject].tag == "PRP"


def _is_own_wish(tree: Tree, verb: int, *, reported: bool) -> bool:
    """Tell what a speaker wants from what others do, and from what somebody once wanted, which can be checked.

    The article itself tells of somebody's present wishes, but does not vouch for them either.
    """
    subject, helpers = tree.subject(verb), _helpers(tree, verb)
    if tree.child(verb, {"auxpass"}) is not None:  # "is wanted in Spain"
        return False
    if subject is not None and tree.words[subject].text in _FIRST:
        return True
    if reported:
        return subject is None or (tree.words[subject].tag == "PRP" and "had" not in helpers)
    return tree.words[verb].tag != "VBD" and not helpers & {"had", "did"}


def _complement(tree: Tree, clause: Clause) -> bool:
    """Tell whether a form of "be", "do" or "have" has more with it than a subject and a negation ("He was not")."""
    empty = {"nsubj", "nsubjpass", "neg", "punct", "cc", "aux"}
    return any(
        tree.words[child].dependency not in empty for child in tree.children[clause.verb] if child in clause.reading
    )


def _is_due(tree: Tree, clause: Clause) -> bool:
    """Tell what is to come ("is to open", "is due", "are going to meet", "is set to") from what is so already."""
    verb, helpers = tree.words[clause.verb], _helpers(tree, clause.verb)
    if (helpers & {"to"} and helpers & {"is", "are"}) or _is_timetabled(tree, clause.verb):
        return True
    below = [child for child in tree.children[clause.verb] if child > clause.verb]
    to_do = [n for n in below if tree.words[n].tag in {"VB", "VBN"} and "to" in _helpers(tree, n)]
    adjacent = any(n == clause.verb + (2 if tree.words[n].tag == "VB" else 3) for n in to_do)  # "to pay", "to be paid"
    passive = tree.child(clause.verb, {"auxpass"})
    timed = tree.child(clause.verb, {"prep", "agent"}) is not None  # "is set for March 9", "are expected by May"
    if verb.text.lower() in _PENDING and timed and passive and tree.words[passive].text.lower() in {"is", "are"}:
        return True
    if verb.text.lower() in {"is", "are"}:
        pending = (tree.words[child] for child in below if tree.words[child].text.lower() in _PENDING)
        return adjacent or any(word.tag not in FINITE for word in pending)
    return verb.text.lower() in {*_PENDING, "going"} and adjacent


def _is_timetabled(tree: Tree, verb: int) -> bool:
    """Tell what is set for a day by the present tense: "The inquiry continues on Monday"."""
    days = [n for c in tree.children[verb] if tree.words[c].text.lower() == "on" for n in tree.children[c]]
    days += [c for c in tree.children[verb] if tree.words[c].dependency == "npadvmod"]
    return tree.words[verb].tag in {"VBZ", "VBP"} and any(tree.words[day].text in day_name for day in days)


def _has_amount(tree: Tree, words: Sequence[int]) -> bool:
    return any(tree.words[word].entity[2:] in _AMOUNTS for word in words)
