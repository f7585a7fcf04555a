"""Parquet, streamed by row group, and the rows of any Arrow record batch."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, Final

from tollbook.corpus.columns import Columns
from tollbook.corpus.opening import UNREADABLE, os_reason
from tollbook.corpus.place import Item, Place
from tollbook.errors import DocumentError
from tollbook.readers import MAX_CHARS, Document, Rejected

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS: Final = 64


def parquet(file: IO[bytes], place: Place, *, seekable: bool = True) -> Iterator[Item]:
    """The documents of a Parquet file, streamed by row group; numbers are those of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not seekable:
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(file, copy, 1 << 20)
            copy.seek(0)
            yield from parquet(copy, place)
        return
    try:
        table = pq.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
    except (pa.ArrowException, *UNREADABLE) as error:
        yield Rejected(place.name, place.source, f"not Parquet: {error}; the file may be cut short")
        return
    reason = place.columns.missing(table.schema_arrow.names)
    if reason:
        yield Rejected(place.name, place.source, reason)
        return
    number = 0
    for group in range(table.num_row_groups):
        end = number + table.metadata.row_group(group).num_rows
        wanted = list(place.columns.wanted)
        try:
            for batch in table.iter_batches(_ROWS, row_groups=[group], columns=wanted):
                rows = _plain_rows(batch)
                for values in rows:
                    number += 1
                    if not place.skips(number):
                        yield _arrow_row(place, number, values)
        except (pa.ArrowException, *UNREADABLE) as error:
            words = os_reason(error)
            for lost in range(number + 1, end + 1):
                if not place.skips(lost):
                    yield place.bad(lost, f"row group {group} {words}")
        number = end


def documents_of(batch: pa.RecordBatch, columns: Columns) -> list[Item]:
    """The documents of a record batch, and what is none, in its order.

    Args:
        batch: a record batch.
        columns: which of its columns are read.

    Raises:
        DocumentError: a column is not there.
    """
    reason = columns.missing(batch.schema.names)
    if reason:
        raise DocumentError("record batch", reason)
    place = Place("", "", columns, MAX_CHARS, lambda source: False, lambda words: None)
    items: list[Item] = []
    for values in _plain_rows(batch.select(list(columns.wanted))):
        item = _arrow_row(place, 0, values)
        doc_id = columns.ident({k: _decoded(v) for k, v in values.items()}, "")
        if isinstance(item, Document):
            items.append(Document(doc_id, item.text, "", item.warnings, item.date, item.kept))
        else:
            items.append(Rejected(doc_id, "", item.reason))
    return items


def _plain_rows(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """Rows as dicts; text stays bytes, since nothing but its writer vouches for its UTF-8."""
    import pyarrow as pa

    columns = []
    for column in batch.columns:
        kind = column.type
        if pa.types.is_dictionary(kind):
            column = column.dictionary_decode()
            kind = column.type
        if pa.types.is_string(kind) or pa.types.is_large_string(kind) or kind == pa.string_view():
            column = column.cast(pa.large_binary())
        columns.append(column.to_pylist())
    return [dict(zip(batch.schema.names, row, strict=True)) for row in zip(*columns, strict=True)]


def _decoded(value: Any) -> Any:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _arrow_row(place: Place, number: int, values: dict[str, Any]) -> Item:
    text = values[place.columns.text]
    row = {name: _decoded(value) for name, value in values.items()}
    if isinstance(text, bytes):
        try:
            row[place.columns.text] = text.decode("utf-8")
        except UnicodeDecodeError as error:
            reason = f"not UTF-8 at byte {error.start} of the text; save it in UTF-8"
            return place.bad(number, reason, place.columns.ident(row, ""))
    return place.row(number, row)
