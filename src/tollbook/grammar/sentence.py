"""One sentence on its way through the grammar: its chunks, their lists, and who claims whom.

The steps that fill it are listed in `tollbook.grammar.govern`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.rules import syntax as syn
from tollbook.rules.measures import measures
from tollbook.rules.word_lists import WordLists, word_lists
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.chunk import Chunk
    from tollbook.grammar.groups import Member

UNTOLD: Final = frozenset(("shoot", "open-fire-hit"))
"""Rules of verbs that do not tell whether people died."""
_BEFORE_VERB: Final = syn.BE | syn.HAVE | syn.MODAL | syn.ADV | syn.NEG | syn.DO
_NO_ADVERB: Final = syn.BE | syn.SPEECH | syn.NEG


class Claim:
    """A measure for a noun group, with the trigger that gave it.

    Attributes:
        measure: one of `tollbook.schema.MEASURES`.
        rule: id of the rule.
        trigger: position of the trigger among the chunks; -1 where the noun itself says it.
        blocked: reason why nothing is counted, or empty.
        weak: True when it comes from a relative clause.
        people: position of the people that a topic names (``the number of civilians``), or -1.

    >>> Claim("killed", "kill", 3)
    <killed by kill@3>
    """

    __slots__ = ("blocked", "measure", "people", "rule", "trigger", "weak")

    def __init__(self, measure: str, rule: str, trigger: int = -1, blocked: str = "") -> None:
        self.measure, self.rule, self.trigger, self.blocked = measure, rule, trigger, blocked
        self.weak = False
        self.people = -1

    def __repr__(self) -> str:
        return f"<{self.measure} by {self.rule}@{self.trigger}{' BLOCKED' if self.blocked else ''}>"


class Sentence:
    """The chunks of one sentence with their lists and claims. Positions are those of chunks.

    Args:
        chunks: chunks of the sentence.
        members: the noun groups in their lists, by position.
        low: words of the Doc in lower case.
        lists: the word lists in use; ours by default.

    Attributes:
        claims: what each noun group suffered, by position.
        objects: positions of the groups that a trigger claims, by its position.
        merged: the trigger that says one outcome together with an earlier one (``killed and
            wounded 25``), by the position of the earlier.
        triggers: positions of the triggers.
    """

    __slots__ = ("chunks", "claims", "lists", "low", "members", "merged", "objects", "triggers")

    def __init__(
        self,
        chunks: list[Chunk],
        members: dict[int, Member],
        low: list[str],
        lists: WordLists | None = None,
    ) -> None:
        self.chunks, self.members, self.low = chunks, members, low
        self.lists = lists or word_lists()
        self.claims: dict[int, Claim] = {}
        self.objects: dict[int, list[int]] = {}
        self.merged: dict[int, int] = {}
        self.triggers = [i for i, chunk in enumerate(chunks) if chunk.kind == "T"]

    # -- going left and right -----------------------------------------------------------------

    def before(self, index: int) -> int:
        """Position of the chunk before, past adverbs; -1 at the start."""
        at = index - 1
        while at >= 0:
            chunk = self.chunks[at]
            if chunk.kind == "W" and (
                (chunk.mask & syn.ADV and not chunk.mask & _NO_ADVERB)
                or (not chunk.mask and chunk.word.endswith("ly"))
            ):
                at -= 1
                continue
            break
        return at

    def after(self, index: int) -> int:
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

    def before_verb(self, index: int) -> int:
        """Position of the chunk before a verb, past all that belongs to it; -1 at the start.

        Auxiliaries, adverbs and ``are believed to`` belong to the verb.
        """
        chunks = self.chunks
        hearsay = word_sets().hearsay
        at = index - 1
        while at >= 0:
            chunk = chunks[at]
            if chunk.kind == "W" and (
                chunk.mask & _BEFORE_VERB
                or (not chunk.mask and chunk.word.endswith("ly"))
                or chunk.word == "to"
                or (chunk.word in hearsay and at > 0 and chunks[at - 1].mask & (syn.BE | syn.ADV))
            ):
                at -= 1
                continue
            break
        return at

    # -- outcomes -----------------------------------------------------------------------------

    def outcome(self, index: int) -> tuple[str, str]:
        """Measure and rule of the trigger at `index`; no measure where a completion says it."""
        chunk = self.chunks[index]
        if chunk.attributes:
            return chunk.attributes[0], "killed-and-injured"
        if chunk.settled:
            return chunk.settled
        for form in chunk.forms:
            if form.trigger.measure and not form.trigger.needs:
                return form.trigger.measure, form.trigger.id
        return "", chunk.forms[0].trigger.id

    def give(self, position: int, claim: Claim) -> None:
        """Let a trigger claim a noun group, unless what is known of it already is stronger.

        Args:
            position: of the noun group.
            claim: with its trigger.
        """
        old = self.claims.get(position)
        if old is not None and (
            self._said_by_noun(position, old, claim)
            if old.trigger < 0
            else self._prevails(old, claim)
        ):
            return
        self.claims[position] = claim

    def thing(self, position: int, rule: str) -> None:
        """Note that a trigger claims what are no people: nothing is counted."""
        if position in self.claims:
            return
        noun = self.members[position].chunk.noun
        self.claims[position] = Claim("", rule, -1, noun.kind if noun else "thing")

    def _said_by_noun(self, position: int, old: Claim, claim: Claim) -> bool:
        """Whether the outcome that a noun says stands, beside the trigger that claims it."""
        noun = self.members[position].chunk.noun
        said = noun is not None and noun.kind in ("casualty", "event")
        if said and (claim.measure != "killed" or claim.weak):
            if claim.blocked and not claim.weak:
                # "18 bodies, which will be handed over" are bodies all the same
                old.blocked = claim.blocked
            old.trigger = claim.trigger
            return True
        if noun is not None and noun.kind == "event":
            return True
        if old.measure == "killed":
            old.trigger = claim.trigger
            return True
        return False

    def _prevails(self, old: Claim, claim: Claim) -> bool:
        """Whether the claim of an earlier trigger is stronger than a new one."""
        if (
            (self._describes(old) and self._tells(claim))
            or (old.weak and not claim.weak and not claim.blocked and old.measure)
            or not old.measure
        ):
            return False
        if old.measure == "casualties" and old.rule in UNTOLD and claim.measure == "injured":
            # "hit by a bullet and receiving treatment"
            return bool(claim.blocked)
        if old.measure == "injured" and claim.measure == "casualties" and claim.rule in UNTOLD:
            return not old.blocked
        known = measures()
        return known[old.measure].weight >= known[claim.measure].weight and not old.blocked

    def _describes(self, claim: Claim) -> bool:
        """A participle or state right after its noun, which a finite verb can follow."""
        if claim.trigger < 0:
            return False
        voice = self.chunks[claim.trigger].voice
        if voice == "state":
            # "two men, 41 days in the hands of X, were freed"; not "are in the hands of X"
            before = self.before(claim.trigger)
            return before < 0 or not self.chunks[before].mask & (syn.BE | syn.VERB)
        return voice == "reduced"

    def _tells(self, claim: Claim) -> bool:
        return (
            claim.trigger >= 0
            and not claim.blocked
            and not claim.weak
            and self.chunks[claim.trigger].voice in ("passive", "subject")
        )


def armed(chunk: Chunk) -> bool:
    """Whether a noun group names combatants or armed people.

    Args:
        chunk: a noun group.
    """
    return bool(
        chunk.noun is not None and (chunk.noun.status == "combatant" or chunk.noun.role == "armed")
    ) or bool(chunk.actors)
