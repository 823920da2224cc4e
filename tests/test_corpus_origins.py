import tracemalloc
from pathlib import Path

import pytest

from factcheck.corpus.index import CorpusIndex, open_index
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


def test_the_sketch_of_a_long_text_is_made_without_a_list_of_its_words() -> None:
    text = WIRE * 1000
    tracemalloc.start()
    sketch(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * len(text)


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


def origins_of(index: CorpusIndex) -> dict[str, str | None]:
    return {listed.source.id: listed.source.origin for listed in index.listing()}


@pytest.mark.parametrize("text", [OTHER, None, "It rained."])
def test_copies_of_a_document_that_is_another_text_now_have_their_origin_among_them(
    tmp_path: Path, text: str | None
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("agency", "gazette", "herald"):
        (corpus / f"{name}.txt").write_text(f"{WIRE} Printed by the {name}.")
    with open_index(tmp_path / "store") as index:
        index.sync(corpus)
        assert origins_of(index) == dict.fromkeys(("agency", "gazette", "herald"), "agency")
        (corpus / "agency.txt").write_text(f"{WIRE} Printed by the agency on Monday.")
        index.sync(corpus)
        assert origins_of(index) == dict.fromkeys(("agency", "gazette", "herald"), "agency")
        if text:
            (corpus / "agency.txt").write_text(text)
        else:
            (corpus / "agency.txt").unlink()
        index.sync(corpus)
        assert origins_of(index) == {"gazette": "gazette", "herald": "gazette"} | ({"agency": "agency"} if text else {})
        (corpus / "agency.txt").write_text(WIRE)
        index.sync(corpus)
        assert origins_of(index) == dict.fromkeys(("agency", "gazette", "herald"), "gazette")


def test_a_new_copy_of_what_a_document_was_is_no_copy_of_what_it_has_become(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "wire.txt").write_text(WIRE)
    with open_index(tmp_path / "store") as index:
        index.sync(corpus)
        (corpus / "wire.txt").write_text(OTHER)
        (corpus / "agency.txt").write_text(WIRE)  # comes first
        index.sync(corpus)
        assert origins_of(index) == {"agency": "agency", "wire": "wire"}
