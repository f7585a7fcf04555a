import contextlib
import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from datetime import date
from hashlib import sha1
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import corpus_stub
import tollbook
from tollbook.arrow import arrow_schema
from tollbook.cli import app
from tollbook.corpus.run import Listener, extract_corpus
from tollbook.errors import OutputError, TollbookError
from tollbook.tables import BULLETINS, COUNTS

LINES = [
    {"id": "a", "text": "2 killed", "day": "2024-05-01", "url": "u/1", "source": "radio"},
    {"id": "b", "text": "=3 killed", "day": "2024-05-02", "url": None, "source": "radio"},
    {"id": "c", "text": "refuse this"},
    {"id": "d", "text": "explode here"},
    {"id": "a", "text": "4 killed"},
    {"id": "e", "text": "9000000000000000000000 killed"},
    {"id": "f", "text": ""},
    {"id": "g", "text": "5 killed"},
]
KEPT = {"id_column": "id", "date_column": "day", "keep": ["url", "source"]}


@pytest.fixture(autouse=True)
def stub(monkeypatch):
    monkeypatch.setattr(tollbook, "extract", corpus_stub.extract)
    monkeypatch.setattr(tollbook, "load", corpus_stub.load)


@pytest.fixture
def texts(tmp_path):
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    return path


def more(path, first, last, ending="killed"):
    with path.open("a") as file:
        for number in range(first, last):
            text = f"{number} {ending} {sha1(str(number).encode()).hexdigest()}"
            file.write(json.dumps({"id": f"x{number}", "text": text}) + "\n")
    return path


def rejects(path):
    return [json.loads(line) for line in Path(path).read_text().splitlines()]


def ids(folder, table="bulletins"):
    found = []
    for path in sorted((folder / table).glob("*.parquet")):
        found += pq.read_table(path).column("doc_id").to_pylist()
    return found


def run(*args, **settings):
    return CliRunner().invoke(app, [str(arg) for arg in args], **settings)


# --- one file ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet", "a.sqlite", "a.duckdb", "out"])
def test_each_document_is_in_the_results_or_in_the_rejects(texts, tmp_path, name):
    report = extract_corpus(texts, tmp_path / name, **KEPT)
    assert (report.documents, report.counts, report.rejects) == (3, 3, 5)
    if name.endswith(("sqlite", "duckdb")):
        base = (sqlite3 if name.endswith("sqlite") else duckdb).connect(str(tmp_path / name))
        found = [row[0] for row in base.execute("select doc_id from bulletins").fetchall()]
        out = [dict(zip(("id", "source", "reason"), row, strict=True))
               for row in base.execute("select * from rejects").fetchall()]  # fmt: skip
        base.close()
    elif name == "out":
        found, out = ids(tmp_path / "out"), rejects(tmp_path / "out" / "rejects.jsonl")
    else:
        rows = {
            ".csv": lambda p: list(csv.DictReader(p.open())),
            ".jsonl": lambda p: [json.loads(line) for line in p.open()],
            ".parquet": lambda p: pq.read_table(p).to_pylist(),
        }[Path(name).suffix](tmp_path / name)
        found, out = [row["doc_id"] for row in rows], rejects(tmp_path / "a.rejects.jsonl")
        assert [row["kept_source"] or None for row in rows] == ["radio", "radio", None]
    assert found == ["a", "b", "g"]
    assert [line["id"] for line in out] == ["c", "d", "a", "e", "f"]
    assert [line["source"] for line in out] == [f"{texts}:{n}" for n in (3, 4, 5, 6, 7)]
    for line, expected in zip(
        out, ("refused", "RuntimeError: boom", f"that of {texts}:1, too", "column best", "empty"),
        strict=True,
    ):  # fmt: skip
        assert expected in line["reason"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_the_bulletins_table(texts, tmp_path):
    extract_corpus(texts, tmp_path / "a.parquet", per_bulletin=True, **KEPT)
    table = pq.read_table(tmp_path / "a.parquet")
    assert table.schema.equals(arrow_schema(BULLETINS.keeping(["url", "source"])))
    first = table.to_pylist()[0]
    assert (first["date"], first["source"], first["url"]) == (date(2024, 5, 1), f"{texts}:1", "u/1")
    assert [first[f"killed_{bound}"] for bound in ("low", "best", "high")] == [2, 2, 2]
    assert (first["killed_civilian_best"], first["killed_combatant_best"]) == (2, 0)
    assert (first["counts"], first["words"], first["findings"], first["error"]) == (1, 2, 0, None)


def test_a_database_has_real_types(texts, tmp_path):
    extract_corpus(texts, tmp_path / "a.sqlite", **KEPT)
    base = sqlite3.connect(tmp_path / "a.sqlite")
    row = base.execute("select best, typeof(best), region, implicit from counts").fetchone()
    assert row == (2, "integer", "[]", 0)
    base.close()
    extract_corpus(texts, tmp_path / "a.duckdb", **KEPT)
    base = duckdb.connect(str(tmp_path / "a.duckdb"))
    kinds = dict(base.execute("select column_name, data_type from information_schema.columns "
                              "where table_name = 'counts'").fetchall())  # fmt: skip
    assert (kinds["region"], kinds["since"], kinds["implicit"]) == ("VARCHAR[]", "DATE", "BOOLEAN")
    base.close()


@pytest.mark.parametrize("name", ["a.csv", "a.sqlite", "a.duckdb"])
def test_nothing_read_leaves_the_old_file(tmp_path, name):
    (tmp_path / "x.jsonl").write_text('{"text": "refuse"}\n')
    (tmp_path / name).write_text("old")
    assert extract_corpus(tmp_path / "x.jsonl", tmp_path / name).rejects == 1
    assert (tmp_path / name).read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "x.jsonl"])


