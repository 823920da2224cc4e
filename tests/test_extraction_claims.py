import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.errors import ModelError
from factcheck.extraction.article import read_article
from factcheck.extraction.checkworthiness import FOLDER, CheckWorthiness
from factcheck.extraction.local import LocalExtractor
from factcheck.extraction.quotes import quoted_spans
from factcheck.extraction.sentences import split_sentences
from factcheck.models.encoder import Encoder
from factcheck.records import Article, Claim, Extraction, Flag

GOLD = Path(__file__).parent / "data" / "extraction" / "dev"


@pytest.fixture(scope="module")
def extractor() -> LocalExtractor:
    return LocalExtractor()


def extract(text: str, extractor: LocalExtractor) -> Extraction:
    return extractor.extract(Article.from_text(text, date=date(2014, 5, 8)))  # a Thursday


def claim_with(words: str, extraction: Extraction) -> Claim:
    return next(claim for claim in extraction.claims if words in claim.quote)


@pytest.mark.parametrize("name", [path.stem for path in sorted(GOLD.glob("*.txt"))])
def test_every_sentence_is_a_claim_or_says_why_not(name: str, extractor: LocalExtractor) -> None:
    article = read_article(str(GOLD / f"{name}.txt"))
    extraction = extractor.extract(article)
    found = [*extraction.claims, *extraction.not_checked]
    assert all(article.text[item.start : item.end] == item.quote for item in found)
    assert [claim.id for claim in extraction.claims] == [f"c{n + 1}" for n in range(len(extraction.claims))]
    assert all(claim.line == article.line_at(claim.start) for claim in extraction.claims)
    for sentence in split_sentences(article.text):
        assert any(item.start < sentence.end and sentence.start < item.end for item in found)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_no_text_breaks_extraction(extractor: LocalExtractor, text: str) -> None:
    extraction = extract(text.replace("\r", "\n"), extractor)
    article = text.replace("\r", "\n")
    for item in [*extraction.claims, *extraction.not_checked]:
        assert item.start < item.end
        assert article[item.start : item.end] == item.quote


@pytest.mark.parametrize(
    "text",
    [
        "word " * 3000,
        "“" * 50 + "Open quotes everywhere, he said.",
        "Said said said said. He he he.",
        "No full stop and then\n\n\n\nanother “half quote",
        "😀 was here, said 😀. " * 5,
    ],
)
def test_odd_texts_come_through(text: str, extractor: LocalExtractor) -> None:
    extraction = extract(text, extractor)
    assert extraction.claims or extraction.not_checked


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        (
            "The resolution passed with ten votes, and Russia abstained.",
            ["The resolution passed with ten votes", "Russia abstained"],
        ),
        (
            "The council raised the toll in March and closed two libraries.",
            ["The council raised the toll in March", "closed two libraries"],
        ),
        (
            "On 12 April the divers raised the wreck of the ferry, and by mid-May all of the harbour was open.",
            ["On 12 April the divers raised the wreck of the ferry", "by mid-May all of the harbour was open"],
        ),
        (
            "The ministry told four divers to leave on Monday; Anna Keller, the mayor, explained that a dam had burst.",
            ["The ministry told four divers to leave on Monday", "a dam had burst"],
        ),
        (
            "The inquiry, which opened in 1934, could not determine whether the fire was an accident.",
            [
                "The inquiry, which opened in 1934",
                "The inquiry, which opened in 1934, could not determine whether the fire was an accident",
            ],
        ),
        (
            "The bridge, which opened in 1934, carries 4,000 cars a day.",
            ["The bridge, which opened in 1934", "The bridge, which opened in 1934, carries 4,000 cars a day"],
        ),
        ("If the dam breaks and the town floods, 4,000 people lose their homes.", None),
    ],
)
def test_one_fact_makes_one_claim(sentence: str, quotes: list[str] | None, extractor: LocalExtractor) -> None:
    found = [claim.quote for claim in extract(sentence, extractor).claims]
    assert found == (quotes or [sentence.rstrip(".")])


def test_a_word_that_the_printed_page_divided_is_read_whole(extractor: LocalExtractor) -> None:
    extraction = extract("The coun- cil bought two- and three-storey houses in 1998.", extractor)
    (claim,) = extraction.claims
    assert claim.text == "The council bought two- and three-storey houses in 1998."
    assert "coun- cil" in claim.quote


def test_what_a_relative_clause_ends_with_a_preposition_about_stands_behind_it(extractor: LocalExtractor) -> None:
    extraction = extract("In 1998 the mills signed a treaty, which both towns are sticking to.", extractor)
    assert claim_with("sticking", extraction).text == "Both towns are sticking to a treaty."


