"""What waits for its code: kept in the session and sealed.

So the page can be left and opened again, and no number or name stands in clear in the session table.
"""

import base64
import json
import uuid
from dataclasses import asdict, dataclass

from django.http import HttpRequest

from core import crypto

_LABEL = "session.pending"


@dataclass(frozen=True)
class Pending:
    """Whose phone, where to go afterwards, the name of the code that was sent last (empty: none yet), and for whom."""

    phone: str
    after: str = ""
    code: str = ""
    name: str = ""


def keep(request: HttpRequest, purpose: str, pending: Pending) -> None:
    row = uuid.uuid4()
    sealed = crypto.seal(_LABEL, row, json.dumps(asdict(pending)))
    request.session[_key(purpose)] = {"row": row.hex, "sealed": base64.b64encode(sealed).decode()}


def of(request: HttpRequest, purpose: str) -> Pending | None:
    """What waits in this session, or None."""
    stored = request.session.get(_key(purpose))
    if not stored:
        return None
    try:
        opened = crypto.unseal(_LABEL, uuid.UUID(hex=stored["row"]), base64.b64decode(stored["sealed"]))
    except crypto.CannotOpen:  # the key was rotated out meanwhile
        forget(request, purpose)
        return None
    return Pending(**json.loads(opened))


def forget(request: HttpRequest, purpose: str) -> None:
    request.session.pop(_key(purpose), None)


def session_key(request: HttpRequest) -> str:
    """The key of this browser's session, made now if there is none."""
    if not request.session.session_key:
        request.session.create()
    return request.session.session_key


def _key(purpose: str) -> str:
    return f"pending:{purpose}"
