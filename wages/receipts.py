"""What a receipt says and signs. Values in, text out; no row is read here.

The signature covers the number, the time and a digest of what was submitted. The digest is salted, because what
people fill in can be guessed; so a receipt, its QR code and the public page give nothing of it away. Whoever has the
public key can check a QR code without us. The short code is for hands: forty bits of the signature, compared with the
one on file.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from core import handwritten
from core.signatures import SIGNATURE_BYTES, Signed

CODE_LENGTH = 8
SALT_BYTES = 16
DIGEST_BYTES = 32
FORM = "yugongtong-receipt/1"
_TIME = "%Y%m%dT%H%M%S.%fZ"


class Verdict(Enum):
    """What the public page answers."""

    TRUE = "true"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    # The signature is ours and the register does not know the number: a receipt that must be looked into by us.
    MISSING = "missing"
    # Filed before receipts were signed.
    UNSIGNED = "unsigned"


@dataclass(frozen=True)
class Claimed:
    """What a QR code says: enough to check it without any register."""

    number: str
    submitted_at: datetime
    digest: bytes
    signed: Signed


def contents(claim: dict[str, Any], *, files: list[bytes]) -> str:
    """What was submitted, in one spelling; `files` are their digests."""
    said = {**claim, "files": sorted(digest.hex() for digest in files)}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest_of(text: str, salt: bytes) -> bytes:
    return hashlib.sha256(salt + text.encode()).digest()


def message(number: str, submitted_at: datetime, digest: bytes) -> bytes:
    """The bytes that are signed."""
    return "\n".join([FORM, number, spelt(submitted_at), digest.hex()]).encode()


def short_code(signature: bytes) -> str:
    """Eight characters that stand for the signature on paper."""
    return handwritten.of_bytes(hashlib.sha256(signature).digest(), CODE_LENGTH)


def read_code(typed: str) -> str:
    """A short code as a person types it; empty when it cannot be one."""
    return handwritten.read(typed, CODE_LENGTH)


def spelt(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_TIME)


def query(claimed: Claimed) -> dict[str, str]:
    """The parameters behind the address in the QR code."""
    return {
        "n": claimed.number,
        "t": spelt(claimed.submitted_at),
        "d": _encode(claimed.digest),
        "k": claimed.signed.key_id,
        "s": _encode(claimed.signed.signature),
    }


def read_query(given: dict[str, str]) -> Claimed | None:
    """What a QR code's address claims; None when it is not whole."""
    try:
        moment = datetime.strptime(given.get("t", ""), _TIME).replace(tzinfo=UTC)
        digest, signature = _decode(given.get("d", "")), _decode(given.get("s", ""))
    except ValueError:
        return None
    if len(digest) != DIGEST_BYTES or len(signature) != SIGNATURE_BYTES:
        return None
    return Claimed(given.get("n", ""), moment, digest, Signed(given.get("k", ""), signature))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(text: str) -> bytes:
    if not text.isascii() or len(text) > 100:
        raise ValueError("not one of ours")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
