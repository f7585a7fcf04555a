"""Write the rows of a table to one file: CSV, JSON Lines or Parquet.

The file appears under its name only when it is complete: rows go to a temporary file in the
same folder, which is then moved into place. The columns are those of a `Table`.

CSV is UTF-8 with ``\\n`` at line ends. Lists are joined with ``;``, nothing is an empty cell,
dates are ISO dates, truth is ``true`` or ``false``. A text cell that a spreadsheet would take for
a formula gets an apostrophe in front; see `guard`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

from tollbook.errors import OutputError
from tollbook.tables import COUNTS, Table

Row = Mapping[str, Any]

LIST_SEPARATOR: Final = ";"
ROW_GROUP: Final = 50_000

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")


def guard(cell: str) -> str:
    """Keep a spreadsheet from running a text cell as a formula.

    Args:
        cell: the text.

    Returns:
        The text, with one apostrophe in front where it begins with ``=``, ``+``, ``-``, ``@``,
        tab or carriage return, apostrophes before these apart. So one apostrophe taken away
        before such a beginning gives the text back.

    >>> guard("=1+1"), guard("- Homs:"), guard("'=x"), guard("'Asa'ib"), guard("16")
    ("'=1+1", "'- Homs:", "''=x", "'Asa'ib", '16')
    """
    return "'" + cell if _FORMULA.match(cell) else cell


def check_target(path: Path | str, endings: Iterable[str] = ()) -> Path:
    """See that rows can be written to a path, before any work is done.

    Args:
        path: a file whose ending says the format.
        endings: those that are known; empty for `ENDINGS`.

    Returns:
        The file, symbolic links followed.

    Raises:
        OutputError: the ending is not known, the folder does not exist, or it is a folder.

    >>> check_target("counts.xlsx")
    Traceback (most recent call last):
    tollbook.errors.OutputError: counts.xlsx: unknown ending '.xlsx'; use .csv, .jsonl or .parquet
    """
    target = Path(os.path.realpath(path))
    ending = Path(path).suffix
    known = tuple(endings) or ENDINGS
    if ending.lower() not in known:
        *first, last = known
        cause = f"unknown ending {ending!r}" if ending else "no ending"
        raise OutputError(str(path), cause, f"use {', '.join(first)} or {last}")
    if target.is_dir():
        raise OutputError(str(path), "this is a folder", "give the name of a file in it")
    if not target.parent.is_dir():
        raise OutputError(str(path), f"there is no folder {target.parent}", "create it first")
    if not os.access(target.parent, os.W_OK):
        raise OutputError(str(path), f"no permission to write in {target.parent}", "")
    return target


class RowWriter(ABC):
    """Writes rows to one file, which appears when the block ends without an error.

    Made by `open_writer`.

    Args:
        path: where the rows go.
        table: whose rows they are.

    Raises:
        OutputError: the file cannot be written; nothing is left behind.
    """

    def __init__(self, path: Path, table: Table = COUNTS) -> None:
        self.path = path
        self.table = table
        self.rows = 0
        self._temporary: Path | None = None
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".tollbook-")
            self._temporary = Path(name)
            self._file = os.fdopen(handle, "wb")
            os.chmod(name, self._mode())
            self._begin(self._file)
        except OSError as error:
            self._discard()
            raise self._error(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self._discard()
            return
        assert self._file is not None
        assert self._temporary is not None
        try:
            self._finish()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            os.replace(self._temporary, self.path)
            self._temporary = None
            sync_folder(self.path.parent)
        except OSError as problem:
            raise self._error(problem) from problem
        finally:
            self._discard()

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows.

        Args:
            rows: as `Count.to_row` gives them.

        Raises:
            OutputError: a value does not fit the format, or the disk refuses.
        """
        for row in rows:
            try:
                self._add(row)
            except OSError as error:
                raise self._error(error) from error
            except UnicodeEncodeError as error:
                where = f"{row.get('doc_id')!r} {row.get('count_id')}"
                raise OutputError(
                    str(self.path),
                    f"count {where} holds a lone surrogate: {error.object[error.start]!r}",
                    "clean the text of the bulletin",
                ) from None
            self.rows += 1

    def _mode(self) -> int:
        with suppress(OSError):
            return self.path.stat().st_mode & 0o777
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask

    def _discard(self) -> None:
        if self._file is not None and not self._file.closed:
            with suppress(Exception):
                self._abandon()
            with suppress(OSError):
                self._file.close()
        if self._temporary is not None:
            with suppress(OSError):
                self._temporary.unlink()
            self._temporary = None

    def _error(self, error: OSError) -> OutputError:
        return OutputError(str(self.path), f"cannot be written: {error.strerror or error}")

    def _abandon(self) -> None:  # noqa: B027  (most formats hold nothing)
        """Let go of the file without regard to what is in it."""

    @abstractmethod
    def _begin(self, file: IO[bytes]) -> None: ...

    @abstractmethod
    def _add(self, row: Row) -> None: ...

    @abstractmethod
    def _finish(self) -> None: ...


