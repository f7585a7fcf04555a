"""Counts by way of DuckDB: its query gives the texts, its table takes the counts."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
from common import arguments

from tollbook.arrow import COUNTS, arrow_schema, extract_batches


def main() -> None:
    """Stream a query through `extract_batches` into Parquet; one process."""
    given = arguments(__doc__ or "")
    Path(given.output).mkdir(parents=True, exist_ok=True)
    texts = duckdb.connect().execute(
        f'select "{given.id_column}", "{given.text_column}" from read_parquet(?)', [given.input]
    )
    reader = texts.to_arrow_reader(256)
    found = extract_batches(reader, text_column=given.text_column, id_column=given.id_column)
    counts = pa.RecordBatchReader.from_batches(arrow_schema(COUNTS), found)
    base = duckdb.connect()
    base.register("counts", counts)
    target = str(Path(given.output) / "counts.parquet").replace("'", "''")
    base.execute(f"copy (select * from counts) to '{target}' (format parquet)")


if __name__ == "__main__":
    main()
