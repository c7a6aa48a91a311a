"""Ways out for text messages: a file for demonstrations, Aliyun for real, and what happens when one fails."""

import hashlib
import hmac
import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from accounts import sms
from accounts.models import SmsMessage
from accounts.sms import sending
from accounts.sms.aliyun import Aliyun, signed_headers
from accounts.sms.base import NotSent, Outgoing
from accounts.sms.file_sink import FileSink
from core import outbox
from core.models import OutboxMessage

KEY_ID, KEY_SECRET = "LTAI-test", "secret-of-the-test"


def message(at, **changes):
    about = {"key": "k" * 32, "to": "13800000001", "text": "验证码 123456。", "event": "code", "ref": "r"}
    return Outgoing(**{**about, **changes}, at=at)


def test_the_file_holds_one_json_object_a_line_for_its_owner_only(tmp_path, at):
    path = tmp_path / "deep" / "sms.jsonl"
    for text in ("第一条", "第二条\n第二行"):
        FileSink(path).send(message(at, text=text))
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["text"] for line in lines] == ["第一条", "第二条\n第二行"]
    assert set(lines[0]) == {"to", "text", "event", "ref", "at"}
    assert lines[0]["at"] == "2026-03-09T10:00:00+08:00"
    assert path.stat().st_mode & 0o077 == 0


def test_many_writers_leave_whole_lines(tmp_path, at):
    path = tmp_path / "sms.jsonl"
    long = "长" * 5000

    def write():
        for _ in range(20):
            FileSink(path).send(message(at, text=long))

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [json.loads(line)["text"] for line in path.read_text().splitlines()] == [long] * 120


def test_a_file_that_cannot_be_written_is_a_failure_to_send(tmp_path, at):
    (tmp_path / "a-file").write_text("")
    with pytest.raises(NotSent):
        FileSink(tmp_path / "a-file" / "sms.jsonl").send(message(at))


