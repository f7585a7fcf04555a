"""The toll: what a coder would write down for what a bulletin newly reports."""

import dataclasses
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.bulletin import Bulletin
from tollbook.gold import parse, read
from tollbook.schema import MEASURES, Bounds, Count
from tollbook.toll import entries, minus, newly_reported, toll

GOLD = Path(__file__).parents[1] / "seeds" / "gold"


def make(content: str) -> Bulletin:
    doc = parse(content)
    return Bulletin(doc.doc_id, doc.text, doc.counts)


def gold(name: str) -> Bulletin:
    doc = read(GOLD / f"{name}.gold.txt")
    return Bulletin(doc.doc_id, doc.text, doc.counts)


# What a reader of each bulletin would code: killed, injured.
CODED = [
    ("seed-homs-bus", Bounds.exactly(16), Bounds.exactly(7)),
    ("note-01-billiard-hall", Bounds(3, 3, None), Bounds.exactly(9)),
    ("note-03-gadchiroli-headline", Bounds.exactly(6), Bounds.exactly(1)),
    ("note-05-almonaster-blotter", Bounds.exactly(1), Bounds.exactly(3)),
    ("note-07-hays-grandmother", Bounds.exactly(3), Bounds.exactly(1)),
    ("note-09-bilbao-dealership", Bounds.exactly(0), Bounds.exactly(0)),
    ("note-11-beatrice-household", Bounds.exactly(4), Bounds.exactly(0)),
    ("note-17-rueso-patrol", Bounds.exactly(1), Bounds.exactly(1)),
    ("note-23-abu-salim-clashes", Bounds.exactly(3), Bounds(10, 11, None)),
    ("sohr-04-khan-arnabah-motorcycle", Bounds.exactly(1), Bounds.exactly(1)),
    ("sohr-06-saqba-raids-prose", Bounds(15, 15, None), Bounds(40, 41, None)),
    ("sohr-08-hawl-camp-campaign", Bounds.exactly(1), Bounds(None, 2, 3)),
    ("wire-02-kherson-past-day", Bounds.exactly(1), Bounds.exactly(12)),
    ("wire-04-lebanon-ministry-toll", Bounds.exactly(23), Bounds.exactly(44)),
    ("wire-06-iraq-factbox", Bounds(50, 50, None), Bounds(None, 76, None)),
    ("wire-08-unama-first-quarter", Bounds.exactly(533), Bounds.exactly(760)),
    ("world-02-pakistan-ispr", Bounds.exactly(12), Bounds.exactly(4)),
    ("world-04-haiti-un-quarterly", Bounds(1019, 1019, None), Bounds.exactly(462)),
    ("world-06-india-bijapur-encounter", Bounds(16, 16, None), Bounds.exactly(2)),
    ("world-10-colombia-massacres-may", Bounds.exactly(23), Bounds.exactly(8)),
    ("world-12-mozambique-cabo-delgado-weekly", Bounds(None, 17, None), Bounds.exactly(1)),
]


@pytest.mark.parametrize(("name", "killed", "injured"), CODED, ids=[row[0] for row in CODED])
def test_tolls_of_real_bulletins(name: str, killed: Bounds, injured: Bounds) -> None:
    bulletin = gold(name)
    assert (bulletin.toll("killed"), bulletin.toll("injured")) == (killed, injured)


