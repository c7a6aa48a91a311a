"""Signatures under keys with an id: rotated, retired to their public half, never guessed."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from core import handwritten, signatures
from core.signatures import Signed


def key(letter):
    return base64.b64encode(letter.encode() * 32).decode()


@pytest.fixture
def ring(settings):
    settings.RECEIPT_KEYS = f"r1:{key('a')}"
    return settings


def test_what_was_signed_holds_and_one_changed_byte_does_not(ring):
    signed = signatures.sign(b"number 1")
    assert signed.key_id == "r1"
    assert signatures.holds(b"number 1", signed)
    assert not signatures.holds(b"number 2", signed)
    assert not signatures.holds(b"number 1", Signed("r1", signed.signature[:-1] + b"\0"))


def test_after_a_rotation_the_new_key_signs_and_the_old_one_still_proves(ring):
    old = signatures.sign(b"number 1")
    retired = signatures.public_keys()["r1"]
    ring.RECEIPT_KEYS = f"r2:{key('b')},r1:public:{retired}"
    assert signatures.sign(b"number 2").key_id == "r2"
    assert signatures.holds(b"number 1", old)
    assert list(signatures.public_keys()) == ["r2", "r1"]


def test_a_key_that_is_not_configured_proves_nothing(ring):
    signed = signatures.sign(b"number 1")
    ring.RECEIPT_KEYS = f"r2:{key('b')}"
    assert not signatures.holds(b"number 1", signed)
    assert not signatures.holds(b"number 1", Signed("r2", signed.signature))


@pytest.mark.parametrize(
    "text",
    ["", "r1", "r1:x", f"r1:public:{key('a')}", f":{key('a')}", f"r1:{key('a')},r1:{key('b')}", "r1:" + key("a")[:-4]],
)
def test_unusable_keys_stop_the_portal_with_a_sentence(text):
    with pytest.raises(ImproperlyConfigured, match="RECEIPT_KEYS"):
        signatures.check_keys(text)


def test_codes_by_hand_forgive_what_hands_do():
    assert handwritten.read("k7qm-2d9x", 8) == "K7QM2D9X"
    assert handwritten.read(" K7QM 2D9X ", 8) == "K7QM2D9X"
    assert handwritten.read("ＯIlo-1111", 8) == "01101111"
    assert handwritten.read("K7QM2D9", 8) == handwritten.read("K7QM2D9U", 8) == handwritten.read("中" * 8, 8) == ""
    assert handwritten.grouped("K7QM2D9X4T") == "K7QM-2D9X-4T"
    drawn = {handwritten.draw(10) for _ in range(50)}
    assert len(drawn) == 50 and all(set(one) <= set(handwritten.ALPHABET) for one in drawn)


def test_a_code_of_bytes_is_their_first_bits():
    assert handwritten.of_bytes(bytes(5), 8) == "0" * 8
    assert handwritten.of_bytes(b"\xff" * 32, 8) == "Z" * 8
    assert handwritten.of_bytes(b"\x08" + bytes(31), 8) == "1" + "0" * 7
