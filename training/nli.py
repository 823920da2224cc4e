"""Fine-tune a cross-encoder for natural language inference: (evidence, claim) → stance.

The labels are SUPPORTS, REFUTES, NEI, in this order. The recipe is made for two cores without a GPU:
bfloat16 weights with a float32 master copy (float32 for both where the processor has no bfloat16), no dropout,
frozen word embeddings, batches of similar length padded to a few fixed lengths, and a learning rate that decays
over wall time, so that a run always ends when it was told to. A run may start from an earlier one, with the
lowest layers frozen.

    python -m training.nli --backbone mpnet --layers 10 --data train.jsonl.gz --minutes 90 --out work/base
    python -m training.nli --start work/base --frozen 4 --data train.jsonl.gz --minutes 90 --out work/base-2
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForSequenceClassification

from training.backbones import fetch_backbone

LABELS = ("SUPPORTS", "REFUTES", "NEI")
MAX_TOKENS = 192
LENGTHS = (32, 48, 64, 96, 128, MAX_TOKENS)
#: Sources whose claims are sentences of fact with retrieved evidence; the others teach inference in general.
FACT_SOURCES = (
    "fever", "fm2", "healthver", "climatefever", "covidfact", "checkcovid", "factcheckgpt",
    "politihop", "wice", "synthNEI", "scitail", "contrast", "written", "back",
)  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A tokenised pair: ``ids`` and ``types`` (int64 arrays of one length) and the label's index."""

    ids: np.ndarray
    types: np.ndarray
    label: int


def read_pairs(paths: list[Path]) -> list[dict[str, str]]:
    """Read JSON lines (claim, evidence, label, source), gzipped or not."""
    pairs = []
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            pairs += [json.loads(line) for line in lines]
    return pairs


def capped(pairs: list[dict[str, str]], most: int | None, rng: random.Random) -> list[dict[str, str]]:
    """Keep ``most`` pairs of each source, picked at random, so that large sources do not drown the others."""
    counts: Counter[str] = Counter()
    kept = []
    for pair in rng.sample(pairs, len(pairs)):
        counts[pair["source"]] += 1
        if most is None or counts[pair["source"]] <= most:
            kept.append(pair)
    return kept


def emphasised(pairs: list[dict[str, str]], sources: list[str]) -> list[dict[str, str]]:
    """Take the pairs of these sources twice: small sets of real claims weigh little beside one large one."""
    return pairs + [pair for pair in pairs if pair["source"].startswith(tuple(sources))]


def tokenise(pairs: list[dict[str, str]], tokenizer: Tokenizer) -> list[Example]:
    """Tokenise every pair, evidence first, truncated to ``MAX_TOKENS`` from the longer side."""
    encoded = tokenizer.encode_batch([(pair["evidence"], pair["claim"]) for pair in pairs])
    return [
        Example(np.array(e.ids), np.array(e.type_ids), LABELS.index(pair["label"]))
        for e, pair in zip(encoded, pairs, strict=True)
    ]


def shuffled_batches(examples: list[Example], size: int, rng: random.Random) -> Iterator[list[Example]]:
    """Yield batches of similar length for ever; a longer batch holds fewer examples."""
    while True:
        buckets: dict[int, list[Example]] = defaultdict(list)
        batches = []
        for example in rng.sample(examples, len(examples)):
            length = next(length for length in LENGTHS if len(example.ids) <= length)
            buckets[length].append(example)
            if len(buckets[length]) * length >= size * 64:
                batches.append(buckets.pop(length))
        rng.shuffle(batches)
        yield from batches


def collate(batch: list[Example], pad: int, with_types: bool) -> dict[str, torch.Tensor]:
    """Pad a batch to the next of ``LENGTHS``: tensors of shape (examples, length)."""
    longest = max(len(example.ids) for example in batch)
    length = next(length for length in LENGTHS if longest <= length)
    ids = np.full((len(batch), length), pad)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    for row, example in enumerate(batch):
        ids[row, : len(example.ids)] = example.ids
        types[row, : len(example.ids)] = example.types
        mask[row, : len(example.ids)] = 1
    inputs = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
    return inputs | ({"token_type_ids": torch.from_numpy(types)} if with_types else {})


def load_model(folder: Path, layers: int | None) -> torch.nn.Module:
    """Load a backbone with a fresh 3-way head, keeping only its lower ``layers`` layers."""
    config = AutoConfig.from_pretrained(folder, num_labels=len(LABELS), attn_implementation="eager")
    config.num_hidden_layers = layers or config.num_hidden_layers
    for name in ("hidden_dropout_prob", "attention_probs_dropout_prob", "classifier_dropout"):
        setattr(config, name, 0.0)
    return AutoModelForSequenceClassification.from_pretrained(folder, config=config, dtype=torch.float32)


