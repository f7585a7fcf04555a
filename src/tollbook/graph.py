"""The links between counts: which restate one another, and which are parts of which.

A restated count is one with the count that it restates: together they are one *fact*,
written in several places. Parts may point to any of these places.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Final

from tollbook.schema import Count

_FILLED_FROM_MENTIONS: Final = (
    "status",
    "actor",
    "actor_text",
    "backer",
    "by",
    "by_text",
    "means",
    "region_text",
    "place",
    "since",
    "until",
    "period",
    "source",
    "noun",
)


@dataclasses.dataclass(frozen=True)
class Fact:
    """Counts that state one figure of one group of people, and how they hang together.

    Args:
        count: the first mention; attributes that it lacks are taken from the later ones.
        mentions: every count that states the fact, in text order.
    """

    count: Count
    mentions: tuple[Count, ...]

    @property
    def id(self) -> str:
        """count_id of the first mention."""
        return self.count.count_id


class Graph:
    """Facts and their parts. Links that would make a circle are left out.

    Args:
        counts: the counts of one bulletin, in text order.

    >>> graph = Graph([
    ...     Count(count_id="c1", measure="killed", best=5, low=5, high=5),
    ...     Count(count_id="c2", measure="killed", best=5, low=5, high=5, same_as="c1"),
    ...     Count(count_id="c3", measure="killed", best=1, low=1, high=1, part_of="c2"),
    ... ])
    >>> [fact.id for fact in graph.facts], graph.parent["c3"]
    (['c1', 'c3'], 'c1')
    >>> [fact.id for fact in graph.parts("c2")]
    ['c3']
    """

    def __init__(self, counts: Iterable[Count]) -> None:
        self.counts: tuple[Count, ...] = tuple(counts)
        by_id = {count.count_id: count for count in self.counts}
        self.fact_of: dict[str, str] = {
            count.count_id: _origin(count, by_id) for count in self.counts
        }
        mentions: dict[str, list[Count]] = {}
        for count in self.counts:
            mentions.setdefault(self.fact_of[count.count_id], []).append(count)
        self._facts = {ident: _fact(group) for ident, group in mentions.items()}
        self.parent: dict[str, str] = {}
        for count in self.counts:
            if count.part_of in by_id:
                self._join(self.fact_of[count.count_id], self.fact_of[count.part_of])
        self._parts: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.id in self.parent:
                self._parts.setdefault(self.parent[fact.id], []).append(fact)

    def _join(self, part: str, whole: str) -> None:
        if part not in self.parent and part != whole and part not in self._climb(whole):
            self.parent[part] = whole

    def _climb(self, ident: str) -> Iterator[str]:
        while ident in self.parent:
            ident = self.parent[ident]
            yield ident

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact, in the order of its first mention."""
        return tuple(self._facts.values())

    def fact(self, count_id: str) -> Fact:
        """The fact that a count states.

        Raises:
            KeyError: there is no such count.
        """
        return self._facts[self.fact_of[count_id]]

    def parts(self, count_id: str) -> tuple[Fact, ...]:
        """The facts that are said to be part of this one, in text order; not their own parts."""
        return tuple(self._parts.get(self.fact_of[count_id], ()))

    def wholes(self, count_id: str) -> tuple[Fact, ...]:
        """The facts that include this one, the nearest first."""
        return tuple(self._facts[ident] for ident in self._climb(self.fact_of[count_id]))

    def below(self, count_id: str) -> Iterator[Fact]:
        """Parts, and parts of parts, in text order within each."""
        for part in self.parts(count_id):
            yield part
            yield from self.below(part.id)


def _origin(count: Count, by_id: dict[str, Count]) -> str:
    seen = [count.count_id]
    while count.same_as in by_id and count.same_as not in seen:
        count = by_id[count.same_as]
        seen.append(count.count_id)
    return min(seen, key=list(by_id).index) if count.same_as in seen else count.count_id


def _fact(group: list[Count]) -> Fact:
    first = group[0]
    if len(group) == 1:
        return Fact(first, (first,))
    filled: dict[str, Any] = {}
    for name in _FILLED_FROM_MENTIONS:
        if getattr(first, name) is None:
            filled[name] = next((v for c in group if (v := getattr(c, name)) is not None), None)
    for name in ("traits", "region"):
        if not getattr(first, name):
            filled[name] = next((v for c in group if (v := getattr(c, name))), ())
    return Fact(dataclasses.replace(first, **filled), tuple(group))
