"""`registry.search_id`: an official finds one person by the whole ID number, beside a bare view.

The page is the list in the officials' site with its one hit, as the browser gets it after the search was posted; the
lookup alone stands in a row of its own.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from accounts.models import User
from core.admin.searching import seal_term
from workers.models import Worker

from .. import server
from ..people import cookie_of
from ..rows import Row, Target
from ..stage import Stage, seconds

TARGET = Target(20, "at most")
PEOPLE = 300
_BARE = "a view with one query behind the same middleware and gunicorn, asked by the same client"


def numbers_of(stage: Stage, many: int) -> list[str]:
    """ID numbers of people all over the first chunk."""
    size = min(stage.generator.chunk, stage.scale)
    numbers = stage.generator.draw(0, size)["id_number"]
    return numbers[:: max(1, size // many)][:many].tolist()


def measure(stage: Stage) -> Iterator[Row]:
    official = User.objects.get(username="city")
    numbers = numbers_of(stage, PEOPLE)
    paths = [f"/admin/workers/worker/?{urlencode({'q': seal_term(number, official)})}" for number in numbers]
    with server.running() as port:
        bare = server.latencies(port, ["/bench/bare/"], PEOPLE)
        pages = server.latencies(port, paths, PEOPLE, cookie=cookie_of(official), warm=5)
    yield from stage.latencies("registry.search_id", pages, target=TARGET, bare=bare, baseline_is=_BARE)
    rows = Worker.objects.visible_to(official)
    alone = [seconds(lambda number=number: rows.with_id_number(number).get()) for number in numbers]
    yield from stage.latencies("registry.search_id.lookup", alone)
