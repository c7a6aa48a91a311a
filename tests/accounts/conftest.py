"""What tests of signing in share: the messages sent, and codes read from them."""

import json
import re

import pytest

from core import outbox
from core.models import OutboxMessage


@pytest.fixture
def sink(settings, tmp_path):
    """`sink()`: the text messages sent so far, as the file holds them."""
    path = tmp_path / "sms.jsonl"
    settings.SMS_SINK, settings.SMS_PROVIDER = str(path), "file"

    def read():
        for due in list(OutboxMessage.objects.filter(done_at=None).order_by("due_at").values_list("due_at", flat=True)):
            outbox.drain(at=due)
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    return read


@pytest.fixture
def last_code(sink):
    """`last_code()`: the digits of the newest message."""
    return lambda: re.search(r"验证码 (\d{6})", sink()[-1]["text"])[1]


@pytest.fixture
def enrolled(db):
    """`enrolled(user)`: give an official a password and the demonstration's TOTP key; returns the password."""
    from allauth.mfa.totp.internal.auth import TOTP

    from accounts import demo

    def enrol(user, *, totp=True):
        user.set_password("a-long-password-1")
        user.save()
        if totp:
            TOTP.activate(user, demo.TOTP_SECRET)
        return "a-long-password-1"

    return enrol
