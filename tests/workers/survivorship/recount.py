"""Who is shown with what, counted again from the raw files and the log of saves: plain Python, nothing of the portal's.

It knows three things by heart: the ranks as docs/decisions/0040 has them, whose each indicator is, and how the files
of the test were written.
"""

import csv
import json
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

# Decision 0040: the indicator's own department 40, other departments 30, the worker 20 (also a broker's entry that
# the worker confirmed), a broker 10.
OWN, OTHER, WORKER, BROKER = 40, 30, 20, 10
PEOPLE = {3: WORKER, 4: WORKER, 2: BROKER}
# 公安 12, 教育 13, 人社 11, 民政 19, by the column of the registry's row.
OWNER = {
    "full_name": 12, "hukou_type": 12, "household_size": 12, "education": 13, "marital_status": 19, "skill_level": 11,
    "pension_months": 11, "job_start": 11, "wage_cycle": 11, "employment_status": 11,
}  # fmt: skip
HEADER = {
    "姓名": "full_name", "户口性质": "hukou_type", "家庭人口数": "household_size", "学历": "education",
    "婚姻状况": "marital_status", "技能等级": "skill_level", "养老累计缴费月数": "pension_months",
    "本次就业起始": "job_start", "工资周期": "wage_cycle", "就业状态": "employment_status",
}  # fmt: skip
CODES = {
    "hukou_type": {"1", "2", "3"},
    "education": {"10", "20", "30", "40", "60", "70", "80", "90"},
    "marital_status": {"10", "20", "21", "22", "23", "30", "40", "90"},
    "skill_level": {"1", "2", "3", "4", "5", "6", "7", "8"},
    "wage_cycle": {"1", "2", "3", "4", "5"},
    "employment_status": {"1", "2", "3", "4", "5", "6", "7", "8"},
}


def rows_of(path: Path, encoding: str) -> list[dict[str, str]]:
    if path.suffix == ".xlsx":
        first, *rest = load_workbook(path).active.iter_rows(values_only=True)
    else:
        with path.open(encoding=encoding, newline="") as file:
            first, *rest = csv.reader(file)
    return [dict(zip(first, ["" if cell is None else str(cell) for cell in row], strict=True)) for row in rest]


def is_right(number: str) -> bool:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11] == number[17]


def taken(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """What a file says of whom: rows that hold an error count for nothing, and of two rows of one person the first."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        number = row["公民身份号码"]
        said = {HEADER[header]: cell for header, cell in row.items() if header in HEADER and cell not in ("", "-")}
        wrong = any(cell not in CODES[column] for column, cell in said.items() if column in CODES)
        if is_right(number) and not wrong and said.get("job_start", "") < "2030" and number not in found:
            found[number] = said
    return found


def recount(folder: Path) -> dict[str, dict[str, tuple[str, int, str]]]:
    """Per person that is registered and column: the value, who vouches for it, and since when."""
    acts = [json.loads(line) for line in (folder / "acts.jsonl").read_text().splitlines()]
    said: dict[str, dict[str, list[tuple[int, str, int, str, int]]]] = {}
    registered_by: dict[str, int] = {}
    for number, act in enumerate(acts):
        if act["kind"] == "undone":
            _forget(said, registered_by, act["act"])
            continue
        spoken = taken(rows_of(folder / act["file"], act["encoding"])) if act["kind"] == "file" else act["said"]
        for person, values in spoken.items():
            if person not in said:
                if "full_name" not in values:
                    continue
                said[person], registered_by[person] = {}, number
            for column, text in values.items():
                rank = PEOPLE.get(act["source"]) or (OWN if OWNER[column] == act["source"] else OTHER)
                said[person].setdefault(column, []).append((rank, act["day"], number, text, act["source"]))
    return {
        person: {column: (best[3], best[4], best[1]) for column, all_ in values.items() if (best := max(all_))}
        for person, values in said.items()
    }


def _forget(said: dict, registered_by: dict[str, int], act: int) -> None:
    for person in list(said):
        said[person] = {
            column: rest for column, all_ in said[person].items() if (rest := [one for one in all_ if one[2] != act])
        }
        if registered_by[person] == act and not said[person]:
            del said[person]


def day_after_2000(number: int) -> str:
    return date.fromordinal(date(2000, 1, 1).toordinal() + number).isoformat()
