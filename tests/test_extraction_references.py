"""Whom and what pronouns, titles and short names mean, in the text of the claims and in who is said to speak."""

from datetime import date

import pytest

from factcheck.extraction.local import LocalExtractor
from factcheck.records import Article, Claim, Flag


@pytest.fixture(scope="module")
def extractor() -> LocalExtractor:
    return LocalExtractor()


def claims_of(text: str, extractor: LocalExtractor) -> tuple[Claim, ...]:
    return extractor.extract(Article.from_text(text, date=date(2014, 5, 8))).claims


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        pytest.param(
            "Ms. Ada Novak sold the mill in 2009. Her husband, Paul Novak, was a dentist.\n\n"
            "Ms. Novak ran it for 18 years. She retired in 2010.",
            "Ada Novak retired in 2010.",
            id="a title tells two of one surname apart",
        ),
        pytest.param(
            "Ada Novak built the dam. Her daughter, Vera Novak-Webb, said it held.\n\n"
            "Mrs. Novak took the post in 1974. She left it in 1999.",
            "Ada Novak left it in 1999.",
            id="a double name is another person’s",
        ),
        pytest.param(
            "Ms. Ada King and her husband, Paul King, own the mill. Ms. King said that she had bought it in 2009.",
            "Ada King had bought it in 2009.",
            id="a surname that is a title",
        ),
        pytest.param(
            "Ada Novak built the dam in 1974. Born Ada Fontaine in Lyon, she was the third of five children."
            " She moved to Oslo in 1947.",
            "Ada Novak moved to Oslo in 1947.",
            id="a name at birth is nobody else’s",
        ),
        pytest.param(
            "Jan Berg said that Ada King had lost her keys in 2009.",
            "Ada King had lost her keys in 2009.",
            id="her own",
        ),
        pytest.param(
            "Ada King said she had hurt herself in May 2013.",
            "Ada King had hurt herself in May 2013.",
            id="herself",
        ),
        pytest.param(
            "Harlow have now won five in a row. They have not lost at home since 2012.",
            "Harlow have not lost at home since 2012.",
            id="a team with a verb in the plural",
        ),
        pytest.param(
            "The firms and the unions met on 5 May. They signed a pact on 6 May 2014.",
            "The firms and the unions signed a pact on 6 May 2014.",
            id="two that are joined",
        ),
        pytest.param(
            "Peru and Bolivia met on 5 May 2014. It rained in Oslo on 6 May 2014.",
            "It rained in Oslo on 6 May 2014.",
            id="two that are joined are not it",
        ),
        pytest.param(
            "Shares in Valtor fell by 3.4% on 5 May 2014. They have lost 18% since 2012.",
            "Shares in Valtor have lost 18% since 2012.",
            id="a bare plural with what goes with it",
        ),
        pytest.param(
            "The Medicines Agency said it was reviewing the results. It changed its advice in 2009.",
            "The Medicines Agency changed its advice in 2009.",
            id="it, and the same thing again",
        ),
        pytest.param(
            "A woman was pushed to the floor in May 2013. She suffered a broken wrist.",
            "The woman suffered a broken wrist.",
            id="one without a name",
        ),
        pytest.param(
            "A judge met a driver in May 2013. He sold the car in April 2014.",
            "He sold the car in April 2014.",
            id="two without a name",
        ),
        pytest.param(
            "A woman was pushed to the floor in May 2013. He sold the car in April 2014.",
            "He sold the car in April 2014.",
            id="a woman is not he",
        ),
        pytest.param(
            "A boy was hurt in May 2013. The firm’s chairman, Lord Penhale, left hours after he had been told.",
            "The firm’s chairman, Lord Penhale, left hours after he had been told.",
            id="somebody else before him",
        ),
        pytest.param(
            "“The referee, Mark Oye, told me I had broken a rule in 2009,” said Ian Locke.",
            "Ian Locke had broken a rule in 2009.",
            id="I, in what somebody else told",
        ),
        pytest.param(
            "Analysts at Bank Lombard cut their rating for the drug in May 2013. They put its sales at $900 million.",
            "Its sales were $900 million.",
            id="its, beside several who speak",
        ),
    ],
)
def test_a_claim_says_whom_and_what_it_is_about(text: str, claim: str, extractor: LocalExtractor) -> None:
    assert claim in [one.text for one in claims_of(text, extractor)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Swiss police said that the road was closed in May 2013.", "Swiss police"),
        ("The road is safe, according to a study of 12,480 people.", "a study of 12,480 people"),
        (
            "The referee was M. Oye. Ian Locke left in May 2013. Mark Oye said that the match had cost £4m.",
            "Mark Oye",
        ),
        (
            "Lawyers for the union say that 40 people are owed pay. They put the bill at £11m.",
            "lawyers for the union",
        ),
    ],
)
def test_a_speaker_is_called_in_full(text: str, speaker: str, extractor: LocalExtractor) -> None:
    attributions = [claim.attribution for claim in claims_of(text, extractor) if claim.attribution]
    assert attributions[-1].speaker == speaker


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "The mayor left in May 2013 because police said that the road was closed.",
            [("The mayor left in May 2013.", None), ("The road was closed.", "police")],
        ),
        (
            "Some 1.9 million people take aspirin, although the trust Heart First puts the figure at 1.2 million.",
            [
                ("Some 1.9 million people take aspirin.", None),
                ("The figure was 1.2 million.", "the trust Heart First"),
            ],
        ),
        (
            "Shares in Tarrow lost a fifth of their value after the firm warned that its profit had halved.",
            [("Shares in Tarrow lost a fifth of their value.", None), ("The firm’s profit had halved.", "the firm")],
        ),
    ],
)
def test_who_speaks_in_a_clause_of_their_own_says_that_clause_alone(
    text: str, claims: list[tuple[str, str | None]], extractor: LocalExtractor
) -> None:
    found = claims_of(text, extractor)
    assert [(c.text, c.attribution.speaker if c.attribution else None) for c in found] == claims


