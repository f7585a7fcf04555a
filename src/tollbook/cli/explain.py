"""``tollbook explain``: what became of each number of a bulletin, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tollbook.cli import options


def command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A text file, or - for standard input.")
    ],
    actors: options.Actors = None,
    regions: options.Regions = None,
    nouns: options.Nouns = None,
    triggers: options.Triggers = None,
    country: options.Country = None,
) -> None:
    """Explain each number of a bulletin: the count it became, by which rule, or why it is none."""
    from tollbook.cli import inputs, render

    with render.reporting():
        out = render.console()
        given = inputs.Inputs([file], options.settings(actors, regions, nouns, triggers, country))
        for _, bulletin in given.bulletins():
            render.decisions(out, bulletin)
        given.finish()
