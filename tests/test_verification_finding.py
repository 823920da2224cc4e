"""From evidence to a finding: the verdict follows from citations that stood the check, and from nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.records import (
    Attribution,
    Claim,
    Evidence,
    Flag,
    Passage,
    Source,
    Stance,
    Tier,
    Verdict,
)
from factcheck.verification.citation import stands_in
from factcheck.verification.finding import conclude, unchecked
from factcheck.verification.verdict import decide
from factcheck.verification.windows import windows_around

SUPPORTS, CONTRADICTS = Stance.SUPPORTS, Stance.CONTRADICTS
RECORD = Source(
    id="record", title="Record of the vote", publisher="The council", published=dt.date(2011, 3, 17), tier=Tier.PRIMARY
)
PAPER = Source(id="paper", title="Council votes", publisher="The Paper", published=dt.date(2011, 3, 25))
PASSAGES = [
    Passage(source=RECORD, text="Ten members voted in favour. Five abstained.", start=0, end=44),
    Passage(source=PAPER, text="Nine members voted in favour, said the mayor.", start=50, end=95),
]
CLAIM = Claim(
    id="c1", text="Ten members voted yes.", quote="Ten voted yes", start=0, end=13, line=1, check_worthiness=0.9
)


def said_by(speaker: str) -> Claim:
    return CLAIM.model_copy(update={"attribution": Attribution(speaker=speaker, kind="indirect", cue="said")})


def passage_of(text: str, source: Source = PAPER) -> Passage:
    return Passage(source=source, text=text, start=0, end=len(text))


SAID = said_by("Ana Ruiz")


def cite(passage: Passage, stance: Stance, confidence: float, **changes: object) -> Evidence:
    quote = passage.text.partition(". ")[0]
    evidence = Evidence(
        document=passage.source,
        stance=stance,
        confidence=confidence,
        quote=quote,
        start=passage.start,
        end=passage.start + len(quote),
    )
    return evidence.model_copy(update=changes)


FOR, AGAINST = cite(PASSAGES[0], SUPPORTS, 0.99), cite(PASSAGES[1], CONTRADICTS, 0.9)


@pytest.mark.parametrize(
    ("evidence", "verdict"),
    [
        ([], Verdict.NOT_ENOUGH_EVIDENCE),
        ([FOR], Verdict.SUPPORTED),
        ([AGAINST], Verdict.REFUTED),
        ([FOR, AGAINST], Verdict.CONFLICTING),
        ([FOR, cite(PASSAGES[1], CONTRADICTS, 0.2)], Verdict.SUPPORTED),
        ([cite(PASSAGES[0], SUPPORTS, 0.6)], Verdict.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_the_verdict_follows_from_the_stances(evidence: list[Evidence], verdict: Verdict) -> None:
    assert conclude(CLAIM, PASSAGES, evidence, article_date=None).verdict == verdict


@pytest.mark.parametrize(
    ("supports", "contradicts", "least", "verdict", "confidence"),
    [
        (0.75, 0.0, 0.75, Verdict.SUPPORTED, 0.75),
        (0.0, 0.75, 0.75, Verdict.REFUTED, 0.75),
        (0.75, 0.0, 0.76, Verdict.NOT_ENOUGH_EVIDENCE, 0.25),
        (0.75, 0.75, 0.75, Verdict.CONFLICTING, 0.75),
        (0.5, 0.5, 0.75, Verdict.NOT_ENOUGH_EVIDENCE, 2 / 3),
        (0.75, 0.5, 0.6, Verdict.SUPPORTED, 0.6),
        (0.75, 0.49, 0.6, Verdict.SUPPORTED, 0.75),
        (0.49, 0.75, 0.6, Verdict.REFUTED, 0.75),
        (0.49, 0.0, 0.45, Verdict.SUPPORTED, 0.49),
        (1.0, 0.5, 0.75, Verdict.SUPPORTED, 1.0),
        (0.5, 0.8, 0.75, Verdict.CONFLICTING, 0.5),
        (0.64, 0.83, 0.65, Verdict.CONFLICTING, 0.64),
    ],
)
def test_the_odds_of_both_sides_decide_and_to_reach_the_threshold_is_enough(
    supports: float, contradicts: float, least: float, verdict: Verdict, confidence: float
) -> None:
    decided = decide([cite(PASSAGES[0], SUPPORTS, supports), cite(PASSAGES[0], CONTRADICTS, contradicts)], least)
    assert decided == (verdict, pytest.approx(confidence))


chances = st.floats(0, 1)


@given(st.floats(0.65, 1), st.floats(0, 1), st.sampled_from([(SUPPORTS, CONTRADICTS), (CONTRADICTS, SUPPORTS)]))
def test_what_half_convinces_makes_no_verdict_of_none(
    chance: float, other: float, sides: tuple[Stance, Stance]
) -> None:
    held = [cite(PASSAGES[0], sides[0], chance), cite(PASSAGES[1], sides[1], other)]
    assert decide(held, 0.65)[0] != Verdict.NOT_ENOUGH_EVIDENCE


@given(st.lists(st.tuples(st.sampled_from([SUPPORTS, CONTRADICTS]), chances), max_size=6), chances)
def test_a_verdict_is_a_probability_and_mirrors_when_the_stances_do(
    stances: list[tuple[Stance, float]], least: float
) -> None:
    other = {SUPPORTS: CONTRADICTS, CONTRADICTS: SUPPORTS}
    mirrored = {Verdict.SUPPORTED: Verdict.REFUTED, Verdict.REFUTED: Verdict.SUPPORTED}
    verdict, confidence = decide([cite(PASSAGES[0], s, c) for s, c in stances], least)
    opposite, same = decide([cite(PASSAGES[0], other[s], c) for s, c in stances], least)
    assert 0 <= confidence <= 1
    assert confidence == pytest.approx(same)
    ties = {c for s, c in stances if s == SUPPORTS} & {c for s, c in stances if s == CONTRADICTS}
    if not ties:
        assert opposite == mirrored.get(verdict, verdict)


def of_tier(tier: Tier, stance: Stance, confidence: float) -> Evidence:
    item = cite(PASSAGES[0], stance, confidence)
    return item.model_copy(update={"document": RECORD.model_copy(update={"tier": tier})})


anything = st.lists(st.builds(of_tier, st.sampled_from(Tier), st.sampled_from([SUPPORTS, CONTRADICTS]), chances))


@given(anything, st.sampled_from(Tier), chances, chances)
def test_more_support_never_turns_a_verdict_against_the_claim(
    held: list[Evidence], tier: Tier, chance: float, least: float
) -> None:
    for_it = [Verdict.REFUTED, Verdict.NOT_ENOUGH_EVIDENCE, Verdict.SUPPORTED]
    before, after = decide(held, least)[0], decide([*held, of_tier(tier, SUPPORTS, chance)], least)[0]
    if Verdict.CONFLICTING in (before, after):
        assert (before, after) != (Verdict.SUPPORTED, Verdict.CONFLICTING)
    else:
        assert for_it.index(before) <= for_it.index(after)


@given(anything, chances)
def test_copies_weigh_nothing(held: list[Evidence], least: float) -> None:
    assert decide(held * 3, least) == decide(held, least)


@given(anything, st.sampled_from(Tier), chances)
def test_a_lesser_source_neither_outvotes_a_better_one_nor_is_kept_quiet(
    held: list[Evidence], tier: Tier, least: float
) -> None:
    assert decide(held, least) == decide([item.model_copy(update={"document": PAPER}) for item in held], least)
    record = of_tier(Tier.PRIMARY, SUPPORTS, 1.0)
    assert decide([record, *(of_tier(tier, CONTRADICTS, 1.0) for _ in range(9))], least)[0] == Verdict.CONFLICTING


def test_a_conflict_says_which_side_weighs_more() -> None:
    finding = conclude(CLAIM, PASSAGES, [FOR, AGAINST], article_date=None)
    assert "“Council votes” (The Paper, 25 March 2011), a secondary source, contradicts this" in finding.rationale
    assert "supports it. The second weighs more." in finding.rationale


def test_a_conflict_says_which_is_the_later_word_of_one_publisher() -> None:
    later = PAPER.model_copy(update={"id": "later", "title": "Council votes again", "published": dt.date(2011, 4, 1)})
    passages = [PASSAGES[1], PASSAGES[1].model_copy(update={"source": later, "text": "Ten members voted in favour."})]
    both = [cite(passages[0], CONTRADICTS, 0.9), cite(passages[1], SUPPORTS, 0.9)]
    finding = conclude(CLAIM, passages, both, article_date=None)
    assert finding.verdict == Verdict.CONFLICTING
    assert "The second is the later word of the same publisher, and may supersede the other." in finding.rationale


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("The vote was held on 20 March 2011.", True),
        ("The law was changed on March 21, 2012, and again later.", True),
        ("The vote was held on 17 March 2011.", False),
        ("It was 18 March 2011 in Sydney already.", False),
        ("A second vote will be held on 20 March 2011.", False),
        ("The rules hold until 20 March 2011. They were made in 2012 copies.", False),
    ],
)
def test_a_document_that_tells_of_days_after_its_own_date_is_named(text: str, flagged: bool) -> None:
    passage = Passage(source=RECORD, text=f"{PASSAGES[0].text} {text}", start=0, end=45 + len(text))
    finding = conclude(CLAIM, [passage], [FOR], article_date=None)
    assert (Flag.EVIDENCE_MISDATED in finding.flags) is flagged
    assert ("Record of the vote” (The council, 17 March 2011) tells of" in finding.rationale) is flagged


def test_an_invented_citation_is_dropped_and_the_verdict_falls_with_it() -> None:
    invented = cite(PASSAGES[0], SUPPORTS, 0.99, quote="All members voted in favour", end=27)
    finding = conclude(CLAIM, PASSAGES, [invented], article_date=None)
    assert finding.verdict == Verdict.NOT_ENOUGH_EVIDENCE
    assert finding.evidence == ()
    assert Flag.CITATION_DROPPED in finding.flags


def test_a_passage_that_was_not_retrieved_for_the_claim_is_no_evidence() -> None:
    finding = conclude(CLAIM, PASSAGES[1:], [FOR], article_date=None)
    assert finding.verdict == Verdict.NOT_ENOUGH_EVIDENCE
    assert Flag.CITATION_DROPPED in finding.flags


def test_whether_it_was_said_and_whether_it_is_so_are_answered_apart() -> None:
    said = cite(PASSAGES[1], SUPPORTS, 0.9, bears_on="attribution")
    finding = conclude(SAID, PASSAGES, [AGAINST, said], article_date=None)
    assert finding.verdict == Verdict.REFUTED
    assert finding.attribution_verdict == Verdict.SUPPORTED
    assert Flag.ATTRIBUTION_UNSUPPORTED not in finding.flags
    silent = conclude(SAID, PASSAGES, [FOR], article_date=None)
    assert silent.verdict == Verdict.SUPPORTED
    assert silent.attribution_verdict == Verdict.NOT_ENOUGH_EVIDENCE
    assert Flag.ATTRIBUTION_UNSUPPORTED in silent.flags
    assert conclude(CLAIM, PASSAGES, [FOR], article_date=None).attribution_verdict is None


def test_a_speakers_own_word_is_no_evidence_that_it_is_so() -> None:
    passage = passage_of("Ana Ruiz said that ten members voted yes.")
    own = cite(passage, SUPPORTS, 0.95)
    said = own.model_copy(update={"bears_on": "attribution"})
    finding = conclude(SAID, [passage, *PASSAGES], [own, said], article_date=None)
    assert finding.verdict == Verdict.NOT_ENOUGH_EVIDENCE
    assert finding.attribution_verdict == Verdict.SUPPORTED
    assert conclude(SAID, [passage, *PASSAGES], [own, said, FOR], article_date=None).verdict == Verdict.SUPPORTED
    another = passage_of("Karl Lind said that ten members voted yes.")
    theirs = cite(another, SUPPORTS, 0.95)
    assert conclude(SAID, [another], [theirs], article_date=None).verdict == Verdict.NOT_ENOUGH_EVIDENCE
    assert conclude(CLAIM, [passage], [own], article_date=None).verdict == Verdict.SUPPORTED


def test_support_that_gives_another_figure_is_not_enough() -> None:
    text = "The barges that the port had lent to the dredgers carried about 550 sailors."
    passage = passage_of(text, RECORD)
    claim = CLAIM.model_copy(update={"text": "The four tugs that were lent out carry some 850 sailors."})
    assert conclude(claim, [passage], [cite(passage, SUPPORTS, 0.9)], article_date=None).verdict == (
        Verdict.NOT_ENOUGH_EVIDENCE
    )
    right = claim.model_copy(update={"text": "The four tugs that were lent out carry some 550 sailors."})
    assert conclude(right, [passage], [cite(passage, SUPPORTS, 0.9)], article_date=None).verdict == Verdict.SUPPORTED


def test_a_single_source_and_newer_evidence_are_flagged() -> None:
    finding = conclude(CLAIM, PASSAGES, [AGAINST], article_date=dt.date(2011, 3, 20))
    assert {Flag.SINGLE_SOURCE, Flag.EVIDENCE_NEWER_THAN_ARTICLE} <= set(finding.flags)
    same = PASSAGES[1].model_copy(update={"text": "Ten members voted in favour. The mayor was glad.", "end": 98})
    both = [FOR, cite(same, SUPPORTS, 0.9)]
    finding = conclude(CLAIM, [PASSAGES[0], same], both, article_date=dt.date(2011, 3, 25))
    assert not {Flag.SINGLE_SOURCE, Flag.EVIDENCE_NEWER_THAN_ARTICLE} & set(finding.flags)


def test_the_rationale_names_the_source_and_its_date() -> None:
    finding = conclude(CLAIM, PASSAGES, [FOR], article_date=None)
    assert finding.rationale == "“Record of the vote” (The council, 17 March 2011) bears this out."
    assert conclude(CLAIM, PASSAGES, [FOR], article_date=None, rationale="As [1] says.").rationale == "As [1] says."


def test_the_rationale_does_not_keep_the_other_side_quiet() -> None:
    claim = CLAIM.model_copy(update={"text": "The council was for it."})
    weak = cite(PASSAGES[1], CONTRADICTS, 0.6)
    supported = conclude(claim, PASSAGES, [FOR, weak], article_date=None)
    assert supported.verdict == Verdict.SUPPORTED
    assert supported.rationale.endswith("Weaker evidence against it is in “Council votes” (The Paper, 25 March 2011).")
    weak_for = cite(PASSAGES[0], SUPPORTS, 0.61)
    neither = conclude(claim, PASSAGES, [weak_for, weak], article_date=None)
    assert neither.verdict == Verdict.NOT_ENOUGH_EVIDENCE
    assert neither.rationale == (
        "“Council votes” (The Paper, 25 March 2011) speaks against this and “Record of the vote” (The council, "
        "17 March 2011) for it, but not surely enough for a verdict."
    )


def test_a_source_that_says_both_does_not_weigh_more_than_itself() -> None:
    text = "Ten members voted yes. The record was wrong: hardly anybody voted yes."
    passage = passage_of(text, RECORD)
    second = {"quote": text[23:], "start": 23, "end": len(text)}
    both = [cite(passage, SUPPORTS, 0.9), cite(passage, CONTRADICTS, 0.9, **second)]
    claim = CLAIM.model_copy(update={"text": "The council was for it."})
    finding = conclude(claim, [passage], both, article_date=None)
    assert finding.verdict == Verdict.CONFLICTING
    assert finding.rationale == (
        "“Record of the vote” (The council, 17 March 2011) has passages that contradict this "
        "and others that support it."
    )


@pytest.mark.parametrize(("more", "words"), [(1, "; so does one more source."), (2, "; so do 2 more sources.")])
def test_the_rationale_counts_further_sources(more: int, words: str) -> None:
    others = [
        PASSAGES[0].model_copy(update={"source": RECORD.model_copy(update={"id": f"other{number}"})})
        for number in range(more)
    ]
    evidence = [FOR, *(cite(passage, SUPPORTS, 0.9) for passage in others)]
    assert words in conclude(CLAIM, [*PASSAGES, *others], evidence, article_date=None).rationale


def test_an_unchecked_claim_has_no_verdict_and_says_why() -> None:
    finding = unchecked(SAID, "the endpoint did not answer")
    assert finding.verdict == finding.attribution_verdict == Verdict.UNCHECKED
    assert finding.confidence == 0
    assert "the endpoint did not answer" in finding.rationale


def test_a_count_of_something_else_does_not_stand_against_the_very_figure() -> None:
    first = passage_of("The coalition flew 336 sorties in all.", RECORD)
    second = passage_of("Aircraft flew 130 sorties since the last briefing.")
    text = "The coalition had flown 336 sorties."
    claim = CLAIM.model_copy(update={"text": text, "quote": text, "end": len(text)})
    whole = {"quote": first.text, "end": first.end}
    other = {"quote": second.text, "end": second.end}
    borne_out, stranger = cite(first, SUPPORTS, 0.8, **whole), cite(second, CONTRADICTS, 0.8, **other)
    assert conclude(claim, [first, second], [borne_out, stranger], article_date=None).verdict == Verdict.SUPPORTED
    alone = conclude(claim, [second], [stranger], article_date=None)
    assert alone.verdict == Verdict.NOT_ENOUGH_EVIDENCE
    assert Flag.LEANS_AGAINST in alone.flags


def test_a_count_of_something_else_does_not_bear_out_what_another_figure_rules_out() -> None:
    first = passage_of("The money buys a unit with eight beds.", RECORD)
    second = Passage(source=RECORD, text="The money buys 22 treatment rooms.", start=50, end=84)
    text = "The money buys a unit with 22 beds."
    claim = CLAIM.model_copy(update={"text": text, "quote": text, "end": len(text)})
    wrong = cite(first, CONTRADICTS, 0.8, quote=first.text, end=first.end)
    stranger = cite(second, SUPPORTS, 0.8, quote=second.text, start=50, end=second.end)
    assert conclude(claim, [first, second], [wrong, stranger], article_date=None).verdict == Verdict.REFUTED


@pytest.mark.parametrize(
    ("text", "header", "row", "verdict"),
    [
        ("Hove had a turnout of 34 percent.", "| Ward | Turnout (%) |", "| Hove | 34 |", Verdict.SUPPORTED),
        ("Hove had the lowest turnout, 34 percent.", "| Ward | Turnout (%) |", "| Hove | 34 |", None),
        ("Hove had a higher turnout than any other ward.", "| Ward | Turnout (%) |", "| Hove | 34 |", None),
        ("Hove had the lowest turnout.", "| Ward | Rank by turnout |", "| Hove | 34 |", Verdict.SUPPORTED),
        ("Hove won 12 games.", "| Team | Won | Drawn | Lost |", "| Hove | 12 | 5 | 3 |", Verdict.SUPPORTED),
        ("Hove drew three games.", "| Team | Won | Drawn | Lost |", "| Hove | 12 | 5 | 3 |", None),
    ],
)
def test_a_row_shows_neither_which_row_is_the_highest_nor_the_figure_of_another_column(
    text: str, header: str, row: str, verdict: Verdict | None
) -> None:
    above = f"{header}\n{'|---' * (header.count('|') - 1)}|\n"
    passage = Passage(source=RECORD, text=row, above=above, start=40, end=40 + len(row))
    item = cite(passage, SUPPORTS, 0.9, quote=row, start=40, end=passage.end)
    claim = CLAIM.model_copy(update={"text": text, "quote": text, "end": len(text)})
    found = conclude(claim, [passage], [item], article_date=None).verdict
    assert found == (verdict or Verdict.NOT_ENOUGH_EVIDENCE)


@pytest.mark.parametrize(
    ("title", "said"),
    [("Ana Ruiz answers", Verdict.SUPPORTED), ("Seven answers", Verdict.NOT_ENOUGH_EVIDENCE)],
)
def test_an_answer_in_an_interview_is_its_speakers_word_and_no_more(title: str, said: Verdict) -> None:
    source = PAPER.model_copy(update={"title": title})
    passage = Passage(source=source, text="Ten members voted yes.", above="**Who was for it?**\n\n", start=9, end=31)
    item = cite(passage, SUPPORTS, 0.9, quote=passage.text, start=9, end=31)
    finding = conclude(SAID, [passage], [item], article_date=None)
    assert (finding.verdict, finding.attribution_verdict) == (Verdict.NOT_ENOUGH_EVIDENCE, said)
    assert (
        conclude(CLAIM, [passage], [item], article_date=None).verdict == Verdict.SUPPORTED
    )  # nobody's word is checked


def test_evidence_too_weak_for_a_verdict_is_said_to_lean_against_the_claim() -> None:
    claim = CLAIM.model_copy(update={"text": "The council was against it."})
    weak = AGAINST.model_copy(update={"confidence": 0.6})
    finding = conclude(claim, PASSAGES, [weak], article_date=None)
    assert finding.verdict == Verdict.NOT_ENOUGH_EVIDENCE
    assert Flag.LEANS_AGAINST in finding.flags
    assert Flag.LEANS_AGAINST not in conclude(claim, PASSAGES, [FOR, weak], article_date=None).flags
    assert Flag.LEANS_AGAINST not in conclude(claim, PASSAGES, [], article_date=None).flags


def test_evidence_that_is_rather_not_right_is_shown_only_where_there_is_none_better() -> None:
    claim = CLAIM.model_copy(update={"text": "The council was for it."})
    weak_for, weak_against = cite(PASSAGES[0], SUPPORTS, 0.45), cite(PASSAGES[1], CONTRADICTS, 0.42)
    alone = conclude(claim, PASSAGES, [weak_for, weak_against], article_date=None)
    assert [item.quote for item in alone.evidence] == [weak_for.quote]
    assert "does not settle this" in alone.rationale
    assert Flag.LEANS_AGAINST not in alone.flags
    beside = conclude(claim, PASSAGES, [FOR, weak_against], article_date=None)
    assert [item.quote for item in beside.evidence] == [FOR.quote]
    lowered = conclude(claim, PASSAGES, [weak_against], article_date=None, min_confidence=0.4)
    assert (lowered.verdict, len(lowered.evidence)) == (Verdict.REFUTED, 1)


@pytest.mark.parametrize(
    ("confidence", "stance", "verdict", "words"),
    [
        (0.9, SUPPORTS, Verdict.SUPPORTED, "reports that Ana Ruiz said so"),
        (0.9, CONTRADICTS, Verdict.REFUTED, "speaks against Ana Ruiz having said so"),
        (0.45, CONTRADICTS, Verdict.NOT_ENOUGH_EVIDENCE, "Whether Ana Ruiz said so stays open"),
    ],
)
def test_the_rationale_says_of_who_said_it_what_the_verdict_says(
    confidence: float, stance: Stance, verdict: Verdict, words: str
) -> None:
    finding = conclude(
        SAID, PASSAGES, [cite(PASSAGES[1], stance, confidence, bears_on="attribution")], article_date=None
    )
    assert finding.attribution_verdict == verdict
    assert words in finding.rationale


def test_a_side_without_evidence_is_none_however_little_is_asked_for() -> None:
    assert decide([], 0.0)[0] == Verdict.NOT_ENOUGH_EVIDENCE
    assert decide([cite(PASSAGES[0], SUPPORTS, 0.9)], 0.0)[0] == Verdict.SUPPORTED
    assert decide([cite(PASSAGES[0], CONTRADICTS, 0.9)], 0.0)[0] == Verdict.REFUTED


def test_a_document_of_the_last_day_there_is_can_be_cited() -> None:
    source = RECORD.model_copy(update={"published": dt.date.max})
    passage = passage_of("Ten members voted in favour on 17 March 2011.", source)
    assert conclude(CLAIM, [passage], [cite(passage, SUPPORTS, 0.9)], article_date=None).evidence


@pytest.mark.parametrize(
    ("text", "sentence", "flagged"),
    [
        (
            "The Elba council approved the pier in a vote on 3 May 2011.",
            "The Elba council approved it on 5 May 2011.",
            True,
        ),
        ("The Elba council approved the pier on 3 May 2011.", "The Elba council approved it on 3 May 2011.", False),
        ("The Elba council approved the pier on 3 May 2011.", "The Varn council approved it on 5 May 2011.", False),
        ("The Elba council approved the pier on 3 May 2011.", "Elba sold ten ships to Oslo on 5 May 2011.", False),
        ("The Elba council approved the pier.", "The Elba council approved it on 5 May 2011.", False),
        (
            "On 3 May 2011 an Elba inspector praised the crew over the collision off Varn Point.",
            "The Elba crew owned up after the collision off Varn Point on 8 June 2010.",
            False,
        ),
    ],
)
def test_a_passage_that_tells_the_same_of_another_day_is_shown(text: str, sentence: str, flagged: bool) -> None:
    claim = CLAIM.model_copy(update={"text": text, "quote": text, "end": len(text)})
    passage = Passage(source=RECORD, text=f"Tea was served. {sentence}", start=7, end=23 + len(sentence))
    finding = conclude(claim, [passage], [], article_date=None)
    assert (Flag.DATES_DIFFER in finding.flags) == flagged
    assert [item.quote for item in finding.evidence] == [sentence] * flagged
    assert all(stands_in(item, [passage]) for item in finding.evidence)


WORDS = "we will not take part in any such adventure"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Ana Ruiz said: “We will not take part in any such adventure, and that is final.” Hail fell.", "yes"),
        (f"“{WORDS}”, Ruiz told the council, according to The Paper.", "yes"),
        (f"Ana Ruiz spoke last. “{WORDS},” she said.", "yes"),
        (f"Ana Ruiz, the Norman mayor, denied it: “{WORDS}”.", "yes"),
        (f"The mayor, Bela Kern, said: “{WORDS}”.", "no"),
        (f"Ana Ruiz spoke last. Bela Kern said: “{WORDS}”. Ana Ruiz left.", "no"),
        (f"Bela Kern, who heads the Friends of the Lido, was angry. “{WORDS},” she said.", "no"),
        (f"Ana Ruiz was heard by Bela Kern. “{WORDS},” she told the hall.", "yes"),
        (f"In Norwich Bela Kern was angry. “{WORDS},” she said.", "open"),
        (f"Bela Kern said: “{WORDS}”.", "no"),
        (f"“{WORDS},” Bela Kern told the council after Ana Ruiz had left.", "open"),
        (f"“{WORDS},” Bela Kern told Ana Ruiz.", "open"),
        (f"Bela Kern said that {WORDS}.", "open"),
        ("Bela Kern said: “We will not take part”.", "open"),
        (f"“{WORDS}” was heard in the hall.", "open"),
        ("Ana Ruiz said: “We will take part in any such adventure”.", "open"),
    ],
)
def test_whose_words_they_are_is_read_off_the_quotation(text: str, verdict: str) -> None:
    claim = CLAIM.model_copy(
        update={
            "text": "The council will not take part in any such adventure.",
            "quote": WORDS,
            "attribution": Attribution(speaker="Ana Ruiz", kind="direct", cue="said"),
        }
    )
    passage = Passage(source=PAPER, text=text, start=7, end=7 + len(text))
    finding = conclude(claim, [passage], [], article_date=None)
    named = {"yes": Verdict.SUPPORTED, "no": Verdict.REFUTED, "open": Verdict.NOT_ENOUGH_EVIDENCE}
    assert finding.attribution_verdict == named[verdict]
    assert finding.verdict == Verdict.NOT_ENOUGH_EVIDENCE
    assert all(stands_in(item, [passage]) and WORDS in item.quote.casefold() for item in finding.evidence)
    assert bool(finding.evidence) == (verdict != "open")


def test_a_quotation_that_ends_with_its_claim_need_not_be_closed() -> None:
    text = "Ivo Novak said that people were “asked to clap for a colder hall”. Ana Ruiz was silent."
    passage = passage_of(text)
    claim = SAID.model_copy(update={"quote": "residents were “asked to clap for a colder hall"})
    finding = conclude(claim, [passage], [], article_date=None)
    assert finding.attribution_verdict == Verdict.REFUTED


def test_what_states_no_fact_has_no_verdict_but_on_who_said_it() -> None:
    wish = SAID.model_copy(update={"flags": (Flag.WISH,)})
    said = cite(PASSAGES[1], SUPPORTS, 0.9, bears_on="attribution")
    finding = conclude(wish, PASSAGES, [FOR, AGAINST, said], article_date=None)
    assert (finding.verdict, finding.attribution_verdict) == (Verdict.NOT_ENOUGH_EVIDENCE, Verdict.SUPPORTED)
    assert finding.evidence == (said,)
    assert finding.rationale == "“Council votes” (The Paper, 25 March 2011) reports that Ana Ruiz said so."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ruiz said that ten members voted yes.", True),
        ("The mayor said that ten members voted yes.", True),
        ("Bela Kern said that ten members voted yes.", False),
        ("Ten members voted yes, Bela Kern told Ana Ruiz.", True),
    ],
)
def test_what_another_is_reported_to_have_said_does_not_show_that_the_speaker_did(text: str, said: bool) -> None:
    passage = passage_of(text)
    read = cite(passage, SUPPORTS, 0.9, bears_on="attribution")
    finding = conclude(SAID, [passage], [read], article_date=None)
    assert (finding.attribution_verdict == Verdict.SUPPORTED) == said


@pytest.mark.parametrize(
    ("speaker", "text", "said"),
    [
        ("Ana Ruiz", "Ivo Novak told the hall that ten members voted yes.", Verdict.REFUTED),
        ("Ana Ruiz", "Novak, the clerk, said: “Ten members voted yes.”", Verdict.REFUTED),
        ("Ana Ruiz", "The clerk told the hall that ten members voted yes.", Verdict.NOT_ENOUGH_EVIDENCE),
        ("Ana Ruiz", "Norway said that ten members voted yes.", Verdict.NOT_ENOUGH_EVIDENCE),
        ("Ana Ruiz", "The Norwegian press service said that ten members voted yes.", Verdict.NOT_ENOUGH_EVIDENCE),
        ("Ana Ruiz", "Ten members voted yes.", Verdict.NOT_ENOUGH_EVIDENCE),
        ("Ana Ruiz’s spokesman", "Ivo Novak told the hall that ten members voted yes.", Verdict.NOT_ENOUGH_EVIDENCE),
        ("The Norman Council", "Ivo Novak told the hall that ten members voted yes.", Verdict.NOT_ENOUGH_EVIDENCE),
        ("the mayor", "Ivo Novak told the hall that ten members voted yes.", Verdict.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_what_only_another_person_is_reported_to_have_said_the_speaker_did_not(
    speaker: str, text: str, said: Verdict
) -> None:
    passage = passage_of(text)
    claim = said_by(speaker)
    finding = conclude(claim, [passage], [cite(passage, SUPPORTS, 0.9)], article_date=None)
    assert finding.attribution_verdict == said
    assert ("somebody else said so" in finding.rationale) == (said == Verdict.REFUTED)
    weak = conclude(claim, [passage], [cite(passage, SUPPORTS, 0.45)], article_date=None)
    assert weak.attribution_verdict == Verdict.NOT_ENOUGH_EVIDENCE


def test_of_several_sentences_the_one_with_the_quoted_words_tells_whose_they_are() -> None:
    text = "Ivo Novak called it “a very poor answer”. Ana Ruiz said that she was not convinced."
    passage = passage_of(text)
    claim = SAID.model_copy(update={"quote": "it was “a very poor answer”"})
    read = [
        cite(passage, SUPPORTS, 0.9, quote=text, end=len(text), bears_on=what) for what in ("content", "attribution")
    ]
    assert conclude(claim, [passage], read, article_date=None).attribution_verdict == Verdict.REFUTED


def test_other_words_of_the_speaker_are_nothing_against_what_they_are_shown_to_have_said() -> None:
    texts = "Ana Ruiz said that ten members voted yes.", "Ana Ruiz said that nobody had counted."
    passages = [passage_of(text, source) for source, text in zip((PAPER, RECORD), texts, strict=True)]
    yes, no = (
        cite(passage, stance, 0.8, bears_on="attribution")
        for passage, stance in zip(passages, (SUPPORTS, CONTRADICTS), strict=True)
    )
    assert conclude(SAID, passages, [yes, no], article_date=None).attribution_verdict == Verdict.SUPPORTED
    assert conclude(SAID, passages, [no], article_date=None).attribution_verdict == Verdict.REFUTED


def test_what_the_speaker_said_another_may_have_said_too() -> None:
    texts = "Ivo Novak said that ten members voted yes.", "Ana Ruiz said that ten members voted yes."
    other, own = (passage_of(text, source) for source, text in zip((PAPER, RECORD), texts, strict=True))
    evidence = [cite(other, SUPPORTS, 0.9), cite(own, SUPPORTS, 0.8, bears_on="attribution")]
    assert conclude(SAID, [other, own], evidence, article_date=None).attribution_verdict == Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("publisher", "speaker", "said"),
    [
        ("The council", "The Council", Verdict.SUPPORTED),
        ("Aldry Ferries plc", "Aldry Ferries", Verdict.SUPPORTED),
        ("Aldry Ferries plc", "Aldry", Verdict.SUPPORTED),
        ("US Department of Public Works", "US", Verdict.NOT_ENOUGH_EVIDENCE),
        ("Aldry Ferries plc", "the company", Verdict.NOT_ENOUGH_EVIDENCE),
        ("Aldry Ferries plc", "Aldry Ferry Workers", Verdict.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_what_a_body_publishes_it_says(publisher: str, speaker: str, said: Verdict) -> None:
    own = PASSAGES[0].model_copy(update={"source": RECORD.model_copy(update={"publisher": publisher})})
    asked = said_by(speaker)
    finding = conclude(asked, [own], [cite(own, SUPPORTS, 0.9)], article_date=None)
    assert finding.attribution_verdict == said
    against = conclude(asked, [own], [cite(own, CONTRADICTS, 0.9)], article_date=None)
    assert against.attribution_verdict == Verdict.NOT_ENOUGH_EVIDENCE


def test_a_body_whose_own_document_gives_another_figure_did_not_give_the_claims() -> None:
    text = "Nine members voted yes."
    own = passage_of(text, RECORD)
    asked = said_by("the Council")
    finding = conclude(asked, [own], [cite(own, SUPPORTS, 0.9)], article_date=None)
    assert (finding.verdict, finding.attribution_verdict) == (Verdict.REFUTED, Verdict.REFUTED)
    another = conclude(SAID, [own], [cite(own, SUPPORTS, 0.9)], article_date=None)
    assert another.attribution_verdict == Verdict.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ana Ruiz had called it late. Ivo Novak told reporters that ten had voted yes.", Verdict.NOT_ENOUGH_EVIDENCE),
        ("Ana Ruiz met Ivo Novak. She told reporters that ten had voted yes.", Verdict.SUPPORTED),
        ("Ivo Novak said that it was late. Ana Ruiz told reporters that ten had voted yes.", Verdict.SUPPORTED),
    ],
)
def test_of_two_sentences_the_last_tells_whose_words_they_are(text: str, said: Verdict) -> None:
    passage = passage_of(text)
    item = cite(passage, SUPPORTS, 0.9, quote=text, end=len(text), bears_on="attribution")
    assert conclude(SAID, [passage], [item], article_date=None).attribution_verdict == said


PIECES = [
    "**Ada Orme:** We shall not sell. “Not a mile,” she said.", "SEC. KING: I think so.", "## Sales", "**Why?**",
    "| a | b |", "|---|---|", "| Harben | 12 |", "- one item", "1. two", "***", "“", "…", "Ada Orme said: “Never.”",
    "**Floods.** They rose.", "Ivo Novak told Ana Ruiz that ten members voted yes.", "Ten members", "in March 2011",
]  # fmt: skip
PARTS = st.lists(st.sampled_from(PIECES), max_size=3)


@given(
    before=PARTS,
    quoted=st.lists(st.sampled_from(PIECES), min_size=1, max_size=3),
    behind=PARTS,
    apart=st.sampled_from(["", " ", "\n", "\n\n"]),
    above=st.sampled_from(["", "## Votes\n\n", "**Ada Orme said:** ", "| a | b |\n|---|---|\n"]),
    stance=st.sampled_from([SUPPORTS, CONTRADICTS]),
    bears_on=st.sampled_from(["content", "attribution"]),
    claim=st.sampled_from([CLAIM, SAID, said_by("the council")]),
)
def test_whatever_is_quoted_there_is_a_finding_and_its_quotes_are_verbatim(
    before: list[str],
    quoted: list[str],
    behind: list[str],
    apart: str,
    above: str,
    stance: Stance,
    bears_on: str,
    claim: Claim,
) -> None:
    quote = apart.join(quoted)
    start = len(apart.join([*before, ""]))
    text = apart.join([*before, *quoted, *behind])
    passage = passage_of(text).model_copy(update={"above": above})
    cited = cite(passage, stance, 0.9, quote=quote, start=start, end=start + len(quote), bears_on=bears_on)
    finding = conclude(claim, [passage], [cited], article_date=None)
    assert all(item.quote == text[item.start : item.end] for item in finding.evidence)
    assert all(window.quote in text for window in windows_around(cited, passage, claim.text))


def test_what_differs_in_evidence_too_weak_to_show_is_not_said():
    claim = CLAIM.model_copy(update={"text": "Ten members voted in favour."})
    sure, weak = cite(PASSAGES[0], SUPPORTS, 0.95), cite(PASSAGES[1], SUPPORTS, 0.42)
    finding = conclude(claim, PASSAGES, [sure, weak], article_date=None)
    assert [item.document.id for item in finding.evidence] == ["record"]
    assert Flag.FIGURES_DIFFER not in finding.flags
    assert "nine" not in finding.rationale.casefold()
    stronger = conclude(claim, PASSAGES, [sure, cite(PASSAGES[1], SUPPORTS, 0.8)], article_date=None)
    assert Flag.FIGURES_DIFFER in stronger.flags
