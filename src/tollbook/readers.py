"""From the bytes of a file to its text: encodings, and what is no text at all.

Where the bytes come from is the matter of `tollbook.corpus.sources`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tollbook.errors import DocumentError

MAX_CHARS: Final = 1_000_000
"""Longest text read when no other limit is given; spaCy's own limit."""

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
_WIDE: Final = ("utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A bulletin that was read.

    Args:
        doc_id: file name without its ending, with its folder where two files share a name; of a
            row of a table the value of its id column, or file name and line.
        text: the text to the letter, without a byte order mark.
        source: path as given, or ``-``; of a row with ``:`` and its line or number.
        warnings: what the user should know, such as a guessed encoding.
        date: the date of the document, where a column gives it.
        kept: columns that are carried along, by name.
        html: True when the text is a page whose main text is still to be taken out.
    """

    doc_id: str
    text: str
    source: str
    warnings: tuple[str, ...] = ()
    date: date | None = None
    kept: Mapping[str, str | None] = field(default_factory=dict)
    html: bool = False


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

    # the wide encodings of English are full of NUL bytes: without one it is none of them
    best = from_bytes(data, cp_exclusion=None if b"\0" in data else list(_WIDE)).best()
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


def guess_encoding(sample: bytes, doc: str) -> tuple[str, str]:
    """The encoding of a table, by its beginning.

    Args:
        sample: the first bytes, cut anywhere.
        doc: name of the file, for messages.

    Returns:
        The encoding, and a warning where it is a guess.

    Raises:
        DocumentError: the bytes are not text.

    >>> guess_encoding(b"text,id", "a.csv")
    ('utf-8', '')
    >>> guess_encoding(b"a caf\\xe9 in the town was hit, two dead", "a.csv")[0]
    'cp1252'
    """
    for magic, what in _MAGIC:
        if sample.startswith(magic):
            raise DocumentError(doc, f"not text but {what}", _UTF8_REMEDY)
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            return encoding, ""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError as error:
        # one broken row in a thousand is no code page
        if sample.isascii() or _mostly_utf8(sample):
            return "utf-8", ""
        cut = max(sample.rfind(b"\n"), error.start + 1)
        _, warnings = _guess(sample[:cut], "", doc)
        return (warnings[0].split()[4].rstrip(","), warnings[0]) if warnings else ("utf-8", "")
    return "utf-8", ""


def _mostly_utf8(sample: bytes) -> bool:
    right = sum(ord(char) > 0x7F for char in sample.decode("utf-8", "ignore"))
    wrong = sample.decode("utf-8", "replace").count("\ufffd")
    return right > wrong
