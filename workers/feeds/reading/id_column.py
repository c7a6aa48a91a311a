"""The ID numbers of a frame: normalised as `core.crypto.normalise` does, and refused where nobody can have them."""

import re
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.crypto import normalise

from ...id_numbers import OLDEST
from .check_digits import id_check_matches

if TYPE_CHECKING:
    import polars as pl

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FORM = r"^[1-9][0-9]{16}[0-9X]$"
# What a spreadsheet makes of an 18-digit number that it takes for a sum.
_SCIENTIFIC = r"^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$"


def read(cells: "pl.Series", on: date, working_age: int) -> "pl.DataFrame":
    """`id_number`, `born` and `error` for each cell; blank cells are an error too, and so are children."""
    import polars as pl

    said = _normalised(cells.fill_null("").alias("cell"))
    said = said.with_columns(id_check_matches(said["id_number"], said["formed"]).alias("checked"))
    born = pl.when("formed").then(pl.col("id_number").str.slice(6, 8)).str.to_date("%Y%m%d", strict=False)
    said = said.with_columns(born.alias("born")).with_columns(_age(pl.col("born"), on).alias("age"))
    error = pl.lit(None, dtype=pl.String)
    for condition, sentence in reversed(_sentences(working_age)):
        error = pl.when(condition).then(pl.lit(sentence)).otherwise(error)
    return said.select("id_number", "born", error.alias("error"))


def _normalised(cells: "pl.Series") -> "pl.DataFrame":
    """`cell`, `id_number` and whether that is `formed`. Cells that are no number yet, few in a million, take Python."""
    import polars as pl

    said = pl.DataFrame({"cell": cells}).with_columns(pl.col("cell").alias("id_number"))
    said = said.with_columns(pl.col("cell").str.contains(_FORM).alias("formed"))
    odd = said.filter(~pl.col("formed"))["cell"].unique()
    if odd.is_empty():
        return said
    plain = [_INVISIBLE.sub("", cell).strip() for cell in odd]
    right = {"cell": odd, "trimmed": plain, "right": [normalise("id_number", cell) for cell in plain]}
    said = said.join(pl.DataFrame(right), on="cell", how="left", maintain_order="left")
    said = said.select(
        pl.coalesce("trimmed", "cell").alias("cell"), pl.coalesce("right", "id_number").alias("id_number")
    )
    return said.with_columns(pl.col("id_number").str.contains(_FORM).alias("formed"))


def _age(born: "pl.Expr", on: date) -> "pl.Expr":
    before_birthday = born.dt.month().cast(int) * 100 + born.dt.day() > on.month * 100 + on.day
    return on.year - born.dt.year() - before_birthday.cast(int)


def _sentences(working_age: int) -> "list[tuple[pl.Expr, str]]":
    import polars as pl

    return [
        (pl.col("cell") == "", _("没有填身份证号码")),
        (
            pl.col("cell").str.contains(_SCIENTIFIC),
            _(
                "身份证号码被表格软件变成了科学计数（像 5.1E+17），后几位已经丢了。"
                "请先把这一列的单元格格式改为“文本”，再重新填写号码"
            ),
        ),
        (~pl.col("formed"), _("身份证号码应为 18 位（或 15 位）")),
        (~pl.col("checked"), _("身份证号码不对，请核对每一位")),
        (pl.col("born").is_null(), _("身份证号码里的出生日期不存在")),
        (pl.col("age") < 0, _("身份证号码里的出生日期在以后")),
        # 禁止使用童工规定 art. 2
        (pl.col("age") < working_age, _("未满 {n} 周岁，不能登记").format(n=working_age)),
        (pl.col("age") > OLDEST, _("按身份证号码超过 {n} 岁，请核对").format(n=OLDEST)),
    ]
