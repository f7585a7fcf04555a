"""Who did it: the agent in the sentence, and what carries over within one event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.agents import Agents
from tollbook.grammar.events import Events
from tollbook.grammar.inherit import clash_sides
from tollbook.grammar.mentions import HARM, SIDES, Mentions, key
from tollbook.grammar.responsibility import responsible
from tollbook.grammar.scope import Scope
from tollbook.grammar.sides import STATE, Sides
from tollbook.grammar.speakers import Speakers
from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate

Record = dict[str, Any]

_TAKEN: Final = frozenset(("detained", "abducted", "released"))
_RAISING_REACH: Final = 12  # words between "raising" and the total it raises
_LONG: Final = frozenset(("year", "month", "week", "since"))
_CARRIED: Final = (*HARM, "missing", "displaced")


class Perpetrators:
    """Sets the perpetrator of every candidate of a Doc.

    Args:
        mentions: the groups that the Doc names, read once its candidates are linked.
    """

    def __init__(self, mentions: Mentions) -> None:
        self.analysis = analysis = mentions.analysis
        self.mentions = mentions
        self.agents = Agents(self.mentions)
        self.sides = Sides(self.mentions)
        self.events = Events(analysis)
        self.scope = Scope(self.mentions, self.events)
        self.speakers = Speakers(self.mentions, self.sides)
        self._unclaimed_in: dict[int, bool] = {}
        # the last count of people taken whose taker is known, while counts are gone through
        self.taken: Candidate | None = None

    def run(self) -> None:
        """Set ``by`` and ``by_text`` of the candidates that are counts."""
        counts = [c for c in self.analysis.candidates if not c.reason]
        for item in counts:
            if item.record["high"] == 0:
                continue
            if self._running(item):
                continue
            agent = self.agents.of(item)
            if item.record["measure"] == "incidents" and self.agents.repelled(item):
                # "our defenders repelled 41 assaults": those of the other side
                agent = self.agents.behind(item) or self.speakers.foe()
            if agent is not None and (
                item.record["rule"] == "lose-people" or self.agents.suffered(item)
            ):
                # who loses men is on their side
                if not item.record["actor"] and agent["kind"] in SIDES:
                    item.record["actor"] = key(agent)
                    item.record["actor_text"] = agent["name"] or agent["text"]
                    item.record["status"] = item.record["status"] or "combatant"
                other = self.agents.behind(item)
                if other is not None and key(other) != item.record["actor"]:
                    self._set(item, other)
            elif agent is not None:
                self._set(item, agent)
        self._from_speakers(counts)
        self._from_wholes(counts)
        self._from_clashes(counts)
        self._from_enemies(counts)
        self._carry(counts)
        self._from_wholes(counts)
        self._from_twins(counts)
        for item, agent in responsible(self.mentions, counts):
            self._set(item, agent, inherited=True)
        self._from_twins(counts)
        self._not_themselves(counts)

    def _set(self, item: Candidate, record: Record, *, inherited: bool = False) -> None:
        record = self.mentions.nameless.named(record)
        if item.record["measure"] in HARM and key(record) == item.record["actor"]:
            return
        item.record["by"] = record["id"] or record["name"] or record["text"]
        item.record["by_text"] = record["name"] or record["text"]
        if inherited:
            item.inherited.add("by")

    def _copy(self, item: Candidate, other: Candidate) -> None:
        item.record["by"] = other.record["by"]
        item.record["by_text"] = other.record["by_text"]
        item.inherited.add("by")

    def _from_wholes(self, counts: list[Candidate]) -> None:
        for _ in range(3):
            for item in counts:
                if item.record["by_text"] or item.parent < 0 or item.record["high"] == 0:
                    continue
                whole = self.analysis.candidates[item.parent]
                if not whole.record["by_text"] or self._fell(item, whole):
                    continue
                mine, theirs = item.record["measure"], whole.record["measure"]
                if (
                    mine == theirs
                    or (mine == "missing" and theirs == "abducted")
                    or (mine in HARM and theirs in ("casualties", "injured"))
                ):
                    self._copy(item, whole)

    def _from_clashes(self, counts: list[Candidate]) -> None:
        """In a clash of two sides each side's dead are by the other."""
        sides: list[Record] = []
        for item in counts:
            if item.record["measure"] not in HARM or item.record["high"] == 0:
                continue
            here = self._sides(item.segment)
            if len(here) >= 2:
                sides = here
            if item.record["by_text"] and "by" not in item.inherited:
                continue
            if len(sides) < 2 or (item.record["period"] and item.scope != "day"):
                continue
            own = item.record["actor"]
            keys = [r["id"] or r["name"] for r in sides]
            if own in keys:
                other = sides[1 - keys.index(own)] if keys.index(own) < 2 else None
                if other is not None:
                    self._set(item, other, inherited=True)

    def _goes_on(self, item: Candidate, before: Candidate) -> bool:
        """``45 were killed by them; the dead exceeded 80``: told of the same deed."""
        record = item.record
        return (
            item.segment == before.segment
            and record["measure"] in HARM
            and record["actor"] is None
            and record["status"] == before.record["status"]
            and "by" not in before.inherited
            and not item.background
            and not self._running(item)
            and not self._unclaimed(item.segment)
            and not self.mentions.clash(item.segment)
        )

    def _running(self, item: Candidate) -> bool:
        """``killed three, raising the toll for the year to 61``: the 61 are not all by one."""
        if item.record["measure"] not in HARM:
            return False
        segment = self.analysis.segments[item.segment]
        words = self.mentions.words_of(item.segment)
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        at = sentence.chunks[item.position].start - segment["start"]
        before = words[max(0, at - _RAISING_REACH) : at]
        if word_sets().adding.isdisjoint(before):
            return False
        near = before + words[at : at + _RAISING_REACH]
        return item.scope == "open" or not _LONG.isdisjoint(near)

    def _from_speakers(self, counts: list[Candidate]) -> None:
        """``X says its assault killed three``; ``our fighters killed three``."""
        for item in counts:
            if not item.record["by_text"] and item.record["high"] != 0:
                speaker = self.speakers.claim(item)
                if speaker is not None and key(speaker) != item.record["actor"]:
                    self._set(item, speaker)

    def _from_enemies(self, counts: list[Candidate]) -> None:
        """Soldiers who fell in a fight with rebels fell by them, and the other way about."""
        for item in counts:
            if item.record["by_text"] or item.record["high"] == 0:
                continue
            enemy = self.sides.enemy(item)
            if enemy is not None and key(enemy) not in self._own_groups(item):
                self._set(item, enemy, inherited=True)

    def _own_groups(self, item: Candidate) -> set[str | None]:
        """Groups that people of a count, or those whom they are counted with, belong to."""
        candidates = self.analysis.candidates
        own = {item.record["actor"]}
        if item.parent >= 0:
            own.add(candidates[item.parent].record["actor"])
        return own

    def _sides(self, segment: int) -> list[Record]:
        """The two sides of a clash that a sentence tells of."""
        end = self.analysis.segments[segment]["end"]
        return [r for r in clash_sides(self.analysis, segment) if not self.mentions.speaks(r, end)]

    def _carry(self, counts: list[Candidate]) -> None:
        """Within one event the perpetrator is said once."""
        only = self.scope.only_agent()
        before: Candidate | None = None
        for item in counts:
            record = item.record
            if not record["by_text"] and record["high"] != 0:
                if record["measure"] in _TAKEN:
                    self._taken(item)
                else:
                    agent = self._carried(item, only)
                    if agent is not None:
                        self._set(item, agent, inherited=True)
                    elif before is not None and self._goes_on(item, before):
                        self._copy(item, before)
            if record["by_text"] and record["measure"] in HARM:
                before = item
            if record["by_text"] and record["measure"] in _TAKEN:
                self.taken = item

    def _carried(self, item: Candidate, only: Record | None) -> Record | None:
        """Who attacks in the same paragraph, over the list, or in the whole document."""
        record = item.record
        if record["measure"] == "incidents":
            return None if self.agents.repelled(item) else self.scope.over_list(item)
        if self._running(item):
            return None
        if record["measure"] not in _CARRIED or self._unclaimed(item.segment):
            return None
        if record["noun"] in word_sets().attackers and not record["actor"]:
            return None
        if record["measure"] not in HARM and (
            (record["period"] and item.scope != "day")
            or "still" in self.mentions.words_of(item.segment)
        ):
            return None  # their fate is not, or not only, of this event
        first = self.events.first(item.segment)
        agent = self.scope.in_event(item, first)
        if agent is None and not self.events.broken(item.segment):
            agent = self.scope.over_list(item)
            if agent is None and only is not None and not self.mentions.clash(item.segment):
                # a running total is laid to nobody who is named after it only
                if not item.background or only["char_start"] < record["start"]:
                    agent = only
            if agent is None and record["measure"] in (*HARM, "missing"):
                agent = self.scope.of_lead(item)
        if agent is None or key(agent) == record["actor"] or self._own_side(item, agent):
            return None
        return agent

    def _taken(self, item: Candidate) -> None:
        """Who arrested them is said once, and holds for those counted after it."""
        if item.record["rule"].startswith(("escape", "leave-captivity")):
            return
        if item.record["measure"] == "detained":
            police = self._police(item)
            if police is not None:
                self._set(item, police, inherited=True)
                return
        if item.background:
            return
        known = self.taken is not None and item.record["rule"] == "surrender"
        if item.record["measure"] != "released" and not known:
            agent = self.scope.in_event(item, self.events.first(item.segment))
            if agent is not None and item.record["measure"] == "detained":
                if agent["kind"] == "perpetrator-noun" and self.mentions.attackers.assails(agent):
                    agent = None  # gunmen take nobody into custody
            if agent is not None and key(agent) != item.record["actor"]:
                self._set(item, agent, inherited=True)
                return
        if self.taken is not None:
            before = self.taken.record["measure"]
            if item.record["measure"] in ("released", before) or before == "released":
                self._copy(item, self.taken)

    def _police(self, item: Candidate) -> Record | None:
        """Police named in the same paragraph, as who acts or who speaks of it."""
        segments = self.analysis.segments
        block = segments[item.segment]["block"]
        number = item.segment
        while number > 0 and segments[number - 1]["block"] == block:
            number -= 1
        while number < len(segments) and segments[number]["block"] == block:
            for record in self.mentions.by_segment.get(number, ()):
                if record["type"] == "police" or record["text"].lower().endswith("police"):
                    return record
            number += 1
        return None

    def _fell(self, item: Candidate, whole: Candidate) -> bool:
        """A soldier among those told under what soldiers did: he is no victim of theirs."""
        by = set((whole.record["by_text"] or "").lower().split())
        return bool(by & word_sets().of_states) and self.sides.camp_of(item) == STATE

    @staticmethod
    def _own_side(item: Candidate, agent: Record) -> bool:
        """A soldier or policeman is not killed by police or army without a name."""
        if agent["id"] or item.record["status"] != "combatant":
            return False
        words = set(agent["text"].lower().split())
        return bool(words & {"police", "army", "troops", "soldiers", "forces", "military"})

    def _unclaimed(self, segment: int) -> bool:
        """A mine or a bomb that nobody is said to have sent."""
        known = self._unclaimed_in.get(segment)
        if known is None:
            known = self.analysis.has(segment, syn.UNCLAIMED) and not any(
                self._sent_by(record) for record in self.mentions.agents.get(segment, ())
            )
            self._unclaimed_in[segment] = known
        return known

    def _sent_by(self, record: Record) -> bool:
        """``a mine believed to have been planted by X``: it is somebody's."""
        low = self.analysis.words.low
        before = self.mentions.skip_back(record["start"] - 1, max(0, record["start"] - 4))
        return before > 0 and low[before] == "by" and low[before - 1] in word_sets().planting

    def _from_twins(self, counts: list[Candidate]) -> None:
        candidates = self.analysis.candidates
        for item in counts:
            if item.how == "headline" and item.record["by_text"]:
                whole = candidates[item.parent]
                if not whole.record["by_text"]:
                    self._copy(whole, item)
        for item in counts:
            if item.twin < 0:
                continue
            first = candidates[item.twin]
            if item.record["by_text"] and not first.record["by_text"]:
                self._copy(first, item)
            elif first.record["by_text"] and not item.record["by_text"]:
                self._copy(item, first)
            elif first.record["by_text"]:
                # "Troops kill nine" in the headline, "the Nigerian army killed nine" below
                for vague, exact in ((first, item), (item, first)):
                    if (vague.record["by"] or "").lower() in word_sets().rank_and_file:
                        self._copy(vague, exact)

    def _not_themselves(self, counts: list[Candidate]) -> None:
        """Nobody is the perpetrator of the deaths of his own; nor of a total with such deaths."""
        candidates = self.analysis.candidates
        for item in counts:
            if not item.record["by_text"] or item.record["measure"] not in HARM:
                continue
            if item.record["by"] == item.record["actor"]:
                agent = item.record["by"]
                self._clear(item)
                at = item.parent
                while at >= 0:
                    whole = candidates[at]
                    if "by" in whole.inherited and whole.record["by"] == agent:
                        self._clear(whole)
                    at = whole.parent

    @staticmethod
    def _clear(item: Candidate) -> None:
        item.record["by"] = item.record["by_text"] = None
