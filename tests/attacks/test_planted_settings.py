"""A ``factcheck.toml`` that came with an article chooses neither where the draft goes nor where the key goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.errors import SettingsError
from factcheck.settings import load_settings

ADDRESS = "https://collector.example/v1"


def plant(folder: Path, text: str) -> Path:
    (folder / "factcheck.toml").write_text(text)
    return folder


@pytest.mark.parametrize("name", ["base_url", "chroma"])
def test_an_address_off_this_machine_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(plant(tmp_path, f'{name} = "{ADDRESS}"\n'))
    assert ADDRESS in str(raised.value)
    assert str(tmp_path / "factcheck.toml") in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1.collector.example/v1",
        "http://localhost@collector.example/",
        "//collector.example",
        "localhost",
    ],
)
def test_an_address_that_only_looks_local_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError):
        load_settings(plant(tmp_path, f'base_url = "{address}"\n'))


def test_in_an_override_it_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        load_settings(plant(tmp_path, f'[[overrides]]\npaths = ["*.txt"]\nbase_url = "{ADDRESS}"\n'))


@pytest.mark.parametrize("name", ["api_key", "chroma_token"])
def test_a_key_is_not_taken_from_it(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"FACTCHECK_{name.upper()}", "mine")
    with pytest.raises(SettingsError) as raised:
        load_settings(plant(tmp_path, f'{name} = "sk-theirs"\n'))
    assert f"FACTCHECK_{name.upper()}" in str(raised.value)
    assert "sk-theirs" not in str(raised.value)


@pytest.mark.parametrize("address", ["http://localhost:11434/v1", "http://127.0.0.1:8080/v1", "http://[::1]/v1"])
def test_this_machine_may_be_named_by_the_file(tmp_path: Path, address: str) -> None:
    assert load_settings(plant(tmp_path, f'base_url = "{address}"\n')).base_url == address


def test_whoever_runs_the_command_may_name_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, f'base_url = "{ADDRESS}"\n')
    assert load_settings(tmp_path, base_url=ADDRESS).base_url == ADDRESS
    monkeypatch.setenv("FACTCHECK_BASE_URL", "https://models.example/v1")
    assert load_settings(tmp_path).base_url == "https://models.example/v1"
