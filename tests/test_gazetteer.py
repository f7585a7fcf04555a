"""Spellings made equal, the tables of places and the index of towns, and a user's own table."""

from __future__ import annotations

import threading
import time
import tracemalloc
import zlib
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from tollbook import gazetteer
from tollbook.gazetteer import Gazetteer, Towns, fold, join, key_of, split_article
from tollbook.pipes.regions import find
from tollbook.rules import places as tables
from tollbook.rules.loader import RuleError, data_path
from tollbook.words import Words

NLP = spacy.blank("en")

SPELLINGS = [
    ("Deir ez-Zor", "Deir Al-Zor", "Deir al Zor"),
    ("Deir Ezzor", "DeirEzzor", "Deir ezZor", "#DeirEzzor"),
    ("Al-Hasakah", "al Hasaka", "HASAKAH", "Hasaka"),
    ("Ma'rib", "MA’RIB", "Marib"),
    ("Şırnak", "Sirnak", "ŞIRNAK"),
    ("Al-Raqqah", "Raqqah", "Raqqa", "AL-RAQQA", "ar-Raqqah"),
    ("Jisr al-Shughur", "Jisr ash-Shughur", "Jisr Al Shughur"),
    ("Mocímboa da Praia", "Mocimboa da Praia"),
    ("Fada N'Gourma", "Fada N’gourma", "Fada-Ngourma"),
    ("Gonaïves", "Gonaives"),
]


@pytest.mark.parametrize("names", SPELLINGS, ids=[names[0] for names in SPELLINGS])
def test_spellings_of_one_name_have_one_key(names: tuple[str, ...]) -> None:
    assert len({key_of(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Homs", "Hama"), ("Tal Abyad", "Tal Brak"), ("Mali", "Male"), ("Adra", "Dara")],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("Al-Raqqah", True),
        ("al Raqqah", True),
        ("El Paso", True),
        ("Ar-Raqqah", True),
        ("Ad Dana", False),
        ("Deir ez-Zor", False),
        ("Alma", False),
    ],
)
def test_only_a_leading_article_is_told(name: str, article: bool) -> None:
    assert split_article(name)[1] is article


def test_join_drops_a_letter_doubled_at_the_seam() -> None:
    assert join("deir", "rut") == "deirut"
    assert join("", "zor") == "zor"


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold[text]
    assert fold[once] == once or not once.isascii() or once.endswith("ah")
    assert key_of(text) is not None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Mosul", "IQ-NI"),
        ("Kupiansk", "UA-63"),
        ("Jisr al-Shughur", "SY-ID"),
        ("Rif Dimashq", "SY-RD"),
        ("Rural Damascus", "SY-RD"),
        ("Deir Ezzor", "SY-DY"),
        ("Dayr az-Zawr", "SY-DY"),
        ("Bab Touma", "SY-DI"),
    ],
)
def test_names_known(name: str, code: str) -> None:
    readings, _ = Gazetteer.of().node(key_of(name))
    assert code in {place.codes[0] for place in readings if place.codes}


def test_syrian_regions_have_p_codes() -> None:
    codes = {row["pcode"] for row in tables.regions() if row["id"].startswith("SY-")}
    assert {f"SY{number:02d}" for number in range(1, 15)} <= codes


def test_every_country_has_regions_and_every_code_is_one_of_them() -> None:
    rows = tables.regions()
    codes = {row["code"] for row in rows}
    assert len({code[:2] for code in codes}) > 180
    for row in tables.places():
        assert set(row["codes"]) <= codes, row["id"]
        if row["country"] and row["codes"]:
            assert {code[:2] for code in row["codes"]} == {row["country"]}


def test_places_of_kind_area_give_no_code() -> None:
    assert not [row["id"] for row in tables.places() if row["kind"] == "area" and row["codes"]]


def test_the_examples_beside_the_words_stand() -> None:
    words = tables.words()
    assert set(words) == set(tables.ROLES)
    assert all(words[role] for role in tables.ROLES)


# -- the index of towns ------------------------------------------------------------------


def test_an_index_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "towns.bin"
    path.write_bytes(b"key\tSY-HI:5:")
    with pytest.raises(ValueError, match="is not an index of towns"):
        Towns(path)


def test_the_index_is_searched_in_place(tmp_path: Path) -> None:
    path = tmp_path / "towns.bin"
    lines = "# comment\naba\tSY-HI:5:\nabadan\tIR-06:2000: SY-HL:1:aw\nzor\tSY-DY:10:d\n"
    path.write_bytes(zlib.compress(lines.encode()))
    towns = Towns(path)
    assert len(towns) == 3
    (place,), longer = towns.find("aba")
    assert (place.codes, place.size, longer) == (("SY-HI",), 500, True)
    first, second = towns.find("abadan")[0]
    assert (first.country, second.article, second.common) == ("IR", True, True)
    assert towns.find("zor")[0][0].district
    assert towns.find("ab") == ((), True)
    assert towns.find("zz") == ((), False)


