"""What the headline counts is told again in the text below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.figures import attach, differ

if TYPE_CHECKING:
    from tollbook.grammar.figures import Figures

Record = dict[str, Any]
_SEVERAL: Final = 2
_MORE: Final = frozenset(("other", "others", "remaining", "more", "first", "last", "next"))
_OWN_PARTS: Final = frozenset(("including", "among", "bracket", "colon", "dash"))
"""What makes a figure part of a larger one, whatever was told before."""


def link_headline(figures: Figures) -> None:
    """Make figures of the text twins of those in the headline, or parts of their sum.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Nine killed in Homs\\n\\nNine civilians were killed on Sunday in Homs."
    >>> [(count.text, count.same_as) for count in tollbook.extract(text).counts]
    [('Nine', None), ('Nine', 'c1')]
    """
    candidates = figures.candidates
    headline: list[int] = []
    body: list[int] = []
    for index, item in enumerate(candidates):
        if not item.reason:
            kind = figures.segments[item.segment]["kind"]
            (headline if kind == "headline" else body).append(index)
    taken: set[int] = set()
    for first in headline:
        for again in body:
            item = candidates[again]
            if again not in taken and _is_same(candidates[first].record, item.record):
                taken.add(again)
                item.twin, item.parent = first, -1
                break
    for first in headline:
        whole = candidates[first]
        if whole.record["measure"] == "casualties" and whole.twin < 0:
            _divide(figures, first, body)


def link_definite(figures: Figures) -> None:
    """``Gunmen killed three men. ... The three killed were teachers``: they are told again.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Gunmen killed three people in Bo. The three died at dawn."
    >>> [(count.text, count.same_as) for count in tollbook.extract(text).counts]
    [('three', None), ('The three', 'c1')]
    """
    candidates = figures.candidates
    for index, item in enumerate(candidates):
        record = item.record
        if item.reason or item.twin >= 0 or record["implicit"] or (record["best"] or 0) < _SEVERAL:
            continue
        chunk = figures.chunk(item)
        if chunk.partitive or not chunk.start or item.how in _OWN_PARTS:
            continue
        if "the" not in (figures.low[chunk.start], chunk.det):
            continue
        if not _MORE.isdisjoint(figures.low[chunk.start : chunk.end + 1]):
            continue
        for other in range(index - 1, -1, -1):
            earlier = candidates[other]
            if earlier.reason or earlier.segment == item.segment or earlier.parent == index:
                continue
            if _is_same(earlier.record, record) and not differ(item, earlier, jobs=True):
                item.twin, item.parent = other, -1
                break


def point_to_nearest(figures: Figures) -> None:
    """Parts of a figure that is told several times belong to the last time before them.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Nine die in Syria\\n\\nNine men died in two raids."
    >>> text += " Four fell in Homs, five in Hama."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('Nine', None), ('Nine', None), ('two', None), ('Four', 'c2'), ('five', 'c2')]
    """
    candidates = figures.candidates
    again: dict[int, list[int]] = {}
    for index, item in enumerate(candidates):
        if item.twin >= 0 and not item.reason:
            again.setdefault(item.twin, []).append(index)
    if not again:
        return
    for index, item in enumerate(candidates):
        for mention in again.get(item.parent, ()):
            if mention < index and candidates[mention].segment <= item.segment:
                item.parent = mention


def _is_same(a: Record, b: Record) -> bool:
    """Whether two records can mean the same people: nothing that both say differs."""
    if any(a[key] != b[key] for key in ("measure", "best", "low", "high")) or a["high"] == 0:
        return False
    for key in ("status", "actor"):
        if a[key] and b[key] and a[key] != b[key]:
            return False
    if a["best"] == 1 or a["implicit"]:
        return bool(
            (a["noun"] and a["noun"] == b["noun"])
            or (a["actor"] and a["actor"] == b["actor"])
            or (set(a["traits"]) & set(b["traits"]))
        )
    return True


def _divide(figures: Figures, first: int, body: list[int]) -> None:
    """A headline's ``nearly 25 killed and wounded`` told apart in the first paragraph."""
    whole = figures.candidates[first].record
    roots = [
        item
        for item in (figures.candidates[index] for index in body)
        if item.parent < 0 and item.twin < 0 and item.record["measure"] in ("killed", "injured")
    ]
    if not roots:
        return
    here = [item for item in roots if item.segment == roots[0].segment]
    figure = whole["best"] or whole["low"]
    total = sum(item.record["best"] or 0 for item in here)
    if figure and 0.75 * figure <= total <= 1.25 * figure:
        for item in here:
            attach(item, first, "headline")
