from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.corpus.passages import MAX_WORDS, split_passages
from factcheck.segmentation import all_sentences

SENTENCES = " ".join(
    f"In year {number} the town counted {number * 7} people and a few dogs." for number in range(1, 40)
)

PIECES = ["One. ", "Two words? ", "\n\n", "\n", "# H\n", "é“x”… ", "- a\n", "long " * 50, "\u2028", "🙂 "]


def texts(document: str) -> list[str]:
    return [document[span.start : span.end] for span in split_passages(document)]


def test_passages_follow_sentence_borders_and_share_one_sentence() -> None:
    passages = texts(SENTENCES)
    assert len(passages) > 3
    for passage in passages:
        assert passage.startswith("In year") and passage.endswith("dogs.")
        assert len(passage.split()) <= MAX_WORDS
    for before, after in pairwise(passages):
        assert before.endswith(after.split(".")[0] + ".")


def test_no_passage_runs_over_a_heading_and_headings_are_not_text() -> None:
    document = "# Votes\n\nTen voted in favour.\n\n## Reasons given\n\nFive said why.\n\nDebate\n------\nIt was long.\n"
    spans = split_passages(document)
    assert [(span.heading, document[span.start : span.end]) for span in spans] == [
        ("Votes", "Ten voted in favour."),
        ("Reasons given", "Five said why."),
        ("Debate", "It was long."),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Smith met Gen. Brown of the U.S. Army.",
        "Cllr. Smith met Amb. Brown at the gate.",
        "Smith left at 5 p.m. Saturday, or 10 p.m. GMT, or 9 a.m. April 6, by sea.",
        "Smith moved from Ft. Worth to Worcester, Mass. as a child.",
        "Smith, R-S.C., voted with approx. 40 others.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(sentence: str) -> None:
    document = f"{sentence} " * 12
    assert [document[start:end] for start, end in all_sentences(document)] == [sentence] * 12
    assert all(passage.startswith(sentence) for passage in texts(document))


def test_a_sentence_may_end_with_an_abbreviation() -> None:
    document = "It ended at 5 p.m. Police came. He moved to Boston, Mass. She stayed."
    assert len(list(all_sentences(document))) == 4


def test_a_short_list_stays_with_the_sentence_that_opens_it() -> None:
    document = "The members voted as follows.\n\n- China: abstained\n- Gabon: in favour\n- India: abstained\n"
    assert texts(document) == [document.strip()]


def test_a_text_without_sentences_is_cut_between_words() -> None:
    document = "word " * (3 * MAX_WORDS)
    assert [len(passage.split()) for passage in texts(document)] == [MAX_WORDS] * 3


@pytest.mark.parametrize("document", ["", " \n\n ", "# Only a heading\n"])
def test_nothing_to_split(document: str) -> None:
    assert split_passages(document) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["One. ", "Two words? ", "\n\n", "\n", "# H\n", "é“x”… ", "- a\n", "long " * 50, "\u2028", "🙂 "]
        )
    )
)
def test_every_word_outside_headings_is_in_a_passage_in_order(parts: list[str]) -> None:
    document = "".join(parts)
    spans = split_passages(document)
    covered = {index for span in spans for index in range(span.start, span.end)}
    for span in spans:
        passage = document[span.start : span.end]
        assert passage and passage == passage.strip()
    starts = [span.start for span in spans]
    assert starts == sorted(set(starts))
    for index, character in enumerate(document):
        line = document[document.rfind("\n", 0, index) + 1 :].partition("\n")[0]
        assert index in covered or character.isspace() or line.startswith("#")
