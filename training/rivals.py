"""Hard neutrals: evidence about another event of the same kind, which a model takes for a contradiction.

A passage about another vote, another year or another person of the same page shares most of a claim's words and
says nothing of it. For each claim that its own evidence supports, sentences about the same entity are read by a
shipped model; what it takes for a contradiction of a true claim is its mistake and becomes an NEI pair (adversarial
mining; Nie et al., 2020), and so does what it takes for support of a false one. Some that it reads right go in too.

    python -m training.rivals --data train.jsonl.gz --out training/work/rivals.jsonl.gz
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import defaultdict
from pathlib import Path

from factcheck.models.nli import CONTRADICTS, SUPPORTS, NliModel
from training.contrast import SENTENCE, Pair, entity, made, words
from training.nli import FACT_SOURCES, read_pairs

#: The share of a claim's content words that a rival sentence holds: less is off topic, more may be its evidence.
OVERLAP = (0.12, 0.6)


def candidates(pairs: list[Pair], each: int, rng: random.Random) -> list[Pair]:
    """Pairs of a labelled claim with sentences about its entity that are not its evidence."""
    about: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        if name := entity(pair):
            about[name] += [sentence for sentence in SENTENCE.split(pair["evidence"]) if len(sentence) > 40]
    evidence_of: dict[str, str] = defaultdict(str)
    for pair in pairs:
        evidence_of[pair["claim"]] += " " + pair["evidence"]
    found = []
    for pair in pairs:
        name = entity(pair)
        if pair["label"] == "NEI" or name is None:
            continue
        wanted = words(pair["claim"]) - words(name)
        rivals = [
            sentence
            for sentence in dict.fromkeys(about[name])
            if sentence not in evidence_of[pair["claim"]]
            and wanted
            and OVERLAP[0] <= len(wanted & words(sentence)) / len(wanted) <= OVERLAP[1]
        ]
        for sentence in rng.sample(rivals, min(each, len(rivals))):
            titled = f"{name}. {sentence}" if rng.random() < 0.6 else sentence
            found.append(made(pair, "rival", pair["label"], evidence=titled))
    return found


def main() -> None:
    """Write the pairs to ``--out`` and say how many the model was wrong about."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", default="small")
    parser.add_argument("--each", type=int, default=3, help="sentences for one claim at most")
    parser.add_argument("--most", type=int, default=20000, help="pairs to read")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    facts = [p for p in read_pairs(args.data) if p["source"].startswith(FACT_SOURCES) and p["source"] != "scitail_dev"]
    pool = candidates(facts, args.each, rng)
    pool = rng.sample(pool, min(args.most, len(pool)))
    scores = NliModel(args.model).probabilities([(pair["evidence"], pair["claim"]) for pair in pool])
    wrong = 0
    with gzip.open(args.out, "wt", encoding="utf-8") as out:
        for pair, score in zip(pool, scores, strict=True):
            supported = pair["label"] == "SUPPORTS"
            against, with_ = (CONTRADICTS, SUPPORTS) if supported else (SUPPORTS, CONTRADICTS)
            mistaken = score[against] > 0.4
            wrong += bool(mistaken)
            # What agrees with the claim's own label may be further evidence for it: left out.
            if mistaken or (score[with_] < 0.2 and rng.random() < 0.25):
                out.write(json.dumps(pair | {"label": "NEI"}, ensure_ascii=False) + "\n")
    print(f"{len(pool)} pairs read, {wrong} mistaken")


if __name__ == "__main__":
    main()
