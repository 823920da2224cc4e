import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.corpus.passages import MAX_WORDS, Span, split_passages
from factcheck.corpus.readers import PAGE_BREAK
from factcheck.corpus.store import Split
from factcheck.layout import in_one_line, lay_out
from factcheck.records import Document, Source
from factcheck.segmentation import all_sentences

SENTENCES = " ".join(
    f"In year {number} the town counted {number * 7} people and a few dogs." for number in range(1, 40)
)

PROSE = ["One. ", "Two words? ", "\n\n", "\n", "# H\n", "é“x”… ", "long " * 50, "\u2028", "🙂 "]


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
    assert [(in_one_line(span.above), document[span.start : span.end]) for span in spans] == [
        ("", "Ten voted in favour."),  # what comes first is the title
        ("Reasons given", "Five said why."),
        ("Debate", "It was long."),
    ]


def test_every_passage_of_a_long_table_is_read_with_its_header_and_the_line_above() -> None:
    rows = "\n".join(f"| Ward {number} | {number * 31} | {number + 20} |" for number in range(1, 60))
    table = f"| Ward | Electorate | Turnout, per cent |\n|---|---:|---:|\n{rows}"
    document = f"## Results\n\nThe wards voted on 4 May.\n\n{table}\n\nTwo recounts were held.\n"
    spans = split_passages(document)
    laid = [one for span in spans for one in lay_out(document[span.start : span.end], span.above)]
    assert len(spans) > 3
    assert ("Results. The wards voted on 4 May.", "Ward: Ward 57; Electorate: 1767; Turnout, per cent: 77.") in [
        (one.under, one.words) for one in laid
    ]
    assert not [one.words for one in laid if one.words.startswith("Ward: Ward;")]
    assert (laid[-1].under, laid[-1].words) == ("Results.", "Two recounts were held.")


def test_what_stands_above_a_passage_is_bounded() -> None:
    document = f"{'very ' * 300}long:\n\n" + "\n".join(f"- {'item ' * 40}{number}." for number in range(9))
    assert {span.above for span in split_passages(document)} == {""}


BLOCKS = st.one_of(
    st.integers(1, 30).map(lambda count: " ".join(f"The town counted {number} dogs." for number in range(count))),
    st.just("**Who counts them?**"),
    st.integers(1, 30).map(lambda count: "**Ada Orme:** I know. " + "The town had many dogs. " * count),
    st.integers(1, 30).map(lambda count: "Mr. Okafor: " + "The dogs were many. " * count + "We counted them."),
    st.integers(1, 30).map(lambda count: "Aldry: " + "The town had many dogs. " * count),
    st.integers(1, 9).map(lambda count: "**Dogs.** " + "They were counted in May and in June. " * count),
    st.integers(1, 40).map(lambda count: "\n".join(["| Dog | Age |", "|---|--:|", *["| Rex the Old | 12 |"] * count])),
    st.integers(1, 40).map(lambda count: "\n".join(["- Rex is a dog, and he is old."] * count)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, max_size=6))
def test_passages_are_laid_out_as_their_document_is(blocks: list[str]) -> None:
    document = "\n\n".join(blocks)
    whole = list(lay_out(document))
    found = {
        one._replace(start=one.start + span.start, end=one.end + span.start)
        for span in split_passages(document)
        for one in lay_out(document[span.start : span.end], span.above)
    }
    assert found == set(whole)


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
@given(st.lists(st.sampled_from([*PROSE, "- a\n"])))
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


def test_where_the_passages_of_a_long_document_stand_takes_no_square_of_its_length() -> None:
    text = PAGE_BREAK.join(["The harbour has many ships. " * 6] * 20_000)
    pages = re.finditer(r"[^\f\n]+", text)
    spans = [Span(*page.span(), "## Ships" * (number % 2)) for number, page in enumerate(pages)]
    document = Document(source=Source(id="a", title="A"), text=text, sha256="")
    began = time.perf_counter()
    places = Split(document, "a.pdf", spans).places
    assert time.perf_counter() - began < 5
    assert places[:2] == [{"start": 0, "page": 1}, {"start": spans[1].start, "above": "## Ships", "page": 2}]
    assert [place["page"] for place in places] == [*range(1, 20_001)]
    without = Split(Document(source=document.source, text="Ships.", sha256=""), "a.txt", [Span(0, 6)])
    assert without.places == [{"start": 0}]