def test_a_shared_subject_stands_in_both_claims(extractor: LocalExtractor) -> None:
    extraction = extract("The council raised the toll in March and closed two libraries.", extractor)
    assert [claim.text for claim in extraction.claims] == [
        "The council raised the toll in March 2014.", "The council closed two libraries.",
    ]  # fmt: skip


QUOTING = """Mayor and governor at odds over dam

KARLSBRO, May 8, 2014 — Governor Tomas Lindqvist said on Thursday that the dam had cost 41 million euros.

“The flood destroyed 120 homes. It killed nobody,” Lindqvist told reporters. “We had opened 14 gates by noon.”

Mayor Anna Keller denied that. She said the gates were opened at 6 p.m., adding that “nine bridges” had been lost.

According to the Water Agency, the river rose by four metres on Tuesday.

Mrs Keller’s spokesman said the governor had told her on Monday that the dam had passed three tests.
"""


@pytest.mark.parametrize(
    ("words", "speaker", "kind"),
    [
        ("the dam had cost 41 million euros", "Tomas Lindqvist", "indirect"),
        ("The flood destroyed 120 homes", "Tomas Lindqvist", "direct"),
        ("It killed nobody", "Tomas Lindqvist", "direct"),
        ("had opened 14 gates by noon", "Tomas Lindqvist", "direct"),
        ("the gates were opened at 6 p.m", "Anna Keller", "indirect"),
        ("had been lost", "Anna Keller", "indirect"),
        ("the river rose by four metres", "the Water Agency", "indirect"),
        ("the dam had passed three tests", "Tomas Lindqvist", "indirect"),
    ],
)
def test_who_said_it(words: str, speaker: str, kind: str, extractor: LocalExtractor) -> None:
    attribution = claim_with(words, extract(QUOTING, extractor)).attribution
    assert attribution is not None
    assert (attribution.speaker, attribution.kind) == (speaker, kind)


def test_weekdays_are_dates_in_the_text_and_not_in_the_quote(extractor: LocalExtractor) -> None:
    claim = claim_with("the river rose by four metres", extract(QUOTING, extractor))
    assert claim.quote.endswith("on Tuesday")
    assert claim.text == "The river rose by four metres on 6 May 2014."


def test_a_surname_and_a_clear_pronoun_get_the_full_name(extractor: LocalExtractor) -> None:
    text = (
        "Mayor Anna Keller opened the bridge in 2012. She closed it in March 2014. Keller lives in Oslo with nine cats."
    )
    texts = [claim.text for claim in extract(text, extractor).claims]
    assert texts[1].startswith("Anna Keller closed")
    assert texts[2].startswith("Anna Keller lives")


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Karel Novak fell at Brno. Tomas lost his life there, too.", "Tomas lost his life there, too."),
        (
            "Nobody came. When its work ended, the fund had 5,512 members.",
            "When its work ended, the fund had 5,512 members.",
        ),
        (
            "The plan failed. After it lost the vote, the council withdrew.",
            "After it lost the vote, the council withdrew.",
        ),
        ("Jan Berg resigned. When he had left, the police came.", "When Jan Berg had left, the police came."),
        ("The miners struck on Monday. Their strike lasted a week.", "The miners’ strike lasted a week."),
        ("Ana Ruiz-Soler won in 2003. Ruiz-Soler lives in Lugo.", "Ana Ruiz-Soler lives in Lugo."),
        ("Ana Ruiz-Soler won. She moved to Lugo in 2004.", "Ana Ruiz-Soler moved to Lugo in 2004."),
        (
            "What Ruiz had said about the 12 ferries was no more than a draft, according to Jan Berg.",
            "What Ruiz had said about the 12 ferries was no more than a draft.",
        ),
        ("The council met in May. Ruiz left.", "The council met in May 2014."),
        (
            "After the vote President Jan Berg flew to Oslo. Put to the vote on 17 March, the bill got ten votes.",
            "Put to the vote on 17 March 2014, the bill got ten votes.",
        ),
    ],
)
def test_a_reference_is_put_in_words_only_where_it_is_clear(text: str, wording: str, extractor: LocalExtractor) -> None:
    assert wording in [claim.text for claim in extract(text, extractor).claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Neither the mayor nor her deputy signed the 40 letters.",
            {"Neither the mayor nor her deputy signed the 40 letters."},
        ),
        ("Nor did the council repair the nine roofs.", {"Nor did the council repair the nine roofs."}),
        (
            "Keller was fined £90 and ordered to pay costs.",
            {"Keller was fined £90.", "Keller was ordered to pay costs."},
        ),
        (
            "Anna Keller appeared at the court on 5 May, where she was fined £90.",
            {"Anna Keller appeared at the court on 5 May 2014.", "Anna Keller was fined £90 in the court."},
        ),
        (
            "Nine hundred people, most of them women, marched through Oslo.",
            {"Nine hundred people, most of them women, marched through Oslo."},
        ),
    ],
)
def test_a_clause_keeps_what_denies_it_and_what_was_done_to_whom(
    text: str, claims: set[str], extractor: LocalExtractor
) -> None:
    assert {claim.text for claim in extract(text, extractor).claims} == claims


