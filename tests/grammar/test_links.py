"""What is part of what across sentences, paragraphs and lists: constructions, one each."""

from __future__ import annotations

import pytest

import tollbook


def linked(text: str) -> dict[str, str]:
    """The words of each part, with those of its whole; figures alone stand once in each text."""
    counts = tollbook.extract(text).counts
    words = {count.count_id: count.text for count in counts}
    return {count.text: words[count.part_of] for count in counts if count.part_of}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a headline told in detail
        (
            "Seven killed in Sool clashes\n\nGunmen shot dead three herders near Taleh. In the "
            "evening four elders died when a shell hit their car.",
            {"three": "Seven", "four": "Seven"},
        ),
        (
            "The ministry counted 910 dead in May. The number of civilians killed was 600. "
            "Another 310 soldiers were killed.",
            {"600": "910", "310": "910"},
        ),
        (
            "Rebels abducted 14 people in two villages. They kidnapped nine from Bria and five "
            "boys from Ippy.",
            {"nine": "14", "five": "14"},
        ),
        # parts that do not make it up are not guessed
        ("Nine people were killed in Dori. Two farmers were killed in Djibo.", {}),
        # other places than that of the first figure
        (
            "Police arrested 12 people in Lagos. In Kano, seven people were arrested. In Jos, "
            "five were held.",
            {},
        ),
        # another event, told after a small one
        (
            "Three farmers were killed in Dori.\n\nOne man was killed in Djibo. "
            "Two women were also killed in Arbinda.",
            {},
        ),
        # civilians are not among soldiers
        ("Five soldiers were killed. Two civilians were killed in Gao, three boys in Ansongo.", {}),
        # bare numbers within the sentence
        (
            "Officers arrested 25 people, 19 in Lagos and six in Ogun.",
            {"19": "25", "six": "25"},
        ),
    ],
)
def test_made_up(text: str, expected: dict[str, str]) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the lead behind a place is no section of its own
        (
            "Bamako — Troops killed 40 militants and arrested 21 people in a week.\n\n"
            "Gao: Soldiers killed 11 militants and arrested nine.\n\n"
            "Mopti: Troops killed 29 terrorists. Five soldiers died when a mine went off.",
            {"11": "40", "29": "40", "nine": "21"},
        ),
        # incidents of one kind
        (
            "The enemy carried out 30 air strikes and 120 assaults.\n\nIn the Sumy region, 14 "
            "attacks were repelled.\n\nIn the Kherson region, there were six airstrikes.",
            {"14": "120", "six": "30"},
        ),
    ],
)
def test_sections(text: str, expected: dict[str, str]) -> None:
    assert linked(text) == expected


def test_parts_of_what_is_told_again() -> None:
    text = (
        "Nine killed in Syria\n\nNine men were killed in Syria. Two others are missing.\n\n"
        "Homs: 4 killed.\n\nHama: 5 killed."
    )
    counts = tollbook.extract(text).counts
    assert [(count.part_of, count.same_as) for count in counts] == [
        (None, None), (None, "c1"), (None, None), ("c2", None), ("c2", None),
    ]  # fmt: skip


