"""Laying a paper out on A4: who, what, its number, to whom, the text, and below it who signs and when.

Margins and sizes follow GB/T 9704 (党政机关公文格式) where one A4 sheet allows; black only, because offices print so.
"""

from dataclasses import dataclass, field
from datetime import datetime

import segno
from fpdf import FPDF
from fpdf.enums import TextMode

from . import glyphs
from .lines import break_into

LEFT, RIGHT, TOP, BOTTOM = 28.0, 26.0, 30.0, 30.0  # millimetres
BODY, TITLE, HEAD, SMALL = 15.0, 22.0, 18.0, 9.0  # points
_LEADING = 1.75
_FAMILY = "serif"
_SEAL_RADIUS, _QR = 19.0, 24.0
_POINT = 25.4 / 72


@dataclass(frozen=True)
class Check:
    """How a holder of the paper finds out whether it is genuine."""

    address: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """Everything that is printed. `note` says what a 〓 stands for, with `{characters}` in it."""

    title: str
    issuer: str
    number: str = ""
    to: str = ""
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    signed_on: str = ""
    seal: str = ""
    below: tuple[str, ...] = ()
    check: Check | None = None
    note: str = "{characters}"
    page_words: str = "{page} / {pages}"
    language: str = "zh-CN"
    lacking: list[str] = field(default_factory=list, compare=False)


def render(paper: Paper, *, at: datetime) -> bytes:
    """The PDF. Same paper and moment, same bytes: `at` is the only time in it."""
    sheet = _Sheet(paper, at)
    sheet.compose()
    return bytes(sheet.output())


