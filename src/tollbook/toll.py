"""The toll: how many a bulletin newly reports of one outcome, as a coder would write it down.

Left out are running totals and other figures of the past, parts of a count of the same
outcome, restatements and rival figures. What remains is added up with its bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from tollbook.breakdown import Chain, Layout
from tollbook.cues import day_range, matches, period_kind, same_name
from tollbook.graph import Fact, Graph
from tollbook.retold import compatible, retold
from tollbook.schema import MEASURES, STATUSES, Bounds, Count

if TYPE_CHECKING:
    from tollbook.bulletin import Bulletin

_HURT: Final = ("killed", "injured", "casualties")
_RELATIVE_PERIODS: Final = ("week", "weekend", "month", "quarter", "period")

Test = Callable[[Count], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One count that went into a toll.

    Args:
        count: the count.
        bounds: what it contributes; less than its figure where some of it is left out.
    """

    count: Count
    bounds: Bounds


def toll(
    bulletin: Bulletin,
    measure: str,
    *,
    status: str | None = None,
    actor: str | None = None,
    region: str | None = None,
    by: str | None = None,
    trait: str | None = None,
    attackers: bool = True,
) -> Bounds:
    """How many a bulletin newly reports of one outcome.

    An outcome that is not mentioned is exactly zero. `casualties` are the killed, the injured,
    and those of whom the text does not say which. Someone who died of an injury is counted as
    killed and not as injured. Casualties that the text does not divide leave the upper bound of
    the killed and of the injured as wide as they are.

    A filter keeps the counts, or parts of counts, of which the text says so.

    Args:
        bulletin: the bulletin.
        measure: one of `MEASURES`.
        status: only people of this status.
        actor: only members of this group, by id or name.
        region: only there: an ISO 3166-2 code (``SY-HI``) or a country (``SY``).
        by: only what this perpetrator did, by id or name.
        trait: only people with this trait (``child``).
        attackers: False leaves out the attackers' own killed and injured.

    Raises:
        ValueError: `measure` or `status` is not a known one.

    >>> from tollbook.bulletin import Bulletin
    >>> bulletin = Bulletin("d", "16 killed, nine of them militiamen; since May 40 killed.", (
    ...     Count(count_id="c1", measure="killed", best=16, low=16, high=16, start=0, end=2),
    ...     Count(count_id="c2", measure="killed", best=9, low=9, high=9, part_of="c1",
    ...           start=11, end=15),
    ...     Count(count_id="c3", measure="killed", best=40, low=40, high=40, start=46, end=48,
    ...           period="since May"),
    ... ))
    >>> toll(bulletin, "killed"), toll(bulletin, "injured")
    (Bounds(best=16, low=16, high=16), Bounds(best=0, low=0, high=0))
    """
    found, open_ended = _collect(
        bulletin, measure, _filter(bulletin, status, actor, region, by, trait, attackers)
    )
    total = Bounds.total(entry.bounds for entry in found)
    for entry in open_ended:
        high = total.high
        more = entry.bounds.high
        total = Bounds(
            total.best if found else None,
            total.low,
            None if high is None or more is None else high + more,
        )
    return total


def entries(
    bulletin: Bulletin,
    measure: str,
    *,
    status: str | None = None,
    actor: str | None = None,
    region: str | None = None,
    by: str | None = None,
    trait: str | None = None,
    attackers: bool = True,
) -> tuple[Entry, ...]:
    """The counts that a toll adds up, in text order; arguments and errors as in `toll`."""
    keep = _filter(bulletin, status, actor, region, by, trait, attackers)
    return tuple(_collect(bulletin, measure, keep)[0])


class _Filter(NamedTuple):
    keep: Test
    drop: Test | None


def _filter(
    bulletin: Bulletin,
    status: str | None,
    actor: str | None,
    region: str | None,
    by: str | None,
    trait: str | None,
    attackers: bool,
) -> _Filter:
    if status is not None and status not in STATUSES:
        raise ValueError(f"status {status!r} is not one of {', '.join(STATUSES)}")
    tests: list[Test] = []
    if status is not None:
        tests.append(lambda count: count.status == status)
    if actor is not None:
        tests.append(lambda count: same_name(count.actor, actor))
    if by is not None:
        tests.append(lambda count: same_name(count.by, by))
    if trait is not None:
        tests.append(lambda count: trait in count.traits)
    if region is not None:
        tests.append(
            lambda count: (
                bool(count.region)
                and all(code == region or code.startswith(region + "-") for code in count.region)
            )
        )

    def keep(count: Count) -> bool:
        return all(test(count) for test in tests)

    return _Filter(keep, None if attackers else _attackers(bulletin))