def test_share_without_a_figure() -> None:
    assert linked("They killed 29 rebels, the bulk of them in Gao, and freed 48 captives.") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A teacher was shot in Buga, pushing the department's homicide tally to 88.",
            {"A": "88"},
        ),
        ("Two jawans died, taking the army's losses to nine.", {"Two": "nine"}),
        (
            "12 rebels surrendered at Kalma, bringing to 97 those who have done so since May.",
            {"12": "97"},
        ),
        (
            "5 dead and 9 injured, says the mayor. The ministry raised the toll to 7 dead and "
            "11 injured.",
            {},
        ),
        (
            "5 dead and 9 injured, says the mayor. The ministry updated the toll to 7 dead and "
            "11 injured.",
            {"5": "7", "9": "11"},
        ),
        (
            "The death toll rose to 41 from 36 after five bodies were pulled out.",
            {"36": "41", "five": "41"},
        ),
        (
            "With the murder of a reporter in Cali there are already 11 journalists killed "
            "this year.",
            {"a": "11"},
        ),
        ("Three men were killed. In addition to them, 6 others were killed.", {}),
        (
            "Divers found 30 bodies in the lake, and 44 people are feared dead in all.",
            {"30": "44"},
        ),
        (
            "Gunmen shot dead a farmer and two sons. Police carried the bodies of all three away.",
            {"a": "all three", "two": "all three"},
        ),
    ],
)
def test_totals(text: str, expected: dict[str, str]) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sixteen people were killed. The victims included five women, seven men and "
            "four children.",
            {"five": "Sixteen", "seven": "Sixteen", "four": "Sixteen"},
        ),
        (
            "Nine people were hurt. The injured, aged 12 to 60, include a nurse.",
            {"a": "Nine"},
        ),
        (
            "A blast killed 11 people. Among the dead of the market are also a cook and two boys.",
            {"a": "11", "two": "11"},
        ),
        # of the total, not of a part of it
        (
            "40 people were killed, including 25 soldiers.\n\nAmong the dead was a priest.",
            {"25": "40", "a": "40"},
        ),
        ("Nine were hurt, a referee and a vendor among them.", {"a": "Nine"}),
        ("Ten hostages, a nun inclusive, were freed.", {"a": "Ten"}),
        # one person includes nobody
        ("With him, a mayor, there are 14 officials killed this year.", {}),
    ],
)
def test_among(text: str, expected: dict[str, str]) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Forty died, as follows:\n- Army: 28, of whom 14 were shot and 9 lost their lives to "
            "mines\n- Others: 12",
            {"28": "Forty", "14": "28", "9": "28", "12": "Forty"},
        ),
        # the fate is settled after the list has handed its measure down
        (
            "The dead by party:\n- Rebels: 25, of whom 14 were shot\n- Others: 12",
            {"14": "25"},
        ),
        (
            "Six kidnapped: three of them freed, two found dead.",
            {"three": "Six", "two": "Six"},
        ),
        (
            "Drones killed 400 people; over 90 of the victims were killed in Gondar alone.",
            {"over 90": "400"},
        ),
        (
            "The hospital took in 12 bodies and 50 wounded, of whom eleven, five children among "
            "them, were in intensive care.",
            {"eleven": "50", "five": "eleven"},
        ),
        (
            "Several people were hurt in Izmir, at least 3 of them kids, when a mortar fell.",
            {"at least 3": "Several"},
        ),
        ("31 girls, the eldest of them fifteen years old, and four nuns are missing.", {}),
        ("The rebels lost 3,000 men. The army's own dead were only 410.", {}),
        (
            "Ten youths are held. Nothing is known of the whereabouts of two of these.",
            {"two": "Ten"},
        ),
        # of guards and a driver together, those freed may be either
        ("Nine guards and a driver were abducted by inmates, who let four go.", {}),
        # two figures, though the second has an article
        (
            "Two of the six hostages who had been abducted in May were released.",
            {"Two": "the six"},
        ),
        # what divides the figure right before it
        (
            "Total killed since 1 June: 340\nOf which:\nCivilians - 210\nSoldiers - 90",
            {"210": "340", "90": "340"},
        ),
        (
            "Q2: 96 people killed.\nBreakdown:\n• Army: 40\n• Rebels: 31\n• Unknown: 25",
            {"40": "96", "31": "96", "25": "96"},
        ),
        # labels within brackets
        (
            "Killed: 12 (of them civilians: 5)\nWounded: 30 (children: 4, women: 6)",
            {"5": "12", "4": "30", "6": "30"},
        ),
        # a bracket with the figure of another time
        ("50 incidents were logged (week 22: 37).", {}),
        ("In May 42 people were killed (April: 37).", {}),
        # another time than that of the sections
        (
            "A total of 19,000 people are in detention.\n\nMon State: Police arrested a monk."
            "\n\nShan State: Three boys were arrested.",
            {},
        ),
        (
            "In Kupiansk the enemy attacked nine times. Two of the clashes go on.",
            {"Two": "nine"},
        ),
    ],
)
def test_parts(text: str, expected: dict[str, str]) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Women accounted for 35 per cent of the 400 civilians killed (140), and boys for "
            "20 per cent (80).",
            {"140": "the 400", "80": "the 400"},
        ),
        (
            "The UN counted 200 deaths and 300 injured. The army was behind 40 percent — 80 deaths "
            "and 120 injured — while mines left 15 dead.",
            {"80": "200", "120": "300", "15": "200"},
        ),
        ("Some 900 were killed in May. Gangs were to blame for 270, or 30%.", {"270": "Some 900"}),
        # a change is no share
        ("In March 300 people were killed, 22% more than in February, and police killed 60.", {}),
        ("Killings rose by 40% in June. Police recorded 210 killings, up from 150 in May.", {}),
    ],
)
def test_shares(text: str, expected: dict[str, str]) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Of the 14 killed, nine were civilians. The remaining five were gunmen.",
            {"nine": "the 14", "five": "the 14"},
        ),
        (
            "Eleven people drowned. Four of them were found on Monday. The other seven were "
            "buried by their kin.",
            {"Four": "Eleven", "seven": "Eleven"},
        ),
        # more than are left
        (
            "Ten people drowned. Four of them were found on Monday. The other nine were killed.",
            {"Four": "Ten"},
        ),
        (
            "Six herders were shot dead. They were two brothers, three boys and a guest.",
            {"two": "Six", "three": "Six", "a": "Six"},
        ),
        ("Six herders were shot dead. They were killed by 20 gunmen.", {}),
        (
            "The ministry counted 90 violations. Of these, 50 were laid to the army and 40 to the "
            "rebels.",
            {"50": "90", "40": "90"},
        ),
        # bare numbers of other people
        ("Three men were arrested and two others escaped.", {}),
        (
            "The UN counted 90 casualties (30 killed; 60 injured).",
            {"30": "90", "60": "90"},
        ),
        (
            "In a week 30 people were killed. Homs suffered 9 killed, Hama 8 killed and Idlib "
            "11 killed.",
            {"9": "30", "8": "30", "11": "30"},
        ),
        # two regions that do not make it up
        ("30 people were killed. Homs suffered 9 killed and Hama 8 killed.", {}),
    ],
)
def test_pointing_back(text: str, expected: dict[str, str]) -> None:
    assert linked(text) == expected


