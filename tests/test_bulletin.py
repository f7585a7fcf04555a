"""Bulletin: the answers that follow from a text's counts."""

import builtins
import copy
import dataclasses
import json
import pickle
from datetime import date
from typing import Any

import pytest

from tollbook.breakdown import Layout
from tollbook.bulletin import Bulletin
from tollbook.cues import CUES, TABLE, day_range, period_kind, rules, same_name
from tollbook.gold import parse
from tollbook.graph import Graph
from tollbook.schema import COUNT_FIELDS, Count

TEXT = """Five dead in Homs

Homs province: [Five](c1) people, including [a](c2) child, were killed and [two](c3) hurt.
---
c1 killed 5 5 5 | region=SY-HI
c2 killed 1 1 1 | status=civilian traits=child region=SY-HI part_of=c1
c3 injured 2 2 2 | region=SY-HI
"""


def make(content: str = TEXT, **settings: Any) -> Bulletin:
    doc = parse(content)
    return Bulletin(doc.doc_id, doc.text, doc.counts, **settings)


def test_lists_become_tuples() -> None:
    bulletin = Bulletin("d", "", [Count(count_id="c1")], [{"rule": "r"}])  # type: ignore[arg-type]
    assert isinstance(bulletin.counts, tuple)
    assert isinstance(bulletin.decisions, tuple)


def test_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        make().text = ""  # type: ignore[misc]


def test_cached_answers_break_neither_equality_nor_hash_nor_pickle() -> None:
    used, fresh = make(decisions=({"why": ["x"]},)), make()
    assert used.findings == ()
    assert used.toll("killed").best == 5
    assert used == fresh
    assert hash(used) == hash(fresh)
    assert pickle.loads(pickle.dumps(used)) == used
    assert pickle.dumps(used) == pickle.dumps(pickle.loads(pickle.dumps(used)))
    assert copy.deepcopy(used).explain() == [{"why": ["x"]}]
    assert dataclasses.replace(used, counts=()).toll("killed").best == 0


def test_explain_gives_a_copy() -> None:
    bulletin = make(decisions=({"why": ["x"]},))
    bulletin.explain()[0]["why"].append("y")
    assert bulletin.explain() == [{"why": ["x"]}]


def test_two_counts_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="d: 2 counts have the id 'c1'"):
        Bulletin("d", "", (Count(count_id="c1"), Count(count_id="c1")))


@pytest.mark.parametrize("name", ["part_of", "same_as"])
def test_a_link_to_nowhere_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"d: {name} of c1 is 'c9', which is not a count"):
        Bulletin("d", "", (Count(count_id="c1", **{name: "c9"}),))  # type: ignore[arg-type]


def test_count_by_id() -> None:
    assert make().count("c2").traits == ("child",)
    with pytest.raises(KeyError, match="c9"):
        make().count("c9")


def test_parts_of_any_mention() -> None:
    bulletin = Bulletin(
        "d",
        "",
        (
            Count(count_id="c1", measure="killed"),
            Count(count_id="c2", measure="killed", same_as="c1"),
            Count(count_id="c3", measure="killed", part_of="c1"),
            Count(count_id="c4", measure="killed", part_of="c2"),
        ),
    )
    assert [c.count_id for c in bulletin.parts_of("c1")] == ["c3", "c4"]
    assert bulletin.parts_of("c1") == bulletin.parts_of("c2")
    assert bulletin.parts_of("c3") == ()
    with pytest.raises(KeyError):
        bulletin.parts_of("c9")


def test_rows_and_dict() -> None:
    bulletin = Bulletin("d", "t", (Count(count_id="c1", since=date(2024, 1, 2)),), ({"a": 1},))
    assert [tuple(row) for row in bulletin.to_rows()] == [COUNT_FIELDS]
    made = json.loads(json.dumps(bulletin.to_dict()))
    assert made == bulletin.to_dict()
    assert made["counts"][0]["since"] == "2024-01-02"
    assert (made["doc_id"], made["text"], made["decisions"]) == ("d", "t", [{"a": 1}])


