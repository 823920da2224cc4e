"""Where the vectors are: in a folder of this machine, or on a Chroma server."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import chromadb
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings

from factcheck.errors import CorpusError
from factcheck.settings import Settings

_PORTS = {"http": 8000, "https": 443}


@dataclass(frozen=True)
class Server:
    """A Chroma server: its address, a token that it wants as bearer, and the certificates to trust (a PEM file)."""

    url: str
    token: str | None = field(default=None, repr=False)
    certificates: Path | None = None

    @classmethod
    def of(cls, settings: Settings) -> Server | None:
        """Return the server that is set, if one is."""
        token = settings.chroma_token.get_secret_value() if settings.chroma_token else None
        return cls(settings.chroma, token, settings.chroma_certificates) if settings.chroma else None


def connect(folder: Path, server: Server | None) -> Client:
    """Return a client of ``server`` or, without one, of the files in ``folder``; neither reports home.

    Raises:
        CorpusError: the address is none, or nobody answers there.
    """
    if not server:
        client = chromadb.PersistentClient(folder, ChromaSettings(anonymized_telemetry=False))
        return cast(Client, client)  # its declared type lacks close()
    address = urlsplit(server.url)
    if address.scheme not in _PORTS or not address.hostname:
        raise CorpusError(f"{server.url!r} is no address of a Chroma server; give one such as http://localhost:8000")
    settings = ChromaSettings(anonymized_telemetry=False)
    if server.certificates:
        settings.chroma_server_ssl_verify = str(server.certificates)
    try:
        client = chromadb.HttpClient(
            address.hostname,
            address.port or _PORTS[address.scheme],
            ssl=address.scheme == "https",
            headers={"Authorization": f"Bearer {server.token}"} if server.token else None,
            settings=settings,
        )
    except ValueError as error:  # what HttpClient makes of any failure to connect
        raise CorpusError(
            f"no Chroma server answers at {server.url}; start it, or check the setting `chroma`"
        ) from error
    return cast(Client, client)