def test_rejects_of_an_earlier_run_go(texts, tmp_path):
    extract_corpus(texts, tmp_path / "a.csv", **KEPT)
    assert (tmp_path / "a.rejects.jsonl").exists()
    extract_corpus(more(tmp_path / "b.jsonl", 0, 3), tmp_path / "a.csv")
    assert not (tmp_path / "a.rejects.jsonl").exists()


def test_an_unknown_option_of_a_file(texts, tmp_path):
    with pytest.raises(TollbookError, match="for a data set"):
        extract_corpus(texts, tmp_path / "a.csv", restart=True)
    with pytest.raises(TollbookError, match="exclude each other"):
        extract_corpus(texts, tmp_path / "out", restart=True, resume=True)


# --- a data set ----------------------------------------------------------------------------


def test_parts_open_everywhere(texts, tmp_path):
    out = tmp_path / "out"
    extract_corpus(more(texts, 0, 20), out, part=5, **KEPT)
    assert len(list((out / "counts").iterdir())) == 6
    pattern = f"{out}/counts/*.parquet"
    sums = duckdb.connect().execute(f"select count(*), sum(best) from '{pattern}'")
    assert sums.fetchone() == (23, 198)
    assert pl.read_parquet(pattern)["best"].sum() == 198
    assert pd.read_parquet(out / "counts")["best"].sum() == 198
    schema = pq.read_table(out / "counts" / "part-000000.parquet").schema
    assert schema.equals(arrow_schema(COUNTS.keeping(["url", "source"])))
    assert b"as stated" in schema.field("best").metadata[b"description"]
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["finished"]
    assert [part["documents"] + part["rejects"] for part in manifest["parts"]] == [5, 5, 5, 5, 5, 3]


def test_the_same_again_does_nothing(texts, tmp_path):
    out = tmp_path / "out"
    extract_corpus(texts, out, **KEPT)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.parquet")}
    report = extract_corpus(texts, out, **KEPT)
    assert (report.documents, report.rejects, report.skipped) == (0, 0, 8)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.parquet")} == before
    assert len(rejects(out / "rejects.jsonl")) == 5


