"""Where a clause that states a fact of its own begins: at coordinated, relative, reduced and reported clauses."""

from __future__ import annotations

import re

from factcheck.extraction.tags import FINITE, NOUNS, SUBJECTS, VERBS
from factcheck.extraction.tree import Tree

#: Conjunctions whose clause states a fact of its own, beside the main one; "if" or "when" limit that.
APART = {"while", "whereas", "although", "though"}
RELATIVE = {"WDT", "WP", "WP$", "WRB"}
AMOUNTS = {"CARDINAL", "MONEY", "PERCENT", "QUANTITY"}
HEARERS = {"court", "jury", "jurors", "inquest", "tribunal", "inquiry", "hearing"}
#: Acts of speech: a claim that they took place where the paper reports them, a demand where a speaker makes them.
DEMANDS = re.compile(
    r"\b(?:demand(?:s|ed|ing)?|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:for|on)|appeal(?:s|ed|ing)? (?:for|to))\b",
    re.IGNORECASE,
)
#: What somebody calls something is an opinion; that they called it so is a fact.
JUDGING = re.compile(
    r"(?:call|describ|prais|accus|blam|criticis|criticiz|condemn|denounc|dismiss|welcom|thank|hail|dubb?|brand|label+|"
    r"likene?)"
    r"(?:e?d|e?s)"
)
#: What brings in what came before, or why: it is told as a fact, whatever the main clause says.
REASONS = {"after", "because"}
WHEN = {"when", "until", "since", "before", "as"}
_EVIDENT = {"evident", "clear", "obvious", "plain", "certain", "true", "undeniable", "well-known", "known"}
#: Adverbs that only link a sentence to the one before.
LINKS = {"however", "meanwhile", "moreover", "nevertheless", "nonetheless", "furthermore", "additionally"}


def stands_apart(tree: Tree, number: int, inside: set[int], main: int) -> bool:
    """Tell whether a word heads a clause that states a fact of its own."""
    word = tree.words[number]
    if number == main:
        return True
    own_subject = tree.subject(number) is not None
    if word.head not in inside:
        by_the_way = word.tag == "VBG" and word.dependency == "advcl" and number > main
        return (own_subject and is_clausal(tree, number)) or (by_the_way and _is_reduced_fact(tree, number))
    if word.dependency in {"relcl", "acl", "advcl"} and not own_subject and word.tag in {"VBG", "VBN"}:
        return _is_reduced_fact(tree, number)
    if word.dependency == "relcl" and tree.words[word.head].tag in VERBS:
        return False  # what it speaks of is not known
    if word.dependency == "relcl":
        if _is_about_a_time(tree, number):
            return False
        where = any(tree.words[c].text.lower() == "where" for c in tree.children[number])
        if where and tree.words[word.head].entity[2:] in AMOUNTS:
            return False  # "drove at 90 mph, where 30 is allowed"
        first = tree.below(number)[0]
        apart = first > 0 and tree.words[first - 1].text in {",", "—", "–", "("}
        return (apart or _is_new(tree, word.head)) and relative_word(tree, number) is not None
    if own_subject and word.dependency in {"ccomp", "parataxis"} and _has_colon(tree, number):
        return True
    if word.tag not in VERBS or number < word.head:
        return False
    if own_subject and word.dependency == "advcl" and _has_tense(tree, number):
        mark = tree.child(number, {"mark"})
        if mark is not None and tree.words[mark].text.lower() == "after":
            return any(tree.words[below].entity[2:] in AMOUNTS for below in tree.below(number))
    if word.dependency == "conj":
        marks = {tree.words[c].text.lower() for c in tree.children[number] if tree.words[c].dependency == "mark"}
        if marks & {"if", "whether", *WHEN, *REASONS} or _is_alternative(tree, number):
            return False  # "whether it was a pose or if it was meant", "but not before it sank", "got or was let out"
        if word.tag == "VBN" and not _has_tense(tree, number) and _has_noun_before(tree, number):
            return False  # "two were killed and five wounded"
        if not own_subject and not _has_tense(tree, number) and tree.child(word.head, {"neg"}) is not None:
            return False  # "has never met and advised them": the second is denied as well
        alike = _has_tense(tree, number) or word.tag == tree.words[word.head].tag
        joins = own_subject or (alike and tree.words[word.head].tag in VERBS)
        return joins and is_clausal(tree, word.head) and stands_apart(tree, word.head, inside, main)
    return own_subject and word.dependency in {"advcl", "ccomp", "parataxis"} and _is_set_off(tree, number)


