"""The page and the copy of a person with much behind them: queries per table, not per row, and a page that ends."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Notice, User
from workers.models import ContactGrant
from workers.rights import copying
from workers.views import mydata

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen_by(worker, at):
    """`seen_by(3)`: three more brokers may see the worker's phone."""

    def add(number):
        for _ in range(number):
            broker = User(role=Role.BROKER, display_name=f"经纪人{User.objects.count()}", date_joined=at)
            broker.set_unusable_password()
            broker.save()
            ContactGrant.objects.create(worker=worker, broker=broker, occasion="x:1", granted_at=at)

    return add


def test_the_page_asks_no_more_queries_for_more_people_named_in_it(worker, seen_by, client_of, queries_do_not_grow):
    seen_by(1)
    queries_do_not_grow(client_of(worker.user), reverse("workers:data"), lambda: seen_by(5))


def test_the_copy_asks_no_more_queries_for_more_people_named_in_it(worker, seen_by, at):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            copy = copying.compose(copying.person_of(worker.user), at=at, opened=False)
        return len(asked), [row["broker"]["value"]["label"] for row in copy["tables"]["contact_grants"]["rows"]]

    seen_by(1)
    queries()
    before, names = queries()
    seen_by(5)
    after, more = queries()
    assert after <= before
    assert len(set(more)) == 6 and more[:1] == names


def test_the_page_reads_the_newest_rows_of_a_table_and_says_how_many_there_are(worker, client_of, at, monkeypatch):
    Notice.objects.filter(user=worker.user).delete()
    Notice.objects.bulk_create(
        Notice(user=worker.user, event="x", ref=str(n), text=f"通知{n}号", created_at=at) for n in range(70)
    )
    composed, row = [], copying._row
    monkeypatch.setattr(copying, "_row", lambda one, *more: composed.append(one) or row(one, *more))
    page = client_of(worker.user).get(reverse("workers:data"))
    assert len([one for one in composed if isinstance(one, Notice)]) == mydata.SHOWN
    assert "（70 条）" in page.text and "另有 40 条" in page.text
    assert "通知69号" in page.text and "通知40号" in page.text and "通知39号" not in page.text
    assert page.text.index("通知40号") < page.text.index("通知69号")
