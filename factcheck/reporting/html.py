"""The HTML report: one file that asks the network for nothing and runs no script but its own."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape

from factcheck.records import Verdict
from factcheck.reporting import wording
from factcheck.reporting.differences import Parts, in_claim, in_quote
from factcheck.reporting.marking import mark
from factcheck.reporting.templating import environment, fill
from factcheck.reporting.text import COMMAND, is_web_address, visible
from factcheck.reporting.trail import fingerprint
from factcheck.reporting.view import View


def render(view: View, templates: Path | None = None, *, token: str | None = None) -> str:
    """Fill ``report.html.j2`` with ``report.css`` and ``report.js``, whose hashes its policy allows.

    With a ``token``, each finding has a form that sends a decision and the token back to where the page came from.

    Raises:
        SettingsError: see ``fill``.
    """
    made = _environment(templates)
    style, script = (_inline(made, name) for name in ("report.css", "report.js"))
    article = mark(view.report.article, view.sections)
    return fill(
        made,
        "report.html.j2",
        view=view,
        article=article,
        wording=wording,
        verdicts=wording.ORDER,
        style=style,
        script=script,
        token=token,
    )


@cache
def _environment(templates: Path | None) -> Environment:
    filters: dict[str, Callable[..., object]] = {
        "differing_in_claim": in_claim,
        "differing_in_quote": in_quote,
        "fingerprint": fingerprint,
        "number": lambda count: f"{count:,}",
        "sha256": _hash,
        "slug": _slug,
        "stress": stress,
    }
    made = environment(templates, finalize=_finalize, filters=filters, autoescape=True)
    made.tests["web_address"] = is_web_address
    return made


def _inline(made: Environment, name: str) -> Markup:
    """Read a style sheet or script as it is; these files are the tool's or its user's own."""
    return Markup(fill(made, name))  # noqa: S704


def _hash(text: str) -> Markup:
    """Return the source expression of a Content Security Policy that allows ``text`` inline."""
    digest = hashlib.sha256(text.encode()).digest()
    return Markup(f"'sha256-{base64.b64encode(digest).decode()}'")  # noqa: S704


def _slug(verdict: Verdict) -> str:
    return verdict.replace("_", "-")


def stress(parts: Parts) -> Markup:
    """Return a text in parts, with those that differ marked as strong."""
    strong = Markup("<strong>{}</strong>")
    return Markup().join(strong.format(_show(text)) if differs else _show(text) for text, differs in parts)


def _show(text: str) -> Markup:
    return escape(visible(text)).replace(COMMAND, Markup("##&#91;"))


def _finalize(value: object) -> object:
    if value is None:
        return ""
    return value if isinstance(value, Markup | int | float) else _show(str(value))
