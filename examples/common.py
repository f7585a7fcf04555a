"""What the examples share: their arguments."""

from __future__ import annotations

import argparse


def arguments(about: str) -> argparse.Namespace:
    """Input, output and columns, from the command line."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("input", help="a Parquet file with a column of texts")
    parser.add_argument("output", help="a folder for Parquet files")
    parser.add_argument("--text-column", default="text")
    parser.add_argument("--id-column", default="doc_id")
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args()
