"""Whatever a parser makes of a sentence, its clauses are cut from its own words: a wrong tree is no crash."""

import json
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.extraction.attribution import find_estimate
from factcheck.extraction.clauses import is_sound, span_of, split_clauses
from factcheck.extraction.reasons import by_form
from factcheck.extraction.references import References
from factcheck.extraction.regions import region_of
from factcheck.extraction.speakers import Voice
from factcheck.extraction.tree import Tree, has_finite_verb, is_title
from factcheck.extraction.wording import word_clause
from factcheck.models.onnx import WEIGHTS
from factcheck.models.tagger import Word

#: The labels that clauses are cut by, so that a few words meet many rules.
TAGS = ["NN", "NNP", "NNS", "VBD", "VBN", "VBG", "VB", "VBZ", "WP", "WDT", "WRB", "WP$", "IN", "CC", "CD", "DT", ","]
DEPENDENCIES = [
    "ROOT",
    "nsubj",
    "relcl",
    "acl",
    "advcl",
    "conj",
    "cc",
    "pobj",
    "prep",
    "dobj",
    "appos",
    "ccomp",
    "punct",
    "nsubjpass",
    "agent",
]
WORDS = ["that", "which", "who", "where", "whose", "and", ",", "the", "council", "Berg", "said", "9", "of", "to", "was"]
WORDS += ["put", "at", "by", "until", "when", "as", "he", "a", "former"]
LABELS = json.loads((WEIGHTS / "attribution" / "model.json").read_text())["labels"]


@st.composite
def sentences(draw: st.DrawFn) -> list[Word]:
    """A sentence with labels of every kind at random, whose heads make a tree."""
    texts = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
    order = draw(st.permutations(range(len(texts))))
    heads = [0] * len(texts)
    for rank, number in enumerate(order):
        heads[number] = order[draw(st.integers(0, max(0, rank - 1)))]
    words, start = [], 0
    for text, head in zip(texts, heads, strict=True):
        kinds = [draw(st.sampled_from(names)) for names in (LABELS["role"], TAGS, DEPENDENCIES, LABELS["entity"])]
        words.append(Word(start, start + len(text), text, kinds[0], kinds[1], kinds[2], head, kinds[3]))
        start += len(text) + 1
    return words


@settings(max_examples=200, deadline=None)
@given(sentences())
def test_any_tree_can_be_split_into_clauses(words: list[Word]) -> None:
    tree = Tree(words)
    text = " ".join(word.text for word in words)
    has_finite_verb(tree, range(len(words)))
    is_title(tree)
    if estimated := find_estimate(tree, 0, 0):
        region_of(tree, estimated)
    references = References([tree], [0], [False])
    for clause in split_clauses(tree, range(len(words))):
        is_sound(tree, clause)
        by_form(tree, clause, "said", asked=False)
        word_clause(tree, 0, clause, references, Voice("Ana Ruiz", direct=True, is_person=True), None, None)
        start, end = span_of(clause, tree.words, text)
        assert clause.reading and 0 <= start < end <= len(text)
        assert {*clause.words, *clause.reading} <= set(range(len(words)))


def parsed(*words: tuple[str, str, str, int]) -> Tree:
    """A tree of (word, tag, dependency, head)."""
    ends = list(accumulate(len(text) + 1 for text, *_ in words))
    return Tree(
        [
            Word(end - len(text) - 1, end - 1, text, "O", tag, dependency, head, "O")
            for end, (text, tag, dependency, head) in zip(ends, words, strict=True)
        ]
    )


def test_what_hangs_on_whether_or_on_no_noun_stays_with_its_clause() -> None:
    unclear = parsed(
        ("It", "PRP", "nsubj", 1), ("was", "VBD", "ROOT", 1), ("unclear", "JJ", "acomp", 1),
        ("whether", "IN", "mark", 5), ("he", "PRP", "nsubj", 5), ("lied", "VBD", "ccomp", 1), ("or", "CC", "cc", 1),
        ("if", "IN", "mark", 9), ("he", "PRP", "nsubj", 9), ("meant", "VBD", "conj", 1), ("it", "PRP", "dobj", 9),
    )  # fmt: skip
    [clause] = split_clauses(unclear, range(len(unclear.words)))
    assert clause.words == tuple(range(len(unclear.words)))
    besides = parsed(
        ("They", "PRP", "nsubj", 1), ("left", "VBD", "ROOT", 1), (",", ",", "punct", 1),
        ("which", "WDT", "nsubj", 4), ("cost", "VBD", "relcl", 1), ("jobs", "NNS", "dobj", 4),
    )  # fmt: skip
    [clause] = split_clauses(besides, range(len(besides.words)))
    assert clause.words == tuple(range(len(besides.words)))
