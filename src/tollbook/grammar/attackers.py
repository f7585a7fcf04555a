"""Which groups a sentence shows attacking: ``an Israeli drone``, ``gunmen stormed``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.rules import syntax as syn
from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.mentions import Mentions
    from tollbook.rules.triggers import Trigger

Record = dict[str, Any]

HARM: Final = ("killed", "injured", "casualties")
IRREGULAR: Final = frozenset(("rebel", "jihadist", "militia", "criminal"))
"""Types of groups that attack wherever they act."""
_REACH: Final = 16  # words between attackers and their verb: "gunmen, all of them masked, burst"


def _harms(trigger: Trigger) -> bool:
    """Whether a verb says that its subject kills or injures, by itself or once completed."""
    if trigger.measure:
        return trigger.measure in HARM and trigger.id != "lose-people"
    told = [measure for _, measure in trigger.complete if measure]
    return bool(told) and all(measure in HARM for measure in told)


class Attackers:
    """Reads the words around a mention.

    Attributes:
        voices: of the words that say an outcome, by their token.
    """

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.analysis = mentions.analysis
        triggers = [
            chunk
            for sentence in self.analysis.sentences
            if sentence is not None
            for chunk in sentence.chunks
            if chunk.kind == "T"
        ]
        self.voices = {chunk.start: chunk.voice for chunk in triggers}
        self._harm = {
            chunk.start: any(_harms(form.trigger) for form in chunk.forms) for chunk in triggers
        }
        self._open = {
            chunk.start
            for chunk in triggers
            if not any(form.trigger.measure for form in chunk.forms)
        }
        self._deed = {
            chunk.start: any(
                form.trigger.frame == "object" and form.trigger.id != "lose-people"
                for form in chunk.forms
            )
            for chunk in triggers
        }

    def carries(self, record: Record, segment: int) -> bool:
        """Whether a mention says who attacks in the whole event, not only some of those counted."""
        return self.attacks(record, segment) and not self._of_part(record, segment)

    def attacks(self, record: Record, segment: int) -> bool:
        """Whether a mention says who attacks: ``an Israeli drone``, ``gunmen stormed``."""
        data = self.analysis.segments[segment]
        start, end = record["start"], record["end"]
        low = self.analysis.words.low
        before = self.mentions.skip_back(start - 1, data["start"])
        if start in self.mentions.suffering or self.mentions.speaks(record, data["end"]):
            return False
        after = end
        while after < data["end"] and low[after] in ("", "'s", "’s"):
            after += 1
        near = [self.mentions.mask(t) for t in range(after, min(after + 2, data["end"]))]
        attack = bool(near) and bool(
            near[0] & syn.ATTACK
            or (len(near) > 1 and near[1] & syn.ATTACK and not near[0] & syn.CLOSED)
        )
        own = any(self.mentions.mask(t) & syn.ATTACK for t in range(start, end))
        if record["kind"] == "state" and not record.get("adjective"):
            attack = own = False
        if self.mentions.is_place(record):
            return False
        if self.mentions.bracketed(start, data["start"]) or self.mentions.beside(start):
            return False
        if (attack or own) and record["kind"] != "backed":
            return (
                low[before] not in ("against", "on", "targeting", "target") if before >= 0 else True
            )
        if before >= 0 and low[before] in ("on", "to") and self._blamed(before, data["start"]):
            return True
        if before >= 0 and low[before] == "by":
            if not word_sets().not_done.isdisjoint(low[max(0, before - 2) : before]):
                return False  # "bodies found by villagers"
            return not record.get("adjective") or attack
        if (
            before >= 0
            and low[before] in ("of", "from")
            and self.mentions.mask(before - 1) & syn.ATTACK
        ):
            # "raids of the enemy"
            return low[before - 1] not in ("prison", "prisons")
        if before >= 0 and self.mentions.mask(before) & syn.PREP and low[before] not in ("as",):
            return False
        if before >= 0 and (self.takes_object(before) or self.mentions.mask(before) & syn.NEG):
            # "troops chased bandits into the forest", "neither X nor Y spared the town"
            return False
        if self.mentions.clash(segment) and self.mentions.embroiled(start, data["start"]):
            # "clashes between X and Y left four dead": both
            return False
        return self._acts(record, after, data["end"])

    def _blamed(self, token: int, start: int) -> bool:
        """``drones that medics blamed on X``, before a verb of harm: they are of X."""
        low = self.analysis.words.low
        laying = word_sets().laying_blame
        return any(low[at] in laying for at in range(max(start, token - 2), token))

    def takes_object(self, token: int) -> bool:
        """Whether a word is a verb whose object may follow it."""
        if token in self.voices:
            # "an IED struck an army pickup": what seems reduced has an object here
            return self.voices[token] != "passive"
        mask = self.mentions.mask(token)
        return bool(mask & syn.VERB) and not mask & (syn.SPEECH | syn.CLASH | syn.ATTACK)

    def assails(self, record: Record) -> bool:
        """Whether those of a name attack wherever they act: ``gunmen``, but not ``police``."""
        if record["kind"] == "perpetrator-noun":
            words = set(record["text"].lower().split())
            return not words & (word_sets().of_states | word_sets().bystanders)
        return record["type"] in IRREGULAR

    def _acts(self, record: Record, after: int, end: int) -> bool:
        """Whether the verb of a subject is one of attack: ``gunmen on horseback burst into``."""
        low, words = self.analysis.words.low, word_sets()
        strong = self.assails(record)
        reach = 2 if record["kind"] == "state" else _REACH if strong else 7
        bracket = False
        past_hearsay = after
        for token in range(after, min(after + reach, end)):
            word, mask = low[token], self.mentions.mask(token)
            if word in ("(", ")"):
                bracket = word == "("
            if self.mentions.described(token):
                past_hearsay = token + 3  # "raiders said to be from Chad attacked"
            if bracket or token < past_hearsay:
                continue
            if mask & syn.CLASH:
                if low[token + 1 : token + 2] == ["alongside"]:
                    continue  # "the army, fighting alongside a militia"
                return False
            if token in self.voices:
                if strong and self.voices[token] == "reduced" and token in self._open:
                    return True  # "bandits swooped on": of nobody is it said what befell him
                does = self._deed[token] if strong else self._harm[token]
                return self.voices[token] in ("active", "gerund") and does
            if mask & (syn.BE | syn.SPEECH | syn.PLAN | syn.NEG) or word in (";", ":"):
                return False
            if word == "," and not strong:
                return False
            past = word.endswith("ed") and not mask & syn.CLOSED and word not in words.manner
            if strong and word in ("its", "their") and self._their_attack(token + 1, end):
                return True
            if mask & syn.VERB or (
                strong and (past or word in words.assailing or word in words.assaulting)
            ):
                if past and low[token + 1 : token + 2] == ["by"]:
                    return False
                if word in words.no_attack:
                    return False
                if strong or word in words.assaulting:
                    return True
        return False

    def _their_attack(self, token: int, end: int) -> bool:
        """``kept up their hit-and-run attacks``: what is theirs is an attack."""
        near = range(token, min(token + 4, end))
        return any(self.mentions.mask(at) & syn.ATTACK for at in near)

    def _of_part(self, record: Record, segment: int) -> bool:
        """``including eight who were killed by X``: X did this to the eight, not to the others."""
        part = record["start"]
        phrases = self.analysis.phrases
        for token in range(self.analysis.segments[segment]["start"], record["start"]):
            length, mask = phrases.get(token, (1, self.mentions.mask(token)))
            if mask & syn.INCLUDING:
                part = token + length
            elif token >= part and mask & syn.REL:
                return True
        return False
