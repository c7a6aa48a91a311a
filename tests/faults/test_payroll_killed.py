"""A monthly file that is killed while it is written, or taken back: all its lines stand, or none, and it is finished
later."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection

from core.crypto import id_check_character
from employers.models import Employer, Project
from sites import services
from sites.enums import FileKind, Teller
from sites.models import PayrollFile, PayrollLine, Stranger
from workers.feeds import deciding, running

pytestmark = pytest.mark.django_db(transaction=True)
ROWS, KILLS, SEED = 30_000, 12, 20_261_124
APPLICATION = "payroll to be killed"
AT = datetime(2026, 5, 14, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
# One process that is ready makes a copy of itself for each run; the copy does what Celery's task does.
NURSERY = """
import os
import sys
import django
django.setup()
import polars
from sites.tasks import run_file
print("ready", flush=True)
for line in sys.stdin:
    if child := os.fork():
        print(child, flush=True)
    else:
        run_file(int(line))
        break
"""


def id_number(number: int) -> str:
    """Address code 500199 was never issued."""
    body = f"500199{1960 + number // 900 % 40}{number // 75 % 12 + 1:02d}{number % 25 + 1:02d}{number % 1000:03d}"
    return body + id_check_character(body)


@pytest.fixture
def site():
    builder = Employer.objects.create(
        uscc="91500116DEM000011H", name="晨晖建设", legal_representative="王建国", district="500116", registered_at=AT
    )
    return Project.objects.create(
        code="JJ001",
        name="安置房",
        general_contractor=builder,
        developer_name="城投",
        regulator_name="住建委",
        division="500116",
        address="",
        labour_manager_name="周洋",
        labour_manager_phone="",
        pay_day=15,
        registered_at=AT,
    )


@pytest.fixture
def start(tmp_path, settings):
    """`start(batch)` works at it in a process of its own and says its number; whatever is left is killed in the end."""
    settings.PRIVATE_WORK_DIR = tmp_path / "work"
    settings.MEDIA_ROOT = tmp_path / "files"
    named = urlsplit(os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/yugongtong"))
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": urlunsplit(named._replace(path=f"/{connection.settings_dict['NAME']}")),
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PGAPPNAME": APPLICATION,
        "POLARS_MAX_THREADS": "2",
    }
    with (tmp_path / "errors.log").open("w+") as errors:
        nursery = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
        assert nursery.stdout.readline() == "ready\n", (tmp_path / "errors.log").read_text()

        def begin(batch) -> int:
            nursery.stdin.write(f"{batch.pk}\n")
            nursery.stdin.flush()
            return int(nursery.stdout.readline())

        yield begin
        os.killpg(nursery.pid, signal.SIGKILL)
        nursery.communicate()


def wait_until(true, *, seconds=60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def the_server_let_go() -> bool:
    """A killed client's session ends when the server notices; its transaction with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [APPLICATION])
        return cursor.fetchone()[0] == 0


def run(batch):
    return running.run(batch.pk, now=lambda: AT, model=PayrollFile)


def counts():
    return PayrollLine.objects.count(), Stranger.objects.count()


def test_kills_leave_all_lines_of_a_file_or_none(site, start):
    text = "项目编号,身份证号,月份,应发工资,实发工资,发放日期\n" + "".join(
        f"JJ001,{id_number(n)},2026-03,6000,6000,2026-04-15\n" for n in range(ROWS)
    )
    batch = services.receive(
        iter([text.encode()]), "三月.csv", kind=FileKind.PAYROLL, teller=Teller.BANK, by=None, at=AT
    )
    batch = run(batch)
    assert (batch.state, batch.counts["rows"]) == ("checked", ROWS)
    batch = deciding.confirm(batch, by=None, at=AT)
    rng, whole, killed = random.Random(SEED), None, {"applying": 0, "undoing": 0}
    for number in range(KILLS + 1):
        before, verb = counts(), batch.state
        began = time.monotonic()
        process = start(batch)
        if whole is None:  # the first is left alone, to know how long it takes
            wait_until(lambda pk=batch.pk, verb=verb: PayrollFile.objects.get(pk=pk).state != verb)
            whole = time.monotonic() - began
        else:
            time.sleep(rng.random() * whole)
            os.kill(process, signal.SIGKILL)
        wait_until(the_server_let_go)
        batch = PayrollFile.objects.get(pk=batch.pk)
        if batch.state == verb:
            killed[verb] += 1
            assert counts() == before, (number, verb)
            PayrollFile.objects.filter(pk=batch.pk).update(attempts=0)  # three kills of one step would give it up
            batch = run(batch)
        assert counts() == ((ROWS, ROWS) if batch.state == "applied" else (0, 0)), (number, batch.state)
        if batch.state == "applied":
            batch = deciding.take_back(batch, by=None, at=AT, reason="再来一次")
        else:
            fresh = services.receive(
                iter([text.encode()]), "三月.csv", kind=FileKind.PAYROLL, teller=Teller.BANK, by=None, at=AT
            )
            batch = deciding.confirm(run(fresh), by=None, at=AT)
    print(f"{KILLS} kills, of which {killed} in the middle")
    assert sum(killed.values()) >= 3, killed
    assert os.listdir(settings.PRIVATE_WORK_DIR) == []
