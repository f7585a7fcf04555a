"""Texts with every number marked as [span](best low high); nothing else may be found."""

from __future__ import annotations

from time import process_time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from tollbook.pipes.normaliser import Normaliser
from tollbook.pipes.numbers import Numbers, find
from tollbook.rules.examples import unmark
from tollbook.rules.numbers import lexicon
from tollbook.words import Words

NLP = spacy.blank("en")

TEXT = """
a the all at least more than between and to or 12 ten ( ) , - hundred dozen half some many
as no one several of 10-15 years km killed men another other “ ” twice couple five(5 2014 May
"""
VOCABULARY = TEXT.split()


def found(text: str) -> list[tuple[str, int, tuple[int | None, ...]]]:
    numbers, _ = find(Words.of(NLP(text)))
    return [
        (
            text[number["char_start"] : number["char_end"]],
            number["char_start"],
            (number["best"], number["low"], number["high"]),
        )
        for number in numbers
    ]


def check(marked: str) -> None:
    text, expected = unmark(marked)
    assert found(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        # the table of bounds in the guidelines
        "[12](12 12 12) were killed",
        "[twelve](12 12 12) were killed",
        "[the two](2 2 2) soldiers were killed",
        "[12 at least](12 12 -) were killed",
        "[12+](12 13 -) killed",
        "[10-15](- 10 15) killed",
        "[10–15](- 10 15) killed",
        "[10 - 15](- 10 15) killed",
        "[between 10 and 15](- 10 15) killed",
        "[10 to 15](- 10 15) people were killed",
        "[from 10 to 15](- 10 15) people were killed",
        "[ten or fifteen](- 10 15) killed",
        "[Two or three](- 2 3) members were injured",
        "[a dozen](12 12 12) men",
        "[two dozen](24 24 24) men",
        "[half a dozen](6 6 6) of them students",
        "[Half-a-dozen](6 6 6) men died",
        "[more than a dozen](12 13 -) men",
        "[at least two dozen](24 24 -) people",
        "[tens of thousands](- 20000 -) fled",
        # spans
        "Another [four](4 4 4) people were wounded",
        "A further [51](51 51 51) casualties",
        "[seven](7 7 7) others were injured",
        "The remaining [three](3 3 3) were unhurt",
        "The other [two](2 2 2) were unhurt",
        "only [three](3 3 3) of the detainees",
        "their [two](2 2 2) children died",
        "[all four](4 4 4) were found",
        "[All 27](27 27 27) were freed",
        "of [the 27](27 27 27) wounded",
        "at least another [four](4 4 -) were wounded",
        "[fifty-five (55)](55 55 55) people died",
        "[at least (20)](20 20 -) people died",
        "[at least twenty (20)](20 20 -) people died",
        "[five (5)](5 5 5) people died",
        "and ([31](31 31 31)) wounded",
        "wounded ([3](3 3 3) Lebanese and [2](2 2 2) Syrian)",
        "[at least 13 and as many as 16](- 13 16) people died",
        "[at least 31](31 31 -) dead and [17](17 17 17) wounded",
        "[11](11 11 -) casualties at least, mostly children",
        "[11](11 11 11) casualties, [at least three](3 3 -) children",
        "the wounded exceeded [3000](3000 3001 -).",
        "the dead was nearing [5,000](5000 - 5000), he said",
        "the toll has reached [37](37 37 37), he said",
        "the toll rose from [5](5 5 5) to [11](11 11 11)",
        "raising the toll to [61 at least](61 61 -), he said",
        "[thirty-odd](30 - -) prisoners",
        "[3](3 3 3) x khwarij were neutralised",
        "“[more than 2,000](2000 2001 -) on each side”",
        "the dead were “[under ten](10 - 9)”",
        "[A couple](2 2 2) and their [two](2 2 2) children, aged 4 and 9",
        "[an unknown number](- 2 -) of attackers died",
        "[scores](- 40 -) of wounded",
        "[Nobody](0 0 0) was hurt",
        "[No one](0 0 0) was hurt",
        "left [no](0 0 0) casualties",
        "[None](0 0 0) of them was hurt",
        # kinds of one
        "[A sixth](1 1 1) person, bound with tape, was found",
        "[a 3rd](1 1 1) grandchild lost a leg",
        "[a fourth](1 1 1) occupant passed away",
        "[A third](1 1 1) was wounded",
        "A third of them were women",
        "a third time",
        "[One](1 1 1) attacker was killed, [another](1 1 1) captured",
        "[the other](1 1 1) was wounded",
        "[a](1 1 1) child and [a](1 1 1) woman were killed",
        "[a](1 1 1) little girl was killed",
        "[A](1 1 1) 68-year-old man died",
        "[a](1 1 1) 71 y.o. woman was hurt",
        "[A](1 1 1) young man was hurt",
        "including [an](1 1 1) Asayish member",
        "including [an](1 1 1) Iranian-backed militiaman",
        "[a](1 1 1) Saudi and [two](2 2 2) brothers",
        "a house in a village was hit by a mortar shell",
        "[one](1 1 1) of whom later died",
        "killing [both](2 2 2) occupants",
        "both the ELN and the 33rd Front operate there",
        "on both sides",
        # times, occasions, anaphors
        "hit the district [14](14 14 14) times",
        "Israel targeted the area on [31](31 31 31) occasions",
        "[two](2 2 2) soldiers were killed and [as many](2 2 2) jawans injured",
        "may rise as [many](- 2 -) of [the 27](27 27 27) wounded are critical",
        "[As many as 60](60 - 60) insurgents attacked",
        "killed [five](5 5 5) and wounded [the same number](5 5 5)",
        # separators and scales
        "[1,300](1300 1300 1300) people",
        "[1 270](1270 1270 1270) people",
        "[1\u202f270](1270 1270 1270) people",
        "[more than 1.2 million](1200000 1200001 -) people",
        "[12 thousand](12000 12000 12000) people",
        "[five thousand, six hundred](5600 5600 5600) people",
        "[seven](7 7 7) killed and [two](2 2 2) wounded",
        "[Twenty‑five](25 25 25) of the dead",
        "[three lakh](300000 300000 300000) people fled",
        # numbers that are no counts
        "In 2015 and the 1991-94 war, 12 March 2011, March 12, 2011, on 3 and 5 May",
        "at 08:40, about 7 am, up to 1600 GMT, at 0310 hours, since 0500",
        "between 1 April and 30 June",
        "On night 12/13 September",
        "12–18 May",
        "from 13 to 18 May",
        "The driver, 46, died",
        "her son Ali, 12, died",
        "Naik X (age: 34 years)",
        "[two](2 2 2) of them, aged 33 and 58, in grave condition",
        "[a](1 1 1) brother and sister, 9 and 20 years old",
        "[79](79 79 79) children under 18 and [54](54 54 54) women",
        "children under the age of eighteen",
        "when he was 19, he left",
        "the 17th Division, the 41st killed, 444 Brigade, 2200 block of Almonaster Ave.",
        "Station 2, M4, RN25, AK-47, 5.56, .303 rifles, a 105mm shell, a 12.7 mm gun",
        "450 km, 12 kg, 15 metres, a 20-kg bomb, 390 km (240 miles)",
        "$40,000, Rs 54 lakh, 40 million naira, 200,000 FC, US$ 3 million",
        "29 per cent, 55%, 61% of them",
        "for five years, nine days ago, within 2 hrs, 34 days of shelling, two more days later",
        "11 years later",
        "a five-man patrol, a two-storey house, a three-day siege",
        "one in four, eight out of ten, three-quarters, two thirds",
        "[nine](9 9 9) in [three](3 3 3) engagements",
        "1. [52](52 52 52) men\n2. [four](4 4 4) women\n3) [two](2 2 2) boys\n",
        "as reported.[12] The",
        "call 0093700123456 or 12345678901",
        "under section 302, resolution 2254",
        "76 a month",
        "two less than in February",
        "they shot at one another",
        # styles of many countries
        "[at least 12](12 12 -) people, including [as many as four](4 - 4) women",
        "[fifteen(15)](15 15 15) bandits and [eleven (11)](11 11 11) others",
        "[12 (twelve)](12 12 12) persons",
        "PESHAWAR: [4](4 4 4) FC men martyred",
        "[2.1m](2100000 2100000 2100000) refugees near a 5m wall",
        "[between five and seven thousand](- 5000 7000) people",
        "[two or three hundred](- 200 300) people",
        "[2-3 thousand](- 2000 3000) people",
        "[Two](2 2 2) Palestinians, 17 and 19, were shot dead",
        "[A](1 1 1) Palestinian, 17, was shot dead",
        "his driver Reza (27) died",
        "a 4 man crew",
        "On January 12, 2016, [thirteen](13 13 13) tourists were killed",
        "In May [12](12 12 12) people died; by 5 May [6](6 6 6) more had died",
        "On Tuesday [12](12 12 12) people were killed",
        "on day 45 of the war",
        "2014-15, 2014–2016, between 2014 and 2016, the 1990s, 2001-09-11",
        "-[12](12 12 12) killed",
        "[TWENTY-FIVE](25 25 25) WOUNDED",
        "at least “[12](12 12 -)” people",
        "[not less than 13](13 13 -), [not more than 14](14 - 14)",
        "[an](1 1 1) ex-soldier and [a](1 1 1) would-be bomber",
        "a police station, a soldiers' club, a civilian car",
        "[a](1 1 1) member of the police and [another](1 1 1) soldier",
        "[no](0 0 0) deaths and [0](0 0 0) injured",
        "the village was shelled [14](14 14 14) times and bombed [twice](2 2 2)",
        "+963 11 234 5678",
        "[1,5 million](1500000 1500000 1500000) people",
        "1½ hours and [1½ million](1500000 1500000 1500000) people",
        "[a half dozen](6 6 6) hurt",
        "[3](3 3 3) jawans of 176 Bn were injured",
        "casualties in the [tens of thousands](- 20000 -)",
        "[as few as 12](12 12 -) men",
        "one-in-ten, 1 out of 5, [12](12 12 12) out of [20](20 20 20) hostages",
        "Vol. 12, p. 45",
    ],
)
def test_numbers(marked: str) -> None:
    check(marked)


