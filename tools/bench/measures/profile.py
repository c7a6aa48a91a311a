"""`registry.profile`: 我的信息 of people all over the registry, each signed in, beside a bare view."""

from collections.abc import Iterator

from accounts.models import User
from workers.models import Worker

from .. import server
from ..people import cookie_of
from ..rows import Row, Target
from ..stage import Stage

TARGET = Target(50, "at most")
PEOPLE = 60
ROUNDS = 5
_BARE = "a view with one query behind the same middleware and gunicorn, asked by the same client"


def _with_account(worker: Worker, number: int) -> User:
    """The person's account, as if they had registered; made once per database."""
    user = User(role="worker", display_name=worker.full_name)
    user.set_unusable_password()
    user.save()
    Worker.objects.filter(pk=worker.pk).update(user=user)
    return user


def measure(stage: Stage) -> Iterator[Row]:
    ids = Worker.objects.filter(user__isnull=True).order_by("pk").values_list("pk", flat=True)
    first = ids.first()
    step = stage.scale // PEOPLE
    people = [Worker.objects.filter(pk__gte=first + n * step, user__isnull=True).first() for n in range(PEOPLE)]
    cookies = [cookie_of(_with_account(worker, n)) for n, worker in enumerate(people)]
    with server.running() as port:
        bare = server.latencies(port, ["/bench/bare/"], PEOPLE * ROUNDS)
        server.latencies(port, ["/me/profile/"], 5, cookie=cookies[0])
        taken = [
            second
            for _round in range(ROUNDS)
            for cookie in cookies
            for second in server.latencies(port, ["/me/profile/"], 1, cookie=cookie, warm=0)
        ]
    yield from stage.latencies("registry.profile", taken, target=TARGET, bare=bare, baseline_is=_BARE)
