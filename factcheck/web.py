"""Fetching a page that somebody else named: bounded in size and time, and never from inside the user's own network."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.request import getproxies, proxy_bypass

import httpx

from factcheck.limits import Limits, megabytes

#: Seconds until a page is given up, however steadily it drips in.
SECONDS = 30.0
REDIRECTS = 5
#: Encodings whose pieces unpack to a bounded size; the client asks for no other.
_ENCODINGS = ("", "identity", "gzip", "deflate")
#: IPv6 addresses that stand for an IPv4 address (RFC 6052), and those of the public internet (RFC 4291, 2.4).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_UNICAST = ipaddress.ip_network("2000::/3")


class FetchError(Exception):
    """A page that cannot be had; the message is the reason that a user sees."""


@dataclass(frozen=True)
class Page:
    """What an address gave: its bytes and their media type, such as ``text/html``."""

    data: bytes
    kind: str


def fetch(address: str, limits: Limits) -> Page:
    """Download a page, following redirects.

    Each address on the way is resolved first, and the connection goes to the very address that was checked, so
    that neither a redirect nor a name can lead to loopback or private addresses unless ``limits.private``. Where
    the environment names a proxy, that makes the connections; names are then checked as this machine resolves them.

    Raises:
        FetchError: the address is not allowed, does not answer in time, or sends too much.
    """
    # A loop of its own, in a thread: only there is there a deadline for the whole, and the caller may have a loop.
    with ThreadPoolExecutor(1, thread_name_prefix="fetch") as pool:
        return pool.submit(asyncio.run, _fetch(address, limits)).result()


def is_public(address: str) -> bool:
    """Tell whether an IP address is of the public internet."""
    found: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        found = inner or (ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else found)
    routed = found.version == 4 or found in _UNICAST
    return routed and found.is_global and not found.is_multicast


async def _fetch(address: str, limits: Limits) -> Page:
    headers = {"User-Agent": "factcheck-assistant", "Accept-Encoding": "gzip, deflate"}
    guard = _Guard(limits)
    data = bytearray()
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpx.AsyncClient(
                transport=guard,
                event_hooks={"request": [guard.check]},
                follow_redirects=True,
                max_redirects=REDIRECTS,
                timeout=SECONDS,
                headers=headers,
            ) as client,
            client.stream("GET", address) as response,
        ):
            response.raise_for_status()
            if response.headers.get("content-encoding", "").lower() not in _ENCODINGS:
                raise FetchError("it is packed in a way that was not asked for")
            async for piece in response.aiter_bytes():
                data += piece
                if len(data) > limits.document:
                    raise FetchError(f"it is larger than {megabytes(limits.document)}; raise max_document_mb")
    except TimeoutError as error:
        raise FetchError(f"it took longer than {SECONDS:g} s") from error
    except httpx.HTTPStatusError as error:
        raise FetchError(f"the server says {error.response.status_code} {error.response.reason_phrase}") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise FetchError(reason) from error
    kind = response.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    return Page(bytes(data), kind)


class _Guard(httpx.AsyncHTTPTransport):
    """Connects to the address that it has checked, whatever the name resolves to a moment later."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits
        proxies = {scheme: address for scheme, address in getproxies().items() if scheme in ("http", "https", "all")}
        self._proxies = {
            scheme: httpx.AsyncHTTPTransport(proxy=address if "://" in address else f"http://{address}")
            for scheme, address in proxies.items()
        }

    async def check(self, request: httpx.Request) -> None:
        """Refuse a request to an address that is not allowed."""
        await self._resolve(request.url)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the checked address, with the name for the Host header and the certificate."""
        name, address = request.url.host, await self._resolve(request.url)
        proxy = self._proxies.get(request.url.scheme) or self._proxies.get("all")
        if proxy and not proxy_bypass(name):
            return await proxy.handle_async_request(request)
        # A request of its own: a redirect that names no host is followed from the address of the one that was asked.
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": name},
        )
        return await super().handle_async_request(pinned)

    async def aclose(self) -> None:
        """Close the connections, those to proxies included."""
        for proxy in self._proxies.values():
            await proxy.aclose()
        await super().aclose()

    async def _resolve(self, url: httpx.URL) -> str:
        """Return an address of the host, once all of them are found to be allowed."""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"there is no host {url.host}") from error
        addresses = [str(entry[4][0]) for entry in found]
        if not self._limits.private and not all(map(is_public, addresses)):
            raise FetchError(f"{url.host} is in a private network; set allow_private if that is meant")
        return addresses[0]
