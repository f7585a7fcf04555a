"""Counts by Spark: `mapInArrow` over the partitions of a data frame."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial

import pyarrow as pa
from common import arguments
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from tollbook.arrow import COUNTS, arrow_schema, extract_batches


def counts_of(
    batches: Iterator[pa.RecordBatch], *, text_column: str, id_column: str
) -> Iterator[pa.RecordBatch]:
    """Texts in, counts out; runs in Spark's Python workers."""
    return extract_batches(batches, text_column=text_column, id_column=id_column)


def main() -> None:
    """Run on this machine; leave out `master` to run where `spark-submit` says."""
    given = arguments(__doc__ or "")
    # the workers' Python has to be one that holds tollbook
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = (
        SparkSession.builder.master(f"local[{given.workers}]")
        .appName("tollbook")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "256")
        .getOrCreate()
    )
    texts = spark.read.parquet(given.input).select(given.id_column, given.text_column)
    work = partial(counts_of, text_column=given.text_column, id_column=given.id_column)
    counts = texts.repartition(given.workers).mapInArrow(
        work, from_arrow_schema(arrow_schema(COUNTS))
    )
    counts.write.mode("overwrite").parquet(given.output)
    spark.stop()


if __name__ == "__main__":
    main()
