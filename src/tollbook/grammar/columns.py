"""Measures that stand only in a header: ``143 (38 / 105)`` under ``total (killed / injured)``."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from tollbook.grammar.figures import attach, size
from tollbook.rules.topics import topics
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.figures import Figures

ENDS: Final = frozenset((")", ":", "|", "-", "–", "—", "]"))
"""May stand behind the measures of a header; people are ``killed/injured on`` a day."""
_STROKE: Final = frozenset("/")
_JOINS: Final = frozenset(("/", "then", "and", "&", ","))
"""Between the measures of a header that says no figure itself: ``killed then injured:``."""
_HARM: Final = frozenset(("killed", "injured"))
_TOTAL: Final = "total"


class Line(NamedTuple):
    """A line of the text.

    Args:
        start: its first word.
        end: the word behind its last one.
        items: indices of the candidates in it.
    """

    start: int
    end: int
    items: list[int]


class Cell(NamedTuple):
    """A cell of a table.

    Args:
        start: its first word.
        end: the word behind its last one.
    """

    start: int
    end: int


def read_columns(figures: Figures) -> None:
    """Give bare figures the measures of the header over them.

    Args:
        figures: measures and parents of candidates are changed.

    >>> import tollbook
    >>> text = "Casualties by province, total (killed / injured):\\n\\n- Homs: 143 (38 / 105)"
    >>> [(c.text, c.measure, c.part_of) for c in tollbook.extract(text).counts]
    [('143', 'casualties', None), ('38', 'killed', 'c1'), ('105', 'injured', 'c1')]
    >>> text = "Province | Killed | Injured\\nHoms | 38 | 105"
    >>> [(c.text, c.measure, c.region) for c in tollbook.extract(text).counts]
    [('38', 'killed', ('SY-HI',)), ('105', 'injured', ('SY-HI',))]
    """
    low = figures.low
    if "/" not in low and "|" not in low:
        return
    lines = _lines(figures)
    at = 0
    while at < len(lines):
        measures, after = _in_strokes(figures, lines[at])
        if measures:
            at = _strokes(figures, lines, at, measures, after)
            continue
        columns = _in_cells(figures, lines[at])
        at = _rows(figures, lines, at + 1, columns) if columns else at + 1


def _lines(figures: Figures) -> list[Line]:
    """The lines of the text, with their candidates."""
    lines: list[Line] = []
    last = -1
    for number, segment in enumerate(figures.segments):
        items = figures.by_segment.get(number, [])
        if segment["line"] != last:
            lines.append(Line(segment["start"], segment["end"], list(items)))
            last = segment["line"]
        else:
            line = lines[-1]
            lines[-1] = Line(line.start, max(line.end, segment["end"]), line.items + items)
    return lines


def _measure(figures: Figures, at: int) -> tuple[str, int]:
    """The measure that the word at `at` names by itself, and how many words name it."""
    low = figures.low
    if low[at] in topics():
        return topics()[low[at]], 1
    hit = figures.analysis.lists.nouns.at(low, at)
    if hit is not None and hit[1].measure and hit[1].kind in ("casualty", "event"):
        return hit[1].measure, hit[0]
    return "", 1


def _in_strokes(figures: Figures, line: Line) -> tuple[list[str], int]:
    """The measures that a header names, ``killed / injured``, and the word behind them."""
    low = figures.low
    joins = _JOINS if not line.items else _STROKE
    at = line.start
    while at < line.end:
        measure, width = _measure(figures, at)
        found = [measure]
        end = at + width
        while measure and end + 1 < line.end and low[end] in joins:
            measure, width = _measure(figures, end + 1)
            if measure:
                found.append(measure)
                end += 1 + width
        if len(found) > 1 and (end >= line.end or low[end] in ENDS):
            return found, end
        at += 1
    return [], line.end


def _strokes(figures: Figures, lines: list[Line], at: int, measures: list[str], after: int) -> int:
    """Read ``38 / 105`` behind a header and in the lines under it; the line to go on with."""
    candidates = figures.candidates
    behind = [i for i in lines[at].items if figures.chunk(candidates[i]).start >= after]
    rows = _read_strokes(figures, behind, measures)
    at += 1
    while at < len(lines):
        line = lines[at]
        if _in_strokes(figures, line)[0]:
            break
        found = _read_strokes(figures, line.items, measures)
        if not found and (line.items or rows):
            break
        rows += found
        at += 1
    _under_earlier(figures, rows)
    return at


def _read_strokes(figures: Figures, items: list[int], measures: list[str]) -> list[list[int]]:
    """Give figures with strokes between them their measures; the rows of them, totals last."""
    rows: list[list[int]] = []
    width = len(measures)
    for first in range(len(items) - width + 1):
        row = items[first : first + width]
        if not all(_between(figures, one, other) == ["/"] for one, other in pairwise(row)):
            continue
        if not all(figures.is_bare(figures.candidates[i]) for i in row):
            continue
        for index, measure in zip(row, measures, strict=True):
            _give(figures.candidates[index], measure)
        if first and _between(figures, items[first - 1], row[0]) == ["("]:
            _under_total(figures, items[first - 1], row)
            row = [*row, items[first - 1]]
        rows.append(row)
    return rows


def _under_earlier(figures: Figures, rows: list[list[int]]) -> None:
    """Make the figures of a column parts of an earlier one that they add up to, to the last."""
    if len(rows) < 2 or len(set(map(len, rows))) > 1:
        return
    for column in zip(*rows, strict=True):
        parts = [
            figures.candidates[index] for index in column if figures.candidates[index].parent < 0
        ]
        measure = parts[0].record["measure"] if len(parts) == len(rows) else ""
        if not measure:
            continue
        everybody = sum(map(size, parts))
        for other in range(column[0] - 1, -1, -1):
            whole = figures.candidates[other]
            if whole.record["measure"] == measure and size(whole) == everybody and not whole.reason:
                for part in parts:
                    attach(part, other, "header")
                break


def _between(figures: Figures, one: int, other: int) -> list[str]:
    """The words between two candidates."""
    first = figures.chunk(figures.candidates[one])
    second = figures.chunk(figures.candidates[other])
    return [word for word in figures.low[first.end : second.start] if word.strip()]


def _under_total(figures: Figures, total: int, row: list[int]) -> None:
    """Make the figures of a row parts of their total; the audit says where they are too many."""
    whole = figures.candidates[total]
    parts = [figures.candidates[index] for index in row]
    if not figures.is_bare(whole):
        return
    if {part.record["measure"] for part in parts} <= _HARM:
        _give(whole, "casualties")
    for part in parts:
        attach(part, total, "header")


def _give(item: Candidate, measure: str) -> None:
    item.record["measure"] = measure
    item.record["rule"] = "header"


def _in_cells(figures: Figures, line: Line) -> list[str]:
    """What the cells of a header line name: a measure, ``total`` or nothing; none, if no header."""
    if line.items:
        return []
    cells = _cells(figures, line)
    if len(cells) < 2:
        return []
    columns: list[str] = []
    for cell in cells:
        said = [_measure(figures, at)[0] for at in range(cell.start, cell.end)]
        named = next((measure for measure in said if measure), "")
        totals = not word_sets().in_all.isdisjoint(figures.low[cell.start : cell.end])
        columns.append(named or (_TOTAL if totals else ""))
    return columns if any(column not in ("", _TOTAL) for column in columns) else []


def _cells(figures: Figures, line: Line) -> list[Cell]:
    """A line cut at its bars."""
    cells: list[Cell] = []
    start = line.start
    for at in range(line.start, line.end):
        if figures.low[at] == "|":
            cells.append(Cell(start, at))
            start = at + 1
    cells.append(Cell(start, line.end))
    return cells


def _rows(figures: Figures, lines: list[Line], at: int, columns: list[str]) -> int:
    """Read the rows of a table under its header; the line to go on with."""
    rows: list[tuple[bool, dict[int, int]]] = []
    while at < len(lines):
        if not any(word.isalnum() for word in figures.low[lines[at].start : lines[at].end]):
            at += 1  # "|---|---|"
            continue
        cells = _cells(figures, lines[at])
        if len(cells) != len(columns):
            break
        row = _row(figures, lines[at], cells, columns)
        words = figures.low[lines[at].start : lines[at].end]
        rows.append((not word_sets().in_all.isdisjoint(words), row))
        at += 1
    _sum_up(figures, rows)
    return at


def _row(figures: Figures, line: Line, cells: list[Cell], columns: list[str]) -> dict[int, int]:
    """Give the figures of a row the measures of their columns; candidates by column."""
    row: dict[int, int] = {}
    for index in line.items:
        item = figures.candidates[index]
        start = figures.chunk(item).start
        column = next(n for n, cell in enumerate(cells) if start < cell.end or n + 1 == len(cells))
        if columns[column] and figures.is_bare(item):
            row[column] = index
            if columns[column] != _TOTAL:
                _give(item, columns[column])
    for column, index in row.items():
        if columns[column] == _TOTAL:
            _under_total(figures, index, [other for other in row.values() if other != index])
    return row


def _sum_up(figures: Figures, rows: list[tuple[bool, dict[int, int]]]) -> None:
    """Make the figures of a column parts of the one in the row ``Total`` that they add up to."""
    totals = [row for in_all, row in rows if in_all]
    if len(totals) != 1:
        return
    for column, index in totals[0].items():
        parts = [row[column] for in_all, row in rows if not in_all and column in row]
        whole = figures.candidates[index]
        if len(parts) > 1 and sum(size(figures.candidates[p]) for p in parts) == size(whole):
            for part in parts:
                if figures.candidates[part].parent < 0:
                    attach(figures.candidates[part], index, "header")
