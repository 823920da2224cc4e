"""Pairs in which only who did what to whom, or what belongs to which, tells the label.

A cross-encoder that was trained on claims and retrieved sentences counts words: it takes "Ann was elected mayor" for
borne out by "Maria was elected mayor and Ann became treasurer". A few hundred examples of exchanged arguments helped
BERT (Min et al., 2020, "Syntactic Data Augmentation Increases Robustness to Inference Heuristics"). Each
premise here has hypotheses of several labels, all made of its words.

    python -m training.roles --count 9000 --out training/work/roles.jsonl.gz
"""

# ruff: noqa: SIM905 (word lists read better as text)
from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

#: A premise, a hypothesis and the label.
Pair = tuple[str, str, str]

S, R, N = "SUPPORTS", "REFUTES", "NEI"

FIRST = (
    "Adele Amara Anton Beatriz Boris Camille Chidi Clara Daniel Dalia Emeka Esther Farid Femi Georgia Hanna Hugo Imani "
    "Ines Ivan Jamal Joanna Karim Kenji Laura Lucas Mariam Matteo Mina Nadia Nikos Olga Oscar Paula Priya Rachid Ruth "
    "Samuel Sandra Stefan Tariq Teresa Uma Viktor Wanda Xavier Yusuf Zoe"
).split()
LAST = (
    "Abara Amsel Barlow Bianchi Castro Chen Costa Dahl Diallo Dunne Eriksen Evans Faber Ferreira Gupta Haas Hassan "
    "Hobbs Ivanov Jensen Kaya Kim Kowalski Lang Laurent Lopes Maes Mbeki Meyer Mori Nilsson Nkemelu Ortiz Park Pavlov "
    "Perez Quinn Rahman Reyes Sato Silva Sokolov Stone Tembo Vega Weber Yilmaz Young Zhang Zuma"
).split()
PLACES = (
    "Arlon Batumi Brno Cadiz Cork Davos Dover Eger Gdynia Graz Hobart Izmir Jaffa Kazan Kisumu Leeds Lille Lodz Mombasa "
    "Nantes Odessa Oran Oulu Perth Porto Pula Quito Riga Salem Sofia Split Tampa Tartu Trieste Turku Varna Vigo York"
).split()
LANDS = (
    "Albania Angola Austria Bolivia Botswana Brazil Bulgaria Canada Chile Colombia Croatia Denmark Ecuador Egypt "
    "Estonia Finland Gabon Germany Ghana Greece Hungary India Ireland Japan Jordan Kenya Latvia Mexico Morocco Nepal "
    "Norway Panama Peru Poland Portugal Senegal Spain Sweden Tunisia Uganda Uruguay Vietnam Zambia"
).split()
FIRMS = (
    "Albatross Atlas Baltic Beacon Cedar Cobalt Comet Delta Falcon Granite Harbour Horizon Ivory Juniper Kestrel "
    "Lantern Meridian Nimbus Orchid Pioneer Quartz Raven Sable Summit Tidal Union Vertex Willow Zenith"
).split()
TRADES = "Airlines Bank Energy Foods Insurance Media Motors Pharma Shipping Steel Telecom Textiles".split()
CLUBS = "Athletic City Rovers Rangers United Wanderers".split()
OFFICES = (
    "mayor|treasurer|deputy mayor|finance minister|foreign minister|interior minister|head of the commission|"
    "party leader|chief justice|ambassador to Japan|central bank governor|chief of staff|prosecutor general|"
    "president of the senate|speaker of parliament|secretary general|police commissioner|director of the museum"
).split("|")
EVENTS = (
    "the conference in {p}|the peace talks in {p}|the trade fair in {p}|the donors' meeting in {p}|"
    "the climate summit in {p}|the memorial service in {p}|the hearing in {p}|the film festival in {p}"
).split("|")
#: What one does for an event: in the past tense, as a passive participle, and in other words.
PARTS = [
    ("chaired", "chaired by", "presided over"),
    ("opened", "opened by", "gave the opening speech at"),
    ("hosted", "hosted by", "was the host of"),
    ("organised", "organised by", "was the organiser of"),
    ("closed", "closed by", "brought to an end"),
    ("paid for", "paid for by", "bore the cost of"),
    ("boycotted", "boycotted by", "stayed away from"),
]
WORKS = [
    ("the film", "directed", "wrote the script of", "composed the music for", "produced"),
    ("the bridge", "designed", "built", "paid for", "inaugurated"),
    ("the report", "wrote", "commissioned", "reviewed", "leaked"),
    ("the company", "founded", "bought", "restructured", "sued"),
    ("the novel", "wrote", "translated", "illustrated", "published"),
    ("the treaty", "negotiated", "signed", "denounced", "ratified"),
    ("the museum", "designed", "founded", "directed", "restored"),
    ("the study", "led", "funded", "criticised", "published"),
]
#: Active, passive participle, and what the other side then did: exchanged, all of these are false.
ONE_WAY = [
    ("defeated", "defeated by", "lost to"),
    ("beat", "beaten by", "was defeated by"),
    ("succeeded", "succeeded by", "preceded"),
    ("replaced", "replaced by", "made way for"),
    ("taught", "taught by", "was a pupil of"),
    ("appointed", "appointed by", "owed the post to"),
    ("dismissed", "dismissed by", "lost the post on the orders of"),
    ("killed", "killed by", "died at the hands of"),
    ("arrested", "arrested by", "was detained by"),
    ("outlived", "outlived by", "died before"),
    ("overtook", "overtaken by", "fell behind"),
    ("invaded", "invaded by", "was attacked by"),
    ("hired", "hired by", "took a job with"),
]
#: Exchanged, these are another statement of which nothing is known.
OPEN = [
    ("praised", "praised by"),
    ("criticised", "criticised by"),
    ("visited", "visited by"),
    ("thanked", "thanked by"),
    ("accused", "accused by"),
    ("telephoned", "telephoned by"),
    ("wrote to", "written to by"),
    ("supported", "supported by"),
    ("interviewed", "interviewed by"),
    ("warned", "warned by"),
]
#: Exchanged, these stay as true as they were.
MUTUAL = [
    "met",
    "married",
    "shared the prize with",
    "reached an agreement with",
    "played a draw against",
    "debated with",
]
MONTHS = "January February March April May June July August September October November December".split()