def _attackers(bulletin: Bulletin) -> Test:
    """A test for people who belong to those who attacked."""
    text, counts = bulletin.text, bulletin.counts
    suffered = [(count.by, count.actor) for count in counts if count.by and count.best != 0]

    def test(count: Count) -> bool:
        if count.status == "civilian" or count.measure not in _HURT:
            return False
        noun = count.noun or text[count.end : count.end + 40].partition(",")[0].partition(".")[0]
        words = " ".join((count.phrase, " ".join(noun.split()[:4])))
        if matches("attacker", words):
            return True
        if not count.actor or matches("state", count.actor):
            return False
        # In a clash of two armed sides each is said to be killed by the other.
        return any(same_name(count.actor, by) for by, actor in suffered if actor != count.actor)

    return test


def _collect(bulletin: Bulletin, measure: str, wanted: _Filter) -> tuple[list[Entry], list[Entry]]:
    if measure not in MEASURES:
        raise ValueError(f"measure {measure!r} is not one of {', '.join(MEASURES)}")
    return _Toll(bulletin, measure, wanted).collect()


class _Toll:
    """One toll of one bulletin."""

    def __init__(self, bulletin: Bulletin, measure: str, wanted: _Filter) -> None:
        self.graph: Graph = bulletin.graph
        self.layout: Layout = bulletin.layout
        self.news = bulletin.news
        self.measure = measure
        self.wanted = wanted

    def collect(self) -> tuple[list[Entry], list[Entry]]:
        """What adds up, and undivided casualties that may add to it."""
        roots = [
            fact
            for fact in self.graph.facts
            if fact.id in self.news
            and not any(whole.id in self.news for whole in self.graph.wholes(fact.id))
        ]
        found = [fact for root in roots for fact in self.gather(root, self.keeps)]
        found = self.settle(found)
        undivided = (
            []
            if self.measure not in ("killed", "injured")
            else [
                fact
                for fact in self.graph.facts
                if fact.count.measure == "casualties"
                and fact.id in self.news
                and fact.count.best != 0
                and self.keeps_people(fact.count)
                and not any(
                    part.count.measure == self.measure for part in self.graph.below(fact.id)
                )
                and not any(w.count.measure == "casualties" for w in self.graph.wholes(fact.id))
            ]
        )
        inferred: list[Entry] = []
        open_ended: list[Entry] = []
        counted = {fact.id for fact in found}
        for fact in self.settle([*found, *undivided]):
            if fact.id in counted:
                continue
            entry, rest = self.rest(fact)
            (inferred if rest else open_ended).append(entry)
        made = [Entry(fact.count, self.value(fact)) for fact in found] + inferred
        return sorted(made, key=lambda entry: entry.count.start), open_ended

    def keeps(self, fact: Fact) -> bool:
        """True when the fact is of the measure and passes the filters."""
        measure = fact.count.measure
        wanted = _HURT if self.measure == "casualties" else (self.measure,)
        return measure in wanted and self.keeps_people(fact.count)

    def keeps_people(self, count: Count) -> bool:
        """True when the count passes the filters."""
        drop = self.wanted.drop
        return self.wanted.keep(count) and not (drop and drop(count))

    def gather(self, fact: Fact, keep: Callable[[Fact], bool]) -> list[Fact]:
        """The largest counts at or under a fact that are wanted, none of them twice."""
        if keep(fact) and not (
            self.measure == fact.count.measure == "casualties" and self.divided(fact)
        ):
            return [fact]
        return self.under(fact, keep)

    def under(self, fact: Fact, keep: Callable[[Fact], bool]) -> list[Fact]:
        """The same for what is below a fact: the way of dividing it that tells most."""
        found: list[tuple[Chain, list[Fact]]] = []
        for chain in self.layout.chains(fact):
            inside = {part.fact.id: part.fact for part in chain.parts if part.fact.id in self.news}
            gathered = [item for part in inside.values() for item in self.gather(part, keep)]
            if gathered:
                found.append((chain, gathered))
        if not found:
            return []
        best = max(found, key=lambda item: (_least(item[1]), item[0].kind != "including"))[1]
        together = list(best)
        for _, facts in found:
            if facts is not best and _elsewhere(facts, together):
                together += facts
        return together

    def divided(self, fact: Fact) -> bool:
        """True when casualties are divided into killed and injured that make them up."""
        parts = self.under(fact, lambda part: part.count.measure in ("killed", "injured"))
        if {part.count.measure for part in parts} != {"killed", "injured"}:
            return False
        return meets(Bounds.total(part.count.bounds for part in parts), fact.count.bounds)

    def value(self, fact: Fact) -> Bounds:
        """What a fact contributes: its figure less those who are counted elsewhere."""
        bounds = fact.count.bounds
        less: list[Fact] = []
        if self.measure == fact.count.measure == "injured":
            less += self.under(fact, lambda part: part.count.measure == "killed")
        if (drop := self.wanted.drop) is not None:
            less += self.under(
                fact, lambda part: part.count.measure == fact.count.measure and drop(part.count)
            )
        for item in less:
            bounds = minus(bounds, item.count.bounds)
        return bounds

    def rest(self, fact: Fact) -> tuple[Entry, bool]:
        """What undivided casualties leave to the measure; True when it may be taken as a figure.

        "Five shot, two of them dead" leaves three injured; "twelve hit, ten of them injured"
        does not say that two are dead.
        """
        other = "killed" if self.measure == "injured" else "injured"
        known = self.under(fact, lambda part: part.count.measure == other)
        bounds = fact.count.bounds
        for item in known:
            bounds = minus(bounds, item.count.bounds)
        return Entry(fact.count, bounds), bool(known) and other == "killed"

    def settle(self, facts: Sequence[Fact]) -> list[Fact]:
        """Leave out what states again, or states otherwise, what another count says."""
        kept = sorted(facts, key=lambda fact: fact.count.start)
        kept = _without(kept, self.covered(kept))
        kept = _without(kept, self.repeated(kept))
        kept = _without(kept, self.rivals(kept))
        return _without(kept, retold(kept, self.graph, self.layout, self.news))

    def covered(self, facts: Sequence[Fact]) -> set[str]:
        """Figures of a period report that its total for the same period includes."""
        out: set[str] = set()
        for position, total in enumerate(facts):
            period = total.count.period
            if total.id in out or not period or period_kind(period) != "span":
                continue
            if any(total.count.measure == earlier.count.measure for earlier in facts[:position]):
                continue
            for fact in facts[position + 1 :]:
                if _within(fact.count, total.count) and _subsumes(total.count, fact.count):
                    out.add(fact.id)
        return out

    def repeated(self, facts: Sequence[Fact]) -> set[str]:
        """Headline figures that the body tells in full, or body figures that tell only some."""
        end = self.layout.headline_end
        out: set[str] = set()
        for fact in facts:
            if fact.count.start >= end:
                continue
            restated = fact.mentions[-1].start >= end
            body = [
                other
                for other in facts
                if other.count.start >= end
                and (
                    other.count.measure == fact.count.measure or fact.count.measure == "casualties"
                )
                and compatible(fact.count, other.count)
            ]
            if not body:
                continue
            told = Bounds.total(other.count.bounds for other in body)
            if restated:
                # Unlinked details of a figure that headline and body agree on.
                if told.exact and told == fact.count.bounds and len(body) > 1:
                    out.update(other.id for other in body)
                continue
            some = (told.high, fact.count.low)
            if (
                some[0] is not None
                and some[1] is not None
                and some[0] < some[1]
                and all(other.count.measure == fact.count.measure for other in body)
            ):
                out.update(other.id for other in body)
            else:
                out.add(fact.id)
        return out

    def rivals(self, facts: Sequence[Fact]) -> set[str]:
        """Figures that another source gives for what is counted already."""
        out: set[str] = set()
        for fact in facts:
            if not self.rival_source(fact.count):
                continue
            for other in facts:
                if (
                    other is not fact
                    and other.id not in out
                    and other.count.measure == fact.count.measure
                    and (other.count.start < fact.count.start or _unsure(fact.count))
                    and not (_unsure(other.count) and _unsure(fact.count))
                    and compatible(other.count, fact.count)
                ):
                    out.add(fact.id)
                    break
        return out

    def rival_source(self, count: Count) -> bool:
        """True when the count is a claim, or its sentence brings in another source."""
        start = self.layout.sentence_start(count.start)
        return _unsure(count) or matches("rival", self.layout.text[start : count.start])


