"""Where it happened: sentence, then label and list, then what was said before of the event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.grammar.headings import Headings
from tollbook.grammar.placing import Placing
from tollbook.grammar.scenes import Scenes, phrase_in
from tollbook.rules import places as tables

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate

Record = dict[str, Any]

_WARS: Final = frozenset("war conflict insurgency uprising jihad invasion".split())


class Places:
    """Finds the region and the place of every candidate of a Doc."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        scenes = Scenes(analysis)
        self.headings = Headings(analysis, scenes)
        self.placing = Placing(analysis, scenes, self.headings)
        self.nowhere = self.placing.nowhere
        # the last count with a region at each depth of lists, while counts are gone through
        self.last: dict[int, Candidate] = {}
        self.before: Candidate | None = None
        """The count before, while counts are gone through."""
        self.total: Candidate | None = None
        """The running total without a region that was told last."""
        self.restated: set[int] = set()
        self.scattered: set[int] = set()
        self.only = self._only_region()

    def _only_region(self) -> list[Record]:
        """The region of the document where it names one alone, as a scene."""
        found = [r for r in self.analysis.regions if r["codes"]]
        if len({tuple(r["codes"]) for r in found}) > 1:
            return []
        return [r for r in found if not self.headings.scenes.elsewhere(r)][:1]

    def run(self) -> None:
        """Set ``region``, ``region_text`` and ``place`` of the candidates that are counts."""
        counts = [c for c in self.analysis.candidates if not c.reason]
        for item in counts:
            found = self.placing.in_sentence(item)
            if not found and item.parent < 0 and self._of_war(item):
                self.nowhere.add(id(item))
            if id(item) not in self.nowhere:
                found = self.headings.under(item, found) or self._above(item)
            if found:
                self._set(item, found)
        self._told_after(counts)
        segments = self.analysis.segments
        self.restated = {item.twin for item in counts if item.twin >= 0}
        self.scattered = self._scattered(counts)
        adding = -1
        for item in counts:
            if adding == item.segment or self._adds(item):
                # "In addition, ten died", after a running total of the whole country
                self.nowhere.add(id(item))
                adding = item.segment
            if not item.record["region"] and id(item) not in self.nowhere:
                self._inherit(item)
            self.before = item
            if item.record["region"]:
                self.total = None
                if not item.record["period"] or item.scope == "day":
                    self.last[segments[item.segment]["depth"]] = item
            elif item.parent < 0:
                self.total = item if item.scope == "open" else None
        for item in counts:
            if item.twin >= 0:
                first = self.analysis.candidates[item.twin]
                if not item.record["region"]:
                    self._copy(item, first)
                elif not first.record["region"]:
                    self._copy(first, item)

    def _told_after(self, counts: list[Candidate]) -> None:
        """``Ten people died. The attack took place in Ntoyo``: the scene comes after the count."""
        for number in range(1, len(self.analysis.segments)):
            if not self.headings.scenes.told(number):
                continue
            found = self.headings.coded(number)
            for item in reversed(counts):
                if item.segment >= number:
                    continue
                if item.segment < number - 3 or item.record["region"] or item.background:
                    break
                self._set(item, found)
                self.nowhere.discard(id(item))

    def _scattered(self, counts: list[Candidate]) -> set[int]:
        """Totals whose parts lie in several regions: a part that names none has none."""
        regions: dict[int, set[tuple[str, ...]]] = {}
        for item in counts:
            if item.parent >= 0 and item.record["region"]:
                regions.setdefault(item.parent, set()).add(tuple(item.record["region"]))
        return {parent for parent, found in regions.items() if len(found) > 1}

    def _adds(self, item: Candidate) -> bool:
        """``In addition``, ``Moreover`` at the head of a sentence after a running total."""
        if self.total is None or item.record["region"] or item.parent >= 0:
            return False
        data = self.analysis.segments[item.segment]
        return phrase_in(self.analysis.words.low, data["start"], data["start"] + 1, "adding") >= 0

    def _of_war(self, item: Candidate) -> bool:
        """``The war has killed tens of thousands``: what a whole war has claimed."""
        data, low = self.analysis.segments[item.segment], self.analysis.words.low
        start = data["start"]
        opening = low[start : start + 4]
        if opening[0] not in ("the", "this") or _WARS.isdisjoint(opening):
            return False
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        return "has" in low[start : sentence.chunks[item.position].start]

    @staticmethod
    def _running(item: Candidate) -> bool:
        period = (item.record["period"] or "").lower()
        return item.scope == "open" or period.startswith(
            ("so far", "this year", "in the past", "in the last", "over the past year")
        )

    def _names_scene(self, item: Candidate) -> bool:
        """``residents of the region``: the region said before is meant."""
        data = self.analysis.segments[item.segment]
        low = self.analysis.words.low
        nouns = tables.words()["scene"]
        return any(
            low[t] in nouns and low[t - 1] in ("the", "this", "")
            for t in range(data["start"] + 1, data["end"])
        )

    def _set(self, item: Candidate, found: list[Record]) -> None:
        codes: list[str] = []
        for record in found:
            for code in record["codes"]:
                if code not in codes:
                    codes.append(code)
        item.record["region"] = codes
        named = [r for r in found if r["codes"]]
        written = dict.fromkeys(r["text"].strip("-–—•* #") for r in named)
        item.record["region_text"] = ", ".join(written) or None
        places = [r["place"] for r in found if r.get("place")]
        item.record["place"] = places[0] if places else None

    def _copy(self, item: Candidate, other: Candidate) -> None:
        for key in ("region", "region_text", "place"):
            value = other.record[key]
            item.record[key] = list(value) if isinstance(value, list) else value
        item.inherited.add("region")

    def _above(self, item: Candidate) -> list[Record]:
        """The label in front of the line, then the list introductions and headings over it."""
        segments = self.analysis.segments
        segment = segments[item.segment]
        label = segment["label"]
        while label >= 0:
            found = self.headings.coded(label)
            if found and not self.headings.dateline(label) and label != self.headings.filing:
                return found
            label = segments[label]["label"]
        # sentences before it in the same line, back to its label
        at = item.segment - 1
        past = self._running(item) and not self._names_scene(item)
        while at >= 0 and segments[at]["line"] == segment["line"] and not past:
            if at == self.headings.filing:
                break
            found = self.headings.coded(at)
            if found and not segments[at]["dateline"]:
                return self.headings.under(item, self.placing.joined_last(found))
            at -= 1
        level = segment["parent"]
        while level >= 0:
            line = segments[level]["line"]
            for number in range(level, -1, -1):
                if segments[number]["line"] != line:
                    break
                found = self.headings.coded(number)
                if found and not segments[number]["dateline"]:
                    return found
            level = segments[level]["parent"]
        return []

    def _inherit(self, item: Candidate) -> None:
        candidates = self.analysis.candidates
        if item.parent >= 0:
            whole = candidates[item.parent]
            if whole.record["region"]:
                self._copy(item, whole)
                return
            if id(whole) in self.nowhere or item.parent in self.scattered:
                return
        if self.headings.title:
            self._set(item, self.headings.title)
            item.inherited.add("region")
            return
        before = self.before
        if (
            before is not None
            and before.record["period"]
            and before.record["period"] == item.record["period"]
            and "region" in before.inherited
            and item.segment - before.segment <= 1
        ):
            # "since May 16 clashes ... In the same period three civilians were killed"
            self._copy(item, before)
            return
        if self._running(item) and not self._names_scene(item):
            # a running total is told of the whole area, not of the scene
            return
        last = self.last.get(self.analysis.segments[item.segment]["depth"])
        if item.record["period"] and not self.only and not self._of_last(item, last):
            return
        if self.only:
            self._set(item, self.only)
            item.inherited.add("region")
            return
        segments = self.analysis.segments
        own = segments[item.segment]["label"]
        if own >= 0 and own != self.headings.filing and self.headings.labelled >= 3:
            # a section with a heading of its own
            return
        if segments[item.segment]["kind"] == "headline":
            if item.twin >= 0 or any(candidates[n] is item for n in self.restated):
                return
            told = {
                tuple(c.record["region"])
                for c in candidates
                if not c.reason and c.record["region"] and not c.record["period"]
            }
            if len(told) == 1:
                item.record["region"] = list(told.pop())
                item.inherited.add("region")
            return
        if last is not None:
            self._copy(item, last)
        elif found := self.headings.labels or self._lead(item):
            self._set(item, found)
            item.inherited.add("region")

    def _lead(self, item: Candidate) -> list[Record]:
        """The scene that a story opens with before it counts anybody."""
        if self.before is not None:
            return []
        segments = self.analysis.segments
        counted = self.placing.by_sentence
        for at in range(item.segment - 1, max(-1, item.segment - 4), -1):
            if at in counted and any(not c.reason for c in counted[at]):
                break
            if at == self.headings.filing or segments[at]["dateline"]:
                continue
            found = self.headings.coded(at)
            if found:
                return found[:1] if len({tuple(r["codes"]) for r in found}) == 1 else []
        return []

    def _of_last(self, item: Candidate, last: Candidate | None) -> bool:
        """Whether a count with a period goes on with what was told before it.

        "In October" tells of something else; "in ten days" sums up what was told, a day is one
        of the same events, and what a report covers holds for all of a paragraph.
        """
        period = item.record["period"].lower().split()
        if period[0] == "in" and ("days" in period or "hours" in period):
            return True
        if item.scope == "day":
            return True
        if item.scope != "report" or last is None:
            return False
        segments = self.analysis.segments
        return bool(segments[item.segment]["block"] == segments[last.segment]["block"])
