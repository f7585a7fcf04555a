"""Which of the places that a sentence names are where it happened.

Not the scene: a place that only dates something (``since the fall of Baghouz``), where someone
comes from, speaks, or was taken to afterwards. And some counts say that they have no single
region: ``across the country``, ``in the north``, ``in northern Iraq``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tollbook.rules import places as tables
from tollbook.rules import syntax as syn
from tollbook.rules.phrases import pieces
from tollbook.rules.syntax import syntax

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate

Record = dict[str, Any]

_TOWARDS: Final = frozenset(("to", "into", "towards", "toward", "for"))
_SKIPPED: Final = frozenset(
    "in at the of a an and , - nearby local neighbouring neighboring provincial capital city town "
    "camp camps region province county district governorate".split()
)
_ENDS: Final = frozenset((".", ";", ":", "(", ")"))
_HYPHENS: Final = frozenset("-–‑")
_BELONGING: Final = frozenset(
    "based born backed aligned led linked allied affiliated headquartered registered bound "
    "appointed controlled run educated trained installed".split()
)
_SCHOOLS: Final = (["university"], ["college"])
_TAUGHT: Final = frozenset(
    "student students lecturer lecturers professor professors graduate graduates teacher teachers "
    "undergraduate undergraduates alumnus alumni scholar scholars".split()
)
_OFFICES: Final = frozenset("headquarters hq ministry office bureau secretariat".split())
_LONG: Final = frozenset(("open", "past"))
_EVENT: Final = syn.ATTACK | syn.CLASH
_COMPASS: Final = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west "
    "south-east south-west".split()
)


@cache
def _words() -> dict[str, frozenset[str]]:
    return tables.words()


@cache
def _phrases(role: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word → the phrases of a role of the table of place words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _words()[role]:
        words = tuple(pieces(phrase))
        found.setdefault(words[0], []).append(words)
    return {first: tuple(phrases) for first, phrases in found.items()}


def phrase_in(low: list[str], start: int, end: int, role: str) -> int:
    """Token at which a phrase of a role begins between `start` and `end`, or -1.

    >>> phrase_in("killed across the country".split(), 0, 4, "nationwide")
    1
    """
    phrases = _phrases(role)
    if phrases.keys().isdisjoint(low[start:end]):
        return -1
    for token in range(start, end):
        for words in phrases.get(low[token], ()):
            if tuple(low[token : token + len(words)]) == words:
                return token
    return -1


class Scenes:
    """The places of one Doc, told apart by what stands around them.

    Args:
        analysis: of the Doc, its periods found.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.low = analysis.words.low
        self.masks = syntax().words
        self._known: dict[int, bool] = {}
        self.by_segment: dict[int, list[Record]] = {}
        for record in analysis.regions:
            at = analysis.segment_of(record["start"])
            self.by_segment.setdefault(at, []).append(record)

    def elsewhere(self, record: Record) -> bool:
        """True for a place that is not the scene."""
        known = self._known.get(record["start"])
        if known is None:
            known = self._known[record["start"]] = (
                self.in_period(record)
                or self._based(record)
                or self._speaks(record)
                or self._origin(record)
                or self._destination(record)
                or self._hospital(record)
                or self._of_some(record)
            )
        return known

    def in_period(self, record: Record) -> bool:
        """``since the fall of Baghouz``: the place only dates something."""
        segment = self.analysis.segment_of(record["start"])
        periods = self.analysis.periods.get(segment, ())
        return any(a <= record["char_start"] < b for a, b in periods)

    def _speaks(self, record: Record) -> bool:
        """``the Quetta police chief said``."""
        low = self.low
        for token in range(record["end"], min(record["end"] + 4, len(low))):
            mask = self.masks.get(low[token], 0)
            if mask & syn.SPEECH:
                return True
            if (
                low[token] in ("a", "an")
                or not low[token].isalpha()
                or mask & syn.CLOSED & ~(syn.HAVE | syn.ADV)
            ):
                break
        return False

    def _based(self, record: Record) -> bool:
        """``a Lagos-based consultancy``, ``the Damascus-backed forces``: where somebody belongs."""
        low, end, start = self.low, record["end"], record["start"]
        if start > 1 and low[start - 1] == "," and low[start - 2] in _OFFICES:
            # "DEFENCE HEADQUARTERS, ABUJA"
            return True
        if record["dateline"] and any("tass" in word for word in low[end : end + 6]):
            return True
        word = low[end] if end < len(low) else ""
        if word in _HYPHENS and end + 1 < len(low):
            word = low[end + 1]
        elif word[:1] not in _HYPHENS:
            return False
        return word.lstrip("-–‑") in _BELONGING

    def _origin(self, record: Record) -> bool:
        """``a native of Zliten``, ``residents of Homs``, ``who had come from Durango``."""
        low, start = self.low, record["start"]
        words = _words()
        prior = low[start - 1] if start else ""
        if prior in ("of", "from", "at") and low[record["end"] : record["end"] + 1] in _SCHOOLS:
            # "a student of Debre Berhan University"
            return start > 1 and low[start - 2] in _TAUGHT
        if (prior in ("of", "from") or not prior.isalpha()) and any(
            low[token] in words["origin"] for token in range(max(0, start - 3), start)
        ):
            return True
        return (prior == "in" and low[start - 2] == "born") or (
            start > 1
            and low[start - 1] == "from"
            and any(low[t] in words["arriving"] for t in range(max(0, start - 3), start - 1))
        )

    def _destination(self, record: Record) -> bool:
        """``fled to Salkhad and Jaramana``, ``taken to a hospital in Goma``."""
        low, words = self.low, _words()
        token = record["start"] - 1
        first = self.analysis.segments[self.analysis.segment_of(record["start"])]["start"]
        least = max(first, token - 6)
        while token > least and low[token] not in _TOWARDS:
            if (
                low[token] not in _SKIPPED
                and low[token] not in words["hospital"]
                and not self.analysis.words.raw[token][:1].isupper()
            ):
                return False
            token -= 1
        if token <= least or low[token] not in _TOWARDS:
            return False
        for before in range(token - 1, max(first - 1, token - 8), -1):
            if low[before] in _ENDS:
                return False
            if low[before] in words["moving"]:
                return True
        return False

    def _hospital(self, record: Record) -> bool:
        """``was treated at the Mosul general hospital``, ``died in hospital in Sumy``."""
        low, words = self.low, _words()
        start, end = record["start"], record["end"]
        near = range(max(0, start - 3), start)
        if any(low[token] in words["hospital"] for token in near):
            return True
        after = range(end, min(end + 3, len(low)))
        for token in after:
            if low[token] in words["hospital"]:
                return any(
                    low[t] in words["moving"] or low[t] in ("treated", "died", "received")
                    for t in range(max(0, start - 8), start)
                )
            if not low[token].isalpha():
                break
        return False

    def _of_some(self, record: Record) -> bool:
        """``29 killed, most of them in a raid at Tsafe``: not the place of all."""
        low = self.low
        for token in range(record["start"] - 1, max(1, record["start"] - 12), -1):
            if low[token] in (",", ".", ";", "("):
                return False
            if low[token] in ("them", "whom", "these", "those", "which") and low[token - 1] == "of":
                return low[token - 2] in ("most", "bulk", "majority", "many", "half", "some")
        return False

    def told(self, segment: int) -> bool:
        """``The attack happened in Ntoyo``: a sentence that only says where it was."""
        data, words = self.analysis.segments[segment], _words()
        if not any(r["codes"] for r in self.by_segment.get(segment, ())):
            return False
        low = self.low[data["start"] : min(data["start"] + 8, data["end"])]
        return (
            low[0] in ("the", "this", "it")
            and not words["taking-place"].isdisjoint(low)
            and (low[0] == "it" or bool(self.analysis.masks[data["start"] + 1] & _EVENT))
        )

    def nowhere(self, item: Candidate, stop: int, *, sections: bool) -> int:
        """Character at which a count is said to lie in no single region, or -1.

        Args:
            item: the count.
            stop: character at which the clause of the next count begins.
            sections: True for a report region by region, where "in total" is said of all.
        """
        analysis, low = self.analysis, self.low
        data = analysis.segments[item.segment]
        words = analysis.words
        if sections and phrase_in(low, data["start"], data["start"] + 1, "summing") >= 0:
            return words.start[data["start"]]
        at = phrase_in(low, data["start"], data["end"], "nationwide")
        if at >= 0 and words.start[at] < stop:
            return words.start[at]
        for record in self.by_segment.get(item.segment, ()):
            before = low[record["start"] - 1] if record["start"] else ""
            if (
                record["kind"] == "country"
                and item.record["end"] <= record["char_start"] < stop
                and (
                    before in ("across", "throughout")
                    or (before == "in" and (item.background or item.scope in _LONG))
                )
            ):
                return int(record["char_start"])
        sentence = analysis.sentences[item.segment]
        assert sentence is not None
        begin = sentence.chunks[item.position].end
        for token in range(begin + 1, data["end"] - 1):
            if words.start[token] >= stop:
                break
            if (
                low[token] in _COMPASS
                and low[token - 1] == "the"
                and low[token - 2] in ("in", "across", "throughout")
                and low[token + 1] not in ("of", "and", "-", "–")
                and not words.raw[token + 1][:1].isupper()
            ):
                return words.start[token]
        return -1
