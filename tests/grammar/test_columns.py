"""Measures that stand only in a header, over bare figures."""

from __future__ import annotations

import pytest

import tollbook


def rows(text: str) -> list[tuple[str, str, str]]:
    bulletin = tollbook.extract(text)
    texts = {count.count_id: count.text for count in bulletin.counts}
    return [(c.text, c.measure, texts.get(c.part_of or "", "")) for c in bulletin.counts]


UNDER_TOTAL = [("143", "casualties", ""), ("38", "killed", "143"), ("105", "injured", "143")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Casualties by province, total (killed / injured):\n\n• Homs: 143 (38 / 105)",
            UNDER_TOTAL,
        ),
        ("Killed / injured: Homs 143 (38 / 105)", UNDER_TOTAL),
        ("Province – casualties (killed/injured)\nHoms – 143 (38/105)", UNDER_TOTAL),
        (
            "Civilian casualties by oblast, 1-7 May (killed / injured)\n\n"
            "Kharkiv oblast: 6 / 31\nKherson oblast: 3/9",
            [("6", "killed", ""), ("31", "injured", ""), ("3", "killed", ""), ("9", "injured", "")],
        ),
        (
            "Dead/wounded/missing\nPort-Sudan: 4/9/1\nKassala: 2 / 5 / 3",
            [("2", "killed", ""), ("5", "injured", ""), ("3", "missing", "")],
        ),
        (
            "State | Killed | Injured\nBorno | 38 | 105\nYobe | 4 | 17",
            [("38", "killed", ""), ("105", "injured", ""), ("4", "killed", ""),
             ("17", "injured", "")],
        ),
        (
            "| State | Dead | Wounded | Total |\n|---|---|---|---|\n"
            "| Borno | 6 | 31 | 37 |\n| Yobe | 2 | 8 | 10 |\n| Total | 8 | 39 | 47 |",
            [("6", "killed", "37"), ("31", "injured", "37"), ("37", "casualties", "47"),
             ("2", "killed", "10"), ("8", "injured", "10"), ("10", "casualties", "47"),
             ("8", "killed", "47"), ("39", "injured", "47"), ("47", "casualties", "")],
        ),
        (
            "State | Killed\nBorno | 38\nYobe | 4\nTotal | 42",
            [("38", "killed", "42"), ("4", "killed", "42"), ("42", "killed", "")],
        ),
        (
            "Mines left 9 people dead and 14 others wounded this year.\n\n"
            "By district, dead then wounded:\n\nMocuba – 2 / 6\nPalma – 7 / 8",
            [("9", "killed", ""), ("14", "injured", ""), ("2", "killed", "9"),
             ("6", "injured", "14"), ("7", "killed", "9"), ("8", "injured", "14")],
        ),
    ],
)  # fmt: skip
def test_a_header_names_the_measures(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


def test_parts_that_are_too_many_are_told() -> None:
    bulletin = tollbook.extract("Killed / injured: Homs 43 (38 / 105)")
    assert [finding.kind for finding in bulletin.findings] == ["contradiction"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 people were killed/injured on 9/11.", ["12"]),
        ("Since 4/17 shelling goes on 24/7; 3 were killed on 5/12.", ["3"]),
        ("Model | Weight | Price\nT-72 | 41 | 105", []),
    ],
)
def test_strokes_and_bars_of_other_kinds(text: str, expected: list[str]) -> None:
    assert [row[0] for row in rows(text)] == expected