def load_tokenizer(folder: Path) -> Tokenizer:
    """Load the folder's fast tokenizer, set to truncate pairs as the shipped engine does."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    return tokenizer


def train(model: torch.nn.Module, pairs: list[dict[str, str]], tokenizer: Tokenizer, args: argparse.Namespace) -> None:
    """Train ``model`` in place until ``args.minutes`` have passed, saving it every ten minutes."""
    rng = random.Random(args.seed)
    with_types = model.config.model_type == "bert"
    facts = [pair for pair in pairs if pair["source"].startswith(FACT_SOURCES)]
    general = [pair for pair in pairs if not pair["source"].startswith(FACT_SOURCES)]
    streams = [shuffled_batches(tokenise(part, tokenizer), args.batch, rng) for part in (facts, general)]
    print(f"{len(facts)} fact-verification pairs, {len(general)} general pairs", flush=True)

    embeddings = {id(p) for p in model.get_input_embeddings().parameters()}
    master = [p.detach().clone() for p in model.parameters()]
    model.to(torch.float32 if args.float32 else torch.bfloat16).train()
    low = [f".layer.{number}." for number in range(args.frozen)] + (["embeddings"] if args.frozen else [])
    for name, p in model.named_parameters():
        p.requires_grad_(id(p) not in embeddings and not any(part in name for part in low))
    trained = [(p, m) for p, m in zip(model.parameters(), master, strict=True) if p.requires_grad]
    decayed = [m for _, m in trained if m.ndim > 1]
    plain = [m for _, m in trained if m.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}],
        lr=args.rate, betas=(0.9, 0.98), fused=True,
    )  # fmt: skip
    loss_of = torch.nn.CrossEntropyLoss(label_smoothing=0.05)

    start, seen, running, saved, logged = time.time(), 0, 0.0, time.time(), time.time()
    while (done := (time.time() - start) / (args.minutes * 60)) < 1:
        share = args.share[0] + (args.share[1] - args.share[0]) * done
        batch = next(streams[0] if rng.random() < share else streams[1])
        inputs = collate(batch, model.config.pad_token_id, with_types)
        loss = loss_of(model(**inputs).logits.float(), torch.tensor([example.label for example in batch]))
        loss.backward()
        for p, m in trained:
            m.grad, p.grad = (p.grad.float() if p.grad is not None else None), None
        torch.nn.utils.clip_grad_norm_([m for _, m in trained], 1.0)
        for group in optimizer.param_groups:
            group["lr"] = args.rate * min(1.0, done / 0.03) * (1 - done)
        optimizer.step()
        with torch.no_grad():
            for p, m in trained:
                p.copy_(m)
        seen += len(batch)
        running = 0.98 * running + 0.02 * loss.item() if running else loss.item()
        if time.time() - logged > 30:
            logged = time.time()
            print(f"{done:.3f} seen {seen} rate {seen / (logged - start):.1f}/s loss {running:.4f}", flush=True)
        if time.time() - saved > 600:
            saved = time.time()
            torch.save(master, args.out / "master.pt")
    with torch.no_grad():
        model.to(torch.float32)
        for p, m in zip(model.parameters(), master, strict=True):
            p.copy_(m)
    model.eval()


def main() -> None:
    """Train, and save the float32 model with its tokenizer in ``--out``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    begin = parser.add_mutually_exclusive_group(required=True)
    begin.add_argument("--backbone", choices=("minilm", "mpnet"))
    begin.add_argument("--start", type=Path, help="the folder of an earlier run")
    parser.add_argument("--layers", type=int, help="keep only the lower layers")
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--batch", type=int, default=64, help="examples of 64 tokens in a batch")
    parser.add_argument(
        "--share", type=float, nargs=2, default=(0.35, 0.65), help="share of fact-verification batches at start and end"
    )
    parser.add_argument("--cap", type=int, help="pairs of one source at most")
    parser.add_argument("--twice", nargs="*", default=[], help="beginnings of the names of sources to take twice")
    parser.add_argument("--frozen", type=int, default=0, help="how many of the lowest layers stay as they are")
    parser.add_argument("--float32", action="store_true", help="for processors that are slow with bfloat16")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    folder = args.start or fetch_backbone(args.backbone, args.out.parent)
    tokenizer, model = load_tokenizer(folder), load_model(folder, args.layers)
    pairs = capped(read_pairs(args.data), args.cap, random.Random(args.seed))
    train(model, emphasised(pairs, args.twice), tokenizer, args)
    model.save_pretrained(args.out)
    tokenizer.save(str(args.out / "tokenizer.json"))


if __name__ == "__main__":
    main()
