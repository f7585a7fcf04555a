"""A data set: a folder of finished parts, which a later run goes on with.

``counts/`` and ``bulletins/`` hold Parquet parts, ``rejects.jsonl`` the documents that are in
neither. A part is written under hidden names, then moved into place, and counts from the moment
the manifest names it. What it does not name is removed when work goes on, so that whatever
stopped a run (a full disk, ``kill -9``) costs the part that it was at and nothing else.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Final, Self

from tollbook.corpus.batches import Batch
from tollbook.corpus.manifest import Manifest, Part
from tollbook.corpus.seen import Seen
from tollbook.corpus.sinks import Sink, reject_line
from tollbook.errors import OutputError
from tollbook.writers import sync_folder

if TYPE_CHECKING:
    import pyarrow as pa

PART: Final = 2_000
"""Documents of a part, when not said otherwise."""

_REJECTS: Final = "rejects.jsonl"
_LOCK: Final = ".lock"


class DatasetSink(Sink):
    """Writes a data set, or goes on with one.

    Args:
        folder: where it is or will be.
        plan: version, settings and input of this run.
        per_bulletin: leave the counts out.
        part: documents of a part.
        resume: go on although version, settings or input differ.
        restart: begin again; what is there goes.

    Raises:
        OutputError: the folder holds something else, another run writes to it, or what is in it
            was made otherwise and neither `resume` nor `restart` is set.
    """

    resumable = True

    def __init__(
        self,
        folder: Path,
        plan: Manifest,
        *,
        per_bulletin: bool = False,
        part: int = PART,
        resume: bool = False,
        restart: bool = False,
    ) -> None:
        self.folder = folder
        self.manifest = plan
        self._kinds = ("bulletins",) if per_bulletin else ("counts", "bulletins")
        self._size = max(1, part)
        self._resume, self._restart = resume, restart
        self._lock: IO[str] | None = None
        self._waiting: list[Batch] = []
        self._held = 0

    def __enter__(self) -> Self:
        try:
            self._open()
        except OSError as error:
            self._unlock()
            raise self._error(error) from error
        except OutputError:
            self._unlock()
            raise
        return self

    def _open(self) -> None:
        there = Manifest.read(self.folder)
        if there is None and self.folder.is_dir():
            strange = [name for name in os.listdir(self.folder) if not name.startswith(".")]
            if strange:
                cause = f"the folder holds other things ({sorted(strange)[0]})"
                raise OutputError(str(self.folder), cause, "name a new or an empty one")
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self.folder)
        there = Manifest.read(self.folder)
        if there is not None and not self._restart:
            different = there.differs(self.manifest)
            if different and not self._resume:
                remedy = "go on all the same with --resume, or begin again with --restart"
                raise OutputError(str(self.folder), different, remedy)
            self.manifest = replace(
                self.manifest, parts=there.parts, rejects=there.rejects, finished=False
            )
        # the manifest first: a folder with anything in it and no manifest is not ours
        self.manifest.write(self.folder)
        for kind in self._kinds:
            (self.folder / kind).mkdir(exist_ok=True)
        self._tidy()

    def _tidy(self) -> None:
        """Remove what the manifest does not name."""
        named = {f"{part.name}.parquet" for part in self.manifest.parts}
        for kind in ("counts", "bulletins"):
            with suppress(FileNotFoundError):
                for path in (self.folder / kind).iterdir():
                    ours = path.name.startswith(("part-", ".part-"))
                    if ours and path.name not in named:
                        path.unlink()
        with (self.folder / _REJECTS).open("ab") as file:
            file.truncate(self.manifest.rejects)

    def recall(self, seen: Seen) -> None:
        """Tell what is finished; see `Sink`."""
        import pyarrow.parquet as pq

        for part in self.manifest.parts:
            table = pq.read_table(
                self.folder / "bulletins" / f"{part.name}.parquet", columns=["doc_id", "source"]
            )
            sources = table.column("source").to_pylist()
            for doc_id, source in zip(table.column("doc_id").to_pylist(), sources, strict=True):
                seen.new_id(doc_id, source)
            seen.finished(sources)
        with (self.folder / _REJECTS).open("rb") as file:
            seen.finished(json.loads(line)["source"] for line in file)

    def write(self, batch: Batch) -> None:
        """Take a batch; a part that is full is finished."""
        self._waiting.append(batch)
        self._held += batch.bulletins.num_rows + len(batch.rejects)
        if self._held >= self._size:
            self._commit()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            # one who stops the run gets what was read so far; after a full disk there is no use
            if error is None or isinstance(error, (KeyboardInterrupt, GeneratorExit)):
                self._commit()
            if error is None:
                self.manifest = replace(self.manifest, finished=True)
                self.manifest.write(self.folder)
        except OSError as problem:
            raise self._error(problem) from problem
        finally:
            self._unlock()

    def _commit(self) -> None:
        """Finish a part: files, rejects, then the manifest that makes them count."""
        if not self._waiting:
            return
        part = self._part()
        rejects = b"".join(reject_line(one) for batch in self._waiting for one in batch.rejects)
        manifest = self.manifest.adding(part, self.manifest.rejects + len(rejects))
        try:
            for kind in self._kinds:
                self._write(kind, part.name, [getattr(b, kind) for b in self._waiting])
            for kind in self._kinds:
                place = self.folder / kind
                os.replace(place / f".{part.name}", place / f"{part.name}.parquet")
                sync_folder(place)
            if rejects:
                with (self.folder / _REJECTS).open("ab") as file:
                    file.write(rejects)
                    file.flush()
                    os.fsync(file.fileno())
            manifest.write(self.folder)
        except OSError as error:
            with suppress(OSError):
                self._tidy()
            raise self._error(error) from error
        self.manifest = manifest
        self._waiting, self._held = [], 0

    def _part(self) -> Part:
        waiting = self._waiting
        numbers = [int(part.name.removeprefix("part-")) for part in self.manifest.parts]
        return Part(
            f"part-{max(numbers, default=-1) + 1:06}",
            sum(batch.bulletins.num_rows for batch in waiting),
            sum(batch.counts.num_rows for batch in waiting),
            sum(len(batch.rejects) for batch in waiting),
            sum(batch.words for batch in waiting),
            sum(batch.findings for batch in waiting),
        )

    def _write(self, kind: str, name: str, batches: Sequence[pa.RecordBatch]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.Table.from_batches(batches).combine_chunks()
        with (self.folder / kind / f".{name}").open("wb") as file:
            pq.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())

    def _error(self, error: OSError) -> OutputError:
        cause = f"cannot be written: {error.strerror or error}"
        return OutputError(str(self.folder), cause, "what is finished is whole; run it again")

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def _locked(folder: Path) -> IO[str]:
    """Hold the folder for ourselves; the lock goes with the process, however it ends."""
    file = (folder / _LOCK).open("a")
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        return file
    flags: Any = fcntl.LOCK_EX | fcntl.LOCK_NB
    try:
        fcntl.flock(file, flags)
    except BlockingIOError:
        file.close()
        raise OutputError(
            str(folder), "another run is writing to this folder", "wait for it to end"
        ) from None
    return file
