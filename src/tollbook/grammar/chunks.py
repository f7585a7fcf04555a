"""Cut a sentence into chunks: counted noun groups, people, triggers, connecting words.

A cascade in the manner of FASTUS (Hobbs et al. 1997): each later step reads chunks, not words.
"""

from __future__ import annotations

from typing import Final

from tollbook.grammar.chunk import Chunk
from tollbook.grammar.counted import Counted
from tollbook.grammar.noun_groups import FARTHEST
from tollbook.grammar.roles import (
    AGE_WORDS,
    DET,
    DIRECT,
    IDLE,
    PLAIN,
    SIGN,
    STOP_SIGNS,
    THING,
)
from tollbook.grammar.trigger_chunks import TriggerChunks
from tollbook.rules import syntax as syn

_SCENE: Final = syn.ATTACK | syn.CLASH | syn.UNCLAIMED


class Chunker(Counted, TriggerChunks):
    """Cuts segments of one Doc into chunks; see `tollbook.grammar.lookup` for what it is given."""

    def cut(self, start: int, end: int) -> list[Chunk]:
        """The chunks of the tokens from `start` to `end` (exclusive)."""
        low, roles = self.low, self._roles
        found: list[Chunk] = []
        index = start
        while index < end:
            word = low[index]
            role = roles[index]
            if role & SIGN:
                found.append(Chunk(".", index, index + 1, word))
                index += 1
                continue
            stop = index + 1 if role & DIRECT else self._idle(index, end) if role & IDLE else 0
            if stop:
                found += map(self._word, range(index, stop))
                index = stop
                continue
            if not word or word.isspace():
                index += 1
                continue
            number = self.number_at.get(index)
            if number is not None and found and self._of_parent(found, index):
                # "a mother of four"
                end_of = self.numbers[number]["end"]
                found.append(Chunk("W", index, end_of, word))
                index = end_of
                continue
            if number is not None:
                chunk = self._counted(self.numbers[number], end)
                found.append(chunk)
                index = chunk.end
                continue
            chunk = self._other(index, end, found)
            found.append(chunk)
            index = chunk.end
        return found

    def _word(self, index: int) -> Chunk:
        """A word that is nothing more."""
        mask = self.masks[index]
        chunk = Chunk("W", index, index + 1, self.low[index], mask)
        if not mask & ~_SCENE and self.raw[index][0].isupper():
            chunk.capital = True
        return chunk

    def _idle(self, index: int, end: int) -> int:
        """End of the words from `index` on in which no people are named; 0 where they may be."""
        roles = self._roles
        first = stop = index + 1 if roles[index] & DET else index
        sure = end
        while stop < end:
            role = roles[stop]
            if role & PLAIN:
                stop += 1
            elif role & THING:
                noun = self._noun(stop)
                if noun is None or noun[1].kind == "person":
                    return 0
                if noun[0] > 1:
                    # its further words may be people where the group begins at them
                    sure = min(sure, stop + 1)
                stop += noun[0]
            else:
                break
        if stop < end and stop not in self.number_at and not self._ends(stop):
            stop = stop - FARTHEST + 1 if stop - first >= FARTHEST else 0
        return min(stop, sure)

    def _of_parent(self, found: list[Chunk], index: int) -> bool:
        if len(found) < 2 or found[-1].word != "of" or found[-1].end != index:
            return False
        noun = found[-2].noun
        return noun is not None and noun.noun in (
            "mother",
            "father",
            "parent",
            "grandmother",
            "grandfather",
        )

    def _other(self, index: int, end: int, found: list[Chunk]) -> Chunk:
        low = self.low
        word = low[index]
        if word[0].isdigit() or word in AGE_WORDS:
            age = self._age(index, end)
            if age is not None and self._is_people(age[1], end):
                people = self._people(index, end, found)
                if people is not None:
                    return people
        actor = self.actor_at.get(index)
        region = self.region_at.get(index)
        size, mask = self._class(index)
        if word == "to":
            size, mask = 1, self.syntax.words.get(word, 0)
        if word == "may" and self.raw[index] == "May" and found:
            mask = syn.DAY
        if mask & (syn.INCLUDING | syn.AMONG) and index + size <= end:
            return Chunk("W", index, index + size, word, mask)
        forms = self._forms(index) if region is None else []
        if forms and (actor is None or len(forms[0].words) > 1):
            trigger = self._trigger(index, end, forms, found)
            if trigger is not None:
                return trigger
        if (actor is None and region is None and word.isalpha()) or "-" in word:
            people = self._people(index, end, found)
            if people is not None:
                return people
        if actor is not None:
            record = self.actors[actor]
            people = self._people(index, end, found)
            if people is not None:
                return people
            chunk = Chunk("A", index, max(record["end"], index + 1), word)
            chunk.actors = (actor,)
            return chunk
        if region is not None:
            return Chunk("W", index, max(region["end"], index + 1), word)
        if word in STOP_SIGNS:
            return Chunk(".", index, index + 1, word)
        if word in ("-", "--") and self.words.space[index - 1] and self.words.space[index]:
            return Chunk(".", index, index + 1, "–")
        chunk = Chunk("W", index, min(index + size, end), word, mask)
        chunk.capital = not mask & ~_SCENE and self.raw[index][:1].isupper()
        return chunk
