"""Read rule tables: CSV files whose every row has an id, checked when loaded.

A table is declared once as a `Table` of `Column`; a file that does not fit is refused
with its name, line, column and the reason. A user's file has the same columns (all but
the id may be left out), and its rows are laid over ours: a new id is added, a known id is
overridden in the columns that are filled, ``off`` = ``yes`` switches a row off.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, Final, Literal

Kind = Literal["text", "list", "examples", "choice", "int", "flag"]

LIST_SEPARATOR: Final = ";"
EXAMPLE_SEPARATOR: Final = " | "


class RuleError(ValueError):
    """A rule file does not fit its table.

    Args:
        file: name of the file.
        line: number of the line, from 1.
        column: name of the column; empty when the whole row is meant.
        reason: what is wrong, and what would be right.
    """

    def __init__(self, file: str, line: int, column: str, reason: str) -> None:
        self.file, self.line, self.column, self.reason = file, line, column, reason
        where = f"{file}, line {line}" + (f", column {column!r}" if column else "")
        super().__init__(f"{where}: {reason}")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Args:
        name: heading of the column.
        kind: ``text``; ``list`` (``;`` between items); ``examples`` (`` | `` between them);
            ``choice`` (one of `choices`); ``int``; ``flag`` (``yes`` or empty).
        required: True when no row may leave it empty.
        choices: the allowed values of a ``choice``, or of each item of a ``list``; empty: any.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A kind of rule file: its name and columns. The first column is the id."""

    name: str
    columns: tuple[Column, ...]

    @property
    def id_column(self) -> str:
        """Name of the column that identifies a row."""
        return self.columns[0].name

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Every column by its name, ``off`` among them."""
        return {column.name: column for column in (*self.columns, OFF)}

    @cached_property
    def empty(self) -> dict[str, Any]:
        """The values of a row whose cells are all empty."""
        return {name: _value(column, "") for name, column in self.by_name.items()}


@dataclass
class Row:
    """One checked row: values by column name, and where it stands."""

    values: dict[str, Any]
    file: str
    line: int
    filled: frozenset[str] = field(default_factory=frozenset)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def error(self, column: str, reason: str) -> RuleError:
        """A `RuleError` that points at this row."""
        return RuleError(self.file, self.line, column, reason)


OFF: Final = Column("off", "flag")


def data_path(name: str) -> Path:
    """Path of a data file of the package, e.g. ``data_path("en/actors.csv")``."""
    return Path(str(resources.files("tollbook.rules").joinpath("data", name)))


def load(table: Table, *files: str | Path) -> list[Row]:
    """Read files of one table and lay them over each other, in order.

    Args:
        table: what the files must look like.
        files: the package's own file first, then the user's.

    Returns:
        The rows that are on, in the order of their first appearance.

    Raises:
        RuleError: a file does not fit the table.
        FileNotFoundError: a file is missing.
    """
    merged: dict[str, Row] = {}
    for position, file in enumerate(files):
        for row in read(table, Path(file), partial=position > 0):
            ident = row[table.id_column]
            if row["off"]:
                if ident not in merged:
                    raise row.error("off", f"{ident!r} is not there to be switched off")
                del merged[ident]
            elif ident in merged:
                merged[ident] = _override(merged[ident], row)
            else:
                _check_required(table, row)
                merged[ident] = row
    return list(merged.values())


def read(table: Table, path: Path, *, partial: bool = False) -> list[Row]:
    """Read one file of a table.

    Args:
        table: what the file must look like.
        path: a CSV file in UTF-8 with a heading line; lines that begin with ``#`` are comments.
        partial: True for a user's file, whose rows may override some columns only.

    Raises:
        RuleError: the file does not fit the table.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(path.name, 1, "", f"is not UTF-8 ({error.reason})") from None
    rows: list[Row] = []
    heading: list[str] | None = None
    seen: dict[str, int] = {}
    for line, cells in _records(path.name, text):
        if heading is None:
            heading = [cell.strip() for cell in cells]
            _check_heading(table, path.name, line, heading)
            continue
        if len(cells) != len(heading):
            size = f"has {len(cells)} cells, the heading has {len(heading)}"
            raise RuleError(path.name, line, "", f"{size}; quote cells with commas")
        row = _convert(table, path.name, line, heading, cells)
        ident = row[table.id_column]
        if ident in seen:
            reason = f"{ident!r} stands on line {seen[ident]} already"
            raise row.error(table.id_column, reason)
        seen[ident] = line
        if not partial:
            _check_required(table, row)
        rows.append(row)
    if heading is None:
        raise RuleError(path.name, 1, "", "is empty; a heading line is expected")
    return rows


def _records(file: str, text: str) -> Iterable[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise RuleError(file, reader.line_num, "", str(error)) from None
        line, before = before + 1, reader.line_num
        if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
            continue
        yield line, cells


def _check_heading(table: Table, file: str, line: int, heading: Sequence[str]) -> None:
    known = [column.name for column in (*table.columns, OFF)]
    for name in heading:
        if name not in known:
            reason = f"unknown column; {table.name} has {', '.join(known)}"
            raise RuleError(file, line, name, reason)
        if heading.count(name) > 1:
            raise RuleError(file, line, name, "stands twice in the heading")
    if table.id_column not in heading:
        raise RuleError(file, line, table.id_column, "is missing from the heading")


def _convert(
    table: Table, file: str, line: int, heading: Sequence[str], cells: Sequence[str]
) -> Row:
    columns, values = table.by_name, dict(table.empty)
    filled = []
    # most cells are empty: only the others are looked at
    for name, raw in zip(heading, cells, strict=True):
        cell = raw.strip()
        if not cell:
            continue
        filled.append(name)
        try:
            values[name] = _value(columns[name], cell)
        except ValueError as error:
            raise RuleError(file, line, name, str(error)) from None
    if not values[table.id_column]:
        raise RuleError(file, line, table.id_column, "every row needs an id")
    return Row(values, file, line, frozenset(filled))


def _value(column: Column, cell: str) -> Any:
    if column.kind in ("list", "examples"):
        separator = LIST_SEPARATOR if column.kind == "list" else EXAMPLE_SEPARATOR
        items = tuple(item.strip() for item in cell.split(separator) if item.strip())
        if column.choices:
            for item in items:
                _check_choice(column, item)
        return items
    if column.kind == "int":
        if cell and not cell.isdecimal():
            raise ValueError(f"{cell!r} is not a whole number")
        return int(cell) if cell else None
    if column.kind == "flag":
        if cell not in ("", "yes"):
            raise ValueError(f"{cell!r} is neither 'yes' nor empty")
        return cell == "yes"
    if column.kind == "choice" and cell:
        _check_choice(column, cell)
    return cell


def _check_choice(column: Column, value: str) -> None:
    if value not in column.choices:
        raise ValueError(f"{value!r} is not one of {', '.join(column.choices)}")


def _check_required(table: Table, row: Row) -> None:
    for column in table.columns:
        if column.required and column.name not in row.filled:
            raise row.error(column.name, "is required")


def _override(old: Row, new: Row) -> Row:
    values = {name: new[name] if name in new.filled else old[name] for name in old.values}
    return Row(values, new.file, new.line, old.filled | new.filled)
