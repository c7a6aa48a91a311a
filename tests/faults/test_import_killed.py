"""An import that is killed at any moment: the registry is as before or as after, and the file is finished later."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.crypto import blind_index, id_check_character
from workers.feeds import deciding, running
from workers.models import FeedBatch, FeedState, Provenance, Worker
from workers.precedence import day_number

pytestmark = pytest.mark.django_db(transaction=True)
APPLICATION = "import to be killed"
PEOPLE, ROWS, KILLS, SEED = 4_000, 5_000, 20, 20_261_123
OBSERVED = date(2026, 3, 1)
# Starting Python is not what is measured, so one process that is ready makes a copy of itself for each import: a real
# process with a connection of its own, which runs what `manage.py import_workers` runs. It says the copy's number.
NURSERY = """
import os
import sys
import django
django.setup()
import polars, workers.feeds.writing.applying, workers.management.commands.import_workers
from django.core.management import execute_from_command_line
print("ready", flush=True)
for _line in sys.stdin:
    if child := os.fork():
        print(child, flush=True)
    else:
        execute_from_command_line(["manage.py", "import_workers", *sys.argv[1:]])
        break
"""
# All that a file may change, without ids and moments, which differ from run to run.
DIGEST = """
SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
    SELECT concat_ws(',', 'w', encode(id_number_index, 'hex'), full_name, education, sex, birth_date) AS line
    FROM workers_worker
    UNION ALL
    SELECT concat_ws(',', 'p', encode(w.id_number_index, 'hex'), o.sources, o.observed,
        ARRAY(SELECT x <> 0 FROM unnest(o.acts) x WHERE x <> 0))
    FROM workers_provenance o JOIN workers_worker w ON w.id = o.worker_id
    UNION ALL
    SELECT concat_ws(',', 's', encode(w.id_number_index, 'hex'), s.texts, s.won, s.made)
    FROM workers_statement s JOIN workers_act a ON a.id = s.act_id AND a.undone_at IS NULL
    JOIN workers_worker w ON w.id = s.worker_id
) lines
"""


def id_number(number: int) -> str:
    """Address code 500199 was never issued."""
    body = f"500199{1960 + number // 900 % 40}{number // 75 % 12 + 1:02d}{number % 25 + 1:02d}{number % 1000:03d}"
    return body + id_check_character(body)


@pytest.fixture
def registry():
    """Four thousand people whose education the first load knew."""
    rows = Worker.objects.bulk_create(
        Worker(
            full_name=f"测试{number}",
            education="80",
            id_number=id_number(number),
            id_number_index=blind_index("id_number", id_number(number)),
            created_at=timezone.now(),
        )
        for number in range(PEOPLE)
    )
    sources, observed = [0] * 65, [0] * 65
    for place, source in ((0, 12), (1, 12), (17, 3)):
        sources[place], observed[place] = source, day_number(date(2025, 1, 1))
    Provenance.objects.bulk_create(Provenance(worker=row, sources=sources, observed=observed) for row in rows)


@pytest.fixture
def file(tmp_path):
    """A fifth of the people agree, most change, a thousand are new."""
    path = tmp_path / "教育.csv"
    lines = (f"{id_number(n)},测试{n},{'小学' if n % 5 == 0 else '初中'}\n" for n in range(ROWS))
    path.write_text("公民身份号码,姓名,学历\n" + "".join(lines))
    return path


@pytest.fixture
def start(file, tmp_path, settings):
    """`start()` begins an import in a process of its own and says its number; whatever is left is killed in the end."""
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
    told = [str(file), "--source", "教育", "--observed-on", OBSERVED.isoformat()]
    with (tmp_path / "errors.log").open("w+") as errors:
        nursery = subprocess.Popen(
            [sys.executable, "-c", NURSERY, *told],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
        assert nursery.stdout.readline() == "ready\n", (tmp_path / "errors.log").read_text()

        def begin() -> int:
            nursery.stdin.write("\n")
            nursery.stdin.flush()
            return next(int(line) for line in nursery.stdout if line.strip().isdecimal())

        yield begin
        os.killpg(nursery.pid, signal.SIGKILL)
        nursery.communicate()


def digest() -> str:
    with connection.cursor() as cursor:
        cursor.execute(DIGEST)
        return cursor.fetchone()[0]


def wait_until(true, *, seconds=30) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def the_server_let_go() -> bool:
    """A killed client's session ends when the server notices; its locks and its transaction with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [APPLICATION])
        return cursor.fetchone()[0] == 0


def kill(process: int) -> None:
    """Nobody asks how the copies ended, so the number is theirs even if one was faster."""
    os.kill(process, signal.SIGKILL)
    assert wait_until(the_server_let_go)


def newest() -> FeedBatch | None:
    return FeedBatch.objects.order_by("pk").last()


def finish(batch) -> FeedBatch:
    """What `take_up_feeds` and a person do after the crash."""
    if batch.state in (FeedState.UPLOADED, FeedState.CHECKING):
        batch = running.run(batch.pk, now=timezone.now)
    if batch.state == FeedState.CHECKED:
        batch = deciding.confirm(batch, by=None, at=timezone.now())
    return running.run(batch.pk, now=timezone.now)


def take_back(batch) -> FeedBatch:
    deciding.take_back(batch, by=None, at=timezone.now(), reason="再来一次")
    return running.run(batch.pk, now=timezone.now)


def staging_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'workers\\_feed\\_%'")
        return {name for (name,) in cursor.fetchall()}


def test_twenty_kills_leave_the_registry_as_before_or_as_after(registry, start):
    # Another test of this database may have left a checked file's tables, which no flush empties.
    rng, before, left_before = random.Random(SEED), digest(), staging_tables()
    began = time.monotonic()
    start()
    assert wait_until(lambda: FeedBatch.objects.filter(state=FeedState.APPLYING).exists())
    confirmed = time.monotonic()
    assert wait_until(lambda: FeedBatch.objects.filter(state=FeedState.APPLIED).exists())
    whole, writing = time.monotonic() - began, time.monotonic() - confirmed
    assert wait_until(the_server_let_go)
    after = digest()
    assert after != before and newest().counts["applied"]["new_people"] == ROWS - PEOPLE
    assert take_back(newest()).state == FeedState.UNDONE and digest() == before

    seen = []
    for number in range(KILLS):
        last, process = newest().pk, start()
        if number % 2:  # in the middle of the transaction
            wait_until(lambda last=last: FeedBatch.objects.filter(pk__gt=last, state=FeedState.APPLYING).exists())
            time.sleep(rng.random() * writing)
        else:
            time.sleep(rng.random() * whole)
        kill(process)

        batch = FeedBatch.objects.filter(pk__gt=last).first()
        state = batch.state if batch else "nothing"
        seen.append(state)
        assert digest() == (after if state == FeedState.APPLIED else before), (number, state)
        if batch is None:
            continue
        if state != FeedState.APPLIED:
            batch = finish(batch)
            assert batch.state == FeedState.APPLIED, (number, state, batch.message)
            assert digest() == after, (number, state)
        assert take_back(batch).state == FeedState.UNDONE
        assert digest() == before, (number, state)
    assert seen.count(FeedState.APPLYING) >= 3, seen
    assert staging_tables() <= left_before
    assert os.listdir(settings.PRIVATE_WORK_DIR) == []
