"""Vectors that travel with a corpus folder: taken where they fit, and no more than a hint where they do not."""

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from factcheck.cli import app
from factcheck.corpus.index import VECTOR_FILE, open_index
from factcheck.corpus.vector_file import VectorFile, pack
from factcheck.models import encoder as encoder_module
from factcheck.models.encoder import DIMENSIONS, Encoder
from factcheck.verification.windows import texts_compared, windows_of

SHIPPED = Path(__file__).parent.parent / "corpus"
TEXTS = {
    "oslo.md": "---\ntitle: Weather in Oslo\n---\nSnow fell on Oslo for three days. The trains stood still.\n",
    "lentils.txt": "Lentils are boiled for twenty minutes. Salt is added at the end.\n",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that the encoder is given from now on."""
    seen: list[str] = []
    embed = Encoder._embed

    def watch(self: Encoder, texts: list[str]) -> np.ndarray:
        seen.extend(texts)
        return embed(self, texts)

    monkeypatch.setattr(Encoder, "_embed", watch)
    monkeypatch.setattr(encoder_module, "_kept", lambda _: {})
    return seen


def held(store: Path, corpus: Path) -> dict[str, np.ndarray]:
    """Index the corpus into a new store, and return what it holds for each text."""
    with open_index(store) as index:
        index.sync(corpus)
        return {text.page_content: vector for text, vector in index._store.every()}


def test_what_came_with_the_folder_is_not_embedded_again(corpus: Path, tmp_path: Path, embedded: list[str]) -> None:
    run = CliRunner().invoke(app, ["corpus", "embed"])
    assert run.exit_code == 0
    assert "2 passages and 6 sentences" in run.output
    before = held(tmp_path / "one", corpus)
    embedded.clear()
    after = held(tmp_path / "two", corpus)
    assert embedded == []
    assert before.keys() == after.keys()
    for text, vector in before.items():
        assert vector @ after[text] == pytest.approx(1, abs=1e-3)


def test_only_what_has_changed_since_is_embedded(corpus: Path, tmp_path: Path, embedded: list[str]) -> None:
    CliRunner().invoke(app, ["corpus", "embed"])
    (corpus / "oslo.md").write_text("Rain fell on Oslo.\n", encoding="utf-8")
    embedded.clear()
    held(tmp_path / "two", corpus)
    assert [text.partition("\n")[2] for text in embedded] == ["Rain fell on Oslo."]


@pytest.mark.parametrize("damage", [np.nan, 0.0, 3.0])
def test_what_cannot_be_a_vector_of_length_1_is_embedded(
    corpus: Path, tmp_path: Path, embedded: list[str], damage: float
) -> None:
    held(tmp_path / "one", corpus)
    vectors = [(text, np.full(DIMENSIONS, damage)) for text in embedded]
    (corpus / VECTOR_FILE).write_bytes(pack(vectors, Encoder().name))
    found = held(tmp_path / "two", corpus)
    for text, vector in found.items():
        assert vector @ Encoder().vectors([text])[0] == pytest.approx(1, abs=1e-3)


def test_vectors_of_another_encoder_do_not_count(corpus: Path, tmp_path: Path, embedded: list[str]) -> None:
    held(tmp_path / "one", corpus)
    others = [(text, np.eye(DIMENSIONS)[0]) for text in embedded]
    (corpus / VECTOR_FILE).write_bytes(pack(others, "another"))
    assert all(vector[0] < 0.9 for vector in held(tmp_path / "two", corpus).values())


def in_zip() -> bytes:
    """Return what NumPy saves several arrays in."""
    file = io.BytesIO()
    np.savez(file, rows=np.zeros(3))
    return file.getvalue()


def headed(header: str) -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"\x93NUMPY\x01\x00",
        pack([], "x")[:-40],
        in_zip(),
        in_zip()[:-30],
        headed("{'descr': (("),
        headed("-" * 9000 + "1"),
        headed(f"{{'descr': '<u8', 'fortran_order': False, 'shape': ({10**30},)}}\n"),
    ],
    ids=range(9),
)
def test_a_file_of_something_else_is_reported_and_the_documents_are_indexed(corpus: Path, content: bytes) -> None:
    (corpus / VECTOR_FILE).write_bytes(content)
    (corpus.parent / "more.txt").write_text("The lake is deep.", encoding="utf-8")
    run = CliRunner().invoke(app, ["corpus", "add", str(corpus.parent / "more.txt")])
    assert run.exit_code == 3
    assert f"skipped {VECTOR_FILE}: there are no vectors in it" in run.output
    assert "3 added" in run.output


def test_a_link_is_not_followed(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(pack([], Encoder().name))
    (corpus / VECTOR_FILE).symlink_to(tmp_path / "elsewhere")
    with open_index(tmp_path / "store") as index:
        assert [skipped.path for skipped in index.sync(corpus).skipped] == [VECTOR_FILE]


def test_a_run_that_has_the_folder_s_vectors_embeds_nothing_but_the_article(
    corpus: Path, tmp_path: Path, embedded: list[str]
) -> None:
    CliRunner().invoke(app, ["corpus", "embed"])
    (tmp_path / "draft.txt").write_text("Snow fell on Oslo for two days.", encoding="utf-8")
    embedded.clear()
    assert CliRunner().invoke(app, ["claims", "draft.txt"]).exit_code == 0
    assert {text for text in embedded if "Oslo" in text} == {"Snow fell on Oslo for two days."}


def test_the_vectors_of_our_corpus_are_those_of_our_encoder_and_none_is_missing(
    tmp_path: Path, embedded: list[str]
) -> None:
    """Where this fails, `factcheck corpus embed` makes them anew."""
    vectors = held(tmp_path / "store", SHIPPED)
    assert embedded == []
    some = list(vectors)[::25]
    again = Encoder().vectors(some)
    assert min(vectors[text] @ vector for text, vector in zip(some, again, strict=True)) > 0.98
    with open_index(tmp_path / "store") as index:
        sentences = texts_compared(windows_of(index.passages(), ""))
    embedded.clear()
    Encoder(VectorFile.find(SHIPPED, Encoder().name)).vectors(sentences)
    assert len(embedded) < len(sentences) / 20  # a rule that writes dates out may change some; a new file is 1.6 MB
