import json
import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from reporting_examples import HURT, VOTE, WIRE, claim, evidence, hostile_report, pier_report, report, vote_report

from factcheck.errors import SettingsError
from factcheck.records import (
    Article,
    Attribution,
    CorpusState,
    Finding,
    Flag,
    Report,
    Source,
    Stance,
    Tool,
    Usage,
    Verdict,
)
from factcheck.reporting import Format, render
from factcheck.reporting.markdown import escape, stress
from factcheck.reporting.text import plain, visible

HOSTILE = json.loads((Path(__file__).parent / "data/reporting/hostile.json").read_text())
WORD_JOINER = "\N{WORD JOINER}"


def markdown(report: Report, **rest) -> str:
    return render(report, Format.MARKDOWN, **rest)


@cache
def hostile_markdown(text: str) -> str:
    return markdown(hostile_report(text))


def parse(text: str):
    """Parse as GitHub does, with bare addresses turned into links and no limit on HTML."""
    return MarkdownIt("gfm-like").parse(text)


def section(text: str, number: int) -> str:
    """The part of a report that is about its claim of that number."""
    return re.split(r"^##", text.split(f"\n### {number}. ")[1], maxsplit=1, flags=re.MULTILINE)[0]


def test_the_first_line_counts_the_verdicts_worst_first():
    text = markdown(vote_report())
    assert text.startswith("# Fact check: A vote in New York\n\n**1 of 5 claims is contradicted by the evidence**; ")
    assert (
        "; 1 has evidence on both sides; 1 could not be checked; for 1 there is not enough evidence; 1 is supported."
        in text
    )


@pytest.mark.parametrize(
    ("verdicts", "headline"),
    [
        ([], "**No claim to check was found**."),
        ([Verdict.SUPPORTED], "**The only claim is not contradicted by the evidence**; 1 is supported."),
        ([Verdict.REFUTED], "**The only claim is contradicted by the evidence**."),
        ([Verdict.SUPPORTED] * 2, "**None of the 2 claims is contradicted by the evidence**; 2 are supported."),
        (
            [Verdict.REFUTED, Verdict.REFUTED, Verdict.UNCHECKED],
            "**2 of 3 claims are contradicted by the evidence**; 1 could not be checked.",
        ),
    ],
)
def test_the_first_line_fits_the_number(verdicts: list[Verdict], headline: str):
    findings = tuple(
        Finding(id=f"f{n}", claim=claim(f"c{n}", VOTE), verdict=verdict, confidence=0.9, rationale="Why.")
        for n, verdict in enumerate(verdicts)
    )
    assert markdown(report(findings)).splitlines()[2] == headline


def test_claims_are_listed_worst_news_first_with_line_and_speaker():
    rows = [line for line in markdown(vote_report()).splitlines() if re.match(r"\| \d", line)]
    assert [row.split(" | ")[1:] for row in rows] == [
        ["✗ Contradicted", "3", "Fourteen members of the Security Council voted for Resolution 1973.", " |"],
        ["± Conflicting", "4", "Nobody was hurt in the vote.", "✓ Ada Example |"],
        ["! Unchecked", "1", "There was a vote in New York.", " |"],
        ["? Not enough evidence", "6", "The harbour was closed on 3 March.", " |"],
        ["✓ Supported", "4", "Russia abstained from the vote on Resolution 1973.", " |"],
    ]


def test_equal_verdicts_are_ordered_by_check_worthiness_then_by_place():
    worth = {"c1": (VOTE, 0.2), "c2": ("Russia abstained.", 0.9), "c3": (HURT, 0.9)}
    findings = tuple(
        Finding(
            id=name,
            claim=claim(name, quote, check_worthiness=share),
            verdict=Verdict.REFUTED,
            confidence=0.9,
            rationale="Why.",
        )
        for name, (quote, share) in worth.items()
    )
    headings = re.findall(r"^### \d\. ✗ (.*)$", markdown(report(findings)), re.MULTILINE)
    assert headings == ["Russia abstained.", HURT, VOTE]


def test_a_claim_stands_marked_in_its_paragraph():
    text = section(markdown(vote_report()), 5)
    assert (
        "> NEW YORK, March 18, 2011. Fourteen members of the Security Council voted for the resolution on Thursday. "
        "**Russia abstained**. “Nobody has been hurt,” the envoy Ada Example said." in text
    )
    assert "harbour" not in text


