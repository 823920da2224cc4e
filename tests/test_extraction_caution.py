"""What the article does not say is in no claim: nothing is guessed, cut off or put into somebody's mouth."""

from datetime import date

import pytest

from factcheck.extraction.local import LocalExtractor
from factcheck.records import Article, Extraction, Flag


@pytest.fixture(scope="module")
def extractor() -> LocalExtractor:
    return LocalExtractor()


def extract(text: str, extractor: LocalExtractor) -> Extraction:
    return extractor.extract(Article.from_text(text, date=date(2014, 5, 8)))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Anna Keller, however, closed the bridge in May 2013.", "Anna Keller closed the bridge in May 2013."),
        (
            "The council bought 41 houses, of which 29 were flooded in 2012.",
            "29 of the 41 houses were flooded in 2012.",
        ),
        (
            "The horses were let out, or broke out, in May 2013.",
            "The horses were let out, or broke out, in May 2013.",
        ),
        ("“I only keep nine goats,” said Jan Berg.", "Jan Berg only keeps nine goats."),
        ("Sales rose to £4m and costs fell to £2m.", "Costs fell to £2m."),
        (
            "38 percent of city voters favor the charge and 54 percent oppose it, the Penrose poll showed.",
            "54 percent oppose it.",
        ),
        (
            "Oslo council shut the library. It says just 61 people a day use it, down from 190 in 2012.",
            "Just 61 people a day use it.",
        ),
        (
            "Only 9 percent of Japanese would take up arms, according to a survey by the daily Asahikawa Shinpo.",
            "Only 9 percent of Japanese would take up arms.",
        ),
        (
            "Jan Berg was given 14 months in 1998 for a fight, a sentence that was suspended in 1999.",
            "Jan Berg was given 14 months in 1998 for a fight, a sentence that was suspended in 1999.",
        ),
        (
            "In the trial, 311 people had a heart attack, compared with 318 – a difference that was not significant.",
            "In the trial, 311 people had a heart attack, compared with 318 – a difference that was not significant.",
        ),
        ("“I’ll sell nine goats and I own 40 sheep,” said Jan Berg.", "Jan Berg owns 40 sheep."),
        (
            "Jan Berg lives in Oslo. “He’d sold nine goats in 2012,” said Anna Keller.",
            "Jan Berg had sold nine goats in 2012.",
        ),
        (
            "The harbour has a crane, which itself weighs 40 tonnes.",
            "A crane itself weighs 40 tonnes.",
        ),
        (
            "The firm pays £9m a year into the fund, a sum that rose by a tenth in 2012.",
            "The firm pays £9m a year into the fund.",
        ),
        ("The silo, built in 1931, held 40 tonnes, most of it lost.", "The silo held 40 tonnes, most of it lost."),
        (
            "The letters, first printed by the Oslo Post, were sold in May 2013.",
            "The letters were first printed by the Oslo Post.",
        ),
        (
            "Its own boat, which is being rebuilt in Oslo, carried 40 sheep across the bay in 2012.",
            "Its own boat carried 40 sheep across the bay in 2012.",
        ),
        ("The Bastos family bought nine farms. Jan Bastos lives in Oslo.", "The Bastos family bought nine farms."),
        ("The bridge reopened in May 2013, when 40 boats passed below it.", "In May 2013 40 boats passed below it."),
        (
            "The fleet has grown since October, when 4,600 sailors joined it.",
            "In October 2013, 4,600 sailors joined it.",
        ),
        (
            "A vote is due before the May 20 election, which costs nine million euros.",
            "The 20 May 2014 election costs nine million euros.",
        ),
        (
            "Profit may halve, Anna Keller said, after first-half sales fell 9 percent in Oslo.",
            "First-half sales fell 9 percent in Oslo.",
        ),
        ("Anna Keller said she had lost nine sails and broken 40 oars.", "Anna Keller had broken 40 oars."),
        (
            "Jan Berg read out a letter which he said had been sent from Oslo in May 2013.",
            "A letter had been sent from Oslo in May 2013.",
        ),
        (
            "Asked who had paid, Anna Keller closed the bridge in May 2013.",
            "Anna Keller closed the bridge in May 2013.",
        ),
        (
            "The board had asked Ms. Keller to leave Oslo in May 2013.",
            "The board had asked Ms. Keller to leave Oslo in May 2013.",
        ),
        (
            "Jan Berg, the captain of the tugboat Vega Star, who has sailed since 1990, lives in Oslo.",
            "Jan Berg has sailed since 1990.",
        ),
        ("Anna Keller later denied that any mill had been shut.", "No mill had been shut."),
        (
            "Danish toy maker Brixholm AG said it would pay 40 welders. The company sold nine mills.",
            "Brixholm AG sold nine mills.",
        ),
        (
            "Anna Keller denied that the gate had stood open since May, when a boy of 12 fell.",
            "In May 2014 a boy of 12 fell.",
        ),
        ("Anna Keller denied that any ship had been hit.", "No ship had been hit."),
        (
            "The firm sold its mill on the night of Oct. 14, 1994, in Bergen.",
            "The firm sold its mill on the night of Oct. 14, 1994, in Bergen.",
        ),
        (
            "The ferry sank on Sunday. Anna Keller said two ships had left Bergen that day.",
            "Two ships had left Bergen on 4 May 2014.",
        ),
        (
            "“I’d already sold nine ships in 2012,” said Jan Berg.",
            "Jan Berg had already sold nine ships in 2012.",
        ),
        (
            "“I could sell the mill or I could sell the ship, and I’d already sold nine boats,” said Jan Berg.",
            "Jan Berg had already sold nine boats.",
        ),
        (
            "They found a shell of Danish make, which held 40 charges.",
            "A shell of Danish make held 40 charges.",
        ),
        (
            "“It burned in 1990. Nobody from the firm has been to see the 40 families. Why is that?” said Jan Berg.",
            "Nobody from the firm has been to see the 40 families.",
        ),
        ("Jan Berg said that 58% of voters wanted Anna Keller to go.", "58% of voters wanted Anna Keller to go."),
        ("Jan Berg is wanted in Oslo on nine charges.", "Jan Berg is wanted in Oslo on nine charges."),
        ("Anna Keller, 67, whose mill burned in 2012, left.", "Anna Keller’s mill burned in 2012."),
        (
            "The bank owned a tower in Oslo, which it sold in 2012 for 19 million euros.",
            "The bank sold a tower in Oslo in 2012 for 19 million euros.",
        ),
        (
            "Jan Berg wrote a letter to staff, a copy of which was seen by Vega News.",
            "A copy of a letter was seen by Vega News.",
        ),
        (
            "The ferry sank in May. The company sold nine mills, and its shares fell 9 percent.",
            "The company’s shares fell 9 percent.",
        ),
        (
            "The ferry sank in May. Vega Grain had sold nine mills, and its own clerks had left.",
            "Vega Grain’s own clerks had left.",
        ),
        ("The ferry sank in May. Jan Berg sold the mill, and its roof fell.", "Its roof fell."),
        ("The mayor left. It cost 40 pounds.", "It cost 40 pounds."),
        (
            "A case is before the state Supreme Court. The state sold nine mills in 2012.",
            "The state sold nine mills in 2012.",
        ),
        ("The alarm rang. It emerged that nine mills had burned.", "It emerged that nine mills had burned."),
        (
            "Nine clerks left in 2012. Three of them had sold 40 mills.",
            "Three of the nine clerks had sold 40 mills.",
        ),
        (
            "Under the deal, 40 welders get raises of 2 percent a year, Jan Berg said.",
            "Under the deal, 40 welders get raises of 2 percent a year.",
        ),
        (
            "Jan Berg burned on 3 May. By the next morning nine ships had left.",
            "By the morning of 4 May 2014 nine ships had left.",
        ),
        (
            "The river rose by 4 metres. It was the third time in six years that it had burst its banks.",
            "It was the third time in six years that the river had burst its banks.",
        ),
        ("A wall had been promised in 2012. Its cost has doubled to £40.", "The wall’s cost has doubled to £40."),
        (
            "Manager Dermot Keane was at his father's funeral. Mr Keane was owed £40 in 2012.",
            "Mr Dermot Keane was owed £40 in 2012.",
        ),
        (
            "Jan Berg said nine mills in Oslo had no books because ‘gentlemen don’t’.",
            "Nine mills in Oslo had no books because gentlemen don’t.",
        ),
        ("‘Two families left Oslo at Christmas,’ said Anna Keller.", "Two families left Oslo at Christmas."),
        (
            "Vega Grain Co. said on Tuesday its second-quarter profit fell 34 percent.",
            "Vega Grain Co.’s second-quarter profit fell 34 percent.",
        ),
        (
            "Prime Minister Jan Berg sold nine mills. Anna Keller accused the prime minister of theft. He had sold 40"
            " ships in 2012.",
            "Jan Berg had sold 40 ships in 2012.",
        ),
        (
            "Prime Minister Jan Berg met Erik Holm. “The prime minister was at sea. He sold 40 ships in 2012,” said Kim"
            " Ek.",
            "Jan Berg sold 40 ships in 2012.",
        ),
        (
            "A survey of 804 farmers, published on Friday, found nine mills.",
            "A survey of 804 farmers was published on 2 May 2014.",
        ),
        (
            "The war began in Oslo in 2012. According to UN data, it has killed 40,000 people.",
            "The war has killed 40,000 people.",
        ),
        (
            "The driver, Sean Tully, left. Anna Keller, for the mill’s owners, Brade Aggregates, put it to him that he"
            " had been fined £40 in 2012.",
            "Sean Tully had been fined £40 in 2012.",
        ),
        (
            "Jan Berg said a survey carried out in June showed that 62 per cent of users walked to the pool.",
            "A survey carried out in June 2013 showed that 62 per cent of users walked to the pool.",
        ),
        (
            "Ada King said that rents had fallen by a third since 2005 and called for an inquiry into nine landlords.",
            "Ada King called for an inquiry into nine landlords.",
        ),
        (
            "Only 96 flats were free on 1 March, which is a quarter of the average for nine years.",
            "Only 96 flats were free on 1 March 2014, which is a quarter of the average for nine years.",
        ),
        (
            "The draw lifts Harlow to fifth, four points behind Rovers, who have sold nine players.",
            "Rovers have sold nine players.",
        ),
        (
            "Brade, which owns the Tavish and Silver Oak brands, closed its mill in 2013 with the loss of 340 jobs.",
            "Brade owns the Tavish and Silver Oak brands.",
        ),
        (
            "Brade, which owns the Tavish and Silver Oak brands, closed its mill in 2013 with the loss of 340 jobs.",
            "Brade closed its mill in 2013 with the loss of 340 jobs.",
        ),
        (
            "The bank closed nine accounts in 2012, but not before Jan Berg had moved £44m to Oslo.",
            "The bank closed nine accounts in 2012, but not before Jan Berg had moved £44m to Oslo.",
        ),
        (
            "There are nine mills in Oslo, and in June 2009 vandals set one of them alight.",
            "There are nine mills in Oslo.",
        ),
        ("The council met nine times (twice in May 2013).", "The council met nine times (twice in May 2013)."),
    ],
)
def test_a_claim_says_what_the_sentence_says(text: str, claim: str, extractor: LocalExtractor) -> None:
    assert claim in [found.text for found in extract(text, extractor).claims]


