import os
from datetime import date
from pathlib import Path

import pytest

from factcheck.corpus.readers import Skipped, UnreadableError, find_files, read_document
from factcheck.records import Tier

FULL = b"""---
title: "Votes on resolution 7"
publisher: United Nations
published: 2011-03-17
url: https://example.org/7
tier: primary
topic: ignored
---

Ten members voted in favour.
"""


def test_front_matter_describes_the_source_and_is_not_part_of_the_text() -> None:
    document = read_document("votes/res-7", ".md", FULL)
    assert document.source.title == "Votes on resolution 7"
    assert document.source.publisher == "United Nations"
    assert document.source.published == date(2011, 3, 17)
    assert document.source.url == "https://example.org/7"
    assert document.source.tier is Tier.PRIMARY
    assert document.text.strip() == "Ten members voted in favour."


def test_nothing_but_text_is_required() -> None:
    source = read_document("notes/res-1973_votes", ".txt", b"Ten members voted.").source
    assert (source.title, source.published, source.tier) == ("res 1973 votes", None, Tier.SECONDARY)
    assert read_document("a", ".md", b"# The vote #\n\nTen.").source.title == "The vote"


def test_byte_order_mark_and_line_ends_are_normalised() -> None:
    assert read_document("a", ".txt", b"\xef\xbb\xbfone\r\ntwo\rthree").text == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x00\x01", "binary"),
        (b"caf\xe9", "not UTF-8"),
        (b"  \n", "no text"),
        (b"---\ntitle: [\n---\ntext", "not valid YAML"),
        (b"---\npublished: last spring\n---\ntext", "published"),
        (b"---\npublished: 2011-02-31\n---\ntext", "front matter"),
        (b"---\ntier: gospel\n---\ntext", "tier"),
        (b"---\n- a list\n---\ntext", "front matter"),
        (b"---\ntitle: !!python/object/apply:os.system [ls]\n---\ntext", "not valid YAML"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_document("a", ".md", data)


def test_files_are_found_in_a_fixed_order_and_the_rest_is_reported(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("secret")
    corpus = tmp_path / "corpus"
    (corpus / "b" / ".git").mkdir(parents=True)
    for name in ("b/two.md", "one.txt", "one.md", "photo.png", ".hidden.md", "b/.git/x.md"):
        (corpus / name).write_text("text")
    (corpus / "link.md").symlink_to(outside)
    (corpus / "folder").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(corpus / "pipe.txt")
    found = list(find_files(corpus))
    assert [path.relative_to(corpus).as_posix() for path in found if isinstance(path, Path)] == ["one.md", "b/two.md"]
    reasons = {item.path: item.reason for item in found if isinstance(item, Skipped)}
    assert set(reasons) == {"link.md", "one.txt", "photo.png", "pipe.txt"}
    assert "leads out" in reasons["link.md"]
    assert "same name as one.md" in reasons["one.txt"]
