"""Sides of a fight: which groups a text sets against each other, and who is on which side.

A text that tells of a fight names two camps as a rule: forces of a state, and those who fight
them. Those of one camp who are killed were killed by the other, where it is one group only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.mentions import HARM, IRREGULAR, SIDES, key
from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.mentions import Mentions

Record = dict[str, Any]

STATE: Final = "state"
REBELS: Final = "rebels"
_OWN_REACH: Final = 3  # words between "own" and those who are counted
_OPPOSED: Final = frozenset(("with", "by", "between", "and", "against", "from"))
_FORCES: Final = ("state-forces", "police", "international")


class Sides:
    """The camps of a Doc, and who is the enemy of those who are counted."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.analysis = mentions.analysis
        self._parties: dict[int, dict[str, dict[str, Record]]] = {}
        self._blocks: dict[int, list[int]] = {}
        for number, segment in enumerate(self.analysis.segments):
            self._blocks.setdefault(segment["block"], []).append(number)
        self._block_parties: dict[int, tuple[dict[str, dict[str, Record]], bool]] = {}
        self._camps: dict[str, str] | None = None
        self._nouns: dict[int, str] | None = None
        # who fights alongside others is no side of its own
        self._allies = {
            key(record)
            for record in self.analysis.actors
            if record["kind"] in SIDES and mentions.beside(record["start"])
        }
        self._all: dict[str, dict[str, Record]] | None = None
        self._fight = False
        # the groups that the headline and the first paragraph name
        self._told: dict[str, Record] = {}

    def camp(self, record: Record) -> str:
        """The camp of a mention: forces of a state, those who fight them, or empty."""
        words = set(record["text"].lower().split())
        sets = word_sets()
        if record["kind"] == "perpetrator-noun":
            if words & sets.of_states:
                return "" if words & sets.bystanders else STATE
            return "" if words & sets.bystanders else REBELS
        if record["type"] in _FORCES:
            return STATE if record["kind"] != "state" or record.get("adjective") else ""
        if record["type"] in IRREGULAR:
            return REBELS
        if record["kind"] in ("generic", "shape"):
            return STATE if words & (sets.of_states | sets.units) else ""
        return ""

    def camp_of(self, item: Candidate) -> str:
        """The camp of those who are counted, by their group or their noun; empty for none."""
        record = item.record
        if record["status"] == "civilian" or "former" in record["phrase"].lower().split():
            return ""
        if record["actor"]:
            if self._camps is None:
                self._camps = {}
                for mention in self.analysis.actors:
                    if camp := self.camp(mention):
                        self._camps.setdefault(key(mention), camp)
            if record["actor"] in self._camps:
                return self._camps[record["actor"]]
        camp = self._own_camp(item) or _camp_of_noun(record["noun"])
        if not camp and record["status"] == "combatant":
            # "nine soldiers were killed and 31 wounded"
            camp = _camp_of_noun(self._before(item))
        return camp

    def _own_camp(self, item: Candidate) -> str:
        """``nine of its own fighters``, ``own losses``: the camp of those who tell of them."""
        sentence = self.analysis.sentences[item.segment]
        if sentence is None:
            return ""
        chunk = sentence.chunks[item.position]
        low = self.analysis.words.low
        near = low[max(0, chunk.start - _OWN_REACH) : chunk.end]
        if "own" not in near:
            return ""
        for record in reversed(self.analysis.actors_by_segment.get(item.segment, ())):
            told = record["end"] <= chunk.start and self.mentions.speaks(record, chunk.end)
            if told and (camp := self.camp(record)):
                return camp
        return REBELS if item.record["noun"] == "fighter" else ""

    def _before(self, item: Candidate) -> str:
        """The noun last counted before a bare number in its sentence."""
        if self._nouns is None:
            self._nouns = {}
            segment, noun = -1, ""
            for other in self.analysis.candidates:
                if other.segment != segment:
                    segment, noun = other.segment, ""
                self._nouns[id(other)] = noun
                if not other.reason:
                    noun = other.record["noun"] or noun
        return self._nouns.get(id(item), "")

    def enemy(self, item: Candidate) -> Record | None:
        """Who fought those who are counted, where the text tells of a fight with one group.

        Args:
            item: of people killed, injured or captured.
        """
        measure = item.record["measure"]
        if measure not in (*HARM, "detained") or self._mined(item.segment):
            return None
        own = self.camp_of(item)
        if not own:
            return None
        if measure == "detained" and item.record["rule"] != "surrender":
            if not self.mentions.clash(item.segment):
                return None  # arrested by police, as a rule
        other = REBELS if own == STATE else STATE
        number = item.segment
        found = self.parties(number).get(other)
        if found:
            return _only(found) if self._fought(number) else None
        if item.background:
            return None
        gathered, fought = self._in_block(self.analysis.segments[number]["block"])
        if gathered[other]:
            return _only(gathered[other]) if fought else None
        if item.record["period"]:
            return None
        if self._all is None:
            numbers = range(len(self.analysis.segments))
            self._all = {camp: self._gather(numbers, camp) for camp in (STATE, REBELS)}
            opening = self._opening()
            self._fight = any(self._fought(at) for at in opening)
            self._told = self._gather(opening, REBELS) | self._gather(opening, STATE)
        if not self._fight or not self._all[own]:
            return None
        enemy = _only(self._all[other])
        return enemy if enemy is not None and key(enemy).lower() in self._told else None

    def _in_block(self, block: int) -> tuple[dict[str, dict[str, Record]], bool]:
        """The camps of a paragraph, and whether it tells of a fight."""
        known = self._block_parties.get(block)
        if known is None:
            numbers = self._blocks[block]
            camps = {camp: self._gather(numbers, camp) for camp in (STATE, REBELS)}
            fought = any(self._fought(at) for at in numbers)
            known = self._block_parties[block] = camps, fought
        return known

    def parties(self, segment: int) -> dict[str, dict[str, Record]]:
        """The groups that a sentence names, by camp and name."""
        known = self._parties.get(segment)
        if known is None:
            known = self._parties[segment] = {}
            end = self.analysis.segments[segment]["end"]
            for record in self.analysis.actors_by_segment.get(segment, ()):
                camp = self.camp(record)
                if not camp or key(record) in self._allies or self.mentions.is_place(record):
                    continue
                police = "police" in record["text"].lower() or record["type"] == "police"
                if police and self.mentions.speaks(record, end):
                    continue
                if record["kind"] == "perpetrator-noun" and not self._takes_part(record, segment):
                    continue
                known.setdefault(camp, {}).setdefault(key(record).lower(), record)
        return known

    def _takes_part(self, record: Record, segment: int) -> bool:
        """Whether a noun stands for a side: "two soldiers were hurt" names nobody they are of."""
        if record["start"] in self.mentions.suffering:
            return False
        if record["text"].lower() not in word_sets().rank_and_file:
            return True
        if record in self.mentions.acting(segment):
            return True
        start = self.analysis.segments[segment]["start"]
        before = self.mentions.skip_back(record["start"] - 1, start)
        return before >= 0 and self.analysis.words.low[before] in _OPPOSED

    def _gather(self, numbers: range | list[int], camp: str) -> dict[str, Record]:
        found: dict[str, Record] = {}
        for number in numbers:
            agents = self.mentions.acting(number)
            for name, record in self.parties(number).get(camp, {}).items():
                noun = record["kind"] == "perpetrator-noun" and (
                    camp == REBELS or name in word_sets().rank_and_file
                )
                if not noun or record in agents or self.mentions.clash(number):
                    found.setdefault(name, record)
        return found

    def _opening(self) -> list[int]:
        """Segments of the headline and the first paragraph of text."""
        segments = self.analysis.segments
        texts = [n for n, s in enumerate(segments) if s["kind"] == "text"]
        last = segments[texts[0]]["block"] if texts else 0
        return [n for n, s in enumerate(segments) if s["block"] <= last]

    def _fought(self, segment: int) -> bool:
        return (
            self.mentions.clash(segment)
            or bool(self.mentions.agents.get(segment))
            or not word_sets().repelling.isdisjoint(self.mentions.words_of(segment))
        )

    def _mined(self, segment: int) -> bool:
        return self.analysis.has(segment, syn.UNCLAIMED)


def _camp_of_noun(noun: str | None) -> str:
    """The camp that a noun tells: soldiers are of a state, militants are not."""
    words, sets = set((noun or "").split()), word_sets()
    if words & sets.regulars:
        return STATE
    return REBELS if words & sets.against_states and not words & sets.of_states else ""


def _only(found: dict[str, Record]) -> Record | None:
    """The one group of a camp: the one with a name, or the only noun."""
    named = [r for r in found.values() if r["kind"] in SIDES]
    if len({key(r) for r in named}) == 1:
        return named[0]
    if named:
        return None
    nouns = {key(r).lower(): r for r in found.values()}
    if len(nouns) > 1:
        # "soldiers" and "troops" are of the army that is named beside them
        nouns = {
            name: r
            for name, r in nouns.items()
            if not set(name.split()) & word_sets().rank_and_file
        } or nouns
    return next(iter(nouns.values())) if len(nouns) == 1 else None
