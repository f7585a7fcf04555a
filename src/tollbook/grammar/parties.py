"""The forces and armed groups that a text names, and which of them take part in what it tells."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.mentions import Mentions, key
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate

Record = dict[str, Any]

_IRREGULAR: Final = frozenset(("rebel", "militia", "jihadist", "criminal"))
_NAMES: Final = frozenset(("named", "shape", "generic"))
_OPPOSED: Final = frozenset(("with", "against", "on", "by"))


class Parties:
    """The mentions of a Doc that can have people, sorted by segment.

    Args:
        analysis: with its chunks and candidates.

    Attributes:
        mentions: all mentions, with what stands around them.
        forces: forces of a state that take part, by segment.
        groups: armed groups, by segment.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.mentions = Mentions(analysis)
        self._victims = {
            token
            for sentence in analysis.sentences
            if sentence is not None
            for chunk in sentence.chunks
            if chunk.kind == "Q" and chunk.countable
            for token in range(chunk.start, chunk.end)
        }
        self._named: dict[int, list[Record]] = {}
        self.forces: dict[int, list[Record]] = {}
        self.groups: dict[int, list[Record]] = {}
        for number in range(len(analysis.segments)):
            self._read(number)

    def _read(self, number: int) -> None:
        """Sort the mentions of a segment."""
        mentions = [*self.analysis.actors_by_segment.get(number, ()), *self._armies(number)]
        for record in sorted(mentions, key=lambda record: record["start"]):
            force = is_force(record)
            if force or record["kind"] in _NAMES:
                self._named.setdefault(number, []).append(record)
            if force:
                if self._takes_part(record, number):
                    self.forces.setdefault(number, []).append(record)
            elif record["kind"] in ("named", "shape") and (
                record["type"] in _IRREGULAR or not record["type"]
            ):
                self.groups.setdefault(number, []).append(record)

    def _armies(self, number: int) -> list[Record]:
        """``clash with army``, ``an Army colonel``: mentions that no actor record stands for."""
        data, low = self.analysis.segments[number], self.analysis.words.low
        taken = {
            token
            for record in self.analysis.actors_by_segment.get(number, ())
            for token in range(record["start"], record["end"])
        }
        found = []
        for token in range(data["start"], data["end"]):
            if low[token] != "army" or token in taken:
                continue
            after = low[token + 1] if token + 1 < data["end"] else ""
            if after not in word_sets().army_offices:
                found.append(_plain(self.analysis, token))
        return found

    def _takes_part(self, record: Record, number: int) -> bool:
        """Whether a force is a party of what is told: no victim, nor one that only speaks."""
        start, end = record["start"], record["end"]
        low = self.analysis.words.low
        if start in self._victims and record["kind"] != "perpetrator-noun":
            return False
        if record.get("adjective") or (end < len(low) and low[end] in word_sets().army_offices):
            return False
        if end < len(low) and low[end] in ("'s", "’s"):
            return False  # "the Army's 9th Division said"
        if self.mentions.speaks(record, self.analysis.segments[number]["end"]):
            return bool(record["country"]) and record["kind"] != "perpetrator-noun"
        before = self.mentions.skip_back(start - 1, self.analysis.segments[number]["start"])
        return before < 0 or low[before] not in ("to", "former", "ex")

    def free(self, record: Record) -> bool:
        """Whether a mention stands outside the people that are counted."""
        return record["start"] not in self._victims

    def of_segment(self, number: int) -> list[Record]:
        """All that can have people in a segment, in text order."""
        return self._named.get(number, [])

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Tokens at which a number begins."""
        return frozenset(number["start"] for number in self.analysis.numbers)

    @cached_property
    def every_group(self) -> dict[str, Record]:
        """The armed groups of the whole text, by what each is known by."""
        return {key(r): r for records in self.groups.values() for r in records}

    @cached_property
    def everywhere(self) -> list[Record]:
        """The forces of the whole text, each once; but an item of a list tells of its own event."""
        segments = self.analysis.segments
        found: dict[tuple[str, str, str], Record] = {}
        for number, records in self.forces.items():
            if not segments[number]["bullet"]:
                for record in records:
                    found.setdefault((record["id"], record["name"], record["kind"]), record)
        return list(found.values())

    @cached_property
    def described(self) -> list[Record]:
        """Those of them that have a name: ``the Somali army``, not ``the army``."""
        return [
            record
            for record in self.everywhere
            if record["kind"] != "perpetrator-noun"
            and not word_sets().army_words.isdisjoint(name_words(record))
        ]

    def group_before(self, item: Candidate, before: int) -> Record | None:
        """The group last named before a token, in the sentence or up to two before it."""
        segments = self.analysis.segments
        block = segments[item.segment]["block"]
        number = item.segment
        while number >= max(0, item.segment - 2) and segments[number]["block"] == block:
            here = [r for r in self.groups.get(number, ()) if r["start"] < before]
            if here:
                return here[-1]
            number -= 1
        return None

    def opposed(self, record: Record, number: int) -> bool:
        """``clashes with X``, ``fired on X``, ``X said``: no side of the fighters counted."""
        data = self.analysis.segments[number]
        low = self.analysis.words.low
        before = self.mentions.skip_back(record["start"] - 1, data["start"])
        if before >= 0 and low[before] in ("and", ",") and before > data["start"]:
            # "clashes with X and Y"
            other = next((r for r in self._named.get(number, ()) if r["end"] == before), None)
            if other is not None:
                before = self.mentions.skip_back(other["start"] - 1, data["start"])
        if before >= 0 and (low[before] in _OPPOSED or low[before] in word_sets().assaulting):
            # "attacked a post of X": its people defend it
            return True
        return self.mentions.speaks(record, data["end"])


def is_force(record: Record) -> bool:
    """Whether a mention is a force of a state: ``the army``, ``Malian troops``."""
    if record["kind"] == "perpetrator-noun":
        return str(record["text"]).lower() in word_sets().forces
    if record["kind"] not in _NAMES:
        return False
    if record["type"] in ("state-forces", "police"):
        return bool(record["type"] == "state-forces" or record["kind"] == "named")
    if record["type"]:
        return False
    if record["kind"] == "shape":
        # "Union of Forces for Change" is no army
        head = str(record["name"] or record["text"]).lower().split(" of ")[0].split()
        return not word_sets().army_words.isdisjoint(head)
    return not word_sets().army_words.isdisjoint(name_words(record))


def name_words(record: Record) -> set[str]:
    """The words of a name, without what only abuses or praises: ``the occupying army``."""
    name = str(record["name"] or record["text"])
    return set(name.lower().split()) - word_sets().epithets


def same(one: Record, other: Record) -> bool:
    """Whether two mentions mean the same: by id, or the words of one are among the other's."""
    if one["id"] and one["id"] == other["id"]:
        return True
    if one["id"] and other["id"]:
        return False
    mine, theirs = name_words(one), name_words(other)
    return mine <= theirs or theirs <= mine


def _plain(analysis: Analysis, token: int) -> Record:
    text = analysis.words.raw[token]
    return {
        "start": token, "end": token + 1, "id": "", "name": text, "text": text,
        "kind": "perpetrator-noun", "type": "", "country": "", "backer": "", "adjective": False,
    }  # fmt: skip
