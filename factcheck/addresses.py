"""Web addresses, as far as they can be told without going there."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

SCHEMES = ("http://", "https://")


def is_page(path: str) -> bool:
    """Tell a web address from a path."""
    return path.lower().startswith(SCHEMES)


def without_credentials(address: str) -> str:
    """Return the address without a user's name and password, for messages and reports."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def is_here(address: str) -> bool:
    """Tell whether the address is surely of this machine."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
