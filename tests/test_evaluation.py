"""``factcheck eval``: data sets in their published form, and figures that were worked out by hand."""

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from typer.testing import CliRunner

from factcheck.cli import app
from factcheck.errors import InputError
from factcheck.evaluation import metrics
from factcheck.evaluation.readers import read_dataset
from factcheck.evaluation.tasks import Item, Outcome, Task, Workbench, compare, evaluate
from factcheck.evaluation.telling import mistakes
from factcheck.pipeline import Case
from factcheck.records import Article, Claim, Extraction, Finding, Tool, Usage, Verdict
from factcheck.settings import Settings

DATA = Path(__file__).parent / "data" / "evaluation"
S, R, C, N = Verdict.SUPPORTED, Verdict.REFUTED, Verdict.CONFLICTING, Verdict.NOT_ENOUGH_EVIDENCE


class Told:
    """An engine that says of each claim what a test tells it, and extracts the sentences it is told."""

    endpoint = None
    usage = Usage()
    tool = Tool(version="0", engine="told", model="told")

    def __init__(self, verdicts: dict[str, tuple[Verdict, float]], sentences: dict[str, float] | None = None) -> None:
        self.verdicts, self.sentences = verdicts, sentences or {}

    def extract(self, article: Article) -> Extraction:
        found = [(article.text.find(text), text, score) for text, score in self.sentences.items()]
        claims = [
            Claim(id=str(at), text=text, quote=text, start=at, end=at + len(text), line=1, check_worthiness=score)
            for at, text, score in sorted(found)
            if at >= 0
        ]
        return Extraction(claims=tuple(claims))

    def verify(self, cases: Sequence[Case], article: Article) -> Iterator[Finding]:
        for claim, _ in reversed(cases):  # engines may answer in any order
            verdict, confidence = self.verdicts[claim.text]
            yield Finding(id=claim.id, claim=claim, verdict=verdict, confidence=confidence, rationale="as told")


def run(task: Task, file: str, engine: Told) -> Outcome:
    data = read_dataset(DATA / file)
    with Workbench(Settings(), data, own_corpus=False, progress=lambda *_: nullcontext(lambda done: None)) as bench:
        bench.__dict__["engine"] = engine
        return evaluate(task, data, bench, resamples=20)


def told(file: str, answers: Sequence[tuple[Verdict, float]]) -> Told:
    """Tell an engine the answers to the claims that can be verified, in the order of the file."""
    claims = [claim for claim in read_dataset(DATA / file).claims if claim.passages]
    return Told({claim.text: answer for claim, answer in zip(claims, answers, strict=True)})


