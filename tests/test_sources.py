import csv
import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tollbook.corpus.columns import Columns
from tollbook.corpus.sources import Sources, read_documents
from tollbook.errors import TollbookError
from tollbook.readers import Document, Rejected

ROWS = [
    {"id": "a", "body": "Two died in Cité Soleil.\nOne fled.", "day": "2024-05-01", "url": "u/1"},
    {"id": "b", "body": 'He said: "three, four", =5', "day": "2024-05-02T10:00:00Z", "url": None},
    {"id": "", "body": "Six fled.", "day": "soon", "url": "u/3"},
]
COLUMNS = Columns("body", "id", "day", ("url",))


def write(path, rows=ROWS):
    """The rows in the format of the ending, compressed if it says so."""
    name = path.name.removesuffix(".gz").removesuffix(".zst")
    out = io.BytesIO()
    if name.endswith((".jsonl", ".ndjson")):
        out.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
    elif name.endswith(".parquet"):
        pq.write_table(pa.Table.from_pylist(rows), out, row_group_size=2)
    else:
        text = io.StringIO()
        table = csv.DictWriter(text, rows[0], delimiter="\t" if name.endswith("tsv") else ",")
        table.writeheader()
        table.writerows(rows)
        out.write(text.getvalue().encode())
    data = out.getvalue()
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".zst":
        data = pa.compress(data, codec="zstd", asbytes=True)
    path.write_bytes(data)
    return path


def read(*paths, columns=COLUMNS, **settings):
    return list(read_documents(paths, columns=columns, **settings))


@pytest.mark.parametrize("compression", ["", ".gz", ".zst"])
@pytest.mark.parametrize("ending", [".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"])
def test_every_format_gives_the_same_documents(tmp_path, ending, compression):
    first, second, third = read(write(tmp_path / f"news{ending}{compression}"))
    assert (first.doc_id, first.text, str(first.date)) == ("a", ROWS[0]["body"], "2024-05-01")
    assert first.kept == {"url": "u/1"}
    assert (second.text, str(second.date)) == (ROWS[1]["body"], "2024-05-02")
    assert third.doc_id.startswith("news:")
    assert third.date is None
    assert third.warnings == ("'soon' is no ISO date (2024-05-01); left empty",)
    assert len({item.source for item in (first, second, third)}) == 3


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet"])
def test_a_missing_column_names_those_there_are(tmp_path, ending):
    items = read(write(tmp_path / f"n{ending}"), columns=Columns("txt"))
    assert all(isinstance(item, Rejected) for item in items)
    assert "there is no column 'txt'; the columns are id, body, day, url" in items[0].reason


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.txt.zst"])
def test_compressed_texts(tmp_path, name):
    data = b"Two died."
    if name.endswith(".gz"):
        data = gzip.compress(data)
    if name.endswith(".zst"):
        data = pa.compress(data, codec="zstd", asbytes=True)
    (tmp_path / name).write_bytes(data)
    assert read(tmp_path) == [Document("a", "Two died.", str(tmp_path / name))]


def test_a_folder_gives_all_formats_in_order(tmp_path):
    write(tmp_path / "b.jsonl")
    write(tmp_path / "d.parquet")
    (tmp_path / "a.txt").write_text("Two died.")
    (tmp_path / "c.md").write_text("Two died.")
    (tmp_path / "x.rejects.jsonl").write_text("{}")
    ids = [item.doc_id for item in read(tmp_path)]
    assert ids == ["a", "a", "b", "b:3", "a", "b", "d:3"]


def test_patterns(tmp_path):
    for name in ("a.txt", "b.txt", "in/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Two died.")
    assert [item.doc_id for item in read(tmp_path / "*.txt", tmp_path / "a.txt")] == ["a", "b"]
    assert [item.doc_id for item in read(tmp_path / "**" / "*.txt")] == ["a", "b", "c"]
    assert "no file matches" in read(tmp_path / "*.csv")[0].reason


def test_a_file_with_brackets_in_its_name_is_that_file(tmp_path):
    (tmp_path / "a[1].txt").write_text("Two died.")
    assert [item.doc_id for item in read(tmp_path / "a[1].txt")] == ["a[1]"]