class FakeAliyun(BaseHTTPRequestHandler):
    """Checks the signature the way Aliyun documents it, from what arrived, and answers as told."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append({name: values[0] for name, values in parse_qs(body.decode()).items()})
        self.server.valid.append(self.signature_is_valid(body))
        status, answer = self.server.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer)

    def signature_is_valid(self, body):
        scheme, _, rest = self.headers["Authorization"].partition(" ")
        parts = dict(part.split("=", 1) for part in rest.split(","))
        names = parts["SignedHeaders"].split(";")
        digest = hashlib.sha256(body).hexdigest()
        headers = "".join(f"{name}:{self.headers[name].strip()}\n" for name in names)
        canonical = "\n".join([self.command, self.path, "", headers, ";".join(names), digest])
        to_sign = f"{scheme}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        right = hmac.new(KEY_SECRET.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
        return (
            scheme == "ACS3-HMAC-SHA256"
            and digest == self.headers["x-acs-content-sha256"]
            and right == parts["Signature"]
        )

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def aliyun():
    """A server on loopback that plays Aliyun; `.config` is what the settings would hold."""
    server = HTTPServer(("127.0.0.1", 0), FakeAliyun)
    server.seen, server.valid = [], []
    server.answer = 200, b'{"Code": "OK", "BizId": "biz-1", "Message": "OK"}'
    server.config = {
        "endpoint": f"http://127.0.0.1:{server.server_port}",
        "access_key_id": KEY_ID,
        "access_key_secret": KEY_SECRET,
        "sign_name": "渝工通",
        "templates": {"code": "SMS_1", "*": "SMS_9"},
    }
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_aliyun_gets_a_signed_request_with_the_code_as_template_variable(aliyun, at):
    assert Aliyun(aliyun.config).send(message(at)) == "biz-1"
    assert aliyun.valid == [True]
    sent = aliyun.seen[0]
    assert (sent["PhoneNumbers"], sent["SignName"], sent["TemplateCode"]) == ("13800000001", "渝工通", "SMS_1")
    assert json.loads(sent["TemplateParam"]) == {"code": "123456"}


def test_a_wrong_secret_is_noticed_by_the_fake(aliyun, at):
    Aliyun({**aliyun.config, "access_key_secret": "another"}).send(message(at))
    assert aliyun.valid == [False]


def test_other_events_use_the_general_template(aliyun, at):
    Aliyun(aliyun.config).send(message(at, event="wages.accepted", text="你的投诉已受理", ref="C1"))
    assert aliyun.seen[0]["TemplateCode"] == "SMS_9"
    assert json.loads(aliyun.seen[0]["TemplateParam"]) == {"text": "你的投诉已受理", "ref": "C1"}


@pytest.mark.parametrize(
    ("answer", "final"),
    [
        ((200, b'{"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "no"}'), True),
        ((200, b'{"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "slow"}'), False),
        ((400, b'{"Code": "SignatureDoesNotMatch", "Message": "?"}'), False),
        ((503, b"<html>busy</html>"), False),
        ((200, b"[]"), False),
    ],
)
def test_aliyuns_refusals_are_failures_to_send(aliyun, at, answer, final):
    aliyun.answer = answer
    with pytest.raises(NotSent) as refusal:
        Aliyun(aliyun.config).send(message(at))
    assert refusal.value.final is final


def test_an_unreachable_aliyun_is_a_failure_to_send(aliyun, at):
    with pytest.raises(NotSent, match="unreachable"):
        Aliyun({**aliyun.config, "endpoint": "http://127.0.0.1:9"}).send(message(at))


def test_an_event_without_a_template_is_a_final_failure(aliyun, at):
    with pytest.raises(NotSent) as refusal:
        Aliyun({**aliyun.config, "templates": {}}).send(message(at))
    assert refusal.value.final


def test_the_signature_of_known_input_never_changes():
    headers = signed_headers(
        "dysmsapi.aliyuncs.com",
        b"PhoneNumbers=13800000001",
        key_id="id",
        key_secret="secret",
        at=datetime(2026, 3, 9, 2, 0, tzinfo=UTC),
        nonce="n" * 32,
    )
    assert headers["x-acs-date"] == "2026-03-09T02:00:00Z"
    assert headers["authorization"].startswith("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=content-type;host;x-acs-")
    assert len(headers["authorization"].rpartition("=")[2]) == 64


class Failing:
    """A way out that fails as told and counts."""

    calls = 0
    final = False

    def send(self, outgoing):
        Failing.calls += 1
        raise NotSent("isp down", final=self.final)


@pytest.fixture
def failing(monkeypatch):
    Failing.calls, Failing.final = 0, False
    monkeypatch.setattr(sending, "provider", Failing)
    return Failing


def drain_for(at, span):
    """Drain whenever something is due, until `span` has passed."""
    while True:
        due = OutboxMessage.objects.filter(done_at=None, due_at__lte=at + span).order_by("due_at").first()
        if due is None:
            return
        outbox.drain(at=max(due.due_at, at))


def test_a_failure_is_tried_five_times_and_then_shown_to_officials(db, at, failing):
    sms.queue("13800000001", "你好", event="wages.accepted", ref="C1", at=at)
    drain_for(at, timedelta(days=1))
    row = SmsMessage.objects.get()
    assert (failing.calls, row.state, row.attempts, row.error) == (5, "failed", 5, "isp down")


def test_a_final_failure_is_not_tried_again(db, at, failing):
    failing.final = True
    sms.queue("13800000001", "你好", event="wages.accepted", ref="C1", at=at)
    drain_for(at, timedelta(days=1))
    assert (failing.calls, SmsMessage.objects.get().state) == (1, "failed")


def test_a_code_is_not_sent_after_it_expired(db, at, sink):
    sms.queue("13800000001", "验证码", event="code", ref="1", at=at, worthless_at=at + timedelta(minutes=5))
    outbox.drain(at=at + timedelta(minutes=6))
    assert sink() == []
    assert SmsMessage.objects.get().state == "failed"


def test_a_message_is_sent_once_even_when_it_is_delivered_twice(db, at, sink):
    row = sms.queue("13800000001", "你好", event="x", ref="1", at=at)
    assert len(sink()) == 1
    sms.deliver(row.pk, at=at)
    assert len(sink()) == 1


def test_one_failing_message_does_not_hold_up_the_others(db, at, sink, monkeypatch):
    real = sending.provider
    sms.queue("13800000001", "坏", event="x", ref="1", at=at)
    sms.queue("13800000002", "好", event="x", ref="2", at=at)

    class OneFails:
        def send(self, outgoing):
            if outgoing.ref == "1":
                raise NotSent("no")
            return real().send(outgoing)

    monkeypatch.setattr(sending, "provider", OneFails)
    outbox.drain(at=at)
    assert SmsMessage.objects.get(ref="2").state == "sent"


def test_the_queue_holds_no_personal_data(db, at):
    sms.queue("13800000001", "验证码 123456", event="code", ref="1", at=at)
    row = OutboxMessage.objects.values().get()
    assert "13800000001" not in str(row)
    assert "123456" not in str(row)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"SMS_PROVIDER": "pigeon"}, ["accounts.E001"]),
        ({"SMS_PROVIDER": "file", "DEBUG": True}, []),
        ({"SMS_PROVIDER": "file"}, ["accounts.W001"]),
        ({"SMS_PROVIDER": "aliyun"}, ["accounts.I001"]),
    ],
)
def test_a_way_out_that_leads_nowhere_is_noticed_at_the_start(settings, changes, found):
    from accounts.checks import sms_goes_out

    settings.DEBUG = False
    for name, value in changes.items():
        setattr(settings, name, value)
    assert [message.id for message in sms_goes_out(None)] == found
