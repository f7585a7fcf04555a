"""Actors in running text: every case of tests/data/actors.csv, and the component around them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span

from tollbook.pipes.actors import find
from tollbook.rules.actors import lexicon
from tollbook.rules.loader import Column, RuleError, Table, load
from tollbook.words import Words

CASES = load(
    Table(
        "cases",
        (
            Column("id", required=True),
            Column("text", required=True),
            Column("actors", "list"),
            Column("by", "list"),
            Column("country"),
        ),
    ),
    Path(__file__).parents[1] / "data" / "actors.csv",
)
MARKED = ("state", "perpetrator-noun")
NLP = spacy.blank("en")


def read(text: str, country: str = "") -> list[dict[str, Any]]:
    return find(Words.of(NLP(text)), country)


def expected(item: str) -> tuple[str, str, str, str]:
    surface, _, rest = item.partition(">")
    rest, _, backer = rest.partition("@")
    ident, named, name = rest.partition("=")
    return surface, ident, name if named else surface, backer


def plain(text: str, record: dict[str, Any]) -> tuple[str, str, str, str]:
    surface = text[record["char_start"] : record["char_end"]]
    return surface, record["id"], record["name"], record["backer"]


@pytest.mark.parametrize("case", CASES, ids=[row["id"] for row in CASES])
def test_case(case: Any) -> None:
    text = case["text"]
    records = read(text, case["country"])
    actors = [plain(text, r) for r in records if r["kind"] not in MARKED]
    assert actors == [expected(item) for item in case["actors"]]
    by = [plain(text, r) for r in records if r["kind"] in MARKED]
    for item in case["by"]:
        assert expected(item) in by


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 400
