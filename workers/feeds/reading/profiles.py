"""What each department's table may state about a worker, and which of its columns says what.

A department states the indicators that are its own, and a few that its records hold anyway (with less weight, see
`precedence`). Nothing else is read from its table: what an office need not tell us stays unread (PIPL art. 6).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from core.errors import Refusal, refuse_unless

from ...enums import Source
from ...indicators import BY_CODE, INDICATORS, Indicator
from .headings import ALIASES, OWN, REASON, spelling

ID_NUMBER = "id_number"

NAMES: dict[Source, tuple[str, ...]] = {
    Source.HUMAN_RESOURCES: ("人社", "人力社保", "人力资源社会保障", "人力资源和社会保障"),
    Source.POLICE: ("公安",),
    Source.EDUCATION: ("教育", "教"),
    Source.MARKET: ("市场监管", "市场监督管理", "工商"),
    Source.STATISTICS: ("统计",),
    Source.AGRICULTURE: ("乡村振兴", "农业农村", "农业"),
    Source.HOUSING: ("住建", "住房城乡建设", "住房和城乡建设", "住房城乡建", "公积金"),
    Source.MEDICAL: ("医保", "医疗保障"),
    Source.CIVIL_AFFAIRS: ("民政",),
}
_ENDINGS = ("部门", "委员会", "局", "厅", "委", "部")
# Other departments' indicators that this one's records hold too.
_ALSO: dict[Source, str] = {
    Source.HUMAN_RESOURCES: (
        "full_name hukou_type hukou_division residence_division marital_status education graduation "
        "employer_uscc employer_name industry"
    ),
    Source.POLICE: "marital_status education employer_name",
    Source.EDUCATION: "full_name hukou_division residence_division",
    Source.MARKET: "full_name employment_status job_start",
    Source.STATISTICS: (
        "full_name household_size marital_status education hukou_type residence_division employment_status "
        "employer_name industry contract_type entrepreneurship wage_cycle"
    ),
    Source.AGRICULTURE: (
        "full_name hukou_type hukou_division household_no household_size minor_children left_behind education "
        "employment_status employer_name job_start entrepreneurship training_count"
    ),
    Source.HOUSING: (
        "full_name education certificate skill_level employer_uscc employer_name contract_type job_start "
        "wage_method wage_cycle payroll_account work_injury residence_division"
    ),
    Source.MEDICAL: "full_name employer_uscc employer_name hukou_division residence_division",
    Source.CIVIL_AFFAIRS: "full_name hukou_division household_size minor_children assistance_class",
}


@dataclass(frozen=True)
class FeedColumn:
    """One column of the worker's row with the names that it has in tables; the first is ours."""

    indicator: Indicator
    column: str
    headers: tuple[str, ...]


@dataclass(frozen=True)
class Matched:
    """Which column of one file feeds which column of the worker. `stated` leaves out the ID number."""

    profile: "Profile"
    headers: tuple[str, ...]
    id_header: str
    stated: tuple[tuple[str, FeedColumn], ...]
    unknown: tuple[str, ...]
    not_theirs: tuple[str, ...]
    dates_from_1904: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The worker's columns that the file states, in the registry's order."""
        return tuple(feed.column for _header, feed in self.stated)

    @property
    def numbers(self) -> list[int]:
        """The indicators that the file may state, by number, without the ID number."""
        return sorted({feed.indicator.number for _header, feed in self.stated})


@dataclass(frozen=True)
class Profile:
    """A department's table."""

    source: Source
    columns: tuple[FeedColumn, ...]

    @property
    def name(self) -> str:
        return NAMES[self.source][0]

    def match(self, headers: Iterable[str]) -> Matched:
        """Find the columns by their headers. Raises `Refusal` without an ID number or with one thing twice."""
        by_spelling = {spelling(name): feed for feed in self.columns for name in feed.headers}
        found: dict[str, tuple[str, FeedColumn]] = {}
        unknown, not_theirs = [], []
        for header in headers:
            feed = by_spelling.get(spelling(header))
            if feed is None:
                if header != REASON:
                    (not_theirs if spelling(header) in _every_heading() else unknown).append(header)
                continue
            refuse_unless(
                feed.column not in found,
                _("“{one}”和“{other}”两列说的是同一项，请只留一列。").format(
                    one=found.get(feed.column, ("",))[0], other=header
                ),
            )
            found[feed.column] = header, feed
        self._refuse_without_identity(found)
        stated = tuple(found[feed.column] for feed in self.columns if feed.column in found and feed.column != ID_NUMBER)
        return Matched(
            self,
            tuple(headers),
            found[ID_NUMBER][0],
            stated,
            tuple(unknown),
            tuple(not_theirs),
            getattr(headers, "dates_from_1904", False),
        )

    def _refuse_without_identity(self, found: dict[str, tuple[str, FeedColumn]]) -> None:
        refuse_unless(
            ID_NUMBER in found,
            _("表里没有身份证号码这一列。第一行应是表头，其中一格写“公民身份号码”或“身份证号”。"),
        )
        refuse_unless(
            len(found) > 1,
            _("除了身份证号码，表里没有{name}部门可以提供的列。可以提供：{columns}。").format(
                name=self.name, columns="、".join(feed.headers[0] for feed in self.columns[1:])
            ),
        )


def of(source: Source) -> Profile:
    """The table of a department."""
    profile = _profiles().get(Source(source))
    if profile is None:
        raise _no_such_profile()
    return profile


def by_name(name: str) -> Profile:
    """教育, 教育局, 教育部门, 重庆市教育局 … Raises `Refusal` with the names that are understood."""
    whole = spelling(name).removeprefix("重庆市")
    plain = {whole, whole.removeprefix("市")}
    plain |= {said.removesuffix(ending) for said in plain for ending in _ENDINGS}
    for source, names in NAMES.items():
        if plain.intersection(names) or name == source.label:
            return of(source)
    raise _no_such_profile()


def _no_such_profile() -> Refusal:
    return Refusal(_("没有这个部门。可以写：{names}。").format(names="、".join(names[0] for names in NAMES.values())))


@lru_cache(maxsize=1)
def _profiles() -> dict[Source, Profile]:
    return {source: Profile(source, tuple(_columns(source))) for source in NAMES}


def _columns(source: Source) -> Iterable[FeedColumn]:
    also = {BY_CODE[code] for code in _ALSO[source].split()}
    for row in INDICATORS:
        if row.code == ID_NUMBER or (row.is_updated_by(source) and (row.department == source or row in also)):
            yield from (FeedColumn(row, column, _headers(row, column)) for column in row.columns)


def _headers(row: Indicator, column: str) -> tuple[str, ...]:
    # A sum is stated in yuan, so the name of its column in fen is no header.
    codes = (row.code, column) if column == row.column and not column.endswith("_fen") else (row.code,)
    if column != row.column:
        codes = (column,)
    return tuple(dict.fromkeys((OWN.get(column, str(row.label)), *ALIASES[column], *codes)))


@lru_cache(maxsize=1)
def _every_heading() -> frozenset[str]:
    """All headers of all departments, to tell a column that is not this department's from an unknown one."""
    every = (name for profile in _profiles().values() for feed in profile.columns for name in feed.headers)
    return frozenset(map(spelling, every))