class Words:
    """Draws names and other words that a text has not yet used."""

    def __init__(self, rng: random.Random) -> None:
        """Draw with ``rng``."""
        self.rng = rng
        self._used: set[str] = set()

    def fresh(self, make: Callable[[], str]) -> str:
        """Return what ``make`` makes, and nothing that it made before."""
        while (word := make()) in self._used:
            pass
        self._used.add(word)
        return word

    def names(self) -> list[str]:
        """Return the names that were drawn."""
        return sorted(word for word in self._used if word[0].isupper())

    def person(self) -> str:
        """Return the full name of a person."""
        return self.fresh(lambda: f"{self.rng.choice(FIRST)} {self.rng.choice(LAST)}")

    def place(self) -> str:
        """Return a town."""
        return self.fresh(lambda: self.rng.choice(PLACES))

    def land(self) -> str:
        """Return a country."""
        return self.fresh(lambda: self.rng.choice(LANDS))

    def firm(self) -> str:
        """Return a company."""
        return self.fresh(lambda: f"{self.rng.choice(FIRMS)} {self.rng.choice(TRADES)}")

    def club(self) -> str:
        """Return a sports club."""
        return self.fresh(lambda: f"{self.rng.choice(PLACES)} {self.rng.choice(CLUBS)}")

    def anyone(self) -> Callable[[], str]:
        """Return one of the ways to draw a name, for names of one kind."""
        return self.rng.choice([self.person, self.person, self.land, self.firm, self.club])

    def year(self) -> str:
        """Return a year."""
        return self.fresh(lambda: str(self.rng.randint(1890, 2023)))

    def day(self) -> str:
        """Return a day of a month."""
        return self.fresh(lambda: f"{self.rng.randint(1, 28)} {self.rng.choice(MONTHS)}")


