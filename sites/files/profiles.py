"""Which columns a monthly file has, and what banks and contractors call them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import refuse_unless
from workers.feeds.reading.headings import ALIASES, REASON, spelling

from ..enums import FileKind

ID_NUMBER = "id_number"


@dataclass(frozen=True)
class Column:
    """One column; the first of its headers is ours."""

    column: str
    headers: tuple[str, ...]
    needed: bool = False


@dataclass(frozen=True)
class Matched:
    """Which header of one file is which column."""

    headers: tuple[str, ...]
    by_column: dict[str, str]
    unknown: tuple[str, ...]
    dates_from_1904: bool


@dataclass(frozen=True)
class Profile:
    """One kind of file."""

    kind: FileKind
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        return str(self.kind.label)

    def match(self, headers: Iterable[str]) -> Matched:
        """Find the columns. Raises `Refusal` where a needed one is missing, or one stands twice."""
        by_spelling = {spelling(name): column.column for column in self.columns for name in column.headers}
        found: dict[str, str] = {}
        unknown = []
        for header in headers:
            column = by_spelling.get(spelling(header))
            if column is None:
                if header != REASON:
                    unknown.append(header)
                continue
            refuse_unless(
                column not in found,
                _("“{one}”和“{other}”两列说的是同一项，请只留一列。").format(one=found.get(column, ""), other=header),
            )
            found[column] = header
        missing = [column.headers[0] for column in self.columns if column.needed and column.column not in found]
        refuse_unless(
            not missing,
            _("表里缺少这些列：{columns}。第一行应是表头，可以先下载空表对照。").format(columns="、".join(missing)),
        )
        return Matched(tuple(headers), found, tuple(unknown), getattr(headers, "dates_from_1904", False))


_ID = Column(ID_NUMBER, ("公民身份号码", *ALIASES[ID_NUMBER], "证件号", "收款人身份证号"), needed=True)
_PROJECT = Column(
    "project",
    ("项目编号", "工程项目编号", "项目代码", "工程编号", "项目编码", "在建项目编号"),
    needed=True,
)
_MONTH = Column("month", ("工资月份", "月份", "所属月份", "工资所属期", "所属期", "考勤月份", "年月"), needed=True)
# Read by nobody: it helps whoever corrects a returned row.
_NAME = Column("name", ("姓名", "人员姓名", "工人姓名", "收款人", "收款人姓名", "户名"))
_DAYS = ("出勤天数", "出勤", "考勤天数", "实际出勤天数", "工日", "出勤工日")

PROFILES: dict[FileKind, Profile] = {
    FileKind.PAYROLL: Profile(
        FileKind.PAYROLL,
        (
            _PROJECT,
            _ID,
            _NAME,
            _MONTH,
            Column("owed_fen", ("应发工资", "应发金额", "应发", "应付工资", "应发工资（元）"), needed=True),
            Column("paid_fen", ("实发工资", "实发金额", "实发", "发放金额", "代发金额", "交易金额"), needed=True),
            Column("paid_on", ("发放日期", "发薪日期", "代发日期", "交易日期", "支付日期", "入账日期"), needed=True),
            Column("agreed_fen", ("按约定应得", "约定工资", "合同约定工资", "约定应得")),
            Column("days", _DAYS),
            Column("outcome", ("发放结果", "代发结果", "交易结果", "处理结果", "状态")),
        ),
    ),
    FileKind.ATTENDANCE: Profile(
        FileKind.ATTENDANCE, (_PROJECT, _ID, _NAME, _MONTH, Column("days", _DAYS, needed=True))
    ),
    FileKind.DEPOSITS: Profile(
        FileKind.DEPOSITS,
        (
            _PROJECT,
            _MONTH,
            Column("due_fen", ("应拨金额", "应拨付金额", "应拨人工费用", "应拨"), needed=True),
            Column("paid_fen", ("到账金额", "实拨金额", "拨付金额", "实际到账", "到账"), needed=True),
            Column("paid_on", ("到账日期", "拨付日期", "入账日期", "到账时间"), needed=True),
        ),
    ),
}
# What the sample file shows under the headings; nobody's number, and no project's.
SAMPLES: dict[str, str] = {
    "project": "500116202601001",
    ID_NUMBER: "110101199003070003",
    "name": gettext_lazy("示例，请删去这一行"),
    "month": "2026-03",
    "owed_fen": "6200.00",
    "paid_fen": "6200.00",
    "paid_on": "2026-04-15",
    "agreed_fen": "6200.00",
    "days": "22.5",
    "outcome": gettext_lazy("成功"),
    "due_fen": "350000.00",
}
