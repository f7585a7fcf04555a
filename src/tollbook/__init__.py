"""tollbook reads conflict bulletins and keeps the count.

>>> import tollbook
>>> bulletin = tollbook.extract("Ten civilians, including two children, were killed in Homs.")
>>> [(count.text, count.measure, count.best) for count in bulletin.counts]
[('Ten', 'killed', 10), ('two', 'killed', 2)]
>>> bulletin.toll("killed").best
10
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tollbook.bulletin import Bulletin
from tollbook.corpus.run import Report, extract_corpus
from tollbook.errors import DocumentError
from tollbook.pipeline import add_to, load
from tollbook.records import read
from tollbook.schema import Bounds, Count, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

__version__ = "0.1.0"

__all__ = [
    "Bounds",
    "Bulletin",
    "Count",
    "Finding",
    "Report",
    "add_to",
    "extract",
    "extract_corpus",
    "extract_many",
    "load",
    "read",
]


@cache
def _pipeline() -> Language:
    return load()


def extract(text: str, doc_id: str | None = None, *, nlp: Language | None = None) -> Bulletin:
    """Read one bulletin.

    Args:
        text: the bulletin.
        doc_id: its id, given to every row.
        nlp: a pipeline with the tollbook components; None for ours, loaded once a process.

    Returns:
        The bulletin with its counts.

    Raises:
        DocumentError: the text holds lone surrogates, halves of characters that no encoding has.
        ValueError: the text is longer than ``nlp.max_length``, or `nlp` lacks our components.

    >>> extract("No casualties were reported.").counts[0].best
    0
    """
    pipeline = nlp or _pipeline()
    try:
        doc = pipeline(text)
    except UnicodeEncodeError as error:
        raise DocumentError(
            doc_id or "this text",
            f"holds a lone surrogate at character {error.start}",
            "read it again with the right encoding, or with errors='replace'",
        ) from None
    return read(doc, doc_id or "")


def extract_many(
    texts: Iterable[str | tuple[str, str]],
    *,
    nlp: Language | None = None,
    workers: int = 0,
    timeout: float | None = None,
) -> Iterator[Bulletin]:
    """Read any number of bulletins, one at a time.

    Args:
        texts: texts, or pairs of id and text; read as they are needed.
        nlp: see `extract`; worker processes use ours.
        workers: processes; 0 reads in this one. The order is that of the texts.
        timeout: most seconds for one text, in worker processes; None for any.

    Raises:
        TypeError: `texts` is a single string, or both `nlp` and `workers` are given.
        DocumentError: a text cannot be processed; see `extract_corpus` for going on past those.

    >>> [b.doc_id for b in extract_many([("a", "Two dead."), ("b", "Nobody was hurt.")])]
    ['a', 'b']
    """
    if isinstance(texts, str):
        raise TypeError("extract_many() takes texts, not one text; that is what extract() is for")
    if workers:
        if nlp is not None:
            raise TypeError("worker processes make their own pipeline; leave out nlp, or workers")
        from tollbook.corpus.many import bulletins

        return bulletins(texts, workers, timeout)
    return _each(texts, nlp)


def _each(texts: Iterable[str | tuple[str, str]], nlp: Language | None) -> Iterator[Bulletin]:
    for item in texts:
        doc_id, text = ("", item) if isinstance(item, str) else item
        yield extract(text, doc_id, nlp=nlp)