def test_a_pronoun_does_not_mean_whom_a_sentence_first_names_behind_it(extractor: LocalExtractor) -> None:
    text = "Karl Lind fell from the ferry on 5 May. He had lost nine fingers, said Jan Berg, a vet in Oslo."
    assert claim_with("nine fingers", extract(text, extractor)).text == "Karl Lind had lost nine fingers."


def test_a_plea_is_no_speech_and_a_relative_clause_keeps_its_date(extractor: LocalExtractor) -> None:
    texts = {c.text for c in extract("Anna Keller, who took over last May, pleaded guilty to theft.", extractor).claims}
    assert texts == {"Anna Keller took over in May 2013.", "Anna Keller pleaded guilty to theft."}


def test_a_title_tells_one_of_a_family_from_another(extractor: LocalExtractor) -> None:
    text = "Karl Lind and his wife lost nine sheep. Mrs Lind said that the gate was open. Mr Lind said it was shut."
    found = {c.text: c.attribution and c.attribution.speaker for c in extract(text, extractor).claims}
    assert found["The gate was open."] == "Mrs Lind"
    assert "Karl Lind" in found.values()


def test_who_rules_is_not_who_is_heard(extractor: LocalExtractor) -> None:
    text = (
        "A judge on 5 May threw out a suit by nine farmers who say a dam killed 400 sheep, ruling that no dam was open."
    )
    found = {claim.text: claim.attribution and claim.attribution.speaker for claim in extract(text, extractor).claims}
    assert found["No dam was open."] == "a judge"
    assert found["A dam killed 400 sheep."] == "nine farmers"
    assert "A judge on 5 May 2014 threw out a suit by nine farmers." in found


def test_a_pronoun_that_could_be_either_is_flagged(extractor: LocalExtractor) -> None:
    text = "Anna Keller and Maria Novak met in Oslo on 5 May. She had paid 4,000 euros for the trip."
    claim = claim_with("had paid", extract(text, extractor))
    assert Flag.AMBIGUOUS in claim.flags
    assert claim.text.startswith("She ")


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Will the dam hold?", "question"),
        ("The bridge will open in June.", "prediction"),
        ("“I hope that the council will pay,” a neighbour said.", "wish or demand"),
        ("“It is a lovely, charming old bridge,” a neighbour said.", "opinion"),
        ("Read more", "boilerplate"),
    ],
)
def test_what_is_no_claim_is_listed_with_the_reason(sentence: str, reason: str, extractor: LocalExtractor) -> None:
    extraction = extract(f"The dam was built in 1931.\n\n{sentence}", extractor)
    assert len(extraction.claims) == 1
    assert [item.reason for item in extraction.not_checked] == [reason]


def test_a_headline_that_states_a_fact_is_a_claim_and_marked(extractor: LocalExtractor) -> None:
    extraction = extract("Council closes two libraries\n\nThe council met on Monday in Oslo.", extractor)
    assert Flag.HEADLINE in extraction.claims[0].flags
    assert Flag.HEADLINE not in extraction.claims[1].flags


def test_figures_come_before_small_talk(extractor: LocalExtractor) -> None:
    extraction = extract(
        "Unemployment rose to 7.4 per cent in 2013, the highest since 1991. Keller sat down on the bench.", extractor
    )
    scores = [claim.check_worthiness for claim in extraction.claims]
    assert len(scores) < 2 or scores[0] > scores[1] + 0.3


def test_weights_that_were_altered_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(FOLDER, folder)
    card = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps(card | {"sha256": "0" * 64}))
    with pytest.raises(ModelError, match="reinstall"):
        CheckWorthiness(Encoder(), folder)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("‘The workers’ bus was late,’ he said.", ["‘The workers’ bus was late,’"]),
        ("It’s 5’ tall, he said.", []),
        ("“He told me ‘never’ twice,” she said.", ["“He told me ‘never’ twice,”"]),
        ("“This goes on in the next paragraph", ["“This goes on in the next paragraph"]),
        ('A 6" pipe and a 4" pipe burst.', []),
    ],
)
def test_quotations_are_found_in_any_marks(text: str, quotes: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_spans(text, 0, len(text))] == quotes


