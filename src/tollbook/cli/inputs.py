"""From what the user names to bulletins, with bad inputs reported and left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from tollbook.cli import render

if TYPE_CHECKING:
    from pathlib import Path

    from tollbook.bulletin import Bulletin
    from tollbook.corpus.columns import Columns


class Inputs:
    """Reads and extracts the inputs of a command, one by one.

    Args:
        paths: files, folders, patterns, or ``-`` for standard input.
        settings: of `tollbook.load`.
        columns: which columns of tables are read.
        format: of the files; None goes by the ending.
    """

    def __init__(
        self,
        paths: Sequence[Path | str],
        settings: Mapping[str, str],
        columns: Columns | None = None,
        format: str | None = None,
    ) -> None:
        self.paths = paths
        self.settings = settings
        self.columns = columns
        self.format = format
        self.done = 0
        self.failed = Failed()

    def bulletins(self) -> Iterator[tuple[str, Bulletin]]:
        """Source and bulletin of each input that can be read; the others are reported.

        Yields:
            The source as the user named it, and the bulletin.
        """
        from tollbook.corpus.batches import Extractor
        from tollbook.corpus.sources import read_documents
        from tollbook.errors import DocumentError
        from tollbook.readers import Rejected

        extractor = Extractor(self.settings)
        note = lambda words: render.message("note", words)  # noqa: E731
        for item in read_documents(
            self.paths, columns=self.columns, format=self.format, limit=extractor.limit, note=note
        ):
            if isinstance(item, Rejected):
                self.failed.add(item.source, item.reason)
                continue
            for warning in item.warnings:
                render.message("warning", f"{item.source}: {warning}")
            try:
                bulletin = extractor.bulletin(item)
            except DocumentError as error:
                self.failed.add(item.source, error.reason)
                continue
            self.done += 1
            yield item.source, bulletin

    def finish(self) -> None:
        """Say what failed.

        Raises:
            typer.Exit: with code 2 when nothing could be read.
        """
        if not self.done:
            raise typer.Exit(render.FAILED)
        self.failed.finish()


class Failed:
    """The inputs that failed: each is reported, up to a number, and named again at the end.

    Args:
        most: how many are reported one by one.
    """

    def __init__(self, most: int | None = None) -> None:
        self.number = 0
        self._most = most
        self._named: list[str] = []

    def add(self, source: str, reason: str) -> None:
        """Report one."""
        self.number += 1
        if self._most is not None and self.number > self._most:
            if self.number == self._most + 1:
                render.message("error", "more inputs are left out; see the rejects")
            return
        named = "standard input" if source == "-" else source
        self._named.append(named)
        render.message("error", f"{named}: {reason}")

    def finish(self, where: str = "") -> None:
        """Name them.

        Args:
            where: the file that tells of all of them.
        """
        if not self.number:
            return
        inputs = render.plural(self.number, "input")
        told = ", ".join(self._named) if self.number == len(self._named) else where
        render.message("warning", f"{inputs} left out: {told}")