def test_an_apposition_far_from_a_name_is_not_what_the_name_is(extractor: LocalExtractor) -> None:
    text = "Valtor AG bought the firm Corvane Labs for $2.3 billion in cash, its biggest deal in a decade."
    assert not any("Corvane Labs is" in claim.text for claim in claims_of(text, extractor))


def test_what_readers_are_told_not_to_do_is_no_fact(extractor: LocalExtractor) -> None:
    claims = claims_of("“Do not drink from the well in Oslo,” said Ada King.", extractor)
    assert all(not claim.states_fact for claim in claims)


def test_a_comma_does_not_part_a_subject_from_its_verb(extractor: LocalExtractor) -> None:
    claims = claims_of("The trial, known as ELDER, randomly assigned 40 people to take aspirin.", extractor)
    assert "The trial randomly assigned 40 people to take aspirin." in [claim.text for claim in claims]


def test_what_is_added_behind_who_says_so_is_not_lost(extractor: LocalExtractor) -> None:
    text = "Valtor AG said on Monday it had bought Corvane Labs for $2.3 billion in cash, its biggest deal in a decade."
    texts = [claim.text for claim in claims_of(text, extractor)]
    assert texts == [
        "Valtor AG had bought Corvane Labs for $2.3 billion in cash.",
        "Valtor AG had bought Corvane Labs for $2.3 billion in cash, its biggest deal in a decade.",
    ]


def test_a_quotation_that_has_ended_is_not_what_the_next_sentence_tells_of(extractor: LocalExtractor) -> None:
    text = (
        "“They knew in November,” said Marcus Bell, who left the firm in December. “I wrote two memos.”"
        " Northlake declined to comment on the memos."
    )
    [claim] = [claim for claim in claims_of(text, extractor) if "memos" in claim.text]
    assert (claim.text, claim.attribution and claim.attribution.speaker) == (
        "Marcus Bell wrote two memos.",
        "Marcus Bell",
    )


