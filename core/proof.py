"""Showing that a paper is ours and unchanged: a digest of what it says, signed with Ed25519.

Whoever holds the paper holds the signature, so a public page answers them and nobody who guesses. The key comes from
`BLIND_INDEX_KEY`, which never changes, so papers stay checkable for as long as they are kept; a new `VERSION` is a new
key, and the old ones go on verifying.
"""

import base64
import binascii
import hashlib
import json
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urljoin

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION = "1"
_KNOWN = ("1",)
_CODE_GROUPS, _GROUP = 5, 4


def digest(contents: dict[str, Any]) -> bytes:
    """SHA-256 of the contents, whatever order they were put together in. Values are text, numbers, or lists of them."""
    plain = json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).digest()


def code(fingerprint: bytes) -> str:
    """The digest's beginning as people compare it by eye: 3F9A-….  Twenty hexadecimal digits."""
    digits = fingerprint.hex().upper()
    return "-".join(digits[n * _GROUP : (n + 1) * _GROUP] for n in range(_CODE_GROUPS))


def sign(what: str, name: str, fingerprint: bytes) -> str:
    """The signature for an address: of this kind of paper (`wages.receipt`), its number, and its digest."""
    return VERSION + base64.urlsafe_b64encode(_key(VERSION).sign(_message(what, name, fingerprint))).decode().rstrip(
        "="
    )


def verify(signature: str, what: str, name: str, fingerprint: bytes) -> bool:
    """Whether we signed exactly this. Never raises, whatever was typed."""
    version, encoded = signature[:1], signature[1:]
    if version not in _KNOWN or len(encoded) != 86 or not encoded.isascii():
        return False
    try:
        raw = base64.urlsafe_b64decode(encoded + "==")
        _key(version).public_key().verify(raw, _message(what, name, fingerprint))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def public_key(version: str = VERSION) -> str:
    """For those who want to check without asking us, as PEM."""
    public = _key(version).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return public.public_bytes(serialization.Encoding.PEM, form).decode()


def address(path: str, **query: str) -> str:
    """The whole address of a public page, as a code on paper needs it; the same from every process."""
    tail = f"{path}?{urlencode(query)}" if query else path
    return urljoin(_origin(), tail)


def _origin() -> str:
    if settings.PUBLIC_URL:
        return settings.PUBLIC_URL
    named = [host for host in settings.ALLOWED_HOSTS if not host.startswith(("*", "."))]
    return f"https://{named[0]}/" if named else "http://127.0.0.1:8000/"


def _message(what: str, name: str, fingerprint: bytes) -> bytes:
    return b"\0".join((what.encode(), name.encode(), fingerprint))


@lru_cache(maxsize=8)
def _key_from(secret: str, version: str) -> Ed25519PrivateKey:
    info = f"yugongtong proof {version}".encode()
    seed = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(base64.b64decode(secret))
    return Ed25519PrivateKey.from_private_bytes(seed)


def _key(version: str) -> Ed25519PrivateKey:
    return _key_from(settings.BLIND_INDEX_KEY, version)
