"""Places in running text: every case of tests/data/places.csv, and the component around them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span

from tollbook.pipes.regions import find
from tollbook.rules.loader import Column, Row, Table, load
from tollbook.words import Words

CASES = load(
    Table(
        "cases",
        (
            Column("id", required=True),
            Column("text", required=True),
            Column("places", "list"),
            Column("country"),
            Column("xfail"),
        ),
    ),
    Path(__file__).parents[1] / "data" / "places.csv",
)
NLP = spacy.blank("en")


def read(text: str, country: str = "") -> list[dict[str, Any]]:
    doc = NLP(text)
    return find(Words.of(doc), country=country)


def expected(row: Row) -> list[tuple[str, list[str]]]:
    pairs = (item.rpartition(">") for item in row["places"])
    return [(text, [] if codes == "-" else codes.split("+")) for text, _, codes in pairs]


def judge(row: Row) -> tuple[int, int, int]:
    """Places right, found and wanted; a place without a code counts only where it is wanted."""
    wanted = expected(row)
    bare = {text for text, codes in wanted if not codes}
    found = [
        record
        for record in read(row["text"], row["country"])
        if record["codes"] or any(text in record["text"] for text in bare)
    ]
    right = 0
    left = list(found)
    for text, codes in wanted:
        for record in left:
            if text in record["text"] and record["codes"] == codes:
                right += 1
                left.remove(record)
                break
    return right, len(found), len(wanted)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row,
            id=row["id"],
            marks=[pytest.mark.xfail(reason=row["xfail"], strict=True)] if row["xfail"] else [],
        )
        for row in CASES
    ],
)
def test_case(row: Row) -> None:
    records = read(row["text"], row["country"])
    right, found, wanted = judge(row)
    assert right == found == wanted, [(record["text"], record["codes"]) for record in records]


def test_precision_and_recall(record_property: Any) -> None:
    total: Counter[str] = Counter()
    for row in CASES:
        right, found, wanted = judge(row)
        total.update(right=right, found=found, wanted=wanted)
    precision, recall = total["right"] / total["found"], total["right"] / total["wanted"]
    record_property("precision", precision)
    record_property("recall", recall)
    print(f"places: precision {precision:.3f}, recall {recall:.3f} of {total['wanted']}")
    assert precision >= 0.97
    assert recall >= 0.97


def test_there_are_enough_cases_of_every_kind() -> None:
    assert len(CASES) >= 400
    assert sum(not row["places"] for row in CASES) >= 40
    countries = {code[:2] for row in CASES for _, codes in expected(row) for code in codes}
    wanted = (
        "SY IQ LB IL PS YE UA RU TR AF PK IN MM NG ML BF NE SO SD SS ET CD CM CF MZ CO "
        "MX HT EC PH TH"
    )
    assert set(wanted.split()) <= countries


PASSAGES = [
    (
        "Cabo Delgado weekly summary. Insurgents attacked Macomia. Mocímboa da Praia was quiet. "
        "Two more died in Palma.",
        {"Palma": ["MZ-P"]},
    ),
    (
        "Iraq factbox.\n\n* HILLA - A bomber killed 24.\n\n* MOSUL - Two policemen were shot.",
        {"HILLA": ["IQ-BB"], "MOSUL": ["IQ-NI"]},
    ),
    (
        "Armed groups in Nigeria killed 14 in Borno State. A second raid hit Victoria.",
        {},
    ),
]


@pytest.mark.parametrize(("text", "codes"), PASSAGES)
def test_a_document_is_about_its_country(text: str, codes: dict[str, list[str]]) -> None:
    records = read(text)
    got = {record["text"]: record["codes"] for record in records}
    for name, wanted in codes.items():
        assert got[name] == wanted
    countries = {code[:2] for record in records for code in record["codes"]}
    assert len(countries) == 1


@pytest.mark.parametrize(
    ("country", "code"), [("LB", "LB-AS"), ("LY", "LY-TB")], ids=["Lebanon", "Libya"]
)
def test_the_country_given_decides(country: str, code: str) -> None:
    (record,) = read("Four were killed in Tripoli.", country)
    assert record["codes"] == [code]


def test_a_foreign_name_needs_its_country() -> None:
    text = "Syrian regime forces shelled Idlib and Hama. A monitor sat in {}."
    assert [r["codes"] for r in read(text.format("Bilbao"))][-1] != ["ES-PV"]
    assert [r["codes"] for r in read(text.format("Bilbao, Spain"))][-2:] == [["ES-PV"], []]


def test_places_hold_character_offsets() -> None:
    text = "“Clashes” in Al-Raqqah province, and near Şırnak, Turkey."
    for record in read(text):
        assert text[record["char_start"] : record["char_end"]] == record["text"]


def test_a_dateline_is_marked() -> None:
    first, *rest = read("OUAGADOUGOU, Aug 4 - Gunmen killed 40 at Djibo, Burkina Faso.")
    assert first["dateline"]
    assert not any(record["dateline"] for record in rest)


def test_component_writes_spans_and_entities() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tollbook_regions")
    doc = nlp("Clashes in Mosul, Iraq, and in the Syrian desert")
    assert [(ent.text, ent.label_) for ent in doc.ents][:2] == [
        ("Mosul", "REGION"),
        ("Iraq", "REGION"),
    ]
    records = doc.spans["regions"].attrs["regions"]
    assert [record["kind"] for record in records] == ["town", "country", "area"]
    json.dumps(records)
    bins = DocBin(store_user_data=True, docs=[doc])
    (again,) = DocBin().from_bytes(bins.to_bytes()).get_docs(nlp.vocab)
    assert again.spans["regions"].attrs["regions"] == records
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes()).spans["regions"].attrs["regions"] == records


def test_other_entities_stay_where_they_do_not_overlap() -> None:
    nlp = spacy.blank("en")
    pipe = nlp.add_pipe("tollbook_regions")
    doc = nlp.make_doc("Ahmad died in Mosul")
    doc.ents = [Span(doc, 0, 1, label="PERSON"), Span(doc, 3, 4, label="GPE")]
    assert [ent.label_ for ent in pipe(doc).ents] == ["PERSON", "REGION"]  # type: ignore[operator]


def test_overwrite_ents_off_keeps_entities() -> None:
    nlp = spacy.blank("en")
    pipe = nlp.add_pipe("tollbook_regions", config={"overwrite_ents": False})
    doc = nlp.make_doc("Ahmad died in Mosul")
    doc.ents = [Span(doc, 3, 4, label="GPE")]
    assert [ent.label_ for ent in pipe(doc).ents] == ["GPE"]  # type: ignore[operator]


def test_a_country_that_is_no_code_is_refused() -> None:
    with pytest.raises(ValueError, match="ISO 3166-1"):
        spacy.blank("en").add_pipe("tollbook_regions", config={"country": "Syria"})


@pytest.mark.parametrize("text", ["", " ", "\n\n", "12 killed.", "–", "Al-", "#", "al- al- al-"])
def test_odd_texts_give_nothing(text: str) -> None:
    assert read(text) == []
