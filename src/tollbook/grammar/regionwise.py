"""Figures region by region within a paragraph: ``Donetsk region: 14 killed; Sumy region: 6``."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from tollbook.grammar.figures import alike, attach, differ, size

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures

_RUN: Final = 3
"""So many regions in a row are a breakdown; two are where they make the total up."""
_HALF: Final = 2
_BLOCKS: Final = 2


def link_region_runs(figures: Figures) -> None:
    """Make figures that stand in a row, each behind a region of its own, parts of the total.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "The UN counted 40 dead. Homs suffered 12 killed, Hama 9 killed and Idlib 14 killed."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('40', None), ('12', 'c1'), ('9', 'c1'), ('14', 'c1')]
    """
    regions = [record for record in figures.analysis.regions if record["codes"]]
    if len(regions) < _HALF:
        return
    starts = [record["start"] for record in regions]
    runs: dict[str, list[tuple[int, str]]] = {}
    last: dict[str, int] = {}
    for index, item in enumerate(figures.candidates):
        measure = item.record["measure"]
        if item.reason or not measure or item.parent >= 0 or item.twin >= 0:
            continue
        start = figures.chunk(item).start
        at = bisect_left(starts, start) - 1
        # the region stands in the sentence or its label, behind the last figure of this outcome
        known = at >= 0 and starts[at] >= last.get(measure, 0)
        label = figures.segments[item.segment]["label"]
        known = known and figures.analysis.segment_of(starts[at]) in (item.segment, label)
        last[measure] = start
        run = runs.setdefault(measure, [])
        code = ",".join(regions[at]["codes"]) + regions[at]["text"] if known else ""
        if run and (
            not code or figures.block(figures.candidates[run[-1][0]]) != figures.block(item)
        ):
            _link(figures, run)
            run.clear()
        if code and item.record["high"] != 0:
            run.append((index, code))
    for run in runs.values():
        _link(figures, run)


def _link(figures: Figures, run: list[tuple[int, str]]) -> None:
    """Link a run to the nearest figure before it that can hold it, and is not much more."""
    if len(run) < _HALF or len({code for _, code in run}) < len(run):
        return
    candidates = figures.candidates
    items = [candidates[index] for index, _ in run]
    added = sum(size(item) for item in items)
    whole = _total(figures, run[0][0], items, added)
    if whole < 0 or (len(run) < _RUN and size(candidates[whole]) != added):
        return
    for item in items:
        if item.parent < 0:
            attach(item, whole, "list")


def _total(figures: Figures, first: int, items: list[Candidate], added: int) -> int:
    """Index of the total of a run, or -1."""
    analysis = figures.analysis
    named = {analysis.segment_of(r["start"]) for r in analysis.regions if r["codes"]}
    for other in range(first - 1, -1, -1):
        earlier = figures.candidates[other]
        if earlier.segment == items[0].segment:
            continue
        if figures.block(items[0]) - figures.block(earlier) > _BLOCKS:
            return -1
        record = earlier.record
        if earlier.segment in named:
            continue  # of one region itself
        if earlier.reason or record["measure"] != items[0].record["measure"] or record["implicit"]:
            continue
        if not added <= size(earlier) <= _HALF * added or any(differ(i, earlier) for i in items):
            continue
        if record["measure"] == "incidents" and not all(alike(i, earlier) for i in items):
            continue
        return other
    return -1
