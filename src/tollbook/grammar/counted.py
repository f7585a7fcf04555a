"""Noun groups behind a number: ``three wounded men``, ``two of them``, ``30 heads of sheep``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from tollbook.grammar.chunk import Chunk
from tollbook.grammar.noun_groups import NounGroups
from tollbook.grammar.roles import (
    STOP_SIGNS,
)
from tollbook.rules import syntax as syn

Record = dict[str, Any]
_CALIBRES: Final = frozenset(".0123456789")


class Counted(NounGroups):
    """Reads what a number counts."""

    def _counted(self, number: Record, end: int) -> Chunk:
        low = self.low
        chunk = Chunk("Q", number["start"], number["end"])
        chunk.number = number
        before = number["start"] - 1
        if before >= 0 and self.syntax.words.get(low[before], 0) & syn.POSS:
            chunk.det = "poss"
        elif low[number["start"]] == "the" or (before >= 0 and low[before] == "the"):
            chunk.det = "the"
        elif low[number["start"]] in ("a", "an"):
            chunk.det = "a"
        index = self._skip_quotes(number["end"], end)
        while (
            index < end
            and low[index]
            in (
                "more",
                "other",
                "others",
                "additional",
                "further",
                "x",
                "new",
                "such",
            )
            and low[index] != "others"
            and not (low[index] == "new" and self._noun(index) is not None)
        ):
            index = self._skip_quotes(index + 1, end)
            chunk.end = index
        if index < end and low[index] == ")" and low[number["start"] - 1] == "(":
            # "(17) wounded": the noun stands after the bracket
            if index + 1 < end and low[index + 1] not in STOP_SIGNS:
                index += 1
        if index < end and low[index] == "of":
            after = self._skip_quotes(index + 1, end)
            if after < end:
                word = low[after]
                if word in ("them", "whom", "these", "those", "which", "us"):
                    chunk.partitive = word
                    chunk.end = after + 1
                    # "five of them women", "one of them a Syrian child"
                    if word in ("these", "those") and self._noun(after + 1) is not None:
                        # "three of these attacks"
                        chunk.partitive = "np"
                        self._group(chunk, after + 1, end)
                        return chunk
                    after += 1
                    if after + 1 < end and low[after] in ("a", "an", "the"):
                        after += 1
                    if after < end and (
                        not self.syntax.words.get(low[after], 0) & syn.CLOSED
                        or low[after + 1 : after + 2] == ["-"]  # "two of them off-duty soldiers"
                    ):
                        self._group(chunk, after, end)
                        if chunk.noun is not None and chunk.noun.kind != "person":
                            chunk.noun, chunk.lemma = None, ""
                            chunk.end = after
                    return chunk
                if low[index - 1] in (
                    "dozens",
                    "scores",
                    "hundreds",
                    "thousands",
                    "tens",
                    "number",
                    "couple",
                    "pair",
                    "handful",
                    "dozen",
                    "all",
                    "lots",
                    "half",
                ):
                    if word in ("the", "his", "her", "their", "its"):
                        chunk.partitive = "np"
                        after += 1
                    self._group(chunk, after, end)
                    return chunk
                if after in self.number_at:
                    # "three of the nine workers who had been taken"
                    chunk.partitive = "np"
                    whole = Chunk("N", after, after)
                    self._group(whole, self.numbers[self.number_at[after]]["end"], end)
                    chunk.noun, chunk.lemma = whole.noun, whole.lemma
                    chunk.modifiers, chunk.actors = whole.modifiers, whole.actors
                    return chunk
                if (
                    word in ("the", "his", "her", "their", "its", "our")
                    or self.actor_at.get(after) is not None
                    or low[after] in ("his",)
                ):
                    chunk.partitive = "np"
                    start = (
                        after + 1 if word in ("the", "his", "her", "their", "its", "our") else after
                    )
                    if after + 1 < end and (start in self.number_at or after in self.number_at):
                        # "three of the nine workers": two figures
                        return chunk
                    self._group(chunk, start, end)
                    return chunk
            return chunk
        if (
            index + 1 < end
            and low[number["end"] - 1] == "both"
            and (self.syntax.words.get(low[index], 0) & syn.POSS)
        ):
            # "both her daughters"
            chunk.partitive = "np"
            index += 1
        if index + 1 < end and low[index][0] in _CALIBRES:
            # "fourteen 9mm casings", "two .303 rifles"
            if low[index][0] == "." or low[index + 1] in ("mm", "calibre", "caliber", "gauge"):
                index += 1 if low[index][0] == "." else 2
                chunk.end = index
        if number["best"] == 1 and index + 1 < end and low[index] in ("a", "an"):
            # "one a carpenter"
            chunk.partitive = "them"
            index += 1
        self._group(chunk, index, end)
        if chunk.noun is not None and chunk.end + 1 < end and low[chunk.end] == "of":
            # "30 heads of sheep", "54 cases of summary executions"
            after = chunk.end + 1
            hit = self._noun(after) or (self._noun(after + 1) if after + 1 < end else None)
            if (
                number["high"] == 0
                and chunk.noun.noun == "report"
                and (hit is not None and hit[1].kind == "casualty")
            ):
                # "no reports of casualties"
                chunk.noun, chunk.lemma = hit[1], hit[1].noun
            elif chunk.noun.noun in ("case", "instance", "act", "incident", "episode") and (
                hit is not None and hit[1].kind in ("event", "casualty")
            ):
                chunk.noun = replace(hit[1], kind="event", measure="incidents")
            elif (
                hit is not None
                and hit[1].kind in ("animal", "thing")
                and chunk.noun.kind != "event"
                and (chunk.noun.kind != "person" or chunk.noun.noun == "head")
            ):
                # but "two guards of the school"
                chunk.noun, chunk.lemma = hit[1], hit[1].noun
        return chunk
