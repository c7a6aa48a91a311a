"""`jobs.list`: the public list as people open and filter it, beside a bare view with one query.

Both are served by the same gunicorn on loopback, through the same middleware, and asked by the same client.
"""

from collections.abc import Iterator
from urllib.parse import quote

from .. import server
from ..rows import Row, percentile
from ..stage import Stage

PATHS = [
    "/jobs/",
    "/jobs/?trade=electrician",
    f"/jobs/?q={quote('电工')}",
    "/jobs/?district=500116",
    "/jobs/?pay=5000&board=1",
]
BARE = ["/bench/bare/"]
REQUESTS = 250
SECONDS = 5
_BASELINE = "a view with one query behind the same middleware and gunicorn, asked by the same client"


def measure(stage: Stage) -> Iterator[Row]:
    with server.running() as port:
        bare = [1000 * taken for taken in server.latencies(port, BARE, REQUESTS)]
        lists = [1000 * taken for taken in server.latencies(port, PATHS, REQUESTS)]
        bare_rate = server.requests_per_second(port, BARE, SECONDS)
        list_rate = server.requests_per_second(port, PATHS, SECONDS)
    for percent in (50, 95):
        yield stage.row(
            f"jobs.list.p{percent}",
            percentile(lists, percent),
            "ms",
            baseline=percentile(bare, percent),
            baseline_is=_BASELINE,
        )
    yield stage.row("jobs.list.rate", list_rate, "requests/s", baseline=bare_rate, baseline_is=_BASELINE)
