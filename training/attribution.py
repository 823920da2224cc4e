"""Fine-tune the tagger: attribution (source, cue, content) and, from the same vectors, the grammar of the sentence.

Attribution is learned from annotated articles; part of speech, dependency and named entity are learned from what
``training.grammar`` wrote for the same articles, so that no parser has to be shipped. One label of each kind is
predicted for every word piece, and its head by a dot product of two projections (after Dozat and Manning, 2017,
without the bilinear term). The recipe is that of ``training.nli``.

    python -m training.attribution --data train.jsonl.gz articles.jsonl.gz --grammar grammar.jsonl.gz --minutes 20 \
        --out work/attribution --ship ../factcheck/models/weights/attribution

Articles without attributions teach grammar alone.

With ``--start`` a run goes on from what others saved, from the mean of their weights where there are several (Wortsman
et al., 2022); ``--minutes 0`` then ships that mean.
"""

from __future__ import annotations

import argparse
import bisect
import gzip
import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from training.backbones import fetch_backbone
from training.export import Logits, export
from training.sums import write_sums

#: Word pieces in a window, with the marks at both ends.
WINDOW = 256
ROLES = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
#: The tag of a word piece that does not begin a word.
INSIDE = "_"
KINDS = ("role", "tag", "dependency", "entity")
WEIGHTS = {"role": 1.0, "tag": 0.25, "dependency": 0.25, "entity": 0.25, "head": 0.25}
ARC_SIZE = 128
IGNORED = -100


@dataclass(frozen=True)
class Tagged:
    """A tokenised article: ``ids`` and ``capital`` (pieces), ``labels`` (pieces, kinds), ``heads`` (pieces).

    A label or head that is not known is ``IGNORED``; ``capital`` is 1 where a piece begins with a capital letter.
    """

    ids: np.ndarray
    capital: np.ndarray
    labels: np.ndarray
    heads: np.ndarray


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read gzipped JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def label_sets(grammar: list[dict[str, Any]]) -> dict[str, list[str]]:
    """List the labels of each kind that the data knows."""
    words = [word for article in grammar for word in article["words"]]
    return {
        "role": list(ROLES),
        "tag": [INSIDE, *sorted({word[2] for word in words})],
        "dependency": sorted({word[3] for word in words}),
        "entity": sorted({word[5] for word in words}),
    }


def tag_article(
    article: dict[str, Any], words: list[list[Any]], tokenizer: Tokenizer, index: dict[str, dict[str, int]]
) -> Tagged:
    """Lay the annotations of an article on its word pieces; one without attributions is not annotated for roles."""
    encoding = tokenizer.encode(article["text"].replace("\n", "¶"), add_special_tokens=False)
    starts = [start for start, _ in encoding.offsets]
    labels = np.full((len(starts), len(KINDS)), IGNORED)
    if "attributions" in article:
        labels[:, 0] = index["role"]["O"]
    labels[:, 1] = index["tag"][INSIDE]
    for attribution in article.get("attributions", []):
        for role in ("source", "cue", "content"):
            for start, end in attribution[role]:
                first, last = bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)
                labels[first:last, 0] = index["role"][f"I-{role}"]
                labels[first : first + (first < last), 0] = index["role"][f"B-{role}"]
    pieces = word_pieces(words, encoding.offsets)
    heads = np.full(len(starts), IGNORED)
    for word, piece in zip(words, pieces, strict=True):
        if piece is not None:
            labels[piece, 1:] = index["tag"][word[2]], index["dependency"][word[3]], index["entity"][word[5]]
            head = pieces[word[4]]
            heads[piece] = IGNORED if head is None else head
    capital = np.array([int(article["text"][start].isupper()) for start in starts])
    return Tagged(np.array(encoding.ids), capital, labels, heads)


def word_pieces(words: list[list[Any]], offsets: list[tuple[int, int]]) -> list[int | None]:
    """Return for each word the piece that stands for it: the one it begins in, or the next where that is taken."""
    ends, taken, pieces = [end for _, end in offsets], -1, []
    for start, end, *_ in words:
        piece = max(bisect.bisect_right(ends, start), taken + 1)
        fits = piece < len(offsets) and offsets[piece][0] < end
        pieces.append(piece if fits else None)
        taken = piece if fits else taken
    return pieces


