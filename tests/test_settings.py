"""Where settings come from: flags over environment over overrides over ``factcheck.toml`` over defaults."""

import re
from pathlib import Path

import pytest

from factcheck.api import settings_for, share
from factcheck.errors import SettingsError
from factcheck.settings import Settings, load_settings

FILE = """
fail_on = "refuted"
passages = 5
corpus = "archive"

[[overrides]]
paths = ["opinion/**", "!opinion/editorial.md"]
fail_on = ""
min_check_worthiness = 0.6

[[overrides]]
paths = ["science/"]
corpus = "papers"
store = ".factcheck/papers"

[[overrides]]
paths = ["*.md"]
passages = 12
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "factcheck.toml").write_text(FILE)
    (tmp_path / "opinion" / "2011").mkdir(parents=True)
    (tmp_path / "science").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("article", "differs"),
    [
        ("news.txt", {}),
        ("opinion/column.txt", {"fail_on": "", "min_check_worthiness": 0.6}),
        ("opinion/2011/column.txt", {"fail_on": "", "min_check_worthiness": 0.6}),
        ("opinion/column.md", {"fail_on": "", "min_check_worthiness": 0.6, "passages": 12}),
        ("opinion/editorial.md", {"passages": 12}),
        ("opinion/../news.txt", {}),
        ("science/star.txt", {"corpus": "papers", "store": ".factcheck/papers"}),
        ("news/opinion.txt", {}),
    ],
)
def test_an_article_gets_the_overrides_that_its_path_matches(folder: Path, article: str, differs: dict) -> None:
    general = {"fail_on": "refuted", "passages": 5, "corpus": "archive", "min_check_worthiness": 0.0}
    found = load_settings(folder / article)
    for name, value in (general | differs).items():
        expected = folder / value if name in ("corpus", "store") else value
        assert getattr(found, name) == expected, name


def test_the_file_is_looked_for_upwards_and_paths_count_from_its_folder(folder: Path, monkeypatch) -> None:
    monkeypatch.chdir(folder / "opinion" / "2011")
    assert load_settings("column.txt").min_check_worthiness == 0.6
    assert load_settings("../../news.txt").min_check_worthiness == 0.0
    assert load_settings().corpus == folder / "archive"


def test_what_comes_from_no_folder_gets_no_override(folder: Path, monkeypatch) -> None:
    (folder / "factcheck.toml").write_text('fail_on = "refuted"\n[[overrides]]\npaths = ["*"]\nfail_on = ""\n')
    monkeypatch.chdir(folder)
    assert settings_for("-").fail_on == "refuted"
    assert settings_for("https://example.org/opinion/column.html").fail_on == "refuted"


def test_flags_and_environment_go_before_overrides(folder: Path, monkeypatch) -> None:
    assert load_settings(folder / "opinion/a.txt", fail_on="conflicting").fail_on == "conflicting"
    monkeypatch.setenv("FACTCHECK_FAIL_ON", "supported")
    assert load_settings(folder / "opinion/a.txt").fail_on == "supported"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('colour = "red"', "no setting 'colour'"),
        ('[[overrides]]\npaths = ["elsewhere/**"]\ncolour = "red"', "no setting 'colour'"),
        ('[[overrides]]\npaths = ["elsewhere/**"]\npassages = 0', "'passages'"),
        ('[[overrides]]\nfail_on = ""', r"needs paths = \["),
        ("[[overrides]]\npaths = []", r"needs paths = \["),
        ("[[overrides]]\npaths = 3", r"needs paths = \["),
        ("[overrides]\npaths = ['a']", r"needs paths = \["),
        ("overrides = 3", r"needs paths = \["),
        ("passages =", "TOML"),
    ],
)
def test_a_mistake_is_told_in_a_line_whatever_the_article(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "factcheck.toml").write_text(text)
    with pytest.raises(SettingsError, match=says) as error:
        load_settings(tmp_path / "draft.txt")
    assert "\n" not in str(error.value)


def test_articles_share_what_is_made_once_unless_an_override_is_about_it(folder: Path) -> None:
    articles = ["news.txt", "science/star.txt", "opinion/column.txt", "science/moon.md"]
    groups = share([load_settings(folder / article) for article in articles])
    assert [places for _, places in groups] == [[0, 2], [1, 3]]
    assert [settings.corpus.name for settings, _ in groups] == ["archive", "papers"]


def test_every_setting_is_documented() -> None:
    text = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(Settings.model_fields)


def test_an_address_that_holds_a_password_is_refused_without_being_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "http://bob:hunter2@localhost:9999"
    (tmp_path / "factcheck.toml").write_text(f'chroma = "{address}"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="no password") as from_file:
        load_settings(tmp_path)
    (tmp_path / "factcheck.toml").unlink()
    monkeypatch.setenv("FACTCHECK_CHROMA", address)
    with pytest.raises(SettingsError, match="no password") as from_environment:
        load_settings(tmp_path)
    assert "hunter2" not in f"{from_file.value} {from_environment.value}"


@pytest.mark.parametrize("name", ["FACTCHECK_CORPSU", "FACTCHECK_", "factcheck_corpsu"])
def test_a_variable_that_is_no_setting_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "x")
    with pytest.raises(SettingsError, match=f"no setting {name} ") as error:
        load_settings()
    assert "\n" not in str(error.value)


def test_a_variable_may_name_who_reviews_and_be_in_small_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_REVIEWER", "Ann Editor")
    monkeypatch.setenv("factcheck_corpus", "archive")
    assert load_settings().corpus == Path("archive")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("FACTCHECK_PRICES", "abc", "prices"),
        ("FACTCHECK_PRICES", '{"x": 1}', "prices"),
        ("FACTCHECK_BASE_URL", "http://bob:hunter2@[", "base_url"),
        ("FACTCHECK_BASE_URL", "http://bob:hunter2@exam\u2100ple/v1", "base_url"),
        ("FACTCHECK_CHROMA", "http://[", "chroma"),
    ],
)
def test_a_variable_that_cannot_be_read_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=says) as error:
        load_settings()
    assert "\n" not in str(error.value)
    assert "hunter2" not in str(error.value)


def test_a_password_in_the_address_of_an_endpoint_is_not_shown_where_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "factcheck.toml").write_text('base_url = "https://bob:hunter2@models.example/v1"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"--base-url https://models\.example/v1 or") as error:
        load_settings(tmp_path)
    assert "hunter2" not in str(error.value)
