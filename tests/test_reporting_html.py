import base64
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from reporting_browser import DESKTOP, PHONE, requests, show, start_browser, violations
from reporting_examples import TEXT, claim, ferry_report, hostile_report, many_findings, report, vote_report

from factcheck.records import Finding, Report, Verdict
from factcheck.reporting import Format, render, write
from factcheck.reporting.html import stress

HOSTILE = json.loads((Path(__file__).parent / "data/reporting/hostile.json").read_text())


def html(report: Report) -> str:
    return render(report, Format.HTML)


@cache
def hostile_html(text: str) -> str:
    return html(hostile_report(text))


class Outline(HTMLParser):
    """The tags of a page with the attributes that do something, and its text outside style and script."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(f"{key}={value}" for key, value in attrs if key not in ("content",))))

    def handle_data(self, data):
        if self.cdata_elem is None:
            self.text += data


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_never_becomes_markup(text: str):
    page = hostile_html(text)
    tags, harmless = Outline(page).tags, Outline(hostile_html("harmless")).tags
    assert set(tags) == set(harmless)
    # A text of two lines is two paragraphs, each with its mark.
    inline = [tag for tag in tags if tag[0] not in ("p", "mark")]
    assert inline == [tag for tag in harmless if tag[0] not in ("p", "mark")]
    assert all(character.isprintable() or character == "\n" for character in page)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable() and "  " not in text.strip()])
def test_hostile_text_is_shown_word_for_word(text: str):
    assert Outline(hostile_html(text)).text.count(text.strip()) >= 10


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_that_differ_are_strong_and_nothing_else(text: str):
    page = stress(((text, False), (text, True)))
    assert Outline(page).tags == [("strong", ())]
    assert all(character.isprintable() for character in page)


def test_words_in_a_wrong_mouth_are_marked_as_bad_news():
    page = html(ferry_report())
    first = page.split('id="claim-1"')[1].split("</p>")[0]
    assert '<span class="badge refuted">✗ The speaker said otherwise</span>' in first
    assert "✓ Supported by the evidence" in first


def test_words_in_a_wrong_mouth_have_a_filter_of_their_own(browser, tmp_path: Path):
    (tmp_path / "ferry.html").write_text(html(ferry_report()), encoding="utf-8")
    browser.get(f"file://{tmp_path}/ferry.html")
    browser.find_element("id", "show-said-otherwise").click()
    assert shown(browser) == ["1"]


def test_the_draft_is_there_word_for_word_with_its_claims_marked():
    page = html(vote_report())
    draft = page.split('id="draft-title"')[1].split("</section>")[0]
    marked = [unescape(re.sub("<[^>]+>", "", words)) for words in re.findall(r"<mark.*?>(.*?)</mark>", draft)]
    assert marked == [
        "A vote in New York",
        "Fourteen members of the Security Council voted for the resolution on Thursday.",
        "Russia abstained.",
        "Nobody has been hurt",
        "The harbour was closed on 3 March.",
    ]
    shown = unescape(re.sub("<[^>]+>", "", re.sub('<a class="ref.*?</a>', "", draft.split("</h2>")[1])))
    assert shown.split() == TEXT.split()


def test_overlapping_claims_share_their_words_and_keep_their_own_places():
    outer, inner = "Fourteen members of the Security Council voted", "members of the Security Council"
    findings = (
        Finding(id="f1", claim=claim("c1", outer), verdict=Verdict.SUPPORTED, confidence=0.9, rationale="Why."),
        Finding(id="f2", claim=claim("c2", inner), verdict=Verdict.REFUTED, confidence=0.9, rationale="Why."),
    )
    page = html(report(findings))
    assert re.findall(r'<mark class="([\w-]+)" data-claims="([\d ]+)">(.*?)</mark>', page) == [
        ("supported", "2", "Fourteen "),
        ("refuted", "1 2", "members of the Security Council"),
        ("supported", "2", " voted"),
    ]
    assert re.findall(r'id="place-(\d)"', page) == ["1", "2"]


def test_a_report_read_back_shows_the_words_that_were_checked():
    page = html(Report.model_validate_json(vote_report().model_dump_json()))
    assert "does not hold the article" in page
    assert page.count("<mark") == 5


def test_ids_are_unique_and_links_inside_the_page_lead_somewhere():
    page = html(vote_report())
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_the_policy_allows_the_pages_own_style_and_script_and_a_users_in_their_place(tmp_path: Path):
    (tmp_path / "report.css").write_text("body { color: teal; }\n")
    for templates in (None, tmp_path):
        page = render(vote_report(), Format.HTML, templates=templates)
        [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
        for tag, directive in (("style", "style-src"), ("script", "script-src")):
            [text] = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{directive} 'sha256-{digest}';" in policy
        assert policy.startswith("default-src 'none';")
    assert "teal" in page


@pytest.fixture(scope="module")
def browser() -> Iterator:
    driver = start_browser()
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("html") / "vote.html"
    write(path, html(vote_report()))
    return path.as_uri()


def shown(browser) -> list[str]:
    script = "return [...document.querySelectorAll('.finding')].filter(f => f.offsetParent).map(f => f.dataset.number)"
    return browser.execute_script(script)


def focused(browser) -> str | None:
    return browser.execute_script("return document.activeElement.dataset.number")


def test_the_page_asks_for_nothing_and_logs_no_error(browser, address: str):
    show(browser, address)
    assert {url for url in requests(browser) if not url.startswith("data:")} == {address}
    assert browser.get_log("browser") == []


def test_hostile_text_runs_nothing_and_asks_for_nothing(browser, tmp_path: Path):
    path = tmp_path / "hostile.html"
    write(path, html(hostile_report(" ".join(HOSTILE))))
    show(browser, path.as_uri())
    assert {url for url in requests(browser) if not url.startswith("data:")} == {path.as_uri()}
    assert browser.get_log("browser") == []


def test_a_script_that_is_not_the_reports_own_does_not_run(browser, address: str):
    show(browser, address)
    browser.execute_script(
        "const script = document.createElement('script'); script.textContent = 'window.ran = true';"
        "document.body.append(script);"
        "document.body.insertAdjacentHTML('beforeend', '<p onclick=\"ran = true\">x</p>');"
        "document.body.lastElementChild.click()"
    )
    assert browser.execute_script("return window.ran") is None


def test_a_filter_shows_one_verdict_and_fades_the_marks_of_the_others(browser, address: str):
    show(browser, address)
    assert shown(browser) == ["1", "2", "3", "4", "5"]
    browser.find_element("id", "show-not-enough-evidence").click()
    assert shown(browser) == ["4"]
    assert browser.find_element("id", "status").get_attribute("textContent") == "Showing 1 of 5 claims."
    plain = browser.execute_script("return [...document.querySelectorAll('mark:not(.faded)')].map(m => m.textContent)")
    assert plain == ["The harbour was closed on 3 March."]
    browser.find_element("id", "show-all").click()
    assert shown(browser) == ["1", "2", "3", "4", "5"]


def test_keys_lead_through_the_findings_that_are_shown(browser, address: str):
    show(browser, address)
    body = browser.find_element("tag name", "body")
    body.send_keys("j")
    assert focused(browser) == "1"
    marks = browser.execute_script("return [...document.querySelectorAll('mark.current')].map(m => m.textContent)")
    assert marks == ["Fourteen members of the Security Council voted for the resolution on Thursday."]
    browser.switch_to.active_element.send_keys("jjk")
    assert focused(browser) == "2"
    browser.find_element("id", "keys").click()
    browser.switch_to.active_element.send_keys("j")
    assert focused(browser) is None


def test_words_of_the_draft_lead_to_their_finding_even_past_a_filter(browser, address: str):
    from selenium.webdriver.support.wait import WebDriverWait

    show(browser, address)
    browser.find_element("css selector", "mark.supported").click()
    assert focused(browser) == "5"
    browser.find_element("id", "show-refuted").click()
    browser.find_element("id", "place-4").click()
    WebDriverWait(browser, 10).until(lambda page: focused(page) == "4")  # the browser tells of a new address later
    assert shown(browser) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_is_accessible(browser, address: str, size: tuple[int, int], scheme: str):
    show(browser, address, size, scheme)
    assert violations(browser) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1400])
def test_nothing_sticks_out_of_the_window(browser, tmp_path: Path, width: int):
    path = tmp_path / "wide.html"
    write(path, html(hostile_report("W" * 500)))
    show(browser, path.as_uri(), (width, 800))
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_the_draft_and_the_findings_stand_side_by_side_on_a_desktop_only(browser, address: str):
    tops = "return ['.draft', '.findings'].map(part => document.querySelector(part).getBoundingClientRect().top)"
    show(browser, address, DESKTOP)
    draft, findings = browser.execute_script(tops)
    assert draft == findings
    show(browser, address, PHONE)
    draft, findings = browser.execute_script(tops)
    assert draft < findings


IN_WINDOW = """
const place = document.querySelector(arguments[0]).getBoundingClientRect();
return place.bottom > 0 && place.top < innerHeight;
"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_finding_that_is_looked_at_stays_in_the_window(browser, tmp_path: Path, size: tuple[int, int]):
    path = tmp_path / "many.html"
    write(path, html(many_findings(60)))
    show(browser, path.as_uri(), size)
    for _ in range(3):
        browser.switch_to.active_element.send_keys("j")
    assert focused(browser) == "3"
    assert browser.execute_script(IN_WINDOW, "#claim-3")
    if size == DESKTOP:
        assert browser.execute_script(IN_WINDOW, "mark.current")


def test_the_draft_never_covers_what_follows_the_findings(browser, tmp_path: Path):
    path = tmp_path / "many.html"
    write(path, html(many_findings(60)))
    show(browser, path.as_uri())
    for target in ("#sources-title", "#made-title"):
        bottom, top = browser.execute_script(
            "document.querySelector(arguments[0]).scrollIntoView();"
            "return ['bottom', 'top'].map((side, n) =>"
            " document.querySelector(['.draft', '.back-matter'][n]).getBoundingClientRect()[side])",
            target,
        )
        assert bottom <= top


def test_on_paper_there_are_no_controls_and_every_finding(browser, address: str):
    show(browser, address, media="print")
    assert not browser.find_element("css selector", ".tools").is_displayed()
    assert shown(browser) == ["1", "2", "3", "4", "5"]


def test_five_hundred_findings_can_be_filtered(browser, tmp_path: Path):
    path = tmp_path / "many.html"
    write(path, html(many_findings(500)))
    show(browser, path.as_uri())
    assert len(shown(browser)) == 500
    browser.find_element("id", "show-refuted").click()
    assert len(shown(browser)) == 100
