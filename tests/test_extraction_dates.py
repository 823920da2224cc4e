from datetime import date

import pytest

from factcheck.extraction.dates import Told, follow_dates, resolve_dates
from factcheck.full_dates import find_full_date

TODAY = date(2014, 3, 4)  # a Tuesday


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("They met on Tuesday.", "They met on 4 March 2014."),
        ("They met Monday night.", "They met on the night of 3 March 2014."),
        ("They left late Sunday.", "They left late on 2 March 2014."),
        ("They met last Tuesday.", "They met on 25 February 2014."),
        ("They will meet on Thursday.", "They will meet on 6 March 2014."),
        ("They will meet next Tuesday.", "They will meet on 11 March 2014."),
        ("Flags were lowered through Friday.", "Flags were lowered through 7 March 2014."),
        ("The trial was adjourned until Friday.", "The trial was adjourned until 7 March 2014."),
        ("It will be shut through June.", "It will be shut through June 2014."),
        ("A bell that might have rung was removed in June.", "A bell that might have rung was removed in June 2013."),
        ("He was picked for Saturday.", "He was picked for 8 March 2014."),
        ("Talks were called for Saturday in Oslo.", "Talks were called for 8 March 2014 in Oslo."),
        ("It opened this morning.", "It opened on the morning of 4 March 2014."),
        ("It burned last night.", "It burned on the night of 3 March 2014."),
        ("It closed yesterday.", "It closed on 3 March 2014."),
        ("It burned three days ago.", "It burned on 1 March 2014."),
        ("It began two months ago.", "It began in January 2014."),
        ("It cost more last year.", "It cost more in 2013."),
        ("It missed last year's target.", "It missed 2013's target."),
        ("It began on Jan. 9, when rain fell.", "It began on 9 January 2014, when rain fell."),
        ("It has been shut since October.", "It has been shut since October 2013."),
        ("It will open in June.", "It will open in June 2014."),
        ("It opened on 3 May last year.", "It opened on 3 May 2013."),
        ("It opened in May last year.", "It opened in May 2013."),
        ("It opened last autumn.", "It opened in autumn 2013."),
        ("It burned on Christmas Eve.", "It burned on 24 December 2013."),
        ("Her term ends in December.", "Her term ends in December 2014."),
        ("They are invited for Saturday, 15 March.", "They are invited for 15 March 2014."),
        ("They are invited for 15 March.", "They are invited for 15 March 2014."),
        ("It burned on Thursday, 2 May.", "It burned on 2 May 2013."),
        ("It burned on 2 May.", "It burned on 2 May 2013."),
        ("Since last Friday, 14 people have died.", "Since 28 February 2014, 14 people have died."),
        ("As of Friday, 1,200 people had left.", "As of 28 February 2014, 1,200 people had left."),
        ("Shares fell in Friday trading.", "Shares fell in 28 February 2014 trading."),
        ("Friday the court ruled.", "On 28 February 2014 the court ruled."),
        ("He was held at 2 a.m. Saturday in Rome.", "He was held at 2 a.m. on 1 March 2014 in Rome."),
        ("More came this summer than last summer.", "More came in summer 2014 than in summer 2013."),
        ("It closed last May.", "It closed in May 2013."),
        ("Since last March it has rained.", "Since March 2013 it has rained."),
        ("Last February, it rained.", "In February 2014, it rained."),
        ("It will open next January.", "It will open in January 2015."),
        ("In October the bridge was shut.", "In October 2013 the bridge was shut."),
        ("Since May it has rained.", "Since May 2013 it has rained."),
        ("They died in May of last year.", "They died in May 2013."),
        ("Yesterday it rained.", "On 3 March 2014 it rained."),
        ("He takes charge until 21 May.", "He takes charge until 21 May 2014."),
        ("He told them on Monday that it could fail.", "He told them on 3 March 2014 that it could fail."),
        ("It came up at yesterday’s meeting.", "It came up at the 3 March 2014 meeting."),
        ("It burned on Friday of last week.", "It burned on 28 February 2014."),
        ("It burned on Monday last week.", "It burned on 24 February 2014."),
        ("It opens on Monday of next week.", "It opens on 10 March 2014."),
        ("It was shut between 20 and 23 February.", "It was shut between 20 and 23 February 2014."),
        ("It was shut on Sunday and Monday.", "It was shut on 2 March 2014 and 3 March 2014."),
        ("It was shut from Sunday to Monday.", "It was shut from 2 March 2014 to 3 March 2014."),
        ("They met on the first Friday of February.", "They met on the first Friday of February 2014."),
        ("He asked forgiveness on Monday of the family.", "He asked forgiveness on 3 March 2014 of the family."),
        ("It fell by a third on Monday.", "It fell by a third on 3 March 2014."),
        ("In January 12 barges sank.", "In January 2014, 12 barges sank."),
        ("In January 12-year-old Ida Holm won.", "In January 2014, 12-year-old Ida Holm won."),
        ("In early January 40 cows were sold.", "In early January 2014, 40 cows were sold."),
        ("The fair runs on May 8–10 in the park.", "The fair runs on 8–10 May 2014 in the park."),
        ("It was shut from January 6 to 9.", "It was shut from 6 to 9 January 2014."),
        ("It burned on the night of 4/5 January.", "It burned on the night of 4/5 January 2014."),
        ("It will be shut until next spring.", "It will be shut until spring 2015."),
        ("It will be shut until next summer.", "It will be shut until summer 2014."),
        ("This spring has been dry.", "Spring 2014 has been dry."),
        ("This year is the driest.", "2014 is the driest."),
        ("It rose on 1 January and will rise on 1 July.", "It rose on 1 January 2014 and will rise on 1 July 2014."),
        ("The next meeting is on 8 January.", "The next meeting is on 8 January 2015."),
        ("Next meeting: Thursday 8 January, noon.", "Next meeting: 8 January 2015, noon."),
        ("He proposed deferring it until February.", "He proposed deferring it until February 2015."),
        ("The trial was adjourned until 12 January.", "The trial was adjourned until 12 January 2015."),
        ("The show runs from 5 April to 2 March.", "The show runs from 5 April 2014 to 2 March 2015."),
        ("For this year they advise taking less.", "For 2014 they advise taking less."),
        ("In 2009 it cost less; on 3 March this year it rose.", "In 2009 it cost less; on 3 March 2014 it rose."),
    ],
)
def test_relative_dates_are_written_out(said: str, meant: str) -> None:
    assert resolve_dates(said, TODAY) == meant