def test_a_report_read_back_shows_the_quote_alone_and_invents_no_line():
    again = Report.model_validate_json(vote_report().model_dump_json())
    text = markdown(again)
    assert "\n> **Russia abstained**.\n" in section(text, 5)
    assert "- “Will it open again?” (a question)" in text


def test_an_attributed_claim_asks_two_questions():
    text = section(markdown(vote_report()), 2)
    assert "Line 4, said by Ada Example (“said”, direct quote):" in text
    assert "- **Was it said?** ✓ Supported by the evidence\n" in text
    assert "- **Is it so?** ± The evidence conflicts (confidence 61%)\n" in text


def test_words_put_in_a_wrong_mouth_are_as_bad_news_as_a_wrong_claim():
    findings = [finding.model_copy(update={"attribution_verdict": None}) for finding in vote_report().findings]
    findings[1] = findings[1].model_copy(
        update={
            "claim": findings[1].claim.model_copy(
                update={
                    "check_worthiness": 1.0,
                    "attribution": Attribution(speaker="Ada Example", kind="indirect", cue="said"),
                }
            ),
            "attribution_verdict": Verdict.REFUTED,
        }
    )
    made = report(tuple(findings))
    text = markdown(made)
    assert "is contradicted by the evidence, and 1 is attributed to someone who said otherwise**; " in text
    assert "| 1 | ✓ Supported | 4 |" in text
    assert "| ✗ Ada Example |" in text
    assert "- **Was it said?** ✗ Contradicted by the evidence\n- **Is it so?** ✓ Supported" in section(text, 1)
    commands = render(made, Format.GITHUB).splitlines()
    assert ",title=The speaker said otherwise::" in next(
        line for line in commands if line.startswith("::error file") and "line=4" in line
    )


ANY_TEXT = st.text() | st.text("ab c1*_`~#@:./\\[]()<>&!|-+=$^{}%\n\"'")


def read_as(source: str) -> list[tuple[set[str], str]]:
    """The kinds of inline markup and the text of each block."""
    blocks = [block.children for block in MarkdownIt("gfm-like").parse(source) if block.type == "inline"]
    return [
        ({part.type for part in parts}, "".join(part.content for part in parts).replace(WORD_JOINER, ""))
        for parts in blocks
    ]


@settings(deadline=None)
@given(ANY_TEXT)
def test_whatever_is_escaped_is_read_as_text(text: str):
    *_, (kinds, shown) = read_as(f"> {escape(plain(text))}\n\n- “{escape(plain(text))}”\n")
    assert kinds <= {"text", "text_special"}
    assert shown == f"“{plain(text)}”"


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_whatever_is_marked_is_bold_and_nothing_else(before: str, text: str, after: str):
    [(kinds, shown)] = read_as(f"“{stress(((before, False), (text, True), (after, False)))}”\n")
    bold = {"strong_open", "strong_close"} if any(character.isalnum() for character in plain(text)) else set()
    assert kinds - {"text", "text_special"} == bold
    assert shown == f"“{(visible(before) + visible(text) + visible(after)).strip()}”"


def test_evidence_against_comes_first_and_cites_numbered_sources():
    text = markdown(vote_report())
    assert re.findall(r"\*\*(Evidence.*)\*\*", section(text, 2)) == [
        "Evidence against it",
        "Evidence that it was said",
        "Evidence for it",
    ]
    assert (
        "> It was adopted by **ten** votes, with five abstentions.\n>\n> — United Nations, 17 March 2011 [1]\n" in text
    )
    assert "Also read, without a word for or against: [2].\n" in section(text, 1)
    sources = text.split("## Sources")[1].split("##")[0].strip().splitlines()
    assert sources == [
        "1. “Resolution 1973 (2011)”, United Nations, 17 March 2011 (primary source: a record or own statement), "
        "<https://undocs.org/S/RES/1973(2011)>",
        "2. “A survey of the year”, undated (tertiary source: an overview)",
        "3. “Harbour reopens”, Example Wire, undated (secondary source: reporting)",
    ]


def test_without_a_verdict_evidence_that_is_rather_not_right_is_on_no_side():
    report = vote_report()
    (cited, *_) = (item for finding in report.findings for item in finding.evidence if item.stance != Stance.NEUTRAL)
    weak = cited.model_copy(update={"confidence": 0.4, "bears_on": "content"})
    opened = report.findings[0].model_copy(
        update={"verdict": Verdict.NOT_ENOUGH_EVIDENCE, "attribution_verdict": None, "evidence": (weak,)}
    )
    text = section(markdown(report.model_copy(update={"findings": (opened,)})), 1)
    assert "**Nearest evidence, too weak to tell**" in text
    assert "Evidence against it" not in text


