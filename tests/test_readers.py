import io
import os

import pytest

from tollbook.corpus.sources import read_documents
from tollbook.errors import DocumentError
from tollbook.readers import MAX_CHARS, Document, Rejected, check_text, decode

TEXT = "Twelve people were killed in a café near “Cité Soleil” — police said.\r\nTen were hurt.\n"


def read(*paths, **settings):
    return list(read_documents(paths, **settings))


def one(path, **settings):
    (result,) = read(path, **settings)
    return result


def test_a_file_is_read_to_the_letter(tmp_path):
    file = tmp_path / "march.1.txt"
    file.write_bytes(TEXT.encode())
    assert one(file) == Document("march.1", TEXT, str(file))
    assert one(str(file)).text == TEXT


def test_standard_input():
    assert one("-", stdin=io.BytesIO(b"Two died.")) == Document("stdin", "Two died.", "-")
    assert "the text is empty" in one("-", stdin=io.BytesIO(b"")).reason


def test_a_folder_is_read_in_order(tmp_path):
    for name in ("b.txt", "a.TXT", "x/c.txt", "n.md", ".hidden.txt", ".git/d.txt", "g.gold.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Two died.")
    notes = []
    assert [d.doc_id for d in read(tmp_path, note=notes.append)] == ["a", "b", "c"]
    assert notes == [f"{tmp_path}: 1 marked-up .gold.txt file left out"]


def test_shared_names_are_told_apart(tmp_path):
    for name in ("a/x.txt", "a/y.txt", "b/x.txt", "b/c/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("Two died.")
    assert [d.doc_id for d in read(tmp_path)] == ["a/x", "y", "b/x", "b/c/x"]
    ids = [d.doc_id for d in read(tmp_path / "a", tmp_path / "b")]
    assert ids == ["a/x", "y", "b/x", "c/x"]
    (tmp_path / "a/x.md").write_text("Two died.")
    ids = [d.doc_id for d in read(tmp_path / "a/x.txt", tmp_path / "a/x.md")]
    assert ids == ["x", "x-2"]


def test_a_file_named_twice_is_read_once(tmp_path):
    file = tmp_path / "x.txt"
    file.write_text("Two died.")
    (tmp_path / "y.txt").symlink_to(file)
    notes = []
    assert [d.doc_id for d in read(file, tmp_path, file, note=notes.append)] == ["x"]
    assert len(notes) == 3


def test_names_that_are_not_utf8(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("Two died.")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    assert one(tmp_path).doc_id == "caf\ufffd"


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_encodings(tmp_path, encoding):
    file = tmp_path / "x.txt"
    file.write_bytes(TEXT.encode(encoding))
    result = one(file)
    assert result.text == TEXT
    guessed = encoding not in ("utf-8-sig", "utf-16", "utf-32")
    assert len(result.warnings) == guessed
    if guessed:
        assert result.warnings[0].endswith("which is a guess")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the text is empty; give it the text of a bulletin"),
        (b" \r\n\t", "the text is empty"),
        (b"\xef\xbb\xbf", "the text is empty"),
        (b"Two\0 died.", "a NUL character at offset 3: not plain text; remove it"),
        (b"Two\0 died in a caf\xe9.", "not text in any encoding that is known"),
        (b"Two \xed\xa0\x80 died.", "a lone surrogate (U+D800) at offset 4: half a character"),
        (b"%PDF-1.7 abc", "not text but a PDF; save it as plain text in UTF-8"),
        (b"PK\x03\x04abc", "not text but a zip archive or office document"),
        (bytes(range(256)), "not text in any encoding that is known; save it as"),
        (b"\x01\x02\x03\x04\x05\x06 two died", "full of control characters"),
        (b"\xff\xfeT\0w\0o\0\0", "broken utf-16 at byte"),
        (b"Two. " * 30, "150 characters, more than the limit of 100; split it"),
        (b"Two. " * 300, "more than the limit of 100 characters; split it"),
    ],
)
def test_bad_bytes(tmp_path, data, reason):
    file = tmp_path / "x.txt"
    file.write_bytes(data)
    result = one(file, limit=100)
    assert isinstance(result, Rejected)
    assert (result.doc_id, result.source) == ("x", str(file))
    assert reason in result.reason


def test_a_huge_file_is_not_taken_in(tmp_path):
    file = tmp_path / "x.txt"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    assert f"more than the limit of {MAX_CHARS:,} characters" in one(file).reason


def test_missing_and_empty_places(tmp_path):
    assert "no such file or folder" in one(tmp_path / "no.txt").reason
    assert "no bulletins in this folder; bulletins are .txt files" in one(tmp_path).reason
    (tmp_path / "a.gold.txt").write_text("Two.\n---\n")
    assert "see tollbook evaluate" in one(tmp_path).reason
    assert "see tollbook evaluate" in one(tmp_path / "a.gold.txt").reason


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_no_permission(tmp_path):
    file = tmp_path / "x.txt"
    file.write_text("Two died.")
    file.chmod(0)
    assert "check its permissions" in one(file).reason


def test_bad_ones_do_not_stop_good_ones(tmp_path):
    for name, data in (("a", b""), ("b", b"Two died."), ("c", b"\0"), ("d", b"Six fled.")):
        (tmp_path / f"{name}.txt").write_bytes(data)
    kinds = [type(item) for item in read(tmp_path, tmp_path / "no")]
    assert kinds == [Rejected, Document, Rejected, Document, Rejected]


def test_check_text():
    check_text("x" * 10, "d", limit=10)
    with pytest.raises(DocumentError, match=r"^d: 11 characters, more than the limit of 10; split"):
        check_text("x" * 11, "d", limit=10)
    with pytest.raises(DocumentError, match=r"lone surrogate \(U\+DC00\) at offset 1"):
        check_text("a\udc00", "d")


def test_plain_english_in_a_code_page():
    assert decode("He said: “Two” – “Núñez”".encode("cp1252"), "d")[0].endswith("“Núñez”")
    arabic = "قتل عشرة مدنيين في قصف على المدينة"
    assert decode(arabic.encode("cp1256"), "d")[0] == arabic


@pytest.mark.parametrize(
    "words", ["caf\xe9 ", "a caf\xe9 in the town was hit, two dead", "Cafe\xb4s hit: 2"]
)
def test_a_short_text_in_a_code_page_is_not_read_as_utf_16(words):
    data = words.encode("cp1252")
    from tollbook.readers import guess_encoding

    assert guess_encoding(data, "a.csv")[0] == "cp1252"
