"""What follows once parts are linked: measures handed down, misfits parted, the rest left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbook.grammar.figures import attach, settle_fate
from tollbook.grammar.sentence import UNTOLD
from tollbook.rules.measures import becomes

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures


def hand_down(figures: Figures) -> None:
    """Parts without a measure take that of their whole; unlike pairs are parted.

    Args:
        figures: candidates that are changed.
    """
    candidates = figures.candidates
    for _ in range(3):
        for item in candidates:
            if item.parent < 0 or item.record["measure"]:
                continue
            measure = candidates[item.parent].record["measure"]
            if measure:
                item.record["measure"] = measure
                item.record["rule"] = f"part:{item.how}"
                item.inherited.add("measure")
    for item in candidates:
        if item.parent >= 0:
            settle_fate(item, candidates[item.parent])
    for item in candidates:
        if item.parent < 0:
            continue
        whole = candidates[item.parent]
        mine, theirs = item.record["measure"], whole.record["measure"]
        if whole.reason and not item.reason and item.how != "list":
            # parts of what is left out are left out with it, unless they say more
            if "measure" in item.inherited or not mine:
                item.reason = whole.reason
        if item.how == "partitive" and _the_same(figures, item, whole):
            item.reason = "says who they all are"
        if mine == "casualties" and theirs == "killed" and item.record["rule"] in UNTOLD:
            # "83 were killed, 16 of whom were shot by gunmen"
            item.record["measure"] = mine = theirs
        if (mine != theirs and not becomes(theirs, mine)) or item.record["high"] == 0:
            attach(item, -1, "")


def _the_same(figures: Figures, item: Candidate, whole: Candidate) -> bool:
    """``a pair of accomplices, both of them cousins``: nobody but those counted already."""
    number = figures.chunk(item).number
    return (
        number is not None
        and number["rule"] == "both"
        and whole.record["best"] == 2
        and "measure" in item.inherited
        and whole.segment == item.segment
    )


def leave_out(figures: Figures) -> None:
    """Leave out what has no outcome; parts of what is left out go to the next whole.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> bulletin = tollbook.extract("Nine men stood at the gate.")
    >>> bulletin.counts, [decision["reason"] for decision in bulletin.explain()]
    ((), ['no outcome is told'])
    """
    for item in figures.candidates:
        if not item.record["measure"] and not item.reason:
            item.reason = "no outcome is told"
    for item in figures.candidates:
        if item.reason:
            continue
        while item.parent >= 0 and figures.candidates[item.parent].reason:
            item.parent = figures.candidates[item.parent].parent


def part_circles(figures: Figures) -> None:
    """No candidate includes itself, however long the way round.

    Args:
        figures: candidates that are changed.
    """
    for index, item in enumerate(figures.candidates):
        seen = {index}
        at = item
        while at.parent >= 0:
            if at.parent in seen:
                at.parent = -1
                break
            seen.add(at.parent)
            at = figures.candidates[at.parent]
