"""Signing a receipt in the transaction of its filing, and judging one that somebody holds in their hand."""

import hmac
import secrets
from datetime import datetime

from core import rows, signatures
from core.signatures import Signed

from .. import receipts
from ..marks import read_case_number
from ..models import Case, Receipt
from ..receipts import Claimed, Verdict


def sign(case: Case, claim: dict, *, files: list[bytes], at: datetime) -> Receipt:
    """The stub for a case that is being filed; `claim` is what was submitted, opened."""
    text, salt = receipts.contents(claim, files=files), secrets.token_bytes(receipts.SALT_BYTES)
    digest = receipts.digest_of(text, salt)
    signed = signatures.sign(receipts.message(case.number, at, digest))
    stub = Receipt(
        case=case,
        number=case.number,
        submitted_at=at,
        salt=salt,
        digest=digest,
        key_id=signed.key_id,
        signature=signed.signature,
    )
    stub.contents = text
    return rows.add(stub)


def claimed_of(stub: Receipt) -> Claimed:
    """What its QR code says."""
    return Claimed(stub.number, stub.submitted_at, bytes(stub.digest), Signed(stub.key_id, bytes(stub.signature)))


def judge_typed(number: str, code: str) -> tuple[Verdict, Receipt | None]:
    """A receipt by its number and short code. Forty bits cannot be tried out over the network, so tries are not
    counted; what a right pair shows, the moment of filing, stands on the paper already."""
    known = read_case_number(number) or ""
    stub = Receipt.objects.filter(number=known).first()
    if stub is None:
        return (Verdict.UNSIGNED if Case.objects.filter(number=known).exists() else Verdict.UNKNOWN), None
    same = hmac.compare_digest(receipts.short_code(bytes(stub.signature)).encode(), receipts.read_code(code).encode())
    return (Verdict.TRUE, stub) if same and stands(stub) else (Verdict.ALTERED, None)


def judge_scanned(claimed: Claimed) -> tuple[Verdict, Receipt | None]:
    """A receipt by what its QR code says. Ours without a row of ours is said as such, never as a forgery."""
    ours = signatures.holds(receipts.message(claimed.number, claimed.submitted_at, claimed.digest), claimed.signed)
    stub = Receipt.objects.filter(number=claimed.number).first()
    if not ours:
        known = stub is not None or Case.objects.filter(number=claimed.number).exists()
        return (Verdict.ALTERED if known else Verdict.UNKNOWN), None
    if stub is None:
        return Verdict.MISSING, None
    same = bytes(stub.digest) == claimed.digest and stub.submitted_at == claimed.submitted_at
    return (Verdict.TRUE, stub) if same and stands(stub) else (Verdict.ALTERED, None)


def stands(stub: Receipt) -> bool:
    """Whether the stub is what was signed: number, time, and the contents under the digest."""
    if receipts.digest_of(stub.contents.open(), bytes(stub.salt)) != bytes(stub.digest):
        return False
    return signatures.holds(
        receipts.message(stub.number, stub.submitted_at, bytes(stub.digest)), claimed_of(stub).signed
    )
