"""Complaints handed in at a fixed pace, as phones on a weak network do: some posts are sent again, some twice at once.

`python -m tools.bench.submitting` is a process of its own. Each answer is timed from the moment that its post was due,
so a server that falls behind is charged for the queue.
"""

import http.client
import json
import sys
import threading
import time
from urllib.parse import urlencode

from .server import HOST

CLIENTS = 48
_FORM = "application/x-www-form-urlencoded"


def post(port: int, one: dict) -> str:
    """Where the answer leads to; a line of its own, as after a lost connection."""
    line = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        headers = {"Content-Type": _FORM, "Cookie": one["cookie"], "X-Forwarded-For": one["address"]}
        line.request("POST", one["path"], urlencode(one["form"]), headers)
        answer = line.getresponse()
        answer.read()
        return f"{answer.status} {answer.headers.get('Location', '')}"
    finally:
        line.close()


def main() -> None:
    """Reads {port, rate, posts: [{path, cookie, address, form, twice, again}]}, writes [[seconds, answer, …], …]."""
    told = json.load(sys.stdin)
    posts, found, lock = told["posts"], [None] * len(told["posts"]), threading.Lock()
    waiting, began = iter(range(len(posts))), time.perf_counter() + 0.5

    def ask(one: dict, answers: list) -> None:
        try:
            answers.append(post(told["port"], one))
        except (OSError, http.client.HTTPException) as failure:
            answers.append(repr(failure))

    def client() -> None:
        while True:
            with lock:
                n = next(waiting, None)
            if n is None:
                return
            due, one, answers = began + n / told["rate"], posts[n], []
            time.sleep(max(0.0, due - time.perf_counter()))
            twin = threading.Thread(target=ask, args=(one, answers)) if one["twice"] else None
            if twin:
                twin.start()
            ask(one, answers)
            taken = time.perf_counter() - due
            if twin:
                twin.join()
            if one["again"]:
                ask(one, answers)
            found[n] = [taken, answers]

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump({"seconds": time.perf_counter() - began, "found": found}, sys.stdout)


if __name__ == "__main__":
    main()
