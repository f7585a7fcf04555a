"""The table of actors: what it holds, that its examples hold, and that bad rows are refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import spacy

from tollbook.pipes.actors import find
from tollbook.rules.actors import (
    ACTORS,
    PATTERNS,
    Phrases,
    fold,
    lexicon,
    pieces,
    read_actors,
)
from tollbook.rules.loader import RuleError, data_path, load, read
from tollbook.words import Words

GUIDELINES = """
isis syria-government iran-backed-militias irgc hezbollah liwa-al-quds national-defence-forces
sdf ypg hts syrian-national-army turkey russia israel us-coalition al-qaeda taliban boko-haram
iswap al-shabaab houthis hamas islamic-jihad ukraine-forces iraq-forces pmf pkk
"""
CONFLICTS = """
SY IQ LB IL PS YE UA RU TR AF PK IN MM NG ML BF NE SO SD SS ET CD CM CF MZ CO MX HT EC PH TH LY EG
KE TD AM AZ
"""
ROWS = read_actors()
EXAMPLES = [(row["id"], text) for row in ROWS for text in row["examples"]]
NLP = spacy.blank("en")


def test_guideline_ids() -> None:
    assert sorted(row["id"] for row in ROWS if row["guideline"]) == sorted(GUIDELINES.split())


def test_size_and_reach() -> None:
    assert len(ROWS) >= 350
    countries = {code for row in ROWS for code in row["country"]}
    assert countries >= set(CONFLICTS.split())


def test_columns_are_sound() -> None:
    for row in ROWS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]), row["id"]
        for code in row["country"]:
            assert re.fullmatch(r"[A-Z]{2}", code), row["id"]
        assert not set(row["backer"]) & set(";|"), row["id"]
        assert row["parent"] != row["id"]


def test_every_guideline_id_has_an_example() -> None:
    assert set(GUIDELINES.split()) <= {ident for ident, _ in EXAMPLES}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_spelling_is_found(row: Any) -> None:
    """Each spelling finds its row, where the country is known and no other row claims it."""
    lex = lexicon()
    for alias in (row["name"], *row["aliases"]):
        if alias[0] == "!" or f"!{alias}" in row["aliases"]:
            continue
        text = alias.lstrip("?~+")
        if len(lex.meanings(text)) > 1:
            assert row["id"] in lex.meanings(text)
            continue
        country = row["country"][0] if row["country"] else ""
        records = find(Words.of(NLP(f"It says {text} did so.")), country)
        assert row["id"] in {record["id"] for record in records}, alias


def test_no_spelling_stands_in_two_rows_of_one_country() -> None:
    """The country must be able to tell two rows apart."""
    for key, entries in lexicon().named.entries.items():
        for position, entry in enumerate(entries):
            for other in entries[position + 1 :]:
                if entry.case == other.case:
                    both = set(entry.value.country) & set(other.value.country)  # type: ignore[attr-defined]
                    assert not both, (key, both)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Liwaa Al-Quds", "liwa el quds"),
        ("Hay’at Tahrir al-Sham", "Hayat Tahrir Al Sham"),
        ("Ansar ash-Sharia", "Ansar Sharia"),
        ("Séléka", "Seleka"),
        ("People's Defence", "People Defence"),
        ("Boko Haram", "Boko-Haram"),
        ("SPLM/A-IO", "SPLM A IO"),
    ],
)
def test_folded_alike(one: str, other: str) -> None:
    assert pieces(one) == pieces(other)


@pytest.mark.parametrize(("one", "other"), [("PKK", "PK"), ("400", "40"), ("ISIS", "IS")])
def test_folded_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_resolve() -> None:
    lex = lexicon()
    assert lex.resolve("Kurdistan Workers' Party") == "pkk"
    assert lex.resolve("isis") == "isis"
    assert lex.resolve("Nobody") == ""


def test_empty_spelling() -> None:
    with pytest.raises(ValueError, match="holds no word"):
        Phrases().add("?-", "x")


def test_unknown_parent(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,name,type,interaction,parent\nx,X Front,rebel,2,nobody\n")
    with pytest.raises(RuleError, match=r"mine.csv, line 2, column 'parent': 'nobody'"):
        read_actors(str(path))


def test_patterns_load() -> None:
    rows = load(PATTERNS, data_path("en/actor_patterns.csv"))
    known = {row["id"] for row in read(ACTORS, data_path("en/actors.csv"))}
    for row in rows:
        if row["actor"]:
            assert row["actor"] in known, row["id"]


def test_a_state_has_one_code() -> None:
    lex = lexicon()
    assert lex.by_country["SY"].actor == "syria-government"
    assert lex.by_country["NG"].actor == ""
    assert len(lex.by_country) >= 150


def test_lexicon_is_read_once() -> None:
    assert lexicon() is lexicon()
