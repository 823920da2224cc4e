"""The Markdown report. Whatever a template prints is escaped, unless this module made it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment

from factcheck.reporting import wording
from factcheck.reporting.differences import Parts, in_claim, in_quote
from factcheck.reporting.templating import environment, fill
from factcheck.reporting.text import is_web_address, plain, shorten, visible
from factcheck.reporting.view import Context, View

_JOINER = "&#8288;"  # a word joiner: neither seen nor a place to break a line
_SPECIAL = re.compile(r"[\\`*_{}\[\]#+|~$^=]")
_ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
#: What renderers turn into links, mentions, issue references and emoji after they have resolved all escapes:
#: @name, #1, GH-1, scheme:…, :emoji:, name.domain and hexadecimal commit ids. Joiners break them up.
_AUTOLINKS = re.compile(
    r"""(?<=@) | (?<=\#)(?=\w) | (?<=\bGH-)(?=\d) | (?<=\bgh-)(?=\d)
    | (?<=:)(?<!\d:)(?=\S) | (?<=:)(?=\d+:) | (?<=\w\.)(?=[^\W\d_]{2})""",
    re.VERBOSE,
)
_COMMIT_ID = re.compile(r"\b[0-9a-fA-F]{7,40}\b")
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"
#: What begins a list, a rule or a definition; one capital and a full stop ("J. Smith") does not.
_BLOCK_START = re.compile(r"^(?:(?=[-:%(])|(\d{1,9}|[a-z]{1,9}|[A-Z]{2,9}|[A-Z](?=\)))(?=[.)]))")


class Markdown(str):
    """Markdown that is ours, and so is not escaped."""


def escape(text: str) -> Markdown:
    """Return Markdown that shows ``text`` as it is, on one line: never markup, a link, a mention or a reference."""
    broken = "\0".join(_AUTOLINKS.split(visible(text)))
    broken = _COMMIT_ID.sub(lambda digits: "\0".join(re.findall(".{1,6}", digits[0])), broken)
    escaped = _SPECIAL.sub(r"\\\g<0>", broken.translate(_ENTITIES))
    return Markdown(_BLOCK_START.sub(r"\1\\", escaped).replace("\0", _JOINER))


def link(url: str) -> Markdown:
    """Return an autolink that shows where it leads; what is not a plain web address stays text."""
    if is_web_address(url):
        return Markdown(f"<{quote(url, safe=_IN_ADDRESSES)}>")
    return escape(plain(url))


def in_context(context: Context) -> Markdown:
    """Return the article's words in their context, in bold."""
    return Markdown(escape(context.before.lstrip()) + _bold(context.quote) + escape(context.after.rstrip()))


def stress(parts: Parts, mark: str = "**") -> Markdown:
    """Return a text in parts, with those that differ in bold."""
    return Markdown("".join(_bold(text, mark) if differs else escape(text) for text, differs in parts).strip())


def render(view: View, templates: Path | None = None) -> str:
    """Fill ``report.md.j2`` of the folder ``templates`` or, where it has none, the one that is shipped.

    Raises:
        SettingsError: see ``fill``.
    """
    return fill_markdown("report.md.j2", templates, view=view)


def fill_markdown(name: str, templates: Path | None, **values: object) -> str:
    """Fill a template of Markdown in; all that it prints is escaped.

    Raises:
        SettingsError: see ``fill``.
    """
    return fill(_environment(templates), name, wording=wording, **values)


@cache
def _environment(templates: Path | None) -> Environment:
    filters: dict[str, Callable[..., object]] = {
        "cell": _cell,
        "code": _code,
        "differing_in_claim": in_claim,
        "differing_in_quote": in_quote,
        "in_context": in_context,
        "link": link,
        "number": _number,
        "stress": stress,
    }
    return environment(templates, finalize=_finalize, filters=filters, autoescape=False)


def _finalize(value: object) -> object:
    if value is None:
        return ""
    return value if isinstance(value, Markdown | int | float) else escape(plain(str(value)))


def _bold(text: str, mark: str = "**") -> str:
    """Put text in bold from its first to its last letter or digit: beside punctuation a mark may not count as one."""
    line = visible(text)
    letters = [at for at, character in enumerate(line) if character.isalnum()]
    if not letters:
        return escape(line)
    start, end = letters[0], letters[-1] + 1
    return f"{escape(line[:start])}{mark}{escape(line[start:end])}{mark}{escape(line[end:])}"


def _code(text: str) -> Markdown:
    return Markdown("`" + plain(text).replace("`", "'") + "`")


def _cell(text: str) -> Markdown:
    return escape(shorten(plain(text), 160))


def _number(count: float) -> Markdown:
    return Markdown(f"{count:,}")
