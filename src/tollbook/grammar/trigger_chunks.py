"""Words that say an outcome, in the form and the place in which they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tollbook.grammar.chunk import PERSON_KINDS, Chunk
from tollbook.grammar.noun_groups import NounGroups
from tollbook.grammar.roles import (
    STOP_SIGNS,
)
from tollbook.rules import syntax as syn
from tollbook.rules.triggers import Form

if TYPE_CHECKING:
    from collections.abc import Sequence


_ARTICLES: Final = frozenset(("the", "a", "an"))


class TriggerChunks(NounGroups):
    """Reads triggers with what completes them."""

    def _trigger(self, index: int, end: int, forms: list[Form], found: list[Chunk]) -> Chunk | None:
        low = self.low
        size = len(forms[0].words)
        if index + size > end:
            return None
        after = self._skip_quotes(index + size, end)
        usable: list[Form] = []
        for form in forms:
            kind = form.trigger.frame
            if kind == "of":
                if (after < end and low[after] == "of") or (
                    low[index] in ("injury", "injuries") and after < end and low[after] == "to"
                ):
                    usable.append(form)
            elif form.forms <= {"base"} or (form.forms & {"base"} and not form.forms & {"past"}):
                perfect = "participle" in form.forms and any(c.mask & syn.HAVE for c in found[-3:])
                if perfect or self._base_is_verb(index, size, end, found):
                    usable.append(form)
            elif form.forms == {"present"}:
                if (
                    after in self.number_at
                    or self._object_follows(after, end)
                    or self._name_follows(after, end)
                    or form.trigger.frame == "subject"
                ):
                    usable.append(form)
            else:
                usable.append(form)
        if not usable:
            return None
        if found and not any(form.trigger.frame == "of" for form in usable):
            previous = found[-1]
            if (
                previous.kind == "W"
                and (previous.mask & (syn.DET | syn.POSS) or previous.word == "own")
                and not previous.mask & syn.REL
                and previous.end == index
            ):
                return None
        chunk = Chunk("T", index, index + size, low[index])
        chunk.forms = usable
        completed = completion(usable, low, index + size)
        if completed is None and any(form.trigger.needs for form in usable):
            # "fell last night in clashes", "was taken on Sunday to hospital"
            later = index + size
            while later < end and (self._when(later) or low[later] == "on"):
                later += 1
            if later > index + size:
                completed = completion(usable, low, later)
                if completed is not None:
                    completed = (completed[0] + later - index - size, *completed[1:])
        if completed is not None:
            words, measure, rule = completed
            chunk.end += words
            chunk.settled = (measure, rule)
        return chunk

    def _name_follows(self, after: int, end: int) -> bool:
        """Whether a name stands behind a verb: ``arrests Juan Mata``."""
        if after >= end or not self.raw[after][:1].isupper() or not self.low[after].isalpha():
            return False
        return (
            not self.masks[after] and after not in self.region_at and not self.raw[after].isupper()
        )

    def _when(self, index: int) -> bool:
        """Whether a token, or the phrase at it, tells only when."""
        mask = self._class(index)[1]
        return bool(mask & syn.DAY) or self.low[index] in (
            "last",
            "night",
            "week",
            "yesterday",
            "late",
            "early",
            "today",
        )

    def _base_is_verb(self, index: int, size: int, end: int, found: list[Chunk]) -> bool:
        previous = found[-1] if found else None
        if (
            previous is not None
            and previous.kind == "W"
            and (
                self.low[previous.end - 1] == "to" or previous.mask & (syn.MODAL | syn.DO | syn.NEG)
            )
        ):
            return True
        after = self._skip_quotes(index + size, end)
        people = previous is not None and previous.kind in "QNA"
        if after in self.number_at or self._object_follows(after, end):
            if previous is not None and previous.mask & syn.CONJ:
                # "able to kill six and capture one"
                return any(
                    c.kind == "T" and any(f.forms & {"base"} for f in c.forms) for c in found
                )
            return (
                people or previous is None or previous.kind != "W" or not previous.mask & syn.CLOSED
            )
        return people and previous is not None and previous.kind in "QN"

    def _object_follows(self, after: int, end: int) -> bool:
        if after >= end:
            return False
        if self.low[after] in STOP_SIGNS:
            return False
        probe = Chunk("N", after, after)
        mask = self.syntax.words.get(self.low[after], 0)
        if mask & (syn.DET | syn.POSS):
            after += 1
        elif mask & syn.CLOSED:
            return False
        if after >= end:
            return False
        self._group(probe, after, end, joined=False)
        return probe.noun is not None and probe.noun.kind in PERSON_KINDS


def completion(forms: Sequence[Form], low: list[str], end: int) -> tuple[int, str, str] | None:
    """Words, measure and rule where the text at token `end` completes one of the forms."""
    found: tuple[int, str, str] | None = None
    if end >= len(low):
        return None
    first = low[end]
    for form in forms:
        if first not in form.trigger.opens:
            continue
        for words, measure in form.trigger.complete:
            if words[0] != first and words[0] != "*":
                continue
            size = _matches(words, low, end)
            if size and (found is None or size > found[0]):
                found = (size, measure, form.trigger.id)
    return found


def _matches(words: tuple[str, ...], low: list[str], start: int) -> int:
    """Number of tokens that match; ``*`` stands for up to four words."""
    if "*" not in words:
        size = len(words)
        return size if tuple(low[start : start + size]) == words else 0
    gap = words.index("*")
    head, tail = words[:gap], words[gap + 1 :]
    if tuple(low[start : start + gap]) != head:
        return 0
    for skipped in range(5):
        at = start + gap + skipped
        if tuple(low[at : at + len(tail)]) == tail:
            return gap + skipped + len(tail)
        if at >= len(low) or not (low[at].isalnum() or low[at] in ("", "-", "'s")):
            return 0
    return 0