def test_what_is_called_evident_is_claimed_by_itself(extractor: LocalExtractor) -> None:
    text = "“It is perfectly clear that nine of the ten dams were built before 1931,” Anna Keller said."
    assert [claim.text for claim in extract(text, extractor).claims] == ["Nine of the ten dams were built before 1931."]


def test_what_is_called_unclear_is_not_claimed_to_be_so(extractor: LocalExtractor) -> None:
    found = extract("It is not clear that nine of the ten dams were built before 1931.", extractor).claims
    assert all("not clear" in claim.text for claim in found)


@pytest.mark.parametrize(
    ("sentence", "is_claim"),
    [
        ("The company declined to comment on Tuesday.", False),
        ("Mark Novak pleaded guilty to two counts of fraud on Tuesday.", True),
        ("Divers could not reach 12 of the 40 miners on Tuesday.", True),
        ("Turkey at first held up a decision at NATO in 2011.", True),
    ],
)
def test_set_phrases_and_courts_are_told_apart(sentence: str, is_claim: bool, extractor: LocalExtractor) -> None:
    assert bool(extract(sentence, extractor).claims) is is_claim


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The company, Pinkney Grain Holdings, said on Monday that it had lost $4 million.", "Pinkney Grain Holdings"),
        ("One of the investors, retired teacher Gladys Moore, said she had lost $40,000.", "Gladys Moore"),
        ("A spokeswoman for the council, Kim Reyes, said that nine people had been charged.", "Kim Reyes"),
        ("Half of the 200 patients were walking more, according to Priya Raman.", "Priya Raman"),
        ("Analysts at Norrbank said that the debt had doubled in two years.", "analysts at Norrbank"),
        ("Nine ships had gone to Italy, Anna Keller told lawmakers on 5 May.", "Anna Keller"),
        ("Keller’s lawyer said that she had repaid $300,000.", "Keller’s lawyer"),
    ],
)
def test_a_speaker_is_called_as_the_article_names_them(sentence: str, speaker: str, extractor: LocalExtractor) -> None:
    found = [claim.attribution for claim in extract(sentence, extractor).claims]
    assert [attribution and attribution.speaker for attribution in found] == [speaker]


def test_the_one_spokesman_is_known_by_name(extractor: LocalExtractor) -> None:
    text = (
        "Government spokesman Jan Berg said on Monday that 14 ships were waiting.\n\n"
        "“Nine of them carry grain,” the spokesman said."
    )
    assert {claim.attribution.speaker for claim in extract(text, extractor).claims if claim.attribution} == {"Jan Berg"}


def test_a_quote_goes_on_with_its_paragraph_s_speaker(extractor: LocalExtractor) -> None:
    text = "“I lost $40,000,” Gladys Moore said. “He showed me a photo.” The photo, Jan Berg later said, was of a mill."
    speakers = {claim.quote: claim.attribution for claim in extract(text, extractor).claims if claim.attribution}
    assert all(attribution.speaker == "Gladys Moore" for quote, attribution in speakers.items() if "mill" not in quote)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Jan Berg, a retired policeman who once ran for Norway, lives in Oslo with nine cats.",
            ["Jan Berg once ran for Norway.", "Jan Berg is a retired policeman."],
        ),
        (
            "The bank raised its rate to 6.5 percent in March, its third increase since 2012.",
            ["The bank raised its rate to 6.5 percent in March 2014."],
        ),
        (
            "The shop lost 300 customers, nine of whom moved to Oslo.",
            ["The shop lost 300 customers.", "Nine of the 300 customers moved to Oslo."],
        ),
        (
            "Thirty-seven passengers were taken to hospital, nine of whom are still being treated.",
            [
                "Thirty-seven passengers were taken to hospital.",
                "Nine of the thirty-seven passengers are still being treated.",
            ],
        ),
        ("Anna Keller took £300 and hid nine coins, the court was told.", ["Anna Keller hid nine coins."]),
        (
            "Nine dams failed after engineers found 40 cracks in them.",
            ["Nine dams failed.", "Engineers found 40 cracks in them."],
        ),
        ("The study, led by Anna Keller, took nine years.", ["The study was led by Anna Keller."]),
    ],
)
def test_facts_by_the_way_are_claims_of_their_own(text: str, claims: list[str], extractor: LocalExtractor) -> None:
    found = [claim.text for claim in extract(text, extractor).claims]
    assert set(claims) <= set(found)


def test_a_denial_claims_that_it_is_not_so(extractor: LocalExtractor) -> None:
    found = extract("The council denied that it had ignored nine warnings.", extractor).claims
    assert [claim.text for claim in found] == ["The council had not ignored nine warnings."]


