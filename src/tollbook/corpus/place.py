"""A table that is read: what its rows are called, which are finished, what becomes of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tollbook.corpus.columns import Columns
from tollbook.errors import DocumentError
from tollbook.readers import Document, Rejected

Item = Document | Rejected


@dataclass(frozen=True, slots=True)
class Place:
    """A table that is read.

    Args:
        name: its id, from which the ids of its rows are made.
        source: its path as given.
        columns: which columns are read.
        limit: most characters of a text.
        done: tells of a row, by its source, that it needs no reading.
        say: called with what the user should know of the whole file.
    """

    name: str
    source: str
    columns: Columns
    limit: int
    done: Callable[[str], bool]
    say: Callable[[str], None]

    def row(self, number: int, values: dict[str, Any]) -> Item:
        """The document of a row, or why it is none."""
        source = f"{self.source}:{number}"
        try:
            return self.columns.document(
                values, otherwise=f"{self.name}:{number}", source=source, limit=self.limit
            )
        except DocumentError as error:
            return Rejected(error.doc, source, error.reason)

    def bad(self, number: int, reason: str, doc_id: str | None = None) -> Rejected:
        """A row that cannot be read."""
        return Rejected(doc_id or f"{self.name}:{number}", f"{self.source}:{number}", reason)

    def skips(self, number: int) -> bool:
        """True when the row needs no reading."""
        return self.done(f"{self.source}:{number}")
