"""Reports region by region: what the paragraphs count is part of the total before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.figures import alike, attach, differ, size
from tollbook.grammar.timespans import find
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures

_BEFORE: Final = frozenset(("in", "at", "near", "from", "across", "around", "outside", "the", "of"))
"""Words before the region that a section begins with."""
_COMPASS: Final = frozenset(("north", "south", "east", "west", "central", "centre", "center"))
"""Words of headings that divide a country: ``NORTH WEST``."""
_SHARE: Final = 20
"""A total so many times larger than all the sections is one of another time."""


def link_sections(figures: Figures) -> None:
    """A total, then paragraphs region by region: what they count is part of it.

    Args:
        figures: candidates that are changed.

    >>> import tollbook
    >>> text = "Nine people were killed.\\n\\nHoms: 4 men killed.\\n\\nHama: 5 men killed."
    >>> [(count.text, count.part_of) for count in tollbook.extract(text).counts]
    [('Nine', None), ('4', 'c1'), ('5', 'c1')]
    """
    blocks: dict[int, list[int]] = {}
    for index, item in enumerate(figures.candidates):
        if not item.reason:
            blocks.setdefault(figures.block(item), []).append(index)
    sections = _sections(figures, blocks)
    if len(sections) < 2:
        return
    parts: list[Candidate] = []
    for block in sections:
        for index in blocks[block]:
            item = figures.candidates[index]
            if item.parent >= 0 or item.twin >= 0 or item.record["high"] == 0:
                continue
            if item.record["measure"] and not _runs(figures, item):
                parts.append(item)
    totals = _totals(figures, sections[0])
    added: dict[str, int] = {}
    for item in parts:
        added[item.record["measure"]] = added.get(item.record["measure"], 0) + size(item)
    # a total that its own items make up already has no room for what sections tell
    full: dict[int, int] = {}
    for item in figures.candidates[: blocks[sections[0]][0]]:
        if item.parent >= 0 and item.how == "list":
            full[item.parent] = full.get(item.parent, 0) + size(item)
    for measure, indices in totals.items():
        totals[measure] = [i for i in indices if full.get(i, 0) < size(figures.candidates[i], 1)]
    for item in parts:
        _link(item, figures, totals.get(item.record["measure"], []), added[item.record["measure"]])


def _sections(figures: Figures, blocks: dict[int, list[int]]) -> list[int]:
    """The paragraphs that begin with a label or a region."""
    segments = figures.segments
    analysis = figures.analysis
    coded: dict[int, dict[str, Any]] = {}
    for record in analysis.regions:
        if record["codes"]:
            coded.setdefault(analysis.segment_of(record["start"]), record)
    first: dict[int, int] = {}
    for number, segment in enumerate(segments):
        first.setdefault(segment["block"], number)
    found: list[int] = []
    for block, indices in blocks.items():
        label = segments[figures.candidates[indices[0]].segment]["label"]
        if label >= 0 and not segments[label]["dateline"] and segments[label]["depth"] == 0:
            found.append(block)
            continue
        above = segments[first[block]]["parent"]
        if above >= 0 and segments[above]["kind"] == "heading" and label < 0:
            if above in coded or not _COMPASS.isdisjoint(
                figures.low[segments[above]["start"] : segments[above]["end"]]
            ):
                found.append(block)
                continue
        region = coded.get(first[block])
        if region is not None and _opens(figures, segments[first[block]]["start"], region["start"]):
            found.append(block)
    if len(found) > 1 and _files(figures, blocks, found):
        del found[0]
    return found


def _opens(figures: Figures, start: int, region: int) -> bool:
    """Whether a sentence begins with its region: ``In the Sumy region``; no date, no event."""
    sets = word_sets()
    return region - start <= 6 and all(
        word in _BEFORE or word in sets.divisions for word in figures.low[start:region]
    )


def _files(figures: Figures, blocks: dict[int, list[int]], found: list[int]) -> bool:
    """Whether the first section is the lead behind its place: ``Abuja — Troops killed 84``."""
    signs = []
    for block in found[:2]:
        label = figures.segments[figures.candidates[blocks[block][0]].segment]["label"]
        signs.append(figures.low[figures.segments[label]["end"] - 1] if label >= 0 else "")
    return signs[0] in ("—", "–", "-") and signs[1] not in ("—", "–", "-")


def _runs(figures: Figures, item: Candidate) -> bool:
    """Whether a sentence gives a running total: ``this year``, ``since January``."""
    data = figures.segments[item.segment]
    words = figures.analysis.words
    text = figures.analysis.text[words.start[data["start"]] : words.end[data["end"] - 1]]
    return any(scope in ("open", "past") for _, _, scope, _ in find(text))


def _totals(figures: Figures, opening: int) -> dict[str, list[int]]:
    """The totals of every measure before the paragraph `opening`, the last one first."""
    found: dict[str, list[int]] = {}
    for index, item in enumerate(figures.candidates):
        if figures.block(item) >= opening:
            break
        if not item.reason and item.parent < 0 and not item.record["implicit"]:
            found.setdefault(item.record["measure"], []).insert(0, index)
    return found


def _link(item: Candidate, figures: Figures, totals: list[int], added: int) -> None:
    """Make a figure part of a total of its measure: the last one that holds all the sections."""
    fitting = []
    for index in totals:
        total = figures.candidates[index]
        if size(total) > max(size(item, 1), 1) and not differ(item, total, jobs=True):
            if item.record["measure"] != "incidents" or alike(item, total):
                fitting.append(index)
    fitting = [i for i in fitting if size(figures.candidates[i]) <= _SHARE * added]
    whole = next((i for i in fitting if size(figures.candidates[i]) >= added), -1)
    if whole < 0 and fitting:
        whole = fitting[0]
    if whole >= 0:
        attach(item, whole, "list")