@pytest.mark.parametrize(
    "text",
    [
        "They met on Tuesday, March 4, 2014.", "It opened on 3 May 1931.", "They may meet in March 2015.",
        "Sunday’s vote was lost.", "It was formed three weeks ago.", "The last year of the war was hard.",
        "Black Friday sales rose by 3 per cent.", "It rained the next day, a Sunday.", "They meet every Tuesday.",
        "It is open Monday through Friday.",
        "She swims there every morning in May.",
        "She worked there from May to September.",
        "The song was written by June Carter.", "The trial of Jan Karski was short.", "It was sold to April Jones.",
        "Friday prayers drew 40 people.", "Tuesday marks the end of the war.", "Sales rose 6 percent from a year ago.",
        "In April of 2009 he left.", "They died in May of that year.",
        "It sank on a foggy Monday in November 2011.", "It was a dull Sunday in June 1999.",
        "It snowed on a dull Monday.", "It rained on Good Friday.",
        "They meet on the second Friday of each month.", "The following Monday it rained.", "That Monday it rained.",
        "On Monday week the fair opens.", "It rained on Friday of that week.",
        "The ferry runs Monday to Friday.", "It was shut from Monday to Sunday.",
        "The lake rose less in May in the 1990s than in the 2000s.", "In the 1990s the lake froze in December.",
        "In January and February 2013 it rained.", "It rained in October, November and December 2012.",
        "It was shut from 1 January to 6 September 2012.", "It was shut from January 6 to 9, 2012.",
        "The fair was on May 8-10, 2012.", "April–June 14, July–September 9.",
        "The lake was colder in 1912 than today.",
        "In 2011 the mill burned and in May it was rebuilt.", "In March 2009 it was sold; it closed on 3 May.",
    ],
)  # fmt: skip
def test_what_is_no_relative_date_stays(text: str) -> None:
    assert resolve_dates(text, TODAY) == text


def test_a_season_is_the_last_once_it_is_over_and_the_next_until_it_begins() -> None:
    for day, last, next_one in ((date(2014, 2, 3), 2013, 2014), (date(2014, 5, 3), 2013, 2015)):
        assert resolve_dates("Last spring it was shut.", day) == f"In spring {last} it was shut."
        assert resolve_dates("It will open next spring.", day) == f"It will open in spring {next_one}."
    assert resolve_dates("Last spring it was shut.", date(2014, 6, 1)) == "In spring 2014 it was shut."


