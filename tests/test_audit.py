"""The audit: what does not add up is found, and nothing else is."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tollbook
from tollbook.bulletin import Bulletin
from tollbook.gold import parse, read
from tollbook.schema import FINDING_KINDS, Bounds, Count, Finding
from tollbook.toll import exceeds, meets

SEEDS = Path(__file__).parents[1] / "seeds"
GOLD = SEEDS / "gold"
SEED = (SEEDS / "homs-bus.txt").read_text(encoding="utf-8")


def make(content: str) -> Bulletin:
    doc = parse(content)
    return Bulletin(doc.doc_id, doc.text, doc.counts)


def gold(name: str) -> Bulletin:
    doc = read(GOLD / f"{name}.gold.txt")
    return Bulletin(doc.doc_id, doc.text, doc.counts)


def short(finding: Finding) -> tuple[str, str, str, str]:
    parts = " ".join(part.count_id for part in finding.parts)
    return finding.kind, finding.way, finding.whole.count_id, parts


def test_the_seed_has_two_contradictions() -> None:
    seed = gold("seed-homs-bus")
    assert [short(f) for f in seed.findings] == [
        ("contradiction", "region", "c5", "c14 c22 c29 c35 c41"),
        ("contradiction", "across", "c10", "c18 c26 c33 c38"),
    ]
    regional, civilians = seed.findings
    assert (regional.stated, regional.added) == (Bounds.exactly(321), Bounds.exactly(322))
    assert (civilians.stated, civilians.added) == (Bounds.exactly(37), Bounds.exactly(38))
    assert regional.message == (
        "The regional figures add up to 322 killed (108 in SY-DY, 131 in SY-HI, 41 in SY-RA, "
        "37 in SY-HM, 5 in SY-HL), but the text says 321."
    )
    assert [seed.text[start:end] for _, start, end in civilians.spans()] == [
        "37", "18", "Ten", "Three", "Seven",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wanted",
    [
        ("adds-up", "measure", "c1", "c2 c4"),
        ("adds-up", "group", "c5", "c6 c7 c10"),
        ("adds-up", "across", "c6", "c17 c25 c32"),
        ("adds-up", "across", "c7", "c15 c23 c30 c36 c41"),
        ("adds-up", "across", "c8", "c16 c24 c31 c37 c42"),
        ("adds-up", "region", "c9", "c13 c21 c28 c34 c40"),
        ("adds-up", "group", "c14", "c15 c17 c18"),
    ],
)
def test_what_adds_up_in_the_seed(wanted: tuple[str, str, str, str]) -> None:
    assert wanted in [short(check) for check in gold("seed-homs-bus").checks()]


def test_the_places_of_regional_figures_are_named() -> None:
    seed = gold("seed-homs-bus")
    named = tuple(
        dataclasses.replace(c, region_text="-Homs desert") if c.count_id == "c22" else c
        for c in seed.counts
    )
    found = Bulletin("d", seed.text, named).findings[0]
    assert "131 in Homs desert" in found.message


REAL = {
    "wire-04-lebanon-ministry-toll": [("remainder", "region", "c1", "c3 c6 c9 c12 c14 c18")],
    "world-10-colombia-massacres-may": [
        ("contradiction", "region", "c4", "c6 c9 c10 c11 c12 c14 c16 c19")
    ],
    # The text says that one attack may be in several provinces: 32 by region are no error.
    "sohr-04-khan-arnabah-motorcycle": [],
    "sohr-02-kamikaze-drones-ghab": [],
    "sohr-06-saqba-raids-prose": [],
    "sohr-10-saydnaya-death-notice": [],
    "wire-02-kherson-past-day": [],
    "wire-06-iraq-factbox": [],
    "wire-08-unama-first-quarter": [],
    "wire-10-karabakh-barda": [],
    "world-04-haiti-un-quarterly": [],
    "world-06-india-bijapur-encounter": [],
    "world-12-mozambique-cabo-delgado-weekly": [],
}


@pytest.mark.parametrize("name", REAL)
def test_findings_in_real_bulletins(name: str) -> None:
    assert [short(finding) for finding in gold(name).findings] == REAL[name]


# (what is at stake, bulletin, findings)
CASES: list[tuple[str, str, list[tuple[str, str, str, str]]]] = [
    (
        "a list under its total that exceeds it",
        "[12](c1) were killed:\n- [Seven](c2) soldiers.\n- [Six](c3) civilians.\n---\n"
        "c1 killed 12 12 12\nc2 killed 7 7 7 | part_of=c1\nc3 killed 6 6 6 | part_of=c1\n",
        [("contradiction", "group", "c1", "c2 c3")],
    ),
    (
        "a list under its total that leaves some",
        "[12](c1) were killed:\n- [Seven](c2) soldiers.\n- [Four](c3) civilians.\n---\n"
        "c1 killed 12 12 12\nc2 killed 7 7 7 | part_of=c1\nc3 killed 4 4 4 | part_of=c1\n",
        [("remainder", "group", "c1", "c2 c3")],
    ),
    (
        "a line of the list without a count may hold what is missing",
        "[12](c1) were killed:\n- [Seven](c2) soldiers.\n- [Four](c3) civilians.\n"
        "- The mayor of the town.\n---\n"
        "c1 killed 12 12 12\nc2 killed 7 7 7 | part_of=c1\nc3 killed 4 4 4 | part_of=c1\n",
        [],
    ),
    (
        "including leaves the rest open",
        "[12](c1) were killed, including [seven](c2) soldiers and [two](c3) officers.\n---\n"
        "c1 killed 12 12 12\nc2 killed 7 7 7 | part_of=c1\nc3 killed 2 2 2 | part_of=c1\n",
        [],
    ),
    (
        "so does among them",
        "[12](c1) were killed, among them [seven](c2) men.\n---\n"
        "c1 killed 12 12 12\nc2 killed 7 7 7 | part_of=c1\n",
        [],
    ),
    (
        "a part larger than its whole",
        "[Seven](c1) were killed, including [eight](c2) women.\n---\n"
        "c1 killed 7 7 7\nc2 killed 8 8 8 | part_of=c1\n",
        [("subset-larger", "part", "c1", "c2")],
    ),
    (
        "a part of another outcome larger than its whole",
        "[Seven](c1) were kidnapped; [eight](c2) of them were freed.\n---\n"
        "c1 abducted 7 7 7\nc2 released 8 8 8 | part_of=c1\n",
        [("subset-larger", "part", "c1", "c2")],
    ),
    (
        "children and women are different people",
        "[12](c1) civilians died, including [five](c2) children and [eight](c3) women.\n---\n"
        "c1 killed 12 12 12\nc2 killed 5 5 5 | traits=child part_of=c1\n"
        "c3 killed 8 8 8 | traits=woman part_of=c1\n",
        [("subset-larger", "group", "c1", "c2 c3")],
    ),
    (
        "women and journalists may be the same people",
        "[12](c1) civilians died, including [five](c2) journalists and [eight](c3) women.\n---\n"
        "c1 killed 12 12 12\nc2 killed 5 5 5 | traits=journalist part_of=c1\n"
        "c3 killed 8 8 8 | traits=woman part_of=c1\n",
        [],
    ),
    (
        "casualties in parentheses that are too few",
        "[74](c1) casualties ([31](c2) killed, [42](c3) injured).\n---\nc1 casualties 74 74 74\n"
        "c2 killed 31 31 31 | part_of=c1\nc3 injured 42 42 42 | part_of=c1\n",
        [("remainder", "measure", "c1", "c2 c3")],
    ),
    (
        "casualties in parentheses that are too many",
        "[74](c1) casualties ([31](c2) killed, [44](c3) injured).\n---\nc1 casualties 74 74 74\n"
        "c2 killed 31 31 31 | part_of=c1\nc3 injured 44 44 44 | part_of=c1\n",
        [("contradiction", "measure", "c1", "c2 c3")],
    ),
    (
        "an approximate whole is never contradicted",
        "[About 12](c1) were killed: [seven](c2) soldiers and [nine](c3) civilians.\n---\n"
        "c1 killed 12 - -\nc2 killed 7 7 7 | part_of=c1\nc3 killed 9 9 9 | part_of=c1\n",
        [],
    ),
    (
        "at least is contradicted only from below",
        "[At least 12](c1) died: [seven](c2) soldiers and [nine](c3) civilians.\n---\n"
        "c1 killed 12 12 -\nc2 killed 7 7 7 | part_of=c1\nc3 killed 9 9 9 | part_of=c1\n",
        [],
    ),
    (
        "an approximate part leaves the sum open",
        "[12](c1) died: [some 7](c2) soldiers and [nine](c3) civilians.\n---\n"
        "c1 killed 12 12 12\nc2 killed 7 - - | part_of=c1\nc3 killed 9 9 9 | part_of=c1\n",
        [],
    ),
    (
        "but the other parts alone can be too many",
        "[12](c1) died: [some 7](c2) soldiers, [nine](c3) civilians and [four](c4) men.\n---\n"
        "c1 killed 12 12 12\nc2 killed 7 - - | part_of=c1\nc3 killed 9 9 9 | part_of=c1\n"
        "c4 killed 4 4 4 | part_of=c1\n",
        [("contradiction", "group", "c1", "c2 c3 c4")],
    ),
    (
        "a restated part is counted once",
        "[12](c1) died, [five](c2) of them women.\n\nThe dead: [7](c3) men, [five](c4) women."
        "\n---\nc1 killed 12 12 12\nc2 killed 5 5 5 | traits=woman part_of=c1\n"
        "c3 killed 7 7 7 | traits=man part_of=c1\nc4 killed 5 5 5 | same_as=c2 traits=woman\n",
        [],
    ),
    (
        "one person has no parts: a misread link",
        "[A](c1) soldier among them and [97](c2) civilians died.\n---\n"
        "c1 killed 1 1 1\nc2 killed 97 97 97 | part_of=c1\n",
        [],
    ),
    (
        "a list that makes up another figure belongs to it",
        "[119](c1) were killed and [48](c2) hurt:\n- [100](c3) men.\n- [19](c4) women.\n---\n"
        "c1 killed 119 119 119\nc2 injured 48 48 48\nc3 injured 100 100 100 | part_of=c2\n"
        "c4 injured 19 19 19 | part_of=c2\n",
        [],
    ),
    (
        "one list in two halves",
        "[12](c1) died:\nCombatants:\n- [four](c2) soldiers\n- [three](c3) policemen\n"
        "Civilians:\n- [two](c4) men\n- [three](c5) women\n---\nc1 killed 12 12 12\n"
        "c2 killed 4 4 4 | part_of=c1\nc3 killed 3 3 3 | part_of=c1\n"
        "c4 killed 2 2 2 | part_of=c1\nc5 killed 3 3 3 | part_of=c1\n",
        [],
    ),
    (
        "an earlier figure that was corrected downwards",
        "[Nine](c1) died, revised down from [11](c2).\n---\n"
        "c1 killed 9 9 9\nc2 killed 11 11 11 | part_of=c1\n",
        [],
    ),
    (
        "initial reports are no earlier figure",
        "Initial reports have confirmed that [16](c1) died, including [17](c2) members.\n---\n"
        "c1 killed 16 16 16\nc2 killed 17 17 17 | part_of=c1\n",
        [("subset-larger", "part", "c1", "c2")],
    ),
    (
        "an initial toll is",
        "[16](c1) died, after an initial toll of [17](c2).\n---\n"
        "c1 killed 16 16 16\nc2 killed 17 17 17 | part_of=c1\n",
        [],
    ),
    (
        "killed and injured of the text exceed the casualties of its headline",
        "[Nearly 20](c1) casualties in Homs\n\n[16](c2) were killed and [7](c3) injured.\n---\n"
        "c1 casualties 20 - 20\nc2 killed 16 16 16 | part_of=c1\n"
        "c3 injured 7 7 7 | part_of=c1\n",
        [("contradiction", "measure", "c1", "c2 c3")],
    ),
    (
        "labels hold a list together, whatever stands between label and figure",
        "[12](c1) dead by region:\nHoms desert: two operations left [7](c2) dead.\n"
        "Three of them were men.\nHama: two operations left [6](c3) dead.\n---\n"
        "c1 killed 12 12 12\nc2 killed 7 7 7 | region=SY-HI part_of=c1\n"
        "c3 killed 6 6 6 | region=SY-HM part_of=c1\n",
        [("contradiction", "region", "c1", "c2 c3")],
    ),
    (
        "a label without a count may hold what is missing",
        "[15](c1) dead by region:\nHoms desert: two operations left [7](c2) dead.\n"
        "Aleppo: some more died.\nHama: two operations left [6](c3) dead.\n---\n"
        "c1 killed 15 15 15\nc2 killed 7 7 7 | region=SY-HI part_of=c1\n"
        "c3 killed 6 6 6 | region=SY-HM part_of=c1\n",
        [],
    ),
    (
        "so do headings on lines of their own",
        "[12](c1) were killed, as follows:\n\nHoms:\n[7](c2) men were shot.\n\nHama:\n"
        "[6](c3) men were shot.\n---\n"
        "c1 killed 12 12 12\nc2 killed 7 7 7 | region=SY-HI part_of=c1\n"
        "c3 killed 6 6 6 | region=SY-HM part_of=c1\n",
        [("contradiction", "region", "c1", "c2 c3")],
    ),
    (
        "headings that nothing announces tell only some",
        "[15](c1) were killed.\n\nHoms:\n[7](c2) men were shot.\n\nHama:\n"
        "[6](c3) men were shot.\n---\n"
        "c1 killed 15 15 15\nc2 killed 7 7 7 | region=SY-HI part_of=c1\n"
        "c3 killed 6 6 6 | region=SY-HM part_of=c1\n",
        [],
    ),
    (
        "another list that is announced is another way of dividing",
        "[12](c1) died:\n- [Seven](c2) soldiers.\n- [Five](c3) civilians.\n"
        "Here is how they are distributed by region:\n- Homs: one raid left [8](c4) dead.\n"
        "- Hama: one raid left [4](c5) dead.\n---\nc1 killed 12 12 12\n"
        "c2 killed 7 7 7 | part_of=c1\nc3 killed 5 5 5 | part_of=c1\n"
        "c4 killed 8 8 8 | region=SY-HI part_of=c1\nc5 killed 4 4 4 | region=SY-HM part_of=c1\n",
        [],
    ),
    (
        "a figure in an item that no count stands for may be what is missing",
        "[12](c1) were killed:\n- [Seven](c2) soldiers and their two children.\n"
        "- [Three](c3) civilians.\n---\n"
        "c1 killed 12 12 12\nc2 killed 7 7 7 | part_of=c1\nc3 killed 3 3 3 | part_of=c1\n",
        [],
    ),
    (
        "what else a line holds is taken for a part of its first figure",
        "[12](c1) were killed:\n- [Seven](c2) soldiers and [two](c3) officers.\n"
        "- [Five](c4) civilians.\n---\nc1 killed 12 12 12\nc2 killed 7 7 7 | part_of=c1\n"
        "c3 killed 2 2 2 | part_of=c1\nc4 killed 5 5 5 | part_of=c1\n",
        [],
    ),
    (
        "figures in the item that are said to be among it are no items",
        "[12](c1) were killed:\n- Homs: [Seven](c2), incl. [two](c3) children.\n"
        "- Hama: [Six](c4).\n---\nc1 killed 12 12 12\nc2 killed 7 7 7 | part_of=c1\n"
        "c3 killed 2 2 2 | part_of=c1\nc4 killed 6 6 6 | part_of=c1\n",
        [("contradiction", "group", "c1", "c2 c4")],
    ),
    (
        "a figure that is just what is missing is taken for the part that is not linked",
        "[12](c1) were killed:\n- Army: [seven](c2).\n- Rebels: [two](c3).\n\n"
        "Others: [three](c4).\n---\nc1 killed 12 12 12\nc2 killed 7 7 7 | part_of=c1\n"
        "c3 killed 2 2 2 | part_of=c1\nc4 killed 3 3 3\n",
        [],
    ),
    (
        "the freed are not among the dead: a misread link",
        "[29](c1) terrorists were killed and [48](c2) captives freed.\n---\n"
        "c1 killed 29 29 29\nc2 released 48 48 48 | part_of=c1\n",
        [],
    ),
    (
        "the text says that its figures may not add up",
        "[12](c1) died: [seven](c2) soldiers and [six](c3) civilians. It may not add up.\n---\n"
        "c1 killed 12 12 12\nc2 killed 7 7 7 | part_of=c1\nc3 killed 6 6 6 | part_of=c1\n",
        [],
    ),
]


@pytest.mark.parametrize(
    ("content", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_findings(content: str, wanted: list[tuple[str, str, str, str]]) -> None:
    bulletin = make(content)
    assert [short(finding) for finding in bulletin.findings] == wanted
    for finding in bulletin.findings:
        assert finding.kind in FINDING_KINDS
        assert finding.message.endswith(".")


ACROSS = """[10](c1) were killed:
• [Six](c2) combatants.
• [Four](c3) civilians.
By region:
- Homs: [five](c4) dead:
 * [three](c5) combatants,
 * [two](c6) civilians.
