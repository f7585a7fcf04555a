"""Whose the counted people are, where the noun group itself names no group."""

from __future__ import annotations

import pytest

import tollbook


def actors(text: str) -> list[str | None]:
    return [count.actor for count in tollbook.extract(text).counts]


FORCES = [
    # the force of the sentence, or of the sentences before it
    ("An army convoy hit a mine near Djibo. Three soldiers died.", ["army"]),
    ("Pillage at Mora by unknown men: a sergeant was hurt.", [None]),
    ("The army killed 40 rebels at Nyala; a captain was wounded.", [None, "army"]),
    (
        "Five soldiers were hurt in a firefight in Samar. Government troops recovered two rifles.",
        ["Government troops"],
    ),
    (
        "Fano killed eight soldiers. Later, fighting between Ethiopian forces and Fano resumed.",
        ["Ethiopian forces"],
    ),
    ("An Israeli soldier was killed in Gaza and five troops were wounded.", ["israel", "israel"]),
    ("Three soldiers were killed by a roadside bomb in Anbar province, Iraq.", ["iraq-forces"]),
    ("A DRG head constable and a constable were killed in Bijapur.", ["drg", "drg"]),
    # not the force that did it, nor one that only speaks, nor a policeman of no named force
    ("Turkish forces killed nine soldiers near Ain Issa.", [None]),
    ("Seven soldiers died at Mocimboa, an army spokesman said.", [None]),
    ("Two police officers were shot dead in Quetta.", [None]),
    ("The army was ambushed at Gao. Two former soldiers were killed in a market.", [None]),
]

GROUPS = [
    # who a definite noun or a pronoun points back to
    ("Gunmen of the ELN raided a post near Arauca. Two of the attackers were killed.", ["eln"]),
    ("Al-Shabaab tried to overrun the base at Bulo Burte. Troops killed nine of them.",
     ["al-shabaab"]),
    ("Protesters blocked the road to Juba. Police arrested 40 of them.", [None]),
    # parts fight for their whole; attendants for whom they attend
    ("30 rebels of the ELN, among them two officers, were killed by the army in Arauca.",
     ["eln", "eln"]),
    ("The army captured an FDLR major and his two bodyguards.", ["fdlr", "fdlr"]),
    # a mission that the text names has the peacekeepers
    ("FDLR fighters fired on a MONUSCO post. A Nepali peacekeeper was hurt.", ["monusco"]),
    ("MONUSCO and AMISOM gave figures. A Nepali peacekeeper was hurt.", ["Nepali peacekeeper"]),
    ("Clashes between the Mehdi Army and police killed two civilians and five militiamen.",
     [None, "mehdi-army"]),
    ("Three militants died when TTP fighters stormed a check post in Lakki Marwat.", ["ttp"]),
    ("The FDLR attacked a camp near Rutshuru. Four rebels were captured.", ["fdlr"]),
    # a bare noun names no group of another sentence; who did it, or the enemy, is none either
    ("The FDLR attacked a camp near Rutshuru. Four militants were captured.", [None]),
    ("The FDLR killed four militants.", [None]),
    # nor is the group of a part that of the whole
    ("Ten fighters, including four members of Liwa Fatemiyoun, were killed in Aleppo.",
     [None, "liwa-fatemiyoun"]),
    ("Six militants were killed in clashes with Hezbollah.", [None]),
]  # fmt: skip

OWNERS = [
    ("The rebels said they had inflicted over 90 casualties on a brigade of the FARDC.", ["fardc"]),
    ("On the army's side, the communique listed six dead and 21 wounded.", ["army", "army"]),
    ("The Arakan Army said it lost five of its own.", ["arakan-army"]),
    ("ELN rebels killed two traders, for three losses of their own.", [None, "eln"]),
    ("The KNLA counted 12 clashes, in which nine of its own fighters died.", [None, "knla"]),
    ("The battle claimed 14 lives in the ranks of the SDF.", ["sdf"]),
    ("Fighting between M23 and the FDLR left four dead on the side of the latter.", ["fdlr"]),
    ("The Houthis' losses in Marib reached 45.", ["houthis"]),
    ("The rebels lost 20 men and the army seven.", [None, "army"]),
    ("The Somali National Army had no losses.", ["sna-somalia"]),
    ('"Nine of our comrades fell as martyrs," the KNLA said.', ["knla"]),
    ("The M23 admitted three dead in the battle of Sake.", ["m23"]),
    ("12 of their fighters died, the M23 said.", ["m23"]),
    ("Tren de Aragua gunmen fled; police shot dead two members of the gang.", ["tren-de-aragua"]),
    ("Hezbollah fighters killed three; two of his comrades were wounded.", [None, None]),
    ("The ambush at Tame caused 14 casualties for the FARDC.", ["fardc"]),
    ("Clashes in Sake caused 14 casualties in camps near the FARDC base.", [None]),
    ("The M23 raided Sake. The group's spokesman acknowledged three dead.", ["m23"]),
    ("Al-Shabaab stormed a post at Bulo. Six of the Mujahideen were martyred.", ["al-shabaab"]),
    # who makes the statement, not whom it attacked
    (
        "The ELN said that its units attacked the National Army near Tame. We suffered two dead.",
        ["eln"],
    ),
    # personnel are of the army of the text, unless it is security or prison personnel
    ("Rebels struck the Malian army at Niono. Six personnel were eliminated.", ["fama"]),
    ("Rebels struck the Malian army at Niono. Six prison personnel were injured.", [None]),
]


@pytest.mark.parametrize(("text", "expected"), FORCES + GROUPS + OWNERS)
def test_actor(text: str, expected: list[str | None]) -> None:
    assert actors(text) == expected


def test_others_in_the_next_sentence_are_fighters_too() -> None:
    text = "The Nigerian army lost five soldiers near Marte. Two others were wounded."
    assert [(c.status, c.actor) for c in tollbook.extract(text).counts] == [
        ("combatant", "nigerian-army"),
        ("combatant", "nigerian-army"),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Two of his guards were killed.", "combatant"),
        ("Two guards of the school were killed.", None),
        ("The rebels lost 20 men.", "combatant"),
        ("The village lost 20 men to the gunmen.", None),
        ("Thirty rebels, including a medic, were killed.", "combatant"),
        ("Thirty soldiers, including a civilian, were killed.", "combatant"),
    ],
)
def test_status(text: str, status: str | None) -> None:
    assert tollbook.extract(text).counts[0].status == status


def test_a_role_is_no_proof_of_a_civilian_among_fighters() -> None:
    text = "Thirty rebels, including a medic and a passer-by, were killed."
    assert [c.status for c in tollbook.extract(text).counts] == [
        "combatant",
        "combatant",
        "civilian",
    ]
