"""The template environment: shipped templates, and a user's before them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from factcheck.errors import SettingsError
from factcheck.reporting.text import spell_date, spell_moment


def environment(
    folder: Path | None,
    *,
    finalize: Callable[[object], object],
    filters: Mapping[str, Callable[..., object]],
    autoescape: bool,
) -> Environment:
    """Return an environment that takes templates from ``folder`` where it has them.

    ``finalize`` sees every value that a template prints, so that none gets round the escaping. Where there is a
    folder, a sandbox keeps a template that came with somebody else's article from running code.
    """
    shipped = PackageLoader("factcheck.reporting")
    kind = ImmutableSandboxedEnvironment if folder else Environment  # the sandbox takes half of the time
    made = kind(
        loader=ChoiceLoader([FileSystemLoader(folder), shipped]) if folder else shipped,
        finalize=finalize,
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"day": spell_date, "moment": spell_moment, **filters}
    return made


def fill(made: Environment, name: str, **values: object) -> str:
    """Return the template ``name`` filled in.

    Raises:
        SettingsError: a user's template has an error, asks for what there is not, or for what the sandbox refuses.
    """
    try:
        return made.get_template(name).render(values)
    except TemplateError as error:
        line = f", line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        raise SettingsError(f"template {name}{line}: {error}; mend or remove it") from error
