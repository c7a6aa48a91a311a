"""A signature stands for exactly one kind, one number and one digest."""

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st

from core import proof

FINGER = proof.digest({"text": "应付工资", "fen": 1_260_000})


def test_a_digest_does_not_depend_on_the_order():
    assert proof.digest({"fen": 1_260_000, "text": "应付工资"}) == FINGER
    assert proof.digest({"fen": 1_260_001, "text": "应付工资"}) != FINGER


def test_only_what_was_signed_is_verified():
    signature = proof.sign("wages.document", "渝监令1", FINGER)
    assert proof.verify(signature, "wages.document", "渝监令1", FINGER)
    assert not proof.verify(signature, "wages.receipt", "渝监令1", FINGER)
    assert not proof.verify(signature, "wages.document", "渝监令2", FINGER)
    assert not proof.verify(signature, "wages.document", "渝监令1", proof.digest({}))
    assert not proof.verify(signature[:-2] + "AA", "wages.document", "渝监令1", FINGER)


@given(st.text(max_size=100))
def test_nothing_that_is_typed_raises_or_passes(typed):
    assert not proof.verify(typed, "wages.document", "渝监令1", FINGER)


def test_others_can_check_with_the_public_key(settings):
    assert load_pem_public_key(proof.public_key().encode())
    signature = proof.sign("wages.document", "渝监令1", FINGER)
    settings.BLIND_INDEX_KEY = "b3RoZXItb25seS1ibGluZC1pbmRleC1rZXktMDAwMDA="
    assert not proof.verify(signature, "wages.document", "渝监令1", FINGER)


def test_the_code_for_the_eye():
    assert len(proof.code(FINGER)) == 24 and proof.code(FINGER).replace("-", "") == FINGER.hex().upper()[:20]


@pytest.mark.parametrize(
    ("public", "hosts", "origin"),
    [
        ("https://ygt.example.cn/", ["a.example.cn"], "https://ygt.example.cn/"),
        ("", [".example.cn", "a.example.cn"], "https://a.example.cn/"),
        ("", ["*"], "http://127.0.0.1:8000/"),
    ],
)
def test_the_address_on_paper(settings, public, hosts, origin):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = public, hosts
    assert proof.address("/wages/genuine/", s="1x") == f"{origin}wages/genuine/?s=1x"