def test_an_unchecked_claim_tells_why_and_has_no_confidence():
    text = section(markdown(vote_report()), 3)
    assert "**! Could not be checked**\n\nThe chat model did not answer within 60 seconds." in text
    assert "confidence" not in text


@pytest.mark.parametrize("flag", Flag)
def test_every_flag_is_put_in_words(flag: Flag):
    finding = Finding(
        id="f", claim=claim("c", VOTE), verdict=Verdict.REFUTED, confidence=0.9, rationale="Why.", flags=(flag,)
    )
    words = re.search(r"^- ⚑ (.+\.)$", markdown(report((finding,))), re.MULTILINE)
    assert words
    assert "_" not in words[1]


def test_a_flag_that_claim_and_finding_share_is_told_once():
    finding = Finding(
        id="f",
        claim=claim("c", VOTE, flags=(Flag.HEADLINE,)),
        verdict=Verdict.REFUTED,
        confidence=0.9,
        rationale="Why.",
        flags=(Flag.HEADLINE,),
    )
    assert markdown(report((finding,))).count("⚑") == 1


def test_the_end_tells_what_was_not_checked_and_how_the_report_was_made():
    text = markdown(vote_report())
    assert "- Line 6: “Will it open again?” (a question)" in text
    assert "31 documents in 1,204 passages, without what was published after 31 March 2011" in text
    assert "Engine: `local`, model `nli-base@0123456789ab`, factcheck `0.1.0`" in text
    assert "Made on 2 January 2026, 03:04 UTC" in text
    assert "Nothing left this machine." in text


def test_the_end_tells_what_a_chat_model_was_sent():
    tool = Tool(version="0.1.0", engine="openai:gpt-5-mini", model="gpt-5-mini", prompts={"verify": "ab12"})
    usage = Usage(llm_calls=12, input_tokens=34567, output_tokens=890, cost_usd=0.0123, seconds=9)
    text = markdown(report((), tool=tool, usage=usage))
    assert "- Prompt `verify`: sha256 `ab12`" in text
    assert "were sent to the chat model, in 12 calls (34,567 tokens sent, 890 received, 0.0123 US dollars)." in text
    assert "Nothing left" not in text


def test_the_end_tells_that_the_claims_went_to_a_server():
    away = CorpusState(documents=31, passages=1204, server="https://vectors.example")
    text = markdown(report((), corpus=away)).replace(WORD_JOINER, "").replace("&#8288;", "")
    assert "Chroma server at https://vectors.example, to be remembered. Nothing else left this machine." in text


def test_a_template_of_the_user_goes_first_and_is_escaped_too(tmp_path: Path):
    (tmp_path / "report.md.j2").write_text("Ours: {{ view.report.article.title }}\n")
    hostile = vote_report().model_copy(update={"article": Article.from_text("x", title="<b>*T*</b>")})
    assert markdown(hostile, templates=tmp_path) == "Ours: &lt;b&gt;\\*T\\*&lt;/b&gt;\n"


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{% if %}", "line 1"),
        ("{{ view.nothing }}", "nothing"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ view.report.model_dump_json.__globals__ }}", "unsafe"),
        ("{% include '/etc/hostname' %}", "hostname"),
    ],
)
def test_a_template_with_an_error_or_an_escape_is_told_in_a_line(tmp_path: Path, template: str, problem: str):
    (tmp_path / "report.md.j2").write_text(template)
    with pytest.raises(SettingsError, match=problem) as error:
        markdown(vote_report(), templates=tmp_path)
    assert "\n" not in str(error.value)


def test_a_copy_of_another_source_is_told():
    copy = WIRE.model_copy(update={"origin": "un-res-1973"})
    finding = Finding(
        id="f",
        claim=claim("c", VOTE),
        verdict=Verdict.SUPPORTED,
        confidence=0.9,
        rationale="Why.",
        evidence=(evidence(copy, Stance.SUPPORTS, "Quote."),),
    )
    assert "(secondary source: reporting; mostly the text of un-res-1973)" in markdown(report((finding,)))


