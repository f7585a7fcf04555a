"""The same people again with another fate: taken, then freed; injured, then dead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.figures import attach, is_struck, names, size
from tollbook.rules.measures import becomes
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures

_OTHERS: Final = frozenset(("other", "others", "another", "more"))


def link_same_people(figures: Figures) -> None:
    """``Two guards were abducted ... the two guards were set free``.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Gunmen abducted two guards. Police said the two guards were released."
    >>> [(count.measure, count.part_of) for count in tollbook.extract(text).counts]
    [('abducted', None), ('released', 'c1')]
    """
    seen: dict[int | None, list[int]] = {}  # candidates by figure
    for index, item in enumerate(figures.candidates):
        same = seen.setdefault(item.record["best"], [])
        same.append(index)
        if item.reason or item.parent >= 0 or not item.record["measure"]:
            continue
        chunk = figures.chunk(item)
        noun = item.record["noun"]
        if chunk.det != "the" or chunk.partitive or not noun:
            continue
        for other in reversed(same[:-1]):
            earlier = figures.candidates[other]
            if (
                not earlier.reason
                and names(earlier, noun)
                and becomes(earlier.record["measure"], item.record["measure"])
            ):
                attach(item, other, "later")
                break


_HELD: Final = frozenset(("abducted", "detained"))


def link_bare_fates(figures: Figures) -> None:
    """``20 were taken. Seven were freed, 13 are still held``: bare numbers of a new fate.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Gunmen abducted 20 people. Seven were freed."
    >>> [(count.measure, count.part_of) for count in tollbook.extract(text).counts]
    [('abducted', None), ('released', 'c1')]
    """
    fated = {(item.parent, item.record["measure"]) for item in figures.candidates}
    for index, item in enumerate(figures.candidates):
        if item.reason or item.parent >= 0 or not figures.is_bare(item):
            continue
        if item.record["high"] == 0:
            continue
        mine = item.record["measure"]
        chunk = figures.chunk(item)
        words = figures.low[chunk.start : chunk.end + 1]
        for other in range(index - 1, -1, -1):
            earlier = figures.candidates[other]
            if earlier.reason or earlier.parent >= 0 or earlier.record["implicit"]:
                continue
            if figures.block(earlier) != figures.block(item):
                break
            theirs = earlier.record["measure"]
            if theirs == "incidents" or earlier.record["high"] == 0:
                continue
            if (other, mine) in fated:
                # "1,320 casualties (410 killed, 910 injured)": their fates are told already
                break
            if _is_joined(figures, other):
                # "15 guards and a cook were taken": those freed may be either
                break
            if earlier.segment == item.segment and not _OTHERS.isdisjoint(words):
                # "three were arrested and two others escaped"
                break
            held = theirs == "abducted" and mine == "detained"
            if (held or becomes(theirs, mine)) and size(item) <= size(earlier):
                if mine == "killed" and is_struck(figures, item):
                    # "48 were hurt. Another bomber blew herself up, killing six": others
                    break
                if (
                    not held
                    and earlier.segment == item.segment
                    and _is_beside(figures, other, item)
                ):
                    # "three injured and two killed" are two groups
                    break
                if theirs == "released":
                    # whoever is taken after others were freed is somebody else
                    break
                attach(item, other, "later")
                if held:
                    item.record["measure"] = "abducted"
                    for part in figures.candidates:
                        if part.parent == index and "measure" in part.inherited:
                            part.record["measure"] = "abducted"
                break
            if theirs == mine:
                break


def _is_beside(figures: Figures, other: int, item: Candidate) -> bool:
    """Whether two figures of a sentence are told side by side: ``30 taken and nine killed``."""
    earlier = figures.candidates[other]
    if item.record["measure"] == "released" and earlier.record["measure"] in _HELD:
        return False  # whoever is let go was held before
    if earlier.record["measure"] in ("injured", "casualties"):
        return True
    between = figures.low[figures.chunk(earlier).end : figures.chunk(item).start]
    return ";" not in between and word_sets().afterwards.isdisjoint(between)


def _is_joined(figures: Figures, index: int) -> bool:
    """Whether a figure stands in a list with others of its outcome."""
    item = figures.candidates[index]
    members = figures.sentence(item).members
    mine = members.get(item.position)
    for other in figures.by_segment[item.segment]:
        beside = figures.candidates[other]
        theirs = members.get(beside.position) if other != index else None
        if theirs is not None and mine is not None and theirs.group == mine.group:
            if beside.parent < 0 and beside.record["measure"] == item.record["measure"]:
                return True
    return False