@pytest.mark.parametrize(
    ("text", "speaker", "told"),
    [
        (
            "The bank said in a statement that growth had slowed to 1 percent.",
            "the bank",
            "Growth had slowed to 1 percent.",
        ),
        ("By then, the River Agency estimates, 700 fish had died.", "the River Agency", "700 fish had died."),
        (
            "The clerk said Anna Keller had told nine ministers in Oslo that 40 mills were shut.",
            "Anna Keller",
            "40 mills were shut.",
        ),
        (
            "Jan ag Berg, a lawyer, sold nine mills. “I own 40 more,” Mr Berg said.",
            "Jan ag Berg",
            "Jan ag Berg owns 40 more.",
        ),
        (
            "Jan Berg led an inquiry. His report, seen by the Oslo Post, found that nine mills were shut.",
            "Jan Berg’s report",
            "Nine mills were shut.",
        ),
        (
            "Anna Keller said the case was a lesson for nine clerks who think that nobody reads 40 letters.",
            "Anna Keller",
            "The case was a lesson for nine clerks who think that nobody reads 40 letters.",
        ),
        ("The bank denied having closed nine mills.", "the bank", "The bank had not closed nine mills."),
        ("Anna Keller dismissed claims that 40 mills were shut.", "Anna Keller", "40 mills were not shut."),
        (
            "Rents, treasurer Anna Keller said, had risen to nine million euros in Oslo.",
            "Anna Keller",
            "Rents had risen to nine million euros in Oslo.",
        ),
        ("“They own 40 mills,” Miss Keller said. Anna Keller QC lives in Oslo.", "Anna Keller", "They own 40 mills."),
        (
            "A senior officer in Oslo called the plan “mad”. He said nine mills were shut.",
            "a senior officer in Oslo",
            "Nine mills were shut.",
        ),
        (
            "The audit's finding that nine firms had paid no tax was not published.",
            "the audit",
            "Nine firms had paid no tax.",
        ),
    ],
)
def test_who_said_it_is_found(text: str, speaker: str, told: str, extractor: LocalExtractor) -> None:
    said = {claim.text: claim.attribution.speaker for claim in extract(text, extractor).claims if claim.attribution}
    assert said.get(told, "").lower() == speaker.lower()


