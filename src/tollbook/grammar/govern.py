"""Which trigger governs which noun group: the outcome of each count.

A trigger is first read for its voice, then claims the groups on the side where those who
suffer it stand. The claim of a verb for its subject comes before the claim for an object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.chunks import completion
from tollbook.grammar.groups import Member
from tollbook.rules import syntax as syn
from tollbook.rules.nouns import nouns
from tollbook.rules.syntax import syntax

if TYPE_CHECKING:
    from tollbook.grammar.chunks import Chunk

_WEIGHT: Final = {
    "killed": 9, "casualties": 8, "injured": 7, "abducted": 6, "released": 5, "missing": 4,
    "detained": 3, "displaced": 2, "incidents": 1,
}  # fmt: skip
_LEFT: Final = frozenset(("passive", "reduced", "subject", "state"))
_TOPICS: Final = frozenset(("toll", "tolls"))
_FINITE: Final = syn.BE | syn.HAVE | syn.DO | syn.MODAL | syn.SPEECH | syn.VERB


class Claim:
    """A measure for a noun group, with the trigger that gave it.

    Attributes:
        measure: one of `tollbook.schema.MEASURES`.
        rule: id of the rule.
        trigger: position of the trigger among the chunks; -1 where the noun itself says it.
        blocked: reason why nothing is counted, or empty.
        weak: True when it comes from a relative clause.
        people: position of the people that a topic names (``the number of civilians``), or -1.
    """

    __slots__ = ("blocked", "measure", "people", "rule", "trigger", "weak")

    def __init__(self, measure: str, rule: str, trigger: int = -1, blocked: str = "") -> None:
        self.measure, self.rule, self.trigger, self.blocked = measure, rule, trigger, blocked
        self.weak = False
        self.people = -1

    def __repr__(self) -> str:
        return f"<{self.measure} by {self.rule}@{self.trigger}{' BLOCKED' if self.blocked else ''}>"


class Sentence:
    """The chunks of one sentence with their lists and claims."""

    def __init__(self, chunks: list[Chunk], members: dict[int, Member], low: list[str]) -> None:
        self.chunks = chunks
        self.nouns = nouns()
        self.syntax = syntax().words
        self.members = members
        self.low = low
        self.claims: dict[int, Claim] = {}
        self.objects: dict[int, list[int]] = {}
        self.merged: set[int] = set()
        self.relative = False
        self.triggers = [i for i, chunk in enumerate(chunks) if chunk.kind == "T"]

    # -- voice --------------------------------------------------------------------------------

    def read_voices(self) -> None:
        """Set voice and block of every trigger."""
        for index in self.triggers:
            self._voice(index)

    def _before(self, index: int) -> int:
        """Position of the chunk before, past adverbs; -1 at the start."""
        at = index - 1
        while at >= 0:
            chunk = self.chunks[at]
            if chunk.kind == "W" and (
                (chunk.mask & syn.ADV and not chunk.mask & (syn.BE | syn.SPEECH | syn.NEG))
                or (not chunk.mask and chunk.word.endswith("ly"))
            ):
                if chunk.word in ("later", "subsequently", "eventually"):
                    self.chunks[index].later = True
                at -= 1
                continue
            break
        return at

    def _after(self, index: int) -> int:
        """Position of the chunk after, past adverbs; the length at the end."""
        at = index + 1
        while at < len(self.chunks):
            chunk = self.chunks[at]
            if chunk.kind == "W" and (
                chunk.mask & syn.ADV or (not chunk.mask and chunk.word.endswith("ly"))
            ):
                at += 1
                continue
            break
        return at

    def _voice(self, index: int) -> None:
        chunk = self.chunks[index]
        forms = chunk.forms
        frames = {form.trigger.frame for form in forms}
        kinds = set().union(*(form.forms for form in forms))
        at = self._before(index)
        previous = self.chunks[at] if at >= 0 else None
        mask = previous.mask if previous is not None and previous.kind == "W" else 0
        chunk.blocked = self._blocked(at)
        if frames == {"of"}:
            chunk.voice = "of"
        elif frames == {"state"}:
            chunk.voice = "state"
        elif frames == {"subject"}:
            chunk.voice = "subject"
            if "base" in kinds and mask & syn.MODAL:
                chunk.blocked = chunk.blocked or "hypothetical"
        elif "gerund" in kinds:
            chunk.voice = "gerund"
            if (
                previous is not None
                and previous.word in ("of", "for", "by", "in")
                and "of" in frames
            ):
                chunk.voice = "of"
            if chunk.blocked == "planned":
                pass
        elif mask & syn.BE and "participle" in kinds:
            chunk.voice = "passive"
        elif mask & syn.HAVE:
            chunk.voice = "active"
        elif kinds & {"base"} and previous is not None and previous.word == "to":
            chunk.voice = "active"
            chunk.blocked = chunk.blocked or self._infinitive(at)
        elif mask & syn.MODAL:
            chunk.voice = "active"
            chunk.blocked = chunk.blocked or "hypothetical"
        elif kinds & {"past", "participle", "base", "present"}:
            chunk.voice = self._bare(index, at, kinds)
        if mask & syn.CONJ or (previous is not None and previous.word in (",", "/")):
            self._share(index, at, kinds)

    def _share(self, index: int, at: int, kinds: set[str]) -> None:
        """``were killed or wounded``: the second verb takes the voice of the first."""
        before = at - 1
        while before >= 0 and self.chunks[before].kind != "T":
            chunk = self.chunks[before]
            if chunk.mask & (_FINITE | syn.SUB & ~syn.PREP) or chunk.word in (";", ".", ":"):
                return
            before -= 1
        if before < 0:
            return
        first, second = self.chunks[before], self.chunks[index]
        near = all(c.kind != "Q" for c in self.chunks[before + 1 : at])
        if (
            near
            and first.voice == "passive"
            and "participle" in kinds
            and second.voice == "reduced"
        ):
            second.voice = "passive"
            second.blocked = second.blocked or first.blocked
        if first.voice in ("active", "gerund") and second.voice == "reduced":
            after = self._after(index)
            if after < len(self.chunks) and self.chunks[after].kind in "QN":
                # "have killed two and taken three alive"
                second.voice = "active"
        if near and first.voice == "reduced" and second.voice == "active" and "past" in kinds:
            # "killed and wounded 12": both look to the right
            first.voice = "active"

    def _bare(self, index: int, at: int, kinds: set[str]) -> str:
        """A past form without an auxiliary: ``gunmen killed three`` or ``three killed``."""
        after = self._after(index)
        while (
            after < len(self.chunks)
            and self.chunks[after].kind == "W"
            and (self.chunks[after].mask & syn.DET or self.chunks[after].word in _ORDER)
        ):
            # "freed the remaining seven"
            after = self._after(after)
        right = self.chunks[after] if after < len(self.chunks) else None
        left = self.chunks[at] if at >= 0 else None
        object_right = right is not None and right.kind in "QN" and right.countable
        if right is not None and right.kind == "A" and after == index + 1:
            object_right = True
        if not kinds & {"participle"}:
            return "active"
        if not kinds & {"past"}:
            return "reduced"
        if object_right and right is not None:
            if left is not None and left.kind == "Q" and left.countable and not _armed(left):
                following = self._after(after)
                own = right.noun is not None and right.noun.kind == "casualty"
                follows = following < len(self.chunks) and self.chunks[following].kind == "T"
                if own or follows:
                    return "reduced"
            return "active"
        return "reduced"

    def _infinitive(self, at: int) -> str:
        """``to kill``: nothing has happened yet, unless the verb before says so."""
        before = self._before(at)
        if before >= 0 and self.chunks[before].word in (
            "managed", "proceeded", "went on", "used", "succeeded",
        ):  # fmt: skip
            return ""
        return "planned"

    def _blocked(self, at: int) -> str:
        """Reason in the words before a verb that nothing is counted."""
        steps = 0
        perfect = False
        while at >= 0 and steps < 5:
            chunk = self.chunks[at]
            if chunk.kind != "W":
                break
            mask = chunk.mask
            if mask & syn.HAVE:
                perfect = True
            if mask & syn.NEG:
                return "negated"
            if mask & syn.MODAL and not perfect and chunk.word != "to be":
                return "hypothetical"
            if chunk.word == "to" or chunk.word == "to be":
                if perfect or (at and self.chunks[at - 1].mask & syn.HAVE):
                    # "is said to have died", "had to be evacuated"
                    return ""
                if at + 1 < len(self.chunks) and self.chunks[at + 1].mask & syn.BE:
                    before = self._before(at)
                    if before >= 0 and self.chunks[before].word in ("believed", "known", "found"):
                        return ""
                    return "planned"
                return ""
            if mask & syn.PLAN and not perfect:
                return "planned"
            if not mask & (syn.BE | syn.HAVE | syn.DO | syn.ADV | syn.DET | syn.MODAL):
                break
            at -= 1
            steps += 1
        return ""

    # -- claims -------------------------------------------------------------------------------

    def claim(self) -> None:
        """Give every noun group the measure of the trigger that governs it."""
        self._own()
        self._merge()
        for index in self.triggers:
            if index not in self.merged and self.chunks[index].voice in _LEFT:
                self._claim_left(index)
        for index in self.triggers:
            if index not in self.merged and self.chunks[index].voice not in _LEFT:
                self._claim_right(index)
        self._involving()
        self._topic()
        self._among()
        self._condition()

    def _own(self) -> None:
        """Measures that the noun itself carries: ``12 fatalities``, ``three wounded men``."""
        for index, member in self.members.items():
            chunk = member.chunk
            if chunk.kind != "Q":
                continue
            noun = chunk.noun
            if (noun is not None and noun.kind in ("casualty", "event")) or (
                noun is not None and noun.measure
            ):
                self.claims[index] = Claim(noun.measure, f"noun:{noun.id}")
            for measure in chunk.attributes:
                if measure and (noun is None or noun.kind == "person"):
                    self.claims[index] = Claim(measure, "attribute")
            for kind, entry in chunk.modifiers:
                if kind == "noun" and entry.measure and index not in self.claims:
                    self.claims[index] = Claim(entry.measure, f"noun:{entry.id}")

    def _merge(self) -> None:
        """``killed and wounded 25`` is one outcome: casualties."""
        for first, second in zip(self.triggers, self.triggers[1:], strict=False):
            between = self.chunks[first + 1 : second]
            if not between or not all(
                c.word in ("and", "or", "/", "&", "and/or", "either", "others") for c in between
            ):
                continue
            a, b = self.chunks[first], self.chunks[second]
            pair = {_measure(a), _measure(b)}
            if pair == {"killed", "injured"} and (
                a.voice == b.voice or {a.voice, b.voice} <= {"passive", "reduced"}
            ):
                self.merged.add(second)
                a.attributes = ["casualties"]
                a.end = b.end
                if b.voice == "active":
                    a.voice = "active"
                a.lemma = str(second)
            elif a.voice == "gerund" and b.voice == "gerund" and pair == {"killed", "injured"}:
                self.merged.add(second)
                a.attributes = ["casualties"]

    def _last(self, index: int) -> int:
        """Position of the last trigger merged into the one at `index`."""
        lemma = self.chunks[index].lemma
        return int(lemma) if lemma.isdecimal() else index

    def _claim_left(self, index: int) -> None:
        trigger = self.chunks[index]
        measure, rule = self._measure(index)
        if not measure:
            return
        at = self._find_left(index)
        if at < 0:
            return
        member = self.members[at]
        if not member.chunk.countable:
            self._thing(at, rule)
            return
        taken = self._subject_list(member, index)
        self.objects[index] = taken
        for position in taken:
            claim = Claim(measure, rule, index, trigger.blocked)
            claim.weak = self.relative
            self._give(position, claim)

    def _find_left(self, index: int) -> int:
        """Position of the noun group that is the subject of the verb at `index`, or -1."""
        chunks = self.chunks
        at = index - 1
        shared = False
        depth = 0
        state = chunks[index].voice == "state"
        through_relative = False
        self.relative = False
        while at >= 0:
            chunk = chunks[at]
            if chunk.kind == "W" and chunk.mask & syn.REL and at == self._before_aux(index):
                through_relative = self.relative = True
            if (
                chunk.kind == "W"
                and chunk.word in ("he", "she", "they")
                and (at == self._before_aux(index))
            ):
                return self._pronoun(at, plural=chunk.word == "they")
            if chunk.kind == ".":
                if chunk.word in ")]":
                    depth += 1
                elif chunk.word in "([":
                    depth = max(0, depth - 1)
                elif chunk.word in (";", "!", "?") or (chunk.word == ":" and not depth):
                    return -1
                at -= 1
                continue
            if depth:
                at -= 1
                continue
            if chunk.kind in "NA" and at and self._relative_subject(at, index):
                # "civilians whom the army accused ... were killed"
                at -= 2
                continue
            if state and at == index - 1 and chunk.word == "as":
                # "listed as missing"
                at -= 1
                continue
            if chunk.kind in "QN":
                near = through_relative or (
                    chunks[index].voice in ("reduced", "state") and at == self._before_aux(index)
                )
                through_relative = False
                if self.members[at].group < 0:
                    at -= 1
                    continue
                if not near and self._is_object_of_preposition(at):
                    at -= 1
                    continue
                if chunk.kind == "N" and at and chunks[at - 1].mask & syn.BE and not near:
                    # "seven were militiamen": a predicate, no subject
                    at -= 1
                    continue
                if chunk.kind == "N" and chunk.countable and self._is_apposition(at, index):
                    at -= 1
                    continue
                return at
            if chunk.kind == "T":
                if chunk.voice == "of":
                    return -1
                if state and chunk.voice in ("passive", "reduced", "subject"):
                    at -= 1
                    continue
                if chunk.voice == "reduced" and at and chunks[at - 1].kind in "QN":
                    # "three of those arrested were released"
                    at -= 1
                    continue
                # "was abducted and killed", or a relative clause that stands before
                relative = self._relative_start(at)
                if relative >= 0:
                    at = relative - 1
                    continue
                if self._conjoined(at, index) or shared:
                    shared = True
                    at -= 1
                    continue
                return -1
            mask = chunk.mask
            if mask & syn.CONJ and at == self._before_aux(index):
                shared = True
            if mask & (syn.COND) or (mask & syn.SUB and not mask & (syn.ADV | syn.PREP)):
                return -1
            if mask & syn.BUT and at != self._before_aux(index):
                return -1
            if mask & (
                syn.VERB | syn.SPEECH | syn.HAVE | syn.MODAL | syn.DO
            ) and at < self._before_aux(index):
                relative = self._relative_start(at)
                if relative >= 0:
                    at = relative - 1
                    continue
                if not shared and not (mask & (syn.HAVE | syn.MODAL | syn.DO)):
                    if not self._is_reduced(at) or (state and not mask & syn.SPEECH):
                        return -1
            at -= 1
        return -1

    def _relative_subject(self, at: int, index: int) -> bool:
        """Whether a group is the subject of a relative clause that ends before the verb."""
        before = self.chunks[at - 1]
        if before.word == "whom":
            return at < 2 or not self.chunks[at - 2].mask & syn.PREP
        if not before.mask & syn.REL or before.mask & syn.DET:
            return False
        if at > 1 and self.chunks[at - 2].mask & syn.PREP:
            return False
        return any(
            c.kind == "W" and c.mask & (syn.VERB | syn.SPEECH)
            for c in self.chunks[at + 1 : self._before_aux(index) + 1]
        )

    def _pronoun(self, at: int, *, plural: bool) -> int:
        """Position of the group that ``he``, ``she`` or ``they`` stands for, or -1."""
        for position in sorted(self.members, reverse=True):
            chunk = self.members[position].chunk
            if position >= at or chunk.kind != "Q" or not chunk.countable:
                continue
            claim = self.claims.get(position)
            if claim is not None and claim.measure == "killed":
                continue
            number = chunk.number
            assert number is not None
            if (number["best"] != 1) == plural:
                return position
        return -1

    def _is_reduced(self, at: int) -> bool:
        """A participle after a noun (``six men wanted over a theft``), not a finite verb."""
        word = self.chunks[at].word
        return word.endswith(("ed", "ing")) and at > 0 and self.chunks[at - 1].kind in "QNA"

    def _before_aux(self, index: int) -> int:
        at = index - 1
        while at >= 0:
            chunk = self.chunks[at]
            if chunk.kind == "W" and (
                chunk.mask & (syn.BE | syn.HAVE | syn.MODAL | syn.ADV | syn.NEG | syn.DO)
                or (not chunk.mask and chunk.word.endswith("ly"))
                or chunk.word == "to"
                or (
                    chunk.word in ("said", "believed", "reported", "thought", "known", "presumed",
                                   "feared", "confirmed", "claimed", "understood")
                    and at > 0 and self.chunks[at - 1].mask & (syn.BE | syn.ADV)
                )
            ):  # fmt: skip
                at -= 1
                continue
            return at
        return at

    def _conjoined(self, first: int, second: int) -> bool:
        between = self.chunks[first + 1 : second]
        words = [c.word for c in between if c.kind in "W."]
        return any(w in ("and", "or", "but", "then", ",") for w in words[-4:]) and not any(
            c.kind in "Q" for c in between
        )

    def _relative_start(self, at: int) -> int:
        """Position of the relative pronoun whose clause the verb at `at` belongs to, or -1."""
        steps = 0
        while at >= 0 and steps < 12:
            chunk = self.chunks[at]
            if (
                chunk.kind == "W"
                and chunk.mask & syn.REL
                and (not chunk.mask & syn.DET or (at > 0 and self.chunks[at - 1].kind in "QNA"))
            ):
                return at
            if chunk.kind == "Q" or (chunk.kind == "." and chunk.word != ","):
                return -1
            at -= 1
            steps += 1
        return -1

    def _is_object_of_preposition(self, at: int) -> bool:
        before = self._before(at)
        if before < 0:
            return False
        chunk = self.chunks[before]
        if chunk.kind != "W":
            return False
        if chunk.mask & syn.DET:
            before -= 1
            if before < 0 or self.chunks[before].kind != "W":
                return False
            chunk = self.chunks[before]
        if not chunk.mask & syn.PREP or chunk.mask & (syn.CONJ | syn.INCLUDING):
            return False
        if chunk.word == "of" and before and self.chunks[before - 1].word in ("total", "estimated"):
            return False
        return not (chunk.word in ("with", "at", "of", "up", "over", "to") and before == 0)

    def _is_apposition(self, at: int, index: int) -> bool:
        """``three soldiers, members of X, were killed``: people without a number after people."""
        if at < 2 or self.chunks[at - 1].word != ",":
            return False
        before = self.chunks[at - 2]
        noun = self.chunks[at].noun
        return before.kind == "Q" and noun is not None and noun.plural

    def _subject_list(self, member: Member, index: int) -> list[int]:
        """Who is claimed when the verb at `index` claims `member`."""
        if member.parent is not None:
            comma = self._comma_between(member.index, index)
            own = member.how == "partitive" or self._of_whom(member)
            if own and not comma:
                return [
                    m.index
                    for m in self.members.values()
                    if m.parent is member.parent
                    and m.how == member.how
                    and m.index <= member.index
                    and (
                        m is member or (m.index >= member.index - 4 and m.index not in self.claims)
                    )
                ]
            if member.how in ("colon", "dash", "bracket"):
                return [member.index]
            while member.parent is not None:
                member = member.parent
        mains = [
            m.index
            for m in self.members.values()
            if m.group == member.group
            and m.parent is None
            and m.index <= member.index
            and m.chunk.countable
        ]
        first = min(mains)
        before = self.chunks[first - 1] if first else None
        governed = (
            before is not None and before.kind == "T" and before.voice in ("active", "gerund", "of")
        )
        if not governed and first > 1 and before is not None and before.word == "of":
            governed = self.chunks[first - 2].kind == "T"
        if governed and len(mains) > 1:
            return [member.index]
        if governed:
            # a participle after the object of another verb only describes it
            verb = first - 1 if before is not None and before.kind == "T" else first - 2
            if self.chunks[index].voice == "reduced" and self._measure(verb)[0]:
                return []
            return [member.index]
        result = []
        for position in reversed(mains):
            claim = self.claims.get(position)
            if claim is not None and claim.trigger < 0 and position != member.index:
                break
            result.append(position)
        return result

    def _comma_between(self, left: int, right: int) -> bool:
        return any(c.word == "," for c in self.chunks[left + 1 : right])

    def _of_whom(self, member: Member) -> bool:
        at = self._before(member.index)
        return (
            at >= 0
            and self.chunks[at].word in ("of", "among", "including")
            and (self.low[self.chunks[at].end - 1] == "whom")
        )

    def _claim_right(self, index: int) -> None:
        trigger = self.chunks[index]
        start = self._last(index)
        at = self._after(start)
        chunks = self.chunks
        if trigger.voice == "of":
            while at < len(chunks) and chunks[at].kind == "W" and chunks[at].word in (
                "of", "to", "the", "all", "some",
            ):  # fmt: skip
                at = self._after(at)
        # "shot dead a man": the completion stands before the object
        measure, rule = self._measure(index)
        skipped = 0
        while at < len(chunks) and skipped < 4:
            chunk = chunks[at]
            if chunk.kind in "QN":
                break
            if chunk.kind == "T":
                nxt = chunk
                if nxt.voice == "state" and at == index + 1:
                    at += 1
                    continue
                return
            if chunk.kind == "A":
                at += 1
                skipped += 1
                continue
            if chunk.word in ("himself", "herself", "themselves") and at + 1 < len(chunks):
                # "killing himself, two guards and a child"
                at += 2
                continue
            if chunk.kind == "." or chunk.mask & (
                syn.SUB | syn.COND | syn.REL | syn.BUT | syn.BE | syn.HAVE | syn.MODAL
            ):
                return
            if chunk.mask & syn.PREP and chunk.word not in (
                "up",
                "to",
                "over",
                "of",
                "around",
                "about",
            ):
                return
            if chunk.mask & syn.CONJ:
                return
            at += 1
            skipped += 1
        if at >= len(chunks) or chunks[at].kind not in "QN":
            return
        member = self.members[at]
        taken = self._object_list(member)
        if not measure or trigger.forms[0].trigger.complete:
            end = self._reach(taken)
            found = completion(trigger.forms, self.low, end)
            steps = 0
            while (
                found is None
                and steps < 6
                and end < len(self.low)
                and (self.low[end] not in (",", ".", ";", ":", "and"))
            ):
                # "drove 4,000 residents of seven villages into the forest"
                end += 1
                steps += 1
                found = completion(trigger.forms, self.low, end) if end < len(self.low) else None
            if found is not None:
                _, measure, rule = found
        if not measure and trigger.word in _SEIZING and self._armed_before(index):
            measure, rule = "abducted", "seize-people"
        if not measure:
            return
        if not member.chunk.countable:
            self._thing(at, rule)
            return
        bare = member.chunk.noun is None and not member.chunk.lemma
        if bare and self.syntax.get(trigger.word, 0) & syn.RISE:
            # "the toll has hit 321": no verb of harm
            return
        self.objects[index] = taken
        for position in taken:
            if self.members[position].chunk.countable:
                self._give(position, Claim(measure, rule, index, trigger.blocked))

    def _armed_before(self, index: int) -> bool:
        """Whether the subject of a verb is an armed group."""
        for chunk in reversed(self.chunks[:index]):
            if chunk.kind == "A" or (chunk.kind in "QN" and _armed(chunk)):
                return True
            if chunk.kind in "QT" or chunk.word in (";", "."):
                return False
        return False

    def _object_list(self, member: Member) -> list[int]:
        taken = []
        for position in sorted(self.members):
            other = self.members[position]
            if position < member.index or other.group != member.group:
                continue
            if other.parent is not None and other is not member:
                continue
            claim = self.claims.get(position)
            if (
                claim is not None
                and claim.trigger >= 0
                and not claim.blocked
                and position != member.index
            ):
                break
            if claim is not None and claim.trigger < 0 and position != member.index:
                break
            taken.append(position)
        return taken

    def _reach(self, taken: list[int]) -> int:
        """Token after the last claimed group and its parts, past a comma."""
        group = self.members[taken[0]].group
        last = max([*taken, *(m.index for m in self.members.values() if m.group == group)])
        end = self.chunks[last].end
        while end < len(self.low) and self.low[end] in ("", ","):
            end += 1
        return end

    def _give(self, position: int, claim: Claim) -> None:
        old = self.claims.get(position)
        if old is not None:
            if old.trigger < 0:
                noun = self.members[position].chunk.noun
                said = noun is not None and noun.kind in ("casualty", "event")
                if said and (claim.measure != "killed" or claim.weak):
                    if claim.blocked:
                        old.blocked = claim.blocked
                    old.trigger = claim.trigger
                    return
                if noun is not None and noun.kind == "event":
                    return
                if old.measure == "killed":
                    old.trigger = claim.trigger
                    return
            elif (
                (self._describes(old) and self._tells(claim))
                or (old.weak and not claim.weak and not claim.blocked and old.measure)
                or not old.measure
            ):
                pass
            elif _WEIGHT[old.measure] >= _WEIGHT[claim.measure] and not old.blocked:
                return
        self.claims[position] = claim

    def _describes(self, claim: Claim) -> bool:
        """A participle right after its noun, which a finite verb can follow."""
        return claim.trigger >= 0 and self.chunks[claim.trigger].voice == "reduced"

    def _tells(self, claim: Claim) -> bool:
        return (
            claim.trigger >= 0
            and not claim.blocked
            and not claim.weak
            and self.chunks[claim.trigger].voice in ("passive", "subject")
        )

    def _thing(self, position: int, rule: str) -> None:
        if position in self.claims:
            return
        noun = self.members[position].chunk.noun
        self.claims[position] = Claim("", rule, -1, noun.kind if noun else "thing")

    def _measure(self, index: int) -> tuple[str, str]:
        chunk = self.chunks[index]
        if chunk.attributes:
            return chunk.attributes[0], "killed-and-injured"
        if chunk.settled:
            return chunk.settled
        for form in chunk.forms:
            if form.trigger.measure and not form.trigger.needs:
                return form.trigger.measure, form.trigger.id
        return "", chunk.forms[0].trigger.id

    def _involving(self) -> None:
        """``19 abduction incidents involving 64 civilians``: the outcome the incidents are of."""
        for position, member in self.members.items():
            chunk = member.chunk
            if chunk.kind != "Q" or chunk.noun is None or chunk.noun.kind not in ("event", "other"):
                continue
            inner = [self.nouns.get(word) for word in chunk.noun.noun.split()[:-1]]
            measures = [e.measure for kind, e in chunk.modifiers if kind == "noun" and e.measure]
            measures += [noun.measure for noun in inner if noun is not None and noun.measure]
            measures = [m for m in measures if m != "incidents"]
            after = position + 1
            if not measures or after + 1 >= len(self.chunks):
                continue
            if self.chunks[after].word in ("involving", "of", "affecting", "with"):
                at = self._after(after)
                if at < len(self.chunks) and self.chunks[at].kind == "Q":
                    self.claims.setdefault(at, Claim(measures[-1], "involving"))

    # -- among the dead -----------------------------------------------------------------------

    def _members_from(self, at: int) -> list[int]:
        """Positions of the noun groups of one list, from `at` on."""
        group = self.members[at].group
        return [
            m.index
            for m in self.members.values()
            if m.group == group and m.index >= at and m.parent is self.members[at].parent
        ]

    def _among(self) -> None:
        """``a girl was among the dead``; ``among the dead are five children``."""
        chunks = self.chunks
        for index, chunk in enumerate(chunks[:-2]):
            # "the dead included four women"
            measure = TOPIC_NOUNS.get(chunk.word, "") if chunk.kind == "W" else ""
            if not measure or (
                index and not chunks[index - 1].mask & syn.DET and chunks[index - 1].word != "own"
            ):
                continue
            at = self._after(index)
            while (
                at < len(chunks)
                and at < index + 8
                and chunks[at].kind == "W"
                and not (chunks[at].mask & (syn.INCLUDING | syn.BE | syn.SPEECH | syn.HAVE))
            ):
                # "its own dead in the same period were only 640"
                at += 1
            if at < len(chunks) and chunks[at].mask & (syn.INCLUDING | syn.BE):
                at = self._after(at)
                if at < len(chunks) and chunks[at].kind in "QN" and chunks[at].countable:
                    for position in self._members_from(at):
                        known = self.claims.get(position)
                        if known is None or known.measure == measure:
                            self.claims[position] = Claim(measure, "among-the", index)
        for index, chunk in enumerate(chunks):
            if not chunk.mask & syn.AMONG:
                continue
            measure = TOPIC_NOUNS.get(self.low[chunk.end - 1], "")
            if not measure:
                continue
            claim = Claim(measure, "among-the", index)
            at = index + 1
            while (
                at < len(chunks)
                and chunks[at].kind == "W"
                and (chunks[at].mask & (syn.BE | syn.ADV | syn.INCLUDING))
            ):
                at += 1
            if at < len(chunks) and chunks[at].kind in "QN" and at > index + 1:
                for position in self._members_from(at):
                    known = self.claims.get(position)
                    if known is None or known.measure == measure:
                        self.claims[position] = claim
                continue
            before = self._before_aux(index)
            if before >= 0 and chunks[before].kind in "QN":
                group = self.members[before].group
                for position, member in self.members.items():
                    if member.group == group and position <= before and member.parent is None:
                        self.claims.setdefault(position, claim)
            for later in range(index + 1, len(chunks)):
                # "and so was a volunteer"
                if chunks[later].word == "so" and later + 2 < len(chunks):
                    after = later + 1
                    while after < len(chunks) and chunks[after].mask & syn.AUX:
                        after += 1
                    if after < len(chunks) and chunks[after].kind in "QN":
                        self.claims.setdefault(after, claim)

    # -- figures under a topic ----------------------------------------------------------------

    def _topic(self) -> None:
        """``the death toll rose to 12``, ``the number of wounded has reached 30``."""
        chunks = self.chunks
        bare = [
            position
            for position, member in self.members.items()
            if member.chunk.kind == "Q"
            and member.parent is None
            and member.chunk.countable
            and (position not in self.claims or self.claims[position].measure == "casualties")
        ]
        if not bare:
            return
        topics: list[tuple[int, str, str, int]] = []
        for index, chunk in enumerate(chunks):
            if chunk.kind == "W" and not chunk.mask & ~syn.ATTACK and index < max(bare):
                noun = self.nouns.get(chunk.word)
                if noun is not None and noun.plural and noun.kind in ("casualty", "event"):
                    topics.append((index, noun.measure, f"noun:{noun.id}", -1))
                elif chunk.word in TOPIC_NOUNS:
                    topics.append((index, TOPIC_NOUNS[chunk.word], f"topic:{chunk.word}", -1))
            if (
                chunk.kind == "N"
                and chunk.noun is not None
                and index
                and (chunks[index - 1].mask & syn.RISE)
            ):
                # "bringing those displaced to 61,492"
                measure = chunk.noun.measure or TOPIC_NOUNS.get(chunk.noun.noun, "")
                if measure:
                    topics.append((index, measure, f"noun:{chunk.noun.id}", -1))
            if chunk.word in _TOPICS:
                topic = "killed"
                for other in chunks[max(0, index - 3) : index + 4]:
                    if other.word in ("injury", "injuries", "injured", "wounded"):
                        topic = "injured"
                    if other.word in ("casualty", "casualties"):
                        topic = "casualties"
                topics.append((index, topic, "toll", -1))
            elif chunk.word in (
                "number",
                "count",
                "tally",
                "total",
                "those",
                "figure",
            ) and index + 1 < len(chunks):
                measure = self._topic_measure(index)
                if measure:
                    people = next(
                        (
                            i
                            for i in range(index + 1, min(index + 5, len(chunks)))
                            if chunks[i].kind == "N"
                        ),
                        -1,
                    )
                    topics.append((index, measure, "number-of", people))
        if not topics:
            return
        for position in bare:
            # the strongest topic before it, a toll or "the number of" before a mere noun
            earlier = [t for t in topics if t[0] < position] or topics
            said = [t for t in earlier if not t[2].startswith("noun:")] or earlier
            _, topic, rule, people = said[-1]
            chunk = self.members[position].chunk
            claim = self.claims.get(position)
            if claim is not None and claim.trigger >= 0:
                continue
            if topic == "incidents" and chunk.noun is not None:
                continue
            if (
                chunk.number is not None
                and chunk.number["high"] == 0
                and said[-1][0] == position - 1
            ):
                # "own losses zero"
                self.claims[position] = Claim(topic, rule, position - 1)
                continue
            if position and chunks[position - 1].word == "by":
                # "rose by nine": a difference
                self.claims[position] = Claim("", rule, -1, "difference")
                continue
            at = position - 1
            steps = 0
            while at >= 0 and steps < 5:
                before = chunks[at]
                rises = before.mask & syn.RISE or (
                    # "has now hit 321"
                    before.kind == "T" and self.syntax.get(before.word, 0) & syn.RISE
                )
                if before.kind in "QN":
                    break
                if rises or before.word in (":", "to", "of", "("):
                    if (rises and before.word != "at") or steps < 2:
                        given = Claim(topic, rule, at, self._expected(at))
                        given.people = people
                        self.claims[position] = given
                    break
                at -= 1
                steps += 1

    def _expected(self, at: int) -> str:
        """``may rise to``, ``is likely to rise to``: no figure yet."""
        for chunk in self.chunks[max(0, at - 4) : at]:
            if chunk.kind == "W" and chunk.mask & (syn.MODAL | syn.PLAN) and chunk.word != "to be":
                return "hypothetical"
        return ""

    def _topic_measure(self, index: int) -> str:
        for chunk in self.chunks[index + 1 : index + 14]:
            if chunk.kind == "T":
                measure, _ = self._measure(self.chunks.index(chunk))
                if measure:
                    return measure
            if chunk.kind in "QN" and chunk.noun is not None and chunk.noun.measure:
                return chunk.noun.measure
            if chunk.kind == "W" and chunk.word in TOPIC_NOUNS:
                return TOPIC_NOUNS[chunk.word]
            if chunk.kind == "Q":
                return ""
        return ""

    def _condition(self) -> None:
        """Nothing is counted in a clause that begins with ``if``."""
        for index, chunk in enumerate(self.chunks):
            if (
                chunk.kind == "W"
                and chunk.mask & syn.COND
                and chunk.word in ("if", "unless", "lest")
            ):
                for position, claim in self.claims.items():
                    if position > index or claim.trigger > index:
                        claim.blocked = claim.blocked or "hypothetical"


_ORDER: Final = frozenset("remaining other last first next final entire same".split())
_SEIZING: Final = frozenset("take takes took taken taking seize seized seizes".split())

TOPIC_NOUNS: Final = {
    "fatalities": "killed", "deaths": "killed", "dead": "killed", "martyrs": "killed",
    "victims": "killed", "killed": "killed", "wounded": "injured", "injured": "injured",
    "injuries": "injured", "casualties": "casualties", "missing": "missing",
    "detainees": "detained", "arrestees": "detained", "arrests": "detained",
    "abductees": "abducted", "hostages": "abducted", "displaced": "displaced",
}  # fmt: skip


def _armed(chunk: Chunk) -> bool:
    return bool(
        chunk.noun is not None and (chunk.noun.status == "combatant" or chunk.noun.role == "armed")
    ) or bool(chunk.actors)


def _measure(chunk: Chunk) -> str:
    return next((f.trigger.measure for f in chunk.forms if f.trigger.measure), "")
