"""The tables of places: regions, further places, and the words around a name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from tollbook.rules.loader import Column, Row, Table, data_path, load

KINDS: Final = ("region", "town", "area", "country")
"""What a place of the table can be."""

ROLES: Final = (
    "region-word",
    "town-word",
    "core",
    "compass",
    "locative",
    "title",
    "given",
    "name",
    "unit",
    "unit-name",
    "unit-before",
    "name-begin",
    "outlet",
    "street",
    "institution",
    "plain",
    "connector",
    "month",
    "scene",
    "origin",
    "moving",
    "arriving",
    "hospital",
    "nationwide",
    "elsewhere",
    "adding",
    "summing",
    "taking-place",
)
"""What a word beside a name can say of it."""

REGIONS: Final = Table(
    "regions",
    (
        Column("id", required=True),
        Column("code", required=True),
        Column("name", required=True),
        Column("names", "list"),
        Column("weak", "list"),
        Column("short", "list"),
        Column("pcode"),
        Column("examples", "examples"),
    ),
)
"""One row a subdivision; `code` is the first-level region that it belongs to. In an example the
code must be found; after ``!`` it must not."""

PLACES: Final = Table(
    "places",
    (
        Column("id", required=True),
        Column("kind", "choice", required=True, choices=KINDS),
        Column("names", "list", required=True),
        Column("codes", "list"),
        Column("country"),
        Column("demonyms", "list"),
        Column("size", "int"),
        Column("examples", "examples"),
    ),
)
"""Countries, towns missing from the index, zones, other names of regions."""

PLACE_WORDS: Final = Table(
    "place_words",
    (
        Column("id", required=True),
        Column("role", "choice", required=True, choices=ROLES),
        Column("words", "list", required=True),
        Column("examples", "examples"),
    ),
)
"""Words that say what a capitalised name beside them is."""


def regions(extra: str | None = None) -> list[Row]:
    """Rows of the table of regions, with a user's table laid over it.

    Args:
        extra: path of the user's table.

    Raises:
        RuleError: a file does not fit the table.

    >>> next(row["pcode"] for row in regions() if row["id"] == "SY-DY")
    'SY09'
    """
    files: list[str | Path] = [data_path("en/regions.csv")]
    if extra:
        files.append(extra)
    return load(REGIONS, *files)


def places() -> list[Row]:
    """Rows of the table of places.

    >>> next(row["country"] for row in places() if "Gaza Strip" in row["names"])
    'PS'
    """
    return load(PLACES, data_path("en/places.csv"))


@cache
def words() -> dict[str, frozenset[str]]:
    """Role → its words in lower case.

    >>> "brigade" in words()["unit"]
    True
    """
    found: dict[str, set[str]] = {role: set() for role in ROLES}
    for row in load(PLACE_WORDS, data_path("en/place_words.csv")):
        found[row["role"]].update(word.lower() for word in row["words"])
    return {role: frozenset(items) for role, items in found.items()}
