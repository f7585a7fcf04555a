"""The tables in Arrow: their schema, and record batches of texts turned into record batches.

`extract_batches` holds no state but the pipeline, so that an engine that maps Arrow batches
(Ray Data, Spark, Dask, DuckDB) can run it on any machine; see docs/scaling.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

import pyarrow as pa

from tollbook.tables import BULLETINS, COUNTS, Table

if TYPE_CHECKING:
    from tollbook.corpus.batches import Extractor

_TYPES: Final = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    date: pa.date32(),
    list: pa.list_(pa.string()),
}

TableName = Literal["counts", "bulletins"]


def arrow_schema(table: Table = COUNTS) -> pa.Schema:
    """The columns of a table with their Arrow types, and what each holds as ``description``.

    >>> arrow_schema().field("since").type, arrow_schema().field("region").type
    (DataType(date32[day]), ListType(list<item: string>))
    """
    return pa.schema(
        pa.field(
            column.name,
            _TYPES[column.kind],
            nullable=column.nullable,
            metadata={"description": column.says},
        )
        for column in table.columns
    )


def record_batch(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as one record batch; a column that a row lacks is null.

    Args:
        rows: dicts by column.
        schema: see `arrow_schema`.

    Raises:
        ValueError: a value does not fit its column; the message begins with the column.

    >>> record_batch([{"doc_id": "d1", "date": date(2024, 5, 1)}], arrow_schema(BULLETINS)).num_rows
    1
    """
    columns = []
    for field in schema:
        try:
            columns.append(pa.array([row.get(field.name) for row in rows], field.type))
        except (pa.ArrowException, OverflowError, TypeError, UnicodeError) as error:
            raise ValueError(f"column {field.name}: {error}") from error
    return pa.RecordBatch.from_arrays(columns, schema=schema)


@lru_cache(maxsize=4)
def _extractor(settings: tuple[tuple[str, str], ...], keep: tuple[str, ...]) -> Extractor:
    """One a process: loading takes seconds, and engines call us for every few batches."""
    from tollbook.corpus.batches import Extractor

    return Extractor(dict(settings), keep)


def extract_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    table: TableName = "counts",
    text_column: str = "text",
    id_column: str | None = "doc_id",
    date_column: str | None = None,
    keep: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
) -> Iterator[pa.RecordBatch]:
    """Map record batches of texts to record batches of counts or of bulletins.

    Args:
        batches: record batches with a column of texts.
        table: ``counts``, a row a count, or ``bulletins``, a row a document, in which ``error``
            says of a document that could not be processed why. The counts table has no row of
            such a document.
        text_column: column of the texts.
        id_column: column of the ids; None leaves ``doc_id`` empty.
        date_column: column of the dates of the documents.
        keep: columns that are carried along, as text.
        settings: of `tollbook.load`; paths must be there wherever this runs.

    Yields:
        One record batch for each that comes in, in its order, with the schema
        ``arrow_schema(COUNTS.keeping(keep))`` or that of ``BULLETINS``.

    Raises:
        TollbookError: a column is not there; the message names those that are.

    >>> texts = pa.record_batch({"doc_id": ["a", "b"], "text": ["Two dead.", "Six fled."]})
    >>> [batch.column("best").to_pylist() for batch in extract_batches([texts])]
    [[2, 6]]
    >>> [batch.column("error").to_pylist() for batch in extract_batches([texts], table="bulletins")]
    [[None, None]]
    """
    from tollbook.corpus.columns import Columns
    from tollbook.corpus.parquet import documents_of

    if table not in ("counts", "bulletins"):
        raise ValueError(f"there is no table {table!r}; there are counts and bulletins")
    columns = Columns(text_column, id_column, date_column, tuple(keep))
    extractor = _extractor(tuple(sorted((settings or {}).items())), tuple(keep))
    for batch in batches:
        documents = documents_of(batch, columns)
        done = extractor.process(documents, errors=table == "bulletins")
        yield done.counts if table == "counts" else done.bulletins


__all__ = ["BULLETINS", "COUNTS", "arrow_schema", "extract_batches", "record_batch"]
