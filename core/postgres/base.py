"""PostgreSQL as Django knows it, asked less often whether it is still there.

Django sends `SELECT 1` at the start of each request that finds an open connection. A server that went away has closed
its end of it, which this process can see without asking anybody.
"""

import select
import time
from typing import Any

from django.db.backends.postgresql import base

# A connection that rested longer is asked in words: a firewall may have forgotten it, which no socket tells.
BELIEVED_FOR = 30.0  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    _checked = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._checked = time.monotonic()
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        rested, self._checked = time.monotonic() - self._checked, time.monotonic()
        if rested < BELIEVED_FOR and not self._has_word():
            return True
        return super().is_usable()

    def _has_word(self) -> bool:
        """Whether something unasked for has arrived: a farewell, the end of the line, or something harmless."""
        if self.connection is None or self.connection.closed:
            return True
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return bool(waiting.poll(0))
