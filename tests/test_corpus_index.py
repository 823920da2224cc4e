import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from factcheck.corpus import store as store_module
from factcheck.corpus.index import open_index
from factcheck.errors import CorpusError
from factcheck.records import Article, Attribution, Claim, Tier

DOCUMENTS = {
    "un/vote.md": (
        "---\ntitle: Council vote\npublisher: United Nations\npublished: 2011-03-17\ntier: primary\n---\n"
        "Ten members of the council voted in favour of the resolution. Five members abstained from the vote.\n"
    ),
    "weather.md": (
        "---\ntitle: Weather in Oslo\npublished: 2012-01-05\n---\n"
        "Snow fell on Oslo for three days. The trains to the airport stood still.\n"
    ),
    "cooking.txt": "Lentils are boiled for twenty minutes. Salt is added at the end.\n",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name, text in DOCUMENTS.items():
        file = tmp_path / "corpus" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "corpus"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


class Units:
    """A progress display that notes the steps and the units done."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, int]] = []
        self.done = 0

    @contextmanager
    def __call__(self, step: str, units: int) -> Iterator[object]:
        self.steps.append((step, units))
        yield self.advance

    def advance(self, units: int) -> None:
        self.done += units


def test_the_nearest_passage_comes_first_with_its_source_and_offsets(corpus: Path, store: Path) -> None:
    with open_index(store) as index:
        index.sync(corpus)
        votes, weather = index.search(["How many members abstained?", "snow in the Norwegian capital"], 2)
    assert len(votes) == len(weather) == 2
    assert votes[0].source.id == "un/vote"
    assert (votes[0].source.title, votes[0].source.tier) == ("Council vote", Tier.PRIMARY)
    assert votes[0].score >= votes[1].score
    assert weather[0].source.id == "weather"
    for passage in votes + weather:
        body = DOCUMENTS.get(f"{passage.source.id}.md", DOCUMENTS["cooking.txt"]).rpartition("---\n")[2]
        assert body[passage.start : passage.end] == passage.text


def test_the_title_helps_to_find_a_passage_but_is_not_part_of_it(corpus: Path, store: Path) -> None:
    with open_index(store) as index:
        index.sync(corpus)
        [[first, *_]] = index.search(["Oslo trains airport weather"], 1)
    assert first.text.startswith("Snow fell")


def test_a_name_that_the_encoder_does_not_know_is_found_by_its_letters(corpus: Path, store: Path) -> None:
    for number in range(150):
        (corpus / f"log-{number}.txt").write_text(f"Shipment {number} left the harbour and reached the northern depot.")
    (corpus / "needle.txt").write_text("Lot ZX81QQ was returned to the depot in the spring because of a broken seal.")
    with open_index(store) as index:
        index.sync(corpus)
        [hits] = index.search(["Shipment ZX81QQ left the harbour and reached the northern depot."], 30)
    assert "needle" in [passage.source.id for passage in hits]
    assert [*store.rglob("index_metadata.pickle")], "Chroma's graph is written out, not made again by who opens it"


def test_a_second_run_embeds_nothing_and_a_change_touches_only_its_document(corpus: Path, store: Path) -> None:
    with open_index(store) as index:
        first = index.sync(corpus)
        assert (first.added, first.unchanged) == (3, 0)
    with open_index(store) as index:
        units = Units()
        again = index.sync(corpus, units)
        assert (again.added, again.changed, again.removed, again.unchanged) == (0, 0, 0, 3)
        assert units.steps == []

        (corpus / "weather.md").write_text("A heat wave reached Oslo in July.")
        (corpus / "cooking.txt").unlink()
        (corpus / "new.txt").write_text("The bridge was opened by the mayor.")
        changes = index.sync(corpus, units)
        assert (changes.added, changes.changed, changes.removed, changes.unchanged) == (1, 1, 1, 1)
        assert units.steps[0][1] == units.done
        assert index.state().documents == 3
        [hits] = index.search(["snow fell on Oslo, lentils are boiled, the mayor opened a bridge"], 10)
    texts = " ".join(passage.text for passage in hits)
    assert "heat wave" in texts and "mayor" in texts
    assert "Snow" not in texts and "Lentils" not in texts


def test_a_document_that_shrinks_leaves_no_old_passages(corpus: Path, store: Path) -> None:
    long = " ".join(f"Paragraph number {number} tells of the harbour and its many ships." for number in range(60))
    (corpus / "cooking.txt").write_text(long)
    with open_index(store) as index:
        index.sync(corpus)
        before = index.state().passages
        (corpus / "cooking.txt").write_text("The harbour has no ships.")
        index.sync(corpus)
        assert index.state().passages < before
        [hits] = index.search(["harbour ships paragraph"], 50)
        assert sum(passage.source.id == "cooking" for passage in hits) == 1


def test_as_of_hides_later_and_undated_documents(corpus: Path, store: Path) -> None:
    with open_index(store) as index:
        index.sync(corpus)
        [hits] = index.search(["Oslo snow, lentils and the vote of the council"], 10, date(2011, 3, 17))
        assert {passage.source.id for passage in hits} == {"un/vote"}
        [none] = index.search(["council vote"], 10, date(2011, 3, 16))
        assert none == []


def test_files_that_cannot_be_read_are_reported_and_the_rest_goes_in(corpus: Path, store: Path) -> None:
    (corpus / "broken.md").write_bytes(b"\xff\xfe\x00")
    with open_index(store) as index:
        changes = index.sync(corpus)
        assert [item.path for item in changes.skipped] == ["broken.md"]
        assert changes.added == 3
        (corpus / "weather.md").write_bytes(b"\x00")
        assert index.sync(corpus).removed == 1, "what can no longer be read is no evidence any more"


def claim(number: int, text: str) -> Claim:
    return Claim(
        id=f"c{number}", text=text, quote=text, start=0, end=len(text), line=1, check_worthiness=1,
        attribution=Attribution(speaker="Ana Ruiz", kind="direct", cue="said"),
    )  # fmt: skip


def test_claims_are_remembered_once_for_each_article(store: Path) -> None:
    article = Article.from_text("The tower is tall. The tower is tall.", path="a.txt", date=date(2020, 1, 2))
    claims = [claim(1, "The tower is tall."), claim(2, "The tower is tall."), claim(3, "The tower is new.")]
    with open_index(store) as index:
        index.remember(claims, article)
        index.remember(claims, article)
        index.remember([], article)
        index.remember(claims[:1], Article.from_text("The tower is tall.", path="b.txt"))
    chroma = subprocess.run(
        [
            sys.executable, "-c",
            "import chromadb, json, sys\n"
            "claims = chromadb.PersistentClient(sys.argv[1]).get_collection('claims', embedding_function=None)\n"
            "print(json.dumps(claims.get()))",
            str(store / "chroma"),
        ],
        capture_output=True, text=True, check=True, env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
    )  # fmt: skip
    stored = json.loads(chroma.stdout)
    assert sorted(stored["documents"]) == ["The tower is new.", "The tower is tall.", "The tower is tall."]
    assert {entry["article"] for entry in stored["metadatas"]} == {"a.txt", "b.txt"}


@pytest.mark.parametrize("content", [None, {}, {"photo.png": b"x"}, {"empty.md": b""}])
def test_a_corpus_without_documents_says_what_to_do(tmp_path: Path, content: dict[str, bytes] | None) -> None:
    folder = tmp_path / "reference"
    if content is not None:
        folder.mkdir()
        for name, data in content.items():
            (folder / name).write_bytes(data)
    with open_index(tmp_path / "store") as index, pytest.raises(CorpusError, match="corpus") as error:
        index.sync(folder)
    assert "\n" not in str(error.value)


def test_a_second_writer_is_told(corpus: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "PATIENCE", 0.05)
    with open_index(store) as index:
        index.sync(corpus)
        with FileLock(store / "write.lock"):
            with pytest.raises(CorpusError, match="another process is writing"):
                index.sync(corpus)
            assert index.search(["council vote"], 1)[0], "reading goes on while another writes"


@pytest.mark.parametrize("damaged", ["chroma/chroma.sqlite3", "catalogue.sqlite3"])
@pytest.mark.parametrize("data", [b"garbage", b""])
def test_a_damaged_store_is_reported_in_one_line(corpus: Path, store: Path, damaged: str, data: bytes) -> None:
    with open_index(store) as index:
        index.sync(corpus)
    (store / damaged).write_bytes(data)
    for log in store.glob(f"{damaged}-*"):
        log.unlink()
    with pytest.raises(CorpusError, match="delete that folder") as error, open_index(store) as index:
        index.sync(corpus)
    assert "\n" not in str(error.value)


def test_a_damaged_index_of_words_is_reported(corpus: Path, store: Path) -> None:
    with open_index(store) as index:
        index.sync(corpus)
    (store / "words" / "meta.json").write_bytes(b"garbage")
    with pytest.raises(CorpusError, match="delete that folder"):
        open_index(store)


def test_a_store_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CorpusError, match="folder"):
        open_index(tmp_path / "file")