def test_it_credits_geonames() -> None:
    data = zlib.decompress(data_path("towns.bin").read_bytes())
    assert data.startswith(b"# Towns: GeoNames (https://www.geonames.org), CC BY 4.0")


# -- a user's table --------------------------------------------------------------------------


def write(path: Path, *lines: str) -> str:
    path.write_text("\n".join(("id,code,name,names,off", *lines)) + "\n", encoding="utf-8")
    return str(path)


def codes(text: str, regions: str | None = None) -> list[list[str]]:
    doc = NLP(text)
    return [r["codes"] for r in find(Words.of(doc), gazetteer=Gazetteer.of(regions)) if r["codes"]]


def test_a_users_rows_are_added(tmp_path: Path) -> None:
    table = write(tmp_path / "mine.csv", "my-1,SY-HI,Wadi Xanthos,Wadi Xanthos;Oued Xanthos,")
    assert codes("Clashes at Oued Xanthos killed two.") == []
    assert codes("Clashes at Oued Xanthos killed two.", table) == [["SY-HI"]]
    assert codes("Clashes in Mosul.", table) == [["IQ-NI"]]


def test_a_row_is_overridden_by_its_id(tmp_path: Path) -> None:
    table = write(tmp_path / "mine.csv", "SY-HI,SY-HI,Homs,Xomsia,")
    assert codes("A blast in Xomsia killed two.", table) == [["SY-HI"]]
    assert codes("A blast in Xomsia killed two.") == []


def test_a_row_is_switched_off(tmp_path: Path) -> None:
    table = write(tmp_path / "mine.csv", "SY-SU,,,,yes")
    readings, _ = Gazetteer.of(table).node(key_of("Suwayda"))
    assert not [place for place in readings if place.kind == "region"]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("my-1,Homs,X,Xanthos,", "code", "no ISO 3166-2 code"),
        ("my-1,sy-hi,X,Xanthos,", "code", "no ISO 3166-2 code"),
        ("my-1,,X,Xanthos,", "code", "is required"),
        (",SY-HI,X,Xanthos,", "id", "needs an id"),
        ("my-1,SY-HI,X,Xanthos,no", "off", "neither 'yes' nor empty"),
        ("my-9,,,,yes", "off", "not there to be switched off"),
        ("my-1,SY-HI,X", "", "cells"),
    ],
)
def test_a_faulty_row_is_refused(tmp_path: Path, line: str, column: str, reason: str) -> None:
    table = write(tmp_path / "mine.csv", "good,SY-HI,Fine,Fine Place,", line)
    with pytest.raises(RuleError, match=reason) as caught:
        Gazetteer.of(table)
    error = caught.value
    assert (error.file, error.line, error.column) == ("mine.csv", 3, column)


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Gazetteer.of(str(tmp_path / "none.csv"))


def test_the_pipe_takes_a_users_table(tmp_path: Path) -> None:
    table = write(tmp_path / "mine.csv", "my-1,SY-HI,Wadi Xanthos,Wadi Xanthos,")
    nlp = spacy.blank("en")
    nlp.add_pipe("tollbook_regions", config={"regions": table})
    (record,) = nlp("Two died in Wadi Xanthos.").spans["regions"].attrs["regions"]
    assert record["codes"] == ["SY-HI"]


# -- loaded once -----------------------------------------------------------------------------


def test_load_time_and_memory(capsys: pytest.CaptureFixture[str]) -> None:
    tracemalloc.start()
    begin = time.perf_counter()
    loaded = Gazetteer(tables.regions(), tables.places(), Towns(data_path("towns.bin")))
    seconds = time.perf_counter() - begin
    size = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    with capsys.disabled():
        print(f"\ngazetteer: {seconds:.2f} s under tracing, {size:.0f} MB")
    assert 5 < size < 60
    assert loaded.node("homs")[0]


def test_threads_share_one_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    init = Gazetteer.__init__

    def counting(self: Gazetteer, *args: object) -> None:
        made.append(1)
        init(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Gazetteer, "__init__", counting)
    gazetteer._gazetteer.cache_clear()
    gates = threading.Barrier(4)
    found: list[Gazetteer] = []

    def work() -> None:
        gates.wait()
        found.append(Gazetteer.of())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(item) for item in found}) == 1
    assert len(made) == 1
