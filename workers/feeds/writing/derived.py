"""What follows from changed values, for many people at once: pinyin, migration type, the copies beside a job wish."""

from collections.abc import Iterable

from django.db.backends.utils import CursorWrapper

from core.divisions import CITY_PREFIX

from ...code_lists import MigrationType
from ...derive import ABROAD
from ...enums import Source
from ...indicators import BY_CODE
from ...services.derivation import pinyin_key

NAME, HUKOU, WORK = (BY_CODE[code].number for code in ("full_name", "hukou_division", "work_division"))
SKILL, RESIDENCE, MIGRATION = (BY_CODE[code].number for code in ("skill_level", "residence_division", "migration_type"))
_T = MigrationType
# The same rule as `workers.derive.migration_type`; a test compares the two.
MIGRATION_TYPE = f"""CASE
    WHEN w.hukou_division = '' OR w.work_division = '' THEN ''
    WHEN w.work_division = '{ABROAD}' THEN '{_T.ABROAD}'
    WHEN left(w.work_division, 2) <> left(w.hukou_division, 2) THEN '{_T.PROVINCE}'
    WHEN length(w.work_division) >= 9 AND left(w.work_division, 9) = left(w.hukou_division, 9) THEN '{_T.LOCAL}'
    WHEN left(w.work_division, 6) = left(w.hukou_division, 6) THEN '{_T.COUNTY}'
    ELSE '{_T.CITY}' END"""
# The same rule as `workers.derive.home_district`.
HOME_DISTRICT = f"""left(CASE
    WHEN left(w.residence_division, 2) = '{CITY_PREFIX}' AND length(w.residence_division) > 2 THEN w.residence_division
    ELSE w.hukou_division END, 6)"""
_CHANGED = "SELECT DISTINCT worker_id FROM settle_best WHERE text IS DISTINCT FROM shown AND number = ANY(%s)"


def follow(cursor: CursorWrapper, numbers: Iterable[int], *, at) -> None:
    """Recompute what depends on the settled indicators; reads `settle_best`."""
    settled = set(numbers)
    if NAME in settled:
        _spell_names(cursor)
    if settled & {HUKOU, WORK}:
        _migration_types(cursor)
    if settled & {HUKOU, RESIDENCE, SKILL}:
        _wishes(cursor)


def _spell_names(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT DISTINCT text FROM settle_best WHERE number = %s AND text IS DISTINCT FROM shown", [NAME])
    names = [row[0] for row in cursor.fetchall()]
    if not names:
        return
    cursor.execute(
        """
        UPDATE workers_worker w SET name_pinyin = p.pinyin
        FROM unnest(%s::text[], %s::text[]) AS p(name, pinyin), settle_best b
        WHERE b.number = %s AND b.text IS DISTINCT FROM b.shown AND w.id = b.worker_id AND p.name = b.text
        """,
        [names, [pinyin_key(name) for name in names], NAME],
    )


def _migration_types(cursor: CursorWrapper) -> None:
    cursor.execute(
        f"""
        WITH moved AS (
            UPDATE workers_worker w SET migration_type = {MIGRATION_TYPE}
            WHERE w.id IN ({_CHANGED}) AND w.migration_type <> {MIGRATION_TYPE}
            RETURNING w.id
        )
        UPDATE workers_provenance o SET sources[%s] = %s, observed[%s] = current_date - DATE '2000-01-01'
        FROM moved WHERE o.worker_id = moved.id
        """,
        [[HUKOU, WORK], MIGRATION, int(Source.COMPUTED), MIGRATION],
    )


def _wishes(cursor: CursorWrapper) -> None:
    cursor.execute(
        f"""
        UPDATE workers_jobintent i SET home_district = {HOME_DISTRICT}, skill_level = w.skill_level
        FROM workers_worker w
        WHERE i.worker_id = w.id AND w.id IN ({_CHANGED})
            AND (i.home_district, i.skill_level) IS DISTINCT FROM ({HOME_DISTRICT}, w.skill_level)
        """,
        [[HUKOU, RESIDENCE, SKILL]],
    )
