"""Sessions in the database, one statement to read and one to write.

Django's own store asks whether a random key of 165 bits is taken, saves a new session at once and again at the end of
the request, and moves it to a new key by two more statements. Here a key is only noted, and what became of the session
is written once, when the request ends. A request that fails (500) leaves the session as it was.
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, UpdateError
from django.db import connections, router
from django.utils import timezone

from .randomness import random_string

_READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
_WRITE = "UPDATE django_session SET session_key = %s, session_data = %s, expire_date = %s WHERE session_key = %s"
_ADD = (
    "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s)"
    " ON CONFLICT (session_key) DO NOTHING"
)
# Lost with it, should the server fall within the second, is one step of somebody who is not signed in: a number just
# typed, the question asked, a case named, or the key of a complaint just begun, which is then begun anew.
_ADD_UNHURRIED = f"SET LOCAL synchronous_commit TO off; {_ADD}"
_END = "DELETE FROM django_session WHERE session_key = %s"


class SessionStore(db.SessionStore):
    """`_row` is the key under which the row stands now, None while there is none; `_written` what we put there."""

    _written: bytes | None = None

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._row = self.session_key

    def _get_new_session_key(self) -> str:
        return random_string(32, VALID_KEY_CHARS)

    def load(self) -> dict[str, Any]:
        with self._cursor() as cursor:
            cursor.execute(_READ, [self.session_key, timezone.now()])
            found = cursor.fetchone()
        if found is None:
            self._session_key = self._row = None
            return {}
        return self.decode(found[0])

    def create(self) -> None:
        """A key, known at once; the row follows when the session is saved."""
        self._session_key, self._row = self._get_new_session_key(), None
        self._get_session(no_load=True)  # what is in it already stays
        self.modified = True

    def cycle_key(self) -> None:
        """The same session under a new key; the old one opens nothing once this is saved."""
        data, row = self._session, self._row
        self.create()
        self._session_cache, self._row = data, row

    def flush(self) -> None:
        super().flush()
        self._row = None

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self._row:
            with self._cursor() as cursor:
                cursor.execute(_END, [key])

    def save(self, must_create: bool = False) -> None:
        """Write the row. Raises `CreateError` where a new key is taken, `UpdateError` where the session was ended."""
        session = self._get_session(no_load=must_create)  # which forgets a key that opens nothing
        if self.session_key is None:
            self._session_key, self._row = self._get_new_session_key(), None
        content = self.serializer().dumps(session)
        before, moved = self._row, self._row not in (None, self.session_key)
        if content == self._written and before == self.session_key and not must_create:
            return  # this very request has written it already
        row = [self.session_key, self.encode(session), self.get_expiry_date()]
        with self._cursor() as cursor:
            if before is not None and not must_create:
                cursor.execute(_WRITE, [*row, before])
                if not cursor.rowcount and not moved:
                    raise UpdateError
            if before is None or must_create or not cursor.rowcount:
                cursor.execute(self._adding(session), row)
                if not cursor.rowcount:
                    raise CreateError
        self._row, self._written = self.session_key, content

    def _adding(self, session: dict[str, Any]) -> str:
        """A first row waits for the disk where somebody is signed in, or others' rows are committed with it."""
        is_alone = connections[router.db_for_write(self.model)].get_autocommit()
        return _ADD if SESSION_KEY in session or not is_alone else _ADD_UNHURRIED

    def _cursor(self) -> Any:
        return connections[router.db_for_write(self.model)].cursor()
