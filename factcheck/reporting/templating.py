"""The template environment: shipped templates, and a user's before them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from factcheck.reporting.text import spell_date, spell_moment


def environment(
    folder: Path | None,
    *,
    finalize: Callable[[object], object],
    filters: Mapping[str, Callable[..., object]],
    autoescape: bool,
) -> ImmutableSandboxedEnvironment:
    """Return an environment that takes templates from ``folder`` where it has them.

    ``finalize`` sees every value that a template prints, so that none gets round the escaping. The sandbox keeps
    a template that came with somebody else's article from running code.
    """
    shipped = PackageLoader("factcheck.reporting")
    made = ImmutableSandboxedEnvironment(
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
