from datetime import date

from markdown_it import MarkdownIt
from reporting_examples import RESOLUTION, WIRE, claim, evidence, report

from factcheck.records import Difference, Evidence, Finding, Passage, Report, Stance
from factcheck.reporting import Format, render
from factcheck.reporting.differences import in_claim, in_quote
from factcheck.verification.finding import conclude

TEXT = "Fifteen members of the Security Council voted for the resolution on 18 March 2011.\n"
VOTE = TEXT.strip()
AGAINST = evidence(RESOLUTION, Stance.CONTRADICTS, "Ten members of the Security Council voted for the resolution.")
LATER = evidence(
    WIRE,
    Stance.CONTRADICTS,
    "Fifteen members of the Security Council voted for the resolution on 17 March 2011.",
)
FOR = evidence(WIRE, Stance.SUPPORTS, "Fourteen members of the Security Council voted for the resolution.")


def finding(*items: Evidence, today: date | None = None) -> Finding:
    passages = [Passage(source=item.document, text=item.quote, start=0, end=len(item.quote)) for item in items]
    return conclude(claim("c", VOTE, article=TEXT), passages, items, article_date=today)


def made(*items) -> Report:
    return report((finding(*items),))


def differing(parts) -> list[str]:
    return [words for words, differs in parts if differs]


def test_figures_and_dates_that_differ_are_found_on_both_sides():
    found = finding(AGAINST, LATER, today=date(2011, 3, 20))
    assert differing(in_claim(found)) == ["Fifteen", "18 March 2011"]
    assert {word for item in found.evidence for word in differing(in_quote(item))} == {"Ten", "17 March 2011"}


def test_the_parts_are_the_whole_text():
    found = finding(AGAINST, LATER)
    assert "".join(words for words, _ in in_claim(found)) == VOTE
    assert all("".join(words for words, _ in in_quote(item)) == item.quote for item in found.evidence)


def test_evidence_for_the_claim_and_about_who_said_it_is_left_alone():
    said = AGAINST.model_copy(update={"bears_on": "attribution"})
    for item in (evidence(WIRE, Stance.SUPPORTS, VOTE), said):
        found = finding(item)
        assert differing(in_claim(found)) == []
        assert [differing(in_quote(shown)) for shown in found.evidence] == [[]]


def test_what_differs_is_in_bold_on_both_sides_of_the_markdown_report():
    text = render(made(AGAINST), Format.MARKDOWN)
    assert "### 1. ✗ ***Fifteen*** members of the Security Council voted" in text
    assert "> **Ten** members of the Security Council voted for the resolution." in text
    page = MarkdownIt("gfm-like").render(text)
    assert "<strong>Fifteen</strong>" in page
    assert "<strong>Ten</strong>" in page


def test_what_differs_is_strong_on_both_sides_of_the_page():
    page = render(made(AGAINST), Format.HTML)
    assert "<strong>Fifteen</strong> members of the Security Council voted" in page
    assert "<blockquote><strong>Ten</strong> members of the Security Council" in page


def test_words_that_a_hostile_report_claims_to_stand_there_are_not_shown():
    for start, words in ((0, "Twelve"), (-5, VOTE[-5:]), (10**9, ""), (3, "")):
        false = Difference(
            kind="figure", claim_words=words, claim_start=start, evidence_words=words, evidence_start=start
        )
        made_up = AGAINST.model_copy(update={"differences": (false,)})
        assert in_claim(finding(AGAINST).model_copy(update={"evidence": (made_up,)})) == ((VOTE, False),)
        assert in_quote(made_up) == ((AGAINST.quote, False),)
