"""The table of means: its examples hold, the longest words win, and bad rows are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from tollbook.rules.loader import RuleError, data_path, load
from tollbook.rules.means import MEANS, Means, means
from tollbook.words import Words

ROWS = load(MEANS, data_path("en/means.csv"))
NLP = spacy.blank("en")


def found(text: str) -> list[str]:
    """Ids of the means in a text, from left to right, the longest words first."""
    low = Words.of(NLP(text)).low
    names: list[str] = []
    index = 0
    while index < len(low):
        hit = means().at(low, index)
        index += hit[0] if hit else 1
        if hit:
            names.append(hit[1])
    return names


def test_size() -> None:
    assert len(ROWS) >= 45
    assert {"airstrike", "shelling", "ied", "landmine", "gunfire", "drone", "torture"} <= {
        row["id"] for row in ROWS
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a suicide car bomb", ["car-bomb"]),
        ("a car bomb and a roadside bomb", ["car-bomb", "ied"]),
        ("shot dead by a sniper", ["gunfire", "sniper"]),
        ("mortar shells fell near a bus", ["mortar"]),
        ("barrel bombs dropped by helicopters", ["barrel-bomb"]),
        ("nothing happened", []),
    ],
)
def test_the_longest_words_win(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_words_of_two_rows_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("id,words,examples\na,bomb;gun,x\nb,gun,x\n", encoding="utf-8")
    with pytest.raises(RuleError, match="'gun' stands in row 'a' already"):
        Means(load(MEANS, file))


def test_a_file_of_the_user_is_laid_over_ours(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("id,words,examples\nlaser,laser beam,x\n", encoding="utf-8")
    table = means(str(file))
    assert table.at(["laser", "beam"], 0) == (2, "laser")
    assert table.at(["airstrike"], 0) == (1, "airstrike")
