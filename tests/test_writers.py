import csv
import json
import os
import stat
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tollbook import tables, writers
from tollbook.arrow import arrow_schema
from tollbook.errors import OutputError
from tollbook.schema import COUNT_FIELDS, Count
from tollbook.writers import ENDINGS, guard, open_writer, write_rows

COUNTS = (
    Count(
        doc_id="Ünï",
        count_id="c1",
        measure="killed",
        best=16,
        low=16,
        text="at least 16",
        start=3,
        end=14,
        implicit=False,
        traits=("child", "truffle picker"),
        region=("SY-HI", "SY-DY"),
        since=date(2024, 1, 1),
        sentence='- "At least 16",\nhe said; قتل',
    ),
    Count(doc_id="=1+1", count_id="c2", part_of="c1", measure="injured", implicit=True),
)
ROWS = [count.to_row() for count in COUNTS]


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv(tmp_path):
    assert write_rows(ROWS, tmp_path / "a.csv") == 2
    first, second = read_csv(tmp_path / "a.csv")
    assert tuple(first) == COUNT_FIELDS
    assert first["doc_id"] == "Ünï"
    assert (first["best"], first["high"], first["start"]) == ("16", "", "3")
    assert first["traits"] == "child;truffle picker"
    assert (first["since"], first["until"]) == ("2024-01-01", "")
    assert (first["implicit"], second["implicit"]) == ("false", "true")
    assert first["sentence"] == "'" + ROWS[0]["sentence"]
    assert second["doc_id"] == "'=1+1"
    assert (second["traits"], second["region"]) == ("", "")
    assert b"\r" not in (tmp_path / "a.csv").read_bytes()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_guarded_and_come_back(start):
    for text in (f"{start}1", f"'{start}1", f"''{start}1"):
        assert guard(text) == "'" + text
    for text in ("", "a=1", "'a", "16", " =1"):
        assert guard(text) == text


def test_guard_covers_joined_lists(tmp_path):
    row = Count(traits=("=a", "b;c")).to_row()
    write_rows([row], tmp_path / "a.csv")
    assert read_csv(tmp_path / "a.csv")[0]["traits"] == "'=a;b,c"


def test_jsonl(tmp_path):
    write_rows(ROWS, tmp_path / "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = map(json.loads, lines)
    assert tuple(first) == COUNT_FIELDS
    assert first["traits"] == ["child", "truffle picker"]
    assert first["since"] == "2024-01-01"
    assert first["sentence"] == ROWS[0]["sentence"]
    assert second["doc_id"] == "=1+1"
    assert (second["best"], second["region"], second["implicit"]) == (None, [], True)
    assert "قتل" in lines[0]


def test_parquet(tmp_path):
    write_rows(ROWS, tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    assert table.to_pylist() == ROWS
    assert table.schema.equals(arrow_schema())
    assert table.schema.field("since").type == pa.date32()
    assert table.schema.field("best").type == pa.int64()
    assert table.schema.field("region").type == pa.list_(pa.string())
    assert table.schema.field("implicit").type == pa.bool_()
    assert not table.schema.field("measure").nullable
    assert table.schema.field("low").nullable
    assert b"as stated" in table.schema.field("best").metadata[b"description"]


def test_parquet_in_several_groups(tmp_path, monkeypatch):
    monkeypatch.setattr(writers, "ROW_GROUP", 2)
    assert write_rows([ROWS[0]] * 5, tmp_path / "a.parquet") == 5
    file = pq.ParquetFile(tmp_path / "a.parquet")
    assert (file.num_row_groups, file.metadata.num_rows) == (3, 5)


def test_every_column_is_described():
    assert tables.COUNTS.names == COUNT_FIELDS
    for table in (tables.COUNTS, tables.BULLETINS):
        assert len(set(table.names)) == len(table.columns)
        assert all(column.says for column in table.columns)


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_rows_is_a_whole_file(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    assert write_rows([], path) == 0
    if ending == ".parquet":
        assert pq.read_table(path).schema.equals(arrow_schema())
    if ending == ".csv":
        assert path.read_text() == ",".join(COUNT_FIELDS) + "\n"


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    path.write_text("old")

    def rows():
        yield ROWS[0]
        raise KeyError

    with pytest.raises(KeyError):
        write_rows(rows(), path)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == [path.name]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_complete_file_replaces_the_old_one(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    path.write_text("old")
    path.chmod(0o640)
    with open_writer(path) as writer:
        writer.write(ROWS[:1])
        assert path.read_text() == "old"
        writer.write(ROWS[1:])
    assert writer.rows == 2
    assert path.read_bytes() != b"old"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == [path.name]


def test_a_new_file_has_the_usual_permissions(tmp_path):
    (tmp_path / "usual").touch()
    write_rows(ROWS, tmp_path / "a.CSV")
    modes = {file.stat().st_mode for file in tmp_path.iterdir()}
    assert len(modes) == 1


def test_a_link_is_followed(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "a.csv").symlink_to(tmp_path / "real" / "b.csv")
    write_rows(ROWS, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").is_symlink()
    assert len(read_csv(tmp_path / "real" / "b.csv")) == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.xlsx", "unknown ending '.xlsx'; use .csv, .jsonl or .parquet"),
        ("a", "no ending; use .csv, .jsonl or .parquet"),
        ("no/a.csv", "there is no folder"),
        ("folder.csv", "this is a folder"),
    ],
)
def test_bad_targets(tmp_path, name, message):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(OutputError) as caught:
        write_rows(ROWS, tmp_path / name)
    assert message in str(caught.value)
    assert str(tmp_path / name) in str(caught.value)
    assert os.listdir(tmp_path) == ["folder.csv"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_lone_surrogates_are_named(tmp_path, ending):
    bad = Count(doc_id="d7", count_id="c3", sentence="a\ud800").to_row()
    with pytest.raises(OutputError, match=r"surrogate|column sentence"):
        write_rows([bad], tmp_path / f"a{ending}")
    assert os.listdir(tmp_path) == []


def test_a_figure_too_large_for_parquet(tmp_path):
    with pytest.raises(OutputError, match="column best"):
        write_rows([Count(best=10**30).to_row()], tmp_path / "a.parquet")
    assert os.listdir(tmp_path) == []
    write_rows([Count(best=10**30).to_row()], tmp_path / "a.jsonl")
