"""From a row of a table to a document: which columns are read, and what their values become."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tollbook.errors import DocumentError
from tollbook.readers import Document, check_text

TEXT_COLUMN = "text"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table are read.

    Args:
        text: column of the texts.
        id: column of the ids; None for ids made of the file's name and the line or row.
        date: column of the documents' dates.
        keep: columns that are carried along.
    """

    text: str = TEXT_COLUMN
    id: str | None = None
    date: str | None = None
    keep: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """All of them, each once.

        >>> Columns("body", "id", keep=("id", "url")).wanted
        ('body', 'id', 'url')
        """
        named = (self.text, self.id, self.date, *self.keep)
        return tuple(dict.fromkeys(name for name in named if name is not None))

    def missing(self, there: Iterable[str]) -> str:
        """The reason why a table cannot be read; empty when all columns are there.

        Args:
            there: the columns that it has.

        >>> Columns("body").missing(["id", "text"])
        "there is no column 'body'; the columns are id, text"
        """
        known = list(there)
        absent = [name for name in self.wanted if name not in known]
        if not absent:
            return ""
        named = " and ".join(repr(name) for name in absent)
        return f"there is no column {named}; the columns are {', '.join(known)}"

    def ident(self, row: Mapping[str, Any], otherwise: str) -> str:
        """The id of a row, or `otherwise` where it has none."""
        value = None if self.id is None else row.get(self.id)
        return as_text(value) or otherwise

    def document(
        self, row: Mapping[str, Any], *, otherwise: str, source: str, limit: int
    ) -> Document:
        """The document of a row.

        Args:
            row: values by column.
            otherwise: the id of a row that has none.
            source: where the row stands.
            limit: most characters of a text.

        Raises:
            DocumentError: the text is missing or cannot be processed.

        >>> Columns(date="day").document({"text": "Two dead.", "day": "2024-05-01T12:00Z"},
        ...     otherwise="a:1", source="a.csv:2", limit=100).date
        datetime.date(2024, 5, 1)
        """
        doc_id = self.ident(row, otherwise)
        text = row.get(self.text)
        if text is None:
            raise DocumentError(doc_id, f"{self.text!r} has no value", "give it a text")
        if not isinstance(text, str):
            cause = f"{self.text!r} is {type(text).__name__}, not text"
            raise DocumentError(doc_id, cause, "give it a text")
        check_text(text, doc_id, limit=limit)
        warnings: tuple[str, ...] = ()
        day = None
        if self.date is not None and (given := row.get(self.date)) not in (None, ""):
            day = as_date(given)
            if day is None:
                warnings = (f"{as_text(given)!r} is no ISO date (2024-05-01); left empty",)
        kept = {name: as_text(row.get(name)) for name in self.keep}
        return Document(doc_id, text, source, warnings, day, kept)


def as_date(value: Any) -> date | None:
    """A date from a date, a time stamp or text in ISO form; None where it is none.

    >>> as_date("2024-05-01 10:30"), as_date("20240501"), as_date("May 2024")
    (datetime.date(2024, 5, 1), datetime.date(2024, 5, 1), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    words = value.strip()
    for candidate in (words, words[:10]):
        try:
            return datetime.fromisoformat(candidate).date()
        except ValueError:
            continue
    return None


def as_text(value: Any) -> str | None:
    """A value of a table as text: scalars as they are written, the rest as JSON.

    >>> as_text(7), as_text(True), as_text(["a"]), as_text(None)
    ('7', 'true', '["a"]', None)
    """
    if value is None:
        return None
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return str(value).encode("utf-8", "replace").decode("utf-8")
