"""``tollbook explain``: what became of each number of a bulletin, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A text file, or - for standard input.")
    ],
) -> None:
    """Explain each number of a bulletin: the count it became, by which rule, or why it is none."""
    from tollbook.cli import inputs, render

    with render.reporting():
        out = render.console()
        given = inputs.Inputs([file])
        for _, bulletin in given.bulletins():
            render.decisions(out, bulletin)
        given.finish()