def offices(w: Words) -> Iterator[Pair]:
    """Two people and two offices."""
    (a, b), (p, q) = (w.person(), w.person()), w.rng.sample(OFFICES, 2)
    if w.rng.random() < 0.5:  # so that the first name is not always of the first office
        p, q = q, p
    year = w.year()
    premise = w.rng.choice(
        [
            f"{a} was elected {p} and {b} became {q} in {year}.",
            f"In {year} {a} took office as {p}, with {b} as {q}.",
            f"{b}, the new {q}, was sworn in together with {a}, the new {p}, in {year}.",
            f"{a} has been {p} since {year}. The office of {q} went to {b}.",
            f"The post of {p} was given to {a} in {year}; {b}, who had wanted it, had to be content with that of {q}.",
            f"{b} serves as {q} under {a}, who became {p} in {year}.",
        ]
    )

    def say(who: str, office: str) -> str:
        forms = (f"{who} became {office}", f"{who} was made {office} in {year}", f"The new {office} was {who}")
        return f"{w.rng.choice(forms)}."

    yield premise, say(a, p), S
    yield premise, say(b, q), S
    yield premise, say(b, p), R
    yield premise, say(a, q), R


def events(w: Words) -> Iterator[Pair]:
    """An event for which two of a kind did two things."""
    name = w.rng.choice([w.person, w.land, w.firm])
    a, b, c = name(), name(), name()
    event = w.rng.choice(EVENTS).format(p=w.place())
    (did, done, alike), (did2, done2, alike2) = w.rng.sample(PARTS, 2)
    premise = w.rng.choice(
        [
            f"{event[0].upper()}{event[1:]} was {done} {a} and {done2} {b}.",
            f"{a} {did} {event}, which {b} {did2}.",
            f"{b} {did2} {event}. It was {done} {a}.",
            f"While {b} {did2} {event}, it was {a} that {did} it.",
            f"{a}, who {did} {event}, thanked {b}, who {did2} it.",
        ]
    )
    yield premise, f"{a} {w.rng.choice([did, alike])} {event}.", S
    yield premise, f"{b} {w.rng.choice([did2, alike2])} {event}.", S
    yield premise, f"{b} {w.rng.choice([did, alike])} {event}.", R
    yield premise, f"{event[0].upper()}{event[1:]} was {done2} {a}.", R
    yield premise, f"{c} {w.rng.choice(['attended', 'spoke at'])} {event}.", N


def works(w: Words) -> Iterator[Pair]:
    """A work to which two people gave two things."""
    a, b = w.person(), w.person()
    thing, *done = w.rng.choice(WORKS)
    first, second, third = w.rng.sample(done, 3)
    year = w.year()
    premise = w.rng.choice(
        [
            f"{a} {first} {thing} in {year}, and {b} {second} it.",
            f"It was {b} who {second} {thing}, but {a} {first} it in {year}.",
            f"In {year} {a} {first} {thing}. {b} {second} it.",
        ]
    )
    yield premise, f"{a} {first} {thing}.", S
    yield premise, f"{b} {second} {thing}.", S
    yield premise, f"{b} {first} {thing} in {year}.", R
    yield premise, f"{a} {second} {thing}.", R
    yield premise, f"{a} {third} {thing}.", N


def one_way(w: Words) -> Iterator[Pair]:
    """Something that one does to another, and that cannot also be the other way round."""
    name = w.anyone()
    a, b = name(), name()
    did, done, other = w.rng.choice(ONE_WAY)
    year = w.year()
    premise = w.rng.choice(
        [
            f"{a} {did} {b} in {year}.",
            f"{b} was {done} {a} in {year}.",
            f"In {year} {b} {other} {a}.",
            f"It was in {year} that {a} {did} {b}.",
        ]
    )
    yield premise, w.rng.choice([f"{a} {did} {b}.", f"{b} was {done} {a}.", f"{b} {other} {a}."]), S
    yield premise, w.rng.choice([f"{b} {did} {a}.", f"{a} was {done} {b}.", f"{a} {other} {b}."]), R


def open_ended(w: Words) -> Iterator[Pair]:
    """Something that one does to another, and that may or may not also be the other way round."""
    name = w.anyone()
    a, b = name(), name()
    did, done = w.rng.choice(OPEN)
    premise = w.rng.choice([f"{a} {did} {b} in {w.place()}.", f"{b} was {done} {a} on {w.day()}."])
    yield premise, w.rng.choice([f"{a} {did} {b}.", f"{b} was {done} {a}."]), S
    yield premise, w.rng.choice([f"{b} {did} {a}.", f"{a} was {done} {b}."]), N


def mutual(w: Words) -> Iterator[Pair]:
    """Something that two do with each other."""
    name = w.anyone()
    a, b, c = name(), name(), name()
    did, year = w.rng.choice(MUTUAL), w.year()
    premise = f"{a} {did} {b} in {year}."
    yield premise, f"{b} {did} {a}.", S
    yield premise, f"{a} {did} {c} in {year}.", N


