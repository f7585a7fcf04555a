from pathlib import Path

import pytest

from tollbook import gold
from tollbook.errors import GoldError
from tollbook.schema import Bounds

SEEDS = Path(__file__).parent.parent / "seeds"

GOOD = """Homs: [16](c1) men, [at least nine](c2) of them “LQ”,
were killed; [the driver](c3) fled.
---
c1 killed 16 16 16 | status=combatant actor=syria-government region=SY-HI,SY-DY
c2 killed 9 9 - | actor="Liwaa Al-Quds" backer=Russia traits="truffle picker,man" part_of=c1

c3 displaced 1 1 1 | implicit same_as=c1 period="since early 2024"
"""


def test_every_field_is_read():
    doc = gold.parse(GOOD, "wire-01-homs.gold.txt")
    assert doc.doc_id == "wire-01-homs"
    assert doc.domain == "wire"
    assert doc.text == "Homs: 16 men, at least nine of them “LQ”,\nwere killed; the driver fled."
    first, second, third = doc.counts
    assert [c.count_id for c in doc.counts] == ["c1", "c2", "c3"]
    assert all(doc.text[c.start : c.end] == c.text == c.phrase for c in doc.counts)
    assert [c.text for c in doc.counts] == ["16", "at least nine", "the driver"]
    assert first.bounds == Bounds(16, 16, 16)
    assert (first.status, first.actor, first.region) == (
        "combatant",
        "syria-government",
        ("SY-HI", "SY-DY"),
    )
    assert second.bounds == Bounds(9, 9, None)
    assert (second.actor, second.backer, second.part_of) == ("Liwaa Al-Quds", "Russia", "c1")
    assert second.traits == ("truffle picker", "man")
    assert (third.implicit, third.same_as, third.period) == (True, "c1", "since early 2024")
    assert (first.implicit, first.part_of, first.by) == (False, None, None)


def test_the_last_ruler_counts_and_line_ends_stay():
    doc = gold.parse("One\r\n---\r\n[Two](c1) died.\r\n---\r\nc1 killed 2 2 2\r\n")
    assert doc.text == "One\r\n---\r\nTwo died."
    assert doc.counts[0].bounds == Bounds.exactly(2)


def test_no_counts_is_no_error():
    assert gold.parse("Nothing happened.\n---\n").counts == ()


def change(old, new):
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (change("\n---\n", "\n--\n"), 0, "no line of three dashes"),
        (change("c1 killed 16 16 16", "c1 killed 16 16"), 4, "expected 'id measure best low high'"),
        (change("c1 killed 16", "c1 slain 16"), 4, "unknown measure 'slain'"),
        (change("c1 killed 16", "c1 killed x"), 4, "invalid literal"),
        (change("c1 killed 16 16 16", "c1 killed 16 17 16"), 4, "low 17 is above high 16"),
        (change("c1 killed 16 16 16", "c1 killed -1 0 0"), 4, "never negative"),
        (change("c1 killed 16", "c9 killed 16"), 4, "c9 has no mark"),
        (change("[the driver](c3)", "[the driver](c1)"), 2, "c1 is marked twice"),
        (change("[the driver](c3)", "[](c3)"), 2, "not of the form"),
        (change("c3 displaced 1 1 1 | implicit same_as=c1", "# "), 7, "expected"),
        (GOOD.replace("c3 displaced", "c2 displaced"), 7, "c2 has a second line"),
        (GOOD[: GOOD.index("c3 displaced")], 2, "c3 is marked but has no line"),
        (change("backer=Russia", "banker=Russia"), 5, "unknown attribute 'banker=Russia'"),
        (change("backer=Russia", "Russia"), 5, "unknown attribute 'Russia'"),
        (change("backer=Russia", 'backer="Russia'), 5, "No closing quotation"),
        (change("backer=Russia", "backer=Russia backer=Iran"), 5, "backer is given twice"),
        (change("status=combatant", "status=soldier"), 4, "unknown status 'soldier'"),
        (change("part_of=c1", "part_of=c7"), 5, "part_of=c7 is not a count"),
        (change("same_as=c1", "same_as=c3"), 7, "points to itself"),
        (change("region=SY-HI,SY-DY", "part_of=c2"), 4, "round in a circle"),
    ],
)
def test_errors_name_file_and_line(content, line, reason):
    with pytest.raises(GoldError) as caught:
        gold.parse(content, "a.gold.txt")
    assert caught.value.file == "a.gold.txt"
    assert caught.value.line == line
    assert reason in caught.value.reason


def test_bad_files(tmp_path):
    with pytest.raises(GoldError, match="no such file or folder"):
        gold.read_folder(tmp_path / "none")
    with pytest.raises(GoldError, match="no gold files"):
        gold.read_folder(tmp_path)
    (tmp_path / "a.gold.txt").write_bytes(b"caf\xe9\n---\n")
    with pytest.raises(GoldError, match=r"a\.gold\.txt: not UTF-8 \(byte 3\)"):
        gold.read_folder(tmp_path)


def test_folder_and_list(tmp_path):
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.gold.txt").write_text("None.\n---\n")
    (tmp_path / "d.txt").write_text("Two died.")
    assert [d.doc_id for d in gold.read_folder(tmp_path)] == ["a", "b", "c"]
    (tmp_path / "list").write_text("# half\nb.gold.txt\n\nseeds/a.gold.txt\n")
    names = gold.read_names(tmp_path / "list")
    assert [d.doc_id for d in gold.read_folder(tmp_path, names)] == ["a", "b"]
    assert [d.doc_id for d in gold.read_folder(tmp_path / "c.gold.txt")] == ["c"]
    with pytest.raises(GoldError, match="no gold file named x"):
        gold.read_folder(tmp_path, ["a", "x"])
    with pytest.raises(GoldError, match="cannot be read"):
        gold.read_names(tmp_path / "no list")


def test_seed_bulletin_is_the_gold_without_marks():
    doc = gold.read(SEEDS / "gold" / "seed-homs-bus.gold.txt")
    assert len(doc.counts) == 42
    assert (SEEDS / "homs-bus.txt").read_bytes().decode() == doc.text


def test_all_seed_gold_parses():
    docs = gold.read_folder(SEEDS / "gold")
    assert len(docs) == 73
    assert all(doc.text[c.start : c.end] == c.text for doc in docs for c in doc.counts)
