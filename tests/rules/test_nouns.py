"""The lexicon of counted nouns: what each word says, and that the tables are sound."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from spacy.lang.en import English
from spacy.tokenizer import Tokenizer

from tollbook.rules.loader import Row, RuleError, data_path, load
from tollbook.rules.nouns import DEMONYMS, NOUNS, Nouns, nouns, pluralise
from tollbook.words import Words


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return English().tokenizer


@pytest.fixture(scope="module")
def lexicon() -> Nouns:
    return nouns()


EXPECTED = """
# phrase | kind | status | traits | measure | role
soldiers | person | combatant |||
troops | person | combatant |||
police | person | combatant |||
policemen | person | combatant | policeman ||
police officers | person | combatant | police officer ||
officers | person | combatant | officer ||
army officer | person | combatant | officer ||
commanders | person | combatant | commander ||
woman commander | person | combatant | woman;commander ||
captain | person | combatant | captain ||
lieutenant colonels | person | combatant | lieutenant colonel ||
head constable | person | combatant | head constable ||
bodyguards | person | combatant | bodyguard ||
village guards | person | combatant | village guard ||
militiamen | person | combatant ||| armed
gunmen | person | combatant ||| armed
fighters | person | combatant ||| armed
insurgents | person | combatant ||| armed
militants | person | combatant ||| armed
terrorists | person | combatant ||| armed
rebels | person | combatant ||| armed
armed men | person | combatant ||| armed
jihadists | person | combatant ||| armed
naxalites | person | combatant ||| armed
maoists | person | combatant ||| armed
khwarij | person | combatant ||| armed
kharji | person | combatant ||| armed
attackers | person | combatant |||
assailants | person | combatant |||
suicide bombers | person | combatant |||
jawans | person | combatant |||
paratroopers | person | combatant | paratrooper ||
peacekeepers | person | combatant | peacekeeper ||
kidnappers | person | combatant | kidnapper ||
collaborator | person | combatant | collaborator ||
ring leader | person | combatant | ring leader ||
militia leader | person | combatant | militia leader ||
members | person ||||
people | person ||||
persons | person ||||
individuals | person ||||
victims | person ||||
suspects | person ||||
prisoners | person || prisoner ||
detainees | person ||||
hostages | person ||||
occupants | person ||||
men | person || man ||
young man | person || man ||
would-be recruits | person || would-be recruit ||
security guards | person || security guard ||
indigenous guards | person || indigenous guard ||
prison guard | person || prison guard ||
barangay tanods | person | combatant | barangay tanod ||
khasadars | person | combatant |||
martyrdom-seekers | person | combatant |||
privates first class | person | combatant | private first class ||
health extension workers | person | civilian | health extension worker ||
gaonburah | person | civilian | gaon bura ||
motorcycle taxi riders | person | civilian | motorcycle taxi rider ||
herd boys | person | civilian | child ||
gun runners | person || gunrunner ||
former rebels | person || former rebel ||
peace agreement signatory | person || peace agreement signatory ||
smugglers | person || smuggler ||
civilians | person | civilian |||
residents | person | civilian |||
citizens | person | civilian |||
villagers | person | civilian |||
neighbors | person | civilian | neighbour ||
women | person | civilian | woman ||
citizen women | person | civilian | woman ||
pregnant woman | person | civilian | woman ||
children | person | civilian | child ||
girls | person | civilian | child ||
infant | person | civilian | child ||
minors | person | civilian | child ||
grandchildren | person | civilian | child ||
stepchildren | person | civilian | child ||
older persons | person | civilian | elderly ||
elderly people | person | civilian | elderly ||
wife | person || woman || kin
grandmother | person || woman || kin
sisters | person || woman || kin
brothers | person || man || kin
husband | person || man || kin
sons | person |||| kin
daughters | person |||| kin
cousins | person |||| kin
journalists | person | civilian | journalist ||
paramedics | person | civilian | paramedic ||
nurses | person | civilian | nurse ||
shepherds | person | civilian | shepherd ||
farmers | person | civilian | farmer ||
fishermen | person | civilian | fisherman ||
truffle pickers | person | civilian | truffle picker ||
truck drivers | person | civilian | truck driver ||
ambulance driver | person | civilian | ambulance driver ||
vegetable sellers | person | civilian | vegetable seller ||
relief worker | person | civilian | relief worker ||
red crescent volunteer | person | civilian | Red Crescent volunteer ||
university student | person | civilian | university student ||
passers-by | person | civilian | passer-by ||
passersby | person | civilian | passerby ||
passengers | person | civilian | passenger ||
refugees | person | civilian | refugee ||
returnees | person | civilian | returnee ||
displaced persons | person | civilian | displaced person ||
settlers | person | civilian | settler ||
officials | person | civilian | official ||
social leaders | person | civilian | social leader ||
protesters | person | civilian | protester ||
worshippers | person | civilian | worshipper ||
ex-fighters | person || ex-fighter ||
deputy dean | person | civilian | deputy dean ||
others | person |||| pronoun
fatalities | casualty ||| killed |
deaths | casualty ||| killed |
bodies | casualty ||| killed |
martyrs | casualty ||| killed |
beheadings | casualty ||| killed |
dead | casualty ||| killed |
lives | casualty ||| killed |
wounded | casualty ||| injured |
injuries | casualty ||| injured |
casualties | casualty ||| casualties |
losses | casualty ||| casualties |
civilian casualties | casualty | civilian || casualties |
child casualties | casualty | civilian | child | casualties |
arrests | casualty ||| detained |
kidnappings | casualty ||| abducted |
disappearances | casualty ||| missing |
attacks | event ||| incidents |
operations | event ||| incidents |
airstrikes | event ||| incidents |
air strikes | event ||| incidents |
drone attacks | event ||| incidents |
massacres | event ||| incidents |
assassinations | event ||| incidents |
murders | event ||| incidents |
occasions | event ||| incidents |
abduction incidents | event ||| incidents |
barrel bombs | thing ||||
shells | thing ||||
houses | thing ||||
vehicles | thing ||||
targets | thing ||||
sheep | animal ||||
cattle | animal ||||
km | measure ||||
percent | measure ||||
villages | place ||||
checkpoints | place ||||
families | collective ||||
households | collective ||||
gangs | collective ||||
sentences | other ||||
cases | other ||||
"""


@pytest.mark.parametrize("line", EXPECTED.strip().split("\n")[1:])
def test_expectations(lexicon, tokenizer, line):
    phrase, *expected = [cell.strip() for cell in line.split("|")]
    expected += [""] * (5 - len(expected))
    words = Words.of(tokenizer(phrase))
    found = lexicon.at(words.low, 0)
    assert found is not None
    size, noun = found
    assert size == len(words)
    traits = ";".join(noun.traits)
    assert [noun.kind, noun.status, traits, noun.measure, noun.role] == expected


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("militiaman", "militiamen"),
        ("policewoman", "policewomen"),
        ("child", "children"),
        ("grandchild", "grandchildren"),
        ("person", "persons"),
        ("fatality", "fatalities"),
        ("body", "bodies"),
        ("deputy", "deputies"),
        ("boy", "boys"),
        ("bus", "buses"),
        ("ambush", "ambushes"),
        ("hostage", "hostages"),
        ("thief", "thieves"),
        ("chief", "chiefs"),
        ("wife", "wives"),
        ("midwife", "midwives"),
        ("human", "humans"),
        ("shaman", "shamans"),
        ("hero", "heroes"),
        ("commando", "commandos"),
        ("truffle picker", "truffle pickers"),
        ("ex-serviceman", "ex-servicemen"),
    ],
)
def test_regular_plurals(noun, plural):
    assert pluralise(noun) == plural


def test_plural_is_told(lexicon):
    assert [lexicon.get(word).plural for word in ("soldier", "soldiers", "people", "sheep")] == [
        False,
        True,
        True,
        True,
    ]


def test_longest_noun_wins_and_quotes_stop(lexicon):
    assert lexicon.at(["truck", "driver"], 0)[1].noun == "truck driver"
    assert lexicon.at(["truck", "", "driver"], 0)[1].noun == "truck"
    assert lexicon.at(["truck"], 0)[0] == 1
    assert lexicon.at(["", "driver"], 0) is None


@pytest.mark.parametrize("text", ["passers-by", "passers by", "passers–by"])
def test_hyphens(lexicon, tokenizer, text):
    words = Words.of(tokenizer(text))
    size, noun = lexicon.at(words.low, 0)
    assert (size, noun.noun) == (len(words), "passer-by")


@pytest.mark.parametrize(
    ("word", "trait", "country", "plural"),
    [
        ("Syrian", "Syrian", "SY", False),
        ("Iraqis", "Iraqi", "IQ", True),
        ("Afghans", "Afghan", "AF", True),
        ("Saudi", "Saudi", "SA", False),
        ("Lebanese", "Lebanese", "LB", False),
        ("Turks", "Turk", "TR", True),
        ("Turkish", "Turkish", "TR", False),
        ("Kurds", "Kurd", "", True),
        ("Frenchmen", "Frenchman", "FR", True),
        ("Filipinas", "Filipina", "PH", True),
        ("U.S.", "U.S.", "US", False),
        ("South Sudanese", "South Sudanese", "SS", False),
        ("Awá", "Awá", "", False),
        ("Awa", "Awá", "", False),
        ("Yazidi", "Yazidi", "", False),
        ("Christians", "Christian", "", True),
    ],
)
def test_demonyms(lexicon, word, trait, country, plural):
    found = lexicon.demonym(word)
    assert (found.trait, found.country, found.plural) == (trait, country, plural)


@pytest.mark.parametrize("word", ["us", "Us", "poles", "chin", "fur", "soldiers", ""])
def test_not_a_demonym(lexicon, word):
    assert lexicon.demonym(word) is None


def test_adjectives_are_not_people(lexicon):
    assert lexicon.is_person("Turks")
    assert not lexicon.is_person("Turkish")
    assert not lexicon.is_person("attacks")


def test_every_country_has_a_demonym():
    pycountry = pytest.importorskip("pycountry")
    known = {row["country"] for row in load(DEMONYMS, data_path("en/demonyms.csv"))}
    assert known - {""} <= {country.alpha_2 for country in pycountry.countries} | {"XK"}
    assert len(known) > 190


def test_lemma(lexicon):
    words = ["militiamen", "passers-by", "Wives", "tractors", "mbrs", "zork"]
    expected = ["militiaman", "passer-by", "wife", "tractor", "member", "zork"]
    assert [lexicon.lemma(word) for word in words] == expected


def test_guess(lexicon):
    assert lexicon.guess("lampmakers").noun == "lampmaker"
    assert lexicon.guess("swordsmen").traits == ("swordsman",)
    assert lexicon.guess("swordsmen").status == ""
    for word in ("soldiers", "specimen", "maker", "worked", "ottomans", "sedan"):
        assert lexicon.guess(word) is None


def test_forms_are_unique_and_lower_case():
    seen: dict[str, str] = {}
    with data_path("en/nouns.csv").open(encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#") and line.strip()]
    for row in csv.DictReader(lines):
        assert row["noun"] == row["noun"].lower().strip()
        assert seen.setdefault(row["noun"], row["id"]) == row["id"]
    assert len(seen) > 1100


def test_measures_stand_with_outcomes_only():
    for row in load(NOUNS, data_path("en/nouns.csv")):
        assert bool(row["measure"]) is (row["kind"] in ("casualty", "event")), row["id"]
        assert (row["measure"] == "incidents") is (row["kind"] == "event"), row["id"]
        if row["kind"] not in ("person", "casualty"):
            assert not any((row["status"], row["trait"], row["role"])), row["id"]
        if row["role"] == "armed":
            assert row["status"] == "combatant", row["id"]


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_noun_without_plural(tmp_path):
    mine = nouns(write(tmp_path / "mine.csv", "id,noun,plural,kind\nzork,zork,-,other\n"))
    assert mine.get("zork").plural is False
    assert mine.get("zorks") is None


def test_user_rows_lie_over_ours(tmp_path):
    file = write(
        tmp_path / "mine.csv",
        "id,noun,kind,status,trait\ngondolier,gondolier,person,civilian,*\nvigilante,,,civilian,\n",
    )
    mine = nouns(file)
    assert mine.get("gondoliers").traits == ("gondolier",)
    assert mine.get("vigilantes").status == "civilian"
    assert nouns().get("gondoliers") is None
    assert nouns().get("vigilantes").status == "combatant"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id,noun,kind\nx,soldier,person\n", "is a form of 'soldier' already"),
        ("id,noun,kind\nx,zork,animate\n", "is not one of person"),
        ("id,noun,kind\nx,zork,\n", "is required"),
        ("id,noun,kind\nx,Zork,person\n", "not in lower case"),
        ("id,noun,plural,kind\nx,zork,zorks;zorks,person\n", "stands twice in the row"),
        ("id,noun,kind,side\nx,zork,person,good\n", "unknown column"),
        ("id,noun,kind\nx,zork,person\nx,zorg,person\n", "stands on line 2 already"),
    ],
)
def test_bad_tables_are_refused(tmp_path, text, reason):
    with pytest.raises(RuleError, match=reason):
        nouns(write(tmp_path / "bad.csv", text))


def test_two_demonyms_with_one_form_are_refused():
    values = {"nouns": (), "country": "", "kind": "people", "cased": False, "examples": ()}
    pair = [
        Row({"id": ident, "adjective": "Zork", **values}, "d.csv", line)
        for line, ident in enumerate("ab", start=2)
    ]
    with pytest.raises(RuleError, match=r"d\.csv, line 3.*'zork' is a form of 'a' already"):
        Nouns([], pair)
