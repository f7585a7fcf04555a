"""The audit: every whole against its parts, by interval arithmetic.

A whole is checked along each way in which its text divides it, and across two ways: the
civilians of each region against the civilians of the total. What is not certain is not
reported: a breakdown is taken as complete only when its layout says so, a vague or
approximate number contradicts nothing, and figures that the text itself calls overlapping
are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

from tollbook.breakdown import Chain
from tollbook.cues import matches, same_name
from tollbook.graph import Fact
from tollbook.schema import Bounds, Count, Finding
from tollbook.toll import exceeds, meets, minus
from tollbook.wording import larger, message

if TYPE_CHECKING:
    from tollbook.bulletin import Bulletin

_DIVIDES: Final = frozenset({"killed", "injured"})
_CLOSED: Final = frozenset({"killed", "incidents"})


def checks(bulletin: Bulletin) -> tuple[Finding, ...]:
    """Check every whole against its parts.

    Args:
        bulletin: the bulletin.

    Returns:
        One `Finding` for each check that could be decided, ``adds-up`` included, in the text
        order of the wholes.

    >>> from tollbook.bulletin import Bulletin
    >>> text = "12 killed: 7 soldiers and 6 civilians."
    >>> found = checks(Bulletin("d", text, (
    ...     Count(count_id="c1", measure="killed", best=12, low=12, high=12, text="12", end=2),
    ...     Count(count_id="c2", measure="killed", best=7, low=7, high=7, text="7", start=11,
    ...           end=12, status="combatant", part_of="c1"),
    ...     Count(count_id="c3", measure="killed", best=6, low=6, high=6, text="6", start=26,
    ...           end=27, status="civilian", part_of="c1"),
    ... )))
    >>> [(finding.kind, finding.message) for finding in found]
    [('contradiction', 'The parts add up to 13 killed (7 + 6), but the text says 12.')]
    """
    audit = _Audit(bulletin)
    found: list[Finding] = []
    for fact in bulletin.graph.facts:
        if bulletin.graph.parts(fact.id):
            found += audit.whole(fact)
    return tuple(sorted(found, key=lambda finding: finding.whole.start))


class _Audit:
    """The checks of one bulletin."""

    def __init__(self, bulletin: Bulletin) -> None:
        self.bulletin = bulletin
        self.graph = bulletin.graph
        self.layout = bulletin.layout
        self.overlapping = matches("overlap", bulletin.text)
        self.overlapping_incidents = matches("overlap-incidents", bulletin.text)

    def whole(self, whole: Fact) -> Iterator[Finding]:
        """Every check of one whole."""
        chains = [_divided(whole, chain) for chain in self.layout.chains(whole)]
        chains = [chain for chain in chains if chain.parts]
        for part in self.graph.parts(whole.id):
            # A part of a breakdown that exceeds the whole is reported with its breakdown.
            told = any(c.disjoint and len(c.ids) > 1 and part.id in c.ids for c in chains)
            # Nobody says that one person includes others: such a link is a misreading.
            too_large = exceeds(part.count.bounds, whole.count.bounds) and whole.count.high != 1
            too_large = too_large and _may_be_part(part.count.measure, whole.count.measure)
            if too_large and not told and not self.replaced(part):
                yield self.larger(whole, part)
        for chain in chains:
            yield from self.way(whole, chain, chains)
        for regional, grouped in combinations(chains, 2):
            if not regional.regional:
                regional, grouped = grouped, regional
            if regional.regional and not grouped.regional and not regional.ids & grouped.ids:
                yield from self.across(whole, regional, grouped)

    def way(self, whole: Fact, chain: Chain, chains: Sequence[Chain]) -> Iterator[Finding]:
        """One way of dividing a whole."""
        if len(chain.ids) < 2:
            return
        facts = _facts(chain)
        stated, added = whole.count.bounds, _sum(facts)
        by_measure = _by_measure(whole, facts)
        complete = chain.complete or (
            by_measure and chain.near and chain.kind != "including" and len(facts) == 2
        )
        way = "measure" if by_measure else "region" if chain.regional else "group"
        too_many = exceeds(_floor(facts), stated)
        too_few = exceeds(stated, added)
        if not too_many and not too_few:
            certain = complete or by_measure or (added.exact and added == stated)
            if certain and meets(stated, added):
                yield self.finding("adds-up", way, whole, chain, added)
            return
        if self.together(whole, chain, chains):
            return
        if too_many and not self.overlaps(whole) and (chain.disjoint or by_measure):
            if any(self.replaced(fact) for fact in facts) or self.another(whole, chain, added):
                return
            # Casualties are the killed and the injured, wherever the text tells them apart.
            kind = "contradiction" if complete or by_measure else "subset-larger"
            yield self.finding(kind, way, whole, chain, added)
        elif too_few and complete and (by_measure or not self.open(whole, chain, chains)):
            yield self.finding("remainder", way, whole, chain, added)

    def open(self, whole: Fact, chain: Chain, chains: Sequence[Chain]) -> bool:
        """True when a breakdown may tell only some of the whole.

        That is one with gaps, and one that divides a single region where another divides the
        whole by region: the region's own total was not found.
        """
        added = _sum(_facts(chain))
        if added.exact and whole.count.bounds.exact:
            # A figure that is just what is missing, and part of nothing else, belongs there.
            left = minus(whole.count.bounds, added)
            if any(
                fact.count.measure == whole.count.measure
                and fact.count.bounds == left
                and fact.count.start > whole.count.start
                and fact.id not in self.graph.parent
                for fact in self.graph.facts
            ):
                return True
        regions = {part.fact.count.region for part in chain.parts}
        one = len(regions) == 1 and () not in regions and whole.count.region not in regions
        if one and any(other.regional for other in chains if other is not chain):
            return True
        return self.layout.gaps(whole, chain)

    def together(self, whole: Fact, chain: Chain, chains: Sequence[Chain]) -> bool:
        """True when this chain and the others that are laid out next to it make up the whole."""
        others = [c for c in chains if c is not chain and c.kind != "including"]
        position = next(i for i, c in enumerate(chains) if c is chain)
        near = [c for c in chains[max(0, position - 1) : position + 2] if c in others]
        if _twice(whole, _facts(chain)):
            return True
        first = self.layout.firsts(chain)
        if (
            len(first) > 1
            and _sum(_facts(Chain(first, chain.kind, chain.near))) == whole.count.bounds
        ):
            # What else a line holds is part of its first figure, or something else.
            return True
        for group in ([*others], *([c] for c in near)):
            facts = {fact.id: fact for c in (chain, *group) for fact in _facts(c)}
            added = _sum(list(facts.values()))
            if len(facts) > len(chain.ids) and added.exact and meets(added, whole.count.bounds):
                return True
        return False

    def overlaps(self, whole: Fact) -> bool:
        """True when the text says that its figures overlap."""
        incidents = whole.count.measure == "incidents" and self.overlapping_incidents
        return self.overlapping or incidents

    def another(self, whole: Fact, chain: Chain, added: Bounds) -> bool:
        """True when the parts make up another figure of the text exactly, and exceed this one by
        half or more: they belong to that one.
        """
        if not added.exact or whole.count.high is None or added.high is None:
            return False
        far = 2 * added.high >= 3 * whole.count.high
        return far and any(
            fact.count.bounds == added and fact.id != whole.id and fact.id not in chain.ids
            for fact in self.graph.facts
        )

    def replaced(self, part: Fact) -> bool:
        """True when the part is an earlier figure that the whole corrects."""
        count = part.count
        start = self.layout.sentence_start(count.start)
        return matches("superseded", self.bulletin.text[start : count.end + 40])

    def across(self, whole: Fact, regional: Chain, grouped: Chain) -> Iterator[Finding]:
        """Each group of one way against its people in each region of the other."""
        full = regional.complete and not exceeds(whole.count.bounds, _sum(_facts(regional)))
        groups = _facts(grouped)
        regions = _facts(regional)
        found: dict[str, list[tuple[Fact, list[Fact]]]] = {group.id: [] for group in groups}
        claimed = self.claimed(groups, regions)
        for region in regions:
            for group in groups:
                members = self.members(group, region, groups, claimed)
                if members:
                    found[group.id].append((region, members))
        for group in groups:
            hits = found[group.id]
            yield from self.compare(group, hits, regions, strict=True, full=full)
            for part in self.graph.parts(group.id):
                if part.count.measure == group.count.measure:
                    inner = [
                        (region, same)
                        for region, members in hits
                        if (same := self.alike(part, group, members))
                    ]
                    yield from self.compare(part, inner, regions, strict=False, full=False)

    def claimed(self, groups: Sequence[Fact], regions: Sequence[Fact]) -> set[str]:
        """Groups that the regions name by their actor."""
        actors = {p.count.actor for r in regions for p in self.graph.parts(r.id) if p.count.actor}
        return {
            group.id
            for group in groups
            if any(same_name(group.count.actor, actor) for actor in actors)
        }

    def members(
        self, group: Fact, region: Fact, groups: Sequence[Fact], claimed: set[str]
    ) -> list[Fact]:
        """All of a region, or its parts, that are people of a group."""
        if self.group_of(region, groups, claimed) == group.id:
            return [region]
        found: list[tuple[bool, list[Fact]]] = []
        for chain in self.layout.chains(region):
            inside = [
                fact
                for fact in _facts(chain)
                if fact.count.measure == region.count.measure
                and self.group_of(fact, groups, claimed) == group.id
            ]
            if inside:
                found.append((chain.disjoint, inside))
        apart = [facts for disjoint, facts in found if disjoint or len(facts) == 1]
        if not apart:
            return [max(facts, key=_least) for _, facts in found[:1]]
        return max(apart, key=lambda facts: sum(map(_least, facts)))

    def group_of(self, fact: Fact, groups: Sequence[Fact], claimed: set[str]) -> str | None:
        """The one group that these people belong to; None when none or several fit."""
        count = fact.count
        if count.actor:
            named = [
                g.id
                for g in groups
                if same_name(g.count.actor, count.actor) and not _elsewhere(g.count, count)
            ]
            return named[0] if len(named) == 1 else None
        if not count.status or count.status == "mixed":
            return None
        fitting = [
            g.id
            for g in groups
            if g.count.status == count.status
            and g.id not in claimed
            and set(g.count.traits) <= set(count.traits)
            and not _elsewhere(g.count, count)
            and not (g.count.by and count.by and not same_name(g.count.by, count.by))
        ]
        return fitting[0] if len(fitting) == 1 else None

    def alike(self, part: Fact, group: Fact, members: Sequence[Fact]) -> list[Fact]:
        """The people among some of a group who are described as a part of the group is."""
        found: list[Fact] = []
        for member in members:
            for fact in self.graph.below(member.id):
                if (
                    fact.count.measure == part.count.measure
                    and not any(w.id in {f.id for f in found} for w in self.graph.wholes(fact.id))
                    and _described(part.count, fact.count, group.count.actor)
                ):
                    found.append(fact)
        return found

    def compare(
        self,
        whole: Fact,
        hits: Sequence[tuple[Fact, list[Fact]]],
        regions: Sequence[Fact],
        *,
        strict: bool,
        full: bool,
    ) -> Iterator[Finding]:
        """A group's figure against what the regions say of it."""
        facts = [fact for _, members in hits for fact in members]
        if not facts or (len(hits) < 2 and strict):
            return
        stated, added = whole.count.bounds, _sum(facts)
        open_regions = [
            region
            for region in regions
            if not any(region is hit for hit, _ in hits) and not (strict and self.told(region))
        ]
        parts = tuple(fact.count for fact in facts)
        if exceeds(_floor(facts), stated):
            if not self.overlaps(whole):
                yield self.result("contradiction", "across", whole, parts, added)
        elif exceeds(stated, added):
            if full and not open_regions and all(self.told(hit) for hit, _ in hits):
                yield self.result("remainder", "across", whole, parts, added)
        elif added.exact and meets(stated, added) and (strict or added == stated):
            yield self.result("adds-up", "across", whole, parts, added)

    def told(self, region: Fact) -> bool:
        """True when the text divides a region fully, or it is of one kind itself."""
        if region.count.status in ("civilian", "combatant"):
            return True
        return any(
            chain.complete and meets(_sum(_facts(chain)), region.count.bounds)
            for chain in self.layout.chains(region)
        )

    def larger(self, whole: Fact, part: Fact) -> Finding:
        """A finding about one part that is larger than its whole."""
        return Finding(
            doc_id=self.bulletin.doc_id,
            kind="subset-larger",
            way="part",
            measure=whole.count.measure,
            whole=whole.count,
            parts=(part.count,),
            stated=whole.count.bounds,
            added=part.count.bounds,
            message=larger(whole.count, part.count),
        )

    def finding(self, kind: str, way: str, whole: Fact, chain: Chain, added: Bounds) -> Finding:
        """A finding about the parts of one chain, at the mentions of the chain."""
        counts = tuple({part.fact.id: part.count for part in chain.parts}.values())
        return self.result(kind, way, whole, counts, added)

    def result(
        self, kind: str, way: str, whole: Fact, parts: tuple[Count, ...], added: Bounds
    ) -> Finding:
        """A finding, with the mention of the whole that stands nearest before its parts."""
        first = min(part.start for part in parts)
        nearest = [mention for mention in whole.mentions if mention.start < first]
        return Finding(
            doc_id=self.bulletin.doc_id,
            kind=kind,
            way=way,
            measure=whole.count.measure,
            whole=nearest[-1] if nearest else whole.mentions[0],
            parts=parts,
            stated=whole.count.bounds,
            added=added,
            message=message(kind, way, whole.count, parts, added),
        )


