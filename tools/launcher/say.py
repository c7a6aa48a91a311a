"""Speak to the person at the terminal, also when that terminal is gone."""

import os
import sys


class Problem(Exception):
    """Something that a person can put right: shown as one sentence, never as a trace."""


def say(text: str = "") -> None:
    """Print a line. A closed terminal must not stop the launcher, or its children were orphaned."""
    try:
        print(text, flush=True)
    except (OSError, ValueError):
        be_silent()


def be_silent() -> None:
    """Send everything that is said from now on to nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115 - lives as long as the process
    sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115


def speak_unicode() -> None:
    """Let Chinese text through on any locale: what cannot be shown becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
