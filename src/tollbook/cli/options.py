"""Options that several commands share: rule files, the country, columns of tables."""

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

_INPUT = "Input"
TextColumn = Annotated[
    str,
    typer.Option(
        "--text-column",
        metavar="NAME",
        help="Column of the texts, in tables.",
        rich_help_panel=_INPUT,
    ),
]
IdColumn = Annotated[
    str | None,
    typer.Option(
        "--id-column",
        metavar="NAME",
        help="Column of the ids; file name and line without it.",
        rich_help_panel=_INPUT,
    ),
]
DateColumn = Annotated[
    str | None,
    typer.Option(
        "--date-column",
        metavar="NAME",
        help="Column of the documents' dates (ISO), for the bulletins table.",
        rich_help_panel=_INPUT,
    ),
]
Keep = Annotated[
    list[str] | None,
    typer.Option(
        "--keep",
        metavar="NAMES",
        help="Columns to carry along, with commas between them or the option repeated.",
        rich_help_panel=_INPUT,
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help="text, html, jsonl, csv, tsv or parquet; the ending says it otherwise.",
        rich_help_panel=_INPUT,
    ),
]
PATHS = (
    "Files (.txt .html .jsonl .csv .tsv .parquet, each also .gz or .zst), folders, patterns, or -."
)
"""Help of the argument that names the input."""


def names(given: list[str] | None) -> tuple[str, ...]:
    """Names from repeated options with commas in them.

    >>> names(["url,title", "place"])
    ('url', 'title', 'place')
    """
    parts = [part.strip() for words in given or () for part in words.split(",")]
    return tuple(part for part in parts if part)


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