@pytest.mark.parametrize(
    "text",
    [
        "The papers have not reported that nine ferries sank in May 2013.",
        "Nobody has told Jan Berg that nine ferries sank in May 2013.",
        "Magistrates in Oslo heard that nine ferries sank in May 2013.",
    ],
)
def test_nobody_says_what_was_not_said_or_only_heard(text: str, extractor: LocalExtractor) -> None:
    assert not [claim for claim in extract(text, extractor).claims if claim.attribution]


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Sales fell 9 percent in Oslo, their biggest drop since 1990.", "Oslo is"),
        ("Jan Berg has never met, advised or paid a minister.", "Jan Berg has advised"),
        ("There are nine mills in Oslo, and in June 2009 vandals set one of them alight.", "There in"),
        ("The mayor asked whether nine roads were closed.", "Whether"),
        ("“We thought nine roads were closed,” said Jan Berg.", "Nine roads"),
        ("Anna Keller refused to deny that nine roads were closed.", "Nine roads were not closed"),
        ("Anna Keller did not deny that nine roads were closed.", "Nine roads were not closed"),
    ],
)
def test_no_claim_says_the_opposite_or_half(text: str, never: str, extractor: LocalExtractor) -> None:
    assert not [claim.text for claim in extract(text, extractor).claims if claim.text.startswith(never)]


