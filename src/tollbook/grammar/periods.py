"""When: the period of a figure, as written and as dates where the text allows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.dated import Dated
from tollbook.grammar.scenes import phrase_in
from tollbook.grammar.timespans import Found, find, resolve

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate

Record = dict[str, Any]

_COMPARED: Final = re.compile(r"\b(?:versus|vs\.?|compared)\s", re.IGNORECASE)
_RELATIVE: Final = re.compile(r",?\s(?:who|which|whom|whose)\b")


class Periods:
    """Finds the period of every candidate of a Doc."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.found: dict[int, list[Found]] = {}
        self.running: Found | None = None

    def run(self) -> None:
        """Set ``period``, ``since`` and ``until`` of the candidates that are counts."""
        counts = [c for c in self.analysis.candidates if not c.reason]
        dated = Dated(self.analysis)
        covered = dated.covered()
        own = {id(item): self._own(item) for item in counts}
        spans = covered is not None or self._covers(counts, own)
        days = dated.run(counts, covers=spans)
        for item in counts:
            chosen = own[id(item)] or self._dated(item, dated, days) or self._introduced(item)
            if chosen is not None:
                self._set(item, chosen)
        # a total told again: its parts take what is said the second time
        again = {item.twin: item for item in counts if item.twin >= 0 and item.record["period"]}
        for _ in range(2):
            for item in counts:
                if item.record["period"] is None and item.parent >= 0:
                    whole = again.get(item.parent) or self.analysis.candidates[item.parent]
                    if item.how != "headline":
                        self._copy(item, whole)
        self._carry(counts)
        self._go_on(counts)
        if covered is not None:
            for item in counts:
                if item.record["period"] is None:
                    self._set(item, (*covered, "day", "covered"))

    def _covers(self, counts: list[Candidate], own: dict[int, Found | None]) -> bool:
        """True for a report that opens with the time it covers: ``killed in four days``."""
        for item in counts:
            period = own[id(item)]
            if period is not None and period[2] == "report":
                return True
            if self.analysis.segments[item.segment]["kind"] != "headline":
                return False
        return False

    def _dated(
        self, item: Candidate, dated: Dated, days: dict[int, tuple[int, int]]
    ) -> Found | None:
        day = days.get(id(item))
        if day is not None:
            return (*day, "day", "date")
        label = dated.label(item.segment)
        return (*label, "day", "label") if label is not None else None

    def _go_on(self, counts: list[Candidate]) -> None:
        """A running total goes on: ``in addition``, and in the rest of its paragraph."""
        segments, low = self.analysis.segments, self.analysis.words.low
        last: Candidate | None = None
        total: Candidate | None = None
        adding = -1
        for item in sorted(counts, key=lambda c: c.record["start"]):
            data = segments[item.segment]
            if item.record["period"] is None and last is not None:
                if total is not None and (
                    adding == item.segment
                    or phrase_in(low, data["start"], data["start"] + 1, "adding") >= 0
                ):
                    adding = item.segment
                    self._copy(item, total)
                elif (
                    last.scope == "open"
                    and segments[last.segment]["block"] == data["block"]
                    and last.record["period"].lower().startswith("since")
                    and item.record["measure"] != "released"
                ):
                    self._copy(item, last)
            if item.parent < 0:
                total = item if item.scope == "open" else None
            last = item

    def _carry(self, counts: list[Candidate]) -> None:
        """The day, week or month that a bulletin covers holds for the figures that follow."""
        report: Candidate | None = None
        for item in sorted(counts, key=lambda c: c.record["start"]):
            if item.scope == "report":
                report = item
            elif not item.scope and item.record["period"] is None and report is not None:
                if item.record["high"] != 0:
                    self._copy(item, report)

    def _in(self, segment: int) -> list[Found]:
        known = self.found.get(segment)
        if known is None:
            data = self.analysis.segments[segment]
            words = self.analysis.words
            start, end = words.start[data["start"]], words.end[data["end"] - 1]
            known = self.found[segment] = [
                (a + start, b + start, scope, ident)
                for a, b, scope, ident in find(self.analysis.text[start:end])
            ]
            self.analysis.periods[segment] = [(a, b) for a, b, _, _ in known]
        return known

    def _own(self, item: Candidate) -> Found | None:
        found = self._in(item.segment)
        if not found:
            return None
        at = item.record["start"]
        text = self.analysis.text
        # a semicolon ends the reach of a period
        found = [m for m in found if ";" not in text[min(at, m[0]) : max(at, m[0])]]
        found = [m for m in found if not self._aside(item, m)]
        before = [m for m in found if m[0] < at]
        after = [m for m in found if m[0] >= at]
        opens = [m for m in found if m[2] == "open"]
        if opens:
            return opens[0]
        if after:
            return after[0]
        return before[-1] if before else None

    def _aside(self, item: Candidate, period: Found) -> bool:
        """``two women, who had been held since 2014, were freed``: told by the way."""
        text, at = self.analysis.text, item.record["start"]
        start, _, scope, _ = period
        if scope not in ("open", "past") or start < at:
            return False
        if _COMPARED.search(text, at, start):
            # "40 in July, versus 55 in June"
            return True
        relatives = list(_RELATIVE.finditer(text, at, start))
        if not relatives or "," in text[relatives[-1].end() : start]:
            return False
        return scope == "past" or relatives[-1].group().startswith(",")

    def _introduced(self, item: Candidate) -> Found | None:
        segments = self.analysis.segments
        level = segments[item.segment]["parent"]
        while level >= 0:
            at = level
            while at >= 0 and segments[at]["line"] == segments[level]["line"]:
                found = self._in(at)
                if found:
                    return found[0]
                at -= 1
            level = segments[level]["parent"]
        label = segments[item.segment]["label"]
        if label >= 0:
            found = [m for m in self._in(label) if m[2] != "past"]
            if found and segments[item.segment]["kind"] != "headline":
                return found[0]
        return None

    def _set(self, item: Candidate, chosen: Found) -> None:
        item.scope = chosen[2]
        text = self.analysis.text[chosen[0] : chosen[1]]
        if text.lower() == "since then" and self.running is not None:
            chosen = self.running
            text = self.analysis.text[chosen[0] : chosen[1]]
        elif chosen[2] == "open":
            self.running = chosen
        item.record["period"] = " ".join(text.split()).rstrip(".,")
        since, until = resolve(text)
        item.record["since"], item.record["until"] = since, until

    @staticmethod
    def _copy(item: Candidate, other: Candidate) -> None:
        for key in ("period", "since", "until"):
            item.record[key] = other.record[key]
        item.scope = other.scope
