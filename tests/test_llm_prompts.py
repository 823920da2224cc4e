"""Prompt files: what is shipped, what a user may put in its place, and what is refused at the start."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from factcheck.errors import PromptError
from factcheck.prompts import VARIABLES, load_prompts

REPAIR = "---\nname: repair\nversion: 7\nvariables: [problem]\n---\n# User\nTry again: {problem}, as {{json}}.\n"


def test_every_step_has_a_shipped_prompt_that_names_its_variables() -> None:
    prompts = load_prompts()
    assert {name: prompt.variables for name, prompt in prompts.items()} == VARIABLES


def test_own_file_goes_before_the_shipped_one_and_is_known_by_its_digest(tmp_path: Path) -> None:
    (tmp_path / "repair.md").write_text(REPAIR)
    shipped, mixed = load_prompts(), load_prompts(tmp_path)
    assert mixed["repair"].version == 7
    assert mixed["repair"].sha256 == hashlib.sha256(REPAIR.encode()).hexdigest()
    assert mixed["verify"] == shipped["verify"]


def test_windows_line_ends_make_no_difference_to_the_text(tmp_path: Path) -> None:
    (tmp_path / "repair.md").write_bytes(REPAIR.replace("\n", "\r\n").encode())
    assert load_prompts(tmp_path)["repair"].messages == (("human", "Try again: {problem}, as {{json}}."),)


def test_a_byte_order_mark_makes_no_difference_to_the_text(tmp_path: Path) -> None:
    (tmp_path / "repair.md").write_text(REPAIR, encoding="utf-8-sig")
    assert load_prompts(tmp_path)["repair"].messages == (("human", "Try again: {problem}, as {{json}}."),)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("{problem}", "that"), "check the variable 'problem'"),
        (("{problem}", "{problem} {claim}"), "check the variable 'claim'"),
        (("[problem]", "[problem, claim]"), "check the variable 'claim'"),
        (("{problem}", "{problem.__class__}"), "not a plain variable"),
        (("{problem}", "{problem!r}"), "not a plain variable"),
        (("{problem}", "{}"), "not a plain variable"),
        (("{{json}}", "{json"), "is not a prompt"),
        (("---\nname", "name"), "is not a prompt"),
        (("name: repair", "name: verify"), "calls itself 'verify'"),
        (("version: 7", "version: newest"), "version"),
        (("version: 7", "version: 7\nmodel: big"), "model"),
        (("version: 7", "version: [7"), "is not a prompt"),
        (("# User", "Hello"), "does not begin with"),
    ],
)
def test_a_prompt_that_does_not_fit_is_refused_in_one_line(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    (tmp_path / "repair.md").write_text(REPAIR.replace(*change))
    with pytest.raises(PromptError, match=message) as error:
        load_prompts(tmp_path)
    assert "repair.md" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_misspelt_file_name_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "verfy.md").write_text(REPAIR)
    with pytest.raises(PromptError, match=r"verfy\.md is no prompt"):
        load_prompts(tmp_path)
    with pytest.raises(PromptError, match="no folder"):
        load_prompts(tmp_path / "missing")
