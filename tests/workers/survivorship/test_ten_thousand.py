"""What the registry shows of ten thousand people is what anybody finds who counts the raw files again."""

import ast
import csv
import json
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from openpyxl import Workbook

from core.crypto import blind_index, id_check_character
from workers import services
from workers.enums import Evidence, Source
from workers.feeds import deciding, receiving, running
from workers.models import BrokerUpdate, FeedState, Mandate, UpdateState, Worker
from workers.precedence import winner
from workers.services import standing

from . import recount

REGISTRY, SAMPLE, SEED = 20_000, 10_000, 20_260_309
BEGAN = datetime(2026, 3, 9, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DRAW = {
    **{column: sorted(codes) for column, codes in recount.CODES.items()},
    "household_size": ["1", "2", "3", "4", "5", "6"],
    "pension_months": ["0", "12", "24", "240"],
    "job_start": ["2024-03-01", "2025-07-15", "2026-01-02"],
    "full_name": ["王伟", "李芳", "冉光明", "谭秀英"],
}
NAMES = {column: header for header, column in recount.HEADER.items()}
NUMBERS = {
    "full_name": 2, "hukou_type": 7, "household_size": 12, "education": 18, "marital_status": 10, "skill_level": 21,
    "pension_months": 46, "job_start": 35, "wage_cycle": 40, "employment_status": 26,
}  # fmt: skip


def id_number(person: int) -> str:
    """Address code 500199 was never issued."""
    body = f"500199{1950 + person // 9000 % 50}{person // 750 % 12 + 1:02d}{person // 30 % 25 + 1:02d}{person % 30:03d}"
    return body + id_check_character(body)


class Office:
    """Writes files and saves as departments and people do, puts them on the log, and has the portal take them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.rng, self.acts, self.batches = folder, random.Random(SEED), [], {}

    def at(self) -> datetime:
        return BEGAN + timedelta(minutes=len(self.acts) + 1)

    def file(self, people, source: int, columns: list[str], day: str, *, encoding="utf-8", book=False) -> int:
        rng, name = self.rng, f"{len(self.acts):02d}.{'xlsx' if book else 'csv'}"
        rows = [["公民身份号码", *(NAMES[column] for column in columns)]]
        for person in people:
            cells = [rng.choice([*DRAW[column], *(() if column == "full_name" else ("", "-"))]) for column in columns]
            number, fault = id_number(person), rng.random()
            if fault < 0.01:
                number = number[:17] + ("1" if number[17] == "X" else "X")
            elif fault < 0.02:
                cells = ["外星" if columns[place] in recount.CODES else cell for place, cell in enumerate(cells)]
            rows.append([number, *cells])
            if fault > 0.99:
                rows.append([number, *(rng.choice(DRAW[column]) for column in columns)])
        path = self.folder / name
        if book:
            workbook = Workbook()
            for row in rows:
                workbook.active.append(row)
            workbook.save(path)
        else:
            with path.open("w", encoding=encoding, newline="") as file:
                csv.writer(file).writerows(rows)
        batch = receiving.receive(
            iter([path.read_bytes()]), name, source=Source(source), observed_on=date.fromisoformat(day), by=None,
            at=self.at(),
        )  # fmt: skip
        assert running.run(batch.pk, now=self.at).state == FeedState.CHECKED
        deciding.confirm(batch, by=None, at=self.at())
        self.batches[len(self.acts)] = running.run(batch.pk, now=self.at)
        assert self.batches[len(self.acts)].state == FeedState.APPLIED
        return self._note(kind="file", file=name, encoding=encoding, source=source, day=day)

    def undo(self, act: int) -> None:
        deciding.take_back(self.batches[act], by=None, at=self.at(), reason="数据有误")
        assert running.run(self.batches[act].pk, now=self.at).state == FeedState.UNDONE
        self._note(kind="undone", act=act)

    def save(self, person: int, source: int, day: str, by=None, **said: str) -> None:
        number = id_number(person)
        row = Worker.objects.with_id_number(number).first()
        if row is None:  # whose row in the police's file held an error
            return
        if source == Source.WORKER:
            Worker.objects.filter(user=by).update(user=None)
            Worker.objects.filter(pk=row.pk).update(user=by)
            row.refresh_from_db()
        if source == Source.BROKER:
            Mandate.objects.create(
                worker=row, broker=by, scope=["profile"], evidence=Evidence.SMS_CODE, granted_at=BEGAN,
                expires_at=BEGAN + timedelta(days=365),
            )  # fmt: skip
        if source == Source.BROKER_CONFIRMED:
            BrokerUpdate.objects.create(
                worker=row, broker=by, acts=[], numbers=[NUMBERS[column] for column in said], digest=b"",
                state=UpdateState.CONFIRMED, made_at=BEGAN, expires_at=BEGAN, decided_at=self.at(), decided_by=by,
            )  # fmt: skip
        services.record(row, said, source=Source(source), by=by, at=self.at(), observed_on=date.fromisoformat(day))
        self._note(kind="save", source=source, day=day, said={number: said})

    def _note(self, **act) -> int:
        self.acts.append(act)
        (self.folder / "acts.jsonl").write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in self.acts))
        return len(self.acts) - 1


def shown(numbers: list[str]) -> dict[str, dict[str, tuple[str, int, str]]]:
    """What the registry shows of these people: the wide row's text, and source and day as the profile names them."""
    found, columns = {}, list(NUMBERS)
    texts = ", ".join(f"coalesce(\"{column}\"::text, '')" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {texts} FROM workers_worker")
        wide = {row[0]: dict(zip(columns, row[1:], strict=True)) for row in cursor.fetchall()}
    wanted, ranks = {blind_index("id_number", number): number for number in numbers}, standing.ranks()
    rows = list(Worker.objects.filter(id_number_index__in=list(wanted)).select_related("provenance"))
    spoken = standing.spoken(row.pk for row in rows)
    for row in rows:
        number = wanted[bytes(row.id_number_index)]
        said = standing.gathered(row, row.provenance, {row.pk: spoken[row.pk]})
        found[number] = {
            column: (wide[row.pk][column], stands.source, recount.day_after_2000(stands.day))
            for column, place in NUMBERS.items()
            if (stands := winner(said[place], ranks[place])) is not None and stands.source
        }
    return found


@pytest.fixture
def office(tmp_path, db, wang_wei, du_gaotian):
    office, rng = Office(tmp_path), random.Random(SEED)

    def some(many, upto=REGISTRY):
        return rng.sample(range(upto), many)

    office.file(range(REGISTRY), 12, ["full_name", "hukou_type", "household_size", "education"], "2026-01-10")
    office.file(some(4_000), 13, ["education"], "2026-01-20", encoding="gb18030")
    for person in some(40):
        office.save(person, 3, "2026-03-01", by=wang_wei, education=rng.choice(DRAW["education"]))
    office.file(
        some(6_000), 11, ["skill_level", "pension_months", "job_start", "education", "marital_status"], "2026-02-01"
    )
    for person in some(40):
        office.save(person, 4, "2026-03-02", by=du_gaotian, employment_status=rng.choice(DRAW["employment_status"]))
    for person in some(40):
        office.save(person, 2, "2026-03-04", by=du_gaotian, employment_status=rng.choice(DRAW["employment_status"]))
    # The same day and rank: the later file stands. An older one does not.
    office.file(
        some(5_000), 15, ["marital_status", "education", "wage_cycle", "employment_status"], "2026-02-10", book=True
    )
    office.file(some(5_000), 17, ["education", "wage_cycle", "job_start"], "2026-02-10")
    office.file(some(3_000), 11, ["skill_level", "wage_cycle"], "2025-12-01")
    wrong = office.file(
        some(5_000, REGISTRY + 900), 12, ["full_name", "household_size", "marital_status"], "2026-02-20"
    )
    office.file(some(3_000, REGISTRY + 900), 19, ["marital_status", "full_name"], "2026-02-15")
    for person in some(40):
        office.save(person, 3, "2026-03-03", by=wang_wei, marital_status=rng.choice(DRAW["marital_status"]))
    office.undo(wrong)
    office.file(some(2_000, REGISTRY + 900), 11, ["skill_level", "education"], "2026-02-25")
    return office


def test_ten_thousand_people_stand_as_counted_again_and_a_wrong_value_would_be_seen(office):
    counted = recount.recount(office.folder)
    assert len(counted) > REGISTRY * 0.95
    sample = random.Random(SEED + 1).sample([id_number(person) for person in range(REGISTRY + 900)], SAMPLE)
    expected = {number: counted[number] for number in sample if number in counted}
    assert shown(sample) == expected
    # Negative control: one value that somebody wrote past the statements.
    victim = next(number for number in sample if number in expected and "education" in expected[number])
    other = "10" if expected[victim]["education"][0] != "10" else "20"
    row = Worker.objects.with_id_number(victim).get()
    Worker.objects.filter(pk=row.pk).update(education=other)
    differing = {number for number, values in shown(sample).items() if values != expected.get(number)}
    assert differing == {victim}


def test_the_count_shares_nothing_with_the_portal():
    tree = ast.parse(Path(recount.__file__).read_text())
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert names == {"csv", "json", "datetime", "pathlib", "openpyxl"}