# gold → said, and the figures by hand; F1 of a class is 2·right / (labelled + said)
SAMPLES: list[tuple[str, list[tuple[Verdict, float]], dict[str, Any]]] = [
    (  # S R S → S S N: F1 of S 2/4, of R 0
        "fever/dev.jsonl", [(S, 0.9), (S, 0.8), (N, 0.6)],
        {"form": "FEVER", "skipped": 1, "accuracy": 1 / 3, "macro_f1": 1 / 4, "balanced_accuracy": 1 / 4, "false": 0.0,
         "coverage": 2 / 3, "of these right": 1 / 2, "ece": 0.45, "brier": (0.01 + 0.64) / 2},
    ),
    (  # S R N → S R R: F1 of S 1, of R 2/3, of N 0; gaps of 0.3, 0.1 and 0.6
        "scifact/claims_dev.jsonl", [(S, 0.7), (R, 0.9), (R, 0.6)],
        {"form": "SciFact", "skipped": 0, "accuracy": 2 / 3, "macro_f1": 5 / 9, "balanced_accuracy": 2 / 3,
         "false": 1.0, "coverage": 1.0, "of these right": 2 / 3, "ece": 1 / 3, "brier": 0.46 / 3},
    ),
    (  # R C → R R: F1 of R 2/3, of C 0; the claim with an unanswerable question only is skipped
        "averitec/dev.json", [(R, 0.8), (R, 0.8)],
        {"form": "AVeriTeC", "skipped": 1, "accuracy": 1 / 2, "macro_f1": 1 / 3, "balanced_accuracy": 1 / 2,
         "false": 1.0, "coverage": 1.0, "of these right": 1 / 2, "ece": 0.3, "brier": (0.04 + 0.64) / 2},
    ),
    (  # S N R → S N N: F1 of S 1, of N 2/3, of R 0; both rows about garlic get the same answer
        "healthver/healthver_dev.csv", [(S, 0.9), (N, 0.5), (N, 0.5)],
        {"form": "HealthVer", "skipped": 0, "accuracy": 2 / 3, "macro_f1": 5 / 9, "balanced_accuracy": 2 / 3,
         "false": 0.0, "coverage": 1 / 3, "of these right": 1.0, "ece": 0.1, "brier": 0.01},
    ),
    (  # S R → R R: F1 of S 0, of R 2/3
        "fool-me-twice/dev.jsonl", [(R, 0.95), (R, 0.95)],
        {"form": "FoolMeTwice", "skipped": 0, "accuracy": 1 / 2, "macro_f1": 1 / 3, "balanced_accuracy": 1 / 2,
         "false": 1.0, "coverage": 1.0, "of these right": 1 / 2, "ece": 0.45, "brier": (0.0025 + 0.9025) / 2},
    ),
    (  # R C N → N C N: F1 of R 0, of C 1, of N 2/3
        "climate-fever/climate-fever.jsonl", [(N, 0.9), (C, 0.7), (N, 0.9)],
        {"form": "Climate-FEVER", "skipped": 0, "accuracy": 2 / 3, "macro_f1": 5 / 9, "balanced_accuracy": 2 / 3,
         "false": 0.0, "coverage": 1 / 3, "of these right": 1.0, "ece": 0.3, "brier": 0.09},
    ),
    (  # S R → S unchecked: F1 of S 1, of R 0
        "own/claims.jsonl", [(S, 1.0), (Verdict.UNCHECKED, 0.0)],
        {"form": "claims", "skipped": 1, "accuracy": 1 / 2, "macro_f1": 1 / 2, "balanced_accuracy": 1 / 2, "false": 0.0,
         "coverage": 1 / 2, "of these right": 1.0, "ece": 0.0, "brier": 0.0},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("file", "answers", "by_hand"), SAMPLES, ids=[sample[2]["form"] for sample in SAMPLES])
def test_figures_on_each_data_set(file: str, answers: list[tuple[Verdict, float]], by_hand: dict[str, Any]) -> None:
    outcome = run(Task.VERIFY, file, told(file, answers))
    figures, first = outcome.figures, outcome.figures["abstention"][0]
    assert {
        "form": read_dataset(DATA / file).form,
        "skipped": outcome.skipped,
        **{name: figures[name] for name in ("accuracy", "macro_f1", "balanced_accuracy")},
        "false": figures["recall_on_false_claims"],
        "coverage": first["coverage"],
        "of these right": first["accuracy"],
        "ece": figures["calibration"]["ece"],
        "brier": figures["calibration"]["brier"],
    } == {name: pytest.approx(value) if isinstance(value, float) else value for name, value in by_hand.items()}


def test_labels_evidence_and_dates_as_published() -> None:
    fever = {claim.id: claim for claim in read_dataset(DATA / "fever/dev.jsonl").claims}
    assert [claim.verdict for claim in fever.values()] == [S, R, N, S]
    assert fever["101"].passages[0].source.title == "Harbour Bridge (Lom)"
    assert [passage.text for passage in fever["102"].passages] == [
        "Three workers died while it was being built .",
        "Ida Sorensen was a Danish engineer who built bridges .",
    ]
    averitec = read_dataset(DATA / "averitec/dev.json").claims
    assert [claim.verdict for claim in averitec] == [R, N, C]
    assert str(averitec[0].date) == "2020-08-25"
    assert averitec[0].passages[0].text == "No. In 2019 Lom closed one library and kept the other three open."
    scifact = read_dataset(DATA / "scifact/claims_dev.jsonl").claims
    assert [claim.verdict for claim in scifact] == [S, R, N]
    assert [passage.source.id for passage in scifact[1].passages] == ["12", "13"]
    climate = read_dataset(DATA / "climate-fever/climate-fever.jsonl").claims
    assert [claim.verdict for claim in climate] == [R, C, N]
    assert climate[0].relevant == {"Vrata glacier:3"}


def test_fever_finds_a_page_whose_accents_are_written_apart(tmp_path: Path) -> None:
    composed = "Ana_Ru\N{LATIN SMALL LETTER I WITH ACUTE}z"
    apart = unicodedata.normalize("NFD", composed)
    row = {"id": 1, "label": "SUPPORTS", "claim": "She sang.", "evidence": [[[1, 1, composed, 0]]]}
    (tmp_path / "wiki-pages").mkdir()
    (tmp_path / "wiki-pages" / "wiki-001.jsonl").write_text(json.dumps({"id": apart, "lines": "0\tAna Ruiz sang .\t"}))
    (tmp_path / "dev.jsonl").write_text(json.dumps(row))
    (claim,) = read_dataset(tmp_path / "dev.jsonl").claims
    assert [passage.text for passage in claim.passages] == ["Ana Ruiz sang ."]


def test_confusion_and_classes_by_hand() -> None:
    outcome = run(
        Task.VERIFY, "scifact/claims_dev.jsonl", told("scifact/claims_dev.jsonl", [(S, 0.7), (R, 0.9), (R, 0.6)])
    )
    assert outcome.figures["confusion"] == {
        "labels": ["not_enough_evidence", "refuted", "supported"],
        "rows": [[0, 1, 0], [0, 1, 0], [0, 0, 1]],
    }
    refuted = outcome.figures["per_class"]["refuted"]
    assert (refuted["precision"], refuted["recall"], refuted["count"]) == (0.5, 1.0, 1)


def test_search_over_the_documents_of_a_data_set() -> None:
    outcome = run(Task.RETRIEVE, "scifact/claims_dev.jsonl", Told({}))
    assert outcome.skipped == 1  # a claim without evidence has nothing to find
    assert outcome.figures == {"count": 2, "recall@1": 1.0, "recall@5": 1.0, "recall@10": 1.0, "mrr": 1.0}


def test_rankings_by_hand() -> None:
    assert metrics.reciprocal_rank(["a", "b", "c"], {"c", "b"}) == 1 / 2
    assert metrics.reciprocal_rank(["a"], {"b"}) == 0
    assert metrics.recall_at(2, ["a", "b", "c"], {"c", "b"}) == 1 / 2


def test_spans_by_hand() -> None:
    # 8 and 6 words are marked; found are the first 8, and the 7 of the sentence between.
    engine = Told({}, {"The mill in Lom burnt down in 1911.": 0.9, "What a sight that must have been!": 0.2})
    figures = run(Task.EXTRACT, "own/articles.jsonl", engine).figures
    assert (figures["recall"], figures["precision"]) == (1 / 2, 1 / 2)
    assert figures["word_precision"] == pytest.approx(8 / 15)
    assert figures["word_recall"] == pytest.approx(8 / 14)


def test_a_claim_that_extraction_misses_counts_as_wrong() -> None:
    engine = Told({"The mill in Lom burnt down in 1911.": (S, 0.9)}, {"The mill in Lom burnt down in 1911.": 0.9})
    Path("corpus").mkdir()
    Path("corpus/mill.md").write_text("The mill burnt down.")
    outcome = run(Task.END_TO_END, "own/articles.jsonl", engine)
    assert [item.predicted for item in outcome.items] == ["supported", "not_extracted"]
    assert outcome.figures["accuracy"] == 1 / 2
    assert outcome.figures["extraction"]["recall"] == 1 / 2


def test_check_worthiness_by_hand() -> None:
    engine = Told(
        {}, {"The ministry spent 14 million euros on the bridge in 2013.": 0.6, "What a wonderful day it was!": 0.7}
    )
    figures = run(Task.CHECK_WORTHINESS, "own/sentences.jsonl", engine).figures
    assert figures["accuracy"] == 1 / 2
    # Of the four pairs of a worthy and an unworthy sentence, 0.6 beats 0, loses to 0.7; 0 loses and ties.
    assert figures["roc_auc"] == pytest.approx((1 + 0 + 0 + 0.5) / 4)


def test_two_runs_are_compared_pair_by_pair() -> None:
    def outcome(right: str) -> Outcome:
        items = tuple(Item(str(n), "", "a", "a" if mark == "1" else "b", 0.5) for n, mark in enumerate(right))
        return Outcome(items, {}, {})

    # Six pairs differ, five of them in favour of the first: p = 2·(1 + 6)/2⁶.
    tested = compare(outcome("11111101"), outcome("10000011"), resamples=20)
    assert (tested["only_first_right"], tested["only_second_right"]) == (5, 1)
    assert tested["p"] == pytest.approx(14 / 64)
    assert tested["difference"] == pytest.approx(4 / 8)
    assert compare(outcome("10"), outcome("10"), resamples=20)["p"] == 1.0


def test_the_interval_covers_the_figure() -> None:
    right = np.array([True] * 80 + [False] * 20)
    low, high = metrics.interval(np.mean, right, resamples=500) or (1, 0)
    assert low < 0.8 < high
    # The standard error of 0.8 over 100 items is 0.04, of which 1.96 lie on each side.
    assert high - low == pytest.approx(2 * 1.96 * 0.04, rel=0.15)
    assert metrics.interval(np.mean, right[:1], resamples=20) is None
    labels = ["a"] * 30 + ["b"] * 30
    assert metrics.interval(metrics.macro_f1, labels, labels, resamples=20) == (1.0, 1.0)


def test_mistakes_are_listed_surest_first_and_cannot_write_markdown() -> None:
    items = (
        Item("1", "**bold** <script> [x](http://evil.example)", "refuted", "supported", 0.7, "# told"),
        Item("2", "sure", "refuted", "supported", 0.9),
        Item("3", "right", "refuted", "refuted", 0.99),
    )
    listed = mistakes(Outcome(items, {}, {}))
    assert listed.index("sure") < listed.index("bold")
    assert "right\n" not in listed
    assert "<script>" not in listed
    assert "**bold**" not in listed
    assert "[x]" not in listed


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("none.jsonl", None, "cannot read"),
        ("empty.jsonl", "", "is empty"),
        ("binary.jsonl", b"\xff\xfe\x00", "not text in UTF-8"),
        ("broken.jsonl", "{\n", "broken.jsonl:1 is not JSON"),
        ("deep.json", "[" * 100_000, "is not JSON"),
        ("list.jsonl", "3\n", "keys of no known data set"),
        ("other.jsonl", '{"a": 1}\n', "keys of no known data set"),
        ("label.jsonl", '{"claim": "x", "verdict": "maybe"}\n', "the label 'maybe' is not known"),
        ("row.jsonl", '{"claim": "x"}\n{"claim": 3}\n{"claims": 1}\n', "row.jsonl:3: claim: Field required"),
        ("outside.jsonl", '{"article": "../secret.txt", "claims": []}\n', "outside the folder"),
        ("absolute.jsonl", '{"article": "/etc/hostname", "claims": []}\n', "outside the folder"),
        ("place.jsonl", '{"text": "Tea.", "claims": [{"quote": "Coffee"}]}\n', "a claim has no place in the article"),
        (
            "no-wiki.jsonl",
            '{"id": 1, "claim": "x", "label": "SUPPORTS", "evidence": [[[1, 2, "Page", 0]]]}\n',
            "wiki-pages",
        ),
        (
            "no-corpus.jsonl",
            '{"id": 1, "claim": "x", "evidence": {}, "cited_doc_ids": [1]}\n',
            "corpus.jsonl is missing",
        ),
    ],
)
def test_bad_data_is_one_line(name: str, content: str | bytes | None, problem: str) -> None:
    if content is not None:
        Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as caught:
        read_dataset(Path(name))
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_sample_is_always_the_same() -> None:
    drawn = [[claim.id for claim in read_dataset(DATA / "fever/dev.jsonl", 2).claims] for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 2


def test_the_command_writes_figures_plot_and_mistakes(tmp_path: Path) -> None:
    shutil.copytree(DATA / "own", tmp_path / "own")
    done = CliRunner().invoke(
        app,
        ["eval", "own/claims.jsonl", "--engine", "local", "--nli", "small", "--resamples", "20", "--export", "bad.md"],
    )
    assert done.exit_code == 0, done.output
    assert "recall_on_false_claims" in done.output
    results = json.loads((tmp_path / "own/claims.eval.json").read_text())
    run = results["runs"]["verify"]
    assert results["format"] == "claims"
    assert "nli-small" in results["models"]["verify"]
    assert {item["id"] for item in run["items"]} == {"mill", "fair"}
    right = [item for item in run["items"] if item["gold"] == item["predicted"]]
    assert run["figures"]["accuracy"] == len(right) / 2
    assert f"{2 - len(right)} of 2 items are wrong" in (tmp_path / "bad.md").read_text()
    assert ElementTree.parse(tmp_path / "own/claims.eval.svg").getroot().tag.endswith("svg")


def test_two_corpora_are_compared(tmp_path: Path) -> None:
    shutil.copy(DATA / "own/claims.jsonl", tmp_path)
    for name, words in (("good", "In the summer of 1911 the mill in Lom burnt down."), ("poor", "It rained.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "yearbook.md").write_text(words)
    done = CliRunner().invoke(
        app, ["eval", "claims.jsonl", "--task", "retrieve", "--compare", "good", "poor", "--resamples", "20"]
    )
    assert done.exit_code == 0, done.output
    assert "McNemar" in done.output
    runs = json.loads((tmp_path / "claims.eval.json").read_text())["runs"]
    assert set(runs) == {"good", "poor"}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--task", "guess"], "--task 'guess' is unknown"),
        (["--task", "extract"], "nothing to extract with"),
        (["--compare", "local", "local"], "two different runs"),
        (["--compare", "colour=red", "local"], "colour"),
        (["--output", "missing/x.json", "--engine", "nobody:x"], "there is no folder missing"),
        (["--export", "missing/bad.md", "--engine", "nobody:x"], "there is no folder missing"),
        (["--output", "x.svg", "--engine", "nobody:x"], "x.svg would be written twice"),
        (["--export", str(DATA / "own/claims.jsonl"), "--engine", "nobody:x"], "would be written over"),
    ],
)
def test_bad_options_are_one_line(arguments: list[str], problem: str) -> None:
    done = CliRunner().invoke(app, ["eval", str(DATA / "own/claims.jsonl"), "--nli", "small", *arguments])
    assert problem in str(done.exception)
    assert "\n" not in str(done.exception)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("factcheck.evaluation")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "sklearn.metrics", None)
    done = CliRunner().invoke(app, ["eval", str(DATA / "own/claims.jsonl")])
    assert "pip install 'factcheck-assistant[benchmark]'" in str(done.exception)
