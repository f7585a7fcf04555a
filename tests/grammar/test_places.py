"""The region of a count: the scene, what is not the scene, headings, zones, running totals."""

from __future__ import annotations

import pytest

import tollbook


def regions(text: str) -> list[tuple[str, str]]:
    return [(count.text, "+".join(count.region)) for count in tollbook.extract(text).counts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # where people were taken, fled to, come from, or speak is not the scene
        (
            "Shelling of Toretsk wounded five people. They were rushed to hospitals in Dnipro.",
            [("five", "UA-14")],
        ),
        (
            "Clashes near Tabit in North Darfur killed nine. About 400 families and 2,000 people "
            "fled to Ed Daein and Nyala.",
            [("nine", "SD-DN"), ("2,000", "SD-DN")],
        ),
        (
            "Gunmen killed three labourers in Panjgur. The three had come from Rahim Yar Khan.",
            [("three", "PK-BA")],
        ),
        (
            "Kandahar police chief said two officers were killed in Zaranj.",
            [("two", "AF-NIM")],
        ),
        # the place of most is not the place of all, nor that of a part that of the whole
        (
            "In two raids troops killed 30 fighters, most of them at Alagarno in Borno.",
            [("two", ""), ("30", "")],
        ),
        (
            "Soldiers freed 40 captives, 25 from a camp in Maru and 15 in Batsari.",
            [("40", ""), ("25", "NG-ZA"), ("15", "NG-KT")],
        ),
        # zones, parts of a country, the whole country
        ("Israeli strikes killed 20 people in the Gaza Strip.", [("20", "")]),
        (
            "In Hodeidah three died. Nine people were killed across Yemen.",
            [("three", "YE-HU"), ("Nine", "")],
        ),
        ("Mortar fire hit Tripoli. Floods killed six people in the north.", [("six", "")]),
        # a running total told beside an incident
        (
            "A mine killed a farmer in Khanaqin, Diyala, bringing the number of people killed by "
            "mines since January to 31.",
            [("a", "IQ-DI"), ("31", "")],
        ),
        (
            "Two men were shot in Tikrit. Since May, 90 people have been killed in Iraq. "
            "In addition, 14 were abducted.",
            [("Two", "IQ-SD"), ("90", ""), ("14", "")],
        ),
        # semicolons part what is told
        (
            "Of 12 people killed, five were shot by unknown men; three died at Jasim in Daraa. "
            "A boy drowned in Homs.",
            [("12", ""), ("five", ""), ("three", "SY-DR"), ("A", "SY-HI")],
        ),
        # the scene is told after the count
        (
            "Gunmen killed five worshippers on Friday. The attack took place in Kandahar city.",
            [("five", "AF-KAN")],
        ),
        # streets, corners and roads are no places
        ("CHICAGO: Two men were shot near 63rd and Kansas.", [("Two", "US-IL")]),
        # names of regions that are words, in a report on their country
        (
            "In Nigeria troops killed 14 bandits in Plateau and nine in Benue.",
            [("14", "NG-PL"), ("nine", "NG-BE")],
        ),
        # the filing line of a story, and one whose place the story tells of
        (
            "NAIROBI, March 3 (Reuters) - Militants killed six people in Mandera, Kenya.",
            [("six", "KE-24")],
        ),
        (
            "Ambush at Dinsoor\n\nDINSOOR, Bay - Al-Shabaab killed four soldiers at first light. "
            "In Afgooye, Lower Shabelle, a policeman was shot dead.",
            [("four", "SO-BY"), ("a", "SO-SH")],
        ),
    ],
)
def test_region(text: str, expected: list[tuple[str, str]]) -> None:
    assert regions(text) == expected


def test_the_heading_of_a_region_is_stronger_than_a_town_of_another() -> None:
    text = (
        "#Hama province: two men were killed in al-Midan.\n\n"
        "#Homs province: a girl was killed in Talbiseh."
    )
    assert regions(text) == [("two", "SY-HM"), ("a", "SY-HI")]


def test_a_capital_that_files_is_no_heading() -> None:
    text = "ISLAMABAD: Two soldiers were killed in Tordher."
    assert regions(text)[0][1] != "PK-IS"


def test_the_opening_words_hold_for_the_paragraph() -> None:
    text = (
        "In the Sumy region, the enemy attacked four times near Yunakivka. Two clashes are ongoing."
    )
    assert regions(text) == [("four", "UA-59"), ("Two", "UA-59")]


def test_the_title_of_a_report_holds_for_its_totals() -> None:
    text = (
        "Borno weekly, 3-9 May\n\nGunmen killed two farmers in Kaga. Since January, 120 people "
        "have been abducted."
    )
    assert regions(text) == [("two", "NG-BO"), ("120", "NG-BO")]


def test_a_total_under_the_last_of_several_headings_is_of_all() -> None:
    text = (
        "Weekly update\n\nNorth Darfur\n- Kutum: six traders were abducted.\n\nSouth Kordofan\n"
        "- Dilling: four children died.\n\nIn total, 34 civilians were killed."
    )
    assert regions(text) == [("six", "SD-DN"), ("four", "SD-KS"), ("34", "")]
