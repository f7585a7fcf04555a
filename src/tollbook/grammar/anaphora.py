"""Parts told by what points back: ``They were five women``, ``the remaining five``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.figures import attach, differ, size
from tollbook.rules import syntax as syn
from tollbook.rules.measures import becomes

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures

_THEY: Final = frozenset(("they", "these", "those"))
_BACK: Final = 2
_REST: Final = frozenset(("remaining", "other"))


def link_they_are(figures: Figures) -> None:
    """``They were five women and two men``: parts of the people counted before.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Seven people were killed. They were five women and two men."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('Seven', None), ('five', 'c1'), ('two', 'c1')]
    """
    for segment, indices in figures.by_segment.items():
        sentence = figures.analysis.sentences[segment]
        if sentence is None or not sentence.chunks:
            continue
        chunks = sentence.chunks
        if figures.low[chunks[0].start] not in _THEY:
            continue
        first = figures.candidates[indices[0]]
        at = first.position
        if not 2 <= at <= 3 or not chunks[at - 1].mask & (syn.BE | syn.INCLUDING | syn.ADV):
            continue
        group = sentence.members[at].group
        told = [
            item
            for item in (figures.candidates[index] for index in indices)
            if item.parent < 0
            and not item.record["measure"]
            and not item.reason
            and sentence.members[item.position].group == group
        ]
        if not told or not chunks[at].countable:
            continue
        whole = _people(figures, indices[0], sum(size(item, 1) for item in told))
        for item in told if whole >= 0 else ():
            item.record["measure"] = figures.candidates[whole].record["measure"]
            item.record["rule"] = "part:apposition"
            attach(item, whole, "apposition")


def _people(figures: Figures, index: int, least: int) -> int:
    """The last figure of the sentences right before that includes so many people, or -1."""
    item = figures.candidates[index]
    for other in range(index - 1, -1, -1):
        earlier = figures.candidates[other]
        if earlier.segment < item.segment - _BACK:
            break
        record = earlier.record
        if earlier.reason or record["measure"] in ("", "incidents") or record["implicit"]:
            continue
        if earlier.parent < 0 and size(earlier) >= max(least, 2):
            return -1 if differ(item, earlier) else other
    return -1


def link_rest(figures: Figures) -> None:
    """``Nine of them were civilians. The remaining five were gunmen``: the rest of one whole.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Of the 14 killed, nine were civilians. The remaining five were gunmen."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('the 14', None), ('nine', 'c1'), ('five', 'c1')]
    """
    low = figures.low
    for index, item in enumerate(figures.candidates):
        start = figures.chunk(item).start
        if not index or item.parent >= 0 or item.record["implicit"]:
            continue
        if start < 2 or _REST.isdisjoint(low[start - 1 : start + 1]):
            continue
        if "the" not in low[start - 2 : start + 1] or item.reason:
            continue
        for other in range(index - 1, -1, -1):
            part = figures.candidates[other]
            if part.segment < item.segment - _BACK or figures.block(part) != figures.block(item):
                break
            if part.reason or (part.parent < 0 and not part.record["measure"]):
                continue
            if part.parent < 0:
                break
            _take_rest(figures, index, part.parent)
            break


def _take_rest(figures: Figures, index: int, whole: int) -> None:
    """Make a figure part of a whole, where it is no more than the whole leaves."""
    item, total = figures.candidates[index], figures.candidates[whole]
    parts: list[Candidate] = [c for c in figures.candidates[:index] if c.parent == whole]
    left = size(total) - sum(size(part, 1) for part in parts)
    mine, theirs = item.record["measure"], total.record["measure"]
    if not 0 < size(item) <= left or not theirs:
        return
    if mine and mine != theirs and not becomes(theirs, mine):
        return
    if not mine:
        item.record["measure"] = theirs
        item.record["rule"] = "part:partitive"
    attach(item, whole, "partitive")
