"""Reports region by region: what the paragraphs count is part of the total before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbook.grammar import periods
from tollbook.grammar.figures import attach, size

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures


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
    totals = _totals(figures, sections[0])
    for block in sections:
        for index in blocks[block]:
            item = figures.candidates[index]
            if item.parent >= 0 or item.twin >= 0 or item.record["high"] == 0:
                continue
            if item.record["measure"] and not _runs(figures, item):
                _link(item, totals)


def _sections(figures: Figures, blocks: dict[int, list[int]]) -> list[int]:
    """The paragraphs that begin with a label or a region."""
    segments = figures.segments
    analysis = figures.analysis
    coded = {analysis.segment_of(r["start"]): r for r in analysis.regions if r["codes"]}
    first: dict[int, int] = {}
    for number, segment in enumerate(segments):
        first.setdefault(segment["block"], number)
    found: list[int] = []
    for block, indices in blocks.items():
        label = segments[figures.candidates[indices[0]].segment]["label"]
        if label >= 0 and not segments[label]["dateline"] and segments[label]["depth"] == 0:
            found.append(block)
            continue
        region = coded.get(first[block])
        if region is not None and region["start"] - segments[first[block]]["start"] <= 6:
            found.append(block)
    return found


def _runs(figures: Figures, item: Candidate) -> bool:
    """Whether a sentence gives a running total: ``this year``, ``since January``."""
    data = figures.segments[item.segment]
    words = figures.analysis.words
    text = figures.analysis.text[words.start[data["start"]] : words.end[data["end"] - 1]]
    return any(scope in ("open", "past") for _, _, scope, _ in periods.find(text))


def _totals(figures: Figures, opening: int) -> dict[str, tuple[int, Candidate]]:
    """The last total of every measure before the paragraph `opening`."""
    found: dict[str, tuple[int, Candidate]] = {}
    for index, item in enumerate(figures.candidates):
        if not item.reason and item.parent < 0 and figures.block(item) < opening:
            found[item.record["measure"]] = index, item
    return found


def _link(item: Candidate, totals: dict[str, tuple[int, Candidate]]) -> None:
    """Make a figure part of the total of its measure, where that is larger."""
    index, total = totals.get(item.record["measure"], (-1, None))
    if total is None or total.record["implicit"]:
        return
    if size(total) > max(size(item, 1), 1):
        attach(item, index, "list")
