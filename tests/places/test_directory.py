"""What anybody finds in the directory: by district, province, words, position; what is unknown is not shown."""

import logging
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from places.models import Place
from places.nearest import kilometres
from wages.offices import office_of

pytestmark = pytest.mark.django_db


def test_only_what_a_source_names_is_shipped_and_says_whether_anybody_checked_it():
    shipped = Place.objects.all()
    assert {row.division for row in shipped.outside()} == {"33", "35", "37", "42", "61"}
    assert all(row.source and not row.verified for row in shipped)
    assert not any(row.phone or row.address for row in shipped.outside())
    assert {row.phone for row in shipped.hotlines()} == {"12333", "12345", "12348"}


def test_a_district_lists_its_own_places_and_their_phone_is_one_tap(client, window):
    page = client.get(reverse("places:index"), {"district": "500116"}).content.decode()
    assert window.name in page and 'href="tel:023-00001601"' in page
    assert window.name not in client.get(reverse("places:index"), {"district": "500236"}).content.decode()


def test_a_district_of_which_nothing_is_known_leads_to_the_service_line(client):
    page = client.get(reverse("places:index"), {"district": "500236"}).content.decode()
    assert "奉节县" in page and "tel:12333" in page


def test_a_province_leads_to_the_citys_office_there_without_a_phone_nobody_published(client, outside):
    page = client.get(reverse("places:index"), {"province": "33"}).content.decode()
    assert outside.name in page and "电话没有公布" in page


@pytest.mark.parametrize("words", ["滨江路", "监察 江津", "江津区劳动"])
def test_words_find_a_name_or_an_address(client, window, words):
    assert window.name in client.get(reverse("places:index"), {"q": words}).content.decode()


@pytest.mark.parametrize("odd", [{"district": "999999"}, {"province": "50"}, {"kind": "x"}, {"q": "\0%_'" * 20}])
def test_an_odd_address_is_a_page_and_no_fault(client, window, odd):
    assert client.get(reverse("places:index"), odd).status_code == 200


def test_a_place_is_printed_passed_on_and_gone_when_it_ended(client, window):
    page = client.get(window.get_absolute_url()).content.decode()
    assert "电话：023-00001601" in page and "几江街道滨江路 1 号" in page
    Place.objects.filter(pk=window.pk).update(valid_to=date(2020, 1, 1))
    assert client.get(window.get_absolute_url()).status_code == 410
    assert window.name not in client.get(reverse("places:index"), {"district": "500116"}).content.decode()


def test_the_nearest_stands_first_and_the_position_is_in_no_address_session_or_log(client, window, caplog):
    far = Place.objects.create(
        kind="window", name="奉节窗口", division="500236", latitude="31.01839", longitude="109.46411", source="公开"
    )
    caplog.set_level(logging.DEBUG)
    answer = client.post(reverse("places:near"), {"latitude": "29.291", "longitude": "106.260"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert page.index(window.name) < page.index(far.name)
    assert "29.291" not in page and "106.260" not in page
    assert "29.291" not in caplog.text and "29.291" not in str(dict(client.session))


@pytest.mark.parametrize("odd", [{}, {"latitude": "nan", "longitude": "1"}, {"latitude": "x", "longitude": "1e9"}])
def test_a_position_that_is_none_leads_back_to_the_districts(client, odd):
    assert client.post(reverse("places:near"), odd)["Location"] == reverse("places:index")


@given(some.floats(-89.9, 89.9), some.floats(-180, 180))
def test_sql_and_python_measure_the_same_way(latitude, longitude):
    spot = Place.objects.model(
        kind="window", name="点", division="500116", latitude="29.29014", longitude="106.25936", source="公开"
    )
    with transaction.atomic():
        spot.save()
        found = Place.objects.filter(pk=spot.pk).nearest(latitude, longitude).get()
        transaction.set_rollback(True)
    assert found.distance == pytest.approx(kilometres(latitude, longitude, 29.29014, 106.25936), abs=0.01)


def test_the_way_from_chongqing_to_beijing_is_as_long_as_the_atlas_says():
    assert kilometres(29.563, 106.551, 39.904, 116.407) == pytest.approx(1460, rel=0.01)


def test_a_case_is_at_the_office_that_the_directory_knows_else_at_the_districts(window):
    known, composed = office_of("500116001"), office_of("500236")
    assert (known.name, known.phone) == ("江津区劳动保障监察大队", "023-00001601")
    assert (composed.name, composed.phone) == ("奉节县劳动保障监察机构", "12333")
    Place.objects.create(kind="fast_court", name="江津速裁庭", division="500116", source="公开")
    assert office_of("500116").arbitration == "江津速裁庭"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "outside", "division": "500116"},
        {"kind": "outside", "division": "50"},
        {"kind": "window", "division": "33"},
        {"latitude": None},
        {"source": ""},
        {"latitude": "99.0"},
    ],
)
def test_the_table_refuses_a_line_that_makes_no_sense(window, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=window.pk).update(**wrong)
