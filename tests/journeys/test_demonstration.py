"""The demonstration as each role finds it: every page that needs no parameter, and what its lists lead to."""

from urllib.parse import urljoin

import pytest
from django.core.management import call_command

from monitoring.models import Report
from tests.portal.addresses import all_addresses

from .steps import sign_in, sign_in_at_the_desk
from .test_look import SIDEWAYS
from .world import BROKER, WORKER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORKERS_PAGES = ("/me/", "/jobs/", "/wages/", "/housing/", "/reports/", "/accounts/sessions/", "/accounts/recover/")
FIRST_IN_LIST = "main .cards h3 a, main .cards h2 a"


def walk(visitor, paths, *links):
    """Faults of the pages, and of the first page behind each of these links on them."""
    found = []
    for path in paths:
        found += judge(visitor, path)
        firsts = [visitor.page.locator(link).first for link in links]
        for inner in [first.get_attribute("href") for first in firsts if first.count()]:
            found += judge(visitor, urljoin(path, inner))
    return found


def pages(visitor, prefixes):
    """The addresses without parameters that can be read; the others are acts, or files, whose names end in no slash."""
    paths = [f"/{address.route}" for address in all_addresses() if not address.parameters]
    asked = [path for path in dict.fromkeys(paths) if path.startswith(prefixes) and path.endswith("/")]
    return [path for path in asked if is_page(visitor.page.request.get(visitor.base_url + path))]


def is_page(answer):
    return answer.status != 405 and "attachment" not in answer.headers.get("content-disposition", "")


def judge(visitor, path):
    status = visitor.page.goto(visitor.base_url + path).status
    found = [f"{path}: {fault}" for fault in visitor.faults()]
    if status >= 400:
        found.append(f"{path}: {status}")
    if visitor.page.evaluate(SIDEWAYS) > 0:
        found.append(f"{path}: scrolls sideways")
    return found


def test_every_page_of_the_demonstration_is_accessible_and_fits(visit, people, totp):
    call_command("seed_demo", workers=400, seed=1, verbosity=0)
    worker = visit()
    sign_in(worker, WORKER, then="/me/")
    report = f"/reports/{Report.objects.published().order_by('period').last().period}/"
    paths = ["/", report, f"{report}500116/", *pages(worker, WORKERS_PAGES)]
    found = walk(worker, paths, FIRST_IN_LIST)

    broker = visit(width=800, height=1280)
    sign_in(broker, BROKER, then="/broker/")
    found += walk(broker, pages(broker, ("/broker/",)), FIRST_IN_LIST)

    official = visit(width=1280, height=800)
    sign_in_at_the_desk(official, "city", totp)
    lists = official.page.locator(".desk-apps a").evaluate_all("links => links.map(link => link.pathname)")
    assert len(lists) >= 8
    found += walk(official, lists, "#result_list tbody th a", ".object-tools .addlink")
    assert found == [], "\n".join(found)