def test_standard_input_as_a_table():
    data = io.BytesIO(b'{"text": "Two."}\n\n{"text": "Six."}\n')
    items = read("-", columns=Columns(), format="jsonl", stdin=data)
    assert [(item.doc_id, item.source) for item in items] == [
        ("stdin:1", "-:1"),
        ("stdin:3", "-:3"),
    ]
    data = io.BytesIO(b"text\nTwo.\n")
    assert [i.text for i in read("-", columns=Columns(), format="csv", stdin=data)] == ["Two."]
    with pytest.raises(TollbookError, match="no format 'xls'; there are text, html, jsonl"):
        read("-", format="xls")


def test_broken_lines_cost_themselves(tmp_path):
    lines = [
        b'{"text": "Two died."}',
        b"{broken",
        b"[1, 2]",
        b'{"text": "caf\xe9"}',
        b'{"text": null}',
        b'{"text": 7}',
        b'{"txt": "Two died."}',
        b'{"text": " "}',
        b'{"text": "a\\ud800"}',
        b'{"text": "' + b"x" * 200 + b'"}',
        b'{"text": ' + b"[" * 5000,
        b'{"text": "Six fled."}',
    ]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    items = read(tmp_path, columns=Columns(), limit=100)
    assert [isinstance(item, Document) for item in items] == [True] + [False] * 10 + [True]
    assert [item.source for item in items] == [f"{tmp_path}/a.jsonl:{n}" for n in range(1, 13)]
    reasons = [item.reason for item in items[1:-1]]
    for expected, reason in zip(
        ("not JSON", "a JSON list", "not UTF-8", "no value", "is int, not text", "'text'; the",
         "the text is empty", "lone surrogate", "more than the limit", "not JSON"),
        reasons, strict=True,
    ):  # fmt: skip
        assert expected in reason


def test_broken_rows_of_csv(tmp_path):
    rows = [
        b"id,text",
        b"1,Two died.",
        b"2,too,many",
        b"3",
        b'4,"a "quote" inside"',
        b"5,caf\xe9",
        b"6,",
        b'7,"Six\nfled."',
        b"8,Nine\0",
        b'9,"no end',
        b"10,Two died.",
    ]
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + b"\n".join(rows))
    items = read(tmp_path, columns=Columns(id="id"))
    told = [(item.doc_id, getattr(item, "reason", "")) for item in items]
    assert [doc_id for doc_id, _ in told] == ["1", "2", "3", "a:5", "5", "6", "7", "8", "a:11"]
    for (_, reason), expected in zip(
        told,
        ("", "3 cells where the header has 2", "1 cells", "not CSV", "not UTF-8",
         "the text is empty",
         "", "NUL", "lines 11-12: not CSV: unexpected end of data; check the quotes"),
        strict=True,
    ):  # fmt: skip
        assert expected in reason
        assert bool(expected) == bool(reason)


def test_csv_of_spreadsheets(tmp_path):
    (tmp_path / "a.csv").write_bytes("id;text\n1;Zwei, drei\n".encode("utf-16"))
    (tmp_path / "b.csv").write_bytes(b"text\nTwo died in a caf\xe9.\n")
    notes = []
    items = read(tmp_path, columns=Columns(), note=notes.append)
    assert [item.text for item in items] == ["Zwei, drei", "Two died in a café."]
    assert notes == [f"{tmp_path}/b.csv: not UTF-8: read as cp1252, which is a guess"]


def test_long_cells(tmp_path):
    write(tmp_path / "a.csv", [{"text": "Two died. " * 50_000}])
    assert len(read(tmp_path, columns=Columns())[0].text) == 500_000


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet", ".txt"])
@pytest.mark.parametrize("compression", [".gz", ".zst", ""])
def test_a_file_cut_short_is_rejected(tmp_path, ending, compression):
    if not compression and ending != ".parquet":
        pytest.skip("cannot be told")
    rows = [{"text": f"Two died near {n}, {hash(str(n))}."} for n in range(20_000)]
    path = write(tmp_path / f"a{ending}{compression}", rows)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    items = read(path, columns=Columns(), limit=10**7)
    last = items[-1]
    assert isinstance(last, Rejected)
    assert "cut short" in last.reason
    if ending in (".jsonl", ".csv") and compression:
        assert sum(isinstance(item, Document) for item in items) > 1000


