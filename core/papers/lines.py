"""Breaking Chinese text into lines: no mark that closes begins one, none that opens ends one, numbers stay whole."""

import re
from collections.abc import Callable

# What must not begin a line, and what must not end one (GB/T 15834).
_CLOSING = frozenset("，。、；：？！）》」』】〕”’…—·%,.;:?!)]}")
_OPENING = frozenset("（《「『【〔“‘([{¥")
_PIECES = re.compile(r"[A-Za-z0-9@#&+\-/_.,:%]+|\s+|.", re.DOTALL)


def pieces(text: str) -> list[str]:
    """What may not be torn apart: Latin words and numbers, and marks with the character they cling to."""
    found: list[str] = []
    for piece in _PIECES.findall(text):
        clings = found and (piece[0] in _CLOSING or found[-1][-1] in _OPENING)
        if clings and not found[-1].isspace():
            found[-1] += piece
        else:
            found.append(piece)
    return found


def break_into(text: str, width: float, measure: Callable[[str], float], *, indent: float = 0) -> list[str]:
    """Lines no wider than `width`, the first shorter by `indent`; a piece too wide for a line is cut."""
    lines, line, room = [], "", width - indent
    for piece in pieces(text):
        if line and measure(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line, room = "", width
        if not line and piece.isspace():
            continue
        while measure(piece.rstrip()) > room:
            end = next(n for n in range(len(piece), 0, -1) if measure(piece[:n]) <= room or n == 1)
            lines.append(piece[:end])
            piece, room = piece[end:], width
        line += piece
    return [*lines, line.rstrip()] if line.rstrip() or not lines else lines
