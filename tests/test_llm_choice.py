"""Which engine is taken: none that sends a draft away unless the user configured it."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.api import leaving
from factcheck.engines import DEFAULT_MODEL, choose_engine, make_engine
from factcheck.errors import SettingsError
from factcheck.settings import Settings


@pytest.mark.parametrize(
    ("environment", "settings", "engine"),
    [
        ({}, {}, "local"),
        ({"OPENAI_API_KEY": "sk-1"}, {}, DEFAULT_MODEL),
        ({"OPENAI_API_KEY": ""}, {}, "local"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:9"}, {}, "local"),
        ({}, {"api_key": "sk-1"}, DEFAULT_MODEL),
        ({"OPENAI_API_KEY": "sk-1"}, {"engine": "local"}, "local"),
        ({"FACTCHECK_ENGINE": "openai:gpt-5"}, {}, "openai:gpt-5"),
        ({"FACTCHECK_ENGINE": "openai:gpt-5"}, {"engine": "local"}, "local"),
    ],
)
def test_auto_stays_local_unless_a_key_or_model_was_configured(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], settings: dict[str, str], engine: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert choose_engine(Settings(**settings)) == engine


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, []),
        ({"chroma": "http://127.0.0.1:8000"}, []),
        ({"engine": "openai:small", "base_url": "http://localhost:11434/v1"}, []),
        ({"chroma": "https://vectors.example"}, ["the claims, to the Chroma server at https://vectors.example"]),
        (
            {"engine": "openai:small", "base_url": "http://10.0.0.7:9/v1", "chroma": "http://10.0.0.7:8000"},
            [
                "the draft, to http://10.0.0.7:9/v1 (openai:small)",
                "the claims, to the Chroma server at http://10.0.0.7:8000",
            ],
        ),
    ],
)
def test_whatever_leaves_this_machine_is_told(tmp_path: Path, settings: dict[str, str], told: list[str]) -> None:
    chosen = Settings(store=tmp_path, **settings)
    assert leaving(chosen, make_engine(chosen)) == told


def test_of_one_claim_a_server_elsewhere_is_told_to_get_no_more_than_it_gets(tmp_path: Path) -> None:
    chosen = Settings(store=tmp_path, chroma="https://vectors.example")
    told = leaving(chosen, make_engine(chosen), "the claim", "the vector of the claim")
    assert told == ["the vector of the claim, to the Chroma server at https://vectors.example"]


def test_an_endpoint_needs_the_name_of_a_model() -> None:
    with pytest.raises(SettingsError, match="set engine"):
        choose_engine(Settings(base_url="http://127.0.0.1:11434/v1"))
