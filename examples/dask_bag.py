"""Counts by Dask: a delayed call for each row group of a Parquet file."""

from __future__ import annotations

from pathlib import Path

import dask
import pyarrow as pa
import pyarrow.parquet as pq
from common import arguments

from tollbook.arrow import COUNTS, arrow_schema, extract_batches


def extract_group(source: str, group: int, target: str, text_column: str, id_column: str) -> int:
    """Read one row group, write its counts; how many."""
    table = pq.ParquetFile(source).read_row_group(group, columns=[id_column, text_column])
    found = extract_batches(table.to_batches(), text_column=text_column, id_column=id_column)
    counts = pa.Table.from_batches(found, schema=arrow_schema(COUNTS))
    pq.write_table(counts, target)
    return counts.num_rows


def main() -> None:
    """Run in processes of this machine; `distributed.Client(address)` takes others."""
    given = arguments(__doc__ or "")
    out = Path(given.output)
    out.mkdir(parents=True, exist_ok=True)
    tasks = [
        dask.delayed(extract_group)(
            given.input, group, str(out / f"part-{group:05}.parquet"),
            given.text_column, given.id_column,
        )
        for group in range(pq.ParquetFile(given.input).num_row_groups)
    ]  # fmt: skip
    done = dask.compute(*tasks, scheduler="processes", num_workers=given.workers)
    print(f"{sum(done):,} counts")


if __name__ == "__main__":
    main()
