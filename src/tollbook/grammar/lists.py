"""Items of lists: which figure of the introduction they divide, or which outcome they take."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from tollbook.grammar.figures import attach, attach_item, is_open, size
from tollbook.grammar.introductions import distributes, is_compatible, line_of, measure_said
from tollbook.rules.measures import wholes

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures

_OF_THESE: Final = frozenset(("of", "including", "among", "amongst", "they", "these", "those"))


def link_items(figures: Figures) -> None:
    """Link the figures that stand under a label or the introduction of a list.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Twelve people were killed, as follows:\\n- five in Homs\\n- seven in Hama"
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('Twelve', None), ('five', 'c1'), ('seven', 'c1')]
    """
    for number, indices in sorted(figures.by_segment.items()):
        segment = figures.segments[number]
        for index in indices:
            item = figures.candidates[index]
            if item.parent >= 0 or item.reason:
                continue
            if segment["label"] >= 0 and _under_label(figures, item, segment["label"], indices):
                continue
            if segment["parent"] >= 0:
                _under_introduction(figures, index, segment["parent"])
            elif segment["bullet"] and segment["depth"]:
                _under_paragraph(figures, item)


def _under_label(figures: Figures, item: Candidate, label: int, indices: list[int]) -> bool:
    """Link a figure by the label before it; `indices` are those of its segment."""
    if label in figures.by_segment:
        # "14 militiamen of other nationalities: nine Iraqis and five Afghans"
        whole = _divided(figures, figures.by_segment[label], item)
        if whole >= 0:
            attach_item(figures, item, whole)
            return True
    if distributes(figures, label) and item.position <= 3:
        # "By province: 47 in Aleppo, 22 in Hama"
        first = indices[0]
        measure = item.record["measure"] or figures.candidates[first].record["measure"]
        whole = figures.nearest(first, measure, size(item, 1), root=True) if measure else -1
        if whole >= 0:
            for other in indices:
                if figures.candidates[other].parent < 0:
                    attach_item(figures, figures.candidates[other], whole)
            return True
    return False


def _under_introduction(figures: Figures, index: int, intro: int) -> None:
    """Link an item under its introduction, or under an outer one."""
    item = figures.candidates[index]
    record = item.record
    distribution = False
    level = intro
    while level >= 0:
        segment = figures.segments[level]
        # the sentence that ends in the colon says it, before those that stand before it
        near = figures.by_segment.get(level, [])
        said = "" if near or record["measure"] else measure_said(figures, level)
        whole = _divided(figures, near, item)
        if whole < 0 and not near:
            line = line_of(figures, level)
            earlier = [i for number in line for i in figures.by_segment.get(number, [])]
            whole = _divided(figures, earlier, item, said)
            if whole < 0 and not record["measure"] + said and _of_these(figures, level):
                whole = _divided(figures, _before(figures, level), item)
        if whole >= 0:
            attach_item(figures, item, whole)
            return
        if segment["kind"] in ("heading", "label"):
            level = segment["parent"]
            continue
        distribution = distribution or distributes(figures, level)
        measure = record["measure"] or measure_said(figures, level)
        if distribution and not measure and near:
            measure = figures.candidates[near[-1]].record["measure"]
        if distribution and measure:
            first = bisect_left(figures.candidates, level, key=lambda c: c.segment)
            whole = figures.nearest(first, measure, size(item, 1), root=True)
            if whole >= 0:
                attach_item(figures, item, whole)
                return
        if measure and not record["measure"]:
            record["measure"] = measure
            record["rule"] = "list-introduction"
            if distribution:
                return
        level = segment["parent"]


def _of_these(figures: Figures, intro: int) -> bool:
    """``Of which:``, ``Among them:``, ``Breakdown:``: it divides what stands before it."""
    data = figures.segments[intro]
    first = figures.low[data["start"]]
    return data["end"] - data["start"] <= 8 and (first in _OF_THESE or distributes(figures, intro))


def _before(figures: Figures, intro: int) -> list[int]:
    """The figures of the nearest sentence with some, right before an introduction."""
    for number in range(intro - 1, max(intro - 4, -1), -1):
        if number in figures.by_segment:
            return [
                index
                for index in figures.by_segment[number]
                if figures.candidates[index].parent < 0
            ]
    return []


def _divided(figures: Figures, indices: list[int], item: Candidate, said: str = "") -> int:
    """Which of some candidates an item divides: the last one of its measure, or -1.

    Args:
        figures: all candidates.
        indices: the candidates to look at.
        item: the item.
        said: measure that the introduction names, for an item without one.
    """
    measure = "" if is_open(item) else item.record["measure"] or said
    wanted = wholes(measure)
    fallback = -1
    for index in reversed(indices):
        other = figures.candidates[index]
        if other is item or other.reason or other.record["implicit"]:
            continue
        theirs = other.record["measure"]
        if not theirs or other.record["high"] == 0:
            continue
        if other.parent >= 0 and figures.candidates[other.parent].segment == other.segment:
            continue
        if measure and theirs in wanted:
            return index
        if measure or not is_compatible(figures, item, theirs):
            continue
        if fallback < 0 or figures.candidates[fallback].record["measure"] == "incidents":
            fallback = index
    return fallback


def _under_paragraph(figures: Figures, item: Candidate) -> None:
    """Bullets right under a paragraph that gives totals."""
    segments = figures.segments
    if not item.record["measure"]:
        return
    at = item.segment
    while at >= 0 and segments[at]["bullet"]:
        at -= 1
    if at < 0:
        return
    block = segments[at]["block"]
    near: list[int] = []
    while at >= 0 and segments[at]["block"] == block:
        near = figures.by_segment.get(at, []) + near
        at -= 1
    for other in reversed(near):
        total = figures.candidates[other]
        if total.record["measure"] != item.record["measure"] or total.record["implicit"]:
            continue
        if total.parent >= 0:
            continue
        none = item.record["high"] == 0 or total.record["high"] == 0
        if size(total) >= size(item, 1) and not none:
            attach(item, other, "list")
            return