def test_frame() -> None:
    pd = pytest.importorskip("pandas")
    frame = make().to_frame()
    assert list(frame.columns) == list(COUNT_FIELDS)
    assert frame["best"].tolist() == [5, 1, 2]
    empty = Bulletin("d", "").to_frame()
    assert list(empty.columns) == list(COUNT_FIELDS)
    assert len(empty) == 0
    vague = Bulletin("d", "", (Count(count_id="c1", low=2),)).to_frame()
    assert vague["best"].isna().all()
    assert vague["low"].dtype == pd.Int64Dtype()


def test_frame_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ImportError, match=r"tollbook\[pandas\]"):
        make().to_frame()


def test_circles_of_links_are_cut() -> None:
    graph = Graph(
        (
            Count(count_id="c1", part_of="c2"),
            Count(count_id="c2", part_of="c1"),
            Count(count_id="c3", same_as="c4"),
            Count(count_id="c4", same_as="c3", part_of="c3"),
            Count(count_id="c5", part_of="c5"),
        )
    )
    assert graph.parent == {"c1": "c2"}
    assert [fact.id for fact in graph.facts] == ["c1", "c2", "c3", "c5"]
    assert [fact.id for fact in graph.below("c2")] == ["c1"]


def test_a_fact_takes_what_its_first_mention_lacks() -> None:
    graph = Graph(
        (
            Count(count_id="c1", best=3, region=("SY-HI",)),
            Count(
                count_id="c2", best=3, same_as="c1", period="today", region=("SY",), traits=("x",)
            ),
        )
    )
    fact = graph.fact("c2")
    assert (fact.id, fact.count.period, fact.count.region) == ("c1", "today", ("SY-HI",))
    assert fact.count.traits == ("x",)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Two killed in Homs\n\nIn Homs, two died.", 20),
        ("Two killed in Homs", 0),
        ("In Homs, two died.\nMore text.", 0),
        ("- two killed\n- one hurt", 0),
        ("\n\nA\nB\nC\nD", 8),
        ("", 0),
    ],
)
def test_where_the_headline_ends(text: str, start: int) -> None:
    assert Layout(text, Graph(())).headline_end == start


@pytest.mark.parametrize("row", [row for row, _ in rules()], ids=lambda row: row["id"])
def test_examples_of_the_cues(row: Any) -> None:
    found = {r["id"]: compiled for r, compiled in rules()}[row["id"]]
    assert any(not e.startswith("!") for e in row["examples"])
    for example in row["examples"]:
        wanted = not example.startswith("!")
        assert bool(found.search(example.removeprefix("!"))) is wanted, example


def test_every_cue_has_a_row() -> None:
    assert {row["cue"] for row, _ in rules()} == set(CUES)
    assert TABLE.id_column == "id"


@pytest.mark.parametrize(
    ("period", "kind"),
    [
        ("Over the past day", "new"),
        ("since this morning", "new"),
        ("on Sunday evening", "new"),
        ("since the start of the aggression until yesterday", "running"),
        ("so far this year", "running"),
        ("the same period last year", "past"),
        ("nine days ago", "past"),
        ("between July 31 and Aug 2", "span"),
        ("in 34 days", "span"),
        ("in 2015", "span"),
        ("last week", "span"),
    ],
)
def test_kinds_of_periods(period: str, kind: str) -> None:
    assert period_kind(period) == kind


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("January 6", (106, 106)),
        ("19 May", (519, 519)),
        ("from 13 to 18 May", (513, 518)),
        ("between July 31 and Aug 2", (731, 802)),
        ("30 April to 2 May 2024", (430, 502)),
        ("in March", (301, 331)),
        ("in 2015", None),
    ],
)
def test_days_that_a_period_names(period: str, days: tuple[int, int] | None) -> None:
    assert day_range(period) == days


def test_names_of_one_group() -> None:
    assert same_name("Gran Grif", "the Gran Grif gang")
    assert not same_name("Ansar Al-Tawhid", "Ansar Al-Islam")
    assert not same_name("", "isis")
