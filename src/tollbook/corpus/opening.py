"""Files as streams of bytes, decompressed on the way, with the place reached in the file."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

COMPRESSED: Final = (".gz", ".zst")
"""Endings of compressed files."""

STDIN: Final = "-"
_BUFFER: Final = 1 << 20
_PIECE: Final = 1 << 14

UNREADABLE: Final = (OSError, EOFError, zlib.error)
"""What reading a file that is broken or cut short can raise."""


def os_reason(error: BaseException) -> str:
    """Why a file could not be read, and what to do.

    >>> os_reason(PermissionError(13, "Permission denied"))
    'cannot be read: permission denied; check its permissions'
    """
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror.lower()}; check its permissions"
    words = " ".join(str(error).split()).rstrip(".")
    return f"cannot be read: {words[:1].lower()}{words[1:]}; the file may be cut short"


class Stream:
    """The bytes of a file and how far it has been read.

    Args:
        file: what to read, decompressed.
        raw: the file itself, whose place tells how much of it has been read; None for none.
    """

    def __init__(self, file: IO[bytes], raw: IO[bytes] | None) -> None:
        self.file = file
        self._raw = raw

    def place(self) -> int:
        """Bytes of the file, as it lies on the disk, that have been read."""
        with suppress(OSError, ValueError):
            return self._raw.tell() if self._raw is not None else 0
        return 0


class _Pieces(io.RawIOBase):
    """Decompressed bytes in small pieces: a file that is cut short gives what comes before."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._read(min(len(buffer), _PIECE))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def opened(path: Path, compression: str = "", stdin: IO[bytes] | None = None) -> Iterator[Stream]:
    """Open a file, or standard input for ``-``.

    Args:
        path: the file.
        compression: one of `COMPRESSED`, or empty.
        stdin: what ``-`` reads; standard input when None.

    Raises:
        OSError: it cannot be opened.
    """
    if str(path) == STDIN:
        yield Stream(stdin or sys.stdin.buffer, None)
        return
    with path.open("rb", buffering=_BUFFER) as raw:
        if compression == ".gz":
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield Stream(io.BufferedReader(_Pieces(unpacked.read1), _BUFFER), raw)
        elif compression == ".zst":
            import pyarrow as pa

            with pa.input_stream(raw, compression="zstd") as unpacked:
                yield Stream(io.BufferedReader(_Pieces(unpacked.read), _BUFFER), raw)
        else:
            yield Stream(raw, raw)


def lines(file: IO[bytes], most: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers, from 1; None for one of more than `most` bytes.

    >>> list(lines(io.BytesIO(b"ab\\nabcdefg\\nc"), 4))
    [(1, b'ab\\n'), (2, None), (3, b'c')]
    """
    number = 0
    read: Callable[[int], bytes] = file.readline
    while line := read(most + 1):
        number += 1
        if len(line) <= most:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = read(1 << 20)
        yield number, None
