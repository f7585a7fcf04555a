"""The period of a count: running totals, days of several incidents, what a report covers."""

from __future__ import annotations

import pytest

import tollbook
from tollbook.grammar.timespans import find


def periods(text: str) -> list[tuple[str, str | None]]:
    return [(count.text, count.period) for count in tollbook.extract(text).counts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "since the outbreak of the fighting on Monday, 12 died",
            "since the outbreak of the fighting on Monday",
        ),
        (
            "12 have died since the emergency was declared in August 2023",
            "since the emergency was declared in August 2023",
        ),
        ("12 died since the start of the week the enemy came", "since the start of the week"),
        ("12 have surrendered since the May accord", "since the May accord"),
        ("12 died since dawn in strikes", "since dawn"),
        ("between 12 and 15 people", None),
        ("a soldier, since he is not allowed to speak", None),
        ("the first death in seven weeks", None),
        ("12 died over the weekend", "over the weekend"),
        ("12 died in 24 hours", "in 24 hours"),
    ],
)
def test_expression(text: str, expected: str | None) -> None:
    found = find(text)
    assert [text[a:b] for a, b, _, _ in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the single incident of a bulletin has no period
        ("Six people were killed in Mosul on Monday.", [("Six", None)]),
        # a story: other days than its own are told
        (
            "A bomb killed nine people in Jalalabad on Tuesday. In Kabul, gunmen killed two "
            "judges on Sunday.",
            [("nine", None), ("two", "on Sunday")],
        ),
        # an update: each incident has its day, which holds for the paragraph
        (
            "On 7 March, a convoy came under fire in Nasir. One guard died.\n\n"
            "On 9 March, shelling killed three children in Ulang.",
            [("One", "7 March"), ("three", "9 March")],
        ),
        ("- April: 12 killed\n- May: 7 killed", [("12", "April"), ("7", "May")]),
        # the day on which somebody spoke is no day of the incident
        (
            "Police said on Friday that two men were killed. On Saturday, five were arrested in "
            "Basra. On Sunday, a woman was shot.",
            [("two", None), ("five", "On Saturday"), ("a", "On Sunday")],
        ),
        # the days that the title names
        (
            "Weekly note, 2-8 June\n\nNine incidents were recorded in Bria. On 5 June, bandits "
            "killed a driver.",
            [("Nine", "2-8 June"), ("a", "5 June")],
        ),
        # told by the way
        ("Two nurses, who had been held since 2020, were freed in Djibo.", [("Two", None)]),
        # a figure that is compared
        (
            "In July, 40 were abducted, versus 55 in June. A nurse was killed.",
            [("40", "In July"), ("55", "in June"), ("A", "In July")],
        ),
        # a running total goes on
        (
            "Since early 2023, SOHR documented the death of 90 soldiers. In addition, ten "
            "civilians were killed.",
            [("90", "Since early 2023"), ("ten", "Since early 2023")],
        ),
        # what the first figure covers holds for parts that were told again
        (
            "Troops kill 30 in one week\n\nThe army said it killed 30 rebels between May 3 and "
            "May 9, of whom four in Jos.",
            [
                ("30", "in one week"),
                ("30", "between May 3 and May 9"),
                ("four", "between May 3 and May 9"),
            ],
        ),
    ],
)
def test_period(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert periods(text) == expected
