"""``tollbook extract``: the counts of bulletins, shown or written to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollbook.cli import options

if TYPE_CHECKING:
    from tollbook.cli.inputs import Inputs


def command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Text files, folders (their .txt files), or - for standard input.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write rows to a .csv, .jsonl or .parquet file."
        ),
    ] = None,
    actors: options.Actors = None,
    regions: options.Regions = None,
    nouns: options.Nouns = None,
    triggers: options.Triggers = None,
    country: options.Country = None,
) -> None:
    """Extract the counts of bulletins: show them as tables, or write one row a count.

    CSV is UTF-8; lists are joined with ; and a text cell that a spreadsheet would take for a
    formula gets an apostrophe in front.
    """
    from tollbook.cli import inputs, render

    with render.reporting():
        given = inputs.Inputs(paths, options.settings(actors, regions, nouns, triggers, country))
        if output is None:
            out = render.console()
            for _, bulletin in given.bulletins():
                render.bulletin(out, bulletin)
        else:
            _write(given, output)
        given.finish()


def _write(given: Inputs, output: Path) -> None:
    from tollbook import writers
    from tollbook.cli import render

    findings = 0
    with writers.open_writer(output) as writer:
        for _, bulletin in given.bulletins():
            writer.write(bulletin.to_rows())
            findings += len(bulletin.findings)
        given.finish()  # nothing read, nothing written
    counts, texts = render.plural(writer.rows, "count"), render.plural(given.done, "bulletin")
    render.message("", f"{counts} of {texts} written to {output}")
    if findings:
        render.message("", f"{render.plural(findings, 'finding')}; see tollbook audit")
