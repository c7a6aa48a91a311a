"""The narrow table of choices says of everybody who is shown what the wide row says, whoever wrote that."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection

from workers import demo, services
from workers.demo import loading
from workers.enums import Source
from workers.models import Worker, WorkerFacets
from workers.rights import erasing
from workers.twins.merging import merge, unmerge

ADRIFT = """
SELECT w.id, f.words FROM workers_worker w FULL JOIN workers_workerfacets f ON f.worker_id = w.id
WHERE f.words IS DISTINCT FROM CASE WHEN w.merged_into_id IS NULL THEN workers_facets(w.sex, w.education, w.industry,
    w.employment_status, w.migration_type, w.hukou_district, w.residence_district, w.full_name) END
"""


def adrift():
    with connection.cursor() as cursor:
        cursor.execute(ADRIFT)
        return cursor.fetchall()


def words_of(row):
    return set(WorkerFacets.objects.get(pk=row.pk).words)


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.mark.django_db
def test_after_the_demonstration_every_row_has_its_words():
    call_command("seed_demo", workers=200, seed=7, verbosity=0)
    assert WorkerFacets.objects.count() == Worker.objects.count() > 200 - 1
    assert not adrift()


def save(row):
    row.education = "20"
    row.save()


def save_one_column(row):
    row.education = "20"
    row.save(update_fields=["education"])


def bulk_update(row):
    row.education = "20"
    Worker.objects.bulk_update([row], ["education"])


WAYS = {
    "save": save,
    "save one column": save_one_column,
    "queryset": lambda row: Worker.objects.filter(pk=row.pk).update(education="20"),
    "bulk update": bulk_update,
    "sql": lambda row: sql("UPDATE workers_worker SET education = '20' WHERE id = %s", row.pk),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_changed_choice_is_known_however_it_was_written(person, way):
    row, other = person(1), person(2)
    assert "e80" in words_of(row)
    WAYS[way](row)
    assert "e20" in words_of(row) and "e80" not in words_of(row)
    assert "e80" in words_of(other) and not adrift()


CHANGES = {
    "sex": ("2", "s2"),
    "education": ("20", "e20"),
    "industry": ("A", "iA"),
    "employment_status": ("2", "w2"),
    "migration_type": ("2", "m2"),
    "hukou_division": ("500236001", "d500236"),
    "residence_division": ("500236001", "d500236"),
    "full_name": ("欧阳", "n欧"),
}


@pytest.mark.parametrize("column", CHANGES)
def test_every_column_that_gives_a_word_is_watched(person, column):
    row = person(1)
    value, word = CHANGES[column]
    assert word not in words_of(row)
    Worker.objects.filter(pk=row.pk).update(**{column: value})
    assert word in words_of(row) and not adrift()


def test_a_change_that_is_no_choice_leaves_the_narrow_row_alone(person):
    row = person(1, hukou_division="500116001")
    where = "SELECT ctid::text FROM workers_workerfacets WHERE worker_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(where, [row.pk])
        before = cursor.fetchone()
        Worker.objects.filter(pk=row.pk).update(
            hukou_division="500116002", full_name=row.full_name + "某", trade="cook", education=row.education
        )
        cursor.execute(where, [row.pk])
        assert cursor.fetchone() == before


def test_many_at_once_come_with_their_words(db, at):
    Worker.objects.bulk_create([Worker(full_name=name, created_at=at) for name in ("王五", "李雷")])
    assert WorkerFacets.objects.count() == 2 and not adrift()


def test_a_load_by_copy_comes_with_its_words(db, at):
    loading.load(120, replace(demo.generator(rng_seed=7, at=at), chunk=60), at=at, processes=1)
    assert WorkerFacets.objects.count() == 120 and not adrift()


def test_whoever_goes_takes_the_words_along(person):
    gone, stays = person(1), person(2)
    sql("DELETE FROM workers_provenance WHERE worker_id = %s", gone.pk)
    sql("DELETE FROM workers_worker WHERE id = %s", gone.pk)
    assert [one.pk for one in WorkerFacets.objects.all()] == [stays.pk]


@pytest.mark.parametrize("both", [False, True])
def test_an_emptied_registry_has_no_words(person, both):
    person(1)
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"TRUNCATE workers_worker{', workers_workerfacets' if both else ''} CASCADE")
    assert not WorkerFacets.objects.exists()


def test_a_merged_row_has_no_words_until_the_two_are_parted(person):
    shown, hidden = person(1), person(2)
    Worker.everyone.filter(pk=hidden.pk).update(merged_into=shown)
    assert not WorkerFacets.objects.filter(pk=hidden.pk).exists() and not adrift()
    Worker.everyone.filter(pk=hidden.pk).update(education="20")
    assert not WorkerFacets.objects.filter(pk=hidden.pk).exists()
    Worker.everyone.filter(pk=hidden.pk).update(merged_into=None)
    assert "e20" in words_of(hidden) and not adrift()


def test_a_file_and_its_undoing(person, files):
    row = person(1)
    act, counts = files.apply(
        [(1, {"full_name": "测试1", "education": "20"}), (2, {"full_name": "冉启明", "education": "60"})],
        Source.EDUCATION,
    )
    assert counts["new_people"] == 1 and "e20" in words_of(row)
    assert {"n冉", "e60"} <= words_of(Worker.objects.get(full_name="冉启明")) and not adrift()
    files.undo(act)
    assert "e80" in words_of(row) and WorkerFacets.objects.count() == 1 and not adrift()


def test_what_a_person_says_a_merge_and_an_erasure(worker, person, at):
    services.record(worker, {"education": "70"}, source=Source.WORKER, by=worker.user, at=at)
    assert {"e70", "n王", "d500116"} <= words_of(worker)
    other = person(1)
    joined = merge(worker, other, by=None, at=at)
    assert not adrift() and WorkerFacets.objects.count() == 1
    unmerge(joined, by=None, at=at, reason="两个人")
    assert not adrift() and WorkerFacets.objects.count() == 2
    erasing.erase(Worker.objects.get(pk=worker.pk), by=None, at=at)
    assert words_of(worker) == set("seiwmdn") and not adrift()
