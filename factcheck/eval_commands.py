"""``factcheck eval``: labelled data in, figures out. How anything is done, it does not know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from factcheck.evaluation.tasks import Outcome


def evaluate(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", help="labelled data; see docs/evaluation.md")],
    task: Annotated[str, typer.Option(help="verify, retrieve, extract, check-worthiness or end-to-end")] = "verify",
    engine: Annotated[str | None, typer.Option(help="auto, local, or a chat model such as openai:gpt-5-mini")] = None,
    base_url: Annotated[str | None, typer.Option(help="OpenAI-compatible endpoint that serves the model")] = None,
    nli: Annotated[str | None, typer.Option(help="local NLI models: base, small or a folder, joined by +")] = None,
    corpus: Annotated[
        Path | None, typer.Option(help="search this folder, not the documents that come with the data")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="take a random sample of so many rows")] = None,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="test two engines, two corpus folders or two NAME=VALUE settings"),
    ] = None,
    resamples: Annotated[int, typer.Option(min=10, help="draws of the bootstrap")] = 1000,
    output: Annotated[Path | None, typer.Option(help="results file", show_default="DATASET-STEM.eval.json")] = None,
    export: Annotated[Path | None, typer.Option(help="list the worst mistakes in this Markdown file")] = None,
) -> None:
    """Measure the tool on labelled data; writes figures to JSON and a reliability plot beside it."""
    from factcheck.console import make_console, progress_on
    from factcheck.errors import SettingsError
    from factcheck.evaluation.readers import read_dataset
    from factcheck.reporting.files import expect_apart, expect_folder, write
    from factcheck.reporting.text import for_log, to_json
    from factcheck.settings import load_settings

    try:
        from factcheck.evaluation.tasks import Task, Workbench
        from factcheck.evaluation.tasks import compare as test
        from factcheck.evaluation.tasks import evaluate as measure
        from factcheck.evaluation.telling import as_json, mistakes, reliability_plot, tables
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("sklearn", "scipy"):
            raise
        raise SettingsError(
            f"factcheck eval needs {error.name}; install the extra: pip install 'factcheck-assistant[benchmark]'"
        ) from error

    if task not in list(Task):
        raise SettingsError(f"--task {task!r} is unknown; choose one of {', '.join(Task)}")
    what = Task(task)
    data = read_dataset(dataset, limit)
    places = _Places(output or dataset.with_suffix(".eval.json"), export, 2 if compare else 1)
    expect_apart(places.all, [dataset])
    for place in places.all:  # to measure takes long
        expect_folder(place)
    chosen: dict[str, Path | str | None] = {"corpus": corpus, "engine": engine, "base_url": base_url, "nli": nli}
    runs = {name: chosen | _override(name) for name in compare} if compare else {what.value: chosen}
    if compare and len(runs) == 1:
        raise SettingsError("--compare takes two different runs")
    console = make_console()
    outcomes: dict[str, Outcome] = {}
    models = {}
    settings = {name: load_settings(**flags) for name, flags in runs.items()}
    for name, flags in runs.items():
        own_corpus = flags["corpus"] is not None
        with Workbench(settings[name], data, own_corpus=own_corpus, progress=progress_on(console)) as bench:
            if what != Task.RETRIEVE and (endpoint := bench.engine.endpoint):
                console.print(for_log(f"The data is sent to {endpoint}."), markup=False, soft_wrap=True)
            outcomes[name] = measure(what, data, bench, resamples)
            models[name] = bench.model
    comparison = None
    if compare:
        first, second = outcomes.values()
        comparison = test(first, second, resamples)
    for table in tables(outcomes):
        console.print(table)
    if comparison:
        console.print(_told(comparison), markup=False)
    about = {"dataset": dataset.name, "format": data.form, "task": what.value, "models": models}
    write(places.results, to_json(as_json(outcomes, comparison, **about)))
    console.print(for_log(f"Results: {places.results}"), markup=False, soft_wrap=True)
    for outcome, plot, list_of_mistakes in zip(outcomes.values(), places.plots, places.exports, strict=True):
        if calibration := outcome.figures.get("calibration"):
            write(plot, reliability_plot(calibration["bins"]))
        if list_of_mistakes:
            write(list_of_mistakes, mistakes(outcome))


@dataclass(frozen=True)
class _Places:
    """Where everything goes that is written; of a comparison, the files of each run are numbered."""

    results: Path
    export: Path | None
    runs: int

    @property
    def plots(self) -> list[Path]:
        return [self.results.with_suffix(f"{number}.svg") for number in self._numbers]

    @property
    def exports(self) -> list[Path | None]:
        export = self.export
        return [export and export.with_suffix(number + export.suffix) for number in self._numbers]

    @property
    def all(self) -> list[Path | None]:
        return [self.results, *self.plots, *self.exports]

    @property
    def _numbers(self) -> list[str]:
        return [f".{number}" for number in range(1, self.runs + 1)] if self.runs > 1 else [""]


def _override(name: str) -> dict[str, Path | str | None]:
    """Return the setting that one side of a comparison stands for: NAME=VALUE, a folder, or else an engine."""
    setting, equals, value = name.partition("=")
    if equals:
        return {setting: value}
    return {"corpus": Path(name)} if Path(name).is_dir() else {"engine": name}


def _told(comparison: Mapping[str, float]) -> str:
    first, second, p = (comparison[key] for key in ("only_first_right", "only_second_right", "p"))
    return f"Only the first is right on {first}, only the second on {second}; McNemar's exact test: p = {p:.3g}."
