"""`run`, and the commands that work on its database: `demo` and `manage`."""

import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import environment, prepared, processes, servers, signals, venv
from .locks import Lock
from .places import ROOT, Places, main_places
from .portal import HOST, Portal, refuse_busy_port
from .say import Problem, say
from .servers import DATABASE, Servers
from .watch import Watch

# What stands beside the database in var/ and belongs to its rows.
BESIDE_THE_DATABASE = ("files", "sms.jsonl", "audit-heads.jsonl")


def run(_words: Sequence[str]) -> int:
    """Start the portal and look after it until somebody stops it."""
    places = main_places()
    port = environment.port()
    lock = Lock(places.run_lock)
    if not lock.take(port=port):
        raise Problem(second_instance_message(lock.holder() or {}))
    refuse_busy_port(port)
    with _stack(places, port) as (portal, ours):
        _prepare(portal, ours)
        _serve(portal, ours)
    return 0


def _prepare(portal: Portal, ours: Servers) -> None:
    """Bring the database up to date, unless it is our own one and nothing has changed since the last time."""
    data = ours.postgres.data if ours.postgres and portal.is_demo else None
    wishes = str(environment.demo_workers())
    if data and prepared.is_prepared(data, wishes):
        return
    say("Preparing the database · 正在准备数据库 …")
    portal.prepare()
    if data:
        prepared.note(data, wishes)


def second_instance_message(holder: dict) -> str:
    """Say where the portal runs that keeps a second one from starting."""
    at = f" at http://{HOST}:{holder['port']}/" if "port" in holder else ""
    by = f" (process {holder['pid']})" if "pid" in holder else ""
    return f"The portal runs already{at}{by}; stop that one first with Ctrl-C.\n渝工通已在运行。"


def demo(_words: Sequence[str]) -> int:
    """Make the demo anew: an empty database, and its people loaded again."""
    servers.refuse_foreign_database("demo")
    places = main_places()
    if (runner := Lock(places.run_lock).holder()) is not None:
        raise Problem(second_instance_message(runner))
    with _stack(places, environment.port()) as (portal, ours):
        prepared.forget(ours.postgres.data)
        ours.postgres.drop_database(DATABASE)
        ours.postgres.create_database(DATABASE)
        for name in BESIDE_THE_DATABASE:
            _delete(places.var / name)
        _prepare(portal, ours)
    say("The demo is as new · 演示数据已重新载入。")
    return 0


def manage(words: Sequence[str]) -> int:
    """Run one of Django's commands on the database of `run`, whether that is up or not."""
    places = main_places()
    with _stack(places, environment.port(), shared=True) as (portal, ours):
        if ours.postgres:
            prepared.forget(ours.postgres.data)
        return processes.run_in_foreground([portal.python, ROOT / "manage.py", *words], env=portal.env)


@contextlib.contextmanager
def _stack(places: Places, port: int, *, shared: bool = False) -> Iterator[tuple[Portal, Servers]]:
    """Start the servers of this checkout; with `shared`, use those that another command keeps up."""
    python = venv.ensure(places)
    secrets = environment.dev_secrets(places.var)
    ours = servers.kept(places, venv.VENV, secrets.pop("STACK"))
    portal = Portal(places, python, environment.for_children({**secrets, **ours.addresses}), port)
    lock = Lock(places.servers_lock)
    if lock.take():
        with ours:
            yield portal, ours
        lock.release()
    elif shared:
        ours.wait_until_up()
        yield portal, ours
    else:
        raise Problem(f"Process {(lock.holder() or {}).get('pid', '?')} uses the database just now; let it end first.")


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def start_processes(portal: Portal, watch: Watch) -> None:
    """Start the portal's own processes and wait until the first page can be had."""
    for name, argv in portal.commands().items():
        watch.start(name, argv, vital=name == "web")
        if name == "web":
            portal.wait_until_ready(watch.look)


def _serve(portal: Portal, ours: Servers) -> None:
    refuse_busy_port(portal.port)
    with Watch(portal.places, portal.env) as watch:
        for server in ours.ours:
            watch.follow(server.NAME, server.log, server.start, server.child, vital=True)
        start_processes(portal, watch)
        _greet(portal)
        try:
            while True:
                watch.look()
                signals.stop_without_terminal()
                time.sleep(0.3)
        finally:
            say("\nStopping · 正在停止 …")


def _greet(portal: Portal) -> None:
    say(f"\n渝工通 is up · 已启动：{portal.address}\n")
    if portal.is_demo:
        people = subprocess.run(
            [portal.python, ROOT / "manage.py", "demo_people"],
            env=portal.env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        say(
            people.stdout
            if people.returncode == 0
            else f"The demo sign-ins could not be listed:\n{people.stderr[-500:]}"
        )
    say(f"Logs · 日志：{portal.places.logs}\nStop · 停止：Ctrl-C")
