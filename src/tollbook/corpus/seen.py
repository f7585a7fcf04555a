"""Which ids a run has met and which sources are finished, kept on the disk: it does not grow."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


class Seen:
    """Ids and finished sources, in a database that SQLite keeps for itself and removes.

    >>> seen = Seen()
    >>> seen.new_id("d1", "a.csv:2"), seen.new_id("d1", "b.csv:7")
    (None, 'a.csv:2')
    """

    def __init__(self) -> None:
        # an empty name is a temporary file, written only when the cache is full
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for command in (
            "pragma journal_mode = off",
            "pragma synchronous = off",
            "create table ids (id text primary key, source text) without rowid",
            "create table done (source text primary key) without rowid",
            "begin",
        ):
            self._base.execute(command)
        self._any = False

    def new_id(self, doc_id: str, source: str) -> str | None:
        """Note an id; None when it is new, otherwise the source that had it first."""
        added = self._base.execute("insert or ignore into ids values (?, ?)", (doc_id, source))
        if added.rowcount:
            return None
        first = self._base.execute("select source from ids where id = ?", (doc_id,)).fetchone()
        return str(first[0])

    def finished(self, sources: Iterable[str]) -> None:
        """Note sources that an earlier run has finished."""
        self._any = True
        self._base.executemany("insert or ignore into done values (?)", ((s,) for s in sources))

    def is_finished(self, source: str) -> bool:
        """True when an earlier run has finished this source."""
        if not self._any:
            return False
        found = self._base.execute("select 1 from done where source = ?", (source,))
        return found.fetchone() is not None

    def close(self) -> None:
        """Remove the database."""
        self._base.close()