# (what is at stake, bulletin, measure, filters, toll)
CASES: list[tuple[str, str, str, dict[str, Any], Bounds]] = [
    (
        "nothing reported is zero",
        "A bomb went off; nobody saw it.\n---\n",
        "killed", {}, Bounds.exactly(0),
    ),
    (
        "an open bound stays open",
        "[Two](c1) killed here, [at least 3](c2) there.\n---\nc1 killed 2 2 2\nc2 killed 3 3 -\n",
        "killed", {}, Bounds(5, 5, None),
    ),
    (
        "a vague quantifier leaves no best figure",
        "[Two](c1) killed here, [several](c2) there.\n---\nc1 killed 2 2 2\nc2 killed - 2 -\n",
        "killed", {}, Bounds(None, 4, None),
    ),
    (
        "a zero beside a number adds nothing",
        "[Two](c1) killed. [No](c2) deaths elsewhere.\n---\nc1 killed 2 2 2\nc2 killed 0 0 0\n",
        "killed", {}, Bounds.exactly(2),
    ),
    (
        "a running total is left out",
        "[Two](c1) killed, [90](c2) since May.\n---\nc1 killed 2 2 2\n"
        "c2 killed 90 90 90 | period=\"since May\"\n",
        "killed", {}, Bounds.exactly(2),
    ),
    (
        "parts after a running total are of its time, though they do not say so",
        "[One](c3) hurt. Since May [90](c1) killed, including [8](c2) women.\n---\n"
        "c3 injured 1 1 1\nc1 killed 90 90 90 | period=\"since May\"\n"
        "c2 killed 8 8 8 | part_of=c1\n",
        "killed", {}, Bounds.exactly(0),
    ),
    (
        "what raises a running total is news",
        "A shell killed [two](c1), raising the toll since May to [90](c2).\n---\n"
        "c1 killed 2 2 2 | part_of=c2\nc2 killed 90 90 90 | period=\"since May\"\n",
        "killed", {}, Bounds.exactly(2),
    ),
    (
        "a bulletin of running totals only reports those",
        "Since May [90](c1) were killed and [12](c2) hurt; [7](c3) died in all of last year.\n---\n"
        "c1 killed 90 90 90 | period=\"since May\"\nc2 injured 12 12 12 | period=\"since May\"\n"
        "c3 killed 7 7 7 | period=\"last year\"\n",
        "killed", {}, Bounds.exactly(90),
    ),
    (
        "a monthly report counts its month and not the month before",
        "In May [30](c1) were killed, [12](c2) on 9 May in Homs; in April [40](c3) were.\n---\n"
        "c1 killed 30 30 30 | period=\"in May\"\n"
        "c2 killed 12 12 12 | period=\"9 May\" region=SY-HI\n"
        "c3 killed 40 40 40 | period=\"in April\"\n",
        "killed", {}, Bounds.exactly(30),
    ),
    (
        "a dated background incident is no news",
        "[Two](c1) died today. On 6 January a blast killed [eight](c2).\n---\n"
        "c1 killed 2 2 2 | period=today\nc2 killed 8 8 8 | period=\"On 6 January\"\n",
        "killed", {}, Bounds.exactly(2),
    ),
    (
        "the date that opens the text is the report's own",
        "On 12 May, gunmen killed [two](c1). A blast on 12 May hurt [1](c2); [3](c3) on 2 May."
        "\n---\nc1 killed 2 2 2\nc2 injured 1 1 1 | period=\"on 12 May\"\n"
        "c3 injured 3 3 3 | period=\"on 2 May\"\n",
        "injured", {}, Bounds.exactly(1),
    ),
    (
        "the headline is told again with other bounds",
        "[14](c1) dead in raid\n\n[At least 14](c2) people, [five](c3) women, died.\n---\n"
        "c1 killed 14 14 14\nc2 killed 14 14 -\nc3 killed 5 5 5 | traits=woman part_of=c2\n",
        "killed", {}, Bounds(14, 14, None),
    ),
    (
        "details that make up what headline and body agree on are not added",
        "[Five](c1) killed\n\nRaids killed [two](c2) and [three](c3), [five](c4) in all.\n---\n"
        "c1 killed 5 5 5\nc2 killed 2 2 2\nc3 killed 3 3 3\nc4 killed 5 5 5 | same_as=c1\n",
        "killed", {}, Bounds.exactly(5),
    ),
    (
        "the headline's total stands above a body that tells only some of it",
        "[Nine](c1) killed in Homs\n\n[A](c2) woman died in Homs when a shell fell.\n---\n"
        "c1 killed 9 9 9\nc2 killed 1 1 1 | status=civilian traits=woman\n",
        "killed", {}, Bounds.exactly(9),
    ),
    (
        "the headline adds up what the body tells apart",
        "[Five](c1) killed in raids\n\nIn Homs [two](c2) died.\nIn Hama [three](c3) died.\n---\n"
        "c1 killed 5 5 5\nc2 killed 2 2 2 | region=SY-HI\nc3 killed 3 3 3 | region=SY-HM\n",
        "killed", {}, Bounds.exactly(5),
    ),
    (
        "a rival figure of another source is not added",
        "A bomb killed [six](c1) people. A hospital source put the toll at [nine](c2).\n---\n"
        "c1 killed 6 6 6\nc2 killed 9 9 9\n",
        "killed", {}, Bounds.exactly(6),
    ),
    (
        "the other side's dead in a claim are no rival figure",
        "JNIM killed [six](c1) soldiers. It claimed to have lost [one](c2) man.\n---\n"
        "c1 killed 6 6 6 | status=combatant actor=Mali by=JNIM\n"
        "c2 killed 1 1 1 | status=combatant actor=JNIM by=Mali\n",
        "killed", {}, Bounds.exactly(7),
    ),
    (
        "a claim alone is counted",
        "JNIM claimed to have killed [six](c1) soldiers.\n---\nc1 killed 6 6 6 | by=JNIM\n",
        "killed", {}, Bounds.exactly(6),
    ),
    (
        "what makes up a figure told before is its detail",
        "Blasts killed [eight](c1). [Five](c2) died in the first, [three](c3) in the second.\n---\n"
        "c1 killed 8 8 8\nc2 killed 5 5 5\nc3 killed 3 3 3\n",
        "killed", {}, Bounds.exactly(8),
    ),
    (
        "but not what happened elsewhere",
        "A blast killed [three](c1). Elsewhere [two](c2) men and [one](c3) woman died.\n---\n"
        "c1 killed 3 3 3\nc2 killed 2 2 2\nc3 killed 1 1 1\n",
        "killed", {}, Bounds.exactly(6),
    ),
    (
        "nor other people",
        "Rebels killed [three](c1) men. [Two](c2) rebels and [one](c3) bomber died.\n---\n"
        "c1 killed 3 3 3 | actor=army\nc2 killed 2 2 2 | actor=rebels\n"
        "c3 killed 1 1 1 | actor=rebels\n",
        "killed", {}, Bounds.exactly(6),
    ),
    (
        "the same figure in the next sentence tells of the same people",
        "A drone killed [three](c1) fighters. The group confirmed [three](c2) deaths.\n---\n"
        "c1 killed 3 3 3\nc2 killed 3 3 3\n",
        "killed", {}, Bounds.exactly(3),
    ),
    (
        "unless the text says otherwise",
        "A drone killed [three](c1) fighters. [Three](c2) others died in a raid.\n---\n"
        "c1 killed 3 3 3\nc2 killed 3 3 3\n",
        "killed", {}, Bounds.exactly(6),
    ),
    (
        "or they stand in items of a list",
        "- [Three](c1) died in a raid.\n- [Three](c2) died in a blast.\n---\n"
        "c1 killed 3 3 3\nc2 killed 3 3 3\n",
        "killed", {}, Bounds.exactly(6),
    ),
    (
        "all of them are those told of before",
        "[A](c1) guard and [two](c2) cooks were shot. The bodies of [all four](c3) were found."
        "\n---\nc1 killed 1 1 1\nc2 killed 2 2 2\nc3 killed 4 4 4\n",
        "killed", {}, Bounds.exactly(4),
    ),
    (
        "both of some others are not",
        "Shells killed [a](c1) woman and [both](c2) her daughters.\n---\n"
        "c1 killed 1 1 1\nc2 killed 2 2 2\n",
        "killed", {}, Bounds.exactly(3),
    ),
    (
        "an updated toll replaces the earlier figure",
        "A drone killed [one](c1). The ministry updates the toll to [3](c2) dead.\n---\n"
        "c1 killed 1 1 1\nc2 killed 3 3 3\n",
        "killed", {}, Bounds.exactly(3),
    ),
    (
        "a period dates what is added to, not what is added",
        "A shell killed [two](c1), bringing the toll since May to [90](c2).\n---\n"
        "c1 killed 2 2 2 | period=\"since May\"\nc2 killed 90 90 90 | period=\"since May\"\n",
        "killed", {}, Bounds.exactly(2),
    ),
    (
        "what came before is no news, though it has no date",
        "A bomb killed [33](c1). It came a day after blasts killed [12](c2).\n---\n"
        "c1 killed 33 33 33\nc2 killed 12 12 12\n",
        "killed", {}, Bounds.exactly(33),
    ),
    (
        "a weekend's toll includes its Saturday",
        "[4](c1) killed over the weekend. On Saturday a gunman killed [two](c2).\n---\n"
        "c1 killed 4 4 4 | period=\"over the weekend\"\n"
        "c2 killed 2 2 2 | period=Saturday by=gunman\n",
        "killed", {}, Bounds.exactly(4),
    ),
    (
        "the killed among casualties are counted",
        "[25](c1) killed and wounded; [16](c2) of them died.\n---\n"
        "c1 casualties 25 25 25\nc2 killed 16 16 16 | part_of=c1\n",
        "killed", {}, Bounds.exactly(16),
    ),
    (
        "and the rest of them are injured",
        "[Five](c1) were shot, [two](c2) of whom died.\n---\n"
        "c1 casualties 5 5 5\nc2 killed 2 2 2 | part_of=c1\n",
        "injured", {}, Bounds.exactly(3),
    ),
    (
        "casualties that are not divided open the upper bound",
        "[Two](c1) died; elsewhere [5](c2) were killed or hurt.\n---\n"
        "c1 killed 2 2 2\nc2 casualties 5 5 5\n",
        "killed", {}, Bounds(2, 2, 7),
    ),
    (
        "where nothing else is said, nothing is known but that bound",
        "[5](c1) were killed or hurt.\n---\nc1 casualties 5 5 5\n",
        "killed", {}, Bounds(None, 0, 5),
    ),
    (
        "casualties are the killed, the injured and the undivided, none twice",
        "[9](c1) casualties ([4](c2) killed, [5](c3) hurt); [two](c4) more hit.\n---\n"
        "c1 casualties 9 9 9\nc2 killed 4 4 4 | part_of=c1\nc3 injured 5 5 5 | part_of=c1\n"
        "c4 casualties 2 2 2\n",
        "casualties", {}, Bounds.exactly(11),
    ),
    (
        "casualties of which only the dead are told stay whole",
        "[9](c1) casualties, [4](c2) of them dead.\n---\n"
        "c1 casualties 9 9 9\nc2 killed 4 4 4 | part_of=c1\n",
        "casualties", {}, Bounds.exactly(9),
    ),
    (
        "who died of an injury is no longer counted as injured",
        "[Four](c1) were hurt, [one](c2) of whom died later.\n---\n"
        "c1 injured 4 4 4\nc2 killed 1 1 1 | part_of=c1\n",
        "injured", {}, Bounds.exactly(3),
    ),
    (
        "who died in captivity is counted as killed",
        "[64](c1) abducted, [eight](c2) of them killed.\n---\n"
        "c1 abducted 64 64 64\nc2 killed 8 8 8 | part_of=c1\n",
        "killed", {}, Bounds.exactly(8),
    ),
    (
        "without the attackers, by their name",
        "[Three](c1) people, including [one](c2) of the attackers, died.\n---\n"
        "c1 killed 3 3 -\nc2 killed 1 1 1 | status=combatant part_of=c1\n",
        "killed", {"attackers": False}, Bounds(2, 2, None),
    ),
    (
        "without the attackers, by who killed the others",
        "ISIS killed [4](c1) men and lost [two](c2).\n---\nc1 killed 4 4 4 | by=isis\n"
        "c2 killed 2 2 2 | status=combatant actor=isis\n",
        "killed", {"attackers": False}, Bounds.exactly(4),
    ),
    (
        "soldiers who fight back are not the attackers",
        "Militiamen killed [3](c1) troops, who killed [2](c2).\n---\n"
        "c1 killed 3 3 3 | status=combatant actor=iraq-forces by=pmf\n"
        "c2 killed 2 2 2 | status=combatant actor=pmf by=iraq-forces\n",
        "killed", {"attackers": False}, Bounds.exactly(3),
    ),
    (
        "a filter looks into the parts",
        "[Six](c1) dead: [four](c2) civilians and [two](c3) soldiers.\n---\n"
        "c1 killed 6 6 6 | status=mixed\nc2 killed 4 4 4 | status=civilian part_of=c1\n"
        "c3 killed 2 2 2 | status=combatant part_of=c1\n",
        "killed", {"status": "civilian"}, Bounds.exactly(4),
    ),
    (
        "two ways of dividing are not added up",
        "[Six](c1) dead, including [3](c2) children:\n- [two](c3) boys in Homs\n"
        "- [a](c4) girl in Hama\n- [three](c5) men in Hama\n---\n"
        "c1 killed 6 6 6\nc2 killed 3 3 3 | traits=child part_of=c1\n"
        "c3 killed 2 2 2 | traits=child part_of=c1 region=SY-HI\n"
        "c4 killed 1 1 1 | traits=child part_of=c1 region=SY-HM\n"
        "c5 killed 3 3 3 | traits=man part_of=c1 region=SY-HM\n",
        "killed", {"trait": "child"}, Bounds.exactly(3),
    ),
    (
        "a corrected figure takes the place of the first one",
        "[Over 20](c1) were killed; the figure was later confirmed as [27](c2).\n---\n"
        "c1 killed 20 21 -\nc2 killed 27 27 27\n",
        "killed", {}, Bounds.exactly(27),
    ),
    (
        "a region is a code or a country",
        "[Two](c1) died in Homs, [three](c2) in Anbar.\n---\nc1 killed 2 2 2 | region=SY-HI\n"
        "c2 killed 3 3 3 | region=IQ-AN\n",
        "killed", {"region": "SY"}, Bounds.exactly(2),
    ),
    (
        "a count over two regions is in neither alone",
        "[Two](c1) died in Homs and Hama.\n---\nc1 killed 2 2 2 | region=SY-HI,SY-HM\n",
        "killed", {"region": "SY-HI"}, Bounds.exactly(0),
    ),
    (
        "by and actor are ids or names",
        "[Two](c1) members of the Gran Grif gang died.\n---\n"
        "c1 killed 2 2 2 | actor=\"Gran Grif\" by=police\n",
        "killed", {"actor": "gran grif gang", "by": "Police"}, Bounds.exactly(2),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "measure", "filters", "wanted"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_toll(content: str, measure: str, filters: dict[str, Any], wanted: Bounds) -> None:
    assert make(content).toll(measure, **filters) == wanted


def test_claimed_counts_give_way_to_asserted_ones() -> None:
    counts = (
        Count(count_id="c1", measure="killed", best=51, low=51, high=51, certainty="claimed"),
        Count(count_id="c2", measure="killed", best=40, low=40, high=40, start=9, end=11),
    )
    assert Bulletin("d", "51 dead, 40 dead", counts).toll("killed") == Bounds.exactly(40)


def test_entries_say_what_was_added() -> None:
    bulletin = gold("note-17-rueso-patrol")
    found = entries(bulletin, "injured")
    assert [(e.count.count_id, e.bounds) for e in found] == [("c1", Bounds.exactly(1))]
    total = Bounds.total(e.bounds for e in entries(bulletin, "killed"))
    assert total == toll(bulletin, "killed")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("deaths", {}), "measure 'deaths'"), (("killed", {"status": "soldier"}), "status 'soldier'")],
)
def test_unknown_values_are_refused(arguments: tuple[str, dict[str, Any]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        gold("seed-homs-bus").toll(arguments[0], **arguments[1])


def test_seed_filters() -> None:
    seed = gold("seed-homs-bus")
    assert seed.toll("casualties") == Bounds.exactly(23)
    assert seed.toll("killed", actor="liwa-al-quds") == Bounds(9, 9, None)
    assert seed.toll("killed", status="civilian") == Bounds.exactly(0)
    assert seed.toll("incidents") == Bounds.exactly(0)
    assert seed.toll("killed", region="SY-HI", by="isis") == Bounds.exactly(16)
    assert seed.toll("killed", region="SY-RA") == Bounds.exactly(0)


numbers = st.integers(0, 50)


@st.composite
def bulletins(draw: st.DrawFn) -> Bulletin:
    """Counts of any measure, linked anyhow, in a text of their own numbers."""
    counts: list[Count] = []
    pieces: list[str] = []
    at = 0
    for position in range(draw(st.integers(0, 7))):
        low = draw(st.none() | numbers)
        high = draw(st.none() | st.integers(low or 0, 60))
        gap = draw(st.sampled_from([" ", ". ", ", including ", ":\n- ", "\n- ", "\n\n", " ("]))
        word = str(position)
        before = [count.count_id for count in counts]
        counts.append(
            Count(
                count_id=f"c{position}",
                measure=draw(st.sampled_from(["killed", "killed", "injured", "casualties"])),
                best=draw(st.none() | numbers), low=low, high=high,
                text=word, start=at, end=at + len(word),
                part_of=draw(st.sampled_from([None, *before])),
                same_as=draw(st.sampled_from([None, None, None, *before])),
                status=draw(st.sampled_from([None, "civilian", "combatant", "mixed"])),
                region=draw(st.sampled_from([(), ("SY-HI",), ("SY-HM",)])),
                by=draw(st.sampled_from([None, "isis"])),
                actor=draw(st.sampled_from([None, "isis", "iraq-forces"])),
                period=draw(st.sampled_from([None, None, "today", "in May", "since May"])),
            )
        )  # fmt: skip
        pieces.append(word + gap)
        at += len(pieces[-1])
    return Bulletin("d", "".join(pieces), tuple(counts))


@given(bulletins(), st.sampled_from(MEASURES), st.booleans())
def test_any_toll_is_sound(bulletin: Bulletin, measure: str, attackers: bool) -> None:
    total = bulletin.toll(measure, attackers=attackers)
    for value in (total.best, total.low, total.high):
        assert value is None or value >= 0
    assert bulletin.toll(measure, attackers=attackers) == total
    used = [e.count.count_id for e in entries(bulletin, measure, attackers=attackers)]
    assert len(used) == len(set(used))
    assert set(used) <= newly_reported(bulletin.graph, bulletin.layout)
    assert sorted(used) == used


@given(bulletins())
def test_leaving_out_attackers_never_adds(bulletin: Bulletin) -> None:
    flat = tuple(
        dataclasses.replace(count, part_of=None, same_as=None, period=None)
        for count in bulletin.counts
    )
    bulletin = dataclasses.replace(bulletin, counts=flat)
    full, less = bulletin.toll("injured"), bulletin.toll("injured", attackers=False)
    if full.low is not None and bulletin.layout.headline_end == 0:
        assert less.low is not None
        assert less.low <= full.low


@given(st.lists(numbers, max_size=6), st.randoms())
def test_separate_counts_add_up_in_any_order(values: list[int], shuffle: random.Random) -> None:
    counts = [
        Count(count_id=f"c{i}", measure="killed", best=v, low=v, high=v, start=i, end=i + 1)
        for i, v in enumerate(values)
    ]
    text = "x" * len(values)
    assert Bulletin("d", text, tuple(counts)).toll("killed") == Bounds.exactly(sum(values))
    shuffle.shuffle(counts)
    moved = tuple(dataclasses.replace(c, start=i, end=i + 1) for i, c in enumerate(counts))
    assert Bulletin("d", text, moved).toll("killed") == Bounds.exactly(sum(values))


@given(numbers, numbers, numbers)
def test_minus_undoes_plus_and_never_goes_below_zero(a: int, b: int, more: int) -> None:
    whole, part = Bounds(a, a, a + more), Bounds.exactly(b)
    assert minus(whole + part, part) == whole
    left = minus(part, whole)
    assert left.low is not None
    assert left.low >= 0
