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


def analyze_if_grown(cursor: CursorWrapper, table: str, added: int) -> None:
    """Have PostgreSQL look again at a table to which this transaction has just added many rows.

    Autovacuum does not see these rows before the commit, and statistics of a table that was empty once lead to a plan
    that reads all of it for each row of another.
    """
    cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
    if added and added * GROWTH >= cursor.fetchone()[0]:
        cursor.execute(f"ANALYZE {table}")
