"""Proof of having filed: true, altered or unknown, by QR code or by hand, and never a word of what was filed."""

import base64
import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import handwritten, rotation, signatures
from wages import receipts, services
from wages.models import Case, Receipt
from wages.receipts import Verdict
from wages.services.receipts import claimed_of, stands

from .conftest import PHONE

PERSONAL = ("王小明", PHONE, "15400000001", "0001", "一月以后没有发工资", "12,600", "重庆测试建设工程")


def code_of(case):
    return receipts.short_code(bytes(case.receipt.signature))


def scanned(client, case, **changes):
    return client.get(f"/wages/proof/?{urlencode({**receipts.query(claimed_of(case.receipt)), **changes})}")


def test_filing_leaves_a_stub_that_stands(case):
    assert stands(case.receipt)
    assert case.receipt.submitted_at == case.submitted_at
    said = json.loads(case.receipt.contents.open())
    assert said["name"] == "王小明" and said["phone"] == PHONE and said["amount_fen"] == 12_600_00
    assert case.receipt.contents.open() not in str(case.receipt.contents)


def test_number_and_code_by_hand_are_true_in_any_spelling(client, case):
    typed = handwritten.grouped(code_of(case)).lower()
    page = client.post("/wages/proof/", {"number": case.number.lower(), "code": f" {typed} "})
    body = page.content.decode()
    assert "我们收到了，之后没有被改过" in body
    assert "2026年3月9日" in body
    assert not [word for word in PERSONAL if word in body]


def test_a_wrong_code_is_altered_and_an_unknown_number_is_said(client, case):
    wrong = "0" * 8 if code_of(case) != "0" * 8 else "1" * 8
    assert "对不上" in client.post("/wages/proof/", {"number": case.number, "code": wrong}).content.decode()
    body = client.post("/wages/proof/", {"number": "CQ-2026-999999", "code": wrong}).content.decode()
    assert "没有这个编号" in body


def test_a_code_of_another_receipt_proves_nothing(filed, at, code):
    first, second = filed(at=at, code=code), filed(at=at, code=code, phone="15400000002")
    assert services.judge_typed(first.number, code_of(second))[0] == Verdict.ALTERED


def test_the_qr_code_proves_at_once(client, case):
    body = scanned(client, case).content.decode()
    assert "我们收到了" in body
    assert not [word for word in PERSONAL if word in body]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"t": "20260101T000000.000000Z"}, "对不上"),
        ({"n": "CQ-2026-999999"}, "没有这个编号"),
        ({"d": base64.urlsafe_b64encode(b"x" * 32).decode().rstrip("=")}, "对不上"),
        ({"k": "other"}, "对不上"),
        ({"s": "A" * 86}, "对不上"),
        ({"s": "<script>"}, "对不上"),
        ({"t": "yesterday"}, "对不上"),
    ],
)
def test_a_changed_qr_code_is_noticed(client, case, changes, said):
    assert said in scanned(client, case, **changes).content.decode()


def test_a_true_receipt_that_the_register_lost_is_our_fault_and_said_so(client, case):
    claimed = receipts.query(claimed_of(case.receipt))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; DELETE FROM wages_receipt")
    body = client.get(f"/wages/proof/?{urlencode(claimed)}").content.decode()
    assert "签名是真的，但查不到这个编号" in body


def test_a_stub_whose_contents_were_exchanged_no_longer_stands(case):
    other = Receipt(uuid=case.receipt.uuid)
    other.contents = case.receipt.contents.open().replace("1260000", "9260000")
    sealed = Receipt._meta.get_field("contents").pre_save(other, True)
    Receipt.objects.filter(pk=case.receipt.pk).update(contents=sealed)
    fresh = Receipt.objects.get(pk=case.receipt.pk)
    assert not stands(fresh)
    assert services.judge_typed(case.number, code_of(case))[0] == Verdict.ALTERED


@pytest.mark.parametrize("change", ["number = 'CQ-2026-000001'", "submitted_at = now()", "signature = digest"])
def test_the_database_refuses_to_change_a_stub(case, change):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE wages_receipt SET {change}")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM wages_receipt")


def test_an_older_case_says_that_it_has_no_signature(client, case):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; DELETE FROM wages_receipt")
    page = client.post("/wages/proof/", {"number": case.number, "code": "K7QM-2D9X"})
    assert "有这个编号，没有签名" in page.content.decode()


def test_the_receipt_shows_the_code_and_its_qr_only_to_whoever_may_see_it(client, fresh_case):
    assert client.get(f"/wages/receipt/{fresh_case.number}/proof.svg").status_code == 404
    client.post("/wages/status/", {"number": fresh_case.number, "phone_last4": PHONE[-4:]})
    page = client.get(f"/wages/receipt/{fresh_case.number}/").content.decode()
    assert handwritten.grouped(code_of(fresh_case)) in page
    picture = client.get(f"/wages/receipt/{fresh_case.number}/proof.svg")
    assert picture["Content-Type"] == "image/svg+xml" and b"<svg" in picture.content


def test_a_stranger_checks_with_the_published_key_alone(client, case):
    published = client.get("/wages/proof/keys.json").json()
    said = receipts.query(claimed_of(case.receipt))
    raw = base64.b64decode(published["keys"][said["k"]])
    digest = base64.urlsafe_b64decode(said["d"] + "=").hex()
    message = "\n".join([published["form"], said["n"], said["t"], digest]).encode()
    Ed25519PublicKey.from_public_bytes(raw).verify(base64.urlsafe_b64decode(said["s"] + "=="), message)


def test_two_equal_complaints_have_different_digests(filed, at, code):
    first, second = filed(at=at, code=code), filed(at=at + timedelta(seconds=1), code=code)
    assert bytes(first.receipt.digest) != bytes(second.receipt.digest)


def test_a_refused_filing_leaves_no_stub(db, answered):
    draft = answered(at=timezone.now())
    services.file(draft, phone=PHONE, by=None, at=timezone.now())
    with pytest.raises(Exception, match="已经提交过"):
        services.file(draft, phone=PHONE, by=None, at=timezone.now())
    assert Receipt.objects.count() == Case.objects.count() == 1


def test_a_rotation_of_field_keys_reseals_the_stub_and_it_still_stands(case, settings):
    newer = "later:" + base64.b64encode(b"k" * 32).decode()
    settings.FIELD_KEYS = f"{newer},{settings.FIELD_KEYS}"
    field = Receipt._meta.get_field("contents")
    assert rotation.outdated(field) == 1
    assert sum(rotation.reseal(field)) == 1
    assert rotation.outdated(field) == 0
    assert stands(Receipt.objects.get())


def test_a_retired_signing_key_still_proves_old_receipts(client, case, settings):
    settings.RECEIPT_KEYS = (
        f"r2:{base64.b64encode(b'n' * 32).decode()},dev:public:{signatures.public_keys()[case.receipt.key_id]}"
    )
    assert services.judge_typed(case.number, code_of(case))[0] == Verdict.TRUE
    settings.RECEIPT_KEYS = f"r2:{base64.b64encode(b'n' * 32).decode()}"
    assert services.judge_typed(case.number, code_of(case))[0] == Verdict.ALTERED
