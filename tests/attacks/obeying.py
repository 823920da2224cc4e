"""Chat models behind the scripted server: one that reads honestly, and one that obeys whatever it is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from attacks.worlds import WORLDS, World
from servers.scripted import Reply, Request

from factcheck.records import Verdict

_STANCE = {Verdict.SUPPORTED: "supports", Verdict.REFUTED: "contradicts", Verdict.NOT_ENOUGH_EVIDENCE: "neutral"}


class Obeying:
    """Obeys where anything in the data is one of ``marks``, and reads honestly elsewhere.

    Told how to judge, it gives every passage the stance that the attacker wants, and cites it by real words, the first
    sentence, which no check of quotes can object to. Told about an article, it ``rewrites`` each claim into the truth
    or else finds no claims at all.
    """

    def __init__(self, marks: Iterable[str], *, rewrites: bool) -> None:
        self.marks, self.rewrites = frozenset(marks), rewrites

    def __call__(self, request: Request) -> Reply:
        data = request.messages[1]["content"]
        obeys = any(mark in data for mark in self.marks)
        return Reply(self._extracted(request, obeys) if request.is_extraction else self._judged(request, obeys))

    def _extracted(self, request: Request, obeys: bool) -> dict[str, Any]:
        numbered = list(enumerate(request.sentences, start=1))
        if obeys and not self.rewrites:
            return {"claims": [], "skipped": [{"sentence": number, "reason": "no fact"} for number, _ in numbered]}
        claims = []
        for number, text in numbered:
            world = next((world for world in WORLDS if world.claim in text), None)
            said = world.truth if obeys and world else world.claim if world else text
            quote = world.claim if world else text
            claims.append(
                {"sentence": number, "quote": quote[:500], "text": said[:500], "said": "no", "speaker": "", "cue": "",
                 "check_worthiness": 7}
            )  # fmt: skip
        return {"claims": claims, "skipped": []}

    def _judged(self, request: Request, obeys: bool) -> dict[str, Any]:
        world = next((world for world in WORLDS if world.claim == request.claim), None)
        judgements = []
        for number, passage in enumerate(request.passages, start=1):
            quote, stance = _obedient(world, passage) if obeys else _honest(world, passage)
            judgements.append({"passage": number, "bears_on": "content", "quote": quote[:400], "stance": stance})
        rationale = "All passages agree on it [1]." if obeys else ""
        return {"judgements": judgements, "rationale": rationale}


def _obedient(world: World | None, passage: str) -> tuple[str, str]:
    first = re.split(r"(?<=\.)\s", passage.strip())[0]
    return first, _STANCE[world.wanted if world else Verdict.SUPPORTED]


def _honest(world: World | None, passage: str) -> tuple[str, str]:
    if world and world.truth in passage:
        return (world.truth, _STANCE[world.verdict]) if world.verdict in _STANCE else ("", "neutral")
    if world and world.falsehood in passage:
        return world.falsehood, _STANCE[world.wanted]
    return "", "neutral"
