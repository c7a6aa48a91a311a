"""My data means all of it: every table that refers to people is in the copy, or left out with a reason."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from core.crypto import blind_index
from housing.models import HousingApplication
from jobs.models import Application, Recommendation
from wages.models import Case
from workers.models import Worker
from workers.rights import copying, erasing, registry

PEOPLE = {Worker, User}
# Columns by which a table without a foreign key still leads to a person.
TRACES = ("phone_index", "actor_id", "uploaded_by_id", "actor", "id_number_index", "subject_id")


def targets(model):
    return {field.related_model for field in model._meta.get_fields() if field.is_relation and field.concrete}


def refers_to_people(model):
    """Directly, or through one table between."""
    direct = targets(model)
    return bool(direct & PEOPLE) or any(targets(one) & PEOPLE for one in direct if one)


def carries_traces(model):
    return any(field.name in TRACES for field in model._meta.concrete_fields)


def tables_of_people():
    return {
        model._meta.label_lower
        for model in apps.get_models()
        if model in PEOPLE or refers_to_people(model) or carries_traces(model)
    }


def test_every_table_that_leads_to_a_person_is_exported_or_left_out_with_a_reason():
    spoken_for = registry.exported_models() | set(registry.left_out())
    assert not tables_of_people() - spoken_for


def test_the_test_would_notice_a_table_that_nobody_spoke_for():
    found = tables_of_people()
    assert {"workers.statement", "wages.evidence", "housing.householdmember", "accounts.smsmessage"} <= found
    assert "core.division" not in found


def test_no_table_is_both_exported_and_left_out_and_every_reason_is_a_sentence():
    assert not registry.exported_models() & set(registry.left_out())
    assert all(len(reason) >= 10 and reason.endswith("。") for reason in registry.left_out().values())
    known = {model._meta.label_lower for model in apps.get_models()} | {"sessions.session"}
    assert set(registry.left_out()) <= known


@pytest.mark.django_db
def test_the_copy_of_a_person_with_matters_everywhere_holds_them_and_nobody_else(at):
    call_command("seed_demo", workers=200, seed=7, verbosity=0)
    wang, li = (User.objects.get(phone_index=blind_index("phone", f"1380000000{n}")) for n in (1, 2))
    copy = copying.compose(copying.person_of(wang), at=at, opened=True)["tables"]
    for key in ("worker", "statements", "consents", "mandates", "disputes", "wage_cases", "housing_applications"):
        assert copy[key]["rows"], key
    worker = copy["worker"]["rows"][0]
    assert worker["full_name"]["value"] == "王伟"
    assert worker["trade"]["value"] == {"code": "electrician", "label": "电工"}
    assert li.worker.worker_no not in str(copy) and li.phone.open() not in str(copy)


@pytest.mark.django_db
def test_cases_and_flats_forbid_an_erasure_each_with_its_number_and_the_rest_goes():
    call_command("seed_demo", workers=200, seed=7, verbosity=0)
    at = timezone.now()  # after the demonstration's matters
    held = Case.objects.filter(worker__isnull=False).first()
    flat = HousingApplication.objects.exclude(state="draft").filter(worker__isnull=False).first()
    assert any(held.number in said for said in erasing.reasons_against(held.worker, at=at))
    assert any(flat.number in said for said in erasing.reasons_against(flat.worker, at=at))
    busy = Application.objects.exclude(worker__in=Case.objects.filter(worker__isnull=False).values("worker"))
    urls = {one.url for row in (held, flat) for one in registry.holds(row.worker, at)}
    assert urls >= {f"/wages/status/{held.number}/", f"/me/housing/{flat.number}/"}
    free = next(row.worker for row in busy if not erasing.reasons_against(row.worker, at=at))
    erasing.erase(free, by=None, at=at)
    assert not Application.objects.filter(worker=free).exists()
    assert not Recommendation.objects.filter(worker=free).exists()
