"""Nouns that name the people of an outcome without a figure: ``the dead``, ``hostages``."""

from __future__ import annotations

from functools import cache
from typing import Final

from tollbook.rules.loader import Column, Row, Table, data_path, load
from tollbook.schema import MEASURES

TOPICS: Final = Table(
    "topics",
    (
        Column("id"),
        Column("measure", "choice", required=True, choices=MEASURES),
        Column("words", "list", required=True),
        Column("examples", "examples", required=True),
    ),
)
"""Columns of ``topics.csv``."""


def by_word(rows: list[Row]) -> dict[str, str]:
    """The measure that each word names.

    Args:
        rows: rows of the table `TOPICS`.

    Raises:
        RuleError: two rows claim the same word.
    """
    found: dict[str, str] = {}
    for row in rows:
        for word in row["words"]:
            if word in found:
                raise row.error("words", f"{word!r} stands twice")
            found[word] = row["measure"]
    return found


@cache
def topics() -> dict[str, str]:
    """The measure that each topic word names, read once a process.

    Raises:
        RuleError: the file does not fit the table.

    >>> topics()["hostages"], topics().get("tanks", "")
    ('abducted', '')
    """
    return by_word(load(TOPICS, data_path("en/topics.csv")))