def _is_alternative(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is one of several joined by "or", of which not all need be so."""
    top = verb
    while tree.words[top].dependency == "conj" and tree.words[top].head != top:
        top = tree.words[top].head
    joined = [top]
    for member in joined:
        joined += [n for n in tree.children[member] if tree.words[n].dependency == "conj" and n not in joined]
    links = {tree.words[n].text.lower() for member in joined for n in tree.children[member]}
    before = tree.words[max(0, tree.below(verb)[0] - 1)].text.lower()
    besides = tree.subject(verb) is not None and before in {"and", "but"}  # "I could go or stay, and I stayed"
    return bool(links & {"or", "nor"}) and not besides


def tells_of_something_new(tree: Tree, verb: int) -> bool:
    """Tell whether a clause says what happened to somebody or something not known yet: "a firm that failed in May".

    It tells that, but also which one is meant, so that the clause around it keeps it.
    """
    noun = tree.words[verb].head
    relative = relative_word(tree, verb)
    if tree.words[verb].dependency == "advcl":
        return _tells_when_or_why(tree, verb)
    if tree.words[verb].dependency == "acl" and tree.words[verb].tag == "VBN":
        return _made_then(tree, verb)
    if tree.words[verb].dependency != "relcl" or noun > verb or _is_about_a_time(tree, verb):
        return False
    first = tree.below(noun)[0]
    new = tree.words[first].text.lower() in {"a", "an"} or tree.words[first].tag == "CD"
    past = any(tree.words[n].tag == "VBD" for n in (verb, *tree.children[verb]))
    definite = any(tree.words[n].entity[2:] in {*AMOUNTS, "DATE"} for n in tree.below(verb))
    return new and past and definite and relative is not None and tree.words[relative].dependency in SUBJECTS


def _is_about_a_time(tree: Tree, verb: int) -> bool:
    """Tell whether "which" was hung on a day, though it means all before: "40 were free on 1 May, which is half"."""
    relative = relative_word(tree, verb)
    timed = tree.words[tree.words[verb].head].entity[2:] in {"DATE", "TIME"}
    return timed and relative is not None and tree.words[relative].text.lower() == "which"


def _made_then(tree: Tree, verb: int) -> bool:
    """Tell whether a participle says when or by whom something new was made: "a treaty signed in 1996".

    What it tells of a source ("figures published in May show") only says which one is meant.
    """
    noun = tree.words[verb].head
    first = tree.words[tree.below(noun)[0]]
    bare = tree.words[noun].tag == "NNS" and first.tag not in {"DT", "PRP$", "POS"}
    new = first.text.lower() in {"a", "an"} or bare
    agent = tree.child(verb, {"agent"})
    named = agent is not None and any(tree.words[n].tag == "NNP" for n in tree.below(agent))
    dated = any(tree.words[n].entity[2:] == "DATE" for n in tree.below(verb))
    source = tree.words[noun].role.endswith("source")
    return new and not source and noun < verb and (named or dated) and tree.words[verb - 1].text != ","


def _tells_when_or_why(tree: Tree, verb: int) -> bool:
    """Tell whether a clause says what came before, why, or when by what happened on a day: "until it closed in May"."""
    first = tree.below(verb)[0]
    opener, *following = (word.text.lower() for word in tree.words[first : first + 2])
    age = tree.child(verb, {"attr", "acomp"})
    past = any(tree.words[n].tag == "VBD" for n in (verb, *tree.children[verb]))
    if opener in REASONS:  # "after the vote is held": it is still to come
        return tree.subject(verb) is not None and (past or (opener == "because" and _has_tense(tree, verb)))
    if following in (["if"], ["though"]) or (age is not None and tree.words[age].tag == "CD"):  # "since he was 14"
        return False
    telling = AMOUNTS if opener == "as" else {*AMOUNTS, "DATE"}
    definite = any(tree.words[n].entity[2:] in telling for n in tree.below(verb))
    return opener in WHEN and past and definite and tree.subject(verb) is not None


def is_clausal(tree: Tree, number: int) -> bool:
    """Tell whether a verb heads a clause with tense, not an infinitive or participle that depends on another."""
    word = tree.words[number]
    if word.tag in FINITE or any(tree.words[child].tag in FINITE for child in tree.children[number]):
        return True
    return word.dependency == "conj" and word.head != number and is_clausal(tree, word.head)


def relative_word(tree: Tree, head: int) -> int | None:
    """Return the "who", "which" or "where" in front of a relative clause's verb, if there is one."""
    return next((word for word in tree.below(head) if word <= head and tree.words[word].tag in RELATIVE), None)


def said_to_be_evident(tree: Tree, main: int) -> int | None:
    """Return the verb of what "it is evident that" brings in, which the clause states all the same, or None."""
    subject = tree.subject(main)
    adjective = tree.child(main, {"acomp"})
    if subject is None or adjective is None or tree.words[subject].text.lower() != "it":
        return None
    behind = [child for top in (adjective, main) for child in tree.children[top] if child > adjective]
    told = next((c for c in behind if tree.words[c].tag in VERBS and _begins_with_that(tree, c)), None)
    evident = tree.words[adjective].text.lower() in _EVIDENT and tree.child(main, {"neg"}) is None
    return told if evident and told is not None and tree.subject(told) is not None else None


def heard(tree: Tree, main: int) -> int | None:
    """Return the verb of what "the court was told" or "the inquest heard" brings in, or None: no one is its speaker."""
    subject, told = tree.subject(main), tree.child(main, {"ccomp"})
    if subject is None or told is None or tree.words[main].text.lower() not in {"told", "heard", "hears"}:
        return None
    return told if tree.words[subject].text.lower() in HEARERS and tree.subject(told) is not None else None


def _begins_with_that(tree: Tree, verb: int) -> bool:
    return tree.words[tree.below(verb)[0]].text.lower() == "that"


def _has_noun_before(tree: Tree, verb: int) -> bool:
    return any(child < verb and tree.words[child].tag in {*NOUNS, "CD"} for child in tree.children[verb])


def _has_colon(tree: Tree, number: int) -> bool:
    """Tell whether a colon or semicolon stands between a clause and the one it hangs on."""
    own = tree.below(number)
    beside = own[-1] + 1 if number < tree.words[number].head else own[0] - 1
    return 0 <= beside < len(tree.words) and tree.words[beside].text in {":", ";"}


def _is_set_off(tree: Tree, number: int) -> bool:
    """Tell whether a clause is opened by "while" or the like, by a semicolon, or by "and" or "but" behind a comma."""
    first = tree.below(number)[0]
    if tree.words[first].text == "that" and first > 0 and tree.words[first - 1].tag == "CC":
        return True
    before = [tree.words[place].text.lower() for place in range(max(0, first - 2), first + 1)]
    joined = len(before) > 1 and (before[-2:] == [",", tree.words[first].text.lower()] or before[0] == ",")
    opener = tree.words[first] if tree.words[first].tag == "CC" else tree.words[max(0, first - 1)]
    marks = [child for child in tree.children[number] if tree.words[child].text.lower() in APART]
    if any(tree.words[child - 1].text.lower() in {"as", "even"} for child in marks if child):
        return False  # "it is as though nobody cared"
    return (
        before[-1] in APART or bool(marks) or (len(before) > 1 and before[-2] == ";") or (joined and opener.tag == "CC")
    )


def _is_new(tree: Tree, noun: int) -> bool:
    """Tell an apposition with something new ("a chemist who …") from one that identifies ("the chemist who …")."""
    articles = {
        tree.words[child].text.lower() for child in tree.children[noun] if tree.words[child].dependency == "det"
    }
    return tree.words[noun].dependency == "appos" and bool(articles & {"a", "an"})


def _is_reduced_fact(tree: Tree, number: int) -> bool:
    """Tell whether a participle clause holds an amount, or a date or name behind a comma ("formed three weeks ago")."""
    below = tree.below(number)
    if tree.words[below[0]].tag in {"IN", "TO", "WRB"} or tree.child(number, {"mark"}) is not None:
        return False
    after_comma = below[0] > 0 and tree.words[below[0] - 1].text == ","
    if not after_comma and tree.child(number, {"xcomp"}) is not None:  # "jewels thought to be worth £900 were found"
        return False
    amount = any(tree.words[word].entity[2:] in AMOUNTS for word in below)
    tells = any(tree.words[word].entity[2:] == "DATE" for word in below)
    if tree.words[number].tag == "VBN":  # "led by Solveig Nes", "published in Coastal Past"
        tells = tells or any(tree.words[word].text[0].isupper() for word in below)
    marks = tree.words[number].dependency == "acl" and tree.words[number].tag == "VBN"
    return (amount and (after_comma or marks)) or (tells and after_comma)


def _has_tense(tree: Tree, number: int) -> bool:
    return tree.words[number].tag in FINITE or any(
        tree.words[child].tag in FINITE and tree.words[child].dependency in {"aux", "auxpass"}
        for child in tree.children[number]
    )


def opens(tree: Tree, number: int, head: int, joined: bool) -> bool:
    """Tell whether a word that opens the clause of ``head`` only ties it to another, after "and" if ``joined``."""
    word = tree.words[number]
    if word.text.lower() == "that" and (joined or word.tag == "IN" or _brings_in(tree, number)):
        return word.dependency in {"mark", "det"}
    if word.text.lower() in LINKS:
        return True
    openers = {*APART, *WHEN, *REASONS}
    tied = word.text.lower() in openers and word.dependency in {"mark", "advmod"} and word.head == head
    denies = word.text.lower() in {"neither", "nor"}
    return (word.dependency in {"cc", "punct", "preconj"} and not denies) or tied


def _brings_in(tree: Tree, number: int) -> bool:
    """Tell whether "that", taken for "that one", brings in what is said: behind a cue or "and", or before a plural."""
    word, after_and = tree.words[number], number > 0 and tree.words[number - 1].tag == "CC"
    return word.role == "B-content" or after_and or tree.words[word.head].tag in {"NNS", "NNPS"}
