"""Options that several commands share: a user's rule files and the country."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_PANEL = "Rules of your own"


def _file(name: str, says: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{name}", metavar="CSV", help=f"Your {says}, laid over ours.", rich_help_panel=_PANEL
    )
    return option


Actors = Annotated[Path | None, _file("actors", "actors")]
Regions = Annotated[Path | None, _file("regions", "regions")]
Nouns = Annotated[Path | None, _file("nouns", "counted nouns")]
Triggers = Annotated[Path | None, _file("triggers", "words that say an outcome")]
Country = Annotated[
    str | None,
    typer.Option(
        "--country",
        metavar="CODE",
        help="Country of every text (ISO 3166-1, such as SY).",
        rich_help_panel=_PANEL,
    ),
]


def settings(
    actors: Path | None = None,
    regions: Path | None = None,
    nouns: Path | None = None,
    triggers: Path | None = None,
    country: str | None = None,
) -> dict[str, str]:
    """The settings of `tollbook.load` that were given.

    >>> settings(actors=Path("mine.csv"))
    {'actors': 'mine.csv'}
    """
    given = {
        "actors": actors,
        "regions": regions,
        "nouns": nouns,
        "triggers": triggers,
        "country": country,
    }
    return {name: str(value) for name, value in given.items() if value is not None}
