"""The font that papers are set in, and what stands for a character that it lacks.

A missing glyph must never be a silent empty box: what officials type is refused, and a person's name, which nobody may
change, gets a 〓 and a line at the foot that says which character is meant and that it is to be written in by hand.
"""

from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONT = Path(__file__).resolve().parent.parent / "fonts" / "YugongtongSerif-Regular.otf"
GETA = "〓"
_SILENT = frozenset("\n\r\t\u200b\ufeff")


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """The code points that the font draws."""
    with TTFont(FONT, lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing(text: str) -> list[str]:
    """The characters of the text that the font lacks, each once, in their order."""
    known = covered()
    return list(dict.fromkeys(c for c in text if ord(c) not in known and c not in _SILENT))


def printable(text: str) -> tuple[str, list[str]]:
    """The text with 〓 for what the font lacks, and those characters."""
    lacking = missing(text)
    for character in lacking:
        text = text.replace(character, GETA)
    return "".join(c for c in text if c == "\n" or c not in _SILENT), lacking


def foot_note(lacking: list[str]) -> str:
    """The notice that goes with every 〓: the character's number in Unicode, which survives any font."""
    return "，".join(f"U+{ord(character):04X}" for character in lacking)
