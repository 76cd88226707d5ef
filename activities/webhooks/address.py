"""Where a webhook may go: to the public internet by https, and nowhere else unless it is configured.

A name is resolved for each connection and the address is checked then and there: one that pointed outside when it was
added and points inside now (DNS rebinding) reaches nothing. The certificate is checked against the name all the same.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

import httpcore

from domain.errors import PutokazError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
"""IPv6 addresses behind which a translator (NAT64) finds IPv4 ones, private ones too."""
_LONGEST = 2000


class AddressRefused(PutokazError):
    """No webhook goes there. The text says why, and names no address."""


def check_url(url: str, networks: Sequence[IpNetwork], *, plain: bool = False) -> str:
    """The address, where a webhook may have it. `plain`: whether http is taken to a loopback address (tests, demo).

    Raises `AddressRefused`. What its name resolves to is judged with each connection.
    """
    if len(url) > _LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise AddressRefused("the address is too long, or has signs that no address has")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise AddressRefused("this is no address") from None
    if not host or parts.username or parts.password or parts.fragment:
        raise AddressRefused("the address has a host, and neither a name and password nor a fragment")
    del port  # asked for, so that a wrong one is found here
    literal = _literal(host)
    here = host == "localhost" or (literal is not None and literal.is_loopback)
    if parts.scheme != "https" and not (plain and parts.scheme == "http" and here):
        raise AddressRefused("a webhook goes by https")
    if literal is not None:
        require_allowed(literal, networks)
    return url


def parse_networks(text: str | None) -> tuple[IpNetwork, ...]:
    """Networks as they are configured: `10.1.0.0/16, 127.0.0.0/8`. Raises `ValueError`."""
    return tuple(ipaddress.ip_network(each.strip()) for each in (text or "").split(",") if each.strip())


def require_allowed(address: IpAddress, networks: Iterable[IpNetwork]) -> None:
    """Raises `AddressRefused` for anything but a public address, unless its network is configured."""
    address = getattr(address, "ipv4_mapped", None) or address
    if any(address.version == network.version and address in network for network in networks):
        return
    hidden = getattr(address, "sixtofour", None) or getattr(address, "teredo", None)
    translated = any(address.version == network.version and address in network for network in _TRANSLATED)
    if not address.is_global or address.is_multicast or hidden or translated:
        raise AddressRefused("the address is not a public one")


def _literal(host: str) -> IpAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to addresses that have just been checked; the name is looked up once, here."""

    def __init__(self, networks: Sequence[IpNetwork]) -> None:
        self._networks = networks
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises `AddressRefused` where one of the addresses of the name is not allowed."""
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        for address in addresses:
            require_allowed(address, self._networks)
        return await self._plain.connect_tcp(
            str(addresses[0]), port, timeout=timeout, local_address=local_address, socket_options=socket_options
        )
