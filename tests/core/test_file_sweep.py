"""A failed upload leaves no file for ever, and no sweep takes a file that somebody's row needs."""

import os
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from core import file_sweep, files, tasks
from core.errors import Refusal
from core.models import StoredFile

from .test_files import picture


@pytest.fixture
def upload(at):
    def store():
        return files.store(SimpleUploadedFile("a.jpg", picture()), by=None, at=at, purpose="test")

    return store


@pytest.fixture
def leftover(upload):
    """A file whose transaction failed; `leftover(hours)` says how long ago."""

    def leave(hours=25):
        with pytest.raises(RuntimeError), transaction.atomic():
            path = files.path_of(upload())
            raise RuntimeError("the form was refused after all")
        return aged(path, hours)

    return leave


def aged(path, hours):
    moment = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))
    return path


def swept(**options):
    told = StringIO()
    call_command("sweep_files", stdout=told, **options)
    return told.getvalue()


@pytest.mark.django_db
def test_what_a_rolled_back_upload_left_is_swept_and_what_a_row_names_is_not(upload, leftover):
    kept, left = files.path_of(upload()), leftover()
    aged(kept, 1000)
    assert left.exists()
    assert "1 without a row, 0 removed" in swept(dry_run=True)
    assert left.exists()
    assert "2 files, 1 without a row, 1 removed" in swept()
    assert (left.exists(), kept.exists()) == (False, True)


@pytest.mark.django_db
def test_the_nightly_task_does_the_same(leftover):
    left = leftover()
    tasks.sweep_files()
    tasks.sweep_files()
    assert not left.exists()


@pytest.mark.django_db
def test_a_fresh_file_may_belong_to_a_running_upload(leftover):
    left = leftover(hours=23)
    swept()
    assert left.exists()
    with pytest.raises(CommandError):
        swept(hours=0)


@pytest.mark.django_db(transaction=True)
def test_an_upload_whose_row_comes_during_the_sweep_keeps_its_file(upload):
    """However old a file looks: its row is asked for once more before it goes."""
    stored = []

    def slow_upload():
        with transaction.atomic():
            stored.append(upload())
            aged(files.path_of(stored[0]), 1000)
            written.set()
            compared.wait(timeout=30)
        connection.close()

    written, compared = threading.Event(), threading.Event()
    thread = threading.Thread(target=slow_upload)
    thread.start()
    written.wait(timeout=30)
    found = file_sweep.compare(at=timezone.now())
    compared.set()
    thread.join()
    assert [path.name for path in found.leftovers] == [stored[0].token]
    assert file_sweep.remove(found) == 0
    assert files.path_of(stored[0]).exists()


@pytest.mark.django_db
def test_rows_whose_file_is_missing_or_cut_are_named(upload, caplog):
    whole, missing, cut = upload(), upload(), upload()
    files.path_of(missing).unlink()
    files.path_of(cut).write_bytes(b"half")
    with pytest.raises(CommandError, match=f"2 rows without their file: {missing.pk}, {cut.pk}"):
        swept()
    tasks.sweep_files()
    assert f"[{missing.pk}, {cut.pk}]" in caplog.text
    assert StoredFile.objects.filter(pk=whole.pk).exists()


@pytest.mark.django_db
def test_a_missing_file_is_a_sentence_for_whoever_opens_it(upload):
    stored = upload()
    files.path_of(stored).unlink()
    with pytest.raises(Refusal, match="打不开"):
        files.respond(stored)


@pytest.mark.django_db
def test_a_foreign_database_costs_no_file(leftover, monkeypatch, caplog):
    monkeypatch.setattr(file_sweep, "ORDINARY", 1)
    left = [leftover(), leftover()]
    with pytest.raises(CommandError, match="什么都没有删除"):
        swept()
    tasks.sweep_files()
    assert "什么都没有删除" in caplog.text
    assert all(path.exists() for path in left)
    swept(everything=True)
    assert not any(path.exists() for path in left)


@pytest.mark.django_db
def test_what_is_not_ours_is_left_alone(settings):
    strange = settings.MEDIA_ROOT / "ab" / "cd" / "notes.txt"
    strange.parent.mkdir(parents=True)
    strange.write_text("x")
    aged(strange, 1000)
    swept(everything=True)
    assert strange.exists()


@pytest.mark.django_db
def test_no_folder_yet_is_nothing_to_sweep():
    assert "0 files" in swept()


@pytest.mark.django_db
def test_what_another_matter_keeps_in_a_folder_of_its_own_is_swept_by_its_own_word(settings, monkeypatch):
    folder = settings.MEDIA_ROOT / "feeds"
    folder.mkdir(parents=True)
    kept, gone, fresh = folder / "kept", folder / "gone", folder / "fresh"
    for path in (kept, gone, fresh):
        path.write_text("x")
    for path in (kept, gone):
        aged(path, 25)
    store = file_sweep.Store(lambda: sorted(folder.iterdir()), lambda path: path == kept)
    monkeypatch.setattr(file_sweep, "_stores", [store])
    assert "3 files, 1 without a row, 1 removed" in swept()
    assert sorted(folder.iterdir()) == [fresh, kept]
