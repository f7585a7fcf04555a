"""Who did it: the agent of a trigger, and what carries over from the sentences before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.rules import syntax as syn

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate
    from tollbook.grammar.chunks import Chunk
    from tollbook.grammar.govern import Sentence

Record = dict[str, Any]

_AGENT_WORDS: Final = frozenset(("by",))
_EVENT_PREPOSITIONS: Final = frozenset(
    "in from under due during after amid following when as with against".split()
)
_CLASHES: Final = frozenset(
    "clash clashes clashed fighting firefight gunfight gunbattle encounter battle battles fights "
    "confrontation confrontations engagement engagements combat combats".split()
)


class Perpetrators:
    """Finds the agent of every candidate of a Doc."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.actors = analysis.actors
        self.by_segment: dict[int, list[Record]] = {}
        for record in self.actors:
            at = analysis.segment_of(record["start"])
            self.by_segment.setdefault(at, []).append(record)

    def run(self) -> None:
        """Set ``by`` and ``by_text`` of the candidates that are counts."""
        counts = [c for c in self.analysis.candidates if not c.reason]
        for item in counts:
            if item.record["high"] == 0:
                continue
            agent = self._agent(item)
            if agent is not None:
                self._set(item, agent)
        self._from_wholes(counts)
        self._from_lists(counts)
        self._carry(counts)
        self._from_twins(counts)
        self._not_themselves(counts)

    # -- in the sentence ----------------------------------------------------------------------

    def _agent(self, item: Candidate) -> Record | None:
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        trigger = self._trigger(item, sentence)
        if trigger >= 0 and sentence.chunks[trigger].kind == "T":
            chunk = sentence.chunks[trigger]
            if chunk.voice in ("active", "gerund") and chunk.voice != "subject":
                agent = self._subject(sentence, trigger)
                if agent is not None:
                    return agent
                return self._phrase(sentence, trigger, item)
            return self._phrase(sentence, trigger, item)
        if item.record["measure"] == "incidents" or trigger < 0:
            start = sentence.chunks[item.position]
            index = item.position
            for record in self._inside(start):
                if record["kind"] != "backed" and record.get("adjective"):
                    return record
            agent = self._phrase(sentence, index, item)
            if agent is not None:
                return agent
            if item.record["measure"] == "incidents":
                return self._subject(sentence, index, loose=True)
        return None

    def _trigger(self, item: Candidate, sentence: Sentence) -> int:
        claim = sentence.claims.get(item.position)
        if claim is not None and claim.trigger >= 0:
            return claim.trigger
        member = sentence.members.get(item.position)
        while member is not None and member.parent is not None:
            member = member.parent
            claim = sentence.claims.get(member.index)
            if claim is not None and claim.trigger >= 0:
                return claim.trigger
        return -1

    def _inside(self, chunk: Chunk) -> list[Record]:
        return [self.actors[index] for index in chunk.actors]

    def _phrase(self, sentence: Sentence, index: int, item: Candidate) -> Record | None:
        """``by ISIS cells``, ``in an attack by ISIS``, ``in an Israeli airstrike`` after it."""
        chunks = sentence.chunks
        at = index + 1
        agentive = False
        event = False
        while at < len(chunks):
            chunk = chunks[at]
            if chunk.kind == "." and chunk.word in (";",):
                return None
            if chunk.kind == "T" and at > index + 1 and chunk.voice == "active":
                break
            if chunk.kind == "W":
                if chunk.word == "by":
                    agentive = True
                elif chunk.word in _EVENT_PREPOSITIONS:
                    event = True
                elif chunk.mask & syn.SPEECH:
                    break
                elif chunk.mask & syn.REL and not agentive:
                    pass
            for record in self._mentions(chunk):
                if agentive and record["kind"] != "backed":
                    return record
                if event and (record.get("adjective") or record["kind"] == "perpetrator-noun") and (
                    self._weapon_near(record)
                ):
                    return record
            if agentive and chunk.kind in "QN" and not self._mentions(chunk):
                agentive = False
            at += 1
        return None

    def _weapon_near(self, record: Record) -> bool:
        return bool(record.get("adjective"))

    def _mentions(self, chunk: Chunk) -> list[Record]:
        if chunk.kind == "A":
            return [self.actors[i] for i in chunk.actors]
        if chunk.kind in "QN":
            return [self.actors[i] for i in chunk.actors]
        return []

    def _subject(self, sentence: Sentence, index: int, *, loose: bool = False) -> Record | None:
        """The one who does it: the nearest group before the verb that can act."""
        chunks = sentence.chunks
        objects = set(sentence.objects.get(index, ()))
        best: Record | None = None
        at = index - 1
        while at >= 0:
            chunk = chunks[at]
            if chunk.kind == "." and chunk.word == ";":
                break
            if chunk.kind == "W" and chunk.mask & syn.SPEECH and at < index - 1 and best is not None:
                break
            if at not in objects and chunk.kind in "AQN":
                claim = sentence.claims.get(at)
                counted = claim is not None and claim.trigger != index and bool(claim.measure) and (
                    not claim.blocked
                ) and chunk.kind in "QN"
                for record in self._mentions(chunk):
                    before = chunks[at - 1] if at else None
                    governed = (
                        before is not None
                        and before.kind == "W"
                        and before.mask & syn.PREP
                        and before.word not in ("by",)
                    )
                    if record.get("adjective") and before is not None and governed:
                        governed = before.word in ("of", "to", "near", "on", "at")
                    if counted and not record.get("adjective"):
                        continue
                    if not governed:
                        return record
                    if best is None:
                        best = record
            at -= 1
        return best

    # -- carried over -------------------------------------------------------------------------

    def _set(self, item: Candidate, record: Record, *, inherited: bool = False) -> None:
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
                same = item.record["measure"] == whole.record["measure"] or item.how == "headline"
                if whole.record["by_text"] and same:
                    self._copy(item, whole)
                elif whole.record["by_text"] and item.record["measure"] in ("killed", "injured"):
                    if whole.record["measure"] in ("casualties", "injured"):
                        self._copy(item, whole)

    def _from_lists(self, counts: list[Candidate]) -> None:
        """``a regional distribution of ISIS attacks:`` holds for the items under it."""
        segments = self.analysis.segments
        for item in counts:
            if item.record["by_text"] or item.record["high"] == 0:
                continue
            level = segments[item.segment]["parent"]
            while level >= 0:
                agent = self._introduced(level)
                if agent is not None:
                    self._set(item, agent, inherited=True)
                    break
                level = segments[level]["parent"]

    def _introduced(self, segment: int) -> Record | None:
        found = [
            r
            for r in self.by_segment.get(segment, ())
            if r["kind"] in ("named", "generic", "state", "shape")
        ]
        if not found:
            return None
        data = self.analysis.segments[segment]
        low = self.analysis.words.low
        for record in found:
            before = low[record["start"] - 1] if record["start"] > data["start"] else ""
            after = low[record["end"]] if record["end"] < data["end"] else ""
            if before == "by" or record.get("adjective") or after.rstrip("s") in _ATTACK_NOUNS:
                return record
        return None

    def _carry(self, counts: list[Candidate]) -> None:
        """Within one event the perpetrator is said once: the last one said in the same block."""
        segments = self.analysis.segments
        said: dict[int, Candidate] = {}
        for item in sorted(counts, key=lambda c: c.record["start"]):
            block = segments[item.segment]["block"]
            record = item.record
            if record["by_text"]:
                if "by" not in item.inherited:
                    said[block] = item
                continue
            if record["high"] == 0 or record["period"]:
                continue
            other = said.get(block)
            if other is not None and record["measure"] in ("killed", "injured", "casualties"):
                self._copy(item, other)

    def _from_twins(self, counts: list[Candidate]) -> None:
        for item in counts:
            if item.how == "headline" and item.record["by_text"]:
                whole = self.analysis.candidates[item.parent]
                if not whole.record["by_text"]:
                    self._copy(whole, item)
        for item in counts:
            if item.twin < 0:
                continue
            first = self.analysis.candidates[item.twin]
            if item.record["by_text"] and not first.record["by_text"]:
                self._copy(first, item)
            elif first.record["by_text"] and not item.record["by_text"]:
                self._copy(item, first)

    def _not_themselves(self, counts: list[Candidate]) -> None:
        """Nobody is the perpetrator of the deaths of his own; nor of a total with such deaths."""
        candidates = self.analysis.candidates
        own: set[int] = set()
        for index, item in enumerate(candidates):
            if item.reason or not item.record["by_text"]:
                continue
            if item.record["by"] == item.record["actor"]:
                self._clear(item)
                own.add(index)
                at = item.parent
                while at >= 0:
                    whole = candidates[at]
                    if "by" in whole.inherited:
                        self._clear(whole)
                    at = whole.parent

    @staticmethod
    def _clear(item: Candidate) -> None:
        item.record["by"] = item.record["by_text"] = None


_ATTACK_NOUNS: Final = frozenset(
    "attack operation raid strike airstrike ambush assault drone missile shelling bombardment "
    "fire gunfire shell rocket bomb mortar warplane helicopter aggression enemy".split()
)
