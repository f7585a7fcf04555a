"""Noun groups: premodifiers and head of people, events and things."""

from __future__ import annotations

from typing import Final

from tollbook.grammar.chunk import PERSON_KINDS, Chunk
from tollbook.grammar.lookup import Lookup
from tollbook.grammar.roles import (
    AGE_WORDS,
    ENDS,
    PLAIN,
    STOP_SIGNS,
    adjectival,
)
from tollbook.rules import syntax as syn
from tollbook.rules.nouns import Noun
from tollbook.rules.triggers import Form

_PREMODIFIERS: Final = 7
FARTHEST: Final = _PREMODIFIERS + 6
_PREDICATIVE: Final = frozenset(("participle", "fixed"))


class NounGroups(Lookup):
    """Reads noun groups."""

    def _is_people(self, index: int, end: int) -> bool:
        probe = Chunk("N", index, index)
        self._group(probe, index, end)
        return probe.noun is not None and probe.noun.kind == "person"

    def _group(self, chunk: Chunk, index: int, end: int, *, joined: bool = True) -> None:
        """Read premodifiers and head noun from `index`; sets the end of the chunk."""
        low, raw, roles = self.low, self.raw, self._roles
        last_end = chunk.end
        limit = min(end, index + FARTHEST)
        unknown: list[int] = []
        steps = 0
        while index < limit and steps < _PREMODIFIERS:
            word = low[index]
            if not word:
                index += 1
                continue
            if roles[index] & PLAIN:
                if chunk.noun is not None and adjectival(word) and low[index - 1] != "-":
                    break
                unknown.append(index)
                index += 1
                steps += 1
                continue
            if roles[index] & ENDS and self._ends(index):
                break
            if index in self.number_at and index != chunk.start:
                break
            age = self._age(index, end) if word[0].isdigit() or word in AGE_WORDS else None
            if age is not None:
                chunk.age, index = age
                chunk.lemma = ""
                continue
            actor = self.actor_at.get(index)
            if actor is not None and self._role(actor, index):
                actor = None
            if actor is not None:
                if _events(chunk):
                    break
                record = self.actors[actor]
                chunk.actors = [*chunk.actors, actor]
                index = max(record["end"], index + 1)
                last_end = index
                unknown.clear()
                if index - record["start"] == 2 and record["kind"] == "perpetrator-noun":
                    # "police officers", "prison guards"
                    tail = self.nouns.get(f"{low[index - 2]} {low[index - 1]}")
                else:
                    tail = None
                tail = tail or self.nouns.get(low[index - 1])
                if tail is not None and tail.kind == "person":
                    self._head(chunk, tail, index - 1, index)
                steps += 1
                continue
            size, mask = self._class(index)
            if size > 1 and mask & syn.ADV and chunk.noun is None:
                # "710 in total"
                index += size
                continue
            if (
                mask & syn.CLOSED
                and low[index + 1 : index + 2] == ["-"]
                and (not self.words.space[index])
            ):
                # "three off-duty policemen"
                index += 2
                continue
            if mask & (syn.CLOSED | syn.DAY) and not (mask & syn.ADV and chunk.noun is None):
                break
            if word in STOP_SIGNS or word.isspace():
                break
            if word == "-":
                if self.words.space[index - 1] or self.words.space[index]:
                    break
                index += 1
                continue
            hit = self._noun(index)
            forms = self._forms(index)
            if hit is not None and forms and hit[1].kind == "casualty":
                # an adjective or participle of outcome ends the group it follows
                if (
                    chunk.noun is not None
                    and any(is_predicate(f) for f in forms)
                    and not (self._names_cause(chunk) and hit[1].kind == "casualty")
                ):
                    break
            if forms and index + len(forms[0].words) in self.number_at:
                # "the junta displaced 20 families"
                break
            if (
                hit is not None
                and chunk.noun is not None
                and chunk.noun.plural
                and (not hit[1].plural and hit[1].kind not in ("casualty", "event"))
                and not (chunk.det == "a" and chunk.kind == "Q")  # "a police conscript"
            ):
                # "three officers hostage", "three soldiers end up"
                break
            if forms and unknown and chunk.kind == "Q" and chunk.noun is None:
                last = low[unknown[-1]]
                if last.endswith("s") and self.nouns.lemma(last) != last:
                    # "the two sides swapped prisoners": a plural that no list knows, and its verb
                    chunk.lemma = self.nouns.lemma(last)
                    break
            if forms and chunk.noun is not None and chunk.noun.plural and chunk.kind == "Q":
                if chunk.noun.kind == "other" and hit is None:
                    # "the two sides swapped prisoners"
                    break
            if forms and (hit is None or hit[1].kind == "casualty"):
                measure = self._attribute(forms, index, end)
                if measure is None and word == "blind" and chunk.noun is None:
                    index += 1  # "a blind farmer"
                    continue
                if measure is None and hit is None:
                    break
                if measure is not None:
                    chunk.attributes = [*chunk.attributes, measure]
                    index += len(forms[0].words)
                    steps += 1
                    continue
            if hit is not None and chunk.noun is not None and chunk.noun.kind == "person":
                if mask & (syn.VERB | syn.ADV) and hit[1].kind == "casualty":
                    # "a Cuban doctor remains behind bars"
                    break
            if (
                hit is not None
                and forms
                and self._predicates(chunk, hit[1], forms, index + hit[0], end)
            ):
                # "two Palestinians shot by settlers", "people displaced by fighting"
                break
            if hit is not None:
                size, noun = hit
                if (
                    chunk.noun is not None
                    and noun.kind not in PERSON_KINDS
                    and noun.kind not in ("event",)
                    and (forms or mask & (syn.VERB | syn.RISE | syn.SPEECH))
                ):
                    break
                if noun.kind == "person" and _events(chunk):
                    break
                self._head(chunk, noun, index, index + size)
                index += size
                last_end = index
                unknown.clear()
                steps += 1
                continue
            demonym = self.nouns.demonym_at(low, index, raw)
            if demonym is not None:
                size, entry = demonym
                chunk.modifiers = [*chunk.modifiers, ("demonym", entry)]
                index += size
                last_end = index
                unknown.clear()
                if entry.person:
                    chunk.noun_start, chunk.noun_end = index - size, index
                steps += 1
                continue
            region = self.region_at.get(index)
            if region is not None:
                index = max(region["end"], index + 1)
                steps += 1
                continue
            if mask & (syn.VERB | syn.SPEECH | syn.RISE) and (
                chunk.noun is not None or not adjectival(word)
            ):
                break
            if mask & syn.ADV and chunk.noun is not None:
                break
            if not word[0].isalpha():
                break
            if chunk.noun is not None and adjectival(word) and low[index - 1] != "-":
                # "three bodies bearing wounds"
                break
            unknown.append(index)
            index += 1
            steps += 1
        if chunk.noun is None and not chunk.actors and unknown:
            # a noun that no list knows: the last word of the group, if a plural or a name
            at = unknown[-1]
            word = low[at]
            singular = self.nouns.lemma(word)
            guessed = self.nouns.guess(word)
            if guessed is not None:
                self._head(chunk, guessed, at, at + 1)
                last_end = at + 1
            elif (singular != word or raw[at][:1].isupper()) and not word.endswith(
                ("ly", "ing", "ed")
            ):
                chunk.lemma = singular
                chunk.noun_start, chunk.noun_end = at, at + 1
                last_end = at + 1
        chunk.end = max(chunk.end, last_end)
        if joined and chunk.noun is not None and chunk.noun.kind == "person":
            self._join(chunk, end)

    def _role(self, actor: int, index: int) -> bool:
        """``gang leaders``: a noun that goes on past the mention of bare armed people."""
        record = self.actors[actor]
        hit = self._noun(index) if record["kind"] == "perpetrator-noun" else None
        return hit is not None and hit[1].kind == "person" and index + hit[0] > record["end"]

    def _predicates(
        self, chunk: Chunk, noun: Noun, forms: list[Form], after: int, end: int
    ) -> bool:
        """Whether a participle after people tells their fate, though it can be a noun too."""
        named = chunk.noun is not None and chunk.noun.kind == "person"
        if not named and noun.kind == "other" and chunk.number is not None:
            # "five hit, two of them dead": several of a singular noun are none
            named = not chunk.modifiers and not noun.plural and chunk.number["best"] != 1
        if not named and not any(kind == "demonym" for kind, _ in chunk.modifiers):
            return False
        if not any("participle" in form.forms for form in forms):
            return False
        word = self.low[after] if after < end else ""
        return not word or word in STOP_SIGNS or bool(self.masks[after] & syn.CLOSED)

    @staticmethod
    def _names_cause(chunk: Chunk) -> bool:
        """``31 gunshot wounded``: after several, a singular thing is no head."""
        noun, number = chunk.noun, chunk.number
        return (
            noun is not None
            and noun.kind in ("other", "thing", "event")
            and not noun.plural
            and number is not None
            and number["best"] != 1
        )

    def _head(self, chunk: Chunk, noun: Noun, start: int, end: int) -> None:
        if chunk.noun is not None:
            chunk.modifiers = [*chunk.modifiers, ("noun", chunk.noun)]
        chunk.noun, chunk.noun_start, chunk.noun_end = noun, start, end
        chunk.lemma = noun.noun

    def _join(self, chunk: Chunk, end: int) -> None:
        """``boys and girls``: a further plural noun without a number of its own."""
        low = self.low
        index = chunk.end
        for _ in range(3):
            if index >= end or low[index] not in ("and", "or", "&", "/", "and/or"):
                return
            after = self._skip_quotes(index + 1, end)
            if after >= end or after in self.number_at:
                return
            probe = Chunk("N", after, after)
            self._group(probe, after, end, joined=False)
            if probe.noun is None or probe.noun.kind != "person" or not probe.noun.plural:
                return
            if chunk.noun is None or not (chunk.noun.plural or chunk.number):
                return
            chunk.heads = [*chunk.heads, probe.noun]
            chunk.actors = [*chunk.actors, *probe.actors]
            chunk.end = index = probe.end

    def _attribute(self, forms: list[Form], index: int, end: int) -> str | None:
        """Measure of a participle before its noun (``three wounded men``), None if it is none."""
        low = self.low
        after = self._skip_quotes(index + len(forms[0].words), end)
        if after >= end or not any(f.forms & _PREDICATIVE for f in forms):
            return None
        if low[after] in STOP_SIGNS or self.syntax.words.get(low[after], 0) & (
            syn.CLOSED | syn.DAY
        ):
            return None
        if after in self.number_at:
            return None
        probe = Chunk("N", after, after)
        self._group(probe, after, end, joined=False)
        if probe.noun is not None and probe.noun.kind in PERSON_KINDS:
            for form in forms:
                if form.trigger.measure:
                    return form.trigger.measure
            return ""
        return None

    def _people(self, index: int, end: int, found: list[Chunk]) -> Chunk | None:
        """People without a number: ``the driver``, ``regime soldier``, ``militants``."""
        _size, mask = self._class(index)
        start = index
        if mask & (syn.DET | syn.POSS):
            det = "poss" if mask & syn.POSS else "the"
            index = self._skip_quotes(index + 1, end)
            if index >= end or index in self.number_at:
                return None
        elif mask & (syn.CLOSED | syn.DAY) or mask & (syn.VERB | syn.SPEECH | syn.RISE):
            return None
        else:
            det = ""
        probe = Chunk("N", index, index)
        self._group(probe, index, end)
        if probe.end <= index:
            return None
        if probe.noun is None:
            if not (
                probe.modifiers
                and probe.modifiers[-1][0] == "demonym"
                and probe.modifiers[-1][1].person
                and probe.noun_end == probe.end
            ):
                return None
        elif probe.noun.kind != "person" or probe.noun.noun == "more":
            return None
        elif probe.noun.role == "pronoun" and probe.end in self.number_at:
            # "the remaining seven"
            return None
        probe.start = start
        probe.det = det
        return probe


def _events(chunk: Chunk) -> bool:
    """Whether a group has its head in several events: ``in two raids troops killed ten``."""
    return chunk.noun is not None and chunk.noun.kind == "event" and chunk.noun.plural


def is_predicate(form: Form) -> bool:
    """Whether a form can be said of people: ``dead``, ``were killed``."""
    return form.trigger.frame == "state" or "participle" in form.forms
