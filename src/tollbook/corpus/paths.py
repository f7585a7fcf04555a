"""What paths name: files in their order, the format of each, and an id for each."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tollbook.corpus.opening import COMPRESSED, STDIN, os_reason
from tollbook.readers import Rejected

FORMATS: Final = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
"""Format by ending; a folder gives the files with these endings."""

MANIFEST: Final = "manifest.json"
"""File by which a folder is known as a data set that we wrote."""

_REJECTS: Final = ".rejects.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to be read.

    Args:
        path: the file as given, or ``-``.
        root: the folder that was named, for a file found in it.
        format: one of the values of `FORMATS`.
        compression: ``.gz``, ``.zst`` or empty.
    """

    path: Path
    root: Path | None
    format: str
    compression: str

    @property
    def whole(self) -> Path:
        """The path without the endings that say format and compression."""
        path = self.path.with_suffix("") if self.compression else self.path
        return path.with_suffix("")


def entries(
    paths: Sequence[Path | str],
    *,
    format: str | None = None,
    leave_out: Path | None = None,
    say: Callable[[str], None],
) -> list[Entry | Rejected]:
    """The files that paths name, each once.

    Args:
        paths: files, folders, patterns with ``*``, or ``-`` for standard input.
        format: of files and standard input; None goes by the ending, and standard input is text.
        leave_out: a file or folder that is no input, because it is written to.
        say: called with a sentence on what was left out on purpose.

    Returns:
        The files in order, and for what is none a `Rejected`.
    """
    out = os.path.realpath(leave_out) if leave_out is not None else None
    found: list[Entry | Rejected] = []
    seen: set[str] = set()
    for given in paths:
        for entry in _named(Path(given), format, say):
            if isinstance(entry, Entry):
                named = str(entry.path)
                real = named if named == STDIN else os.path.realpath(named)
                if out is not None and real == out:
                    say(f"{entry.path} is left out: it is written to")
                    continue
                if real in seen:
                    say(f"{entry.path} is named twice; it is read once")
                    continue
                seen.add(real)
            found.append(entry)
    return found


def _entry(path: Path, root: Path | None, format: str | None) -> Entry:
    suffix = path.suffix.lower()
    compression = suffix if suffix in COMPRESSED else ""
    ending = path.with_suffix("").suffix.lower() if compression else suffix
    return Entry(path, root, format or FORMATS.get(ending, "text"), compression)


def _named(
    path: Path, format: str | None, say: Callable[[str], None]
) -> Iterator[Entry | Rejected]:
    if str(path) == STDIN:
        yield Entry(path, None, format or "text", "")
    elif path.is_dir():
        yield from _folder(path, format, say)
    elif _is_gold(path.name):
        yield _rejected(path, "marked-up gold text, not a bulletin; see tollbook evaluate")
    elif path.exists():
        yield _entry(path, None, format)
    elif glob.has_magic(str(path)):
        matching = sorted(glob.glob(str(path), recursive=True))
        if not matching:
            yield _rejected(path, "no file matches this pattern; check it")
        for name in matching:
            yield from _named(Path(name), format, say)
    else:
        yield _rejected(path, "no such file or folder; check the name")


def _folder(
    folder: Path, format: str | None, say: Callable[[str], None]
) -> Iterator[Entry | Rejected]:
    gold = found = 0
    unreadable: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=unreadable.append):
        if MANIFEST in files and os.path.isdir(os.path.join(here, "bulletins")):
            say(f"{here} is left out: it is a data set that tollbook wrote")
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith(".") or not _is_input(name):
                continue
            if _is_gold(name):
                gold += 1
                continue
            found += 1
            yield _entry(Path(here) / name, folder, format)
    for error in unreadable:
        yield _rejected(Path(error.filename or folder), os_reason(error))
    if gold:
        say(f"{folder}: {gold} marked-up .gold.txt file{'s' * (gold > 1)} left out")
    if not found and not unreadable:
        remedy = "see tollbook evaluate for gold files" if gold else "bulletins are .txt files"
        yield _rejected(folder, f"no bulletins in this folder; {remedy}, or rows of tables")


def _is_input(name: str) -> bool:
    lower = name.lower()
    for ending in COMPRESSED:
        lower = lower.removesuffix(ending)
    return os.path.splitext(lower)[1] in FORMATS and not lower.endswith(_REJECTS)


def _is_gold(name: str) -> bool:
    return name.lower().endswith(".gold.txt")


def _rejected(path: Path, reason: str) -> Rejected:
    return Rejected(printable(path.stem or str(path)), printable(str(path)), reason)


def printable(name: str) -> str:
    """A file name as valid text: names need not be UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def distinct_ids(found: Sequence[Entry]) -> list[str]:
    """An id for each file: the shortest that is not shared.

    Args:
        found: the files.

    Returns:
        File names; paths in their folder, or from what all share, where names are not distinct.
    """
    files = [entry.path for entry in found if str(entry.path) != STDIN]
    parents = {os.path.abspath(path.parent) for path in files}
    shared = os.path.commonpath(parents) if parents else ""
    choices = []
    for entry in found:
        if str(entry.path) == STDIN:
            choices.append(("stdin",) * 3)
            continue
        whole = entry.whole
        inner = whole.relative_to(entry.root) if entry.root else whole
        outer = Path(os.path.relpath(whole, shared))
        choices.append((whole.name, inner.as_posix(), outer.as_posix()))
    times = [Counter(choice[level] for choice in choices) for level in range(3)]
    used: Counter[str] = Counter()
    ids = []
    for choice in choices:
        level = next((n for n in range(3) if times[n][choice[n]] == 1), 2)
        name = printable(choice[level])
        used[name] += 1
        while used[name] > 1:
            name = f"{name}-{used[name]}"
            used[name] += 1
        ids.append(name)
    return ids
