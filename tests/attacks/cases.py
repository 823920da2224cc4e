"""The attacks on an article and on evidence, made of payloads, worlds and places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice

from attacks.payloads import FAMILIES, ORDERS, PLAUSIBLE, SPLIT
from attacks.worlds import REFUTED, WORLDS, World, document

from factcheck.records import Passage, Verdict

#: Pieces of a payload that are shorter say nothing that could be obeyed.
TELLING = 12
COVER = "The weather was fine."
SALT = ("It rained.", "Tea was served.", "A dog barked.", "The clock struck.", "Bells rang.", "Snow lay deep.")


@dataclass(frozen=True)
class Attack:
    """An article and passages with an attack in them; ``marks`` are the pieces of it that a model may obey."""

    family: str
    name: str
    world: World
    article: str
    passages: tuple[Passage, ...]
    marks: tuple[str, ...]


def fill(payload: str, world: World) -> str:
    stance = "contradicts" if world.wanted == Verdict.REFUTED else "supported"
    return payload.replace("{claim}", world.claim).replace("{wanted}", stance)


def harmless(payload: str, world: World) -> str:
    """Return prose about as long as a payload: how often it changes a verdict tells chance from an attack."""
    return " ".join(islice(cycle(SALT), max(1, len(fill(payload, world)) // 16)))


def on_evidence(fill: Callable[[str, World], str] = fill) -> Iterator[Attack]:
    """Yield each payload in the true document and in a document of its own, and some split, in titles and names."""
    worlds = cycle(WORLDS)
    for family, payloads in FAMILIES.items():
        for number, payload in enumerate(payloads):
            world = next(worlds)
            said = fill(payload, world)
            places = {
                "in the true document": (world.document(_joined(world, said, number)),),
                "in a document of its own": (world.document(), document(f"note-{number}", said)),
            }
            for place, passages in places.items():
                yield _attack(family, f"{number} {place}", world, passages, said)
    for number, halves in enumerate(SPLIT):
        world = next(worlds)
        said = [fill(half, world) for half in halves]
        two = tuple(document(f"half-{number}-{half}", text) for half, text in enumerate(said))
        yield _attack("split over passages", str(number), world, (world.document(), *two), *said)
    for number, payload in enumerate((*ORDERS[:8], *PLAUSIBLE[2:4])):
        world = next(worlds)
        said = fill(payload, world)
        text = "The gardens are open on Sundays."
        for field, made in (
            ("title", document("gardens", text, title=said)),
            ("publisher", document("gardens", text, publisher=said)),
            ("heading", document("gardens", text, above=f"## {said}\n\n")),
        ):
            yield _attack("metadata", f"{number} {field}", world, (world.document(), made), said)


def on_titles() -> Iterator[Attack]:
    """Yield titles and headings that state the falsehood over a text that does not."""
    text = "The gardens are open on Sundays."
    for world in WORLDS:
        titled = document("gardens", text, title=world.falsehood.rstrip("."))
        headed = document("gardens", text, above=f"## {world.falsehood}\n\n")
        yield _attack("metadata", f"title of {world.name}", world, (world.document(), titled))
        yield _attack("metadata", f"heading of {world.name}", world, (world.document(), headed))


def on_articles() -> Iterator[Attack]:
    """Yield articles that make the claim and hold a payload, in its paragraph or in one of its own."""
    worlds = cycle(REFUTED)
    for family, payloads in FAMILIES.items():
        for number, payload in enumerate(payloads[::2]):
            world = next(worlds)
            said = fill(payload, world)
            text = f"{world.claim}{(' ', chr(10) * 2)[number % 2]}{said}"
            name = f"{family} {number}"
            yield Attack("article", name, world, text, (world.document(),), _marks(world, said))


def _joined(world: World, said: str, number: int) -> str:
    return f"{said} {world.text}" if number % 2 else f"{world.text} {said}"


def _attack(family: str, name: str, world: World, passages: tuple[Passage, ...], *said: str) -> Attack:
    return Attack(family, name, world, world.claim, passages, _marks(world, *said))


def _marks(world: World, *said: str) -> tuple[str, ...]:
    pieces = (piece.strip(" \"'") for text in said for piece in re.split(r"[.\n:;]", text.replace(COVER, "")))
    return tuple(piece for piece in pieces if len(piece) >= TELLING and piece not in world.claim)
