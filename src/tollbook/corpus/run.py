"""A run: sources, through one process or several, into a sink; in order, whatever happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tollbook.corpus.columns import TEXT_COLUMN, Columns
from tollbook.errors import TollbookError
from tollbook.readers import MAX_CHARS, Document, Rejected

if TYPE_CHECKING:
    from tollbook.corpus.batches import Batch, Extractor
    from tollbook.corpus.seen import Seen
    from tollbook.corpus.sinks import Sink
    from tollbook.corpus.sources import Sources

TIMEOUT: Final = 300.0
"""Seconds that worker processes may take for one document, when not said otherwise."""

_CHUNK_DOCUMENTS: Final = 16
_CHUNK_CHARS: Final = 60_000


@dataclass(slots=True)
class Report:
    """What a run has done so far.

    Args:
        documents: documents processed by this run.
        counts: counts found in them.
        findings: findings of the audit.
        rejects: documents rejected.
        words: words of the documents.
        skipped: documents that an earlier run had finished.
        seconds: how long it took.
        size: bytes of the input; 0 when not known.
        read: bytes of it that have been read.
        before: bytes of it that were read when the first document was, over finished ones.
    """

    documents: int = 0
    counts: int = 0
    findings: int = 0
    rejects: int = 0
    words: int = 0
    skipped: int = 0
    seconds: float = 0.0
    size: int = 0
    read: int = 0
    before: int = 0


class Listener:
    """Told of what happens in a run; each method here does nothing."""

    def note(self, words: str) -> None:
        """Something was left out on purpose, or a file is odd."""

    def warning(self, source: str, words: str) -> None:
        """Something about one document."""

    def rejected(self, item: Rejected) -> None:
        """A document is in the rejects."""

    def progress(self, report: Report) -> None:
        """Some documents more are finished."""


def extract_corpus(
    source: str | Path | Sequence[str | Path],
    sink: str | Path,
    *,
    text_column: str = TEXT_COLUMN,
    id_column: str | None = None,
    date_column: str | None = None,
    keep: Sequence[str] = (),
    format: str | None = None,
    per_bulletin: bool = False,
    workers: int = 0,
    timeout: float | None = None,
    part: int | None = None,
    resume: bool = False,
    restart: bool = False,
    settings: Mapping[str, str] | None = None,
    listener: Listener | None = None,
) -> Report:
    """Read a corpus into tables.

    Args:
        source: files, folders, patterns with ``*``, or ``-`` for standard input: text, HTML,
            JSON Lines, CSV, TSV or Parquet by ending, each also .gz or .zst.
        sink: a .csv, .jsonl, .parquet, .sqlite or .duckdb file, or a folder, which becomes a
            data set that a later run goes on with.
        text_column: column of the texts, in tables.
        id_column: column of the ids; None for file name and line.
        date_column: column of the documents' dates, which go to the bulletins table.
        keep: columns that are carried along, as text.
        format: ``text``, ``html``, ``jsonl``, ``csv``, ``tsv`` or ``parquet``; None goes by the
            ending.
        per_bulletin: write the bulletins table alone.
        workers: processes; 0 reads in this one, where no document can be stopped.
        timeout: most seconds for one document, in worker processes; None for `TIMEOUT`.
        part: documents of a part of a data set.
        resume: go on with a data set although settings, version or input differ.
        restart: begin a data set again; what is there goes.
        settings: of `tollbook.load`.
        listener: told of what happens.

    Returns:
        What was done.

    Raises:
        OutputError: the sink cannot be written, or holds what was made otherwise.
        RuleError: a rule file of the user does not fit its table.
        TollbookError: no worker process can be started, or an option is wrong.

    >>> import json, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     texts = Path(folder, "texts.jsonl")
    ...     _ = texts.write_text('{"text": "Two dead."}\\n{"text": "Nobody was hurt."}\\n')
    ...     report = extract_corpus(texts, Path(folder, "counts.jsonl"))
    ...     rows = Path(folder, "counts.jsonl").read_text().splitlines()
    >>> report.documents, [json.loads(row)["doc_id"] for row in rows]
    (2, ['texts:1', 'texts:2'])
    """
    from tollbook.corpus.batches import Extractor
    from tollbook.corpus.sources import Sources

    told = listener or Listener()
    paths = [source] if isinstance(source, (str, Path)) else list(source)
    if resume and restart:
        raise TollbookError("--resume and --restart exclude each other; choose one")
    columns = Columns(text_column, id_column, date_column, tuple(dict.fromkeys(keep)))
    options = dict(settings or {})
    extractor = Extractor(options, columns.keep)
    target = Path(sink)
    limit = MAX_CHARS if workers else extractor.limit
    sources = Sources(
        paths, columns=columns, format=format, limit=limit, leave_out=target, note=told.note
    )
    most = min(_CHUNK_DOCUMENTS, part or _CHUNK_DOCUMENTS)
    way = _Way(workers, options, columns.keep, TIMEOUT if timeout is None else timeout, most)
    plan = _Plan(columns, options, format, per_bulletin, limit)
    report = Report(size=sources.size)
    with suppress(_Nothing), _sink(target, sources, plan, part, resume, restart) as out:
        _run(sources, out, extractor, way, told, report)
        if not report.documents and not out.resumable:
            raise _Nothing  # then there is no file either, or the old one stays
    return report


class _Nothing(Exception):
    """No document could be processed."""


@dataclass(frozen=True, slots=True)
class _Way:
    workers: int
    settings: dict[str, str]
    keep: tuple[str, ...]
    timeout: float
    most: int


@dataclass(frozen=True, slots=True)
class _Plan:
    columns: Columns
    settings: dict[str, str]
    format: str | None
    per_bulletin: bool
    limit: int


def is_folder(sink: str | Path) -> bool:
    """True when a sink is a data set: a folder, or a name without an ending.

    >>> is_folder("out/"), is_folder("counts.csv")
    (True, False)
    """
    path = Path(sink)
    if path.suffix:
        return str(sink).endswith("/") or (path / "manifest.json").exists()
    return not path.is_file()


def _sink(
    target: Path, sources: Sources, plan: _Plan, part: int | None, resume: bool, restart: bool
) -> Sink:
    columns = plan.columns
    if is_folder(target):
        from tollbook.corpus.dataset import PART, DatasetSink
        from tollbook.corpus.manifest import Manifest, version, with_digests

        settings = {
            "text_column": columns.text, "id_column": columns.id, "date_column": columns.date,
            "keep": list(columns.keep), "format": plan.format, "per_bulletin": plan.per_bulletin,
            "longest": plan.limit, **with_digests(plan.settings),
        }  # fmt: skip
        made = Manifest(version(), settings, sources.fingerprint())
        return DatasetSink(
            target, made, per_bulletin=plan.per_bulletin, part=part or PART,
            resume=resume, restart=restart,
        )  # fmt: skip
    if resume or restart:
        raise TollbookError("--resume and --restart are for a data set; name a folder (out/)")
    if target.suffix.lower() in (".sqlite", ".duckdb"):
        from tollbook.corpus.database import DatabaseSink

        return DatabaseSink(target, columns.keep, per_bulletin=plan.per_bulletin)
    from tollbook.corpus.sinks import FileSink

    return FileSink(target, columns.keep, per_bulletin=plan.per_bulletin)


def _run(
    sources: Sources, out: Sink, extractor: Extractor, way: _Way, told: Listener, report: Report
) -> None:
    from tollbook.corpus.seen import Seen

    began = time.monotonic()
    seen = Seen()
    try:
        out.recall(seen)

        def done(source: str) -> bool:
            finished = seen.is_finished(source)
            report.skipped += finished
            return finished

        def started() -> None:
            report.before = sources.read if report.skipped else 0

        items = _told(_distinct(sources.items(done), seen), told, started)
        for batch in _batches(chunks(items, way.most), extractor, way):
            out.write(batch)
            for rejected in batch.rejects:
                told.rejected(rejected)
            report.documents += batch.bulletins.num_rows
            report.counts += batch.counts.num_rows
            report.findings += batch.findings
            report.rejects += len(batch.rejects)
            report.words += batch.words
            report.read = sources.read
            report.seconds = time.monotonic() - began
            told.progress(report)
        report.read = sources.read
    finally:
        seen.close()


def _batches(
    parts: Iterable[list[Document | Rejected]], extractor: Extractor, way: _Way
) -> Iterator[Batch]:
    if not way.workers:
        for items in parts:
            yield extractor.process(items)
        return
    from tollbook.corpus.workers import Pool

    pool = Pool(way.workers, "tables", way.settings, way.keep, way.timeout)
    for _, result in pool.run(parts):
        yield _batch(result, extractor)


def _batch(result: tuple[Any, ...], extractor: Extractor) -> Batch:
    import pyarrow as pa

    from tollbook.corpus.batches import Batch

    counts, bulletins, rejects, words, findings = result
    return Batch(
        pa.ipc.read_record_batch(pa.py_buffer(counts), extractor.counts),
        pa.ipc.read_record_batch(pa.py_buffer(bulletins), extractor.bulletins),
        rejects,
        words,
        findings,
    )


def _told(
    items: Iterable[Document | Rejected], told: Listener, started: Callable[[], None]
) -> Iterator[Document | Rejected]:
    first = True
    for item in items:
        if first:
            started()
            first = False
        if isinstance(item, Document):
            for words in item.warnings:
                told.warning(item.source, words)
        yield item


def _distinct(items: Iterable[Document | Rejected], seen: Seen) -> Iterator[Document | Rejected]:
    """Reject a document whose id another has; rows could not be told apart."""
    for item in items:
        if isinstance(item, Document):
            first = seen.new_id(item.doc_id, item.source)
            if first is not None:
                reason = f"the id is that of {first}, too; give each document an id of its own"
                yield Rejected(item.doc_id, item.source, reason)
                continue
        yield item


def chunks(
    items: Iterable[Document | Rejected], most: int = _CHUNK_DOCUMENTS
) -> Iterator[list[Document | Rejected]]:
    """Documents in lists of a size that is worth sending.

    Args:
        items: documents, and what is none.
        most: documents of a list.
    """
    chunk: list[Document | Rejected] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.text) if isinstance(item, Document) else 0
        if len(chunk) >= most or size >= _CHUNK_CHARS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
