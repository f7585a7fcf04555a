"""Figures that take in others: a toll that goes up, one that replaces another, a sum of parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.figures import attach, differ, size
from tollbook.rules.measures import wholes
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures

_OF_TOLLS: Final = ("toll", "number-of", "topic:")
"""How the rules of a figure under a topic begin."""
_GROWN: Final = frozenset(("after", "as", "when", "with"))
"""Words behind a toll that tell why it went up."""
_BACK: Final = 3
_IN_ALL: Final = ("in all", "altogether", "all told", "in total")
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
    for index, item in enumerate(figures.candidates):
        if item.reason or not _is_raised(figures, index):
            continue
        if not item.record["measure"]:
            # "taking the army's dead to three": the outcome of those told before
            measure = _told(figures, index) if figures.is_bare(item) else ""
            if not measure:
                continue
            item.record["measure"], item.record["rule"] = measure, "topic:toll"
        for toll in _joined(figures, index):
            _take_later(figures, toll)
            _take_earlier(figures, toll)


def _told(figures: Figures, index: int) -> str:
    """The outcome of the last figure before one in its sentence, or empty."""
    segment = figures.candidates[index].segment
    for earlier in reversed(figures.candidates[:index]):
        if earlier.segment != segment:
            break
        if earlier.record["measure"] and not earlier.reason:
            return str(earlier.record["measure"])
    return ""


def _is_raised(figures: Figures, index: int) -> bool:
    """Whether a verb makes a toll go up to a figure: ``bringing the number of dead to 12``."""
    item = figures.candidates[index]
    start = figures.chunk(item).start
    low = figures.low
    raising = word_sets().raising
    begin = figures.segments[item.segment]["start"]
    if item.record["rule"].startswith(_OF_TOLLS):
        return not raising.isdisjoint(low[begin:start])
    if not start or low[start - 1] != "to":
        return False
    if index:
        earlier = figures.candidates[index - 1]
        begin = max(begin, figures.chunk(earlier).end if earlier.segment == item.segment else 0)
    return not raising.isdisjoint(low[max(begin, start - 12) : start])


def _joined(figures: Figures, index: int) -> list[int]:
    """A toll with what is joined to it: ``updates the toll to 3 dead and 4 injured``."""
    found = [index]
    item = figures.candidates[index]
    members = figures.sentence(item).members
    mine = members.get(item.position)
    for later in range(index + 1, len(figures.candidates)):
        other = figures.candidates[later]
        theirs = members.get(other.position) if other.segment == item.segment else None
        if theirs is None or mine is None or theirs.group != mine.group or theirs.parent:
            break
        if other.record["measure"] not in ("", item.record["measure"]):
            found.append(later)
    return found


def _take_later(figures: Figures, index: int) -> None:
    """``rose to 17 from 11 after six bodies were found``: 11 and six are part of the 17."""
    item = figures.candidates[index]
    low = figures.low
    end = figures.chunk(item).end
    grown = not _GROWN.isdisjoint(low[end : end + 2])
    for later in figures.candidates[index + 1 :]:
        if later.segment != item.segment:
            return
        chunk = figures.chunk(later)
        new = "from" in low[chunk.start - 3 : chunk.start] or "more" in low[chunk.start : chunk.end]
        grown = grown or not _GROWN.isdisjoint(low[chunk.start - 2 : chunk.start])
        same = later.record["measure"] == item.record["measure"]
        if (new or (grown and same)) and later.parent < 0 and not later.reason:
            later.record["measure"] = later.record["measure"] or item.record["measure"]
            if later.record["measure"] == item.record["measure"] and size(later) < size(item):
                attach(later, index, "raising")


def _take_earlier(figures: Figures, index: int) -> None:
    """What is told before the toll, of the same measure, is part of it."""
    item = figures.candidates[index]
    for earlier in reversed(figures.candidates[:index]):
        if earlier.segment != item.segment and not _updates(figures, item, earlier):
            return
        same = item.record["measure"] in wholes(earlier.record["measure"])
        if same and earlier.parent < 0 and not earlier.reason and earlier.record["high"] != 0:
            attach(earlier, index, "raising")


def _updates(figures: Figures, item: Candidate, earlier: Candidate) -> bool:
    """``1 martyr (initial). The ministry updates the toll to 3``."""
    if figures.block(earlier) != figures.block(item):
        return False
    data = figures.segments[item.segment]
    return not word_sets().updating.isdisjoint(figures.low[data["start"] : data["end"]])


def link_with_this_one(figures: Figures) -> None:
    """``With the murder of X there are already 61 killed this year``: X is one of the 61.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "With the death of a nurse, 14 health workers have been killed this year."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('a', 'c2'), ('14', None)]
    """
    for segment, indices in figures.by_segment.items():
        if len(indices) < 2 or figures.low[figures.segments[segment]["start"]] != "with":
            continue
        first, then = (figures.candidates[index] for index in indices[:2])
        if first.position > 6 or first.reason or then.reason or first.parent >= 0:
            continue
        mine, total = first.record, then.record
        # of people without a number the whole is taken for a part of them
        if then.parent == indices[0] and then.how in ("including", "partitive"):
            continue
        if mine["measure"] and mine["measure"] == total["measure"] and size(then) > size(first):
            attach(first, indices[1], "raising")


def link_summed_up(figures: Figures) -> None:
    """``49 bodies were collected, 64 died in all``; ``the bodies of all four``.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Four men died in Bo. Two women died in Po. In all, six people were killed."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('Four', 'c3'), ('Two', 'c3'), ('six', None)]
    """
    for index, item in enumerate(figures.candidates):
        if not index or item.reason or item.parent >= 0 or item.record["best"] in (None, 0, 1):
            continue
        if not item.record["measure"] or not _sums_up(figures, item):
            continue
        left = size(item)
        taken: list[Candidate] = []
        for earlier in reversed(figures.candidates[:index]):
            if earlier.segment < item.segment - _BACK:
                break
            if earlier.reason or earlier.record["measure"] != item.record["measure"]:
                continue
            if earlier.parent >= 0 or earlier.record["high"] == 0:
                continue
            near = earlier.segment == item.segment or figures.block(earlier) == figures.block(item)
            if not near or differ(earlier, item) or size(earlier, 1) > left:
                break
            left -= size(earlier, 1)
            taken.append(earlier)
        if len(taken) == 1 and size(taken[0]) == size(item):
            continue
        for earlier in taken:
            attach(earlier, index, "raising")


def _sums_up(figures: Figures, item: Candidate) -> bool:
    """Whether a figure is said to be all there are: ``in all``, ``altogether``, ``all four``."""
    chunk = figures.chunk(item)
    low = figures.low
    if item.record["text"].lower().startswith("all "):
        # "all three of his escorts": all there were of these, not of those told before
        return (
            not chunk.partitive
            and low[chunk.number["end"] + 1 if chunk.number else chunk.end] != "of"
        )
    data = figures.segments[item.segment]
    start = max(data["start"], chunk.start - 3)
    stop = min(data["end"], chunk.end + 6)
    words = " ".join(low[start:stop])
    return any(cue in words for cue in _IN_ALL)


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