class _Sheet(FPDF):
    def __init__(self, paper: Paper, at: datetime) -> None:
        super().__init__(format="A4", unit="mm")
        self.paper, self.lacking = paper, []
        self.set_creation_date(at)
        self.set_producer("Yugongtong")
        self.set_title(paper.title)
        self.set_lang(paper.language)
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(True, BOTTOM)
        self.add_font(_FAMILY, "", glyphs.FONT)
        self.set_text_shaping(False)

    # --- what FPDF calls

    def footer(self) -> None:
        self.set_font(_FAMILY, size=SMALL)
        words = self.paper.page_words.format(page=self.page_no(), pages=self.str_alias_nb_pages)
        self.set_y(-16)
        self.cell(0, 5, words, align="C")

    # --- our own

    def compose(self) -> None:
        paper = self.paper
        self.add_page()
        self._centred(paper.issuer, HEAD)
        self._centred(paper.title, TITLE, bold=True, gap=2)
        if paper.number:
            self._centred(paper.number, BODY - 2, gap=3)
        self.ln(5)
        if paper.to:
            self._paragraph(paper.to, indent=False)
        for paragraph in paper.paragraphs:
            self._paragraph(paragraph)
        for row in paper.rows:
            self._row(*row)
        self._signature()
        self._foot()

    def _say(self, text: str) -> str:
        shown, lacking = glyphs.printable(text)
        self.lacking += [character for character in lacking if character not in self.lacking]
        return shown

    def _centred(self, text: str, size: float, *, bold: bool = False, gap: float = 0) -> None:
        self.set_font(_FAMILY, size=size)
        self.ln(gap)
        for line in self._lines(self._say(text)):
            self._write(line, (self.w - self.get_string_width(line)) / 2, size, bold=bold)

    def _paragraph(self, text: str, *, indent: bool = True) -> None:
        self.set_font(_FAMILY, size=BODY)
        first = 2 * self.get_string_width("国") if indent else 0
        for number, line in enumerate(self._lines(self._say(text), first)):
            self._write(line, LEFT + (first if number == 0 else 0), BODY)

    def _row(self, label: str, value: str) -> None:
        """A ruled line of a form: what is asked, and what is filled in or left for the pen."""
        size = BODY - 3
        self.set_font(_FAMILY, size=size)
        split = 42.0
        left = break_into(self._say(label), split - 4, self.get_string_width)
        right = break_into(self._say(value), self.epw - split - 4, self.get_string_width)
        step = size * _POINT * 1.6
        height = max(len(left), len(right), 1) * step + 4
        if self.get_y() + height > self.h - BOTTOM:
            self.add_page()
            self.set_font(_FAMILY, size=size)
        top = self.get_y()
        self.set_line_width(0.2)
        self.rect(LEFT, top, self.epw, height)
        self.line(LEFT + split, top, LEFT + split, top + height)
        for x, lines in ((LEFT + 2, left), (LEFT + split + 2, right)):
            for number, line in enumerate(lines):
                self.text(x, top + 2 + step * number + size * _POINT, line)
        self.set_y(top + height)

    def _signature(self) -> None:
        """Issuer and date at the right, with the ring in which the seal goes; never alone on a page."""
        if not self.paper.signed_on:
            return
        room = 2 * _SEAL_RADIUS + 6
        if self.get_y() + room > self.h - BOTTOM:
            self.add_page()
        top = self.get_y() + 4
        centre = self.w - RIGHT - 36
        self.set_line_width(0.15)
        self.set_dash_pattern(0.8, 1.2)
        self.circle(x=centre, y=top + _SEAL_RADIUS, radius=_SEAL_RADIUS)
        self.set_dash_pattern()
        self.set_font(_FAMILY, size=SMALL)
        self.text(centre - self.get_string_width(self.paper.seal) / 2, top + 5.5, self._say(self.paper.seal))
        self.set_font(_FAMILY, size=BODY)
        for number, words in enumerate((self.paper.issuer, self.paper.signed_on)):
            shown = self._say(words)
            x = min(centre - self.get_string_width(shown) / 2, self.w - RIGHT - self.get_string_width(shown))
            self.text(x, top + _SEAL_RADIUS + number * 9, shown)
        self.set_y(top + 2 * _SEAL_RADIUS + 2)

    def _foot(self) -> None:
        """Code and words for checking, what else is to be said below, and what a 〓 stands for."""
        words = [self._say(line) for line in (*self.paper.below, *(self.paper.check.lines if self.paper.check else ()))]
        if self.lacking:
            words.append(self.paper.note.format(characters=glyphs.foot_note(self.lacking)))
        if not words:
            return
        self.set_font(_FAMILY, size=SMALL)
        beside = _QR + 4 if self.paper.check else 0
        lines = [line for text in words for line in break_into(text, self.epw - beside, self.get_string_width)]
        step = SMALL * _POINT * 1.5
        height = max(_QR if self.paper.check else 0, len(lines) * step) + 3
        if self.get_y() + height > self.h - BOTTOM + 6:
            self.add_page()
            self.set_font(_FAMILY, size=SMALL)
        top = max(self.get_y() + 2, self.h - BOTTOM - height + 6)
        self.set_line_width(0.2)
        self.line(LEFT, top, self.w - RIGHT, top)
        if self.paper.check:
            self._code(self.paper.check.address, LEFT, top + 2)
        for number, line in enumerate(lines):
            self.text(LEFT + beside, top + 2 + step * number + SMALL * _POINT, line)

    def _code(self, address: str, x: float, y: float) -> None:
        """The QR code as squares, so that it prints sharp at any size."""
        matrix = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
        side = _QR / len(matrix)
        for row, cells in enumerate(matrix):
            start = None
            for column, dark in enumerate([*cells, 0]):
                if dark and start is None:
                    start = column
                elif not dark and start is not None:
                    self.rect(x + start * side, y + row * side, (column - start) * side, side, style="F")
                    start = None

    def _lines(self, text: str, indent: float = 0) -> list[str]:
        return break_into(text, self.epw, self.get_string_width, indent=indent)

    def _write(self, line: str, x: float, size: float, *, bold: bool = False) -> None:
        step = size * _POINT * _LEADING
        if self.get_y() + step > self.h - BOTTOM:
            self.add_page()
            self.set_font(_FAMILY, size=size)
        if bold:
            with self.local_context(text_mode=TextMode.FILL_STROKE, line_width=0.25):
                self.text(x, self.get_y() + size * _POINT * 1.2, line)
        else:
            self.text(x, self.get_y() + size * _POINT * 1.2, line)
        self.set_y(self.get_y() + step)
