"""Signatures that anybody can check: Ed25519 under keys with an id, the first of which signs.

`RECEIPT_KEYS` is `id:base64,id:base64`, each the 32 bytes of a private key. A key that no longer signs may be left as
`id:public:base64`: what it signed stays true, and its private half can be destroyed.
"""

import base64
import re
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
SIGNATURE_BYTES = 64
_ID = re.compile(r"[A-Za-z0-9_-]{1,16}", re.ASCII)


@dataclass(frozen=True)
class Signed:
    """A signature, and the id of the key that made it."""

    key_id: str
    signature: bytes


@dataclass(frozen=True)
class _Ring:
    signing_id: str
    signing: Ed25519PrivateKey
    public: dict[str, Ed25519PublicKey]


def sign(message: bytes) -> Signed:
    """Sign under the current key."""
    ring = _ring(settings.RECEIPT_KEYS)
    return Signed(ring.signing_id, ring.signing.sign(message))


def holds(message: bytes, signed: Signed) -> bool:
    """Whether the key of this id signed exactly this message. A key that is not configured signed nothing."""
    key = _ring(settings.RECEIPT_KEYS).public.get(signed.key_id)
    if key is None:
        return False
    try:
        key.verify(signed.signature, message)
    except InvalidSignature:
        return False
    return True


def public_keys() -> dict[str, str]:
    """Every key by id, the signing one first, as base64 for whoever checks without us."""
    ring = _ring(settings.RECEIPT_KEYS)
    return {key_id: base64.b64encode(key.public_bytes_raw()).decode() for key_id, key in ring.public.items()}


def check_keys(text: str) -> None:
    """Raises `ImproperlyConfigured` unless `text` holds usable keys, the first of them private."""
    _ring(text)


@lru_cache(maxsize=8)
def _ring(text: str) -> _Ring:
    private: dict[str, Ed25519PrivateKey] = {}
    public: dict[str, Ed25519PublicKey] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        key_id, _, rest = part.partition(":")
        only_public = rest.startswith("public:")
        raw = _raw(key_id, rest.removeprefix("public:"), known=public)
        if only_public:
            public[key_id] = Ed25519PublicKey.from_public_bytes(raw)
        else:
            private[key_id] = Ed25519PrivateKey.from_private_bytes(raw)
            public[key_id] = private[key_id].public_key()
    first = next(iter(public), "")
    if first not in private:
        raise ImproperlyConfigured("RECEIPT_KEYS: the first key must be a private one")
    return _Ring(first, private[first], public)


def _raw(key_id: str, encoded: str, *, known: dict[str, Ed25519PublicKey]) -> bytes:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise ImproperlyConfigured(f"RECEIPT_KEYS: key {key_id!r} is not base64") from error
    if not _ID.fullmatch(key_id) or key_id in known or len(raw) != KEY_BYTES:
        raise ImproperlyConfigured(f"RECEIPT_KEYS: key {key_id!r} must be 32 bytes under a short id of its own")
    return raw