def test_what_a_judge_tells_somebody_is_about_them(extractor: LocalExtractor) -> None:
    text = "Mr Jan Berg was jailed for nine years. “You spent £90,000 on a boat,” Judge Anna Keller told him."
    assert claim_with("boat", extract(text, extractor)).text == "Jan Berg spent £90,000 on a boat."


def test_she_is_the_official_who_spoke_before(extractor: LocalExtractor) -> None:
    text = (
        "Anna Keller runs the bank.\n\nA union official said nine letters had been sent. "
        "“We wrote to the board in 2013,” she said."
    )
    speakers = [claim.attribution.speaker for claim in extract(text, extractor).claims if claim.attribution]
    assert speakers == ["a union official", "a union official"]


def test_he_may_be_somebody_without_a_name(extractor: LocalExtractor) -> None:
    text = "Jan Berg was jailed for nine years. Lawyer Anna Keller said her client had paid £900. He lost £50 in 2013."
    claim = claim_with("£50", extract(text, extractor))
    assert claim.text.startswith("Jan Berg") or Flag.AMBIGUOUS in claim.flags


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("NATO bombed the port on 3 May. Italy left the alliance in 1999.", "Italy", "NATO"),
        ("The town sold a bus depot in 2012. The depot was worth £3 million.", "worth", "The bus depot"),
        ("Prime Minister Jan Berg met nine mayors in Oslo. The prime minister flew home on 3 May.", "flew", "Jan Berg"),
        ("Solveig Nes drilled nine holes in 2013. Nes said the sand was dry.", "the sand was dry", "The sand"),
    ],
)
def test_what_the_article_named_before_is_named(text: str, words: str, name: str, extractor: LocalExtractor) -> None:
    assert name in claim_with(words, extract(text, extractor)).text


@pytest.mark.parametrize(
    "text",
    ["“I am delighted,” a neighbour said.", "Not everybody was pleased.", "The result was music to their ears."],
)
def test_feelings_and_figures_of_speech_are_not_checked(text: str, extractor: LocalExtractor) -> None:
    assert not extract(text, extractor).claims


@pytest.mark.parametrize(
    "text", ["The brakes had failed.", "Nobody was hurt.", "The gate was open.", "It put an end to the toll in 1931."]
)
def test_plain_short_facts_are_claims(text: str, extractor: LocalExtractor) -> None:
    assert extract(text, extractor).claims


def test_a_surname_that_opens_a_sentence_names_nothing_else_in_it(extractor: LocalExtractor) -> None:
    text = "Jan Berg, 61, ran nine mills in Oslo. Berg, of Quay Street, paid the fine in 2013."
    assert claim_with("fine", extract(text, extractor)).text.endswith("paid the fine in 2013.")


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Jan Berg, 61, is accused of the murder of two men who died in Oslo in 2013.", "murder", None),
        ("A baker sold nine stolen cakes in 2013, a jury heard yesterday.", "nine stolen cakes", None),
        ("Prices rose by nine per cent in May, according to a survey by Fieldbrook Data.", "Prices", "Fieldbrook Data"),
        ("A review by Anna Keller found that patients waited 14 months.", "14 months", "Anna Keller"),
        ("Miners reached by telephone said that nine tunnels had been shut in 2013.", "nine tunnels", "miners"),
        ("Harrow Grain Co. said on Tuesday that its profit fell 34 percent.", "34 percent", "Harrow Grain Co."),
        (
            "The U.S. Department of Trade lent $9 million in 2013. Nine mills had closed, the department said.",
            "Nine mills",
            "the U.S. Department of Trade",
        ),
        (
            "A Western diplomat in Oslo said nine ships had left. “They sank 90 boats in May,” the diplomat said.",
            "90 boats",
            "a Western diplomat in Oslo",
        ),
        (
            "The plan was blocked by the council, which said nine roads had been closed in May.",
            "nine roads",
            "the council",
        ),
        (
            "Anna Keller runs a mill. It had lost nine workers in May, she told the court.",
            "nine workers",
            "Anna Keller",
        ),
        ("The drug agency, Dimepe, shut nine plants. The agency said 40 men had died in 2013.", "40 men", "Dimepe"),
        (
            "Harbour Freight Lines runs 40 ships. The company denied that it had altered any records in 2013.",
            "altered",
            "Harbour Freight Lines",
        ),
        (
            "Bluestem Freight Lines runs nine plants. Bluestem said 40 cells had caught fire in 2013.",
            "40 cells",
            "Bluestem Freight Lines",
        ),
        (
            "Anna Keller told reporters that Jan Berg had left in 2012. “He lost nine men,” she said.",
            "nine men",
            "Anna Keller",
        ),
        ("The court was told that nine men had died in 2012.", "nine men", None),
    ],
)
def test_whoever_says_it_is_the_speaker(text: str, words: str, speaker: str | None, extractor: LocalExtractor) -> None:
    attribution = claim_with(words, extract(text, extractor)).attribution
    assert (attribution.speaker if attribution else None) == speaker


