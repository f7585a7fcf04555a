"""Places of a sentence that are not the scene, and names that are no place or share one word."""

from __future__ import annotations

import pytest

import tollbook


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Shelling in Daraa and Homs killed five people.", [["SY-DR", "SY-HI"]]),
        ("Raids in the Amhara and Oromia regions of Ethiopia killed nine.", [["ET-AM", "ET-OR"]]),
        ("A blast in the western province of Herat, Afghanistan, killed two.", [["AF-HER"]]),
        ("A mine killed four men near Tillaberi in western Niger.", [["NE-6"]]),
        ("Bandits took two drivers on the Kaduna road in Nigeria.", [["NG-KD"]]),
        ("Across Borno (12 killed), Yobe (five killed) and Adamawa.", [["NG-BO"], ["NG-YO"]]),
        ("In Gao, Mali, four traders from Mopti were killed.", [["ML-7"]]),
        ("The Aden-based government said its army killed three in Marib, Yemen.", [["YE-MA"]]),
        ("Raiders in Gedo, Somalia, killed a student of Mogadishu University.", [["SO-GE"]]),
        ("⚡️Sumy: two killed by a drone.", [["UA-59"]]),
        ("Two soldiers were killed in the Luhansk People's Republic.", [["UA-09"]]),
        ("ARMY HEADQUARTERS, ABUJA\n\nTroops killed 12 terrorists in a week.", [[]]),
        (
            "MOSCOW, May 2. /TASS/. The enemy lost 40 troops over the past day.\n\n"
            "Near Sudzha, Kursk Region, six were captured.",
            [[], ["RU-KRS"]],
        ),
    ],
)
def test_scene(text: str, regions: list[list[str]]) -> None:
    counts = tollbook.extract(text).counts
    assert [list(count.region) for count in counts] == regions


def test_opening_scene_without_figures() -> None:
    counts = tollbook.extract(
        "Drones struck a bakery in Nyala, South Darfur, on Friday.\n\n"
        "Nine people died, a doctor said.\n\nIn Blue Nile state, two men were shot dead."
    ).counts
    assert [list(count.region) for count in counts] == [["SD-DS"], ["SD-NB"]]


def test_war_as_a_whole() -> None:
    counts = tollbook.extract(
        "A strike on a market in Mopti killed four people.\n\n"
        "The conflict, in its tenth year, has killed thousands of people."
    ).counts
    assert [list(count.region) for count in counts] == [["ML-5"], []]
