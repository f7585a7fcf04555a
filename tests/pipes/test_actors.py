"""Actors in running text: every case of tests/data/actors.csv, and the component around them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span

from tollbook.pipes.actors import find
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
    assert sum(not row["actors"] for row in CASES) >= 100


def test_record_fields() -> None:
    (record,) = read("Nine members of “Liwaa Al-Quds” were killed.")
    assert record == {
        "start": 4,
        "end": 8,
        "char_start": 17,
        "char_end": 30,
        "id": "liwa-al-quds",
        "name": "Liwaa Al-Quds",
        "text": "Liwaa Al-Quds",
        "kind": "named",
        "type": "militia",
        "parent": "syria-government",
        "country": "SY",
        "backer": "",
        "guideline": True,
        "adjective": False,
        "rule": "actor:liwa-al-quds",
    }


@pytest.mark.parametrize(
    ("text", "kind", "adjective"),
    [
        ("JNIM attacked.", "named", False),
        ("RSF shells fell.", "named", True),
        ("Iraqi policemen died.", "generic", False),
        ("Israeli drones attacked.", "state", True),
        ("Israel attacked.", "state", False),
        ("The attack by Israel failed.", "state", False),
        ("An attack by the Krache Dife gang.", "shape", False),
        ("Iran-backed militiamen died.", "backed", False),
        ("Gunmen attacked.", "perpetrator-noun", False),
    ],
)
def test_kind(text: str, kind: str, adjective: bool) -> None:
    record = read(text)[0]
    assert (record["kind"], record["adjective"]) == (kind, adjective)


def test_regions_vote_for_the_country() -> None:
    words = Words.of(NLP("Israel bombed Kiswa; two regime soldiers died; Israel denied it."))
    region = {"start": 2, "end": 3, "country": "SY"}
    assert [r["id"] for r in find(words, regions=[region]) if r["kind"] == "generic"] == [
        "syria-government"
    ]


def test_mended_word() -> None:
    doc = NLP("Two IS-IS cells attacked.")
    words = Words._read(doc)
    words.mend(1, 4, "isis")
    (record,) = find(words)
    assert (record["id"], record["start"], record["end"]) == ("isis", 1, 4)


def test_a_place_names_no_fighters() -> None:
    words = Words.of(NLP("Two Kiswara fighters died."))
    assert [r["name"] for r in find(words) if r["kind"] == "shape"] == ["Kiswara"]
    region = {"start": 1, "end": 2, "country": "SY"}
    assert [r["name"] for r in find(words, regions=[region]) if r["kind"] == "shape"] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "“",
        "al-",
        "the “",
        "pro-",
        "Iranian-backed",
        "members of “",
        "backed by the",
        "Islamic\nState\n\nof",
        "(ISIS (ISIS) ) (",
        "front gang militia of of of",
        "Kataib",
        "Brigade Army Front",
        "US US-led UK/US-backed \u200b",
        "Turkish and Russian and",
    ],
)
def test_odd_texts(text: str) -> None:
    last = 0
    for record in read(text):
        assert record["start"] >= last
        assert record["end"] > record["start"]
        last = record["end"]
        assert json.loads(json.dumps(record)) == record


def test_records_are_ordered_and_apart_in_all_cases_joined() -> None:
    doc = NLP("\n\n".join(row["text"] for row in CASES))
    words = Words.of(doc)
    last = 0
    for record in find(words):
        assert record["start"] >= last
        span = words.span(doc, record["start"], record["end"], "ACTOR")
        assert (span.start_char, span.end_char) == (record["char_start"], record["char_end"])
        last = record["end"]


def component(**settings: Any) -> spacy.language.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("tollbook_actors", config=settings)
    return nlp


def test_component_sets_spans_and_entities() -> None:
    nlp = component()
    doc = nlp("Gunmen and regime forces shot at Hezbollah in Lebanon.")
    assert [(span.text, span.label_) for span in doc.spans["actors"]] == [
        ("Gunmen", "ACTOR"),
        ("regime forces", "ACTOR"),
        ("Hezbollah", "ACTOR"),
        ("Lebanon", "ACTOR"),
    ]
    assert [ent.text for ent in doc.ents] == ["regime forces", "Hezbollah"]
    assert doc.spans["actors"][2].id_ == "actor:hezbollah"


def test_round_trips() -> None:
    nlp = component()
    doc = nlp("Three YPG fighters and ten Iraqi soldiers died.")
    attrs = doc.spans["actors"].attrs["actors"]
    assert [record["id"] for record in attrs] == ["ypg", "iraq-forces"]
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again.spans["actors"].attrs["actors"] == attrs
    (packed,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert [span.text for span in packed.spans["actors"]] == ["YPG", "Iraqi soldiers"]


@pytest.mark.parametrize(("overwrite", "labels"), [(True, ["ACTOR"]), (False, ["ORG"])])
def test_entities_of_others(overwrite: bool, labels: list[str]) -> None:
    nlp = component(overwrite_ents=overwrite)
    doc = nlp.make_doc("Al Qaeda attacked.")
    doc.ents = (Span(doc, 0, 2, label="ORG"),)
    doc = nlp.get_pipe("tollbook_actors")(doc)
    assert [ent.label_ for ent in doc.ents] == labels


def test_country_setting() -> None:
    nlp = component(country="MM")
    (record, *_) = nlp("Regime forces died.").spans["actors"].attrs["actors"]
    assert record["id"] == "myanmar-military"


def test_user_table(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "id,name,aliases,type,country,interaction,off\n"
        "moon-guard,Moon Guard,Selenites;lunar guard,militia,SY,3,\n"
        "isis,,Caliphate Boys,,,,\n"
        "hamas,,,,,,yes\n",
        encoding="utf-8",
    )
    nlp = component(actors=str(path))
    doc = nlp("Selenites and a lunar guard fought Caliphate Boys, Hamas and ISIS.")
    assert [r["id"] for r in doc.spans["actors"].attrs["actors"]] == [
        "moon-guard",
        "moon-guard",
        "isis",
    ]
    assert [r["id"] for r in read("Hamas and ISIS fought.")] == ["hamas", "isis"]


def test_bad_user_table(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("id,name,type,interaction\nx,X Front,army,2\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"bad.csv, line 2, column 'type'"):
        component(actors=str(path))


def test_unknown_setting() -> None:
    with pytest.raises(ValueError, match="colour"):
        component(colour="red")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the separatist Free Kanem Front killed two", ["Free Kanem Front"]),
        ("gunmen of the Movement for the Defence of Tibesti died",
         ["Movement for the Defence of Tibesti"]),
        ("12 fighters of the Al-Qaeda-linked JNIM died", ["JNIM"]),
        ("the Lahu People's Liberation Front fired", ["Lahu People's Liberation Front"]),
        ("3 UFC fighters died, the Union of Forces for Change (UFC) said",
         3 * ["Union of Forces for Change"]),
        ("members of the outlawed National Republican Front were shot",
         ["National Republican Front"]),
        ("a separatist was shot by the Security Council", []),
    ],
)  # fmt: skip
def test_names_that_no_table_has(text: str, names: list[str]) -> None:
    found = read(text)
    assert [a["name"] for a in found if a["kind"] in ("named", "shape")] == names