@pytest.mark.parametrize(
    ("text", "words", "claim"),
    [
        (
            "Mr Jan Berg wept. Anna Keller suggested to him that he had invented nine letters.",
            "nine letters",
            "Jan Berg had invented nine letters.",
        ),
        (
            "Shares of Harrow, which have lost a quarter of their value since 2011, were down 6 percent.",
            "a quarter",
            "Shares of Harrow have lost a quarter of their value since 2011.",
        ),
        (
            "A report by the engineer Jan Berg, which was read to the jury in 2013, named nine men.",
            "read to",
            "A report by the engineer Jan Berg was read to the jury in 2013.",
        ),
        (
            "It went to the finance committee, of which Anna Keller is a member.",
            "member",
            "Anna Keller is a member of the finance committee.",
        ),
        (
            "Jan Berg, on a visit to Oslo, called the attack “a barbaric provocation” and ordered the border closed.",
            "the border",
            "Jan Berg ordered the border closed.",
        ),
        (
            "A spokesman for the university said it had offered nine million euros.",
            "nine million",
            "The university had offered nine million euros.",
        ),
        ("The mayor said only that nine roads had been closed.", "nine roads", "Nine roads had been closed."),
    ],
)
def test_a_claim_reads_as_the_sentence_means_it(text: str, words: str, claim: str, extractor: LocalExtractor) -> None:
    assert claim in claim_with(words, extract(text, extractor)).text


def test_what_tells_of_something_new_is_a_claim_beside_the_whole(extractor: LocalExtractor) -> None:
    found = [claim.text for claim in extract("The mill paid a bonus that was withdrawn in 2011.", extractor).claims]
    assert found == ["The mill paid a bonus that was withdrawn in 2011.", "A bonus was withdrawn in 2011."]


def test_what_is_added_by_a_participle_keeps_its_comma(extractor: LocalExtractor) -> None:
    extraction = extract("Germany has gone the other way, taking nine frigates out of the operation.", extractor)
    assert claim_with("frigates", extraction).text.startswith("Germany has gone the other way, taking nine")


def test_trees_stay_trees_when_a_relative_clause_is_moved(extractor: LocalExtractor) -> None:
    text = "The fund, which manages $40 billion, sold its stake last week, two people briefed on the matter said."
    assert extract(text, extractor).claims


def test_a_headline_may_leave_out_its_verb_but_not_its_clause(extractor: LocalExtractor) -> None:
    body = "\n\nThe mill burned down in 2013, and nine people died.\n"
    assert claim_with("killed", extract("Two guards killed in canal clash near Oslo" + body, extractor))
    assert not any("clash" in c.quote for c in extract("How the canal clash came to an end" + body, extractor).claims)


@pytest.mark.parametrize(
    ("text", "checked"),
    [
        ("Neither account could be verified.", True),
        ("Inspectors criticised the record-keeping.", True),
        ("“I suspect it is both of them,” Anna Keller said.", False),
        ("The council rejected that.", False),
        ("A neighbour, who asked not to be named, ran away.", True),
        ("Anna Keller called for nine new roads.", True),
        ("“We demand nine new roads,” Anna Keller said.", False),
        ("Anna Keller said she was “heartbroken”.", False),
        ("Mr Jan Berg said he still believes the roads are good.", False),
        ("“We lost nine roads,” said Anna Keller. “Why can’t they see that?”", True),
    ],
)
def test_what_is_left_out(text: str, checked: bool, extractor: LocalExtractor) -> None:
    found = [claim.text for claim in extract(text, extractor).claims if claim.states_fact]
    assert bool(found) == checked
    assert not any("see that" in claim or "named" in claim for claim in found)


def test_a_score_does_not_hang_on_what_else_is_scored() -> None:
    model, text = CheckWorthiness(Encoder()), "The gate was open."
    beside = model.score([text, "The ministry of works spent £9 million on nine bridges and a tunnel in 2013."])
    assert beside[0] == pytest.approx(model.score([text])[0], abs=1e-4)


@pytest.mark.parametrize(
    ("text", "words", "flag"),
    [
        ('"It is a wonderful plan," Ana Ruiz said.', "wonderful plan", Flag.OPINION),
        ("Ana Ruiz said that the council would open a school in June.", "open a school", Flag.PREDICTION),
        ("Ana Ruiz said the council must stop the work at once.", "must stop the work", Flag.WISH),
    ],
)
def test_what_somebody_said_is_asked_about_though_it_states_no_fact(
    text: str, words: str, flag: Flag, extractor: LocalExtractor
) -> None:
    claim = claim_with(words, extract(text, extractor))
    assert claim.attribution and claim.attribution.speaker == "Ana Ruiz"
    assert flag in claim.flags and not claim.states_fact


