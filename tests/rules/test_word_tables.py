"""Topics, word sets and measures: their examples hold, and tables that do not fit are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tollbook.rules import measures, topics, word_sets
from tollbook.rules.loader import RuleError, data_path, load
from tollbook.schema import MEASURES


def test_every_row_differs_from_the_others() -> None:
    sets = [row["words"] for row in load(word_sets.TABLE, data_path("en/word_sets.csv"))]
    assert len(set(sets)) == len(sets)
    assert all(len(set(words)) == len(words) for words in sets)


def test_a_word_of_two_topics_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("id,measure,words,examples\na,killed,dead,x\nb,injured,hurt;dead,x\n")
    with pytest.raises(RuleError, match=r"bad.csv, line 3, column 'words': 'dead' stands twice"):
        topics.by_word(load(topics.TOPICS, file))


def test_a_missing_set_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("id,words,says,examples\ntoll,toll,x,x\n")
    with pytest.raises(RuleError, match=r"bad.csv, line 1, column 'id': no row for among_others"):
        word_sets.by_name(load(word_sets.TABLE, file), file.name)


def test_an_unknown_set_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("id,words,says,examples\ntolls,toll,x,x\n")
    with pytest.raises(RuleError, match="'tolls' is not one of"):
        load(word_sets.TABLE, file)


def test_a_missing_measure_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("id,weight,wholes,becomes\nkilled,9,,\n")
    with pytest.raises(RuleError, match="no row for injured, casualties"):
        measures.by_name(load(measures.TABLE, file), file.name)


def test_the_dead_stay_dead() -> None:
    assert not any(measures.becomes("killed", later) for later in MEASURES)
    assert measures.measures()["killed"].weight == max(
        known.weight for known in measures.measures().values()
    )


def test_no_outcome_becomes_itself() -> None:
    assert not any(measures.becomes(name, name) for name in MEASURES)
