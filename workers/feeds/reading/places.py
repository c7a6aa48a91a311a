"""Places as offices write them: by code, or by name where the name says which one is meant.

A name counts inside what stands before it: 几江街道 after 江津区, 江津区 after 重庆市. Alone it counts where only one
place in the city bears it. Of other provinces only the province is held here, so what follows is not looked at.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from core.divisions import CITY, CITY_PREFIX
from core.models import Division

from ...derive import ABROAD

LONGEST = 100  # characters; the longest address that means something here has half of that
# What may follow a township: a village, a neighbourhood, a street, a house. They are not held here.
_FINER = re.compile(r".+(村|社区|居委会|居民委员会|村委会|村民委员会|组|社|路|街|巷|号|室|栋|单元)$")
_KIND = re.compile(r"(壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")
_ABROAD = {"境外", "国外"}
_COUNTY = re.compile(r"(?<=..)(土家族|苗族)*自治县$")


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    is_valid: bool = True


@dataclass(frozen=True)
class Places:
    """The divisions that are held, as they stand on a day; abolished ones are known by code for ever, and by name where
    no other has taken it."""

    rows: tuple[Place, ...] = ()

    @classmethod
    def on(cls, day: date) -> "Places":
        valid = set(Division.objects.valid_on(day).values_list("code", flat=True))
        rows = Division.objects.order_by("code").values_list("code", "name")
        return cls(tuple(Place(code, name, code in valid) for code, name in rows))

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(row.code for row in self.rows)

    def read(self, text: str) -> tuple[str, str]:
        """The code of what stands in a cell (without spaces), or the sentence that says why there is none."""
        if text[:1].isdigit():
            code = division_of(text, self.codes)
            return (code, "") if code else ("", _("没有这个区划代码"))
        return self._named(text)

    def _named(self, text: str) -> tuple[str, str]:
        if len(text) > LONGEST:  # reading takes the square of the length
            return "", _("最多写 {n} 个字").format(n=LONGEST)
        if text in _ABROAD:
            return ABROAD, ""
        for name, code in self._provinces:
            if text.startswith(name):
                return self._in_the_city(text[len(name) :]) if code == CITY else (code, "")
        return self._in_the_city(text)

    def _in_the_city(self, text: str) -> tuple[str, str]:
        """A district and what follows it, or a township that needs no district to be known."""
        text = text.removeprefix("市辖区")
        if not text:
            return CITY, ""
        for name, codes in self._districts:
            if text.startswith(name):
                rest = text[len(name) :]
                return self._township(rest, codes[0], name) if rest else (codes[0], "")
        found = self._townships_named(text)
        if len(found) > 1:
            return "", _("叫这个名称的地方不止一处，请在前面写上区县")
        return (found[0], "") if found else ("", _("没有这个地方，请写区划代码，或“江津区几江街道”这样的全名"))

    def _township(self, text: str, district: str, name: str) -> tuple[str, str]:
        found = self._townships_named(text, district)
        return (found[0], "") if len(found) == 1 else ("", _("{district}里没有这个乡镇街道").format(district=name))

    def _townships_named(self, text: str, district: str = "") -> list[str]:
        """By the whole text, else by its beginning where only a finer place follows; the longest name counts."""
        length = len(text)
        while length > 1:
            rest = text[length:]
            if not rest or _FINER.match(rest):
                codes = [code for code in self._townships.get(text[:length], ()) if code.startswith(district)]
                if codes:
                    return codes
            length -= 1
        return []

    @cached_property
    def _provinces(self) -> list[tuple[str, str]]:
        """Full names before short ones."""
        rows = [(row.name, row.code) for row in self.rows if len(row.code) == 2 or row.code == CITY]
        rows += [(_KIND.sub("", name), code) for name, code in rows]
        return sorted(set(rows), key=lambda row: -len(row[0]))

    @cached_property
    def _districts(self) -> list[tuple[str, list[str]]]:
        rows = [
            row for row in self.rows if len(row.code) == 6 and row.code.startswith(CITY_PREFIX) and row.code != CITY
        ]
        named = _by_name(rows)
        for name in [name for name in named if _COUNTY.search(name)]:
            named.setdefault(_COUNTY.sub("县", name), named[name])
        return sorted(named.items(), key=lambda item: -len(item[0]))

    @cached_property
    def _townships(self) -> dict[str, list[str]]:
        inside: dict[str, list[Place]] = {}
        for row in self.rows:
            if len(row.code) == 9:
                inside.setdefault(row.code[:6], []).append(row)
        named: dict[str, list[str]] = {}
        for rows in inside.values():
            for name, codes in _by_name(rows).items():
                named.setdefault(name, []).extend(codes)
        return named


def _by_name(rows: list[Place]) -> dict[str, list[str]]:
    """Codes by name, of places under one parent: an abolished one only where no present one bears the name."""
    named: dict[str, list[Place]] = {}
    for row in rows:
        named.setdefault(row.name, []).append(row)
    return {
        name: [row.code for row in found if row.is_valid] or [row.code for row in found]
        for name, found in named.items()
    }


def division_of(code: str, known: frozenset[str]) -> str | None:
    """The division of a code of 2, 6, 9 or 12 digits; offices write a district as 500116000000 too.

    A village is known by its township. Of other provinces only the province is looked up: their districts are not
    held here.
    """
    if code == ABROAD:
        return code
    if not (code.isascii() and code.isdecimal()) or len(code) not in (2, 6, 9, 12):
        return None
    for longer, shorter in ((12, 9), (9, 6)):
        if len(code) == longer and code.endswith("000"):
            code = code[:shorter]
    if code in known or code[:9] in known:
        return code
    if len(code) == 6 and code.endswith("0000") and code[:2] in known:
        return code[:2]
    return code if code[:2] in known and f"{code[:2]}0000" not in known else None