def test_it_stays_where_two_things_may_be_meant(extractor: LocalExtractor) -> None:
    text = "The alarm was raised at noon, 50 hours before help came. It was logged by a clerk in Oslo."
    [claim] = [one for one in extract(text, extractor).claims if "logged" in one.text]
    assert claim.text == "It was logged by a clerk in Oslo."
    assert Flag.AMBIGUOUS in claim.flags
    clear = "The alarm was raised at noon. It was logged by a clerk in Oslo."
    assert "The alarm was logged by a clerk in Oslo." in [one.text for one in extract(clear, extractor).claims]
    new = "The company opened a mill in Oslo in 2012. It cost 40 million pounds."
    assert "It cost 40 million pounds." in [one.text for one in extract(new, extractor).claims]
    heard = "The company opened a mill in Oslo in 2012. It said that the roof had cost 40 million pounds."
    assert "the company" in [one.attribution.speaker for one in extract(heard, extractor).claims if one.attribution]


def test_i_is_open_where_the_speaker_has_no_name(extractor: LocalExtractor) -> None:
    [claim] = extract("“I counted 40 lorries on Monday,” said a neighbour.", extractor).claims
    assert claim.text.startswith("I counted")
    assert Flag.AMBIGUOUS in claim.flags


def test_i_is_who_tells_of_what_was_said_to_them(extractor: LocalExtractor) -> None:
    told = extract("“The clerk told me I was on the list in May 2013,” said Jan Berg.", extractor)
    assert [claim.text for claim in told.claims] == ["Jan Berg was on the list in May 2013."]
    unnamed = extract("“Ada King told me I was on the list in May 2013,” said a neighbour.", extractor)
    assert [claim.text for claim in unnamed.claims] == ["I was on the list in May 2013."]


def test_a_bracket_that_a_claim_opens_is_closed_in_its_quote(extractor: LocalExtractor) -> None:
    [claim] = extract("The ship struck a reef at 6 a.m. (0500 GMT), the coastguard said.", extractor).claims
    assert claim.quote == "The ship struck a reef at 6 a.m. (0500 GMT)"


def test_he_is_not_the_one_who_asked(extractor: LocalExtractor) -> None:
    text = (
        "Erik Holm runs the yard. Asked by Jan Berg when it had opened, he said that 40 men had worked there in 1990."
    )
    speakers = {claim.attribution.speaker for claim in extract(text, extractor).claims if claim.attribution}
    assert "Jan Berg" not in speakers


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Jan Berg is scheduled to be arraigned in Oslo on Friday.", []),
        ("Nine doctors are expected to be paid by Friday.", []),
        ("The hearing continues.", []),
        ("A clerk in Oslo, who did not want to be named, sold it in 2012.", ["A clerk in Oslo sold it in 2012."]),
        ("Jan Berg hopes to reopen the mill by 2021.", []),
        (
            "An officer in Oslo, who declined to be identified because talks go on, sold nine mills in 2012.",
            ["An officer in Oslo sold nine mills in 2012."],
        ),
    ],
)
def test_what_is_to_come_and_who_stays_unnamed_are_no_claims(
    text: str, claims: list[str], extractor: LocalExtractor
) -> None:
    found = extract(text, extractor)
    assert [claim.text for claim in found.claims if claim.states_fact] == claims
    assert found.not_checked
