"""Where a webhook may go: nowhere inside, whatever its name says and whenever it says it."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any
from uuid import UUID

import pytest

from activities.webhooks.address import AddressRefused, check_url, parse_networks, require_allowed
from activities.webhooks.message import WebhookMessage
from activities.webhooks.posting import Failure, post
from activities.webhooks.vocabulary import PublicWord
from tests.webhooks.conftest import HERE
from tests.webhooks.partner import partner
from tests.webhooks.test_message import AT, NEW

INSIDE = (
    *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "ff02::1", "::"),
)


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_inside(address: str) -> None:
    """Private, link-local, of the machine itself, hidden in another one: not unless its network is configured."""
    with pytest.raises(AddressRefused):
        require_allowed(ipaddress.ip_address(address), ())
    network = ipaddress.ip_network(getattr(ipaddress.ip_address(address), "ipv4_mapped", None) or address)
    require_allowed(ipaddress.ip_address(address), (network,))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111"])
def test_public_addresses_are_taken(address: str) -> None:
    """Of both kinds."""
    require_allowed(ipaddress.ip_address(address), ())


@pytest.mark.parametrize(
    "url",
    [
        "http://partner.example.org/hook",
        "http://localhost/hook",
        "https://127.0.0.1/hook",
        "https://[::1]/hook",
        "https://user:word@partner.example.org/",
        "https://partner.example.org/#part",
        "ftp://partner.example.org/",
        "https:///hook",
        "https://partner.example.org:99999/",
        "https://partner.example.org/" + "x" * 2000,
        "https://пример.example.org/",
        "file:///etc/passwd",
        "",
    ],
)
def test_what_is_no_address_for_a_webhook(url: str) -> None:
    """The error never repeats it."""
    with pytest.raises(AddressRefused) as refused:
        check_url(url, ())
    assert not url or url not in str(refused.value)


def test_http_is_for_this_machine_and_for_tests_only() -> None:
    """In demo mode, where the loopback network is configured."""
    assert check_url("http://127.0.0.1:9/x", HERE, plain=True)
    assert check_url("https://partner.example.org/x", ())
    for url, networks in (("http://127.0.0.1:9/x", ()), ("http://10.0.0.1/x", parse_networks("10.0.0.0/8"))):
        with pytest.raises(AddressRefused):
            check_url(url, networks, plain=True)


async def test_a_name_that_points_inside_now_reaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even one of several addresses is enough; the connection goes to the address that was checked."""
    message = WebhookMessage(UUID(int=1), PublicWord.CASE_CLOSED, "a" * 24, AT)
    found: list[Any] = []

    def resolved(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host.startswith("127."):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    with partner() as listener:
        url = listener.url.replace("127.0.0.1", "partner.example.org")
        found[:] = ["93.184.216.34", "127.0.0.1"]
        refused = await post(url, message, (NEW,), networks=())
        assert (refused.failure, refused.of_endpoint) == (Failure.ADDRESS, True)
        assert not listener.heard
        found[:] = ["127.0.0.1"]
        taken = await post(url, message, (NEW,), networks=HERE)
        assert taken.is_taken
        assert listener.heard[0].headers["host"].startswith("partner.example.org")


async def test_no_proxy_of_the_environment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it names."""
    message = WebhookMessage(UUID(int=1), PublicWord.CASE_CLOSED, "a" * 24, AT)
    with partner() as listener:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:1")
        assert (await post(listener.url, message, (NEW,), networks=HERE)).is_taken