- Hama: [five](c7) dead:
 * [three](c8) combatants,
 * [two](c9) civilians.
---
c1 killed 10 10 10
c2 killed 6 6 6 | status=combatant part_of=c1
c3 killed 4 4 4 | status=civilian part_of=c1
c4 killed 5 5 5 | region=SY-HI part_of=c1
c5 killed 3 3 3 | status=combatant region=SY-HI part_of=c4
c6 killed 2 2 2 | status=civilian region=SY-HI part_of=c4
c7 killed 5 5 5 | region=SY-HM part_of=c1
c8 killed 3 3 3 | status=combatant region=SY-HM part_of=c7
c9 killed 2 2 2 | status=civilian region=SY-HM part_of=c7
"""


def changed(bulletin: Bulletin, **values: int) -> Bulletin:
    counts = tuple(
        dataclasses.replace(count, best=value, low=value, high=value)
        if (value := values.get(count.count_id)) is not None
        else count
        for count in bulletin.counts
    )
    return dataclasses.replace(bulletin, counts=counts)


def test_across_finds_what_each_list_alone_hides() -> None:
    bulletin = make(ACROSS)
    assert bulletin.findings == ()
    moved = changed(bulletin, c8=2, c9=3)  # both lists still add up
    assert [short(finding) for finding in moved.findings] == [
        ("remainder", "across", "c2", "c5 c8"),
        ("contradiction", "across", "c3", "c6 c9"),
    ]
    assert moved.findings[1].message == (
        "The civilians killed, region by region, add up to 5 (2 in SY-HI, 3 in SY-HM), "
        "but the text says 4."
    )


@pytest.mark.parametrize("ident", [f"c{n}" for n in range(1, 10)])
@pytest.mark.parametrize("step", [1, -1])
def test_any_changed_figure_is_noticed(ident: str, step: int) -> None:
    bulletin = make(ACROSS)
    value = bulletin.count(ident).best
    assert value is not None
    assert changed(bulletin, **{ident: value + step}).findings


@pytest.mark.parametrize("ident", [f"c{n}" for n in range(2, 10)])
def test_a_count_that_was_not_found_is_no_finding(ident: str) -> None:
    bulletin = make(ACROSS)
    left = tuple(
        dataclasses.replace(count, part_of=None) if count.part_of == ident else count
        for count in bulletin.counts
        if count.count_id != ident
    )
    assert dataclasses.replace(bulletin, counts=left).findings == ()


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_of_any_kind(newline: str) -> None:
    bulletin = make(ACROSS)
    other = make(ACROSS.replace(newline, "\n"))
    ends = [at for at, letter in enumerate(bulletin.text) if letter == "\n"]
    longer = len(newline) - 1

    def moved(offset: int) -> int:
        return offset + longer * sum(at < offset for at in ends)

    counts = tuple(
        dataclasses.replace(c, start=moved(c.start), end=moved(c.end)) for c in bulletin.counts
    )
    same = Bulletin("d", bulletin.text.replace("\n", newline), counts)
    assert [short(check) for check in same.checks()] == [short(c) for c in other.checks()]
    assert same.checks()


OFFICERS = ACROSS.replace("[Six](c2) combatants", "[Six](c2) troops, including [two](c10) officers")
OFFICERS = OFFICERS.replace(
    "- Hama: [five](c7) dead:\n * [three](c8) combatants,\n * [two](c9) civilians.\n",
    "- Hama: [three](c7) troops, including [one](c8) officer, died.\n"
    "- Aleppo: [two](c9) civilians died.\n",
)
OFFICERS = OFFICERS[: OFFICERS.index("---")].replace(
    "three](c5) combatants", "three](c5) combatants, including [one](c11) officer"
)
OFFICERS += """---
c1 killed 10 10 10
c2 killed 6 6 6 | status=combatant actor=iraq-forces part_of=c1
c10 killed 2 2 2 | status=combatant actor=iraq-forces traits=officer part_of=c2
c3 killed 4 4 4 | status=civilian part_of=c1
c4 killed 5 5 5 | region=SY-HI part_of=c1
c5 killed 3 3 3 | status=combatant region=SY-HI part_of=c4
c11 killed 1 1 1 | status=combatant traits=officer region=SY-HI part_of=c5
c6 killed 2 2 2 | status=civilian region=SY-HI part_of=c4
c7 killed 3 3 3 | status=combatant region=SY-HM part_of=c1
c8 killed 1 1 1 | status=combatant traits=officer region=SY-HM part_of=c7
c9 killed 2 2 2 | status=civilian region=SY-HL part_of=c1
"""


def test_a_region_of_one_group_is_taken_whole() -> None:
    found = [short(check) for check in make(OFFICERS).checks()]
    assert ("adds-up", "across", "c2", "c5 c7") in found
    assert ("adds-up", "across", "c3", "c6 c9") in found


def test_people_need_not_be_named_again_in_each_region() -> None:
    bulletin = make(OFFICERS)
    assert ("adds-up", "across", "c10", "c11 c8") in [short(c) for c in bulletin.checks()]
    assert [short(f) for f in changed(bulletin, c8=2).findings] == [
        ("contradiction", "across", "c10", "c11 c8")
    ]


def test_seed_messages_read_as_english() -> None:
    messages = [check.message for check in tollbook.extract(SEED).checks()]
    places = "(5 in Deir Ezzor desert, 16 in Homs desert, 3 in Al-Raqqah desert)"
    for wanted in (
        "The killed and the injured add up to 23 (16 killed and 7 injured), and the text says "
        "nearly 25.",
        "The parts add up to 321 killed (24 ISIS members, 260 members of regime forces, "
        "37 civilians), and the text says 321.",
        f"The ISIS members killed, region by region, add up to 24 {places}, and the text says 24.",
        "The children killed, region by region, add up to 1 (1 in Hama desert), "
        "and the text says 1.",
    ):
        assert wanted in messages
    assert any(m.startswith("The Iranian-backed Syrian militiamen killed, ") for m in messages)


def test_checks_hold_the_findings() -> None:
    seed = gold("seed-homs-bus")
    assert tuple(c for c in seed.checks() if c.kind != "adds-up") == seed.findings
    assert Bulletin("d", "nothing").checks() == ()


figures = st.none() | st.integers(0, 40)


@st.composite
def breakdowns(draw: st.DrawFn) -> Bulletin:
    """A whole and its list, with any bounds."""
    counts, text = [], ""
    size = draw(st.integers(2, 5))
    for position in range(size + 1):
        low, high = draw(figures), draw(figures)
        if low is not None and high is not None and low > high:
            low, high = high, low
        text += "" if position == 0 else "\n- "
        counts.append(
            Count(
                count_id=f"c{position}", measure="killed", best=draw(figures), low=low, high=high,
                start=len(text), end=len(text) + 1, part_of="c0" if position else None,
            )
        )  # fmt: skip
        text += f"{position} dead" + ("" if position else ":")
    return Bulletin("d", text, tuple(counts))


@given(breakdowns())
def test_a_contradiction_is_certain(bulletin: Bulletin) -> None:
    whole, *parts = bulletin.counts
    added = Bounds.total(part.bounds for part in parts)
    least = sum(part.low or 0 for part in parts)
    for finding in bulletin.findings:
        assert finding.stated == whole.bounds
        if finding.kind == "remainder":
            assert exceeds(whole.bounds, added)
        else:
            assert whole.high is not None
            assert least > whole.high
    if not bulletin.findings and added.low is not None:
        assert meets(added, whole.bounds)
