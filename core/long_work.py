"""What a transaction needs that works for minutes: time, memory, and patience for a lock.

The portal's sessions give up after seconds, which is right for a page. A transaction that also waits for Python, to
seal the numbers of a million people or to spell their names, is not idle; but one whose process hangs must let go of
its locks some day.
"""

from django.db.backends.utils import CursorWrapper

MEMORY = "256MB"  # for each sort or hash table, before it spills
LOCK_WAIT = "60s"
PYTHON_AT_MOST = "15min"


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
