from datetime import date

from markdown_it import MarkdownIt
from reporting_examples import RESOLUTION, WIRE, claim, evidence, report

from factcheck.records import Finding, Report, Stance, Verdict
from factcheck.reporting import Format, render
from factcheck.reporting.differences import in_claim, in_quote

TEXT = "Fifteen members of the Security Council voted for the resolution on 18 March 2011.\n"
VOTE = TEXT.strip()
AGAINST = evidence(RESOLUTION, Stance.CONTRADICTS, "Ten members of the Security Council voted for the resolution.")
LATER = evidence(
    WIRE,
    Stance.CONTRADICTS,
    "Fifteen members of the Security Council voted for the resolution on 17 March 2011.",
)
FOR = evidence(WIRE, Stance.SUPPORTS, "Fourteen members of the Security Council voted for the resolution.")


def finding(*items) -> Finding:
    return Finding(
        id="f",
        claim=claim("c", VOTE, article=TEXT),
        verdict=Verdict.REFUTED,
        confidence=0.9,
        rationale="Why.",
        evidence=items,
    )


def made(*items) -> Report:
    return report((finding(*items),))


def differing(parts) -> list[str]:
    return [words for words, differs in parts if differs]


def test_figures_and_dates_that_differ_are_found_on_both_sides():
    today = date(2011, 3, 20)
    assert differing(in_claim(finding(AGAINST, LATER), today)) == ["Fifteen", "18 March 2011"]
    assert differing(in_quote(finding().claim, LATER, today)) == ["17 March 2011"]


def test_the_parts_are_the_whole_text():
    assert "".join(words for words, _ in in_claim(finding(AGAINST, LATER), None)) == VOTE
    assert "".join(words for words, _ in in_quote(finding().claim, LATER, None)) == LATER.quote


def test_evidence_for_the_claim_and_about_who_said_it_is_left_alone():
    said = AGAINST.model_copy(update={"bears_on": "attribution"})
    for item in (FOR, said):
        assert differing(in_claim(finding(item), None)) == []
        assert differing(in_quote(finding().claim, item, None)) == []


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


def test_a_text_without_end_is_not_looked_into():
    endless = AGAINST.model_copy(update={"quote": "Ten members voted. " * 5000})
    assert differing(in_claim(finding(endless), None)) == []
