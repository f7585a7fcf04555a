"""Documents in, Arrow record batches of the two tables out; in this process, by one pipeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tollbook.errors import DocumentError
from tollbook.readers import MAX_CHARS, Document, Rejected
from tollbook.tables import BULLETINS, COUNTS, bulletin_row, error_row, kept_values

if TYPE_CHECKING:
    import pyarrow as pa
    from spacy.language import Language

    from tollbook.bulletin import Bulletin

RELOAD: Final = 5_000
"""Documents after which the pipeline is made anew: spaCy keeps every word it has met."""

Item = Document | Rejected


@dataclass(frozen=True, slots=True)
class Batch:
    """What some documents gave.

    Args:
        counts: a row a count.
        bulletins: a row a document that was processed.
        rejects: the documents that were not.
        words: words of the texts.
        findings: findings of the audit.
    """

    counts: pa.RecordBatch
    bulletins: pa.RecordBatch
    rejects: tuple[Rejected, ...]
    words: int
    findings: int


class Extractor:
    """Turns documents into record batches; the pipeline is loaded when first needed.

    Args:
        settings: of `tollbook.load`.
        keep: columns that are carried along.
    """

    def __init__(self, settings: Mapping[str, str], keep: Sequence[str] = ()) -> None:
        from tollbook.arrow import arrow_schema

        self._settings = dict(settings)
        self._nlp: Language | None = None
        self._read = 0
        self.counts: pa.Schema = arrow_schema(COUNTS.keeping(keep))
        self.bulletins: pa.Schema = arrow_schema(BULLETINS.keeping(keep))

    @property
    def nlp(self) -> Language:
        """The pipeline.

        Raises:
            RuleError: a file of the user does not fit its table.
        """
        import tollbook

        if self._nlp is None or self._read >= RELOAD:
            self._nlp = tollbook.load(**self._settings)
            self._read = 0
        return self._nlp

    @property
    def limit(self) -> int:
        """Most characters a text may have."""
        return self.nlp.max_length

    def bulletin(self, document: Document) -> Bulletin:
        """Read one document.

        Raises:
            DocumentError: it cannot be processed, for whatever reason.
        """
        import tollbook

        text = document.text
        try:
            if document.html:
                from tollbook.corpus.html import main_text

                text = main_text(text, document.doc_id)
            self._read += 1
            return tollbook.extract(text, doc_id=document.doc_id, nlp=self.nlp)
        except DocumentError:
            raise
        except Exception as error:  # one bad document must not stop the others
            raise _unprocessed(document, error) from error

    def process(
        self,
        items: Sequence[Item],
        *,
        errors: bool = False,
        at: Callable[[int], None] = lambda number: None,
    ) -> Batch:
        """Read some documents.

        Args:
            items: documents, and others that were rejected already.
            errors: give those rejected a row of the bulletins table, too.
            at: called with the number of each document before it is read.

        >>> done = Extractor({}).process([Document("d1", "Two dead.", "d1.txt")])
        >>> done.counts.column("best").to_pylist(), done.bulletins.column("source").to_pylist()
        ([2], ['d1.txt'])
        """
        made = _Rows()
        for number, item in enumerate(items):
            at(number)
            if isinstance(item, Document):
                try:
                    self._add(made, item)
                    continue
                except DocumentError as error:
                    item = Rejected(item.doc_id, item.source, error.reason)
            made.rejects.append(item)
            if errors:
                row = error_row(item.doc_id, item.reason, source=item.source or None)
                made.bulletins.append(row)
        counts, bulletins = self._arrow(made.counts, made.bulletins)
        return Batch(counts, bulletins, tuple(made.rejects), made.words, made.findings)

    def _add(self, made: _Rows, document: Document) -> None:
        bulletin = self.bulletin(document)
        try:
            kept = kept_values(document.kept)
            rows = [{**row, **kept} for row in bulletin.to_rows()]
            row = bulletin_row(bulletin, source=document.source or None, day=document.date)
            if any(_too_large(value) for each in (*rows, row) for value in each.values()):
                self._arrow(rows, [row])
        except Exception as error:  # such as a figure that no column can hold
            raise _unprocessed(document, error) from error
        made.counts += rows
        made.bulletins.append({**row, **kept})
        made.words += row["words"]
        made.findings += row["findings"]

    def _arrow(
        self, counts: list[dict[str, Any]], bulletins: list[dict[str, Any]]
    ) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        from tollbook.arrow import record_batch

        return record_batch(counts, self.counts), record_batch(bulletins, self.bulletins)


class _Rows:
    """Rows on their way to a batch."""

    def __init__(self) -> None:
        self.counts: list[dict[str, Any]] = []
        self.bulletins: list[dict[str, Any]] = []
        self.rejects: list[Rejected] = []
        self.words = self.findings = 0


def _too_large(value: Any) -> bool:
    return isinstance(value, int) and value >= 1 << 63


def _unprocessed(document: Document, error: Exception) -> DocumentError:
    cause = f"cannot be processed ({type(error).__name__}: {error})"
    return DocumentError(document.doc_id, cause)


__all__ = ["MAX_CHARS", "RELOAD", "Batch", "Extractor"]