def test_a_broken_row_group_costs_itself(tmp_path):
    rows = [{"text": f"Two died, {n}."} for n in range(9)]
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.Table.from_pylist(rows), path, row_group_size=3, use_dictionary=False,
        compression="none", write_page_checksum=True,
    )  # fmt: skip
    data = path.read_bytes()
    place = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    path.write_bytes(data[:place] + b"\xff" * 12 + data[place + 12 :])
    items = read(path, columns=Columns())
    assert [isinstance(item, Document) for item in items] == [True] * 3 + [False] * 3 + [True] * 3
    assert "row group 1 cannot be read" in items[3].reason


def test_parquet_text_that_is_not_utf8(tmp_path):
    texts = pa.array([b"Two died.", b"caf\xe9", None], pa.binary())
    broken = pa.StringArray.from_buffers(
        3, texts.buffers()[1], texts.buffers()[2], texts.buffers()[0]
    )
    pq.write_table(pa.table({"text": broken}), tmp_path / "a.parquet")
    items = read(tmp_path, columns=Columns())
    assert [getattr(item, "reason", "")[:15] for item in items][1:] == [
        "not UTF-8 at by",
        "'text' has no v",
    ]


@pytest.mark.parametrize(
    "kind", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]
)
def test_kinds_of_arrow_text(tmp_path, kind):
    table = pa.table({"text": pa.array(["Two died.", "Six fled."]).cast(kind)})
    pq.write_table(table, tmp_path / "a.parquet")
    assert [item.text for item in read(tmp_path, columns=Columns())] == ["Two died.", "Six fled."]


def test_finished_sources_are_passed_over(tmp_path):
    write(tmp_path / "a.csv")
    write(tmp_path / "b.jsonl")
    write(tmp_path / "c.parquet")
    (tmp_path / "d.txt").write_text("Two died.")
    sources = Sources([tmp_path], columns=COLUMNS)
    all_of_them = [item.source for item in sources.items()]
    assert sources.read == sources.size > 0
    finished = set(all_of_them[::2])
    left = [
        item.source for item in Sources([tmp_path], columns=COLUMNS).items(finished.__contains__)
    ]
    assert left == [source for source in all_of_them if source not in finished]


def test_the_fingerprint_follows_the_files(tmp_path):
    path = write(tmp_path / "a.csv")
    first = Sources([tmp_path]).fingerprint()
    assert Sources([path]).fingerprint() == first
    path.write_text("text\nTwo.\n")
    assert Sources([tmp_path]).fingerprint() != first


def test_what_is_written_to_is_no_input(tmp_path):
    write(tmp_path / "a.csv")
    out = write(tmp_path / "out.csv")
    notes = []
    items = Sources([tmp_path], columns=COLUMNS, leave_out=out, note=notes.append).items()
    assert [item.doc_id for item in items] == ["a", "b", "a:5"]
    assert notes == [f"{out} is left out: it is written to"]


PAGE = """<html><head><title>News</title><script>var a = "killed";</script></head><body>
<nav><a href="/">Home</a> <a href="/x">World</a></nav>
<article><h1>Attack in Homs</h1><p>At least ten civilians were killed &amp; two&nbsp;injured in an
attack on a bus in Homs on Sunday, the governor said in a statement that was read on the radio.</p>
<p>Seven soldiers were hurt when their car was hit by a mine near the village later that day, the
army said, and the road to the east was closed for the whole of the afternoon.</p></article>
<footer>Copyright 99 killed</footer></body></html>"""


def test_pages(tmp_path):
    from tollbook.corpus.html import main_text
    from tollbook.errors import DocumentError

    (tmp_path / "a.html").write_text(PAGE)
    (document,) = read(tmp_path)
    assert (document.doc_id, document.html) == ("a", True)
    text = main_text(document.text, "a")
    assert "ten civilians were killed & two" in text.replace("\n", " ")
    assert "\n\nSeven soldiers" in text
    assert not any(word in text for word in ("<", "var a", "&amp;", "Home", "Copyright"))
    with pytest.raises(DocumentError, match="no main text"):
        main_text("<html><body></body></html>", "b")
