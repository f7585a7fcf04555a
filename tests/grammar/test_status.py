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


@pytest.mark.parametrize(
    ("text", "traits"),
    [
        # a noun before a calling makes one role with it; an adjective does not
        ("Robbers stabbed a lottery vendor and a blind farmer in Quetta.",
         [("lottery vendor",), ("farmer",)]),
        ("Two young traders and a village council chairman were abducted in Kaya.",
         [("trader",), ("village council chairman",)]),
        ("Three NGO workers and a local teacher were released in Goma.",
         [("NGO worker",), ("teacher",)]),
        ("An army driver and nine passengers were killed in Mopti.",
         [("army driver",), ("passenger",)]),
        # an age by its adjective, the sex by the noun
        ("An elderly woman and an old man were shot in Bamenda.",
         [("woman", "elderly"), ("man", "elderly")]),
        ("An elderly neighbour was beaten to death in Lashio.", [("neighbour", "elderly")]),
        # others are what those before them are
        ("Raiders killed two fishermen near Baga and carried off three others.",
         [("fisherman",), ("fisherman",)]),
        ("Two porters froze to death and a third was wounded near Baneh.",
         [("porter",), ("porter",)]),
        ("The blast killed a girl and wounded three others in Taiz.", [("child",), ()]),
        ("Two teachers and a nurse were killed and six others wounded in Loikaw.",
         [("teacher",), ("nurse",), ()]),
    ],
)  # fmt: skip
def test_traits(text: str, traits: list[tuple[str, ...]]) -> None:
    assert [count.traits for count in tollbook.extract(text).counts] == traits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two soldiers and a trader were killed and eight others wounded in Gao.",
         ["combatant", "civilian", None]),
        ("Three farmers were killed in Gwoza. Two others were wounded.", ["civilian", "civilian"]),
        ("Four guests were shot in Celaya; another died in hospital.", ["civilian", "civilian"]),
    ],
)  # fmt: skip
def test_others_have_the_status_of_those_before(text: str, expected: list[str | None]) -> None:
    assert statuses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two members of a local self-defence unit were killed in Jos.", ["combatant"]),
        ("Police arrested six members of an armed gang in Lagos.", ["combatant"]),
        ("The leader of a rebel faction was shot in Goma.", ["combatant"]),
        ("Two members of the civil defence were killed in Idlib.", [None]),
        ("A member of the provincial council was shot in Kunduz.", [None]),
        ("Three members of the family of a soldier were killed in Djibo.", [None]),
    ],
)
def test_members_of_a_body_that_fights(text: str, expected: list[str | None]) -> None:
    assert statuses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an inner list ends where a comma or another kind of people says so
        ("Nine people died: six civilians, including a girl and two women, and three soldiers.",
         ["mixed", "civilian", "civilian", "civilian", "combatant"]),
        ("The death of 17 people was documented: 12 civilians, including two women and three "
         "children, four combatants and one unidentified person.",
         ["mixed", "civilian", "civilian", "civilian", "combatant", None]),
        # those among them are among the nearest who are enough
        ("Five soldiers and nine civilians, two children among them, were killed in Kidal.",
         ["combatant", "civilian", "civilian"]),
        # one civilian, and more of them; but a girl says nothing of others
        ("One civilian was killed and three were wounded in Zalingei.", ["civilian", "civilian"]),
        ("A girl was killed and three were wounded in Zalingei.", ["civilian", None]),
    ],
)  # fmt: skip
def test_lists_within_lists(text: str, expected: list[str | None]) -> None:
    assert statuses(text) == expected