def windows(articles: list[Tagged], rng: random.Random) -> Iterator[Tagged]:
    """Yield stretches of articles for ever, cut at other places each time."""
    size = WINDOW - 2
    while True:
        cuts = []
        for article in articles:
            first = rng.randrange(-size + 1, 1)
            cuts += [(article, start) for start in range(first, len(article.ids), size)]
        rng.shuffle(cuts)
        for article, start in cuts:
            stretch = slice(max(start, 0), start + size)
            if len(article.ids[stretch]) > size // 8:
                yield Tagged(
                    article.ids[stretch],
                    article.capital[stretch],
                    article.labels[stretch],
                    article.heads[stretch] - stretch.start,
                )


def collate(batch: list[Tagged], tokenizer: Tokenizer) -> tuple[dict[str, torch.Tensor], torch.Tensor, torch.Tensor]:
    """Pad to ``WINDOW``: the model's inputs, labels (batch, pieces, kinds) and heads (batch, pieces).

    The tokenizer drops case; the encoder's token types, which nothing else needs here, tell what it drops.
    """
    ids = np.zeros((len(batch), WINDOW), np.int64)
    mask, capital = np.zeros_like(ids), np.zeros_like(ids)
    labels = np.full((len(batch), WINDOW, len(KINDS)), IGNORED)
    heads = np.full((len(batch), WINDOW), IGNORED)
    for row, window in enumerate(batch):
        size = len(window.ids)
        ids[row, : size + 2] = [tokenizer.token_to_id("[CLS]"), *window.ids, tokenizer.token_to_id("[SEP]")]
        mask[row, : size + 2] = 1
        capital[row, 1 : size + 1] = window.capital
        labels[row, 1 : size + 1] = window.labels
        inside = (window.heads >= 0) & (window.heads < size)
        heads[row, 1 : size + 1] = np.where(inside, window.heads + 1, IGNORED)
    inputs = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
    inputs["token_type_ids"] = torch.from_numpy(capital)
    return inputs, torch.from_numpy(labels), torch.from_numpy(heads)


class TaggerNet(torch.nn.Module):
    """An encoder with one linear head over all labels, and two projections whose dot products are the arcs."""

    def __init__(self, folder: Path, labels: int) -> None:
        """Load the encoder from ``folder`` without dropout; ``labels`` counts the labels of all kinds."""
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            folder, dtype=torch.float32, attn_implementation="eager", add_pooling_layer=False,
            hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        )  # fmt: skip
        with torch.no_grad():  # a capital letter says nothing before the training
            types = self.encoder.embeddings.token_type_embeddings.weight
            types[1] = types[0]
        size = self.encoder.config.hidden_size
        self.classifier = torch.nn.Linear(size, labels)
        self.dependent = torch.nn.Linear(size, ARC_SIZE)
        self.head = torch.nn.Linear(size, ARC_SIZE)

    def forward(self, **inputs: torch.Tensor) -> SimpleNamespace:
        """Return ``logits`` (batch, pieces, labels + pieces): the labels of every kind, then the arcs to each piece."""
        hidden = self.encoder(**inputs).last_hidden_state
        arcs = self.dependent(hidden) @ self.head(hidden).transpose(1, 2) / math.sqrt(ARC_SIZE)
        return SimpleNamespace(logits=torch.cat([self.classifier(hidden), arcs], dim=-1))


def losses(logits: torch.Tensor, labels: torch.Tensor, heads: torch.Tensor, sizes: list[int]) -> torch.Tensor:
    """Return the weighted sum of the cross entropies of every kind of label and of the heads."""
    *by_kind, arcs = logits.float().split([*sizes, WINDOW], dim=-1)
    total = WEIGHTS["head"] * torch.nn.functional.cross_entropy(
        arcs.flatten(0, 1), heads.flatten(), ignore_index=IGNORED
    )
    for number, (kind, scores) in enumerate(zip(KINDS, by_kind, strict=True)):
        target = labels[..., number].flatten()
        if bool((target != IGNORED).any()):  # the mean of no losses is no number
            total = total + WEIGHTS[kind] * torch.nn.functional.cross_entropy(
                scores.flatten(0, 1), target, ignore_index=IGNORED
            )
    return total


