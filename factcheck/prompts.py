"""Prompts are Markdown files: front matter that names their variables, then what the model is told.

The body is cut at its headings ``# System`` and ``# User`` into messages; ``{name}`` stands for a variable and
``{{`` for a brace.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from string import Formatter
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from factcheck.errors import PromptError

#: What each step fills in. A prompt uses all of its step's variables and no others.
VARIABLES = {
    "extract": frozenset({"nonce", "title", "date", "context", "sentences"}),
    "verify": frozenset({"nonce", "date", "claim", "speaker", "passages"}),
    "repair": frozenset({"problem"}),
}

_SHIPPED = (Path(__file__).parent / "prompts_data", Path(__file__).parents[1] / "prompts")
_ROLES: dict[str, Literal["system", "human"]] = {"System": "system", "User": "human"}


class Prompt(BaseModel):
    """A checked prompt; ``sha256`` is of the file's bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: int
    variables: frozenset[str]
    messages: tuple[tuple[Literal["system", "human"], str], ...]
    sha256: str


def load_prompts(folder: Path | None = None) -> dict[str, Prompt]:
    """Return the prompts by name; a file in ``folder`` goes before the shipped one of the same name.

    Raises:
        PromptError: ``folder`` is missing or holds a file that is no prompt of ours, or a prompt is malformed
            or its variables are not exactly those its step fills.
    """
    shipped = next((place for place in _SHIPPED if place.is_dir()), _SHIPPED[0])
    files = {name: shipped / f"{name}.md" for name in VARIABLES}
    if folder is not None:
        if not folder.is_dir():
            raise PromptError(f"there is no folder {folder}; name one with prompt files, or leave out --prompts")
        own = {file.stem: file for file in sorted(folder.glob("*.md"))}
        if unknown := own.keys() - VARIABLES.keys():
            known = ", ".join(f"{name}.md" for name in VARIABLES)
            raise PromptError(
                f"{own[min(unknown)]} is no prompt of factcheck; rename it to one of {known}, or remove it"
            )
        files |= own
    return {name: _load(name, file) for name, file in files.items()}


def _load(name: str, file: Path) -> Prompt:
    try:
        raw = file.read_bytes()
        _, front_matter, body = re.split(r"^---\s*$", raw.decode("utf-8-sig"), maxsplit=2, flags=re.MULTILINE)
        prompt = Prompt(
            **yaml.safe_load(front_matter), messages=_messages(body), sha256=hashlib.sha256(raw).hexdigest()
        )
        used = {variable for _, text in prompt.messages for variable in _fields(text)}
    except OSError as error:
        raise PromptError(f"cannot read the prompt {file} ({error.strerror}); put it back") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise PromptError(f"the front matter of {file}: {where}: {first['msg']}") from error
    except (ValueError, TypeError, yaml.YAMLError) as error:
        cause = str(error).splitlines()[0]
        raise PromptError(
            f"{file} is not a prompt ({cause}); it needs front matter between --- lines, # User, "
            "variables as {name} and braces doubled"
        ) from error
    if prompt.name != name:
        raise PromptError(f"{file} calls itself {prompt.name!r}; set its name to {name!r}")
    if wrong := (used ^ VARIABLES[name]) | (prompt.variables ^ VARIABLES[name]):
        filled = ", ".join(sorted(VARIABLES[name]))
        raise PromptError(f"{file}: check the variable {min(wrong)!r}; it has to name and use exactly {filled}")
    return prompt


def _messages(body: str) -> list[tuple[str, str]]:
    before, *parts = re.split(r"^# (System|User)[ \t]*$", body.replace("\r\n", "\n"), flags=re.MULTILINE)
    if before.strip() or not parts:
        raise ValueError("its text does not begin with # System or # User")
    return [(_ROLES[role], text.strip()) for role, text in zip(parts[::2], parts[1::2], strict=True)]


def _fields(text: str) -> list[str]:
    """Return the variables of a template; what could look inside a value or format it is refused."""
    fields = []
    for _, field, spec, conversion in Formatter().parse(text):
        if field is not None:
            if not field.isidentifier() or spec or conversion:
                raise ValueError(f"{{{field}}} is not a plain variable")
            fields.append(field)
    return fields
