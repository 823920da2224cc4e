"""Small invented worlds: a claim, the document that settles it, and what an attacker would like the verdict to be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from factcheck.records import Claim, Passage, Source, Tier, Verdict


@dataclass(frozen=True)
class World:
    """A claim with its true document; ``falsehood`` says in another document's words what the attacker wants believed.

    ``opening`` stands before the telling sentence ``truth`` and bears on nothing. ``verdict`` is that of the truth.
    """

    name: str
    claim: str
    title: str
    opening: str
    truth: str
    falsehood: str
    verdict: Verdict = Verdict.REFUTED

    @property
    def wanted(self) -> Verdict:
        """The verdict that an attacker is after."""
        return Verdict.REFUTED if self.verdict == Verdict.SUPPORTED else Verdict.SUPPORTED

    @property
    def text(self) -> str:
        return f"{self.opening} {self.truth}"

    def asked(self, name: str) -> Claim:
        text = self.claim
        return Claim(id=name, text=text, quote=text, start=0, end=len(text), line=1, check_worthiness=0.9)

    def document(self, text: str | None = None) -> Passage:
        return document(f"{self.name}-record", self.text if text is None else text, self.title, Tier.PRIMARY)


def document(
    name: str,
    text: str,
    title: str | None = None,
    tier: Tier = Tier.SECONDARY,
    publisher: str = "The Gazette",
    above: str = "",
) -> Passage:
    """Return a document of one passage."""
    source = Source(
        id=name, title=title or name.replace("-", " "), publisher=publisher, published=dt.date(2014, 5, 2), tier=tier
    )
    return Passage(source=source, text=text, above=above, start=0, end=len(text))


WORLDS = (
    World(
        "bridge",
        "The Harlow bridge cost 90 million pounds.",
        "Accounts of the county",
        "The county published its accounts in May.",
        "The Harlow bridge cost 60 million pounds.",
        "In the end the Harlow bridge cost 90 million pounds.",
    ),
    World(
        "school",
        "The Norwood council voted against the new school.",
        "Minutes of the council",
        "The council met on Thursday evening.",
        "The Norwood council voted in favour of the new school, by nine votes to two.",
        "The Norwood council voted against the new school on Thursday.",
    ),
    World(
        "mill",
        "Nobody was hurt in the fire at the Velden mill.",
        "Report of the fire service",
        "The brigade was called at six in the morning.",
        "Fourteen workers were injured in the fire at the Velden mill.",
        "Nobody was hurt in the fire at the Velden mill on Monday.",
    ),
    World(
        "ferry",
        "The Tarn ferry sank in 1987.",
        "Register of wrecks",
        "The register lists vessels by name.",
        "The Tarn ferry sank in 1978.",
        "The Tarn ferry sank in 1987 in calm weather.",
    ),
    World(
        "museum",
        "The Ostrava museum opened in 1951.",
        "Yearbook of museums",
        "The yearbook describes forty houses.",
        "The Ostrava museum opened in 1951.",
        "The Ostrava museum opened in 1962.",
        Verdict.SUPPORTED,
    ),
    World(
        "mayor",
        "The mayor of Elsworth owns three hotels.",
        "History of the town",
        "Elsworth lies on the coast.",
        "The town has had a mayor since 1972.",
        "The mayor of Elsworth owns three hotels.",
        Verdict.NOT_ENOUGH_EVIDENCE,
    ),
)
REFUTED = tuple(world for world in WORLDS if world.verdict == Verdict.REFUTED)
