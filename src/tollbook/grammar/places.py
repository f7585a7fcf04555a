"""Where it happened: sentence, then label and list, then what was said before of the event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tollbook.gazetteer import key_of
from tollbook.grammar.scenes import Scenes, phrase_in
from tollbook.rules import places as tables

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate

Record = dict[str, Any]

_JOINTS: Final = frozenset(
    ("and", ",", "&", "or", "the", "in", "of", "/", "deserts", "provinces", "regions")
)
_PLACING: Final = frozenset("from in at near along around outside".split())
_INSIDE: Final = frozenset("in across throughout over inside of on".split())


class Places:
    """Finds the region and the place of every candidate of a Doc."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.scenes = Scenes(analysis)
        self.by_sentence: dict[int, list[Candidate]] = {}
        for item in analysis.candidates:
            self.by_sentence.setdefault(item.segment, []).append(item)
        self.by_segment: dict[int, list[Record]] = {}
        for record in analysis.regions:
            at = analysis.segment_of(record["start"])
            self.by_segment.setdefault(at, []).append(record)
        self.nowhere: set[int] = set()
        """Counts that say of themselves that they lie in no single region."""
        # the last count with a region at each depth of lists, while counts are gone through
        self.last: dict[int, Candidate] = {}
        self.before: Candidate | None = None
        """The count before, while counts are gone through."""
        self.total: Candidate | None = None
        """The running total without a region that was told last."""
        self.restated: set[int] = set()
        self.scattered: set[int] = set()
        self.only = self._only_region()
        self.filing = self._filing_line()
        self.title = self._title()
        self.headings = sum(
            1
            for record in analysis.regions
            if record["kind"] == "region"
            and analysis.segments[analysis.segment_of(record["start"])]["kind"]
            in ("label", "heading")
        )
        self.labelled = sum(
            1 for s in analysis.segments if s["kind"] == "label" and s["depth"] == 0
        )

    def _only_region(self) -> list[str]:
        """The region of the document where it names one alone."""
        codes = {tuple(r["codes"]) for r in self.analysis.regions if r["codes"]}
        return list(codes.pop()) if len(codes) == 1 else []

    def _title(self) -> list[Record]:
        """The region that the title of a report names: ``Cabo Delgado weekly, 13-19 May``."""
        segments = self.analysis.segments
        first = [
            number
            for number, data in enumerate(segments[:4])
            if data["line"] == 0 and data["kind"] in ("headline", "label")
        ]
        counted = any(c.segment in first and not c.reason for c in self.analysis.candidates)
        if counted or not first or len(first) == len(segments):
            return []
        found: list[Record] = []
        for number in first:
            if number != self.filing and not segments[number]["dateline"]:
                found += [r for r in self._coded(number) if r["kind"] == "region"]
        return found[:1] if len({tuple(r["codes"]) for r in found}) == 1 else []

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
        if self._names_again(label):
            return -1
        others = any(
            r["codes"] and not segments[label]["start"] <= r["start"] < segments[label]["end"]
            for r in self.analysis.regions
        )
        return label if others else -1

    def _names_again(self, label: int) -> bool:
        """Whether the text tells of the place that a line is filed from (``ADEN YABAAL -``)."""
        data = self.analysis.segments[label]
        inside = [r for r in self.analysis.regions if data["start"] <= r["start"] < data["end"]]
        names = {key_of(r["text"]) for r in inside if r["kind"] == "town"}
        return any(
            key_of(r["text"]) in names and not self.scenes.elsewhere(r)
            for r in self.analysis.regions
            if not data["start"] <= r["start"] < data["end"]
        )

    def run(self) -> None:
        """Set ``region``, ``region_text`` and ``place`` of the candidates that are counts."""
        counts = [c for c in self.analysis.candidates if not c.reason]
        for item in counts:
            found = self._in_sentence(item)
            if id(item) not in self.nowhere:
                found = self._under(item, found) or self._above(item)
            if found:
                self._set(item, found)
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
                if not item.record["period"]:
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

    def _under(self, item: Candidate, found: list[Record]) -> list[Record]:
        """What a sentence says, unless a heading of another region stands over it.

        A small town may bear the name of one that is not in our lists; the heading of a report
        region by region (``Aleppo province:``) says better where it lies.
        """
        if not found or any(r["kind"] != "town" for r in found):
            return found
        heading = self._heading(item)
        if not heading or (self.headings < 2 and all(r.get("sure") for r in found)):
            return found
        codes = {code for record in heading for code in record["codes"]}
        if len(codes) != 1:
            return found
        fitting = [record for record in found if codes & set(record["codes"])]
        if fitting:
            return fitting
        if heading[0]["country"] != found[0]["country"]:
            return found
        return [dict(heading[0], place=found[0]["place"])]

    def _heading(self, item: Candidate) -> list[Record]:
        """The region that a label, a heading or the opening words over a count name."""
        segments = self.analysis.segments
        data = segments[item.segment]
        for record in self.by_segment.get(item.segment, ()):
            # "In the Kharkiv region, the enemy attacked near ..."
            if record["kind"] == "region" and record["start"] - data["start"] <= 3:
                return [record]
        seen: set[int] = set()
        for level in (item.segment, data["parent"]):
            label = segments[level]["label"] if level >= 0 else -1
            while label >= 0 and label not in seen:
                seen.add(label)
                found = [r for r in self._coded(label) if r["kind"] == "region"]
                if found and label != self.filing and not self._dateline(label):
                    return found
                label = segments[label]["label"]
            if level >= 0 and level != item.segment:
                found = [r for r in self._coded(level) if r["kind"] == "region"]
                opens = found and found[0]["start"] - segments[level]["start"] <= 3
                if opens or (found and segments[level]["kind"] in ("label", "heading", "intro")):
                    return found
        at = item.segment - 1
        while at >= 0 and segments[at]["line"] == data["line"]:
            found = self._coded(at)
            if (
                found
                and found[0]["kind"] == "region"
                and found[0]["start"] - segments[at]["start"] <= 3
            ):
                return found[:1]
            at -= 1
        return []

    def _dateline(self, label: int) -> bool:
        """The filing line of an agency, but not ``Ouham. 4 June, herders near Paoua:``."""
        data = self.analysis.segments[label]
        if not data["dateline"]:
            return False
        low = self.analysis.words.low
        return low[data["end"] - 1] != ":" or not any(
            low[token] in ("near", "in", "at", "on") for token in range(data["start"], data["end"])
        )

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

    def _in_sentence(self, item: Candidate) -> list[Record]:
        """The places of the sentence that a count is told of; none where it has no region."""
        records = self.by_segment.get(item.segment, [])
        at = item.record["start"]
        stop = self._next_clause(item)
        low, high = self._reach(item)
        bar = self.scenes.nowhere(item, stop)
        if not records:
            if bar >= 0:
                self.nowhere.add(id(item))
            return []
        usable = [
            r for r in records if low <= r["char_start"] < high and not self.scenes.elsewhere(r)
        ]
        coded = [r for r in usable if r["codes"] and not self._of_part(item, r)]
        first = self._nearest(item, coded, stop) if coded else None
        area = self._area(item, usable, stop)
        if area is not None and not (first is not None and self._joined(area, first)):
            inside = area["char_start"] < self._piece(item)[1]
            if first is None or first["char_start"] > area["char_start"] or inside:
                bar = area["char_start"] if bar < 0 else min(bar, area["char_start"])
                first = None
        if bar >= 0 and (first is None or not at < first["char_start"] < bar):
            # an area that covers several regions is nearer than any region
            self.nowhere.add(id(item))
            return []
        if first is None:
            return []
        if item.scope == "open" and self._beside(item, first):
            found = self._heading(item) or self.title
            if not found:
                self.nowhere.add(id(item))
            return found
        chosen = self._together(coded, first)
        finest = chosen
        if len(chosen) > 1 and self._narrowing(chosen):
            finest = chosen[:1]
            coarse = chosen[-1]
            if coarse["kind"] == "region":
                finest = [dict(chosen[0], codes=coarse["codes"], text=coarse["text"])]
        towns = [r for r in records if r["kind"] == "town" and r.get("place")]
        if towns and not any(r.get("place") for r in finest):
            finest = [dict(finest[0], place=towns[0]["place"]), *finest[1:]]
        return finest

    def _nearest(self, item: Candidate, coded: list[Record], stop: int) -> Record | None:
        """The place next to a count: in its piece of the sentence, then behind it, then before."""
        at = item.record["start"]
        after = [r for r in coded if r["char_start"] >= at]
        near = [r for r in after if r["char_start"] < stop]
        start, end = self._piece(item)
        inside = [r for r in coded if start <= r["char_start"] < end]
        if inside:
            # "Ninewa suffered 202 killed, Kirkuk 31": the piece between commas says it
            later = [r for r in inside if r["char_start"] >= at]
            if not later and self._placed(item):
                return None
            return later[0] if later else inside[-1]
        if near:
            return near[0]
        before = [r for r in coded if r["char_start"] < at]
        return before[-1] if before else None

    def _together(self, coded: list[Record], first: Record) -> list[Record]:
        """A place with those joined to it: ``in Homs and Hama``."""
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
        return chosen

    def _of_part(self, item: Candidate, place: Record) -> bool:
        """``48 freed, 31 from a camp in Gusau``: where a part was says nothing of the whole."""
        for other in self.by_sentence.get(item.segment, ()):
            if other.record["start"] < item.record["end"] or not self._placed(other):
                continue
            if other.record["start"] < place["char_start"] < self._piece(other)[1]:
                return True
        return False

    def _placed(self, item: Candidate) -> bool:
        """``31 from a camp``, ``eight in Homs``: a bare number with a place of its own."""
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        chunk = sentence.chunks[item.position]
        if chunk.noun is not None or chunk.lemma or chunk.partitive:
            return False
        low = self.analysis.words.low
        return chunk.end < len(low) and low[chunk.end] in _PLACING

    def _area(self, item: Candidate, usable: list[Record], stop: int) -> Record | None:
        """The zone behind a count that lies in no single region: ``in the Gaza Strip``."""
        low = self.analysis.words.low
        at = item.record["start"]
        for record in usable:
            if record["kind"] == "area" and at < record["char_start"] < stop:
                before = low[max(0, record["start"] - 2) : record["start"]]
                if not _INSIDE.isdisjoint(before):
                    return record
        return None

    def _beside(self, item: Candidate, place: Record) -> bool:
        """``three were killed in Quetta, bringing the toll since May to 40``: 40 in no region."""
        if place["char_start"] > item.record["start"]:
            return False
        data = self.analysis.segments[item.segment]
        if self._piece(item)[0] <= place["char_start"] or place["start"] - data["start"] <= 3:
            return False
        text = item.record["period"].lower()
        words = self.analysis.words
        start, end = words.start[data["start"]], words.end[data["end"] - 1]
        return text in " ".join(self.analysis.text[start:end].lower().split())

    def _reach(self, item: Candidate) -> tuple[int, int]:
        """Characters of the sentence between the semicolons around a count."""
        words = self.analysis.words
        data = self.analysis.segments[item.segment]
        at = item.record["start"]
        low, high = words.start[data["start"]], words.end[data["end"] - 1]
        part = item.parent >= 0
        for token in range(data["start"], data["end"]):
            if words.low[token] == ";":
                if words.start[token] < at:
                    low = words.end[token] if part else low
                else:
                    return low, words.start[token]
        return low, high

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
            if found and not self._dateline(label) and label != self.filing:
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
                return self._under(item, found[-1:])
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

    def _coded(self, segment: int) -> list[Record]:
        """The regions that a segment names as the scene."""
        return [
            r
            for r in self.by_segment.get(segment, ())
            if r["codes"] and not self.scenes.elsewhere(r)
        ]

    def _inherit(self, item: Candidate) -> None:
        candidates = self.analysis.candidates
        if item.parent >= 0:
            whole = candidates[item.parent]
            if whole.record["region"]:
                self._copy(item, whole)
                return
            if id(whole) in self.nowhere or item.parent in self.scattered:
                return
        if self.title and (not self._running(item) or self._names_scene(item)):
            self._set(item, self.title)
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
        period = (item.record["period"] or "").lower().split()
        if period and not self.only and not (period[0] == "in" and period[-1] in ("days", "hours")):
            # "in October" tells of something else; "in ten days" sums up what was told
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
        last = self.last.get(segments[item.segment]["depth"])
        if last is not None:
            self._copy(item, last)