def test_what_others_say_of_it_all_is_no_part_of_what_somebody_said(extractor: LocalExtractor) -> None:
    text = "Parley said that Ada King had been let go in 2012, an allegation Ada King denied."
    assert "Ada King had been let go in 2012." in [claim.text for claim in claims_of(text, extractor)]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Sen. Ada King, D-N.M., who chairs the Senate health committee, sold the mill in 2012.",
            "Sen. Ada King, D-N.M., chairs the Senate health committee.",
        ),
        ("Ada King (Lab), who sold the hall in 2012, lives in Oslo.", "Ada King sold the hall in 2012."),
        ("Ada King (Lab), who lives in Oslo, left in 2012.", "Ada King (Lab) left in 2012."),
        (
            "The show replaced The Wheel of Words, which lost its host Jan Berg in 2012.",
            "The Wheel of Words lost its host Jan Berg in 2012.",
        ),
        (
            "On 4 April 2014, a 79-year-old woman was pushed to the floor. She suffered a broken wrist.",
            "She suffered a broken wrist.",
        ),
        (
            "A truce had been agreed in Paris, but the cable cancelling the order did not reach Varna until noon.",
            "The cable cancelling the order did not reach Varna until noon.",
        ),
    ],
)
def test_a_clause_keeps_to_its_own_subject(text: str, claim: str, extractor: LocalExtractor) -> None:
    assert claim in [one.text for one in claims_of(text, extractor)]


def test_a_clause_that_opens_with_for_which_is_no_claim(extractor: LocalExtractor) -> None:
    text = (
        "In 1921 a clerk in Varna did something for which he was dismissed, and for which two kings gave him a medal."
    )
    assert not any(claim.text.startswith("For which") for claim in claims_of(text, extractor))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The last edition came off the press in May 2013 with a headline that its editor says took her a week.",
            "The last edition came off the press in May 2013 with a headline.",
        ),
        (
            "A walrus has been stolen from the Elphick Museum in Oslo, in what police believe was an inside job.",
            "A walrus has been stolen from the Elphick Museum in Oslo.",
        ),
        (
            "The goalkeeper was banned for two matches for a tweet in which he said that the referee was blind.",
            "The goalkeeper was banned for two matches for a tweet.",
        ),
        ("The researchers ruled out that the bees had smelt the sugar.", "The bees had not smelt the sugar."),
        ("Ada King disputes that the flats were badly built.", "The flats were not badly built."),
        (
            "Honeybees can be trained to tell five dots from six, scientists have found, pushing back the limit of what"
            " was thought possible for an insect brain.",
            "Honeybees can be trained to tell five dots from six, pushing back the limit of what was thought possible"
            " for an insect brain.",
        ),
        (
            "The jury was told that Jan Berg had sold shares worth £7.4m in the two weeks after the email.",
            "Jan Berg had sold shares worth £7.4m in the two weeks after the email.",
        ),
    ],
)
def test_speech_is_told_as_said_and_leaves_no_stump(text: str, claim: str, extractor: LocalExtractor) -> None:
    assert claim in [one.text for one in claims_of(text, extractor)]


