from pathlib import Path

import pytest

from factcheck.corpus.index import open_index
from factcheck.corpus.origins import resemblance, sketch

WIRE = " ".join(
    f"Officials in district {number} said on day {number * 3} that water reached {number * 11} houses near the canal."
    for number in range(1, 16)
)
OTHER = " ".join(
    f"The museum bought painting {number} from a dealer who asked for {number * 13} crowns in the spring sale."
    for number in range(1, 16)
)


def test_sketches_estimate_the_share_of_common_text() -> None:
    cut = WIRE[: len(WIRE) * 2 // 3]
    assert resemblance(sketch(WIRE), sketch(WIRE)) == 1
    assert resemblance(sketch(WIRE), sketch(cut)) == pytest.approx(2 / 3, abs=0.2)
    assert resemblance(sketch(WIRE), sketch(OTHER)) < 0.1
    assert sketch("Too short to tell.") == []


def test_wire_copy_has_one_origin_in_whatever_run_it_comes(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "agency.txt").write_text(WIRE)
    (corpus / "museum.txt").write_text(OTHER)
    (corpus / "short.txt").write_text("It rained.")
    (corpus / "short-too.txt").write_text("It rained.")
    with open_index(tmp_path / "store") as index:
        index.sync(corpus)
        (corpus / "gazette.txt").write_text("Our correspondent writes. " + WIRE.upper())
        (corpus / "herald.txt").write_text(WIRE + " The weather was mild for the season.")
        index.sync(corpus)
        origins = {listed.source.id: listed.source.origin for listed in index.listing()}
        [hits] = index.search(["water reached houses near the canal"], 20)
    assert origins == {
        "agency": "agency", "gazette": "agency", "herald": "agency", "museum": "museum", "short": "short",
        "short-too": "short-too",
    }  # fmt: skip
    assert {hit.source.origin for hit in hits if hit.source.id in ("agency", "gazette", "herald")} == {"agency"}
