"""Where a paragraph goes on to another event: ``Elsewhere, ...``, ``In Kwara state, ...``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbook.rules.word_sets import word_sets

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis

_FRONT = ("in", "at", "near", "outside")


class Events:
    """The events that a text tells, as far as its paragraphs and their openings say."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._places: dict[int, list[tuple[int, frozenset[str]]]] = {}
        for record in analysis.regions:
            if record["codes"]:
                at = analysis.segment_of(record["start"])
                found = self._places.setdefault(at, [])
                found.append((record["start"], frozenset(record["codes"])))
        # of each segment, the one where its event begins
        self._first: list[int] = []
        for number, segment in enumerate(analysis.segments):
            goes_on = (
                number > 0
                and analysis.segments[number - 1]["block"] == segment["block"]
                and not self._turns(number)
            )
            self._first.append(self._first[-1] if goes_on else number)

    def first(self, segment: int) -> int:
        """The segment where the event begins that `segment` tells of, in its paragraph."""
        return self._first[segment]

    def broken(self, segment: int) -> bool:
        """Whether the paragraph has told another event before this one."""
        first = self.first(segment)
        segments = self.analysis.segments
        return first > 0 and segments[first - 1]["block"] == segments[segment]["block"]

    def turns(self, segment: int) -> bool:
        """Whether a sentence says by its beginning that it tells another event."""
        return self._turns(segment)

    def _turns(self, segment: int) -> bool:
        """Whether a sentence says by its beginning that it is about something else."""
        data, low = self.analysis.segments[segment], self.analysis.words.low
        words = low[data["start"] : min(data["start"] + 4, data["end"])]
        if not words:
            return False
        if words[0] in word_sets().elsewhere:
            return True
        if words[0] in ("in", "on") and len(words) > 2:
            if words[1] in word_sets().another or words[2] in word_sets().another:
                return True
        return words[0] in _FRONT and self._moves(segment, data["start"])

    def _moves(self, segment: int, start: int) -> bool:
        """``In Kwara state, ...`` after a sentence that was about another region."""
        here = [codes for at, codes in self._places.get(segment, ()) if at <= start + 3]
        before = [codes for _, codes in self._places.get(segment - 1, ())]
        return bool(here and before) and not any(here[0] & codes for codes in before)