def test_the_company_is_none_that_is_named_only_later(extractor: LocalExtractor) -> None:
    text = (
        "Jan Berg is accused of fraud along with the company’s founder.\n\n"
        "The auditors, Brandt & Co, asked for bank statements nine times. The company was sent forged ones in 2012."
    )
    texts = [claim.text for claim in claims_of(text, extractor)]
    assert texts[0] == "Jan Berg is accused of fraud along with the company’s founder."
    assert texts[-1] == "Brandt & Co was sent forged ones in 2012."


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        pytest.param(
            "Vera Odell opened the pass in 1921. When Major Karel Stein tried to follow her in 1934, the snow stopped"
            " him.",
            "When Major Karel Stein tried to follow Vera Odell in 1934, the snow stopped him.",
            id="who tries to follow her is not she",
        ),
        pytest.param(
            "Nine clerks lost their posts in 2012, although Varnley Mills says it will house four of them.",
            "Varnley Mills will house four of the nine clerks.",
            id="them, beside it",
        ),
        pytest.param(
            "Robin Vale was a clerk. She hired Kim Oren in 2012. She sold the mill in 2013.",
            "Robin Vale sold the mill in 2013.",
            id="she goes on, whoever is named beside her",
        ),
        pytest.param(
            "The study came out in the Journal of Polar Snow in 2013. Nine men were drawn to the snow in May 2013.",
            "Nine men were drawn to the snow in May 2013.",
            id="a journal names no snow",
        ),
        pytest.param(
            "Lombard Capital is a fund that owns the bakery chain Valtor Food.\n\nThe mill burned in 2013.\n\n"
            "Nine shops were shut in 2013. The branch was named the chain's best in 2013.",
            "The branch was named the chain's best in 2013.",
            id="a firm named once, far before",
        ),
        pytest.param(
            "“The Miller at Dawn”, by Ada King, is going back to the heirs of Jan Berg, a farmer who parted with it"
            " under duress in 1937.",
            "Jan Berg parted with “The Miller at Dawn” under duress in 1937.",
            id="a title is whole",
        ),
        pytest.param(
            "Harlow Lines got off lightly in May 2013: its own fine came to £90,000.",
            "Harlow Lines’s own fine came to £90,000.",
            id="a firm with a name in the plural is it",
        ),
        pytest.param(
            "Jan Berg, for the defence, said nine men were owed £9. Ada King's husband, Paul, was cleared of theft in"
            " 2013. He has denied stealing nine sheep.",
            "Paul has denied stealing nine sheep.",
            id="he is the husband",
        ),
        pytest.param(
            "Ada King ran a mill. In 1973 the firm Moira Weston dug on the hill of Kim Darran. She was fined £900.",
            "Ada King was fined £900.",
            id="she is no firm and no hill",
        ),
        pytest.param(
            "Nine ships sank in the Baltic Sea in 2012. Divers say the sea was calm on nine days in May 2013.",
            "The sea was calm on nine days in May 2013.",
            id="any sea is the sea",
        ),
        pytest.param(
            "Ada King lives in Oslo. She sold nine mills that she had bought in 2012.",
            "Ada King sold nine mills that she had bought in 2012.",
            id="named once in a clause",
        ),
        pytest.param(
            "A letter of 2004 called a paper signed by the landowner, Karl Folan, a receipt. Its author, a partner"
            " whose name is not known, added that nine mills were sold. He urged nine trustees to sell the yard in"
            " 2005.",
            "He urged nine trustees to sell the yard in 2005.",
            id="he may be the partner",
        ),
        pytest.param(
            "The Oslo Fire Service said it was called to a mill. At its height, 85 men fought the fire.",
            "At its height, 85 men fought the fire.",
            id="a fire has a height, not those who fight it",
        ),
        pytest.param(
            "Nurse Ada King opened nine wards. One of the injured, a woman of 34, was burned in 2012. Her colleague"
            " sold nine mills in 2013.",
            "The woman’s colleague sold nine mills in 2013.",
            id="she may be the woman beside the subject",
        ),
        pytest.param(
            "The warehouse belongs to Brade Logistics. Its director, Jan Berg, sold nine mills in 2013.",
            "Its director, Jan Berg, sold nine mills in 2013.",
            id="a warehouse has no director",
        ),
    ],
)
def test_no_name_is_put_where_another_is_meant(text: str, claim: str, extractor: LocalExtractor) -> None:
    assert claim in [one.text for one in claims_of(text, extractor)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        pytest.param(
            "The council agreed, by nine votes to two, to sell nine mills.",
            ["The council agreed, by nine votes to two, to sell nine mills."],
            id="a vote is no addition",
        ),
        pytest.param(
            "Losses, mostly on the mill in Oslo, then pushed the firm into debt; it had paid £9m for it in 2009.",
            [
                "Losses, mostly on the mill in Oslo, then pushed the firm into debt.",
                "It had paid £9m for it in 2009.",
            ],
            id="a semicolon parts two statements",
        ),
        pytest.param(
            "Harlow Lines got off lightly in May 2013: its own fine came to £90,000.",
            ["Harlow Lines got off lightly in May 2013.", "Harlow Lines’s own fine came to £90,000."],
            id="so does a colon",
        ),
        pytest.param(
            "“The Miller at Dawn”, by Ada King, is going back to the heirs of Jan Berg, a farmer.",
            ["The Miller at Dawn, by Ada King, is going back to the heirs of Jan Berg, a farmer."],
            id="a title is no speech",
        ),
    ],
)
def test_a_sentence_falls_into_its_statements(text: str, claims: list[str], extractor: LocalExtractor) -> None:
    assert [one.text for one in claims_of(text, extractor)] == claims


def test_a_relative_clause_that_may_go_with_either_of_two_is_marked_as_open(extractor: LocalExtractor) -> None:
    text = "The council ordered a plan for a roof, for which it offered 40,000 euros in 2012."
    flags = {one.text: one.flags for one in claims_of(text, extractor)}
    assert flags["The council offered 40,000 euros for a roof in 2012."] == (Flag.AMBIGUOUS,)
