"""Where the two tables go: one file, or a database; a data set folder is in `dataset`.

A sink takes batches in order. What it was given is there when the ``with`` block ends.
"""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from tollbook.corpus.batches import Batch
from tollbook.corpus.seen import Seen
from tollbook.errors import OutputError
from tollbook.readers import Rejected
from tollbook.tables import BULLETINS, COUNTS
from tollbook.writers import ENDINGS, RowWriter, check_target, open_writer

FILES: Final = (*ENDINGS, ".sqlite", ".duckdb")
"""Endings of the files that can be written."""


class Sink(ABC):
    """Takes what a run makes, in order."""

    resumable = False
    """True where what is there when a run stops is kept."""

    @abstractmethod
    def __enter__(self) -> Self: ...

    @abstractmethod
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    @abstractmethod
    def write(self, batch: Batch) -> None:
        """Take a batch.

        Raises:
            OutputError: it cannot be written.
        """

    def recall(self, seen: Seen) -> None:  # noqa: B027  (most sinks begin anew)
        """Tell what an earlier run has finished."""


def reject_line(rejected: Rejected) -> bytes:
    """A line of ``rejects.jsonl``: id, source, reason.

    >>> reject_line(Rejected("d1", "a.csv:2", "the text is empty"))
    b'{"id": "d1", "source": "a.csv:2", "reason": "the text is empty"}\\n'
    """
    values = asdict(rejected)
    line = {"id": values["doc_id"], "source": values["source"], "reason": values["reason"]}
    text = json.dumps(line, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "replace")


def rejects_path(target: Path) -> Path:
    """Where the rejects of a file go.

    >>> rejects_path(Path("out/counts.csv")).as_posix()
    'out/counts.rejects.jsonl'
    """
    return target.with_name(f"{target.stem}.rejects.jsonl")


class FileSink(Sink):
    """One table in one file, with its rejects in a file beside it when there are any.

    Args:
        path: the file; its ending says the format.
        keep: columns that are carried along.
        per_bulletin: write the bulletins table, not the counts.

    Raises:
        OutputError: the file cannot be written.
    """

    def __init__(self, path: Path, keep: Sequence[str], *, per_bulletin: bool) -> None:
        check_target(path, FILES)
        self._per_bulletin = per_bulletin
        table = (BULLETINS if per_bulletin else COUNTS).keeping(keep)
        self._writer: RowWriter = open_writer(path, table)
        self._rejects = Rejects(rejects_path(self._writer.path))

    def __enter__(self) -> Self:
        self._writer.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.__exit__(kind, error, trace)
        self._rejects.finish(whole=error is None)

    def write(self, batch: Batch) -> None:
        """Take a batch; see `Sink`."""
        table = batch.bulletins if self._per_bulletin else batch.counts
        self._writer.write(table.to_pylist())
        self._rejects.add(batch.rejects)


class Rejects:
    """The rejects of a file, in a file beside it, which is there only if there are any.

    Args:
        path: that file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._new = path.with_name(f".{path.name}.new")
        self._file: IO[bytes] | None = None

    def add(self, rejects: Iterable[Rejected]) -> None:
        """Add lines.

        Raises:
            OutputError: the disk refuses.
        """
        for rejected in rejects:
            try:
                if self._file is None:
                    self._file = self._new.open("wb")
                self._file.write(reject_line(rejected))
            except OSError as error:
                cause = f"cannot be written: {error.strerror}"
                raise OutputError(str(self._path), cause) from error

    def finish(self, *, whole: bool) -> None:
        """Put the file in its place, or leave nothing; one of an earlier run goes."""
        if self._file is not None:
            self._file.close()
            if whole:
                os.replace(self._new, self._path)
                return
            self._new.unlink(missing_ok=True)
        elif whole:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
