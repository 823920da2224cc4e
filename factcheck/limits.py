"""How much is read from outside, and from where: what a hostile file, page or stream can cost at most."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on what is read.

    Attributes:
        article: bytes of an article's text; every sentence of it is worked on, so it is far lower than the other.
        document: bytes of a file, of what is unpacked from it, of a page, and of a row of a table.
        private: whether pages may come from loopback and private addresses.
    """

    article: int = 1_000_000
    document: int = 64_000_000
    private: bool = False


#: The bounds where no settings say otherwise.
USUAL = Limits()


def megabytes(size: int) -> str:
    """Say a limit in words."""
    return f"{size / 1_000_000:g} MB"
