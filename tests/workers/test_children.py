"""Nobody under 16 is registered by any way in; of children under 14 only numbers exist, and their guardian speaks."""

from datetime import date

import polars as pl
import pytest
from django.urls import reverse

from core.crypto import id_check_character
from core.errors import Refusal
from workers import services
from workers.enums import Source
from workers.feeds.reading import checking_rows, profiles
from workers.feeds.reading.checking_rows import Known
from workers.feeds.reading.places import Places
from workers.indicators import INDICATORS, Kind, Privacy
from workers.models import Worker


def number_of(birth: date) -> str:
    body = f"500199{birth:%Y%m%d}001"
    return body + id_check_character(body)


FIFTEEN, SIXTEEN = date(2010, 3, 10), date(2010, 3, 9)  # on 9 March 2026


def test_a_worker_of_fifteen_cannot_register_and_is_told_whom_to_call(wang_wei, client_of, at):
    with pytest.raises(Refusal, match="16 周岁"):
        services.identify(wang_wei, full_name="王小伟", id_number=number_of(FIFTEEN), by=wang_wei, at=at)
    typed = {"full_name": "王小伟", "id_number": number_of(date(2020, 1, 1))}
    assert "12333" in client_of(wang_wei).post(reverse("workers:identify"), typed).text
    assert not Worker.objects.exclude(id_number_index=None).exists()


def test_on_the_sixteenth_birthday_one_may(wang_wei, at):
    services.identify(wang_wei, full_name="王小伟", id_number=number_of(SIXTEEN), by=wang_wei, at=at)
    assert Worker.objects.get().birth_date == SIXTEEN


def test_recording_a_childs_number_is_refused_for_the_worker_the_broker_and_a_department(
    wang_wei, du_gaotian, jiangjin_official, at
):
    row = services.for_user(wang_wei, at=at)
    services.grant_mandate(row, du_gaotian, scope=["profile"], evidence="sms", by=wang_wei, at=at)
    stated = {"id_number": number_of(FIFTEEN)}
    ways = [(Source.WORKER, wang_wei), (Source.BROKER, du_gaotian), (Source.POLICE, None)]
    for source, by in [*ways, (Source.POLICE, jiangjin_official)]:
        with pytest.raises(Refusal):
            services.record(row, stated, source=source, by=by, at=at)
    row.refresh_from_db()
    assert row.id_number is None


def test_a_departments_file_gives_the_row_of_a_child_back_and_goes_on():
    frame = pl.DataFrame({"身份证号": [number_of(FIFTEEN), number_of(SIXTEEN)], "学历": ["初中", "初中"]})
    profile = profiles.by_name("教育").match(frame.columns)
    outcome = checking_rows.check(
        frame, profile, first_line=2, on=date(2026, 3, 9), known=Known(Places(), 16), seen=None
    )
    assert outcome.good["line"].to_list() == [3]
    assert "未满 16 周岁" in outcome.bad["reason"].item()


def test_of_children_only_numbers_and_kinds_of_school_are_kept():
    about_children = [row for row in INDICATORS if row.privacy == Privacy.MINOR]
    assert {row.code for row in about_children} == {"minor_children", "accompanying_children", "child_school"}
    assert {row.kind for row in about_children} == {Kind.COUNT, Kind.CODES}


def test_the_page_of_rights_points_to_the_guardian_of_a_child_under_fourteen(worker, client_of):
    page = client_of(worker.user).get(reverse("workers:data")).text
    assert "不满十四周岁" in page and "监护人" in page