@pytest.mark.parametrize("text", ["It is a wonderful plan.", '"It is a wonderful plan," a neighbour said.'])
def test_no_evidence_can_show_what_nobody_with_a_name_said(text: str, extractor: LocalExtractor) -> None:
    extraction = extract(text, extractor)
    assert not extraction.claims and [item.reason for item in extraction.not_checked] == ["opinion"]


def test_nobody_says_he_of_themselves_in_their_own_words(extractor: LocalExtractor) -> None:
    text = "“I know he lost 9 votes” on Monday, Karl Berg told reporters. Karl Berg said he lost 9 friends."
    found = [claim.text for claim in extract(text, extractor).claims]
    assert not any("Karl Berg lost 9 votes" in claim for claim in found)
    assert any("Karl Berg lost 9 friends" in claim for claim in found)


def test_a_person_named_by_role_is_whom_his_may_mean(extractor: LocalExtractor) -> None:
    text = "Karl Berg spoke first. “The plan of the minister is nothing but his own opinion,” Ana Ruiz told reporters."
    assert not any("Berg’s own opinion" in claim.text for claim in extract(text, extractor).claims)


def test_what_something_is_only_like_is_no_fact(extractor: LocalExtractor) -> None:
    text = "“It is almost as though the council had closed 9 schools,” Ana Ruiz said."
    assert all(not claim.states_fact for claim in extract(text, extractor).claims)


@pytest.mark.parametrize(
    ("text", "claim", "speaker"),
    [
        (
            "Nikola Tadic, a shipbuilder, put the cost of a proper repair at 26,000 euros.",
            "The cost of a proper repair was 26,000 euros.",
            "Nikola Tadic",
        ),
        (
            "Visibility was put at less than 50 feet by the National Weather Service.",
            "Visibility was less than 50 feet.",
            "the National Weather Service",
        ),
        ("Nikola Tadic put the injured at 40.", "The injured were 40.", "Nikola Tadic"),
        ("A poll by Norda put both parties at 31 per cent.", "Both parties were at 31 per cent.", "Norda"),
    ],
)
def test_a_figure_is_whose_estimate_it_is(text: str, claim: str, speaker: str, extractor: LocalExtractor) -> None:
    [found] = extract(text, extractor).claims
    assert found.text == claim
    assert found.attribution is not None and found.attribution.speaker == speaker


def test_what_is_put_somewhere_is_no_estimate(extractor: LocalExtractor) -> None:
    assert claim_with("boxes", extract("Jan Berg put the nine boxes at the door.", extractor)).attribution is None


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Each side may inspect 12 sites a year under a treaty signed in 1996.", "A treaty was signed in 1996."),
        (
            "The viaduct carried 900 trains a week until it was shut on 12 December 2012.",
            "The viaduct was shut on 12 December 2012.",
        ),
        (
            "The northern line was shut because a bolt had broken on the Elbe bridge.",
            "A bolt had broken on the Elbe bridge.",
        ),
        ("Talks broke off after Moscow withdrew its inspectors.", "Moscow withdrew its inspectors."),
        ("Thirty-one people drowned, among them nine children from a choir in Graz.", "Thirty-one people drowned."),
        ("Oslo, a city of 700,000, lost its power in 2013.", "Oslo is a city of 700,000."),
        (
            "Anna Keller examined the Eskrigg viaduct in 2012. The viaduct was built in 1874.",
            "The Eskrigg viaduct was built in 1874.",
        ),
        (
            "Jan Berg ran the yard. Anna Keller of Labour criticised him for the delay of nine months.",
            "Anna Keller of Labour criticised Jan Berg for the delay of nine months.",
        ),
        (
            "Harbour Lines runs 40 ships. Harbour Lines said on Tuesday that it had altered nine records.",
            "Harbour Lines had altered nine records.",
        ),
        (
            "Ana Ruiz said the agency first learned of nine cases in 2013.",
            "The agency first learned of nine cases in 2013.",
        ),
    ],
)
def test_a_fact_within_a_sentence_is_a_claim(text: str, claim: str, extractor: LocalExtractor) -> None:
    assert claim in [found.text for found in extract(text, extractor).claims]


