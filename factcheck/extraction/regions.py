"""Which words of a sentence a quotation holds: the tagger's content, mended by the grammar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from factcheck.extraction.additions import adds_figure
from factcheck.extraction.attribution import Part, Quotation, within
from factcheck.extraction.boundaries import is_clausal, relative_word
from factcheck.extraction.cues import mark_of
from factcheck.extraction.estimates import estimate
from factcheck.extraction.tags import VERBS
from factcheck.extraction.tree import Tree, has_finite_verb

_DENIED = {"denied", "denies", "denying"}
_REJECTED = {"rejected", "rejects", "dismissed", "dismisses", *_DENIED}
_SUGGESTIONS = {
    f"{noun}{plural}"
    for noun in ("accusation", "allegation", "assertion", "charge", "claim", "report", "rumour", "rumor", "suggestion")
    for plural in ("", "s")
}
_LINKING = {"cc", "mark", "advmod", "preconj"}


def region_of(tree: Tree, quotation: Quotation) -> list[int]:
    """Return the words of a sentence that a quotation holds, if they say something."""
    if not quotation.direct and (not_so := denied(tree, quotation)):
        return not_so
    runs: list[list[int]] = []
    for part in quotation.content:
        words = [number for number, word in enumerate(tree.words) if within(word, [part])]
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
    whole = sorted({word for words in runs for word in words})
    if (estimated := estimate(tree, whole)) is not None:
        _, what, amount = estimated
        return [word for word in whole if what[0] <= word <= amount[-1]]
    if not quotation.direct:
        region = _without_gaps(tree, region, quotation.source)
        region = _in_front(tree, _with_coordinated(tree, region, quotation.cue), quotation.cue)
        region = _whole_clause(tree, _behind_that(tree, _with_relative(tree, region)), quotation)
        if _is_no_statement(tree, region, quotation.cue) or _is_order(tree, region, quotation.cue):
            region = []
        region = _with_additions(tree, _with_bare_relatives(tree, region))
    region = _with_commas(tree, region)
    if has_finite_verb(tree, region):
        return region
    return region if quotation.direct and region[:1] == [0] else []


def denied(tree: Tree, quotation: Quotation) -> list[int]:
    """Return what somebody denied having done, or what the suggestion was that they rejected."""
    verb = next((n for n, word in enumerate(tree.words) if within(word, [quotation.cue]) and word.tag in VERBS), None)
    if verb is None:
        return []
    if tree.words[verb].text in _DENIED:
        done = next((c for c in tree.children[verb] if tree.words[c].dependency == "xcomp" and c > verb), None)
        below = tree.below(done) if done is not None else []
        return below if below and tree.words[below[0]].text == "having" and tree.words[below[1]].tag == "VBN" else []
    what = tree.child(verb, {"dobj"})
    if tree.words[verb].text not in _REJECTED or what is None or tree.words[what].text not in _SUGGESTIONS:
        return []
    told = next((c for c in tree.children[what] if tree.words[c].tag in VERBS and tree.subject(c) is not None), None)
    below = tree.below(told) if told is not None else []
    return below if below and tree.words[below[0]].text == "that" else []


def _belongs(tree: Tree, number: int, words: list[int], *, before: bool = False) -> bool:
    """Tell whether a word that the tagger left out hangs, by others left out, on what is said."""
    if tree.words[number].tag == "HYPH":  # "first-half sales" are not cut in two
        return tree.words[number].role == "O" and tree.words[number - before].role == "O"
    links = before and not tree.words[number + 1].entity.startswith("I-")  # "only" in "only 9 percent" does not
    if _speaks(tree, number) or tree.words[number].dependency in {"punct", *(_LINKING if links else ())}:
        return False
    while number not in words and tree.words[number].head != number and not _speaks(tree, number):
        number = tree.words[number].head
    return number in words


def _speaks(tree: Tree, number: int) -> bool:
    """Tell whether a word says who speaks, or that they do."""
    return tree.words[number].role.endswith(("source", "cue"))


def _without_gaps(tree: Tree, region: list[int], source: Part | None) -> list[int]:
    """Fill in what the tagger left out between what is said, where neither a cue nor the source stands there.

    What it took for another source there is of what is said: "said a survey carried out in June showed that".
    """
    filled = list(region)
    for early, late in pairwise(region):
        between = range(early + 1, late)
        words = [tree.words[number] for number in between]
        if all(w.role == "O" or (source and w.role.endswith("source") and not within(w, [source])) for w in words):
            filled += between
    return sorted(filled)


def _in_front(tree: Tree, region: list[int], cue: Part | None) -> list[int]:
    """Put in what the tagger left out of the clause in front of who says so: "Under the deal, pay will rise, he said".

    What stands before a dash or a colon, such as a dateline, is none of it.
    """
    verb = next((n for n, word in enumerate(tree.words) if within(word, [cue]) and word.tag in VERBS), 0)
    told = tree.child(verb, {"ccomp"})
    if told is None or told > verb or not region or region[-1] >= verb:
        return region
    first = max((n + 1 for n in range(region[0]) if tree.words[n].tag == ":"), default=0)
    clause = [n for n in tree.below(told) if first <= n < verb and not tree.words[n].role.endswith(("cue", "source"))]
    while clause and tree.words[clause[-1]].text == ",":
        clause.pop()
    return sorted({*region, *clause}) if told in region or set(region) & set(clause) else region


def _with_bare_relatives(tree: Tree, region: list[int]) -> list[int]:
    """Put in what a noun at the end is told apart by: "twice the figure it gave in January", taken for a speech.

    What somebody else says of it all is none of it: "…, an allegation she denied".
    """
    for verb in tree.children[region[-1]] if region else ():
        below, noun = tree.below(verb), region[-1]
        if tree.words[verb].dependency == "relcl" and relative_word(tree, verb) is None and below[0] == noun + 1:
            first = tree.below(noun)[0]
            if tree.words[noun].dependency == "appos" and tree.words[first - 1].text == ",":
                return [number for number in region if number < first - 1]
            return [*region, *below]
    return region


def _with_additions(tree: Tree, region: list[int]) -> list[int]:
    """Put in what is added behind who says so: "The firm will buy it, it said on Monday, its largest purchase yet"."""
    if not region:
        return region
    commas = [number for number in range(region[-1] + 1, len(tree.words)) if tree.words[number].text == ","]
    for comma, end in pairwise([*commas, len(tree.words)]):
        between = [tree.words[number] for number in range(region[-1] + 1, comma)]
        phrase = [number for number in range(comma + 1, end) if tree.words[number].tag != "."]
        goes_on = any(word.tag in VERBS and not word.role.endswith("cue") for word in between)
        about_speaker = bool(between) and between[-1].role.endswith(("source", "cue"))
        free = all(tree.words[number].role == "O" for number in phrase)
        if phrase and free and not goes_on and not about_speaker and adds_figure(tree, phrase):
            return [*region, comma, *phrase]
    return region


def _with_relative(tree: Tree, region: list[int]) -> list[int]:
    """Put in the subject that the tagger left out before who says it: "a letter which he said had been sent"."""
    before = [n for n, w in enumerate(tree.words) if w.tag in {"WDT", "WP"} and w.head in region and n < region[0]]
    lone = (
        len(before) == 1
        and tree.words[before[0]].role == "O"
        and tree.subject(tree.words[before[0]].head) in {None, *before}
    )
    return [*before, *region] if lone else region


def _with_coordinated(tree: Tree, region: list[int], cue: Part | None) -> list[int]:
    """Put in what goes on behind "according to": "has killed 9 people, according to police, and driven 40 away"."""
    according = cue is not None and any(w.text == "according" and within(w, [cue]) for w in tree.words)
    joined = [
        child
        for number in region
        for child in tree.children[number]
        if according
        and child not in region
        and tree.words[child].dependency == "conj"
        and tree.words[child].tag in VERBS
    ]
    more = {n for child in joined for n in tree.below(child) if not tree.words[n].role.endswith(("cue", "source"))}
    return sorted({*region, *more})


def _behind_that(tree: Tree, region: list[int]) -> list[int]:
    """Leave out what was taken for said in front of "that": "suggested to him that he had made it up"."""
    for place, number in enumerate(region):
        verb = tree.words[number].head
        if tree.words[number].text == "that" and tree.words[number].dependency == "mark" and verb in region:
            before = {word for word in region[:place] if tree.words[word].tag != "RB"}
            said = tree.words[verb].head not in region and before.isdisjoint(tree.below(verb))
            if any(tree.words[n].tag in VERBS and tree.subject(n) in before for n in before):
                return region  # "Berg had told ministers that …" is a clause itself
            return region[place:] if said else region
    return region


def _whole_clause(tree: Tree, region: list[int], quotation: Quotation) -> list[int]:
    """Make a clause of a phrase that was taken for what is said, or nothing.

    In "The fire began near Oslo, according to police" all that "near Oslo" hangs on is said; in "She is accused of a
    fraud that cost £900", where that is the cue itself, nothing is.
    """
    tops = [number for number in region if tree.words[number].head not in region or tree.words[number].head == number]
    if quotation.cue is None or any(_is_clause(tree, top) for top in tops):
        return region
    if _comes_first(tree, region, quotation.cue) and has_finite_verb(tree, region):
        return region
    cues = {number for number, word in enumerate(tree.words) if within(word, [quotation.cue])}
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


def _is_clause(tree: Tree, top: int) -> bool:
    """Tell a clause from what only goes with a noun; "said in a statement that growth had slowed" has one."""
    return is_clausal(tree, top) and (tree.words[top].dependency != "acl" or tree.subject(top) is not None)


def _is_no_statement(tree: Tree, region: list[int], cue: Part | None) -> bool:
    """Tell what only goes with the verb before it: "did not see Berg, who had left", "issued a threat to leave"."""
    if _comes_first(tree, region, cue):
        return False
    tops = [number for number in region if tree.words[number].head not in region or tree.words[number].head == number]
    verbs = [number for number in tops if tree.words[number].tag in VERBS]
    if not verbs:
        return any(tree.words[number].dependency == "dobj" for number in tops)
    return _is_infinitive(tree, verbs[0])


def _comes_first(tree: Tree, region: list[int], cue: Part | None) -> bool:
    """Tell whether a sentence opens with what is said: "…, the report said"."""
    return region[:1] == [0] and cue is not None and cue.start >= tree.words[region[-1]].end


def _is_order(tree: Tree, region: list[int], cue: Part | None) -> bool:
    """Tell whether something is only ordered to be done: "ordered the border closed"."""
    cues = {word.text.lower() for word in tree.words if within(word, [cue])}
    orders = not cues.isdisjoint({"order", "orders", "ordered", "ordering"})
    return orders and bool(region) and tree.words[region[0]].text.lower() != "that"


def _is_infinitive(tree: Tree, verb: int) -> bool:
    return tree.words[verb].tag == "VB" and any(tree.words[child].tag == "TO" for child in tree.children[verb])


def _with_commas(tree: Tree, region: list[int]) -> list[int]:
    """Keep the comma in front of an apposition or a participle that the cue parted from its clause."""
    gaps = [late for early, late in pairwise(region) if late > early + 1]
    apart = {"appos", "acl", "advcl"}
    apposed = [n for n in gaps if any(tree.words[top].dependency in apart for top in _over(tree, n, region))]
    return sorted({*region, *(n - 1 for n in apposed if tree.words[n - 1].text == ",")})


def _over(tree: Tree, number: int, region: Sequence[int]) -> Iterator[int]:
    """Yield a word of the region and those above it there."""
    while number in region:
        yield number
        if tree.words[number].head == number:
            break
        number = tree.words[number].head


def _by_nobody(tree: Tree, cue: int) -> bool:
    """Tell what "can be said" from what somebody said: "The best that can be said is that …"."""
    verb = tree.words[cue].head if tree.words[cue].dependency in {"aux", "auxpass"} else cue
    what, who = tree.child(verb, {"nsubjpass"}), tree.child(verb, {"agent"})
    relative = tree.words[verb].dependency == "relcl" and what is not None and tree.words[what].tag in {"WDT", "WP"}
    return relative and who is None and any(tree.words[child].tag == "MD" for child in tree.children[verb])


def _hangs_together(tree: Tree, region: list[int], cue: Part | None) -> bool:
    """Tell whether the grammar, too, ties what is said to its cue, if the cue stands in the same sentence."""
    cues = {number for number, word in enumerate(tree.words) if within(word, [cue])}
    by_the_way = {"prep", "parataxis", "agent", "conj"}
    if not cues or any(tree.words[n].head in region and tree.words[n].dependency in by_the_way for n in cues):
        return True
    if any(tree.words[n].text.lower() == "according" for n in cues):  # its clause is found in ``_whole_clause``
        return True
    behind = {n for n in cues if region and n > region[-1] and tree.words[n].dependency == "advcl"}
    behind = {n for n in behind if mark_of(tree, n) in {None, "as"}}  # "The mayor left because police said …"
    if any(tree.words[n].head in region and tree.subject(n) is not None for n in behind):  # "…, county records show"
        return True
    if any(_by_nobody(tree, n) for n in cues):
        return False
    for top in (number for number in region if tree.words[number].head not in region):
        above = tree.words[top].head
        if tree.words[top].dependency == "ccomp" and cues & set(tree.below(above, region)):
            return True
        while above not in cues and tree.words[above].head != above and not tree.words[above].tag.startswith("V"):
            above = tree.words[above].head
        if above in cues:
            return True
    return False
