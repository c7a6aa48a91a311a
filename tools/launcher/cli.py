"""The commands of `tools/dev.py`, and one sentence instead of a trace for what a person can put right."""

import errno
import sys
from collections.abc import Callable, Sequence

from . import checks, processes, run, signals, stages, testing
from .say import Problem, be_silent, say, speak_unicode

COMMANDS: dict[str, tuple[Callable[[Sequence[str]], int], str]] = {
    "run": (run.run, "start the portal with its demo; Ctrl-C stops it · 启动门户和演示数据"),
    "test": (testing.test, "run all tests, also beside a running portal · 运行测试"),
    "check": (checks.check, "lint, formatting, lock file, system checks, migrations · 检查代码"),
    "fix": (checks.fix, "put right what lint and formatting can · 自动整理代码"),
    "demo": (run.demo, "make the demo data anew · 重新载入演示数据"),
    "bench": (stages.bench, "measure, and write var/bench.json · 性能测量"),
    "screenshots": (stages.screenshots, "photograph every page into var/screenshots/ · 页面截图"),
}
# Not a make target: its words are Django's.
MANAGE = "manage"


def main(words: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    speak_unicode()
    name, *rest = words or ["help"]
    if name in {"help", "-h", "--help"}:
        return _help()
    command = run.manage if name == MANAGE else COMMANDS.get(name, (None,))[0]
    if command is None:
        say(f"There is no command {name!r}.\n")
        _help()
        return 2
    return _guarded(command, rest)


def _guarded(command: Callable[[Sequence[str]], int], words: Sequence[str]) -> int:
    signals.listen()
    try:
        return command(words)
    except signals.Stopped:
        return 0 if command is run.run else 130
    except Problem as problem:
        say(f"\n{problem}")
        return 1
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT}:
            raise
        say(f"\n{error.filename or 'The disk'}: {error.strerror}. Does it belong to another user, or is the disk full?")
        return 1
    finally:
        processes.stop_stragglers()
        _finish()


def _finish() -> None:
    """Flush what was said; a terminal that is gone is no error."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        be_silent()


def _help() -> int:
    say("渝工通 · the migrant-worker services portal of Chongqing\n")
    for name, (_, text) in COMMANDS.items():
        say(f"  make {name:<12} {text}")
    say(
        "\nWithout make: python3 tools/dev.py <command>. Django's own commands, with the servers up:"
        "\n  python3 tools/dev.py manage shell"
        "\nWords for pytest: make test ARGS='-k wages', or python3 tools/dev.py test -k wages"
        "\nEnvironment: PORT DATABASE_URL REDIS_URL DEMO_WORKERS and more, see docs/contract.md"
    )
    return 0
