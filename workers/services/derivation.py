"""Which computed values follow from the indicators that a record touched."""

from .. import id_numbers
from ..derive import migration_type
from ..models import Worker


def pinyin_key(name: str) -> str:
    """Sort and search key of a Chinese name: 王伟 → wang wei."""
    # Its dictionaries take 40 MB and a quarter of a second, which only a process that writes names should pay.
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name))[:80].lower()


def derived(row: Worker, touched: set[str]) -> dict[str, object]:
    """Sex (3) and birth date (4) from the ID number, migration type (27) from 8 and 28."""
    found: dict[str, object] = {}
    if "id_number" in touched and row.id_number:
        said = id_numbers.read(row.id_number.open())
        if said is not None:  # a first load may hold numbers that no card has
            found |= {"sex": said.sex.value, "birth_date": said.birth_date}
    if touched & {"hukou_division", "work_division"}:
        found["migration_type"] = str(migration_type(row.hukou_division, row.work_division))
    return found
