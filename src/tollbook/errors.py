"""The errors that tollbook raises: each says what, where, and what to do about it."""

from __future__ import annotations


class TollbookError(Exception):
    """Any error that tollbook raises on purpose; the message is meant for the user."""


class DocumentError(TollbookError):
    """A document cannot be read or processed.

    Args:
        doc: id or name of the document.
        cause: what is wrong, without a full stop.
        remedy: what the user can do; may be empty.

    >>> print(DocumentError("march.txt", "the file is empty", "save the bulletin's text in it"))
    march.txt: the file is empty; save the bulletin's text in it
    """

    def __init__(self, doc: str, cause: str, remedy: str = "") -> None:
        self.doc, self.cause, self.remedy = doc, cause, remedy
        super().__init__(f"{doc}: {cause}" + (f"; {remedy}" if remedy else ""))

    @property
    def reason(self) -> str:
        """Cause and remedy, without the document.

        >>> DocumentError("a.txt", "the file is empty", "save the text in it").reason
        'the file is empty; save the text in it'
        """
        return self.cause + (f"; {self.remedy}" if self.remedy else "")

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str, str]]:
        # Exceptions are rebuilt from self.args, which here hold the message alone.
        return type(self), (self.doc, self.cause, self.remedy)


class GoldError(TollbookError, ValueError):
    """A gold file does not follow the format of the annotation guidelines.

    Args:
        file: name of the file.
        line: number of the line, from 1; 0 when the whole file is meant.
        reason: what is wrong, and what would be right.

    >>> print(GoldError("a.gold.txt", 7, "c3 has no mark in the text"))
    a.gold.txt, line 7: c3 has no mark in the text
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        self.file, self.line, self.reason = file, line, reason
        super().__init__(f"{file}" + (f", line {line}" if line else "") + f": {reason}")

    def __reduce__(self) -> tuple[type[GoldError], tuple[str, int, str]]:
        return type(self), (self.file, self.line, self.reason)


class OutputError(TollbookError):
    """A result cannot be written.

    Args:
        target: the file that was to be written.
        cause: what is wrong, without a full stop.
        remedy: what the user can do; may be empty.

    >>> print(OutputError("a.xls", "unknown ending", "use .csv, .jsonl or .parquet"))
    a.xls: unknown ending; use .csv, .jsonl or .parquet
    """

    def __init__(self, target: str, cause: str, remedy: str = "") -> None:
        self.target, self.cause, self.remedy = target, cause, remedy
        super().__init__(f"{target}: {cause}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type[OutputError], tuple[str, str, str]]:
        return type(self), (self.target, self.cause, self.remedy)
