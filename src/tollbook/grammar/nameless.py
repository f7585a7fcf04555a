"""Which force or group a bare noun stands for: ``the troops``, ``soldiers``, ``the rebels``.

A text names a force once and goes on with a noun. Soldiers and troops are those of the only
force of a state that was named before; ``the militants`` those of the only group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis

Record = dict[str, Any]

_IRREGULAR: Final = frozenset(("rebel", "jihadist", "militia", "criminal"))
_NAMES: Final = frozenset(("named", "shape", "generic", "state"))
_POINTING: Final = frozenset(("the", "these", "those", "same", "this"))


class Nameless:
    """Finds the name behind a noun, where one name only was told before it.

    Args:
        analysis: with its actors.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._forces: list[Record] | None = None
        self._groups: list[Record] = []

    def named(self, record: Record) -> Record:
        """The force or group that a mention stands for; itself where that is left open."""
        if record["kind"] != "perpetrator-noun" or record["id"]:
            return record
        noun = str(record["text"]).lower()
        sets = word_sets()
        if noun in sets.soldiers_bare:
            return self._only(record, groups=False) or record
        if noun in sets.fighters_bare:
            before = record["start"] - 1
            if before >= 0 and self.analysis.words.low[before] in _POINTING:
                return self._only(record, groups=True) or record
        return record

    def _only(self, record: Record, *, groups: bool) -> Record | None:
        if self._forces is None:
            self._forces = [r for r in self.analysis.actors if _is_army(r)]
            self._groups = [
                r
                for r in self.analysis.actors
                if r["type"] in _IRREGULAR and r["kind"] in ("named", "shape")
            ]
        told = [
            r for r in (self._groups if groups else self._forces) if r["start"] < record["start"]
        ]
        if groups and str(record["text"]).lower() not in word_sets().any_group:
            # a local militia may well be on the other side
            told = [r for r in told if r["type"] in ("rebel", "jihadist")]
        if not told:
            return None
        segments = self.analysis.segments
        block = segments[self.analysis.segment_of(record["start"])]["block"]
        near = [r for r in told if segments[self.analysis.segment_of(r["start"])]["block"] == block]
        for found in (near, told):
            if found:
                names = {r["id"] or r["name"] for r in found}
                return found[-1] if len(names) == 1 else None
        return None


def _is_army(record: Record) -> bool:
    """Whether a mention names an army: ``Malian troops``, ``Israeli forces``, not ``the army``."""
    if record["kind"] not in _NAMES:
        return False
    words = set(str(record["text"]).lower().split())
    army = not words.isdisjoint(word_sets().army_words)
    if record["kind"] == "state":
        return army
    if record["type"]:
        return bool(record["type"] == "state-forces")
    return army and words.isdisjoint(word_sets().nobodys)  # "government troops" names none
