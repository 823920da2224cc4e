"""Numbers in digits and in words: "1.2 million", "two hundred and fifty", "half a dozen", "one in three"."""

from __future__ import annotations

import re
from typing import NamedTuple

from text_to_num import text2num

_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12,
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "last": -1,
}  # fmt: skip

_UNIT_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_SCALE_WORDS = "hundred|thousand|million|billion|trillion"
_PART_WORDS = "half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth"

WORDS = rf"(?:{_UNIT_WORDS})(?:(?:[-\s]+|\s+and\s+)(?:{_UNIT_WORDS}|{_SCALE_WORDS}))*(?:\s+dozen)?"
#: "53,879" and "53 879", as much of the world writes it.
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|(?<!\d[ ,.])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d,.]*\d)|\d+)(?:[.·]\d+)?"
SCALE = rf"(?:\s*(?:mn|bn|tn|[kmb])\b|(?:\s+|-)(?:{_SCALE_WORDS}|dozen)s?\b)"
_HALF_MORE = rf"(?:{_UNIT_WORDS})\s+and\s+a\s+half(?:\s+(?:{_SCALE_WORDS}))?"
_ONE = rf"(?:half\s+)?an?\s+(?:{_SCALE_WORDS}|dozen)|(?:a\s+)?quarter\s+of\s+a\s+(?:{_SCALE_WORDS})"

#: A number that is not a share of something.
NUMBER = rf"(?:{_ONE}|{_HALF_MORE}|{DIGITS}{SCALE}?|{WORDS}|(?<=\bto )(?:none|nil)\b)"
#: A share: "half", "two thirds", "1/3", "one in three", "one vote in 14", "three out of four".
SHARE = (
    rf"(?:(?:{_UNIT_WORDS}|\d+)\s+(?:in|out\s+of)(?:\s+every)?\s+(?:{_UNIT_WORDS}|(?!(?:1[5-9]|20)\d\d\b)\d+)(?![\d.,]*\d)"
    rf"|one\s+[a-z]+\s+in(?:\s+every)?\s+(?:{_UNIT_WORDS}|\d{{1,3}})(?![\d.,]*\d|\s+[a-z]+s\b)"
    rf"|(?:an?|one|\d{{1,2}}|{_UNIT_WORDS})[\s-](?:{_PART_WORDS})s?\b"
    rf"|\d/\d{{1,2}}|half)(?!\s+(?:of\s+)?an?\s+(?:{_SCALE_WORDS}|dozen)\b)"
)


class Numeral(NamedTuple):
    """A number as it is written.

    Attributes:
        half_place: half a unit of its last written place, which rounding may hide.
        scale: the factor its scale word stands for.
        is_share: whether it is a share given as such ("a third") rather than in percent.
    """

    value: float
    half_place: float
    scale: float = 1.0
    is_share: bool = False


def read_number(words: str) -> Numeral | None:
    """Return the number that ``words``, a match of ``NUMBER``, stand for, or None if they stand for none."""
    text = " ".join(words.casefold().replace(",", "").replace("·", ".").split())
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", "", text)
    if match := re.fullmatch(rf"({DIGITS})({SCALE})?", text):
        scale = _SCALES[match[2].strip(" -").removesuffix("s")] if match[2] else 1.0
        decimals = len(match[1].partition(".")[2])
        zeros = 0 if decimals or scale > 1 else len(match[1]) - len(match[1].rstrip("0"))
        return Numeral(float(match[1]) * scale, 0.5 * scale * 10.0 ** (zeros - decimals), scale)
    if match := re.fullmatch(rf"(half an?|(?:a )?quarter of a|an?) ({_SCALE_WORDS}|dozen)", text):
        part = {"h": 0.5, "q": 0.25}.get(match[1].removeprefix("a ")[0], 1.0)
        return Numeral(part * _SCALES[match[2]], 0.05 * _SCALES[match[2]])
    if match := re.fullmatch(rf"(\w+) and a half(?: ({_SCALE_WORDS}))?", text):
        scale = _SCALES[match[2]] if match[2] else 1.0
        return Numeral((float(text2num(match[1], "en")) + 0.5) * scale, 0.05 * scale)
    if text in ("none", "nil"):
        return Numeral(0.0, 0.0)
    number, dozen, _ = text.partition(" dozen")
    try:
        value = float(text2num(number, "en")) * (12 if dozen else 1)
    except ValueError:  # "nineteen eighty" is no single number
        return None
    scale = next((_SCALES[word] for word in reversed(number.split()) if word in _SCALES), 1.0)
    return Numeral(value, 0.5 * (scale if number.split()[-1] in _SCALES else 1.0), scale)


#: "A third" may stand for 32 or 34 percent.
_SHARE_SLACK = 1.5


def read_share(words: str) -> Numeral | None:
    """Return the share, in percent, that ``words``, a match of ``SHARE``, stand for."""
    text = " ".join(words.casefold().replace("-", " ").split())
    text = re.sub(r"^one \w+ in\b", "one in", text)
    if text == "half":
        return Numeral(50.0, _SHARE_SLACK, is_share=True)
    if match := re.fullmatch(r"(\S+?)(?: in | out of |/)(?:every )?(\S+)", text):
        part, whole = read_number(match[1]), read_number(match[2])
    else:
        first, last = text.split()
        part = Numeral(1.0, 0.0) if first in ("a", "an") else read_number(first)
        whole = Numeral(float(_PARTS[last if last in _PARTS else last.removesuffix("s")]), 0.0)
    if not part or not whole or not 0 < part.value <= whole.value:
        return None
    return Numeral(100.0 * part.value / whole.value, _SHARE_SLACK, is_share=True)


def read_rank(words: str) -> int | None:
    """Return the number of an ordinal ("third", "3rd"), or None."""
    text = words.casefold()
    if match := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", text):
        return int(match[1])
    return _ORDINALS.get(text)