class Stop(Listener):
    """Stops a run after some documents, as Ctrl-C does."""

    def __init__(self, after, error=KeyboardInterrupt):
        self.after, self.error = after, error

    def progress(self, report):
        if report.documents >= self.after:
            raise self.error


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_what_was_finished_is_not_done_again(tmp_path, error):
    texts, out = more(tmp_path / "x.jsonl", 0, 200), tmp_path / "out"
    with pytest.raises(error):
        extract_corpus(texts, out, id_column="id", part=10, listener=Stop(100, error))
    done = ids(out)
    assert done == [f"x{n}" for n in range(len(done))]
    assert 90 <= len(done) < 200
    (out / "counts" / ".part-000099").write_text("torn")
    (out / "bulletins" / "part-000099.parquet").write_text("torn")
    with (out / "rejects.jsonl").open("a") as file:
        file.write('{"id": "tor')
    report = extract_corpus(texts, out, id_column="id", part=10)
    assert (report.skipped, report.documents) == (len(done), 200 - len(done))
    assert ids(out) == ids(out, "counts") == [f"x{n}" for n in range(200)]
    assert rejects(out / "rejects.jsonl") == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text_column": "id"}, r"other settings \(text_column\)"),
        ({"keep": ["url"]}, r"other settings \(keep\)"),
        ({"per_bulletin": True}, r"other settings \(per_bulletin\)"),
        ({"settings": {"country": "SY"}}, r"other settings \(country\)"),
    ],
)
def test_settings_are_not_mixed(texts, tmp_path, change, reason):
    out = tmp_path / "out"
    extract_corpus(texts, out, id_column="id")
    with pytest.raises(OutputError, match=reason):
        extract_corpus(texts, out, id_column="id", **change)
    report = extract_corpus(texts, out, id_column="id", restart=True, **change)
    assert report.skipped == 0
    assert len(ids(out)) == report.documents


def test_versions_are_not_mixed(texts, tmp_path, monkeypatch):
    extract_corpus(texts, tmp_path / "out", id_column="id")
    monkeypatch.setattr("tollbook.corpus.manifest.version", lambda: "9.9")
    with pytest.raises(OutputError, match=r"made by tollbook 0.*, and this is 9\.9"):
        extract_corpus(texts, tmp_path / "out", id_column="id")


def test_more_input_is_read_when_told(texts, tmp_path):
    out = tmp_path / "out"
    extract_corpus(texts, out, id_column="id")
    more(texts, 0, 10)
    with pytest.raises(OutputError, match="from other input"):
        extract_corpus(texts, out, id_column="id")
    report = extract_corpus(texts, out, id_column="id", resume=True)
    assert (report.skipped, report.documents) == (8, 10)
    assert ids(out) == ["a", "b", "g", *(f"x{n}" for n in range(10))]


