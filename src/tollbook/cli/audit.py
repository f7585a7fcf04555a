"""``tollbook audit``: what does not add up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from tollbook.cli import options

CONTRADICTED: Final = 1
"""Exit code when some figures cannot all be true."""


def command(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help=options.PATHS),
    ],
    everything: Annotated[
        bool, typer.Option("--all", help="List the checks that add up as well.")
    ] = False,
    text_column: options.TextColumn = "text",
    id_column: options.IdColumn = None,
    format: options.Format = None,
    actors: options.Actors = None,
    regions: options.Regions = None,
    nouns: options.Nouns = None,
    triggers: options.Triggers = None,
    country: options.Country = None,
) -> None:
    """Check the arithmetic of bulletins: totals against their parts.

    Prints one line a finding: source, line and column of the total, kind, message. Ends with 1
    when a contradiction was found, with 0 when none was, with 2 when nothing could be read.
    """
    from tollbook.cli import inputs, render
    from tollbook.corpus.columns import Columns

    with render.reporting():
        out = render.console()
        given = inputs.Inputs(
            paths,
            options.settings(actors, regions, nouns, triggers, country),
            Columns(text_column, id_column),
            format,
        )
        checked = contradictions = found = 0
        for source, bulletin in given.bulletins():
            checks = bulletin.checks()
            checked += len(checks)
            for check in checks:
                serious = check.kind in ("contradiction", "subset-larger")
                contradictions += serious
                found += check.kind != "adds-up"
                if everything or check.kind != "adds-up":
                    out.print(render.finding_line(bulletin, check, source), soft_wrap=True)
        given.finish()
        render.message(
            "",
            f"{render.plural(checked, 'check')} in {render.plural(given.done, 'bulletin')}: "
            f"{render.plural(found, 'finding')}, {render.plural(contradictions, 'contradiction')}",
        )
    if contradictions:
        raise typer.Exit(CONTRADICTED)