@pytest.mark.parametrize(
    "text",
    [
        "The line reopens after the bolt is replaced.",
        "The line was shut because of a broken bolt.",
        "The line was shut after the loss of a bolt.",
    ],
)
def test_what_is_to_come_or_no_clause_is_no_claim_of_its_own(text: str, extractor: LocalExtractor) -> None:
    assert len(extract(text, extractor).claims) <= 1


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "One of the flats was in Lower Harrow; a tenant there, who asked not to be named, had reported nine "
            "strange visits as early as May.",
            ["One of the flats was in Lower Harrow.", "A tenant there had reported nine strange visits"],
        ),
        (
            "Timber thought to be worth some £9,000 was seized, and two vans with forged papers were towed away.",
            ["Timber thought to be worth some £9,000 was seized.", "Two vans with forged papers were towed away."],
        ),
        (
            "Ulm United ended their home season in ninth place, six rungs above the spot they had held a year before, "
            "and the best that can be said is that they lost nine games fewer than Oslo, the weakest of the sides.",
            [
                "Ulm United ended their home season in ninth place, six rungs above the spot they had held a year",
                "The best that can be said is that they lost nine games fewer than Oslo, the weakest of the sides.",
            ],
        ),
        (
            "The final cost of 9 million euros was about 40 percent more than what councillors had agreed to.",
            ["The final cost of 9 million euros was about 40 percent more than what councillors had agreed to."],
        ),
        (
            "Jan Berg, who runs the drivers' union Roadside, said cries to its hotline had trebled since the spring.",
            ["Jan Berg runs", "Cries to its hotline had trebled since the spring."],
        ),
        (
            "Mayor Jan Berg told councillors emissions would be “within nine limits”.",
            ["Emissions would be within nine limits."],
        ),
    ],
)
def test_a_sentence_is_cut_where_a_statement_ends(text: str, claims: list[str], extractor: LocalExtractor) -> None:
    found = [claim.text for claim in extract(text, extractor).claims]
    assert len(found) == len(claims)
    assert all(claim.startswith(start) for claim, start in zip(found, claims, strict=True))


def test_an_act_of_speech_is_a_claim_from_who_acted_on(extractor: LocalExtractor) -> None:
    text = "The mayor, Jan Berg, called the delay “a farce” and demanded that the nine inspectors be named."
    called, demanded = extract(text, extractor).claims
    assert called.quote == "The mayor, Jan Berg, called the delay “a farce"
    assert demanded.quote == text.rstrip(".")
    assert demanded.text == "The mayor, Jan Berg, demanded that the nine inspectors be named."


@pytest.mark.parametrize(
    "text",
    [
        "A hearing is set for March 9.",
        "Staff writer Jan Berg contributed to this report.",
        "Jan Berg did not return calls seeking comment.",
        "Reporting was supported by a grant from the Berg Fund.",
    ],
)
def test_dates_ahead_thanks_and_silence_are_not_checked(text: str, extractor: LocalExtractor) -> None:
    extraction = extract(f"Nine mills closed in 2013.\n\n{text}", extractor)
    assert [claim.quote for claim in extraction.claims] == ["Nine mills closed in 2013"]


def test_they_is_left_open_where_two_may_be_meant(extractor: LocalExtractor) -> None:
    claim = claim_with("released", extract("Police held three men in 2013. They were released at nine.", extractor))
    assert claim.text == "They were released at nine." and Flag.AMBIGUOUS in claim.flags


def test_a_day_told_in_the_cue_is_counted_from(extractor: LocalExtractor) -> None:
    text = "Jan Berg told the House on 28 April that nine mills had closed. Two days later he sold 40 ships."
    assert "30 April 2014" in claim_with("40 ships", extract(text, extractor)).text


MARKDOWN = """# Rents in Oslo **rise**

Rents in Oslo [rose by 9 per cent](https://oslo.example/rents) in 2013, *according to* the **Rent Office**.

| Town | Average rent, Q4 2013 |
|---|---|
| Oslo | 900 euros |

An earlier chart gave the rent in Bergen as 710 euros.
"""


def test_marks_of_markdown_are_in_the_quote_and_not_in_the_text(extractor: LocalExtractor) -> None:
    claim = claim_with("rose by 9", extract(MARKDOWN, extractor))
    assert claim.text == "Rents in Oslo rose by 9 per cent in 2013."
    assert claim.quote == "Rents in Oslo [rose by 9 per cent](https://oslo.example/rents) in 2013"
    assert claim.attribution is not None
    assert claim.attribution.speaker == "the Rent Office"


def test_a_row_of_a_table_says_nothing_of_the_text_around(extractor: LocalExtractor) -> None:
    extraction = extract(MARKDOWN, extractor)
    assert claim_with("chart", extraction).text == "An earlier chart gave the rent in Bergen as 710 euros."
    assert [item.reason for item in extraction.not_checked if "|" in item.quote] == ["row of a table"] * 2