def train(
    net: TaggerNet, articles: list[Tagged], tokenizer: Tokenizer, sizes: list[int], args: argparse.Namespace
) -> None:
    """Train ``net`` in place until ``args.minutes`` have passed."""
    stream = windows(articles, random.Random(args.seed))
    frozen = {id(p) for p in net.encoder.get_input_embeddings().parameters()}
    fresh = {id(p) for part in (net.classifier, net.dependent, net.head) for p in part.parameters()}
    master = [p.detach().clone() for p in net.parameters()]
    net.to(torch.bfloat16).train()
    for p in net.encoder.get_input_embeddings().parameters():
        p.requires_grad_(False)
    trained = [(p, m) for p, m in zip(net.parameters(), master, strict=True) if id(p) not in frozen]
    groups = [
        {"params": [m for p, m in trained if id(p) not in fresh], "top": args.rate},
        {"params": [m for p, m in trained if id(p) in fresh], "top": 5 * args.rate},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    start, steps, running, logged = time.time(), 0, 0.0, time.time()
    while (done := (time.time() - start) / (args.minutes * 60)) < 1:
        inputs, labels, heads = collate([next(stream) for _ in range(args.batch)], tokenizer)
        loss = losses(net(**inputs).logits, labels, heads, sizes)
        loss.backward()
        for p, m in trained:
            m.grad, p.grad = (p.grad.float() if p.grad is not None else None), None
        torch.nn.utils.clip_grad_norm_([m for _, m in trained], 1.0)
        for group in optimizer.param_groups:
            group["lr"] = group["top"] * min(1.0, done / 0.05) * (1 - done)
        optimizer.step()
        with torch.no_grad():
            for p, m in trained:
                p.copy_(m)
        steps += 1
        running = 0.98 * running + 0.02 * loss.item() if running else loss.item()
        if time.time() - logged > 15:
            logged = time.time()
            print(f"{done:.3f} step {steps} loss {running:.4f}", flush=True)
    with torch.no_grad():
        net.to(torch.float32)
        for p, m in zip(net.parameters(), master, strict=True):
            p.copy_(m)
    net.eval()


def ship(net: TaggerNet, tokenizer: Tokenizer, labels: dict[str, list[str]], out: Path) -> None:
    """Write the int8 model, its tokenizer and ``model.json`` to ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    sha256 = export(Logits(net, names), names, out / "model.onnx", output_axes={0: "batch", 1: "length", 2: "columns"})
    tokenizer.save(str(out / "tokenizer.json"))
    card = {"sha256": sha256, "max_tokens": WINDOW, "labels": labels}
    (out / "model.json").write_text(json.dumps(card, indent=1) + "\n")
    write_sums(out)


def main() -> None:
    """Train, save the float32 weights in ``--out`` and the shipped model in ``--ship``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--grammar", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--batch", type=int, default=8, help="windows in a batch")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--start", type=Path, nargs="*", default=[], help="model.pt of earlier runs on the same labels")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--ship", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    folder = fetch_backbone("minilm", args.out.parent)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    grammar = read_lines(args.grammar)
    labels = label_sets(grammar)
    index = {kind: {label: number for number, label in enumerate(names)} for kind, names in labels.items()}
    words = {article["id"]: article["words"] for article in grammar}
    annotated = [article for path in args.data for article in read_lines(path)]
    articles = [tag_article(article, words[article["id"]], tokenizer, index) for article in annotated]
    sizes = [len(labels[kind]) for kind in KINDS]
    print(f"{len(articles)} articles, {sum(len(a.ids) for a in articles)} pieces, labels {sizes}", flush=True)
    net = TaggerNet(folder, sum(sizes))
    if started := [torch.load(path, weights_only=True) for path in args.start]:
        net.load_state_dict({name: torch.stack([each[name] for each in started]).mean(dim=0) for name in started[0]})
    if args.minutes:
        train(net, articles, tokenizer, sizes, args)
    net.eval()
    torch.save(net.state_dict(), args.out / "model.pt")
    ship(net, tokenizer, labels, args.ship)


if __name__ == "__main__":
    main()
