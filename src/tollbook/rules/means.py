"""How people were killed or hurt: words and phrases that name the means."""

from __future__ import annotations

from functools import cache
from typing import Final

from tollbook.rules.loader import Column, Row, Table, data_path, load
from tollbook.rules.phrases import pieces

MEANS: Final = Table(
    "means",
    (
        Column("id"),
        Column("words", "list", required=True),
        Column("examples", "examples", required=True),
    ),
)
"""Columns of ``means.csv``: the id is what is reported."""


class Means:
    """The means that a word or phrase names.

    Args:
        rows: rows of the table `MEANS`.

    Raises:
        RuleError: two rows claim the same words.

    >>> means().at(["a", "suicide", "bomber"], 1)
    (2, 'suicide-bombing')
    >>> means().at(["a", "bomber"], 0) is None
    True
    """

    def __init__(self, rows: list[Row]) -> None:
        self.by_first: dict[str, tuple[int, ...]] = {}
        """Numbers of words, the greatest first, of the entries that begin with a word."""
        self._names: dict[tuple[str, ...], str] = {}
        sizes: dict[str, set[int]] = {}
        for row in rows:
            for phrase in row["words"]:
                words = pieces(phrase)
                known = self._names.setdefault(words, row["id"])
                if known != row["id"]:
                    raise row.error("words", f"{phrase!r} stands in row {known!r} already")
                sizes.setdefault(words[0], set()).add(len(words))
        for first, found in sizes.items():
            self.by_first[first] = tuple(sorted(found, reverse=True))

    def at(self, low: list[str], index: int) -> tuple[int, str] | None:
        """The longest entry that begins at a token.

        Args:
            low: words in lower case.
            index: position of the first word.

        Returns:
            Number of words and id of the means, or None.
        """
        for size in self.by_first.get(low[index], ()):
            words = tuple(low[index : index + size])
            name = self._names.get(words)
            if name is not None:
                return len(words), name
        return None


@cache
def means(extra: str | None = None) -> Means:
    """The table of means, read once a process.

    Args:
        extra: path of a file whose rows are laid over ours.

    Raises:
        RuleError: a file does not fit the table.
        FileNotFoundError: a file is missing.
    """
    return Means(load(MEANS, data_path("en/means.csv"), *([extra] if extra else [])))
