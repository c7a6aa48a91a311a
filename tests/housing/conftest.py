"""王伟's application for a flat in 江津区, and ways to bring it to any state."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.crypto import id_check_character
from housing import services
from housing.declared import missing_papers
from housing.enums import DocumentKind, Relation, UnitKind
from housing.models import Estate, HousingApplication, UnitType
from workers import services as workers
from workers.enums import Source

# Address code 500199 was never issued, so the numbers belong to nobody.


def id_number(born, sequence):
    """A well-formed number of nobody; an odd sequence is male."""
    body = f"500199{born}{sequence:03d}"
    return body + id_check_character(body)


def photo(name="照片.jpg"):
    image = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 210, 220)).save(image, "JPEG")
    return SimpleUploadedFile(name, image.getvalue(), "image/jpeg")


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def make_worker(at):
    """`make_worker(user, "19830412", 1)`: registered with name and ID number."""

    def make(user, born="19830412", sequence=1):
        row = workers.for_user(user, at=at)
        number = id_number(born, sequence)
        workers.identify(user, full_name=user.display_name, id_number=number, by=user, at=at)
        workers.record(row, {"hukou_division": "500116001"}, source=Source.POLICE, by=None, at=at)
        row.refresh_from_db()
        return row

    return make


@pytest.fixture
def worker(make_worker, wang_wei):
    return make_worker(wang_wei)


@pytest.fixture
def make_estate(db):
    def make(name, district):
        estate = Estate.objects.create(
            name=name, district_id=district, address="福星大道 1 号", opened_on=date(2020, 1, 1)
        )
        for number, kind in enumerate(UnitKind):
            UnitType.objects.create(
                estate=estate,
                kind=kind,
                area_m2=Decimal(32 + 12 * number),
                rent_fen=(300 + 120 * number) * 100,
                units_total=100,
                units_free=8,
            )
        return estate

    return make


@pytest.fixture
def estate(make_estate):
    return make_estate("双福新居", "500116")


@pytest.fixture
def fill(at):
    """`fill(draft, estate)`: every task but the papers is done, for a couple with a daughter."""

    def complete(draft, estate, *, moment=None, sequence=2):
        when, by = moment or at, draft.worker.user
        services.add_member(
            draft, relation=Relation.SPOUSE, name="陈静", id_number=id_number("19850302", sequence), by=by, at=when
        )
        services.add_member(
            draft, relation=Relation.DAUGHTER, name="王雨", id_number=id_number("20120615", sequence), by=by, at=when
        )
        values = {
            "birth_date": date(1983, 4, 12),
            "sex": "1",
            "household_complete": True,
            "work": "employed",
            "is_student": False,
            "contract_months": 12,
            "insurance_months": 14,
            "fund_months": 0,
            "residence_months": 30,
            "home_m2": Decimal(0),
            "estate": estate,
        }
        services.save_task(draft, values, by=by, at=when)
        return services.save_incomes(draft, own_fen=520_000, exempt=False, members_fen={}, by=by, at=when)

    return complete


@pytest.fixture
def hand_in_papers(at):
    """Every paper that is still missing, as a photo."""

    def hand_in(application, *, moment=None):
        for need in missing_papers(application):
            kept, problems = services.attach(
                application, DocumentKind(need.kind), [photo()], by=application.worker.user, at=moment or at
            )
            assert (kept, problems) == (1, [])

    return hand_in


@pytest.fixture
def draft(worker, estate, fill, at):
    """A draft with everything but papers."""
    return fill(services.start(worker, by=worker.user, at=at), estate)


@pytest.fixture
def submitted(draft, hand_in_papers, at):
    """Handed in with all papers."""
    hand_in_papers(draft)
    return services.submit(draft, by=draft.worker.user, at=at)


@pytest.fixture
def in_preliminary(submitted, jiangjin_official, at):
    return services.take_up(submitted, by=jiangjin_official, at=at)


@pytest.fixture
def in_final(in_preliminary, jiangjin_official, at):
    return services.pass_preliminary(in_preliminary, by=jiangjin_official, at=at)


@pytest.fixture
def publicised(in_final, city_official, at):
    return services.pass_final(in_final, by=city_official, at=at)


@pytest.fixture
def fresh():
    """The row as the database has it."""
    return lambda row: type(row).objects.get(pk=row.pk)


@pytest.fixture
def only_application(db):
    return lambda: HousingApplication.objects.get()
