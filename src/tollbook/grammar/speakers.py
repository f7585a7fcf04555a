"""Who speaks, and what he takes upon himself: claims of attacks, statements in the first person.

``X says its assault killed three`` lays the three to X, and so does ``X claims three soldiers
killed``: an armed group that counts its enemies' dead counts its own work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.mentions import HARM, SIDES, key
from tollbook.grammar.sides import REBELS
from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.mentions import Mentions
    from tollbook.grammar.sentence import Sentence
    from tollbook.grammar.sides import Sides

Record = dict[str, Any]

_CLAIMED: Final = (*HARM, "detained")
_FIRST: Final = frozenset(("our", "we"))
_WORDS_OF_SPEAKER: Final = 8  # "a spokesman of X in the east alleged"


class Speakers:
    """Finds what those who speak claim for themselves."""

    def __init__(self, mentions: Mentions, sides: Sides) -> None:
        self.mentions = mentions
        self.sides = sides
        self.analysis = mentions.analysis
        self._speakers: dict[int, list[Record]] = {}
        self.self = self._first_person()

    def claim(self, item: Candidate) -> Record | None:
        """Who says of himself that he did what `item` counts; None where nobody does."""
        own = self._we(item) or self._own_attack(item)
        if item.record["measure"] not in _CLAIMED or item.record["status"] == "civilian":
            return own
        return own or self._enemies(item) or self._ours(item)

    def _we(self, item: Candidate) -> Record | None:
        """``our fighters killed three``, ``we captured two`` in a statement of theirs."""
        if self.self is None:
            return None
        sentence = self.analysis.sentences[item.segment]
        claim = sentence.claims.get(item.position) if sentence is not None else None
        if sentence is None or claim is None or claim.trigger < 0:
            return None
        if sentence.chunks[claim.trigger].voice not in ("active", "gerund"):
            return None
        low, first = self.analysis.words.low, sentence.chunks[0].start
        for token in range(sentence.chunks[claim.trigger].start - 1, first - 1, -1):
            if low[token] == "we" or (
                low[token] == "our"
                and not (token > first and self.mentions.mask(token - 1) & syn.PREP)
                and low[token + 1] in word_sets().comrades
            ):
                return self.self
            if low[token] in (";", "they", "he"):
                return None
        return None

    def _speaker(self, item: Candidate) -> Record | None:
        """The party that a sentence quotes: an armed group or an army, no police."""
        found = self._speakers.get(item.segment)
        if found is None:
            found = self._speakers[item.segment] = self._find_speakers(item.segment)
        before = [record for record in found if record["char_start"] < item.record["start"]]
        return before[-1] if before else found[0] if found else None

    def _find_speakers(self, number: int) -> list[Record]:
        segment = self.analysis.segments[number]
        found = []
        for record in self.analysis.actors_by_segment.get(number, ()):
            if record["start"] in self.mentions.suffering or not self.sides.camp(record):
                continue
            if self._quoted(record, segment["end"]):
                found.append(record)
        if not found and segment["label"] >= 0:
            # "Colombian army: six dissidents killed"
            end = self.analysis.segments[segment["label"]]["end"]
            for record in self.analysis.actors_by_segment.get(segment["label"], ()):
                last = record["end"] >= end - 1
                if last and record["kind"] in SIDES and self.sides.camp(record):
                    found.append(record)
        return found

    def _quoted(self, record: Record, end: int) -> bool:
        """Whether a mention is who says it, or whose spokesman says it."""
        low, masks = self.analysis.words.low, self.analysis.masks
        if "police" in record["text"].lower() or record["type"] == "police":
            return False
        for token in range(record["end"], min(record["end"] + _WORDS_OF_SPEAKER, end)):
            if masks[token] & syn.SPEECH:
                return True
            if masks[token] & (syn.BE | syn.VERB | syn.REL) or low[token] in (";", ":", "."):
                return False
        return False

    def _own_attack(self, item: Candidate) -> Record | None:
        """``X says its assault killed three``: the attack that it speaks of is its own."""
        sentence = self.analysis.sentences[item.segment]
        claim = sentence.claims.get(item.position) if sentence is not None else None
        if sentence is None or claim is None or claim.trigger < 0:
            return None
        trigger = sentence.chunks[claim.trigger]
        if trigger.kind != "T" or trigger.voice not in ("active", "gerund"):
            return None
        speaker = self._speaker(item)
        if speaker is None or speaker["end"] > trigger.start:
            return None
        own = self._attack_of(sentence, claim.trigger, speaker)
        return speaker if own else None

    def _attack_of(self, sentence: Sentence, verb: int, speaker: Record) -> bool:
        """Whether the subject of a verb is an attack of the speaker's own."""
        rebel = self.sides.camp(speaker) == REBELS
        for at in range(verb - 1, -1, -1):
            chunk = sentence.chunks[at]
            if chunk.start < speaker["end"] or chunk.kind == "T":
                return False
            if chunk.kind == "W" and chunk.mask & syn.ATTACK:
                before = sentence.chunks[at - 1] if at else None
                while before is not None and before.kind == "W" and before.mask & syn.ADV:
                    at -= 1
                    before = sentence.chunks[at - 1]
                low = self.analysis.words.low
                stretch = low[speaker["end"] : chunk.start + 1]
                if "its" in stretch or "their" in stretch or "our" in stretch:
                    return True
                return rebel and not {"a", "an"} & set(stretch)
        return False

    def _enemies(self, item: Candidate) -> Record | None:
        """``X said eight policemen were killed``: X counts the dead of its enemies."""
        speaker = self._speaker(item)
        if speaker is None:
            return None
        enemy = self.sides.enemy(item)
        if enemy is not None and self.mentions.clash(item.segment):
            return enemy  # "three rebels died in a firefight with troops of X, the army said"
        camp, theirs = self.sides.camp(speaker), self.sides.camp_of(item)
        if item.record["actor"]:
            return speaker if theirs and theirs != camp else self._rival(item, speaker)
        return speaker if theirs and theirs != camp else None

    def _rival(self, item: Candidate, speaker: Record) -> Record | None:
        """``X claims five of Y killed``, both of them armed groups."""
        data, low = self.analysis.segments[item.segment], self.analysis.words.low
        claims = any(low[t] in word_sets().claiming for t in range(data["start"], data["end"]))
        return speaker if claims and item.record["actor"] != key(speaker) else None

    def _first_person(self) -> Record | None:
        """Who says "our fighters": the party whose statement the text is."""
        analysis = self.analysis
        low = analysis.words.low
        sets = word_sets()
        ours = False
        for token, word in enumerate(low[:-1]):
            if word in ("our", "own") and low[token + 1] in sets.comrades:
                for record in analysis.actors_by_segment.get(analysis.segment_of(token), ()):
                    if record["start"] <= token + 1 < record["end"] and record["id"]:
                        return record
                ours = ours or (word == "our" and not self._quotes(token))
        if not ours:
            return None
        for segment in range(min(4, len(analysis.segments))):
            for record in analysis.actors_by_segment.get(segment, ()):
                before = self.mentions.mask(record["start"] - 1)
                if (
                    record["kind"] in SIDES
                    and self.sides.camp(record)
                    and (record["start"] not in self.mentions.suffering)
                ):
                    if before & syn.PREP and low[record["start"] - 1] not in ("of", "by"):
                        continue
                    return record
        return None

    def _quotes(self, token: int) -> bool:
        """Whether a word stands in a quotation of the text, said by somebody in it."""
        data = self.analysis.segments[self.analysis.segment_of(token)]
        before = range(max(0, data["start"] - 1), token)
        return any(self.analysis.words.raw[t] in ("“", '"', "”") for t in before)

    def _ours(self, item: Candidate) -> Record | None:
        """In a statement in the first person the dead of the other side are ours."""
        if self.self is None or item.background:
            return None
        mine, theirs = self.sides.camp(self.self), self.sides.camp_of(item)
        low = self.analysis.words.low
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        chunk = sentence.chunks[item.position]
        if set(low[max(0, chunk.start - 1) : chunk.end + 3]) & _FIRST:
            return None
        actor = item.record["actor"]
        foe = self.foe() if actor and theirs == mine else None
        enemies = theirs != mine or (foe is not None and actor == key(foe))
        if theirs and enemies and actor != key(self.self):
            return self.self
        return None

    def foe(self) -> Record | None:
        """The only other party of a statement in the first person; None where there are more."""
        if self.self is None:
            return None
        found = {key(r): r for r in self.mentions.actors if self.sides.camp(r)}
        found.pop(key(self.self), None)
        return next(iter(found.values())) if len(found) == 1 else None
