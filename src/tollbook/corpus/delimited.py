"""CSV and TSV: a row a document, with a header; a broken row costs itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO, Final

from tollbook.corpus.columns import Columns
from tollbook.corpus.place import Item, Place
from tollbook.errors import DocumentError
from tollbook.readers import MAX_CHARS, Rejected, guess_encoding

_SAMPLE: Final = 1 << 20
_DELIMITERS: Final = (",", ";", "\t")


def delimited(file: IO[bytes], place: Place, *, tabs: bool = False) -> Iterator[Item]:
    """The documents of a CSV or TSV file with a header; numbers are those of lines."""
    raw = file if hasattr(file, "peek") else io.BufferedReader(file)  # type: ignore[type-var]
    sample = raw.peek(_SAMPLE)
    try:
        encoding, warning = guess_encoding(sample, place.name)
    except DocumentError as error:
        yield Rejected(place.name, place.source, error.reason)
        return
    if warning:
        place.say(f"{place.source}: {warning}")
    # a text may fill a cell; the module's own limit is far below ours
    csv.field_size_limit(max(csv.field_size_limit(), 4 * place.limit, 4 * MAX_CHARS))
    text = io.TextIOWrapper(raw, encoding=encoding, errors="surrogateescape", newline="")
    try:
        header_line = text.readline()
        header, delimiter = _header(header_line, place.columns, tabs)
        reason = place.columns.missing(header) if header else "the file is empty"
        if reason:
            yield Rejected(place.name, place.source, reason)
            return
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        while True:
            number = reader.line_num + 2
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                last = reader.line_num + 1
                where = f"lines {number}-{last}: " if last > number else ""
                if not place.skips(number):
                    yield place.bad(number, f"{where}not CSV: {error}; check the quotes")
                continue
            if not cells or place.skips(number):
                continue
            yield _csv_row(place, number, header, cells)
    finally:
        text.detach()


def _header(line: str, columns: Columns, tabs: bool) -> tuple[list[str], str]:
    best: tuple[list[str], str] = ([], ",")
    for delimiter in ("\t",) if tabs else _DELIMITERS:
        header = next(csv.reader([line], delimiter=delimiter), [])
        if not best[0] or (columns.text in header and columns.text not in best[0]):
            best = (header, delimiter)
    return best


def _csv_row(place: Place, number: int, header: list[str], cells: list[str]) -> Item:
    values = dict(zip(header, cells, strict=False))
    doc_id = place.columns.ident(values, "")
    if len(cells) != len(header):
        reason = f"{len(cells)} cells where the header has {len(header)}; check the quotes"
        return place.bad(number, reason, doc_id)
    text = values[place.columns.text]
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        reason = f"not UTF-8 at character {error.start} of the text; save it in UTF-8"
        return place.bad(number, reason, doc_id)
    return place.row(number, values)
