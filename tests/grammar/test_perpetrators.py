"""Who did it: the sentence, the event, the sides of a fight, and who speaks."""

from __future__ import annotations

import pytest

import tollbook


def by(text: str) -> dict[str, str | None]:
    return {count.text: count.by for count in tollbook.extract(text).counts}


def check(text: str, expected: dict[str, str | None]) -> None:
    found = by(text)
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gunmen riding motorcycles burst into a hamlet in Katsina. Nine people died.",
            {"Nine": "Gunmen"},
        ),
        ("Armed men surrounded a church. The bishop counts 12 dead.", {"12": "Armed men"}),
        (
            "Hitmen aboard a van emptied their rifles at a bar. Four dead, two wounded.",
            {"Four": "Hitmen", "two": "Hitmen"},
        ),
        (
            "Herders descended on Mbalom overnight. At least 16 villagers were killed.",
            {"At least 16": "Herders"},
        ),
        (
            "Militants, all of them masked, overran a school. Six pupils were killed.",
            {"Six": "Militants"},
        ),
        (
            "Raiders dressed as policemen blocked a road. Two drivers were shot dead.",
            {"Two": "Raiders"},
        ),
    ],
)
def test_attackers_far_from_their_verb(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A bomb went off in a market in Kirkuk, killing nine people. "
            "Police cordoned off the area and found a second device.",
            {"nine": None},
        ),
        (
            "Unknown persons shot dead a trader in Durban. Police hold two suspects.",
            {"a": None, "two": "Police"},
        ),
        (
            "Bandits invaded a village. Two vigilantes tried to hold them off. "
            "Eleven other people suffered gunshot wounds.",
            {"Eleven": "Bandits"},
        ),
        (
            "Neither the army nor the rebels spared the town. 27 civilians were killed.",
            {"27": None},
        ),
        ("The rebels fled the town. Three traders were found dead.", {"Three": None}),
    ],
)
def test_who_does_not_attack(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An army helicopter bombed a market. 15 traders were killed.", {"15": "army"}),
        ("Military jets pounded Tamu; four monks died.", {"four": "Military"}),
        ("Army kills 7 militants in Khyber", {"7": "Army"}),
        ("Two ELN guerrillas died in clashes with army in Arauca.", {"Two": "army"}),
    ],
)
def test_army_without_an_article(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Clashes between Somali troops and Al-Shabaab left 12 soldiers and 20 militants dead.",
            {"12": "al-shabaab", "20": "Somali troops"},
        ),
        (
            "Fighting between the Tamil Tigers and the Sri Lankan army went on. "
            "Nine soldiers were killed and 31 wounded.",
            {"Nine": "sri-lanka-ltte", "31": "sri-lanka-ltte"},
        ),
        (
            "Security forces clashed with BLA fighters in Kech. "
            "Two policemen and six militants died.",
            {"Two": "bla", "six": "Security forces"},
        ),
        (
            "Troops beat back an attack by Boko Haram, killing 20. "
            "Own losses: two soldiers killed, five wounded.",
            {"20": "Troops", "two": "boko-haram", "five": "boko-haram"},
        ),
        ("Hezbollah lost five fighters in an ambush by the SDF.", {"five": "sdf"}),
        # no fight, or no single enemy
        ("Four soldiers died when their lorry overturned near a rebel camp.", {"Four": None}),
        ("Clashes with ISIS and Al-Qaeda went on. Two soldiers were killed.", {"Two": None}),
        (
            "Fighting between the army and the M23 went on. A mine killed two soldiers.",
            {"two": None},
        ),
    ],
)
def test_sides_of_a_fight(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ELN says its attack on a barracks in Arauca killed five soldiers.", {"five": "eln"}),
        ("The TTP said last night's assault on a post killed seven troops.", {"seven": "ttp"}),
        (
            "JNIM boasted of having slain 20 soldiers and captured three.",
            {"20": "jnim", "three": "jnim"},
        ),
        (
            "The Arakan Army claims 14 junta soldiers killed and nine captured.",
            {"14": "arakan-army", "nine": "arakan-army"},
        ),
        (
            "A spokesman for the M23 alleged that 30 Burundian soldiers had been killed.",
            {"30": "m23"},
        ),
        ("The Taliban said eight policemen were killed in the attack.", {"eight": "taliban"}),
        ("The Taliban said two of its fighters were killed.", {"two": None}),
        ("The Taliban said an attack killed two traders.", {"two": None}),
        ("Police said two gunmen were killed.", {"two": None}),
        (
            "The Malian army, fighting alongside Wagner mercenaries, said on Monday it had "
            "killed 15 jihadists.",
            {"15": "fama"},
        ),
    ],
)
def test_claims_of_those_who_speak(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Statement of the Kachin Independence Army. Our fighters attacked a convoy near "
            "Hpakant. Eight soldiers were killed. We captured two.",
            {"Eight": "kia", "two": "kia"},
        ),
        (
            "Baloch Liberation Front: our sarmachars ambushed a convoy in Awaran, killing five "
            "personnel.",
            {"five": "blf"},
        ),
        (
            'The mayor of Wau spoke of the SSPDF. "Our soldiers are hungry." Two rebels died.',
            {"Two": None},
        ),
    ],
)
def test_statements_in_the_first_person(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Boko Haram fighters killed four people in Banki. Elsewhere, two traders were "
            "found dead near Bama.",
            {"four": "boko-haram", "two": None},
        ),
        (
            "Bandits killed six in Zurmi. In a separate incident, a farmer was shot dead.",
            {"six": "Bandits", "a": None},
        ),
        (
            "Over 30 people have been killed since January in Plateau. On Friday, bandits shot "
            "dead two traders.",
            {"Over 30": None, "two": "bandits"},
        ),
        (
            "41 policemen died, including eight who were killed in Israeli airstrikes.\n\n"
            "19 residents were killed.",
            {"41": None, "eight": "israel", "19": None},
        ),
        (
            "A roadside bomb killed two soldiers.\n\nThe TTP claimed responsibility for the "
            "attack.",
            {"two": "ttp"},
        ),
    ],
)
def test_where_an_event_ends(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fired from an AUSSOM position killed a farmer.", {"a": "aussom"}),
        ("Five bodies were found by villagers near Jos.", {"Five": None}),
        ("Five miners were found dead by soldiers.", {"Five": None}),
        ("Six hostages were found alive by soldiers.", {"Six": "soldiers"}),
        ("Villagers attacked a herders' camp, killing two herders.", {"two": "Villagers"}),
        ("Inmates took four guards hostage in Latacunga.", {"four": "Inmates"}),
        (
            "Armed men came at night near Bouira, Algeria, and killed seven travellers.",
            {"seven": "Armed men"},
        ),
        (
            "Civilians whom government forces accused of treason were beaten; nine civilians died.",
            {"nine": None},
        ),
        (
            "Gunmen killed two men in Kingston, pushing the murder toll for the year to 143.",
            {"two": "Gunmen", "143": None},
        ),
    ],
)
def test_agents_of_a_sentence(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Somali army said it repelled three attacks by Al-Shabaab.", {"three": "al-shabaab"}),
        ("Troops repelled four attacks near Baga.", {"four": None}),
        (
            "The KNLA said 112 junta soldiers and nine of its own fighters died in clashes in May.",
            {"112": "knla", "nine": "myanmar-military"},
        ),
        (
            "Army, Al-Shabaab trade claims.\n\nThe army, fighting alongside the Ma'awisley "
            "militia, clashed with Al-Shabaab. Five soldiers gave their lives.",
            {"Five": "al-shabaab"},
        ),
    ],
)
def test_those_who_hold_out(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Colombian army: six FARC dissidents killed and four captured in Guaviare",
            {"six": "Colombian army", "four": "Colombian army"},
        ),
        (
            "Tribal gunmen and the army clashed in Shabwa. Three soldiers died.",
            {"Three": "gunmen"},
        ),
        (
            "At least 45 residents whom government forces accused of treason were killed by "
            "them; elders say the dead exceeded 80.",
            {"At least 45": "government forces", "80": "government forces"},
        ),
        (
            "M23 rebels seized Sake after fighting with the FARDC. At least 20 soldiers were "
            "killed.",
            {"At least 20": "m23"},
        ),
    ],
)
def test_who_is_meant(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Chadian army raided Boko Haram camps on the lake. Troops killed nine fighters.",
            {"nine": "Chadian army"},
        ),
        (
            "M23 entered Nyanzale on Monday. The rebels killed eleven villagers.",
            {"eleven": "m23"},
        ),
        (
            "M23 and the ADF are active in Lubero. The rebels killed eleven villagers.",
            {"eleven": "rebels"},
        ),
        ("Revolutionary United Front (RUF) rebels killed six miners.", {"six": "ruf"}),
        ("Unidentified gunmen killed three teachers in Herat.", {"three": "gunmen"}),
        ("Government troops burned a hamlet. Soldiers killed four men.", {"four": "Soldiers"}),
    ],
)
def test_nouns_stand_for_the_only_name(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A mine said to have been laid by the Houthis hit a bus: four travellers were killed.",
            {"four": "houthis"},
        ),
        (
            "A mine hit a bus near a post held by the Houthis: four travellers were killed.",
            {"four": None},
        ),
        ("Ten mourners dead as Taliban fighters encircle a funeral", {"Ten": "taliban"}),
        ("Bandits loot market in Zamfara; at least five killed", {"at least five": "Bandits"}),
        (
            "Raiders believed to be from Chad attacked a well at noon. Seven nomads were killed.",
            {"Seven": "Raiders"},
        ),
        (
            "A bomb went off at a bus stop, killing two. Al-Shabaab said it was behind the blast.",
            {"two": "al-shabaab"},
        ),
        (
            "After a clash with rebels near Kutum, Sudanese soldiers shot dead five residents.",
            {"five": "Sudanese soldiers"},
        ),
        ("Police killed 22 people (13 by the army).", {"13": "army"}),
    ],
)
def test_attackers_told_beside(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


def test_lead_names_the_attacker_of_the_story() -> None:
    text = (
        "Russia fired 30 missiles at Poltava overnight, killing six people, officials said.\n\n"
        "A warehouse collapsed in the centre. {} By noon 14 others were in hospital."
    )
    check(text.format("Nine people died there."), {"Nine": "russia"})
    other = "Ukrainian forces shelled Belgorod, killing two. Nine people died there."
    assert by(text.format(other))["Nine"] != "russia"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two guards were hurt in Quito. The Nueva Aurora claimed responsibility for it.",
            {"Two": "Nueva Aurora"},
        ),
        (
            "Three soldiers died as a truck hit a mine near Ituango. The prosecutor pins it on "
            "Los Urabeños.",
            {"Three": "clan-del-golfo"},
        ),
        (
            "A bomb went off as a Navy bus passed, wounding nine sailors. The LTTE was not named.",
            {"nine": None},
        ),
        (
            "Eleven explosions, which the police attribute to Los Lobos, shook Guayas. One vendor "
            "was killed.",
            {"Eleven": "los-lobos", "One": "los-lobos"},
        ),
        (
            "A roadside bomb killed three traders near Mora. Officials pointed the finger at Boko "
            "Haram.",
            {"three": "boko-haram"},
        ),
        (
            "Five farmers were hacked to death near Beni. The chief blamed fighters of the ADF.",
            {"Five": "adf"},
        ),
        (
            "Six people were hurt in Lima. Residents claimed responsibility was denied.",
            {"Six": None},
        ),
    ],
)
def test_who_is_held_responsible(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A blast in northern Mali killed eleven people.", {"eleven": None}),
        (
            "Turkish forces hit a cave in northern Iraq near Duhok. Police detained 47 suspects.",
            {"47": "turkey"},
        ),
        (
            "Turkish jets hit Duhok. Iraqi police detained two men; troops held a third.",
            {"two": "iraq-forces"},
        ),
        ("Police in Tulsa, Oklahoma, arrested two men.", {"two": "Police"}),
    ],
)
def test_whose_police_and_land(text: str, expected: dict[str, str | None]) -> None:
    check(text, expected)


def test_attacker_of_one_item_of_a_report() -> None:
    text = (
        "Toll of Monday: 30 people killed.\n\nHoms: 11 people were killed by the regular forces."
        "\n\nAleppo: nine people killed.\n\nHama: ten people killed when a bus burned."
    )
    found = by(text)
    assert found["11"] == "syria-government"
    assert found["30"] is found["nine"] is found["ten"] is None
