"""`wages.queue`: the officials' list of cases under every choice of every filter, as the city and as a district see it.

The 95th percentile is that of the slowest choice, because somebody will click exactly that one. Beside it stands the
same page's rows fetched by a statement written by hand, without a portal around it.
"""

from collections.abc import Iterator
from datetime import date
from time import perf_counter

from django.db import connection
from django.utils import timezone

from accounts.models import User
from core.calendar import local_day
from wages.enums import CaseState, FieldType, Kind

from .. import server, wagecases
from ..people import cookie_of
from ..rows import Row, Target, percentile
from ..stage import Stage

TARGET = Target(200, "at most")
LIST = "/admin/wages/case/"
ROUNDS = 8
OFFICIALS = {"city": "city", "jiangjin": "district"}
_STATEMENT = """
SELECT c.id, number, state, due_on, site_name, employer_name, headcount, amount_fen, submitted_at, u.display_name
FROM wages_case c LEFT JOIN accounts_user u ON u.id = c.assignee_id
WHERE {conditions} ORDER BY due_on ASC NULLS LAST, submitted_at DESC, c.id DESC LIMIT 50
"""
_BARE = "the page's fifty rows by a statement written by hand, under the slowest choice: {slowest}"


def choices(user: User, today: date) -> dict[str, str]:
    """Each address of the list beside the condition that it stands for."""
    found = {
        "": "TRUE",
        "?due=overdue": f"due_on < '{today}'",
        "?due=today": f"due_on = '{today}'",
        "?due=open": "closed_at IS NULL",
        "?due=closed": "closed_at IS NOT NULL AND due_on IS NULL",
        "?handler=me": f"assignee_id = {user.pk}",
        "?handler=none": "closed_at IS NULL AND assignee_id IS NULL",
        "?district=500116": "district = '500116'",
    }
    for name, codes in {"state": CaseState, "kind": Kind, "field_type": FieldType}.items():
        found |= {f"?{name}__exact={code}": f"{name} = '{code}'" for code in codes.values}
    return found


def measure(stage: Stage) -> Iterator[Row]:
    wagecases.load(stage)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE wages_case")
    today = local_day(timezone.now())
    with server.running() as port:
        for username, what in OFFICIALS.items():
            user = User.objects.get(username=username)
            cookie, asked = cookie_of(user), choices(user, today)
            sees = "TRUE" if what == "city" else "district = '500116'"
            server.latencies(port, [LIST], 5, cookie=cookie)
            taken = {
                query: server.patient_latencies(port, LIST + query, ROUNDS, cookie=cookie) for query in asked
            }  # fmt: skip
            slowest = max(taken, key=lambda query: percentile(taken[query], 95))
            bare = _by_hand(f"{sees} AND {asked[slowest]}")
            about = _BARE.format(slowest=slowest or "the whole list")
            every = [second for times in taken.values() for second in times]
            for percent, times, target in ((50, every, None), (95, taken[slowest], TARGET)):
                yield stage.row(
                    f"wages.queue.{what}.p{percent}", 1000 * percentile(times, percent), "ms",
                    baseline=1000 * percentile(bare, percent), baseline_is=about, target=target,
                )  # fmt: skip


def _by_hand(conditions: str) -> list[float]:
    statement = _STATEMENT.format(conditions=conditions)
    taken = []
    for _n in range(ROUNDS + 1):
        began = perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.fetchall()
        taken.append(perf_counter() - began)
    return taken[1:]
