"""How an evaluation is told: tables, JSON, the worst mistakes in Markdown, a reliability plot in SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.table import Table

from factcheck.evaluation.tasks import Item, Outcome
from factcheck.reporting.markdown import escape
from factcheck.reporting.text import shorten

#: Mistakes that are listed.
WORST = 50
#: Figures that have tables of their own, or are told in them.
_APART = {"per_class", "confusion", "abstention", "calibration", "extraction"}


def tables(outcomes: Mapping[str, Outcome]) -> Iterator[Table]:
    """Yield the tables: the figures of all runs side by side, then those of each run by class and by confidence."""
    figures = Table("figure", *outcomes)
    for name in _names(outcomes):
        figures.add_row(name, *(_cell(outcome, name) for outcome in outcomes.values()))
    figures.add_row("skipped", *(str(outcome.skipped) for outcome in outcomes.values()))
    yield figures
    for run, outcome in outcomes.items():
        yield from _details(f"{run}: " if len(outcomes) > 1 else "", outcome.figures)


def as_json(outcomes: Mapping[str, Outcome], comparison: Mapping[str, Any] | None, **about: Any) -> dict[str, Any]:
    """Return what is written to the results file; ``docs/evaluation.md`` describes it."""
    runs = {
        run: {
            "skipped": outcome.skipped,
            "figures": outcome.figures,
            "intervals_95": outcome.intervals,
            "items": [
                {"id": i.id, "gold": i.gold, "predicted": i.predicted, "confidence": i.confidence}
                for i in outcome.items
            ],
        }
        for run, outcome in outcomes.items()
    }
    return {"schema_version": 1, **about, "runs": runs, "comparison": comparison}


def mistakes(outcome: Outcome) -> str:
    """Return Markdown that lists the worst mistakes, the surest first. All text from outside is escaped."""
    wrong = sorted((item for item in outcome.items if not item.right), key=lambda item: -item.confidence)
    head = f"# Mistakes\n\n{len(wrong)} of {len(outcome.items)} items are wrong"
    listed = "" if len(wrong) <= WORST else f"; the {WORST} that the tool was surest of are listed"
    return "\n\n".join([f"{head}{listed}.", *(_mistake(item) for item in wrong[:WORST])]) + "\n"


def reliability_plot(bins: Sequence[Mapping[str, float]]) -> str:
    """Return the reliability diagram of ``metrics.reliability`` as SVG."""
    made = Environment(
        loader=PackageLoader("factcheck.evaluation", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return made.get_template("reliability.svg.j2").render(bins=bins)


def _mistake(item: Item) -> str:
    lines = [
        f"## {escape(shorten(item.id, 80))}",
        f"> {escape(item.text)}",
        f"Labelled **{escape(item.gold or 'no claim')}**, said **{escape(item.predicted)}**"
        f" with confidence {item.confidence:.2f}.",
    ]
    return "\n\n".join([*lines, escape(item.told)] if item.told else lines)


def _names(outcomes: Mapping[str, Outcome]) -> list[str]:
    names: dict[str, None] = {}
    for outcome in outcomes.values():
        names |= dict.fromkeys(name for name in _flat(outcome.figures))
    return list(names)


def _flat(figures: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in figures.items() if name not in _APART}
    if calibration := figures.get("calibration"):
        flat |= {"ece": calibration["ece"], "brier": calibration["brier"]}
    return flat | {f"extraction {name}": value for name, value in figures.get("extraction", {}).items()}


def _cell(outcome: Outcome, name: str) -> str:
    shown = _number(_flat(outcome.figures).get(name))
    interval = outcome.intervals.get(name)
    return f"{shown} ({interval[0]:.3f} to {interval[1]:.3f})" if interval else shown


def _number(value: float | int | None) -> str:
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def _details(run: str, figures: Mapping[str, Any]) -> Iterator[Table]:
    if "per_class" in figures:
        confusion = figures["confusion"]
        rows = dict(zip(confusion["labels"], confusion["rows"], strict=True))
        said = [f"said {label}" for label in confusion["labels"]]
        table = Table("label", "precision", "recall", "F1", *said, title=f"{run}by class")
        for label, row in figures["per_class"].items():
            shares = (f"{row[name]:.3f}" for name in ("precision", "recall", "f1"))
            table.add_row(label, *shares, *(str(count) for count in rows[label]))
        yield table
    if "abstention" in figures:
        table = Table("confidence from", "answered", "of these right", title=f"{run}coverage against accuracy")
        for point in figures["abstention"]:
            table.add_row(f"{point['confidence']:.2f}", f"{point['coverage']:.3f}", _number(point["accuracy"]))
        yield table
