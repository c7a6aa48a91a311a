"""Taking a monthly file in."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from core.divisions import CITY_PREFIX
from core.errors import refuse_unless
from workers.feeds import files, receiving
from workers.feeds.sealedfile import Kept

from ..enums import FileKind, Teller
from ..models import PayrollFile


def receive(pieces: Iterator[bytes], name: str, *, kind: str, teller: int, by: Any, at: datetime) -> PayrollFile:
    """Seal a stream of bytes and queue it for checking."""
    sealed_name, kept = files.keep(pieces)
    return take_in(sealed_name, kept, name, kind=kind, teller=teller, by=by, at=at)


def take_in(sealed_name: str, kept: Kept, name: str, *, kind: str, teller: int, by: Any, at: datetime) -> PayrollFile:
    """Queue a file that lies sealed already. Its rows may be about the projects of the sender's places."""
    prefixes = sorted(by.jurisdiction_prefixes()) if by is not None else [CITY_PREFIX]
    batch = PayrollFile(kind=kind, teller=teller, prefixes=prefixes)

    def check() -> None:
        refuse_unless(kind in FileKind.values and teller in Teller.values, "unknown kind")

    return receiving.queue(
        batch, sealed_name, kept, name, check=check, by=by, at=at, kind=str(kind), teller=int(teller)
    )