def _divided(whole: Fact, chain: Chain) -> Chain:
    """The parts of a chain that divide the whole: those of its measure, or what makes it up."""
    same = tuple(p for p in chain.parts if p.fact.count.measure == whole.count.measure)
    if whole.count.measure == "casualties" and not same:
        same = tuple(p for p in chain.parts if p.fact.count.measure in _DIVIDES)
    return Chain(same, chain.kind, chain.near)


def _facts(chain: Chain) -> list[Fact]:
    return list({part.fact.id: part.fact for part in chain.parts}.values())


def _by_measure(whole: Fact, facts: Sequence[Fact]) -> bool:
    measures = {fact.count.measure for fact in facts}
    return whole.count.measure == "casualties" and measures == _DIVIDES


def _twice(whole: Fact, facts: Sequence[Fact]) -> bool:
    """True when two breakdowns stand in one chain, and each makes up the whole."""
    return any(
        _sum(facts[:cut]) == _sum(facts[cut:]) == whole.count.bounds for cut in range(1, len(facts))
    )


def _sum(facts: Sequence[Fact]) -> Bounds:
    return Bounds.total(fact.count.bounds for fact in facts)


def _floor(facts: Sequence[Fact]) -> Bounds:
    """The least that these are together: who states no lower bound adds nothing."""
    return Bounds(None, sum(fact.count.low or 0 for fact in facts), None)


def _described(one: Count, other: Count, group: str | None) -> bool:
    """True when the other people are all such as the first: by actor, backer and traits.

    The actor of the group that both belong to describes neither.
    """
    if one.status and other.status and one.status != other.status:
        return False
    actors = [None if same_name(c.actor, group) else c.actor for c in (one, other)]
    if one.backer != other.backer or (any(actors) and not same_name(*actors)):
        return False
    named = bool(actors[0] or one.backer)
    # A nationality need not be said again of those who are named by their group.
    traits = {trait for trait in one.traits if not (named and trait[:1].isupper())}
    return (named or bool(traits)) and traits <= set(other.traits)


def _may_be_part(part: str, whole: str) -> bool:
    """True when people of the one outcome can be among those of the other: the freed are not
    among the dead.
    """
    return part == whole or (whole not in _CLOSED and part != "incidents")


def _elsewhere(group: Count, count: Count) -> bool:
    """True when the group is told of one region, and the other people were not there."""
    return len(group.region) == 1 and bool(count.region) and group.region != count.region


def _least(fact: Fact) -> int:
    return fact.count.low or 0
