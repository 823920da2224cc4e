"""Whatever a parser makes of a sentence, its clauses are cut from its own words: a wrong tree is no crash."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.extraction.attribution import find_estimate
from factcheck.extraction.clauses import is_sound, span_of, split_clauses
from factcheck.extraction.reasons import by_form
from factcheck.extraction.references import References
from factcheck.extraction.regions import region_of
from factcheck.extraction.tree import Tree, has_finite_verb, is_title
from factcheck.extraction.wording import Voice, word_clause
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