def test_a_folder_of_others_is_left_alone(texts, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"holds other things \(mine\.txt\)"):
        extract_corpus(texts, tmp_path / "out", restart=True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_two_runs_do_not_write_to_one_folder(texts, tmp_path):
    class Second(Listener):
        def progress(self, report):
            with pytest.raises(OutputError, match="another run is writing"):
                extract_corpus(texts, tmp_path / "out", **KEPT)

    extract_corpus(texts, tmp_path / "out", listener=Second(), **KEPT)


def test_a_data_set_is_no_input(texts, tmp_path):
    extract_corpus(tmp_path, tmp_path / "out", id_column="id")
    report = extract_corpus(tmp_path, tmp_path / "out", id_column="id")
    assert (report.skipped, report.documents) == (8, 0)


# --- the command ---------------------------------------------------------------------------


def test_the_command_writes_a_data_set(texts, tmp_path):
    args = ("extract", texts, "-o", f"{tmp_path}/out/", "--id-column", "id", "--workers", 0)
    result = run(*args, "--keep", "url,day")
    assert result.exit_code == 0, result.output
    assert "3 counts of 3 bulletins written to" in result.stderr
    assert f"error: {texts}:3: refused; say something else" in result.stderr
    assert "warning: 5 inputs left out: " in result.stderr
    again = run(*args, "--keep", "url", "--keep", "day")
    assert again.exit_code == 0
    assert "nothing left to do: 8 documents in" in again.stderr
    other = run(*args)
    assert other.exit_code == 2
    assert "go on all the same with --resume, or begin again with --restart" in other.stderr
    assert run(*args, "--restart").exit_code == 0


def test_a_wrong_column_ends_with_2_and_names_the_others(texts, tmp_path):
    (tmp_path / "a.csv").write_text("id,body\n1,Two died.\n")
    result = run("extract", tmp_path / "a.csv", "-o", tmp_path / "o.csv")
    assert result.exit_code == 2
    assert "there is no column 'text'; the columns are id, body" in result.stderr
    result = run("audit", tmp_path / "a.csv", "--text-column", "body", "--id-column", "id")
    assert result.exit_code == 0


def test_quiet(texts, tmp_path):
    result = run("extract", texts, "-q", "-o", tmp_path / "o.csv", "--id-column", "id")
    assert all(line.startswith(("error: ", "warning: 5")) for line in result.stderr.splitlines())
    result = run("extract", more(tmp_path / "y.jsonl", 0, 2), "-q", "-o", tmp_path / "o.csv")
    assert result.output == ""


def test_ctrl_c(tmp_path, monkeypatch):
    texts = more(tmp_path / "x.jsonl", 0, 50)
    monkeypatch.setattr("tollbook.cli.progress.Progress.progress", Stop(20).progress)
    result = run("extract", texts, "-o", tmp_path / "out", "-w", 0, "--id-column", "id")
    assert result.exit_code == 130
    assert "stopped; what is finished is whole; the same command goes on" in result.stderr
    assert len(ids(tmp_path / "out")) >= 16


def test_many_rejects_are_not_all_shown(tmp_path):
    texts = more(tmp_path / "x.jsonl", 0, 50, "refuse")
    result = run("extract", texts, "-o", tmp_path / "out", "-w", 0)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) < 25
    assert "50 inputs left out: see" in result.stderr


def test_a_line_now_and_then(tmp_path, monkeypatch):
    monkeypatch.setattr("tollbook.cli.progress._EVERY", 0.0)
    result = run("extract", more(tmp_path / "x.jsonl", 0, 40), "-o", tmp_path / "o.csv")
    assert "16 documents, " in result.stderr
    assert " words/s, " in result.stderr
    assert " left" in result.stderr


# --- Arrow ---------------------------------------------------------------------------------


def test_extract_batches():
    from tollbook.arrow import extract_batches

    batch = pa.record_batch(
        {"n": [1, 2, 3], "body": ["2 killed", "refuse", None], "u": ["x", "y", "z"]}
    )
    told = {"text_column": "body", "id_column": "n", "keep": ["u"], "settings": {"country": "SY"}}
    counts, none = extract_batches([batch, batch.slice(1, 0)], **told)
    assert counts.schema.equals(arrow_schema(COUNTS.keeping(["u"])))
    assert [(row["doc_id"], row["best"], row["u"]) for row in counts.to_pylist()] == [("1", 2, "x")]
    assert none.num_rows == 0
    (bulletins,) = extract_batches([batch], table="bulletins", **told)
    rows = bulletins.to_pylist()
    assert [row["doc_id"] for row in rows] == ["1", "2", "3"]
    assert [row["killed_best"] for row in rows] == [2, None, None]
    assert [row["error"] for row in rows] == [
        None, "refused; say something else", "'body' has no value; give it a text",
    ]  # fmt: skip
    with pytest.raises(TollbookError, match="'doc_id'; the columns are n, body, u"):
        next(extract_batches([batch]))


