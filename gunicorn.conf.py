"""Read by gunicorn when it starts in this folder; the command line has the last word."""

import gc


def post_worker_init(worker) -> None:
    """What a process has loaded stays for as long as it lives: the collector need not walk over it again and again.

    A request leaves few cycles behind, so looking for them after every 700 objects is too often, too.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
