"""What one official enters another publishes; the city posts officials to offices outside."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import audit
from core.errors import NotAllowed, Refusal
from core.transitions import AlreadyMoved
from places import policies, services
from places.models import Edit, Place, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def entered(window, jiangjin_official, at):
    return services.enter({"phone": "023-00009999"}, place=window, by=jiangjin_official, at=at)


def test_what_is_entered_is_not_shown_before_a_colleague_publishes_it(window, entered, second_official, at):
    window.refresh_from_db()
    assert window.phone == "023-00001601"
    services.publish(entered, by=second_official, at=at)
    window.refresh_from_db()
    assert (window.phone, window.address) == ("023-00009999", "几江街道滨江路 1 号")
    assert [entry.verb for entry in audit.timeline(window)] == ["places.publish"]


def test_who_entered_it_does_not_publish_it_not_even_past_the_policy(entered, jiangjin_official, at):
    with pytest.raises(NotAllowed):
        services.publish(entered, by=jiangjin_official, at=at)
    with pytest.raises(Exception, match="maker_is_not_checker"):
        Edit.objects.filter(pk=entered.pk).update(state="published", decided_by=jiangjin_official, decided_at=at)


def test_a_new_place_exists_from_its_publication_on(jiangjin_official, city_official, at):
    values = {
        "kind": "window",
        "division": "500116",
        "name": "几江窗口",
        "source": "区人社局 2026-03",
        "latitude": None,
    }
    edit = services.enter(values, by=jiangjin_official, at=at)
    assert not Place.objects.filter(name="几江窗口").exists()
    place = services.publish(edit, by=city_official, at=at)
    assert (place.kind, place.division, place.latitude, place.verified) == ("window", "500116", None, False)
    edit.refresh_from_db()
    assert edit.place == place


def test_one_change_at_a_time_waits_and_it_is_decided_once(window, entered, second_official, jiangjin_official, at):
    with pytest.raises(Refusal, match="等待发布"):
        services.enter({"phone": "1"}, place=window, by=second_official, at=at)
    services.drop(entered, by=jiangjin_official, at=at, reason="号码没变")
    with pytest.raises(AlreadyMoved):
        services.publish(entered, by=second_official, at=at)


def test_a_district_keeps_its_own_places_and_only_the_city_the_offices_outside(
    window, outside, fengjie_official, jiangjin_official, city_official, auditor, wang_wei, at
):
    for stranger in (fengjie_official, auditor, wang_wei):
        with pytest.raises(NotAllowed):
            services.enter({"phone": "1"}, place=window, by=stranger, at=at)
    with pytest.raises(NotAllowed):
        services.enter({"phone": "1"}, place=outside, by=jiangjin_official, at=at)
    assert services.enter({"phone": "0571-00001234"}, place=outside, by=city_official, at=at).pk


@pytest.mark.parametrize(
    ("values", "field"), [({"source": ""}, "source"), ({"name": ""}, "name"), ({"latitude": None}, "__all__")]
)
def test_a_line_that_makes_no_sense_is_refused_at_its_field(window, jiangjin_official, at, values, field):
    with pytest.raises(Refusal) as refused:
        services.enter(values, place=window, by=jiangjin_official, at=at)
    assert refused.value.field == field


def test_an_official_with_a_district_is_not_posted_and_a_post_is_one(
    outside, posted, jiangjin_official, city_official, at
):
    with pytest.raises(Refusal, match="管辖区县"):
        services.post(outside, jiangjin_official, by=city_official, at=at)
    with pytest.raises(NotAllowed):
        services.post(outside, posted, by=jiangjin_official, at=at)
    services.post(outside, posted, by=city_official, at=at)
    with pytest.raises(Refusal, match="已在一个办事处"):
        services.post(Place.objects.get(division="42"), posted, by=city_official, at=at)


def test_a_post_opens_a_place_until_it_ends_and_never_beside_a_jurisdiction(outside, posted, city_official, at):
    post = services.post(outside, posted, by=city_official, at=at - timedelta(days=400))
    again = type(posted).objects.get(pk=posted.pk)
    assert policies.place_of(again) == outside.pk
    services.relieve(post, by=city_official, at=at - timedelta(days=300))
    again = type(posted).objects.get(pk=posted.pk)
    assert policies.place_of(again) is None
    Post.objects.update(until=None)
    again.jurisdictions.set(["500116"])
    again = type(posted).objects.get(pk=posted.pk)
    assert policies.place_of(again) is None


def test_two_officials_keep_a_place_through_the_screens(
    window, jiangjin_official, second_official, fengjie_official, client_of
):
    maker, checker = client_of(jiangjin_official), client_of(second_official)
    url = reverse("admin:places_place_edit", args=[window.pk])
    assert "几江街道" in maker.get(url).content.decode()
    said = {"name": window.name, "phone": "023-00007777", "source": "区局 2026-03", "verified": "on"}
    assert maker.post(url, said).status_code == 302
    edit = Edit.objects.get()
    page = maker.get(reverse("admin:places_edit_change", args=[edit.pk])).content.decode()
    assert "023-00007777" in page and "decide/publish" not in page
    publish = reverse("admin:places_edit_decide", args=[edit.pk, "publish"])
    assert maker.post(publish).status_code == 403
    assert client_of(fengjie_official).post(publish).status_code == 404
    assert "decide/publish" in checker.get(reverse("admin:places_edit_change", args=[edit.pk])).content.decode()
    assert checker.post(publish).status_code == 302
    window.refresh_from_db()
    assert window.phone == "023-00007777" and window.address == ""


def test_lists_of_the_admin_open_for_officials_and_auditors(window, entered, city_official, auditor, client_of):
    for user in (city_official, auditor):
        client = client_of(user)
        for name in ("place", "edit"):
            assert client.get(reverse(f"admin:places_{name}_changelist")).status_code == 200
        assert client.get(reverse("admin:places_place_change", args=[window.pk])).status_code == 200
    assert client_of(auditor).get(reverse("admin:places_place_edit", args=[window.pk])).status_code == 403


def test_the_city_posts_and_relieves_through_the_screens(outside, posted, city_official, jiangjin_official, client_of):
    city = client_of(city_official)
    url = reverse("admin:places_place_post", args=[outside.pk])
    assert client_of(jiangjin_official).get(url).status_code == 403
    assert "没有这个用户名" in city.post(url, {"username": "nobody"}).content.decode()
    assert city.post(url, {"username": "hz"}).status_code == 302
    post = Post.objects.get()
    page = city.get(reverse("admin:places_place_change", args=[outside.pk])).content.decode()
    assert "驻杭州经办" in page
    assert city.post(reverse("admin:places_place_relieve", args=[outside.pk, post.pk])).status_code == 302
    assert Post.objects.get().until is not None
