"""A file's whole way: received, checked, confirmed, written, taken back; and where it is stopped with a sentence."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core import tasks
from workers.feeds import deciding, jobs, progress, running
from workers.feeds import files as stored
from workers.models import Act, FeedBatch, FeedState, Provenance, Statement, Worker

from ..filed import id_number
from .batches import content, receive, run, somebody_at

pytestmark = pytest.mark.django_db


def test_a_file_is_checked_previewed_written_and_taken_back(person, city_official, at):
    worker = person(1)
    batch = run(receive(content((1, "测试1", "初中"), (2, "冉光明", "大学专科")), at, by=city_official), at)
    assert batch.state == FeedState.CHECKED
    assert (batch.counts["rows"], batch.counts["new_people"], batch.counts["changed"]) == (2, 1, 1)
    assert Worker.objects.count() == 1 and not Statement.objects.exists()
    batch = run(deciding.confirm(batch, by=city_official, at=at), at)
    assert (batch.state, batch.counts["applied"]["new_people"]) == (FeedState.APPLIED, 1)
    worker.refresh_from_db()
    assert worker.education == "70" and Act.objects.get().actor_id == city_official.pk
    batch = run(deciding.take_back(batch, by=city_official, at=at, reason="部门发错了文件"), at)
    assert batch.state == FeedState.UNDONE
    worker.refresh_from_db()
    assert worker.education == "80" and Worker.objects.count() == 1


def test_rows_with_errors_come_back_and_do_not_stop_the_others(person, at):
    person(1)
    wrong = f"{id_number(3)[:-1]}{'0' if id_number(3)[-1] != '0' else '1'},某人,初中\n".encode()
    batch = run(receive(content((1, "测试1", "初中"), (2, "某人", "博学")) + wrong, at), at)
    assert (batch.counts["rows"], batch.counts["returned_rows"], batch.counts["books"]) == (1, 2, 1)
    assert b"".join(stored.returned(batch, 1)).startswith(b"PK")


def test_a_file_that_is_none_fails_with_a_sentence_and_changes_nothing(at):
    batch = run(receive(b"%PDF-1.7 nothing", at, name="data.csv"), at)
    assert batch.state == FeedState.FAILED and batch.message
    assert not Act.objects.exists()


@pytest.fixture
def broken(monkeypatch):
    """A step of the work that crashes instead of refusing; says how often it was tried."""
    tried = []

    def crash(*args, **kwargs):
        tried.append(1)
        raise MemoryError

    def make(module, name):
        monkeypatch.setattr(module, name, crash)
        return tried

    return make


def crash_until_given_up(batch, at):
    for _attempt in range(running.MOST_ATTEMPTS):
        with pytest.raises(MemoryError):
            run(batch, at)
    return run(batch, at)


def test_a_file_whose_check_crashes_is_given_up_after_three_attempts(broken, at):
    batch = receive(content((1, "测试1", "初中")), at)
    tried = broken(jobs.preparing, "stage")
    batch = crash_until_given_up(batch, at)
    assert (batch.state, len(tried)) == (FeedState.FAILED, 3)
    assert "3 次" in batch.message and batch.pk not in running.waiting()


def test_a_file_whose_writing_crashes_is_given_up_and_leaves_nothing_behind(broken, person, at):
    person(1)
    batch = deciding.confirm(run(receive(content((1, "测试1", "初中"), (2, "某人", "博学")), at), at), by=None, at=at)
    broken(jobs.applying, "apply")
    batch = crash_until_given_up(batch, at)
    assert (batch.state, batch.returned_name, batch.counts["books"]) == (FeedState.FAILED, "", 0)
    assert not Act.objects.exists() and not list((Path(settings.MEDIA_ROOT) / "feeds").iterdir())


def test_a_written_file_whose_undoing_crashes_stays_written(broken, person, at):
    person(1)
    batch = run(deciding.confirm(run(receive(content((1, "测试1", "初中")), at), at), by=None, at=at), at)
    deciding.take_back(batch, by=None, at=at, reason="撤销")
    broken(jobs.undoing, "undo")
    batch = crash_until_given_up(batch, at)
    assert batch.state == FeedState.APPLIED and "3 次" in batch.message


def test_an_attempt_is_counted_before_the_work_so_that_a_kill_counts(monkeypatch, at):
    seen = []
    batch = receive(content((1, "测试1", "初中")), at)
    stage = jobs.preparing.stage

    def watched(*args, **kwargs):
        seen.append(FeedBatch.objects.get(pk=batch.pk).attempts)
        return stage(*args, **kwargs)

    monkeypatch.setattr(jobs.preparing, "stage", watched)
    assert (run(batch, at).attempts, seen) == (0, [1])


def test_waiting_for_another_file_is_no_attempt(monkeypatch, person, at):
    person(1)
    batch = deciding.confirm(run(receive(content((1, "测试1", "初中")), at), at), by=None, at=at)

    def busy(*args, **kwargs):
        raise running.ImportRunning("另一批数据正在写入。")

    with monkeypatch.context() as patch:
        patch.setattr(jobs.applying, "apply", busy)
        for _time in range(running.MOST_ATTEMPTS + 2):
            assert run(batch, at).state == FeedState.APPLYING
    assert run(batch, at).state == FeedState.APPLIED


def test_a_file_is_checked_anew_when_somebody_has_left_the_registry_since(person, at):
    gone = person(1)
    batch = run(receive(content((1, "测试1", "初中"), (2, "冉光明", "大学专科")), at), at)
    deciding.confirm(batch, by=None, at=at)
    Provenance.objects.filter(worker=gone).delete()
    Worker.objects.filter(pk=gone.pk).delete()
    batch = run(batch, at)
    assert (batch.state, batch.pk in running.waiting()) == (FeedState.UPLOADED, True)
    batch = run(batch, at)
    assert (batch.state, batch.counts["new_people"]) == (FeedState.CHECKED, 2)
    assert "登记有了变化" in progress.of(batch, at=at).note
    assert not Act.objects.exists()
    batch = run(deciding.confirm(batch, by=None, at=at), at)
    assert (batch.state, batch.counts["applied"]["new_people"]) == (FeedState.APPLIED, 2)


def test_no_id_number_stands_in_clear_on_disk_or_in_the_database(at, tmp_path):
    numbers = [id_number(1), id_number(2)]
    batch = run(receive(content((1, "测试1", "初中"), (2, "某人", "博学")), at), at)
    with connection.cursor() as cursor:
        tables = [f"workers_feed_{batch.pk}", f"workers_feed_{batch.pk}_new", "workers_feedbatch"]
        for table in tables:
            for number in numbers:
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{number}%"])
                assert cursor.fetchone() == (0,), table
    run(deciding.confirm(batch, by=None, at=at), at)
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            assert not any(number.encode() in path.read_bytes() for number in numbers), path


def test_a_file_that_somebody_is_at_is_left_alone(at):
    batch = receive(content((1, "测试1", "初中")), at)
    with somebody_at(batch):
        assert run(batch, at) is None
    assert run(batch, at).state == FeedState.CHECKED


def test_the_command_previews_writes_and_takes_back(person, tmp_path, capsys, at):
    worker = person(1)
    path = tmp_path / "教育.csv"
    path.write_bytes(content((1, "测试1", "初中")))
    on = (timezone.localdate() - timedelta(days=1)).isoformat()
    call_command("import_workers", path, source="教育", observed_on=date.fromisoformat(on), dry_run=True)
    worker.refresh_from_db()
    assert worker.education == "80" and "登记没有变化" in capsys.readouterr().out
    call_command("import_workers", path, source="教育", observed_on=date.fromisoformat(on))
    worker.refresh_from_db()
    assert worker.education == "70"
    batch = FeedBatch.objects.get(state=FeedState.APPLIED)
    with pytest.raises(CommandError, match="没有任何变化"):
        call_command("import_workers", path, source="教育")
    call_command("import_workers", undo=batch.pk, reason="发错了")
    worker.refresh_from_db()
    assert worker.education == "80"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"source": "教育"}, "要写文件"),
        ({"undo": 99}, "没有第 99 批"),
    ],
)
def test_the_command_answers_wrong_calls_with_sentences(db, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_workers", **arguments)


def test_a_received_file_reaches_celery_and_a_forgotten_one_is_taken_up(at, monkeypatch):
    from core import outbox
    from workers import tasks

    asked = []
    monkeypatch.setattr(tasks.run_feed, "delay", asked.append)
    batch = receive(content((1, "测试1", "初中")), at)
    outbox.drain(at=at)
    assert asked == [batch.pk]
    tasks.take_up_feeds()
    assert asked == [batch.pk, batch.pk]
    tasks.run_feed(batch.pk)
    assert FeedBatch.objects.get().state == FeedState.CHECKED
    tasks.take_up_feeds()
    assert asked == [batch.pk, batch.pk]


def test_partitions_for_the_coming_year_are_made_once(db):
    from workers import tasks

    tasks.make_quarters()
    assert tasks.make_quarters() == 0


def test_the_nightly_sweep_takes_what_killed_uploads_left_and_nothing_that_a_batch_knows(person, at):
    person(1)
    batch = run(receive(content((1, "测试1", "初中"), (2, "某人", "博学")), at), at)
    stored.keep(iter([b"x"]))
    _killed, part = stored.writing()
    part.write(b"x" * 100)
    running_now, other = stored.writing()
    folder = Path(settings.MEDIA_ROOT) / "feeds"
    long_ago = (timezone.now() - timedelta(hours=25)).timestamp()
    for path in folder.iterdir():
        if not path.name.startswith(running_now):
            os.utime(path, (long_ago, long_ago))
    tasks.sweep_files()
    left = {path.name for path in folder.iterdir()}
    assert left == {batch.sealed_name, batch.returned_name, f"{running_now}.part"}
    part.discard()
    other.discard()
