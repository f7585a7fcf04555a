"""Figures that make up an earlier one to the last person: the text tells it again in detail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.figures import alike, attach, differ, is_running, size

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures

_FEW: Final = 3
"""Smaller totals are made up by chance too often."""
_MANY: Final = 5
_REACH: Final = 40
_MORE: Final = frozenset(("another", "other", "others", "more", "further", "additional", "also"))
"""Words that add people to those told before."""


def link_sums_in_sentences(figures: Figures) -> None:
    """``48 freed, 31 from a camp and 17 along a road``: bare numbers make up the figure before.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Troops freed 48 hostages, 31 from a camp and 17 along the road."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('48', None), ('31', 'c1'), ('17', 'c1')]
    """
    candidates = figures.candidates
    for indices in figures.by_segment.values():
        if len(indices) < 3:
            continue
        for at, first in enumerate(indices[:-2]):
            whole = candidates[first]
            if not whole.record["measure"] or whole.reason or size(whole) < _FEW:
                continue
            bare: list[Candidate] = []
            left = size(whole)
            for index in indices[at + 1 :]:
                item = candidates[index]
                free = not item.reason and item.parent in (-1, first) and figures.is_bare(item)
                same = item.record["measure"] in ("", whole.record["measure"])
                if not free or not same or item.record["best"] is None:
                    break
                bare.append(item)
                left -= size(item)
                if left < 0:
                    break
            if left == 0 and len(bare) > 1:
                for item in bare:
                    attach(item, first, "apposition")


def link_made_up(figures: Figures) -> None:
    """``Nine were killed in two raids. ... killing six ... killed the driver and two traders``.

    The figures of later sentences that make up a total exactly are its parts: those of a
    headline, or of the sentence that opens the text, wherever they stand; others only in
    their own paragraph.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Nine were killed. Six died in Dori. Three farmers were killed in Djibo."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('Nine', None), ('Six', 'c1'), ('Three', 'c1')]
    """
    candidates = figures.candidates
    told: dict[str, list[int]] = {}
    for index, item in enumerate(candidates):
        if not item.reason and item.record["measure"] and item.record["high"] != 0:
            told.setdefault(item.record["measure"], []).append(index)
    places = _places(figures)
    again = {item.twin for item in candidates if item.twin >= 0}
    for indices in told.values():
        if len(indices) < _FEW:
            continue
        for at, first in enumerate(indices[:-2]):
            whole = candidates[first]
            exact = whole.record["best"] is not None and not whole.record["implicit"]
            if exact and size(whole) >= _FEW and first not in again:
                for item in _run(figures, first, indices[at + 1 : at + _REACH], at == 0, places):
                    attach(item, first, "made-up")


def _places(figures: Figures) -> dict[int, set[str]]:
    """The codes of the regions that each segment names."""
    found: dict[int, set[str]] = {}
    for record in figures.analysis.regions:
        if record["codes"]:
            segment = figures.analysis.segment_of(record["start"])
            found.setdefault(segment, set()).update(record["codes"])
    return found


def _run(
    figures: Figures, first: int, later: list[int], opening: bool, places: dict[int, set[str]]
) -> list[Candidate]:
    """The figures after a total that make it up and are part of nothing else; or none."""
    candidates = figures.candidates
    whole = candidates[first]
    headline = figures.segments[whole.segment]["kind"] == "headline"
    opening = opening or headline or whole.twin >= 0
    left = size(whole)
    run: list[Candidate] = []
    for index in later:
        item = candidates[index]
        if item.segment == whole.segment:
            continue
        if not opening and figures.block(item) != figures.block(whole):
            return []
        # a part of one of them, or of the total itself, adds nothing
        if _within(candidates, item, first):
            if item.parent == first and item.how != "including":
                return []
            continue
        if (
            item.parent >= 0
            and candidates[item.parent].record["measure"] == whole.record["measure"]
        ):
            continue
        figure = size(item)
        if (
            figure > left
            or not figure
            or differ(item, whole, jobs=True)
            or is_running(figures, item)
        ):
            return []
        here, there = places.get(whole.segment), places.get(item.segment)
        if not headline and here and there and here.isdisjoint(there):
            return []
        if item.record["measure"] == "incidents" and not alike(item, whole):
            return []
        few = size(whole) < _MANY and not headline
        if few and (_adds(figures, item) or figures.block(item) != figures.block(whole)):
            return []
        run.append(item)
        left -= figure
        if left == 0:
            break
    if left or len(run) < 2:
        return []
    return [item for item in run if item.parent < 0 and item.twin < 0]


def _within(candidates: list[Candidate], item: Candidate, whole: int) -> bool:
    """Whether a candidate is part of another, at any remove."""
    for _ in range(5):
        if item.parent < 0:
            return False
        if item.parent == whole:
            return True
        item = candidates[item.parent]
    return False


def _adds(figures: Figures, item: Candidate) -> bool:
    chunk = figures.chunk(item)
    start = max(chunk.start - 3, figures.segments[item.segment]["start"])
    return not _MORE.isdisjoint(figures.low[start : chunk.end + 3])
