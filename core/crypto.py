"""Sealing personal identifiers: AES-256-GCM ciphertexts and keyed blind indexes.

A sealed value is `version (1 byte) | key id length (1) | key id | nonce (12) | ciphertext | tag (16)`. Its
associated data is the column's label and the row's uuid, so a ciphertext copied to another row or column
does not open. The blind index is HMAC-SHA-256 over the normalised value, separated by domain; unkeyed hashes
of ID numbers are worthless, because the whole number space can be tried in minutes.
"""

import base64
import hashlib
import hmac
import os
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION_AES_256_GCM = 1
NONCE_BYTES = 12
KEY_BYTES = 32


class CannotOpen(Exception):
    """The ciphertext was moved, changed, or sealed with a key that is not configured."""


def parse_field_keys(text: str) -> dict[str, bytes]:
    """Read `id:base64,id:base64`; the first is the current key. Raises `ImproperlyConfigured`."""
    keys: dict[str, bytes] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        key_id, _, encoded = part.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError as error:
            raise ImproperlyConfigured(f"FIELD_KEYS: key {key_id!r} is not base64") from error
        if not key_id or len(key_id) > 32 or len(key) != KEY_BYTES:
            raise ImproperlyConfigured(f"FIELD_KEYS: key {key_id!r} must be 32 bytes under a short id")
        keys[key_id] = key
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS holds no key")
    return keys


@lru_cache(maxsize=8)
def _ciphers(text: str) -> dict[str, AESGCM]:
    return {key_id: AESGCM(key) for key_id, key in parse_field_keys(text).items()}


def current_key_id() -> str:
    """The id of the key that seals new values."""
    return next(iter(_ciphers(settings.FIELD_KEYS)))


def key_prefix(key_id: str) -> bytes:
    """The bytes with which every value sealed under `key_id` begins (used to find old ones)."""
    return bytes((VERSION_AES_256_GCM, len(key_id))) + key_id.encode()


def _bound_to(label: str, row: UUID) -> bytes:
    return label.encode() + b"\0" + row.bytes


def seal(label: str, row: UUID, value: str) -> bytes:
    """Encrypt `value` for the column `label` ("table.column") of the row with this uuid."""
    key_id = current_key_id()
    nonce = os.urandom(NONCE_BYTES)
    cipher = _ciphers(settings.FIELD_KEYS)[key_id]
    return key_prefix(key_id) + nonce + cipher.encrypt(nonce, value.encode(), _bound_to(label, row))


def seal_many(label: str, rows: Iterable[UUID], values: Iterable[str]) -> Iterator[bytes]:
    """Encrypt a column; the same as `seal` for each pair, with the set-up paid once."""
    yield from seal_bytes(label, (row.bytes for row in rows), (value.encode() for value in values))


def seal_bytes(label: str, rows: Iterable[bytes], values: Iterable[bytes]) -> Iterator[bytes]:
    """`seal_many` for millions: uuids and values are bytes already."""
    key_id = current_key_id()
    head, encrypt = key_prefix(key_id), _ciphers(settings.FIELD_KEYS)[key_id].encrypt
    bound = label.encode() + b"\0"
    for row, value in zip(rows, values, strict=True):
        nonce = os.urandom(NONCE_BYTES)
        yield head + nonce + encrypt(nonce, value, bound + row)


def unseal(label: str, row: UUID, sealed: bytes) -> str:
    """Decrypt; raises `CannotOpen` for anything but the exact value sealed for this row and column."""
    sealed = bytes(sealed)
    if len(sealed) < 2 or sealed[0] != VERSION_AES_256_GCM:
        raise CannotOpen("unknown layout")
    end = 2 + sealed[1]
    key_id = sealed[2:end].decode("ascii", "replace")
    cipher = _ciphers(settings.FIELD_KEYS).get(key_id)
    if cipher is None:
        raise CannotOpen(f"no key {key_id!r}")
    try:
        opened = cipher.decrypt(sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :], _bound_to(label, row))
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("moved or changed") from error
    return opened.decode()


def normalise(domain: str, value: str) -> str:
    """One spelling per value: full width to half, spaces and dashes gone; phones without +86, x to X."""
    text = unicodedata.normalize("NFKC", value)
    text = "".join(ch for ch in text if not ch.isspace() and ch not in "-‐‑–—()")
    if domain == "phone":
        for prefix in ("+86", "0086"):
            text = text.removeprefix(prefix)
        return text.removeprefix("86") if len(text) == 13 else text
    if domain == "id_number":
        text = text.upper()
        return _eighteen_digits(text) if len(text) == 15 and text.isdecimal() else text
    return text


def _eighteen_digits(fifteen: str) -> str:
    """A first-generation ID number (15 digits) as the 18 digits that replaced it (GB 11643-1999)."""
    body = f"{fifteen[:6]}19{fifteen[6:]}"
    return body + id_check_character(body)


def id_check_character(seventeen: str) -> str:
    """The check character of a resident ID number, ISO 7064 MOD 11-2 (GB 11643-1999)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights, strict=True)) % 11]


@lru_cache(maxsize=32)
def _index_key(encoded: str, domain: str) -> bytes:
    key = base64.b64decode(encoded, validate=True)
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured("BLIND_INDEX_KEY must be 32 bytes of base64")
    return hmac.digest(key, b"blind-index:" + domain.encode(), hashlib.sha256)


def blind_index(domain: str, value: str) -> bytes:
    """32 bytes under which a sealed value is found again; equal for all spellings of one value."""
    return hmac.digest(_index_key(settings.BLIND_INDEX_KEY, domain), normalise(domain, value).encode(), hashlib.sha256)


def blind_indexes(domain: str, values: Iterable[bytes]) -> Iterator[bytes]:
    """`blind_index` for millions: the values are spelt as `normalise` would spell them.

    What HMAC makes of the key (RFC 2104) is hashed once and copied for each value: a third of the time.
    """
    key = _index_key(settings.BLIND_INDEX_KEY, domain).ljust(hashlib.sha256().block_size, b"\0")
    inner_of = hashlib.sha256(bytes(byte ^ 0x36 for byte in key)).copy
    outer_of = hashlib.sha256(bytes(byte ^ 0x5C for byte in key)).copy
    for value in values:
        inner, outer = inner_of(), outer_of()
        inner.update(value)
        outer.update(inner.digest())
        yield outer.digest()
