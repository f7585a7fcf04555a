"""How the outcomes relate: which is heavier, what divides what, what can follow on what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from tollbook.rules.loader import Column, Row, RuleError, Table, data_path, load
from tollbook.schema import MEASURES

TABLE: Final = Table(
    "measures",
    (
        Column("id", "choice", required=True, choices=MEASURES),
        Column("weight", "int", required=True),
        Column("wholes", "list", choices=MEASURES),
        Column("becomes", "list", choices=MEASURES),
    ),
)
"""Columns of ``measures.csv``: one row for each of `tollbook.schema.MEASURES`."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One outcome beside the others.

    Args:
        weight: of two that claim one group, the heavier wins.
        wholes: outcomes of a figure that figures of this one can be parts of.
        becomes: what can later happen to people who were counted as this one.
    """

    weight: int
    wholes: tuple[str, ...]
    becomes: tuple[str, ...]


def by_name(rows: list[Row], file: str = "measures.csv") -> dict[str, Measure]:
    """The rows by measure.

    Args:
        rows: rows of the table `TABLE`.
        file: name of the file, for messages.

    Raises:
        RuleError: a measure has no row.
    """
    found = {
        row["id"]: Measure(row["weight"], (row["id"], *row["wholes"]), row["becomes"])
        for row in rows
    }
    missing = [name for name in MEASURES if name not in found]
    if missing:
        raise RuleError(file, 1, "id", f"no row for {', '.join(missing)}")
    return found


@cache
def measures() -> dict[str, Measure]:
    """The table of measures, read once a process.

    Raises:
        RuleError: the file does not fit the table.
    """
    return by_name(load(TABLE, data_path("en/measures.csv")))


def wholes(measure: str) -> tuple[str, ...]:
    """Measures of a whole that can be divided into parts of a measure; itself when unknown.

    >>> wholes("killed"), wholes("missing"), wholes("")
    (('killed', 'casualties'), ('missing',), ('',))
    """
    known = measures().get(measure)
    return known.wholes if known is not None else (measure,)


def becomes(earlier: str, later: str) -> bool:
    """Whether people counted as one thing can later be counted as another.

    >>> becomes("abducted", "released"), becomes("killed", "released"), becomes("", "killed")
    (True, False, False)
    """
    known = measures().get(earlier)
    return known is not None and later in known.becomes
