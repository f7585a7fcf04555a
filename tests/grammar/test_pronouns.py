"""What is told of ``he`` or ``they`` counts the people of the sentence before."""

from __future__ import annotations

import pytest

import tollbook


def counts(text: str) -> list[str]:
    return [f"{c.text}={c.measure}" for c in tollbook.extract(text).counts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen opened fire on a trader at his stall. He died on the spot.", ["a=killed"]),
        (
            "Officers found a man with stab wounds. He was taken to a clinic, where he was "
            "pronounced dead.",
            ["a=killed"],
        ),
        ("A nurse was shot at a checkpoint. She later succumbed to her wounds.", ["A=killed"]),
        ("Two farmers were shot on Sunday. They died in hospital.", ["Two=killed"]),
        ("Bandits stopped a driver on the road and shot him dead.", ["a=killed"]),
        (
            "Assailants attacked a teacher in his home, killing him and injuring a colleague.",
            ["a=killed", "a=injured"],
        ),
        ("A militant attacked a patrol. He was shot dead by troops.", ["A=killed"]),
        # of two people, the one who was hurt dies of it
        ("A policeman shot a student in the chest. He died at dawn.", ["a=killed"]),
    ],
)
def test_a_pronoun_tells_of_the_people_before(text: str, expected: list[str]) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whom it could be is open
        ("A driver and a guard stood at the gate of a trader. He was killed.", []),
        # a woman is no he, one man is not they
        ("A woman was hurt in the leg. He died.", ["A=injured"]),
        ("A guard was hurt in the leg. They died.", ["A=injured"]),
        # a new paragraph speaks of somebody else
        ("A guard stood at the gate.\n\nHe was killed.", []),
        # her son is not her
        ("Police held a woman and killed her son.", ["a=detained", "her son=killed"]),
        # nothing happened
        ("A guard stood at the gate. He was not hurt.", []),
        ("A guard stood at the gate. He could be killed any day.", []),
        # the guard was hurt; the one arrested may be somebody else
        ("The attacker wounded a guard. He was arrested.", ["a=injured"]),
        # taken to a hospital is no abduction
        ("A guard stood at the gate. He was taken to Aleppo.", []),
    ],
)
def test_a_pronoun_that_tells_nothing_for_sure(text: str, expected: list[str]) -> None:
    assert counts(text) == expected
