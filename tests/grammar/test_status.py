"""Whether the counted people are civilians or fight, where more than their noun says it."""

from __future__ import annotations

import pytest

import tollbook


def statuses(text: str) -> list[str | None]:
    return [count.status for count in tollbook.extract(text).counts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # who fights no more is neither
        ("A former sergeant was found dead in Kidal.", [None]),
        ("Three ex-soldiers were shot in Cali.", [None]),
        ("Six former fighters surrendered.", [None]),
        # relatives: of a civilian, of a fighter, of nobody
        ("A teacher and his brother were killed in Herat.", ["civilian", "civilian"]),
        ("A farmer was shot dead. Two of his sons were wounded.", ["civilian", "civilian"]),
        ("A Taliban commander and his brother were killed.", ["combatant", None]),
        ("A trader's wife and both her daughters were killed.", ["civilian", "civilian"]),
        ("The brother of a man was killed.", [None]),
        ("An elder, his nephew and two bodyguards were killed.",
         ["civilian", "civilian", "combatant"]),
        # in apposition
        ("Three men, farmers from a village near Bossangoa, were killed.", ["civilian"]),
        ("Five people, all fighters of the FDLR, were captured.", ["combatant"]),
        ("Gunmen killed five people, police officials said.", [None]),
        # a couple, the displaced, minors
        ("A couple was shot in Zacatecas.", ["civilian"]),
        ("A couple of suspects were shot in Zacatecas.", [None]),
        ("Nine displaced people were killed in a camp.", ["civilian"]),
        ("In all 210 people died, of whom 31 were under the age of 18.", [None, "civilian"]),
        # the dead are not those who are freed
        ("Troops killed 12 bandits, including at Zurmi, and freed eight hostages.",
         ["combatant", None]),
    ],
)  # fmt: skip
def test_status(text: str, expected: list[str | None]) -> None:
    assert statuses(text) == expected


def test_what_parts_make_of_a_whole_says_nothing_of_the_next_figure() -> None:
    text = "The victims are four girls and two boys. Sixteen wounded are in hospital."
    assert statuses(text)[-1] is None


@pytest.mark.parametrize(
    ("text", "actor", "traits"),
    [
        # people of a community are not of its militia, unless they fight
        ("Raiders killed nine Fulani herders in Bokkos, Nigeria.", None, ("Fulani", "herder")),
        ("Two Fulani gunmen were killed in Bokkos, Nigeria.", "fulani-militia", ()),
        # a role that begins with a bare word for armed people
        ("Two gang leaders were killed in Lima.", None, ("gang leader",)),
        ("Two prison guards were killed in Lima.", None, ("prison guard",)),
        ("Four comrades of the TKHB were wounded.", "TKHB", ()),
        ("Three members of the Bloque Sur Oriental were captured.", "Bloque Sur Oriental", ()),
    ],
)
def test_who(text: str, actor: str | None, traits: tuple[str, ...]) -> None:
    (count,) = tollbook.extract(text).counts
    assert count.actor == actor
    assert set(count.traits) == set(traits)
