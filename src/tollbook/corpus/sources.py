"""Documents from files, folders, patterns and standard input, one at a time.

Nothing is raised for a bad file or row: each comes back as a `Document` or as a `Rejected` that
says why, so that one broken file does not stop a thousand good ones. Every item has a source of
its own (path, or path and row), by which a later run knows what is finished.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from tollbook.corpus.columns import Columns
from tollbook.corpus.delimited import delimited
from tollbook.corpus.jsonl import jsonl
from tollbook.corpus.opening import STDIN, UNREADABLE, Stream, opened, os_reason
from tollbook.corpus.parquet import parquet
from tollbook.corpus.paths import FORMATS, Entry, distinct_ids, entries, printable
from tollbook.corpus.place import Place
from tollbook.errors import DocumentError, TollbookError
from tollbook.readers import MAX_CHARS, Document, Rejected, decode

Item = Document | Rejected
KINDS: Final = tuple(dict.fromkeys(FORMATS.values()))
"""Formats that can be read."""

_HTML_CHARS: Final = 4
"""A page may have so many times the characters of its main text."""


def _nothing_done(source: str) -> bool:
    return False


class Sources:
    """What a run reads.

    Args:
        paths: files, folders, patterns with ``*``, or ``-`` for standard input.
        columns: which columns of tables are read.
        format: one of `KINDS`, for files and standard input; None goes by the ending.
        limit: most characters a text may have.
        leave_out: the file or folder that is written to, which is no input.
        stdin: what ``-`` reads; standard input when None.
        note: called with a sentence on what the user should know.

    Raises:
        TollbookError: there is no such format.
    """

    def __init__(
        self,
        paths: Sequence[Path | str],
        *,
        columns: Columns | None = None,
        format: str | None = None,
        limit: int = MAX_CHARS,
        leave_out: Path | None = None,
        stdin: IO[bytes] | None = None,
        note: Callable[[str], None] | None = None,
    ) -> None:
        if format is not None and format not in KINDS:
            raise TollbookError(f"there is no format {format!r}; there are {', '.join(KINDS)}")
        self._columns = columns or Columns()
        self._limit = limit
        self._stdin = stdin
        self._say = note or (lambda words: None)
        self._found = entries(paths, format=format, leave_out=leave_out, say=self._say)
        self._sizes = {entry.path: _size(entry.path) for entry in self._files()}
        self._passed = 0
        self._stream: Stream | None = None

    def _files(self) -> Iterator[Entry]:
        return (entry for entry in self._found if isinstance(entry, Entry))

    @property
    def files(self) -> int:
        """How many files there are."""
        return len(self._sizes)

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(self._sizes.values())

    @property
    def read(self) -> int:
        """Bytes of the files that have been read so far."""
        return self._passed + (self._stream.place() if self._stream else 0)

    def fingerprint(self) -> str:
        """A digest of the files: their paths, sizes and times of change."""
        digest = hashlib.sha256()
        for entry in self._files():
            known = (0, 0)
            with suppress(OSError):
                if str(entry.path) != STDIN:
                    stat = entry.path.stat()
                    known = (stat.st_size, stat.st_mtime_ns)
            line = f"{printable(os.path.realpath(entry.path))}\0{known}\0{entry.format}\n"
            digest.update(line.encode("utf-8"))
        return digest.hexdigest()

    def items(self, done: Callable[[str], bool] = _nothing_done) -> Iterator[Item]:
        """Read, one document at a time.

        Args:
            done: tells of a source that it is finished; it is passed over.

        Yields:
            A `Document`, or a `Rejected` with the reason.
        """
        ids = iter(distinct_ids(list(self._files())))
        for entry in self._found:
            if isinstance(entry, Rejected):
                if not done(entry.source):
                    yield entry
                continue
            name, source = next(ids), printable(str(entry.path))
            if entry.format in ("text", "html"):
                if not done(source):
                    yield self._text(entry, name, source)
            else:
                yield from self._table(entry, name, source, done)
            self._stream = None
            self._passed += self._sizes[entry.path]

    def _text(self, entry: Entry, name: str, source: str) -> Item:
        limit = self._limit * (_HTML_CHARS if entry.format == "html" else 1)
        most = 4 * limit + 4  # no encoding takes more bytes a character; the rest is a BOM
        try:
            with opened(entry.path, entry.compression, self._stdin) as stream:
                data = stream.file.read(most + 1)
        except UNREADABLE as error:
            return Rejected(name, source, os_reason(error))
        if len(data) > most:
            reason = f"more than the limit of {limit:,} characters; split it, one bulletin a file"
            return Rejected(name, source, reason)
        try:
            text, warnings = decode(data, name, limit=limit)
        except DocumentError as error:
            return Rejected(name, source, error.reason)
        return Document(name, text, source, warnings, html=entry.format == "html")

    def _table(
        self, entry: Entry, name: str, source: str, done: Callable[[str], bool]
    ) -> Iterator[Item]:
        place = Place(name, source, self._columns, self._limit, done, self._say)
        last = ""
        try:
            with opened(entry.path, entry.compression, self._stdin) as stream:
                self._stream = stream
                for item in _rows(entry, stream, place):
                    last = item.source
                    yield item
        except UNREADABLE as error:
            after = f" after {last}" if last else ""
            if not done(source):
                yield Rejected(name, source, f"the rest{after} {os_reason(error)}")


def _rows(entry: Entry, stream: Stream, place: Place) -> Iterator[Item]:
    if entry.format == "jsonl":
        return jsonl(stream.file, place)
    if entry.format == "parquet":
        seekable = not entry.compression and str(entry.path) != STDIN
        return parquet(stream.file, place, seekable=seekable)
    return delimited(stream.file, place, tabs=entry.format == "tsv")


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size if str(path) != STDIN else 0
    return 0


def read_documents(
    paths: Sequence[Path | str],
    *,
    columns: Columns | None = None,
    format: str | None = None,
    limit: int = MAX_CHARS,
    stdin: IO[bytes] | None = None,
    note: Callable[[str], None] | None = None,
) -> Iterator[Item]:
    """Read documents, one at a time; see `Sources` for the arguments.

    A folder gives its files whose endings say a format, in order, with those of the folders in
    it; hidden files and marked-up ``.gold.txt`` files are left out. A file that is named twice
    is read once.

    Yields:
        A `Document`, or a `Rejected` with the reason.
    """
    return Sources(
        paths, columns=columns, format=format, limit=limit, stdin=stdin, note=note
    ).items()
