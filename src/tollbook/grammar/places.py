"""Where it happened: sentence, then label and list, then what was said before of the event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.rules import syntax as syn
from tollbook.rules.syntax import syntax

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate

Record = dict[str, Any]

_JOINTS: Final = frozenset(
    ("and", ",", "&", "or", "the", "in", "of", "/", "deserts", "provinces", "regions")
)
_NOT_SCENES: Final = frozenset(
    "native natives resident residents hospital hospitals clinic born airlifted fled returnees "
    "returnee flown transferred citizens citizen".split()
)
_SCENE_NOUNS: Final = frozenset(
    "region province city area district state camp town village country county governorate "
    "there".split()
)


class Places:
    """Finds the region and the place of every candidate of a Doc."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.table = syntax()
        self.by_sentence: dict[int, list[Candidate]] = {}
        for item in analysis.candidates:
            self.by_sentence.setdefault(item.segment, []).append(item)
        self.by_segment: dict[int, list[Record]] = {}
        for record in analysis.regions:
            at = analysis.segment_of(record["start"])
            self.by_segment.setdefault(at, []).append(record)
        # the last count with a region at each depth of lists, while counts are gone through
        self.last: dict[int, Candidate] = {}
        self.only = self._only_region()
        self.filing = self._filing_line()
        self.labelled = sum(
            1 for s in analysis.segments if s["kind"] == "label" and s["depth"] == 0
        )

    def _only_region(self) -> list[str]:
        """The region of the document where it names one alone."""
        codes = {tuple(r["codes"]) for r in self.analysis.regions if r["codes"]}
        return list(codes.pop()) if len(codes) == 1 else []

    def _filing_line(self) -> int:
        """The label that only says where the report was filed (``Abuja —``), or -1."""
        segments = self.analysis.segments
        low = self.analysis.words.low
        dashed = [
            n
            for n, s in enumerate(segments)
            if s["kind"] == "label" and low[s["end"] - 1] in ("-", "–", "—") and not s["bullet"]
        ]
        if len(dashed) != 1:
            return -1
        label = dashed[0]
        others = any(
            r["codes"] and not segments[label]["start"] <= r["start"] < segments[label]["end"]
            for r in self.analysis.regions
        )
        return label if others else -1

    def run(self) -> None:
        """Set ``region``, ``region_text`` and ``place`` of the candidates that are counts."""
        counts = [c for c in self.analysis.candidates if not c.reason]
        for item in counts:
            found = self._in_sentence(item) or self._above(item)
            if found:
                self._set(item, found)
        segments = self.analysis.segments
        for item in counts:
            if not item.record["region"]:
                self._inherit(item)
            if item.record["region"] and not item.record["period"]:
                self.last[segments[item.segment]["depth"]] = item
        for item in counts:
            if item.twin >= 0:
                first = self.analysis.candidates[item.twin]
                if not item.record["region"]:
                    self._copy(item, first)
                elif not first.record["region"]:
                    self._copy(first, item)

    @staticmethod
    def _running(item: Candidate) -> bool:
        period = (item.record["period"] or "").lower()
        return period.startswith(
            ("since", "so far", "this year", "in the past", "in the last", "over the past year")
        )

    def _names_scene(self, item: Candidate) -> bool:
        """``residents of the region``: the region said before is meant."""
        data = self.analysis.segments[item.segment]
        low = self.analysis.words.low
        return any(
            low[t] in _SCENE_NOUNS and low[t - 1] in ("the", "this", "")
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

    def _in_sentence(self, item: Candidate) -> list[Record]:
        records = self.by_segment.get(item.segment, [])
        if not records:
            return []
        words = self.analysis.words
        at = item.record["start"]
        usable = [r for r in records if not self._elsewhere(r)]
        usable = [
            r
            for r in usable
            if r["codes"]
            or (r["kind"] == "area" and r["char_start"] > at)
            or (r["kind"] == "town" and not r["codes"])
        ]
        if not usable:
            return []
        coded = [r for r in usable if r["codes"]]
        if not coded:
            return []
        after = [r for r in coded if r["char_start"] >= at]
        stop = self._next_clause(item)
        near = [r for r in after if r["char_start"] < stop]
        comma = self._piece(item)
        inside = [r for r in coded if comma[0] <= r["char_start"] < comma[1]]
        if inside:
            # "Ninewa suffered 202 killed, Kirkuk 31": the piece between commas says it
            later = [r for r in inside if r["char_start"] >= at]
            first = later[0] if later else inside[-1]
        elif near:
            first = near[0]
        else:
            before = [r for r in coded if r["char_start"] < at]
            first = before[-1] if before else after[0]
        # an area that covers several regions is nearer than the region: it gives none
        areas = [
            r
            for r in usable
            if r["kind"] == "area" and at < r["char_start"] < first["char_start"] < stop
        ]
        if areas and first["char_start"] > at and not self._joined(areas[-1], first):
            pass
        chosen = [first]
        index = coded.index(first)
        for other in coded[index + 1 :]:
            if not self._joined(chosen[-1], other):
                break
            chosen.append(other)
        for other in reversed(coded[:index]):
            if not self._joined(other, chosen[0]):
                break
            chosen.insert(0, other)
        finest = chosen
        if len(chosen) > 1 and self._narrowing(chosen):
            finest = chosen[:1]
            coarse = chosen[-1]
            if coarse["kind"] == "region":
                finest = [dict(chosen[0], codes=coarse["codes"], text=coarse["text"])]
        towns = [r for r in records if r["kind"] == "town" and r.get("place")]
        if towns and not any(r.get("place") for r in finest):
            finest = [dict(finest[0], place=towns[0]["place"]), *finest[1:]]
        del words
        return finest

    def _piece(self, item: Candidate) -> tuple[int, int]:
        """Characters of the stretch between commas or semicolons that holds a count."""
        words = self.analysis.words
        data = self.analysis.segments[item.segment]
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        start = end = sentence.chunks[item.position].start
        while start > data["start"] and words.low[start - 1] not in (",", ";", "("):
            start -= 1
        while end < data["end"] and words.low[end] not in (",", ";", ")"):
            end += 1
        return words.start[start], words.end[end - 1]

    def _elsewhere(self, record: Record) -> bool:
        """A place that is not the scene: who speaks, a hospital, where someone comes from."""
        words = self.analysis.words
        low = words.low
        if self._in_period(record):
            # "since the fall of Baghouz"
            return True
        for token in range(record["end"], min(record["end"] + 3, len(low))):
            mask = self.table.words.get(low[token], 0)
            if mask & syn.SPEECH:
                return True
            if not low[token].isalpha() or mask & syn.CLOSED & ~(syn.HAVE | syn.ADV):
                break
        return any(
            low[token] in _NOT_SCENES
            for token in range(max(0, record["start"] - 3), record["start"])
        )

    def _narrowing(self, chosen: list[Record]) -> bool:
        """``Macomia, Cabo Delgado``: a town and the region that holds it."""
        return (
            chosen[-1]["kind"] == "region"
            and all(r["kind"] == "town" for r in chosen[:-1])
            and all((not r["codes"]) or r["codes"] == chosen[-1]["codes"] for r in chosen[:-1])
        )

    def _joined(self, left: Record, right: Record) -> bool:
        low = self.analysis.words.low
        between = low[left["end"] : right["start"]]
        return len(between) <= 4 and all(not w or w in _JOINTS for w in between) and bool(between)

    def _next_clause(self, item: Candidate) -> int:
        """Character where the next outcome of the sentence begins."""
        sentence = self.analysis.sentences[item.segment]
        data = self.analysis.segments[item.segment]
        end: int = self.analysis.words.end[data["end"] - 1]
        if sentence is None:
            return end
        for other in self.by_sentence.get(item.segment, ()):
            if other.record["start"] > item.record["end"]:
                if other.reason or other.parent >= 0:
                    continue
                claim = sentence.claims.get(item.position)
                theirs = sentence.claims.get(other.position)
                if claim is not None and theirs is not None and claim.trigger == theirs.trigger:
                    continue
                return int(other.record["start"]) if self._has_place_between(item, other) else end
        return end

    def _has_place_between(self, item: Candidate, other: Candidate) -> bool:
        return any(
            r["codes"] and item.record["end"] <= r["char_start"] < other.record["start"]
            for r in self.by_segment.get(item.segment, ())
        )

    def _above(self, item: Candidate) -> list[Record]:
        """The label in front of the line, then the list introductions and headings over it."""
        segments = self.analysis.segments
        segment = segments[item.segment]
        label = segment["label"]
        while label >= 0:
            found = self._coded(label)
            if found and not segments[label]["dateline"] and label != self.filing:
                return found
            label = segments[label]["label"]
        # sentences before it in the same line, back to its label
        at = item.segment - 1
        past = self._running(item) and not self._names_scene(item)
        while at >= 0 and segments[at]["line"] == segment["line"] and not past:
            if at == self.filing:
                break
            found = self._coded(at)
            if found and not segments[at]["dateline"]:
                return found[-1:]
            at -= 1
        level = segment["parent"]
        while level >= 0:
            line = segments[level]["line"]
            for number in range(level, -1, -1):
                if segments[number]["line"] != line:
                    break
                found = self._coded(number)
                if found and not segments[number]["dateline"]:
                    return found
            level = segments[level]["parent"]
        return []

    def _in_period(self, record: Record) -> bool:
        segment = self.analysis.segment_of(record["start"])
        periods = self.analysis.periods.get(segment, ())
        return any(a <= record["char_start"] < b for a, b in periods)

    def _coded(self, segment: int) -> list[Record]:
        """The regions that a segment names as the scene."""
        return [
            r for r in self.by_segment.get(segment, ()) if r["codes"] and not self._in_period(r)
        ]

    def _inherit(self, item: Candidate) -> None:
        candidates = self.analysis.candidates
        if item.parent >= 0:
            whole = candidates[item.parent]
            if whole.record["region"]:
                self._copy(item, whole)
                return
        if self._running(item) and not self._names_scene(item):
            # a running total is told of the whole area, not of the scene
            return
        if item.record["period"] and not self.only:
            return
        if self.only:
            record = next(r for r in self.analysis.regions if r["codes"])
            self._set(item, [record])
            item.inherited.add("region")
            return
        segments = self.analysis.segments
        own = segments[item.segment]["label"]
        if own >= 0 and own != self.filing and self.labelled >= 3:
            # a section with a heading of its own
            return
        if segments[item.segment]["kind"] == "headline":
            told = {
                tuple(c.record["region"])
                for c in candidates
                if not c.reason and c.record["region"] and not c.record["period"]
            }
            if len(told) == 1:
                item.record["region"] = list(told.pop())
                item.inherited.add("region")
            return
        last = self.last.get(segments[item.segment]["depth"])
        if last is not None:
            self._copy(item, last)
