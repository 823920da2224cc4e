"""The citation check: verbatim or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.records import Evidence, Passage, Source, Stance
from factcheck.verification.citation import locate, names_speaker, stands_in

TEXT = "Gates said:  “most of the targets” were\nfar from towns – and it’s over. A.B (c) [d] costs $5."


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("most of the targets", "most of the targets"),
        ('said: "most of the targets" were far', "said:  “most of the targets” were\nfar"),
        ("  it's over ", "it’s over"),
        ("towns - and", "towns – and"),
        ("A.B (c) [d] costs $5.", "A.B (c) [d] costs $5."),
        ("AxB (c)", None),
        ("most of the target were", None),
        ("nearly all of the targets", None),
        ("MOST OF THE TARGETS", None),
        ("", None),
        ("   ", None),
    ],
)
def test_a_quote_is_found_word_for_word_or_not_at_all(quote: str, found: str | None) -> None:
    span = locate(quote, TEXT)
    assert (TEXT[slice(*span)] if span else None) == found


@pytest.mark.parametrize(
    ("quote", "start"),
    [("Ten voted", 0), ("“Ten voted", None), ("voted - and", 4), ("voted", 4), ("voted – and ten", 4)],
)
def test_of_several_places_the_first_is_cited(quote: str, start: int | None) -> None:
    text = "Ten voted – and ten voted – and ten voted."
    span = locate(quote, text)
    assert (span and span[0]) == start
    if span:
        assert text[slice(*span)].replace("–", "-") == quote.replace("–", "-")


def test_the_exact_words_win_over_what_differs_in_a_dash_before_them() -> None:
    text = "It cost 3–4 million. It cost 3-4 million."
    assert locate("3-4 million", text) == (29, 40)


@pytest.mark.parametrize(
    ("speaker", "text", "named"),
    [
        ("Ana Ruiz", "Ruiz said so.", True),
        ("Ana Maria Ruiz", "Mrs RUIZ, who is mayor, said so.", True),
        ("Ruiz", "Ruiz said so.", True),
        ("Ana Ruiz", "Ana said so.", False),
        ("Ana Maria Ruiz", "Maria said so.", False),
        ("Ana Ruiz", "Ruizana said so.", False),
        ("Ana Ruiz", "", False),
        ("", "Ruiz said so.", False),
        ("…", "Ruiz said so.", False),
    ],
)
def test_a_speaker_is_named_by_the_surname(speaker: str, text: str, named: bool) -> None:
    assert names_speaker(text, speaker) is named


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_located_is_a_span_of_the_text(quote: str, text: str) -> None:
    span = locate(quote, text)
    if span:
        assert 0 <= span[0] < span[1] <= len(text)


@given(st.text(min_size=1, max_size=80), st.data())
def test_every_span_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : data.draw(st.integers(start + 1, len(text)))]
    span = locate(quote, text)
    if quote.strip():
        assert span is not None
        assert text[slice(*span)] == quote.strip()


def test_a_citation_must_stand_at_its_offsets_in_a_passage_of_its_document() -> None:
    source = Source(id="a", title="A")
    passage = Passage(source=source, text="Ten voted yes.", start=100, end=114)
    good = Evidence(document=source, stance=Stance.SUPPORTS, confidence=0.9, quote="Ten voted", start=100, end=109)
    assert stands_in(good, [passage])
    assert not stands_in(good.model_copy(update={"start": 101, "end": 110}), [passage])
    assert not stands_in(good.model_copy(update={"quote": "Ten Voted"}), [passage])
    assert not stands_in(good.model_copy(update={"document": Source(id="b", title="A")}), [passage])
    assert not stands_in(good.model_copy(update={"start": 0, "end": 9}), [passage])
    assert not stands_in(good.model_copy(update={"quote": "", "end": 100}), [passage])
    assert not stands_in(good, [])