def test_lettered_items() -> None:
    text = (
        "83 civilians were killed in May.\n\nThe report breaks the toll down by party:\n\n"
        "A. Main parties\n• Army: 44\n• Rebels: 1\n\nB. Other parties: 38"
    )
    assert linked(text) == {"44": "83", "1": "83", "38": "83"}
    assert linked("J. Cole said: 12 people were killed, four of them boys.") == {"four": "12"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # side by side, no later fate of those taken
        ("Raiders kidnap 30 villagers, kill nine near Kaga", {}),
        ("In May 40 rebels surrendered and seven were killed.", {}),
        ("Raiders kidnapped 30 villagers; seven were later killed.", {"seven": "30"}),
        ("Raiders kidnapped 30 villagers and 12 were freed.", {"12": "30"}),
        # those killed already are not killed once more
        (
            "Troops killed 19 rebels in Baga. Insurgents stormed the base at Rann; the soldiers "
            "killed five of them.",
            {},
        ),
        # the nearest that holds so many
        (
            "Police arrested 50 students, including six girls and three minors, of whom 20 were "
            "released.",
            {"six": "50", "three": "50", "20": "50"},
        ),
        # a bracket behind another place
        (
            "Homs was hit hardest (20 killed, 15 injured), followed by Hama (11 killed, 4 hurt).",
            {},
        ),
        ("The mayor and all three of his guards were shot dead.", {}),
        # sections under headings that divide the country; the troops' own dead are not theirs
        (
            "Troops killed 67 terrorists.\n\nNORTH EAST\nTroops killed 19 insurgents.\n\n"
            "NORTH WEST\nTroops killed 22 bandits. Three soldiers died.",
            {"19": "67", "22": "67"},
        ),
        # a total made up by its own items has no room for those of the sections
        (
            "They killed 20 people:\n- 12 by shelling\n- eight by mines\n\n"
            "Homs: 6 men killed.\n\nHama: 4 men killed.",
            {"12": "20", "eight": "20"},
        ),
    ],
)
def test_links_are_not_guessed(text: str, expected: dict[str, str]) -> None:
    assert linked(text) == expected


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Gunmen shot dead two guards in Bo. A curfew followed. The two guards died at once.", 1),
        ("Raiders killed four people. The chief said the four killed were herders.", 1),
        ("Raiders killed four people. The other four died in Po.", 0),
        ("Raiders killed four civilians. The four soldiers died in Po.", 0),
    ],
)
def test_a_definite_figure_is_told_again(text: str, same: int) -> None:
    counts = tollbook.extract(text).counts
    assert sum(count.same_as is not None for count in counts) == same


def test_callings_that_happen_to_add_up_are_side_by_side() -> None:
    text = "Five policemen, three soldiers and two nurses were killed in Damasak."
    found = tollbook.extract(text)
    assert [(count.text, count.part_of) for count in found.counts] == [
        ("Five", None),
        ("three", None),
        ("two", None),
    ]
    assert found.toll("killed").best == 10
