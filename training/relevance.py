"""Train the reranker: how much a sentence has to do with whether a claim is so.

A cross-encoder with one output learns to score a claim's own evidence above sentences that are near it in meaning and
are evidence of other claims (listwise softmax over one of the first and several of the second, as in Nogueira and Cho,
2019, with the loss of Gao et al., 2021). The claims that ``benchmarks.retrieval`` asks for are left out by ``--without``.

    python -m training.relevance --data train.jsonl.gz --without fm2 --minutes 25 --out training/work/relevance
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForSequenceClassification

from factcheck.models.encoder import Encoder
from training.backbones import fetch_backbone
from training.nli import LENGTHS, Example, collate, load_tokenizer, read_pairs

#: Sources of claims of fact with evidence that was looked up.
SOURCES = ("fever", "fm2", "healthver", "climatefever", "checkcovid", "scitail")
#: Word pieces of a pair; claims and sentences are shorter but for a few.
PIECES = 96
#: Ranks of the sentences that a claim's rivals are drawn from; nearer ones are too often evidence as well.
RANKS = (3, 60)
#: What is nearer to a claim's evidence than this says the same.
SAME = 0.85
#: Sentences in a list.
LIST = 8


class Asked(NamedTuple):
    """A claim with its evidence and sentences that are none, by their numbers."""

    claim: str
    evidence: list[int]
    rivals: np.ndarray


def gather(pairs: list[dict[str, str]]) -> tuple[list[str], dict[str, set[int]], dict[str, set[int]]]:
    """Return the sentences, and for each claim the numbers of its evidence and of what is known to be none."""
    numbers: dict[str, int] = {}
    evidence: defaultdict[str, set[int]] = defaultdict(set)
    none: defaultdict[str, set[int]] = defaultdict(set)
    for pair in pairs:
        number = numbers.setdefault(pair["evidence"], len(numbers))
        (none if pair["label"] == "NEI" else evidence)[pair["claim"]].add(number)
    return list(numbers), evidence, none


def with_rivals(sentences: list[str], evidence: dict[str, set[int]], none: dict[str, set[int]]) -> list[Asked]:
    """Find for each claim the sentences nearest to it that are not its evidence and do not say the same."""
    encoder = Encoder()
    vectors, claims = encoder.vectors(sentences), list(evidence)
    asked = []
    for first in range(0, len(claims), 256):
        some = claims[first : first + 256]
        for claim, near in zip(some, encoder.vectors(some) @ vectors.T, strict=True):
            own = sorted(evidence[claim])
            ranked = np.argpartition(-near, RANKS[1])[: RANKS[1]]
            ranked = ranked[np.argsort(-near[ranked])][RANKS[0] :]
            same = (vectors[ranked] @ vectors[own].T).max(axis=1) > SAME
            known = np.array(sorted(none[claim] - evidence[claim]), int)
            rivals = np.concatenate([known, ranked[~same & ~np.isin(ranked, [*own, *known])]])
            if len(rivals) >= LIST:
                asked.append(Asked(claim, own, rivals))
    return asked


def batches(
    asked: list[Asked], sentences: list[str], tokenizer: Tokenizer, size: int, rng: random.Random
) -> Iterator[list[Example]]:
    """Yield for ever ``size`` lists of similar length, each one evidence and then ``LIST`` - 1 that are none."""
    waiting: defaultdict[int, list[Example]] = defaultdict(list)
    while True:
        for one in rng.sample(asked, len(asked)):
            numbers = [rng.choice(one.evidence), *rng.sample(one.rivals.tolist(), LIST - 1)]
            encoded = tokenizer.encode_batch([(sentences[number], one.claim) for number in numbers])
            longest = max(len(e.ids) for e in encoded)
            length = next(length for length in LENGTHS if longest <= length)
            waiting[length] += [Example(np.array(e.ids), np.array(e.type_ids), 0) for e in encoded]
            if len(waiting[length]) == size * LIST:
                yield waiting.pop(length)


def train(model: torch.nn.Module, stream: Iterator[list[Example]], args: argparse.Namespace) -> None:
    """Train ``model`` in place until ``args.minutes`` have passed."""
    embeddings = {id(p) for p in model.get_input_embeddings().parameters()}
    master = [p.detach().clone() for p in model.parameters()]
    model.to(torch.bfloat16).train()
    for p in model.parameters():
        p.requires_grad_(id(p) not in embeddings)
    trained = [(p, m) for p, m in zip(model.parameters(), master, strict=True) if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [m for _, m in trained], lr=args.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )
    start, seen, running, logged = time.time(), 0, 0.0, time.time()
    while (done := (time.time() - start) / (args.minutes * 60)) < 1:
        batch = next(stream)
        scores = model(**collate(batch, model.config.pad_token_id, with_types=True)).logits.float().view(-1, LIST)
        loss = torch.nn.functional.cross_entropy(scores, torch.zeros(len(scores), dtype=torch.long))
        loss.backward()
        for p, m in trained:
            m.grad, p.grad = (p.grad.float() if p.grad is not None else None), None
        torch.nn.utils.clip_grad_norm_([m for _, m in trained], 1.0)
        for group in optimizer.param_groups:
            group["lr"] = args.rate * min(1.0, done / 0.05) * (1 - done)
        optimizer.step()
        with torch.no_grad():
            for p, m in trained:
                p.copy_(m)
        seen += len(scores)
        running = 0.98 * running + 0.02 * loss.item() if running else loss.item()
        if time.time() - logged > 30:
            logged = time.time()
            print(f"{done:.3f} lists {seen} loss {running:.4f}", flush=True)
    with torch.no_grad():
        model.to(torch.float32)
        for p, m in zip(model.parameters(), master, strict=True):
            p.copy_(m)
    model.eval()


def main() -> None:
    """Train, and save the float32 model with its tokenizer in ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--without", nargs="*", default=[], help="beginnings of the names of sources to leave out")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--batch", type=int, default=8, help="lists in a batch")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    left_out = {
        pair["claim"] for pair in read_pairs(args.data) if pair["source"].startswith(tuple(args.without) or ("\0",))
    }
    pairs = [p for p in read_pairs(args.data) if p["source"].startswith(SOURCES) and p["claim"] not in left_out]
    sentences, evidence, none = gather(pairs)
    asked = with_rivals(sentences, evidence, none)
    print(f"{len(asked)} claims, {len(sentences)} sentences", flush=True)
    folder = fetch_backbone("minilm", args.out.parent)
    config = AutoConfig.from_pretrained(folder, num_labels=1, attn_implementation="eager")
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    model = AutoModelForSequenceClassification.from_pretrained(folder, config=config, dtype=torch.float32)
    tokenizer = load_tokenizer(folder)
    tokenizer.enable_truncation(PIECES, strategy="longest_first")
    train(model, batches(asked, sentences, tokenizer, args.batch, random.Random(args.seed)), args)
    model.save_pretrained(args.out)
    tokenizer.save(str(args.out / "tokenizer.json"))


if __name__ == "__main__":
    main()
