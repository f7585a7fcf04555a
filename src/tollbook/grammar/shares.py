"""Figures with the share that they are of a whole: ``gangs were behind 61% (622) of them``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tollbook.grammar.figures import attach, differ, size
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures

_PERCENT: Final = frozenset(("%", "percent", "pct", "per"))
_BEFORE: Final = 9
_BEHIND: Final = 6
_NEAR: Final = 0.006
"""How far the figure may be from the stated share of its whole, for rounding."""
_STATED: Final = re.compile(r"\d+(?:[.,]\d+)?")


def link_shares(figures: Figures) -> None:
    """``61% (622) of the people killed; gangs 31% (316)``: parts of the figure they are shares of.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "The mission counted 600 civilian deaths; 62 percent (372) were caused by mines."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('600', None), ('372', 'c1')]
    """
    low = figures.low
    if _PERCENT.isdisjoint(low):
        return
    for segment, indices in figures.by_segment.items():
        data = figures.segments[segment]
        if _PERCENT.isdisjoint(low[data["start"] : data["end"]]):
            continue
        given = -1
        for at, index in enumerate(indices):
            item = figures.candidates[index]
            if item.reason and item.reason != "difference":
                continue
            share = _share(figures, indices, at)
            if share <= 0 and not (given >= 0 and _goes_on(figures, given, index)):
                continue
            whole = _whole(figures, index, share)
            if whole >= 0:
                given = index
                theirs = figures.candidates[whole].record["measure"]
                if not item.record["measure"] or item.record["measure"] != theirs:
                    item.record["measure"] = theirs
                    item.record["rule"] = "share"
                if item.parent < 0 or item.how in ("bracket", "partitive", "colon"):
                    attach(item, whole, "share")


def _share(figures: Figures, indices: list[int], at: int) -> float:
    """The share stated beside a figure, in percent; 0 where there is none."""
    low = figures.low
    item = figures.candidates[indices[at]]
    chunk = figures.chunk(item)
    data = figures.segments[item.segment]
    first, last = data["start"], data["end"]
    if at:
        first = max(first, figures.chunk(figures.candidates[indices[at - 1]]).end)
    if at + 1 < len(indices):
        last = min(last, figures.chunk(figures.candidates[indices[at + 1]]).start)
    ahead = range(max(first, chunk.start - _BEFORE), chunk.start)
    behind = range(chunk.end, min(last, chunk.end + _BEHIND))
    changes = word_sets().changes
    for span in (behind, ahead):
        for token in span:
            if low[token] not in _PERCENT or (low[token] == "per" and low[token + 1] != "cent"):
                continue
            near = low[max(first, token - 4) : min(last, token + 4)]
            if not changes.isdisjoint(near):
                return 0.0
            if span is behind and low[chunk.end] not in ("(", ",", "or", "–", "—"):
                continue
            stated = _STATED.search(low[token - 1]) or _STATED.search(low[token])
            if stated:
                return float(stated[0].replace(",", "."))
    return 0.0


def _goes_on(figures: Figures, given: int, index: int) -> bool:
    """``32 per cent — 198 deaths and 214 injured — while crossfire left 53 dead``."""
    before, item = figures.candidates[given], figures.candidates[index]
    between = figures.low[figures.chunk(before).end : figures.chunk(item).start]
    return (
        item.parent < 0
        and before.segment == item.segment
        and bool(item.record["measure"])
        and ("and" in between or "while" in between)
        and ";" not in between
        and "of" not in between[-1:]
    )


def _whole(figures: Figures, index: int, share: float) -> int:
    """The earlier figure that a share is of: the one that it fits, else the largest; or -1."""
    item = figures.candidates[index]
    # a figure that stands alone, "31% (316)", may have taken the outcome of a noun before it
    free = bool(share) and figures.is_bare(item)
    measure = item.record["measure"]
    best = -1
    for other in range(index - 1, -1, -1):
        earlier = figures.candidates[other]
        record = earlier.record
        if earlier.reason or not record["measure"] or record["high"] == 0 or record["implicit"]:
            continue
        same = not measure or record["measure"] == measure
        if not same and not (free and measure == "incidents"):
            continue
        if (
            size(earlier) <= size(item, 1)
            or differ(item, earlier)
            or _inside(figures, other, index)
        ):
            continue
        if share and abs(size(earlier) * share / 100 - size(item)) <= _NEAR * size(earlier) + 0.5:
            return other
        if same and measure and (best < 0 or size(earlier) > size(figures.candidates[best])):
            best = other
    return best


def _inside(figures: Figures, other: int, index: int) -> bool:
    earlier: Candidate = figures.candidates[other]
    return earlier.parent == index