def test_what_is_left_out_says_why() -> None:
    text = "A 12-year-old boy and 3 men, 5 km off, paid $20; 8 of 29%, on 3 May 2020 at 7 am"
    _, rejected = find(Words.of(NLP(text)))
    assert [(text[r["char_start"] : r["char_end"]], r["reason"]) for r in rejected] == [
        ("12", "age"),
        ("5", "measure"),
        ("20", "money"),
        ("29", "percentage"),
        ("3 May 2020", "date"),
        ("7", "time"),
    ]


def test_rule_ids_and_kinds() -> None:
    text = "At least 12 men and a child; several died, no arrests; hit 45 times; a third was hurt"
    numbers, _ = find(Words.of(NLP(text)))
    assert [(number["rule"], number["kind"]) for number in numbers] == [
        ("at-least", "cardinal"),
        ("article", "article"),
        ("several", "vague"),
        ("no", "zero"),
        ("exact", "times"),
        ("ordinal-one", "ordinal-one"),
    ]


def component() -> Numbers:
    return Numbers(NLP, "tollbook_numbers")


def test_annotations_survive_docbin() -> None:
    doc = component()(NLP("Nearly 25 men died 12 km away"))
    [entity] = doc.ents
    assert (entity.text, entity.label_, entity.id_) == ("Nearly 25", "NUMBER", "nearly")
    again = next(DocBin(store_user_data=True, docs=[doc]).get_docs(NLP.vocab))
    group = again.spans["numbers"]
    assert [span.text for span in group] == ["Nearly 25"]
    assert group.attrs == doc.spans["numbers"].attrs
    assert group.attrs["numbers"][0]["high"] == 25
    assert group.attrs["rejected"][0]["reason"] == "measure"
    assert Doc(NLP.vocab).from_bytes(doc.to_bytes()).spans["numbers"].attrs == group.attrs


