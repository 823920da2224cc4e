"""What seems to differ and does not: figures that follow from others, other currencies, counts that look like years."""

from __future__ import annotations

import datetime as dt

import pytest

from factcheck.comparison.compare import compare


def relations(claim: str, evidence: str) -> set[str]:
    """Return how the claim's figures, dates and names stand to the evidence, by kind."""
    days = {"claim_date": dt.date(2023, 6, 8), "evidence_date": dt.date(2023, 6, 7)}
    return {f"{item.kind} {item.relation}" for item in compare(claim, evidence, **days)}


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The ferry carried 42,000 passengers.", "The ferry carried 38,000 passengers, 4,000 fewer than in 2010."),
        ("Twenty-two bombers set out and did not arrive.", "Of 210 bombers that set out, 188 did arrive."),
        ("The two taxes brought 1,090,000 florins.", "Taxes brought 2,340,000 florins, of which 610,000 and 480,000."),
        ("A single helicopter cost 8 million dollars.", "Together the twelve helicopters cost 96 million dollars."),
        ("Forest covered 9,300 hectares.", "The isle has 12,400 hectares; forest covered three quarters."),
        ("The record scarf stood at 182 metres.", "The scarf of 212 metres was 30 longer than the record scarf stood."),
        ("The throw measured 63.96 metres.", "The throw measured 64.18 metres; she was 22 centimetres behind."),
        ("In 2008 they cleared about 2.4 square kilometres.", "They cleared 3.2 square kilometres, a third more."),
        ("Before the cut the budget was 20 million crowns.", "The budget was cut by a tenth, to 18 million crowns."),
        ("The rice harvest topped two million tonnes.", "The rice harvest was 2.84 million tonnes."),
        ("The video was taken down within half a day.", "The video was taken down eleven hours later."),
        ("Eleven mutineers were shot.", "Three mutineers were shot at the gate; eleven men were shot later."),
    ],
)  # fmt: skip
def test_a_figure_that_may_follow_from_others_is_not_contradicted(claim: str, evidence: str) -> None:
    assert "figure differs" not in relations(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The ferry carried 45,000 passengers.", "The ferry carried 38,000 passengers, 4,000 on bikes."),
        ("The ferry carried fewer than 30,000 passengers.", "The ferry carried 38,000 passengers."),
        ("Three mutineers were shot.", "Nine mutineers were shot; the court had sat for two days."),
    ],
)  # fmt: skip
def test_another_figure_still_contradicts(claim: str, evidence: str) -> None:
    assert "figure differs" in relations(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence", "wanted"),
    [
        ("Roma in Macedonia number 53879 people.", "In Macedonia 53 879 people are Roma.", "figure equal"),
        ("The mast measured -30°C.", "The mast measured 30°C.", "figure differs"),
        ("The mast measured minus 30 degrees Celsius.", "The mast measured −30°C.", "figure equal"),
        ("The port shipped 4.5 million tons.", "The port shipped 4.5 million metric tons.", "figure equal"),
        ("The port shipped 4.5 million tons.", "The port shipped 4.1 million tonnes.", "figure compatible"),
        ("The winery was sold for NZ$12 million.", "The winery was sold for $12 million.", "figure unrelated"),
        ("As many as 300 passengers were aboard.", "There were 212 passengers aboard.", "figure compatible"),
        ("At least 10 to 15 people drowned.", "In the lake 22 people drowned.", "figure compatible"),
        ("The fleet grew from 40 to more than 60 planes.", "The fleet grew from 40 to 71 planes.", "figure compatible"),
        ("The airline carries 2 million passengers a month.", "The airline carries 24 million passengers a year.",
         "figure unrelated"),
        ("Arsenal beat Chelsea 3-1.", "Arsenal beat Chelsea 2-1.", "figure differs"),
        ("Arsenal beat Chelsea 3-1.", "Arsenal beat Chelsea by three goals to one, 3-1.", "figure equal"),
        ("Two men, aged 24 and 31, were held.", "Two men aged 31 and 24 were held.", "figure equal"),
        ("A total of 1400 migrants arrived.", "In 2023, a total of 1,400 migrants arrived.", "figure equal"),
        ("The car weighs 1200 kg.", "The car, made in 1998, weighs 1,200 kg.", "figure equal"),
        ("The hall opened with 1500-seat tiers.", "The hall opened in 1998.", "figure unrelated"),
        ("The pipeline was built in 2011.", "The pipeline was built to carry 55 bcm of gas.", "date unrelated"),
        ("In 1840 the convent stood without its nuns.", "The nuns left the convent in 1835.", "date unrelated"),
        ("The court will rule on Monday.", "The court will rule on 12 June 2023.", "date equal"),
        ("The court ruled on Monday.", "The court ruled on 5 June 2023.", "date equal"),
        ("The riot began on Monday of last week.", "The riot began on 29 May 2023.", "date equal"),
        ("Fighting broke out in South Sudan.", "Fighting broke out in Sudan.", "name differs"),
        ("King Charles II opened the hospital.", "King Charles III opened the hospital.", "name unrelated"),
        ("Paul Weber runs the institute.", "Paula Weber keeps the garden.", "name unrelated"),
        ("Dan Weber runs the institute.", "Daniel Weber runs the institute.", "name equal"),
    ],
)  # fmt: skip
def test_things_that_look_alike(claim: str, evidence: str, wanted: str) -> None:
    kind = wanted.split()[0]
    found = relations(claim, evidence)
    assert wanted in found
    assert wanted == f"{kind} differs" or f"{kind} differs" not in found
