"""Text from outside as it is shown: nothing in it that a person cannot see, and nothing spelt out that is in use."""

from __future__ import annotations

import json
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.reporting.text import to_json, visible
from factcheck.untrusted.hidden import HIDDEN, hidden_spans

UNSEEN = re.findall(f"[{HIDDEN}]", "".join(map(chr, range(sys.maxunicode + 1))))


def test_every_character_that_cannot_be_seen_is_spelt_out() -> None:
    for character in UNSEEN:
        code = "" if character == "\N{SOFT HYPHEN}" else f"⟨U+{ord(character):04X}⟩"
        assert visible(f"a{character}b") == f"a{code}b"
        written = to_json({"a": f"a{character}b"})
        assert character not in written
        assert json.loads(written) == {"a": f"a{character}b"}


def test_what_is_hidden_letter_by_letter_is_spelt_out_and_blanks_stay() -> None:
    assert visible("yes\ufe01\U000e0101 \u3164no") == "yes⟨U+FE01⟩⟨U+E0101⟩ ⟨U+3164⟩no"
    assert json.loads(to_json(["yes\ufe01\U000e0101 \u3164no"])) == ["yes\ufe01\U000e0101 \u3164no"]


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",  # Persian: a non-joiner
        "क्‍ष",  # Devanagari: a joiner
        "A heart ❤️, a family 👩‍👩‍👧, a flag 🏳️‍🌈 and a fire 👩🏽‍🚒",
        "Press 1️⃣ or #️⃣; it is ©️ Lom",
    ],
)
def test_what_joins_letters_and_emoji_stays(text: str) -> None:
    assert visible(text) == text
    assert not hidden_spans(text)


@given(st.text(st.sampled_from([*"ab 1\n❤👩🌈", "\u200d", "\ufe0f", "\u3164", "\u202e", "\U000e0101"])))
def test_nothing_is_left_that_hides_and_json_stays_what_it_was(text: str) -> None:
    in_use = ("\ufe0f", "\u200d")
    shown = visible(text)
    assert all(shown[start:end].strip("".join(in_use)) == "" for start, end in hidden_spans(shown))
    assert "\ufe0f\ufe0f" not in shown and "\u200d\u200d" not in shown
    assert json.loads(to_json(text)) == text
