"""One ``Settings``: flags over environment (``FACTCHECK_*``) over ``factcheck.toml`` over defaults.

Of a ``factcheck.toml``, the tables ``[[overrides]]`` whose ``paths`` match an article go before the rest, the last
of them first.
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pathspec import GitIgnoreSpec
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from pydantic_settings import SettingsError as NotJsonError

from factcheck.addresses import is_here, without_credentials
from factcheck.errors import SettingsError
from factcheck.limits import Limits

FILE_NAME = "factcheck.toml"
PREFIX = "FACTCHECK_"
#: Variables that begin so and are no settings.
OTHER_VARIABLES = {"FACTCHECK_REVIEWER"}
#: Settings that name where texts are sent, and those under whose account.
ADDRESSES, KEYS = {"base_url", "chroma"}, {"api_key", "chroma_token"}


class Settings(BaseSettings):
    """What a user may choose. Relative paths of a ``factcheck.toml`` are relative to its folder."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    corpus: Path = Field(Path("corpus"), description="folder of reference documents")
    store: Path = Field(Path(".factcheck"), description="folder of the index and the caches")
    chroma: str | None = Field(None, description="address of a Chroma server that keeps the vectors")
    chroma_token: SecretStr | None = Field(None, description="bearer token for that server")
    chroma_certificates: Path | None = Field(None, description="PEM file of the only certificates to trust there")
    engine: str = Field("auto", description="auto, local, or a chat model such as openai:gpt-5-mini")
    base_url: str | None = Field(None, description="OpenAI-compatible endpoint that serves the engine's model")
    api_key: SecretStr | None = Field(None, description="key for base_url; the provider's own variable works, too")
    nli: str = Field("base", description="local NLI models: base, small, or a folder; joined by +")
    prompts: Path | None = Field(None, description="folder whose prompt files override the shipped ones")
    templates: Path | None = Field(None, description="folder whose report templates go before the shipped ones")
    passages: int = Field(8, ge=1, le=50, description="passages weighed for each claim")
    jobs: int = Field(8, ge=1, le=64, description="calls to a chat model under way at once")
    timeout: float = Field(60.0, gt=0, description="seconds until a call to a chat model is given up")
    cache: bool = Field(True, description="reuse answers of earlier runs")
    max_tokens: int | None = Field(None, ge=1, description="stop calling the chat model after this many tokens")
    max_cost: float | None = Field(None, gt=0, description="stop calling the chat model after this many US dollars")
    prices: dict[str, tuple[float, float]] = Field(
        default_factory=dict, description="model → US dollars for a million input and output tokens"
    )
    min_check_worthiness: float = Field(0.0, ge=0, le=1, description="leave out claims below this")
    min_confidence: float | None = Field(
        None, ge=0, le=1, description="below this a verdict becomes not enough evidence"
    )
    as_of: dt.date | None = Field(None, description="ignore evidence published after this date")
    date: dt.date | None = Field(None, description="the article's date, when it does not say")
    max_article_mb: float = Field(Limits.article / 1e6, gt=0, description="largest text of an article, in MB")
    max_document_mb: float = Field(Limits.document / 1e6, gt=0, description="largest file, page or row, in MB")
    allow_private: bool = Field(False, description="fetch pages from loopback and private addresses, too")

    fail_on: str = Field("", description="verdicts and flags, by comma, that stop a draft")

    @field_validator("base_url", "chroma")
    @classmethod
    def _is_address(cls, address: str | None) -> str | None:
        """Refuse what is no address, in words of our own: the library's repeat a password that it may hold."""
        try:
            urlsplit(address or "")
        except ValueError:
            raise ValueError("that is no address; give one such as http://localhost:8000") from None
        return address

    @field_validator("chroma")
    @classmethod
    def _holds_no_secret(cls, address: str | None) -> str | None:
        """Refuse a name or password, which would not be used there, and would be shown in errors."""
        if address and "@" in address.partition("://")[2].partition("/")[0]:
            raise ValueError("the address must hold no name and no password; set chroma_token")
        return address

    @property
    def limits(self) -> Limits:
        """Bounds on what is read, in bytes."""
        return Limits(round(self.max_article_mb * 1e6), round(self.max_document_mb * 1e6), self.allow_private)


def find_settings_file(start: Path) -> Path | None:
    """Return the nearest ``factcheck.toml`` in ``start`` or a folder above it."""
    folders = [start.absolute(), *start.absolute().parents]
    return next((file for folder in folders if (file := folder / FILE_NAME).is_file()), None)


