"""Mentions of groups as they stand in a sentence: who speaks, who attacks, what is only a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.attackers import HARM, IRREGULAR, Attackers
from tollbook.grammar.nameless import Nameless
from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis
    from tollbook.grammar.chunk import Chunk

__all__ = ("HARM", "IRREGULAR", "SIDES", "Mentions", "key")

Record = dict[str, Any]

SIDES: Final = frozenset(("named", "generic", "shape", "state", "backed"))
"""Kinds of mentions that are a side of a conflict."""


def key(record: Record) -> str:
    """What a mention is known by: its id, or its name."""
    return str(record["id"] or record["name"] or record["text"])


def _nameless(record: Record) -> bool:
    """Whether a mention only says that people are armed: ``gunmen`` does more, ``fighters`` not."""
    words = record["text"].lower().split()
    return words[-1] in word_sets().armed_only and not (
        words[-1] in ("soldiers", "troops") or words[0] in ("gang", "cartel", "militia")
    )


class Mentions:
    """The actors of a Doc by segment, and what the words around them say of them.

    Attributes:
        by_segment: mentions in each segment, in text order.
        agents: those of them that attack.
        nouns: names that are nouns for armed people: ``gunmen``.
        suffering: tokens of those who are counted.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.actors = analysis.actors
        self.by_segment: dict[int, list[Record]] = {}
        for record in self.actors:
            last = record["text"].lower().split()[-1:]
            if record["kind"] == "perpetrator-noun" and last and last[0] in word_sets().armed_only:
                # they can act in a sentence, but their name says nothing beyond it
                continue
            at = analysis.segment_of(record["start"])
            self.by_segment.setdefault(at, []).append(record)
        self._ranks: dict[int, list[Record]] = {}
        for record in self.actors:
            if record["text"].lower() in ("troops", "soldiers"):
                at = analysis.segment_of(record["start"])
                self._ranks.setdefault(at, []).append(record)
        self.nouns = {r["name"] for r in self.actors if r["kind"] == "perpetrator-noun"}
        self.suffering = self._victims()
        self.nameless = Nameless(analysis)
        self._clash_in: dict[int, bool] = {}
        self.attackers = Attackers(self)
        self.agents: dict[int, list[Record]] = {
            segment: [
                self.nameless.named(self.named_after(r))
                for r in records
                if self.attackers.carries(r, segment)
            ]
            for segment, records in self.by_segment.items()
        }

    def _victims(self) -> set[int]:
        """Tokens of the noun groups that are counted as suffering something."""
        tokens: set[int] = set()
        for item in self.analysis.candidates:
            sentence = self.analysis.sentences[item.segment]
            if not item.reason and item.record["measure"] != "incidents" and sentence is not None:
                chunk = sentence.chunks[item.position]
                tokens.update(range(chunk.start, chunk.end))
        return tokens

    def mask(self, token: int) -> int:
        """Classes of a word; 0 beyond the text."""
        masks = self.analysis.masks
        return masks[token] if 0 <= token < len(masks) else 0

    def beside(self, token: int) -> bool:
        """Whether a mention at `token` stands with the party before it: ``alongside X``."""
        return "alongside" in self.analysis.words.low[max(0, token - 4) : token]

    def bracketed(self, token: int, start: int) -> bool:
        """Whether a token stands in a bracket opened after `start`."""
        low = self.analysis.words.low
        for at in range(token - 1, start - 1, -1):
            if low[at] == "(":
                return True
            if low[at] == ")":
                return False
        return False

    def skip_back(self, token: int, start: int) -> int:
        """Token before, past articles, adjectives of suspicion and quotes; -1 for none."""
        low = self.analysis.words.low
        while token >= start and (
            not low[token]
            or self.mask(token) & (syn.DET | syn.POSS)
            or low[token]
            in ("a", "an", "suspected", "unidentified", "alleged", "armed", "so-called")
        ):
            token -= 1
        return token if token >= start else -1

    def speaks(self, record: Record, end: int) -> bool:
        """Whether a mention is the source: ``police said``."""
        low = self.analysis.words.low
        for token in range(record["end"], min(record["end"] + 4, end)):
            if self.described(token):
                break
            if self.mask(token) & syn.SPEECH and low[token] not in ("claimed", "claim", "claims"):
                return True
            if not low[token][:1].isalpha() or self.mask(token) & syn.CLOSED:
                break
            if token in self.attackers.voices:
                break  # "police killed four alleged members"
        before = record["start"] - 1
        return (
            before >= 0
            and low[before] in ("to", "said")
            and self.mask(before - 1) & syn.SPEECH != 0
        )

    def described(self, token: int) -> bool:
        """``raiders said to be from Pibor``: it is said of them, they say nothing."""
        low = self.analysis.words.low
        return (
            low[token] in word_sets().hearsay
            and low[token + 1 : token + 2] == ["to"]
            and low[token + 2 : token + 3] in (["be"], ["have"], ["belong"])
        )

    def named_after(self, record: Record) -> Record:
        """``by gunmen of X``, ``by X (Y) guerrillas``, ``by the separatist X``: X."""
        if record["kind"] != "perpetrator-noun":
            return record
        low = self.analysis.words.low
        for other in self.by_segment.get(self.analysis.segment_of(record["start"]), ()):
            gap = low[record["end"] : other["start"]]
            if record["end"] < other["start"] and len(gap) <= 3 and other["kind"] in SIDES:
                if gap and gap[0] in ("of", "from", "belonging", "with"):
                    return other
            if other["kind"] in SIDES and other["kind"] != "state":
                if other["start"] > record["end"]:
                    break
                if other["start"] == record["end"]:
                    return other
                between = low[other["end"] : record["start"]]
                if (
                    other["end"] <= record["start"]
                    and len(between) < 2
                    and "".join(between) in ("", ")")
                ):
                    return other
        return record

    def weapon(self, record: Record) -> bool:
        """Whether a mention is that of an attack: ``an Israeli airstrike``."""
        if self.is_place(record):
            return False
        return any(
            self.mask(token) & syn.ATTACK
            for token in range(record["start"], min(record["end"] + 3, len(self.analysis.words)))
        )

    def is_place(self, record: Record) -> bool:
        """``in Ecuador prison riot``, ``in northern Mali``: after ``in`` a country says where."""
        if record["kind"] != "state" or record["text"] != record["name"]:
            return False
        low, at = self.analysis.words.low, record["start"] - 1
        while at > 0 and (low[at] in word_sets().parts_of_country or low[at] in ("-", "–")):
            at -= 1
        if at < 0:
            return False
        if at < record["start"] - 1:
            return True  # no force is called "northern Mali"
        return low[at] in ("in", "across")

    def of_chunk(self, chunk: Chunk) -> list[Record]:
        """The mentions in a chunk, without nouns that only say armed."""
        if chunk.kind not in "AQN":
            return []
        found = [self.actors[index] for index in dict.fromkeys(chunk.actors)]
        return [r for r in found if r["kind"] != "perpetrator-noun" or not _nameless(r)]

    def acting(self, segment: int) -> list[Record]:
        """The agents of a sentence, and soldiers without a name that attack in it."""
        ranks = [r for r in self._ranks.get(segment, ()) if self.attackers.attacks(r, segment)]
        return self.agents.get(segment, []) + ranks

    def clash(self, segment: int) -> bool:
        """Whether a sentence tells of a fight; ``fighting alongside X`` tells of friends."""
        known = self._clash_in.get(segment)
        if known is None:
            known = self.analysis.has(segment, syn.CLASH)
            words = self.words_of(segment) if known else []
            if "alongside" in words:
                data = self.analysis.segments[segment]
                known = any(
                    self.mask(at) & syn.CLASH and self.analysis.words.low[at + 1] != "alongside"
                    for at in range(data["start"], data["end"] - 1)
                )
            self._clash_in[segment] = known
        return known

    def embroiled(self, token: int, start: int) -> bool:
        """Whether a clash is told before a mention, and the mention is not a new subject.

        ``after a clash with X near Y, Z soldiers went from door to door``: Z did what follows.
        """
        low = self.analysis.words.low
        for at in range(token - 1, start - 1, -1):
            if self.mask(at) & syn.CLASH:
                first = self.skip_back(at - 1, start)
                adverbial = first >= start and low[first] in word_sets().in_the_course
                return not (adverbial and low[token - 1] == "," and "," not in low[at : token - 1])
        return False

    def words_of(self, segment: int) -> list[str]:
        """The words of a segment, in lower case."""
        data = self.analysis.segments[segment]
        return self.analysis.words.low[data["start"] : data["end"]]
