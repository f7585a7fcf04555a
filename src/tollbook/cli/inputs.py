"""From what the user names to bulletins, with bad inputs reported and left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tollbook.cli import render
from tollbook.errors import DocumentError

if TYPE_CHECKING:
    from tollbook.bulletin import Bulletin


class Inputs:
    """Reads and extracts the inputs of a command, one by one.

    Args:
        paths: files, folders, or ``-`` for standard input.
        settings: of `tollbook.load`.
    """

    def __init__(self, paths: Sequence[Path], settings: Mapping[str, str]) -> None:
        self.paths = paths
        self.settings = settings
        self.done = 0
        self.failed: list[str] = []

    def bulletins(self) -> Iterator[tuple[str, Bulletin]]:
        """Source and bulletin of each input that can be read; the others are reported.

        Yields:
            The source as the user named it, and the bulletin.
        """
        import tollbook
        from tollbook.readers import Rejected, read_documents

        nlp = tollbook.load(**self.settings)
        note = lambda words: render.message("note", words)  # noqa: E731
        for item in read_documents(self.paths, limit=nlp.max_length, note=note):
            if isinstance(item, Rejected):
                self._fail(item.source, item.reason)
                continue
            for warning in item.warnings:
                render.message("warning", f"{item.source}: {warning}")
            try:
                bulletin = tollbook.extract(item.text, doc_id=item.doc_id, nlp=nlp)
            except DocumentError as error:
                self._fail(item.source, "; ".join(filter(None, (error.cause, error.remedy))))
                continue
            except Exception as error:  # one bad document must not stop the others
                self._fail(item.source, f"cannot be processed ({type(error).__name__}: {error})")
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
        if self.failed:
            inputs = render.plural(len(self.failed), "input")
            render.message("warning", f"{inputs} left out: {', '.join(self.failed)}")

    def _fail(self, source: str, reason: str) -> None:
        self.failed.append("standard input" if source == "-" else source)
        render.message("error", f"{self.failed[-1]}: {reason}")
