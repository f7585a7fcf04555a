"""What is harm, what is a thing or an age, and who is told of twice: constructions, one each."""

from __future__ import annotations

import pytest

import tollbook


def told(text: str) -> list[tuple[str, str]]:
    return [(count.text, count.measure) for count in tollbook.extract(text).counts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a limb is hit: hurt
        ("A nurse, hit in the shoulder, is expected to live.", [("A", "injured")]),
        ("Two boys were struck in the calf.", [("Two", "injured")]),
        ("The guard lost two fingers.", [("The guard", "injured")]),
        ("One constable was treated for a cut to the arm.", [("One", "injured")]),
        # a completion does not reach into another clause
        ("A youth stabbed a guard before soldiers shot him dead.", [("a", "injured")]),
        # "which" goes back to a thing
        ("Three men left the market in a van, which was later found burnt out.", []),
        # what did not happen
        ("Without the warning, 20 pupils would have been killed.", []),
        # calibre, wing, age, rate
        ("Officers recovered twelve 9mm casings and two .303 rifles.", []),
        ("Warders found four inmates hanged in wing 3.", [("four", "killed")]),
        ("Rebels killed two men. The third, 27, is in hiding.", [("two", "killed")]),
        ("There was one homicide every six hours.", []),
        ("Recovered: 3 Galil, 1 FAL.", []),
        ("The two sides swapped prisoners.", []),
        # an apposition adds nothing, a list does
        ("Police shot dead the gunman, a 30-year-old baker.", [("the gunman", "killed")]),
        (
            "Rebels killed the driver, a teacher and a guard.",
            [("the driver", "killed"), ("a", "killed"), ("a", "killed")],
        ),
        ("The front, which is not a signatory, killed four.", [("four", "killed")]),
        # "a police conscript" is one noun
        ("A police conscript was killed.", [("A", "killed")]),
        ("A 52-year-old podcaster was shot dead.", [("A", "killed")]),
        # victims are those told of before
        (
            "In May 30 civilians were killed. Kasai had the most, 14 victims.",
            [("30", "killed"), ("14", "killed")],
        ),
    ],
)
def test_outcome(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Two miners may have been killed.", "unconfirmed"),
        ("Two miners have been killed.", "asserted"),
    ],
)
def test_certainty(text: str, certainty: str) -> None:
    assert [count.certainty for count in tollbook.extract(text).counts] == [certainty]
