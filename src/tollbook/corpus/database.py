"""Both tables and the rejects in one database file: SQLite, or DuckDB where it is installed."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from tollbook.corpus.batches import Batch
from tollbook.corpus.sinks import FILES, Sink
from tollbook.errors import OutputError
from tollbook.readers import Rejected
from tollbook.tables import BULLETINS, COUNTS, Column, Table
from tollbook.writers import check_target, sync_folder

_REJECTS: Final = Table(
    "rejects", tuple(Column(name, str, False, "") for name in ("id", "source", "reason"))
)
_SQLITE: Final = {str: "text", int: "integer", bool: "boolean", date: "date", list: "json"}
_DUCKDB: Final = {str: "varchar", int: "bigint", bool: "boolean", date: "date", list: "varchar[]"}


class DatabaseSink(Sink):
    """Tables ``counts``, ``bulletins`` and ``rejects`` in one file, there when it is complete.

    In SQLite lists are JSON, dates are ISO dates and truth is 0 or 1.

    Args:
        path: the file, ending in .sqlite or .duckdb.
        keep: columns that are carried along.
        per_bulletin: leave the counts table out.

    Raises:
        OutputError: the file cannot be written, or duckdb is not installed.
    """

    def __init__(self, path: Path, keep: Sequence[str], *, per_bulletin: bool) -> None:
        self.path = check_target(path, FILES)
        self._duckdb = path.suffix.lower() == ".duckdb"
        wanted = (BULLETINS,) if per_bulletin else (COUNTS, BULLETINS)
        self._tables = [*(table.keeping(keep) for table in wanted), _REJECTS]
        self._connect, self._refusals = _driver(path, duckdb=self._duckdb)
        self._base: Any = None
        self._temporary: Path | None = None

    def __enter__(self) -> Self:
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".tollbook-")
        os.close(handle)
        self._temporary = Path(name)
        if self._duckdb:
            self._temporary.unlink()  # it makes its file itself
        self._do(self._begin)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._do(self._finish)
        finally:
            if self._base is not None:
                with suppress(*self._refusals):
                    self._base.close()
            for ending in ("", ".wal", "-journal"):
                with suppress(OSError):
                    Path(f"{self._temporary}{ending}").unlink(missing_ok=True)

    def write(self, batch: Batch) -> None:
        """Take a batch; see `Sink`."""
        self._do(lambda: self._add(batch))

    def _do(self, work: Callable[[], None]) -> None:
        try:
            work()
        except self._refusals as error:
            words = getattr(error, "strerror", None) or error
            raise OutputError(str(self.path), f"cannot be written: {words}") from error

    def _begin(self) -> None:
        self._base = self._connect(str(self._temporary))
        types = _DUCKDB if self._duckdb else _SQLITE
        if not self._duckdb:
            # the file is nobody's before it is whole, and is synced before it is moved
            self._base.execute("pragma journal_mode = off")
            self._base.execute("pragma synchronous = off")
        for table in self._tables:
            columns = ", ".join(
                f'"{column.name}" {types[column.kind]}' + ("" if column.nullable else " not null")
                for column in table.columns
            )
            self._base.execute(f"create table {table.name} ({columns})")
        self._base.execute("begin")

    def _add(self, batch: Batch) -> None:
        for table in self._tables:
            if table.name == "rejects":
                rows = [_reject(one) for one in batch.rejects]
            elif self._duckdb:
                self._arrow(table.name, getattr(batch, table.name))
                continue
            else:
                rows = [
                    tuple(map(_plain, row.values()))
                    for row in getattr(batch, table.name).to_pylist()
                ]
            if rows:
                marks = ", ".join("?" * len(table.columns))
                self._base.executemany(f"insert into {table.name} values ({marks})", rows)

    def _arrow(self, name: str, rows: Any) -> None:
        import pyarrow as pa

        self._base.register("_batch", pa.Table.from_batches([rows]))
        self._base.execute(f"insert into {name} select * from _batch")
        self._base.unregister("_batch")

    def _finish(self) -> None:
        self._base.commit()
        if not self._duckdb:
            for table in self._tables[:-1]:
                self._base.execute(f"create index {table.name}_doc_id on {table.name} (doc_id)")
            self._base.commit()
        self._base.close()
        assert self._temporary is not None
        with self._temporary.open("rb+") as file:
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(self._temporary, 0o666 & ~mask)
        os.replace(self._temporary, self.path)
        sync_folder(self.path.parent)


def _driver(
    path: Path, *, duckdb: bool
) -> tuple[Callable[[str], Any], tuple[type[Exception], ...]]:
    if not duckdb:
        return (lambda name: sqlite3.connect(name, isolation_level=None)), (OSError, sqlite3.Error)
    try:
        import duckdb as driver
    except ImportError:
        remedy = "pip install 'tollbook[duckdb]', or write .sqlite"
        raise OutputError(str(path), "writing it needs the package duckdb", remedy) from None
    return driver.connect, (OSError, driver.Error)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def _reject(rejected: Rejected) -> tuple[str, str, str]:
    words = (rejected.doc_id, rejected.source, rejected.reason)
    return tuple(word.encode("utf-8", "replace").decode("utf-8") for word in words)  # type: ignore[return-value]
