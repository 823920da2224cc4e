"""A model's folder, which may be of the user's own making."""

import json
from pathlib import Path

import pytest

from factcheck.errors import ModelError
from factcheck.models.onnx import WEIGHTS, OnnxModel

CARD = json.loads((WEIGHTS / "nli-small" / "model.json").read_text())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a shipped model without the digests of its small files."""
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).symlink_to(WEIGHTS / "nli-small" / name)
    return tmp_path


@pytest.mark.parametrize(
    ("card", "says"),
    [
        ({name: CARD[name] for name in CARD if name != "sha256"}, "does not say 'sha256'"),
        ({name: CARD[name] for name in CARD if name != "max_tokens"}, "does not say 'max_tokens'"),
        (CARD | {"max_tokens": "many"}, "cannot read the model"),
        (CARD | {"max_tokens": -1}, "cannot read the model"),
        ([CARD], "cannot read the model"),
        (CARD | {"sha256": None}, "sha256 differs"),
    ],
)
def test_a_card_without_what_it_must_say_is_named_in_one_line(folder: Path, card: object, says: str) -> None:
    (folder / "model.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match=says) as error:
        OnnxModel(folder)
    assert "\n" not in str(error.value)


def test_a_sound_card_will_do(folder: Path) -> None:
    (folder / "model.json").write_text(json.dumps(CARD))
    assert OnnxModel(folder).sha256 == CARD["sha256"]
