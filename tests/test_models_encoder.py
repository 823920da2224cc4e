import json
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from factcheck.errors import ModelError
from factcheck.models import encoder as encoder_module
from factcheck.models import onnx as onnx_module
from factcheck.models.encoder import DIMENSIONS, Encoder
from factcheck.models.onnx import WEIGHTS, OnnxModel, has_vnni

CHALLENGES = Path(__file__).parent / "data/verification/challenge_dev.jsonl"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_vectors_have_length_one_and_keep_the_order_of_the_texts(encoder: Encoder) -> None:
    texts = ["A very long sentence about nothing much " * 20, "Rome.", "The council met on Monday in New York."]
    together = encoder.vectors(texts)
    assert together.shape == (3, DIMENSIONS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    alone = np.stack([encoder.vectors([text])[0] for text in texts])
    assert (together @ alone.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_vectors_are_right_whatever_came_before(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Rome.", "Snow fell.", "Rome.", "The council met.", "Oslo."]
    first = encoder.vectors(texts)
    monkeypatch.setattr(encoder_module, "KEPT", 2)
    for _ in range(2):
        assert np.array_equal(encoder.vectors(texts), first)
        assert np.array_equal(encoder.vectors(texts[::-1]), first[::-1])
    assert len(encoder._kept) == 2


def test_a_paraphrase_is_nearer_than_another_topic(encoder: Encoder) -> None:
    query = encoder.embed_query("Ten members of the council voted in favour of the resolution.")
    near, far = encoder.embed_documents(
        ["The resolution was backed by ten of the council's members.", "Cats sleep for most of the day."]
    )
    assert np.dot(query, near) > np.dot(query, far) + 0.2


def test_it_is_a_langchain_embeddings_and_takes_no_texts(encoder: Encoder) -> None:
    assert isinstance(encoder, Embeddings)
    assert encoder.embed_documents([]) == []
    assert encoder.vectors([]).shape == (0, DIMENSIONS)


def test_vectors_do_not_depend_on_what_the_processor_can_do(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["The council met on Monday in New York.", "Ten members voted in favour.", "Rome."]
    vectors = []
    for vnni in (False, has_vnni()):
        monkeypatch.setattr(onnx_module, "has_vnni", lambda vnni=vnni: vnni)
        onnx_module._load_shipped.cache_clear()
        vectors.append(Encoder().vectors(texts))
    onnx_module._load_shipped.cache_clear()
    assert np.allclose(vectors[0], vectors[1], atol=1e-5)


def test_a_processor_with_vnni_is_known_by_its_flags(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("flags\t\t: fpu avx2 avx512f avx512_vnni\n", encoding="utf-8")
    assert has_vnni(cpuinfo)
    old = tmp_path / "old"
    old.write_text("flags\t\t: fpu avx2\n", encoding="utf-8")
    assert not has_vnni(old)
    assert not has_vnni(tmp_path / "missing")


def test_the_model_card_names_the_weights_and_their_fidelity(encoder: Encoder) -> None:
    card = (WEIGHTS / "encoder" / "README.md").read_text(encoding="utf-8")
    sha256 = next(line.split("`")[-2] for line in card.splitlines() if line.startswith("| sha256"))
    assert encoder.name == f"encoder@{sha256[:12]}"
    mean = float(card.split("mean **")[1].split("**")[0])
    assert mean >= 0.98


def test_altered_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "encoder"
    folder.mkdir()
    for name in ("model.json", "tokenizer.json", "model.onnx"):
        (folder / name).write_bytes((WEIGHTS / "encoder" / name).read_bytes())
    with (folder / "model.onnx").open("ab") as weights:
        weights.write(b"x")
    monkeypatch.setattr(encoder_module, "WEIGHTS", tmp_path)
    with pytest.raises(ModelError, match="sha256"):
        Encoder()


def test_a_vector_does_not_depend_on_what_else_is_embedded(encoder: Encoder) -> None:
    texts = ["Rome.", "The council met on Monday in New York.", "A very long sentence about nothing much " * 20]
    together = encoder.vectors(texts)
    assert all(np.array_equal(encoder.vectors([text])[0], vector) for text, vector in zip(texts, together, strict=True))


def test_a_levelled_model_needs_no_slow_products_without_vnni(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_module, "has_vnni", lambda: False)
    rows = CHALLENGES.read_text(encoding="utf-8").splitlines()[::15]
    pairs = [(row["evidence"], row["claim"]) for row in map(json.loads, rows)]
    logits = []
    for levelled in (False, True):
        model = OnnxModel(WEIGHTS / "nli-base")
        assert model.card["levelled"]
        model.card = model.card | {"levelled": levelled}
        logits.append(model.outputs(model.encode(pairs)))
    assert np.abs(np.array(logits[0]) - np.array(logits[1])).mean() < 0.1
