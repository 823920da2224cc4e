"""Contrastive pairs that teach a model to read the evidence, made from labelled pairs and from templates.

A claim alone often gives its label away (Schuster et al., 2019; Gururangan et al., 2018), and a model that
learned this judges without reading. Each family below changes one thing that matters, in the claim or in the
evidence, so that nearly the same words get another label:

    empty       the evidence is taken away, or is on something else                      → NEI
    silent      evidence about the same entity that does not speak of the fact            → NEI
    number      a figure or year changed on one side (R), on both (S), or blurred (NEI)
    date        another format or precision of the same date (S), another date (R), less precise evidence (NEI)
    direction   rose/fell, before/after, won/lost exchanged in the claim                  → R
    negation    "is" ↔ "is not" in the claim                                              S ↔ R
    roles       two names exchanged in the claim (R) or in both (S)
    said        "X claimed that …" against the flat claim (NEI), against "X said that …" (S), "Y said" (NEI)
    statistics  templates: rises, shares, votes and counts with claims that follow or do not from the arithmetic
    context     the evidence under its title, between other sentences of its kind         (label kept)

    python -m training.contrast --data train.jsonl.gz --out work/contrast.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from training.nli import FACT_SOURCES, read_pairs

Pair = dict[str, str]

MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
STOP = {
    "a", "an", "the", "of", "in", "on", "at", "by", "to", "for", "from", "with", "and", "or", "but", "is",
    "are", "was", "were", "be", "been", "has", "have", "had", "do", "did", "does", "not", "no", "it", "its", "he",
    "she", "they", "his", "her", "their", "him", "them", "that", "this", "these", "those", "as", "who", "which", "whom", "when",
    "where", "also", "only", "than", "then", "there", "s", "t", "into", "over", "under", "about", "after", "before", "during", "between",
}  # fmt: skip
OPPOSITES = [
    ("increased", "decreased"), ("rose", "fell"), ("higher", "lower"), ("before", "after"),
    ("won", "lost"), ("largest", "smallest"), ("northern", "southern"), ("eastern", "western"),
    ("older", "younger"), ("earlier", "later"), ("above", "below"), ("joined", "left"), ("began", "ended"),
    ("opened", "closed"), ("approved", "rejected"), ("accepted", "refused"), ("supported", "opposed"),
    ("best", "worst"), ("always", "never"), ("male", "female"), ("north", "south"), ("east", "west"),
    ("increases", "decreases"), ("increase", "decrease"), ("success", "failure"), ("successful", "unsuccessful"),
    ("positive", "negative"), ("alive", "dead"), ("oldest", "youngest"), ("longest", "shortest"), ("highest", "lowest"),
    ("bought", "sold"), ("started", "stopped"), ("gained", "lost"),
    ("improved", "worsened"), ("raised", "cut"), ("old", "new"), ("inside", "outside"),
]  # fmt: skip
SWAP = {a: b for pair in OPPOSITES for a, b in (pair, pair[::-1])}
NUMBER_WORDS = dict(enumerate("zero one two three four five six seven eight nine ten eleven twelve".split()))  # noqa: SIM905
FIRST = "Anna Mark Leila Tomas Grace Igor Mei Carlos Fatima Peter Noor Ewan Sofia Kofi Elena James Aiko Dmitri Rosa Omar".split()  # noqa: SIM905
LAST = "Keller Novak Haddad Okafor Lindqvist Moreau Tanaka Petrov Alvarez Byrne Castellan Osei Varga Whitlock Demir Rossi Nakamura Farouk Jansen Ortega".split()  # noqa: SIM905
ROLES = [
    "minister",
    "senator",
    "spokesman",
    "mayor",
    "general",
    "lawyer",
    "union leader",
    "governor",
    "director",
    "ambassador",
]
BODIES = [
    "the opposition",
    "the company",
    "the ministry",
    "the rebels",
    "the government",
    "the club",
    "state television",
]
MONTH = "|".join(MONTHS)
DATE = re.compile(
    rf"\b(?:(?P<m1>{MONTH}) (?P<d1>\d{{1,2}}), (?P<y1>\d{{4}})|(?P<d2>\d{{1,2}}) (?P<m2>{MONTH}) (?P<y2>\d{{4}}))\b"
)
NUMBER = re.compile(r"(?<![\w.,$-])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.,-])\d+(?:\.\d+)?(?![\w,-]|\.\d)")
NAME = re.compile(r"\b[A-Z][\w'’-]+(?: (?:of |the )?[A-Z][\w'’.-]+)*")
SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z\"“])")


def words(text: str) -> set[str]:
    """Content words, lower case."""
    return {word for word in re.findall(r"\w+", text.lower()) if word not in STOP}


def entity(pair: Pair) -> str | None:
    """The longest name that the claim and the evidence share."""
    shared = [name for name in NAME.findall(pair["claim"]) if name in pair["evidence"] and name.lower() not in STOP]
    return max(shared, key=len, default=None)


def made(pair: Pair, family: str, label: str, *, claim: str | None = None, evidence: str | None = None) -> Pair:
    """A copy of ``pair`` with one side or both changed."""
    return {
        "claim": claim or pair["claim"],
        "evidence": pair["evidence"] if evidence is None else evidence,
        "label": label,
        "source": f"contrast_{family}",
    }


def nearby(number: str, rng: random.Random) -> str:
    """Another number in the style of ``number``: near for years, off by a little or a lot for others."""
    value = float(number.replace(",", ""))
    if re.fullmatch(r"1[5-9]\d\d|20\d\d", number):
        return str(int(value) + rng.choice([-1, 1]) * rng.choice([1, 1, 2, 3, 5, 10, 20]))
    if value <= 12 and value == int(value):
        return str(rng.choice([n for n in range(1, 15) if n != int(value)]))
    other = value * rng.choice([0.5, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3, 1.5, 2, 10])
    if "." in number:
        return f"{other:.1f}" if f"{other:.1f}" != number else f"{value + 1:.1f}"
    text = f"{round(other):,}" if "," in number else str(round(other))
    return text if text != number else str(int(value) + 1)


def replaced(text: str, old: str, new: str) -> str:
    """Replace whole-word ``old``."""
    return re.sub(rf"(?<![\w.,-]){re.escape(old)}(?![\w-]|[.,]\d)", lambda _: new, text)


def numbers(pair: Pair, rng: random.Random) -> Iterator[Pair]:
    """Figures and years changed on one side, on both, or blurred."""
    shared = [n for n in NUMBER.findall(pair["claim"]) if n in NUMBER.findall(pair["evidence"])]
    if pair["label"] != "SUPPORTS" or not shared:
        return
    old = rng.choice(shared)
    new = nearby(old, rng)
    if new in pair["evidence"] or new in pair["claim"]:
        return
    claim, evidence = replaced(pair["claim"], old, new), replaced(pair["evidence"], old, new)
    yield made(pair, "number", "REFUTES", claim=claim)
    yield made(pair, "number", "SUPPORTS", claim=claim, evidence=evidence)
    if rng.random() < 0.5:
        yield made(pair, "number", "REFUTES", evidence=evidence)
    value = float(old.replace(",", ""))
    is_year = bool(re.fullmatch(r"1[5-9]\d\d|20\d\d", old))
    if is_year:
        blurred = re.sub(
            rf" ?(?:,? ?\b(?:in|on|since|by|from|until|of)\b )?(?:the )?(?:(?:{MONTH}) )?(?:\d+, )?{old}\b",
            "",
            pair["evidence"],
        )
        if old not in blurred:
            yield made(pair, "number", "NEI", evidence=blurred)
        decade = f"the {old[:3]}0s"
        if re.search(rf"\bin {old}\b", pair["claim"]):
            yield made(pair, "number", "SUPPORTS", claim=pair["claim"].replace(f"in {old}", f"in {decade}"))
    elif value == int(value) and value in NUMBER_WORDS and "," not in old:
        yield made(pair, "number", "SUPPORTS", claim=replaced(pair["claim"], old, NUMBER_WORDS[int(value)]))
        yield made(
            pair,
            "number",
            "REFUTES",
            claim=replaced(pair["claim"], old, NUMBER_WORDS[(int(value) + rng.randint(1, 4)) % 13]),
        )
    elif value >= 20:
        step = max(1, round(value * rng.choice([0.02, 0.1, 0.3])))
        low, high = f"{round(value) - step:,}", f"{round(value) + step:,}"
        bare = rf"(?:more than|over|at least|about|nearly|almost|around|approximately) {re.escape(old)}"
        if not re.search(bare, pair["claim"] + pair["evidence"]):
            yield made(
                pair,
                "number",
                "SUPPORTS",
                claim=replaced(pair["claim"], old, f"{rng.choice(['more than', 'over', 'at least'])} {low}"),
            )
            yield made(
                pair,
                "number",
                "REFUTES",
                claim=replaced(pair["claim"], old, f"{rng.choice(['more than', 'over', 'at least'])} {high}"),
            )
            yield made(
                pair,
                "number",
                "REFUTES",
                claim=replaced(pair["claim"], old, f"{rng.choice(['fewer than', 'less than', 'at most'])} {low}"),
            )


def dates(pair: Pair, rng: random.Random) -> Iterator[Pair]:
    """Full dates in other formats and precisions, and other dates."""
    if pair["label"] != "SUPPORTS":
        return
    in_claim, in_evidence = DATE.search(pair["claim"]), DATE.search(pair["evidence"])
    if not in_claim or not in_evidence:
        return

    def parts(match: re.Match[str]) -> tuple[str, str, str]:
        return (match["d1"] or match["d2"], match["m1"] or match["m2"], match["y1"] or match["y2"])

    if parts(in_claim) != parts(in_evidence):
        return
    day, month, year = parts(in_claim)
    other_month = rng.choice([m for m in MONTHS if m != month])
    other_day = str(rng.choice([d for d in range(1, 29) if str(d) != day]))

    def claim(text: str) -> str:
        return pair["claim"].replace(in_claim[0], text)

    yield made(pair, "date", "SUPPORTS", claim=claim(f"{day} {month} {year}"))
    yield made(pair, "date", "SUPPORTS", claim=claim(f"{month} {day}, {year}"))
    yield made(pair, "date", "SUPPORTS", claim=claim(f"{month} {year}").replace(f"on {month}", f"in {month}"))
    yield made(pair, "date", "REFUTES", claim=claim(f"{other_day} {month} {year}"))
    yield made(pair, "date", "REFUTES", claim=claim(f"{other_month} {day}, {year}"))
    yield made(
        pair, "date", "REFUTES", claim=claim(f"{other_month} {year}").replace(f"on {other_month}", f"in {other_month}")
    )
    vague = pair["evidence"].replace(in_evidence[0], f"{month} {year}")
    if not DATE.search(vague):
        yield made(pair, "date", "NEI", evidence=vague)


def direction(pair: Pair, rng: random.Random) -> Iterator[Pair]:
    """One word of direction exchanged for its opposite in a supported claim."""
    present = [w for w in re.findall(r"\w+", pair["claim"]) if w in SWAP]
    if pair["label"] != "SUPPORTS" or not present:
        return
    word = rng.choice(present)
    yield made(pair, "direction", "REFUTES", claim=re.sub(rf"\b{word}\b", SWAP[word], pair["claim"], count=1))
    if re.search(rf"\b{word}\b", pair["evidence"]):
        flipped = re.sub(rf"\b{word}\b", SWAP[word], pair["evidence"])
        yield made(pair, "direction", "REFUTES", evidence=flipped)
        yield made(
            pair, "direction", "SUPPORTS", claim=re.sub(rf"\b{word}\b", SWAP[word], pair["claim"]), evidence=flipped
        )


def negation(pair: Pair, rng: random.Random) -> Iterator[Pair]:
    """The claim negated, or its negation taken away."""
    flip = {"SUPPORTS": "REFUTES", "REFUTES": "SUPPORTS", "NEI": "NEI"}[pair["label"]]
    match = re.search(r"\b(is|was|are|were|has|had|will|can|did) not ", pair["claim"])
    if match and match[1] != "did":
        yield made(pair, "negation", flip, claim=pair["claim"].replace(match[0], f"{match[1]} ", 1))
    elif not match and not re.search(r"\b(only|never|no|all|some|any)\b", pair["claim"]):
        match = re.search(r"\b(is|was|are|were|will|can) (?=\w)", pair["claim"])
        if match:
            word = rng.choice(["not", "not", "never"]) if match[1] in ("was", "were") else "not"
            yield made(pair, "negation", flip, claim=pair["claim"].replace(match[0], f"{match[1]} {word} ", 1))


def roles(pair: Pair, rng: random.Random) -> Iterator[Pair]:
    """Two names exchanged, where the sentence says who did what to whom."""
    if pair["label"] != "SUPPORTS" or re.search(r"\b(and|or|with|married|met|between|both|than)\b", pair["claim"]):
        return
    names = [n for n in dict.fromkeys(NAME.findall(pair["claim"])) if n in pair["evidence"] and n.lower() not in STOP]
    if len(names) < 2 or any(a != b and a in b for a in names for b in names):
        return
    one, two = rng.sample(names, 2)

    def exchanged(text: str) -> str:
        return re.sub(rf"\b(?:{re.escape(one)}|{re.escape(two)})\b", lambda m: two if m[0] == one else one, text)

    yield made(pair, "roles", "REFUTES", claim=exchanged(pair["claim"]))
    yield made(pair, "roles", "SUPPORTS", claim=exchanged(pair["claim"]), evidence=exchanged(pair["evidence"]))


def said(pair: Pair, rng: random.Random) -> Iterator[Pair]:
    """Reported speech against the flat fact, against who said it, and against another speaker."""
    if pair["label"] == "NEI" or len(pair["evidence"]) > 300:
        return
    body = pair["evidence"]
    if len(SENTENCE.split(body)) > 2 or (
        not re.match(r"(?:The|A|An|In|It|He|She|They|There|On) ", body) and not NAME.match(body)
    ):
        return
    inner = body if NAME.match(body) else body[:1].lower() + body[1:]
    claim = pair["claim"].rstrip(".")
    claim_inner = claim if NAME.match(claim) else claim[:1].lower() + claim[1:]
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    speaker = rng.choice([name, f"{name}, a {rng.choice(ROLES)}", rng.choice(BODIES)])
    short = name.split()[1] if name in speaker else speaker
    opened = speaker[:1].upper() + speaker[1:]
    saying = rng.choice(
        ["claimed that", "alleged that", "insisted that", "said that", "argued that", "told reporters that"]
    )
    reported = f"{opened} {saying} {inner}" if "," not in speaker else f"{opened}, {saying} {inner}"
    known = rng.choice(
        ["confirmed that", "found that", "documented that", "established that", "showed that", "records show that"]
    )
    who = rng.choice(["The commission", "An inquiry", "The survey", "The court", "The report", "Official"])
    established = f"{who} {known} {inner}" if who != "Official" else f"Official records show that {inner}"
    own = rng.choice([name if name in speaker else speaker, short])
    own = own[:1].upper() + own[1:]
    other = f"{rng.choice([f for f in FIRST if f not in name])} {rng.choice([n for n in LAST if n not in name])}"
    says = rng.choice(["said", "said", "claimed", "stated"])
    yield made(pair, "said", "NEI", evidence=reported)
    yield made(pair, "said", pair["label"], evidence=established)
    if pair["label"] == "SUPPORTS":
        yield made(pair, "said", "SUPPORTS", claim=f"{own} {says} that {claim_inner}.", evidence=reported)
        yield made(pair, "said", "NEI", claim=f"{other} {says} that {claim_inner}.", evidence=reported)
        if rng.random() < 0.5:
            yield made(pair, "said", "NEI", claim=f"{other} {says} that {claim_inner}.")
        denied = (
            f"{opened} denied that {claim_inner}." if "," not in speaker else f"{opened}, denied that {claim_inner}."
        )
        yield made(pair, "said", "REFUTES", claim=f"{own} {says} that {claim_inner}.", evidence=denied)
        if rng.random() < 0.5:
            yield made(pair, "said", "NEI", evidence=denied)


def context(pair: Pair, rng: random.Random, others: Callable[[Pair], list[str]]) -> Iterator[Pair]:
    """The evidence as a passage of a document: with a title in front, other sentences around it."""
    name = entity(pair)
    evidence = pair["evidence"]
    around = [sentence for sentence in others(pair) if sentence not in evidence]
    if pair["label"] == "NEI" or name is None or len(evidence) > 450:
        return
    titled = name
    if evidence.startswith(name + " ") and rng.random() < 0.4:
        evidence = rng.choice(["He", "She", "It"]) + evidence[len(name) :]
    elif rng.random() < 0.3:
        titled = f"{name}: {rng.choice(['overview', 'background', 'profile', 'history', 'report', 'facts'])}"
    picked = rng.sample(around, min(len(around), rng.choice([0, 1, 1, 2])))
    place = rng.randint(0, len(picked))
    yield made(
        pair, "context", pair["label"], evidence=f"{titled}. " + " ".join([*picked[:place], evidence, *picked[place:]])
    )


def silent(pair: Pair, rng: random.Random, others: Callable[[Pair], list[str]]) -> Iterator[Pair]:
    """Sentences about the same entity that share no content word with the claim beyond its name."""
    name = entity(pair)
    if name is None:
        return
    wanted = words(pair["claim"]) - words(name)
    quiet = [
        s
        for s in others(pair)
        if name in s and len(wanted & words(s)) <= 0.2 * len(wanted) and s not in pair["evidence"]
    ]
    if quiet and wanted:
        evidence = " ".join(rng.sample(quiet, min(len(quiet), rng.choice([1, 1, 2, 3]))))
        yield made(pair, "silent", "NEI", evidence=f"{name}. {evidence}" if rng.random() < 0.5 else evidence)


def statistics(rng: random.Random) -> Iterator[Pair]:
    """One invented statement with figures, and claims that follow from it, contradict it, or go beyond it."""
    what = rng.choice([
        "unemployment in the region", "the number of visitors", "steel output", "the budget deficit", "rainfall",
        "the company's revenue", "the city's population", "exports of wheat", "the murder rate", "ticket sales",
        "the number of asylum applications", "housing prices", "crude production", "the death toll", "membership",
        "the price of bread", "road accidents", "school enrolment", "the harvest", "the number of flights",
    ])  # fmt: skip
    a = rng.choice([rng.randint(4, 99), rng.randint(100, 999), rng.randint(10, 99) * 100])
    ratio = rng.choice([0.25, 0.4, 0.5, 0.6, 0.75, 0.8, 0.9, 1.1, 1.2, 1.25, 1.3, 1.5, 1.8, 2, 3])
    b = max(1, round(a * ratio))
    if a == b:
        return
    y1 = rng.randint(1960, 2020)
    y2 = y1 + rng.randint(1, 9)
    unit = rng.choice(["", " thousand", " million", ""])
    up = b > a
    verb = rng.choice([("rose", "fell"), ("increased", "decreased"), ("went up", "went down"), ("grew", "shrank")])
    evidence = rng.choice([
        f"{what} {verb[0] if up else verb[1]} from {a:,}{unit} in {y1} to {b:,}{unit} in {y2}.",
        f"{what} stood at {a:,}{unit} in {y1} and at {b:,}{unit} in {y2}.",
        f"In {y2}, {what} was {b:,}{unit}, compared with {a:,}{unit} in {y1}.",
    ])  # fmt: skip
    evidence = evidence[:1].upper() + evidence[1:]
    percent = abs(b - a) / a * 100
    wrong = rng.choice([p for p in (5, 12, 18, 25, 40, 55, 70, 90, 150) if abs(p - percent) > 4 + 0.1 * percent])
    change, against = ("rose", "fell") if up else ("fell", "rose")
    spread = [
        ("SUPPORTS", f"{what} {change} between {y1} and {y2}"),
        ("REFUTES", f"{what} {against} between {y1} and {y2}"),
        ("SUPPORTS", f"{what} {change} by {percent:.0f} percent from {y1} to {y2}"),
        ("REFUTES", f"{what} {change} by {wrong} percent from {y1} to {y2}"),
        ("SUPPORTS", f"{what} was {'higher' if up else 'lower'} in {y2} than in {y1}"),
        ("REFUTES", f"{what} was {'lower' if up else 'higher'} in {y2} than in {y1}"),
        ("SUPPORTS", f"{what} {change} by {abs(b - a):,}{unit} between {y1} and {y2}"),
        (
            "REFUTES",
            f"{what} {change} by {max(1, round(abs(b - a) * rng.choice([0.5, 1.4, 2]))) + 1:,}{unit} between {y1} and {y2}",
        ),
        ("NEI", f"{what} {change} again in {y2 + rng.randint(2, 5)}"),
        (
            "NEI",
            f"{what} {change} because of {rng.choice(['the war', 'new taxes', 'the drought', 'a strike', 'lower prices'])}",
        ),
        ("NEI", f"the government was blamed after {what} {change}"),
        ("REFUTES" if ratio < 2 else "SUPPORTS", f"{what} at least doubled from {y1} to {y2}"),
        ("REFUTES" if ratio > 0.5 else "SUPPORTS", f"{what} fell by half or more between {y1} and {y2}"),
    ]
    for label, claim in rng.sample(spread, 3):
        yield made({"evidence": evidence, "claim": ""}, "statistics", label, claim=claim[:1].upper() + claim[1:] + ".")

    total = rng.choice([rng.randint(9, 60), rng.randint(100, 900)])
    part = rng.choice([0, total, round(total * rng.choice([0.05, 0.2, 0.33, 0.5, 0.66, 0.8, 0.95]))])
    group, act = rng.choice([
        ("the deaths", "caused by shelling"), ("the members", "in favour of the plan"), ("the wells", "contaminated"),
        ("the patients", "cured within a month"), ("the bridges", "rated unsafe"), ("the strikes", "carried out by the army"),
        ("the victims", "civilians"), ("the schools", "closed"), ("the delegates", "opposed to the merger"),
    ])  # fmt: skip
    evidence = rng.choice([
        f"Of {group} examined, {total} in all, {part} were {act}.", f"{part} of {group} were {act}, out of {total}.",
        f"Investigators looked at {total} {group[4:]} and found that {part} were {act}.",
    ])  # fmt: skip
    share = part / total
    truth = [
        ("All", share == 1), ("None", share == 0), ("Most", share > 0.5), ("The vast majority", share > 0.75),
        ("Nearly all", share > 0.9), ("A minority", 0 < share < 0.5), ("More than a third", share > 0.34),
        ("Some", share > 0), ("Fewer than half", share < 0.5), (f"Exactly {part}", True), (f"At least {part + 2}", False),
    ]  # fmt: skip
    for quantifier, holds in rng.sample(truth, 3):
        claim = f"{quantifier} of {group} {'examined ' if rng.random() < 0.4 else ''}were {act}."
        label = "SUPPORTS" if holds else "REFUTES"
        yield made({"evidence": evidence, "claim": ""}, "statistics", label, claim=claim)
    ayes, noes, absent = rng.randint(5, 90), rng.randint(0, 80), rng.randint(0, 30)
    if ayes != noes:
        body = rng.choice(["The council", "Parliament", "The committee", "The assembly", "The board"])
        passed = ayes > noes
        evidence = f"{body} {'adopted' if passed else 'voted down'} the motion by {ayes} votes to {noes}, with {absent} abstentions."
        votes = [
            ("SUPPORTS", f"The motion received {ayes} votes in favour."), ("REFUTES", f"The motion was carried with {ayes + rng.choice([-2, -1, 1, 3])} votes in favour."),
            ("SUPPORTS" if absent == 0 else "REFUTES", "Nobody abstained from voting on the motion."),
            ("SUPPORTS" if noes == 0 else "REFUTES", f"No member of {body.lower()} voted against the motion."),
            ("SUPPORTS" if passed else "REFUTES", f"{body} passed the motion."), ("REFUTES" if passed else "SUPPORTS", f"{body} rejected the motion."),
            ("NEI", f"{body} debated the motion for {rng.randint(2, 9)} hours."), ("NEI", "The motion was put forward by the Greens."),
        ]  # fmt: skip
        for label, claim in rng.sample(votes, 2):
            yield made({"evidence": evidence, "claim": ""}, "statistics", label, claim=claim)


def contrast(pairs: list[Pair], rng: random.Random) -> list[Pair]:
    """All families over the fact-verification pairs; see the module's docstring."""
    facts = [p for p in pairs if p["source"].startswith(FACT_SOURCES) and p["source"] != "scitail_dev"]
    about: dict[str, list[str]] = defaultdict(list)
    for pair in facts:
        if name := entity(pair):
            about[name] += SENTENCE.split(pair["evidence"])

    def others(pair: Pair) -> list[str]:
        known = list(dict.fromkeys(about.get(entity(pair) or "", [])))
        return rng.sample(known, min(len(known), 12))

    out: list[Pair] = []
    for pair in facts:
        for family in (numbers, dates, direction, negation, roles):
            out += family(pair, rng)
        if rng.random() < 0.2:
            out += said(pair, rng)
        if rng.random() < 0.6:
            out += context(pair, rng, others)
        if rng.random() < 0.35:
            out += silent(pair, rng, others)
        if rng.random() < 0.07:
            stranger = rng.choice(facts)["evidence"]
            out.append(made(pair, "empty", "NEI", evidence=rng.choice(["", "", entity(pair) or "", stranger])))
    for _ in range(1500):
        out += statistics(rng)
    unique = {(p["claim"], p["evidence"]): p for p in out if p["claim"] != p["evidence"]}
    return list(unique.values())


def main() -> None:
    """Write the pairs to ``--out`` and print how many there are of each family and label."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--most", type=int, default=2400, help="pairs of one family and label at most")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    pairs = contrast(read_pairs(args.data), rng)
    rng.shuffle(pairs)
    counts: Counter[tuple[str, str]] = Counter()
    with gzip.open(args.out, "wt", encoding="utf-8") as out:
        for pair in pairs:
            if counts[pair["source"], pair["label"]] < args.most:
                counts[pair["source"], pair["label"]] += 1
                out.write(json.dumps(pair, ensure_ascii=False) + "\n")
    for key, count in sorted(counts.items()):
        print(*key, count)


if __name__ == "__main__":
    main()
