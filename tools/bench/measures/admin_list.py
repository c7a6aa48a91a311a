"""`registry.admin_list`: the officials' list of workers under every choice of every filter in its sidebar.

A city official sees everybody, a district's official a fortieth. The 95th percentile is that of the slowest choice, not
of all together, because somebody will click exactly that one.
"""

from collections.abc import Iterator

from django.contrib import admin

from accounts.models import User
from workers.models import Worker

from .. import server
from ..people import cookie_of
from ..rows import Row, Target, percentile
from ..stage import Stage

TARGET = Target(200, "at most")
LIST = "/admin/workers/worker/"
ROUNDS = 8
OFFICIALS = {"city": "city", "jiangjin": "district"}
_BARE = "a view with one query behind the same middleware and gunicorn; {slowest} is the slowest choice"


def choices() -> list[str]:
    """The bare list, and one address per choice of each filter."""
    paths = [LIST]
    for name, _filter in admin.site.get_model_admin(Worker).list_filter:
        field = Worker._meta.get_field(name)
        paths += [f"{LIST}?{name}__exact={code}" for code, _label in field.choices]
    return paths


def measure(stage: Stage) -> Iterator[Row]:
    with server.running() as port:
        bare = server.latencies(port, ["/bench/bare/"], 100)
        for username, what in OFFICIALS.items():
            cookie = cookie_of(User.objects.get(username=username))
            server.latencies(port, [LIST], 5, cookie=cookie)
            taken = {path: server.patient_latencies(port, path, ROUNDS, cookie=cookie) for path in choices()}
            slowest = max(taken, key=lambda path: percentile(taken[path], 95))
            every = [second for times in taken.values() for second in times]
            about = _BARE.format(slowest=slowest.removeprefix(LIST) or "the whole list")
            yield stage.row(
                f"registry.admin_list.{what}.p50", 1000 * percentile(every, 50), "ms",
                baseline=1000 * percentile(bare, 50), baseline_is=about,
            )  # fmt: skip
            yield stage.row(
                f"registry.admin_list.{what}.p95", 1000 * percentile(taken[slowest], 95), "ms",
                baseline=1000 * percentile(bare, 95), baseline_is=about, target=TARGET,
            )  # fmt: skip
