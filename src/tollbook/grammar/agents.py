"""The agent of a count in its own sentence: ``by X``, the active subject, ``attributed to X``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tollbook.grammar.mentions import HARM, key
from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Candidate
    from tollbook.grammar.mentions import Mentions
    from tollbook.grammar.sentence import Sentence

Record = dict[str, Any]


class Agents:
    """Finds who a sentence says did what it counts."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.analysis = mentions.analysis

    def of(self, item: Candidate) -> Record | None:
        """Who did what `item` counts, by its sentence or its label; None when neither says."""
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        told = self._own_phrase(item, sentence)
        if told is not None:
            return told
        trigger = self._trigger(item, sentence)
        if trigger >= 0 and sentence.chunks[trigger].kind == "T":
            chunk = sentence.chunks[trigger]
            if chunk.voice in ("active", "gerund") and item.record["rule"] != "surrender":
                return self._subject(sentence, trigger) or self._phrase(sentence, trigger)
            to = ("to",) if item.record["rule"] == "surrender" else ()
            agentive = ("by", "hands", *to)
            agent = None
            if item.parent >= 0 and item.position > trigger:
                # "12 died, including eight who were killed by X"
                agent = self._phrase(sentence, item.position, agentive=agentive)
            if agent is None:
                agent = self._phrase(sentence, trigger, agentive=agentive)
            if agent is None:
                agent = self._taker(sentence, item.position)
            if agent is None and chunk.voice == "reduced":
                agent = self._attributed(sentence, item.position)
            return agent or self._labelled(item)
        if item.record["measure"] == "incidents":
            for record in self.mentions.of_chunk(sentence.chunks[item.position]):
                if record["kind"] != "backed":
                    return record
            return self._phrase(sentence, item.position, own=True) or self._subject(
                sentence, item.position
            )
        agent = self._attributed(sentence, item.position)
        return agent or self._phrase(sentence, item.position) or self._labelled(item)

    def _own_phrase(self, item: Candidate, sentence: Sentence) -> Record | None:
        """``22 (13 by X and nine by Y)``, ``X killed 73 and Y 38``: of each figure its own."""
        chunks, at = sentence.chunks, item.position
        if at + 2 < len(chunks) and chunks[at + 1].word == "by" and item.record["measure"]:
            for chunk in chunks[at + 2 : at + 4]:
                for record in self.mentions.of_chunk(chunk):
                    if record["kind"] != "backed" and item.record["measure"] != "incidents":
                        return self.mentions.named_after(record)
                if chunk.kind not in "W":
                    break
        if item.record["rule"] == "bare-number" and at >= 2 and chunks[at - 2].mask & syn.CONJ:
            for record in self.mentions.of_chunk(chunks[at - 1]):
                return record
        return None

    def repelled(self, item: Candidate) -> bool:
        """``X repelled 12 attacks``: not by X."""
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        start = sentence.chunks[item.position].start
        return self._beaten(start, sentence.chunks[0].start)

    def behind(self, item: Candidate) -> Record | None:
        """``X lost five men in an ambush by Y``: Y."""
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        return self._phrase(sentence, item.position)

    def _taker(self, sentence: Sentence, index: int) -> Record | None:
        """``X took three officers hostage``: the outcome follows, the verb stands before."""
        for at in range(index - 1, -1, -1):
            chunk = sentence.chunks[at]
            if chunk.kind == "T":
                active = chunk.voice in ("active", "gerund")
                if active and index in sentence.objects.get(at, ()):
                    return self._subject(sentence, at)
                return None
        return None

    def _force_of(self, token: int) -> bool:
        """Whether ``of`` joins a group to its people: ``patrols of X``, ``members of X``."""
        word = self.analysis.words.low[token - 1] if token else ""
        noun = self.analysis.lists.nouns.get(word)
        return (
            noun is not None
            and noun.plural
            and (noun.kind == "collective" or noun.status == "combatant" or noun.noun == "member")
        )

    def _labelled(self, item: Candidate) -> Record | None:
        """``at the hands of the following parties: • X: 31``: the label says who did it."""
        segments = self.analysis.segments
        segment = segments[item.segment]
        label = segment["label"]
        records = self.mentions.by_segment.get(label, []) if label >= 0 else []
        if not records or item.record["actor"] == key(records[0]):
            return None
        low = self.analysis.words.low
        level = segment["parent"]
        while level >= 0:
            line = segments[level]["line"]
            first = level
            while first > 0 and segments[first - 1]["line"] == line:
                first -= 1
            words = low[segments[first]["start"] : segments[level]["end"]]
            if any(word in word_sets().responsible for word in words):
                return records[0]
            level = segments[level]["parent"]
        return None

    def suffered(self, item: Candidate) -> bool:
        """``X suffered losses of 15 men``: the subject is on the side of the dead."""
        data = self.analysis.segments[item.segment]
        low = self.analysis.words.low
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        at = sentence.chunks[item.position].start
        return any(
            low[t] in ("suffered", "suffer", "suffers", "suffering", "sustained", "incurred")
            for t in range(max(data["start"], at - 4), at)
        )

    def _attributed(self, sentence: Sentence, index: int) -> Record | None:
        """``attributed 505 of these to X``; ``X was responsible for 198 deaths``."""
        chunks = sentence.chunks
        before = [c for c in chunks[:index] if c.kind == "W"]
        if any(c.word.startswith("attribut") for c in before):
            at = index + 1
            while at < len(chunks) and at < index + 7:
                if chunks[at].kind in "AN" and self.mentions.of_chunk(chunks[at]):
                    return self.mentions.of_chunk(chunks[at])[0]
                if chunks[at].kind in "QT" or chunks[at].word in (".", ";", ","):
                    break
                at += 1
        for at in range(index - 1, -1, -1):
            chunk = chunks[at]
            if chunk.kind == "W" and chunk.word in word_sets().causing:
                return self._subject(sentence, at)
            if chunk.kind == "T" or chunk.word in (";", "."):
                break
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

    def _phrase(
        self,
        sentence: Sentence,
        index: int,
        *,
        own: bool = False,
        agentive: tuple[str, ...] = ("by", "hands"),
    ) -> Record | None:
        """``by ISIS cells``, ``in an attack by ISIS``, ``in an Israeli airstrike`` after it."""
        chunks = sentence.chunks
        at = index + 1
        agent = False
        event = False
        part = joined = False
        harm = chunks[index].kind != "T" or any(
            form.trigger.measure in (*HARM, "") for form in chunks[index].forms
        )
        while at < len(chunks):
            chunk = chunks[at]
            if chunk.kind == "." and chunk.word == ";":
                return None
            if chunk.kind == "T" and at > index + 1 and (chunk.voice == "active" or own):
                break
            if chunk.kind == "W":
                if chunk.word in agentive:
                    # "five bodies found by villagers": they killed nobody
                    words = self.analysis.words.low[chunk.start - 2 : chunk.start]
                    agent = not harm or "alive" in words or word_sets().not_done.isdisjoint(words)
                elif chunk.word in word_sets().in_event:
                    event = True
                if chunk.mask & syn.SPEECH:
                    break
                joined = joined or bool(chunk.mask & syn.CONJ)
                if chunk.mask & syn.INCLUDING:
                    part = True
                elif part and chunk.mask & syn.REL:
                    # "including eight who were killed by X": the others were not
                    break
                if agent and chunk.mask & (syn.CONJ | syn.SUB) and not chunk.mask & syn.PREP:
                    agent = False
                if own and chunk.mask & syn.INCLUDING:
                    break
                if agent and chunk.word in ("them", "him"):
                    # "civilians whom X accused of treason were killed by them"
                    return self._meant(sentence, index)
            for record in self.mentions.of_chunk(chunk):
                if self.mentions.speaks(record, len(self.analysis.words)):
                    continue
                if agent and record["kind"] != "backed":
                    return self.mentions.named_after(record)
                if event and record.get("adjective") and self.mentions.weapon(record):
                    return record
                before = self.mentions.skip_back(record["start"] - 1, chunks[index].start)
                if event and not joined and before > 0 and self.analysis.words.low[before] == "of":
                    if self.mentions.mask(before - 1) & syn.ATTACK:
                        # "under torture in the prisons of the regime"
                        return record
            at += 1
        return None

    def _beaten(self, attack: int, start: int) -> bool:
        """``repelled an attack by X, killing 20``: the attack is not what killed them."""
        low = self.analysis.words.low
        return any(low[at] in word_sets().repelling for at in range(max(start, attack - 4), attack))

    def _meant(self, sentence: Sentence, index: int) -> Record | None:
        """Whom a pronoun means: the first group named before it that may be an agent."""
        for chunk in sentence.chunks[:index]:
            for record in self.mentions.of_chunk(chunk):
                if record["kind"] != "state" and record["start"] not in self.mentions.suffering:
                    return record
        return None

    def _subject(self, sentence: Sentence, index: int) -> Record | None:
        """The one who does it: the nearest group before the verb that no preposition governs."""
        chunks = sentence.chunks
        objects = set(sentence.objects.get(index, ()))
        anaphor = False
        at = index - 1
        while at >= 0:
            chunk = chunks[at]
            if chunk.kind == "." and chunk.word == ";":
                return None
            if chunk.kind == "W" and chunk.mask & syn.UNCLAIMED:
                return None
            if chunk.kind == "W" and chunk.word in ("it", "they", "we", "its", "their", "having"):
                anaphor = True
            if at not in objects and chunk.kind in "AQN":
                claim = sentence.claims.get(at)
                member = sentence.members.get(at)
                if member is not None and member.parent is not None:
                    at -= 1
                    continue
                victim = (
                    claim is not None
                    and claim.trigger != index
                    and bool(claim.measure)
                    and not claim.blocked
                )
                for record in self.mentions.of_chunk(chunk):
                    before = self.mentions.skip_back(chunk.start - 1, chunks[0].start)
                    governed = before >= 0 and bool(self.mentions.mask(before) & syn.PREP)
                    weapon = self.mentions.weapon(record) and record.get("adjective")
                    low = self.analysis.words.low
                    if (
                        governed
                        and low[before] == "by"
                        and (
                            self.mentions.mask(before - 1) & (syn.VERB | syn.ATTACK)
                            or low[before - 1].endswith("ed")
                        )
                        and low[before - 1] not in word_sets().backed
                        and not self._beaten(before - 1, chunks[0].start)
                    ):
                        # "a mine planted by X exploded, killing two"
                        return record
                    if low[before] == "from" and low[before - 1] in word_sets().shot_from:
                        # "shells fired from a position of X killed a farmer"
                        return record
                    if governed and not (
                        (weapon and low[before] in ("in", "of"))
                        or (low[before] == "of" and self._force_of(before))
                    ):
                        continue
                    if self.mentions.bracketed(chunk.start, chunks[0].start):
                        continue
                    if self.mentions.beside(record["start"]):
                        continue
                    if record["kind"] == "state" and not record.get("adjective"):
                        around = low[record["start"] - 1], low[record["end"]]
                        if before >= 0 and around == (",", ","):
                            # "near Bouira, Algeria, and killed seven"
                            continue
                    if not weapon and low[record["end"]] in word_sets().targets_of_attack:
                        # "a mine went off as a Navy bus passed, wounding nine"
                        continue
                    if not weapon and before >= 0 and self.mentions.attackers.takes_object(before):
                        # "villagers attacked a herders' camp, killing two"
                        continue
                    if before > 0 and low[before - 1] == "to" and not weapon:
                        # "men who queued to join the police"
                        continue
                    if self.mentions.clash(
                        self.analysis.segment_of(chunk.start)
                    ) and self.mentions.embroiled(record["start"], chunks[0].start):
                        return None
                    if victim and not weapon:
                        continue
                    if self.mentions.speaks(record, chunks[-1].end) and not anaphor:
                        continue
                    return self.mentions.named_after(record)
            at -= 1
        return None
