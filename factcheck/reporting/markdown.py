"""The Markdown report. Whatever a template prints is escaped, unless this module made it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from factcheck.records import Report
from factcheck.reporting import wording
from factcheck.reporting.text import plain, shorten, spell_date, spell_moment
from factcheck.reporting.view import Context, arrange

_JOINER = "&#8288;"  # a word joiner: neither seen nor a place to break a line
_SPECIAL = re.compile(r"[\\`*_{}\[\]#+|~$^=]")
_ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
#: What renderers turn into links, mentions, issue references and emoji after they have resolved all escapes:
#: @name, #1, GH-1, scheme:…, :emoji:, name.domain and hexadecimal commit ids. Joiners break them up.
_AUTOLINKS = re.compile(
    r"""(?<=@)(?=\w) | (?<=\#)(?=\w) | (?<=\bGH-)(?=\d) | (?<=\bgh-)(?=\d)
    | (?<=:)(?<!\d:)(?=\S) | (?<=:)(?=\d+:) | (?<=\w\.)(?=[^\W\d_]{2})""",
    re.VERBOSE,
)
_COMMIT_ID = re.compile(r"\b[0-9a-fA-F]{7,40}\b")
_ADDRESS = re.compile(r"https?://[a-zA-Z0-9.-]+(:\d+)?([/?#][^\s<>\\`]*)?")
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"
#: What begins a list, a rule or a definition; one capital and a full stop ("J. Smith") does not.
_BLOCK_START = re.compile(r"^(?:(?=[-:%(])|(\d{1,9}|[a-z]{1,9}|[A-Z]{2,9}|[A-Z](?=\)))(?=[.)]))")


class Markdown(str):
    """Markdown that is ours, and so is not escaped."""


def escape(text: str) -> Markdown:
    """Return Markdown that shows ``text`` as it is, on one line: never markup, a link, a mention or a reference."""
    broken = "\0".join(_AUTOLINKS.split(plain(text)))
    broken = _COMMIT_ID.sub(lambda digits: "\0".join(re.findall(".{1,6}", digits[0])), broken)
    escaped = _SPECIAL.sub(r"\\\g<0>", broken.translate(_ENTITIES))
    return Markdown(_BLOCK_START.sub(r"\1\\", escaped).replace("\0", _JOINER))


def link(url: str) -> Markdown:
    """Return an autolink that shows where it leads; what is not a plain web address stays text."""
    if plain(url) == url and _ADDRESS.fullmatch(url):
        return Markdown(f"<{quote(url, safe=_IN_ADDRESSES)}>")
    return escape(url)


def in_context(context: Context) -> Markdown:
    """Return the article's words in their context, in bold from their first to their last letter or digit."""
    words = re.fullmatch(r"([\W_]*)(.*?)([\W_]*)", plain(context.quote))
    if not words or not words[2]:
        return escape(context.before + context.quote + context.after)
    before, after = f"{context.before}{words[1]}", f"{words[3]}{context.after}"
    return Markdown(f"{_inner(before)}**{escape(words[2])}**{_inner(after)}")


def render(report: Report, templates: Path | None = None) -> str:
    """Render ``report.md.j2`` from the folder ``templates`` or, where it has none, the one that is shipped."""
    return _environment(templates).get_template("report.md.j2").render(view=arrange(report), wording=wording)


@cache
def _environment(templates: Path | None) -> ImmutableSandboxedEnvironment:
    shipped = PackageLoader("factcheck.reporting")
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(templates), shipped]) if templates else shipped,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # escaping is _finalize's, for Markdown
    )
    environment.filters |= {
        "cell": lambda text: escape(shorten(text, 160)),
        "code": _code,
        "day": spell_date,
        "in_context": in_context,
        "link": link,
        "moment": spell_moment,
        "number": lambda count: Markdown(f"{count:,}"),
    }
    return environment


def _finalize(value: object) -> object:
    if value is None:
        return ""
    return value if isinstance(value, Markdown | int | float) else escape(str(value))


def _code(text: str) -> Markdown:
    return Markdown("`" + plain(text).replace("`", "'") + "`")


def _inner(text: str) -> str:
    """Escape text whose white space at either end matters."""
    body = escape(text)
    return " " * text[:1].isspace() + body + " " * (text[-1:].isspace() and bool(body))
