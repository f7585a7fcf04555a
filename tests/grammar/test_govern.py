"""Who suffers what a verb says: constructions, one each."""

from __future__ import annotations

import pytest

import tollbook


def told(text: str) -> list[tuple[str, str]]:
    return [(count.text, count.measure) for count in tollbook.extract(text).counts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three soldiers were killed.", [("Three", "killed")]),
        ("Gunmen killed three soldiers.", [("three", "killed")]),
        ("The killing of three soldiers was confirmed.", [("three", "killed")]),
        ("Three soldiers, who had fled, were killed.", [("Three", "killed")]),
        ("Gunmen managed to kill two guards.", [("two", "killed")]),
        ("Gunmen planned to kill two guards.", []),
        ("If two guards are killed, the deal is off.", []),
        ("Shelling killed and wounded 25 people.", [("25", "casualties")]),
        ("Gunmen took 12 villagers hostage.", [("12", "abducted")]),
        ("The death toll rose to 12.", [("12", "killed")]),
        ("The death toll may rise to 12.", []),
        ("The dead included four women.", [("four", "killed")]),
    ],
)
def test_outcome(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Three houses, including two soldiers, were killed.",
        "Three tanks with two soldiers, including one officer, were killed.",
    ],
)
def test_people_in_a_list_of_things(text: str) -> None:
    assert ("Three", "killed") not in told(text)
    assert "killed" in [measure for _, measure in told(text)]
