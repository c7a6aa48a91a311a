"""The broker freezes: nobody who uses the portal notices."""

import signal
import socket
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.django_db  # pytest makes a database for the portal to be copied from
AT_MOST = 3  # seconds an answer may take
PHONE = "15400000011"  # 154 belongs to no operator


@pytest.fixture
def frozen(stack):
    """Valkey stops in mid-air: connections stand, nothing answers. Nothing that listens is the worse fault."""
    with _frozen(stack.valkey):
        yield


@contextmanager
def _frozen(valkey):
    valkey.child.send_signal(signal.SIGSTOP)
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(0.5)
            line.connect(str(valkey.socket))
            line.sendall(b"PING\r\n")
            with pytest.raises(TimeoutError):
                line.recv(16)
        yield
    finally:
        valkey.child.send_signal(signal.SIGCONT)


@pytest.fixture
def visitor(stack, frozen):
    """Notes every answer; in the end none was slow or an error."""
    with stack.running("outbox"):
        visitor, answers = stack.visitor(), []
        ask = visitor._ask

        def noting(path, body):
            answers.append((path, ask(path, body)))
            return answers[-1][1]

        visitor._ask = noting
        yield visitor
    slow = [(path, answer.status, answer.seconds) for path, answer in answers if answer.seconds > AT_MOST]
    assert not slow
    assert answers and all(answer.status == 200 for _path, answer in answers)
    print(f"{len(answers)} answers, the slowest after {max(answer.seconds for _, answer in answers):.2f} s")


def test_jobs_sign_in_and_a_whole_complaint_work_with_a_frozen_broker(visitor):
    for path in ("/", "/jobs/", "/wages/", "/housing/", "/reports/"):
        visitor.get(path)
    sign_in(visitor)
    assert complain(visitor).path.startswith("/wages/receipt/")


def sign_in(visitor):
    visitor.get("/accounts/login/")
    visitor.post("/accounts/login/", phone=PHONE)
    landed = visitor.post("/accounts/login/code/confirm/", code=visitor.code(PHONE))
    assert not landed.path.startswith("/accounts/login")
    assert visitor.get("/me/notices/").path == "/me/notices/"


def month(back):
    """A month some months ago, as the form names it."""
    first = date.today().replace(day=1)
    for _ in range(back):
        first = (first - timedelta(days=1)).replace(day=1)
    return f"{first:%Y-%m}"


def complain(visitor):
    steps = {
        "": {},
        "field/": {"field_type": "other"},
        "where/": {"employer_name": "老王饭店", "division": "500236"},
        "owed/": {"owed_months": [month(1), month(2)], "amount": "12600"},
        "work/": {"work_from": month(8), "work_to": "still", "contract": "no"},
        "evidence/": {"facts": "说好每月 6300 元。"},
        "you/": {"kind": "complaint", "name": "王小明", "group": "alone"},
    }
    for step, fields in steps.items():
        page = visitor.post(f"/wages/complain/{step}", **fields)
    assert page.path == "/wages/complain/check/"
    return visitor.post("/wages/complain/check/", pledge="on", phone=PHONE, submission_key=page.submission_key)