def _unsure(count: Count) -> bool:
    return count.certainty in ("claimed", "unconfirmed")


def _least(facts: Iterable[Fact]) -> int:
    return sum(fact.count.best or fact.count.low or 0 for fact in facts)


def _elsewhere(facts: Sequence[Fact], others: Sequence[Fact]) -> bool:
    here = [set(fact.count.region) for fact in facts]
    there = {code for fact in others for code in fact.count.region}
    return (
        all(here)
        and all(fact.count.region for fact in others)
        and not any(codes & there for codes in here)
    )


def _without(facts: Sequence[Fact], out: Set[str]) -> list[Fact]:
    return [fact for fact in facts if fact.id not in out]


def _subsumes(total: Count, count: Count) -> bool:
    """True when every attribute of the total holds of the count, and it is large enough."""
    undivided = count.measure == "casualties" and total.measure in ("killed", "injured")
    if count.implicit or not (undivided or total.measure == count.measure):
        return False
    if total.status not in (None, "mixed", count.status):
        return False
    for name in ("actor", "by"):
        said = getattr(total, name)
        if said and not same_name(said, getattr(count, name)):
            return False
    if total.region and not (count.region and set(count.region) <= set(total.region)):
        return False
    low, high = count.low or 0, total.high
    # Whoever died in a country need not be called its citizen again.
    traits = {trait for trait in total.traits if not trait[:1].isupper()}
    return traits <= set(count.traits) and (high is None or low <= high)