class Override(BaseModel):
    """A table of ``[[overrides]]``: settings for the articles that ``paths``, patterns as in ``.gitignore``, match."""

    model_config = ConfigDict(extra="allow", frozen=True)

    paths: list[str] = Field(min_length=1)

    @property
    def settings(self) -> dict[str, Any]:
        """What it sets."""
        return self.model_extra or {}

    def matches(self, path: Path) -> bool:
        """Tell whether it is about an article, whose path counts from the file's folder."""
        return GitIgnoreSpec.from_lines(self.paths).match_file(path)


def load_settings(article: str | Path | None = None, **flags: Any) -> Settings:
    """Read the settings that hold for an article, a folder or, with None, the current folder.

    Flags that are None are left out.

    Raises:
        SettingsError: an unknown setting, a value it cannot take, or a file that is not TOML.
    """
    _refuse_unknown_variables()
    place = Path(os.path.abspath(article or Path.cwd()))  # noqa: PTH100 - links are not followed, ".." is
    file = find_settings_file(place if place.is_dir() else place.parent)
    chosen = {name: value for name, value in flags.items() if value is not None}
    if file is None:
        return _checked({}, chosen, "")
    values, overrides = _read(file)
    for override in overrides:
        # A mistake shows at once, not on the day when an article falls under it.
        _checked(values | override.settings, chosen, f" in {file}")
    for override in overrides:
        if not place.is_dir() and override.matches(place.relative_to(file.parent)):
            values |= override.settings
    return _checked(values, chosen, f" in {file}")


def _checked(values: Mapping[str, Any], chosen: Mapping[str, Any], where: str) -> Settings:
    """Return the settings of a file's ``values`` under the environment and what was ``chosen``."""

    class Located(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return init_settings, env_settings, InitSettingsSource(settings_cls, dict(values))

    try:
        settings = Located(**chosen)
        _refuse_keys(values, where)
        _refuse_addresses(values, chosen, where)
        return settings
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise SettingsError(f"there is no setting {name!r}{where}; docs/settings.md lists all") from error
        message = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"setting {name!r}: {message}; see docs/settings.md") from error
    except NotJsonError as error:
        raise SettingsError(f"a setting in the environment is not JSON ({error}); see docs/settings.md") from error


def _refuse_unknown_variables() -> None:
    """Let no misspelt variable pass, whose setting would silently be another than was meant.

    Raises:
        SettingsError: a variable with our prefix that is no setting.
    """
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields} | OTHER_VARIABLES
    for variable in sorted(os.environ):
        if variable.upper().startswith(PREFIX) and variable.upper() not in known:
            raise SettingsError(f"there is no setting {variable} (in the environment); docs/settings.md lists all")


def _refuse_keys(values: Mapping[str, Any], where: str) -> None:
    """Let no file that came with an article send the draft under somebody else's key, who could read it there.

    Raises:
        SettingsError: a key, which does not belong in a file that is passed on anyway.
    """
    for name in sorted(KEYS & values.keys()):
        raise SettingsError(f"{name}{where} is not taken from a file; set {PREFIX}{name.upper()} instead")


def _refuse_addresses(values: Mapping[str, Any], chosen: Mapping[str, Any], where: str) -> None:
    """Let no file that came with an article choose where the draft, the documents or a key are sent.

    Raises:
        SettingsError: an address off this machine that neither a flag nor the environment names.
    """
    for name in ADDRESSES & values.keys():
        address, variable = str(values[name]), f"{PREFIX}{name.upper()}"
        if name not in chosen and variable not in os.environ and not is_here(address):
            shown = without_credentials(address)
            flag = f"--{name.replace('_', '-')} {shown}"
            raise SettingsError(
                f"{name} = {shown!r}{where} would be sent your texts; if you trust it, say {flag} or set {variable}"
            )


def _read(file: Path) -> tuple[dict[str, Any], list[Override]]:
    """Read a settings file and its overrides; a path in it is taken from the file's own folder."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{file} cannot be read as TOML ({error}); mend or remove it") from error
    tables = values.pop("overrides", [])
    try:
        overrides = [Override(**dict(_placed(table, file.parent))) for table in tables]
    except (TypeError, ValueError, AttributeError) as error:
        raise SettingsError(f'an override in {file} needs paths = ["…"] under [[overrides]]') from error
    return dict(_placed(values, file.parent)), overrides


def _placed(values: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        field = Settings.model_fields.get(name)
        is_path = field is not None and field.annotation in (Path, Path | None) and isinstance(value, str)
        yield name, folder / value if is_path else value
