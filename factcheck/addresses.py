"""Web addresses, as far as they can be told without going there."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

SCHEMES = ("http://", "https://")


def is_page(path: str) -> bool:
    """Tell a web address from a path."""
    return path.lower().startswith(SCHEMES)


def without_credentials(address: str) -> str:
    """Return the address without a user's name and password, for messages and reports."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
