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


@pytest.mark.parametrize(
    ("quote", "text", "start"),
    [
        ("able to vote in June", "He was unable to vote in June.", None),
        ("able to vote in June", "He was unable to vote in June, and able to vote in June of 2011.", 35),
        ("able  to vote in June", "He was unable to vote in June.", None),
        ("He was able to vote", "He was able to voter-proof it.", None),
        ("He said he did", "He said he didn’t vote.", None),
        ("He said he can", "He said he can't vote.", None),
        ("violent protests were held", "Non-violent protests were held.", None),
        ("one members voted yes", "Twenty-one members voted yes.", None),
        ("It cost 3", "It cost 3.5 million.", None),
        ("It cost 3", "It cost 3–4 million.", None),
        ("5 million euros", "It cost 3.5 million euros.", None),
        ("500 voted for it", "In all 12,500 voted for it.", None),
        ("it cost 3", "In 1936 it cost 3, it is said.", 8),
        ("It cost 3.", "It cost 3.", 0),
        ("The lido opened", "Built in 1936.The lido opened.", 14),
        ("he was able", "(he was able)", 1),
        ("he was able", "It says ‘he was able’.", 9),
        ("he was able", "There—he was able—there", 6),
        ("he was able", "- he was able -", 2),
        ("(he was able)", "So(he was able)to go", 2),
        ("“able to vote” in", "un“able to vote” in", 2),
        (", able to vote,", "Kim, able to vote, left", 3),
        ("able to vote in", "able to vote in", 0),
    ],
)
def test_a_quote_begins_and_ends_with_whole_words(quote: str, text: str, start: int | None) -> None:
    span = locate(quote, text)
    assert (span and span[0]) == start


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


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_located_begins_and_ends_with_whole_words(quote: str, text: str) -> None:
    span = locate(quote, f"{text}{quote}{text}")
    if span:
        found, whole = slice(*span), f"{text}{quote}{text}"
        assert not (whole[found.start - 1 : found.start].isalnum() and whole[found.start].isalnum())
        assert not (whole[found.stop - 1].isalnum() and whole[found.stop : found.stop + 1].isalnum())


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=12), st.data())
def test_every_run_of_words_of_a_text_is_found_in_it(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    text = " ".join(words)
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
