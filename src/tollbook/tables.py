"""The two tables that are written: counts, a row a count, and bulletins, a row a document.

Columns with their types and what they hold, as plain data: CSV and JSON Lines need no more, and
`tollbook.arrow` makes its schema of it.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tollbook.schema import COUNT_FIELDS, MEASURES, Bounds, Count

if TYPE_CHECKING:
    from tollbook.bulletin import Bulletin

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
"""What each column of the counts table holds."""

SPLIT_MEASURES: Final = ("killed", "injured")
"""Measures whose tolls the bulletins table also gives by status."""

SPLIT_STATUSES: Final = ("civilian", "combatant")
_BOUNDS: Final = {
    "low": "the least that the text allows; empty when open",
    "best": "as stated; empty where the text states no figure",
    "high": "the most that the text allows; empty when open",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Args:
        name: its name.
        kind: ``str``, ``int``, ``bool`` or ``date``; ``list`` is a list of ``str``.
        nullable: True where a row may have no value.
        says: what it holds.
    """

    name: str
    kind: type
    nullable: bool
    says: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be written.

    Args:
        name: ``counts`` or ``bulletins``.
        columns: its columns, in order.
    """

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def keeping(self, kept: Sequence[str]) -> Table:
        """This table with columns of the input behind its own; see `kept_name`.

        >>> COUNTS.keeping(["url", "source"]).names[-2:]
        ('url', 'kept_source')
        """
        more = (
            Column(kept_name(name), str, True, f"{name} of the input, as text") for name in kept
        )
        return Table(self.name, (*self.columns, *more))


def kept_name(name: str) -> str:
    """The name that a column of the input has in the tables: ``kept_`` before it if ours.

    >>> kept_name("url"), kept_name("source")
    ('url', 'kept_source')
    """
    return f"kept_{name}" if name in _OURS else name


def _count_columns() -> tuple[Column, ...]:
    hints = typing.get_type_hints(Count)
    columns = []
    for name in COUNT_FIELDS:
        parts = typing.get_args(hints[name]) or (hints[name],)
        kind = list if typing.get_origin(hints[name]) is tuple else parts[0]
        columns.append(Column(name, kind, type(None) in parts, FIELD_DESCRIPTIONS[name]))
    return tuple(columns)


def _toll_columns() -> tuple[Column, ...]:
    columns = []
    for name, says in _tolls():
        for bound, meaning in _BOUNDS.items():
            columns.append(Column(f"{name}_{bound}", int, True, f"{says}: {meaning}"))
    return tuple(columns)


def _tolls() -> list[tuple[str, str]]:
    named = [(measure, f"newly reported {measure}") for measure in MEASURES]
    for measure in SPLIT_MEASURES:
        for status in SPLIT_STATUSES:
            named.append((f"{measure}_{status}", f"newly reported {measure}, {status} only"))
    return named


COUNTS: Final = Table("counts", _count_columns())
"""A row a count: the fields of `Count`."""

BULLETINS: Final = Table(
    "bulletins",
    (
        Column("doc_id", str, False, "id of the bulletin"),
        Column("source", str, True, "file, and line or row in it"),
        Column("date", date, True, "date of the document, from the input"),
        Column("words", int, True, "words of the text, between blanks"),
        Column("counts", int, True, "counts found"),
        Column("findings", int, True, "findings of the audit"),
        Column("contradictions", int, True, "findings that say that figures cannot all be true"),
        *_toll_columns(),
        Column("error", str, True, "why the document could not be processed; empty if it was"),
    ),
)
"""A row a document: what it newly reports of each outcome, and what does not add up."""

_OURS: Final = frozenset((*COUNTS.names, *BULLETINS.names))


def bulletin_row(
    bulletin: Bulletin, *, source: str | None = None, day: date | None = None
) -> dict[str, Any]:
    """The row of one bulletin in the bulletins table.

    Args:
        bulletin: the bulletin.
        source: where it comes from.
        day: its date.

    >>> import tollbook
    >>> row = bulletin_row(tollbook.extract("At least two civilians were killed.", "d1"))
    >>> row["killed_low"], row["killed_high"], row["killed_civilian_best"], row["injured_best"]
    (2, None, 2, 0)
    """
    findings = bulletin.findings
    row: dict[str, Any] = {
        "doc_id": bulletin.doc_id,
        "source": source,
        "date": day,
        "words": len(bulletin.text.split()),
        "counts": len(bulletin.counts),
        "findings": len(findings),
        "contradictions": sum(
            finding.kind in ("contradiction", "subset-larger") for finding in findings
        ),
    }
    said = {count.measure for count in bulletin.counts}
    nothing = Bounds.exactly(0)
    for measure in MEASURES:
        # the killed may hide in casualties; otherwise what no count says is zero
        asked = measure in said or "casualties" in said or measure == "casualties"
        _fill(row, measure, bulletin.toll(measure) if asked and said else nothing)
    for measure in SPLIT_MEASURES:
        for status in SPLIT_STATUSES:
            toll = bulletin.toll(measure, status=status) if said else nothing
            _fill(row, f"{measure}_{status}", toll)
    row["error"] = None
    return row


def error_row(
    doc_id: str, reason: str, *, source: str | None = None, day: date | None = None
) -> dict[str, Any]:
    """The row of a document that could not be processed: its id and the reason, no figures."""
    return {"doc_id": doc_id, "source": source, "date": day, "error": reason}


def _fill(row: dict[str, Any], name: str, toll: Bounds) -> None:
    row[f"{name}_low"], row[f"{name}_best"], row[f"{name}_high"] = toll.low, toll.best, toll.high


def kept_values(kept: Mapping[str, str | None]) -> dict[str, str | None]:
    """Values of the input under the names that they have in the tables."""
    return {kept_name(name): value for name, value in kept.items()}