class _Csv(RowWriter):
    def _begin(self, file: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        self._csv = csv.writer(self._text, lineterminator="\n")
        self._csv.writerow(self.table.names)

    def _add(self, row: Row) -> None:
        self._csv.writerow([_cell(row.get(name)) for name in self.table.names])

    def _finish(self) -> None:
        self._text.flush()
        self._text.detach()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return guard(LIST_SEPARATOR.join(item.replace(LIST_SEPARATOR, ",") for item in value))
    if isinstance(value, date):
        return value.isoformat()
    return guard(value) if isinstance(value, str) else str(value)


class _Jsonl(RowWriter):
    def _begin(self, file: IO[bytes]) -> None:
        self._out = file

    def _add(self, row: Row) -> None:
        values = {name: _plain(row.get(name)) for name in self.table.names}
        self._out.write((json.dumps(values, ensure_ascii=False) + "\n").encode("utf-8"))

    def _finish(self) -> None:
        pass


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class _Parquet(RowWriter):
    def _begin(self, file: IO[bytes]) -> None:
        import pyarrow.parquet as pq

        from tollbook.arrow import arrow_schema

        self._schema = arrow_schema(self.table)
        self._parquet = pq.ParquetWriter(file, self._schema, compression="zstd")
        self._waiting: list[Row] = []

    def _add(self, row: Row) -> None:
        self._waiting.append(row)
        if len(self._waiting) >= ROW_GROUP:
            self._flush()

    def _finish(self) -> None:
        self._flush()
        self._parquet.close()

    def _abandon(self) -> None:
        # Left open, it would write its footer to a closed file when it is collected.
        self._parquet.close()

    def _flush(self) -> None:
        from tollbook.arrow import record_batch

        if not self._waiting:
            return
        try:
            batch = record_batch(self._waiting, self._schema)
        except ValueError as error:
            raise OutputError(str(self.path), str(error), "write .jsonl instead") from error
        self._parquet.write_batch(batch)
        self._waiting = []


_WRITERS: Final[Mapping[str, type[RowWriter]]] = {
    ".csv": _Csv,
    ".jsonl": _Jsonl,
    ".parquet": _Parquet,
}

ENDINGS: Final = tuple(_WRITERS)
"""File endings that can be written."""


def open_writer(path: Path | str, table: Table = COUNTS) -> RowWriter:
    """A writer of rows, for use in a ``with`` block.

    Args:
        path: a file; its ending (.csv, .jsonl, .parquet) says the format.
        table: whose rows are written.

    Raises:
        OutputError: see `check_target`.
    """
    target = check_target(path)
    return _WRITERS[Path(path).suffix.lower()](target, table)


def write_rows(rows: Iterable[Row], path: Path | str) -> int:
    """Write rows to a file; see `open_writer`.

    Args:
        rows: as `Count.to_row` gives them.
        path: a file; its ending says the format.

    Returns:
        How many rows were written.

    Raises:
        OutputError: the file cannot be written.
    """
    with open_writer(path) as writer:
        writer.write(rows)
    return writer.rows


def sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system allows it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
