"""Where a request comes from, believing only as many proxies as there are."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from core.crypto import blind_index

UNKNOWN = "0.0.0.0"


def of(request: HttpRequest) -> str:
    """The client's address; behind `TRUSTED_PROXIES` proxies the entry that the outermost of them wrote."""
    text = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        text = hops[-min(settings.TRUSTED_PROXIES, len(hops))] if hops else text
    try:
        return str(ipaddress.ip_address(text.strip("[]")))
    except ValueError:
        return UNKNOWN


def index(address: str) -> bytes | None:
    """Under what an address is counted; it is not kept itself."""
    return blind_index("address", bucket(address)) if address else None


def bucket(address: str) -> str:
    """What limits count: an IPv6 customer holds a whole /64, so that is one address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(parsed) if parsed.version == 4 else str(ipaddress.ip_network(f"{parsed}/64", strict=False))
