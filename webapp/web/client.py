"""Where a request comes from, as far as limits and the list of sign-ins need to know it: a network and a browser."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from webapp.core.agents import agent
from webapp.core.state import Visitor
from webapp.web.forms import AnyRequest

_PREFIX: Final = {4: 24, 6: 64}  # bits: behind one such prefix is one household, or one carrier
_NOWHERE: Final = "unknown"


def visitor(request: AnyRequest, browser: str) -> Visitor:
    """Who knocks; `browser` is the secret in the browser's cookie. The server in front of us (uvicorn) has put the
    client's address in place of a trusted proxy's."""
    return Visitor(
        _network(request.client.host if request.client else ""), browser, agent(request.headers.get("user-agent", ""))
    )


def _network(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return _NOWHERE
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    return str(ip_network((address, _PREFIX[address.version]), strict=False))
