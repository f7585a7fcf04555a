"""Bulletins of texts, read by worker processes; see `tollbook.extract_many`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tollbook.bulletin import Bulletin
from tollbook.corpus.run import chunks
from tollbook.corpus.workers import Pool
from tollbook.errors import DocumentError
from tollbook.readers import Document, Rejected


def bulletins(
    texts: Iterable[str | tuple[str, str]], workers: int, timeout: float | None
) -> Iterator[Bulletin]:
    """Read texts in worker processes, in order.

    Args:
        texts: texts, or pairs of id and text.
        workers: how many processes.
        timeout: most seconds for one text; None for any.

    Raises:
        DocumentError: a text cannot be processed.
    """
    pool = Pool(workers, "bulletins", {}, timeout=timeout)
    for items, results in pool.run(chunks(map(_document, texts))):
        for item, result in zip(items, results, strict=True):
            if isinstance(item, Rejected):
                raise DocumentError(item.doc_id or "this text", item.reason)
            if isinstance(result, DocumentError):
                raise result
            yield replace(result, text=item.text)


def _document(item: str | tuple[str, str]) -> Document | Rejected:
    doc_id, text = ("", item) if isinstance(item, str) else item
    return Document(doc_id, text, "")
