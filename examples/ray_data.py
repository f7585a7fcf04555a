"""Counts by Ray Data: a pool of workers, each with the pipeline loaded once."""

from __future__ import annotations

import pyarrow as pa
import ray
from common import arguments

from tollbook.arrow import COUNTS, arrow_schema, extract_batches


class Extract:
    """Called by Ray for each batch."""

    def __init__(self, text_column: str, id_column: str) -> None:
        self.columns = {"text_column": text_column, "id_column": id_column}

    def __call__(self, table: pa.Table) -> pa.Table:
        """Texts in, counts out."""
        found = extract_batches(table.combine_chunks().to_batches(), **self.columns)
        return pa.Table.from_batches(found, schema=arrow_schema(COUNTS))


def main() -> None:
    """Run on a local cluster; `ray.init(address=...)` joins another."""
    given = arguments(__doc__ or "")
    # one more than the workers, which hold theirs to the end: something has to read as well
    ray.init(num_cpus=given.workers + 1, include_dashboard=False)
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    texts = ray.data.read_parquet(given.input, columns=[given.id_column, given.text_column])
    counts = texts.repartition(given.workers * 8).map_batches(
        Extract,
        fn_constructor_args=(given.text_column, given.id_column),
        batch_format="pyarrow",
        batch_size=256,
        concurrency=given.workers,
    )
    counts.write_parquet(given.output)
    ray.shutdown()


if __name__ == "__main__":
    main()
