"""How much one reader may do at once, and how fast afterwards."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from nanashi.identity.rate import Rate

MINUTE = 60.0
RATES = {
    "sign-in from": Rate(20, 30),
    "sign-in to": Rate(6, MINUTE),
    "sign-ins to": Rate(60, MINUTE),
    "sign-up from": Rate(10, 10 * MINUTE),
    "recovery from": Rate(20, MINUTE),
    "password of": Rate(10, MINUTE),
    "post from": Rate(30, 20),
    "revise from": Rate(60, 10),
    "edit from": Rate(60, 10),
    "preview from": Rate(120, 1),
}
"""By kind of attempt: how many at once, then one in so many seconds. `from` goes by address, `to` by an account's
name at one address, `sign-ins to` by the name from everywhere, `of` by a session's account."""
SHARED = 50
"""How many readers the address of this very machine stands for: a proxy, or Tor, which says nothing about them."""
IPV6_HOUSEHOLD = 64
"""Bits of an IPv6 address that one household has in common."""


def rate_of(kind: str, who: str) -> Rate:
    """The rate of this kind of attempt for somebody. Raises KeyError for a kind that is not listed."""
    rate = RATES[kind]
    share = SHARED if who.partition(" ")[0] == "shared" else 1
    factor = share * settings.RATE_FACTOR
    return Rate(rate.burst * factor, rate.seconds / factor)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as rates count it: "shared" for this machine, a /64 for IPv6.

    Behind a proxy the operator names the header that it sets (NANASHI_FORWARDED_HEADER); the last address in it counts,
    as that one is the proxy's own word.
    """
    header = settings.FORWARDED_HEADER
    given = request.headers.get(header, "").rpartition(",")[2] if header else ""
    try:
        address = ipaddress.ip_address((given or request.META.get("REMOTE_ADDR", "")).strip())
    except ValueError:
        return "shared"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback:
        return "shared"
    if address.version == 6:
        return str(ipaddress.ip_network((address, IPV6_HOUSEHOLD), strict=False))
    return str(address)
