"""Figures that take in others: a toll that goes up, one that replaces another, a sum of parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.figures import attach, size
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures

_OF_TOLLS: Final = ("toll", "number-of", "topic:")
"""How the rules of a figure under a topic begin."""
_SUMMED: Final = frozenset(("bracket", "colon", "dash", "apposition"))


def link_raised(figures: Figures) -> None:
    """``killed three, raising the toll to 61``: the three are part of the 61.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Clashes killed three soldiers, raising the death toll to 61."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('three', 'c2'), ('61', None)]
    """
    raising = word_sets().raising
    for index, item in enumerate(figures.candidates):
        if not item.record["rule"].startswith(_OF_TOLLS) or item.reason:
            continue
        start = figures.chunk(item).start
        if any(c.word in raising and c.start < start for c in figures.sentence(item).chunks):
            _take_later(figures, index)
            _take_earlier(figures, index)


def _take_later(figures: Figures, index: int) -> None:
    """``rose to 17 from 11 after six more bodies were found``: 11 and six are part of the 17."""
    item = figures.candidates[index]
    for later in figures.candidates[index + 1 :]:
        if later.segment != item.segment:
            return
        chunk = figures.chunk(later)
        new = (
            figures.low[chunk.start - 1] == "from" or "more" in figures.low[chunk.start : chunk.end]
        )
        if new and later.parent < 0 and not later.reason:
            later.record["measure"] = later.record["measure"] or item.record["measure"]
            if later.record["measure"] == item.record["measure"]:
                attach(later, index, "raising")


def _take_earlier(figures: Figures, index: int) -> None:
    """What is told before the toll, of the same measure, is part of it."""
    item = figures.candidates[index]
    for earlier in reversed(figures.candidates[:index]):
        if earlier.segment != item.segment and not _updates(figures, item, earlier):
            return
        same = earlier.record["measure"] == item.record["measure"]
        if same and earlier.parent < 0 and not earlier.reason:
            attach(earlier, index, "raising")


def _updates(figures: Figures, item: Candidate, earlier: Candidate) -> bool:
    """``1 martyr (initial). The ministry updates the toll to 3``."""
    if figures.block(earlier) != figures.block(item):
        return False
    data = figures.segments[item.segment]
    return not word_sets().updating.isdisjoint(figures.low[data["start"] : data["end"]])


def link_superseded(figures: Figures) -> None:
    """``had earlier put the toll at 14``: an older figure is part of the new one.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "At least 20 people were killed. Police had earlier put the death toll at 14."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('At least 20', None), ('14', 'c1')]
    """
    earlier = word_sets().earlier
    for index, item in enumerate(figures.candidates):
        if item.reason or item.parent >= 0 or not item.record["measure"]:
            continue
        data = figures.segments[item.segment]
        before = figures.low[data["start"] : figures.chunk(item).start]
        if "toll" not in before and "number" not in before:
            continue
        if earlier.isdisjoint(before):
            continue
        whole = figures.nearest(index, item.record["measure"], size(item, 1))
        if whole >= 0 and figures.candidates[whole].segment != item.segment:
            attach(item, whole, "superseded")


def read_sums(figures: Figures) -> None:
    """``710 in total (282 deaths and 428 injured)``: the parts tell what the whole counts.

    Args:
        figures: candidates that are changed.
    """
    parts: dict[int, list[Candidate]] = {}
    for item in figures.candidates:
        if item.how in _SUMMED and not item.reason:
            parts.setdefault(item.parent, []).append(item)
    for index, item in enumerate(figures.candidates):
        if item.record["measure"] or item.reason:
            continue
        measures = {part.record["measure"] for part in parts.get(index, ())} - {""}
        if measures == {"killed", "injured"}:
            item.record["measure"] = "casualties"
        elif len(measures) == 1:
            item.record["measure"] = measures.pop()
        if item.record["measure"]:
            item.record["rule"] = "sum-of-parts"
