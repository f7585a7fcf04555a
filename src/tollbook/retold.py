"""What a text tells twice without saying so: totals told again in detail, summed up, restated.

The links of the counts say most of it. Here is what their figures, their words and their
places in the text say beyond that; only the toll uses it, which adds up what is left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from tollbook.breakdown import Layout
from tollbook.cues import matches, same_name
from tollbook.graph import Fact, Graph
from tollbook.schema import Count

_MANY: Final = 5
_SOME: Final = 3
_AFTER: Final = 30
_REACH: Final = 40


def retold(
    facts: Sequence[Fact], graph: Graph, layout: Layout, news: frozenset[str]
) -> frozenset[str]:
    """Ids of the facts that tell again what others among them tell.

    Args:
        facts: unlinked facts of one outcome that would be added up, in text order.
        graph: the counts of the bulletin.
        layout: their places in the text.
        news: ids of the facts that are newly reported.

    >>> text = "Eight died in two blasts. Five died in the first and three in the second."
    >>> graph = Graph([
    ...     Count(count_id=f"c{n}", measure="killed", best=n, low=n, high=n, start=at, end=at + 4)
    ...     for n, at in ((8, 0), (5, 26), (3, 54))
    ... ])
    >>> sorted(retold(graph.facts, graph, Layout(text, graph), frozenset(("c8", "c5", "c3"))))
    ['c3', 'c5']
    """
    out: set[str] = set()
    telling = _Telling(graph, layout, news)
    for rule in (telling.corrected, telling.summed_up, telling.detailed, telling.restated):
        left = [fact for fact in facts if fact.id not in out]
        out |= rule(left)
    return frozenset(out)


def compatible(one: Count, other: Count) -> bool:
    """True when two counts can speak of the same people.

    >>> compatible(Count(status="civilian"), Count(traits=("child",)))
    True
    >>> compatible(Count(region=("SY-HI",)), Count(region=("SY-HM",)))
    False
    """
    statuses = {one.status, other.status} - {None}
    if len(statuses) > 1 and "mixed" not in statuses:
        return False
    if one.actor and other.actor and not same_name(one.actor, other.actor):
        return False
    generic = matches("generic", one.by) or matches("generic", other.by)
    if one.by and other.by and not generic and not same_name(one.by, other.by):
        return False
    if same_name(one.actor, other.by) or same_name(one.by, other.actor):
        return False
    if one.region and other.region and not set(one.region) & set(other.region):
        return False
    return not (one.traits and other.traits) or bool(set(one.traits) & set(other.traits))


class _Telling:
    """The rules, over one text."""

    def __init__(self, graph: Graph, layout: Layout, news: frozenset[str]) -> None:
        self.graph = graph
        self.layout = layout
        self.news = news

    def corrected(self, facts: Sequence[Fact]) -> set[str]:
        """``the figure was later confirmed as 27``: takes the place of the one told before it."""
        out: set[str] = set()
        for position, later in enumerate(facts):
            start = self.layout.sentence_start(later.count.start)
            if not matches("corrected", self.layout.text[start : later.count.start]):
                continue
            for earlier in reversed(facts[max(0, position - _REACH) : position]):
                if earlier.count.measure == later.count.measure:
                    out.add(earlier.id)
                    break
        return out

    def summed_up(self, facts: Sequence[Fact]) -> set[str]:
        """``all four``, ``a total of eight``: includes those told before it."""
        out: set[str] = set()
        for position, total in enumerate(facts):
            figure = total.count.best
            start = self.layout.sentence_start(total.count.start)
            if figure is None or not self._sums_up(total.count, start):
                continue
            before = [
                fact
                for fact in facts[max(0, position - _REACH) : position]
                if fact.id not in out and _may_include(total.count, fact.count)
            ]
            added = _added(before)
            if not before or added is None:
                continue
            # In one sentence only a sum is taken for one: "a woman and both her sons".
            aside = before[-1].count.start >= start
            if added == figure or (added < figure and not aside):
                out.update(fact.id for fact in before)
        return out

    def _sums_up(self, count: Count, start: int) -> bool:
        words = self.layout.text[start : count.start]
        return (
            matches("all-of-them", count.text)
            or matches("in-total", words + self.layout.text[count.start : count.end + _AFTER])
            or matches("toll-now", words)
        )

    def detailed(self, facts: Sequence[Fact]) -> set[str]:
        """A figure, and after it several that make it up to the last one."""
        out: set[str] = set()
        added_up = {fact.id for fact in facts}
        by_measure: dict[str, list[Fact]] = {}
        for fact in self.graph.facts:
            if fact.id in self.news and fact.count.best != 0:
                by_measure.setdefault(fact.count.measure, []).append(fact)
        starts = {
            measure: [fact.count.start for fact in told] for measure, told in by_measure.items()
        }
        for total in facts:
            figure, measure = total.count.best, total.count.measure
            if total.id in out or figure is None or figure < 2:
                continue
            at = bisect_right(starts[measure], total.count.start)
            told = by_measure[measure][at : at + _REACH]
            for first in range(len(told)):
                run = self._run(total, told, first, figure) or self._run(
                    total, told, first, figure, tops=True
                )
                if run:
                    out |= {fact.id for fact in run} & added_up
                    break
        return out

    def _run(
        self, total: Fact, told: Sequence[Fact], first: int, figure: int, *, tops: bool = False
    ) -> list[Fact]:
        """The facts from the first on that add up to a figure, with or without parts of others
        among them; none when they do not.
        """
        run: list[Fact] = []
        left = figure
        for position in range(first, len(told)):
            fact = told[position]
            if tops and any(whole in run for whole in self.graph.wholes(fact.id)):
                continue
            value = fact.count.best
            if value is None or value > left or not _may_include(total.count, fact.count):
                return []
            run.append(fact)
            left -= value
            if left == 0:
                break
        if left or len(run) < 2 or not self._of_one_event(total, run, figure):
            return []
        return run

    def _of_one_event(self, total: Fact, run: Sequence[Fact], figure: int) -> bool:
        """True when nothing tells the figures of a run apart from the total."""
        text = self.layout.text
        first = run[0].count
        between = text[total.count.end : first.start]
        start = self.layout.sentence_start(first.start)
        if start <= total.count.start and not any(mark in between for mark in ":(–—"):
            return False
        words = [self._words(fact.count) for fact in run]
        if any(matches("another-event", said) for said in words):
            return False
        if figure >= _MANY:
            return True
        if any(matches("more-people", said) for said in words):
            return False
        return figure >= _SOME or matches("the-dead", text[start : first.end + _AFTER])

    def restated(self, facts: Sequence[Fact]) -> set[str]:
        """The same figure in a later sentence, of people who may be the same."""
        out: set[str] = set()
        for position, later in enumerate(facts):
            for earlier in facts[max(0, position - _REACH) : position]:
                if earlier.id not in out and self._same(earlier.count, later.count):
                    vague = earlier.count.bounds.exact and not later.count.bounds.exact
                    out.add((earlier if vague else later).id)
                    break
        return out

    def _same(self, earlier: Count, later: Count) -> bool:
        layout = self.layout
        if earlier.measure != later.measure or earlier.best != later.best or later.best is None:
            return False
        if layout.sentence_start(earlier.start) == layout.sentence_start(later.start):
            return False
        apart = layout.line(earlier.start) != layout.line(later.start)
        if apart and (layout.marker(later.start) or layout.labelled(later)):
            return False
        words = self._words(later)
        if matches("another-event", words) or matches("more-people", words):
            return False
        if not compatible(earlier, later):
            return False
        if earlier.place and later.place and earlier.place != later.place:
            return False
        if matches("definite", later.text):
            return later.best > 1 or (later.noun is not None and later.noun == earlier.noun)
        near = "\n\n" not in layout.text[earlier.end : later.start]
        return later.best >= (_SOME if near else _MANY)

    def _words(self, count: Count) -> str:
        """The sentence of a count up to what follows it closely."""
        start = self.layout.sentence_start(count.start)
        return self.layout.text[start : count.end + _AFTER]


def _may_include(total: Count, count: Count) -> bool:
    if count.measure != total.measure or not compatible(total, count):
        return False
    # Women are not told in detail by figures of anybody.
    return set(total.traits) <= set(count.traits) or not total.traits


def _added(facts: Sequence[Fact]) -> int | None:
    values = [fact.count.best for fact in facts]
    return None if None in values else sum(value or 0 for value in values)
