"""Read bulletins from files, folders and standard input.

Nothing is raised for a bad file: each input comes back as a `Document` or as a `Rejected`
that says why, so that one broken file does not stop a thousand good ones.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from tollbook.errors import DocumentError

MAX_CHARS: Final = 1_000_000
"""Longest text read when no other limit is given; spaCy's own limit."""

STDIN: Final = "-"

_UTF8_REMEDY: Final = "save it as plain text in UTF-8"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A bulletin that was read.

    Args:
        doc_id: file name without its ending; with its folder where two files share a name.
        text: the text to the letter, without a byte order mark.
        source: path as given, or ``-``.
        warnings: what the user should know, such as a guessed encoding.
    """

    doc_id: str
    text: str
    source: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that could not be read.

    Args:
        doc_id: the id that it would have.
        source: path as given, or ``-``.
        reason: what is wrong and what to do.
    """

    doc_id: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    root: Path | None


def check_text(text: str, doc: str, *, limit: int = MAX_CHARS) -> None:
    """See that a text can be processed.

    Args:
        text: the text.
        doc: its id or name, for the message.
        limit: most characters allowed; a pipeline's ``nlp.max_length``.

    Raises:
        DocumentError: it is empty, too long, or holds NUL characters or lone surrogates.

    >>> check_text("Two killed.", "d1")
    >>> check_text(" ", "d1")
    Traceback (most recent call last):
    tollbook.errors.DocumentError: d1: the text is empty; give it the text of a bulletin
    """
    if not text or text.isspace():
        raise DocumentError(doc, "the text is empty", "give it the text of a bulletin")
    if len(text) > limit:
        cause = f"{len(text):,} characters, more than the limit of {limit:,}"
        raise DocumentError(doc, cause, "split it, one bulletin a file")
    nul = text.find("\0")
    if nul >= 0:
        cause = f"a NUL character at offset {nul}: not plain text"
        raise DocumentError(doc, cause, "remove it, or " + _UTF8_REMEDY)
    surrogate = _SURROGATE.search(text)
    if surrogate:
        code = f"U+{ord(surrogate[0]):04X}"
        cause = f"a lone surrogate ({code}) at offset {surrogate.start()}: half a character"
        raise DocumentError(doc, cause, "replace it, or " + _UTF8_REMEDY)


