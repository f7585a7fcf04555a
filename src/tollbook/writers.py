"""Write rows, one a count, as CSV, JSON Lines or Parquet.

The file appears under its name only when it is complete: rows go to a temporary file in the
same folder, which is then moved into place. The columns are those of `COUNT_FIELDS`.

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
import typing
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Final, Self

from tollbook.errors import OutputError
from tollbook.schema import COUNT_FIELDS, Count

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, Any]

FIELD_DESCRIPTIONS: Final[Mapping[str, str]] = {
    "doc_id": "id of the bulletin",
    "count_id": "c1, c2, ... in text order",
    "part_of": "count_id of the count whose people or events include these",
    "same_as": "count_id of an earlier count that this one states again",
    "measure": "killed, injured, casualties, missing, abducted, detained, released, displaced "
    "or incidents",
    "best": "the number as stated; empty for a range or a vague quantifier",
    "low": "the least that the words allow; empty when they set no bound",
    "high": "the most that the words allow; empty when they set no bound",
    "text": "the number expression with its modifier",
    "start": "where text begins, in characters of the bulletin",
    "end": "where text ends, exclusive",
    "phrase": "number and noun group",
    "phrase_start": "where phrase begins, in characters of the bulletin",
    "phrase_end": "where phrase ends, exclusive",
    "noun": "lemma of the counted noun",
    "implicit": "true when no number word stands there",
    "status": "civilian, combatant or mixed; empty when the text does not say",
    "actor": "group the counted people belong to: id, or name as written",
    "actor_text": "that group as written",
    "backer": "state that backs the group",
    "traits": "child, woman, occupations, nationalities",
    "by": "perpetrator: id, or name as written",
    "by_text": "perpetrator as written",
    "means": "how: airstrike, shelling, ied ...",
    "region": "ISO 3166-2 codes of first-level regions",
    "region_text": "region as written",
    "place": "finest place named",
    "since": "first day of the period",
    "until": "last day of the period",
    "period": "the period as written",
    "certainty": "asserted, claimed or unconfirmed",
    "source": "who says so",
    "rule": "id of the rule, or name of the model, that decided",
    "sentence": "the sentence, for the reader",
}
"""What each column holds; Parquet files carry these with the columns."""

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


def check_target(path: Path | str) -> Path:
    """See that rows can be written to a path, before any work is done.

    Args:
        path: a file whose ending says the format.

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
    if ending.lower() not in _WRITERS:
        *first, last = _WRITERS
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

    Raises:
        OutputError: the file cannot be written; nothing is left behind.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
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
            _sync_folder(self.path.parent)
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
        self._csv.writerow(COUNT_FIELDS)

    def _add(self, row: Row) -> None:
        self._csv.writerow([_cell(row.get(name)) for name in COUNT_FIELDS])

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
        values = {name: _plain(row.get(name)) for name in COUNT_FIELDS}
        self._out.write((json.dumps(values, ensure_ascii=False) + "\n").encode("utf-8"))

    def _finish(self) -> None:
        pass


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class _Parquet(RowWriter):
    def _begin(self, file: IO[bytes]) -> None:
        import pyarrow.parquet as pq

        self._schema = arrow_schema()
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
        import pyarrow as pa

        if not self._waiting:
            return
        columns = []
        for column in self._schema:
            values = [row.get(column.name) for row in self._waiting]
            try:
                columns.append(pa.array(values, column.type))
            except (pa.ArrowException, OverflowError, TypeError, UnicodeError) as error:
                raise OutputError(
                    str(self.path), f"column {column.name}: {error}", "write .jsonl instead"
                ) from error
        self._parquet.write_table(pa.Table.from_arrays(columns, schema=self._schema))
        self._waiting = []


_WRITERS: Final[Mapping[str, type[RowWriter]]] = {
    ".csv": _Csv,
    ".jsonl": _Jsonl,
    ".parquet": _Parquet,
}

ENDINGS: Final = tuple(_WRITERS)
"""File endings that can be written."""


def open_writer(path: Path | str) -> RowWriter:
    """A writer of rows, for use in a ``with`` block.

    Args:
        path: a file; its ending (.csv, .jsonl, .parquet) says the format.

    Raises:
        OutputError: see `check_target`.
    """
    target = check_target(path)
    return _WRITERS[Path(path).suffix.lower()](target)


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


def arrow_schema() -> pa.Schema:
    """The columns with their Arrow types, and what each holds as metadata ``description``.

    >>> arrow_schema().field("since").type, arrow_schema().field("region").type
    (DataType(date32[day]), ListType(list<item: string>))
    """
    import pyarrow as pa

    types = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), date: pa.date32()}
    hints = typing.get_type_hints(Count)
    fields = []
    for name in COUNT_FIELDS:
        parts = typing.get_args(hints[name]) or (hints[name],)
        optional = type(None) in parts
        is_list = typing.get_origin(hints[name]) is tuple
        kind = pa.list_(pa.string()) if is_list else types[parts[0]]
        described = {"description": FIELD_DESCRIPTIONS[name]}
        fields.append(pa.field(name, kind, nullable=optional, metadata=described))
    return pa.schema(fields)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system allows it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