def meets(one: Bounds, other: Bounds) -> bool:
    """True when two intervals have a number in common.

    >>> meets(Bounds(25, None, 25), Bounds.exactly(23)), meets(Bounds.exactly(5), Bounds(6, 7))
    (True, False)
    """
    return not exceeds(one, other) and not exceeds(other, one)


def exceeds(one: Bounds, other: Bounds) -> bool:
    """True when the first must be larger than the second, whatever the numbers are.

    >>> exceeds(Bounds(12, 13, None), Bounds.exactly(12)), exceeds(Bounds(40), Bounds.exactly(9))
    (True, False)
    """
    return one.low is not None and other.high is not None and one.low > other.high


def minus(whole: Bounds, part: Bounds) -> Bounds:
    """What is left of a whole without a part; never less than nothing.

    >>> minus(Bounds(3, 3, None), Bounds.exactly(1)), minus(Bounds.exactly(1), Bounds(2, 2, None))
    (Bounds(best=2, low=2, high=None), Bounds(best=0, low=0, high=0))
    """
    best = None if whole.best is None or part.best is None else max(0, whole.best - part.best)
    high = None if whole.high is None else max(0, whole.high - (part.low or 0))
    least = 0 if whole.low is None or part.high is None else max(0, whole.low - part.high)
    return Bounds(best, None if whole.low is None else least, high)


