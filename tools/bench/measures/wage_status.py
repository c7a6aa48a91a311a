"""`wages.status`: a case's public page, each request for another case of the whole city's.

Beside it stand the reads of the same page by hand: session, case, trail and letters, over one connection.
"""

import http.client
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.utils import timezone

from .. import server, wagecases
from ..rows import Row, Target
from ..stage import Stage

TARGET = Target(30, "at most")
ASKED, PER_SESSION, WARM = 600, 10, 60
_IS = "session, case, trail and letters read by hand over one connection"
_HAND = (
    "SELECT session_data FROM django_session WHERE session_key = %(session)s",
    "SELECT * FROM wages_case WHERE number = %(number)s",
    "SELECT * FROM core_auditentry WHERE subject_type = 'wages.case' AND subject_id = (SELECT id::text FROM wages_case"
    " WHERE number = %(number)s) ORDER BY id",
    "SELECT * FROM wages_document WHERE case_id = (SELECT id FROM wages_case WHERE number = %(number)s)",
)


def measure(stage: Stage) -> Iterator[Row]:
    cases = wagecases.load(stage)
    asked = _sessions([case.number for case in wagecases.sample(min(ASKED, cases // 2))])
    with server.running() as port:
        line = http.client.HTTPConnection(server.HOST, port, timeout=30)
        for session, number in asked[:WARM]:
            _ask(line, session, number)
        taken = [_ask(line, session, number) for session, number in asked]
        line.close()
    by_hand = [_by_hand(session, number) for session, number in asked]
    about = f"ms, {cases:,} cases"
    for row in stage.latencies("wages.status", taken, target=TARGET, bare=by_hand, baseline_is=_IS):
        yield stage.row(
            row.name, row.value, about, baseline=row.baseline, baseline_is=row.baseline_is, target=row.target
        )


def _ask(line: http.client.HTTPConnection, session: str, number: str) -> float:
    return server._ask(line, f"/wages/status/{number}/", f"{settings.SESSION_COOKIE_NAME}={session}")


def _sessions(numbers: list[str]) -> list[tuple[str, str]]:
    """Sessions that have named ten cases each, as after number and four digits."""
    from core.sessions import SessionStore
    from wages.views._access import SEEN

    found, now = [], timezone.now().timestamp()
    for start in range(0, len(numbers), PER_SESSION):
        some = numbers[start : start + PER_SESSION]
        session = SessionStore()
        session[SEEN] = dict.fromkeys(some, now)
        session.create()
        session.save()
        found += [(session.session_key, number) for number in some]
    return found


def _by_hand(session: str, number: str) -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        for statement in _HAND:
            cursor.execute(statement, {"session": session, "number": number})
            cursor.fetchall()
    return time.perf_counter() - began
