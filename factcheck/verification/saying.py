"""Words of reporting, by which a sentence tells what somebody said."""

from __future__ import annotations

import re

#: In the tenses that evidence is written in.
SAYING = re.compile(
    r"\b(?:sa(?:id|ys|ying)|t(?:old|ells)|according to|(?:add|announc|argu|assert|claim|declar|describ|explain|insist"
    r"|report|stat|stress|suggest|warn|call|quot|promis|confirm)(?:ed|es|s|ing)|wrote|writes|spoke|denie[ds])\b",
    re.IGNORECASE,
)
