"""What a sentence of a passage stands under: run-in headings, lines above lists and tables, and a table's header."""

from __future__ import annotations

from datetime import date

import pytest

from factcheck.layout import Laid, lay_out
from factcheck.records import Passage, Source
from factcheck.verification.dating import dated_sentences


def laid(text: str) -> list[tuple[str, str]]:
    return [(sentence.under, sentence.words) for sentence in lay_out(text)]


def test_a_run_in_heading_stands_above_its_paragraph_only() -> None:
    text = "**Harbour.** Dredging began in May. It cost 4 million.\n\nThe council met twice."
    assert laid(text) == [
        ("Harbour.", "Dredging began in May."),
        ("Harbour.", "It cost 4 million."),
        ("", "The council met twice."),
    ]


def test_what_is_said_in_a_transcript_is_read_with_who_says_it() -> None:
    text = "**Ada Orme:** We shall not sell. Not this year.\n\n**Moderator:** Why?\n\n**Orme (laughs):** I like it."
    assert [(one.under, one.words, one.speaker) for one in lay_out(text)] == [
        ("", "Ada Orme said: “We shall not sell.”", "Ada Orme"),
        ("", "Ada Orme said: “Not this year.”", "Ada Orme"),
        ("Moderator:", "Why?", ""),
        ("", "Orme (laughs) said: “I like it.”", "Orme (laughs)"),
    ]


@pytest.mark.parametrize(
    "label", ["Mr. Okafor:", "SEC. KING:", "THE PRESIDENT:", "Ada Orme:", "**Ada Orme:**", "__Okafor:__"]
)
def test_a_label_in_front_of_speech_tells_whose_it_is(label: str) -> None:
    text = f"They met.\n\n{label} We were glad. The rate fell.\n\nIt rained."
    speaker = label.strip("*_").removesuffix(":")
    assert [(text[one.start : one.end], one.words, one.speaker) for one in lay_out(text)] == [
        ("They met.", "They met.", ""),
        ("We were glad.", f"{speaker} said: “We were glad.”", speaker),
        ("The rate fell.", f"{speaker} said: “The rate fell.”", speaker),
        ("It rained.", "It rained.", ""),
    ]


@pytest.mark.parametrize(
    "label",
    [
        "**Skelmouth:** October 0.47 million.",
        "**Sales:** We sold 12.",
        "**Ada Orme.** We shall not sell.",
        "**Ada Orme:** treasurer since 2019.",
        "Ada Orme: treasurer since 2019.",
        "Note: We closed.",
        "NOTE: We closed.",
        "London: The pound fell.",
        "Ada Orme met us: We shall not sell.",
        "Q: Do you sell?",
        "Ada Orme:",
        "**Ada Orme said:** We shall not sell.",
    ],
)
def test_a_heading_of_something_else_speaks_to_nobody(label: str) -> None:
    assert [one.speaker for one in lay_out(label)] == [""]


def test_a_question_in_bold_type_stands_above_its_answer_and_is_no_evidence_itself() -> None:
    answer = "We built too little.\n\nWe know it."
    text = f"She met us in May.\n\n**Rents are up by a tenth. Why?**\n\n{answer}\n\n**And now?**\n\nWe build."
    assert laid(text) == [
        ("", "She met us in May."),
        ("Rents are up by a tenth. Why?", "We built too little."),
        ("Rents are up by a tenth. Why?", "We know it."),
        ("And now?", "We build."),
    ]


def test_a_row_is_read_with_its_header_under_the_line_above_the_table() -> None:
    table = "| Port | 2022 | 2023 |\n|---|---:|---:|\n| Aldry | 310 | 290 |\n| Best | 12 | |"
    text = f"Catch by port, tonnes:\n\n{table}\n\nAll is landed."
    assert laid(text)[1:] == [
        ("Catch by port, tonnes:", "Port: Aldry; 2022 (tonnes): 310; 2023 (tonnes): 290."),
        ("Catch by port, tonnes:", "Port: Best; 2022 (tonnes): 12; 2023 (tonnes): ."),
        ("", "All is landed."),
    ]


def test_a_row_above_one_that_begins_with_a_dash_is_no_header() -> None:
    first = "| Port | 2022 | 2023 |\n|---|---|---|\n| Aldry | 310 | 290 |"
    rows = f"{first}\n| - | 12 | 14 |\n| - | - | - |\n| Best | 7 | 9 |"
    assert [words for _, words in laid(rows)] == [
        "Port: Aldry; 2022: 310; 2023: 290.",
        "Port: -; 2022: 12; 2023: 14.",
        "Port: Best; 2022: 7; 2023: 9.",
    ]


def test_a_table_that_says_one_thing_a_row_is_read_so() -> None:
    assert laid("| Field | Entry |\n|---|---|\n| Beds | 438 |") == [("", "Beds: 438.")]
    assert laid("| Quay | Ferries |\n|---|---|\n| North | 311 |") == [("", "Quay: North; Ferries: 311.")]


def test_a_row_without_a_header_has_its_cells() -> None:
    assert laid("| Aldry | 310 |\n| Best | 12 |") == [("", "Aldry; 310."), ("", "Best; 12.")]


def test_items_of_a_list_stand_under_the_sentence_before_without_their_marks() -> None:
    items = "- Sales: 31m (28m)\n- Debt: 9m (12m)\n\n1. Orme was in the chair. She spoke.\n\n2. Best left."
    text = f"Last year's figures are in brackets.\n\n{items}"
    assert laid(text)[1:] == [
        ("Last year's figures are in brackets.", "Sales: 31m (28m)"),
        ("Last year's figures are in brackets.", "Debt: 9m (12m)"),
        ("Last year's figures are in brackets.", "Orme was in the chair."),
        ("", "She spoke."),
        ("Last year's figures are in brackets.", "Best left."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He was aged\n30. She was not.",
        "The plan - which\n- as all knew - was late failed.",
        "Snakes_case and 2 * 3 * 4 stay.",
        "It was **bold** at times.",
    ],
)
def test_prose_keeps_its_words(text: str) -> None:
    words = " ".join(words for _, words in laid(text))
    assert words.replace("\n", " ") == text.replace("\n", " ").replace("**", "")


def test_each_sentence_is_where_it_says() -> None:
    text = "**Roads.** *Two* were closed.\n\n- One reopened.\n\n| a | b |\n|---|---|\n| c | d |"
    assert [text[one.start : one.end] for one in lay_out(text)] == ["*Two* were closed.", "One reopened.", "| c | d |"]
    assert list(lay_out("")) == list[Laid]()


def test_dates_are_written_out_in_what_stands_under_a_heading() -> None:
    source = Source(id="d", title="Log", published=date(2024, 5, 16))
    passage = Passage(source=source, text="**Pier.** It opened on Tuesday.", start=0, end=31, score=1.0)
    (sentence,) = dated_sentences(passage)
    assert (sentence.under, sentence.words) == ("Pier.", "It opened on 14 May 2024.")
