"""Who did it: the agent of a trigger, and what carries over within one event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.inherit import clash_sides
from tollbook.rules import syntax as syn
from tollbook.rules.nouns import nouns

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate
    from tollbook.grammar.chunks import Chunk
    from tollbook.grammar.sentence import Sentence

Record = dict[str, Any]

_HARM: Final = frozenset(("killed", "injured", "casualties"))
_BLAMING: Final = frozenset("blamed blame blames blaming accused accuse accuses accusing".split())
_ATTRIBUTION_WORDS: Final = 6  # "attributed the attack on the base to X"
_CARRIED: Final = (*_HARM, "missing", "displaced")
_EVENT_PREPOSITIONS: Final = frozenset(
    "in from under due during after amid following when as with against through of".split()
)
_TAKEN: Final = frozenset(("detained", "abducted", "released"))
_SIDES: Final = frozenset(("named", "generic", "shape", "state", "backed"))
_NO_AGENTS: Final = frozenset(
    "sniper snipers soldier soldiers troops fighter fighters personnel member members commander "
    "patrol attackers attacker assailants assailant combatants combatant".split()
)
"""Words for armed people that name no perpetrator of their own."""

_RESPONSIBLE: Final = frozenset(
    "perpetrator perpetrators parties party responsible responsibility hands perpetrated "
    "committed".split()
)
_BACKED_BY: Final = frozenset("backed supported led owned run held controlled used".split())
_CAUSES: Final = frozenset(
    "responsible caused cause causing accounted perpetrated committed carried conducted launched "
    "executed".split()
)


_ATTACKERS: Final = frozenset(
    "attacker assailant gunman militant insurgent bandit terrorist kidnapper bomber raider".split()
)


def _nameless(record: Record) -> bool:
    words = record["text"].lower().split()
    return words[-1] in _NO_AGENTS and not (
        words[-1] in ("soldiers", "troops") or words[0] in ("gang", "cartel", "militia")
    )


class Perpetrators:
    """Finds the agent of every candidate of a Doc."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.actors = analysis.actors
        self.by_segment: dict[int, list[Record]] = {}
        for record in self.actors:
            last = record["text"].lower().split()[-1:]
            if record["kind"] == "perpetrator-noun" and last and last[0] in _NO_AGENTS:
                # they can act in a sentence, but their name says nothing beyond it
                continue
            at = analysis.segment_of(record["start"])
            self.by_segment.setdefault(at, []).append(record)
        self._unclaimed_in: dict[int, bool] = {}
        self._clash_in: dict[int, bool] = {}
        self.victims = self._victims()
        self.nouns = {r["name"] for r in self.actors if r["kind"] == "perpetrator-noun"}
        # the last count of people taken whose taker is known, while counts are gone through
        self.taken: Candidate | None = None
        self.harm = {
            chunk.start: any(f.trigger.measure in (*_HARM, "") for f in chunk.forms)
            for sentence in analysis.sentences
            if sentence is not None
            for chunk in sentence.chunks
            if chunk.kind == "T"
        }
        self.voices = {
            chunk.start: chunk.voice
            for sentence in analysis.sentences
            if sentence is not None
            for chunk in sentence.chunks
            if chunk.kind == "T"
        }
        # who attacks in each segment, in text order
        self.agents: dict[int, list[Record]] = {
            segment: [r for r in records if self._attacks(r, segment)]
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

    def run(self) -> None:
        """Set ``by`` and ``by_text`` of the candidates that are counts."""
        counts = [c for c in self.analysis.candidates if not c.reason]
        for item in counts:
            if item.record["high"] == 0:
                continue
            agent = self._agent(item)
            if agent is not None and (item.record["rule"] == "lose-people" or self._suffered(item)):
                # who loses men is on their side
                if not item.record["actor"] and agent["kind"] in _SIDES:
                    item.record["actor"] = self._key(agent)
                    item.record["actor_text"] = agent["name"] or agent["text"]
                    item.record["status"] = item.record["status"] or "combatant"
            elif agent is not None:
                self._set(item, agent)
        self._from_wholes(counts)
        self._from_clashes(counts)
        self._carry(counts)
        self._from_wholes(counts)
        self._from_twins(counts)
        self._claimed(counts)
        self._not_themselves(counts)

    # -- mentions -----------------------------------------------------------------------------

    def _mask(self, token: int) -> int:
        masks = self.analysis.masks
        return masks[token] if 0 <= token < len(masks) else 0

    def _attacks(self, record: Record, segment: int) -> bool:
        """Whether a mention says who attacks: ``an Israeli drone``, ``gunmen stormed``."""
        data = self.analysis.segments[segment]
        start, end = record["start"], record["end"]
        low = self.analysis.words.low
        before = self._skip_back(start - 1, data["start"])
        if start in self.victims or self._speaks(record, data["end"]):
            return False
        after = end
        while after < data["end"] and low[after] in ("", "'s", "’s"):
            after += 1
        near = [self._mask(t) for t in range(after, min(after + 2, data["end"]))]
        attack = bool(near) and bool(
            near[0] & syn.ATTACK
            or (len(near) > 1 and near[1] & syn.ATTACK and not near[0] & syn.CLOSED)
        )
        own = any(self._mask(t) & syn.ATTACK for t in range(start, end))
        if record["kind"] == "state" and not record.get("adjective"):
            attack = own = False
        if self._is_place(record):
            return False
        if self._bracketed(start, data["start"]):
            return False
        if (attack or own) and record["kind"] != "backed":
            return (
                low[before] not in ("against", "on", "targeting", "target") if before >= 0 else True
            )
        if before >= 0 and low[before] == "by":
            return not record.get("adjective") or attack
        if before >= 0 and low[before] in ("of", "from") and self._mask(before - 1) & syn.ATTACK:
            # "raids of the enemy"
            return low[before - 1] not in ("prison", "prisons")
        if before >= 0 and self._mask(before) & syn.PREP and low[before] not in ("as",):
            return False
        reach = 2 if record["kind"] == "state" else 7
        for token in range(after, min(after + reach, data["end"])):
            mask = self._mask(token)
            if mask & syn.CLASH:
                return False
            if token in self.voices:
                return self.voices[token] in ("active", "gerund") and self.harm[token]
            if mask & syn.VERB:
                return not mask & syn.SPEECH
            if mask & (syn.BE | syn.SPEECH) or low[token] in (";", ":", ","):
                return False
        return False

    def _bracketed(self, token: int, start: int) -> bool:
        low = self.analysis.words.low
        for at in range(token - 1, start - 1, -1):
            if low[at] == "(":
                return True
            if low[at] == ")":
                return False
        return False

    def _skip_back(self, token: int, start: int) -> int:
        """Token before, past articles, adjectives of suspicion and quotes; -1 for none."""
        low = self.analysis.words.low
        while token >= start and (
            not low[token]
            or self._mask(token) & (syn.DET | syn.POSS)
            or low[token]
            in ("a", "an", "suspected", "unidentified", "alleged", "armed", "so-called")
        ):
            token -= 1
        return token if token >= start else -1

    def _speaks(self, record: Record, end: int) -> bool:
        """Whether a mention is the source: ``police said``."""
        low = self.analysis.words.low
        for token in range(record["end"], min(record["end"] + 4, end)):
            if self._mask(token) & syn.SPEECH and low[token] not in ("claimed", "claim", "claims"):
                return True
            if not low[token][:1].isalpha() or self._mask(token) & syn.CLOSED:
                break
            if token in self.voices:
                break  # "police killed four alleged members"
        before = record["start"] - 1
        return (
            before >= 0
            and low[before] in ("to", "said")
            and self._mask(before - 1) & syn.SPEECH != 0
        )

    # -- in the sentence ----------------------------------------------------------------------

    def _agent(self, item: Candidate) -> Record | None:
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        trigger = self._trigger(item, sentence)
        if trigger >= 0 and sentence.chunks[trigger].kind == "T":
            chunk = sentence.chunks[trigger]
            if chunk.voice in ("active", "gerund") and item.record["rule"] != "surrender":
                return self._subject(sentence, trigger) or self._phrase(sentence, trigger)
            to = ("to",) if item.record["rule"] == "surrender" else ()
            agent = self._phrase(sentence, trigger, agentive=("by", "hands", *to))
            if agent is None:
                agent = self._taker(sentence, item.position)
            if agent is None and chunk.voice == "reduced":
                agent = self._attributed(sentence, item.position)
            return agent or self._labelled(item)
        if item.record["measure"] == "incidents":
            for record in self._mentions(sentence.chunks[item.position]):
                if record["kind"] != "backed":
                    return record
            return self._phrase(sentence, item.position, own=True) or self._subject(
                sentence, item.position
            )
        agent = self._attributed(sentence, item.position)
        return agent or self._phrase(sentence, item.position) or self._labelled(item)

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
        noun = nouns().get(word)
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
        records = self.by_segment.get(label, []) if label >= 0 else []
        if not records or item.record["actor"] == self._key(records[0]):
            return None
        low = self.analysis.words.low
        level = segment["parent"]
        while level >= 0:
            line = segments[level]["line"]
            first = level
            while first > 0 and segments[first - 1]["line"] == line:
                first -= 1
            words = low[segments[first]["start"] : segments[level]["end"]]
            if any(word in _RESPONSIBLE for word in words):
                return records[0]
            level = segments[level]["parent"]
        return None

    def _suffered(self, item: Candidate) -> bool:
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
                if chunks[at].kind in "AN" and self._mentions(chunks[at]):
                    return self._mentions(chunks[at])[0]
                if chunks[at].kind in "QT" or chunks[at].word in (".", ";", ","):
                    break
                at += 1
        for at in range(index - 1, -1, -1):
            chunk = chunks[at]
            if chunk.kind == "W" and chunk.word in _CAUSES:
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
        while at < len(chunks):
            chunk = chunks[at]
            if chunk.kind == "." and chunk.word == ";":
                return None
            if chunk.kind == "T" and at > index + 1 and (chunk.voice == "active" or own):
                break
            if chunk.kind == "W":
                if chunk.word in agentive:
                    agent = True
                elif chunk.word in _EVENT_PREPOSITIONS:
                    event = True
                if chunk.mask & syn.SPEECH:
                    break
                if agent and chunk.mask & (syn.CONJ | syn.SUB) and not chunk.mask & syn.PREP:
                    agent = False
                if own and chunk.mask & syn.INCLUDING:
                    break
            for record in self._mentions(chunk):
                if self._speaks(record, len(self.analysis.words)):
                    continue
                if agent and record["kind"] != "backed":
                    return self._named_after(record)
                if event and record.get("adjective") and self._weapon(record):
                    return record
            at += 1
        return None

    def _named_after(self, record: Record) -> Record:
        """``by gunmen of X``: X, where a bare noun for armed people comes first."""
        if record["kind"] != "perpetrator-noun":
            return record
        low = self.analysis.words.low
        for other in self.by_segment.get(self.analysis.segment_of(record["start"]), ()):
            gap = low[record["end"] : other["start"]]
            if record["end"] < other["start"] and len(gap) <= 3 and other["kind"] in _SIDES:
                if gap and gap[0] in ("of", "from", "belonging", "with"):
                    return other
        return record

    def _weapon(self, record: Record) -> bool:
        if self._is_place(record):
            return False
        return any(
            self._mask(token) & syn.ATTACK
            for token in range(record["start"], min(record["end"] + 3, len(self.analysis.words)))
        )

    def _is_place(self, record: Record) -> bool:
        """``in Ecuador prison riot``: the country's own name after ``in`` says where."""
        return (
            record["kind"] == "state"
            and record["text"] == record["name"]
            and record["start"] > 0
            and self.analysis.words.low[record["start"] - 1] in ("in", "across")
        )

    def _mentions(self, chunk: Chunk) -> list[Record]:
        if chunk.kind not in "AQN":
            return []
        found = [self.actors[index] for index in dict.fromkeys(chunk.actors)]
        return [r for r in found if r["kind"] != "perpetrator-noun" or not _nameless(r)]

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
            if chunk.kind == "W" and chunk.word in ("it", "they", "we", "its", "their"):
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
                for record in self._mentions(chunk):
                    before = self._skip_back(chunk.start - 1, chunks[0].start)
                    governed = before >= 0 and bool(self._mask(before) & syn.PREP)
                    weapon = self._weapon(record) and record.get("adjective")
                    low = self.analysis.words.low
                    if (
                        governed
                        and low[before] == "by"
                        and (self._mask(before - 1) & syn.VERB or low[before - 1].endswith("ed"))
                        and low[before - 1] not in _BACKED_BY
                    ):
                        # "a mine planted by X exploded, killing two"
                        return record
                    if governed and not (
                        (weapon and low[before] in ("in", "of"))
                        or (low[before] == "of" and self._force_of(before))
                    ):
                        continue
                    if self._bracketed(chunk.start, chunks[0].start):
                        continue
                    if before > 0 and low[before - 1] == "to" and not weapon:
                        # "men who queued to join the police"
                        continue
                    if any(c.mask & syn.CLASH for c in chunks[:at]):
                        return None
                    if victim and not weapon:
                        continue
                    if self._speaks(record, chunks[-1].end) and not anaphor:
                        continue
                    return self._named_after(record)
            at -= 1
        return None

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
                if not whole.record["by_text"]:
                    continue
                mine, theirs = item.record["measure"], whole.record["measure"]
                if (
                    mine == theirs
                    or (mine == "missing" and theirs == "abducted")
                    or (mine in _HARM and theirs in ("casualties", "injured"))
                ):
                    self._copy(item, whole)

    def _from_clashes(self, counts: list[Candidate]) -> None:
        """In a clash of two sides each side's dead are by the other."""
        sides: list[Record] = []
        for item in counts:
            if item.record["measure"] not in _HARM or item.record["high"] == 0:
                continue
            here = self._sides(item.segment)
            if len(here) >= 2:
                sides = here
            if item.record["by_text"] and "by" not in item.inherited:
                continue
            if len(sides) < 2 or item.record["period"]:
                continue
            own = item.record["actor"]
            keys = [r["id"] or r["name"] for r in sides]
            if own in keys:
                other = sides[1 - keys.index(own)] if keys.index(own) < 2 else None
                if other is not None:
                    self._set(item, other, inherited=True)

    def _sides(self, segment: int) -> list[Record]:
        """The two sides of a clash that a sentence tells of."""
        end = self.analysis.segments[segment]["end"]
        return [r for r in clash_sides(self.analysis, segment) if not self._speaks(r, end)]

    def _clash(self, segment: int) -> bool:
        known = self._clash_in.get(segment)
        if known is None:
            known = self._clash_in[segment] = self.analysis.has(segment, syn.CLASH)
        return known

    def _carry(self, counts: list[Candidate]) -> None:
        """Within one event the perpetrator is said once."""
        only = self._only_agent()
        for item in counts:
            record = item.record
            if not record["by_text"] and record["high"] != 0:
                if record["measure"] in _TAKEN:
                    self._taken(item)
                else:
                    agent = self._carried(item, only)
                    if agent is not None:
                        self._set(item, agent, inherited=True)
            if record["by_text"] and record["measure"] in _TAKEN:
                self.taken = item

    def _carried(self, item: Candidate, only: Record | None) -> Record | None:
        """Who attacks in the same paragraph, over the list, or in the whole document."""
        record = item.record
        if record["measure"] == "incidents":
            return self._over_list(item)
        if record["measure"] not in _CARRIED or self._unclaimed(item.segment):
            return None
        if record["noun"] in _ATTACKERS and not record["actor"]:
            return None
        if record["measure"] not in _HARM and (
            record["period"] or "still" in self._words(item.segment)
        ):
            return None  # their fate is not, or not only, of this event
        agent = self._in_block(item) or self._over_list(item)
        if agent is None and only is not None and not self._clash(item.segment):
            agent = only
        if agent is None or self._key(agent) == record["actor"] or self._own_side(item, agent):
            return None
        return agent

    def _words(self, segment: int) -> list[str]:
        data = self.analysis.segments[segment]
        return self.analysis.words.low[data["start"] : data["end"]]

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
            agent = self._in_block(item)
            if agent is not None and self._key(agent) != item.record["actor"]:
                self._set(item, agent, inherited=True)
                return
        if self.taken is not None:
            self._copy(item, self.taken)

    def _police(self, item: Candidate) -> Record | None:
        """Police named in the same paragraph, as who acts or who speaks of it."""
        segments = self.analysis.segments
        block = segments[item.segment]["block"]
        number = item.segment
        while number > 0 and segments[number - 1]["block"] == block:
            number -= 1
        while number < len(segments) and segments[number]["block"] == block:
            for record in self.by_segment.get(number, ()):
                if record["type"] == "police" or record["text"].lower().endswith("police"):
                    return record
            number += 1
        return None

    @staticmethod
    def _own_side(item: Candidate, agent: Record) -> bool:
        """A soldier or policeman is not killed by police or army without a name."""
        if agent["id"] or item.record["status"] != "combatant":
            return False
        words = set(agent["text"].lower().split())
        return bool(words & {"police", "army", "troops", "soldiers", "forces", "military"})

    @staticmethod
    def _key(record: Record) -> str:
        return str(record["id"] or record["name"] or record["text"])

    def _unclaimed(self, segment: int) -> bool:
        """A mine or a bomb that nobody is said to have sent."""
        known = self._unclaimed_in.get(segment)
        if known is None:
            known = self._unclaimed_in[segment] = self.analysis.has(segment, syn.UNCLAIMED)
        return known

    def _only_agent(self) -> Record | None:
        """The attacker of the document where it knows one alone."""
        found = {self._key(r): r for records in self.agents.values() for r in records}
        if len(found) != 1:
            return None
        mentions = [s for s, records in self.agents.items() for _ in records]
        if len(mentions) < 2 and self.analysis.segments[min(mentions)]["block"] > 3:
            # said once, in passing, far down the text
            return None
        victims = {c.record["actor"] for c in self.analysis.candidates if not c.reason}
        others = (
            {
                self._key(r)
                for records in self.by_segment.values()
                for r in records
                if r["kind"] in _SIDES
            }
            - victims
            - set(found)
        )
        return next(iter(found.values())) if len(others) <= 1 else None

    def _in_block(self, item: Candidate) -> Record | None:
        segments = self.analysis.segments
        block = segments[item.segment]["block"]
        here = self.agents.get(item.segment, [])
        if here and not self._clash(item.segment):
            before = [r for r in here if r["char_start"] < item.record["start"]]
            return before[-1] if before else here[0]
        at = item.segment - 1
        while at >= 0 and segments[at]["block"] == block:
            if self.agents.get(at):
                return self.agents[at][-1]
            at -= 1
        return None

    def _over_list(self, item: Candidate) -> Record | None:
        """``a regional distribution of ISIS attacks:`` holds for the items under it."""
        segments = self.analysis.segments
        level = segments[item.segment]["parent"]
        while level >= 0:
            block = segments[level]["block"]
            at = level
            while at >= 0 and segments[at]["block"] == block:
                if self.agents.get(at):
                    return self.agents[at][-1]
                at -= 1
            level = segments[level]["parent"]
        return None

    def _claimed(self, counts: list[Candidate]) -> None:
        """``X claimed responsibility``: the attack told in the same paragraph was by X."""
        segments = self.analysis.segments
        in_block: dict[int, list[Candidate]] = {}
        for item in counts:
            in_block.setdefault(segments[item.segment]["block"], []).append(item)
        for number, records in self.by_segment.items():
            if number < 0:
                continue
            data = segments[number]
            words = self._words(number)
            claims = any(w.startswith("claim") for w in words) and (
                "responsibility" in words or "attack" in words
            )
            taken = "credit" in words or ("responsible" in words and "said" in words)
            named = self._blamed(number)
            if not named and (claims or taken) and "no" not in words:
                named = [r for r in records if r["kind"] in ("named", "shape")]
            if not named:
                continue
            for item in in_block.get(data["block"], ()):
                if item.segment > number or item.record["high"] == 0:
                    continue
                if (
                    item.record["measure"] in (*_HARM, "abducted")
                    and (not item.record["by_text"] or self._is_noun(item.record["by_text"]))
                    and item.record["actor"] != self._key(named[0])
                ):
                    self._set(item, named[0], inherited=True)

    def _blamed(self, segment: int) -> list[Record]:
        """``authorities blamed X``, ``attributed the attack to X``: who is said to have done it."""
        data, low = self.analysis.segments[segment], self.analysis.words.low
        for record in self.by_segment.get(segment, ()):
            if record["kind"] not in ("named", "shape", "state"):
                continue
            before = self._skip_back(record["start"] - 1, data["start"])
            if before < 0:
                continue
            start = max(data["start"], before - _ATTRIBUTION_WORDS)
            if low[before] in _BLAMING or (
                low[before] in ("to", "on")
                and any(low[t].startswith(("attribut", "blame")) for t in range(start, before))
            ):
                return [record]
        return []

    def _is_noun(self, name: str) -> bool:
        return name in self.nouns

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

    def _not_themselves(self, counts: list[Candidate]) -> None:
        """Nobody is the perpetrator of the deaths of his own; nor of a total with such deaths."""
        candidates = self.analysis.candidates
        for item in counts:
            if not item.record["by_text"] or item.record["measure"] not in _HARM:
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
