"""The seed bulletin, end to end: every count with every field, and the arithmetic."""

import dataclasses
from functools import cache

import pytest

import tollbook
from seed_variants import CHECKED, CONTRADICTIONS, SEED_GOLD, SEED_TEXT, Check
from tollbook import gold
from tollbook.bulletin import Bulletin
from tollbook.evaluate import evaluate
from tollbook.schema import Bounds, Count, Finding

FIELDS = (
    "count_id", "part_of", "same_as", "measure", "best", "low", "high", "text", "start", "end",
    "implicit", "status", "actor", "backer", "by", "region", "period",
)  # fmt: skip
GOLD = gold.read(SEED_GOLD)


@cache
def seed() -> Bulletin:
    return tollbook.extract(SEED_TEXT.read_bytes().decode(), "seed-homs-bus")


def short(finding: Finding) -> Check:
    parts = frozenset(part.count_id for part in finding.parts)
    return finding.kind, finding.way, finding.whole.count_id, parts


def test_the_text_is_the_gold_text() -> None:
    assert SEED_TEXT.read_bytes().decode() == GOLD.text


def test_there_are_42_counts() -> None:
    assert [count.count_id for count in seed().counts] == [f"c{i}" for i in range(1, 43)]


@pytest.mark.parametrize("wanted", GOLD.counts, ids=lambda count: count.count_id)
def test_every_field_of_every_count(wanted: Count) -> None:
    count = seed().count(wanted.count_id)
    assert {name: getattr(count, name) for name in FIELDS} == {
        name: getattr(wanted, name) for name in FIELDS
    }
    assert set(count.traits) == set(wanted.traits)
    assert count.doc_id == "seed-homs-bus"
    assert count.rule


def test_scores_are_perfect() -> None:
    scores = evaluate([GOLD], lambda text, doc_id: tollbook.extract(text, doc_id).counts)
    assert scores.mistakes == ()
    assert scores.all.counts.f1 == scores.all.rows.f1 == scores.all.links.f1 == 1.0
    assert scores.all.counts.gold == scores.all.rows.gold == 42
    assert scores.all.links.gold == sum(count.part_of is not None for count in GOLD.counts) == 39
    assert all(field.all.rate == 1.0 for field in scores.all.fields.values())
    assert scores.all.findings.f1 == scores.all.contradictions.f1 == 1.0


def test_toll_is_what_the_bulletin_newly_reports() -> None:
    assert seed().toll("killed") == Bounds.exactly(16)
    assert seed().toll("injured") == Bounds.exactly(7)


def test_findings_are_the_two_contradictions() -> None:
    assert len(seed().findings) == 2
    assert {short(finding) for finding in seed().findings} == CONTRADICTIONS
    regional, civilians = seed().findings
    assert (regional.stated, regional.added) == (Bounds.exactly(321), Bounds.exactly(322))
    assert (civilians.stated, civilians.added) == (Bounds.exactly(37), Bounds.exactly(38))


def test_what_adds_up_is_listed_when_asked_for() -> None:
    checks = seed().checks()
    assert len(checks) == len(CHECKED) + 2
    assert {short(check) for check in checks} == CHECKED | CONTRADICTIONS


def test_findings_point_into_the_text() -> None:
    text = seed().text
    for finding in seed().checks():
        for ident, start, end in finding.spans():
            assert text[start:end] == seed().count(ident).text


@pytest.mark.parametrize("ident", [count.count_id for count in GOLD.counts])
def test_offsets(ident: str) -> None:
    text, count = seed().text, seed().count(ident)
    assert text[count.start : count.end] == count.text
    assert text[count.phrase_start : count.phrase_end] == count.phrase
    assert count.phrase_start <= count.start < count.end <= count.phrase_end
    assert count.text in count.phrase
    assert count.phrase == count.phrase.strip()


PHRASES = {
    "c1": "Nearly 25 members of “Liwaa Al-Quds” and regime-backed militiamen",
    "c2": "16 combatants",
    "c3": "at least nine members of the Russian-backed “Liwaa Al-Quds,”",
    "c6": "24 ISIS members",
    "c8": "25 Iranian-backed Syrian militiamen",
    "c9": "117 operations",
    "c11": "a child",
    "c19": "17 truffle pickers",
    "c33": "Three civilian truffle pickers",
    "c35": "37 fatality",
    "c37": "an Iranian-backed militiaman",
}


@pytest.mark.parametrize(("ident", "phrase"), PHRASES.items(), ids=PHRASES)
def test_phrase_is_the_number_and_its_nouns(ident: str, phrase: str) -> None:
    assert seed().count(ident).phrase.rstrip(",”") == phrase.rstrip(",”")


def test_places_as_written() -> None:
    texts = {"c13": "Deir Ezzor", "c22": "Homs", "c29": "Al-Raqqah", "c35": "Hama", "c41": "Aleppo"}
    for ident, text in texts.items():
        assert (seed().count(ident).region_text or "").startswith(text)
    assert (seed().count("c2").place or "").startswith("Al-Taybah")


def test_sentence_is_of_the_text() -> None:
    for count in seed().counts:
        assert count.sentence
        assert count.text in count.sentence
        assert count.sentence in seed().text


def test_rows_have_every_field_in_order() -> None:
    names = [field.name for field in dataclasses.fields(Count)]
    assert all(list(row) == names for row in seed().to_rows())


def test_reading_twice_gives_the_same() -> None:
    again = tollbook.extract(SEED_TEXT.read_bytes().decode(), "seed-homs-bus")
    assert again.to_rows() == seed().to_rows()