def test_without_the_article_s_date_nothing_is_guessed() -> None:
    assert resolve_dates("They met on Tuesday.", None) == "They met on Tuesday."


def on(*day: int) -> Told:
    return Told(date(*day), date(*day))


def test_a_text_that_tells_of_an_earlier_year_goes_on_from_there() -> None:
    _, named = follow_dates("It began in the middle of February last year.", TODAY)
    assert follow_dates("It burned on 12 April.", TODAY, named)[0] == "It burned on 12 April 2013."
    assert follow_dates("It ended in late April.", TODAY, named)[0] == "It ended in late April 2013."
    assert follow_dates("It burned on 12 January.", TODAY, on(2013, 5, 3))[0] == "It burned on 12 January 2013."
    assert follow_dates("It sank on 5 May.", TODAY, on(1987, 5, 3))[0] == "It sank on 5 May 1987."
    assert follow_dates("It opened on 9 January.", TODAY, on(2013, 12, 20))[0] == "It opened on 9 January 2014."
    assert follow_dates("It opened on 9 February.", TODAY, on(1931, 5, 3))[0] == "It opened on 9 February 2014."
    assert follow_dates("It burned on 1 March.", TODAY, on(2013, 1, 20))[0] == "It burned on 1 March 2014."
    assert follow_dates("On the Tuesday it rained.", TODAY, on(2013, 8, 21))[0] == "On 27 August 2013 it rained."
    assert follow_dates("On the Tuesday it rained.", TODAY)[0] == "On the Tuesday it rained."
    assert follow_dates("He wrote in the Sunday Times.", TODAY, named)[0] == "He wrote in the Sunday Times."


def test_there_is_no_year_before_the_first() -> None:
    assert resolve_dates("It closed yesterday.", date(1, 1, 1)) == "It closed yesterday."


def test_the_next_day_counts_from_the_day_named_before() -> None:
    _, named = follow_dates("It began on Jan. 9.", TODAY)
    assert follow_dates("It ended five days later.", TODAY, named)[0] == "It ended on 14 January 2014."
    assert follow_dates("The previous day it rained.", TODAY, named)[0].startswith("On 8 January 2014")
    assert follow_dates("It ended the following Tuesday.", TODAY, named)[0] == "It ended on 14 January 2014."
    assert follow_dates("It rained the day before.", TODAY, named)[0] == "It rained on 8 January 2014."
    assert follow_dates("It ended the same evening.", TODAY, named)[0] == "It ended on the evening of 9 January 2014."
    assert follow_dates("It rained on the Friday before.", TODAY, named)[0] == "It rained on 3 January 2014."
    assert follow_dates("It ended five days later.", TODAY)[0] == "It ended five days later."
    assert follow_dates("It ended five days later.", TODAY, on(2014, 3, 4))[0] == "It ended five days later."


def test_days_are_counted_from_a_day_not_from_a_month() -> None:
    _, named = follow_dates("It began on 9 January, after talks in October 2012.", TODAY)
    _, named = follow_dates("Talks had failed in October 2012.", TODAY, named)
    assert follow_dates("It ended two days later.", TODAY, named)[0] == "It ended on 11 January 2014."
    _, named = follow_dates("Talks had failed in October 2012.", TODAY)
    assert follow_dates("It ended two days later.", TODAY, named)[0] == "It ended two days later."


@pytest.mark.parametrize("text", ["31 February 2014", "2014-13-40", "no date", "May 2014"])
def test_what_is_no_full_date_is_none(text: str) -> None:
    assert find_full_date(text) is None


@pytest.mark.parametrize(
    ("text", "written_out"),
    [
        ("It was closed yesterday, Thursday 6 June, for repairs.", "It was closed on 6 June 2024, for repairs."),
        ("“It is over. Today we rest,” she said.", "“It is over. On 7 June 2024 we rest,” she said."),
        ("It closed on Thursday.", "It closed on 6 June 2024."),
    ],
)
def test_a_day_is_named_once_and_opens_a_sentence_with_a_capital(text: str, written_out: str) -> None:
    assert resolve_dates(text, date(2024, 6, 7)) == written_out