# --- killed, and full disks ----------------------------------------------------------------


def check(folder):
    """What is visible is whole, and nothing is there twice; how many documents are finished."""
    manifest = json.loads((folder / "manifest.json").read_text())
    for path in folder.glob("*/*.parquet"):
        pq.read_table(path)
    named = [part["name"] for part in manifest["parts"]]
    found = []
    for name in named:
        for table in ("counts", "bulletins"):
            rows = pq.read_table(folder / table / f"{name}.parquet")
        found += rows.column("doc_id").to_pylist()
    with (folder / "rejects.jsonl").open("rb") as file:
        lines = file.read(manifest["rejects"]).decode().splitlines()
    found += [json.loads(line)["id"] for line in lines]
    assert len(found) == len(set(found))
    return len(found)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_again_and_again_nothing_is_lost_or_done_twice(tmp_path):
    texts, out = tmp_path / "x.jsonl", tmp_path / "out"
    more(texts, 0, 600, "slow")
    more(texts, 600, 640, "refuse slow")
    more(texts, 640, 900, "slow")
    chance = random.Random(7)
    kills = before = rounds = 0
    while kills < 30 or not rounds:
        # a copy of this process: loading a new one would take most of the time
        child = os.fork()
        if not child:
            with contextlib.suppress(BaseException):
                extract_corpus(texts, out, id_column="id", part=30)
                os._exit(0)
            os._exit(1)
        deadline = time.monotonic() + chance.uniform(0.05, 0.7)
        while (ended := os.waitpid(child, os.WNOHANG))[0] == 0 and time.monotonic() < deadline:
            time.sleep(0.005)
        if ended[0] == 0:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            kills += 1
            if (out / "rejects.jsonl").exists():
                now = check(out)
                assert now >= before
                before = now
            continue
        assert ended[1] == 0
        assert check(out) == 900
        assert ids(out) == ids(out, "counts") == [f"x{n}" for n in (*range(600), *range(640, 900))]
        assert [line["id"] for line in rejects(out / "rejects.jsonl")] == [
            f"x{n}" for n in range(600, 640)
        ]
        rounds += 1
        out, before = tmp_path / f"out{rounds}", 0
    assert kills >= 30


@pytest.mark.parametrize("step", range(1, 12))
def test_a_disk_that_is_full_at_any_step(tmp_path, monkeypatch, step):
    import errno

    texts, out = more(tmp_path / "x.jsonl", 0, 60), tmp_path / "out"
    done = {"steps": 0}
    real = os.fsync

    def fsync(handle):
        done["steps"] += 1
        if done["steps"] == step:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with contextlib.suppress(OutputError):
        extract_corpus(texts, out, id_column="id", part=20)
    assert done["steps"] >= step
    if (out / "rejects.jsonl").exists():
        check(out)
    extract_corpus(texts, out, id_column="id", part=20)
    assert check(out) == 60
    assert ids(out) == ids(out, "counts") == [f"x{n}" for n in range(60)]


@pytest.fixture
def small_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(disk)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system may be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("name", ["out", "a.csv", "a.jsonl", "a.parquet", "a.sqlite", "a.duckdb"])
def test_a_full_disk(tmp_path, small_disk, name):
    texts, out = more(tmp_path / "x.jsonl", 0, 2000 if name == "out" else 5000), small_disk / name
    with pytest.raises(OutputError) as caught:
        extract_corpus(texts, out, id_column="id", part=20)
    assert any(words in str(caught.value).lower() for words in ("no space", "full", "space left"))
    if name == "out":
        done = check(out)
        assert 0 < done < 2000
        subprocess.run(["mount", "-o", "remount,size=100m", str(small_disk)], check=True)
        assert extract_corpus(texts, out, id_column="id", part=20).skipped == done
        assert check(out) == 2000
    else:
        assert list(small_disk.iterdir()) == []
