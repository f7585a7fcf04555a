"""Worker processes: started, fed, watched, and started again when they die or hang.

A document that takes too long, or twice ends the process that reads it, is set aside as a
`Rejected`; the rest of its chunk is read again. Results come in the order of the chunks, and
only so many chunks are under way, so that memory does not grow with the corpus.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from tollbook.corpus.worker import receive, send
from tollbook.errors import TollbookError
from tollbook.readers import Document, Rejected

Item = Document | Rejected

_AHEAD: Final = 2
_WINDOW: Final = 16
_STARTS: Final = 3
_CHANCES: Final = 2
_START_SECONDS: Final = 300.0


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


class _Worker:
    """One process and what it has been given."""

    def __init__(
        self, task: str, settings: Mapping[str, str], keep: Sequence[str], timeout: float | None
    ) -> None:
        paths = [path for path in sys.path if path]
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as we do)
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tollbook.corpus.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,  # Ctrl-C is for us, who then end them in good order
        )
        self.given: deque[int] = deque()
        self.ready = self.dead = False
        self.place: int | None = None
        self.since = time.monotonic()
        with suppress(OSError):
            send(self._stdin, (task, dict(settings), tuple(keep), timeout))

    @property
    def _stdin(self) -> Any:
        return self.process.stdin

    def listen(self, events: queue.SimpleQueue[tuple[_Worker, float, Any]]) -> None:
        """Pass on what the process says, until it ends; runs in a thread."""
        with suppress(EOFError, OSError, ValueError):
            while True:
                message = receive(self.process.stdout)  # type: ignore[arg-type]
                events.put((self, time.monotonic(), message))
        events.put((self, time.monotonic(), None))

    def give(self, number: int, items: list[Item]) -> None:
        """Send a chunk; a process that has died is noticed elsewhere."""
        self.given.append(number)
        with suppress(OSError):
            send(self._stdin, (number, items))

    def end(self) -> str:
        """End the process; how it ended, in words."""
        self.dead = True
        with suppress(OSError):
            self.process.kill()
        code = self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self._errors.seek(0)
        said = self._errors.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        self._errors.close()
        how = f"exit code {code}"
        if code < 0:
            with suppress(ValueError):
                how = signal.Signals(-code).name
        return f"{how}: {said[-1].strip()}" if said else how


class Pool:
    """Worker processes for chunks of documents.

    Args:
        workers: how many.
        task: ``tables`` for Arrow bytes, ``bulletins`` for bulletins.
        settings: of `tollbook.load`.
        keep: columns that are carried along.
        timeout: most seconds for one document; None for any.
    """

    def __init__(
        self,
        workers: int,
        task: str,
        settings: Mapping[str, str],
        keep: Sequence[str] = (),
        timeout: float | None = None,
    ) -> None:
        self._most = max(1, workers)
        self._start = (task, settings, keep, timeout)
        self._timeout = timeout
        self._live: list[_Worker] = []
        self._events: queue.SimpleQueue[tuple[_Worker, float, Any]] = queue.SimpleQueue()
        self._failed_starts = 0
        self._chunks: dict[int, list[Item]] = {}
        self._again: deque[int] = deque()
        self._results: dict[int, Any] = {}
        self._deaths: Counter[tuple[int, int | None]] = Counter()

    def run(self, chunks: Iterable[list[Item]]) -> Iterator[tuple[list[Item], Any]]:
        """Have chunks read.

        Args:
            chunks: lists of documents, taken as they are needed.

        Yields:
            Each chunk and what came of it, in order.

        Raises:
            TollbookError: no process can be started.
        """
        source = iter(chunks)
        taken = given = 0
        more = True
        try:
            while True:
                while more and taken - given < self._most * _WINDOW and self._wants():
                    chunk = next(source, None)
                    if chunk is None:
                        more = False
                        break
                    self._chunks[taken] = chunk
                    self._again.append(taken)
                    taken += 1
                    self._feed()
                self._feed()
                while given in self._results:
                    yield self._chunks.pop(given), self._results.pop(given)
                    given += 1
                if not more and given == taken:
                    return
                self._wait(block=given not in self._results)
        finally:
            for worker in self._live:
                worker.end()
            self._live.clear()

    def _wants(self) -> bool:
        return len(self._again) < self._most and (
            len(self._live) < self._most or any(len(w.given) < _AHEAD for w in self._live)
        )

    def _feed(self) -> None:
        while self._again:
            free = [worker for worker in self._live if len(worker.given) < _AHEAD]
            idle = [worker for worker in free if not worker.given]
            if not idle and len(self._live) < self._most:
                worker = _Worker(*self._start)
                self._live.append(worker)
                threading.Thread(target=worker.listen, args=(self._events,), daemon=True).start()
            elif idle or free:
                worker = min(idle or free, key=lambda one: len(one.given))
            else:
                return
            number = self._again.popleft()
            worker.give(number, self._chunks[number])

    def _wait(self, *, block: bool) -> None:
        """Take in what the processes said; wait for it if need be, but not past a deadline."""
        try:
            if block:
                self._event(*self._events.get(timeout=self._seconds_left()))
            while True:
                self._event(*self._events.get_nowait())
        except queue.Empty:
            pass
        now = time.monotonic()
        for worker in list(self._live):
            if (deadline := self._deadline(worker)) is not None and now >= deadline:
                self._lost(worker, hung=True)

    def _deadline(self, worker: _Worker) -> float | None:
        if not worker.ready:
            return worker.since + _START_SECONDS
        if self._timeout is None or worker.place is None:
            return None
        return worker.since + self._timeout

    def _seconds_left(self) -> float | None:
        deadlines = [self._deadline(worker) for worker in self._live]
        known = [deadline for deadline in deadlines if deadline is not None]
        return max(0.0, min(known) - time.monotonic()) if known else None

    def _event(self, worker: _Worker, when: float, message: Any) -> None:
        if worker.dead:
            return
        if message is None:
            self._lost(worker)
            return
        kind = message[0]
        if kind == "at":
            worker.place, worker.since = message[1], when
        elif kind == "ready":
            worker.ready, self._failed_starts = True, 0
        elif kind == "failed":
            raise TollbookError(message[1])
        else:
            worker.place = None
            worker.given.popleft()
            self._results[message[1]] = message[2]

    def _lost(self, worker: _Worker, *, hung: bool = False) -> None:
        """A process died or hangs: set the document at fault aside, have the others read again."""
        self._live.remove(worker)
        how = worker.end()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                how = f"no answer in {_START_SECONDS:.0f} s" if hung else how
                raise TollbookError(f"no worker process can be started ({how})")
        elif worker.given:
            self._blame(worker.given[0], worker.place, how, hung=hung)
        self._again.extendleft(reversed(worker.given))

    def _blame(self, number: int, place: int | None, how: str, *, hung: bool) -> None:
        items = self._chunks[number]
        self._deaths[number, place] += 1
        if hung:
            reason = f"took longer than {self._timeout:g} s; split it, or allow more time"
        elif self._deaths[number, place] < _CHANCES:
            return  # whoever ended the process may not mean the document
        else:
            reason = f"ended the worker process that read it ({how}), {_CHANCES} times"
        # between two documents none is to blame more than the others
        for one in range(len(items)) if place is None else (place,):
            item = items[one]
            items[one] = Rejected(item.doc_id, item.source, reason)