def newly_reported(graph: Graph, layout: Layout | None = None) -> frozenset[str]:
    """Ids of the facts that a bulletin reports as news.

    Without a period, or with one like ``yesterday``, a count is news. Dated counts are news
    when the first count that is no running total is dated too (a weekly or monthly report),
    or when their date opens the text; and only those within these dates. Running totals are
    news when there is nothing else.

    Args:
        graph: the counts of one bulletin.
        layout: its text, where a sentence can say that a figure is an overall one.

    >>> sorted(newly_reported(Graph([
    ...     Count(count_id="c1", measure="killed", best=4, period="so far this year"),
    ...     Count(count_id="c2", measure="killed", best=2, period="in May"),
    ...     Count(count_id="c3", measure="killed", best=1, period="9 May"),
    ...     Count(count_id="c4", measure="killed", best=1, period="in April"),
    ... ])))
    ['c2', 'c3']
    """
    kinds = _kinds(graph, layout)
    lead = _lead(graph, kinds, layout)
    if lead is None:
        return frozenset()
    lead_kind = kinds[lead.id]
    news = set()
    for fact in graph.facts:
        kind = kinds[fact.id]
        if (
            (kind in ("none", "new") and lead_kind != "past")
            or (kind == lead_kind == "span" and _within(fact.count, lead.count))
            or (
                kind == lead_kind
                and kind in ("running", "past")
                and _same_period(fact.count, lead.count)
            )
        ):
            news.add(fact.id)
    for fact in graph.facts:
        # A part without a period that follows its running total has the total's period; one that
        # precedes it is what raises the total.
        whole = graph.parent.get(fact.id)
        if (
            kinds[fact.id] == "none"
            and whole is not None
            and whole not in news
            and graph.fact(whole).count.start < fact.count.start
        ):
            news.discard(fact.id)
    for fact in graph.facts:
        # A dated part of what is news is news.
        if kinds[fact.id] == "span" and any(w.id in news for w in graph.wholes(fact.id)):
            news.add(fact.id)
    return frozenset(news)


def _kinds(graph: Graph, layout: Layout | None) -> dict[str, str]:
    kinds = {fact.id: _kind(fact) for fact in graph.facts}
    if layout is None or not graph.counts:
        return kinds
    opening = layout.sentence_start(graph.counts[0].start)
    for fact in graph.facts:
        count = fact.count
        start = layout.sentence_start(count.start)
        if kinds[fact.id] == "running" and _of_the_total(count, layout):
            kinds[fact.id] = "none"
        if kinds[fact.id] == "none":
            sentence = layout.text[start : layout.sentence_end(count.end)]
            before = layout.text[start : count.start]
            if matches("overall", before) or matches("same-span", sentence):
                kinds[fact.id] = "running"
            elif start > opening and matches("past-event", sentence):
                kinds[fact.id] = "past"
    return kinds


def _of_the_total(count: Count, layout: Layout) -> bool:
    """True when the period dates only what the count is added to: ``killed two, bringing the
    toll this year to 40``.
    """
    period = (count.period or "").lower()
    line = layout.line(count.start)
    after = layout.text[count.end : line[1]].lower()
    if period and (at := after.find(period)) >= 0:
        return matches("raises", after[:at])
    before = layout.text[line[0] : count.start].lower()
    return bool(period) and (at := before.find(period)) >= 0 and "|" in before[at:]


def _lead(graph: Graph, kinds: dict[str, str], layout: Layout | None) -> Fact | None:
    """The fact that sets the time of the report."""
    if layout is not None and graph.counts:
        # A date that opens the text, before any figure, is the report's own.
        opening = layout.text[: min(count.start for count in graph.counts)].lower()
        for fact in graph.facts:
            period = fact.count.period
            if kinds[fact.id] == "span" and period and period.lower() in opening:
                return fact
    for group in (("none", "new", "span"), ("running",), ("past",)):
        for fact in graph.facts:
            if kinds[fact.id] in group:
                return fact
    return None


def _kind(fact: Fact) -> str:
    if any(period_kind(m.period) == "running" for m in fact.mentions if m.period):
        return "running"
    count = fact.count
    if count.period:
        return period_kind(count.period)
    return "span" if count.since and count.until and count.since != count.until else "none"


def _same_period(one: Count, other: Count) -> bool:
    if one.period and other.period:
        return one.period.lower() == other.period.lower()
    return (one.since, one.until) == (other.since, other.until)


def _within(count: Count, main: Count) -> bool:
    if _same_period(count, main):
        return True
    inner, outer = _range(count), _range(main)
    if inner and outer:
        return outer[0] <= inner[0] and inner[1] <= outer[1]
    if inner:
        return inner[0] == inner[1]
    words = (count.period or "").lower()
    if outer:
        return words.endswith(_RELATIVE_PERIODS)
    long = (main.period or "").lower().endswith(_RELATIVE_PERIODS)
    return long and (not words or period_kind(words) == "new")


def _range(count: Count) -> tuple[int, int] | None:
    if count.since and count.until:
        first, last = (day.month * 100 + day.day for day in (count.since, count.until))
        return first, last
    return day_range(count.period) if count.period else None


__all__ = ["Entry", "entries", "exceeds", "meets", "minus", "newly_reported", "toll"]
