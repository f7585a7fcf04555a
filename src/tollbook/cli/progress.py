"""How far a run is: a bar on a terminal, a line now and then elsewhere; and what went wrong."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from tollbook.cli import render
from tollbook.cli.inputs import Failed
from tollbook.corpus.run import Listener

if TYPE_CHECKING:
    from tollbook.corpus.run import Report
    from tollbook.readers import Rejected

_EVERY: Final = 30.0
_MOST_WARNINGS: Final = 20


class Progress(Listener):
    """Shows what a run tells; use in a ``with`` block.

    Args:
        quiet: show errors only.
        most: rejects that are shown one by one; None for all.
    """

    def __init__(self, *, quiet: bool = False, most: int | None = None) -> None:
        self.failed = Failed(most)
        self._quiet = quiet
        self._warnings = 0
        self._last = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            from rich.progress import BarColumn, SpinnerColumn, TextColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                SpinnerColumn(), BarColumn(), TextColumn("{task.description}"),
                console=render.console(err=True), transient=True,
            )  # fmt: skip
            self._task = self._bar.add_task("starting", total=None)
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def note(self, words: str) -> None:
        """See `Listener`."""
        if not self._quiet:
            render.message("note", words)

    def warning(self, source: str, words: str) -> None:
        """See `Listener`; the first few are shown."""
        self._warnings += 1
        if self._quiet or self._warnings > _MOST_WARNINGS + 1:
            return
        last = self._warnings > _MOST_WARNINGS
        render.message("warning", "more warnings are not shown" if last else f"{source}: {words}")

    def rejected(self, item: Rejected) -> None:
        """See `Listener`."""
        self.failed.add(item.source, item.reason)

    def progress(self, report: Report) -> None:
        """See `Listener`."""
        if self._quiet:
            return
        if self._bar is not None:
            total = report.size or None
            self._bar.update(
                self._task, total=total, completed=report.read, description=told(report)
            )
        elif time.monotonic() - self._last >= _EVERY:
            self._last = time.monotonic()
            render.message("", told(report))


def told(report: Report) -> str:
    """How far a run is, in one line.

    >>> from tollbook.corpus.run import Report
    >>> told(Report(documents=1200, words=90000, rejects=2, seconds=10, size=100, read=25))
    '1,200 documents, 9,000 words/s, 2 rejects, 0:30 left'
    """
    parts = [f"{report.documents:,} documents"]
    if report.seconds > 0:
        parts.append(f"{report.words / report.seconds:,.0f} words/s")
    if report.rejects:
        parts.append(f"{report.rejects:,} rejects")
    done = report.read - report.before
    if report.size and done > 0:
        left = round(report.seconds * (report.size - report.read) / done)
        minutes, seconds = divmod(left, 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
        parts.append(f"{clock} left")
    return ", ".join(parts)