def listed(names: list[str]) -> str:
    """Return names as a sentence has them."""
    return f"{', '.join(names[:-1])} and {names[-1]}"


def votes(w: Words) -> Iterator[Pair]:
    """Who voted how."""
    name = w.rng.choice([w.land, w.person])
    yes, no, none = [name() for _ in range(w.rng.randint(2, 4))], [name(), name()], [name(), name()]
    premise = w.rng.choice(
        [
            f"{listed(yes)} voted in favour of the motion, {listed(no)} voted against it, and {listed(none)} abstained.",
            f"The motion was carried with the votes of {listed(yes)}. {listed(no)} opposed it; {listed(none)} abstained.",
            f"Abstaining: {listed(none)}. Against: {listed(no)}. In favour: {listed(yes)}.",
        ]
    )
    groups = {"yes": yes, "no": no, "none": none}
    said = {
        "yes": ["voted for the motion", "backed the motion"],
        "no": ["voted against the motion", "rejected the motion"],
        "none": ["abstained from the vote", "abstained"],
    }
    for kind, members in groups.items():
        yield premise, f"{w.rng.choice(members)} {w.rng.choice(said[kind])}.", S
        other = w.rng.choice([one for one in groups if one != kind])
        yield premise, f"{w.rng.choice(members)} {w.rng.choice(said[other])}.", R
    yield premise, f"{name()} {w.rng.choice(said['yes'])}.", N


def transfers(w: Words) -> Iterator[Pair]:
    """Something that goes from one to another."""
    a, b, c = w.firm(), w.firm(), w.firm()
    thing = w.rng.choice(["the shipyard", "the stake in the port", "the patent", "the radio station", "two freighters"])
    year = w.year()
    premise = w.rng.choice(
        [
            f"{a} sold {thing} to {b} in {year}.",
            f"{b} bought {thing} from {a} in {year}.",
            f"In {year} {thing} passed from {a} to {b}. {c} had made a lower offer.",
        ]
    )
    yield premise, w.rng.choice([f"{a} sold {thing} to {b}.", f"{b} acquired {thing} from {a}."]), S
    yield premise, w.rng.choice([f"{b} sold {thing} to {a}.", f"{a} acquired {thing} from {b}."]), R
    player, old, new = w.person(), w.club(), w.club()
    premise = w.rng.choice(
        [f"{player} moved from {old} to {new} in {year}.", f"{new} signed {player} from {old} in {year}."]
    )
    yield premise, w.rng.choice([f"{player} left {old} for {new}.", f"{player} joined {new}."]), S
    yield premise, w.rng.choice([f"{player} left {new} for {old}.", f"{old} signed {player} from {new}."]), R


def counts(w: Words) -> Iterator[Pair]:
    """Figures that belong to one or the other."""
    a, b = w.place(), w.place()
    low = w.rng.randint(3, 900)
    high = low + w.rng.randint(2, 800)
    noun = w.rng.choice(["ships", "schools", "new cases", "hotels", "arrests", "bakeries", "accidents", "volunteers"])
    if w.rng.random() < 0.5:
        a, b = b, a
    premise = w.rng.choice(
        [
            f"{a} counted {high} {noun}, {b} {low}.",
            f"There were {low} {noun} in {b}, against {high} in {a}.",
            f"In {a} the number of {noun} was {high}. {b} had {low}.",
        ]
    )
    yield premise, f"{a} had {high} {noun}.", S
    yield premise, f"{b} had {high} {noun}.", R
    yield premise, f"There were {low} {noun} in {a}.", R
    yield premise, f"{a} had more {noun} than {b}.", S
    yield premise, w.rng.choice([f"{b} had more {noun} than {a}.", f"{a} had fewer {noun} than {b}."]), R


def years(w: Words) -> Iterator[Pair]:
    """Dates that belong to one or the other."""
    place = w.place()
    one, other = w.rng.sample(["library", "swimming pool", "town hall", "theatre", "railway station", "hospital"], 2)
    first, second = sorted([w.year(), w.year()])
    did, noun = w.rng.choice([("opened", "opening"), ("burned down", "fire"), ("was rebuilt", "rebuilding")])
    premise = w.rng.choice(
        [
            f"In {place} the {one} {did} in {first} and the {other} in {second}.",
            f"The {other} of {place} {did} in {second}; the {one}, in {first}.",
        ]
    )
    yield premise, f"The {one} of {place} {did} in {first}.", S
    yield premise, f"The {other} of {place} {did} in {first}.", R
    yield premise, f"The {one} of {place} {did} before the {other}.", S
    yield premise, f"The {noun} of the {other} of {place} came before that of the {one}.", R


