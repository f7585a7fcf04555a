"""Which of the places of a sentence a count is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tollbook.grammar.analysis import Analysis, Candidate
    from tollbook.grammar.headings import Headings
    from tollbook.grammar.scenes import Scenes

Record = dict[str, Any]

_JOINTS: Final = frozenset(
    ("and", ",", "&", "or", "the", "in", "of", "/", "deserts", "provinces", "regions")
)
_PLACING: Final = frozenset("from in at near along around outside".split())
_HOMEWARD: Final = frozenset(
    "from the city town village district province state region of neighbouring nearby years".split()
)
_INSIDE: Final = frozenset("in across throughout over inside of on".split())


class Placing:
    """The place next to each count of one Doc.

    Args:
        analysis: of the Doc.
        scenes: its places, told apart.
        headings: what stands over its sentences.

    Attributes:
        nowhere: counts, by ``id``, that say that they lie in no single region.
    """

    def __init__(self, analysis: Analysis, scenes: Scenes, headings: Headings) -> None:
        self.analysis = analysis
        self.scenes = scenes
        self.headings = headings
        self.by_segment = scenes.by_segment
        self.by_sentence: dict[int, list[Candidate]] = {}
        for item in analysis.candidates:
            self.by_sentence.setdefault(item.segment, []).append(item)
        self.nowhere: set[int] = set()

    def in_sentence(self, item: Candidate) -> list[Record]:
        """The places of the sentence that a count is told of; none where it has no region."""
        records = self.by_segment.get(item.segment, [])
        at = item.record["start"]
        stop = self._next_clause(item)
        low, high = self._reach(item)
        bar = self.scenes.nowhere(item, stop, sections=self.headings.regional > 1)
        if not records:
            if bar >= 0:
                self.nowhere.add(id(item))
            return []
        usable = [
            r for r in records if low <= r["char_start"] < high and not self.scenes.elsewhere(r)
        ]
        coded = [r for r in usable if r["codes"] and not self._of_part(item, r)]
        if len(coded) > 1:
            coded = self._at_home(item, self._bracketed(item, coded))
        first = self._nearest(item, coded, stop) if coded else None
        area = self._area(item, usable, stop)
        if area is not None and not (
            first is not None and (self._joined(area, first) or self._within(first, area))
        ):
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
            found = self.headings.over(item) or self.headings.title
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

    def _bracketed(self, item: Candidate, coded: list[Record]) -> list[Record]:
        """``Warrap (201 killed, 154 injured)``: the place in front of the brackets around it."""
        low = self.analysis.words.low
        data = self.analysis.segments[item.segment]
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        at = sentence.chunks[item.position].start
        while at > data["start"] and low[at] not in ("(", ")"):
            at -= 1
        if low[at] != "(":
            return coded
        close = at
        while close < data["end"] and low[close] != ")":
            close += 1
        if any(at < r["start"] < close for r in coded):
            return coded
        return [r for r in coded if r["start"] < at] or coded

    def _at_home(self, item: Candidate, coded: list[Record]) -> list[Record]:
        """``in Tamazula six labourers from Sinaloa were taken``: where people are from says less.

        The same of ``a student of Bamako University``.
        """
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        chunk = sentence.chunks[item.position]
        low = self.analysis.words.low
        end = chunk.end
        if end < len(low) and low[end] in ("of", "from", "at"):
            for place in coded:
                if place["start"] - end > 6 or place["start"] <= end:
                    continue
                between = low[end + 1 : place["start"]]
                after = low[place["end"]] if place["end"] < len(low) else ""
                if all(w in _HOMEWARD or w.isdecimal() for w in between) and (
                    "from" in low[end : place["start"]] or after in ("university", "college")
                ):
                    return [r for r in coded if r is not place] or coded
        return coded

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

    def joined_last(self, found: list[Record]) -> list[Record]:
        """The last of the places of a sentence, with the regions joined to it if it is one."""
        chosen = self._together(found, found[-1])
        return chosen if all(r["kind"] == "region" for r in chosen) else found[-1:]

    def _of_part(self, item: Candidate, place: Record) -> bool:
        """``48 freed, 31 from a camp in Gusau``: where a part was says nothing of the whole."""
        sentence = self.analysis.sentences[item.segment]
        assert sentence is not None
        claim = sentence.claims.get(item.position)
        low = self.analysis.words.low
        for other in self.by_sentence.get(item.segment, ()):
            start = other.record["start"]
            if (
                start < item.record["end"]
                or not start < place["char_start"] < self._piece(other)[1]
            ):
                continue
            theirs = sentence.claims.get(other.position)
            if claim is not None and theirs is not None and claim.trigger != theirs.trigger:
                continue
            if self._placed(other):
                return True
            if other.parent >= 0 and self.analysis.candidates[other.parent] is item:
                between = low[sentence.chunks[other.position].end : place["start"]]
                if any(word in ("who", "that") or word.endswith("ing") for word in between):
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

    def _within(self, place: Record, area: Record) -> bool:
        """``Sabha, in southern Libya``: the area only says where the place lies."""
        between = self.analysis.words.low[place["end"] : area["start"]]
        return (
            len(between) <= 4
            and "in" in between
            and _JOINTS.issuperset(between)
            and "and" not in between
        )

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
