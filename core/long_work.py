"""What a transaction needs that works for minutes: time, memory, and patience for a lock.

The portal's sessions give up after seconds, which is right for a page. A transaction that also waits for Python, to
seal the numbers of a million people or to spell their names, is not idle; but one whose process hangs must let go of
its locks some day.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.utils import CursorWrapper

MEMORY = "512MB"  # for each sort or hash table, before it spills
RANDOM_PAGE_COST = "4"  # PostgreSQL's own default
# Only a scan by bitmap fetches pages ahead, and only as many as it is allowed to.
_FETCHING = {
    "enable_seqscan": "off",
    "enable_indexscan": "off",
    "enable_indexonlyscan": "off",
    "effective_io_concurrency": "64",
}
LOCK_WAIT = "60s"
PYTHON_AT_MOST = "15min"
GROWTH = 10  # a table is looked at again when what is new is a tenth of what was known, or more


def take_time(cursor: CursorWrapper, *, memory: str = MEMORY) -> None:
    """Let the transaction that is open work for as long as it takes; everything ends with it.

    Compiling a query is worth it for none of ours: their time goes into reading and writing.
    """
    cursor.execute(
        """
        SELECT set_config('statement_timeout', '0', true), set_config('work_mem', %s, true),
            set_config('lock_timeout', %s, true), set_config('idle_in_transaction_session_timeout', %s, true),
            set_config('jit', 'off', true)
        """,
        [memory, LOCK_WAIT, PYTHON_AT_MOST],
    )


@contextmanager
def pages_on_disk(cursor: CursorWrapper) -> Iterator[None]:
    """Plan the questions inside for tables of which a good part lies on the disk.

    There, one page after another comes ten times as fast as pages here and there. A server tuned for short questions,
    whose few pages are in memory, says the opposite, and would fetch a million rows one by one.
    """
    cursor.execute("SELECT current_setting('random_page_cost')")
    usual = cursor.fetchone()[0]
    cursor.execute("SELECT set_config('random_page_cost', %s, true)", [RANDOM_PAGE_COST])
    yield
    cursor.execute("SELECT set_config('random_page_cost', %s, true)", [usual])


def fetch_ahead(cursor: CursorWrapper, table: str, key: str, column: str, keys: str) -> None:
    """Have the pages of a table read into memory that hold the rows which the question `keys` names.

    Whoever then looks at these rows one after another need not wait for the disk each time: pages are fetched many at
    a time here. `column` is one that no index holds, because rows that need not be read are not.
    """
    cursor.execute(
        "SELECT name, current_setting(name), set_config(name, value, true) FROM unnest(%s, %s) AS t (name, value)",
        [list(_FETCHING), list(_FETCHING.values())],
    )
    usual = {name: value for name, value, _now in cursor.fetchall()}
    cursor.execute(f"SELECT count({column}) FROM {table} WHERE {key} = ANY(ARRAY({keys}))")
    cursor.execute(
        "SELECT set_config(name, value, true) FROM unnest(%s, %s) AS t (name, value)",
        [list(usual), list(usual.values())],
    )


def analyze_if_grown(cursor: CursorWrapper, table: str, added: int) -> None:
    """Have PostgreSQL look again at a table to which this transaction has just added many rows.

    Autovacuum does not see these rows before the commit, and statistics of a table that was empty once lead to a plan
    that reads all of it for each row of another.
    """
    cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
    if added and added * GROWTH >= cursor.fetchone()[0]:
        cursor.execute(f"ANALYZE {table}")