def test_factory_rejects_misspelt_settings() -> None:
    with pytest.raises(ValueError, match="overwrit"):
        spacy.blank("en").add_pipe("tollbook_numbers", config={"overwrit": True})


def test_users_modifiers_are_laid_over_ours(tmp_path) -> None:
    extra = tmp_path / "mine.csv"
    extra.write_text("id,words,place,effect,examples\nwell-nigh,hard upon,before,at-most,x\n")
    doc = NLP("hard upon 40 men")
    numbers, _ = find(Words.of(doc), lexicon(str(extra)))
    assert [(n["rule"], n["high"]) for n in numbers] == [("well-nigh", 40)]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("0123456789,.-–()% \n+~<>:/abk")), max_size=40))
def test_any_text_of_digits_and_signs_is_read(text: str) -> None:
    doc = component()(NLP(text))
    assert doc.text == text
    for number in doc.spans["numbers"].attrs["numbers"]:
        assert 0 <= number["char_start"] < number["char_end"] <= len(text)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(VOCABULARY),
        max_size=14,
    )
)
def test_spans_never_overlap(words: list[str]) -> None:
    numbers, _ = find(Words.of(NLP(" ".join(words))))
    last = 0
    for number in numbers:
        assert number["start"] >= last
        assert number["end"] > number["start"]
        last = number["end"]


def test_speed() -> None:
    sentence = "Troops of the regiment moved on the road while 12 men and at least nine boys fled. "
    words = Words.of(NLP(sentence * 300))
    times = []
    for _ in range(5):
        begin = process_time()
        find(words)
        times.append(process_time() - begin)
    # a loose limit for slow machines: about 1.5 µs a word on a fast one
    assert min(times) / len(words) < 8e-6


def test_a_mended_word_is_read_as_the_word() -> None:
    doc = NLP("12 sol*diers k*lled and a civ-ilian")
    numbers, _ = find(Words.of(Normaliser(NLP, "normaliser")(doc)))
    assert [(doc.text[n["char_start"] : n["char_end"]], n["best"]) for n in numbers] == [
        ("12", 12),
        ("a", 1),
    ]