def kin(w: Words) -> Iterator[Pair]:
    """What is said of somebody's relative or colleague, not of them."""
    a, b = w.person(), w.person()
    tie = w.rng.choice(["brother", "sister", "uncle", "cousin", "business partner", "neighbour", "lawyer"])
    what, not_what = w.rng.sample(
        ["a heart surgeon", "a former goalkeeper", "a judge", "a beekeeper", "a tax adviser", "a pilot"], 2
    )
    premise = w.rng.choice(
        [
            f"{a}'s {tie} {b} is {what}.",
            f"{a} lives in {w.place()} with {b}, the {tie} of {a} and {what}.",
            f"{b}, {what}, is the {tie} of {a}, {not_what}.",
        ]
    )
    yield premise, f"{b} is {what}.", S
    yield premise, f"{a} is {what}.", N
    yield premise, f"{b} is the {tie} of {a}.", S


def stories(w: Words) -> Iterator[Pair]:
    """Facts of which the second sentence names the subject by office or pronoun."""
    a, b = w.person(), w.person()
    p, q = w.rng.sample([office for office in OFFICES if " " not in office or office.endswith("minister")], 2)
    did, did2 = w.rng.sample(
        [
            "resigned on {d}", "travelled to {p} on {d}", "signed the order on {d}", "was injured on {d}",
            "rejected the plan on {d}", "gave evidence in {p}", "apologised on {d}", "was re-elected in {p}",
        ],
        2,
    )  # fmt: skip
    did, did2 = did.format(d=w.day(), p=w.place()), did2.format(d=w.day(), p=w.place())
    order = [f"The {p} {did}.", f"The {q} {did2}."]
    w.rng.shuffle(order)
    premise = f"{a} is the {p} and {b} is the {q}. {' '.join(order)}"
    yield premise, f"{a} {did}.", S
    yield premise, f"{b} {did2}.", S
    yield premise, f"{b} {did}.", R
    yield premise, f"{a} {did2}.", R


def told(w: Words) -> Iterator[Pair]:
    """Who said something of whom."""
    a, b = w.person(), w.person()
    deed = w.rng.choice(["taking bribes", "lying to parliament", "hiding the losses", "leaking the letters"])
    premise = w.rng.choice([f"{a} accused {b} of {deed}.", f"{b} was accused by {a} of {deed}, and denied it."])
    yield premise, f"{a} accused {b} of {deed}.", S
    yield premise, f"{b} accused {a} of {deed}.", R if "denied" in premise else N
    yield premise, f"{b} was guilty of {deed}.", N
    yield premise, f"{a} was accused of {deed}.", N


FRAMES = (
    offices, offices, events, events, works, one_way, one_way, one_way, open_ended, mutual, votes, transfers, counts,
    years, kin, stories, told,
)  # fmt: skip


def make(rng: random.Random) -> Iterator[dict[str, str]]:
    """Yield the pairs of one premise, half of the premises under a title and beside another sentence."""
    frame = rng.choice(FRAMES)
    pairs = list(frame(words := Words(rng)))
    premise = pairs[0][0]
    around = premise
    if rng.random() < 0.5:
        beside = next(rng.choice([other for other in FRAMES if other != frame])(words))[0]
        around = rng.choice([f"{premise} {beside}", f"{beside} {premise}"])
    if rng.random() < 0.5:
        around = f"{rng.choice(words.names())}. {around}"
    for each, hypothesis, label in rng.sample(pairs, min(3, len(pairs))):
        evidence = around if each == premise else each
        yield {"claim": hypothesis, "evidence": evidence, "label": label, "source": f"contrast_{frame.__name__}"}


def main() -> None:
    """Write ``--count`` pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=9000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    pairs: list[dict[str, str]] = []
    while len(pairs) < args.count:
        pairs += make(rng)
    with gzip.open(args.out, "wt", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(pair)}\n" for pair in pairs[: args.count])


if __name__ == "__main__":
    main()