def decode(data: bytes, doc: str, *, limit: int = MAX_CHARS) -> tuple[str, tuple[str, ...]]:
    """Turn the bytes of a file into its text, line ends untouched.

    Args:
        data: the bytes.
        doc: id or name of the document, for messages.
        limit: most characters allowed.

    Returns:
        The text, and warnings: which encoding was guessed where it is not UTF-8.

    Raises:
        DocumentError: the bytes are not text, or the text fails `check_text`.

    >>> decode(b"Two died in a caf\\xe9.", "d1")
    ('Two died in a café.', ('not UTF-8: read as cp1252, which is a guess',))
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise DocumentError(doc, f"not text but {what}", _UTF8_REMEDY)
    text, warnings = _decode(data, doc)
    if len(_CONTROL.findall(text[:100_000])) > len(text[:100_000]) // 50 + 2:
        raise DocumentError(doc, "not text: full of control characters", _UTF8_REMEDY)
    check_text(text, doc, limit=limit)
    return text, warnings


def _decode(data: bytes, doc: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError as error:
                cause = f"broken {encoding.removesuffix('-sig')} at byte {error.start}"
                raise DocumentError(doc, cause, _UTF8_REMEDY) from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text:
        return text, ()
    if not data:
        return "", ()
    if b"\0" not in data and _has_surrogates(data):
        return data.decode("utf-8", "surrogatepass"), ()
    return _guess(data, text, doc)


def _has_surrogates(data: bytes) -> bool:
    try:
        return bool(_SURROGATE.search(data.decode("utf-8", "surrogatepass")))
    except UnicodeDecodeError:
        return False


def _guess(data: bytes, text: str, doc: str) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    guess = best.encoding if best else ""
    if text and not guess.startswith(("utf_16", "utf_32")):
        return text, ()  # UTF-8 with NUL characters, which check_text reports
    if b"\0" not in data and not guess.startswith(("mac_", "utf_")):
        # In mostly plain English the guess between code pages is arbitrary; cp1252 is by far
        # the most common of them.
        foreign = sum(byte > 0x7F for byte in data)
        if foreign * 3 <= len(data):
            try:
                return data.decode("cp1252"), (_guessed("cp1252"),)
            except UnicodeDecodeError:
                pass
    if not best or (b"\0" in data and not guess.startswith(("utf_16", "utf_32"))):
        raise DocumentError(doc, "not text in any encoding that is known", _UTF8_REMEDY)
    return str(best), (_guessed(guess),)


def _guessed(encoding: str) -> str:
    return f"not UTF-8: read as {encoding}, which is a guess"


def read_documents(
    paths: Sequence[Path | str],
    *,
    limit: int = MAX_CHARS,
    stdin: IO[bytes] | None = None,
    note: Callable[[str], None] | None = None,
) -> Iterator[Document | Rejected]:
    """Read bulletins, one at a time.

    A folder gives all its ``.txt`` files, in order, with those of the folders in it; hidden
    files and marked-up ``.gold.txt`` files are left out. A file that is named twice is read once.

    Args:
        paths: files, folders, or ``-`` for standard input.
        limit: most characters a text may have.
        stdin: what ``-`` reads; standard input when None.
        note: called with a sentence on what was left out on purpose.

    Yields:
        A `Document`, or a `Rejected` with the reason.
    """
    say = note or (lambda words: None)
    entries: list[_Entry | Rejected] = []
    seen: set[Path] = set()
    for given in paths:
        for entry in _entries(Path(given), say):
            if isinstance(entry, _Entry):
                real = entry.path if str(entry.path) == STDIN else entry.path.resolve()
                if real in seen:
                    say(f"{entry.path} is named twice; it is read once")
                    continue
                seen.add(real)
            entries.append(entry)
    ids = iter(_distinct_ids([entry for entry in entries if isinstance(entry, _Entry)]))
    for entry in entries:
        if isinstance(entry, Rejected):
            yield entry
        else:
            yield _read(entry.path, next(ids), limit, stdin)


def _entries(path: Path, say: Callable[[str], None]) -> Iterator[_Entry | Rejected]:
    if str(path) == STDIN:
        yield _Entry(path, None)
    elif path.is_dir():
        yield from _folder(path, say)
    elif _is_gold(path.name):
        yield _rejected(path, "marked-up gold text, not a bulletin; see tollbook evaluate")
    elif path.exists():
        yield _Entry(path, None)
    else:
        yield _rejected(path, "no such file or folder; check the name")


def _folder(folder: Path, say: Callable[[str], None]) -> Iterator[_Entry | Rejected]:
    gold = found = 0
    unreadable: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith(".") or not name.lower().endswith(".txt"):
                continue
            if _is_gold(name):
                gold += 1
                continue
            found += 1
            yield _Entry(Path(here) / name, folder)
    for error in unreadable:
        yield _rejected(Path(error.filename or folder), _os_reason(error))
    if gold:
        say(f"{folder}: {gold} marked-up .gold.txt file{'s' * (gold > 1)} left out")
    if not found and not unreadable:
        remedy = "see tollbook evaluate for gold files" if gold else "bulletins are .txt files"
        yield _rejected(folder, f"no bulletins in this folder; {remedy}")


def _is_gold(name: str) -> bool:
    return name.lower().endswith(".gold.txt")


def _rejected(path: Path, reason: str) -> Rejected:
    return Rejected(_printable(path.stem or str(path)), str(path), reason)


def _os_reason(error: OSError) -> str:
    return f"cannot be read: {(error.strerror or str(error)).lower()}; check its permissions"


def _printable(name: str) -> str:
    """A file name as valid text: names need not be UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def _distinct_ids(entries: Sequence[_Entry]) -> list[str]:
    """The shortest that is not shared: file name, path in its folder, path from what all share."""
    files = [entry.path for entry in entries if str(entry.path) != STDIN]
    shared = os.path.commonpath([os.path.abspath(path.parent) for path in files]) if files else ""
    choices = []
    for entry in entries:
        path = entry.path
        if str(path) == STDIN:
            choices.append(("stdin",) * 3)
            continue
        whole = path.with_suffix("")
        inner = whole.relative_to(entry.root) if entry.root else whole
        outer = Path(os.path.relpath(whole, shared))
        choices.append((path.stem, inner.as_posix(), outer.as_posix()))
    times = [Counter(choice[level] for choice in choices) for level in range(3)]
    used: Counter[str] = Counter()
    ids = []
    for choice in choices:
        level = next((n for n in range(3) if times[n][choice[n]] == 1), 2)
        name = _printable(choice[level])
        used[name] += 1
        while used[name] > 1:
            name = f"{name}-{used[name]}"
            used[name] += 1
        ids.append(name)
    return ids


def _read(path: Path, doc_id: str, limit: int, stdin: IO[bytes] | None) -> Document | Rejected:
    most = 4 * limit + 4  # no encoding takes more bytes a character; the rest is a BOM
    try:
        if str(path) == STDIN:
            data = (stdin or sys.stdin.buffer).read(most + 1)
        else:
            with path.open("rb") as file:
                data = file.read(most + 1)
    except OSError as error:
        return Rejected(doc_id, str(path), _os_reason(error))
    if len(data) > most:
        reason = f"more than the limit of {limit:,} characters; split it, one bulletin a file"
        return Rejected(doc_id, str(path), reason)
    try:
        text, warnings = decode(data, doc_id, limit=limit)
    except DocumentError as error:
        reason = error.cause + (f"; {error.remedy}" if error.remedy else "")
        return Rejected(doc_id, str(path), reason)
    return Document(doc_id, text, str(path), warnings)