def shape(text: str) -> list[str]:
    """The markup of a document: its tokens without the text, and without the mark around the claim's words."""
    tokens = [part for token in parse(text) for part in ([token, *token.children] if token.children else [token])]
    unmarked = {"text", "text_special", "inline", "strong_open", "strong_close"}
    return [token.type for token in tokens if token.type not in unmarked]


def prose(text: str) -> str:
    """What a reader sees outside code spans, where GitHub looks for mentions and references; "│" for markup."""
    html = MarkdownIt("gfm-like").render(text)
    return unescape(re.sub(r"<[^>]+>", "│", re.sub(r"<code>.*?</code>", "", html)))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_never_becomes_markup(text: str):
    assert shape(hostile_markdown(text)) == shape(hostile_markdown("harmless"))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_never_becomes_a_mention_a_reference_or_an_emoji(text: str):
    seen = prose(hostile_markdown(text))
    assert not re.search(r"@\w|#\d|\bGH-\d|:[\w+]+:|\b(?=[a-f]*\d)[0-9a-f]{7,40}\b", seen)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_hides_nothing(text: str):
    written = hostile_markdown(text)
    assert all(character.isprintable() or character == "\n" for character in written)
    assert "\n" * 4 not in written


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable() and "  " not in text.strip()])
def test_hostile_text_is_shown_word_for_word(text: str):
    seen = prose(hostile_markdown(text)).replace(WORD_JOINER, "")
    assert seen.count(text.strip()) >= 10 or len(text) > 1000


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://undocs.org/S/RES/1973(2011)", "<https://undocs.org/S/RES/1973(2011)>"),
        ("http://example.org:8080/a?b=c&d=ü", "<http://example.org:8080/a?b=c&d=%C3%BC>"),
        ("javascript:alert(1)", None),
        ("https://un.org@evil.example/", None),
        ("https://evil.example/> **x**", None),
        ("https://[::1", None),
        ("https://\u202egro.nu/", None),
        ("https://аpple.example/", None),
    ],
)
def test_only_plain_web_addresses_of_sources_become_links(url: str, shown: str | None):
    source = Source(id="s", title="T", url=url)
    finding = Finding(
        id="f",
        claim=claim("c", VOTE),
        verdict=Verdict.SUPPORTED,
        confidence=0.9,
        rationale="Why.",
        evidence=(evidence(source, Stance.SUPPORTS, "Quote."),),
    )
    text = markdown(report((finding,)))
    links = [token for block in parse(text) for token in block.children or () if token.type == "link_open"]
    assert len(links) == (shown is not None)
    if shown:
        assert shown in text


def pandoc(text: str) -> Counter[str]:
    """The kinds of elements that pandoc reads, with all its extensions of Markdown."""
    program = shutil.which("pandoc")
    if not program:
        pytest.skip("pandoc is not installed (apt-get install pandoc)")
    done = subprocess.run(
        [program, "--from", "markdown", "--to", "json"], input=text, text=True, capture_output=True, check=True
    )
    kinds: Counter[str] = Counter()
    rest: list[object] = [json.loads(done.stdout)["blocks"]]
    while rest:
        match rest.pop():
            case {"t": str(kind), **fields}:
                kinds[kind] += 1
                rest.extend(fields.values())
            case dict(fields):
                rest.extend(fields.values())
            case list(items):
                rest.extend(items)
    return kinds


def test_pandoc_reads_the_report_as_it_is_meant():
    kinds = pandoc(markdown(vote_report()))
    assert (kinds["Header"], kinds["Table"], kinds["OrderedList"], kinds["BlockQuote"]) == (10, 1, 1, 10)


def test_pandoc_reads_hostile_text_as_text():
    kinds = pandoc("".join(f"> {escape(plain(text))}\n\n- “{escape(plain(text))}”\n\n" for text in HOSTILE))
    own = {"BlockQuote", "BulletList", "Para", "Plain"}
    assert set(kinds) - own <= {"Str", "Space", "SoftBreak", "Quoted", "DoubleQuote", "SingleQuote"}
    assert kinds["BlockQuote"] == len(HOSTILE)


def test_an_opinion_is_counted_apart_and_comes_last_where_it_was_said():
    text = markdown(pier_report())
    assert "**None of the 2 claims is contradicted by the evidence**; 2 are supported. 1 quoted statement is" in text
    assert text.index("Is it so?** – Opinion") > text.index("The pier is 400 metres long.")
