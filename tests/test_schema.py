"""Bounds, Count and Finding: plain data with interval arithmetic."""

import dataclasses
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.schema import COUNT_FIELDS, Bounds, Count, Finding

figures = st.none() | st.integers(0, 10_000)


@st.composite
def intervals(draw: st.DrawFn) -> Bounds:
    low, high = draw(figures), draw(figures)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Bounds(draw(figures), low, high)


@pytest.mark.parametrize("name", ["best", "low", "high"])
def test_negative_figures_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is -1"):
        Bounds(**{name: -1})


def test_low_above_high_is_refused() -> None:
    with pytest.raises(ValueError, match="low 5 is above high 4"):
        Bounds(None, 5, 4)


def test_best_may_lie_outside_the_bounds() -> None:
    assert Bounds(12, 13, None).best == 12  # "more than 12"


@pytest.mark.parametrize(
    ("bounds", "exact", "vague", "text"),
    [
        (Bounds.exactly(3), True, False, "3"),
        (Bounds(12, 12, None), False, False, "12 (at least 12)"),
        (Bounds(12, None, 12), False, False, "12 (at most 12)"),
        (Bounds(12, None, None), False, False, "about 12"),
        (Bounds(None, 10, 15), False, False, "10-15"),
        (Bounds(None, 24, None), False, True, "at least 24"),
        (Bounds(None, None, 9), False, False, "at most 9"),
        (Bounds(), False, True, "unknown"),
    ],
)
def test_what_bounds_say(bounds: Bounds, exact: bool, vague: bool, text: str) -> None:
    assert (bounds.exact, bounds.vague, str(bounds)) == (exact, vague, text)


def test_adding_anything_else_is_refused() -> None:
    with pytest.raises(TypeError):
        Bounds.exactly(1) + 1  # type: ignore[operator]


@given(intervals(), intervals(), intervals())
def test_addition_is_commutative_and_associative(a: Bounds, b: Bounds, c: Bounds) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + Bounds.exactly(0) == a


@given(intervals(), intervals(), st.data())
def test_a_sum_holds_every_sum_of_members(a: Bounds, b: Bounds, data: st.DataObject) -> None:
    one, other = (
        data.draw(st.integers(i.low or 0, 30_000 if i.high is None else i.high)) for i in (a, b)
    )
    total = a + b
    assert total.low is None or total.low <= one + other
    assert total.high is None or one + other <= total.high


@given(st.lists(intervals(), max_size=6), st.randoms())
def test_total_does_not_depend_on_order(items: list[Bounds], random: object) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Bounds.total(items) == Bounds.total(shuffled)


@given(st.lists(intervals(), max_size=6), intervals())
def test_total_grows_with_every_item(items: list[Bounds], more: Bounds) -> None:
    before, after = Bounds.total(items), Bounds.total([*items, more])
    for name in ("best", "low", "high"):
        old, new = getattr(before, name), getattr(after, name)
        assert new is None or old <= new


def test_row_has_every_field_in_order_and_is_json_safe() -> None:
    count = Count(doc_id="d", count_id="c1", measure="killed", traits=("child",), region=("SY-HI",))
    row = count.to_row()
    assert tuple(row) == COUNT_FIELDS == tuple(f.name for f in dataclasses.fields(Count))
    assert (row["traits"], row["region"]) == (["child"], ["SY-HI"])
    assert json.loads(json.dumps(row)) == row


def test_count_is_frozen_hashable_and_pickles() -> None:
    count = Count(count_id="c1", measure="killed", best=2, low=2, high=None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        count.best = 3  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(count)) == count
    assert len({count, dataclasses.replace(count)}) == 1
    assert count.bounds == Bounds(2, 2, None)


def test_finding_points_at_every_count_the_whole_first() -> None:
    whole = Count(count_id="c1", start=4, end=6)
    part = Count(count_id="c2", start=9, end=11)
    finding = Finding(
        doc_id="d", kind="contradiction", way="group", measure="killed", whole=whole,
        parts=(part,), stated=Bounds.exactly(1), added=Bounds.exactly(2), message="",
    )  # fmt: skip
    assert finding.counts == (whole, part)
    assert list(finding.spans()) == [("c1", 4, 6), ("c2", 9, 11)]
